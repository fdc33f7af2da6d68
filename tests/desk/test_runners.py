"""Whose numbers a document is compiled for."""

import os
from pathlib import Path

import pytest

WORKOUT = "workout: x\nsteps: 1 km @ threshold\n"
FAST, SLOW = "3:30/km", "5:00/km"
SHOWN = {FAST: "3:34-3:26/km", SLOW: "5:06-4:54/km"}


def athlete(pace: str, name: str = "Me") -> str:
    return f"athlete: {name}\nthreshold: {pace}\n"


@pytest.fixture
def target(cli):
    """The target that a workout gets, or None where there is no athlete."""

    def found(path, *options):
        run = cli("show", path, *options)
        if run.codes == ["needs-athlete"]:
            return None
        assert run.status == 0, run.err
        return next(pace for pace, shown in SHOWN.items() if shown in run.out)

    return found


@pytest.fixture
def home(tmp_path):
    """The home that the desk stands in."""
    return tmp_path


@pytest.mark.parametrize("name", ["athlete.yaml", "me.athlete.yaml"])
@pytest.mark.parametrize("place", ["a/b", "a", ".", ".."])
def test_beside_the_document_or_above_it(write, target, place, name):
    write("a/b/x.workout.yaml", WORKOUT)
    assert target("a/b/x.workout.yaml") is None
    write(f"{place}/{name}", athlete(FAST))
    assert target("a/b/x.workout.yaml") == FAST


def test_the_nearest_wins(write, target, home):
    write("a/x.workout.yaml", WORKOUT)
    write(home / "configuration" / "athlete.yaml", athlete(SLOW))
    assert target("a/x.workout.yaml") == SLOW
    write("athlete.yaml", athlete(FAST))
    assert target("a/x.workout.yaml") == FAST
    write("a/athlete.yaml", athlete(SLOW))
    assert target("a/x.workout.yaml") == SLOW


def test_not_above_the_repository(write, target):
    write("repository/a/x.workout.yaml", WORKOUT)
    write("athlete.yaml", athlete(FAST))
    assert target("repository/a/x.workout.yaml") == FAST
    os.mkdir("repository/.git")
    assert target("repository/a/x.workout.yaml") is None
    write("repository/athlete.yaml", athlete(SLOW))
    assert target("repository/a/x.workout.yaml") == SLOW


def test_not_above_the_home(write, target, home, monkeypatch):
    (home / "real").mkdir()
    os.symlink(home / "real", home / "link")
    monkeypatch.setenv("HOME", str(home / "link"))
    write(home / "athlete.yaml", athlete(FAST))
    inside, outside = write(home / "real" / "x.workout.yaml", WORKOUT), write("x.workout.yaml", WORKOUT)
    assert target(inside) is None
    assert target(outside) == FAST


def test_without_a_home_it_still_works(write, target, monkeypatch):
    monkeypatch.delenv("HOME")
    write("x.workout.yaml", WORKOUT)
    write("athlete.yaml", athlete(FAST))
    assert target("x.workout.yaml") == FAST


def test_a_folder_anybody_may_write_to_counts_only_beside_the_document(write, target):
    write("public/mine/x.workout.yaml", WORKOUT)
    write("public/y.workout.yaml", WORKOUT)
    write("public/athlete.yaml", athlete(FAST))
    os.chmod("public", 0o1777)
    assert target("public/mine/x.workout.yaml") is None
    assert target("public/y.workout.yaml") == FAST


@pytest.mark.parametrize(
    "name",
    [".athlete.yaml", ".#me.athlete.yaml", "._me.athlete.yaml", "athlete.yml", "myathlete.yaml", "athlete.yaml~"],
)
def test_other_names_do_not_count(write, target, name):
    write("x.workout.yaml", WORKOUT)
    write(name, athlete(FAST))
    assert target("x.workout.yaml") is None


def test_a_folder_of_that_name_does_not_count(write, target):
    write("x.workout.yaml", WORKOUT)
    os.mkdir("athlete.yaml")
    assert target("x.workout.yaml") is None


def test_a_folder_is_no_athlete(write, cli):
    write("x.workout.yaml", WORKOUT)
    os.mkdir("runners")
    run = cli("show", "x.workout.yaml", "--athlete", "runners")
    assert run.codes == ["unreadable"]
    assert "cannot read `runners`: it is a folder" in run.err


def test_two_athletes_are_an_error_that_names_them_once(write, cli):
    for name in ("a/x.workout.yaml", "a/b/y.workout.yaml", "a/c/z.workout.yaml"):
        write(name, WORKOUT)
    write("other/w.workout.yaml", WORKOUT.replace("threshold", "RPE 3"))
    write("a/athlete.yaml", athlete(FAST))
    write("a/you.athlete.yaml", athlete(SLOW, "You"))
    run = cli("compile", "a", "other")
    assert run.status == 1
    assert run.codes == ["several-athletes"]
    assert "`a` holds 2 athlete files: `athlete.yaml` and `you.athlete.yaml`" in run.err
    assert "--athlete FILE" in run.err
    assert run.out.startswith("other/w.fit: ")
    assert cli("compile", "a", "--athlete", "a/you.athlete.yaml").status == 0
    for number in range(4):
        write(f"a/{number}.athlete.yaml", athlete(SLOW, f"{number}"))
    assert (
        "`a` holds 6 athlete files: `0.athlete.yaml`, `1.athlete.yaml`, `2.athlete.yaml` and 3 more\n"
        in cli("compile", "a").err
    )


def test_a_faulty_athlete_is_told_once_and_every_document_is_still_checked(write, cli):
    write("a/athlete.yaml", "athlete: Me\nraces: 5 km at 22:30\n")
    write("a/x.workout.yaml", WORKOUT)
    write("a/y.workout.yaml", "workout: y\nsteps: 10 parsecs\n")
    write("b/z.workout.yaml", "workout: z\nsteps: 10 min\n")
    run = cli("compile", ".")
    assert run.status == 1
    lines = [line.partition(" ")[0] for line in run.err.splitlines() if "error[" in line]
    assert lines == ["a/athlete.yaml:2:13:", "a/y.workout.yaml:2:11:"]
    assert run.out.startswith("b/z.fit: ")
    assert sorted(path.name for path in Path().rglob("*.fit")) == ["z.fit"]
    run = cli("check", ".")
    assert run.status == 1
    assert run.err.count("a/athlete.yaml:2:13:") == 1
    assert run.out == "4 files: 2 errors\n"


def test_what_needs_no_athlete_is_compiled_beside_two(write, cli):
    write("x.workout.yaml", "workout: x\nsteps: 10 min @ RPE 3, 5 min @ 5:00/km\n")
    write("y.workout.yaml", WORKOUT)
    write("a.athlete.yaml", athlete(FAST))
    write("b.athlete.yaml", athlete(SLOW, "You"))
    run = cli("compile", "x.workout.yaml")
    assert (run.status, run.codes) == (0, ["several-athletes"])
    assert "needs none" in run.err
    assert run.out.startswith("x.fit: ")
    run = cli("compile", "y.workout.yaml")
    assert (run.status, run.codes, run.out) == (1, ["several-athletes"], "")


def test_an_athlete_with_a_warning_is_used_and_warned_of_once(write, cli):
    write("athlete.yaml", "athlete: Me\nraces: 800 m in 2:20\n")
    for name in "xyz":
        write(f"{name}.workout.yaml", WORKOUT.replace("x", name))
    run = cli("compile", ".")
    assert run.status == 0
    assert run.codes == ["short-race"]
    assert [line.partition(":")[0] for line in run.out.splitlines()] == [
        "for Me, from athlete.yaml",
        "x.fit",
        "y.fit",
        "z.fit",
    ]


@pytest.mark.parametrize("option", ["you.athlete.yaml", f"threshold {FAST}"])
def test_the_option_wins_over_files(write, target, option):
    write("x.workout.yaml", WORKOUT)
    write("athlete.yaml", athlete(SLOW))
    write("you.athlete.yaml", athlete(FAST, "You"))
    os.rename("you.athlete.yaml", "elsewhere.yaml")
    option = option.replace("you.athlete.yaml", "elsewhere.yaml")
    assert target("x.workout.yaml", "--athlete", option) == FAST


@pytest.mark.parametrize(
    ("option", "words"),
    [
        ("nobody.yaml", "cannot read `nobody.yaml`: there is no such file"),
        ("5k", 'words in quotes: "5 km in 22:30"'),
        ("", 'words in quotes: "5 km in 22:30"'),
        ("x.workout.yaml", "x.workout.yaml:1:1: error[other-kind]"),
        ("word " * 2000, "error["),
        ("nul", "error["),
    ],
)
def test_an_option_that_is_no_athlete_is_told_once(write, cli, option, words):
    write("x.workout.yaml", WORKOUT)
    write("y.workout.yaml", WORKOUT)
    run = cli("compile", "x.workout.yaml", "y.workout.yaml", "--athlete", option)
    assert run.status == 1
    assert run.err.count(words) == 1
    assert not run.out


def test_words_on_the_command_line_take_the_athlete_of_the_working_folder(write, cli):
    write("athlete.yaml", athlete(FAST))
    os.mkdir("out")
    assert cli("compile", "-e", "1 km @ threshold", "-o", "out/x.fit").status == 0
    assert SHOWN[FAST] in cli("inspect", "out/x.fit").out


def test_the_configuration_folder_of_the_platform(write, target, home, monkeypatch):
    monkeypatch.delenv("NEGSPLIT_CONFIG_DIR")
    monkeypatch.setenv("XDG_CONFIG_HOME", str(home / "xdg"))
    monkeypatch.setattr("sys.platform", "linux")
    write("x.workout.yaml", WORKOUT)
    write(home / "xdg" / "negsplit" / "athlete.yaml", athlete(FAST))
    assert target("x.workout.yaml") == FAST


def test_paths_are_shown_as_people_would_write_them(write, cli, home):
    write("a/x.workout.yaml", WORKOUT)
    write("a/athlete.yaml", "athlete: Me\nraces: 5 km\n")
    assert cli("compile", "a").err.startswith("a/athlete.yaml:2:")
    os.remove("a/athlete.yaml")
    write(home / "athlete.yaml", "athlete: Me\nraces: 5 km\n")
    assert cli("compile", "a").err.startswith(f"{home.resolve()}/athlete.yaml:2:")
