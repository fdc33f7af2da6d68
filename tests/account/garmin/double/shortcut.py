"""The way of a request to the double without a network, which is most of what a run of a plan costs in a test."""

from __future__ import annotations

import json as written
from collections.abc import Callable, Mapping
from io import BytesIO
from urllib.parse import urlsplit

import requests
from requests.exceptions import ConnectionError, ReadTimeout
from urllib3 import HTTPResponse

from account.exchange import Request
from account.garmin.double.server import Double


class Shortcut(requests.Session):
    """What the client library is given to ask with. What goes wrong ends as it ends over a socket, but at once."""

    def __init__(self, double: Double) -> None:
        super().__init__()
        self._double = double

    def request(
        self,
        method: str,
        url: str,
        *,
        headers: Mapping[str, str],
        hooks: Mapping[str, Callable[..., object]],
        params: Mapping[str, str | int] | None = None,
        json: object = None,
        **_: object,
    ) -> requests.Response:
        query = {name: str(value) for name, value in (params or {}).items()}
        body = b"" if json is None else written.dumps(json).encode()
        given = {name.lower(): text for name, text in headers.items()}
        asked = Request(method, urlsplit(url).path, query, given | {"content-type": "application/json"}, body)
        answer = self._answer(asked)
        hooks["response"](answer)
        _ = answer.content  # which is read before anybody gets to see the answer
        return answer

    def _answer(self, asked: Request) -> requests.Response:
        reply, fault = self._double.meet(asked)
        kind = fault.kind if fault else ""
        if kind == "drop":
            raise ConnectionError("the double hung up")
        if kind in ("stall", "drip", "drip head"):
            raise ReadTimeout("the double says nothing, or has no end")
        whole = reply.bytes()
        sent = BytesIO(whole[: len(whole) // 2] if kind == "cut" else whole)
        answer = requests.Response()
        answer.status_code = asked.status = reply.status
        answer.headers.update(reply.headers_of(whole))
        answer.raw = HTTPResponse(sent, answer.headers, reply.status, preload_content=False)
        return answer
