"""A session that the account holds twice: two computers synced at once, or a request arrived twice.

The elder stays, the one with the lower number. So every computer chooses the same, and whatever each of them withdraws,
the eldest is never among it.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Sequence

from negsplit.account.garmin.scheduled import Standing
from negsplit.account.garmin.snapshot import Held


def elder_and_younger(
    marked: Sequence[Held],
    day: dt.date | None,
    standing: Callable[[Held], Standing],
    is_to_go: Callable[[Held], bool],
    *,
    unplaced: bool,
) -> tuple[Held | None, tuple[Held, ...]]:
    """The workout of one key that stays, and its copies that may be withdrawn; None and nothing where none may.

    Only what the list and the calendar show counts, so that no computer goes by what another does not see. A copy
    goes where nobody touched it, it is not done, it never stood in the past, and it stands on no day but the elder's
    or the one it is wanted on.

    :param day: that the workout is wanted on, None for none. The elder stands on it already, or nowhere where it may be
        ``unplaced``: then it is put there first.
    :param is_to_go: whether it is for this run to withdraw a copy, rather than for another computer's.
    """
    shown = sorted((one for one in marked if one.listed), key=lambda one: one.workout)
    if len(shown) < 2:
        return None, ()
    elder = shown[0]
    stands = standing(elder)
    if stands.unseen or not (day is None or day in stands.days or (unplaced and not stands.days)):
        return None, ()
    allowed = {day, *stands.days}
    younger = tuple(one for one in shown[1:] if is_to_go(one) and _is_spare(one, standing(one), allowed))
    return (elder, younger) if younger else (None, ())


def _is_spare(one: Held, stands: Standing, allowed: set[dt.date | None]) -> bool:
    """Whether nothing but the copy itself would be gone with it: without the day it was made its past is not known."""
    if not one.is_untouched or one.created is None or stands.completed or stands.past or stands.unseen:
        return False
    return {place.day for place in stands.ahead} <= allowed
