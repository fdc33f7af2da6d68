"""The calendar of the account: which workout is on which day, and what stands there besides."""

from __future__ import annotations

import datetime
import re
from itertools import count
from typing import Any

from account.exchange import Refusal, Reply, Request
from account.lag import Lag

_SUMMARIES = re.compile(r'workoutScheduleSummariesScalar\(startDate:\s*"([\d-]+)",\s*endDate:\s*"([\d-]+)"\)')
_DATE = re.compile(r"\d{4}-\d{2}-\d{2}")


class Calendar:
    """Entries by their number; one workout may stand on one day twice.

    :param lag: readings of a month that show nothing of a change.
    :param readable: whether one entry can be read by its number, which some report never works.
    :param says_done: whether a month says by itself which activity belongs to an entry; no captured one is known.
    """

    def __init__(self, *, lag: int, readable: bool, says_done: bool) -> None:
        self.lag = Lag(lag)
        self.readable = readable
        self.says_done = says_done
        self.entries: dict[int, dict[str, Any]] = {}
        self._numbers = count(700_000_001)

    def schedule(self, request: Request, workout: dict[str, Any]) -> Reply:
        body = request.json()
        if not isinstance(body, dict) or body.keys() != {"date"}:
            raise Refusal(400, "a schedule has a date and nothing else")
        entry = self.add(_day(body["date"]), workout["workoutName"], workout["workoutId"])
        return Reply(200, self._entry(entry, workout))

    def read(self, _request: Request, number: int, workouts: dict[int, dict[str, Any]]) -> Reply:
        entry = self.entries.get(number)
        if entry is None or not self.readable:
            raise Refusal(404, f"No workout found for workout schedule = {number}")
        return Reply(200, self._entry(entry, workouts.get(entry["workoutId"])))

    def unschedule(self, _request: Request, number: int) -> Reply:
        if self.entries.get(number, {}).get("itemType") != "workout":
            raise Refusal(404, f"No workout found for workout schedule = {number}")
        self._drop(number)
        return Reply(204)

    def forget(self, workout: int) -> None:
        """Takes a workout that is deleted off every day."""
        for number in [one["id"] for one in self.entries.values() if one["workoutId"] == workout]:
            self._drop(number)

    def month(self, _request: Request, year: int, month: int) -> Reply:
        """A month counted from 0, with the days of its neighbours that fill its first and last week."""
        if not 0 <= month <= 11:
            raise Refusal(400, f"month {month} is not between 0 and 11")
        first = datetime.date(year, month + 1, 1)
        last = datetime.date(year + (month == 11), (month + 1) % 12 + 1, 1) - datetime.timedelta(days=1)
        start = first - datetime.timedelta(days=first.weekday())
        end = last + datetime.timedelta(days=6 - last.weekday())
        shown = {"startDayOfMonth": first.isoweekday(), "numOfDaysInMonth": last.day, "month": month, "year": year}
        items = self._between(start.isoformat(), end.isoformat())
        silent = () if self.says_done else ("associatedActivityId",)
        items = [{name: said for name, said in one.items() if name not in silent} for one in items]
        return Reply(200, shown | {"calendarItems": items})

    def graphql(self, request: Request) -> Reply:
        """The one query that is known here: what is planned between two days, and what was run of it."""
        asked = _SUMMARIES.search(str(request.json().get("query")))
        if asked is None:
            raise Refusal(400, "no query that is known here")
        items = [one for one in self._between(*map(_day, asked.groups())) if one["itemType"] == "workout"]
        return Reply(200, {"data": {"workoutScheduleSummariesScalar": [_summary(one) for one in items]}})

    def add(
        self, day: str, title: str, workout: int | None = None, kind: str = "workout", **more: Any
    ) -> dict[str, Any]:
        """An entry, by this service or by somebody else: another ``kind``, or with fields of a training plan."""
        number = next(self._numbers)
        self.entries[number] = {
            "id": number,
            "itemType": kind,
            "date": day,
            "title": title,
            "workoutId": workout,
            "trainingPlanId": None,
            "atpPlanId": None,
            "protectedWorkoutSchedule": False,
            "associatedActivityId": None,
        } | more
        self.lag.came(number)
        return self.entries[number]

    def _between(self, start: str, end: str) -> list[dict[str, Any]]:
        seen = [dict(entry) for _, entry in self.lag.seen(self.entries.items())]
        return sorted((one for one in seen if start <= one["date"] <= end), key=lambda one: (one["date"], one["id"]))

    def _drop(self, number: int) -> None:
        self.lag.went(number, self.entries.pop(number))

    def _entry(self, entry: dict[str, Any], workout: dict[str, Any] | None) -> dict[str, Any]:
        answer = {"workoutScheduleId": entry["id"], "workout": workout, "calendarDate": entry["date"]}
        return answer | {"createdDate": "2026-02-08", "ownerId": 99999999, "associatedActivityId": None}


def _summary(item: dict[str, Any]) -> dict[str, Any]:
    return {
        "scheduleDate": item["date"],
        "scheduledWorkoutId": item["id"],
        "workoutId": item["workoutId"],
        "workoutName": item["title"],
        "associatedActivityId": item["associatedActivityId"],
        "tpPlanName": None,
        "isRestDay": False,
    }


def _day(text: Any) -> str:
    if not isinstance(text, str) or not _DATE.fullmatch(text):
        raise Refusal(400, f"no date: {text!r}")
    try:
        return datetime.date.fromisoformat(text).isoformat()
    except ValueError:
        raise Refusal(400, f"no date: {text!r}") from None
