"""intervals.icu on the command line: what a runner sees, and what its double on the loopback holds."""

from __future__ import annotations

import datetime as dt
import stat

import pytest

from account.intervals.double import KEY
from negsplit.cli import console

THURSDAY = "2026-12-03"
TEMPO = "workout: Tempo\nsteps: warmup 10 min, 3x(800 m @ 4:15..4:05/km, recover 2 min)\n"
BY_HEART = "workout: By heart\nsteps: 20 min @ HR 148..156\n"


@pytest.fixture(autouse=True)
def first_day(intervals, write, stop_clock):
    """The first day of the spring plan; the athlete's threshold heart rate is not the account's, 170."""
    stop_clock("2026-11-30 08:00")
    write("athlete.yaml", "athlete: Me\nraces: 5 km in 22:30\nheart_rate: {threshold: 160}\n")


@pytest.fixture
def logged_in(intervals, cli, first_day):
    assert log_in(cli).status == 0
    intervals.log.requests.clear()


def log_in(cli, key=KEY):
    return cli("account", "login", "intervals", stdin=f"{key}\n".encode())


def events(intervals):
    return sorted(
        (one["start_date_local"][:10], one["name"], one["target"], one["description"].partition("\n\n[")[0])
        for one in intervals.events.there.values()
    )


def test_login_status_and_logout(intervals, state_folder, cli):
    run = log_in(cli)
    assert (run.status, run.out) == (0, "logged in as Test Runner\n")
    (key,) = state_folder.glob("*-key")
    assert (key.read_text(), stat.S_IMODE(key.stat().st_mode)) == (KEY, 0o600)
    run = cli("account", "status", "intervals")
    assert (run.status, run.out.splitlines()) == (
        0,
        [
            "logged in as Test Runner",
            "its time zone is Europe/Berlin",
            "running thresholds: pace 4:40/km, heart rate 170 bpm, power 300 W",
            "passes planned workouts on to Garmin; to Garmin last on 2026-02-08 at 10:00 UTC",
            "nothing was changed from here yet",
        ],
    )
    assert cli("account", "logout", "intervals").out == "logged out\n"
    assert not key.exists()
    assert cli("account", "logout", "intervals").out == "nobody was logged in\n"
    run = cli("account", "status", "intervals")
    assert (run.status, run.codes) == (1, ["logged-out"])
    assert "`negsplit account login intervals`" in run.err


def test_status_says_what_comes_to_no_watch(intervals, cli, logged_in):
    intervals.settings["lthr"] = None
    intervals.athlete["icu_garmin_upload_workouts"] = False
    said = cli("account", "status", "intervals").out
    assert "no threshold heart rate for running: heart-rate zones can be sent, but not heart rates in bpm\n" in said
    intervals.settings["max_hr"] = None
    said = cli("account", "status", "intervals").out
    assert "no threshold or max heart rate for running, without which no watch gets heart-rate targets\n" in said
    assert "passes planned workouts on to no watch" in said


def test_the_environment_names_the_account(intervals, cli, write, monkeypatch):
    monkeypatch.setenv("NEGSPLIT_ACCOUNT", "intervals")
    assert cli("account", "login", stdin=f"{KEY}\n".encode()).out == "logged in as Test Runner\n"
    assert cli("account", "status").out.startswith("logged in as Test Runner\nits time zone")
    write("tempo.workout.yaml", TEMPO)
    assert cli("upload", "tempo.workout.yaml", "--on", THURSDAY).status == 0
    assert len(events(intervals)) == 1
    monkeypatch.setenv("NEGSPLIT_ACCOUNT", "strava")
    for command in (("account", "status"), ("upload", "tempo.workout.yaml", "--on", THURSDAY)):
        run = cli(*command)
        assert run.status == 2
        assert run.err.startswith("error: NEGSPLIT_ACCOUNT is `strava`: it takes garmin or intervals\n")
    assert cli("upload", "tempo.workout.yaml", "--account", "strava").err.startswith("error: --account takes garmin")


@pytest.mark.parametrize("key", ["", "wr0ng", "two words"])
def test_what_is_not_taken_is_not_kept_or_said(intervals, state_folder, cli, key):
    run = log_in(cli, key)
    assert (run.status, run.codes) == (1, ["login-failed"])
    assert not list(state_folder.glob("*-key"))
    assert not key or key not in run.out + run.err


def test_the_key_is_not_read_from_a_pipe(intervals, cli, monkeypatch):
    monkeypatch.delenv("NEGSPLIT_INTERVALS_URL")  # refused before anybody is asked
    run = log_in(cli)
    assert (run.status, run.codes) == (1, ["login-failed"])
    assert "help: type `negsplit account login intervals` in a terminal\n" in run.err


def test_no_secret_is_said(intervals, cli, write):
    write("tempo.workout.yaml", TEMPO)
    runs = [log_in(cli), cli("account", "status", "intervals")]
    runs.append(cli("upload", "tempo.workout.yaml", "--account", "intervals", "--on", THURSDAY))
    intervals.key = "an0ther"
    runs.append(cli("account", "status", "intervals"))
    assert runs[-1].codes == ["logged-out"]
    assert not [word for word in intervals.secrets | {KEY} for run in runs if word in run.out + run.err]


def test_a_key_that_is_taken_no_longer_is_told_with_its_cure(intervals, cli, write, plan, logged_in):
    write("tempo.workout.yaml", TEMPO)
    plan()
    intervals.key = "an0ther"
    upload = cli("upload", "tempo.workout.yaml", "--account", "intervals", "--on", THURSDAY)
    for run in (upload, cli("sync", "spring.plan.yaml", "--account", "intervals", "--yes")):
        assert (run.status, run.codes) == (1, ["logged-out"])
        assert "log in with `negsplit account login intervals`" in run.err


def test_ways_into_garmin_s_account_are_none_here(intervals, cli):
    for option in (("--web",), ("--tokens", "x.json")):
        assert cli("account", "login", "intervals", *option).status == 2
    assert intervals.log.requests == []


def test_a_workout_comes_on_its_day_and_stays_as_it_is(intervals, cli, write, logged_in):
    write("tempo.workout.yaml", TEMPO)
    upload = ("upload", "tempo.workout.yaml", "--account", "intervals", "--on", THURSDAY)
    assert cli(*upload, "--dry-run").out == "+ Tempo, on Thu 03 Dec 2026: new\n1 to create\n"
    assert intervals.log.writes == []
    run = cli(*upload)
    assert (run.status, run.err) == (0, "")
    assert run.out == "+ Tempo, on Thu 03 Dec 2026: new\n1 to create\n1 change done\n"
    text = "- 10m intensity=warmup\n\n3x\n- 0.8km 4:15-4:05/km Pace\n- 2m intensity=recovery"
    assert events(intervals) == [(THURSDAY, "Tempo", "PACE", text)]
    intervals.log.requests.clear()
    assert cli(*upload).out == "1 unchanged\n"
    assert intervals.log.writes == []
    assert cli("account", "status", "intervals").out.endswith("last change from here just now\n")


def test_another_day_moves_it_and_one_that_was_dragged_stays(intervals, cli, write, logged_in):
    write("tempo.workout.yaml", TEMPO)
    upload = ("upload", "tempo.workout.yaml", "--account", "intervals", "--on")
    assert cli(*upload, THURSDAY).status == 0
    assert cli(*upload, "2026-12-05").out.startswith("> Tempo, on Sat 05 Dec 2026: is on Thu 03 Dec 2026\n")
    ((number, event),) = intervals.events.there.items()
    assert event["start_date_local"] == "2026-12-05T00:00:00"
    intervals.events.drag(number, dt.date(2026, 12, 8))
    run = cli(*upload, "2026-12-05")
    assert run.status == 1
    assert run.out.startswith("! Tempo: it was moved to Tue 08 Dec 2026 on the web; ")
    assert [one["start_date_local"][:10] for one in intervals.events.there.values()] == ["2026-12-08"]


def test_what_was_run_is_there_for_another_day_too(intervals, cli, write, logged_in):
    write("tempo.workout.yaml", TEMPO)
    upload = ("upload", "tempo.workout.yaml", "--account", "intervals", "--on")
    assert cli(*upload, THURSDAY).status == 0
    intervals.events.run(*intervals.events.there)
    assert "it was already run on Thu 03 Dec 2026" in cli(*upload, THURSDAY).out
    assert cli(*upload, "2026-12-05").out.startswith("+ Tempo, on Sat 05 Dec 2026: new, beside the one on Thu 03 Dec")
    assert [one["start_date_local"][:10] for one in intervals.events.there.values()] == [THURSDAY, "2026-12-05"]


def test_heart_rates_are_shares_of_the_account_s_threshold(intervals, cli, write, logged_in):
    write("heart.workout.yaml", BY_HEART)
    write("again.workout.yaml", BY_HEART.replace("By heart", "Again"))
    upload = ("upload", "heart.workout.yaml", "--account", "intervals", "--on", THURSDAY)
    run = cli(*upload)
    assert run.status == 0
    # 148 and 156 of 170 bpm, outward
    assert events(intervals) == [(THURSDAY, "By heart", "HR", "- 20m 87-92% LTHR")]
    differs = "your threshold heart rate is 170 bpm in the account and 160"
    assert run.err.count(differs) == cli(*upload, "again.workout.yaml").err.count(differs) == 1
    intervals.settings["lthr"] = 160
    assert differs not in cli(*upload, "--dry-run").err


@pytest.mark.parametrize(
    ("threshold", "words", "steps"),
    [
        ("lthr", "threshold heart rate", "20 min @ HR 148..156"),
        ("threshold_pace", "threshold pace", "20 min @ 4:15..4:05/km"),
        ("ftp", "threshold power", "20 min @ 250..270 W"),
    ],
)
def test_what_would_come_to_no_watch_is_refused_before_anything_is_sent(
    intervals, cli, write, logged_in, threshold, words, steps
):
    known = intervals.settings[threshold]
    intervals.settings[threshold] = None
    write("x.workout.yaml", f"workout: X\nsteps: {steps}\n")
    run = cli("upload", "x.workout.yaml", "--account", "intervals", "--on", THURSDAY)
    assert run.status == 1
    assert "unsupported" in run.codes
    assert words in run.err
    assert run.err.count("https://intervals.icu/settings") == 1
    assert "athlete" not in run.err
    assert intervals.log.writes == []
    intervals.settings[threshold] = known
    assert cli("upload", "x.workout.yaml", "--account", "intervals", "--on", THURSDAY).status == 0


@pytest.mark.parametrize("options", [(), ("--on", THURSDAY, "--send"), ("--on", "2026-11-29")])
def test_what_a_calendar_cannot_do_is_refused(intervals, cli, write, logged_in, options):
    write("tempo.workout.yaml", TEMPO)
    assert cli("upload", "tempo.workout.yaml", "--account", "intervals", *options).status == 2
    assert intervals.log.writes == []


def test_what_the_service_reads_otherwise_is_an_error(intervals, cli, write, logged_in, monkeypatch):
    monkeypatch.setattr(
        "account.intervals.double.events.parse", lambda _text: {"duration": 0, "distance": 0, "steps": []}
    )
    write("tempo.workout.yaml", TEMPO)
    run = cli("upload", "tempo.workout.yaml", "--account", "intervals", "--on", THURSDAY)
    assert (run.status, run.codes) == (1, ["kept-otherwise"])
    assert "step 1: 10 min was meant, nothing came back" in run.err
    assert "look at it in intervals.icu before you run it, and please report this" in run.err
    run = cli("upload", "tempo.workout.yaml", "--account", "intervals", "--on", THURSDAY)
    assert "the account reads it differently: " in run.out


def test_a_plan_comes_and_moves_and_what_was_edited_stays(intervals, cli, plan, logged_in):
    plan()
    sync = ("sync", "spring.plan.yaml", "--account", "intervals", "--yes")
    run = cli(*sync)
    assert run.status == 0, run.err
    assert run.out.splitlines()[0] == "Spring half, 2026-11-30 to 2026-12-13"
    assert len(events(intervals)) == 4  # as many as Garmin's account gets of these two weeks
    intervals.log.requests.clear()
    run = cli(*sync)
    assert (run.status, run.out.splitlines()[-1]) == (0, "4 unchanged")
    assert intervals.log.writes == []
    number = min(intervals.events.there)
    intervals.events.edit(number, description="- 5m")
    run = cli(*sync)
    assert (run.status, run.out.splitlines()[-1]) == (1, "3 unchanged, 1 conflict")
    assert intervals.events.there[number]["description"] == "- 5m"
    assert cli(*sync, "--force").status == 0
    assert intervals.events.there[number]["description"] != "- 5m"


def test_what_is_changed_while_the_question_stands_stays_and_is_told(intervals, cli, write, logged_in, monkeypatch):
    one = "plan: Two\nstart: 2026-11-30\nweeks: 1\nsessions: [{on: tue, steps: 30 min @ RPE 3}]\n"
    write("two.plan.yaml", one)
    sync = ("sync", "two.plan.yaml", "--account", "intervals")
    assert cli(*sync, "--yes").status == 0
    write("two.plan.yaml", one.replace("30 min", "40 min"))
    (number,) = intervals.events.there

    def yes_later(_question):
        intervals.events.edit(number, name="Mine")
        return True

    monkeypatch.setattr(console, "confirmed", yes_later)
    run = cli(*sync)
    assert (run.status, run.codes) == (1, ["overtaken"])
    assert "somebody changed it in the account meanwhile: 1 of 1 change not done\n" in run.err
    assert "run the same command again: it looks before it changes anything" in run.err
    assert intervals.events.there[number]["name"] == "Mine"


def test_with_notes_the_whole_plan_comes_and_without_them_they_stay(intervals, cli, write, logged_in):
    text = "plan: Two\nrace: {on: 2026-12-06, name: Park 5 km}\nweeks: 1\nsessions:\n"
    days = ["{on: mon, rest: legs up}", "{on: tue, steps: 30 min @ RPE 3}", "{on: wed, cross: bike}"]
    write("two.plan.yaml", text + "".join(f"  - {one}\n" for one in days))
    sync = ("sync", "two.plan.yaml", "--account", "intervals", "--yes")
    run = cli(*sync, "--notes", "--dry-run")
    assert run.out.splitlines() == [
        "Two, 2026-11-30 to 2026-12-13",
        "+ W01 Mon Rest: legs up, on Mon 30 Nov 2026: new",
        "+ W01 Tue, on Tue 01 Dec 2026: new",
        "+ W01 Wed Cross-training: bike, on Wed 02 Dec 2026: new",
        "+ W01 Sun Race: Park 5 km, on Sun 06 Dec 2026: new",
        "4 to create",
    ]
    assert cli(*sync, "--notes").status == 0
    kinds = [one["category"] for one in intervals.events.there.values()]
    assert kinds == ["NOTE", "WORKOUT", "NOTE", "RACE_A"]
    assert cli(*sync, "--notes").out.splitlines()[-1] == "4 unchanged"
    intervals.log.requests.clear()
    assert cli(*sync, "--prune").out.splitlines() == [
        "Two, 2026-11-30 to 2026-12-13",
        "  left out without `--notes`: 1 rest day, 1 day of cross-training, 1 race",
        "  two: 3 notes and races stay as they are without `--notes`",
        "1 unchanged",
    ]
    assert intervals.log.writes == []


def test_garmin_s_account_has_no_place_for_notes(intervals, cli, plan, monkeypatch):
    plan()
    run = cli("sync", "spring.plan.yaml", "--notes")
    assert run.status == 2
    assert "--notes is for intervals.icu" in run.err
    assert "`negsplit compile spring.plan.yaml`" in run.err


def test_too_many_requests_mean_come_back_later(intervals, cli, plan, logged_in):
    plan()
    intervals.fault("GET", "/api/v1/athlete/0", "status", status=429, headers={"Retry-After": "60"})
    run = cli("sync", "spring.plan.yaml", "--account", "intervals", "--yes")
    assert (run.status, run.codes) == (75, ["rate-limited"])
    assert intervals.log.writes == []


def test_a_zone_needs_no_more_than_a_max_heart_rate(intervals, cli, write, logged_in):
    """Of the service people report that heart rates go out where either of the two is set."""
    intervals.settings["lthr"] = None
    write("athlete.yaml", "athlete: Me\nraces: 5 km in 22:30\n")  # who has zones of their own has them in bpm
    write("zone.workout.yaml", "workout: Zone\nsteps: 20 min @ HR Z2\n")
    upload = ("upload", "zone.workout.yaml", "--account", "intervals", "--on", THURSDAY)
    assert cli(*upload).status == 0
    assert events(intervals) == [(THURSDAY, "Zone", "HR", "- 20m Z2 HR")]
    intervals.settings["max_hr"] = None
    run = cli(*upload)
    assert (run.status, run.codes.count("unsupported")) == (1, 1)
    without = (
        "`Zone` is left out: the account has no threshold or max heart rate for running, without which no watch gets "
        "heart-rate targets"
    )
    assert without in run.err
    assert "set it on https://intervals.icu/settings" in run.err


def test_sports_with_settings_of_their_own_are_said(intervals, cli, write, logged_in):
    """Thresholds are of a sport there, and a hike is in the settings of runs only where somebody put it."""
    hike = "sport: hiking\nsteps: 1 h @ HR 120..130\n"
    write("hike.workout.yaml", f"workout: Hike\n{hike}")
    write("mill.workout.yaml", "workout: Mill\nsport: treadmill\nsteps: 20 min @ HR 120..130\n")
    upload = ("upload", "hike.workout.yaml", "mill.workout.yaml", "--account", "intervals", "--on", THURSDAY)
    run = cli(*upload)
    assert run.status == 0
    assert "your account has other thresholds for Hike than for running, which are used here\n" in run.err
    write("hike.workout.yaml", f"workout: Hike\n{hike.replace('HR 120..130', 'RPE 3')}")
    assert "other settings" not in cli(*upload).err
    write("hike.workout.yaml", f"workout: Hike\n{hike}")
    intervals.settings["types"] = ["Run", "VirtualRun", "Hike", 7]
    assert "other settings" not in cli(*upload).err


def test_what_the_account_cannot_have_keeps_back_no_other_session(intervals, cli, plan, logged_in):
    sync = ("sync", "spring.plan.yaml", "--account", "intervals", "--yes")
    by_heart = ("run $total @ easy", "run $total @ HR 148..156")
    plan(by_heart)
    assert cli(*sync).status == 0
    kept = events(intervals)
    by_heart_there = {number for number, one in intervals.events.there.items() if one["target"] == "HR"}
    intervals.settings["lthr"] = None
    plan(by_heart, ("Hold back.", "Hold on."))
    run = cli(*sync, "--prune")
    assert (run.status, run.codes) == (1, ["unsupported"])
    assert by_heart_there <= intervals.events.there.keys()
    now = events(intervals)
    assert len(now) == len(kept) == 4
    assert {one[3].startswith("Hold on.") for one in now if one[2] == "PACE"} == {True}


# --- On to the watches ---------------------------------------------------------------------------

REFUSED = {"service": "Wahoo", "message": "422 no\x1b[31m threshold\n\u202epace", "date": "2026-11-30T07:00:00"}


def test_what_could_not_be_handed_on_is_said(intervals, cli, write, logged_in, harmless):
    write("tempo.workout.yaml", TEMPO)
    upload = ("upload", "tempo.workout.yaml", "--account", "intervals", "--on")
    assert cli(*upload, THURSDAY).status == 0
    ((_, event),) = intervals.events.there.items()
    whose = {"service": "Wahoo", "message": f"no login of {intervals.athlete['email']}"}
    event["push_errors"] = [REFUSED, REFUSED, {"service": None}, "x", {"message": "y" * 1000}, whose, {"message": [7]}]
    said = "Wahoo: 422 no[31m threshold pace"
    run = cli(*upload, THURSDAY)
    assert (run.status, run.out.splitlines()[-1]) == (0, "1 unchanged")
    assert run.out.count(f"  Tempo: it could not be passed on to {said}\n") == 1
    status = cli("account", "status", "intervals")
    assert f"Tempo, on Thu 03 Dec, could not be passed on to {said}\n" in status.out
    run = cli(*upload, "2026-12-05")
    assert (run.status, run.codes) == (0, ["not-handed-on"] * 3)
    assert f"`Tempo` is in intervals.icu, which could not pass it on to {said}\n" in run.err
    assert "look at it in intervals.icu before its day" in run.err
    for one in (run, status):
        harmless(one.out + one.err)
        assert max(map(len, (one.out + one.err).splitlines())) < 400
    assert "could not be passed on to Wahoo\n" in status.out
    assert intervals.athlete["email"] not in status.out + run.err
    assert "[7]" not in status.out
    event["push_errors"] = "none"
    assert "handed on to Wahoo" not in cli("account", "status", "intervals").out


def test_status_says_of_every_maker_that_gets_workouts(intervals, cli, logged_in):
    makers = ("garmin", "coros", "suunto", "wahoo", "huawei", "zepp", "zwift")
    intervals.athlete.update({f"{'icu_' * (one == 'garmin')}{one}_upload_workouts": True for one in makers})
    said = cli("account", "status", "intervals").out
    assert "passes planned workouts on to Garmin, COROS, Suunto, Wahoo, Huawei, Zepp, Zwift; to Garmin last" in said


def test_a_watch_that_would_get_workouts_twice(intervals, service, cli, plan, logged_in, stop_clock):
    pytest.importorskip("garminconnect", reason="the optional `account` dependencies are not installed")
    words = f"{service.sessions.email}\n{service.sessions.password}\n".encode()
    assert cli("account", "login", "garmin", stdin=words).status == 0
    plan()
    sync = ("sync", "spring.plan.yaml", "--yes", "--account")
    assert cli(*sync, "garmin").status == 0
    run = cli(*sync, "intervals", "--dry-run")
    assert (run.status, run.codes) == (0, ["twice-on-watch"])
    assert (
        "intervals.icu passes workouts on to Garmin, and 4 workouts of these are in your Garmin account too" in run.err
    )
    intervals.athlete["icu_garmin_upload_workouts"] = False
    assert cli(*sync, "intervals", "--dry-run").codes == []
    intervals.athlete["icu_garmin_upload_workouts"] = True
    plan(("id: spring", "id: autumn"))
    assert cli(*sync, "intervals", "--dry-run").codes == []
    plan()
    stop_clock("2026-12-14 08:00")  # all of them are over
    assert cli(*sync, "intervals", "--dry-run").codes == []


# --- The athlete's account ---------------------------------------------------------------------


@pytest.fixture
def named(write, first_day):
    """The athlete whose file names the account."""
    write("athlete.yaml", "athlete: Me\nraces: 5 km in 22:30\naccount: intervals\n")


def test_the_athlete_s_file_names_the_account(intervals, cli, write, plan, named):
    assert cli("account", "login", stdin=f"{KEY}\n".encode()).out == "logged in as Test Runner\n"
    assert "running thresholds" in cli("account", "status").out
    assert cli("athlete", "show").out.splitlines()[-1].split() == ["account", "intervals", "as", "written"]
    write("tempo.workout.yaml", TEMPO)
    assert cli("upload", "tempo.workout.yaml", "--on", THURSDAY).status == 0
    assert len(events(intervals)) == 1
    plan()
    assert cli("sync", "spring.plan.yaml", "--yes").status == 0
    assert len(events(intervals)) == 5
    assert cli("account", "logout").out == "logged out\n"


def test_what_is_said_goes_before_the_environment_and_that_before_the_athlete(
    intervals, service, cli, write, plan, named, monkeypatch
):
    pytest.importorskip("garminconnect", reason="the optional `account` dependencies are not installed")
    plan()
    write("tempo.workout.yaml", TEMPO)
    monkeypatch.setenv("NEGSPLIT_ACCOUNT", "garmin")
    for command in (("upload", "tempo.workout.yaml", "--on", THURSDAY), ("sync", "spring.plan.yaml", "--yes")):
        assert "negsplit account login intervals" not in (run := cli(*command)).err
        assert run.codes == ["logged-out"]
        run = cli(*command, "--account", "intervals")
        assert run.codes == ["logged-out"]
        assert "negsplit account login intervals" in run.err
    assert "intervals" not in cli("account", "status").err
    assert "intervals" in cli("account", "status", "intervals").err


def test_the_athlete_of_the_plan_or_of_the_command_line_names_the_account(intervals, service, cli, plan, write, named):
    pytest.importorskip("garminconnect", reason="the optional `account` dependencies are not installed")
    write("anna/anna.athlete.yaml", "athlete: Anna\nraces: 5 km in 22:30\n")
    assert "account login intervals" in cli("sync", plan()).err
    run = cli("sync", plan(), "--athlete", "anna/anna.athlete.yaml")
    assert (run.codes, "account login intervals" in run.err) == (["logged-out"], False)
    hers = write("anna.plan.yaml", f"{plan().read_text()}\nathlete: anna/anna.athlete.yaml\n")
    run = cli("sync", hers)
    assert (run.codes, "account login intervals" in run.err) == (["logged-out"], False)


def test_two_accounts_in_one_command_are_wrong_usage(intervals, cli, write, named):
    write("tempo.workout.yaml", TEMPO)
    write("anna/athlete.yaml", "athlete: Anna\nraces: 5 km in 22:30\n")
    write("anna/easy.workout.yaml")
    run = cli("upload", ".", "--on", THURSDAY)
    assert run.status == 2
    assert "garmin and intervals: choose one with --account" in run.err


def test_an_athlete_at_fault_is_none_to_log_in_by(intervals, cli, write, first_day):
    write("athlete.yaml", "athlete: Me\naccount: intrevals\n")
    run = cli("account", "status")
    assert (run.status, run.codes) == (1, ["unknown-value"])
    assert "help: did you mean `intervals`?\n" in run.err
    assert "`negsplit account status garmin` or `negsplit account status intervals`" in run.err
    assert cli("account", "logout", "intervals").status == 0


def test_of_two_athletes_neither_names_the_account(intervals, cli, write, desk):
    (desk / "athlete.yaml").unlink()
    for name in ("a", "b"):
        write(f"{name}.athlete.yaml", "athlete: Me\naccount: intervals\n")
    run = cli("account", "status")
    assert (run.status, run.codes) == (1, ["several-athletes"])
    assert "`negsplit account status intervals`" in run.err
    assert "--athlete" not in run.err
