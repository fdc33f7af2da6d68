"""Logging in: once, by one way, and leaving tokens or nothing."""

from __future__ import annotations

import json
import math
import random
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any, Final, Literal

from negsplit import clock
from negsplit.account.address import Address
from negsplit.account.errors import AccountError, LoginFailed, NotInstalled, RateLimited, Rejected, SessionDead
from negsplit.account.garmin import (
    MANY_REQUESTS,
    ONE_DAY,
    PROFILE,
    Account,
    connect,
    library,
    send,
    tokens_of,
    wait_seconds,
)
from negsplit.account.pauses import Pauses
from negsplit.account.tokens import TokenStore
from negsplit.state import StateFolder

ONE_HOUR: Final = 3600
"""Seconds to stay away after too many logins: each try within them makes the wait longer, up to a day."""

_READING: Final = (2.0, 5.0)
"""Seconds between seeing the sign-in page and sending it, as a person needs; the service takes less for a machine."""
_MANY_WRONG: Final = "try again with the right one: many wrong ones lock an account"
_FRESH_CONNECT: Final = 74
"""libcurl's option; on a connection that it kept and that is dropped, it would send a password or a code twice."""


def check(address: Address, state: StateFolder) -> None:
    """Whether a login may be tried, to be known before anybody is asked for a password.

    :raises RateLimited: where the account takes no more logins, or did not within the last hour.
    :raises StateError: where there is no place to keep the tokens.
    """
    _Memory(state, address).check()
    state.probe()


def login(
    address: Address,
    state: StateFolder,
    email: str,
    password: str,
    code: Callable[[], str],
    *,
    sleep: Callable[[float], object] = time.sleep,
    pauses: Pauses | None = None,
) -> Account:
    """Logs in with one attempt and keeps the tokens.

    :param code: asks for the code that the account sends or an app shows; called when it wants one.
    :raises RateLimited: where the account takes no more logins, or did not within the last hour; then without asking.
    :raises LoginFailed: in every other case without tokens.
    """
    check(address, state)
    memory = _Memory(state, address)
    client = connect(address)
    page = _SignInPage(address, sleep)
    try:
        _attempt(client, page, email, password, code)
    except RateLimited as error:
        memory.keep(error.seconds)
        raise
    _accepted(client, address)
    store = TokenStore(state, address)
    with store.lock():
        store.write(tokens_of(client))
    memory.forget()
    return Account(address, state, pauses=pauses)


def _attempt(client: Any, page: _SignInPage, email: str, password: str, code: Callable[[], str]) -> None:
    """The way the phone's app takes; of the library's five ways the one that it tries first."""
    try:
        with page.judging(client):
            client._do_mobile_login(page, email, password)
    except library()._MFARequired:
        given = code()
        with page.judging(client, code=True):
            client._complete_mfa(given)


def _accepted(client: Any, address: Address) -> None:
    """Some accounts get tokens that do not open them: better to know before they replace others that may."""
    try:
        send(client, address, "GET", PROFILE)
    except AccountError as error:
        if isinstance(error, SessionDead) or (isinstance(error, Rejected) and error.status == 403):
            raise LoginFailed("the account does not take the tokens it has just given", "try again later") from None


class _SignInPage:
    """The library's HTTP session for one login: the page is seen before it is sent, and no second way is tried.

    ``answer`` is the last one that came; None where the last request had none.
    """

    def __init__(self, address: Address, sleep: Callable[[float], object]) -> None:
        module = library()
        if not module.HAS_CFFI:
            raise NotInstalled
        if address.override is not None and hasattr(module, "sso"):
            module.sso.MOBILE_DELAY_MIN_S = module.sso.MOBILE_DELAY_MAX_S = 0.0
        self._session = module.cffi_requests.Session(
            impersonate=module.MOBILE_IMPERSONATIONS[0], curl_options={_FRESH_CONNECT: 1}
        )
        self._address = address
        self._sleep = sleep
        self._way = f"{address.sso_url}/mobile/"
        self._page = f"{self._way}sso/en_US/sign-in"
        self._seen = False
        self.answer: Any = None

    def get(self, url: str, **how: Any) -> Any:
        self._seen = True
        return self._ask(self._session.get, url, allow_redirects=self._address.override is None, **how)

    def post(self, url: str, *, headers: dict[str, str], **how: Any) -> Any:
        if not self._seen:
            # garminconnect 0.3.2 does not look at the page first, and without its cookie the answer is always 429.
            self.get(self._page, params=how["params"], headers=headers, timeout=how["timeout"])
            if self._address.override is None:
                self._sleep(random.uniform(*_READING))
        headers = {"Referer": self._page} | headers
        return self._ask(self._session.post, url, allow_redirects=False, headers=headers, **how)

    def _ask(self, ask: Callable[..., Any], url: str, **how: Any) -> Any:
        if not url.startswith(self._way):
            # The library's second thoughts: a code posted elsewhere, a ticket taken to another host for a cookie.
            raise OSError("another way in than the one that is tried")
        self.answer = None
        self.answer = ask(url, proxies=self._address.proxies, **how)
        return self.answer

    @contextmanager
    def judging(self, client: Any, code: bool = False) -> Iterator[None]:
        """Whatever the library makes of a failure, as what it was, by the last answer that came."""
        tokens = client._http_post
        tokens.asked = False
        try:
            yield
        except library()._MFARequired:
            raise
        except Exception:
            if tokens.asked:
                raise _failure(tokens.answer, None) from None
            raise _failure(self.answer, "code" if code else "password") from None


def _failure(answer: Any, given: Literal["password", "code"] | None) -> AccountError:
    """What an answer means, to the word that was ``given`` or to a request for tokens."""
    if answer is None:
        return LoginFailed("the account does not answer", "see whether this computer is online, then try again")
    try:
        said = answer.json()
    except (ValueError, RecursionError):
        said = None
    if answer.status_code in MANY_REQUESTS or _part(said, "error", "status-code") == "429":
        return RateLimited(max(ONE_HOUR, wait_seconds(answer.headers)), "logins")
    verdict = _part(said, "responseStatus", "type")
    if given == "password" and verdict == "INVALID_USERNAME_PASSWORD":
        return LoginFailed("the account refuses this e-mail address and password", _MANY_WRONG)
    # How a wrong code is called is written nowhere; every answer that holds a verdict is one.
    if given == "code" and verdict not in (None, "SUCCESSFUL", "CAPTCHA_REQUIRED"):
        return LoginFailed("the account refuses this code", _MANY_WRONG)
    return LoginFailed(
        f"the account did not let this program in (status {answer.status_code})",
        "it may want to see a browser: log in at https://connect.garmin.com once, then try again later",
    )


def _part(said: Any, *names: str) -> Any:
    part = said
    for name in names:
        part = part.get(name) if isinstance(part, dict) else None
    return part


class _Memory:
    """Until when the account takes no more logins, across runs."""

    def __init__(self, state: StateFolder, address: Address) -> None:
        self._state = state
        self._file = f"connect-{address.name}-pause.json"

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
            raise RateLimited(math.ceil(left), "logins")

    def keep(self, seconds: int) -> None:
        self._state.write(self._file, json.dumps(clock.seconds() + seconds).encode())

    def forget(self) -> None:
        self._state.remove(self._file)
