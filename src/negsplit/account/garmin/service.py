"""The few things the account is asked for: its workouts, its calendar, and changes to both."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sized
from typing import Any, Final

from negsplit.account.answer_bounds import MOST_ITEMS, MOST_PAGES, is_number
from negsplit.account.errors import Ambiguous, Rejected, TooMuch
from negsplit.account.garmin.client import Account
from negsplit.account.marker import Marker, read_marker
from negsplit.formats.connect.ids import Json
from negsplit.formats.json_fields import Object, text
from negsplit.frozen import dataclass

PAGE: Final = 100
"""Workouts asked for at a time; the service may give fewer."""

WORKOUT: Final = "workout"
"""What the calendar calls an entry of a workout."""

_WORKOUTS: Final = "/workout-service/workouts"
_WORKOUT: Final = "/workout-service/workout"
_SCHEDULE: Final = "/workout-service/schedule"
_SUMMARIES: Final = 'query{{workoutScheduleSummariesScalar(startDate:"{}", endDate:"{}")}}'
_NOT_FOUND: Final = 404
_FIRST_MARK: Final = dt.date(2026, 1, 1)
"""No workout of ours is older than this program."""
_SPILL: Final = 31
"""Days around a month within which an entry can be that is shown with it; the real ones fill the month's weeks."""


@dataclass(frozen=True, slots=True)
class ListedWorkout:
    """A workout as the list has it: without steps.

    ``created`` is None where the service does not say, or says a day before there was any mark; ``owner`` where it does
    not say; ``foreign`` where it belongs to a training plan of the service's own, which is none of ours whatever its
    description says.
    """

    workout: int
    marker: Marker | None
    name: str
    created: dt.date | None
    foreign: bool = False
    owner: int | None = None

    @classmethod
    def of(cls, item: object) -> ListedWorkout:
        """What the list would say, from there or from a workout whole. Raises :class:`Ambiguous` for no workout."""
        number = _number(item, "workoutId")
        assert isinstance(item, Mapping)
        created = _day(text(item, "createdDate")[:10])
        owner = item.get("ownerId")
        return cls(
            workout=number,
            marker=read_marker(text(item, "description")),
            name=text(item, "workoutName"),
            created=created if created and created >= _FIRST_MARK else None,
            foreign=_is_ruled(item),
            owner=owner if type(owner) is int else None,
        )


@dataclass(frozen=True, slots=True)
class CalendarEntry:
    """Something on a day of the calendar, by the number of the entry: mostly a workout.

    ``completed`` where an activity belongs to it, None where nobody says; ``foreign`` where somebody else rules over
    it, such as a training plan of the service's own.
    """

    schedule: int
    day: dt.date
    title: str
    workout: int | None
    completed: bool | None = False
    foreign: bool = False
    kind: str = WORKOUT


class Service:
    """The account's endpoints. Every method raises what :meth:`Account.request` raises, and nothing else.

    An answer of another shape than expected is :class:`Ambiguous`, and so never taken for an empty one.
    """

    def __init__(self, account: Account) -> None:
        self._account = account

    def workouts(self) -> tuple[ListedWorkout, ...]:
        """The whole list, in pages.

        Nobody knows whether the first workout is number 0 or 1, nor how many a page holds at most. So each page
        begins with the last workout of the one before, and the end is where nothing new comes.
        """
        found: dict[int, ListedWorkout] = {}
        for _ in range(MOST_PAGES):
            page = self._account.request("GET", _WORKOUTS, params={"start": max(0, len(found) - 1), "limit": PAGE})
            new = {one.workout: one for one in map(ListedWorkout.of, _items(page)) if one.workout not in found}
            if not new:
                return tuple(found.values())
            found |= new
            _bounded(found)
        raise TooMuch(f"more than {MOST_PAGES} pages of workouts")

    def workout(self, number: int) -> Json | None:
        """A workout whole; None where there is none."""
        try:
            answer = self._account.request("GET", f"{_WORKOUT}/{number}")
        except Rejected as error:
            if error.status != _NOT_FOUND:
                raise
            return None
        if not isinstance(answer, dict) or answer.get("workoutId") != number:
            raise Ambiguous(200)
        return answer

    def create(self, body: Json) -> ListedWorkout:
        """Stores a workout and gives what the list will say of it. Twice makes two."""
        return ListedWorkout.of(self._account.request("POST", _WORKOUT, json=body))

    def update(self, number: int, body: Json) -> None:
        """Puts a workout in the place of another. Its number and its entries in the calendar stay."""
        self._account.request("PUT", f"{_WORKOUT}/{number}", json=body | {"workoutId": number})

    def delete(self, number: int) -> None:
        """Deletes a workout; there may be none.

        :raises Ambiguous: also where the account says that there is none, and shows it still.
        """
        if not self._removes(f"{_WORKOUT}/{number}") and self.workout(number) is not None:
            raise Ambiguous(_NOT_FOUND)

    def month(self, year: int, month: int) -> tuple[CalendarEntry, ...]:
        """The workouts of a month, counted from 1, and of days around it."""
        return tuple(one for one in self.calendar(year, month) if one.kind == WORKOUT)

    def calendar(self, year: int, month: int) -> tuple[CalendarEntry, ...]:
        """The same with whatever else has a day: activities, notes, ``event`` and ``race``, which is one of these."""
        answer = self._account.request("GET", f"/calendar-service/year/{year}/month/{month - 1}")
        items = _items(answer.get("calendarItems") if isinstance(answer, dict) else None)
        if not all(isinstance(item, dict) for item in items):
            raise Ambiguous(200)
        entries = tuple(map(_entry, filter(_has_place, items)))
        first = dt.date(year, month, 1)
        if not all(-_SPILL <= (one.day - first).days <= 2 * _SPILL for one in entries if one.kind == WORKOUT):
            raise Ambiguous(200)
        return entries

    def completed(self, first: dt.date, last: dt.date) -> Mapping[int, bool] | None:
        """Whether an activity belongs to them, for the entries from one day to another that are named, by their number.

        None where the account does not say, in whatever way: other tools met null, errors and pages for people.
        """
        query = _SUMMARIES.format(first.isoformat(), last.isoformat())
        try:
            answer = self._account.request("POST", "/graphql-gateway/graphql", json={"query": query})
            if not isinstance(answer, dict) or answer.get("errors"):
                return None
            summaries = _items(answer["data"]["workoutScheduleSummariesScalar"])
            said = [(one.get("scheduledWorkoutId"), one.get("associatedActivityId") is not None) for one in summaries]
        except (Ambiguous, Rejected, TypeError, KeyError, AttributeError):
            return None
        return {number: done for number, done in said if is_number(number)}

    def schedule(self, number: int, day: dt.date) -> int:
        """Puts a workout on a day and gives the number of the entry. Twice makes two."""
        answer = self._account.request("POST", f"{_SCHEDULE}/{number}", json={"date": day.isoformat()})
        return _number(answer, "workoutScheduleId")

    def unschedule(self, schedule: int, day: dt.date) -> None:
        """Removes an entry from a day of the calendar; there may be none.

        :raises Ambiguous: also where the account says that there is none, and shows it still.
        """
        if self._removes(f"{_SCHEDULE}/{schedule}"):
            return
        # Reading one entry by its number is known to answer 404 for entries that are there.
        if any(one.schedule == schedule for one in self.month(day.year, day.month)):
            raise Ambiguous(_NOT_FOUND)

    def _removes(self, path: str) -> bool:
        """False where the account says that there is nothing to remove."""
        try:
            self._account.request("DELETE", path)
        except Rejected as error:
            if error.status != _NOT_FOUND:
                raise
            return False
        return True


def _has_place(item: Object) -> bool:
    """Whether it can be read; a workout has to be. What else there is may have no number, or no day."""
    return item.get("itemType") == WORKOUT or (is_number(item.get("id")) and _day(text(item, "date")) is not None)


def _kind(item: Object) -> str:
    """Two projects that read races show such an event, with ``isRace``; nobody shows a note whole."""
    kind = text(item, "itemType")
    return "race" if kind == "event" and item.get("isRace") is True else kind


def _entry(item: Object) -> CalendarEntry:
    """An entry without a number or a day could be any of ours: then nothing is known."""
    day, workout = _day(text(item, "date")), item.get("workoutId")
    if day is None:
        raise Ambiguous(200)
    return CalendarEntry(
        schedule=_number(item, "id"),
        day=day,
        title=text(item, "title"),
        workout=workout if is_number(workout) else None,
        completed=item["associatedActivityId"] is not None if "associatedActivityId" in item else None,
        foreign=_is_ruled(item) or bool(item.get("protectedWorkoutSchedule")),
        kind=_kind(item),
    )


def _is_ruled(item: Object) -> bool:
    """Whether a workout or an entry belongs to a training plan of the service."""
    return item.get("trainingPlanId") is not None or item.get("atpPlanId") is not None


def _number(answer: Any, field: str) -> int:
    found = answer.get(field) if isinstance(answer, Mapping) else None
    if not is_number(found):
        raise Ambiguous(200)
    return found


def _items(answer: object) -> list[Any]:
    """What has to be a list, and no longer than any."""
    if not isinstance(answer, list):
        raise Ambiguous(200)
    _bounded(answer)
    return answer


def _bounded(items: Sized) -> None:
    if len(items) > MOST_ITEMS:
        raise TooMuch(f"a list of more than {MOST_ITEMS:,}")


def _day(written: str) -> dt.date | None:
    try:
        return dt.date.fromisoformat(written)
    except ValueError:
        return None
