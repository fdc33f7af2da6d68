"""``negsplit new --kind 10k`` and the like: plans that are made for whoever asks."""

import os
import re
import shlex
from pathlib import Path

import pytest
import yaml

TEN = ("--kind", "10k", "--runs", "4", "--volume", "35km", "--long", "12km")
TO_RACE = (*TEN, "--race", "2027-04-18", "--weeks", "10")
ATHLETE = "athlete: Ana\nraces: [5 km in 24:00]\n"
SCHEMA = "negsplit-plan.schema.json"


@pytest.fixture
def answer(cli, monkeypatch):
    """Runs ``new`` on a terminal, and answers its questions, one a line."""
    monkeypatch.setattr("negsplit.cli.console.is_asked", lambda: True)

    def run(*answers, options):
        return cli("new", "spring", *options, stdin="".join(f"{line}\n" for line in answers).encode())

    return run


@pytest.fixture(autouse=True)
def monday(stop_clock):
    """It is a Monday, the thirtieth of November."""
    stop_clock("2026-11-30 18:00")


def read(path="spring.plan.yaml"):
    return yaml.load(Path(path).read_text(), yaml.BaseLoader)


def offered(run):
    """The commands that a refusal shows."""
    return re.findall(r"`negsplit (new .*?)`(?:$|;)", run.err, re.MULTILINE)


# --- What is written -----------------------------------------------------------------------------


def test_a_plan_from_options(write, cli):
    write("athlete.yaml", ATHLETE)
    run = cli("new", "spring", *TO_RACE)
    assert (run.status, run.err) == (0, "")
    first, growth, begins, then = run.out.splitlines()
    assert first == f"spring.plan.yaml: Spring, with {SCHEMA} beside it for editors"
    assert re.fullmatch(r"10 weeks, 4 runs a week, [\d.]+ -> [\d.]+ km a week, longest run [\d.]+ km", growth)
    assert begins == "begins on Monday 2027-02-08"
    for command in re.findall(r"`negsplit (.*?)`", then):
        assert cli(*shlex.split(command)).status == 0
    assert cli("check", "spring.plan.yaml", "--strict").status == 0
    assert read()["race"] == {"on": "2027-04-18", "distance": "10 km"}
    assert sorted(os.listdir()) == ["athlete.yaml", SCHEMA, "spring.plan.yaml"]


def test_nothing_is_written_over_another_file(write, cli):
    write("spring.plan.yaml", "mine")
    run = cli("new", "spring", "--kind", "10k")
    assert (run.status, run.codes) == (1, ["file-exists"])
    assert Path("spring.plan.yaml").read_text() == "mine"


def test_an_athlete_in_words_is_named_in_the_next_step(cli):
    run = cli("new", "spring", *TO_RACE, "--athlete", "5 km in 24:00")
    assert "`negsplit plan show spring.plan.yaml --athlete '5 km in 24:00'`" in run.out


def test_miles_for_whom_they_are(write, cli):
    write("athlete.yaml", ATHLETE + "units: imperial\n")
    imperial = [{"35km": "22mi", "12km": "8mi"}.get(word, word) for word in TO_RACE]
    run = cli("new", "spring", *imperial)
    assert run.status == 0, run.err
    assert re.search(r"-> [\d.]+ mi a week, longest run [\d.]+ mi", run.out)


def test_everything_that_may_be_said(write, cli):
    write("athlete.yaml", ATHLETE)
    more = ("--days", "mon,wed,fri,sun", "--tune-up", "2027-03-14:5k", "--goal", "49:00")
    run = cli("new", "spring", *TO_RACE, *more)
    assert run.status == 0, run.err
    document = read()
    assert document["race"]["goal"] == "49:00"
    assert {entry["on"] for entry in document["sessions"]} <= {"mon", "wed", "fri", "sun"}
    assert [entry["race"] for entry in document["sessions"] if "race" in entry] == ["5 km"]
    run = cli("new", "feel", *TO_RACE, "--by-feel")
    assert run.status == 0, run.err
    assert "@ easy" not in Path("feel.plan.yaml").read_text()


# --- When it is ----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("today", "monday"), [("2026-11-30", "2026-12-07"), ("2026-12-01", "2026-12-07"), ("2026-12-06", "2026-12-07")]
)
def test_without_a_day_it_begins_on_the_monday_after_today(cli, stop_clock, today, monday):
    stop_clock(f"{today} 23:30")
    run = cli("new", "spring", "--kind", "base", *TEN[2:], "--weeks", "6")
    assert run.status == 0, run.err
    assert f"begins on Monday {monday}, the Monday after today" in run.out
    assert read()["start"] == monday


def test_up_to_a_race_it_has_as_many_weeks_as_it_takes(cli):
    assert cli("new", "spring", *TEN, "--race", "2027-04-18").status == 0
    assert read()["weeks"] == "8"


def test_with_a_start_and_a_race_it_has_the_weeks_between(cli):
    assert cli("new", "spring", *TEN, "--race", "2027-04-18", "--start", "2027-02-01").status == 0
    assert read()["weeks"] == "11"


def test_a_race_before_next_monday_is_too_early(cli):
    run = cli("new", "spring", *TEN, "--race", "2026-12-06")
    assert (run.status, run.codes, os.listdir()) == (1, ["date"], [])
    assert "the race on 2026-12-06 is before 2026-12-07, the next Monday, on which the plan would begin" in run.err
    assert "name a later race, or with `--start` the day on which you began" in run.err


@pytest.mark.parametrize("weeks", [(), ("--weeks", "10")])
def test_no_plan_leads_to_a_race_that_is_over(cli, weeks):
    run = cli("new", "spring", *TEN, "--race", "2026-11-29", *weeks)
    assert (run.status, run.codes, os.listdir()) == (1, ["date"], [])
    assert "the race on 2026-11-29 is over" in run.err
    assert "name the day on which you began too: `--start`" in run.err
    assert cli("new", "spring", *TEN, "--race", "2026-11-29", "--start", "2026-10-05").status == 0


# --- What is missing or at fault -----------------------------------------------------------------


@pytest.mark.parametrize(
    ("options", "words"),
    [
        (("--kind", "10k"), "--weeks, --runs, --volume and --long are missing"),
        (TEN, "--weeks is missing"),
        (("--kind", "10k", "--race", "2027-04-18", "--runs", "4", "--long", "9km"), "--volume is missing"),
        (("--kind", "first-5k"), "--long is missing"),
        (("--kind", "first-5k", "--long", "0", "--volume", "3km"), "--volume says nothing of `--kind first-5k`"),
        (("--kind", "base", "--race", "2027-04-18"), "--race says nothing of `--kind base`"),
        (("--kind", "return", "--tune-up", "2027-04-18:5k"), "--tune-up says nothing of `--kind return`"),
        (("--kind", "thirds", "--runs", "4"), "--runs is for plans that are made for you"),
        (("--kind", "c25k", "--anyway"), "--anyway is for plans that are made for you"),
        ((*TO_RACE, "--start", "2027-01-04"), "--race, --start and --weeks are one too many"),
    ],
)
def test_wrong_usage_names_the_option(cli, options, words):
    run = cli("new", "spring", *options)
    assert (run.status, run.out, os.listdir()) == (2, "", [])
    assert words in run.err


@pytest.mark.parametrize(
    ("option", "value", "code"),
    [
        ("--race", "18.4.2027", "date"),
        ("--weeks", "ten", "unexpected"),
        ("--volume", "35", "missing-unit"),
        ("--volume", "4h", "kind"),
        ("--days", "mon,someday", "weekday"),
        ("--days", "mon,tue,wed", "duplicate-day"),
        ("--goal", "fast", "unexpected"),
        ("--tune-up", "2027-03-14", "date"),
        ("--tune-up", "2027-03-14:far", "unknown-race"),
        ("--tune-up", "2027-03-14:", "date"),
    ],
)
def test_an_option_at_fault_is_shown(cli, option, value, code):
    options = dict(zip(TO_RACE[::2], TO_RACE[1::2], strict=True)) | {option: value}
    run = cli("new", "spring", *(word for pair in options.items() for word in pair))
    assert (run.status, run.codes, os.listdir()) == (1, [code], [])


@pytest.mark.parametrize(
    ("options", "words"),
    [
        ((*TO_RACE[:6], *TO_RACE[8:], "--long", "90min"), "--volume and --long are both distances, or both times"),
        ((*TO_RACE, "--days", "mon,wed,sun"), "--days names 3 days, and --runs is 4"),
        (
            ("--kind", "first-5k", "--long", "2km"),
            "--long is a time here: the longest you can run without a walk",
        ),
        ((*TO_RACE, "--tune-up", "14 March"), "`14 March` is no race on the way"),
        ((*TO_RACE, "--tune-up", "10k"), "write its day and its distance: `2027-03-14:10k`"),
    ],
)
def test_what_is_at_fault_is_said(cli, options, words):
    run = cli("new", "spring", *options)
    assert (run.status, os.listdir()) == (1, [])
    assert words in run.err


# --- Asking --------------------------------------------------------------------------------------


def test_what_is_missing_is_asked_for(answer):
    run = answer("2027-04-18", "4", "35 km", "12 km", options=("--kind", "10k"))
    assert run.status == 0, run.err
    assert read()["race"]["on"] == "2027-04-18"
    questions = ["The day of your race", "How many runs", "How much you run", "Your longest run"]
    assert [run.err.count(one) for one in questions] == [1] * 4


def test_an_answer_at_fault_is_asked_for_again(answer):
    run = answer("soon", "", "1o", "10", "4", "35", "35 km", "12 km", options=("--kind", "10k"))
    assert run.status == 0, run.err
    assert (read()["start"], read()["weeks"]) == ("2026-12-07", "10")
    assert run.err.count("How much you run") == 2


def test_a_time_beside_a_distance_is_asked_for_again(answer):
    run = answer("2027-04-18", "4", "35 km", "90 min", "12 km", options=("--kind", "10k"))
    assert run.status == 0, run.err
    assert run.err.count("Your longest run") == 2


def test_a_longest_run_in_time_is_not_offered_beside_a_volume_in_distance(write, cli):
    write("athlete.yaml", ATHLETE + "history: {weeks: [35 km], longest: 90 min, runs: 4}\n")
    run = cli("new", "spring", "--kind", "10k", "--race", "2027-04-18")
    assert (run.status, os.listdir()) == (2, ["athlete.yaml"])
    assert "from your history: --runs 4, --volume 35 km\n" in run.err
    assert "--long is missing" in run.err


def test_nothing_is_written_before_all_is_known(answer):
    run = answer("2027-04-18", "4", "35 km", options=("--kind", "10k"))
    assert (run.status, os.listdir()) == (1, [])
    assert "you can answer with options instead: `negsplit new --help`" in run.err


def test_the_last_weeks_of_the_athlete_are_offered(write, answer, cli, monkeypatch):
    write("athlete.yaml", ATHLETE + "history: {weeks: [20, 32, 35, 37, 36 km], longest: 12 km, runs: 4}\n")
    run = answer("", "", "", options=("--kind", "10k", "--race", "2027-04-18"))
    assert run.status == 0, run.err
    assert "[35 km]" in run.err
    monkeypatch.setattr("negsplit.cli.console.is_asked", lambda: False)
    run = cli("new", "other", "--kind", "10k", "--race", "2027-04-18")
    assert (run.status, run.err) == (0, "from your history: --runs 4, --volume 35 km, --long 12 km\n")


@pytest.mark.parametrize(
    ("until", "kind", "said"),
    [
        ("2026-11-08", "base", "from your history: --volume 36 km, --long 12 km"),
        ("2026-11-07", "base", "from your history, 4 weeks before the plan, of which 75 % count: --volume 27 km"),
        ("2026-10-10", "base", "from your history, 8 weeks before the plan, of which 50 % count: --volume 18 km"),
        ("2026-10-10", "return", "from your history, 8 weeks before the plan: --volume 36 km, --long 12 km"),
    ],
)
def test_an_old_history_counts_in_part(write, cli, until, kind, said):
    """The shares are those of the rules, 28 and 56 days before a plan; the way back begins with what was before."""
    write("athlete.yaml", ATHLETE + f"history: {{weeks: 36 km, longest: 12 km, until: {until}}}\n")
    run = cli("new", "x", "--kind", kind, "--start", "2026-12-07", "--weeks", "8", "--runs", "4")
    assert run.err.startswith(said)


def test_a_goal_that_is_far_away_is_said(cli):
    options = ("--kind", "10k", "--start", "2026-12-07", "--weeks", "10", "--runs", "4", "--volume", "35km")
    run = cli("new", "x", *options, "--long", "12km", "--goal", "46:30", "--athlete", "5 km in 24:00")
    assert run.status == 0
    assert "your goal is 3.4 VDOT away" in run.out
    assert "VDOT" not in cli("new", "y", *options, "--long", "12km", "--athlete", "5 km in 24:00").out


# --- Refused -------------------------------------------------------------------------------------


def test_a_refusal_says_what_would_do_and_that_does(cli):
    runner = ("--runs", "4", "--volume", "20km", "--long", "8km")
    hasty = ("--kind", "half", "--race", "2027-02-07", "--weeks", "8", *runner)
    run = cli("new", "spring", *hasty)
    assert (run.status, run.out, run.codes, os.listdir()) == (1, "", ["no-plan"], [])
    assert "`--anyway` writes it all the same, with each warning as a comment" in run.err
    commands = offered(run)
    assert len(commands) == 3
    for command in commands:
        done = cli(*shlex.split(command))
        assert done.status == 0, done.err
        assert cli("check", "spring.plan.yaml", "--strict").status == 0
        Path("spring.plan.yaml").unlink()
    run = cli("new", "spring", *hasty, "--anyway")
    assert run.status == 0
    assert "a coach would stop it; why stands in the file, in 1 comment" in run.out
    assert (
        "# a half marathon takes 10 weeks from where you are, and you have 8 weeks"
        in Path("spring.plan.yaml").read_text()
    )


def test_a_long_way_is_two_plans_of_which_the_second_follows_the_first(cli):
    options = ("--start", "2026-12-07", "--weeks", "40", "--runs", "4", "--volume", "30km", "--long", "12km")
    run = cli("new", "spring", "--kind", "marathon", *options, "--athlete", "5 km in 24:00")
    assert (run.status, run.codes) == (1, ["no-plan"])
    for command in offered(run):
        done = cli(*shlex.split(command))
        assert done.status == 0, done.err
    [follows] = re.findall("then write `(follows: .*?)` into the other", run.err)
    plan = Path("spring.plan.yaml")
    plan.write_text(plan.read_text().replace("\nweeks:", f"\n{follows}\nweeks:", 1))
    assert cli("check", "spring.plan.yaml", "--strict", "--athlete", "5 km in 24:00").status == 0
    assert "before it" in cli("plan", "show", "spring.plan.yaml", "--athlete", "5 km in 24:00").out


def test_of_nothing_no_plan_is_made_anyway(cli):
    nothing = ("--kind", "10k", "--runs", "4", "--volume", "0", "--long", "0", "--weeks", "10", "--anyway")
    run = cli("new", *nothing, "--", "-spring")
    assert (run.status, run.codes) == (1, ["no-plan"])
    assert "--anyway" not in run.err
    [command] = offered(run)
    assert cli(*shlex.split(command)).status == 0
    assert Path("-spring.plan.yaml").exists()


def test_beginners_and_returning_runners(cli):
    assert cli("new", "first", "--kind", "first-5k", "--long", "0").status == 0
    for day in ("2027-03-14", "2027-03-13", "2027-03-10"):
        assert cli("new", day, "--kind", "first-5k", "--long", "5min", "--race", day).status == 0
    run = cli("new", "back", "--kind", "return", "--weeks", "9", "--runs", "4", "--volume", "40km", "--long", "14km")
    assert run.status == 0
    assert cli("check", "first.plan.yaml", "back.plan.yaml", "--strict").status == 0


def test_what_is_missing_is_shown_as_it_may_be_typed(cli):
    run = cli("new", "spring", "--kind", "10k", "--runs", "3")
    assert run.status == 2
    assert "--race or --weeks, --volume and --long are missing" in run.err
    assert "`--weeks 10 --volume 35km --long 12km`" in run.err


def test_days_cut_short_are_meant(cli):
    run = cli("new", "spring", *TEN, "--race", "2027-04-18", "--days", "mo,we,sa,su")
    assert run.status == 1
    assert [day for day in ("mon", "wed", "sat", "sun") if f"did you mean `{day}`?" in run.err] == [
        "mon",
        "wed",
        "sat",
        "sun",
    ]


def test_a_week_without_a_unit_is_kilometres_miles_or_minutes_and_no_seconds(cli):
    options = dict(zip(TO_RACE[::2], TO_RACE[1::2], strict=True)) | {"--volume": "35"}
    run = cli("new", "spring", *(word for pair in options.items() for word in pair))
    assert run.codes == ["missing-unit"]
    assert "write `35km`, `35mi` or `35min`" in run.err
