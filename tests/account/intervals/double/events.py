"""The calendar: one object is the workout and its day."""

from __future__ import annotations

import copy
import datetime as dt
import re
from typing import Any

from account.exchange import Reply, Request
from account.intervals.double.forwarding import Clock, Forwarding
from account.intervals.double.words import CATEGORIES, IGNORED, TARGETS, TYPES, WRITABLE
from account.intervals.double.workout_text import parse
from account.lag import Lag
from account.log import Log

Event = dict[str, Any]

_LOCAL = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d")


class Refused(Exception):  # noqa: N818 - an answer, raised where it is known
    """Something that the service does not do, as it answers then."""

    def __init__(self, status: int, error: str) -> None:
        super().__init__(error)
        self.reply = Reply(status, {"status": status, "error": error})


class Events:
    """What stands in the calendar by number, and what is handed on of it."""

    def __init__(
        self,
        athlete: str,
        log: Log,
        forwarding: Forwarding,
        clock: Clock,
        *,
        upserts: bool,
        lag: int,
        copies_keep_id: bool,
        normalises: bool,
    ) -> None:
        self.there: dict[int, Event] = {}
        self._athlete, self._log = athlete, log
        self._forwarding, self._clock = forwarding, clock
        self._upserts, self._copies_keep_id, self._normalises = upserts, copies_keep_id, normalises
        self._lag = Lag(lag)
        self._next = 1000
        self.late = False
        """Whether days come out one later, as by a zone that is taken for another."""

    # --- What is asked -----------------------------------------------------------------------

    def list(self, request: Request) -> Reply:
        self._knows(request, {"oldest", "newest", "category", "resolve"})
        try:
            oldest, newest = (dt.date.fromisoformat(request.query[end]) for end in ("oldest", "newest"))
        except (KeyError, ValueError):
            raise Refused(422, "Expected oldest and newest") from None
        categories = request.query.get("category", "").split(",")
        shown = [one for _, one in self._lag.seen((number, one) for number, one in self.there.items())]
        return Reply(
            200,
            [
                one
                for one in shown
                if oldest <= _day(one) <= newest and (categories == [""] or one["category"] in categories)
            ],
        )

    def read(self, request: Request, number: int) -> Reply:
        self._knows(request, {"resolve"})
        return Reply(200, self._one(number))

    def create(self, request: Request) -> Reply:
        self._knows(request, {"upsertOnUid"})
        return Reply(200, self._create(request.json()))

    def bulk(self, request: Request) -> Reply:
        self._knows(request, {"upsert", "upsertOnUid", "updatePlanApplied"})
        sent = request.json()
        if not isinstance(sent, list):
            raise Refused(422, "Expected a list")
        return Reply(200, [self._put(one, upsert=request.query.get("upsert") == "true") for one in sent])

    def update(self, request: Request, number: int) -> Reply:
        self._knows(request, set())
        return Reply(200, self._change(self._one(number), self._taken(request.json())))

    def delete(self, request: Request, number: int) -> Reply:
        self._knows(request, {"others", "notBefore"})
        if request.query.get("others") != "false":
            self._log.violations.append("DELETE of an event that may take others with it")
        self._one(number)
        self.remove(number)
        return Reply(200, {})

    def _put(self, sent: Event, *, upsert: bool) -> Event:
        known = sent.get("external_id")
        if upsert and not known:
            self._log.violations.append("upsert without external_id")
        same = [one for one in self.there.values() if known and one["external_id"] == known]
        if upsert and self._upserts and same:
            return self._change(same[0], self._taken(sent))
        return self._create(sent)

    def _create(self, sent: Event) -> Event:
        taken = self._taken(sent)
        for needed in ("start_date_local", *(["type"] if taken.get("category", "NOTE") != "NOTE" else [])):
            if not taken.get(needed):
                raise Refused(422, f"{needed} is required")
        self._next += 1
        empty = dict.fromkeys(("type", "name", "description", "external_id", "indoor", "color"))
        own = {"id": self._next, "uid": f"00000000-0000-4000-8000-{self._next:012}", "athlete_id": self._athlete}
        rest = {"category": "NOTE", "target": "AUTO", "created_by_id": self._athlete, "paired_activity_id": None}
        rest |= {"oauth_client_id": None, "push_errors": None, "plan_applied": None, "structure_read_only": None}
        self.there[self._next] = {**empty, **own, **rest}
        self._lag.came(self._next)
        return self._change(self.there[self._next], taken)

    def _change(self, event: Event, taken: Event) -> Event:
        event |= taken
        if self.late and "start_date_local" in taken:
            event["start_date_local"] = f"{_day(event) + dt.timedelta(days=1)}T00:00:00"
        day = _day(event)
        event["end_date_local"] = f"{day + dt.timedelta(days=1)}T00:00:00"
        event["updated"] = self._clock()
        if self._normalises and event["description"]:
            event["description"] = "\r\n".join(line.rstrip() for line in event["description"].strip().splitlines())
        if event["category"] != "NOTE":  # nobody knows whether of a race, too; a strict one reads steps everywhere
            doc = parse(event["description"] or "")
            event |= {"workout_doc": doc, "moving_time": doc["duration"], "distance": doc["distance"]}
            self._forwarding.written(event)
        return copy.deepcopy(event)

    def _taken(self, sent: Event) -> Event:
        """What is kept of what is sent, refused where the service refuses."""
        if not isinstance(sent, dict):
            raise Refused(422, "Expected an object")
        if unknown := sent.keys() - WRITABLE - IGNORED:
            self._log.violations.append(f"unknown fields {sorted(unknown)}")
        if sent.get("type") is not None and sent["type"] not in TYPES:
            raise Refused(422, f"Invalid type [{sent['type']}]")
        if sent.get("category", "NOTE") not in CATEGORIES:
            raise Refused(422, f"Invalid category [{sent['category']}]")
        if sent.get("target", "AUTO") not in TARGETS:
            raise Refused(422, f"Invalid target [{sent['target']}]")
        if "start_date_local" in sent and not _LOCAL.fullmatch(str(sent["start_date_local"])):
            raise Refused(422, f"Invalid date [{sent['start_date_local']}]")
        return {name: value for name, value in sent.items() if name in WRITABLE}

    def _one(self, number: int) -> Event:
        if number not in self.there:
            raise Refused(404, "Event not found")
        return self.there[number]

    def _knows(self, request: Request, names: set[str]) -> None:
        if unknown := request.query.keys() - names:
            self._log.violations.append(f"unknown query {sorted(unknown)} of {request.path}")

    # --- What people do on the web -----------------------------------------------------------

    def drag(self, number: int, to: dt.date) -> None:
        self._change(self.there[number], {"start_date_local": f"{to}T00:00:00"})

    def edit(self, number: int, **fields: Any) -> None:
        self._change(self.there[number], fields)

    def copy(self, number: int, to: dt.date | None = None) -> int:
        """A copy as the web makes one: whether it keeps the ``external_id`` nobody knows."""
        of = self.there[number]
        sent = {name: of[name] for name in WRITABLE if of.get(name) is not None}
        sent |= {"start_date_local": f"{to}T00:00:00"} if to else {}
        if not self._copies_keep_id:
            sent.pop("external_id", None)
        return self._create(sent)["id"]

    def run(self, number: int) -> None:
        """An activity of the same day is matched to it."""
        self.there[number]["paired_activity_id"] = f"i{number}"

    def remove(self, number: int) -> None:
        self._lag.went(number, self.there.pop(number))
        self._forwarding.got.pop(number, None)


def _day(event: Event) -> dt.date:
    return dt.date.fromisoformat(event["start_date_local"][:10])
