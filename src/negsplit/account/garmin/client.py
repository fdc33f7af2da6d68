"""The one place that knows ``garminconnect``: its client, pointed at an address, behind one ``request``.

The library is used for what changes with the service: login, refresh and headers. Its own store of tokens, its
retries and its exceptions are not, because they differ between 0.3.2 (the last for Python 3.11) and its successors:
what a request ended with is read off the HTTP answer itself.
"""

from __future__ import annotations

import logging
from collections.abc import Callable, Mapping
from typing import Any, Final

from negsplit.account.answer_bounds import WAITS, Body, in_one_line, is_number, parsed, within
from negsplit.account.errors import (
    Ambiguous,
    NotInstalled,
    NotRenewed,
    RateLimited,
    Rejected,
    SessionDead,
    TooMuch,
)
from negsplit.account.garmin.address import Address
from negsplit.account.garmin.tokens import Tokens, TokenStore, sound
from negsplit.account.garmin.wire import Wire
from negsplit.account.pauses import Pauses, wait_seconds
from negsplit.account.trying import tried
from negsplit.formats.json_fields import text
from negsplit.frozen import dataclass
from negsplit.state import StateFolder

PROFILE: Final = "/userprofile-service/socialProfile"
TIMEOUT: Final = 30.0
"""Seconds of silence until a request counts as not answered."""
LOG_IN: Final = "log in with `negsplit account login garmin`"
MANY_REQUESTS: Final = (427, 429)
"""What the service answers to too many requests; the first, which is no standard, by its sign-in pages alone."""
_NOT_VALID: Final = "the login is no longer valid"


@dataclass(frozen=True, slots=True)
class Owner:
    """Whose account it is: the number of the profile, and the name it shows."""

    number: int
    name: str


class Account:
    """The account of whoever is logged in at an address.

    :raises NotInstalled: without the library.
    :raises SessionDead: where nobody is logged in.
    :raises StateError: where the tokens cannot be read, and later where new ones cannot be written.
    """

    def __init__(
        self, address: Address, state: StateFolder, *, pauses: Pauses | None = None, timeout: float = TIMEOUT
    ) -> None:
        self._client = connect(address)
        self._store = TokenStore(state, address)
        self._pauses = pauses or Pauses()
        self._timeout = timeout
        self._address = address
        tokens = self._store.read()
        if tokens is None:
            raise SessionDead("nobody is logged in to the Garmin account", LOG_IN)
        give(self._client, tokens)
        self._client._refresh_session = self._refresh

    def request(
        self, method: str, path: str, *, params: Mapping[str, str | int] | None = None, json: object = None
    ) -> Any:
        """The account's answer as JSON; None where it answers with nothing (204).

        GET is tried up to three times while the network or the server fails. Nothing else is ever sent twice, but
        for the one case where the service itself said that it did nothing: an access token that is over (401).

        :raises RateLimited: on 429: stop.
        :raises Rejected: on 3xx and 4xx: nothing was done.
        :raises SessionDead: on 401 with a new token, and where there is no new token to be had.
        :raises NotRenewed: where there is none for now: nothing was done.
        :raises Ambiguous: without an answer, on 5xx, and on an answer that is no whole JSON, or beyond the bounds.
        """
        return tried(
            method,
            self._pauses,
            lambda: send(self._client, self._address, method, path, params=params, json=json, timeout=self._timeout),
        )

    def owner(self) -> Owner:
        """Whose account it is.

        Raises what :meth:`request` raises; ``Ambiguous`` too where the answer is no profile.
        """
        profile = self.request("GET", PROFILE)
        number = profile.get("profileId") if isinstance(profile, dict) else None
        if not is_number(number):
            raise Ambiguous(200)
        return Owner(number, text(profile, "displayName"))

    def _refresh(self) -> None:
        """Gets the next pair of tokens and keeps it; takes the pair that another process got meanwhile.

        A failure here is never ``Rejected``: that would be read as an answer to the request.
        """
        with self._store.lock():
            kept = self._store.read()
            if kept is None:
                raise SessionDead("somebody logged out of the Garmin account meanwhile", LOG_IN)
            if kept.refresh != self._client.di_refresh_token:
                give(self._client, kept)
                return
            self._store.write(renew(self._client))


class TokenWire(Wire):
    """What the library posts to get tokens: to the address alone, following no redirect.

    ``asked`` is for whoever sets it to False.
    """

    def __init__(self, post: Callable[..., Any], address: Address) -> None:
        super().__init__()
        self._post = post
        self._address = address
        self.asked = False

    def __call__(self, _url: str, **how: Any) -> Any:
        self.asked = True
        how |= {"allow_redirects": False, "proxies": self._address.proxies}
        return self.ask(self._post, self._address.token_url, **how)


def library() -> Any:
    """The module ``garminconnect.client``, silenced: it logs ordinary refusals with tracebacks and bodies.

    :raises NotInstalled: without it.
    """
    try:
        import garminconnect.client
    except ImportError:
        raise NotInstalled from None
    logging.getLogger("garminconnect").setLevel(logging.CRITICAL + 1)
    return garminconnect.client


def connect(address: Address) -> Any:
    """A client of the library that talks to ``address`` alone and has no tokens yet. It keeps none by itself."""
    client = library().Client()
    if address.override is not None:
        client._connectapi = client._connect = client._sso = address.override
    client._http_post = TokenWire(client._http_post, address)
    client._refresh_session = lambda: None
    return client


def send(
    client: Any,
    address: Address,
    method: str,
    path: str,
    *,
    params: Mapping[str, str | int] | None = None,
    json: object = None,
    timeout: float = TIMEOUT,
) -> Any:
    """One request and its answer; see :meth:`Account.request` for what it raises, :class:`Ambiguous` and the others."""
    answers: list[Any] = []

    def take(answer: Any, **_: object) -> None:
        answers.append(_bounded(answer))

    def ask() -> None:
        client.request(
            method,
            "connectapi",
            path,
            params=params,
            json=json,
            timeout=timeout,
            allow_redirects=False,
            proxies=address.proxies,
            auth=_as_it_is,
            hooks={"response": take},
        )

    try:
        in_time = within(WAITS * timeout, ask)
    except OSError:
        raise Ambiguous(_status(answers), broken=True) from None
    except library().GarminConnectConnectionError:
        if not answers:
            raise Ambiguous from None
    else:
        if not in_time:
            status = _status(answers)
            raise Ambiguous if status is None else TooMuch(f"more than {WAITS * timeout:.0f} s long", status)
    return _read(answers[-1], client)


def _bounded(answer: Any) -> Any:
    """An answer of which nothing is read yet: no more of it than is allowed, in UTF-8 as JSON is, leading nowhere."""
    answer.raw = Body(answer.raw, answer.status_code)
    answer.encoding = "utf-8"
    answer.headers.pop("Location", None)
    return answer


def _status(answers: list[Any]) -> int | None:
    """Of the answer that came last; none where that was a 401, after which the request is sent again."""
    return answers[-1].status_code if answers and answers[-1].status_code != 401 else None


def _as_it_is(request: Any) -> Any:
    """Given as the way to authenticate, so that nothing out of ``~/.netrc`` takes the place of the token."""
    return request


def _read(answer: Any, client: Any) -> Any:
    status = answer.status_code
    if status == 204:
        return None
    if status == 401:
        raise SessionDead(_NOT_VALID, LOG_IN)
    if status in MANY_REQUESTS:
        raise RateLimited(wait_seconds(answer.headers))
    if 300 <= status < 500:
        raise Rejected(status, _reason(answer, client))
    if 200 <= status < 300:
        return parsed(answer.content, status)
    raise Ambiguous(status)


def _reason(answer: Any, client: Any) -> str:
    """The service's words on one line, unless they repeat what is secret."""
    try:
        said = str(parsed(answer.content, answer.status_code)["message"])
    except (Ambiguous, KeyError, TypeError):
        return ""
    repeats = any(secret in said for secret in (client.di_token, client.di_refresh_token))
    return "" if repeats else in_one_line(said)


def renew(client: Any) -> Tokens:
    """Gets a client the next pair of tokens; it has the old one where that fails, as :class:`AccountError`."""
    before = tokens_of(client)
    try:
        client._refresh_di_token()
        return tokens_of(client)
    except Exception:
        give(client, before)
        raise _refresh_failure(client._http_post.answer) from None


def _refresh_failure(answer: Any) -> Exception:
    """What a refresh that failed means for the request it was for, which had no effect."""
    if answer is None:
        return NotRenewed(None, LOG_IN)
    if answer.status_code in MANY_REQUESTS:
        return RateLimited(wait_seconds(answer.headers))
    if answer.status_code in (400, 401):
        return SessionDead(_NOT_VALID, LOG_IN)
    return NotRenewed(answer.status_code, LOG_IN)


def give(client: Any, tokens: Tokens) -> None:
    """Lets a client have tokens."""
    client.di_token, client.di_refresh_token, client.di_client_id = tokens.access, tokens.refresh, tokens.client_id


def tokens_of(client: Any) -> Tokens:
    """The tokens a client holds; ``ValueError`` where they are none."""
    words = (client.di_token, client.di_refresh_token, client.di_client_id)
    if not all(sound(word) for word in words):
        raise ValueError("no tokens")
    return Tokens(*words)
