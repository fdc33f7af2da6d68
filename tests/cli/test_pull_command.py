"""``negsplit pull`` from both accounts: what stands in their doubles' calendars comes into files, and stays there.

The doubles answer as the services do (tests/account/*/double). What a Garmin calendar has besides workouts is as in
public readers of it: a race is an ``event`` with ``isRace``, what was done an ``activity``.
"""

from __future__ import annotations

import datetime as dt
import os
from pathlib import Path

import pytest

from account.garmin.bodies import workout
from account.intervals.double import KEY
from negsplit.compile import compile_text, device
from negsplit.desk.compiler import Compiler
from negsplit.desk.inputs import Input

WEEKS = ("--days", "2026-11-30..2026-12-13")
ATHLETE = "athlete: Me\nraces: 5 km in 22:30\nheart_rate: {threshold: 160}\n"
SHIPPED = sorted((Path(__file__).parents[2] / "workouts" / "plans").glob("*.plan.yaml"))
BY_HEART = "workout: By heart\nid: heart\nsteps:\n  - run: 20 min @ HR 148..156\n  - walk: 5 min\n"


@pytest.fixture(autouse=True)
def first_day(write, stop_clock):
    """The morning on which the spring plan begins."""
    stop_clock("2026-11-30 08:00")
    write("athlete.yaml", ATHLETE)


@pytest.fixture
def garmin(service, cli, first_day):
    """Somebody is logged in to a Garmin account."""
    pytest.importorskip("garminconnect", reason="the optional `account` dependencies are not installed")
    words = f"{service.sessions.email}\n{service.sessions.password}\n".encode()
    assert cli("account", "login", stdin=words).status == 0
    service.log.requests.clear()
    return service


@pytest.fixture
def icu(intervals, cli, first_day):
    """Somebody is logged in to intervals.icu."""
    assert cli("account", "login", "intervals", stdin=f"{KEY}\n".encode()).status == 0
    intervals.log.requests.clear()
    return intervals


@pytest.fixture(params=["garmin", "intervals"])
def account(request):
    """Each account in turn, with its name."""
    return request.getfixturevalue({"garmin": "garmin", "intervals": "icu"}[request.param]), request.param


@pytest.fixture(params=["garmin", "intervals"] if os.environ.get("NEGSPLIT_FULL_MATRIX") else ["intervals"])
def either(request):
    """An account where both are asked by the same code; each of them in the long run."""
    return request.getfixturevalue({"garmin": "garmin", "intervals": "icu"}[request.param]), request.param


def pull(cli, name, *arguments, out="out"):
    return cli("pull", "--account", name, *WEEKS, "-o", out, *arguments)


def files(folder="out"):
    return {str(path.relative_to(folder)): path.read_text() for path in sorted(Path(folder).rglob("*.yaml"))}


def put(double, name, day, text, **more):
    """A workout that somebody made on the web of intervals.icu."""
    sent = {"category": "WORKOUT", "type": "Run", "name": name, "description": text} | more
    return double.events._create(sent | {"start_date_local": f"{day}T00:00:00"})["id"]


# --- What went there from here -----------------------------------------------------------------


def test_a_plan_comes_back_day_by_day_and_nothing_is_written_there(account, cli, plan):
    double, name = account
    plan()
    assert cli("sync", "spring.plan.yaml", "--account", name, "--yes").status == 0
    double.log.requests.clear()
    run = pull(cli, name)
    assert (run.status, double.log.writes) == (0, [])
    assert (
        "out/workouts/w01-tue-tempo.workout.yaml: W01 Tue Tempo, 3 steps and 1 repeat, exact, yours: spring/w01-tue\n"
        in run.out
    )
    assert run.out.splitlines()[-2:] == [
        "4 exact, 4 from here",
        "next: `negsplit plan show out/calendar-2026-11-30-to-2026-12-13.plan.yaml` prints it as a calendar",
    ]
    found = files()
    (calendar,) = (name for name in found if name.endswith(".plan.yaml"))
    assert calendar == "calendar-2026-11-30-to-2026-12-13.plan.yaml"
    assert "2026-12-01: workouts/w01-tue-tempo.workout.yaml" in found[calendar]
    assert not [text for text in found.values() if "negsplit:" in text]
    assert "notes: Hold back." in found["workouts/w01-tue-tempo.workout.yaml"]
    assert cli("check", f"out/{calendar}").status == 0
    before = double.log.said[:]
    assert pull(cli, name).status == 0  # the same bytes again
    assert files() == found
    assert len(double.log.said) <= 2 * len(before)


def test_with_its_file_a_plan_comes_back_as_it_was_written(either, cli, plan):
    _, name = either
    plan()
    cli("sync", "spring.plan.yaml", "--account", name, "--week", "1", "--yes")
    run = pull(cli, name, "spring.plan.yaml")
    assert run.status == 0
    tempo = files()["workouts/w01-tue-tempo.workout.yaml"]
    assert "2x(1 km @ threshold -- tall, 1 min)" in tempo
    assert "warmup: 10 min @ easy" in tempo
    assert files()["workouts/w01-thu.workout.yaml"].endswith("  - run: 30 min @ easy\n")


@pytest.mark.skipif(not os.environ.get("NEGSPLIT_FULL_MATRIX"), reason="takes a while: `make test-sync`")
@pytest.mark.parametrize("path", SHIPPED, ids=lambda path: path.name.partition(".")[0])
def test_each_shipped_plan_comes_back_from_an_account(account, cli, stop_clock, path):
    _, name = account
    plan = Compiler(device({"garmin": "connect"}.get(name, name)), "athlete.yaml").file(Input(path), "plan").plan
    first = min(one.planned.date for one in plan.sessions)
    stop_clock(f"{first} 06:00")
    run = cli("sync", path, "--account", name, "--athlete", "athlete.yaml", "--yes")
    assert run.status == 0, run.err
    days = ("--days", f"{first}..{first + dt.timedelta(days=6)}", "--athlete", "athlete.yaml")
    run = cli("pull", path, "--account", name, *days, "-o", "out")
    assert run.status == 0, run.err
    assert "refused" not in run.out
    assert "changed on the web" not in run.err
    week = [one for one in plan.sessions if one.workout and one.planned.date <= first + dt.timedelta(days=6)]
    (calendar,) = (text for file, text in files().items() if file.endswith(".plan.yaml"))
    assert calendar.count("workouts/") == len(week)


def test_a_workout_is_told_by_its_mark_or_by_the_ledger(account, cli, write, state_folder):
    _, name = account
    write("heart.workout.yaml", BY_HEART)
    assert cli("upload", "heart.workout.yaml", "--account", name, "--on", "2026-12-03").status == 0
    for forget in (False, True):
        if forget:
            next(state_folder.glob("*ledger.json")).unlink()
        run = pull(cli, name, out=f"out-{forget}")
        assert "By heart, 2 steps, exact, yours: heart\n" in run.out
        text = files(f"out-{forget}")["workouts/by-heart.workout.yaml"]
        assert "id: heart\n" in text
        meant = compile_text(BY_HEART).workouts[0].program
        (back,) = compile_text(text).workouts
        assert [one.target for one in back.program.steps] == [one.target for one in meant.steps]
        assert [one.intensity for one in back.program.steps] == [one.intensity for one in meant.steps]


def test_one_whose_mark_was_cut_off_is_known_by_its_number(account, cli, write):
    double, name = account
    write("heart.workout.yaml", BY_HEART)
    cli("upload", "heart.workout.yaml", "--account", name, "--on", "2026-12-03")
    if name == "garmin":
        (held,) = double.library.workouts.values()
        held["description"] = None
    else:
        (number,) = double.events.there
        text = double.events.there[number]["description"].partition("\n\n[")[0]
        double.events.edit(number, description=text, external_id=None)
    run = pull(cli, name)
    assert "By heart, 2 steps, exact, yours: heart\n" in run.out
    assert "changed on the web" not in run.err


def test_somebody_else_s_mark_is_not_ours(account, cli, write):
    """As where a coach shares what negsplit made for an account of their own: another tag is in the mark."""
    double, name = account
    mark = "[negsplit:half/w01-tue#1a2b3c4d@0000]"
    if name == "garmin":
        there = double.library.add(workout(name="Shared", description=f"easy\n{mark}"))
        double.calendar.add("2026-12-01", "Shared", there["workoutId"])
    else:
        put(double, "Shared", "2026-12-01", f"easy\n\n- 10m\n\n{mark}")
    run = pull(cli, name)
    assert (run.status, "yours" in run.out) == (0, False)
    assert "negsplit:" not in files()["workouts/shared.workout.yaml"]


def test_what_was_changed_on_the_web_is_said_with_its_step(garmin, cli, write, plan):
    plan()
    cli("sync", "spring.plan.yaml", "--week", "1", "--yes")
    held = next(one for one in garmin.library.workouts.values() if "Tempo" in one["workoutName"])
    held["workoutSegments"][0]["workoutSteps"][0]["endConditionValue"] = 900.0
    run = pull(cli, "garmin")
    assert "`W01 Tue Tempo` was changed on the web\n" in run.err
    run = pull(cli, "garmin", "spring.plan.yaml", out="compared")
    assert "`W01 Tue Tempo` was changed on the web: step 1: its length\n" in run.err
    assert "warmup: 15 min" in files("compared")["workouts/w01-tue-tempo.workout.yaml"]


def test_so_it_is_at_intervals(icu, cli, plan):
    plan()
    cli("sync", "spring.plan.yaml", "--account", "intervals", "--week", "1", "--yes")
    number, held = next((key, one) for key, one in icu.events.there.items() if "Tempo" in one["name"])
    icu.events.edit(number, description=held["description"].replace("- 10m", "- 15m"))
    run = pull(cli, "intervals", "spring.plan.yaml")
    assert "`W01 Tue Tempo` was changed on the web: step 1: 10 min was meant, 15 min came back" in run.err
    assert "warmup: 15 min" in files()["workouts/w01-tue-tempo.workout.yaml"]


def test_a_file_that_changed_here_is_told_from_a_change_there(either, cli, plan):
    _, name = either
    plan()
    cli("sync", "spring.plan.yaml", "--account", name, "--week", "1", "--yes")
    plan(("warmup 10 min", "warmup 12 min"))
    run = pull(cli, name, "spring.plan.yaml")
    assert "`W01 Tue Tempo` is in the account as it was before your file changed: " in run.err
    assert "changed on the web" not in run.err


# --- What others put there ---------------------------------------------------------------------


def test_others_days_in_a_garmin_calendar(garmin, cli):
    there = garmin.calendar
    run = garmin.library.add(workout(name="Coach's run"))
    ride = garmin.library.add(workout(name="Spin", sportType={"sportTypeId": 2, "sportTypeKey": "cycling"}))
    gone = garmin.library.add(workout(name="Gone"))
    there.add("2026-12-01", "Coach's run", run["workoutId"])
    there.add("2026-12-08", "Coach's run", run["workoutId"])
    there.add("2026-12-02", "Spin", ride["workoutId"])
    there.add("2026-12-03", "Gone", gone["workoutId"])
    del garmin.library.workouts[gone["workoutId"]]
    there.add("2026-12-06", "Stadtlauf", kind="event", isRace=True)
    there.add("2026-12-05", "Buy gels", kind="note")
    there.add("2026-11-30", "Morning run", kind="activity")
    there.add("2026-12-14", "Beyond", run["workoutId"])
    told = pull(cli, "garmin")
    assert told.status == 1
    assert "`Gone` cannot be read: it is no longer there\n" in told.err
    (calendar,) = (text for name, text in files().items() if name.endswith(".plan.yaml"))
    assert "2026-12-01: workouts/coachs-run.workout.yaml" in calendar.replace("coach-s-run", "coachs-run")
    assert "2026-12-02: {cross: Spin}" in calendar
    assert "2026-12-05: {note: Buy gels}" in calendar
    assert "2026-12-06: {race: Stadtlauf}" in calendar
    assert "Morning run" not in calendar
    assert "2026-12-14" not in calendar
    assert garmin.log.writes == []
    reads = [one for one in garmin.log.said if one == f"GET /workout-service/workout/{run['workoutId']}"]
    assert len(reads) == 1  # though it stands on two days
    assert "yours" not in told.out


def test_others_days_at_intervals(icu, cli):
    put(icu, "Coach", "2026-12-01", "Relaxed.\n\n- 10m 95-100% Pace\n- 5m 85-89% LTHR\n- 5m 145bpm")
    put(icu, "Spin", "2026-12-02", "- 10m 55%", type="Ride")
    put(icu, "Rest day", "2026-12-03", "", category="NOTE")
    put(icu, "Sun", "2026-12-04", "", category="HOLIDAY")
    put(icu, "Stadtlauf", "2026-12-06", "Bib 12", category="RACE_A")
    put(icu, "Week", "2026-12-07", "", category="TARGET")
    run = pull(cli, "intervals")
    assert run.status == 0
    assert "`145bpm` means nothing to intervals.icu here" in run.err
    assert "`Week` is left out: it is a TARGET" in run.err
    found = files()
    assert found["workouts/coach.workout.yaml"] == (
        "workout: Coach\nnotes: Relaxed.\nsteps:\n"
        "  - run: 10 min @ 95..100 % threshold\n  - run: 5 min @ 85..89 % LTHR\n  - run: 5 min\n"
    )
    (calendar,) = (text for name, text in found.items() if name.endswith(".plan.yaml"))
    for day in ("2: {cross: Spin}", "3: rest", '4:\n    note: "Holiday: Sun"', "6:\n    - race: Stadtlauf"):
        assert f"2026-12-0{day}" in calendar
    assert icu.log.writes == []


# --- When it cannot be done --------------------------------------------------------------------


def test_nothing_is_written_over_another_file(either, cli, plan, write):
    _, name = either
    plan()
    cli("sync", "spring.plan.yaml", "--account", name, "--week", "1", "--yes")
    write("out/workouts/w01-thu.workout.yaml", "workout: Mine\nsteps: 10 min\n")  # the last of all
    before = files()
    run = pull(cli, name)
    assert (run.status, run.codes) == (1, ["file-exists"])
    assert files() == before


@pytest.mark.parametrize(
    ("fault", "status", "code"),
    [
        ({"kind": "status", "status": 429}, 75, "rate-limited"),
        ({"kind": "status", "status": 503, "times": 9}, 1, "account-unclear"),
        ({"kind": "cut", "times": 9}, 1, "account-unclear"),
    ],
)
def test_what_goes_wrong_there_leaves_no_file(either, cli, fault, status, code):
    double, name = either
    path = r"/calendar-service/.*" if name == "garmin" else r".*/events"
    double.fault("GET", path, **fault)
    run = pull(cli, name)
    assert (run.status, run.codes) == (status, [code])
    assert not Path("out").exists()


def test_a_reading_that_fails_once_is_tried_again(either, cli):
    double, name = either
    double.fault("GET", r"/calendar-service/.*" if name == "garmin" else r".*/events", "drop")
    run = pull(cli, name)
    assert (run.status, run.out) == (0, "nothing stands on these days\n")


def test_no_secret_is_said_or_written(either, cli, plan):
    double, name = either
    plan()
    cli("sync", "spring.plan.yaml", "--account", name, "--week", "1", "--yes")
    run = pull(cli, name)
    said = "".join((run.out, run.err, *files().values()))
    assert not [secret for secret in double.secrets if secret in said]


def test_nobody_is_logged_in(cli, intervals):
    run = pull(cli, "intervals")
    assert (run.status, run.codes) == (1, ["logged-out"])


@pytest.mark.parametrize(
    ("days", "words"),
    [
        ("soon", "`soon` is not read as days; write them like"),
        ("2026-12-14..2026-12-01", "ends before it begins"),
        ("2026-01-01..2027-06-01", "is 517 days, and 366 is the most"),
    ],
)
def test_days_that_are_none(cli, days, words):
    run = cli("pull", "--days", days, "-o", "out")
    assert run.status == 2
    assert words in run.err


def test_it_needs_a_folder(cli):
    run = cli("pull", *WEEKS, "-o", "out.workout.yaml")
    assert (run.status, "-o takes a folder" in run.err) == (2, True)


def test_many_months_are_read_once_each(garmin, cli):
    last = dt.date(2027, 3, 1)
    assert cli("pull", "--days", f"2026-11-30..{last}", "-o", "out").status == 0
    months = [one for one in garmin.log.said if "/calendar-service/" in one]
    assert months == [f"GET /calendar-service/year/{year}/month/{month}" for year, month in
                      ((2026, 10), (2026, 11), (2027, 0), (2027, 1), (2027, 2))]  # fmt: skip
