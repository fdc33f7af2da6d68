"""``negsplit sync``: what a runner sees and what the account holds; the engine's own proof is in tests/account."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time

import pytest

from negsplit.account.marker import read_marker
from negsplit.state import StateError

pytest.importorskip("garminconnect", reason="the optional `account` dependencies are not installed")


@pytest.fixture(autouse=True)
def logged_in(log_in, write, stop_clock):
    """A runner on the first day of the spring plan."""
    stop_clock("2026-11-30 08:00")
    write("athlete.yaml", "athlete: Me\nraces: 5 km in 22:30\n")
    log_in()


def held(service):
    return list(service.library.workouts.values())


def days(service):
    """The days of the calendar and what is on them."""
    names = {one["workoutId"]: one["workoutName"] for one in held(service)}
    return sorted((entry["date"], names[entry["workoutId"]]) for entry in service.calendar.entries.values())


def sync(cli, *arguments, stdin=b""):
    return cli("sync", "spring.plan.yaml", *arguments, stdin=stdin)


def test_this_week_and_the_next(service, plan, cli):
    plan()
    run = sync(cli, "--yes")
    assert (run.status, run.err) == (0, "")
    heading, off, *lines = run.out.splitlines()
    assert heading == "Spring half, 2026-11-30 to 2026-12-13"
    assert "left out: " in off
    assert all(line.startswith("+ W0") for line in lines[:-2])
    assert lines[-2:] == [f"{len(lines) - 2} to create", f"{len(lines) - 2} changes done"]
    assert len(held(service)) == len(days(service)) == len(lines) - 2
    assert {day for day, _ in days(service)} <= {f"2026-12-{day:02}" for day in range(1, 14)}
    assert {read_marker(one["description"]).key.plan for one in held(service)} == {"spring"}


def test_again_writes_nothing(service, plan, cli):
    plan()
    sync(cli, "--yes")
    service.log.requests.clear()
    run = sync(cli, "--yes")
    assert run.status == 0
    assert run.out.splitlines()[-1].endswith(" unchanged")
    assert service.log.writes == []


def test_a_memory_that_is_lost_is_made_again(service, plan, cli, state_folder):
    plan()
    sync(cli, "--yes")
    (ledger,) = state_folder.glob("*ledger.json")
    ledger.unlink()
    run = sync(cli)
    assert (run.status, run.out.splitlines()[-1], run.err) == (0, "4 unchanged", "")
    assert len(json.loads(ledger.read_text())["workouts"]) == 4


def test_a_dry_run_writes_nothing(service, plan, cli, state_folder):
    plan()
    run = sync(cli, "--dry-run")
    assert run.status == 0
    assert " to create" in run.out.splitlines()[-1]
    assert service.log.writes == []
    assert not list(state_folder.glob("*ledger.json"))


@pytest.mark.parametrize(("weeks", "many"), [(10, 30), (11, 33)])
def test_more_days_than_watches_show_are_spoken_of(service, write, cli, weeks, many):
    """They show 30: the thirty-first waits until a day is over."""
    sessions = "".join(f"  - {{on: {day}, steps: 10 min}}\n" for day in ("tue", "thu", "sun"))
    write("long.plan.yaml", f"plan: Long\nstart: 2026-11-30\nweeks: {weeks}\nsessions:\n{sessions}")
    last = ("--from", "2026-11-30", "--to", "2027-02-14")
    run = cli("sync", "long.plan.yaml", "--dry-run", *last)
    assert run.status == 0
    assert run.out.endswith(f"\n{many} to create\n")
    assert run.codes == (["watch-schedule"] if many > 30 else [])
    assert (f"{many} workouts are on these days" in run.err) is (many > 30)
    assert cli("sync", "long.plan.yaml", "--dry-run", "--week", "1").codes == []


@pytest.mark.parametrize("answer", [b"n\n", b"", b"\n"])
def test_without_a_yes_nothing_is_done(service, plan, cli, answer):
    plan()
    run = sync(cli, stdin=answer)
    assert run.status == 1
    assert "changes? [y/N]" in run.err
    assert "nothing was done" in run.err
    assert service.log.writes == []


def test_nobody_is_asked_about_what_was_not_shown(service, plan, cli):
    plan()
    asked = sync(cli, "-q", stdin=b"n\n")
    assert asked.out.count("\n+ W0") + asked.out.startswith("+ W0") == len(asked.out.splitlines()) - 1
    assert "Do these" in asked.err
    for option in ("--dry-run", "--yes"):
        assert sync(cli, "-q", option).out == ""
    assert sync(cli, "-q").out == ""


def test_a_yes_does_it(service, plan, cli):
    plan()
    assert sync(cli, stdin=b"yes\n").status == 0
    assert held(service)


def test_in_the_middle_of_a_week_it_is_that_week_and_the_next(service, plan, cli, stop_clock):
    stop_clock("2026-12-02 23:59:59")
    plan()
    run = sync(cli, "--yes")
    assert run.out.startswith("Spring half, 2026-11-30 to 2026-12-13\n")
    assert "\n  W01 Tue Tempo: Tue 01 Dec 2026 is over\n" in run.out
    assert [day for day, _ in days(service)] == ["2026-12-03", "2026-12-08", "2026-12-10"]


@pytest.mark.parametrize(
    ("arguments", "window"),
    [
        (["--week", "1"], "2026-11-30 to 2026-12-06"),
        (["--week", "3"], "2026-12-14 to 2026-12-20"),
        (["--from", "2026-12-02", "--to", "2026-12-04"], "2026-12-02 to 2026-12-04"),
        (["--from", "2026-12-20"], "2026-12-20 to 2026-12-27"),
        (["--to", "2026-12-03"], "2026-11-30 to 2026-12-03"),
    ],
)
def test_days_that_are_asked_for(service, plan, cli, arguments, window):
    plan()
    run = sync(cli, "--yes", *arguments)
    assert run.status == 0, run.err
    assert run.out.startswith(f"Spring half, {window}\n")
    first, _, last = window.partition(" to ")
    assert all(first <= day <= last for day, _ in days(service))


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (["--week", "9"], "the plan has no week 9: it has 1 to 4"),
        (["--week", "1", "--from", "2026-12-01"], "not both"),
        (["--from", "soon"], "write for example `2026-12-06`"),
        (["--from", "2026-12-03", "--to", "2026-12-01"], "2026-12-01 is before 2026-12-03"),
        (["--to", "2026-11-29"], "2026-11-29 is before today, 2026-11-30"),
        (["--to", "2062-12-01"], "--to: 2062-12-01 is more than a year after the plan, which ends on 2026-12-27"),
        (["--from", "9999-12-30"], "--from: 9999-12-30 is more than a year after the plan"),
    ],
)
def test_what_is_wrong_with_the_command_line(service, plan, cli, arguments, words):
    plan()
    run = sync(cli, *arguments)
    assert run.status == 2
    assert words in run.err
    assert service.log.requests == []


def test_a_workout_is_no_plan(service, write, cli):
    write("easy.workout.yaml")
    run = cli("sync", "easy.workout.yaml")
    assert run.status == 2
    assert "`negsplit upload easy.workout.yaml`" in run.err


def test_an_athlete_is_no_plan(service, cli):
    run = cli("sync", "athlete.yaml")
    assert run.status == 2
    assert "`--athlete athlete.yaml` goes with a plan" in run.err


@pytest.mark.parametrize(("text", "code"), [("", "empty-document"), ("hello\n", "not-a-document")])
def test_what_is_neither_is_told_what_it_is(service, write, cli, text, code):
    write("odd.yaml", text)
    run = cli("sync", "odd.yaml")
    assert run.status == 1
    assert run.codes == [code]
    assert "upload" not in run.err


@pytest.mark.parametrize(
    ("days", "words"),
    [
        (1, "left out: 1 rest day\n"),
        (7, "left out: 1 rest day, 1 day of cross-training\n"),
        (21, "left out: 3 rest days, 1 day of cross-training, 1 note, 1 race\n"),
    ],
)
def test_what_is_left_out_is_counted(service, plan, cli, days, words):
    plan()
    run = sync(cli, "--dry-run", "--to", f"2026-12-{days + 6:02}", "--from", "2026-12-07")
    assert words in run.out


def test_a_plan_with_mistakes_asks_the_account_nothing(service, plan, cli):
    plan(("weeks: 4", "weeks: four"))
    assert sync(cli, "--yes").status == 1
    assert service.log.requests == []


def test_outside_the_plan_it_is_said_where_the_plan_is(service, plan, cli, stop_clock):
    stop_clock("2026-10-01 08:00")
    plan()
    run = sync(cli, "--yes")
    assert run.status == 0
    assert "the plan has nothing on these days: it runs from 2026-11-30 to 2026-12-27\nnothing to do\n" in run.out
    assert held(service) == []


def test_a_plan_that_moves_takes_its_workouts_along(service, plan, cli):
    plan()
    sync(cli, "--yes")
    before = {one["workoutId"] for one in held(service)}
    plan(("start: 2026-11-30", "start: 2026-12-07"))
    run = sync(cli, "--yes")
    assert run.status == 0, run.err
    assert "> W01 " in run.out
    assert {one["workoutId"] for one in held(service)} == before
    assert all(day >= "2026-12-07" for day, _ in days(service))
    assert len(days(service)) == len(before)
    service.log.requests.clear()
    sync(cli, "--yes")
    assert service.log.writes == []


def test_what_the_plan_no_longer_has_goes_only_when_pruned(service, plan, cli):
    plan()
    sync(cli, "--yes")
    count = len(held(service))
    smaller = plan(("  - {weeks: 2, on: wed, cross: 45 min bike}\n", ""), ("on: tue", "on: mon"))
    run = sync(cli, "--yes", "--dry-run")
    assert smaller
    assert "no longer in the plan; `--prune` removes it" in run.out
    run = sync(cli, "--yes", "--prune")
    assert run.status == 0, run.err
    assert "\n- W0" in run.out
    assert len(held(service)) == count


@pytest.mark.parametrize("quiet", [True, False])
def test_what_is_done_is_counted_on_a_bar(service, plan, cli, monkeypatch, quiet):
    plan()
    bars = []

    def progress(items, *, quiet):
        bars.append((len(items), quiet))
        yield from items

    monkeypatch.setattr("negsplit.cli.console.progress", progress)
    assert sync(cli, "--yes", *(["-q"] if quiet else [])).status == 0
    assert bars == [(4, quiet)]


def test_what_was_deleted_on_the_web_is_restored_only_when_asked(service, plan, cli):
    plan()
    sync(cli, "--yes")
    number = held(service)[0]["workoutId"]
    service.library.remove(number)
    service.calendar.forget(number)
    run = sync(cli, "--yes")
    assert run.status == 1
    assert "! W01 Tue Tempo: it was deleted on the web; `--restore` creates it again\n" in run.out
    assert len(held(service)) == 3
    assert sync(cli, "--yes", "--restore").status == 0
    assert len(held(service)) == 4


def test_most_of_a_plan_is_pruned_only_by_a_yes(service, plan, cli):
    plan()
    sync(cli, "--yes")
    plan(("on: tue", "on: mon"), ("on: thu", "on: sat"))
    run = sync(cli, "--prune", stdin=b"n\n")
    assert run.out.count("4 of 4 workouts would be removed; `--yes` removes them") == 4
    run = sync(cli, "--prune", "--yes")
    assert run.status == 0
    assert "4 to remove" in run.out
    assert len(held(service)) == 4


def test_an_id_longer_than_a_mark_has_room_for(service, plan, cli):
    plan(("id: spring", f"id: {'spring-' * 6}half"))
    assert sync(cli, "--yes").status == 0
    plan(("id: spring", f"id: {'spring-' * 6}half"), ("on: thu", "on: sat"))
    assert "W01 Thu: no longer in the plan" in sync(cli, "--yes").out


def test_notes_that_look_like_our_mark_are_an_error(service, plan, cli):
    plan(("Hold back.", '"[negsplit:spring/w01-tue#12345678]"'))
    run = sync(cli, "--yes")
    assert run.status == 1
    assert set(run.codes) == {"marker"}
    assert service.log.requests == []


def test_the_athlete_and_the_library_of_the_command_line(service, plan, write, cli):
    write("../lib/tempo.workout.yaml", "workout: Tempo\nsteps: 20 min @ threshold\n")
    os.remove("athlete.yaml")
    plan(("steps: run $total @ easy\n    with: {total: 30 min -> 45 min}", "use: ../lib/tempo.workout.yaml"))
    athlete, library = ("--athlete", "5 km in 22:30"), ("--library", "../lib")
    assert sync(cli, "--dry-run", *athlete, *library).status == 0
    assert sync(cli, "--dry-run", *athlete).status == 1
    assert sync(cli, "--dry-run", *library).status == 1


def test_an_entry_too_many_is_taken_off(service, plan, cli):
    plan()
    sync(cli, "--yes", "--week", "1")
    first = held(service)[0]
    service.calendar.add("2026-12-01", first["workoutName"], first["workoutId"])
    run = sync(cli, "--yes", "--week", "1")
    assert run.status == 0
    assert "\n- W01 Tue Tempo: it is on Tue 01 Dec 2026 more than once\n1 to take off a day, " in run.out
    assert len(days(service)) == 2


@pytest.mark.parametrize(("option", "sign"), [("always", "\x1b[32m\x1b[1m+\x1b[0m W01"), ("never", "+ W01")])
def test_signs_have_colours(service, plan, cli, option, sign):
    plan()
    assert f"\n{sign} Tue Tempo" in sync(cli, "--dry-run", "--color", option).out


def test_a_conflict_is_told_and_the_rest_is_done(service, plan, cli):
    plan()
    sync(cli, "--yes", "--week", "1")
    mine = held(service)[0]
    mine["workoutName"] = "Mine"
    run = sync(cli, "--yes")
    assert run.status == 1
    assert "it was changed on the web; `--force` overwrites that" in run.out
    assert "1 conflict" in run.out
    assert any(name.startswith("W02") for _, name in days(service))
    assert mine["workoutName"] == "Mine"
    assert sync(cli, "--yes", "--force").status == 0
    assert sync(cli, "--yes").status == 0


def test_too_many_requests_stop_with_what_is_left(service, plan, cli):
    plan()
    service.fault("POST", "/workout-service/workout", "status", status=429, headers={"Retry-After": "1800"}, skip=2)
    run = sync(cli, "--yes")
    assert run.status == 75
    assert run.codes == ["rate-limited"]
    assert "2 of 4 changes done" in run.err
    assert [line[:9] for line in run.err.splitlines() if line.startswith("  + ")] == ["  + W02 T", "  + W02 T"]
    assert "run the same command again: it carries on from here" in run.err
    assert "in 30 min" in run.err
    assert sync(cli, "--yes").status == 0
    assert (
        len({read_marker(one["description"]).key for one in held(service)}) == len(held(service)) == len(days(service))
    )


def test_one_that_is_refused_is_told_and_the_rest_is_done(service, plan, cli):
    plan()
    service.fault("POST", r"/workout-service/schedule/\d+", "status", status=403, skip=1)
    run = sync(cli, "--yes")
    assert run.status == 1
    assert run.codes == ["account-refused"]
    assert run.out.endswith("3 changes done\n")
    assert "1 of 4 changes not done\n" in run.err
    assert len([line for line in run.err.splitlines() if line.startswith("  + W01 Thu")]) == 1
    assert (len(held(service)), len(days(service))) == (4, 3)
    assert sync(cli, "--yes").status == 0
    assert len(held(service)) == len(days(service)) == 4


def test_where_the_network_ends_what_was_refused_before_is_told_too(service, plan, cli):
    plan()
    service.fault("POST", "/workout-service/workout", "status", status=403)
    service.fault("POST", "/workout-service/workout", "drop", skip=1)
    run = sync(cli, "--yes")
    assert run.status == 1
    assert run.codes == ["account-unclear", "account-refused"]
    assert "1 of 4 changes done; not done, or not known:" in run.err
    assert [line[:11] for line in run.err.splitlines() if line.startswith("  + ")] == [
        "  + W01 Tue",
        "  + W02 Tue",
        "  + W02 Thu",
    ]
    assert "see whether this computer is online" in run.err


def test_where_nobody_says_what_is_done_today_stays_and_it_is_said(service, plan, cli, stop_clock):
    stop_clock("2026-12-01 08:00")
    plan()
    sync(cli, "--yes")
    service.calendar.says_done = False
    service.fault("POST", "/graphql-gateway/graphql", "html", times=9)
    run = sync(cli, "--yes")
    assert (run.status, run.err) == (0, "")
    assert (
        "the account does not say which workouts were run: everything up to today stays as it is\n4 unchanged\n"
        in run.out
    )
    plan(("start: 2026-11-30", "start: 2026-12-07"))
    run = sync(cli, "--yes")
    assert run.status == 1
    assert "! W01 Tue Tempo: the account does not say whether it was run: it stays as it is; run this " in run.out
    assert "2026-12-01" in {day for day, _ in days(service)}
    assert "\n> W01 Thu" in run.out


def test_a_memory_that_cannot_be_written_stops_with_what_is_left(service, plan, cli, monkeypatch):
    plan()

    def full(*_arguments, **_more):
        raise StateError("`ledger.json` cannot be written: no space left on device")

    monkeypatch.setattr("negsplit.account.ledger.AccountLedger.keep", full)
    run = sync(cli, "--yes")
    assert run.status == 1
    assert run.codes == ["state"]
    assert "0 of 4 changes done" in run.err
    assert held(service) == []


def test_hostile_names_from_the_account_do_not_drive_the_terminal(service, plan, cli, hostile, harmless):
    plan()
    sync(cli, "--yes")
    service.library.copy(held(service)[0]["workoutId"])
    for one in held(service):
        one["workoutName"] = hostile
    run = sync(cli, "--yes")
    assert "holds another copy of it, named `A" in run.out
    harmless(run.out + run.err)
    plan(("id: spring", "id: autumn"))
    run = sync(cli, "--yes")
    harmless(run.out + run.err)


def test_a_reader_that_goes_away_ends_the_talking_alone(service, plan, unheard):
    plan()
    assert unheard("sync", "spring.plan.yaml", "--yes", out="gone", err="gone").status == 0
    assert len(held(service)) == len(days(service)) > 1


def test_a_question_that_nobody_hears_is_not_answered(service, plan, unheard):
    plan()
    assert unheard("sync", "spring.plan.yaml", err="gone", stdin=b"y\n").status == 1
    assert service.log.writes == []


@pytest.mark.parametrize(("number", "status"), [(signal.SIGINT, 130), (signal.SIGTERM, 143)])
def test_an_end_in_the_middle_says_what_is_left(service, plan, cli, heard, number, status):
    """A real process and a real signal."""
    plan()
    service.fault("POST", "/workout-service/workout", "stall", skip=1, delay=20)
    command = [sys.executable, "-m", "negsplit", "sync", "spring.plan.yaml", "--yes"]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, env=os.environ) as process:
        deadline = time.monotonic() + 20
        while len(service.log.writes) < 3 and time.monotonic() < deadline:
            time.sleep(0.02)
        process.send_signal(number)
        _, said = process.communicate(timeout=60)
    assert process.returncode == status
    assert b"run the same command again: it carries on from here" in said
    count = len(held(service))
    run = sync(cli, "--yes")
    assert run.status in (0, 75)  # 75: what was being sent may have come, and is not known for some minutes
    assert len(held(service)) > count
    assert len({read_marker(one["description"]).key for one in held(service)}) == len(held(service))


def test_two_at_once_are_one(service, plan, cli, state_folder):
    plan()
    sync(cli, "--yes", "--week", "1")
    from filelock import FileLock

    (lock,) = state_folder.glob("*ledger.lock")
    with FileLock(lock, mode=0o600):
        run = sync(cli, "--yes")
    assert run.status == 1
    assert run.codes == ["state"]
    assert "another negsplit is running" in run.err


def test_no_secret_is_said_or_sent_where_it_does_not_belong(service, plan, cli):
    plan()
    said = [sync(cli, "--yes"), sync(cli, "--dry-run")]
    service.sessions.revoke()
    service.sessions.refresh.clear()
    said.append(sync(cli, "--yes"))
    assert said[-1].codes == ["logged-out"]
    text = "".join(run.out + run.err for run in said)
    assert not [secret for secret in service.secrets if secret in text]
    assert json.dumps(service.sessions.password) not in "".join(str(one.body) for one in service.log.requests)


# --- Of others, twice, and over ------------------------------------------------------------------


def test_what_a_friend_shares_of_the_same_plan_stops_it_with_a_way_forward(service, plan, cli, state_folder):
    plan()
    sync(cli, "--yes")
    for one in held(service):
        one |= {"ownerId": 11111111, "shared": True}
    before, stood = json.dumps(held(service)), days(service)
    service.log.requests.clear()
    (ledger,) = state_folder.glob("*ledger.json")
    ledger.unlink()
    for arguments in (["--yes"], ["--dry-run"], ["--yes", "--prune", "--force", "--tidy", "--dedupe"]):
        run = sync(cli, *arguments)
        assert run.status == 1
        assert run.codes == ["not-ours"]
        assert "give your plan or workout its own `id:`" in run.err
    assert service.log.writes == []
    plan(("id: spring", "id: my-spring"))
    assert sync(cli, "--yes").status == 0
    assert json.dumps(held(service)[:4]) == before
    assert len(days(service)) == 2 * len(stood)


def test_a_session_that_is_there_twice_is_shown_and_withdrawn_when_asked(service, plan, cli):
    plan()
    sync(cli, "--yes")
    first = held(service)[0]["workoutId"]
    copied = service.library.copy(first)["workoutId"]
    run = sync(cli, "--yes")
    assert run.status == 0
    assert "W01 Tue Tempo: the account holds another copy of it" in run.out
    run = sync(cli, "--dedupe", stdin=b"n\n")
    assert "- W01 Tue Tempo: it is there twice; the later one is removed\n1 to remove, 4 unchanged\n" in run.out
    assert copied in service.library.workouts
    assert sync(cli, "--dedupe", "--yes").status == 0
    assert first in service.library.workouts
    assert copied not in service.library.workouts


def test_what_is_over_is_shown_with_its_day_and_removed_when_asked(service, plan, cli, stop_clock):
    plan()
    sync(cli, "--yes")
    (done,) = [one for one in service.calendar.entries.values() if one["date"] == "2026-12-03"]
    done["associatedActivityId"] = 77
    stop_clock("2026-12-09 08:00")
    run = sync(cli, "--tidy", stdin=b"n\n")
    assert "its day is over and it was not run; its entry on Tue 01 Dec 2026 goes too\n" in run.out
    assert "1 whose day is over stays: an activity belongs to it" in run.out
    assert "nothing was done" in run.err
    assert len(held(service)) == 4
    assert sync(cli, "--tidy", "--yes").status == 0
    assert "2026-12-01" not in [day for day, _ in days(service)]
    assert done["workoutId"] in service.library.workouts


def test_most_of_a_plan_is_tidied_only_by_a_yes(service, plan, cli, stop_clock):
    plan()
    sync(cli, "--yes")
    stop_clock("2026-12-14 08:00")
    run = sync(cli, "--tidy", stdin=b"y\n")
    assert run.status == 1
    assert run.out.count("its day is over, but 4 of 4 workouts would be removed; `--yes` removes them") == 4
    assert sync(cli, "--tidy", "--yes").status == 0
    assert not {f"2026-12-{day:02}" for day in range(1, 14)} & {day for day, _ in days(service)}


def test_a_plan_that_uses_a_draft_is_not_synced_unless_it_is_asked_for(service, write, cli):
    write("draft.workout.yaml", "workout: Easy\nsteps:\n  # ? how fast\n  - run: 30 min\n")
    days = "days: {week 1: {tue: {use: draft.workout.yaml}}}"
    write("spring.plan.yaml", f"plan: Spring\nstart: 2026-11-30\nweeks: 1\n{days}\n")
    run = sync(cli, "--yes")
    assert (run.status, run.codes, held(service)) == (1, ["draft"], [])
    assert sync(cli, "--yes", "--draft").status == 0
    assert len(held(service)) == 1
