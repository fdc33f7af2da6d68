"""``negsplit compile`` on plans: what it writes, which weeks, and what it says."""

from __future__ import annotations

import datetime as dt
import json
import re
from pathlib import Path

import garmin_fit_sdk
import pytest

from negsplit.formats.fit.read import read, read_file_id, read_schedule
from negsplit.formats.fit.verify import verify
from strategies.spring_plan import ATHLETE, PLAN, START, contents, events, manifest, workouts

# --- What is written -----------------------------------------------------------------------------


def test_a_plan_becomes_a_folder_of_its_id(plan, cli):
    plan()
    run = cli("compile", "spring.plan.yaml", *ATHLETE)
    assert (run.status, run.err) == (0, "")
    assert list(contents("spring")) == [
        "2026-12-01-w01-tue.fit",
        "2026-12-03-w01-thu.fit",
        "2026-12-08-w02-tue.fit",
        "2026-12-10-w02-thu.fit",
        "2026-12-15-w03-tue.fit",
        "2026-12-17-w03-thu.fit",
        "2026-12-22-w04-tue.fit",
        "2026-12-24-w04-thu.fit",
        "SCHEDULE.FIT",
        "manifest.json",
        "plan.ics",
    ]
    assert sorted(path.name for path in Path().iterdir()) == ["spring", "spring.plan.yaml"]


def test_it_says_what_it_wrote_and_what_each_week_comes_to(plan, cli):
    plan()
    lines = cli("compile", "spring.plan.yaml", *ATHLETE).out.splitlines()
    assert lines == [
        "spring: Spring half, 8 workouts in 4 weeks, about 4 h 31, 48.4 km, exact",
        "  week 1, 30 Nov to 6 Dec 2026: 2 workouts, about 52 min, 9.1 km",
        "  week 2, 7 Dec to 13 Dec 2026: 2 workouts, about 1 h 02, 11.1 km",
        "  week 3, 14 Dec to 20 Dec 2026: 2 workouts, about 1 h 13, 13.1 km",
        "  week 4, 21 Dec to 27 Dec 2026: 2 workouts, about 1 h 24, 15.1 km",
    ]
    assert cli("compile", "spring.plan.yaml", "-q", *ATHLETE) == (0, "", "")


def test_each_workout_is_a_sound_file_of_its_day(plan, cli):
    plan()
    cli("compile", "spring.plan.yaml", *ATHLETE)
    for name in workouts("spring"):
        data = Path("spring", name).read_bytes()
        assert verify(data) == []
        assert str(read_file_id(data).created.date()) == name[:10]
        label = f"{name[11:14]} {name[15:18]}".title()
        assert read(data).name.startswith(label)
    names = [read(Path("spring", name).read_bytes()).name for name in workouts("spring")]
    assert names[0] == "W01 Tue Tempo"
    assert len({name[:15] for name in names}) == len(names)


def test_the_schedule_finds_each_file_on_its_day(plan, cli):
    plan()
    cli("compile", "spring.plan.yaml", *ATHLETE)
    data = Path("spring/SCHEDULE.FIT").read_bytes()
    files = {read_file_id(Path("spring", name).read_bytes()).serial_number: name for name in workouts("spring")}
    entries = read_schedule(data)
    assert [files[one.serial_number] for one in entries] == workouts("spring")
    for one in entries:
        name = files[one.serial_number]
        assert one.time_created == read_file_id(Path("spring", name).read_bytes()).time_created
        expected = dt.time(6, 30) if "tue" in name else dt.time(12)
        assert one.scheduled == dt.datetime.combine(dt.date.fromisoformat(name[:10]), expected)
        assert (one.completed, one.type) == (False, 0)
    stream = garmin_fit_sdk.Stream.from_byte_array(bytearray(data))
    messages, errors = garmin_fit_sdk.Decoder(stream).read()
    assert not errors
    assert len(messages["schedule_mesgs"]) == 8
    assert messages["file_id_mesgs"][0]["time_created"] == dt.datetime(2026, 12, 1, tzinfo=dt.UTC)


def test_the_calendar_has_every_session_rest_and_race_too(plan, cli):
    plan()
    cli("compile", "spring.plan.yaml", *ATHLETE)
    found = events()
    assert len(found) == 8 + 4 + 3
    tempo = found["spring-w01-tue@negsplit"]
    assert tempo["SUMMARY"] == "Tempo"
    assert tempo["DTSTART"].dt == dt.datetime(2026, 12, 1, 6, 30)
    assert dt.timedelta(minutes=20) < tempo["DURATION"].dt < dt.timedelta(minutes=25)
    assert tempo["DTSTAMP"].dt == dt.datetime(2026, 11, 30, tzinfo=dt.UTC)
    assert tempo.categories == ["key", "fast"]
    notes, steps, totals = tempo["DESCRIPTION"].split("\n\n")
    assert notes == "Hold back."
    first, *repeat = steps.split("\n")
    assert first.startswith("Warm up 10 min ")
    assert re.fullmatch(r"2 x\n- Run 1 km \d:\d\d-\d:\d\d/km \(tall\)\n- Recover 1 min", "\n".join(repeat))
    assert totals.startswith("running, about ")
    assert found["spring-w01-thu@negsplit"]["SUMMARY"].startswith("Run 30 min ")
    race = found["spring-w04-sun@negsplit"]
    assert (race["DTSTART"].dt, race["DTEND"].dt) == (dt.date(2026, 12, 27), dt.date(2026, 12, 28))
    rest = found["spring-w01-mon@negsplit"]
    assert (rest["DTSTART"].dt, rest["DTEND"].dt) == (dt.date(2026, 11, 30), dt.date(2026, 12, 1))
    assert race["SUMMARY"] == "Race: The race"
    assert "At 10:00" in race["DESCRIPTION"]
    assert "Spring Half" in race["DESCRIPTION"]
    shown = {key: found[f"spring-{key}@negsplit"]["SUMMARY"] for key in ("w01-mon", "w02-wed", "w03-fri")}
    assert shown == {"w01-mon": "Rest: sleep", "w02-wed": "Cross-training: 45 min bike", "w03-fri": "Note: Buy gels"}
    days = [event["DTSTART"].dt for key, event in found.items() if "-tue" not in key]
    assert all(type(day) is dt.date for day in days)


def test_down_weeks_and_what_they_leave_out_are_said(write, cli):
    write(
        "x.plan.yaml",
        "plan: x\nstart: 2026-11-30\nweeks: 2\ndown_weeks: {at: 2, drop_sessions: 1}\nsessions:\n"
        "  - {on: [tue, sun], steps: 30 min @ RPE 3}\n  - {on: thu, name: Strides, steps: 10 min @ RPE 3}\n",
    )
    run = cli("compile", "x.plan.yaml")
    assert run.out.splitlines() == [
        "x: x, 5 workouts in 2 weeks, about 2 h 10, exact",
        "  week 1, 30 Nov to 6 Dec 2026: 3 workouts, about 1 h 10",
        "  week 2, 7 Dec to 13 Dec 2026: 2 workouts, about 1 h 00, down week, left out: w02-thu Strides",
    ]
    assert len(workouts("x")) == len(events("x")) == 5


def test_an_open_run_has_no_duration(plan, cli):
    plan(
        ('["warmup 10 min @ easy", "$n x(1 km @ threshold -- tall, 1 min)"]', "10 min @ easy, run lap @ easy"),
        ("{n: 2 -> 5}", "{}"),
    )
    assert cli("compile", "spring.plan.yaml", *ATHLETE).status == 0
    tempo = events()["spring-w01-tue@negsplit"]
    assert tempo["DTSTART"].dt == dt.datetime(2026, 12, 1, 6, 30)
    assert "DURATION" not in tempo


def test_the_manifest_lists_each_file(plan, cli):
    plan()
    cli("compile", "spring.plan.yaml", *ATHLETE)
    found = manifest()
    assert (found["manifest"], found["plan"], found["name"]) == (2, "spring", "Spring half")
    assert found["others"] == ["SCHEDULE.FIT", "plan.ics"]
    assert [one["name"] for one in found["files"]] == workouts("spring")
    first = found["files"][0]
    data = Path("spring/2026-12-01-w01-tue.fit").read_bytes()
    assert first == {
        "name": "2026-12-01-w01-tue.fit",
        "key": "w01-tue",
        "date": "2026-12-01",
        "workout": "W01 Tue Tempo",
        "serial_number": read_file_id(data).serial_number,
    }


def test_the_manifest_says_what_the_calendar_told(plan, cli):
    plan()
    cli("compile", "spring.plan.yaml", *ATHLETE)
    told = manifest()["calendar"]
    assert (told["since"], told["changes"]) == ("2026-11-30", 0)
    assert {f"spring-{one['key']}@negsplit" for one in told["events"]} == set(events())
    first = told["events"][0]
    assert first == {
        "key": "w01-mon",
        "date": "2026-11-30",
        "name": "Rest: sleep",
        "sequence": 0,
        "digest": first["digest"],
        "cancelled": False,
    }


def test_the_same_plan_gives_the_same_bytes(plan, cli):
    plan()
    cli("compile", "spring.plan.yaml", *ATHLETE)
    times = {path: path.stat().st_mtime_ns for path in Path("spring").iterdir()}
    cli("compile", "spring.plan.yaml", "-o", "again", *ATHLETE)
    assert contents("spring") == contents("again")
    cli("compile", "spring.plan.yaml", *ATHLETE)
    assert {path: path.stat().st_mtime_ns for path in Path("spring").iterdir()} == times, "what is as it was is left"


# --- Moving --------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("start", "first"),
    [
        ("start: 2026-12-28", "2026-12-29"),  # over the end of a year, into week 53
        ("start: 2028-02-21", "2028-02-22"),  # over a leap day
        ("start: 2020-12-14", "2020-12-15"),  # a year of 53 weeks, long past
        ("race: 2027-04-18", "2027-03-23"),
    ],
)
def test_moving_a_plan_moves_dates_and_nothing_else(plan, cli, start, first):
    plan()
    cli("compile", "spring.plan.yaml", "-o", "here", *ATHLETE)
    plan((START, start), name="moved.plan.yaml")
    assert cli("compile", "moved.plan.yaml", "-o", "there", *ATHLETE).status == 0
    here, there = manifest("here")["files"], manifest("there")["files"]
    assert there[0]["date"] == first
    shift = dt.date.fromisoformat(first) - dt.date(2026, 12, 1)
    for one, other in zip(here, there, strict=True):
        moved = str(dt.date.fromisoformat(one["date"]) + shift)
        assert other == one | {"date": moved, "name": f"{moved}-{one['key']}.fit"}
        before, after = (Path(folder, x["name"]).read_bytes() for folder, x in (("here", one), ("there", other)))
        assert read_file_id(after).created - read_file_id(before).created == shift
        assert [place for place in range(len(before) - 2) if before[place] != after[place]]
        assert all(before[place] == after[place] for place in range(len(before) - 2) if not in_time_created(place))
    calendars = events("here"), events("there")
    assert list(calendars[0]) == list(calendars[1])
    for uid, one in calendars[0].items():
        other = calendars[1][uid]
        assert other["DTSTART"].dt - one["DTSTART"].dt == shift
        assert [other.get(key) for key in ("SUMMARY", "DESCRIPTION", "DURATION")] == [
            one.get(key) for key in ("SUMMARY", "DESCRIPTION", "DURATION")
        ]
    numbers = [read_file_id(Path(folder, "SCHEDULE.FIT").read_bytes()).serial_number for folder in ("here", "there")]
    assert numbers[0] == numbers[1]


def in_time_created(place: int) -> bool:
    """Whether a byte is of ``file_id.time_created``: behind header, definition, and the fields before."""
    start = 14 + 6 + 5 * 3 + 1 + 1 + 2 + 2 + 4
    return start <= place < start + 4


def test_a_plan_over_a_leap_day_has_a_session_on_it(plan, cli):
    plan((START, "start: 2028-02-21"))
    cli("compile", "spring.plan.yaml", *ATHLETE)
    assert "2028-02-29-w02-tue.fit" in contents("spring")


def test_a_plan_that_moved_leaves_no_old_files(plan, cli):
    plan()
    cli("compile", "spring.plan.yaml", *ATHLETE)
    before = workouts("spring")
    plan((START, "start: 2027-01-04"))
    run = cli("compile", "spring.plan.yaml", *ATHLETE)
    assert run.out.endswith("  removed 8 files of the plan as it was before\n")
    after = workouts("spring")
    assert not set(before) & set(after)
    assert len(after) == 8
    assert [one["name"] for one in manifest()["files"]] == after
    assert list(contents("spring")) == [*after, "SCHEDULE.FIT", "manifest.json", "plan.ics"], "nothing is left aside"


# --- Some weeks ----------------------------------------------------------------------------------


def test_some_weeks_are_written_and_those_of_others_stay(plan, cli):
    plan()
    cli("compile", "spring.plan.yaml", "--weeks", "1-2", *ATHLETE)
    first = workouts("spring")
    assert [name[11:] for name in first] == ["w01-tue.fit", "w01-thu.fit", "w02-tue.fit", "w02-thu.fit"]
    run = cli("compile", "spring.plan.yaml", "--weeks", "3", *ATHLETE)
    assert run.out.startswith("spring: Spring half, 2 workouts in 1 week, ")
    assert [name[11:14] for name in workouts("spring")] == ["w01", "w01", "w02", "w02", "w03", "w03"]
    assert [one["name"] for one in manifest()["files"]] == workouts("spring")
    assert len(read_schedule(Path("spring/SCHEDULE.FIT").read_bytes())) == 2
    assert sorted(events()) == [f"spring-{key}@negsplit" for key in ("w03-fri", "w03-mon", "w03-thu", "w03-tue")]
    assert events()["spring-w03-tue@negsplit"]["DTSTAMP"].dt == dt.datetime(2026, 11, 30, 0, 0, 1, tzinfo=dt.UTC)


def test_the_files_of_some_weeks_are_those_of_the_whole_plan(plan, cli):
    plan()
    cli("compile", "spring.plan.yaml", *ATHLETE)
    cli("compile", "spring.plan.yaml", "--weeks", "2, 4", "-o", "part", *ATHLETE)
    whole, part = contents("spring"), contents("part")
    assert [name[11:14] for name in workouts("part")] == ["w02", "w02", "w04", "w04"]
    assert all(part[name] == whole[name] for name in workouts("part"))
    uids = events("part")
    assert set(uids) < set(events())


def test_a_week_written_again_replaces_its_own_old_files_alone(plan, cli):
    plan()
    cli("compile", "spring.plan.yaml", *ATHLETE)
    plan(("on: thu", "on: fri"))
    cli("compile", "spring.plan.yaml", "--weeks", "2", *ATHLETE)
    names = [name[11:-4] for name in workouts("spring")]
    assert names == ["w01-tue", "w01-thu", "w02-tue", "w02-fri", "w03-tue", "w03-thu", "w04-tue", "w04-thu"]
    Path("spring/2026-12-22-w04-tue.fit").unlink()
    cli("compile", "spring.plan.yaml", "--weeks", "2", *ATHLETE)
    assert "w04-tue" not in [one["key"] for one in manifest()["files"]], "what is gone is not listed"


def test_a_week_done_again_goes_with_its_number(plan, cli):
    plan(("weeks: 4\nsessions", "weeks: 4\nrepeat_weeks: [2]\nsessions"))
    cli("compile", "spring.plan.yaml", "--weeks", "2", *ATHLETE)
    assert [name[11:-4] for name in workouts("spring")] == ["w02-tue", "w02-thu", "w02r-tue", "w02r-thu"]


@pytest.mark.parametrize("weeks", ["abc", "", "0", "5", "3-9", "2-1", "1000"])
def test_weeks_that_are_none_of_the_plan_are_wrong_usage(plan, cli, weeks):
    plan()
    run = cli("compile", "spring.plan.yaml", "--weeks", weeks, *ATHLETE)
    assert run.status == 2
    assert "--weeks" in run.err
    assert not Path("spring").exists()


def test_among_several_a_plan_without_these_weeks_stops_no_other(plan, cli):
    plan(name="a.plan.yaml")
    plan(("weeks: 4\nsessions", "weeks: 6\nsessions"), ("id: spring", "id: autumn"), name="b.plan.yaml")
    run = cli("compile", ".", "--weeks", "6", *ATHLETE)
    assert (run.status, run.codes) == (1, ["weeks"])
    assert run.err.startswith("a.plan.yaml:1:7: ")
    assert [name[11:14] for name in workouts("autumn")] == ["w06", "w06"]
    assert not Path("spring").exists()


def test_weeks_without_a_plan_are_wrong_usage(write, cli):
    write("easy.workout.yaml")
    for arguments in (["easy.workout.yaml"], ["."], ["-e", "10 min", "-o", "x.fit"]):
        run = cli("compile", *arguments, "--weeks", "1")
        assert run.status == 2
        assert "--weeks is for plans" in run.err
    assert sorted(path.name for path in Path().iterdir()) == ["easy.workout.yaml"]


# --- What a watch holds --------------------------------------------------------------------------

DAILY = "plan: Daily\nstart: 2026-11-30\nweeks: {weeks}\nsessions: [{{on: [{days}], steps: 30 min @ RPE 3}}]\n"


@pytest.mark.parametrize(
    ("weeks", "days", "says"),
    [
        (5, "mon, tue, wed, thu, fri", None),
        (6, "mon, tue, wed, thu, fri", ("30 workouts, and some watches only keep 25", "`--weeks 1-5`")),
        (13, "tue, thu", ("26 workouts, and some watches only keep 25", "`--weeks 1-12`")),
        (15, "tue, thu", ("30 workouts, and some watches only keep 25", "`--weeks 1-12`")),
        (16, "tue, thu", ("32 workouts, and some watches only keep 25 and show 30 scheduled ones", "`--weeks 1-12`")),
    ],
)
def test_more_than_a_watch_holds_is_said(write, cli, weeks, days, says):
    write("daily.plan.yaml", DAILY.format(weeks=weeks, days=days))
    run = cli("compile", "daily.plan.yaml")
    assert run.status == 0
    if says is None:
        assert run.err == ""
    else:
        assert run.codes == ["many-workouts"]
        assert all(part in run.err for part in says)
        assert ("scheduled" in run.err) == (weeks > 15)


def test_weeks_that_fit_are_counted_from_the_first_asked_for(write, cli):
    write("daily.plan.yaml", DAILY.format(weeks=20, days="mon, tue, wed, thu"))
    assert "`--weeks 3-8` compiles some" in cli("compile", "daily.plan.yaml", "--weeks", "3-12").err
    assert cli("compile", "daily.plan.yaml", "--weeks", "3-8").err == ""


def test_what_is_degraded_is_said_of_each_session(plan, cli):
    plan(("-- tall", f"-- {'tall ' * 50}"))
    run = cli("compile", "spring.plan.yaml", *ATHLETE)
    assert run.status == 0
    lines = run.out.splitlines()
    assert lines[0].endswith(", 4 workouts degraded")
    said = [line for line in lines if " degraded: " in line]
    assert [line.split()[0] for line in said] == ["w01-tue", "w02-tue", "w03-tue", "w04-tue"]
    assert "the cue has 249 characters" in said[0]


# --- Athletes ------------------------------------------------------------------------------------


def pace(name: str = "spring/2026-12-03-w01-thu.fit") -> tuple[int, int]:
    (step,) = read(Path(name).read_bytes()).steps
    return step.custom_low, step.custom_high


def test_the_athlete_is_the_one_named_else_the_plans_own_else_the_nearest(plan, cli, write):
    write("athlete.yaml", "athlete: Near\nraces: 5 km in 20:00\n")
    write("people/me.yaml", "athlete: Me\nraces: 5 km in 25:00\n")
    Path(".git").mkdir()  # within one repository a plan may name any file
    plan(name="plans/near.plan.yaml")
    plan((START, f"{START}\nathlete: ../people/me.yaml"), name="plans/own.plan.yaml")
    found = []
    for arguments in (["plans/near.plan.yaml"], ["plans/own.plan.yaml"], ["plans/own.plan.yaml", *ATHLETE]):
        assert cli("compile", *arguments, "-o", f"out{len(found)}").status == 0
        found.append(pace(f"out{len(found)}/2026-12-03-w01-thu.fit"))
    fastest, slowest, between = found
    assert slowest[0] < between[0] < fastest[0]


def test_an_athlete_that_is_not_there_is_said_at_its_place(plan, cli):
    plan((START, f"{START}\nathlete: nobody.yaml"))
    for command in ("compile", "check"):
        run = cli(command, "spring.plan.yaml")
        assert run.status == 1
        assert "no-athlete" in run.codes
        assert "spring.plan.yaml:4:10: error[no-athlete]" in run.err
    assert not Path("spring").exists()


@pytest.mark.parametrize("command", ["compile", "check"])
@pytest.mark.parametrize("named", ["../secret", "ABSOLUTE", "link.yaml"])
def test_an_athlete_elsewhere_is_not_read(plan, cli, write, command, named):
    secret = write("secret", "hunter2: [\n").resolve()
    Path("w").mkdir()
    Path("w/link.yaml").symlink_to(secret)
    plan((START, f"{START}\nathlete: {secret if named == 'ABSOLUTE' else named}"), name="w/spring.plan.yaml")
    run = cli(command, "w/spring.plan.yaml")
    assert run.status == 1
    assert run.codes == ["no-athlete"]
    assert "w/spring.plan.yaml:4:10: error[no-athlete]" in run.err
    assert "is outside the folders that may be used" in run.err
    assert "name a folder that holds it: `--library .`" in run.err
    assert "hunter2" not in run.out + run.err
    assert cli(command, "w/spring.plan.yaml", *ATHLETE).status == 0


# --- check ---------------------------------------------------------------------------------------


def test_check_reports_a_plan_and_writes_nothing(plan, cli):
    plan(("@ easy\n", "@ esy\n"))
    run = cli("check", "spring.plan.yaml", *ATHLETE)
    assert (run.status, run.out) == (1, "1 file: 1 error\n")
    assert run.codes == ["unknown-name"]
    data = json.loads(cli("check", "spring.plan.yaml", "--format", "json", *ATHLETE).out)
    assert [one["code"] for one in data["diagnostics"]] == ["unknown-name"]
    assert data["diagnostics"][0]["line"] == 14
    assert cli("check", "spring.plan.yaml", "--format", "github", *ATHLETE).out.startswith("::error file=spring.plan")
    assert sorted(path.name for path in Path().iterdir()) == ["spring.plan.yaml"]


def test_check_reads_a_plan_from_standard_input(cli):
    run = cli("check", "--stdin", "--stdin-filename", "x.plan.yaml", *ATHLETE, stdin=PLAN.encode())
    assert (run.status, run.out) == (0, "1 file: 1 warning\n")
    assert "x.plan.yaml:" in run.err


def test_sessions_of_plans_are_no_names_that_a_watch_confuses(plan, cli):
    plan(("name: Tempo", "name: Tempo run"))
    plan(("name: Tempo", "name: Tempo run"), ("id: spring", "id: autumn"), name="autumn.plan.yaml")
    for command in ("check", "compile"):
        run = cli(command, ".", *ATHLETE)
        assert run.status == 0
        assert "same-name" not in run.err


# --- Hostile text --------------------------------------------------------------------------------


def test_hostile_text_in_a_plan_is_harmless(cli, write, hostile_yaml, harmless):
    write(
        "x.plan.yaml",
        f"plan: {hostile_yaml}\nid: x\nstart: 2026-11-30\nweeks: 1\nnotes: {hostile_yaml}\nsessions:\n"
        f"  - {{on: tue, name: {hostile_yaml}, notes: {hostile_yaml}, tags: [{hostile_yaml}], steps: 10 min @ RPE 3}}\n"
        f"  - {{on: wed, note: {hostile_yaml}}}\n",
    )
    run = cli("compile", "x.plan.yaml")
    assert run.status == 0
    harmless(run.out + run.err)
    found = events("x")
    assert len(found) == 2
    for line in Path("x/plan.ics").read_bytes().split(b"\r\n"):
        assert len(line) <= 75
        harmless(line.decode())


@pytest.mark.parametrize("name", ["../escaped", "/tmp/escaped", "a/b", "..", "con"])
def test_a_plans_name_never_leads_elsewhere(plan, cli, desk, name):
    plan(("id: spring\n", ""), ("plan: Spring half", f"plan: '{name}'"), name="in/x.plan.yaml")
    before = sorted(desk.parent.iterdir())
    assert cli("compile", "in/x.plan.yaml", *ATHLETE).status == 0
    assert sorted(desk.parent.iterdir()) == before
    assert len(list(Path("in").iterdir())) == 2
