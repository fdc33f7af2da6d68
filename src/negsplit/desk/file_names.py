"""What the files of a plan's folder are called; a plan writes no others."""

from __future__ import annotations

import re
from typing import Final

from negsplit.desk.forms import FORMS, OutputForm
from negsplit.plan.keys import week_of

MANIFEST: Final = "manifest.json"
SCHEDULE: Final = "SCHEDULE.FIT"
CALENDAR: Final = "plan.ics"

_ENDINGS: Final = "|".join(re.escape(form.extension) for form in FORMS)
_WORKOUT: Final = re.compile(rf"\d{{4}}-\d\d-\d\d-(w.+)(?:{_ENDINGS})", re.ASCII)


def of_workout(day: object, key: str, form: OutputForm) -> str:
    """A session's file: by the day first, so that folders list them in order."""
    return f"{day}-{key}{form.extension}"


def owns(name: str) -> bool:
    """Whether a plan writes files of that name."""
    workout = _WORKOUT.fullmatch(name)
    return name in (MANIFEST, SCHEDULE, CALENDAR) or bool(workout and week_of(workout[1]) is not None)
