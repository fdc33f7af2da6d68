"""``negsplit athlete show --temp``: what a published chart adds to each pace, as advice."""

import pytest

ATHLETE = """\
athlete: Me
races: 5 km in 20:00
paces: {park loop: 5:00/km, trail: 6:40..5:00/km, float: HR < 140}
"""


def added(text: str) -> dict[str, str]:
    """What heat adds to each pace that it adds anything to."""
    cells = [[cell.strip() for cell in line.split("  ") if cell.strip()] for line in text.splitlines()]
    return {row[0]: row[2] for row in cells if len(row) > 2 and row[2].startswith("+")}


@pytest.fixture
def show(write, cli):
    def shown(*options):
        write("athlete.yaml", ATHLETE)
        return cli("athlete", "show", *options)

    return shown


def test_a_warm_day_adds_to_every_pace_and_changes_none(show):
    """28 and 20 degrees are 82 and 68 F, together 150: 3 to 4.5 % by the chart, half of it for repeats."""
    run = show("--temp", "28", "--dew", "20")
    assert (run.status, run.err) == (0, "")
    found = added(run.out)
    assert found["park loop"] == "+9-14 s/km", "3 and 4.5 % of 300 s"
    assert found["trail"] == "+9-18 s/km", "3 % of 300 s for the fast end, 4.5 % of 400 s for the slow one"
    assert found["5k"] == "+7-11 s/km", "of 240 s"
    assert found["interval"] == "+4-5 s/km", "half of it, of 235 s"
    assert {"easy", "marathon", "threshold", "repetition"} <= found.keys()
    assert "float" not in found
    assert "82 + 68 F: run 3-4.5 % slower" in run.out
    assert "Galloway" in run.out
    assert "20 %" in run.out, "his row of 80 to 85 F"
    assert "5k          4:00/km" in run.out, "the pace itself is as ever"


def test_fahrenheit_and_celsius_are_the_same_weather(show):
    assert show("--temp", "82F", "--dew", "68 f").out == show("--temp", "27.8", "--dew", "20C").out


def test_miles(write, cli):
    write("athlete.yaml", f"{ATHLETE}units: imperial\n")
    run = cli("athlete", "show", "--temp", "82F", "--dew", "68F")
    assert added(run.out)["5k"] == "+12-17 s/mi", "of 386 s a mile"
    assert "82 F" in run.out


def test_humidity_instead_of_a_dew_point(show):
    """At 28 C, 62 % is a dew point of 20 C by tables of moist air."""
    assert show("--temp", "28", "--humidity", "62%").out == show("--temp", "28", "--dew", "20").out


def test_a_cool_day_adds_nothing(show):
    run = show("--temp", "10", "--dew", "5")
    assert added(run.out) == {}
    assert "nothing to add" in run.out


def test_above_the_chart_nobody_runs_hard(show):
    run = show("--temp", "38", "--dew", "30")
    assert added(run.out) == {}
    assert "no hard running" in run.out
    assert "no racing at all" in run.out


def test_one_pace_in_the_heat(show):
    run = show("5k", "--temp", "28", "--dew", "20")
    assert "  heat    +7-11 s/km\n" in run.out
    assert "Mark Hadley" in run.out


@pytest.mark.parametrize(
    "options",
    [
        ("--temp", "28"),
        ("--dew", "20"),
        ("--humidity", "60"),
        ("--temp", "28", "--dew", "20", "--humidity", "60"),
    ],
)
def test_heat_takes_two_numbers(show, options):
    run = show(*options)
    assert (run.status, run.out) == (2, "")
    assert "`--temp 28 --dew 20`" in run.err
    assert "`--temp 28 --humidity 60`" in run.err


@pytest.mark.parametrize(
    ("options", "cure"),
    [
        (("--temp", "20", "--dew", "21"), "which cannot be"),
        (("--temp", "82", "--dew", "68"), "`82F`"),
        (("--temp", "82K", "--dew", "68"), "`82F`"),
        (("--temp", "hot", "--dew", "20"), "`28`"),
        (("--temp", "28", "--humidity", "0"), "1 to 100"),
        (("--temp", "28", "--humidity", "101"), "1 to 100"),
        (("--temp", "200F", "--dew", "20"), "93 degrees Celsius"),
    ],
)
def test_what_is_no_weather_is_wrong_usage(show, options, cure):
    run = show(*options)
    assert (run.status, run.out) == (2, "")
    assert cure in run.err


def test_what_is_fahrenheit_already_is_not_proposed_again(show):
    """200 F are (200 - 32) / 1.8 = 93.3 C."""
    assert "F`" in show("--temp", "93", "--dew", "20").err
    assert "F`" not in show("--temp", "200F", "--dew", "20").err


@pytest.mark.parametrize(
    ("written", "said"),
    [("28.5", "29 C (83 F)"), ("28.4", "28 C (83 F)"), ("82F", "28 C (82 F)"), ("68.5F", "20 C (69 F)")],
)
def test_both_degrees_are_rounded_from_what_was_written_half_up(show, written, said):
    """By hand: 28.5 C are 83.3 F, 28.4 C are 83.12 F, 82 F are 27.8 C, 68.5 F are 20.3 C."""
    assert f"Heat: {said}, dew" in show("--temp", written, "--dew", "10").out


def test_around_freezing(show):
    assert "Heat: 0 C (32 F), dew point 0 C (32 F)" in show("--temp", "-0.2", "--dew", "-0.2").out


def test_air_may_be_as_wet_as_it_gets(show):
    assert show("--temp", "68F", "--dew", "20").status == 0
