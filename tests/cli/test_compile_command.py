"""``negsplit compile``: what it writes, where, and what it says."""

import os
import re
from pathlib import Path

import garmin_fit_sdk
import pytest

from negsplit.program.device import devices

ATHLETE = ("--athlete", "5 km in 22:30")


def decoded(path: str) -> dict[str, list[dict[str, object]]]:
    """A FIT file as Garmin's own decoder reads it."""
    stream = garmin_fit_sdk.Stream.from_byte_array(bytearray(Path(path).read_bytes()))
    messages, errors = garmin_fit_sdk.Decoder(stream).read()
    assert not errors
    return messages


def files(folder: str = ".") -> list[str]:
    """Every file below a folder but the sources."""
    found = (path for path in Path(folder).rglob("*") if path.is_file() and path.suffix not in (".yaml", ".yml"))
    return sorted(str(path.relative_to(folder)) for path in found)


# --- What is written ---------------------------------------------------------------------------


def test_one_file_beside_its_source_and_one_line_about_it(write, cli):
    write("a/easy.workout.yaml", "workout: Easy with strides\nsteps: 20 min @ RPE 3, 4x(20 s, walk 60 s)\n")
    run = cli("compile", "a/easy.workout.yaml")
    assert run.status == 0
    assert run.err == ""
    assert run.out == "a/easy.fit: Easy with strides, 3 steps and 1 repeat, about 25:20, exact\n"
    assert files() == ["a/easy.fit"]
    messages = decoded("a/easy.fit")
    assert messages["workout_mesgs"][0]["wkt_name"] == "Easy with strides"
    assert messages["workout_mesgs"][0]["num_valid_steps"] == len(messages["workout_step_mesgs"]) == 4


def test_the_line_gives_time_and_distance_in_the_runners_units(write, cli):
    write("x.workout.yaml", "workout: Two\nsteps: 2 mi @ threshold\n")
    assert cli("compile", "x.workout.yaml", *ATHLETE).out == "x.fit: Two, 1 step, about 15:21, 3.22 km, exact\n"
    write("athlete.yaml", "athlete: Me\nraces: 5 km in 22:30\nunits: imperial\n")
    said = "for Me, from athlete.yaml\nx.fit: Two, 1 step, about 15:21, 2 mi, exact\n"
    assert cli("compile", "x.workout.yaml").out == said


def test_for_whom_is_said_once_and_only_where_it_matters(write, cli):
    write("athlete.yaml", "athlete: Me\nraces: 5 km in 22:30\n")
    write("a.workout.yaml", "workout: A\nsteps: 10 min @ RPE 3, 5 min @ 5:00/km\n")
    assert "athlete.yaml" not in cli("compile", "a.workout.yaml").out
    write("b.workout.yaml", "workout: B\nsteps: 10 min @ easy\n")
    write("c.workout.yaml", "workout: C\nsteps: 10 min @ HR Z2\n")
    out = cli("compile", ".").out
    assert [line.partition(":")[0] for line in out.splitlines()] == [
        "a.fit",
        "for Me, from athlete.yaml",
        "b.fit",
        "c.fit",
    ]
    assert cli("compile", "b.workout.yaml", "-q").out == ""
    assert "from athlete.yaml" not in cli("compile", "b.workout.yaml", *ATHLETE).out


def test_what_is_degraded_is_said_in_the_line_and_where_it_stands(write, cli):
    write("x.workout.yaml", f"workout: x\nsteps:\n  - 10 min -- {'word ' * 60}\n")
    run = cli("compile", "x.workout.yaml")
    assert run.status == 0
    assert ", degraded: the cue has 299 characters, the watch keeps 199: it is cut\n" in run.out
    assert run.err.startswith("x.workout.yaml:3:5: warning[degraded]: the cue has 299")


def test_several_documents_of_a_file_are_numbered(write, cli):
    write(
        "x.workout.yaml", "workout: a\nsteps: 10 min\n---\nworkout: b\nsteps: 11 min\n---\nworkout: c\nsteps: 12 min\n"
    )
    run = cli("compile", "x.workout.yaml")
    assert [line.partition(",")[0] for line in run.out.splitlines()] == ["x.fit: a", "x-2.fit: b", "x-3.fit: c"]
    assert decoded("x-3.fit")["workout_mesgs"][0]["wkt_name"] == "c"
    assert cli("compile", "x.workout.yaml", "-o", "y.fit").status == 0
    assert files() == ["x-2.fit", "x-3.fit", "x.fit", "y-2.fit", "y-3.fit", "y.fit"]


def test_a_document_at_fault_keeps_its_number_and_the_others_are_written(write, cli):
    write("x.workout.yaml", "workout: a\nsteps: 10 min\n---\nworkout: b\nsteps: 11\n---\nworkout: c\nsteps: 12 min\n")
    run = cli("compile", "x.workout.yaml")
    assert run.status == 1
    assert files() == ["x-3.fit", "x.fit"]


@pytest.mark.parametrize("out", ["new.fit", "old.fit", "sub/folder/new.fit", "UPPER.FIT"])
def test_out_is_a_file_where_it_ends_so(write, cli, out):
    write("w.workout.yaml")
    cli("compile", "w.workout.yaml", "-o", "old.fit")
    write("x.workout.yaml")
    run = cli("compile", "x.workout.yaml", "-o", out)
    assert run.status == 0
    assert run.out.startswith(f"{out}: x, ")
    assert decoded(out)["workout_mesgs"][0]["wkt_name"] == "x"


@pytest.mark.parametrize("held", [b"", b"mine", b"\x0e\x10\x00\x00\x00\x00\x00\x00.FIT", "SCHEDULE"])
def test_a_file_that_is_no_workout_is_not_written_over(write, cli, plan, held):
    if held == "SCHEDULE":
        plan()
        cli("compile", "spring.plan.yaml", "--athlete", "5 km in 22:30")
        held = Path("spring/SCHEDULE.FIT").read_bytes()
    write("x.workout.yaml")
    write("x.fit", held)
    run = cli("compile", "x.workout.yaml")
    assert (run.status, run.codes, run.out) == (1, ["file-exists"], "")
    assert "`x.fit` is already there" in run.err
    assert "`--force`" in run.err
    assert Path("x.fit").read_bytes() == held
    assert cli("compile", "x.workout.yaml", "--force").status == 0
    assert decoded("x.fit")["workout_mesgs"][0]["wkt_name"] == "x"


def test_a_workout_of_an_account_replaces_its_own_kind_alone(write, cli):
    write("x.workout.yaml")
    write("x.json", "{}")
    connect = ("compile", "x.workout.yaml", "--format", "connect")
    assert cli(*connect).codes == ["file-exists"]
    assert Path("x.json").read_text() == "{}"
    assert cli(*connect, "--force").status == 0
    assert cli(*connect).status == 0


def test_a_file_that_would_stay_the_same_is_left_alone_and_what_lies_beside_it_swept_up(write, cli):
    write("x.workout.yaml")
    assert cli("compile", "x.workout.yaml").status == 0
    before = os.stat("x.fit")
    Path(".negsplit-x.fit.tmp").write_bytes(b"left by a run that was killed")
    said = cli("compile", "x.workout.yaml")
    assert (said.status, said.err) == (0, "")
    assert said.out.startswith("x.fit: ")
    assert (os.stat("x.fit").st_ino, os.stat("x.fit").st_mtime_ns) == (before.st_ino, before.st_mtime_ns)
    assert files() == ["x.fit"]
    assert cli("compile", "x.workout.yaml", "--force").status == 0
    assert os.stat("x.fit").st_ino != before.st_ino


def test_a_link_to_the_same_content_is_replaced_all_the_same(write, cli):
    write("x.workout.yaml")
    assert cli("compile", "x.workout.yaml").status == 0
    os.rename("x.fit", "elsewhere")
    os.symlink("elsewhere", "x.fit")
    assert cli("compile", "x.workout.yaml").status == 0
    assert not Path("x.fit").is_symlink()
    assert Path("x.fit").read_bytes() == Path("elsewhere").read_bytes()


def test_a_replaced_file_keeps_its_mode(write, cli):
    write("x.workout.yaml")
    cli("compile", "x.workout.yaml")
    os.chmod("x.fit", 0o640)
    write("x.workout.yaml", "workout: y\nsteps: 12 min\n")
    assert cli("compile", "x.workout.yaml").status == 0
    assert os.stat("x.fit").st_mode & 0o777 == 0o640


def test_out_is_a_folder_else_which_keeps_the_folders_of_what_was_walked(write, cli):
    for name in ("all/x.workout.yaml", "all/b/y.workout.yaml", "all/b/c/z.yaml", "w.workout.yaml", "b/v.workout.yaml"):
        write(name)
    assert cli("compile", "all", "w.workout.yaml", "b/v.workout.yaml", "-o", "out/deep").status == 0
    assert files() == [f"out/deep/{name}" for name in ("b/c/z.fit", "b/y.fit", "v.fit", "w.fit", "x.fit")]


def test_without_out_a_folder_is_compiled_in_place(write, cli):
    write("all/x.workout.yaml")
    write("all/b/y.workout.yaml")
    assert cli("compile", "all").status == 0
    assert files() == ["all/b/y.fit", "all/x.fit"]


def test_one_file_cannot_hold_several_workouts(write, cli):
    write("a/x.workout.yaml")
    write("y.workout.yaml")
    for paths in (["a"], ["y.workout.yaml", "a/x.workout.yaml"]):
        run = cli("compile", *paths, "-o", "one.fit")
        assert run.status == 2
        assert "`one.fit`, for several workouts; name a folder" in run.err
    assert files() == []


def test_quiet_says_only_what_is_wrong(write, cli):
    write("x.workout.yaml")
    write("y.workout.yaml", "workout: y\nsteps: run 45 m\n")
    run = cli("compile", "x.workout.yaml", "y.workout.yaml", "-q")
    assert run.status == 0
    assert run.out == ""
    assert run.codes == ["metres"]
    assert files() == ["x.fit", "y.fit"]


# --- Words -------------------------------------------------------------------------------------


def test_words_are_named_after_the_file(cli):
    run = cli("compile", "-e", "warmup 10 min, 6x(400 m @ 5k, 200 m), cooldown", "-o", "out/tempo run.fit", *ATHLETE)
    assert run.status == 0
    assert run.out.startswith("out/tempo run.fit: tempo run, 4 steps and 1 repeat, about ")
    assert decoded("out/tempo run.fit")["workout_mesgs"][0]["wkt_name"] == "tempo run"


@pytest.mark.parametrize(("out", "written"), [("tempo", "tempo/tempo.fit"), (".", "desk.fit"), ("new/..", "desk.fit")])
def test_words_for_a_folder_are_named_after_the_folder(cli, out, written):
    assert cli("compile", "-e", "10 min", "-o", out).status == 0
    assert files() == [written]
    assert decoded(written)["workout_mesgs"][0]["wkt_name"] == Path(written).stem


def test_words_at_fault_are_called_by_their_place(cli):
    run = cli("compile", "-e", "10 min, 5 parsecs", "-o", "x.fit")
    assert run.status == 1
    assert run.err.startswith("<command line>:1:11: error[")
    assert files() == []


# --- What goes wrong ---------------------------------------------------------------------------


def test_one_that_fails_stops_no_other(write, cli):
    write("a.workout.yaml", "workout: a\nsteps: 10\n")
    write("b.workout.yaml")
    write("c.workout.yaml", "workout: c\nsteps: [\n")
    write("d.workout.yaml")
    run = cli("compile", ".", "missing.yaml")
    assert run.status == 1
    assert files() == ["b.fit", "d.fit"]
    assert run.codes == ["missing-unit", "yaml-syntax", "unreadable"]


@pytest.mark.parametrize(
    ("names", "options", "kept"),
    [
        (["a/x.workout.yaml", "b/x.workout.yaml"], ["-o", "out"], "out/x.fit"),
        (["a/x.workout.yaml", "b/X.workout.yaml"], ["-o", "out"], "out/x.fit"),
        (["x.workout.yaml", "x.yaml"], [], "x.fit"),
        (["x.workout.yaml", "x.yml"], ["-o", "out"], "out/x.fit"),
    ],
)
def test_two_that_would_write_one_file_are_an_error_and_the_first_is_kept(write, cli, names, options, kept):
    for name, workout in zip(names, ("first", "second"), strict=True):
        write(name, f"workout: {workout}\nsteps: 10 min\n")
    run = cli("compile", *names, *options)
    assert run.status == 1
    assert run.codes == ["same-output"]
    assert f"`{names[1]}` and `{names[0]}` would both write" in run.err
    assert files() == [kept]
    assert decoded(kept)["workout_mesgs"][0]["wkt_name"] == "first"


def test_a_numbered_document_does_not_take_another_files_place(write, cli):
    write("x.workout.yaml", "workout: a\nsteps: 10 min\n---\nworkout: b\nsteps: 11 min\n")
    write("x-2.workout.yaml", "workout: c\nsteps: 12 min\n")
    run = cli("compile", "x.workout.yaml", "x-2.workout.yaml")
    assert run.status == 1
    assert run.codes == ["same-output"]
    assert decoded("x-2.fit")["workout_mesgs"][0]["wkt_name"] == "b"


def test_a_source_is_never_written_over(write, cli):
    text = "workout: x\nsteps: 10 min\n"
    write("x.fit", text)
    run = cli("compile", "x.fit")
    assert run.status == 1
    assert "would overwrite its own source" in run.err
    assert Path("x.fit").read_text() == text


def test_a_place_that_cannot_be_written_stops_no_other(write, cli):
    for name in ("x", "y"):
        write(f"{name}.workout.yaml")
    os.mkdir("x.fit")
    run = cli("compile", ".")
    assert run.status == 1
    assert "cannot write `x.fit`: a folder has that name" in run.err
    assert files() == ["y.fit"]


def test_names_that_a_watch_cannot_tell_apart_are_warned_of(write, cli):
    write("x.workout.yaml", "workout: Cruise intervals long\nsteps: 10 min\n")
    write("y.workout.yaml", "workout: Cruise intervals short\nsteps: 11 min\n")
    run = cli("compile", ".")
    assert run.status == 0
    assert run.codes == ["same-name"]
    assert "y.workout.yaml:1:10: warning[same-name]" in run.err
    assert "in `x.workout.yaml`\n" in run.err
    assert files() == ["x.fit", "y.fit"]


def test_an_athlete_is_no_workout(write, cli):
    write("athlete.yaml", "athlete: Me\nraces: 5 km in 22:30\n")
    run = cli("compile", "athlete.yaml")
    assert run.status == 1
    assert run.codes == ["other-kind"]


# --- Hostile text ------------------------------------------------------------------------------


def test_hostile_text_is_harmless_in_every_message(write, cli, hostile_yaml, harmless):
    write(
        "x.workout.yaml",
        f"workout: {hostile_yaml}\nnotes: {hostile_yaml}\ntags: [{hostile_yaml}]\nsteps:\n"
        f"  - run: 10 min\n    cue: {hostile_yaml}\n",
    )
    write("y.workout.yaml", f"workout: y\n{hostile_yaml}: x\nsteps: {hostile_yaml}\nsport: {hostile_yaml}\n")
    write("z.workout.yaml", f"{hostile_yaml}: z\n")
    write("a/athlete.yaml", f"athlete: {hostile_yaml}\nraces: {hostile_yaml}\npaces: {{{hostile_yaml}: easy}}\n")
    write("a/x.workout.yaml")
    run = cli("compile", ".")
    assert run.status == 1
    assert len(run.codes) > 5
    assert run.out.startswith("x.fit: A")
    harmless(run.out + run.err)


def test_hostile_words_are_harmless(cli, hostile, harmless):
    run = cli("compile", "-e", f"10 min -- {hostile}, {hostile}", "-o", f"{hostile}.fit", "--athlete", hostile)
    harmless(run.out + run.err)
    run = cli("compile", "-e", f"10 min, {hostile}", "-o", f"{hostile}.fit")
    assert run.status == 1
    harmless(run.out + run.err)
    run = cli("compile", "-e", "10 min", "-o", f"{hostile}.fit")
    assert run.status == 0
    harmless(run.out + run.err)


@pytest.mark.parametrize("name", ["../../escaped", "/tmp/escaped", "a/b", "..", "C:\\x", "con", "x\\0y"])
def test_a_name_in_the_text_never_names_a_file(write, cli, desk, name):
    write("in/x.workout.yaml", f"workout: '{name}'\nsteps: 10 min\n")
    before = sorted(desk.parent.iterdir())
    assert cli("compile", "in", "-o", "out").status == 0
    assert files() == ["out/x.fit"]
    assert sorted(desk.parent.iterdir()) == before


def test_a_dash_is_no_place(write, cli):
    write("x.workout.yaml")
    run = cli("compile", "x.workout.yaml", "-o", "-")
    assert run.status == 2
    assert "`-` is neither" in run.err
    assert files() == []


@pytest.mark.parametrize("device", [*(name for name in devices() if name != "zwo"), "Forerunner 255", "fenix 7"])
def test_the_first_workout_that_the_readme_makes_is_exact_on_every_watch(cli, device):
    readme = (Path(__file__).parents[2] / "README.md").read_text(encoding="utf-8")
    name = re.search(r"`negsplit new ([a-z-]+)`", readme)[1]
    assert cli("new", name).status == 0
    run = cli("compile", f"{name}.workout.yaml", "--device", device, "--athlete", "5 km in 22:30")
    assert run.status == 0
    assert run.out.endswith(", exact\n")
    assert run.codes == (["device"] if device not in devices() else [])


def test_a_line_says_that_nothing_was_measured_on_a_watch_and_quiet_leaves_it_out(write, cli):
    write("x.workout.yaml")
    run = cli("compile", "x.workout.yaml", "--device", "fr245")
    assert run.status == 0
    assert run.err == "note[device]: nothing was measured on the Forerunner 245: compiled for `generic`\n"
    data = Path("x.fit").read_bytes()
    assert cli("compile", "x.workout.yaml", "--device", "fr245", "-q") == (0, "", "")
    cli("compile", "x.workout.yaml")
    assert Path("x.fit").read_bytes() == data


def test_two_names_that_become_one_are_told_apart(write, cli):
    for file, name in (("a", "Größe"), ("b", "Groesse"), ("c", "走る"), ("d", "飛る")):
        write(f"{file}.workout.yaml", f"workout: {name}\nsteps: 10 min @ RPE 3\n")
    assert cli("compile", "a.workout.yaml", "b.workout.yaml").codes == ["degraded", "same-name"]
    assert cli("compile", "c.workout.yaml", "d.workout.yaml").codes == ["degraded", "degraded", "same-name"]


def test_what_another_library_reads_otherwise_is_not_written(write, cli, monkeypatch):
    """A stub for what nobody knows of: fit-tool reads whatever is written here as it is meant."""
    write("x.workout.yaml", "workout: x\nsteps: 10 min\n")
    monkeypatch.setattr(
        "negsplit.formats.fit.second_reading.differences", lambda _data, _program: ["step 1: otherwise"]
    )
    with pytest.raises(AssertionError, match="step 1: otherwise"):
        cli("compile", "x.workout.yaml", "--verify")
    assert files() == []
    assert cli("compile", "x.workout.yaml").status == 0
