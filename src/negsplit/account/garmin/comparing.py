"""What is wanted against what the account holds. Nothing is read and nothing is changed here.

Only entries from today on that are not completed are ever removed, and only workouts that carry our marker, or that
the ledger knows, are ever changed. Where somebody changed something on the web, nothing is done unless it is asked
for: not knowing is told from not being there.
"""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Collection, Sequence
from dataclasses import replace
from typing import Final

from negsplit.account.changes import (
    CalendarPlace,
    Change,
    Changes,
    Conflict,
    ConflictKind,
    Create,
    Delete,
    Move,
    Notice,
    NoticeKind,
    Schedule,
    Unschedule,
    Update,
    day_text,
    unknown,
    unread,
)
from negsplit.account.garmin.content import content_hash, marked
from negsplit.account.garmin.ownership import Ownership, is_marked
from negsplit.account.garmin.scheduled import Standing
from negsplit.account.garmin.snapshot import Held, Snapshot
from negsplit.account.garmin.tidying import Fate, fate
from negsplit.account.ledger import AccountLedger, LedgerRecord
from negsplit.account.marker import Key
from negsplit.account.wanted import Options, SyncScope, Wanted
from negsplit.formats.json_fields import text

_KEPT: Final[dict[Fate, str]] = {
    "done": "an activity belongs to it",
    "unknown": "nothing says whether it was run",
}
"""Why something is not removed whose day is over."""

_ORDER: Final = (Create, Update, Schedule, Move, Unschedule, Delete)


def compare(
    wanted: Sequence[Wanted], snapshot: Snapshot, ledger: AccountLedger, scope: SyncScope, options: Options
) -> Changes:
    """What has to be done. Nothing, where it was done before and nobody changed anything since.

    :param snapshot: what :func:`~negsplit.account.garmin.snapshot.read` gave for the same arguments.
    :raises ValueError: where the notes of a workout leave no room for a marker, or look like one.
    """
    comparison = _Comparison(snapshot, ledger, scope, options)
    for one in wanted:
        comparison.compare(one)
    if scope.plan:
        comparison.compare_rest({one.key for one in wanted if one.day is None or one.day >= options.today})
    return Changes(
        changes=tuple(sorted(comparison.changes, key=lambda one: (_ORDER.index(type(one)), _day_of(one)))),
        conflicts=tuple(comparison.conflicts),
        notices=tuple(comparison.notices),
        unchanged=comparison.unchanged,
        found=tuple(comparison.found),
        unsaid=snapshot.unsaid,
        owner=snapshot.owner,
    )


class _Comparison:
    """One comparison, and what it has found so far."""

    def __init__(self, snapshot: Snapshot, ledger: AccountLedger, scope: SyncScope, options: Options) -> None:
        self._snapshot = snapshot
        self._owned = Ownership(snapshot, ledger, scope, options)
        self._scope = scope
        self._options = options
        self._tag = ledger.tag
        self.changes: list[Change] = []
        self.conflicts: list[Conflict] = []
        self.notices: list[Notice] = []
        self.found: list[LedgerRecord] = []
        self.unchanged = 0

    # --- What is wanted ----------------------------------------------------------------------

    def compare(self, wanted: Wanted) -> None:
        """One workout: its content and its day."""
        if wanted.day is not None and wanted.day < self._options.today:
            self._notice("past", wanted, f"{day_text(wanted.day)} is over")
            return
        if wanted.key in self._snapshot.unread:
            self._unread(wanted.key, wanted.title)
            return
        changes, before = len(self.changes), len(self.changes) + len(self.conflicts)
        held, copies = self._owned.of(wanted.key, wanted.day)
        if held is None:
            self._compare_absent(wanted)
        else:
            self._compare_held(wanted, held)
        if len(self.changes) + len(self.conflicts) == before:
            self.unchanged += 1
        if len(self.changes) == changes:  # else the one that stays comes first, and the others with the next run
            copies = self._withdraw(wanted.key, wanted.title, wanted.day, copies)
        self._look_around(wanted, copies)

    def _compare_absent(self, wanted: Wanted) -> None:
        record = self._owned.record(wanted.key)
        create = Create(wanted.key, wanted.title, "new", marked(wanted.body, wanted.key, self._tag), wanted.day)
        if record is None or record.status == "deleting":
            self._change(create)
        elif record.workout is None:
            if self._options.fresh(record.at):
                self._wait(wanted.key, wanted.title, record.at, "it was sent, but the account has not confirmed it yet")
            else:
                self._change(replace(create, reason="never came"))
        elif self._options.restore:
            left = self._owned.left_by(record.workout)
            self._change(replace(create, reason="deleted on the web", leaves=left))
        elif self._owned.is_taken(record.workout):
            self._conflict(
                "deleted", wanted, "a training plan in the account has it now", "`--restore` creates another"
            )
        else:
            self._conflict("deleted", wanted, "it was deleted on the web", "`--restore` creates it again")

    def _compare_held(self, wanted: Wanted, held: Held) -> None:
        stands = self._owned.standing(wanted.key, held)
        self._find(wanted.key, held, stands, wanted.day)
        if self._done_for(wanted.day, stands) is None:
            self._compare_content(wanted, held)
        if wanted.day is not None:
            self._compare_day(wanted.key, wanted.title, wanted.day, held, stands)
        if left := self._owned.left_by_copies(wanted.key, held):
            reason = f"a deleted copy is still on {_days(left)}"
            self._change(Unschedule(wanted.key, wanted.title, reason, held.workout, left))

    def _compare_content(self, wanted: Wanted, held: Held) -> None:
        if held.hash == content_hash(wanted.body) and is_marked(wanted.key, held):
            return
        body = marked(wanted.body, wanted.key, self._tag)
        update = Update(wanted.key, wanted.title, "changed here", held.workout, body, wanted.day)
        if not is_marked(wanted.key, held):
            if self._options.force:
                self._change(replace(update, reason="its mark was taken away on the web"))
            else:
                self._conflict("unmarked", wanted, "its mark was taken away on the web", "`--force` takes it back")
        elif self._owned.is_edited(wanted.key, held):
            if self._options.force:
                self._change(replace(update, reason="overwrites what was changed on the web"))
            else:
                self._conflict("edited", wanted, "it was changed on the web", "`--force` overwrites that")
        elif held.marker is not None and held.marker.hash == content_hash(wanted.body):
            self._notice("rewritten", wanted, "the account has it, but not as it was sent")
        else:
            self._change(update)

    def _look_around(self, wanted: Wanted, copies: tuple[Held, ...]) -> None:
        for copy in copies:
            self._notice("second copy", wanted, f"the account holds another copy of it, named `{copy.name}`")
        if self._owned.has_look_alike(wanted.key, wanted.day, text(wanted.body, "workoutName")):
            self._notice("look-alike", wanted, "another workout with this name is on that day; it is left alone")

    def _withdraw(self, key: Key, title: str, day: dt.date | None, copies: tuple[Held, ...]) -> tuple[Held, ...]:
        """Withdraws what may be of a workout's copies, and gives the others."""
        _, younger = self._owned.twice(key, day)
        for one in younger:
            leaves = self._owned.standing(key, one).ahead
            self._change(Delete(key, title, "it is there twice; the later one is removed", one.workout, leaves))
        return tuple(one for one in copies if one not in younger)

    # --- Its day -----------------------------------------------------------------------------

    def _compare_day(self, key: Key, title: str, day: dt.date, held: Held, stands: Standing) -> None:
        """Brings a workout to a day, and for a plan away from all others where it was put."""
        elsewhere, added = self._off(day, stands.there), self._off(day, stands.added)
        done = self._done_for(day, stands)
        if done is not None:
            self._notice("completed", (key, title), f"it was already run on {day_text(done)}")
        if done is not None or stands.on(day):
            if surplus := _surplus(day, done, stands) + elsewhere:
                self._change(Unschedule(key, title, _standing(day, done, surplus), held.workout, surplus))
            self._notice_added(key, title, added)
        elif day in stands.asked:
            reason = f"it was put on {day_text(day)}, but the account has not confirmed it yet"
            self._wait(key, title, self._asked_at(key, stands), reason)
        elif elsewhere:
            self._change(Move(key, title, f"is on {_days(elsewhere)}", held.workout, day, elsewhere))
            self._notice_added(key, title, added)
        elif stands.missing:
            self._compare_missing(key, title, day, held, stands)
        else:
            self._put(key, title, day, held, added)

    def _off(self, day: dt.date, places: tuple[CalendarPlace, ...]) -> tuple[CalendarPlace, ...]:
        """Those on other days, where that is any concern of ours: what has no plan may stand on many."""
        return tuple(at for at in places if at.day != day) if self._scope.plan else ()

    def _compare_missing(self, key: Key, title: str, day: dt.date, held: Held, stands: Standing) -> None:
        """A workout that was put on days and shows on none of them: it was done, moved, or taken off."""
        added = self._off(day, stands.added)
        if stands.completed:
            self._notice("completed", (key, title), f"it was already run on {day_text(stands.completed[0])}")
        elif added:
            reason = f"it was moved to {_days(added)} on the web"
            if self._options.force:
                self._change(Move(key, title, reason, held.workout, day, added))
            else:
                self._conflict("moved", (key, title), reason, f"`--force` moves it to {day_text(day)}")
        elif self._scope.plan or any(at.day == day for at in stands.missing):
            reason = f"it was taken off {_days(stands.missing)} on the web"
            if self._options.restore:
                self._change(Schedule(key, title, reason, held.workout, day))
            else:
                self._conflict("taken off", (key, title), reason, f"`--restore` puts it on {day_text(day)}")
        else:
            self._put(key, title, day, held, added)

    def _put(self, key: Key, title: str, day: dt.date, held: Held, added: tuple[CalendarPlace, ...]) -> None:
        self._change(Schedule(key, title, "not in the calendar", held.workout, day))
        self._notice_added(key, title, added)

    def _done_for(self, day: dt.date | None, stands: Standing) -> dt.date | None:
        """When it was done that is wanted on a day; what has no plan does not move, and is asked for day by day."""
        if day is None or not self._scope.plan:
            return day if day in stands.completed else None
        return stands.done_for(day)

    def _notice_added(self, key: Key, title: str, added: tuple[CalendarPlace, ...]) -> None:
        if added:
            self._notice("also on", (key, title), f"somebody put it on {_days(added)} too")

    # --- What is not wanted ------------------------------------------------------------------

    def compare_rest(self, wanted: set[Key]) -> None:
        """What carries the plan's mark and is not wanted now: on another day of the plan, or no longer in it."""
        there = self._owned.marked_of(self._scope.plan)
        keys = (there.keys() | self._owned.known_of(self._scope.plan)) - wanted - self._snapshot.unread.keys()
        for key in sorted(self._snapshot.unread.keys() - wanted):
            self._unread(key, str(key))
        for key in sorted(keys & self._scope.days.keys()):
            self._compare_elsewhere(key, self._scope.days[key])
        gone = sorted(keys - self._scope.days.keys())
        if gone and not self._scope.days:
            self._notice("empty plan", (gone[0], self._scope.plan), "the plan has no workouts: nothing is removed")
            return
        removals = [removal for key in gone if (removal := self._compare_gone(key))]
        for one in self._few(removals, len(there), "no longer in the plan"):
            held = self._snapshot.numbered(one.workout)
            assert held is not None
            self._find(one.key, held, self._owned.standing(one.key, held))
            self._change(one)
        if self._options.tidy:
            planned = self._scope.days
            going = {one.key for one in removals}
            over = [key for key in keys & there.keys() - going if planned.get(key, dt.date.min) < self._options.today]
            self._tidy(sorted(over, key=lambda key: (planned.get(key, dt.date.min), key)), there.total())

    def _compare_elsewhere(self, key: Key, day: dt.date) -> None:
        """One that the plan has on a day outside the window, or in the past, and that stands within the window."""
        held, _ = self._owned.of(key, day)
        if held is None:
            return
        stands = self._owned.standing(key, held)
        astray = tuple(at for at in stands.there if self._scope.first <= at.day <= self._scope.last and at.day != day)
        if not astray:
            return
        self._find(key, held, stands, day)
        if day >= self._options.today:
            self._compare_day(key, held.name, day, held, stands)
        else:
            reason = f"the plan has it on {day_text(day)}, which is over"
            self._change(Unschedule(key, held.name, reason, held.workout, astray))

    def _compare_gone(self, key: Key) -> Unschedule | Delete | None:
        """What removes one that is no longer in the plan, where it may be removed."""
        held, copies = self._owned.of(key, None)
        if held is None:
            return None
        stands = self._owned.standing(key, held)
        if (stands.past or stands.completed) and not stands.ahead:
            return None
        named = (key, held.name)
        if not self._options.prune:
            if stands.ahead or (self._owned.record(key) is not None and not stands.asked):
                self._notice("no longer in the plan", named, "no longer in the plan; `--prune` removes it")
        elif not stands.ahead and not self._owned.knows_past(key, held):
            self._notice("no longer in the plan", named, "no longer in the plan, but it may have been run: left alone")
        elif copies:
            self._find(key, held, stands)
            if self._withdraw(key, held.name, None, copies):  # else the one that is left goes with the next run
                help = "`--dedupe` removes the later one, or delete one of them on the web"
                self._conflict("second copy", named, "no longer in the plan, and it is there twice", help)
        elif stands.asked:
            reason = "no longer in the plan, but the account has not confirmed where it is"
            self._wait(key, held.name, self._asked_at(key, stands), reason)
        elif is_marked(key, held) and not self._has_their_hand_in_it(key, held, stands):
            was_run = stands.past or stands.completed or not self._owned.knows_past(key, held)
            removal = Unschedule if was_run else Delete
            return removal(key, held.name, "no longer in the plan", held.workout, stands.ahead)
        return None

    def _has_their_hand_in_it(self, key: Key, held: Held, stands: Standing) -> bool:
        """Whether somebody changed it or put it on a day, so that it stays: a conflict, unless it is to go by force."""
        if self._options.force:
            return False
        if self._owned.is_edited(key, held):
            reason = "no longer in the plan, but changed on the web"
            self._conflict("edited", (key, held.name), reason, "`--force` removes it")
        elif stands.added:
            reason = f"no longer in the plan, but somebody put it on {_days(stands.added)}"
            self._conflict("moved", (key, held.name), reason, "`--force` removes it")
        else:
            return False
        return True

    def _few(self, removals: Sequence[Unschedule | Delete], of: int, why: str) -> Sequence[Unschedule | Delete]:
        """Few are removed; of many each is a conflict, since a plan that lost its sessions looks the same."""
        if self._options.removes(len(removals), of):
            return removals
        reason = f"{why}, but {len(removals)} of {of} workouts would be removed"
        for one in removals:
            self._conflict("too many", (one.key, one.title), reason, "`--yes` removes them")
        return ()

    # --- What is over ------------------------------------------------------------------------

    def _tidy(self, keys: Sequence[Key], of: int) -> None:
        """Removes workouts whose day is over. Entries of the past are not touched; they may go with their workout."""
        fates: Counter[Fate] = Counter()
        removals = [removal for key in keys for removal in self._over(key, fates)]
        for removal in self._few(removals, of, "its day is over"):
            self._change(removal)
        for found, why in _KEPT.items():
            if fates[found]:
                count = f"{fates[found]} whose day is over {'stays' if fates[found] == 1 else 'stay'}"
                self._notice("over", (keys[0], self._scope.plan), f"{count}: {why}")

    def _over(self, key: Key, fates: Counter[Fate]) -> Collection[Delete]:
        """What removes the workouts of a key; what becomes of each is counted.

        Ours goes with its last copy: without it, the next run would take for ours what somebody made.
        """
        ours, copies = self._owned.of(key, None)
        going: dict[int, Delete] = {}
        kept = 0
        for one in copies if ours is None else (*copies, ours):
            entries = self._owned.entries(one.workout)
            fates[found := fate(one, self._owned.standing(key, one), entries)] += 1
            days = sorted({entry.day for entry in entries})
            removal = self._tidied(key, one, days, is_ours=one is ours) if found == "over" else None
            if removal is not None:
                going[one.workout] = removal
            elif found != "done":
                kept += 1
        if ours is not None and ours.workout in going and kept:
            del going[ours.workout]
            self._notice("second copy", (key, ours.name), "its day is over; it stays as long as its second copy does")
        return going.values()

    def _tidied(self, key: Key, one: Held, days: Sequence[dt.date], *, is_ours: bool) -> Delete | None:
        """What removes a workout that is over, where it may be removed."""
        named = (key, one.name)
        if not is_marked(key, one):
            return None
        if self._owned.is_edited(key, one) and not self._options.force:
            self._conflict("edited", named, "its day is over, but it was changed on the web", "`--force` removes it")
        elif not is_ours and not self._owned.withdraws(key, one):
            self._notice("second copy", named, "its day is over; `--dedupe` removes this second copy, too")
        else:
            gone = ", ".join(map(day_text, days))
            reason = f"its day is over and it was not run; its entry on {gone} goes too"
            return Delete(key, one.name, reason, one.workout, ())
        return None

    # --- What is found -----------------------------------------------------------------------

    def _asked_at(self, key: Key, stands: Standing) -> float:
        """When it was last put on a day without an answer, in seconds since 1970."""
        record = self._owned.record(key)
        return max(one.at for one in record.stood if one.day in stands.asked) if record else self._options.now

    def _find(self, key: Key, held: Held, stands: Standing, day: dt.date | None = None) -> None:
        found = self._owned.found(key, held, stands, day)
        if found != self._owned.record(key):
            self.found.append(found)

    def _unread(self, key: Key, title: str) -> None:
        self.conflicts.append(unread(key, title, self._snapshot.unread[key]))

    def _change(self, change: Change) -> None:
        if not self._may_be_done(change):
            self.changes.append(change)
        elif not any(one.kind == "unsaid" and one.key == change.key for one in self.conflicts):
            reason = "the account does not say whether it was run: it stays as it is"
            self._conflict("unsaid", (change.key, change.title), reason, "run this again when it does, or tomorrow")

    def _may_be_done(self, change: Change) -> bool:
        """Whether something of today would be changed, or what is past put on again, while nobody says what is done.

        What was never there can be put on today.
        """
        if not self._snapshot.unsaid:
            return False
        today, of_a_plan = self._options.today, bool(self._scope.plan)
        match change:
            case Create(leaves=leaves):
                return any(at.day == today for at in leaves)
            case Schedule(workout=workout, day=day):
                return day == today or (of_a_plan and self._stands_or_stood(workout, day))
            case Update(workout=workout) | Unschedule(workout=workout) | Delete(workout=workout):
                return self._owned.stands_on(workout, today)
            case Move(workout=workout, day=day):
                return day == today or self._owned.stands_on(workout, today)
        raise AssertionError(change)

    def _stands_or_stood(self, workout: int, day: dt.date) -> bool:
        return self._owned.stands_on(workout, self._options.today) or self._owned.may_be_done_for(workout, day)

    def _notice(self, kind: NoticeKind, about: Wanted | tuple[Key, str], reason: str) -> None:
        self.notices.append(Notice(kind, *_named(about), reason))

    def _conflict(self, kind: ConflictKind, about: Wanted | tuple[Key, str], reason: str, help: str) -> None:
        self.conflicts.append(Conflict(kind, *_named(about), reason, help))

    def _wait(self, key: Key, title: str, at: float, reason: str) -> None:
        self.conflicts.append(unknown(key, title, reason, self._options.wait(at)))


def _named(about: Wanted | tuple[Key, str]) -> tuple[Key, str]:
    return (about.key, about.title) if isinstance(about, Wanted) else about


def _surplus(day: dt.date, done: dt.date | None, stands: Standing) -> tuple[CalendarPlace, ...]:
    """What of a day is too much: all but the first; once it is done all, but on another day only what is ours."""
    on = stands.on(day)
    if done is None:
        return on[1:]
    if done not in stands.completed:
        return ()
    return on if done == day else tuple(at for at in on if at in stands.there)


def _standing(day: dt.date, done: dt.date | None, surplus: Sequence[CalendarPlace]) -> str:
    """Why entries of a workout go that stands on a day, or is done."""
    if done not in (None, day):
        return f"it was already run on {day_text(done)}"
    others = tuple(at for at in surplus if at.day != day)
    return f"it is on {day_text(day)}{f', also on {_days(others)}' if others else ' more than once'}"


def _days(places: Sequence[CalendarPlace]) -> str:
    return ", ".join(day_text(day) for day in sorted({place.day for place in places}))


def _day_of(change: Change) -> dt.date:
    match change:
        case Create(day=dt.date() as day) | Update(day=dt.date() as day) | Schedule(day=day) | Move(day=day):
            return day
        case Unschedule(leaves=[first, *_]) | Delete(leaves=[first, *_]):
            return first.day
    return dt.date.max
