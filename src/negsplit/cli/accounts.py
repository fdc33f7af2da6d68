"""The Garmin account that a command is about, and the clock it goes by."""

from __future__ import annotations

import datetime as dt
import math
import os
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from typing import Final

import click

from negsplit.account import errors
from negsplit.account.address import Address, address_from
from negsplit.account.errors import AccountError, RateLimited
from negsplit.account.pauses import SECOND, Pauses
from negsplit.cli import console, folders
from negsplit.diagnostics import Diagnostic
from negsplit.frozen import dataclass
from negsplit.state import StateError, StateFolder

LATER: Final = 75
"""The exit status of what can only be done later (EX_TEMPFAIL of sysexits.h)."""
GRACE: Final = 600.0
"""Seconds within which the account may not show yet what it was told."""
_A_DAY: Final = 86_400.0
_CODES: Final = {
    errors.NotInstalled: "account-not-installed",
    errors.BadAddress: "account-address",
    errors.LoginFailed: "login-failed",
    errors.RateLimited: "rate-limited",
    errors.Rejected: "account-refused",
    errors.SessionDead: "logged-out",
}


@dataclass(frozen=True, slots=True)
class Desk:
    """Where the account is, what is remembered of it, and by which clock: another one in tests alone."""

    address: Address
    state: StateFolder
    pauses: Pauses
    grace: float
    today: dt.date
    now: Callable[[], float]


def desk() -> Desk:
    """As the environment says; ends the command where that is no pause, no grace or no day.

    :raises BadAddress: where it leads elsewhere than to Garmin or this computer.
    """
    address = address_from(os.environ)
    test = os.environ if address.override is not None else {}
    return Desk(
        address,
        StateFolder(folders.state()),
        Pauses(_seconds(test, "NEGSPLIT_PAUSE", SECOND)),
        _seconds(test, "NEGSPLIT_GRACE", GRACE),
        _day(test, "NEGSPLIT_TODAY"),
        time.time,
    )


def _seconds(test: Mapping[str, str], name: str, usual: float) -> float:
    said = test.get(name)
    try:
        seconds = float(said) if said else usual
    except ValueError:
        seconds = math.nan
    if not 0 <= seconds <= _A_DAY:
        raise _nonsense(name, said, "seconds, such as `0.5`")
    return seconds


def _day(test: Mapping[str, str], name: str) -> dt.date:
    said = test.get(name)
    try:
        return dt.date.fromisoformat(said) if said else dt.date.today()
    except ValueError:
        raise _nonsense(name, said, "a day, such as `2026-12-06`") from None


def _nonsense(name: str, said: str | None, meant: str) -> console.Failed:
    """Says that a variable for tests holds something else than it is for."""
    console.report([Diagnostic("account-setting", f"`{name}` is `{said}`", None, (f"it is for tests: {meant}",))])
    return console.Failed()


def diagnostic(error: AccountError) -> Diagnostic:
    """What went wrong with the account, as every other message."""
    help = error.help
    if isinstance(error, RateLimited):
        minutes = math.ceil(error.seconds / 60)
        now = dt.datetime.now()
        back = now + dt.timedelta(minutes=minutes)
        day = "" if back.date() == now.date() else f"{back:%a %d %b} "
        help = (f"come back after {day}{back:%H:%M}, in {minutes} min; trying earlier makes it longer",)
    return Diagnostic(_CODES.get(type(error), "account-unclear"), error.message, None, help)


@contextmanager
def told(then: Callable[[Exception], None] = lambda _error: None) -> Iterator[None]:
    """Ends the command with what went wrong with the account, and what ``then`` has to add; 75 for come back later."""
    try:
        yield
    except AccountError as error:
        console.report([diagnostic(error)])
        then(error)
        raise (click.exceptions.Exit(LATER) if isinstance(error, RateLimited) else console.Failed()) from None
    except StateError as error:
        console.report([Diagnostic("state", str(error))])
        then(error)
        raise console.Failed from None
