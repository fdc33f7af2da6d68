"""The ways in: each is the library's, on one HTTP session of ours, so that it is gone once and leads nowhere else."""

from __future__ import annotations

import random
from abc import ABC, abstractmethod
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from types import SimpleNamespace
from typing import Any, ClassVar, Final, Literal
from urllib.parse import urljoin

from negsplit.account.errors import AccountError, LoginFailed, NotInstalled, RateLimited
from negsplit.account.garmin.address import Address
from negsplit.account.garmin.client import MANY_REQUESTS, library
from negsplit.account.garmin.wire import Wire
from negsplit.account.pauses import wait_seconds

ONE_HOUR: Final = 3600
"""Seconds to stay away after too many logins: each try within them makes the wait longer, up to a day."""
_TOKENS: Final = "take tokens that were made elsewhere: `negsplit account login garmin --tokens FILE`"
ELSEWHERE: Final = f"or {_TOKENS}"

_READING: Final = (2.0, 5.0)
"""Seconds between seeing the sign-in page and sending it, as a person needs; the service takes less for a machine."""
_MANY_WRONG: Final = "try again with the right one: too many wrong ones lock an account"
_NO_PASSWORD: Final = f"if you log in with Google or Apple, {_TOKENS}"
_FRESH_CONNECT: Final = 74
"""libcurl's option; on a connection that it kept and that is dropped, it would send a password or a code twice."""
_TIMEOUT: Final = 30
"""Seconds for a page of the web, as the library has it."""
_HOPS: Final = 5
_ON_BY_GET: Final = (301, 302, 303)
"""Redirects that do not carry on what was sent, as 307 and 308 do."""

Given = Literal["password", "code"]

_WORDS: Final[dict[Given, str]] = {"password": "e-mail address and password", "code": "code"}


class WayIn(Wire, ABC):
    """One way to tokens, given to the library as its HTTP session. ``name`` stands in names of files."""

    name: ClassVar[str]
    others: ClassVar[tuple[str, ...]]
    """What to do about a way that is closed for now."""
    _root: ClassVar[str]
    """Where the pages of this way are. Elsewhere are the library's second thoughts: a code posted by another way, a
    ticket taken to another host for a cookie."""
    _looks_like: ClassVar[str]

    def __init__(self, address: Address, sleep: Callable[[float], object]) -> None:
        super().__init__()
        module = library()
        if not module.HAS_CFFI:
            raise NotInstalled
        if address.override is not None:
            pace = getattr(module, "sso", module)
            for which in ("MOBILE", "WIDGET"):
                setattr(pace, f"{which}_DELAY_MIN_S", 0.0)
                setattr(pace, f"{which}_DELAY_MAX_S", 0.0)
        self._session = module.cffi_requests.Session(impersonate=self._looks_like, curl_options={_FRESH_CONNECT: 1})
        self._address = address
        self._sleep = sleep

    @abstractmethod
    def go(self, client: Any, email: str, password: str) -> None:
        """Gets a client its tokens, or raises the library's ``_MFARequired`` where a code is asked for."""

    @abstractmethod
    def _refuses(self, given: Given) -> bool:
        """Whether the last answer says that a word is wrong."""

    def _ask(self, ask: Callable[..., Any], url: str, **how: Any) -> Any:
        if not url.startswith(self._address.sso_url + self._root):
            raise OSError("another way to log in than the one tried")
        return self.ask(ask, url, proxies=self._address.proxies, **how)

    @contextmanager
    def judging(self, client: Any, given: Given = "password") -> Iterator[None]:
        """Whatever the library makes of a failure, as what it was, by the last answer that came."""
        tokens = client._http_post
        tokens.asked = False
        try:
            yield
        except (library()._MFARequired, AccountError):
            raise
        except Exception:
            if tokens.asked:
                raise self._failure(tokens.answer, None) from None
            raise self._failure(self.answer, given) from None

    def _failure(self, answer: Any, given: Given | None) -> AccountError:
        """What an answer means, to the word that was ``given`` or to a request for tokens."""
        if answer is None:
            return LoginFailed("the account does not answer", "see whether this computer is online, then try again")
        if answer.status_code in MANY_REQUESTS or _part(_json(answer), "error", "status-code") == "429":
            return RateLimited(max(ONE_HOUR, wait_seconds(answer.headers)), "logins", *self.others)
        if given is not None and self._refuses(given):
            help = (_MANY_WRONG, _NO_PASSWORD) if given == "password" else (_MANY_WRONG,)
            return LoginFailed(f"the account refuses this {_WORDS[given]}", *help)
        return LoginFailed(
            f"the account did not let this program in (status {answer.status_code})",
            "it may want to see a browser: log in at https://connect.garmin.com once, then try again later",
            *self.others,
        )


_GARMINS: Final = "GARMIN Authentication Application"
_ASKS_FOR_A_CODE: Final = "mfaMethod"
"""What stands in Garmin's own pages, the second in those that ask for a code."""
_UNREAD: Final = "the account asks for a code on a page that this version of garminconnect cannot read"


class App(WayIn):
    """The way the phone's app takes; of the library's five ways the one that it tries first."""

    name = "app"
    others = (
        "or log in as a browser does, which is counted separately: `negsplit account login garmin --web`",
        ELSEWHERE,
    )
    _root = "/mobile/"
    _looks_like = "safari_ios"

    def __init__(self, address: Address, sleep: Callable[[float], object]) -> None:
        super().__init__(address, sleep)
        self._page = f"{address.sso_url}{self._root}sso/en_US/sign-in"
        self._seen = False

    def go(self, client: Any, email: str, password: str) -> None:
        client._do_mobile_login(self, email, password)

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

    def _refuses(self, given: Given) -> bool:
        verdict = _part(_json(self.answer), "responseStatus", "type")
        if given == "password":
            return bool(verdict == "INVALID_USERNAME_PASSWORD")
        # How a wrong code is called is written nowhere; every answer that holds a verdict is one.
        return verdict not in (None, "SUCCESSFUL", "CAPTCHA_REQUIRED")


class Web(WayIn):
    """The form that Garmin embeds in web pages. It has no client id, and so logins by it are counted by themselves.

    What the pages are called is taken from recordings of 2023 (the tests of garth before its version 0.7).
    :meth:`go` raises :class:`LoginFailed` too, where a page asks for a code and the library cannot read it.
    """

    name = "web"
    others = (ELSEWHERE,)
    _root = "/sso/"
    _looks_like = "chrome"

    def go(self, client: Any, email: str, password: str) -> None:
        module = library()
        theirs = module.cffi_requests
        # The library makes the session of this way by itself: this is how it gets ours.
        module.cffi_requests = SimpleNamespace(Session=lambda **_: self, post=theirs.post)
        try:
            client._widget_web_login(email, password)
        except module._MFARequired:
            raise
        except Exception:
            if self._asks_for_a_code():
                raise LoginFailed(_UNREAD, "the newer one comes with Python 3.12", ELSEWHERE) from None
            raise
        finally:
            module.cffi_requests = theirs

    def get(self, url: str, **how: Any) -> Any:
        return self._follow(self._ask(self._session.get, url, allow_redirects=False, **self._timed(how)))

    def post(self, url: str, **how: Any) -> Any:
        return self._follow(self._ask(self._session.post, url, allow_redirects=False, **self._timed(how)))

    def _timed(self, how: dict[str, Any]) -> dict[str, Any]:
        return {"timeout": _TIMEOUT} | how

    def _follow(self, answer: Any) -> Any:
        """The page that an answer leads to: a password is answered with one, and so is a code."""
        for _ in range(_HOPS):
            if answer.status_code not in _ON_BY_GET:
                break
            url = urljoin(answer.url, answer.headers.get("Location", ""))
            answer = self._ask(self._session.get, url, allow_redirects=False, timeout=_TIMEOUT)
        return answer

    def _refuses(self, given: Given) -> bool:
        """Garmin shows its page once more; somebody else's would be one that looks for machines."""
        if given == "code":
            return self._asks_for_a_code()
        return self.answer.status_code == 401 and _GARMINS in self.answer.text

    def _asks_for_a_code(self) -> bool:
        return self.answer is not None and _ASKS_FOR_A_CODE in self.answer.text


def _json(answer: Any) -> Any:
    try:
        return answer.json()
    except (ValueError, RecursionError):
        return None


def _part(said: Any, *names: str) -> Any:
    part = said
    for name in names:
        part = part.get(name) if isinstance(part, dict) else None
    return part
