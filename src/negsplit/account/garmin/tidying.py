"""What of a plan is over: workouts whose day has passed, and what of them may be removed."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Literal

from negsplit.account.garmin.scheduled import Standing
from negsplit.account.garmin.service import CalendarEntry
from negsplit.account.garmin.snapshot import Held

Fate = Literal["ahead", "done", "unknown", "over"]
"""Of a workout whose day in the plan has passed: it stands ahead still, an activity belongs to it, nobody knows whether
one does, or none does.
"""


def fate(one: Held, stands: Standing, entries: Sequence[CalendarEntry]) -> Fate:
    """What becomes of a workout whose day in the plan has passed.

    :param entries: its own, of every month since it was made.
    """
    if stands.ahead or stands.unseen:
        return "ahead"
    if any(entry.completed for entry in entries):
        return "done"
    # What shows nowhere says nothing of what was run, and without the day it was made not everything is known.
    if one.created is None or not entries or any(entry.foreign or entry.completed is not False for entry in entries):
        return "unknown"
    return "over"
