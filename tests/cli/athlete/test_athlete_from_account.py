"""``negsplit athlete init --account intervals``: what the account knows becomes an athlete file, if somebody says yes.

The settings are those of the double, in the shape in which two clients have them; a runner without any has nulls.
"""

import re
from pathlib import Path

import pytest
import yaml

from account.intervals.double import KEY

INIT = ("athlete", "init", "--account", "intervals")


@pytest.fixture(autouse=True)
def logged_in(intervals, cli):
    assert cli("account", "login", "intervals", stdin=f"{KEY}\n".encode()).status == 0
    intervals.athlete |= {"icu_resting_hr": 48, "measurement_preference": "meters"}
    intervals.log.requests.clear()
    yield
    assert intervals.log.writes == []


def document(path="athlete.yaml"):
    return yaml.safe_load(Path(path).read_text())


def test_what_is_taken_is_shown_and_written_after_a_yes(intervals, cli):
    run = cli(*INIT, stdin=b"\ny\n")
    assert run.status == 0, run.err
    assert document() == {
        "athlete": "Test Runner",
        "threshold": "4:40/km",
        "heart_rate": {
            "max": 188,
            "rest": 48,
            "threshold": 170,
            "zones": [94, 140, 148, 156, 165, 170, 175, 188],
        },
        "power": {"critical": "300 W"},
        "units": "metric",
    }
    zones = "94, 140, 148, 156, 165, 170, 175, 188 bpm  (upper ends there; 94 is half of the highest)"
    shown = run.out.splitlines()
    first = shown.index("  name                  Test Runner")
    assert shown[first : first + 8] == [
        "  name                  Test Runner",
        "  threshold pace        4:40/km  (3.571 m/s there)",
        "  max heart rate        188 bpm",
        "  rest heart rate       48 bpm",
        "  threshold heart rate  170 bpm",
        "  critical power        300 W  (threshold power of runs there)",
        "  units                 metric",
        f"  heart-rate zones      {zones}",
    ]
    assert "from intervals.icu" in run.out
    assert "Write athlete.yaml? [y/N]" in run.err
    assert cli("check", ".", "--strict").status == 0
    assert "94-140 bpm" in cli("athlete", "show").out
    assert not [word for word in intervals.secrets if word in run.out + run.err]


@pytest.mark.parametrize("answers", [b"", b"\n", b"\nn\n", b"\nmaybe\n"])
def test_nothing_is_written_without_a_yes(cli, answers):
    assert cli(*INIT, stdin=answers).status == 1
    assert list(Path().iterdir()) == []


def test_yes_asks_nothing_and_options_go_first(cli):
    run = cli(*INIT, "--yes", "--name", "Anna", "--max", "190", "--quiet")
    assert run == (0, "", "")
    assert document()["athlete"] == "Anna"
    assert document()["heart_rate"]["max"] == 190
    assert document()["heart_rate"]["zones"][0] == 94


def test_where_the_first_zone_begins_is_asked_for_until_it_fits(cli):
    run = cli(*INIT, stdin=b"150\nlow\n110\ny\n")
    assert run.status == 0
    assert run.err.count("your first zone begins (it ends at 140)") == 3
    assert document()["heart_rate"]["zones"] == [110, 140, 148, 156, 165, 170, 175, 188]
    assert "(upper ends there)" in run.out


def test_what_is_not_set_there_is_left_out(intervals, cli):
    intervals.settings |= dict.fromkeys(("threshold_pace", "lthr", "max_hr", "ftp", "hr_zones"))
    intervals.athlete |= {"icu_resting_hr": None, "measurement_preference": None}
    run = cli(*INIT, "me", "--yes")
    assert run.status == 0
    assert document("me.athlete.yaml") == {"athlete": "Test Runner", "units": "metric"}
    assert "not set there: threshold pace, max heart rate, rest heart rate, threshold heart rate, " in run.out
    intervals.sports.remove(intervals.settings)  # no settings of runs at all
    assert cli(*INIT, "you", "--yes").status == 0


def test_five_zones_miles_and_what_the_language_does_not_take(intervals, cli, hostile, harmless):
    intervals.settings |= {"hr_zones": [120, 140, 155, 170, 190], "lthr": 189, "max_hr": 188, "ftp": 1200}
    intervals.settings["threshold_pace"] = 3.6
    intervals.athlete |= {"measurement_preference": "feet", "name": hostile}
    run = cli(*INIT, "--yes")
    assert run.status == 0
    harmless(run.out + run.err)
    found = document()
    assert found["athlete"] == "Me"
    assert (found["threshold"], found["units"]) == ("7:27/mi", "imperial")  # 447.04 s
    assert found["heart_rate"] == {"max": 188, "rest": 48, "zones": [95, 120, 140, 155, 170, 190]}
    assert "power" not in found
    refused = [line.removeprefix("not taken: ") for line in run.out.splitlines() if line.startswith("not taken: ")]
    (beats,) = [line for line in refused if line.startswith("threshold heart rate")]
    (power,) = [line for line in refused if line.startswith("critical power")]
    assert re.findall(r"\w+ heart rate,? \d+ bpm", beats) == [
        "threshold heart rate 189 bpm",
        "threshold heart rate, 189 bpm",
        "max heart rate, 188 bpm",
    ]
    assert re.findall(r"\d+", power) == ["1200", "50", "800", "1200"]


def test_zones_that_do_not_ascend_are_not_taken_nor_asked_about(intervals, cli):
    intervals.settings["hr_zones"] = [140, 140, 188]
    run = cli(*INIT, stdin=b"y\n")
    assert run.status == 0
    assert "zones" not in document()["heart_rate"]
    assert "not taken: heart-rate zones 94, 140, 140, 188 bpm: " in run.out


def test_never_over_a_file_and_not_without_a_login(intervals, cli, write):
    write("athlete.yaml", "athlete: Old\n")
    run = cli(*INIT, "--yes")
    assert (run.status, run.codes) == (1, ["file-exists"])
    assert intervals.log.requests == []
    assert Path("athlete.yaml").read_text() == "athlete: Old\n"
    assert cli("account", "logout", "intervals").status == 0
    run = cli(*INIT, "new", "--yes")
    assert (run.status, run.codes) == (1, ["logged-out"])
    assert not Path("new.athlete.yaml").exists()
    assert cli("athlete", "init", "--yes").status == 2
