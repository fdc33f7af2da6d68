"""The one place that speaks to intervals.icu: JSON over HTTPS, with a personal key, behind one ``request``.

The key goes out in one header and nowhere else: no address, no message and no exception holds it.
"""

from __future__ import annotations

import base64
import json as json_text
import urllib.request
from collections.abc import Mapping
from http.client import HTTPException
from typing import Any, Final
from urllib.parse import urlencode

from negsplit.account.answer_bounds import MOST_BYTES, WAITS, in_one_line, parsed, within
from negsplit.account.errors import Ambiguous, RateLimited, Rejected, SessionDead, TooMuch
from negsplit.account.intervals.address import Address
from negsplit.account.intervals.key import KeyStore
from negsplit.account.pauses import Pauses, wait_seconds
from negsplit.account.trying import tried
from negsplit.state import StateFolder

TIMEOUT: Final = 30.0
"""Seconds of silence until a request counts as not answered."""
LOG_IN: Final = "log in with `negsplit account login intervals`"
ASLEEP: Final = "if you have not opened https://intervals.icu for 90 days, your account is asleep: open it once"
_USER: Final = "API_KEY"
"""The name that goes with every key (the service's API guide, forum.intervals.icu/t/609)."""


class Client:
    """What the holder of a key may ask.

    Follows no redirect, and reads no more of an answer than it can have to say.
    """

    def __init__(self, address: Address, key: str, *, pauses: Pauses | None = None, timeout: float = TIMEOUT) -> None:
        self._address = address
        self._key = key
        self._basic = base64.b64encode(f"{_USER}:{key}".encode()).decode()
        self._pauses = pauses or Pauses()
        self._timeout = timeout
        self._opener = urllib.request.OpenerDirector()
        # Without the usual handlers: one would follow where an answer leads, another raise with it in its hands.
        for handler in (
            urllib.request.ProxyHandler(address.proxies),
            urllib.request.HTTPHandler(),
            urllib.request.HTTPSHandler(),
        ):
            self._opener.add_handler(handler)

    def request(self, method: str, path: str, *, params: Mapping[str, str] | None = None, json: object = None) -> Any:
        """The answer as JSON, None where it is empty.

        GET is tried up to three times while the network or the server fails. Nothing else is ever sent twice.

        :param path: behind the athlete's own, such as ``/events``.
        :raises RateLimited: on 429: stop.
        :raises SessionDead: on 401: the service takes no key like this.
        :raises Rejected: on 3xx and every other 4xx: nothing was done.
        :raises Ambiguous: without an answer, on 5xx, and on an answer that is no whole JSON, or beyond the bounds.
        """
        return tried(method, self._pauses, lambda: self._send(method, path, params, json))

    def _send(self, method: str, path: str, params: Mapping[str, str] | None, json: object) -> Any:
        url = f"{self._address.url}{path}{'?' + urlencode(params) if params else ''}"
        body = None if json is None else json_text.dumps(json).encode()
        headers = {"Authorization": f"Basic {self._basic}", "Accept": "application/json", "User-Agent": "negsplit"}
        if body is not None:
            headers["Content-Type"] = "application/json"
        asked = urllib.request.Request(url, body, headers, method=method)
        exchange = _Exchange(self._opener, asked, self._timeout)
        try:
            in_time = within(WAITS * self._timeout, exchange.run)
        except (OSError, HTTPException, ValueError):
            if exchange.status is None:
                raise Ambiguous from None
            raise Ambiguous(exchange.status, broken=True) from None
        if not in_time:
            if exchange.status is None:
                raise Ambiguous
            raise TooMuch(f"more than {WAITS * self._timeout:.0f} s long", exchange.status)
        return self._read(exchange)

    def _read(self, exchange: _Exchange) -> Any:
        status, body = exchange.status, exchange.body
        assert status is not None
        if status == 401:
            raise SessionDead("intervals.icu does not accept this key", LOG_IN, ASLEEP)
        if status == 429:
            raise RateLimited(wait_seconds(exchange.headers))
        if 300 <= status < 500:
            raise Rejected(status, self._reason(body, status))
        if not 200 <= status < 300:
            raise Ambiguous(status)
        if len(body) > MOST_BYTES:
            raise TooMuch(f"more than {MOST_BYTES:,} bytes", status)
        return parsed(body, status) if body else None

    def _reason(self, body: bytes, status: int) -> str:
        """The service's words on one line, unless they repeat the key, as it is or as it was sent, or an address."""
        try:
            said = str(parsed(body[:MOST_BYTES], status)["error"])
        except (Ambiguous, KeyError, TypeError):
            return ""
        return "" if any(one in said for one in (self._key, self._basic, "@")) else in_one_line(said)


class _Exchange:
    """One request and what came of it so far: ``status`` is None until an answer began."""

    def __init__(self, opener: urllib.request.OpenerDirector, asked: urllib.request.Request, timeout: float) -> None:
        self._opener, self._asked, self._timeout = opener, asked, timeout
        self.status: int | None = None
        self.headers: Mapping[str, str] = {}
        self.body = b""

    def run(self) -> None:
        with self._opener.open(self._asked, timeout=self._timeout) as answer:
            self.headers = answer.headers
            self.status = answer.status
            self.body = answer.read(MOST_BYTES + 1)
            whole = answer.headers.get("Content-Length", "")
        if whole.isdecimal() and len(self.body) < min(int(whole), MOST_BYTES):
            raise OSError("the answer broke off")  # a bounded read does not say so by itself


def connect(address: Address, state: StateFolder, *, pauses: Pauses | None = None, timeout: float = TIMEOUT) -> Client:
    """The client of whoever is logged in.

    :raises SessionDead: where nobody is.
    :raises StateError: where the key cannot be read.
    """
    key = KeyStore(state, address).read()
    if key is None:
        raise SessionDead("nobody is logged in to intervals.icu", LOG_IN)
    return Client(address, key, pauses=pauses, timeout=timeout)
