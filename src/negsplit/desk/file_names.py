"""What the files of a plan's folder are called; a plan writes no others."""

from __future__ import annotations

import re
from typing import Final

from negsplit.desk.forms import FORMS, OutputForm
from negsplit.words import DAYS

MANIFEST: Final = "manifest.json"
SCHEDULE: Final = "SCHEDULE.FIT"
CALENDAR: Final = "plan.ics"

_KEY: Final = re.compile(rf"w(\d{{2,3}})(?:r\d*)?-(?:{'|'.join(DAYS)})(?:-\d{{1,3}})?", re.ASCII)
"""What a session is known by, as :class:`~negsplit.plan.calendar.Planned` says; in it the week."""
_ENDINGS: Final = "|".join(re.escape(form.extension) for form in FORMS)
_WORKOUT: Final = re.compile(rf"\d{{4}}-\d\d-\d\d-(w.+)(?:{_ENDINGS})", re.ASCII)


def of_workout(day: object, key: str, form: OutputForm) -> str:
    """A session's file: by the day first, so that folders list them in order."""
    return f"{day}-{key}{form.extension}"


def week_of(key: str) -> int | None:
    """The week of the plan that a session belongs to, done again or not; None for what is no session's key."""
    match = _KEY.fullmatch(key)
    return int(match[1]) if match else None


def owns(name: str) -> bool:
    """Whether a plan writes files of that name."""
    workout = _WORKOUT.fullmatch(name)
    return name in (MANIFEST, SCHEDULE, CALENDAR) or bool(workout and week_of(workout[1]) is not None)
