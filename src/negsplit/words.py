"""Words of the language that several rooms share."""

from typing import Final

LONG_DAYS: Final = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
DAYS: Final = tuple(day[:3] for day in LONG_DAYS)
"""The days of a week, as :meth:`datetime.date.weekday` counts them."""
