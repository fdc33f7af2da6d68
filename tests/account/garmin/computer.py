"""A runner's computer for tests: its private files, its clock, and runs that bring a plan into the account."""

from __future__ import annotations

import copy
import datetime as dt
import os
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import requests

from account.garmin.bodies import step, workout
from account.garmin.double import Double
from account.garmin.double.shortcut import Shortcut
from negsplit.account.changes import Changes, Conflict, Done, Undone
from negsplit.account.errors import AccountError
from negsplit.account.garmin.address import Address
from negsplit.account.garmin.applying import apply
from negsplit.account.garmin.client import Account
from negsplit.account.garmin.comparing import compare
from negsplit.account.garmin.content import content_hash
from negsplit.account.garmin.service import Service
from negsplit.account.garmin.snapshot import read
from negsplit.account.garmin.tokens import Tokens, TokenStore
from negsplit.account.ledger import open_ledger
from negsplit.account.marker import Key, key, read_marker
from negsplit.account.pauses import Pauses
from negsplit.account.wanted import Options, SyncScope, Wanted
from negsplit.state import StateFolder

FULL = os.environ.get("NEGSPLIT_FULL_MATRIX") == "1"
"""Whether every scenario is run, as ``make test-sync`` does, or a selection."""
TODAY = dt.date(2026, 2, 9)
"""A Monday, the day after everything that the double holds was made."""
GRACE = 600.0


def day(offset: int) -> dt.date:
    return TODAY + dt.timedelta(days=offset)


def run_of(minutes: int, name: str = "Easy", **more: Any) -> dict[str, Any]:
    """A run for so many minutes, as it is sent."""
    return workout(step(1, end=(2, 60.0 * minutes)), name=name, **more)


@dataclass
class Plan:
    """A plan of sessions: each slot with its day, counted from today, and its body."""

    sessions: dict[str, tuple[int, dict[str, Any]]]
    name: str = "half"
    window: tuple[int, int] = (0, 27)
    """The days that are brought up to date, counted from today."""

    def key(self, slot: str) -> Key:
        return key(self.name, slot)

    @property
    def wanted(self) -> list[Wanted]:
        first, last = self.window
        found = self.sessions.items()
        return [
            Wanted(self.key(slot), day(at), body, body["workoutName"])
            for slot, (at, body) in found
            if first <= at <= last
        ]

    @property
    def scope(self) -> SyncScope:
        first, last = self.window
        return SyncScope(
            self.name, day(first), day(last), {self.key(slot): day(at) for slot, (at, _) in self.sessions.items()}
        )


@dataclass
class Ran:
    """What one run did. ``error`` is what it ended with; ``writes`` are its requests that ask for a change.

    ``undone`` are changes that were refused, or of which nobody knows.
    """

    writes: list[str]
    changes: Changes | None = None
    done: list[Done] = field(default_factory=list)
    undone: list[Undone] = field(default_factory=list)
    error: BaseException | None = None

    def take(self, made: Done | Undone) -> None:
        if isinstance(made, Done):
            self.done.append(made)
        else:
            self.undone.append(made)

    @property
    def signs(self) -> list[str]:
        """``+ w01-tue``, the changes as they are shown."""
        assert self.changes is not None
        return [f"{one.sign} {one.key.slot}" for one in self.changes.changes]

    @property
    def conflicts(self) -> list[tuple[str, str]]:
        assert self.changes is not None
        return [(one.kind, one.key.slot) for one in self.changes.conflicts]

    @property
    def notices(self) -> list[tuple[str, str]]:
        assert self.changes is not None
        return [(one.kind, one.key.slot) for one in self.changes.notices]

    @property
    def conflict(self) -> Conflict:
        assert self.changes is not None
        (one,) = self.changes.conflicts
        return one

    @property
    def at_rest(self) -> bool:
        """Whether nothing was wrong, in the way, or to be done."""
        return not self.went_wrong and not self.writes and not self.conflicts

    @property
    def went_wrong(self) -> bool:
        return self.error is not None or bool(self.undone)


class Killed(BaseException):
    """The process is gone."""


Request = Callable[..., Any]


@contextmanager
def one_session(account: Account, shortcut: Double | None) -> Iterator[None]:
    """Asks over one connection and looks for no proxy, which halves what a request costs; or without any network.

    Newer clients keep their connection by themselves. That of Python 3.11 opens one a request, as those tests see to
    that are about requests.

    :param shortcut: what is asked without a network; None asks over the loopback.
    """
    client = account._client
    if shortcut is not None:
        session: requests.Session = Shortcut(shortcut)
    else:
        session = getattr(client, "_api_session", None) or client._fresh_api_session()
        session.trust_env = False
    client._api_session, client._fresh_api_session = session, lambda: session
    with session:
        yield


def bring(
    ran: Ran,
    address: Address,
    state: StateFolder,
    around: Callable[[Request], Request],
    wanted: Sequence[Wanted],
    scope: SyncScope,
    options: Options,
    timeout: float = 5.0,
    shortcut: Double | None = None,
) -> None:
    """Reads, compares and applies as the command line does; ``ran`` has what was done so far, whatever is raised."""
    account = Account(address, state, pauses=Pauses(0), timeout=timeout)
    account.request = around(account.request)  # type: ignore[method-assign]
    with one_session(account, shortcut), open_ledger(state, address.place, account.owner().number) as ledger:
        service = Service(account)
        snapshot = read(service, wanted, ledger, scope, options)
        ran.changes = compare(wanted, snapshot, ledger, scope, options)
        for made in apply(service, ran.changes, ledger, lambda: options.now):
            ran.take(made)


@dataclass
class Computer:
    """One that is logged in at a double. ``now`` is in seconds; nothing but :meth:`wait` lets it pass."""

    double: Double
    folder: Path
    timeout: float = 5.0
    now: float = 1_770_000_000.0
    today: dt.date = TODAY
    around: Callable[[Request], Request] = lambda request: request
    """Put around each request of a run."""
    over_loopback: bool = FULL
    """Whether requests go over sockets, or past them: whichever way, what comes of them is the same."""

    def __post_init__(self) -> None:
        issued = self.double.sessions.issue()
        tokens = Tokens(issued["access_token"], issued["refresh_token"], "CLIENT")
        TokenStore(self.state, self.address).write(tokens)

    @property
    def state(self) -> StateFolder:
        return StateFolder(self.folder)

    @property
    def address(self) -> Address:
        return Address(self.double.url)

    @property
    def ledger(self) -> Path:
        return self.folder / f"connect-{self.address.name}-ledger.json"

    def wait(self, seconds: float = GRACE + 1) -> None:
        self.now += seconds

    def lose_ledger(self) -> None:
        self.ledger.unlink(missing_ok=True)

    def sync(self, plan: Plan, **options: Any) -> Ran:
        """One ``negsplit sync --yes``."""
        return self.run(plan.wanted, plan.scope, **options)

    def upload(self, *wanted: Wanted) -> Ran:
        """One ``negsplit upload``."""
        return self.run(wanted, SyncScope(), restore=True)

    def run(self, wanted: Sequence[Wanted], scope: SyncScope, **options: Any) -> Ran:
        before = len(self.double.log.writes)
        ran = Ran([])
        try:
            asked = Options(self.today, self.now, GRACE, **options)
            shortcut = None if self.over_loopback else self.double
            bring(ran, self.address, self.state, self.around, wanted, scope, asked, self.timeout, shortcut)
        except (AccountError, Killed, KeyboardInterrupt) as error:
            ran.error = error
        ran.writes = [f"{one.method} {one.path}" for one in self.double.log.writes[before:]]
        return ran

    # --- What the account holds --------------------------------------------------------------

    def holds(self, plan: Plan) -> list[tuple[str, str, str]]:
        """Every workout with the plan's mark, as slot, hash of its content, and its day of all entries."""
        found = []
        for number, body in self.double.library.workouts.items():
            marker = read_marker(body["description"] or "")
            if marker and marker.key.plan == plan.name:
                found.append((marker.key.slot, content_hash(body), " ".join(self.days(number))))
        return sorted(found)

    def days(self, number: int) -> list[str]:
        return sorted(one["date"] for one in self.double.calendar.entries.values() if one["workoutId"] == number)

    def number(self, slot: str) -> int:
        """The number of the workout with a slot."""
        workouts = self.double.library.workouts.items()
        marked = {number: read_marker(body["description"] or "") for number, body in workouts}
        (found,) = [number for number, marker in marked.items() if marker and marker.key.slot == slot]
        return found

    def entry(self, slot: str) -> dict[str, Any]:
        """The one entry of a slot's workout."""
        number = self.number(slot)
        (found,) = [one for one in self.double.calendar.entries.values() if one["workoutId"] == number]
        return found

    def entries(self) -> int:
        return len(self.double.calendar.entries)


def meant(plan: Plan) -> list[tuple[str, str, str]]:
    """What :meth:`Computer.holds` is to give."""
    first, last = plan.window
    return sorted(
        (slot, content_hash(body), day(at).isoformat())
        for slot, (at, body) in plan.sessions.items()
        if first <= at <= last
    )


class Stranger:
    """A workout and its entry that somebody made by hand; nobody but them may touch it."""

    def __init__(self, double: Double, name: str, on: dt.date) -> None:
        self._double = double
        self.workout = double.library.add(workout(step(1), name=name, description="by hand"))["workoutId"]
        self.entry = double.calendar.add(on.isoformat(), name, self.workout)["id"]
        self._was = self._now()

    def _now(self) -> Any:
        workout = self._double.library.workouts.get(self.workout)
        return copy.deepcopy((workout, self._double.calendar.entries.get(self.entry)))

    @property
    def untouched(self) -> bool:
        return self._was == self._now()
