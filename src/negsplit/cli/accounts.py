"""The Garmin account that a command is about, and the clock it goes by."""

from __future__ import annotations

import datetime as dt
import math
import os
import time
from collections.abc import Callable, Iterator
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
    """As the environment says.

    :raises BadAddress: where it leads elsewhere than to Garmin or this computer.
    """
    address = address_from(os.environ)
    test = os.environ if address.override is not None else {}
    return Desk(
        address,
        StateFolder(folders.state()),
        Pauses(float(test.get("NEGSPLIT_PAUSE", SECOND))),
        float(test.get("NEGSPLIT_GRACE", GRACE)),
        dt.date.fromisoformat(test["NEGSPLIT_TODAY"]) if "NEGSPLIT_TODAY" in test else dt.date.today(),
        time.time,
    )


def diagnostic(error: AccountError) -> Diagnostic:
    """What went wrong with the account, as every other message."""
    help = error.help
    if isinstance(error, RateLimited):
        back = dt.datetime.now() + dt.timedelta(seconds=error.seconds)
        help = (
            f"come back after {back:%H:%M}, in {math.ceil(error.seconds / 60)} min; trying earlier makes it longer",
        )
    return Diagnostic(_CODES.get(type(error), "account-unclear"), error.message, None, help)


@contextmanager
def told(then: Callable[[], None] = lambda: None) -> Iterator[None]:
    """Ends the command with what went wrong with the account, and what ``then`` has to add; 75 for come back later."""
    try:
        yield
    except AccountError as error:
        console.report([diagnostic(error)])
        then()
        raise (click.exceptions.Exit(LATER) if isinstance(error, RateLimited) else console.Failed()) from None
    except StateError as error:
        console.report([Diagnostic("state", str(error))])
        then()
        raise console.Failed from None
