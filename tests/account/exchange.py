"""What is asked of the double and what it answers."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any


@dataclass
class Request:
    """One request as it came in. ``status`` is what was answered: None for nothing. Header names are lower case."""

    method: str
    path: str
    query: Mapping[str, str]
    headers: Mapping[str, str]
    body: bytes
    status: int | None = None
    fault: str = ""

    def json(self) -> Any:
        """The body as JSON; what is something else is refused as Garmin refuses it."""
        if self.headers.get("content-type", "").split(";")[0] != "application/json":
            raise Refusal(415, "HTTP 415 Unsupported Media Type")
        try:
            return json.loads(self.body)
        except ValueError:
            raise Refusal(400, "Could not read JSON") from None


@dataclass
class Reply:
    """An answer. ``body`` is sent as JSON, bytes as they are, None as nothing."""

    status: int = 200
    body: Any = None
    headers: dict[str, str] = field(default_factory=dict)

    def bytes(self) -> bytes:
        if self.body is None or isinstance(self.body, bytes):
            return self.body or b""
        return json.dumps(self.body).encode()

    def headers_of(self, body: bytes) -> dict[str, str]:
        """Those that go with a body, and what was given besides."""
        length = {} if self.status == 204 else {"Content-Length": str(len(body))}
        return {"Content-Type": "application/json"} | length | self.headers


class Refusal(Exception):  # noqa: N818 - an answer, raised where it is known
    """Something the service does not do, as it answers then."""

    def __init__(self, status: int, message: str, **headers: str) -> None:
        super().__init__(message)
        body = {"message": message, "error": "Refused", "clientMessage": None}
        self.reply = Reply(status, body, {name.replace("_", "-"): text for name, text in headers.items()})
