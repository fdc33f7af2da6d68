"""What time it is: read here and nowhere else, so that whoever sets ``time.time`` sets all of it.

How long something takes is another matter: that is measured by ``time.monotonic``, which nobody moves.
"""

from __future__ import annotations

import datetime as dt
import time


def seconds() -> float:
    """Seconds since 1970-01-01 00:00 UTC."""
    return time.time()


def local(seconds: float) -> dt.datetime:
    """A moment, in seconds since 1970, as the clocks around this computer show it then."""
    return dt.datetime.fromtimestamp(seconds, dt.UTC).astimezone()


def today() -> dt.date:
    """The day around this computer."""
    return local(seconds()).date()
