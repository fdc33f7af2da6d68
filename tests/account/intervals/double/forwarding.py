"""What watches get: what stands within a week is handed on at once when it is written, the rest as days pass."""

from __future__ import annotations

import datetime as dt
from typing import Any

Event = dict[str, Any]

WINDOW = dt.timedelta(days=7)
NEEDS = {"pace": "threshold_pace", "hr": "lthr", "power": "ftp"}


class Clock:
    """When something was changed last, a millisecond after the time before."""

    def __init__(self) -> None:
        self._at = dt.datetime(2026, 2, 8, 10, tzinfo=dt.UTC)

    def __call__(self) -> str:
        self._at += dt.timedelta(milliseconds=1)
        return self._at.isoformat(timespec="milliseconds")


class Forwarding:
    """``got`` is what a watch has of each event: the steps, without targets where the sport has no threshold for them.

    :param today: the first day of the window; None where everything is handed on at once.
    :param touches: whether an event that is handed on counts as changed.
    :param reports: whether a maker refuses what has lost its targets, and the event says so.
    """

    def __init__(
        self, settings: dict[str, Any], clock: Clock, *, today: dt.date | None, touches: bool, reports: bool
    ) -> None:
        self.got: dict[int, list[dict[str, Any]]] = {}
        self._settings, self._clock = settings, clock
        self._today, self._touches, self._reports = today, touches, reports

    def written(self, event: Event) -> None:
        """An event is new, or another than it was."""
        self.got.pop(event["id"], None)
        day = dt.date.fromisoformat(event["start_date_local"][:10])
        if self._today is not None and not self._today <= day < self._today + WINDOW:
            return
        meant = event["workout_doc"]["steps"]
        sent = self.got[event["id"]] = [self._without_thresholds(one) for one in meant]
        if self._touches:
            event["updated"] = self._clock()
        if self._reports:
            error = {"service": "WAHOO", "message": "422 Unprocessable Entity", "date": self._clock()}
            event["push_errors"] = [error] if sent != meant else None

    def pass_to(self, today: dt.date, events: list[Event]) -> None:
        """Days pass: what comes into the window is handed on."""
        self._today = today
        for one in events:
            if one["id"] not in self.got and one.get("workout_doc"):
                self.written(one)

    def _without_thresholds(self, step: dict[str, Any]) -> dict[str, Any]:
        kept = {name: value for name, value in step.items() if name not in NEEDS or self._settings.get(NEEDS[name])}
        return kept | ({"steps": [self._without_thresholds(one) for one in step["steps"]]} if "steps" in step else {})
