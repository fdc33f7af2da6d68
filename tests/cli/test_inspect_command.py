"""``negsplit inspect``: any workout or schedule file, explained."""

import os
import re
import tracemalloc
from pathlib import Path

import pytest

from strategies.fit_bytes import MEMO, STRING, UINT16, file_id, fit, message, repeat, schedule, step, workout

REAL = Path(__file__).parents[2].parent / "shared" / "data" / "fit"
DAY = 86_400
ST_ANDREWS_DAY_2026 = 1_164_931_200 + 6 * 3600
"""2026-11-30 06:00 in seconds since 1989-12-31."""


def test_what_was_compiled_is_explained(write, cli, golden):
    write(
        "x.workout.yaml",
        "workout: Cruise intervals\nnotes: Comfortably hard.\nsteps:\n  - warmup 15 min @ RPE 3\n"
        "  - 4x(1 mi @ 4:20/km and 180 spm -- tall, 1 min)\n  - cooldown until HR < 120\n",
    )
    cli("compile", "x.workout.yaml")
    run = cli("inspect", "x.fit")
    assert (run.status, run.err) == (0, "")
    golden(Path(__file__).with_name("inspected.txt"), re.sub(r"(serial number) \d+", r"\1 N", run.out))


def test_miles(write, cli):
    write(
        "x.fit",
        fit(
            file_id(),
            workout(1),
            step(
                0,
                duration_type=1,
                duration_value=160_934,
                target_type=0,
                target_value=0,
                custom_target_value_low=3000,
                custom_target_value_high=4000,
            ),
        ),
    )
    assert "5:33-4:10/km" in cli("inspect", "x.fit").out
    assert "8:56-6:42/mi" in cli("inspect", "x.fit", "--miles").out


def test_what_cannot_be_said_here_is_noted_and_quiet_leaves_it_out(write, cli):
    write("x.fit", fit(file_id(), workout(2, sport=2), step(0, target_type=11, target_value=2), step(1, intensity=6)))
    run = cli("inspect", "x.fit")
    assert run.status == 0
    noted = run.out.partition("Cannot be written as YAML:\n")[2].partition("\n\n")[0].splitlines()
    assert noted[0] == "  sport 2 (cycling) is read as running"
    assert [line.partition(":")[0] for line in noted[1:]] == ["  step 1", "  step 2"]
    assert "Different from what negsplit writes:\n  byte " in run.out
    quiet = cli("inspect", "x.fit", "-q").out
    assert "cannot say" not in quiet
    assert "Unlike" not in quiet
    assert run.out.startswith(quiet)


def test_steps_bear_their_numbers_in_the_file(write, cli):
    write("x.fit", fit(file_id(), workout(4), step(0), step(1), repeat(2, 0, 5), step(3)))
    lines = cli("inspect", "x.fit").out.splitlines()
    assert [line.split()[:2] for line in lines[2:6]] == [["3", "5"], ["1", "Run"], ["2", "Run"], ["4", "Run"]]


def test_a_file_with_nothing_to_say(write, cli):
    nothing = {"manufacturer": None, "product": None, "serial_number": None, "time_created": None}
    write("x.fit", fit(file_id(**nothing), workout(0, wkt_name=None)))
    run = cli("inspect", "x.fit")
    assert run.status == 0
    assert run.out.startswith("(no name) (running)\n")
    assert "created unknown, serial number unknown, manufacturer unknown, product unknown\n" in run.out


def test_a_schedule(write, cli):
    entry = {"manufacturer": 1, "product": 65534, "serial_number": 77, "time_created": 1_136_160_000, "type": 0}
    write(
        "SCHEDULE.FIT",
        fit(
            file_id(type=7),
            schedule(**entry, completed=0, scheduled_time=ST_ANDREWS_DAY_2026),
            schedule(**entry, completed=1, scheduled_time=ST_ANDREWS_DAY_2026 + DAY),
            schedule(type=1, serial_number=78),
            schedule(type=9),
        ),
    )
    run = cli("inspect", "SCHEDULE.FIT")
    assert (run.status, run.err) == (0, "")
    assert run.out.splitlines() == [
        "Schedule: 4 entries",
        "  2026-11-30 06:00  workout, serial number 77, created 2026-01-01 00:00 UTC",
        "  2026-12-01 06:00  workout, serial number 77, created 2026-01-01 00:00 UTC, completed",
        "  no day  course, serial number 78, created unknown",
        "  no day  type 9, serial number unknown, created unknown",
    ]


def test_what_is_not_used_of_a_file_is_counted_and_quiet_leaves_it_out(write, cli):
    plans = [message(137, {"name": (0, STRING)}, {"name": "Spring"})] * 2
    write("x.fit", fit(file_id(), message(49, {"v": (0, UINT16)}, {"v": 410}), *plans, workout(1), step(0)))
    write("S.FIT", fit(file_id(type=7), *plans, message(28, {"a": (10, UINT16), "b": (7, UINT16)}, {"a": 1, "b": 2})))
    run = cli("inspect", "x.fit")
    said = "\nIn the file, but not used:\n  2 messages of an unknown kind (137) left out\n"
    assert said in run.out
    assert run.out.partition("\n\nIn the file, but")[0].endswith("software 410")
    assert said not in cli("inspect", "x.fit", "-q").out
    run = cli("inspect", "S.FIT")
    assert run.out.endswith(said + "  2 values in unknown fields of the entries (7, 10) not shown\n")
    assert cli("inspect", "S.FIT", "-q").out.splitlines() == run.out.splitlines()[:2]


# --- What is no such file ----------------------------------------------------------------------


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (b"", "byte 8: expected '.FIT'"),
        (b"workout: x\nsteps: 10 min\n", "byte 8: expected '.FIT'"),
        (fit(file_id(), workout(1), step(0))[:-5], "byte "),
        (fit(file_id(), workout(1), step(0))[:-1] + b"\0", "expected checksum"),
        (fit(file_id(type=4)), "expected file type 5 (workout), found 4 (activity)"),
        (fit(file_id(), workout(1), step(0)) * 2, "expected the end of the file"),
    ],
)
def test_a_file_that_is_damaged_or_of_another_kind_is_an_error(write, cli, data, words):
    write("x.fit", data)
    run = cli("inspect", "x.fit")
    assert (run.status, run.out, run.codes) == (1, "", ["not-a-workout-file"])
    assert "`x.fit` is not a valid workout or schedule file: " in run.err
    assert words in run.err


def test_a_huge_file_is_refused_without_reading_it(cli):
    with open("x.fit", "wb") as file:
        file.write(fit(file_id()))
        file.truncate(200_000_000)
    tracemalloc.start()
    run = cli("inspect", "x.fit")
    _, most = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert most < 20_000_000
    assert run.status == 1
    assert "has more than 65536 bytes" in run.err


@pytest.mark.parametrize(
    ("name", "words"),
    [
        ("temp.fit", "did you mean `tempo.fit`?"),
        (".", "it is a folder"),
        ("x.workout.yaml", "`negsplit show x.workout.yaml` shows a workout in YAML"),
    ],
)
def test_a_file_that_cannot_be_read_may_be_another(write, cli, name, words):
    write("tempo.fit", b"")
    write("x.workout.yaml")
    run = cli("inspect", name)
    assert (run.status, run.out) == (1, "")
    assert words in run.err


# --- Hostile and real files --------------------------------------------------------------------


def test_hostile_text_is_harmless(write, cli, hostile, harmless):
    texts = {"wkt_step_name": hostile, "notes": hostile}
    data = fit(
        file_id(), workout(2, wkt_name=hostile, wkt_description=hostile), step(0, **texts), repeat(1, 0, **texts)
    )
    write(f"{hostile}.fit", data)
    run = cli("inspect", f"{hostile}.fit")
    assert run.status == 0
    assert run.out.count(r"A\x1b[31mB\x9b2JC\u202e") >= 3
    harmless(run.out + run.err)


def test_bytes_that_are_no_text_are_harmless(write, cli, harmless):
    everything = bytes(range(1, 256))
    write("x.fit", fit(file_id(), workout(1, wkt_name=everything[:200]), step(0, notes=everything[100:] + b"\0")))
    run = cli("inspect", "x.fit")
    assert run.status in (0, 1)
    harmless(run.out + run.err)


@pytest.mark.skipif(not REAL.is_dir(), reason="the real files are not beside the checkout")
def test_every_real_file_is_explained(cli, harmless):
    folders = (REAL, REAL.with_name("fit-variants"))
    files = [path for folder in folders for path in sorted(folder.iterdir()) if path.suffix.lower() == ".fit"]
    assert len(files) > 25
    for file in files:
        if "course" in file.name:
            assert cli("inspect", file).codes == ["not-a-workout-file"]
            continue
        run = cli("inspect", file)
        assert (run.status, run.err) == (0, ""), file.name
        harmless(run.out)
        assert run.out.startswith("Schedule: ") == ("SCHEDULE" in file.name)
        assert os.linesep not in run.out.rstrip().splitlines()[0]


# --- In the language ---------------------------------------------------------------------------

WORKOUTS = Path(__file__).parents[2] / "workouts"
WIDE = "athlete: Me\nheart_rate: {max: 190}\ntolerance: 3 %\n"


def test_a_workout_comes_back_in_the_language(write, cli):
    text = (
        "workout: Cruise intervals\nnotes: Comfortably hard.\nlast_recovery: skip\nsteps:\n  - warmup: 15 min @ RPE 3\n"
        "  - 4x(1 mi @ 4:20/km and 180 spm -- tall, 1 min)\n  - cooldown: until HR < 120\n"
    )
    write("x.workout.yaml", text)
    cli("compile", "x.workout.yaml")
    assert cli("inspect", "x.fit", "--as-yaml") == (0, text, "")


def test_every_example_comes_back_to_the_same_bytes(cli):
    assert cli("compile", *sorted(Path(WORKOUTS).rglob("*.workout.yaml")), "-o", "first", "-q") == (0, "", "")
    files = sorted(Path("first").rglob("*.fit"))
    assert len(files) >= 15
    for file in files:
        text = Path("second", file.stem + ".workout.yaml")
        assert cli("inspect", file, "--as-yaml", "-q", "-o", text) == (0, "", ""), file
        assert cli("inspect", file, "--as-yaml", "-o", text).err == "", file
    assert cli("compile", "second", "-q") == (0, "", "")
    for file in files:
        assert Path("second", file.name).read_bytes() == file.read_bytes(), file


def test_what_the_language_cannot_say_is_noted_and_quiet_leaves_it_out(write, cli, golden):
    foreign = {"wkt_step_name": "Hill sprint", "target_type": 1, "target_value": 0}
    ends = {"custom_target_value_low": 245, "custom_target_value_high": 245}
    write(
        "x.fit",
        fit(
            file_id(),
            workout(5, sport=2, wkt_name=None),
            step(0, target_type=11, target_value=2),
            step(1, **foreign, **ends),
            repeat(2, 1, 120),
            step(3, duration_value=500, intensity=6),
            repeat(4, 0, 2),
        ),
    )
    run = cli("inspect", "x.fit", "--as-yaml")
    assert run.status == 0
    golden(Path(__file__).with_name("as-yaml.txt"), f"{run.out}\n{run.err}")
    assert cli("inspect", "x.fit", "--as-yaml", "-q") == (0, run.out, "")


def test_what_is_left_out_of_a_file_is_a_warning_and_the_long_texts_of_the_rest_come_back(write, cli):
    short, whole = "Start slowly...", f"Start slowly, {'and go on, ' * 12}to the end"
    of_step = {"part_index": 0, "mesg_num": 27, "parent_index": 0, "field_num": 8}
    memo = message(145, MEMO, of_step | {"data": whole.encode().ljust(200, b"\0")})
    write("x.fit", fit(file_id(), message(137, {}, {}), workout(1), step(0, wkt_step_name="Run", notes=short), memo))
    run = cli("inspect", "x.fit", "--as-yaml", "-o", "x.yaml")
    assert (run.status, run.codes) == (0, ["left-out"])
    assert "warning[left-out]: x.fit: 1 message of an unknown kind (137) left out" in run.err
    assert cli("compile", "x.yaml", "-o", "again.fit", "-q") == (0, "", "")
    assert whole in re.sub(r"\s+", " ", cli("inspect", "again.fit").out)


def test_a_long_text_that_no_watch_keeps_comes_back_whole_and_is_cut_with_a_word_when_compiled(write, cli):
    whole = "Start slowly, " * 17
    parts = [whole.encode()[:120], whole.encode()[120:]]
    of_step = {"mesg_num": 27, "parent_index": 0, "field_num": 8}
    memos = [message(145, MEMO, of_step | {"part_index": part, "data": data}) for part, data in enumerate(parts)]
    write("x.fit", fit(file_id(), workout(1), step(0, notes="Start..."), *memos))
    run = cli("inspect", "x.fit", "--as-yaml", "-o", "x.yaml")
    assert run.status == 0
    assert whole.strip() in Path("x.yaml").read_text(encoding="utf-8")
    assert "step 1: compiled, its cue" in run.err
    assert "the cue has 237 characters, the watch keeps 199: it is cut" in cli("compile", "x.yaml").err


def test_an_athlete_beside_it_whose_numbers_change_it_is_named(write, cli):
    write("x.workout.yaml", "workout: Test\nsteps:\n  - run: 10 min @ watch Z2\n  - run: 10 min @ 5:00/km\n")
    cli("compile", "x.workout.yaml")
    assert cli("inspect", "x.fit", "--as-yaml").err == ""
    write("athlete.yaml", WIDE)
    run = cli("inspect", "x.fit", "--as-yaml")
    assert run.out == Path("x.workout.yaml").read_text(encoding="utf-8")
    assert run.codes == ["differs", "differs"]
    assert "x.fit: for Me, step 2: compiled, its target is 3233..3433 mm/s instead of 3267..3400 mm/s" in run.err


def test_miles_are_kept_for_who_runs_in_miles(write, cli):
    write("athlete.yaml", "athlete: Me\nunits: imperial\n")
    write("x.workout.yaml", "workout: Test\nsteps:\n  - run: 1 mi @ 8:03/mi\n")
    cli("compile", "x.workout.yaml")
    assert cli("inspect", "x.fit", "--as-yaml", "--miles").out == Path("x.workout.yaml").read_text(encoding="utf-8")
    assert cli("inspect", "x.fit", "--as-yaml", "--miles").err == ""
    assert cli("inspect", "x.fit", "--as-yaml").out == Path("x.workout.yaml").read_text(encoding="utf-8")
    write("y.workout.yaml", "workout: Test\nsteps:\n  - run: 1 mi @ 10.5..11.5 mph\n")
    cli("compile", "y.workout.yaml")
    assert cli("inspect", "y.fit", "--as-yaml", "--miles").out == Path("y.workout.yaml").read_text(encoding="utf-8")
    Path("athlete.yaml").unlink()
    assert cli("inspect", "x.fit", "--as-yaml", "--miles").err == ""
    assert "without an athlete, step 1: compiled, its name is `Run 3:33-3:15`" in (
        cli("inspect", "y.fit", "--as-yaml", "--miles").err
    )


def test_the_text_goes_where_it_is_sent(write, cli):
    write("tempo.fit", fit(file_id(), workout(1), step(0)))
    text = cli("inspect", "tempo.fit", "--as-yaml").out
    for out, place in [("a/b.yaml", "a/b.yaml"), ("c.YML", "c.YML"), ("folder", "folder/tempo.workout.yaml")]:
        run = cli("inspect", "tempo.fit", "--as-yaml", "-o", out)
        assert (run.status, run.out) == (0, f"{place}: Tempo, 1 step\n")
        assert Path(place).read_text(encoding="utf-8") == text
    write("kept.yaml/in.txt", "")
    write("file", "")
    run = cli("inspect", "tempo.fit", "--as-yaml", "-q", "-o", "file/x.yaml")
    assert (run.status, run.out, run.codes) == (1, "", ["unwritable"])
    assert sorted(path.name for path in Path().iterdir()) == ["a", "c.YML", "file", "folder", "kept.yaml", "tempo.fit"]


def test_a_file_is_not_written_over(write, cli):
    data = fit(file_id(), workout(1), step(0))
    write("x.yaml", data)
    assert cli("inspect", "x.yaml", "--as-yaml", "-q", "-o", "x.yaml").codes == ["same-output"]
    assert Path("x.yaml").read_bytes() == data


@pytest.mark.parametrize(
    ("data", "code", "words"),
    [
        (
            fit(file_id(type=7), schedule()),
            "not-a-workout-file",
            "`x.fit` is a schedule: only a workout can be written",
        ),
        (fit(file_id(), workout(0)), "not-a-workout-file", "`x.fit` has no steps"),
        (fit(file_id(), workout(1), step(0))[:-5], "not-a-workout-file", "`x.fit` is not a valid workout"),
        (
            fit(file_id(), workout(251), *map(step, range(251))),
            "unsupported",
            "error[unsupported]: x.fit: this takes 251 steps",
        ),
    ],
)
def test_what_is_no_workout_for_a_watch_is_refused(write, cli, data, code, words):
    write("x.fit", data)
    run = cli("inspect", "x.fit", "--as-yaml", "-q", "-o", "x.yaml")
    assert (run.status, run.out, run.codes) == (1, "", [code])
    assert words in run.err
    assert not Path("x.yaml").exists()


def test_a_place_without_the_language_is_wrong_usage(write, cli):
    write("x.fit", fit(file_id(), workout(1), step(0)))
    run = cli("inspect", "x.fit", "-o", "x.yaml")
    assert (run.status, run.out) == (2, "")
    assert "-o goes with --as-yaml" in run.err


def test_hostile_text_is_harmless_in_the_language(write, cli, hostile, harmless):
    texts = {"wkt_step_name": hostile, "notes": hostile}
    data = fit(file_id(), workout(2, wkt_name=hostile, wkt_description=hostile), step(0, **texts), repeat(1, 0))
    write(f"{hostile}.fit", data)
    run = cli("inspect", f"{hostile}.fit", "--as-yaml")
    assert run.status == 0
    harmless(run.out + run.err)
    cli("inspect", f"{hostile}.fit", "--as-yaml", "-q", "-o", "x.yaml")
    assert Path("x.yaml").read_text(encoding="utf-8") == run.out
    assert cli("compile", "x.yaml").status == 0


@pytest.mark.skipif(not REAL.is_dir(), reason="the real files are not beside the checkout")
def test_every_real_workout_gives_a_text_that_compiles(cli, harmless):
    folders = (REAL, REAL.with_name("fit-variants"))
    for file in (path for folder in folders for path in sorted(folder.iterdir()) if path.suffix.lower() == ".fit"):
        run = cli("inspect", file, "--as-yaml", "-o", "x.yaml")
        harmless(run.out + run.err)
        if "SCHEDULE" in file.name or "course" in file.name:
            assert (run.status, run.codes) == (1, ["not-a-workout-file"])
            continue
        assert run.status == 0, file.name
        assert set(run.codes) <= {"differs", "left-out"}, file.name
        assert cli("compile", "x.yaml", "-q") == (0, "", ""), file.name


def test_a_workout_that_may_be_hand_written_is_not_written_over_unless_named(write, cli):
    text = "# my own words\nworkout: Easy\nsteps: 20 min @ HR 140\n"
    path = write("x.workout.yaml", text)
    cli("compile", "x.workout.yaml")
    run = cli("inspect", "x.fit", "--as-yaml", "-o", ".")
    assert run.status == 1
    assert "`x.workout.yaml` is already there" in run.err
    assert path.read_text() == text
    assert cli("inspect", "x.fit", "--as-yaml", "-o", "x.workout.yaml").status == 0
    assert "my own words" not in path.read_text()
