"""``negsplit athlete show``: every number and where it comes from."""

from pathlib import Path

import pytest

FULL = """\
athlete: Example runner
races:
  - 5 km in 22:30 on 2026-10-04
  - half in 1:44:00 on 2026-09-20
threshold: 4:40/km
paces: {marathon: 5:05/km, easy: 6:20..5:40/km, float: HR < 145, hard: RPE 7..8, walk: open, park loop: easy + 10 s/km,
  quick: faster than 4:30/km, strong: 250..270 W, wattage: power Z3}
heart_rate: {max: 188, rest: 48, threshold: 170, zones: friel}
power: {critical: 280 W}
volume: middle
tolerance: 3 %
"""


def rows(text: str) -> dict[str, list[str]]:
    """The cells of each row by its name, columns parted by two spaces."""
    cells = [[cell.strip() for cell in line.split("  ") if cell.strip()] for line in text.splitlines()]
    return {row[0]: row[1:] for row in cells if row}


def test_everything_of_an_athlete(write, cli, golden):
    write("full.athlete.yaml", FULL)
    run = cli("athlete", "show", "full.athlete.yaml")
    assert (run.status, run.err) == (0, "")
    golden(Path(__file__).with_name("athlete.txt"), run.out)


def test_what_was_run_lately(write, cli):
    lately = "{weeks: [32, 35.5, 28, 36 km], longest: 12 km on 2026-11-22, runs: 4, until: 2026-11-29}"
    write("me.athlete.yaml", f"athlete: A\nraces: 5 km in 22:30\nhistory: {lately}\n")
    found = rows(cli("athlete", "show", "me.athlete.yaml").out)
    assert found["each week"] == ["32, 35.5, 28, 36 km", "until 2026-11-29"]
    assert found["longest run"] == ["12 km", "on 2026-11-22"]
    assert found["runs a week"] == ["4"]


def test_own_paces_stand_in_the_place_of_derived_ones(write, cli):
    write("full.athlete.yaml", FULL)
    found = rows(cli("athlete", "show", "full.athlete.yaml").out)
    assert found["marathon"] == ["5:05/km", "as written"]
    assert found["easy"] == ["6:20-5:40/km", "as written"]
    assert found["threshold"] == ["4:40/km", "as written"]
    assert found["5k"][0] == "4:30/km", "the pace of the race itself"
    assert found["quick"] == ["faster than 4:30/km", "as written"]
    assert found["park loop"] == ["6:30-5:50/km", "as written"]
    assert found["Z4"] == ["162-169 bpm"], "95 to 99 % of 170 bpm"


def test_zones_of_the_watch_s_and_of_one_s_own(write, cli):
    write("athlete.yaml", "athlete: Me\nheart_rate: {max: 188, zones: watch}\npace_zones: [6:00/km, 5:00/km]\n")
    found = rows(cli("athlete", "show").out)
    assert found["Z1-Z5"] == ["the watch's own", "as written"]
    assert [found[f"Z{n} pace"] for n in (1, 2, 3)] == [
        ["slower than 6:00/km"],
        ["6:00-5:00/km"],
        ["faster than 5:00/km"],
    ]


def test_miles_for_those_who_run_them(write, cli):
    write("athlete.yaml", "athlete: Me\nraces: 5 km in 22:30\nunits: imperial\n")
    found = rows(cli("athlete", "show").out)
    assert found["5k"][0] == "7:15/mi", "22:30 over 3.107 miles"
    assert found["units"] == ["imperial", "as written"]


@pytest.mark.parametrize("words", ["5 km in 22:30", "threshold 4:40/km"])
def test_words_are_an_athlete(cli, words):
    run = cli("athlete", "show", words)
    assert run.status == 0
    assert run.out.startswith(f"{words}\nVDOT 4")
    assert rows(run.out)["volume"] == ["low", "the default"]


def test_heart_rates_alone_are_an_athlete(write, cli):
    write("athlete.yaml", "athlete: Me\nheart_rate: {max: 190}\n")
    run = cli("athlete", "show")
    assert run.status == 0
    assert "Paces" not in run.out
    assert "VDOT" not in run.out
    assert rows(run.out)["max heart rate"] == ["190 bpm", "as written"]


def test_without_an_athlete_it_says_how_to_name_one(cli):
    run = cli("athlete", "show")
    assert (run.status, run.out, run.codes) == (1, "", ["no-athlete"])
    assert '`negsplit athlete show "5 km in 22:30"`' in run.err


@pytest.mark.parametrize(
    ("argument", "code"),
    [
        ("none.yaml", "unreadable"),
        ("5 km at 22:30", "unexpected"),
        ("w.workout.yaml", "other-kind"),
        ("", "no-athlete"),
    ],
)
def test_what_is_no_athlete_is_an_error(write, cli, argument, code):
    write("w.workout.yaml")
    run = cli("athlete", "show", argument)
    assert (run.status, run.out, run.codes) == (1, "", [code])


def test_an_athlete_at_fault_is_not_shown(write, cli):
    write("athlete.yaml", FULL.replace("4:40/km", "4:40"))
    run = cli("athlete", "show")
    assert (run.status, run.out) == (1, "")
    assert run.err.startswith("athlete.yaml:5:12: error[missing-unit]")


def test_quiet_still_shows(write, cli):
    write("athlete.yaml", "athlete: Me\nraces: 5 km in 22:30\n")
    assert cli("athlete", "show", "-q") == cli("athlete", "show")


def test_hostile_text_is_harmless(write, cli, hostile_yaml, harmless):
    write("athlete.yaml", f"athlete: {hostile_yaml}\nraces: 5 km in 22:30\n")
    run = cli("athlete", "show")
    assert run.status == 0
    assert run.out.startswith(r"A\x1b[31mB")
    harmless(run.out + run.err)
    write(
        "athlete.yaml", f"athlete: {hostile_yaml}\nraces: {hostile_yaml}\npaces: {{{hostile_yaml}: {hostile_yaml}}}\n"
    )
    run = cli("athlete", "show")
    assert run.status == 1
    harmless(run.out + run.err)


APART = "athlete: Me\nraces: [5 km in 20:00 on 2026-10-04, half in 1:42:00 on 2026-09-20]\n"


def test_results_apart_are_said_of_the_athlete_and_not_at_every_workout(write, cli):
    write("athlete.yaml", APART)
    write("easy.workout.yaml", "workout: Easy\nsteps: 30 min @ half\n")
    assert cli("athlete", "show").codes == ["results-apart"]
    assert cli("check", "-v", "athlete.yaml").codes == ["results-apart"]
    assert cli("check", "athlete.yaml").out.splitlines()[-1] == "1 note: -v shows it"
    assert cli("compile", "easy.workout.yaml").codes == []
    assert cli("check", "-v", "easy.workout.yaml").codes == []


def test_who_is_slower_than_the_tables_is_advised(cli):
    run = cli("athlete", "show", "5 km in 45:00")
    assert run.codes == ["beyond-tables"]
    assert rows(run.out)["easy"] == [
        "RPE 3",
        "run and walk; 63-73 % of VDOT 18.7 would be 11:41-10:32/km, hardly a run",
    ]
    assert cli("athlete", "show", "-q", "5 km in 45:00").codes == []
