"""``negsplit plan move`` and ``swap``: what a runner sees, what stands in the file, and what becomes of it."""

from pathlib import Path

import pytest

from negsplit.formats.fit.read import read_schedule
from strategies.spring_plan import ATHLETE, contents, events, manifest, workouts

FILE = Path("spring.plan.yaml")


def edit(cli, command, *arguments):
    return cli("plan", command, FILE, *arguments, *ATHLETE)


def test_a_session_is_moved_and_shown_before_and_after(plan, cli):
    text = plan().read_bytes()
    run = edit(cli, "move", "w02-tue", "sat")
    assert (run.status, run.err) == (0, "")
    assert run.out.splitlines() == [
        "w02-tue: Tue 8 Dec 2026 -> Sat 12 Dec 2026",
        "",
        "Week 2 before",
        "  w02-mon  Mon 7 Dec  Rest: sleep",
        "  w02-tue  Tue 8 Dec  Tempo",
        "  w02-wed  Wed 9 Dec  Cross-training: 45 min bike",
        "  w02-thu  Thu 10 Dec  Run 35 min 6:14-5:33/km",
        "",
        "Week 2 after",
        "  w02-mon  Mon 7 Dec  Rest: sleep",
        "  w02-wed  Wed 9 Dec  Cross-training: 45 min bike",
        "  w02-thu  Thu 10 Dec  Run 35 min 6:14-5:33/km",
        "  w02-tue  Sat 12 Dec  Tempo",
        "",
        "spring.plan.yaml is changed",
    ]
    assert FILE.read_bytes() == text + b"moves:\n  w02-tue: sat\n"


def test_back_and_forth_gives_the_old_bytes(plan, cli):
    text = plan().read_bytes()
    for day in ("2026-12-19", "tue"):
        assert edit(cli, "move", "W02-Tue", day, "-q")[:2] == (0, "")
    assert FILE.read_bytes() == text
    for _ in range(2):
        assert edit(cli, "swap", "w02-tue", "w03-thu").status == 0
    assert FILE.read_bytes() == text


def test_two_sessions_change_their_days(plan, cli):
    plan()
    run = edit(cli, "swap", "w01-tue", "w02-thu")
    assert run.out.splitlines()[:3] == [
        "w01-tue: Tue 1 Dec 2026 -> Thu 10 Dec 2026",
        "w02-thu: Thu 10 Dec 2026 -> Tue 1 Dec 2026",
        "",
    ]
    assert [line for line in run.out.splitlines() if line.startswith("Week")] == [
        *("Week 1 before", "Week 2 before", "Week 1 after", "Week 2 after")
    ]
    assert FILE.read_text().endswith("moves:\n  w01-tue: 2026-12-10\n  w02-thu: 2026-12-01\n")


def test_a_dry_run_shows_the_difference_and_writes_nothing(plan, cli):
    text = plan().read_bytes()
    run = edit(cli, "move", "w02-tue", "sat", "--dry-run")
    assert run.status == 0
    assert run.out.endswith("+moves:\n+  w02-tue: sat\nnothing is written: leave out --dry-run to do it\n")
    assert FILE.read_bytes() == text


def test_what_rules_newly_warn_of_is_said(plan, cli):
    plan(("run $total @ easy", "15 min @ easy, 20 min @ threshold"), ("    with: {total: 30 min -> 45 min}\n", ""))
    assert edit(cli, "move", "w02-thu", "fri", "--dry-run").codes == []
    assert edit(cli, "move", "w02-thu", "wed").codes == ["PL10c"]


@pytest.mark.parametrize(
    ("arguments", "code", "words"),
    [
        (("move", "w02-teu", "sat"), "unknown-name", "did you mean `w02-tue`?"),
        (("move", "long run", "sat"), "unknown-name", "`negsplit plan show` prints the key of each session: `w03-tue`"),
        (("move", "tue", "sat"), "unknown-name", "`negsplit plan show` prints the key of each session: `w03-tue`"),
        (("move", "w02-tue", "tue"), "no-effect", "w02-tue is on Tue 8 Dec 2026 already"),
        (("move", "w02-tue", "2027-02-13"), "out-of-bounds", "choose a day from 2026-11-30 to 2026-12-27"),
        (("swap", "w02-tue", "w02-tue"), "no-effect", "w02-tue and w02-tue are both on Tue 8 Dec 2026"),
    ],
)
def test_what_cannot_be_done_changes_nothing(plan, cli, arguments, code, words):
    text = plan().read_bytes()
    run = edit(cli, *arguments)
    assert (run.status, run.out, run.codes) == (1, "", [code])
    assert words in run.err
    assert FILE.read_bytes() == text


def test_a_day_that_is_none_is_wrong_usage(plan, cli):
    plan()
    run = edit(cli, "move", "w02-tue", "satt")
    assert run.status == 2
    assert "did you mean `sat`?" in run.err


def test_the_race_stays(plan, cli):
    plan(("start: 2026-11-30", "race: 2026-12-27"))
    run = edit(cli, "move", "w04-sun", "sat")
    assert (run.status, run.codes) == (1, ["date"])
    assert "help: change the day under `race` instead" in run.err
    assert edit(cli, "swap", "w04-sun", "w04-tue").status == 1


def test_what_a_down_week_leaves_out_is_not_moved(plan, cli):
    plan(("weeks: 4\nsessions", "weeks: 4\ndown_weeks: {at: 2, drop_sessions: 1}\nsessions"))
    run = edit(cli, "move", "w02-tue", "sat")
    assert (run.status, run.codes) == (1, ["no-effect"])
    assert "w02-tue is not run: its down week leaves it out" in run.err


def test_a_plan_with_mistakes_says_them_first(plan, write, cli):
    plan(("id: spring\n", "id: spring\nnots: none\n"))
    run = edit(cli, "move", "w02-tue", "sat")
    assert (run.status, run.out, run.codes) == (1, "", ["unknown-key"])
    write("a.workout.yaml")
    run = cli("plan", "move", "a.workout.yaml", "w02-tue", "sat")
    assert (run.status, run.codes) == (1, ["not-a-plan"])
    assert cli("plan", "move", "none.plan.yaml", "w02-tue", "sat").codes == ["unreadable"]


def test_moves_that_another_hangs_on_are_left_alone(plan, cli):
    plan(("id: spring\n", "id: spring\nmoves: {w01-tue: &later fri, w02-tue: *later}\n"))
    text = FILE.read_bytes()
    run = edit(cli, "move", "w01-tue", "sat")
    assert (run.status, run.codes) == (1, ["wrong-form"])
    assert "`moves` cannot be written into spring.plan.yaml: something else in the file hangs on" in run.err
    assert "help: write it by hand: `moves: {w01-tue: 2026-12-05}`" in run.err
    assert FILE.read_bytes() == text


def test_a_file_that_nobody_may_write_is_left(plan, cli):
    path = plan()
    text = path.read_bytes()
    path.chmod(0o444)
    run = edit(cli, "move", "w02-tue", "sat")
    assert (run.status, run.codes) == (1, ["unwritable"])
    assert path.read_bytes() == text


# --- What becomes of it --------------------------------------------------------------------------


def test_the_folder_has_the_session_on_its_new_day_and_nothing_else_changes(plan, cli):
    plan()
    cli("compile", FILE, *ATHLETE)
    before, scheduled = contents("spring"), read_schedule(contents("spring")["SCHEDULE.FIT"])
    edit(cli, "move", "w02-tue", "2026-12-19")
    cli("compile", FILE, *ATHLETE)
    after = contents("spring")
    assert before.keys() - after.keys() == {"2026-12-08-w02-tue.fit"}
    assert after.keys() - before.keys() == {"2026-12-19-w02-tue.fit"}
    assert {name for name in workouts("spring") if after[name] != before.get(name)} == {"2026-12-19-w02-tue.fit"}
    assert len(read_schedule(after["SCHEDULE.FIT"])) == len(scheduled)
    assert [one["workout"] for one in manifest()["files"] if one["key"] == "w02-tue"] == ["W03 Sat Tempo"]
    assert str(events()["spring-w02-tue@negsplit"]["DTSTART"].dt)[:10] == "2026-12-19"


def test_weeks_that_are_compiled_alone_have_what_lies_in_them(plan, cli):
    plan(("weeks: 4\n", "weeks: 3\n"))
    cli("compile", FILE, *ATHLETE)
    edit(cli, "move", "w02-tue", "2026-12-19", "-q")
    cli("compile", FILE, "--weeks", "3", *ATHLETE)
    assert [name[5:14] for name in workouts("spring") if "w02" in name] == ["12-10-w02", "12-19-w02"]
    whole = contents("spring")
    cli("compile", FILE, "--weeks", "2", *ATHLETE)
    assert [name[5:14] for name in workouts("spring") if "w02" in name] == ["12-10-w02", "12-19-w02"]
    assert {name: whole[name] for name in workouts("spring")} == {
        name: data for name, data in contents("spring").items() if name in workouts("spring")
    }
    assert len(manifest()["files"]) == len(workouts("spring"))


def test_a_calendar_online_has_the_same_workout_on_another_day(service, plan, cli, write, stop_clock):
    pytest.importorskip("garminconnect", reason="the optional `account` dependencies are not installed")
    stop_clock("2026-11-30 08:00")
    write("athlete.yaml", "athlete: Me\nraces: 5 km in 22:30\n")
    words = f"{service.sessions.email}\n{service.sessions.password}\n".encode()
    assert cli("account", "login", stdin=words).status == 0
    plan()
    cli("sync", FILE, "--yes")
    numbers = set(service.library.workouts)
    entry = {one["workoutId"]: one["date"] for one in service.calendar.entries.values()}
    assert cli("plan", "move", FILE, "w01-tue", "sat").status == 0
    run = cli("sync", FILE, "--yes")
    assert (run.status, run.err) == (0, "")
    assert set(service.library.workouts) == numbers
    moved = {one["workoutId"]: one["date"] for one in service.calendar.entries.values()}
    assert len(service.calendar.entries) == len(entry)
    assert sorted((entry[one], moved[one]) for one in numbers if entry[one] != moved[one]) == [
        ("2026-12-01", "2026-12-05")
    ]
