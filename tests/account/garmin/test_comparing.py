"""What has to be done, told from what is there: rules that no account needs to be asked for."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from typing import Any

import pytest

from account.garmin.computer import GRACE, TODAY, Plan, day, run_of
from negsplit.account.changes import CalendarPlace, Changes, Create, Delete, Move, Schedule, Unschedule, Update
from negsplit.account.garmin.comparing import compare
from negsplit.account.garmin.content import content_hash, marked
from negsplit.account.garmin.service import CalendarEntry
from negsplit.account.garmin.snapshot import Held, Snapshot
from negsplit.account.ledger import LedgerRecord, Stood
from negsplit.account.marker import Key, Marker, key
from negsplit.account.wanted import Options, SyncScope, Wanted

NOW = 1_770_000_000.0
LONG_AGO = NOW - GRACE - 1
JUST_NOW = NOW - 60
TAG = "5f3a"
EASY, TEMPO = run_of(30), run_of(40, "Tempo")
TUE, THU = key("half", "w01-tue"), key("half", "w01-thu")


class Memory:
    """A ledger that is only read."""

    tag = TAG

    def __init__(self, *records: LedgerRecord, removed: dict[int, float] | None = None) -> None:
        self.records = {one.key: one for one in records}
        self.removed = removed or {}


def held(of: Key, workout: int, body: dict[str, Any] = EASY, **more: Any) -> Held:
    digest = content_hash(body)
    return replace(Held(workout, Marker(of, digest), body["workoutName"], dt.date(2026, 2, 8), digest), **more)


def entry(schedule: int, at: int, workout: int, **more: Any) -> CalendarEntry:
    return replace(CalendarEntry(schedule, day(at), "Easy", workout), **more)


def kept(of: Key, workout: int | None, *stood: Stood, at: float = LONG_AGO, **more: Any) -> LedgerRecord:
    return replace(LedgerRecord(of, workout, content_hash(EASY), at, stood=stood), **more)


def stood(at: int, schedule: int | None, when: float = LONG_AGO, leaving: bool = False) -> Stood:
    return Stood(day(at), schedule, when, leaving)


def compared(
    plan: Plan,
    held: tuple[Held, ...] = (),
    entries: tuple[CalendarEntry, ...] = (),
    *records: LedgerRecord,
    removed: dict[int, float] | None = None,
    **options: Any,
) -> Changes:
    ledger: Any = Memory(*records, removed=removed)
    asked = Options(TODAY, NOW, GRACE, **options)
    return compare(plan.wanted, Snapshot(held, entries), ledger, plan.scope, asked)


def kinds(changes: Changes) -> list[tuple[type, str]]:
    return [(type(one), one.key.slot) for one in changes.changes]


def conflicts(changes: Changes) -> list[str]:
    return [one.kind for one in changes.conflicts]


def notices(changes: Changes) -> list[str]:
    return [one.kind for one in changes.notices]


ONE = Plan({"w01-tue": (1, EASY)})


def test_an_empty_account_gets_everything_in_the_order_of_the_days():
    plan = Plan({"w02-sun": (13, TEMPO), "w01-tue": (1, EASY)})
    changes = compared(plan)
    assert kinds(changes) == [(Create, "w01-tue"), (Create, "w02-sun")]
    assert changes.changes[0] == Create(TUE, "Easy", "new", marked(EASY, TUE, TAG), day(1))
    assert changes.unchanged == 0


def test_what_is_there_is_left_and_known_from_then_on():
    changes = compared(ONE, (held(TUE, 5),), (entry(7, 1, 5),))
    assert changes.changes == ()
    assert changes.unchanged == 1
    assert changes.found == (LedgerRecord(TUE, 5, content_hash(EASY), NOW, stood=(stood(1, 7, NOW),)),)
    again = compared(ONE, (held(TUE, 5),), (entry(7, 1, 5),), *changes.found)
    assert (again.changes, again.found, again.unchanged) == ((), (), 1)


def test_changes_come_in_an_order_that_leaves_too_much_rather_than_too_little():
    slots = ["w01-mon", "w01-tue", "w01-wed", "w01-thu", "w01-fri"]
    keys = {slot: key("half", slot) for slot in slots}
    plan = Plan({slot: (at, EASY) for at, slot in enumerate(slots)})
    found = (
        held(keys["w01-tue"], 2, TEMPO),
        held(keys["w01-wed"], 3),
        held(keys["w01-thu"], 4),
        held(keys["w01-fri"], 5),
        held(key("half", "w09-mon"), 6),
    )
    entries = (entry(12, 1, 2), entry(13, 9, 3), entry(15, 4, 5), entry(16, 8, 5), entry(17, 8, 6))
    changes = compared(plan, found, entries, prune=True)
    assert kinds(changes) == [
        (Create, "w01-mon"),
        (Update, "w01-tue"),
        (Schedule, "w01-thu"),
        (Move, "w01-wed"),
        (Unschedule, "w01-fri"),
        (Delete, "w09-mon"),
    ]
    assert changes.changes[3] == Move(
        keys["w01-wed"], "Easy", "is on Wed 18 Feb 2026", 3, day(2), (CalendarPlace(13, day(9)),)
    )
    assert all(one.reason and one.title for one in changes.changes)


@pytest.mark.parametrize("at", [-1, -40])
def test_the_past_is_never_changed(at):
    plan = Plan({"w01-tue": (at, TEMPO)}, window=(-60, 30))
    changes = compared(plan, (held(TUE, 5),), (entry(7, at, 5),), kept(TUE, 5, stood(at, 7)), force=True, restore=True)
    assert (changes.changes, changes.conflicts, notices(changes)) == ((), (), ["past"])


def test_today_is_changed_until_it_is_completed():
    plan = Plan({"w01-tue": (0, TEMPO)})
    own = (held(TUE, 5),)
    assert kinds(compared(plan, own, (entry(7, 0, 5),))) == [(Update, "w01-tue")]
    changes = compared(plan, own, (entry(7, 0, 5, completed=True),), force=True)
    assert (changes.changes, notices(changes)) == ((), ["completed"])


def test_what_is_left_of_a_move_goes_though_it_was_done_on_its_new_day():
    plan = Plan({"w01-tue": (0, TEMPO)})
    entries = (entry(6, 0, 5), entry(7, 0, 5, completed=True), entry(8, 3, 5))
    for records in ((), (kept(TUE, 5, stood(0, 7), stood(3, 8)),)):
        changes = compared(plan, (held(TUE, 5),), entries, *records)
        assert kinds(changes) == [(Unschedule, "w01-tue")]
        assert changes.changes[0].leaves == (CalendarPlace(6, day(0)), CalendarPlace(8, day(3)))
        assert notices(changes) == ["completed"]


@pytest.mark.parametrize("done_on", [0, -1, -5])
@pytest.mark.parametrize("known", [True, False])
def test_what_was_done_is_not_put_on_again_when_its_plan_moves_by_some_days(done_on, known):
    """Nor is its content changed; and today's plan may be yesterday's of a timer that runs each morning."""
    done = entry(7, done_on, 5, completed=True)
    records = (kept(TUE, 5, stood(done_on, 7)),) if known else ()
    changes = compared(Plan({"w01-tue": (1, TEMPO)}), (held(TUE, 5),), (done,), *records)
    assert (changes.changes, changes.conflicts, notices(changes)) == ((), (), ["completed"])


@pytest.mark.parametrize("done_on", [0, -1, -5])
def test_what_was_done_is_put_on_again_when_its_plan_moves_by_a_week(done_on):
    """As for a race that is later: then its weeks are run again."""
    plan = Plan({"w01-tue": (done_on + 7, EASY)})
    done = entry(7, done_on, 5, completed=True)
    changes = compared(plan, (held(TUE, 5),), (done,), kept(TUE, 5, stood(done_on, 7)))
    assert kinds(changes) == [(Schedule, "w01-tue")]


def test_what_was_done_before_its_move_came_to_its_end_leaves_its_new_day():
    """What somebody else put there stays."""
    entries = (entry(7, 0, 5, completed=True), entry(8, 1, 5), entry(9, 2, 5))
    record = kept(TUE, 5, stood(0, 7), stood(1, 8))
    changes = compared(ONE, (held(TUE, 5),), entries, record)
    assert [one.leaves for one in changes.changes] == [(CalendarPlace(8, day(1)),)]
    assert set(notices(changes)) == {"completed", "also on"}


def test_what_was_done_yesterday_stays_where_it_stands_already():
    entries = (entry(7, -1, 5, completed=True), entry(8, 1, 5))
    changes = compared(ONE, (held(TUE, 5),), entries, kept(TUE, 5, stood(-1, 7), stood(1, 8)))
    assert (changes.changes, changes.conflicts) == ((), ())


def test_a_workout_by_itself_is_put_on_every_day_that_is_asked_for():
    """It has no plan that could have moved."""
    ledger: Any = Memory(kept(TUE, 5, stood(0, 7)))
    snapshot = Snapshot((held(TUE, 5),), (entry(7, 0, 5, completed=True),))
    wanted = [Wanted(TUE, day(1), EASY, "Easy")]
    changes = compare(wanted, snapshot, ledger, SyncScope(), Options(TODAY, NOW, GRACE, restore=True))
    assert kinds(changes) == [(Schedule, "w01-tue")]


def test_a_past_entry_stays_when_the_plan_moves_it_ahead():
    plan = Plan({"w01-tue": (8, EASY)})
    for records in ((), (kept(TUE, 5, stood(-1, 7)),)):
        changes = compared(plan, (held(TUE, 5),), (entry(7, -1, 5),), *records)
        assert kinds(changes) == [(Schedule, "w01-tue")]


def test_dragged_to_today_and_done_is_done():
    changes = compared(ONE, (held(TUE, 5),), (entry(7, 0, 5, completed=True),), kept(TUE, 5, stood(1, 7)))
    assert (changes.changes, changes.conflicts, notices(changes)) == ((), (), ["completed"])


def test_what_was_done_a_week_ago_does_not_excuse_what_is_missing():
    changes = compared(ONE, (held(TUE, 5),), (entry(6, -6, 5, completed=True),), kept(TUE, 5, stood(1, 7)))
    assert conflicts(changes) == ["taken off"]


# --- Nobody says what is done --------------------------------------------------------------------


def unsaid(plan: Plan, *entries: CalendarEntry, of: Key = TUE, **options: Any) -> Changes:
    """With one workout, that is on some days of which nobody says whether it is done."""
    silent = tuple(replace(one, completed=None) for one in entries)
    ledger: Any = Memory(kept(of, 5, *(Stood(one.day, one.schedule, LONG_AGO) for one in silent)))
    snapshot = Snapshot((held(of, 5),), silent, unsaid=True)
    return compare(plan.wanted, snapshot, ledger, plan.scope, Options(TODAY, NOW, GRACE, **options))


MAY_BE_DONE = {
    "moved away": Plan({"w01-tue": (1, EASY)}),
    "moved back": Plan({"w01-tue": (-1, EASY)}, window=(-7, 14)),
    "changed": Plan({"w01-tue": (0, TEMPO)}),
    "changed and moved": Plan({"w01-tue": (1, TEMPO)}),
    "gone": Plan({"w01-thu": (3, EASY), "w01-sun": (6, EASY)}),
}


@pytest.mark.parametrize("what", MAY_BE_DONE)
def test_what_stands_on_today_and_may_be_done_stays_as_it_is(what):
    own = {"force": True, "restore": True, "prune": True, "yes_to_many": True}
    changes = unsaid(MAY_BE_DONE[what], entry(7, 0, 5), **own)
    assert [one for one in changes.changes if one.key == TUE] == []
    assert conflicts(changes) == ["unsaid"]
    assert changes.unsaid


def test_today_as_it_is_wanted_is_no_conflict():
    changes = unsaid(Plan({"w01-tue": (0, EASY), "w01-thu": (3, EASY)}), entry(7, 0, 5))
    assert (kinds(changes), conflicts(changes), changes.unsaid) == ([(Create, "w01-thu")], [], True)


def test_nothing_that_was_there_is_put_on_today_while_nobody_says_what_is_done():
    today = Plan({"w01-tue": (0, EASY)})
    assert conflicts(unsaid(today, entry(7, 3, 5))) == ["unsaid"]
    assert conflicts(unsaid(today)) == ["unsaid"]
    # What was never there cannot be done.
    assert kinds(unsaid(today, of=THU)) == [(Create, "w01-tue")]


def test_days_after_today_are_changed_though_nobody_says_what_is_done():
    changes = unsaid(Plan({"w01-tue": (4, TEMPO)}), entry(7, 3, 5))
    assert (kinds(changes), conflicts(changes)) == ([(Update, "w01-tue"), (Move, "w01-tue")], [])


@pytest.mark.parametrize(("stood_on", "may_be"), [(-1, True), (-3, True), (-4, False), (-20, False)])
def test_what_may_have_been_run_lately_is_not_put_on_again_within_a_week_of_it(stood_on, may_be):
    changes = unsaid(Plan({"w01-tue": (3, EASY)}), entry(7, stood_on, 5))
    assert (conflicts(changes), kinds(changes)) == ((["unsaid"], []) if may_be else ([], [(Schedule, "w01-tue")]))


# --- Silence is not absence ----------------------------------------------------------------------


def test_a_workout_that_was_sent_is_waited_for():
    changes = compared(ONE, (), (), kept(TUE, None, at=JUST_NOW, status="creating"))
    assert changes.changes == ()
    assert conflicts(changes) == ["unknown"]
    assert changes.conflicts[0].wait == GRACE - 60
    assert "9 min" in changes.conflicts[0].help
    assert kinds(compared(ONE, (), (), kept(TUE, None, status="creating"))) == [(Create, "w01-tue")]


def test_a_workout_that_was_sent_is_taken_for_ours_when_it_shows():
    changes = compared(ONE, (held(TUE, 5),), (), kept(TUE, None, at=JUST_NOW, status="creating"))
    assert kinds(changes) == [(Schedule, "w01-tue")]
    assert changes.found[0].workout == 5


def test_a_workout_that_was_about_to_be_deleted_is_missed_by_nobody():
    record = kept(TUE, 5, stood(1, 7), status="deleting")
    assert kinds(compared(ONE, (), (), record)) == [(Create, "w01-tue")]
    there = compared(ONE, (held(TUE, 5),), (entry(7, 1, 5),), record)
    assert (there.unchanged, there.found[0].status) == (1, "there")


def test_a_workout_that_was_deleted_on_the_web_takes_its_entries_along_when_it_is_restored():
    record = kept(TUE, 5, stood(1, 7))
    entries = (entry(7, 1, 5), entry(8, -1, 5), entry(9, 0, 5, completed=True))
    changes = compared(ONE, (), entries, record, restore=True)
    assert kinds(changes) == [(Create, "w01-tue")]
    assert changes.changes[0].leaves == (CalendarPlace(7, day(1)),)


def test_an_entry_that_was_made_is_believed_within_the_grace():
    own = (held(TUE, 5),)
    assert compared(ONE, own, (), kept(TUE, 5, stood(1, 7, JUST_NOW))).unchanged == 1
    assert conflicts(compared(ONE, own, (), kept(TUE, 5, stood(1, 7)))) == ["taken off"]


def test_an_entry_that_was_asked_for_is_waited_for():
    own = (held(TUE, 5),)
    asked = compared(ONE, own, (), kept(TUE, 5, stood(1, None, JUST_NOW)))
    assert (asked.changes, conflicts(asked), asked.conflicts[0].wait) == ((), ["unknown"], GRACE - 60)
    assert kinds(compared(ONE, own, (), kept(TUE, 5, stood(1, None)))) == [(Schedule, "w01-tue")]
    shown = compared(ONE, own, (entry(7, 1, 5),), kept(TUE, 5, stood(1, None, JUST_NOW)))
    assert (shown.unchanged, shown.found[0].stood) == (1, (stood(1, 7, JUST_NOW),))


def test_an_entry_that_was_removed_is_not_seen_within_the_grace():
    own, shown = (held(TUE, 5),), (entry(7, 1, 5),)
    assert kinds(compared(ONE, own, shown, kept(TUE, 5), removed={7: JUST_NOW})) == [(Schedule, "w01-tue")]
    assert compared(ONE, own, shown, kept(TUE, 5), removed={7: LONG_AGO}).unchanged == 1


@pytest.mark.parametrize("when", [JUST_NOW, LONG_AGO])
def test_an_entry_that_was_about_to_be_removed_is_missed_by_nobody(when):
    record = kept(TUE, 5, stood(1, 7, when, leaving=True))
    assert kinds(compared(ONE, (held(TUE, 5),), (), record)) == [(Schedule, "w01-tue")]
    there = compared(ONE, (held(TUE, 5),), (entry(7, 1, 5),), record)
    assert (there.unchanged, there.found[0].stood[0].leaving) == (1, False)


def test_an_entry_that_shows_elsewhere_is_not_believed_to_be_where_it_was_put():
    changes = compared(ONE, (held(TUE, 5),), (entry(7, 3, 5),), kept(TUE, 5, stood(1, 7, JUST_NOW)))
    assert (changes.changes, conflicts(changes)) == ((), ["moved"])


def test_a_day_that_somebody_else_chose_before_we_chose_one_stays():
    changes = compared(ONE, (held(TUE, 5),), (entry(9, 3, 5),), kept(TUE, 5))
    assert (kinds(changes), notices(changes)) == ([(Schedule, "w01-tue")], ["also on"])


def test_a_clock_that_was_set_back_makes_nothing_fresh_for_ever():
    record = kept(TUE, 5, stood(1, 7, NOW + 2 * GRACE))
    assert conflicts(compared(ONE, (held(TUE, 5),), (), record)) == ["taken off"]


def test_a_move_knows_where_it_put_the_entry_though_it_does_not_show():
    plan = Plan({"w01-tue": (2, EASY)})
    changes = compared(plan, (held(TUE, 5),), (), kept(TUE, 5, stood(1, 7, JUST_NOW)))
    assert changes.changes == (Move(TUE, "Easy", "is on Tue 10 Feb 2026", 5, day(2), (CalendarPlace(7, day(1)),)),)


def test_what_was_asked_for_on_another_day_is_removed_once_it_shows():
    plan = Plan({"w01-tue": (2, EASY)})
    record = kept(TUE, 5, stood(1, None), stood(2, 8))
    changes = compared(plan, (held(TUE, 5),), (entry(7, 1, 5), entry(8, 2, 5)), record)
    assert kinds(changes) == [(Unschedule, "w01-tue")]
    assert changes.changes[0].leaves == (CalendarPlace(7, day(1)),)


@pytest.mark.parametrize("known", [7, 8])
def test_of_two_entries_on_the_day_the_eldest_stays_whichever_this_computer_knows(known):
    changes = compared(ONE, (held(TUE, 5),), (entry(7, 1, 5), entry(8, 1, 5)), kept(TUE, 5, stood(1, known)))
    assert changes.changes[0].leaves == (CalendarPlace(8, day(1)),)


# --- Others' things ------------------------------------------------------------------------------


def test_a_look_alike_is_told_and_left():
    changes = compared(ONE, (), (entry(7, 1, 99), entry(8, 2, 99)))
    assert kinds(changes) == [(Create, "w01-tue")]
    assert notices(changes) == ["look-alike"]
    again = compared(ONE, (held(TUE, 5),), (entry(7, 1, 99), entry(9, 1, 5)))
    assert (again.unchanged, notices(again)) == (1, ["look-alike"])


def test_two_sessions_of_one_name_on_a_day_are_no_look_alikes():
    plan = Plan({"w01-tue": (1, EASY), "w01-tue-2": (1, EASY)})
    both = (held(TUE, 5), held(key("half", "w01-tue-2"), 6))
    changes = compared(plan, both, (entry(7, 1, 5), entry(8, 1, 6)))
    assert (changes.unchanged, changes.notices) == (2, ())


def test_notes_without_room_for_the_mark_are_refused_before_anything_is_done():
    with pytest.raises(ValueError, match="notes"):
        compared(Plan({"w01-tue": (1, EASY), "w01-thu": (3, run_of(30, description="x" * 500))}))


def test_entries_that_somebody_else_rules_over_are_left():
    plan = Plan({"w01-tue": (2, EASY)})
    changes = compared(plan, (held(TUE, 5),), (entry(7, 1, 5, foreign=True),))
    assert kinds(changes) == [(Schedule, "w01-tue")]


def test_the_workout_in_the_ledger_is_ours_else_the_one_on_its_day_else_the_eldest():
    both = (held(TUE, 5), held(TUE, 6))

    def ours(entries: tuple[CalendarEntry, ...], *records: LedgerRecord) -> int | None:
        found = compared(ONE, both, entries, *records, restore=True)
        assert notices(found) == ["second copy"]
        return (*found.found, *records)[0].workout

    assert ours((entry(7, 1, 6),), kept(TUE, 5)) == 5
    assert ours((entry(7, 1, 5), entry(8, 3, 6))) == 5
    assert ours((entry(8, 3, 5),)) == 5
    assert ours(()) == 5


def test_what_the_ledger_knows_of_a_workout_that_is_gone_says_nothing_of_its_copy():
    changes = compared(ONE, (held(TUE, 6),), (entry(9, 3, 6),), kept(TUE, 5, stood(1, 7, JUST_NOW)))
    assert kinds(changes) == [(Move, "w01-tue")]
    assert changes.found[0].workout == 6


def test_another_plan_is_none_of_this_ones_business():
    other = key("marathon", "w01-tue")
    changes = compared(
        ONE, (held(TUE, 5), held(other, 6)), (entry(7, 1, 5), entry(8, 1, 6)), kept(other, 6), prune=True
    )
    assert (changes.changes, changes.unchanged) == ((), 1)


# --- A plan that moves ---------------------------------------------------------------------------


def test_what_moved_out_of_the_window_is_moved_along():
    plan = Plan({"w01-tue": (1, EASY), "w01-thu": (40, TEMPO)}, window=(0, 13))
    found, entries = (held(TUE, 5), held(THU, 6, TEMPO, hash=None)), (entry(7, 1, 5), entry(8, 3, 6))
    for records in ((), (kept(TUE, 5, stood(1, 7)), kept(THU, 6, stood(3, 8)))):
        changes = compared(plan, found, entries, *records)
        assert changes.changes == (
            Move(THU, "Tempo", "is on Thu 12 Feb 2026", 6, day(40), (CalendarPlace(8, day(3)),)),
        )


def test_what_stands_outside_the_window_stays():
    plan = Plan({"w01-tue": (1, EASY), "w01-thu": (40, TEMPO)}, window=(0, 13))
    entries = (entry(7, 1, 5), entry(8, 20, 6))
    assert compared(plan, (held(TUE, 5), held(THU, 6, TEMPO, hash=None)), entries).changes == ()


def test_what_moved_into_the_past_is_taken_off():
    plan = Plan({"w01-tue": (1, EASY), "w01-thu": (-4, TEMPO)}, window=(0, 13))
    entries = (entry(7, 1, 5), entry(8, 3, 6))
    changes = compared(plan, (held(TUE, 5), held(THU, 6, TEMPO, hash=None)), entries)
    assert kinds(changes) == [(Unschedule, "w01-thu")]


# --- Removing ------------------------------------------------------------------------------------


GONE = key("half", "w02-mon")


def gone(*entries: CalendarEntry, records: tuple[LedgerRecord, ...] = (), **options: Any) -> Changes:
    both = (held(TUE, 5), held(GONE, 6))
    return compared(ONE, both, (entry(7, 1, 5), *entries), *records, **options)


def test_what_is_no_longer_in_the_plan_is_told_and_removed_when_asked():
    changes = gone(entry(8, 7, 6))
    assert (changes.changes, notices(changes)) == ((), ["no longer in the plan"])
    changes = gone(entry(8, 7, 6), prune=True)
    assert changes.changes == (Delete(GONE, "Easy", "no longer in the plan", 6, (CalendarPlace(8, day(7)),)),)


def test_what_is_past_or_done_is_never_removed():
    for done in (entry(8, -1, 6), entry(8, 0, 6, completed=True)):
        changes = gone(done, prune=True)
        assert (changes.changes, changes.notices) == ((), ())
    assert gone(records=(kept(GONE, 6, stood(-1, 8)),), prune=True).changes == ()


def test_what_stands_ahead_again_after_it_was_done_leaves_the_calendar_alone():
    changes = gone(entry(8, -1, 6), entry(9, 7, 6), prune=True)
    assert changes.changes == (Unschedule(GONE, "Easy", "no longer in the plan", 6, (CalendarPlace(9, day(7)),)),)


def test_what_stands_nowhere_is_removed_unless_nobody_knows_whether_it_was_done():
    assert kinds(gone(prune=True)) == [(Delete, "w02-mon")]
    both = (held(TUE, 5), held(GONE, 6, created=None))
    changes = compared(ONE, both, (entry(7, 1, 5),), prune=True)
    assert (changes.changes, notices(changes)) == ((), ["no longer in the plan"])


def test_what_may_have_been_put_somewhere_a_moment_ago_is_waited_for():
    changes = gone(records=(kept(GONE, 6, stood(7, None, JUST_NOW)),), prune=True)
    assert (changes.changes, conflicts(changes)) == ((), ["unknown"])


def many(there: int, left: int) -> tuple[Plan, tuple[Held, ...], tuple[CalendarEntry, ...]]:
    """A plan that is left with so many of the sessions that are there."""
    keys = [key("half", f"s{number}") for number in range(there)]
    plan = Plan({one.slot: (1, EASY) for one in keys[:left]})
    found = tuple(held(one, number) for number, one in enumerate(keys, 1))
    return plan, found, tuple(entry(100 + one.workout, 1, one.workout) for one in found)


@pytest.mark.parametrize(
    ("there", "left", "allowed"), [(12, 7, True), (12, 6, False), (4, 2, True), (4, 1, False), (2, 1, True)]
)
def test_no_more_than_five_and_no_more_than_half_are_removed_unasked(there, left, allowed):
    plan, found, entries = many(there, left)
    changes = compared(plan, found, entries, prune=True)
    assert len(changes.changes) == (there - left if allowed else 0)
    assert conflicts(changes) == ([] if allowed else ["too many"] * (there - left))
    assert len(compared(plan, found, entries, prune=True, yes_to_many=True).changes) == there - left


def test_a_plan_without_workouts_removes_nothing():
    plan, found, entries = many(3, 0)
    changes = compared(plan, found, entries, prune=True, yes_to_many=True)
    assert (changes.changes, notices(changes)) == ((), ["empty plan"])


# --- Workouts by themselves ----------------------------------------------------------------------


LONE = key("", "easy")


def uploaded(
    on: int | None,
    held: tuple[Held, ...],
    entries: tuple[CalendarEntry, ...],
    *records: LedgerRecord,
    restore: bool = True,
) -> Changes:
    wanted = Wanted(LONE, None if on is None else day(on), EASY, "Easy")
    ledger: Any = Memory(*records)
    return compare([wanted], Snapshot(held, entries), ledger, SyncScope(), Options(TODAY, NOW, GRACE, restore=restore))


def test_a_workout_by_itself_is_put_on_a_day_and_stays_on_others():
    own, record = (held(LONE, 5),), kept(LONE, 5, stood(1, 7))
    assert uploaded(None, (), ()).changes == (Create(LONE, "Easy", "new", marked(EASY, LONE, TAG), None),)
    assert uploaded(None, own, ()).unchanged == 1
    assert kinds(uploaded(3, own, (entry(7, 1, 5),), record)) == [(Schedule, "easy")]
    assert uploaded(1, own, (entry(7, 1, 5), entry(8, 3, 5)), record).unchanged == 1
    assert uploaded(1, own, (entry(7, 1, 5), entry(8, 3, 5))).unchanged == 1
    assert kinds(uploaded(1, own, (), record)) == [(Schedule, "easy")]
    assert kinds(uploaded(3, own, (), record, restore=False)) == [(Schedule, "easy")]
    assert conflicts(uploaded(1, own, (), record, restore=False)) == ["taken off"]


def test_a_workout_without_its_mark_is_told_even_where_it_is_the_same():
    bare = held(TUE, 5, marker=None)
    changes = compared(ONE, (bare,), (entry(7, 1, 5),), kept(TUE, 5, stood(1, 7)))
    assert (changes.changes, conflicts(changes)) == ((), ["unmarked"])


def test_what_is_pruned_is_not_tidied_as_well():
    """Cut off between its entry and itself, while the calendar lags: the entry shows still and is of no day ahead."""
    plan = Plan({"w02-tue": (8, EASY), "w02-thu": (9, EASY)})
    found = (held(TUE, 5), held(key("half", "w02-tue"), 6), held(key("half", "w02-thu"), 7))
    entries = (entry(7, 1, 5), entry(8, 8, 6), entry(9, 9, 7))
    changes = compared(plan, found, entries, kept(TUE, 5), removed={7: JUST_NOW}, prune=True, tidy=True)
    assert kinds(changes) == [(Delete, "w01-tue")]


# --- Second copies -------------------------------------------------------------------------------


def test_a_copy_goes_only_once_the_list_shows_the_elder_too():
    """The elder is known by its number alone: another computer would take the younger for the only one."""
    both = (entry(7, 1, 5), entry(8, 1, 6))
    assert compared(ONE, (held(TUE, 5, listed=False), held(TUE, 6)), both, dedupe=True).changes == ()
    assert kinds(compared(ONE, (held(TUE, 5), held(TUE, 6)), both, dedupe=True)) == [(Delete, "w01-tue")]


def test_a_copy_goes_only_once_the_elder_is_as_it_is_wanted():
    both = (entry(7, 1, 5), entry(8, 1, 6))
    changes = compared(ONE, (held(TUE, 5, TEMPO), held(TUE, 6, TEMPO)), both, dedupe=True)
    assert (kinds(changes), notices(changes)) == ([(Update, "w01-tue")], ["second copy"])
