"""A runner's computer for tests, logged in at a double of intervals.icu: runs that bring a plan into the calendar."""

from __future__ import annotations

import copy
import datetime as dt
from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from account.intervals.double import KEY, Double
from negsplit.account.changes import Changes, Done, Undone
from negsplit.account.errors import AccountError
from negsplit.account.intervals.address import Address
from negsplit.account.intervals.applying import apply
from negsplit.account.intervals.athlete import athlete
from negsplit.account.intervals.client import connect
from negsplit.account.intervals.comparing import compare
from negsplit.account.intervals.content import Body, content_hash, key_in
from negsplit.account.intervals.key import KeyStore
from negsplit.account.intervals.service import Service
from negsplit.account.intervals.snapshot import read
from negsplit.account.ledger import open_ledger
from negsplit.account.marker import Key, key
from negsplit.account.pauses import Pauses
from negsplit.account.wanted import Options, SyncScope, Wanted
from negsplit.state import StateFolder

TODAY = dt.date(2026, 2, 9)
"""A Monday."""
GRACE = 600.0

Request = Callable[..., Any]


def day(offset: int) -> dt.date:
    return TODAY + dt.timedelta(days=offset)


def run_of(minutes: int, name: str = "Easy", notes: str = "") -> Body:
    """A run for so many minutes; its text was written by hand, by the service's guide."""
    text = f"- {minutes}m 5:30-5:00/km Pace"
    about = {"category": "WORKOUT", "name": name, "type": "Run", "target": "PACE"}
    return about | {"description": f"{text}\n\n{notes}".strip()}


def misread(body: Body) -> tuple[str, ...]:
    """Whether the service made as many minutes of a text as :func:`run_of` wrote."""
    minutes = int(body["description"].removeprefix("- ").partition("m")[0])
    said = (body.get("workout_doc") or {}).get("duration")
    return () if said == 60 * minutes else (f"{said} s instead of {minutes} min",)


def nothing(_body: Body) -> tuple[str, ...]:
    """What there is to misread in a note or a race."""
    return ()


@dataclass
class Plan:
    """A plan of sessions: each slot with its day, counted from today, and its body."""

    sessions: dict[str, tuple[int, Body]]
    name: str = "half"
    window: tuple[int, int] = (0, 27)
    notes: bool = False

    def key(self, slot: str) -> Key:
        return key(self.name, slot)

    @property
    def wanted(self) -> list[Wanted]:
        first, last = self.window
        found = self.sessions.items()
        return [
            Wanted(self.key(slot), day(at), body, body["name"], misread if body["category"] == "WORKOUT" else nothing)
            for slot, (at, body) in found
            if first <= at <= last
        ]

    @property
    def scope(self) -> SyncScope:
        first, last = self.window
        days = {self.key(slot): day(at) for slot, (at, _) in self.sessions.items()}
        return SyncScope(self.name, day(first), day(last), days, notes=self.notes)


@dataclass
class Ran:
    """What one run did: its requests that ask for a change, what was found, and what it ended with."""

    writes: list[str] = field(default_factory=list)
    changes: Changes | None = None
    made: list[Done | Undone] = field(default_factory=list)
    error: BaseException | None = None

    @property
    def signs(self) -> list[str]:
        assert self.changes is not None, self.error
        return [f"{one.sign} {one.key.slot}" for one in self.changes.changes]

    @property
    def conflicts(self) -> list[tuple[str, str]]:
        assert self.changes is not None, self.error
        return [(one.kind, one.key.slot) for one in self.changes.conflicts]

    @property
    def notices(self) -> list[tuple[str, str]]:
        assert self.changes is not None, self.error
        return [(one.kind, one.key.slot) for one in self.changes.notices]

    @property
    def at_rest(self) -> bool:
        """Whether nothing was wrong, in the way, or to be done."""
        undone = [one for one in self.made if isinstance(one, Undone)]
        return self.error is None and not undone and not self.writes and not self.conflicts


class Killed(BaseException):
    """The process is gone."""


@dataclass
class Computer:
    """One that is logged in at a double. ``now`` is in seconds; nothing but :meth:`wait` lets it pass."""

    double: Double
    folder: Path
    timeout: float = 5.0
    now: float = 1_770_000_000.0
    today: dt.date = TODAY
    around: Callable[[Request], Request] = lambda request: request
    asking: Callable[[], object] = lambda: None
    """What happens while a runner is asked whether to make the changes."""

    def __post_init__(self) -> None:
        KeyStore(self.state, self.address).write(KEY)

    @property
    def state(self) -> StateFolder:
        return StateFolder(self.folder)

    @property
    def address(self) -> Address:
        return Address(self.double.url)

    def wait(self, seconds: float = GRACE + 1) -> None:
        self.now += seconds

    def lose_ledger(self) -> None:
        (self.folder / f"{self.address.place}-ledger.json").unlink(missing_ok=True)

    def sync(self, plan: Plan, **options: Any) -> Ran:
        """One ``negsplit sync --yes``."""
        return self.run(plan.wanted, plan.scope, **options)

    def run(self, wanted: Sequence[Wanted], scope: SyncScope, **options: Any) -> Ran:
        before, ran = len(self.double.log.writes), Ran()
        try:
            self._bring(ran, wanted, scope, Options(self.today, self.now, GRACE, **options))
        except (AccountError, Killed) as error:
            ran.error = error
        ran.writes = [f"{one.method} {one.path}" for one in self.double.log.writes[before:]]
        return ran

    def _bring(self, ran: Ran, wanted: Sequence[Wanted], scope: SyncScope, options: Options) -> None:
        client = connect(self.address, self.state, pauses=Pauses(0), timeout=self.timeout)
        client.request = self.around(client.request)  # type: ignore[method-assign]
        with open_ledger(self.state, self.address.place, athlete(client).id) as ledger:
            service = Service(client)
            snapshot = read(service, wanted, ledger, scope, options)
            ran.changes = compare(wanted, snapshot, ledger, scope, options)
            self.asking()
            for made in apply(service, ran.changes, wanted, snapshot, ledger, lambda: options.now):
                ran.made.append(made)

    # --- What the account holds --------------------------------------------------------------

    def holds(self, plan: Plan, but: Collection[int] = ()) -> list[tuple[str, str, str]]:
        """Every event with the plan's ``external_id`` but some, as slot, hash of its content, and its day."""
        return sorted(
            (known.slot, content_hash(event), event["start_date_local"][:10])
            for number, event in self.double.events.there.items()
            if number not in but and (known := key_in(event["external_id"] or "")) and known.plan == plan.name
        )

    def number(self, slot: str) -> int:
        (found,) = self.numbers(slot)
        return found

    def numbers(self, slot: str) -> list[int]:
        there = self.double.events.there.items()
        return [number for number, one in there if (known := key_in(one["external_id"] or "")) and known.slot == slot]


def meant(plan: Plan) -> list[tuple[str, str, str]]:
    """What :meth:`Computer.holds` is to give."""
    first, last = plan.window
    return sorted(
        (slot, content_hash(body), day(at).isoformat())
        for slot, (at, body) in plan.sessions.items()
        if first <= at <= last
    )


class Stranger:
    """An event that somebody made by hand; nobody but them may touch it."""

    def __init__(self, double: Double, name: str, on: dt.date, **more: Any) -> None:
        self._double = double
        body = run_of(10, name) | {"start_date_local": f"{on}T00:00:00"}
        self.number = double.events._create(body | more)["id"]
        self._was = copy.deepcopy(double.events.there[self.number])

    @property
    def untouched(self) -> bool:
        return self._double.events.there.get(self.number) == self._was
