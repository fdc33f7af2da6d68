"""How fast the account is asked: one request at a time, a pause between two, and a long one where it says so."""

from __future__ import annotations

import math
import random
import time
from collections.abc import Callable, Mapping
from email.utils import parsedate_to_datetime
from typing import Final

from negsplit import clock

SECOND: Final = 1.0
"""Seconds from one request to the next: no figure of the service's own is published, other tools ask once a second."""
JITTER: Final = 0.25
"""By what share a pause is longer at most, so that computers that began together do not go on together."""
BACKOFF: Final = 2.0
"""Seconds to wait before the second try, doubled before the third."""

HALF_AN_HOUR: Final = 1800
"""Seconds to stay away after a 429 that does not say how long."""
ONE_DAY: Final = 86_400
"""Seconds: the longest that an answer can keep anybody away."""


class Pauses:
    """Keeps requests at least ``seconds`` apart, and up to a quarter more.

    :param seconds: between the starts of two requests; 0 for none, also between tries.
    """

    def __init__(
        self,
        seconds: float = SECOND,
        *,
        clock: Callable[[], float] = time.monotonic,
        sleep: Callable[[float], object] = time.sleep,
        chance: Callable[[], float] = random.random,
    ) -> None:
        self._seconds = seconds
        self._clock, self._sleep, self._chance = clock, sleep, chance
        self._next = clock()

    def request(self) -> None:
        """Returns when the next request may start."""
        left = self._next - self._clock()
        if left > 0:
            self._sleep(left)
        self._next = self._clock() + self._stretched(self._seconds)

    def failed(self, tries: int) -> None:
        """Waits before another try after ``tries`` that failed."""
        seconds = self._stretched(self._seconds * BACKOFF * 2 ** (tries - 1))
        if seconds:
            self._sleep(seconds)

    def _stretched(self, seconds: float) -> float:
        return seconds * (1 + JITTER * self._chance())


def wait_seconds(headers: Mapping[str, str]) -> int:
    """Seconds to stay away by ``Retry-After``: a number or a date, at most a day; half an hour where it is neither."""
    said = headers.get("Retry-After", "")
    try:
        if said.isdecimal():
            seconds = int(said)
        else:
            now = clock.local(clock.seconds())
            seconds = math.ceil((parsedate_to_datetime(said) - now).total_seconds())
    except (ValueError, TypeError):
        return HALF_AN_HOUR
    return min(max(seconds, 1), ONE_DAY)
