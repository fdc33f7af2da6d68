"""The account that a command is about, and what may go wrong with it."""

from __future__ import annotations

import math
import os
import re
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from typing import TYPE_CHECKING, Final, Generic, TypeVar

import click

from negsplit import clock
from negsplit.account import errors
from negsplit.account.errors import AccountError, NotInstalled, RateLimited
from negsplit.account.garmin.address import Address, address_from
from negsplit.account.pauses import SECOND, Pauses
from negsplit.account.wanted import GRACE
from negsplit.cli import console, logins
from negsplit.codes import Code
from negsplit.desk import folders
from negsplit.diagnostics import Diagnostic, did_you_mean
from negsplit.frozen import dataclass
from negsplit.state import StateError, StateFolder

if TYPE_CHECKING:
    from negsplit.account.intervals.address import Address as IntervalsAddress

Where = TypeVar("Where", Address, "IntervalsAddress")

_COMMAND: Final = re.compile(r"`(negsplit account (?:login|status|logout)[^`]*)`")
LATER: Final = 75
"""The exit status of what can only be done later (EX_TEMPFAIL of sysexits.h)."""
_A_DAY: Final = 86_400.0
_CODES: Final[Mapping[type[AccountError], Code]] = {
    errors.NotInstalled: "account-not-installed",
    errors.BadAddress: "account-address",
    errors.LoginFailed: "login-failed",
    errors.NotOurs: "not-ours",
    errors.Overtaken: "overtaken",
    errors.RateLimited: "rate-limited",
    errors.Rejected: "account-refused",
    errors.SessionDead: "logged-out",
}


class TooManyRequests(click.exceptions.Exit):
    """Ends a command where the service takes no more for now."""

    def __init__(self) -> None:
        super().__init__(LATER)


@dataclass(frozen=True, slots=True)
class Connection(Generic[Where]):
    """Where the account is, what is remembered of it, and how long to wait: another one in tests alone."""

    address: Where
    state: StateFolder
    pauses: Pauses
    grace: float


def connection() -> Connection[Address]:
    """To Garmin's account as the environment says; ends the command where that is no pause or no grace.

    :raises BadAddress: where it leads elsewhere than to Garmin or this computer.
    """
    return _connection(address_from(os.environ))


def intervals_connection() -> Connection[IntervalsAddress]:
    """The same to intervals.icu."""
    from negsplit.account.intervals.address import address_from

    return _connection(address_from(os.environ))


def _connection(address: Where) -> Connection[Where]:
    test = os.environ if address.override is not None else {}
    return Connection(
        address,
        state_of(logins.in_use()),
        Pauses(_seconds(test, "NEGSPLIT_PAUSE", SECOND)),
        _seconds(test, "NEGSPLIT_GRACE", GRACE),
    )


def state_of(name: str) -> StateFolder:
    """What is remembered of a login, apart from what is of any other; an empty name for the one that has none."""
    state = StateFolder(folders.state())
    return state.inner(logins.FOLDER).inner(name) if name else state


def _seconds(test: Mapping[str, str], name: str, usual: float) -> float:
    said = test.get(name)
    try:
        seconds = float(said) if said else usual
    except ValueError:
        seconds = math.nan
    if not 0 <= seconds <= _A_DAY:
        help = ("it is for tests: seconds, such as `0.5`",)
        console.report([Diagnostic("account-setting", f"`{name}` is `{said}`", None, help)])
        raise console.Failed
    return seconds


def diagnostic(error: AccountError) -> Diagnostic:
    """What went wrong with the account, as every other message."""
    help = error.help
    if isinstance(error, RateLimited):
        help = (f"wait until {_moment(error.seconds)}; trying earlier makes it longer", *help)
    if isinstance(error, NotInstalled):
        from negsplit.desk.installation import adding

        help = (f"install it with `{adding('account')}`",)
    if name := logins.in_use():
        help = tuple(_COMMAND.sub(rf"`\1 --for {name}`", words) for words in help)
        if isinstance(error, errors.SessionDead) and name not in (known := logins.names()):
            near = did_you_mean(name, known)
            help = (*([f"did you mean `--for {near}`?"] if near else []), *help)
    return Diagnostic(_CODES.get(type(error), "account-unclear"), error.message, None, help)


def _moment(seconds: int) -> str:
    """The time of day when so many seconds are over, rounded up to the minute, and how long that is.

    With the day where it is not today's, and with the zone where clocks are changed in between.
    """
    now = clock.seconds()
    begin, end = clock.local(now), clock.local(math.ceil((now + seconds) / 60) * 60)
    day = "" if end.date() == begin.date() else f"{end:%a %d %b} "
    zone = "" if end.utcoffset() == begin.utcoffset() else f"{end: %Z}"
    return f"{day}{end:%H:%M}{zone}, in {math.ceil(seconds / 60)} min"


@contextmanager
def told(then: Callable[[Exception], None] = lambda _error: None) -> Iterator[None]:
    """Ends the command with what went wrong with the account, and what ``then`` has to add; 75 for come back later."""
    try:
        yield
    except AccountError as error:
        console.report([diagnostic(error)])
        then(error)
        raise (TooManyRequests() if isinstance(error, RateLimited) else console.Failed()) from None
    except StateError as error:
        console.report([Diagnostic("state", str(error))])
        then(error)
        raise console.Failed from None
