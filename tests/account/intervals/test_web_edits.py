"""What somebody changed on the web stays unless it is asked for to be overwritten; what is past or done stays."""

from __future__ import annotations

import copy

import pytest

from account.intervals.computer import Computer, Plan, Stranger, day, meant, run_of
from account.intervals.double import Double
from negsplit.account.changes import Done
from negsplit.account.intervals.content import content_hash
from negsplit.account.marker import unsigned

PLAN = Plan({"w01-tue": (1, run_of(30)), "w01-thu": (3, run_of(40, "Tempo")), "w02-sun": (13, run_of(90, "Long"))})
CHANGED = Plan(PLAN.sessions | {"w01-tue": (1, run_of(35))})
MOVED = Plan(PLAN.sessions | {"w01-tue": (2, run_of(30))})
WITHOUT = Plan({slot: session for slot, session in PLAN.sessions.items() if slot != "w01-tue"})
KEPT_AND_LOST = pytest.mark.parametrize("keeps_ledger", [True, False], ids=["kept", "lost"])


@pytest.fixture
def computer(double, tmp_path):
    computer = Computer(double(), tmp_path / "state")
    assert len(computer.sync(PLAN).writes) == 3
    computer.wait()
    return computer


def event(computer: Computer, slot: str = "w01-tue"):
    return computer.double.events.there[computer.number(slot)]


def test_both_marks_stand_apart_from_the_steps(computer):
    description = event(computer)["description"].splitlines()
    assert description[:2] == ["- 30m 5:30-5:00/km Pace", ""]
    assert description[2].startswith("[negsplit:half/w01-tue#")
    assert event(computer)["external_id"] == "negsplit:half/w01-tue"
    assert event(computer)["workout_doc"]["duration"] == 1800


@KEPT_AND_LOST
def test_nothing_is_done_again(computer, keeps_ledger):
    if not keeps_ledger:
        computer.lose_ledger()
    for _ in range(2):
        ran = computer.sync(PLAN)
        assert ran.at_rest
        assert ran.changes.unchanged == 3
        computer.wait()


@KEPT_AND_LOST
def test_line_ends_and_blanks_of_an_editor_are_no_change(computer, keeps_ledger):
    number = computer.number("w01-tue")
    written = event(computer)["description"]
    computer.double.events.edit(number, description=written.replace("\n", "  \r\n") + "\r\n\r\n")
    if not keeps_ledger:
        computer.lose_ledger()
    assert computer.sync(PLAN).at_rest
    assert computer.sync(CHANGED).signs == ["~ w01-tue"]


@KEPT_AND_LOST
@pytest.mark.parametrize("what", ["name", "description", "type"])
def test_edited_on_the_web(computer, keeps_ledger, what):
    new = {"name": "Mine", "type": "Walk", "description": "- 5m\n" + event(computer)["description"]}[what]
    computer.double.events.edit(computer.number("w01-tue"), **{what: new})
    if not keeps_ledger:
        computer.lose_ledger()
    before = copy.deepcopy(event(computer))
    for plan in (PLAN, CHANGED):
        ran = computer.sync(plan, prune=True, restore=True)
        assert ran.conflicts == [("edited", "w01-tue")]
        assert not ran.writes
    assert event(computer) == before
    assert computer.sync(WITHOUT, prune=True, yes_to_many=True).conflicts == [("edited", "w01-tue")]
    assert computer.sync(CHANGED, force=True).signs == ["~ w01-tue"]
    assert computer.holds(CHANGED) == meant(CHANGED)
    assert computer.sync(CHANGED).at_rest


@KEPT_AND_LOST
def test_its_mark_was_cut_away(computer, keeps_ledger):
    """The service's own id still says whose it is, also where the ledger is lost."""
    computer.double.events.edit(computer.number("w01-tue"), description=unsigned(event(computer)["description"]))
    if not keeps_ledger:
        computer.lose_ledger()
    ran = computer.sync(CHANGED, prune=True)
    assert ran.conflicts == [("unmarked", "w01-tue")]
    assert not ran.writes
    assert computer.sync(CHANGED, force=True).signs == ["~ w01-tue"]
    assert computer.holds(CHANGED) == meant(CHANGED)


def test_without_both_marks_the_ledger_knows_it_and_without_that_it_is_somebody_elses(computer):
    number = computer.number("w01-tue")
    computer.double.events.edit(number, description="- 30m", external_id=None)
    assert computer.sync(PLAN).conflicts == [("unmarked", "w01-tue")]
    computer.lose_ledger()
    ran = computer.sync(PLAN)
    assert ran.signs == ["+ w01-tue"]
    assert ("look-alike", "w01-tue") in ran.notices
    assert computer.double.events.there[number]["description"] == "- 30m"


@pytest.mark.parametrize("to", [2, 20, 80, -1])
@pytest.mark.parametrize("plan", [PLAN, MOVED], ids=["same", "moved"])
def test_moved_on_the_web(computer, to, plan):
    """Also to where the list of the plan's days does not show it, and into the past."""
    number = computer.number("w01-tue")
    computer.double.events.drag(number, day(to))
    if plan is MOVED and to == 2:
        assert computer.sync(plan).at_rest  # that is where the plan has it now
        return
    for _ in range(2):
        ran = computer.sync(plan, restore=True)
        assert ran.conflicts == [("moved", "w01-tue")]
        assert f"{day(to):%d %b}" in ran.changes.conflicts[0].reason
        assert not ran.writes
    assert computer.sync(plan, force=True).signs == [("> " if to > 0 else "+ ") + "w01-tue"]
    assert computer.sync(plan).at_rest
    there = {one["start_date_local"][:10] for one in computer.double.events.there.values() if one["name"] == "Easy"}
    assert there == {day(plan.sessions["w01-tue"][0]).isoformat()} | ({day(to).isoformat()} if to < 0 else set())


def test_moved_on_the_web_with_the_ledger_lost(computer):
    computer.double.events.drag(computer.number("w01-tue"), day(5))
    computer.lose_ledger()
    assert computer.sync(PLAN).signs == ["> w01-tue"]
    assert computer.holds(PLAN) == meant(PLAN)


def test_dragged_far_away_with_the_ledger_lost_it_is_not_made_again(computer):
    number = computer.number("w01-tue")
    computer.double.events.drag(number, day(300))
    computer.lose_ledger()
    assert computer.sync(PLAN).signs == ["> w01-tue"]
    assert computer.number("w01-tue") == number
    computer.double.log.clear()
    assert computer.sync(PLAN).at_rest
    assert len([one for one in computer.double.log.requests if one.path.endswith("/events")]) == 1


def test_where_it_stands_otherwise_than_it_was_put_is_said(computer):
    computer.double.events.late = True
    ran = computer.sync(Plan(MOVED.sessions | {"w01-wed": (2, run_of(20))}))
    assert [one.differences for one in ran.made] == [(f"it is on {day(3):%a %d %b %Y}",)] * 2


@pytest.mark.parametrize(
    ("field", "kept", "said"),
    [
        ("name", "Other", "its name"),
        ("type", "Ride", "its sport"),
        ("target", "AUTO", "what it goes by"),
        ("category", "NOTE", "what kind of event it is"),
        ("external_id", None, "its external id"),
        ("description", "- 30m", "its text, the mark at the end of its notes"),
    ],
)
def test_what_the_service_keeps_otherwise_than_it_was_sent_is_said(double, tmp_path, field, kept, said):
    computer = Computer(double(), tmp_path / "state")

    def keeping(request):
        def asked(method, path, **how):
            answer = request(method, path, **how)
            return answer | {field: kept} if method == "POST" else answer

        return asked

    computer.around = keeping
    (made,) = computer.sync(Plan({"w01-tue": PLAN.sessions["w01-tue"]})).made
    assert ", ".join(made.differences) == said


@KEPT_AND_LOST
def test_deleted_on_the_web(computer, keeps_ledger):
    computer.double.events.remove(computer.number("w01-tue"))
    if keeps_ledger:
        for _ in range(2):
            ran = computer.sync(PLAN, force=True, prune=True)
            assert ran.conflicts == [("deleted", "w01-tue")]
            assert not ran.writes
        assert computer.sync(PLAN, restore=True).signs == ["+ w01-tue"]
    else:
        computer.lose_ledger()
        assert computer.sync(PLAN).signs == ["+ w01-tue"]
    assert computer.holds(PLAN) == meant(PLAN)
    assert computer.sync(PLAN).at_rest


@KEPT_AND_LOST
@pytest.mark.parametrize("plan", [PLAN, CHANGED, MOVED, WITHOUT], ids=["same", "changed", "moved", "without"])
def test_what_is_done_is_never_touched(computer, keeps_ledger, plan):
    number = computer.number("w01-tue")
    computer.double.events.run(number)
    if not keeps_ledger:
        computer.lose_ledger()
    before = copy.deepcopy(event(computer))
    for today in (0, 1, 4):
        computer.today = day(today)
        ran = computer.sync(plan, prune=True, force=True, restore=True, tidy=True, dedupe=True, yes_to_many=True)
        assert not [one for one in ran.signs if one.endswith("w01-tue")]
        assert computer.double.events.there[number] == before


def test_a_plan_that_moves_by_weeks_is_run_again(computer):
    number = computer.number("w01-tue")
    computer.double.events.run(number)
    computer.today = day(5)
    again = Plan(PLAN.sessions | {"w01-tue": (15, run_of(30))}, window=(5, 27))
    assert computer.sync(again).signs == ["+ w01-tue"]
    assert len(computer.numbers("w01-tue")) == 2
    computer.wait()
    assert computer.sync(again).at_rest
    computer.lose_ledger()
    assert computer.sync(again).at_rest


def test_what_was_not_run_stays_in_the_past_and_is_tidied_when_asked(computer):
    number = computer.number("w01-tue")
    computer.today = day(2)
    assert computer.sync(PLAN).notices == [("past", "w01-tue")]
    assert computer.sync(PLAN, tidy=True).signs == ["- w01-tue"]
    assert number not in computer.double.events.there
    assert computer.sync(PLAN, tidy=True).at_rest


def test_what_was_not_run_is_made_again_where_the_plan_puts_it_and_stays_in_the_past(computer):
    number = computer.number("w01-tue")
    computer.today = day(2)
    again = Plan(PLAN.sessions | {"w01-tue": (4, run_of(30))})
    ran = computer.sync(again)
    assert (ran.signs, ran.conflicts) == (["+ w01-tue"], [])
    assert ran.changes.changes[0].reason == "new, beside the one on Tue 10 Feb 2026"
    assert number in computer.double.events.there
    computer.wait()
    assert computer.sync(again).at_rest


@pytest.mark.parametrize("keeps_id", [True, False])
@KEPT_AND_LOST
def test_a_copy_that_a_person_made_stays(tmp_path, keeps_id, keeps_ledger):
    with Double(copies_keep_id=keeps_id) as double:
        computer = Computer(double, tmp_path / "state")
        computer.sync(PLAN)
        computer.wait()
        ours = computer.number("w01-tue")
        copied = double.events.copy(ours, day(8))
        before = copy.deepcopy(double.events.there[copied])
        if not keeps_ledger:
            computer.lose_ledger()
        ran = computer.sync(PLAN, prune=True, force=True, restore=True)
        assert ran.notices == [("second copy", "w01-tue")]
        assert ran.at_rest
        assert computer.sync(CHANGED).signs == ["~ w01-tue"]
        ran = computer.sync(WITHOUT, prune=True, yes_to_many=True, dedupe=True)
        assert ran.conflicts == [("second copy", "w01-tue")]
        assert double.events.there[copied] == before
        assert content_hash(double.events.there[ours]) == content_hash(run_of(35))


def test_two_computers_at_once_leave_one_after_dedupe(double, tmp_path):
    service = double(upserts=False)
    one, other = Computer(service, tmp_path / "one"), Computer(service, tmp_path / "other")
    one.sync(PLAN)
    for event in list(service.events.there.values()):
        service.events.copy(event["id"])  # as if the other had looked before and written after
    assert [kind for kind, _ in other.sync(PLAN).notices] == ["second copy"] * 3
    assert other.sync(PLAN, dedupe=True).signs == ["- w01-tue", "- w01-thu", "- w02-sun"]
    for computer in (one, other):
        assert computer.sync(PLAN).at_rest
    assert one.holds(PLAN) == meant(PLAN)


EDITS_MEANWHILE = {
    "edited": lambda events, number: events.edit(number, name="Mine"),
    "unmarked": lambda events, number: events.edit(number, description="- 5m"),
    "moved": lambda events, number: events.drag(number, day(5)),
    "done": lambda events, number: events.run(number),
}


@pytest.mark.parametrize("edit", EDITS_MEANWHILE.values(), ids=EDITS_MEANWHILE)
@pytest.mark.parametrize("plan", [CHANGED, MOVED, WITHOUT], ids=["update", "move", "delete"])
def test_what_somebody_does_while_a_runner_is_asked_stays(computer, plan, edit):
    number = computer.number("w01-tue")
    there = computer.double.events.there
    left = []

    def asking():
        edit(computer.double.events, number)
        left.append(copy.deepcopy(there[number]))

    computer.asking = asking
    ran = computer.sync(plan, prune=True, yes_to_many=True)
    assert [str(one.error) for one in ran.made] == ["somebody changed it in the account meanwhile"]
    assert (ran.writes, there[number]) == ([], left[0])


def test_what_is_updated_and_moved_in_one_run_was_changed_by_nobody_else(computer):
    ran = computer.sync(Plan(PLAN.sessions | {"w01-tue": (2, run_of(35))}))
    assert ran.signs == ["~ w01-tue", "> w01-tue"]
    assert (ran.error, len(ran.writes)) == (None, 2)


def test_what_is_deleted_while_a_runner_is_asked_is_gone(computer):
    number = computer.number("w01-tue")
    computer.asking = lambda: computer.double.events.remove(number)
    ran = computer.sync(WITHOUT, prune=True)
    assert [type(one) for one in ran.made] == [Done]
    computer.asking = lambda: None
    assert computer.sync(WITHOUT, prune=True).at_rest


def test_only_a_cure_that_helps_is_named_for_a_copy_of_what_is_no_longer_in_the_plan(double, tmp_path):
    computer = Computer(double(), tmp_path / "state")
    computer.sync(PLAN)
    copied = computer.double.events.copy(computer.number("w01-tue"))
    (conflict,) = computer.sync(WITHOUT, prune=True).changes.conflicts
    assert conflict.help.startswith("`--dedupe` removes the later one")
    computer.double.events.drag(copied, day(8))
    for dedupe in (False, True):
        (conflict,) = computer.sync(WITHOUT, prune=True, dedupe=dedupe).changes.conflicts
        assert conflict.help == "delete one of them on the web"


def test_many_are_not_removed_unasked(computer):
    empty = Plan({"w02-sun": PLAN.sessions["w02-sun"]})
    assert computer.sync(empty).notices[:1] == [("no longer in the plan", "w01-thu")]
    ran = computer.sync(empty, prune=True)
    assert ran.conflicts == [("too many", "w01-thu"), ("too many", "w01-tue")]
    assert not ran.writes
    assert computer.sync(Plan({}), prune=True, yes_to_many=True).notices == [("empty plan", "w01-thu")]
    assert computer.sync(empty, prune=True, yes_to_many=True).signs == ["- w01-thu", "- w01-tue"]


def test_what_is_in_neither_plan_nor_account_is_asked_for_once_more_and_forgotten(computer):
    number = computer.number("w01-tue")
    computer.double.events.remove(number)
    asked = []
    for _ in range(2):
        computer.double.log.clear()
        assert computer.sync(WITHOUT, prune=True).at_rest
        asked.append(f"GET /api/v1/athlete/0/events/{number}" in computer.double.log.said)
    assert asked == [True, False]
    assert computer.sync(PLAN).signs == ["+ w01-tue"]


@pytest.mark.parametrize("bound", ["plan_applied", "structure_read_only", "athlete_cannot_edit"])
def test_what_a_coach_or_a_plan_of_the_service_has_a_hand_in_is_not_touched(computer, bound):
    computer.double.events.there[computer.number("w01-tue")][bound] = "2026-02-01T00:00:00"
    for plan in (CHANGED, MOVED):
        ran = computer.sync(plan, force=True)
        assert ran.conflicts == [("edited", "w01-tue")]
        assert not ran.writes
    ran = computer.sync(WITHOUT, prune=True, yes_to_many=True, force=True)
    assert (ran.signs, ran.notices) == ([], [("no longer in the plan", "w01-tue")])
    assert "does not let it be changed: it stays" in ran.changes.notices[0].reason
    copied = computer.double.events.copy(computer.number("w01-thu"))
    computer.double.events.there[copied][bound] = "2026-02-01T00:00:00"
    assert computer.sync(PLAN, dedupe=True).at_rest
    computer.today = day(2)
    assert computer.sync(PLAN, tidy=True, force=True).at_rest


def test_what_is_no_longer_in_the_plan_and_has_no_mark_stays_and_is_said(computer):
    computer.double.events.edit(computer.number("w01-tue"), description="- 30m")
    ran = computer.sync(WITHOUT, prune=True, force=True)
    assert (ran.signs, ran.notices) == ([], [("no longer in the plan", "w01-tue")])
    assert "its mark was taken away on the web: it stays" in ran.changes.notices[0].reason


def test_a_mark_of_another_account_is_somebody_elses(computer):
    text = event(computer)["description"].rsplit("@", 1)[0] + "@0000]"
    theirs = Stranger(computer.double, "Easy", day(2), description=text)
    others = [Stranger(computer.double, "Easy", day(at), description=text) for at in range(3, 9)]
    alone = Plan({"w02-sun": PLAN.sessions["w02-sun"]})
    assert "2 of 3 workouts" in computer.sync(alone, prune=True).changes.conflicts[0].reason
    assert all(one.untouched for one in others)
    assert computer.sync(CHANGED, prune=True, force=True, dedupe=True).signs == ["~ w01-tue"]
    assert theirs.untouched


def test_what_the_service_reads_otherwise_is_said_when_it_is_written_and_ever_after(computer):
    """The trap of minutes: a text that says one thing and is parsed as another."""
    wrong = run_of(30) | {"description": "- 30m 5:00/km Pace 145"}
    plan = Plan(PLAN.sessions | {"w01-tue": (1, wrong)})
    ran = computer.sync(plan)
    assert [one.differences for one in ran.made] == [("1945 s instead of 30 min",)]
    assert computer.sync(plan).notices == [("rewritten", "w01-tue")]


def test_another_athlete_s_ledger_is_not_used(computer):
    from negsplit.state import StateError

    computer.double.athlete["id"] = "i9"
    with pytest.raises(StateError, match="another account"):
        computer.sync(PLAN)
