"""Which files a command works on, and what it says of those it cannot."""

import errno
import os
import tracemalloc
from pathlib import Path

import click
import pytest

from negsplit.cli import program
from negsplit.desk.inputs import Input, documents, inputs, unreadable
from negsplit.diagnostics import Severity
from negsplit.tree.source import MAX_BYTES
from system_words import system_says
from work import at_most_turns


def names(*paths: str) -> list[str]:
    return [str(item.path) for item in inputs([Path(path) for path in paths])[0]]


@pytest.mark.parametrize(
    ("name", "stem"),
    [
        ("x.workout.yaml", "x"),
        ("x.yaml", "x"),
        ("x.WORKOUT.YML", "x"),
        ("me.athlete.yaml", "me"),
        ("a.b.workout.yaml", "a.b"),
        ("x.fit", "x"),
        ("x", "x"),
        (".workout.yaml", ".workout"),
        ("x.workout.yaml.workout.yaml", "x.workout.yaml"),
    ],
)
def test_stem(name, stem):
    assert Input(Path("folder", name)).stem == stem


# --- Folders -----------------------------------------------------------------------------------


def test_a_folder_is_walked_in_order_without_what_is_hidden(write):
    for name in (
        "b/z.workout.yaml",
        "b/a.yml",
        "b/c/d.YAML",
        "b/.hidden.workout.yaml",
        "b/.git/x.workout.yaml",
        "b/readme.txt",
        "b/10.workout.yaml",
    ):
        write(name)
    assert names("b") == ["b/10.workout.yaml", "b/a.yml", "b/z.workout.yaml", "b/c/d.YAML"]
    assert [str(item.inside) for item in inputs([Path("b")])[0]] == [".", ".", ".", "c"]


def test_what_is_named_is_taken_whatever_it_is_called(write):
    write(".hidden/x.txt")
    assert names(".hidden/x.txt", "missing") == [".hidden/x.txt", "missing"]


def test_a_file_counts_once_however_often_it_is_named(write):
    write("a/x.workout.yaml")
    write("a/y.workout.yaml")
    assert names("a/y.workout.yaml", "a", "./a/../a/x.workout.yaml") == ["a/y.workout.yaml", "a/x.workout.yaml"]


def test_a_loop_of_links_does_no_harm_and_is_said(write, cli):
    write("a/x.workout.yaml")
    os.symlink("..", "a/up")
    found, said = inputs([Path("a")])
    assert [str(item.path) for item in found] == ["a/x.workout.yaml"]
    assert [(one.severity, one.message) for one in said] == [(Severity.NOTE, "`a/up` is a link to a folder")]
    run = cli("compile", "a")
    assert run.status == 0
    assert run.codes == ["passed-over"]


def test_a_linked_file_is_read(write):
    write("elsewhere/x.workout.yaml")
    os.mkdir("a")
    os.symlink("../elsewhere/x.workout.yaml", "a/y.workout.yaml")
    assert documents(Input(Path("a/y.workout.yaml"), named=False))[0] is not None


def test_a_broken_link_is_an_error(write, cli):
    write("a/x.workout.yaml")
    os.symlink("nowhere", "a/gone.workout.yaml")
    run = cli("compile", "a")
    assert run.status == 1
    assert run.codes == ["unreadable"]
    assert run.out.startswith("a/x.fit: ")


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="needs named pipes")
def test_a_pipe_in_a_folder_is_not_waited_for(write, process):
    write("a/x.workout.yaml")
    os.mkfifo("a/pipe.workout.yaml")
    run = process("check", "a")
    assert run.status == 1
    assert "cannot read `a/pipe.workout.yaml`: it is not a file" in run.err


def test_a_folder_that_may_not_be_read_is_an_error(unprivileged, cli):
    Path("a/closed").mkdir(parents=True)
    Path("a/x.workout.yaml").write_text("workout: x\nsteps: 10 min\n")
    Path("a/closed").chmod(0)
    run = cli("compile", "a")
    Path("a/closed").chmod(0o700)
    assert run.status == 1
    assert f"cannot read `a/closed`: {system_says(errno.EACCES)}" in run.err
    assert run.out.startswith("a/x.fit: ")


def test_whether_a_path_can_be_read_is_said_by_whoever_reads_it():
    """Not by click, which calls it wrong usage."""

    def parameters(command):
        context = click.Context(command)
        names = command.list_commands(context) if isinstance(command, click.Group) else ()
        subcommands = [command.get_command(context, name) for name in names]
        return [*command.params, *(one for subcommand in subcommands for one in parameters(subcommand))]

    paths = [one for one in parameters(program) if isinstance(one.type, click.Path) and not one.type.exists]
    assert len(paths) > 10
    assert [one.name for one in paths if one.type.readable] == []


def test_files_that_may_not_be_read_are_errors(unprivileged, cli):
    for name in ("x", "y"):
        Path(f"{name}.workout.yaml").write_text("workout: x\nsteps: 10 min\n")
    Path("x.workout.yaml").chmod(0)
    Path("closed").mkdir(mode=0)
    for command in ("compile", "check", "upload"):
        run = cli(command, "x.workout.yaml")
        assert run.status == 1
        assert f"cannot read `x.workout.yaml`: {system_says(errno.EACCES)}" in run.err
    run = cli("compile", "closed/z.workout.yaml", "x.workout.yaml", "y.workout.yaml")
    assert run.status == 1
    assert run.codes == ["unreadable", "unreadable"]
    assert run.out.startswith("y.fit: ")


# --- What a file is ----------------------------------------------------------------------------


@pytest.mark.parametrize(
    "text",
    [
        "workout: x",
        "# a comment\n\n   # another\n---\nworkout: x",
        "--- # begins\nworkout : x",
        '"workout": x',
        "{workout: x, steps: 10 min}",
        "\ufeffworkout: x",
        "athlete: x",
        "plan: x",
        "workout:\n  broken: [",
    ],
)
def test_yaml_that_begins_as_ours_is_ours_whatever_its_name(write, text):
    assert documents(Input(write("any.yaml", text), named=False))[0] is not None


@pytest.mark.parametrize(
    "text", ["", "# only\n", "workouts: x", "jobs:\n  workout: x", "- workout: x", "on: push", "!x"]
)
def test_other_yaml_is_passed_over_with_a_note_unless_it_is_named(write, text):
    path = write("any.yaml", text)
    found, said = documents(Input(path, named=False))
    assert found is None
    assert [(one.code, one.severity) for one in said] == [("passed-over", Severity.NOTE)]
    assert documents(Input(path))[0] is not None
    assert documents(Input(write("any.workout.yaml", text), named=False))[0] is not None


@pytest.mark.parametrize("data", [b"openapi: 3\n" + b"#" * MAX_BYTES, b"name: \xff\n", "a: b\n".encode("utf-16")])
def test_other_yaml_may_be_large_or_of_another_encoding(write, cli, data):
    write("a/x.workout.yaml")
    write("a/other.yaml", data)
    run = cli("check", "a", "-v")
    assert run.status == 0
    assert run.codes == ["passed-over"]
    assert cli("check", "a/other.yaml").status == 1


def test_the_note_is_for_people_who_want_it(write, cli):
    write("a/x.workout.yaml")
    write("a/compose.yaml", "services: {}\n")
    assert "note[passed-over]: `a/compose.yaml` is not a workout, a plan or an athlete file" in cli("compile", "a").err
    assert cli("compile", "a", "-q").err == ""


def test_a_long_header_of_comments_is_read_in_no_time(write):
    text = "# words\n\n \n\n" * 2000 + "version: 2\n"
    path = write("a/other.yaml", text)
    with at_most_turns(50_000_000):
        assert documents(Input(path, named=False))[0] is None


def test_nothing_to_work_on_is_an_error_that_says_what_there_could_be(write, cli):
    os.mkdir("empty")
    for command in ("compile", "check"):
        run = cli(command, "empty")
        assert run.status == 1
        assert run.codes == ["nothing-found"]
        assert "begins with `workout: ...`" in run.err
    write("folk/athlete.yaml", "athlete: Me\nraces: 5 km in 22:30\n")
    assert cli("compile", "folk").codes == ["nothing-found"]
    assert cli("check", "folk").status == 0


# --- What cannot be read -----------------------------------------------------------------------


def test_a_huge_file_is_refused_without_reading_it(write, cli):
    with open("huge.workout.yaml", "wb") as file:
        file.truncate(200_000_000)
    tracemalloc.start()
    run = cli("check", "huge.workout.yaml")
    _, most = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert most < 20_000_000
    assert run.status == 1
    assert f"`huge.workout.yaml` has more than {MAX_BYTES} bytes" in run.err
    assert cli("check", "--stdin", stdin=b" " * (MAX_BYTES + 1)).status == 1


def test_the_largest_file_is_read(write, cli):
    text = "workout: x\nsteps: 10 min\n"
    write("x.workout.yaml", text + "#" * (MAX_BYTES - len(text)))
    assert cli("check", "x.workout.yaml").status == 0


@pytest.mark.parametrize(
    "data", [b"workout: \xff\n", "workout: x\n".encode("utf-16"), b"workout: a\0b\n", b"\x1f\x8b\x08\x00"]
)
def test_what_is_no_utf8_text_is_an_error(write, cli, harmless, data):
    write("x.workout.yaml", data)
    run = cli("compile", "x.workout.yaml")
    assert run.status == 1
    assert run.codes == ["encoding"]
    harmless(run.err)


def test_a_fit_file_is_told_where_it_belongs(write, cli):
    write("x.workout.yaml")
    cli("compile", "x.workout.yaml")
    for command in ("compile", "check", "upload"):
        run = cli(command, "x.fit")
        assert run.status == 1
        assert "`negsplit inspect x.fit` shows what is in it" in run.err


@pytest.mark.parametrize(
    ("typed", "help"),
    [
        ("thirds", "did you mean `a/thirds.workout.yaml`?"),
        ("thirds.yaml", "did you mean `a/thirds.workout.yaml`?"),
        ("third.workout.yml", "did you mean `a/thirds.workout.yaml`?"),
        ("20 min @ easy", "use -e"),
        ("zzz", None),
    ],
)
def test_a_file_that_is_missing_may_be_another(write, typed, help):
    write("a/thirds.workout.yaml")
    write("a/thirds.fit", b"")
    found = unreadable(Path("a", typed), FileNotFoundError(errno.ENOENT, "no"))
    assert found.message == f"cannot read `a/{typed}`: there is no such file"
    assert help in found.help[0] if help else not found.help


def test_a_file_whose_name_was_cut_short_is_proposed_before_others_of_its_stem(write):
    write("a/easy.workout.yaml")
    write("a/easy.yml")
    found = unreadable(Path("a", "easy.workout"), FileNotFoundError(errno.ENOENT, "no"))
    assert found.help == ("did you mean `a/easy.workout.yaml`?",)


def test_a_dash_is_no_file(cli):
    assert "`negsplit check --stdin`" in cli("check", "-").err


# --- Odd names ---------------------------------------------------------------------------------

ODD = ["with space", 'it\'s "quoted"', "-e", "--help", "größe", "走る", "a,b:c%d", "[x]*?", "$HOME;true"]


@pytest.mark.parametrize("name", ODD)
def test_odd_names_are_files_like_others(write, cli, name):
    write(f"{name}.workout.yaml", "workout: Easy\nsteps: 10 min @ RPE 3\n")
    run = cli("compile", "--", f"{name}.workout.yaml")
    assert (run.status, run.err) == (0, "")
    assert Path(f"{name}.fit").exists()
    assert run.out.startswith(f"{name}.fit: ")
    assert cli("show", "--", f"{name}.workout.yaml").status == 0
    assert cli("inspect", "--", f"{name}.fit").status == 0


@pytest.mark.parametrize("text", ["workout: x\nsteps: 10 min\n", "workout: x\nsteps: 10 parsecs\n", "a: b", b"\xff"])
def test_hostile_names_are_shown_harmlessly_everywhere(write, cli, hostile, harmless, text):
    write(f"{hostile}/{hostile}.workout.yaml", text)
    write(f"{hostile}/{hostile}.yaml", "other: yaml\n")
    os.symlink("..", f"{hostile}/{hostile}")
    file, missing = f"{hostile}/{hostile}.workout.yaml", f"{hostile}/missing"
    for arguments in (
        ["compile", hostile],
        ["compile", hostile, "-o", f"{hostile}.out"],
        ["show", file],
        ["show", file, "-o", f"{hostile}.out"],
        ["show", file, "--expand"],
        *(["check", hostile, "--format", form] for form in ("text", "json", "github")),
        *([command, missing] for command in ("compile", "show", "check", "inspect")),
        ["inspect", file],
        ["athlete", "show", file],
        ["athlete", "show", hostile],
        ["compile", file, "--athlete", missing],
        ["compile", file, "--device", hostile],
        ["schema", "-o", hostile],
        ["schema", "-o", file],
    ):
        run = cli(*arguments)
        harmless(run.out + run.err)
        assert run.out + run.err


NAMES_OF_PIPES = ["athlete.yaml", "x.workout.yaml", "spring.plan.yaml", "lib.yaml", "x.fit"]


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="needs named pipes")
@pytest.mark.parametrize("pipe", NAMES_OF_PIPES)
@pytest.mark.parametrize("command", ["check", "compile", "show", "inspect"])
def test_no_pipe_is_waited_for(write, cli, pipe, command):
    """Whatever a file is found or named as: a pipe in its place is an error, and nobody waits for its writer."""
    write("y.workout.yaml", "workout: Y\nsteps: [5 min @ 5k, {use: lib.yaml}]\n")
    write(
        "s.plan.yaml", "plan: S\nstart: 2026-11-30\nathlete: athlete.yaml\nsessions: [{on: mon, steps: 5 min @ easy}]\n"
    )
    os.mkfifo(pipe)
    named = [pipe] if command == "inspect" or pipe not in ("athlete.yaml", "lib.yaml") else ["y.workout.yaml"]
    for paths in (named, *([["."], ["s.plan.yaml"]] if command in ("check", "compile") else [])):
        run = cli(command, *paths)
        assert run.status in (0, 1, 2)
        assert "Traceback" not in run.err
    assert cli(command, *named).status == 1
    assert "it is not a file" in cli(command, *named).err or "`lib.yaml` is not a file" in cli(command, *named).err


def test_a_pipe_is_told_where_it_can_go(cli):
    os.mkfifo("pipe")
    assert "`negsplit check --stdin`" in cli("check", "pipe").err
