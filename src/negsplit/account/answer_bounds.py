"""How much the account may say, and how long it may take: what is more is refused before it fills memory or time.

Each bound is several times what the account has to say. What goes beyond one is no answer that can be relied on.
"""

from __future__ import annotations

import json
import threading
from collections.abc import Callable, Iterable, Iterator
from typing import Any, Final, TypeGuard

from negsplit.account.errors import Ambiguous, TooMuch

MOST_BYTES: Final = 4_000_000
"""Of one answer, unpacked. A page of a hundred workouts with the longest notes is about half a million."""
DEEPEST: Final = 32
"""Levels of JSON inside one another. A target within two repeats, the deepest that is known, is the eleventh."""
MOST_PAGES: Final = 100
"""Of the list: ten thousand workouts where each page is full, two thousand where it holds twenty."""
MOST_ITEMS: Final = 10_000
"""Workouts in the list, or entries of a month. Watches give up at some two hundred workouts."""
WAITS: Final = 4.0
"""An answer takes this many times as long as the longest silence within it: new tokens may have to be waited for."""
LONGEST_REASON: Final = 200
"""Characters of a reason that the service gives."""
HIGHEST: Final = 2**63 - 1
"""Of the service's numbers, which are 64 bits with a sign in its language."""


def is_number(found: object) -> TypeGuard[int]:
    """Whether something can be the number of a profile, a workout or an entry: ``true`` is none."""
    return type(found) is int and 0 < found <= HIGHEST


def in_one_line(said: object) -> str:
    """Words of the service for a runner: one line, no longer than :data:`LONGEST_REASON`, of what is seen."""
    words = " ".join(str(said)[: 4 * LONGEST_REASON].split())
    return "".join(char for char in words if char.isprintable())[:LONGEST_REASON]


def parsed(data: bytes, status: int) -> Any:
    """JSON read.

    :raises TooMuch: beyond :data:`DEEPEST`.
    :raises Ambiguous: with ``status``, where it is none.
    """
    try:
        said = json.loads(data)
    except ValueError:
        raise Ambiguous(status) from None
    except RecursionError:
        raise _too_deep(status) from None
    level: list[Any] = [[said]]
    for _ in range(DEEPEST + 1):
        level = [inner for one in level for inner in _inside(one) if isinstance(inner, dict | list)]
    if level:
        raise _too_deep(status)
    return said


def _inside(one: dict[str, Any] | list[Any]) -> Iterable[Any]:
    return one.values() if isinstance(one, dict) else one


def _too_deep(status: int) -> TooMuch:
    return TooMuch(f"more than {DEEPEST} levels inside one another", status)


class Body:
    """The body of an answer as ``requests`` reads it, through its ``stream``, but no more of it than is allowed."""

    def __init__(self, raw: Any, status: int) -> None:
        self._raw = raw
        self._status = status

    def __getattr__(self, name: str) -> Any:
        return getattr(self._raw, name)

    def stream(self, size: int, decode_content: bool | None = None) -> Iterator[bytes]:
        """:raises TooMuch: beyond :data:`MOST_BYTES`, unpacked, with the connection closed."""
        read = 0
        for part in self._raw.stream(size, decode_content):
            read += len(part)
            if read > MOST_BYTES:
                self._raw.close()
                raise TooMuch(f"more than {MOST_BYTES:,} bytes", self._status)
            yield part


def within(seconds: float, ask: Callable[[], object]) -> bool:
    """Whether something ends in time; raises what it raises.

    An HTTP library's timeout begins anew with every byte, so a server that drips holds it for ever. What is late is
    left to itself, and ends with the program at the latest.
    """
    failed: list[BaseException] = []

    def asked() -> None:
        try:
            ask()
        except BaseException as error:  # it is raised again where somebody waits for it
            failed.append(error)

    thread = threading.Thread(target=asked, daemon=True)
    thread.start()
    thread.join(seconds)
    if failed:
        raise failed[0]
    return not thread.is_alive()
