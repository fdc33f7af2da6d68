"""What brings workouts into each account: the device they are made for, what is found there, and what is done."""

from __future__ import annotations

import datetime as dt
import os
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from functools import cached_property
from typing import TYPE_CHECKING, Any, ClassVar, Final, NamedTuple, Protocol

from negsplit import clock
from negsplit.cli import console
from negsplit.cli.account.connection import Connection, connection, intervals_connection, told
from negsplit.diagnostics import Diagnostic, Severity

if TYPE_CHECKING:
    from negsplit.account.changes import Changes, Done, Undone
    from negsplit.account.garmin.address import Address
    from negsplit.account.garmin.client import Account
    from negsplit.account.intervals.address import Address as IntervalsAddress
    from negsplit.account.intervals.athlete import Athlete, RunSettings
    from negsplit.account.intervals.client import Client
    from negsplit.account.ledger import AccountLedger
    from negsplit.account.marker import Key
    from negsplit.account.pulled import Pulled
    from negsplit.account.wanted import Options, SyncScope, Wanted
    from negsplit.desk.pulling import Calendar, Made
    from negsplit.model import AccountName
    from negsplit.program.device import Device


class Engine(Protocol):
    """One account for one run, by its ``name`` on the command line. ``site`` is what a runner looks at it in.

    ``unset`` has what the account does not know of its runner and what comes of it, by the word for targets that it
    then hands on to no watch. ``whose`` is the profile that the ledger is about, ``warnings`` what else a runner should
    know of what is wanted. What goes to the account may raise :class:`~negsplit.account.errors.AccountError` and
    :class:`~negsplit.state.StateError`.
    """

    name: ClassVar[AccountName]
    site: ClassVar[str]

    @property
    def at(self) -> Connection[Any]: ...
    @property
    def device(self) -> Device: ...
    @property
    def unset(self) -> Mapping[str, str]: ...
    def whose(self) -> int | str: ...
    def warnings(self, wanted: Sequence[Wanted], scope: SyncScope, today: dt.date) -> list[Diagnostic]: ...
    def find(self, wanted: Sequence[Wanted], ledger: AccountLedger, scope: SyncScope, options: Options) -> Changes: ...
    def make(self, changes: Changes, wanted: Sequence[Wanted], ledger: AccountLedger) -> Iterator[Done | Undone]: ...
    def pull(self, days: Days) -> list[Pulled]: ...
    def calendar(self, pulled: Sequence[Pulled], made: Mapping[Key, Made], name: str) -> Calendar: ...


class Days(NamedTuple):
    """The days of a calendar that are read, both among them."""

    first: dt.date
    last: dt.date


class GarminEngine:
    """A workout is one object in the list, its days are others in the calendar."""

    name: ClassVar[AccountName] = "garmin"
    site: ClassVar[str] = "Garmin Connect"
    unset: Final[Mapping[str, str]] = {}

    def __init__(self, at: Connection[Address]) -> None:
        self.at: Final = at

    @cached_property
    def _account(self) -> Account:
        from negsplit.account.garmin.client import Account

        return Account(self.at.address, self.at.state, pauses=self.at.pauses)

    @cached_property
    def _owner(self) -> int:
        return self._account.owner().number

    @property
    def device(self) -> Device:
        """Whatever watches the account has."""
        from negsplit.desk.forms import ACCOUNT
        from negsplit.program.device import devices

        return devices()[ACCOUNT]

    def whose(self) -> int | str:
        """The number of the profile."""
        return self._owner

    def warnings(self, wanted: Sequence[Wanted], scope: SyncScope, today: dt.date) -> list[Diagnostic]:  # noqa: ARG002
        """None: it hands on to its own watches."""
        return []

    def find(self, wanted: Sequence[Wanted], ledger: AccountLedger, scope: SyncScope, options: Options) -> Changes:
        """What there is to do."""
        from negsplit.account.garmin.comparing import compare
        from negsplit.account.garmin.service import Service
        from negsplit.account.garmin.snapshot import read

        snapshot = read(Service(self._account), wanted, ledger, scope, options)
        return compare(wanted, snapshot, ledger, scope, options)

    def make(self, changes: Changes, wanted: Sequence[Wanted], ledger: AccountLedger) -> Iterator[Done | Undone]:  # noqa: ARG002
        """Does it."""
        from negsplit.account.garmin.applying import apply
        from negsplit.account.garmin.service import Service

        return apply(Service(self._account), changes, ledger, clock.seconds)

    def pull(self, days: Days) -> list[Pulled]:
        """What stands on some days."""
        from negsplit.account.garmin.pulling import pull
        from negsplit.account.garmin.service import Service

        return list(pull(Service(self._account), _ledger(self), *days))

    def calendar(self, pulled: Sequence[Pulled], made: Mapping[Key, Made], name: str) -> Calendar:
        """The same as workouts, and a plan of that name."""
        from negsplit.desk.pulling import of_garmin

        return of_garmin(pulled, made, name)


class IntervalsEngine:
    """An event is the workout and its day in one.

    Making one asks the account what it measures runs by: shares of a heart rate are of its own threshold.
    """

    name: ClassVar[AccountName] = "intervals"
    site: ClassVar[str] = "intervals.icu"

    def __init__(self, at: Connection[IntervalsAddress]) -> None:
        from negsplit.account.intervals.athlete import run_settings
        from negsplit.account.intervals.client import connect

        self.at: Final = at
        self._client: Client = connect(at.address, at.state, pauses=at.pauses)
        self._settings: RunSettings = run_settings(self._client)

    @property
    def device(self) -> Device:
        """The account with its own threshold heart rate."""
        from negsplit.program.device import devices

        return replace(devices()["intervals"], is_asked=True, lthr=self._settings.threshold_bpm)

    @cached_property
    def _athlete(self) -> Athlete:
        from negsplit.account.intervals.athlete import athlete

        return athlete(self._client)

    @property
    def unset(self) -> Mapping[str, str]:
        """Thresholds of runs."""
        return self._settings.unset

    def whose(self) -> int | str:
        """The athlete's id."""
        return self._athlete.id

    def warnings(self, wanted: Sequence[Wanted], scope: SyncScope, today: dt.date) -> list[Diagnostic]:
        """What is measured otherwise than runs, and what a watch would get twice."""
        return [*self._measured_otherwise(wanted), *self._twice(wanted, scope, today)]

    def _measured_otherwise(self, wanted: Sequence[Wanted]) -> list[Diagnostic]:
        """That hikes and walks may have thresholds of their own there: shares were reckoned of those of runs."""
        held = {str(one.body["type"]) for one in wanted if one.body.get("target", "AUTO") != "AUTO"}
        others = sorted(held - {*self._settings.types})
        if not others:
            return []
        message = f"your account has other thresholds for {' and '.join(others)} than for running, which are used here"
        help = "make the two agree: https://intervals.icu/settings"
        return [Diagnostic("degraded", message, None, (help,), Severity.WARNING)]

    def _twice(self, wanted: Sequence[Wanted], scope: SyncScope, today: dt.date) -> list[Diagnostic]:
        """That a watch would get workouts from here, and from Garmin's account."""
        from negsplit.account.garmin.address import address_from
        from negsplit.account.ledger import records_at

        if "Garmin" not in self._athlete.forwards_to:
            return []
        keys = {one.key for one in wanted}
        there = [
            record
            for record in records_at(self.at.state, address_from(os.environ).place)
            if record.key in keys or (scope.plan and record.key.plan == scope.plan)
            if any(one.day >= today for one in record.stood)
        ]
        if not there:
            return []
        many = console.count(len(there), "workout")
        message = f"intervals.icu passes workouts on to Garmin, and {many} of these are in your Garmin account too"
        help = (
            'your watch would get them twice: remove them there, or untick Garmin under "Upload planned workouts" on '
            "https://intervals.icu/settings"
        )
        return [Diagnostic("twice-on-watch", message, None, (help,), Severity.WARNING)]

    def find(self, wanted: Sequence[Wanted], ledger: AccountLedger, scope: SyncScope, options: Options) -> Changes:
        """What there is to do."""
        from negsplit.account.intervals.comparing import compare
        from negsplit.account.intervals.service import Service
        from negsplit.account.intervals.snapshot import read

        self._snapshot = read(Service(self._client), wanted, ledger, scope, options)
        return compare(wanted, self._snapshot, ledger, scope, options)

    def make(self, changes: Changes, wanted: Sequence[Wanted], ledger: AccountLedger) -> Iterator[Done | Undone]:
        """Does it."""
        from negsplit.account.intervals.applying import apply
        from negsplit.account.intervals.service import Service

        return apply(Service(self._client), changes, wanted, self._snapshot, ledger, clock.seconds)

    def pull(self, days: Days) -> list[Pulled]:
        """What stands on some days."""
        from negsplit.account.intervals.pulling import pull
        from negsplit.account.intervals.service import Service

        return list(pull(Service(self._client), _ledger(self), *days))

    def calendar(self, pulled: Sequence[Pulled], made: Mapping[Key, Made], name: str) -> Calendar:
        """The same as workouts, and a plan of that name."""
        from negsplit.desk.pulling import of_intervals

        return of_intervals(pulled, made, name, self._settings.threshold_bpm)


def _ledger(engine: Engine) -> AccountLedger:
    from negsplit.account.ledger import AccountLedger
    from negsplit.cli.account.owner import owner

    return AccountLedger(engine.at.state, engine.at.address.place, owner(engine))


def engine_for(account: AccountName) -> Engine:
    """The engine of an account by its name on the command line; ends the command where it cannot be asked."""
    with told():
        return IntervalsEngine(intervals_connection()) if account == "intervals" else GarminEngine(connection())
