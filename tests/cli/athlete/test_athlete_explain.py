"""``negsplit athlete show NAME``: what one pace or zone is, and how a name is told from a file and from a result."""

from pathlib import Path

import pytest

ATHLETE = """\
athlete: Example runner
races: 5 km in 22:30 on 2026-10-04
threshold: 4:40/km
paces: {park loop: easy + 10 s/km ± 5 s/km, hard: RPE 7..8, quick: faster than 4:30/km, lt: HR 165..172}
heart_rate: {max: 188, rest: 48, threshold: 170, zones: friel}
"""


def rows(text: str) -> dict[str, str]:
    """What stands behind each label of a page, lines that go on with a row joined to it."""
    found: dict[str, str] = {}
    label = ""
    for line in text.splitlines():
        if line.startswith("  ") and line[2:3].strip():
            label, _, rest = line[2:].partition("  ")
            found[label] = rest.strip()
        elif line.startswith("    "):
            found[label] += f" {line.strip()}"
    return found


@pytest.fixture
def show(write, cli):
    def shown(*words):
        write("athlete.yaml", ATHLETE)
        return cli("athlete", "show", *words)

    return shown


def test_a_pace_by_another_word_for_it(cli):
    run = cli("athlete", "show", "tempo", "5 km in 22:30")
    assert (run.status, run.err) == (0, "")
    assert run.out.startswith("tempo is threshold pace\n")
    found = rows(run.out)
    assert found["pace"] == "4:46/km"
    assert found["watch"] == "4:52-4:41/km, give or take 2 %", "286.4 s/km over 0.98 and over 1.02"
    assert found["from"] == "88 % of VDOT 43.4"
    assert found["VDOT"] == "43.4, from 5 km in 22:30"
    assert found["words"] == "threshold, T, tempo, LT"
    assert "Hansons" in run.out
    assert "write `marathon`" in run.out


@pytest.mark.parametrize(
    ("name", "pace"),
    [
        ("threshold", "4:40/km"),
        ("MP", "5:05/km"),
        ("half marathon", "4:54/km"),
        ("VO2max", "4:23/km"),
        ("5 km", "4:30/km"),
        ("5k pace", "4:30/km"),
        ("13.1mi", "4:54/km"),
        ("moderate", "5:26-5:04/km"),
        ("very easy", "slower than 6:14/km"),
        ("quick", "faster than 4:30/km"),
        ("park_loop", "6:24-5:43/km"),
    ],
)
def test_the_number_is_the_one_of_the_list(show, name, pace):
    assert rows(show(name).out)["pace"] == pace


def test_another_distance_is_predicted_too(show):
    found = rows(show("8k").out)
    assert found["words"] == "8k, 8 km pace"
    assert found["from"] == "predicted from 5 km in 22:30 (VDOT 43.4)"
    assert "1200 m" in rows(show("1000m").out)["from"]


def test_a_name_of_one_s_own_says_how_it_is_written(show):
    run = show("hard")
    assert run.out.startswith("hard, a name of your own\n")
    assert rows(run.out)["target"] == "RPE 7-8"
    assert rows(run.out)["from"] == "`RPE 7..8`, as written"


def test_what_the_watch_is_given_of_a_single_pace(write, cli):
    write(
        "athlete.yaml", "athlete: Me\npaces: {goal: 5:00/km ± 5 s/km, flat: 5:00..5:00/km, fast: faster than 4:30/km}\n"
    )
    assert rows(cli("athlete", "show", "goal").out)["watch"] == "5:05-4:55/km, give or take 5 s/km"
    for name in ("flat", "fast"):
        assert "watch" not in rows(cli("athlete", "show", name).out), "it is not widened"


def test_a_word_that_the_athlete_has_taken_is_theirs(show):
    assert rows(show("LT").out)["target"] == "165-172 bpm"
    assert rows(show("threshold").out)["words"] == "threshold, T, tempo"


def test_words_need_no_quotes(show):
    assert show("park", "loop") == show("park loop")
    assert show("Z2", "pace") == show("Z2 pace")


def test_a_zone_of_heart_rate(show):
    run = show("Z2")
    found = rows(run.out)
    assert found["beats"] == "145-152 bpm", "85 to 89 % of 170"
    assert found["Z2 pace"].startswith("6:01-5:19/km")
    assert found["garmin-max"] == "113-132 bpm", "60 to 70 % of 188"
    assert "garmin-hrr" in found
    assert "friel" not in found
    assert show("HR Z2") == run


def test_zones_that_friel_leaves_open(show):
    assert rows(show("Z1 pace").out)["pace"] == "slower than 6:01/km", "1.29 times 4:40"
    fifth = rows(show("Z5 pace").out)
    assert fifth["pace"] == "faster than 4:43/km", "1.01 times 4:40"
    assert fifth["Z5c"] == "faster than 4:12/km", "0.90 times 4:40"
    assert fifth["Z5a"] == "4:43-4:32/km"
    assert "gives no lower end" in rows(show("Z1").out)["ends"]
    assert "has no upper end" in rows(show("Z5").out)["ends"]
    assert "ends" not in rows(show("Z3").out)


def test_zones_of_one_s_own_are_open_too(write, cli):
    write("athlete.yaml", "athlete: Me\npace_zones: [6:00/km, 5:00/km]\n")
    assert rows(cli("athlete", "show", "Z1 pace").out)["pace"] == "slower than 6:00/km"
    assert rows(cli("athlete", "show", "Z3 pace").out)["pace"] == "faster than 5:00/km"
    assert rows(cli("athlete", "show", "Z2").out)["beats"] == "those of your watch's own zone"


def test_without_an_athlete_a_pace_is_explained_without_a_number(cli):
    run = cli("athlete", "show", "threshold")
    assert (run.status, run.err) == (0, "")
    assert run.out.startswith("threshold pace\n")
    assert "an athlete" in rows(run.out)["pace"]
    assert cli("athlete", "show", "Z2 pace").status == 0
    assert cli("athlete", "show", "8k").status == 0


def test_miles_for_those_who_run_them(write, cli):
    write("athlete.yaml", "athlete: Me\nraces: 5 km in 22:30\nunits: imperial\n")
    assert rows(cli("athlete", "show", "5k").out)["pace"] == "7:15/mi"


# --- Names, files and results ------------------------------------------------------------------


def test_a_name_and_an_athlete_in_either_order(write, cli):
    write("me.athlete.yaml", ATHLETE)
    run = cli("athlete", "show", "tempo", "me.athlete.yaml")
    assert rows(run.out)["runner"] == "Example runner"
    assert cli("athlete", "show", "me.athlete.yaml", "tempo") == run
    assert cli("athlete", "show", "tempo", "--athlete", "me.athlete.yaml") == run


def test_a_result_is_an_athlete_though_it_begins_with_a_pace(cli):
    assert rows(cli("athlete", "show", "half").out)["words"] == "half, HM, half marathon, hmp"
    for words in (["half in 1:48:00"], ["half", "in", "1:48:00"]):
        run = cli("athlete", "show", *words)
        assert run.out.startswith("half in 1:48:00\nVDOT "), words
    assert cli("athlete", "show", "threshold 4:40/km").out.startswith("threshold 4:40/km\nVDOT ")


def test_a_pace_wins_over_a_file_of_its_name(write, cli):
    write("tempo", ATHLETE)
    run = cli("athlete", "show", "tempo")
    assert run.out.startswith("tempo is threshold pace\n")
    assert "`negsplit athlete show --athlete tempo`" in run.err
    assert cli("athlete", "show", "--athlete", "tempo").out.startswith("Example runner\n")
    assert cli("athlete", "show", "-q", "tempo").err == ""


def test_a_file_of_another_name_is_an_athlete(write, cli):
    write("anna", ATHLETE)
    assert cli("athlete", "show", "anna").out.startswith("Example runner\n")
    write("athlete.yaml", "athlete: Broken\nraces: 5 km\n")
    assert cli("athlete", "show", "anna").out.startswith("Example runner\n")


def test_one_athlete_at_a_time(write, cli):
    write("a.yaml", ATHLETE)
    assert cli("athlete", "show", "a.yaml", "b.yaml").status == 2
    assert cli("athlete", "show", "a.yaml", "--athlete", "5 km in 22:30").status == 2


@pytest.mark.parametrize(
    ("name", "cure"), [("temppo", "`tempo`"), ("prk loop", "`park loop`"), ("100m", "`repetition`")]
)
def test_an_unknown_name_is_told_what_may_be_meant(show, name, cure):
    run = show(name)
    assert (run.status, run.out, run.codes) == (1, "", ["unknown-name"])
    assert cure in run.err
    assert '"5 km in 22:30"' in run.err, "it may have been meant as an athlete"


def test_a_zone_that_there_is_not(show):
    run = show("Z9")
    assert (run.status, run.out, run.codes) == (1, "", ["out-of-bounds"])
    assert show("Z6 pace").codes == ["out-of-bounds"]


def test_a_zone_in_words_is_the_zone(show):
    assert show("zone", "2").out == show("Z2").out


def test_an_athlete_at_fault_explains_nothing(write, cli):
    write("athlete.yaml", ATHLETE.replace("4:40/km", "4:40"))
    run = cli("athlete", "show", "tempo")
    assert (run.status, run.out) == (1, "")
    assert run.codes == ["missing-unit"]


def test_hostile_names_are_harmless(write, cli, hostile_yaml, harmless):
    write("athlete.yaml", f"athlete: {hostile_yaml}\nraces: 5 km in 22:30\npaces: {{ok: 5:00/km}}\n")
    for words in ("ok", "tempo", "\x1b[31mx", "\u202ex"):
        run = cli("athlete", "show", words)
        harmless(run.out + run.err)


def test_the_whole_page(show, golden):
    golden(Path(__file__).with_name("tempo.txt"), show("tempo").out)
