"""The calendar of intervals.icu: what stands in it, and the requests that change one event."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import field, replace
from typing import Any, Final

from negsplit.account.answer_bounds import MOST_ITEMS, in_one_line, is_number
from negsplit.account.changes import day_text
from negsplit.account.errors import Ambiguous, Rejected, TooMuch
from negsplit.account.intervals.client import Client
from negsplit.account.intervals.content import WORKOUT, Body, content_hash, key_in
from negsplit.account.marker import Key, Marker, read_marker
from negsplit.frozen import dataclass

_BINDS: Final = ("plan_applied", "plan_folder_id", "plan_workout_id", "structure_read_only", "athlete_cannot_edit")
"""What is set where the service, a plan of its own or a coach has a hand in an event."""
_AT_ONCE: Final = dt.timedelta(days=90)
"""Days asked for in one request: three workouts a day stay within bounds, with 10 kB of steps each."""
_ABOUT: Final = ("service", "message")
_MOST_SAID: Final = 5
"""Of one event; the service forwards to seven makers."""


@dataclass(frozen=True, slots=True)
class Event:
    """Something on its day, mostly a workout. ``body`` is the event whole, ``hash`` that of what it says.

    ``done`` where an activity belongs to it, ``bound`` where it is not only the athlete's; ``listed`` where the list
    shows it.
    """

    number: int
    day: dt.date
    hash: str
    marker: Marker | None
    external: Key | None
    done: bool
    bound: bool
    listed: bool
    body: Body = field(compare=False, repr=False)

    @property
    def key(self) -> Key | None:
        """What it is known by: its own mark says more than one that a copy may have kept."""
        return self.marker.key if self.marker is not None else self.external

    @property
    def name(self) -> str:
        """As the account shows it."""
        return str(self.body.get("name") or "")

    @property
    def title(self) -> str:
        """What messages call it: the names of workouts alone tell one from another."""
        is_workout = self.body.get("category") == WORKOUT
        return self.name if is_workout else f"{self.name}, on {day_text(self.day)}"

    def seen(self, listed: bool) -> Event:
        """The same, as the list shows it or does not."""
        return replace(self, listed=listed)

    def is_as(self, other: Event) -> bool:
        """Whether nobody did anything with it since it was the other; how it is listed is not asked."""
        return self.seen(other.listed) == other

    @property
    def not_handed_on(self) -> tuple[str, ...]:
        """Why no watch of some makers gets it, as the service says: ``Wahoo: 422 ...``, each once."""
        said = self.body.get("push_errors")
        errors = [one for one in said if isinstance(one, dict)] if isinstance(said, list) else []
        words = (": ".join(_told(one.get(part)) for part in _ABOUT if _told(one.get(part))) for one in errors)
        return tuple(dict.fromkeys(filter(None, words)))[:_MOST_SAID]

    @property
    def is_untouched(self) -> bool:
        """Whether it says what was written with its mark."""
        return self.marker is not None and self.marker.hash == self.hash


class Service:
    """Requests about events. Each raises what :meth:`Client.request` does, and ``Ambiguous`` for what is no event."""

    def __init__(self, client: Client) -> None:
        self._client = client

    def events(self, first: dt.date, last: dt.date, categories: Sequence[str] = ()) -> list[Event]:
        """What stands on some days, both among them, some of it perhaps more than once; without categories, of all."""
        found: list[Event] = []
        while first <= last:
            end = min(first + _AT_ONCE, last)
            asked = {"oldest": first.isoformat(), "newest": end.isoformat()}
            asked |= {"category": ",".join(categories)} if categories else {}
            said = self._client.request("GET", "/events", params=asked)
            if not isinstance(said, list):
                raise Ambiguous(200)
            found += [_event(one, listed=True) for one in said]
            if len(found) > MOST_ITEMS:
                raise TooMuch(f"more than {MOST_ITEMS:,} events")
            first = end + dt.timedelta(days=1)
        return found

    def event(self, number: int) -> Event | None:
        """One, None where there is none."""
        try:
            found = _event(self._client.request("GET", f"/events/{number}"), listed=False)
        except Rejected as error:
            if error.status == 404:
                return None
            raise
        if found.number != number:
            raise Ambiguous(200)
        return found

    def create(self, body: Body, day: dt.date) -> Event:
        """A new event, as it is kept.

        Without the service's upsert: that would overwrite whatever has the same ``external_id``, be it past or edited.
        """
        sent = body | {"start_date_local": _midnight(day)}
        return _event(self._client.request("POST", "/events", params={"upsertOnUid": "false"}, json=sent), listed=False)

    def update(self, number: int, body: Body) -> Event:
        """What an event says, as it is kept; its day stays."""
        return _event(self._client.request("PUT", f"/events/{number}", json=body), listed=False)

    def move(self, number: int, day: dt.date) -> Event:
        """An event on another day; what it says stays."""
        sent = {"start_date_local": _midnight(day)}
        return _event(self._client.request("PUT", f"/events/{number}", json=sent), listed=False)

    def delete(self, number: int) -> None:
        """Removes one event alone. That it is gone, now or already, is looked at before it is taken for true."""
        refused: Rejected | None = None
        try:
            self._client.request("DELETE", f"/events/{number}", params={"others": "false"})
        except Rejected as error:
            if error.status != 404:
                raise
            refused = error
        if self.event(number) is not None:
            raise refused or Ambiguous(200)


def _told(said: object) -> str:
    """Words of a maker; none where they may repeat whose login there it was."""
    return in_one_line(said) if isinstance(said, str) and "@" not in said else ""


def _midnight(day: dt.date) -> str:
    return f"{day.isoformat()}T00:00:00"


def _event(said: Any, *, listed: bool) -> Event:
    try:
        number, day = said["id"], dt.date.fromisoformat(said["start_date_local"][:10])
        description, external = said.get("description") or "", said.get("external_id") or ""
        if is_number(number):
            marker, known_as = read_marker(description), key_in(external)
            done = said.get("paired_activity_id") is not None
            bound = any(said.get(name) for name in _BINDS)
            return Event(number, day, content_hash(said), marker, known_as, done, bound, listed, said)
    except (LookupError, TypeError, ValueError, AttributeError):
        pass
    raise Ambiguous(200)
