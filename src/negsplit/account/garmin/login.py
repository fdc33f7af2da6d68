"""Logging in: once, by one way, or with tokens made elsewhere; and leaving tokens or nothing."""

from __future__ import annotations

import json
import math
import time
from collections.abc import Callable
from typing import Any, Final

from negsplit import clock
from negsplit.account import opened
from negsplit.account.errors import AccountError, LoginFailed, RateLimited, Rejected, SessionDead
from negsplit.account.garmin.address import Address
from negsplit.account.garmin.client import PROFILE, Account, connect, give, library, renew, send, tokens_of
from negsplit.account.garmin.tokens import Tokens, TokenStore
from negsplit.account.garmin.way_in import App, WayIn
from negsplit.account.pauses import ONE_DAY, Pauses
from negsplit.state import StateFolder

_GOOD_ONCE: Final = "make new ones: tokens last about a month, and work for one program only"


def check(address: Address, state: StateFolder, way: type[WayIn] = App) -> None:
    """Whether a login may be tried, to be known before anybody is asked for a password.

    :raises RateLimited: where the account takes no more logins by this way, or did not within the last hour.
    :raises StateError: where there is no place to keep the tokens.
    """
    _Memory(state, address, way).check()
    state.probe()


def login(
    address: Address,
    state: StateFolder,
    email: str,
    password: str,
    code: Callable[[], str],
    *,
    way: type[WayIn] = App,
    sleep: Callable[[float], object] = time.sleep,
    pauses: Pauses | None = None,
) -> Account:
    """Logs in with one attempt by one way and keeps the tokens.

    :param code: asks for the code that the account sends or an app shows; called when it wants one.
    :raises RateLimited: where the account takes no more logins by this way, or did not within the last hour; then
        without asking.
    :raises LoginFailed: in every other case without tokens.
    """
    check(address, state, way)
    memory = _Memory(state, address, way)
    client = connect(address)
    try:
        _attempt(client, way(address, sleep), email, password, code)
    except RateLimited as error:
        memory.keep(error.seconds)
        raise
    _accepted(client, address)
    store = TokenStore(state, address)
    with store.lock():
        opened.forget(state, address.place)
        store.write(tokens_of(client))
    memory.forget()
    return Account(address, state, pauses=pauses)


def login_with(address: Address, state: StateFolder, tokens: Tokens, *, pauses: Pauses | None = None) -> Account:
    """Keeps tokens that were made elsewhere, once the account has taken them.

    Where the access token is over, they are renewed first: then those that were given are used up.

    :raises LoginFailed: where the account does not take them.
    :raises AccountError: where nobody knows whether it does.
    :raises StateError: where they cannot be kept.
    """
    client = connect(address)
    give(client, tokens)

    def refresh() -> None:
        renew(client)

    client._refresh_session = refresh
    store = TokenStore(state, address)
    with store.lock():
        try:
            send(client, address, "GET", PROFILE)
        except AccountError as error:
            if _are_refused(error):
                raise LoginFailed("the account does not accept these tokens", _GOOD_ONCE) from None
            if tokens_of(client) == tokens:
                raise
            # The old pair is used up: what could not be tried is kept all the same.
        opened.forget(state, address.place)
        store.write(tokens_of(client))
    return Account(address, state, pauses=pauses)


def _attempt(client: Any, way: WayIn, email: str, password: str, code: Callable[[], str]) -> None:
    try:
        with way.judging(client):
            way.go(client, email, password)
    except library()._MFARequired:
        given = code()
        with way.judging(client, "code"):
            client._complete_mfa(given)


def _accepted(client: Any, address: Address) -> None:
    """Some accounts get tokens that do not open them: better to know before they replace others that may."""
    try:
        send(client, address, "GET", PROFILE)
    except AccountError as error:
        if _are_refused(error):
            raise LoginFailed("the account does not accept the tokens it has just issued", "try again later") from None


def _are_refused(error: AccountError) -> bool:
    """Whether tokens are good for nothing, which no network and no busy server says."""
    return isinstance(error, SessionDead) or (isinstance(error, Rejected) and error.status == 403)


class _Memory:
    """Until when the account takes no more logins by one way, across runs."""

    def __init__(self, state: StateFolder, address: Address, way: type[WayIn]) -> None:
        self._state = state
        self._file = f"connect-{address.name}-{way.name}-pause.json"
        self._others = way.others

    def check(self) -> None:
        """:raises RateLimited: where it is too early."""
        kept = self._state.read(self._file)
        try:
            until = float(json.loads(kept or b"0"))
        except (ValueError, TypeError, OverflowError, RecursionError):
            until = 0.0
        # A clock that was set back does not lock anybody out for longer than the service ever does.
        left = min(until - clock.seconds(), ONE_DAY)
        if left > 0:
            raise RateLimited(math.ceil(left), "logins", *self._others)

    def keep(self, seconds: int) -> None:
        self._state.write(self._file, json.dumps(clock.seconds() + seconds).encode())

    def forget(self) -> None:
        self._state.remove(self._file)
