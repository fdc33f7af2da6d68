"""What holds for every command: status, streams, colours, signals, and how little is imported to begin."""

import contextlib
import errno
import os
import pty
import signal
import subprocess
import sys
from importlib.metadata import version
from pathlib import Path

import click
import garmin_fit_sdk
import pytest

from negsplit.cli import console, program
from system_words import system_says

SUBCOMMANDS = [
    *("athlete init", "athlete show", "plan show"),
    *("account login", "account status", "account logout"),
    *("watch list", "watch copy", "watch contents", "watch remove"),
]
COMMANDS = [
    "new",
    "compile",
    "show",
    "plan",
    "check",
    "watch",
    "account",
    "upload",
    "sync",
    "pull",
    "import",
    "inspect",
    "athlete",
    "schema",
    "completion",
]


def test_help_says_what_there_is_and_how_to_begin(cli, write):
    run = cli("--help")
    assert run.status == 0
    assert not run.err
    assert all(f"\n  {command} " in run.out for command in COMMANDS)
    first = run.out.partition("easy.workout.yaml:\n\n")[2].partition("\n\n")[0]
    write("easy.workout.yaml", "\n".join(line[4:] for line in first.splitlines()))
    assert cli("compile", "easy.workout.yaml").status == 0
    assert Path("easy.fit").exists()


@pytest.mark.parametrize("command", [*COMMANDS, *SUBCOMMANDS])
def test_every_command_has_help_and_knows_the_common_options(cli, command):
    run = cli(*command.split(), "-h")
    assert run.status == 0
    assert f" negsplit {command} " in run.out.partition("\n")[0]
    assert "--color" in run.out
    assert command in ("athlete", "plan", "watch", "account") or "--quiet" in run.out


@pytest.mark.parametrize("arguments", [[], ["athlete"], ["plan"], ["watch"], ["account"]])
def test_no_command_is_wrong_usage_and_shows_the_help(cli, arguments):
    run = cli(*arguments)
    assert run.status == 2
    assert not run.out
    assert " negsplit" in run.err.partition("\n")[0]


def test_version(cli):
    assert cli("--version") == (0, f"negsplit {version('negsplit')}\n", "")


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (["compil", "x"], "did you mean `compile`?"),
        (
            ["help"],
            f"the commands are {', '.join(COMMANDS)}",
        ),
        (["watch", "cpoy", "x.fit"], "there is no command `cpoy`; did you mean `copy`?"),
        (["account", "signin"], "there is no command `signin`; the commands are login, logout, status"),
        (["plan", "shwo"], "did you mean `show`?"),
        (["--nope"], "there is no option `--nope`"),
        (["check", "x", "--quite"], "there is no option `--quite`; did you mean `--quiet`?"),
        (["check", "x", "--live"], "there is no option `--live`"),
        (["check", "x", "-Z"], "there is no option `-Z`"),
        (["compile"], "name files or folders to compile, or type a workout with -e"),
        (["compile", "-e", "10 min"], "-e needs a name for the file: -o w.fit"),
        (["compile", "-e", "10 min", "km", "-o", "w.fit"], "`km` names a file; put text with spaces in quotes"),
        (["compile", "x.yaml", "-o"], "-o needs a value"),
        (["compile", "x.yaml", "--device", "toaster"], "known: generic"),
        (["show"], "name a file to show, or type a workout with -e"),
        (["show", "x", "-e", "10 min"], "-e is followed by a workout, and `x` names a file"),
        (["check", "--stdin", "-e", "10 min"], "--stdin checks standard input, and -e types a workout; choose one"),
        (["check", "--explain", "S-CAP", "-e", "10 min"], "leave out the rest"),
        (["upload"], "name files or folders to upload, or type a workout with -e"),
        (["watch", "copy"], "name files or folders to copy, or type a workout with -e"),
        (["watch", "copy", "-e", "10 min", "--weeks", "3"], "--weeks and --schedule are for a plan"),
        (["show", "a", "b"], "too many arguments: `negsplit show` takes PATH"),
        (["show", "x", "--expand", "--format", "json"], "leave --format out"),
        (["show", "x", "--format", "svg", "-o", "x.HTML"], "--format svg writes .svg, and `x.HTML` ends in .html"),
        (["show", "x", "--format", "text", "-o", "x.yaml"], "--format text writes .txt, and `x.yaml` ends in .yaml"),
        (["show", "x", "--expand", "-o", "x.json"], "--expand writes .yaml, and `x.json` ends in .json"),
        (["show", "x", "-o", "x.yaml"], "`x.yaml` is written with --expand"),
        (["show", "x", "--format", "gif"], "--format takes text, json, svg, html, png or pdf\n"),
        (["check"], "name files or folders to check, or type a workout with -e, or give --stdin or --explain"),
        (["check", "x", "--stdin"], "`x` names a file; choose one"),
        (["check", "x", "--stdin-filename", "y"], "what comes with --stdin"),
        (["inspect"], "FILE.fit is missing"),
        (["completion"], "SHELL is missing; choose bash, zsh or fish\n"),
        (["schema", "race"], "KIND takes workout, plan or athlete\n"),
        (["--color", "sometimes", "check", "x"], "--color takes auto, always or never\n"),
        (["check", "x", "--quiet=yes"], "--quiet takes no value"),
        (["sync", "x", "--week", "0"], "--week takes a whole number from 1\n"),
        (["sync", "x", "--week", "one"], "--week takes a whole number from 1\n"),
    ],
)
def test_wrong_usage_says_what_would_be_right(cli, arguments, words):
    run = cli(*arguments)
    assert run.status == 2
    assert not run.out
    assert run.err.startswith("error: ")
    assert words in run.err


def every_command(group=program, path=()):
    """Every command, by the words that call it, groups too."""
    yield path, group
    if isinstance(group, click.Group):
        context = click.Context(group)
        for name in group.list_commands(context):
            yield from every_command(group.get_command(context, name), (*path, name))


def test_no_option_is_given_twice_unless_it_takes_several(cli):
    tried = []
    for path, command in every_command():
        for option in command.params:
            if isinstance(option, click.Option) and not option.is_flag and not option.multiple:
                name = option.opts[-1]
                run = cli(*path, name, "one", name, "other")
                assert (run.status, run.out) == (2, ""), (path, name)
                assert run.err.startswith(f"error: {max(option.opts, key=len)} is given twice"), (path, name)
                tried.append((*path, name))
    assert len(tried) > 60
    assert {("show", "--athlete"), ("plan", "show", "-o"), ("watch", "copy", "--device"), ("--color",)} <= set(tried)


def test_what_an_option_was_given_is_said_and_no_secret(cli):
    run = cli("show", "x", "--athlete", "5 km in 22:30", "-o", "x.svg", "--athlete=5 km in 20:00")
    assert run.err.startswith("error: --athlete is given twice, `5 km in 22:30` and `5 km in 20:00`: give it once\n")
    assert "-o is given 3 times, `a`, `b` and `c`: give it once" in cli("show", "x", "-oa", "-o", "b", "-oc").err
    run = cli("account", "login", "--tokens", "QUJD", "--tokens", "QUJE")
    assert run.err.startswith("error: --tokens is given twice: give it once\n")


def test_flags_and_options_of_several_values_may_come_again(cli, write):
    write("x.workout.yaml")
    assert cli("check", "x.workout.yaml", "-q", "-q", "-v", "--verbose").status == 0
    assert cli("--color", "never", "check", "--color", "always", "x.workout.yaml").status == 0
    assert cli("check", "x.workout.yaml", "--", "--athlete", "--athlete").err.count("cannot read `--athlete`") == 1


class Unheard(click.UsageError):
    """What a later click may say, in a way nobody knows."""


@pytest.mark.parametrize("kind", [Unheard, click.UsageError, click.ClickException])
def test_words_of_a_later_click_are_not_repeated(kind, capsys):
    scope = {"kind": kind, "__name__": "click.later"}
    with pytest.raises(click.ClickException) as caught:
        exec("raise kind('zyx unheard of')", scope)
    console.refuse(caught.value)
    assert "zyx" not in capsys.readouterr().err


def test_wrong_usage_shows_hostile_words_harmlessly(cli, hostile, harmless):
    for arguments in ([hostile], ["show", hostile, "-e", "10 min"], ["compile", hostile, "-e", hostile, "-o", "x.fit"]):
        run = cli(*arguments)
        assert run.status == 2
        harmless(run.err)
        assert r"\x1b[31mB\x9b2JC\u202eD" in run.err


def test_results_and_messages_have_streams_of_their_own(process, write):
    write("good.workout.yaml")
    write("bad.workout.yaml", "workout: Bad\nsteps: 10 parsecs\n")
    run = process("compile", ".")
    assert run.status == 1
    assert run.out == "good.fit: good, 2 steps, about 15:00, exact\n"
    assert run.err.startswith("bad.workout.yaml:2:")
    assert "good" not in run.err


@pytest.mark.parametrize("encoding", ["ascii", "latin-1"])
def test_output_survives_any_terminal_and_odd_names(process, write, encoding):
    write("größe.workout.yaml", "workout: size\nsteps: 10 min @ RPE 3\n")
    write("走る.workout.yaml", "workout: run\nsteps: 10 min @ RPE 3\n")
    Path(os.fsdecode(b"\xff.workout.yaml")).write_text("workout: x\nsteps: 10 min\n")
    run = process("compile", ".", env={**os.environ, "PYTHONIOENCODING": encoding, "LC_ALL": "C"})
    assert run.status == 0
    assert Path("走る.fit").exists()
    assert Path("größe.fit").exists()
    assert Path(os.fsdecode(b"\xff.fit")).exists()
    assert r"\udcff.fit: x, 1 step" in run.out


# --- Colours -----------------------------------------------------------------------------------

RED = "\x1b[31m"


@pytest.mark.parametrize("place", ["before", "after"])
@pytest.mark.parametrize("choice", ["always", "never", "auto"])
def test_color_is_chosen_before_or_after_the_command(cli, write, choice, place):
    write("bad.workout.yaml", "workout: Bad\nsteps: 10\n")
    color, command = ["--color", choice], ["check", "bad.workout.yaml"]
    run = cli(*color, *command) if place == "before" else cli(*command, *color)
    assert run.status == 1
    assert (RED in run.err) == (choice == "always")
    assert "\x1b" not in run.out


def test_color_always_stands_against_no_color(cli, write, monkeypatch):
    write("bad.workout.yaml", "workout: Bad\nsteps: 10\n")
    monkeypatch.setenv("NO_COLOR", "1")
    assert RED in cli("--color", "always", "check", "bad.workout.yaml").err


@pytest.mark.parametrize(("no_color", "colored"), [("", True), ("1", False)])
def test_a_terminal_gets_colours_unless_no_color_is_set(write, monkeypatch, no_color, colored):
    write("bad.workout.yaml", "workout: Bad\nsteps: 10\n")
    monkeypatch.setenv("NO_COLOR", no_color)
    shown = on_terminal("check", "bad.workout.yaml")
    assert (RED in shown) == colored
    assert "bad.workout.yaml:2:8: " in shown


def on_terminal(*arguments: str) -> str:
    """What a terminal shows of a run."""
    ours, theirs = pty.openpty()
    with subprocess.Popen([sys.executable, "-m", "negsplit", *arguments], stdout=theirs, stderr=theirs):
        os.close(theirs)
        shown = b""
        with contextlib.suppress(OSError):  # what Linux says when the other side has closed
            while data := os.read(ours, 65536):
                shown += data
    os.close(ours)
    return shown.decode()


# --- Progress ----------------------------------------------------------------------------------


def test_progress_is_drawn_after_a_second_and_erased_by_what_is_said(monkeypatch, capsys):
    clock = iter([0.0, 0.5, 2.0, 3.0])
    monkeypatch.setattr(console.time, "monotonic", lambda: next(clock))
    monkeypatch.setattr(sys.stderr, "isatty", lambda: True)
    for item in console.progress(["a", "b", "c"]):
        console.say(item)
    shown = capsys.readouterr()
    assert shown.out == "a\nb\nc\n"
    bars = ["[##########....................] 1 of 3", "[####################..........] 2 of 3"]
    assert shown.err == "".join(f"\r\x1b[K{bar}\r\x1b[K" for bar in bars)


@pytest.mark.parametrize(("terminal", "quiet"), [(False, False), (True, True)])
def test_progress_is_silent_off_the_terminal_and_under_quiet(monkeypatch, capsys, terminal, quiet):
    monkeypatch.setattr(console.time, "monotonic", iter(range(0, 100, 5)).__next__)
    monkeypatch.setattr(sys.stderr, "isatty", lambda: terminal)
    assert list(console.progress([1, 2, 3], quiet=quiet)) == [1, 2, 3]
    assert capsys.readouterr().err == ""


def test_width_is_fixed_where_there_is_no_terminal(monkeypatch):
    monkeypatch.setenv("COLUMNS", "61")
    monkeypatch.setattr(sys.stdout, "isatty", lambda: False)
    assert console.width() == 100
    monkeypatch.setattr(sys.stdout, "isatty", lambda: True)
    assert console.width() == 61
    assert console.width(Path("x.txt")) == 100
    monkeypatch.setenv("COLUMNS", "5")
    assert console.width() == 40


# --- How a run can end early -------------------------------------------------------------------


@pytest.fixture
def crowd(write) -> tuple[list[str], Path]:
    """A command that says more than a pipe holds, and the folder it writes to."""
    out = Path("o" * 250)
    for number in range(300):
        write(f"many/w{number:03}.workout.yaml", f"workout: {number:03} abc\nsteps: 10 min @ RPE 3, 5 min\n")
    return [sys.executable, "-m", "negsplit", "compile", "many", "-o", str(out)], out


@pytest.mark.parametrize(
    ("number", "status", "words"),
    [
        (signal.SIGINT, 130, "interrupted"),
        (signal.SIGTERM, 143, "ended from outside"),
        (signal.SIGHUP, 129, "the terminal was closed"),
    ],
)
def test_ended_in_the_middle(heard, crowd, number, status, words):
    command, out = crowd
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE) as process:
        process.stdout.readline()  # it goes on until the pipe is full
        process.send_signal(number)
        _, err = process.communicate(timeout=30)
    assert process.returncode == status
    assert err.decode().strip() == words
    written = list(out.iterdir())
    assert 0 < len(written) < 300
    for file in written:
        assert file.suffix == ".fit"
        stream = garmin_fit_sdk.Stream.from_byte_array(bytearray(file.read_bytes()))
        assert garmin_fit_sdk.Decoder(stream).check_integrity()


def test_a_working_folder_that_is_gone_is_said(write, desk):
    gone = desk / "gone"
    gone.mkdir()
    code = "import os; os.rmdir(os.getcwd()); from negsplit.cli import main; main()"
    command = [sys.executable, "-P", "-c", code, "compile", "-e", "10 min", "-o", "x.fit"]
    done = subprocess.run(command, cwd=gone, capture_output=True, timeout=30, check=False)
    assert done.returncode == 1
    assert done.stderr == f"error: {system_says(errno.ENOENT)}\n".encode()


# --- What is imported --------------------------------------------------------------------------

FIT = {"fit_tool", "fitdecode", "garmin_fit_sdk", "garminconnect"}
SCHEMA = {"pydantic", "pydantic_core"}


@pytest.mark.parametrize(
    ("arguments", "unwanted"),
    [
        (["--help"], FIT | SCHEMA | {"yaml", "anyascii", "platformdirs"}),
        (["compil"], FIT | SCHEMA | {"yaml", "anyascii", "platformdirs"}),
        (["check", "easy.workout.yaml"], FIT | SCHEMA),
        (["compile", "easy.workout.yaml", "-o", "out"], FIT | SCHEMA),
        (["schema"], FIT),
    ],
)
def test_what_is_not_needed_is_not_imported(write, arguments, unwanted):
    write("easy.workout.yaml")
    code = (
        "import sys\n"
        "from negsplit.cli import main\n"
        "try: main()\n"
        "except SystemExit: pass\n"
        "sys.stderr.write('\\nimported: ' + ' '.join({name.partition('.')[0] for name in sys.modules}))"
    )
    done = subprocess.run([sys.executable, "-c", code, *arguments], capture_output=True, timeout=30, check=True)
    imported = set(done.stderr.decode().rpartition("imported: ")[2].split())
    assert {"click", "negsplit"} <= imported
    assert not imported & unwanted


# --- Determinism -------------------------------------------------------------------------------


COMMANDS_THAT_TELL = """
compile a.workout.yaml
show a.workout.yaml
show a.workout.yaml --format json
show a.workout.yaml --expand
check . --format json
inspect a.fit
athlete show
schema
"""


def test_same_input_same_bytes_wherever_and_however_often(tmp_path):
    code = (
        "import sys\n"
        "from negsplit.cli import program\n"
        "for line in sys.argv[1].split('\\n'):\n"
        "    assert program.main(line.split(), standalone_mode=False) is None, line\n"
    )
    text = (
        "workout: Größe\nnotes: n\ntags: [b, a]\npaces: {float: 5:20/km, park: easy}\nsteps:\n"
        "  - progression: thirds\n    total: 12 km\n  - 6x(400 m @ 5k, 200 m @ float)\n"
    )
    results = []
    for place, seed, zone in (("one", "1", "UTC"), ("other/deeper", "2", "Asia/Tokyo")):
        folder = tmp_path / place
        folder.mkdir(parents=True)
        (folder / "a.workout.yaml").write_text(text, encoding="utf-8")
        (folder / "athlete.yaml").write_text("athlete: Me\nraces: 5 km in 22:30\nheart_rate: {max: 190}\n")
        done = subprocess.run(
            [sys.executable, "-c", code, COMMANDS_THAT_TELL.strip()],
            cwd=folder,
            env={**os.environ, "PYTHONHASHSEED": seed, "TZ": zone, "COLUMNS": seed * 2},
            capture_output=True,
            timeout=30,
            check=True,
        )
        results.append((done.stdout, done.stderr, (folder / "a.fit").read_bytes()))
    assert b"Groesse" in results[0][0]
    assert results[0] == results[1]


@pytest.mark.parametrize(
    ("arguments", "ending"),
    [
        (["compile", "x.workout.yaml", "-o", "x.tcx"], ".fit"),
        (
            ["compile", "x.workout.yaml", "-o", "x.json"],
            "`.fit`, `.json` with --format connect, `.txt` with --format",
        ),
        (["compile", "x.workout.yaml", "--format", "connect", "-o", "x.fit"], "only in `.json`; if it is a folder"),
        (["show", "x.workout.yaml", "--format", "html", "-o", "x.gif"], "only in `.html`; if it is a folder"),
        (
            ["show", "x.workout.yaml", "-o", "t.gif"],
            "`.txt`, `.json`, `.svg`, `.html`, `.png`, `.pdf` or `.yaml` with --expand; if it is a folder",
        ),
        (["show", "-e", "10 min", "-o", "t.jpg"], "`.svg`"),
        (
            ["show", "spring.plan.yaml", "-o", "t.gif"],
            "only in `.txt`, `.json`, `.svg`, `.html`, `.png` or `.pdf`; if it is a folder",
        ),
        (
            ["plan", "season", "spring.plan.yaml", "-o", "t.gif"],
            "only in `.txt`, `.json`, `.html`, `.png` or `.pdf`; if it is a folder",
        ),
        (["inspect", "x.fit", "--as-yaml", "-o", "x.json"], "only in `.yaml` or `.yml`; if it is a folder"),
        (["schema", "plan", "-o", "plan.txt"], "only in `.json`; if it is a folder"),
    ],
)
def test_a_file_of_another_kind_is_no_folder(cli, write, plan, arguments, ending):
    write("x.workout.yaml", "workout: Easy\nsteps: 20 min @ RPE 3\n")
    plan()
    cli("compile", "x.workout.yaml", "-o", "out")
    Path("out/x.fit").rename("x.fit" if "inspect" in arguments else "y.fit")
    run = cli(*arguments)
    assert run.status == 2
    assert f"-o cannot end in `{Path(arguments[-1]).suffix}` here, only in `" in run.err
    assert ending in run.err
    assert not Path(arguments[-1]).exists()


@pytest.mark.parametrize(
    ("typed", "meant"), [(["season", "x"], "negsplit plan season"), (["plan", "new", "x"], "negsplit new")]
)
def test_a_command_of_another_group_is_named(cli, typed, meant):
    run = cli(*typed)
    assert run.status == 2
    assert f"did you mean `{meant}`?" in run.err
