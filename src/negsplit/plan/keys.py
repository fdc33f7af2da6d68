"""What the sessions of a plan are known by for good: ``w03-tue``, ``w03-tue-2``, ``w03r-tue``."""

from __future__ import annotations

import re
from typing import Final

from negsplit.plan.weeks import Week
from negsplit.words import DAYS

_KEY: Final = re.compile(rf"w(\d{{2,3}})(?:r\d*)?-(?:{'|'.join(DAYS)})(?:-\d{{1,3}})?", re.ASCII)


def session_key(week: Week, day: int, number: int) -> str:
    """The key of a session of a week on a day of it, 0 for Monday; those of one day are counted from 1."""
    return f"{week_part(week)}-{DAYS[day]}{f'-{number}' if number > 1 else ''}"


def week_part(week: Week) -> str:
    """``w03``; ``w03r`` when it is done again, ``w03r2`` the time after."""
    again = "r" * min(week.again, 1) + (str(week.again) if week.again > 1 else "")
    return f"w{week.number:02}{again}"


def week_of(key: str) -> int | None:
    """The week of the plan that a session is written for, done again or not; None for what is no session's key."""
    match = _KEY.fullmatch(key)
    return int(match[1]) if match else None


def is_like_a_key(name: str) -> bool:
    """Whether a name, in small letters, can only have been meant as a session's key."""
    return re.match(r"w\s*\d", name) is not None
