"""How much of the running before a break a runner takes up again on each day behind it.

Daniels (Running Formula, and the page on time off by his company): up to 5 days as if nothing had been; from 6 to 28
days as many days again, half of them with half of the load, then three quarters; from 4 to 8 weeks thirds with 33, 50
and 75 %; behind a longer break three weeks each with 33, 50, 70 and 85 %. That less than a week changes nothing, and
that up to nine days ask for a week of three quarters, is a judgement between that and Pfitzinger's "less than 10 days".
"""

from __future__ import annotations

from typing import Final

A_FEW: Final = 3
"""Days missed up to which a plan goes on: nothing but a day or two changes."""
UNFELT: Final = 6
"""Days that may be missed in a row as if nothing had been."""
HALVES_FROM, HALVES_TO, THIRDS_TO = 10, 28, 56
"""From how many days missed on, and up to how many, the way back has two halves; and up to how many three thirds."""
_HALVES, _THIRDS = (0.50, 0.75), (0.33, 0.50, 0.75)
_A_WEEK: Final = ((7, 0.75),)
_AFTER_THE_LONGEST: Final = ((21, 0.33), (21, 0.50), (21, 0.70), (21, 0.85))

Stages = tuple[tuple[float, float], ...]
"""For how many days which share of the running before, in order."""


def stages(missed: int) -> Stages:
    """What follows so many days missed in a row."""
    if missed <= UNFELT:
        return ()
    if missed < HALVES_FROM:
        return _A_WEEK
    return as_long(missed) if missed <= THIRDS_TO else _AFTER_THE_LONGEST


def as_long(missed: int) -> Stages:
    """A way back of as many days as were missed: the usual one from ten days to eight weeks."""
    shares = _HALVES if missed <= HALVES_TO else _THIRDS
    return tuple((missed / len(shares), share) for share in shares)


def share(missed: int, day: int) -> float:
    """The share of the running before on the first, second ... ``day`` behind so many days missed in a row."""
    end = 0.0
    for days, part in stages(missed):
        end += days
        if day - 0.5 <= end:
            return part
    return 1.0
