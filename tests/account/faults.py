"""What goes wrong on the way, on any endpoint, before the service did its work or after."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import Any, Literal

from account.exchange import Reply

Kind = Literal["status", "drop", "stall", "html", "badjson", "cut", "empty", "drip", "drip head", "twice"]

CHALLENGE = b"<!DOCTYPE html><html><title>Just a moment...</title><body>Checking your browser</body></html>"


@dataclass
class Fault:
    """One thing that goes wrong.

    :param method: of the requests it meets; ``*`` for any.
    :param path: a pattern that the whole path matches.
    :param kind: ``status`` answers ``status`` with ``headers`` and ``body``; ``drop`` closes the connection;
        ``stall`` says nothing for ``delay`` seconds; ``html`` answers 200 with a challenge page; ``badjson`` answers
        200 with half of the JSON; ``cut`` announces the whole and sends half; ``empty`` answers 200 with nothing;
        ``drip`` sends a body without end, a byte each ``delay`` seconds, and ``drip head`` a status line like that;
        ``twice`` is a request that arrives twice, as curl repeats one on a connection that broke: it is done twice, and
        the answer is that to the second arrival, or with ``before`` that to the first.
    :param when: ``before`` the service did its work (nothing is committed) or ``after``.
    :param times: how many requests it meets, after ``skip`` were let through.
    """

    method: str
    path: str
    kind: Kind
    when: Literal["before", "after"] = "before"
    status: int = 500
    headers: dict[str, str] = field(default_factory=dict)
    times: int = 1
    skip: int = 0
    delay: float = 30.0
    body: Any = None

    def meets(self, method: str, path: str) -> bool:
        return self.method in ("*", method) and re.fullmatch(self.path, path) is not None

    @property
    def answers(self) -> bool:
        """Whether anything whole enough to be read is answered."""
        return self.kind in ("status", "html", "badjson", "cut", "empty")

    def spoilt(self, reply: Reply) -> Reply:
        """What is answered instead, for the kinds that answer at all."""
        if self.kind == "status":
            return Reply(self.status, self.body or {"message": f"fault {self.status}"}, self.headers)
        if self.kind == "html":
            return Reply(200, CHALLENGE, {"Content-Type": "text/html"})
        whole = reply.bytes() or b'{"workoutId": 1}'
        return Reply(200, {"badjson": whole[: len(whole) // 2], "cut": whole, "empty": b""}[self.kind])


class Faults:
    """The faults that are still to come."""

    def __init__(self) -> None:
        self._coming: list[Fault] = []

    def add(self, fault: Fault) -> None:
        self._coming.append(fault)

    def take(self, method: str, path: str) -> Fault | None:
        """The fault that meets a request, counted."""
        for fault in self._coming:
            if not fault.times or not fault.meets(method, path):
                continue
            if fault.skip:
                fault.skip -= 1
                continue
            fault.times -= 1
            return fault
        return None

    def clear(self) -> None:
        self._coming.clear()
