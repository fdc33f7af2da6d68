"""Words of the language that several rooms share."""

from typing import Final

LONG_DAYS: Final = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
DAYS: Final = tuple(day[:3] for day in LONG_DAYS)
"""The days of a week, as :meth:`datetime.date.weekday` counts them."""
DAYS_BY_LANGUAGE: Final = (
    LONG_DAYS,
    ("montag", "dienstag", "mittwoch", "donnerstag", "freitag", "samstag", "sonntag"),
    ("lunes", "martes", "miércoles", "jueves", "viernes", "sábado", "domingo"),
    ("lundi", "mardi", "mercredi", "jeudi", "vendredi", "samedi", "dimanche"),
    ("lunedì", "martedì", "mercoledì", "giovedì", "venerdì", "sabato", "domenica"),
)
"""The days of a week in English, German, Spanish, French and Italian; short forms are their beginnings."""
PRESET: Final = "preset:"
"""What the path of a document begins with that comes with negsplit."""


def count(number: int, noun: str, nouns: str = "") -> str:
    """``1 file``, ``2 files``; ``nouns`` where it takes more than an s."""
    return f"{number} {noun}" if number == 1 else f"{number} {nouns or f'{noun}s'}"


def summary(errors: int, warnings: int) -> str:
    """``2 errors, 1 warning``."""
    parts = [count(errors, "error")] if errors else []
    parts += [count(warnings, "warning")] if warnings else []
    return ", ".join(parts) or "no errors"
