"""Where one workout stands in the calendar, by what the account shows and by what was done a moment ago."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping
from typing import Final

from negsplit.account.changes import Place
from negsplit.account.ledger import Record, Stood
from negsplit.account.service import Entry
from negsplit.account.wanted import Options
from negsplit.frozen import dataclass

A_WEEK: Final = dt.timedelta(days=7)


@dataclass(frozen=True, slots=True)
class Standing:
    """The days of one workout.

    ``there`` are entries of ours from today on: those that show, and those that were made so recently that they need
    not show yet. ``added`` show as well, but somebody else put them there. ``asked`` are days of which nobody knows yet
    whether the workout stands on them. ``missing`` are entries of ours that do not show and should, ``unseen`` all days
    of ours that do not show, or not yet. ``completed`` are days from today on that are done, ``past`` those before
    today, and ``lately`` those of them that are known to be done.
    """

    there: tuple[Place, ...] = ()
    added: tuple[Place, ...] = ()
    asked: tuple[dt.date, ...] = ()
    missing: tuple[Place, ...] = ()
    unseen: tuple[dt.date, ...] = ()
    completed: tuple[dt.date, ...] = ()
    past: tuple[dt.date, ...] = ()
    lately: tuple[dt.date, ...] = ()

    @property
    def ahead(self) -> tuple[Place, ...]:
        """Every entry that could be removed."""
        return self.there + self.added

    @property
    def days(self) -> frozenset[dt.date]:
        """The days from today on that it stands on, done or not."""
        return frozenset((*(place.day for place in self.ahead), *self.completed))

    def on(self, day: dt.date) -> tuple[Place, ...]:
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
    record: Record | None, workout: int, entries: Iterable[Entry], removed: Mapping[int, float], options: Options
) -> Standing:
    """Where a workout stands.

    :param record: what the ledger knows of it. Where it knows nothing, every entry that shows is one of ours.
    :param entries: of the calendar, of other workouts too.
    :param removed: entries that were removed, and when: for a while they may show still.
    """
    if record is not None and record.workout != workout:
        record = None
    stood = [one for one in record.stood if one.day >= options.today] if record else []
    own = [
        one
        for one in entries
        if one.workout == workout
        and not one.foreign
        and not (one.schedule in removed and options.fresh(removed[one.schedule]))
    ]
    completed = {one.day for one in own if one.completed and one.day >= options.today}
    shown = [Place(one.schedule, one.day) for one in own if one.day >= options.today and not one.completed]
    # What was removed and shows for longer than anything may was not removed: nobody else has its number.
    ours = [place for place in shown if record is None or _is_known(place, stood) or place.schedule in removed]
    seen = {place.schedule for place in shown}
    lacking = [one for one in stood if one.day not in completed | {place.day for place in shown}]
    fresh = [one for one in lacking if options.fresh(one.at)]
    believed = [Place(*at) for one in fresh if not one.leaving and (at := _place(one)) and at.schedule not in seen]
    days = {one.day for one in own} | {one.day for one in (record.stood if record else ())}
    missing = [
        at for one in lacking if not one.leaving and (at := _place(one)) and (one not in fresh or at.schedule in seen)
    ]
    return Standing(
        there=tuple(sorted((*ours, *believed), key=lambda at: (at.day, at.schedule))),
        added=tuple(place for place in shown if place not in ours),
        asked=tuple(one.day for one in fresh if one.schedule is None),
        missing=tuple(missing),
        unseen=tuple(one.day for one in lacking if not one.leaving),
        completed=tuple(sorted(completed)),
        past=tuple(sorted({day for day in days if day < options.today})),
        lately=tuple(sorted({one.day for one in own if one.completed and one.day < options.today})),
    )


def _is_known(place: Place, stood: Iterable[Stood]) -> bool:
    """Whether an entry is where it was put; under another number too, where the answer that gave it was lost."""
    return any(one.day == place.day for one in stood)


def _place(stood: Stood) -> Place | None:
    return None if stood.schedule is None else Place(stood.schedule, stood.day)
