"""How much of the running before a break a runner takes up again on each day behind it.

Daniels (Running Formula, and the page on time off by his company): up to 5 days as if nothing had been; from 6 to 28
days as many days again, half of them with half of the load, then three quarters; from 4 to 8 weeks thirds with 33, 50
and 75 %; behind a longer break three weeks each with 33, 50, 70 and 85 %. That less than a week changes nothing, and
that up to nine days ask for a week of three quarters, is a judgement between that and Pfitzinger's "less than 10 days".
"""

from __future__ import annotations

from typing import Final

UNFELT: Final = 6
"""Days that may be missed in a row as if nothing had been."""
_DAYS: Final = 7
_SHORT, _LONG, _LONGEST = 9, 28, 56
_AFTER_THE_LONGEST: Final = ((21, 0.33), (21, 0.50), (21, 0.70), (21, 0.85))


def stages(missed: int) -> tuple[tuple[float, float], ...]:
    """What follows so many days missed in a row: for how many days which share of the running before, in order."""
    if missed <= UNFELT:
        return ()
    if missed <= _SHORT:
        return ((_DAYS, 0.75),)
    if missed <= _LONG:
        return ((missed / 2, 0.50), (missed / 2, 0.75))
    if missed <= _LONGEST:
        return ((missed / 3, 0.33), (missed / 3, 0.50), (missed / 3, 0.75))
    return _AFTER_THE_LONGEST


def share(missed: int, day: int) -> float:
    """The share of the running before on the first, second ... ``day`` behind so many days missed in a row."""
    end = 0.0
    for days, part in stages(missed):
        end += days
        if day - 0.5 <= end:
            return part
    return 1.0
