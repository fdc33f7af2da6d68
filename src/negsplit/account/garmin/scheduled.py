"""Where one workout stands in the calendar, by what the account shows and by what was done a moment ago."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping
from typing import Final

from negsplit.account.changes import CalendarPlace
from negsplit.account.garmin.service import CalendarEntry
from negsplit.account.ledger import LedgerRecord, Stood
from negsplit.account.wanted import Options
from negsplit.frozen import dataclass

A_WEEK: Final = dt.timedelta(days=7)
"""A plan that moves by as much has its sessions again; by less, one that was done is done for its new day too."""


@dataclass(frozen=True, slots=True)
class Standing:
    """The days of one workout.

    ``there`` are entries of ours from today on: those that show, and those that were made so recently that they need
    not show yet. ``added`` show as well, but somebody else put them there. ``asked`` are days of which nobody knows yet
    whether the workout stands on them. ``missing`` are entries of ours that do not show and should, ``unseen`` all days
    of ours that do not show, or not yet. ``completed`` are days from today on that are done, ``past`` those before
    today, and ``lately`` those of them that are known to be done.
    """

    there: tuple[CalendarPlace, ...] = ()
    added: tuple[CalendarPlace, ...] = ()
    asked: tuple[dt.date, ...] = ()
    missing: tuple[CalendarPlace, ...] = ()
    unseen: tuple[dt.date, ...] = ()
    completed: tuple[dt.date, ...] = ()
    past: tuple[dt.date, ...] = ()
    lately: tuple[dt.date, ...] = ()

    @property
    def ahead(self) -> tuple[CalendarPlace, ...]:
        """Every entry that could be removed."""
        return self.there + self.added

    @property
    def days(self) -> frozenset[dt.date]:
        """The days from today on that it stands on, done or not."""
        return frozenset((*(place.day for place in self.ahead), *self.completed))

    def on(self, day: dt.date) -> tuple[CalendarPlace, ...]:
        """The entries of a day, the one that stays first: the eldest, so that every computer chooses the same."""
        return tuple(sorted(place for place in self.ahead if place.day == day))

    def done_for(self, day: dt.date) -> dt.date | None:
        """When a session was done that its plan has on a day: on that day, or on another from which it moved.

        A plan that moves by a week or more, as for a later race, has its sessions again.
        """
        if day in self.completed:
            return day
        return max((one for one in self.completed + self.lately if day - one < A_WEEK), default=None)


def standing(
    record: LedgerRecord | None,
    workout: int,
    entries: Iterable[CalendarEntry],
    removed: Mapping[int, float],
    options: Options,
) -> Standing:
    """Where a workout stands.

    :param record: what the ledger knows of it. Where it knows nothing, every entry that shows is one of ours.
    :param entries: of the calendar, of other workouts too.
    :param removed: entries that were removed, and when: for a while they may show still.
    """
    stood = record.stood if record is not None and record.workout == workout else None
    shown = _Shown(_own(workout, entries, removed, options), options.today)
    ours = [place for place in shown.places if stood is None or _is_known(place, stood) or place.schedule in removed]
    unseen = _Unseen(stood or (), shown, options)
    past: list[CalendarEntry | Stood] = [*shown.before, *(one for one in stood or () if one.day < options.today)]
    return Standing(
        there=tuple(sorted((*ours, *unseen.believed), key=lambda at: (at.day, at.schedule))),
        added=tuple(place for place in shown.places if place not in ours),
        asked=unseen.asked,
        missing=unseen.missing,
        unseen=unseen.days,
        completed=shown.completed,
        past=_days(past),
        lately=_days(one for one in shown.before if one.completed),
    )


def _own(
    workout: int, entries: Iterable[CalendarEntry], removed: Mapping[int, float], options: Options
) -> list[CalendarEntry]:
    """The entries of a workout, but for those of others' plans and those that only linger after their removal.

    What was removed and shows for longer than anything may was not removed: nobody else has its number.
    """
    lingering = {number for number, at in removed.items() if options.fresh(at)}
    return [one for one in entries if one.workout == workout and not one.foreign and one.schedule not in lingering]


class _Shown:
    """What the account shows of a workout: ``before`` today, ``places`` where it is still to be run, ``completed``."""

    def __init__(self, own: Iterable[CalendarEntry], today: dt.date) -> None:
        self.before: list[CalendarEntry] = []
        ahead: list[CalendarEntry] = []
        for one in own:
            (self.before if one.day < today else ahead).append(one)
        self.places = [CalendarPlace(one.schedule, one.day) for one in ahead if not one.completed]
        self.completed = _days(one for one in ahead if one.completed)

    @property
    def days(self) -> frozenset[dt.date]:
        """The days from today on."""
        return frozenset((*self.completed, *(place.day for place in self.places)))


class _Unseen:
    """Where a workout was put, from today on, on days that the account does not show it on.

    Places are ``believed`` while they are so new that they need not show yet, but not when their number shows on
    another day; the others are ``missing``. ``asked`` are new days without a number.
    """

    def __init__(self, stood: Iterable[Stood], shown: _Shown, options: Options) -> None:
        days = shown.days
        lacking = [one for one in stood if one.day >= options.today and one.day not in days]
        staying = [one for one in lacking if not one.leaving]
        seen = {place.schedule for place in shown.places}
        believed: list[CalendarPlace] = []
        missing: list[CalendarPlace] = []
        for one in staying:
            if one.schedule is not None:
                is_new = options.fresh(one.at) and one.schedule not in seen
                (believed if is_new else missing).append(CalendarPlace(one.schedule, one.day))
        self.believed, self.missing = tuple(believed), tuple(missing)
        self.asked = tuple(one.day for one in lacking if one.schedule is None and options.fresh(one.at))
        self.days = tuple(one.day for one in staying)


def _is_known(place: CalendarPlace, stood: Iterable[Stood]) -> bool:
    """Whether an entry is where it was put; under another number too, where the answer that gave it was lost."""
    return any(one.day == place.day for one in stood)


def _days(things: Iterable[CalendarEntry | Stood]) -> tuple[dt.date, ...]:
    return tuple(sorted({one.day for one in things}))
