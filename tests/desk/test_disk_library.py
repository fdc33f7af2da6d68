"""The files that workouts use, on a real disk: which are found, which may be read, what is said of the others."""

import os
import re
import shlex
import socket
from pathlib import Path

import pytest

from negsplit.desk.disk_library import DiskLibrary
from negsplit.desk.presets import NAMES
from negsplit.diagnostics import Source
from negsplit.document.library import LibraryFile, Refusal

STRIDES = 'workout: Strides\nparams: {n: 4}\nsteps: ["${n}x(20 s @ RPE 8, walk 60 s)"]\n'


def using(*paths: str) -> str:
    uses = "".join(f'  - use: "{path}"\n' for path in paths)
    return f"workout: User\nsteps:\n  - 10 min @ RPE 3\n{uses}"


@pytest.fixture
def outside(tmp_path):
    """A workout beside the desk, where nothing may be used."""
    path = tmp_path / "outside" / "strides.workout.yaml"
    path.parent.mkdir()
    path.write_text(STRIDES)
    return path


def said(run) -> str:
    return run.err.partition("error[")[2].partition("\n")[0]


@pytest.mark.parametrize("path", ["lib/s.yaml", "./lib/s.yaml", "lib/../lib/s.yaml", "../w/lib/s.yaml", "ABSOLUTE"])
def test_a_file_below_the_document_is_used(write, cli, path):
    place = write("w/lib/s.yaml", STRIDES)
    write("w/x.workout.yaml", using(str(place.resolve()) if path == "ABSOLUTE" else path))
    run = cli("compile", "w/x.workout.yaml")
    assert (run.status, run.err) == (0, "")
    assert "3 steps and 1 repeat" in run.out


def test_above_the_document_only_within_its_repository(write, cli):
    write("lib/s.yaml", STRIDES)
    write("w/deep/x.workout.yaml", using("../../lib/s.yaml"))
    run = cli("check", "w/deep/x.workout.yaml")
    assert run.codes == ["unknown-block"]
    assert said(run) == "unknown-block]: `../../lib/s.yaml` is outside the folders that may be used"
    os.mkdir(".git")
    assert cli("check", "w/deep/x.workout.yaml").status == 0
    os.rmdir(".git")
    assert cli("check", "w/deep/x.workout.yaml", "--library", "lib").status == 0
    Path(".git").write_text("gitdir: elsewhere\n")
    assert cli("check", "w/deep/x.workout.yaml").status == 0


def pasted(run):
    """The option that the help of a run types out, as a shell takes it."""
    (typed,) = set(re.findall(r"help: name a folder that holds it: `(.+)`", run.err))
    return shlex.split(typed)


@pytest.mark.parametrize(
    ("here", "command", "wanted"),
    [
        (".", ["check", "w/deep/x.workout.yaml"], "."),
        ("w/deep", ["compile", "x.workout.yaml"], "../.."),
        ("w/deep", ["check", "x.workout.yaml", "--library", "../../other"], "../.."),
        ("lib", ["show", "../w/deep/x.workout.yaml"], ".."),
        ("a b", ["check", "../w/deep/x.workout.yaml"], ".."),
    ],
)
def test_the_library_that_the_help_types_out_works(write, cli, monkeypatch, here, command, wanted):
    write("lib/s.yaml", STRIDES)
    write("w/deep/x.workout.yaml", using("../../lib/s.yaml"))
    for name in ("a b", "other"):
        os.mkdir(name)
    monkeypatch.chdir(here)
    run = cli(*command)
    assert run.status == 1
    assert pasted(run) == ["--library", wanted]
    again = [word for word in command if word not in ("--library", "../../other")]
    assert cli(*again, *pasted(run)).status == 0


def test_a_folder_with_a_blank_in_its_name_is_quoted(write, cli):
    write("my runs/lib/s.yaml", STRIDES)
    write("my runs/w/x.workout.yaml", using("../lib/s.yaml"))
    run = cli("check", "my runs/w/x.workout.yaml")
    assert "`--library 'my runs'`" in run.err
    assert cli("check", "my runs/w/x.workout.yaml", *pasted(run)).status == 0


@pytest.mark.parametrize("form", ["absolute", "dots", "link", "folder link", "dots behind a link"])
def test_nothing_outside_is_read(write, cli, outside, form):
    os.mkdir("w")
    path = {
        "absolute": str(outside),
        "dots": "../../outside/strides.workout.yaml",
        "link": "s.yaml",
        "folder link": "lib/strides.workout.yaml",
        "dots behind a link": "lib/../outside/strides.workout.yaml",
    }[form]
    if form == "link":
        os.symlink(outside, "w/s.yaml")
    elif "link" in form:
        os.symlink(outside.parent, "w/lib")
    write("w/x.workout.yaml", using(path))
    run = cli("compile", "w/x.workout.yaml")
    assert run.status == 1
    assert "is outside the folders" in run.err
    assert not list(Path().rglob("*.fit"))


def test_what_was_allowed_is_what_is_read(write, cli, outside):
    """``..`` behind a link to a folder: text alone would lead from an allowed file to one that is not."""
    write("w/inner/deep/x")
    write("w/inner/s.yaml", "workout: Inner\nsteps: 7 min\n")
    os.symlink("inner/deep", "w/link")
    os.symlink(outside, "w/s.yaml")
    write("w/x.workout.yaml", using("link/../s.yaml"))
    run = cli("compile", "w/x.workout.yaml")
    assert (run.status, run.err) == (0, "")
    assert "2 steps, about 17:00" in run.out


def test_a_link_to_a_file_inside_is_followed_to_its_own_folder(write, cli):
    write("w/lib/s.yaml", "workout: S\nsteps: [use: t.yaml]\n")
    write("w/lib/t.yaml", "workout: T\nsteps: 7 min\n")
    write("w/t.yaml", "workout: Not this one\nsteps: 9 min\n")
    os.symlink("lib/s.yaml", "w/s.yaml")
    write("w/x.workout.yaml", using("s.yaml", "lib/s.yaml"))
    run = cli("compile", "w/x.workout.yaml")
    assert (run.status, run.err) == (0, "")
    assert "about 24:00" in run.out


def test_files_that_use_files_by_chains_of_dots(write, cli):
    write("w/a/s.yaml", "workout: S\nsteps: [use: ../b/t.yaml]\n")
    write("w/b/t.yaml", "workout: T\nsteps: [use: ../a/../a/u.yaml]\n")
    write("w/a/u.yaml", "workout: U\nsteps: 7 min\n")
    write("w/x.workout.yaml", using("a/s.yaml"))
    assert "about 17:00" in cli("compile", "w/x.workout.yaml").out
    write("w/a/u.yaml", "workout: U\nsteps: 7 mni\n")
    assert cli("compile", "w/x.workout.yaml").err.startswith("w/a/u.yaml:2:10: error[unknown-unit]")


def test_beside_comes_before_the_library_and_the_library_helps_out(write, cli):
    write("w/x.workout.yaml", using("s.yaml", "t.yaml"))
    write("w/s.yaml", "workout: S\nsteps: 1 min\n")
    write("shared/s.yaml", "workout: S\nsteps: 2 min\n")
    write("shared/t.yaml", "workout: T\nsteps: [use: u.yaml]\n")
    write("shared/u.yaml", "workout: U\nsteps: 3 min\n")
    assert "about 14:00" in cli("compile", "w/x.workout.yaml", "--library", "shared").out
    assert cli("compile", "w/x.workout.yaml").codes == ["unknown-block"]
    assert cli("compile", "w/x.workout.yaml", "--library", "missing").status == 2
    assert cli("compile", "w/x.workout.yaml", "--library", "w/s.yaml").status == 2


def test_one_file_used_from_two_folders(write, cli):
    os.mkdir(".git")
    write("lib/s.yaml", "workout: S\nsteps: [use: t.yaml]\n")
    write("lib/t.yaml", "workout: T\nsteps: 7 min\n")
    write("a/x.workout.yaml", using("../lib/s.yaml"))
    write("a/b/y.workout.yaml", using("../../lib/s.yaml").replace("User", "Other"))
    run = cli("compile", "a", "-o", "out")
    assert (run.status, run.err) == (0, "")
    assert run.out.count("about 17:00") == 2


def test_a_fault_in_a_shared_file_is_said_once_though_all_its_users_fail(write, cli):
    write("w/lib/s.yaml", "workout: S\nsteps: [1 mni, 2 km @ fst]\n")
    for name in "abc":
        write(f"w/{name}.workout.yaml", using("lib/s.yaml").replace("User", name))
    for command in ("compile", "check"):
        run = cli(command, "w")
        assert run.status == 1
        assert run.codes == ["unknown-unit", "unknown-name"]
    assert not list(Path().rglob("*.fit"))


def test_a_folder_of_users_and_what_they_use(write, cli):
    write("w/x.workout.yaml", using("s.workout.yaml"))
    write("w/s.workout.yaml", STRIDES)
    run = cli("compile", "w", "-o", "out")
    assert (run.status, run.err) == (0, "")
    assert sorted(path.name for path in Path("out").iterdir()) == ["s.fit", "x.fit"]


def test_a_draft_on_standard_input_lies_where_its_name_says(write, cli):
    write("w/lib/s.yaml", STRIDES)
    text = using("lib/s.yaml").encode()
    assert cli("check", "--stdin", "--stdin-filename", "w/x.workout.yaml", stdin=text).status == 0
    assert cli("check", "--stdin", stdin=text).codes == ["unknown-block"]
    assert cli("check", "--stdin", stdin=using("w/lib/s.yaml").encode()).status == 0


@pytest.mark.parametrize("kind", ["folder", "fifo", "socket"])
def test_only_regular_files_are_read(write, cli, kind):
    write("x.workout.yaml", using("s.yaml"))
    if kind == "folder":
        os.mkdir("s.yaml")
    elif kind == "fifo":
        os.mkfifo("s.yaml")
    else:
        with socket.socket(socket.AF_UNIX) as listening:
            listening.bind("s.yaml")
    run = cli("check", "x.workout.yaml")
    assert said(run) == "unknown-block]: `s.yaml` is not a file"


def test_a_file_that_cannot_be_opened(write, cli, unprivileged):
    write("x.workout.yaml", using("s.yaml"))
    write("s.yaml", STRIDES)
    os.chmod("s.yaml", 0)
    run = cli("check", "x.workout.yaml")
    assert run.codes == ["unknown-block"]
    assert "cannot read `s.yaml`" in run.err


@pytest.mark.parametrize(
    ("data", "message"),
    [
        (b"workout: S\nsteps: 1 min -- caf\xe9\n", "`s.yaml:2`: the byte 0xe9 is not UTF-8 text"),
        (b"\x0e\x10\x00\x00\x00\x00\x00\x00.FIT\x00\x00", "`s.yaml` is a FIT file"),
        (b"#" * 300_000, "`s.yaml` has more than 256000 bytes, the most that are read"),
        (b"athlete: Me\nraces: 5 km in 20:00\n", "`s.yaml` is not a workout"),
    ],
)
def test_what_is_no_workout_is_told_at_the_use(write, cli, data, message):
    write("x.workout.yaml", using("s.yaml"))
    write("s.yaml", data)
    run = cli("check", "x.workout.yaml")
    assert run.err.startswith("x.workout.yaml:4:11: error[")
    assert said(run).partition(": ")[2] == message
    assert len(run.codes) == 1


@pytest.mark.parametrize(
    ("path", "help"),
    [
        ("s", "did you mean the file `s.workout.yaml`?"),
        ("lib/s.yaml", "looked for at `w/lib/s.yaml`"),
        ("drills", "blocks are written under `blocks:` in the same file"),
        ("a\\0b", "blocks are written under `blocks:` in the same file"),
        ("b" * 3000 + ".yaml", "looked for at"),
    ],
)
def test_a_file_that_is_not_there(write, cli, path, help):
    write("w/x.workout.yaml", using(path))
    write("w/s.workout.yaml", STRIDES)
    run = cli("check", "w/x.workout.yaml")
    assert run.codes == ["unknown-block"] or "yaml-syntax" in run.codes
    assert f"help: {help}" in run.err


def test_a_workout_that_uses_itself(write, cli):
    write("x.workout.yaml", using("x.workout.yaml"))
    assert cli("check", "x.workout.yaml").codes == ["cycle"]


def test_hostile_names_do_not_reach_the_terminal(write, cli, hostile_yaml, harmless):
    write("x.workout.yaml", f"workout: A\nsteps:\n  - use: {hostile_yaml}\n")
    run = cli("check", "x.workout.yaml")
    assert run.status == 1
    harmless(run.err)


# --- Presets -------------------------------------------------------------------------------------


@pytest.mark.parametrize("name", NAMES)
def test_a_preset_is_the_same_for_all_and_goes_by_its_name(name):
    library = DiskLibrary()
    found = library.beside(Path("a/x.plan.yaml")).open(Source("a/x.plan.yaml", ""), f"preset:{name}")
    assert isinstance(found, LibraryFile)
    assert found.diagnostics == ()
    assert [node.span.source.name for node in found.nodes] == [f"preset:{name}"]
    assert library.beside(Path("b/x.plan.yaml")).open(Source("b/x.plan.yaml", ""), f"preset:{name}") is found


PLAIN = ["", " ", "seed1O", "Seed10", "seed10 ", "seed10.plan.yaml", "seed10.plan", "c25k/../seed10", "/etc/passwd"]


PLAIN += ["plans/10k-day-by-day", "../strides", "athlete", "README", "strides.workout", "strides.workout.yaml"]


@pytest.mark.parametrize("name", [*PLAIN, "../presets/seed10", "../templates/plan", "seed10\0", "x" * 5000, "*"])
def test_only_names_lead_to_presets(write, name):
    found = DiskLibrary().beside(None).open(Source("x", ""), f"preset:{name}")
    assert isinstance(found, Refusal)
    assert found.message.startswith("there is no preset `")
    assert len(found.message) < 200
    assert found.help[-1] == "`negsplit new --list` shows them all"


def test_a_file_called_like_a_preset_is_left_alone(write):
    write("preset:seed10", "plan: Theirs\n")
    write("preset:mine", "plan: Theirs\n")
    shelf = DiskLibrary(Path()).beside(Path("x.plan.yaml"))
    found = shelf.open(Source("x.plan.yaml", ""), "preset:seed10")
    assert isinstance(found, LibraryFile)
    assert found.nodes[0]["plan"] == "Walk-run in ten weeks"
    assert isinstance(shelf.open(Source("x.plan.yaml", ""), "preset:mine"), Refusal)


def test_a_misspelt_preset_is_told_where_it_is_named(write, cli):
    write("x.plan.yaml", "plan: Mine\nstart: 2027-01-04\nuse: preset:sed10\n")
    run = cli("check", "x.plan.yaml")
    assert run.status == 1
    assert "x.plan.yaml:3:6: error[unknown-plan]: there is no preset `sed10`\n" in run.err
    assert "help: did you mean `preset:seed10`?" in run.err


def test_what_a_preset_is_given_to_use_lies_beside_the_plan(write, cli):
    write("w/x.plan.yaml", "plan: Mine\nstart: 2027-01-04\nuse: preset:seed10\nwith: {end: last.yaml}\n")
    write("w/last.yaml", "workout: Last\nparams: {total: , effort: }\nsteps: run $total @ $effort\n")
    assert cli("check", "w/x.plan.yaml").status == 0
    os.remove("w/last.yaml")
    run = cli("check", "w/x.plan.yaml")
    assert "there is no file `last.yaml`" in run.err
    assert "`w/last.yaml`" in run.err


def test_what_a_preset_names_itself_is_a_preset(write, cli):
    """Whatever lies beside the plan, under whatever name."""
    write("strides.workout.yaml", "workout: Mine\nsteps: 99 min @ RPE 3\n")
    write("w/x.plan.yaml", "plan: Mine\nrace: 2027-05-30\nuse: preset:10k-day-by-day\n")
    assert cli("check", "w/x.plan.yaml", "--athlete", "5 km in 22:30").status == 0
    assert "99" not in cli("show", "preset:test-5k", "--athlete", "5 km in 22:30").out


def test_a_folder_that_is_named_is_the_root_of_what_is_found_in_it(write, cli):
    write("all/easy.workout.yaml", "workout: Easy\nsteps: 20 min @ RPE 3\n")
    write("all/sets/long.workout.yaml", "workout: Long\nsteps:\n  - use: ../easy.workout.yaml\n  - 1 h @ RPE 3\n")
    assert cli("compile", "all", "-o", "out", "-q") == (0, "", "")
    assert cli("check", "all").status == 0
    run = cli("compile", "all/sets", "-o", "out", "-q")
    assert run.status == 1
    assert "is outside the folders that may be used" in run.err


def test_a_plan_follows_none_from_elsewhere(write, cli):
    write("base.plan.yaml", "plan: Base\nstart: 2026-12-28\nweeks: 1\nsessions: [{on: sun, steps: 9 km @ RPE 3}]\n")
    plan = "plan: Next\nstart: 2027-01-04\nweeks: 1\nfollows: {}\nsessions: [{{on: sun, steps: 18 km @ RPE 3}}]\n"
    write("w/x.plan.yaml", plan.format("../base.plan.yaml"))
    run = cli("check", "w/x.plan.yaml")
    assert run.status == 1
    assert "`../base.plan.yaml` is outside the folders that may be used" in run.err
    write("x.plan.yaml", plan.format("base.plan.yaml"))
    run = cli("check", "x.plan.yaml")
    assert "100 % more than" in run.err
    assert "in `Base`" in run.err
