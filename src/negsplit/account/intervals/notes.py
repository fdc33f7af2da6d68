"""What of a plan is no workout, as events: rest days, cross-training and notes are notes there, and races are races.

Each is known by a slot of its own beside the workout's: where a rest day becomes a run, a note never turns into a
workout, and without ``--notes`` nothing has to be asked to know which of the two something is.
"""

from __future__ import annotations

from typing import Final, Literal

from negsplit.account.intervals.content import Body
from negsplit.account.marker import Key, key

Priority = Literal["A", "B", "C"]
"""The one race that all is for; one that is run for its own sake; one that is run as training."""

NOTE: Final = "NOTE"
CATEGORIES: Final = (NOTE, "RACE_A", "RACE_B", "RACE_C")

_NOTE, _RACE = "-note", "-race"


def note_key(plan: str, slot: str) -> Key:
    """What the note of a plan's session is known by."""
    return key(plan, f"{slot}{_NOTE}")


def race_key(plan: str, slot: str) -> Key:
    """What the race of a plan's session is known by; a workout for it has the slot itself."""
    return key(plan, f"{slot}{_RACE}")


def is_note(known_as: Key) -> bool:
    """Whether a plan's key is one of these two. A slot of a workout ends in a day or a number."""
    return bool(known_as.plan) and known_as.slot.endswith((_NOTE, _RACE))


def note(name: str, description: str) -> Body:
    """An event that says something about its day; it has no kind of sport."""
    return {"category": NOTE, "name": name, "description": description}


def race(priority: Priority, type: str, name: str, description: str) -> Body:
    """An event that is a race; the service refuses one without a kind of sport."""
    return {"category": f"RACE_{priority}", "type": type, "name": name, "description": description}
