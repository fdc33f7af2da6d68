"""What is wanted against what the calendar holds. Nothing is read and nothing is changed here.

Only events from today on that are not done are ever changed, and only those that carry a mark of ours or that the
ledger knows. Where somebody changed something on the web, nothing is done unless it is asked for.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import replace
from typing import Final

from negsplit.account.changes import (
    Change,
    Changes,
    Conflict,
    ConflictKind,
    Create,
    Delete,
    Move,
    Notice,
    NoticeKind,
    Update,
    day_text,
    unknown,
    unread,
)
from negsplit.account.intervals.content import content_hash, marked
from negsplit.account.intervals.notes import is_note
from negsplit.account.intervals.service import Event
from negsplit.account.intervals.snapshot import Snapshot
from negsplit.account.ledger import AccountLedger, LedgerRecord, Stood
from negsplit.account.marker import Key
from negsplit.account.wanted import Options, SyncScope, Wanted

_A_WEEK: Final = dt.timedelta(days=7)
"""By how much less a plan moves for a session that was run to count as run."""
_ORDER: Final = (Create, Update, Move, Delete)


def compare(
    wanted: Sequence[Wanted],
    snapshot: Snapshot,
    ledger: AccountLedger,
    scope: SyncScope,
    options: Options,
) -> Changes:
    """What has to be done. Nothing, where it was done before and nobody changed anything since.

    :param wanted: each with a day; ``body`` is :data:`~negsplit.account.intervals.content.Body`.
    :param snapshot: what :func:`~negsplit.account.intervals.snapshot.read` gave for the same arguments.
    :raises ValueError: where a description looks like a mark.
    """
    comparison = _Comparison(snapshot, ledger, scope, options)
    for one in wanted:
        assert one.day is not None, "an event has a day"
        comparison.compare(one, one.day)
    if scope.plan:
        comparison.compare_rest({one.key for one in wanted if one.day is not None and one.day >= options.today})
    return Changes(
        changes=tuple(sorted(comparison.changes, key=lambda one: (_ORDER.index(type(one)), _day_of(one)))),
        conflicts=tuple(comparison.conflicts),
        notices=tuple(comparison.notices),
        unchanged=comparison.unchanged,
        found=tuple(comparison.found),
        forgotten=tuple(comparison.forgotten),
    )


class _Comparison:
    """One comparison, and what it has found so far."""

    def __init__(self, snapshot: Snapshot, ledger: AccountLedger, scope: SyncScope, options: Options) -> None:
        self._snapshot = snapshot
        self._ledger = ledger
        self._scope = scope
        self._options = options
        self.changes: list[Change] = []
        self.conflicts: list[Conflict] = []
        self.notices: list[Notice] = []
        self.found: list[LedgerRecord] = []
        self.forgotten: list[Key] = []
        self.unchanged = 0

    # --- What is wanted ----------------------------------------------------------------------

    def compare(self, wanted: Wanted, day: dt.date) -> None:
        """One event: its content and its day."""
        key, title = wanted.key, wanted.title
        if day < self._options.today:
            self._notice("past", key, title, f"{day_text(day)} is over")
            return
        if key in self._snapshot.unread:
            self._unread(key, title)
            return
        before = len(self.changes) + len(self.conflicts)
        done = self._done_for(key, day)
        held, copies = self._held(key, day)
        if done is not None:
            self._notice("completed", key, title, f"it was already run on {day_text(done)}")
        elif held is None:
            self._compare_absent(wanted, day)
        else:
            self._find(key, held)
            self._compare_content(wanted, held)
            self._compare_day(key, title, day, held)
        if len(self.changes) + len(self.conflicts) == before:
            self.unchanged += 1
            for words in held.not_handed_on if held is not None and done is None else ():
                self._notice("not passed on", key, title, f"it could not be passed on to {words}")
            copies = self._withdraw(key, title, copies)
        for copy in copies:
            self._notice("second copy", key, title, f"the account holds another copy of it on {day_text(copy.day)}")
        self._look_around(wanted, day)

    def _held(self, key: Key, day: dt.date | None) -> tuple[Event | None, tuple[Event, ...]]:
        """The event that is ours and may be changed, and its copies.

        Ours is the one that the ledger knows; else one on its day, before the eldest. Where that one is to be
        withdrawn, the elder is ours already.
        """
        ahead = [one for one in self._snapshot.of(key) if self._is_ahead(one)]
        record = self._ledger.records.get(key)
        known = self._snapshot.numbered(record.workout) if record is not None else None
        if known is not None and self._is_ahead(known) and known not in ahead:  # its marks were taken away
            ahead.append(known)
        if not ahead:
            return None, ()
        held = (
            known if known in ahead and known is not None else min(ahead, key=lambda one: (one.day != day, one.number))
        )
        if held in self._spare(key, ahead):
            held = min(ahead, key=lambda one: one.number)
        return held, tuple(one for one in ahead if one is not held)

    def _spare(self, key: Key, ahead: Sequence[Event]) -> list[Event]:
        """Copies that this run withdraws."""
        record = self._ledger.records.get(key)
        return [one for one in self._twins(ahead) if self._options.withdraws(one.number, record)]

    def _twins(self, ahead: Sequence[Event]) -> list[Event]:
        """Copies that may be withdrawn: untouched, shown beside an elder that stands on the same day."""
        shown = sorted((one for one in ahead if one.listed), key=lambda one: one.number)
        return [
            one
            for one in shown[1:]
            if self._scope.plan and one.is_untouched and not one.bound and one.day == shown[0].day
        ]

    def _is_ahead(self, one: Event) -> bool:
        return not one.done and one.day >= self._options.today

    def _done_for(self, key: Key, day: dt.date) -> dt.date | None:
        """When it was done that is wanted on a day; what has no plan is asked for day by day."""
        done = [one.day for one in self._snapshot.of(key) if one.done]
        record = self._ledger.records.get(key)
        known = self._snapshot.numbered(record.workout) if record is not None else None
        done += [known.day] if known is not None and known.done else []
        near = _A_WEEK if self._scope.plan else dt.timedelta(days=1)
        return next((one for one in sorted(done) if abs(day - one) < near), None)

    def _compare_absent(self, wanted: Wanted, day: dt.date) -> None:
        record = self._ledger.records.get(wanted.key)
        body = marked(wanted.body, wanted.key, self._snapshot.tag)
        create = Create(wanted.key, wanted.title, "new", body, day)
        if record is None or record.status == "deleting":
            self.changes.append(create)
        elif record.workout is None:
            if self._options.fresh(record.at):
                self._wait(wanted.key, wanted.title, record.at, "it was sent, but the account has not confirmed it yet")
            else:
                self.changes.append(replace(create, reason="never came"))
        elif (was := self._snapshot.numbered(record.workout)) is not None:
            self._compare_left_behind(create, record, was)
        elif self._options.restore:
            self.changes.append(replace(create, reason="deleted on the web"))
        else:
            self._conflict(
                "deleted", wanted.key, wanted.title, "it was deleted on the web", "`--restore` creates it again"
            )

    def _compare_left_behind(self, create: Create, record: LedgerRecord, was: Event) -> None:
        """One that stands in the past, or is done, and stays: its session is to be run on another day."""
        moved = f"it was moved to {day_text(was.day)} on the web"
        if was.done or record.on(was.day) is not None:
            self.changes.append(replace(create, reason=f"new, beside the one on {day_text(was.day)}"))
        elif self._options.force:
            self.changes.append(replace(create, reason=f"{moved}, and stays there"))
        else:
            self._conflict("moved", create.key, create.title, moved, "`--force` creates another")

    def _compare_content(self, wanted: Wanted, held: Event) -> None:
        key, title, wants = wanted.key, wanted.title, content_hash(wanted.body)
        if held.marker is not None and held.hash == wants and held.marker.key == key:
            for words in wanted.misread(held.body):
                self._notice("rewritten", key, title, f"the account reads it differently: {words}")
            return
        update = Update(
            key, title, "changed here", held.number, marked(wanted.body, key, self._snapshot.tag), wanted.day
        )
        if held.bound:
            self._conflict("edited", key, title, "the account does not let it be changed", "change it on the web")
        elif held.marker is None:
            self._by_force("unmarked", update, "its mark was taken away on the web", "`--force` takes it back")
        elif self._is_edited(key, held):
            self._by_force("edited", update, "it was changed on the web", "`--force` overwrites that")
        elif held.marker.hash == wants:
            self._notice("rewritten", key, title, "the account has it, but not as it was sent")
        else:
            self.changes.append(update)

    def _compare_day(self, key: Key, title: str, day: dt.date, held: Event) -> None:
        if held.day == day:
            return
        if self._is_moved(key, held):
            move = Move(key, title, f"it was moved to {day_text(held.day)} on the web", held.number, day, ())
            self._by_force("moved", move, move.reason, f"`--force` moves it to {day_text(day)}")
        elif held.bound:
            self._conflict("edited", key, title, "the account does not let it be moved", "move it on the web")
        else:
            self.changes.append(Move(key, title, f"is on {day_text(held.day)}", held.number, day, ()))

    def _by_force(self, kind: ConflictKind, change: Change, reason: str, help: str) -> None:
        if self._options.force:
            self.changes.append(replace(change, reason=reason))
        else:
            self._conflict(kind, change.key, change.title, reason, help)

    def _is_edited(self, key: Key, held: Event) -> bool:
        """Whether it says neither what was written with its mark nor what the account made of that."""
        record = self._ledger.records.get(key)
        kept = record.hash if record is not None and record.workout == held.number else ""
        return not held.is_untouched and held.hash != kept

    def _is_moved(self, key: Key, held: Event) -> bool:
        """Whether it stands where nobody put it from here; without the ledger nobody knows."""
        record = self._ledger.records.get(key)
        known = record.stood if record is not None and record.workout == held.number else ()
        return bool(known) and held.day not in {one.day for one in known}

    def _withdraw(self, key: Key, title: str, copies: tuple[Event, ...]) -> tuple[Event, ...]:
        """Withdraws what may be of an event's copies, and gives the others."""
        ahead = [one for one in self._snapshot.of(key) if self._is_ahead(one)]
        spare = self._spare(key, ahead)
        for one in spare:
            self.changes.append(Delete(key, title, "it is there twice; the later one is removed", one.number, ()))
        return tuple(one for one in copies if one not in spare)

    def _look_around(self, wanted: Wanted, day: dt.date) -> None:
        record = self._ledger.records.get(wanted.key)
        ours = {record.workout} if record is not None else set()
        for one in self._snapshot.events:
            is_other = one.key != wanted.key and one.number not in ours
            if is_other and one.day == day and one.name == wanted.body["name"] and one.key is None:
                reason = "something else with this name is on that day; it is left alone"
                self._notice("look-alike", wanted.key, wanted.title, reason)
                return

    # --- What is not wanted ------------------------------------------------------------------

    def compare_rest(self, wanted: set[Key]) -> None:
        """What carries the plan's mark and is not wanted now: on another day of the plan, or no longer in it."""
        keys = {one.key for one in self._snapshot.events if one.key is not None and not self._snapshot.is_foreign(one)}
        keys = {key for key in keys | self._ledger.records.keys() if key.plan == self._scope.plan} - wanted
        if not self._scope.notes:
            keys = self._without_notes(keys)
        for key in sorted(keys & self._snapshot.unread.keys()):
            self._unread(key, str(key))
        keys -= self._snapshot.unread.keys()
        gone = sorted(keys - self._scope.days.keys())
        if gone and not self._scope.days:
            self._notice("empty plan", gone[0], self._scope.plan, "the plan has no workouts: nothing is removed")
            return
        for key in sorted(keys & self._scope.days.keys()):
            self._compare_elsewhere(key, self._scope.days[key])
        self._remove([one for key in gone for one in self._gone(key)], "no longer in the plan")
        self.forgotten += [key for key in gone if self._is_nowhere(key)]
        if self._options.tidy:
            over = sorted(key for key in keys | wanted if self._scope.days.get(key, dt.date.min) < self._options.today)
            self._remove([one for key in over if not is_note(key) for one in self._over(key)], "its day is over")

    def _is_nowhere(self, key: Key) -> bool:
        """Whether the ledger knows one that was asked for by its number and is not there; else it is for ever."""
        record = self._ledger.records.get(key)
        return record is not None and record.workout is not None and self._snapshot.numbered(record.workout) is None

    def _without_notes(self, keys: set[Key]) -> set[Key]:
        """The keys of workouts; that notes and races of another run stay is said once."""
        records = [self._ledger.records.get(key) for key in sorted(keys) if is_note(key)]
        ahead = [one for one in records if one and any(at.day >= self._options.today for at in one.stood)]
        if ahead:
            many = (
                "1 note or race stays as it is" if len(ahead) == 1 else f"{len(ahead)} notes and races stay as they are"
            )
            self._notice("left", ahead[0].key, self._scope.plan, f"{many} without `--notes`")
        return {key for key in keys if not is_note(key)}

    def _compare_elsewhere(self, key: Key, day: dt.date) -> None:
        """One that the plan has on a day outside the window, and that stands within it."""
        held, _ = self._held(key, day)
        if held is None or held.day == day or not self._scope.first <= held.day <= self._scope.last:
            return
        if day >= self._options.today:
            self._find(key, held)
            self._compare_day(key, held.name, day, held)

    def _gone(self, key: Key) -> list[Delete]:
        """What removes one that is no longer in the plan, where it may be removed."""
        held, copies = self._held(key, None)
        if held is None:
            return []
        if not self._options.prune:
            self._notice("no longer in the plan", key, held.title, "no longer in the plan; `--prune` removes it")
        elif copies:
            if self._withdraw(key, held.title, copies):  # else the one that is left goes with the next run
                is_twin = bool(self._twins([held, *copies])) and not self._options.dedupe
                help = "delete one of them on the web"
                help = f"`--dedupe` removes the later one, or {help}" if is_twin else help
                self._conflict("second copy", key, held.title, "no longer in the plan, and it is there twice", help)
        elif held.marker is None or held.bound:
            why = "the account does not let it be changed" if held.bound else "its mark was taken away on the web"
            self._notice("no longer in the plan", key, held.title, f"no longer in the plan, but {why}: it stays")
        else:
            removal = Delete(key, held.title, "no longer in the plan", held.number, ())
            if self._is_edited(key, held):
                self._conflict_of(removal, "edited", "no longer in the plan, but changed on the web")
            elif self._is_moved(key, held):
                reason = f"no longer in the plan, but somebody put it on {day_text(held.day)}"
                self._conflict_of(removal, "moved", reason)
            if self._options.force or not (self._is_edited(key, held) or self._is_moved(key, held)):
                self._find(key, held)
                return [removal]
        return []

    def _conflict_of(self, removal: Delete, kind: ConflictKind, reason: str) -> None:
        if not self._options.force:
            self._conflict(kind, removal.key, removal.title, reason, "`--force` removes it")

    def _over(self, key: Key) -> list[Delete]:
        """What removes the events of a key whose day is over and that were not run."""
        found = []
        for one in self._snapshot.of(key):
            if one.day >= self._options.today or one.marker is None or one.bound:
                continue
            if one.done:
                self._notice("over", key, one.name, "its day is over, and it stays: an activity belongs to it")
            elif self._is_edited(key, one) and not self._options.force:
                reason = "its day is over, but it was changed on the web"
                self._conflict("edited", key, one.name, reason, "`--force` removes it")
            else:
                reason = f"its day is over and it was not run; its entry on {day_text(one.day)} goes too"
                found.append(Delete(key, one.name, reason, one.number, ()))
        return found

    def _remove(self, removals: Sequence[Delete], why: str) -> None:
        """Few are removed; of many each is a conflict, since a plan that lost its sessions looks the same.

        Workouts are counted by themselves: however many notes there are, they are not let go for that.
        """
        theirs = [one for one in self._snapshot.events if one.key is not None and not self._snapshot.is_foreign(one)]
        keys = [one.key for one in theirs if one.key is not None and one.key.plan == self._scope.plan]
        for of_notes, what in ((False, "workouts"), (True, "notes and races")):
            going = [one for one in removals if is_note(one.key) is of_notes]
            of = sum(is_note(key) is of_notes for key in keys)
            if self._options.removes(len(going), of):
                self.changes.extend(going)
                continue
            reason = f"{why}, but {len(going)} of {of} {what} would be removed"
            for one in going:
                self._conflict("too many", one.key, one.title, reason, "`--yes` removes them")

    # --- What is found -----------------------------------------------------------------------

    def _find(self, key: Key, held: Event) -> None:
        """What the ledger is to know from now on: not what somebody else changed."""
        known = self._ledger.records.get(key)
        if known is None or known.workout != held.number:
            hash = held.marker.hash if held.marker is not None else ""
            made = known.made if known is not None else ()
            stood = (Stood(held.day, held.number, self._options.now),)
            found = LedgerRecord(key, held.number, hash, self._options.now, stood=stood, made=made)
        else:
            found = replace(known, status="there", hash=held.hash if held.is_untouched else known.hash)
        if found != known:
            self.found.append(found)

    def _unread(self, key: Key, title: str) -> None:
        self.conflicts.append(unread(key, title, self._snapshot.unread[key]))

    def _notice(self, kind: NoticeKind, key: Key, title: str, reason: str) -> None:
        self.notices.append(Notice(kind, key, title, reason))

    def _conflict(self, kind: ConflictKind, key: Key, title: str, reason: str, help: str) -> None:
        self.conflicts.append(Conflict(kind, key, title, reason, help))

    def _wait(self, key: Key, title: str, at: float, reason: str) -> None:
        self.conflicts.append(unknown(key, title, reason, self._options.wait(at)))


def _day_of(change: Change) -> dt.date:
    match change:
        case Create(day=dt.date() as day) | Update(day=dt.date() as day) | Move(day=day):
            return day
    return dt.date.max
