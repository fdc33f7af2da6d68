"""Completion in a shell, by what each shell is told, and in a real bash."""

import contextlib
import os
import shlex
import shutil
import stat
import subprocess
import sys
from pathlib import Path

import pytest

from negsplit.cli import COMPLETE
from negsplit.cli.new import KINDS, MADE

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


@pytest.fixture
def folder(write):
    """A folder with files of every sort."""
    for name in ("a.workout.yaml", "B.YML", "b c.yaml", "c.fit", "d.txt", ".hidden.yaml", "deep/e.yaml", "q*.yaml"):
        write(name, "")
    write("deep,er/6,5 km.yaml", "")
    Path("odd\nname.yaml").touch()
    Path(os.fsdecode(b"\xff.yaml")).touch()
    os.symlink("nowhere", "broken.yaml")


YAML = ["B.YML", "a.workout.yaml", "b c.yaml", "broken.yaml", "deep", "deep,er", "q*.yaml"]


@pytest.fixture
def completed(cli, monkeypatch):
    """What a shell is told, for words of which the last is being typed."""

    def run(shell, *words):
        number = words[-1] if shell == "fish" else str(len(words) - 1)
        for name, value in ((COMPLETE, f"{shell}_complete"), ("COMP_WORDS", " ".join(words)), ("COMP_CWORD", number)):
            monkeypatch.setenv(name, value)
        done = cli()
        assert (done.status, done.err) == (0, "")
        return done.out.removesuffix("\n").split("\n") if done.out.strip() else []

    return run


# --- What shells are told ------------------------------------------------------------------------


@pytest.mark.parametrize("words", [["upload"], ["compile", "-q"], ["check", "x.yaml"], ["--color", "never", "check"]])
def test_yaml_files_for_commands_that_read_them(folder, completed, words):
    assert completed("bash", "negsplit", *words, "''") == [f"path,{name}" for name in YAML]


def test_other_files(folder, completed):
    assert completed("bash", "negsplit", "inspect", "''") == ["path,c.fit", "path,deep", "path,deep,er"]
    for words in (["athlete", "show"], ["athlete", "init"], ["plan", "show"], ["show", "x.yaml", "--athlete"]):
        assert completed("bash", "negsplit", *words, "''") == [f"path,{name}" for name in YAML]
    assert completed("bash", "negsplit", "show", "c") == ["path,c.fit"]
    assert completed("bash", "negsplit", "compile", "-o", "''") == ["file,"]
    assert completed("bash", "negsplit", "import", "''") == ["file,"]
    assert completed("bash", "negsplit", "watch", "copy", "''") == sorted(
        ["path,c.fit", *(f"path,{name}" for name in YAML)]
    )


def test_files_in_folders_and_hidden_ones(folder, completed):
    assert completed("bash", "negsplit", "show", "deep/") == ["path,deep/e.yaml"]
    assert completed("bash", "negsplit", "show", ".h") == ["path,.hidden.yaml"]
    assert completed("bash", "negsplit", "show", "b") == ["path,b c.yaml", "path,broken.yaml"]
    assert completed("bash", "negsplit", "show", "nowhere/") == []
    assert "path,~/desk" in completed("bash", "negsplit", "show", "~/")


def test_names_of_commands_kinds_formats_and_devices(completed):
    def plain(*words):
        return [line.removeprefix("plain,") for line in completed("bash", "negsplit", *words)]

    assert plain("''") == COMMANDS
    assert plain("comp") == ["compile", "completion"]
    assert plain("athlete", "''") == ["init", "show"]
    assert plain("plan", "''") == ["adapt", "move", "season", "show", "swap"]
    assert plain("new", "x", "--kind", "''")[: len((*KINDS, *MADE))] == [*KINDS, *MADE]
    assert plain("new", "x", "--kind", "cru") == ["cruise-intervals"]
    assert plain("check", "x", "--format", "''") == ["text", "json", "github"]
    assert plain("show", "x", "--device", "gen") == ["generic"]
    known = ["generic", "forerunner-935", "long-names", "connect", "intervals", "zwo"]
    assert plain("show", "x", "--device", "''") == known
    assert plain("show", "x", "--device", "fr24") == ["Forerunner 245", "Forerunner 245 Music"]
    assert plain("athlete", "show", "thr") == ["threshold"]
    assert plain("check", "--explain", "s-ca") == ["S-CAP"]
    assert plain("check", "--explain", "missing-") == [
        "missing-duration",
        "missing-key",
        "missing-param",
        "missing-unit",
    ]
    assert plain("completion", "''") == ["bash", "zsh", "fish"]
    assert plain("schema", "a") == ["athlete"]
    assert "--athlete" in plain("show", "--a")


def test_what_comes_with_negsplit(folder, completed):
    """Bash ends words at colons: it is told what stands behind the one that was typed."""
    assert "plain,preset:half-marathon-12-weeks" in completed("bash", "negsplit", "plan", "show", "pre")
    assert completed("bash", "negsplit", "show", "preset", ":", "test-m") == ["plain,test-mile"]
    assert {"plain,strides", "plain,c25k"} < set(completed("bash", "negsplit", "check", "preset", ":"))
    assert completed("fish", "negsplit", "compile", "preset:test-m") == ["plain,preset:test-mile"]
    assert completed("zsh", "negsplit", "show", "preset:test-m")[:2] == ["plain", "preset:test-mile"]
    assert completed("bash", "negsplit", "inspect", "pre") == []


def test_a_command_that_does_not_exist_is_no_error_while_typing(completed):
    assert completed("bash", "negsplit", "compil", "''") == [f"plain,{name}" for name in COMMANDS]


def test_zsh_is_given_a_pattern_and_fish_the_names(folder, completed):
    assert completed("zsh", "negsplit", "check", "''") == ["glob", "(#i)*.yaml (#i)*.yml", "_"]
    assert completed("zsh", "negsplit", "inspect", "''") == ["glob", "(#i)*.fit", "_"]
    assert completed("zsh", "negsplit", "sc")[:2] == ["plain", "schema"]
    assert completed("fish", "negsplit", "show", "b") == ["plain,b c.yaml", "plain,broken.yaml"]
    assert completed("fish", "negsplit", "show", "deep/") == ["plain,deep/e.yaml"]
    assert completed("fish", "negsplit", "show", "deep,") == ["plain,deep,er/"]
    assert completed("fish", "negsplit", "sc")[0].startswith("plain,schema\tPrint a JSON Schema")


def test_names_of_commands_load_nothing_heavy(process, monkeypatch):
    code = "import sys\nfrom negsplit.cli import main\ntry: main()\nfinally: print(*sys.modules, file=sys.stderr)"
    monkeypatch.setenv(COMPLETE, "bash_complete")
    monkeypatch.setenv("COMP_WORDS", "negsplit ")
    monkeypatch.setenv("COMP_CWORD", "1")
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, timeout=30, check=True)
    assert done.stdout.split() == [f"plain,{name}".encode() for name in COMMANDS]
    loaded = {name.partition(".")[0] for name in done.stderr.decode().split()}
    assert not loaded & {"yaml", "pydantic", "fit_tool", "fitdecode", "anyascii", "platformdirs"}


# --- The scripts -----------------------------------------------------------------------------------


@pytest.mark.parametrize("shell", ["bash", "zsh", "fish"])
def test_the_script_of_each_shell(cli, process, shell):
    run = cli("completion", shell)
    assert (run.status, run.err) == (0, "")
    assert f"{COMPLETE}={shell}_complete" in run.out
    asked = process(env={**os.environ, COMPLETE: f"{shell}_source"})
    assert (asked.status, asked.out.rstrip("\n"), asked.err) == (0, run.out.rstrip("\n"), "")
    assert f"negsplit completion {shell}" in cli("completion", "--help").out


def test_other_shells_are_wrong_usage(cli):
    run = cli("completion", "tcsh")
    assert run.status == 2
    assert "SHELL takes bash, zsh or fish" in run.err


# --- A real shell ----------------------------------------------------------------------------------

ASK = """\
eval "$(negsplit completion bash)"
compopt() { local IFS=' '; OPTIONS="compopt $*"; }
ask() {
    COMP_WORDS=("$@") COMP_CWORD=$(($# - 1)) COMPREPLY=() OPTIONS=
    _negsplit_completion negsplit
    printf '%s\\n' ${OPTIONS:+"$OPTIONS"} "${COMPREPLY[@]}" ""
}
"""


def usable_bash():
    """A bash that click supports: 4.4 or newer."""
    if not (bash := shutil.which("bash")):
        return None
    code = "((BASH_VERSINFO[0] * 100 + BASH_VERSINFO[1] >= 404))"
    return bash if subprocess.run([bash, "-c", code], check=False).returncode == 0 else None


def absent(why):
    """Skips, or fails where every shell must be here."""
    if os.environ.get("NEGSPLIT_REQUIRE_SHELLS") == "1":
        pytest.fail(why)
    pytest.skip(why)


@pytest.fixture
def on_the_path(tmp_path, monkeypatch):
    """The program under the name that shells complete."""
    program = tmp_path / "bin" / "negsplit"
    program.parent.mkdir()
    program.write_text(f'#!/bin/sh\nexec "{sys.executable}" -m negsplit "$@"\n')
    program.chmod(program.stat().st_mode | stat.S_IXUSR)
    monkeypatch.setenv("PATH", str(program.parent), prepend=os.pathsep)


@pytest.fixture
def bash(on_the_path):
    """Completes lines of words in one real bash."""
    if not (found := usable_bash()):
        absent("needs bash 4.4 or newer")

    def run(*lines):
        code = ASK + "".join(f"ask negsplit {shlex.join(words)}\n" for words in lines)
        done = subprocess.run([found, "--norc", "-c", code], capture_output=True, text=True, timeout=30, check=True)
        assert done.stderr == ""
        return [answer.splitlines() for answer in done.stdout.removesuffix("\n\n").split("\n\n")]

    return run


def test_bash_completes_files_whole_and_words_and_is_left_to_find_any_file_to_write(folder, bash):
    assert bash(("check", ""), ("show", "b\\ c"), ("athlete", "sh"), ("compile", "-o", "")) == [
        ["compopt -o filenames", *YAML],
        ["compopt -o filenames", "b c.yaml"],
        ["show"],
        ["compopt -o default"],
    ]


def test_bash_knows_what_completes_the_program(bash, cli):
    script = f"{cli('completion', 'bash').out}\ncomplete -p negsplit"
    done = subprocess.run([shutil.which("bash"), "--norc", "-c", script], capture_output=True, text=True, check=True)
    assert done.stdout.split() == ["complete", "-o", "nosort", "-F", "_negsplit_completion", "negsplit"]


@pytest.fixture
def fish(on_the_path):
    """What one real fish offers for each of some lines."""
    if not (found := shutil.which("fish")):
        absent("needs fish")

    def run(*lines):
        ask = "negsplit completion fish | source; for line in $argv; complete --do-complete $line; echo; end"
        # In the C locale fish finds no program in a folder with an umlaut.
        there = os.environ | {"LC_ALL": "C.UTF-8"}
        command = [found, "--no-config", "-c", ask, *lines]
        done = subprocess.run(command, capture_output=True, timeout=30, check=True, env=there)
        assert done.stderr == b""
        answers = done.stdout.decode().removesuffix("\n\n").split("\n\n")
        return [[offer.partition("\t")[0] for offer in answer.splitlines()] for answer in answers]

    return run


def test_fish_completes_files_and_words_and_keeps_commas(folder, fish):
    lines = ("show b", "show deep/", "athlete sh", "show deep,", "show deep,er/6")
    assert fish(*(f"negsplit {line}" for line in lines)) == [
        ["b c.yaml", "broken.yaml"],
        ["deep/e.yaml"],
        ["show"],
        ["deep,er/"],
        ["deep,er/6,5 km.yaml"],
    ]


ZSHRC = """\
autoload -Uz compinit && compinit -D -u
eval "$(negsplit completion zsh)"
tell() { print -r -- "$BUFFER" >> told; BUFFER= }
zle -N tell
bindkey '^T' tell
PS1='ready> '
"""
"""Tab completes, Ctrl-T tells what the line has become, and begins another."""


@pytest.fixture
def zsh(on_the_path, tmp_path, monkeypatch):
    """What each line becomes when tab is pressed behind it in one real zsh at a terminal."""
    if not (found := shutil.which("zsh")):
        absent("needs zsh")
    import pty

    (tmp_path / ".zshrc").write_text(ZSHRC)
    monkeypatch.setenv("ZDOTDIR", str(tmp_path))
    monkeypatch.setenv("TERM", "xterm")

    def run(*lines):
        ours, theirs = pty.openpty()
        with subprocess.Popen([found, "-d", "-i"], stdin=theirs, stdout=theirs, stderr=theirs) as shell:
            os.close(theirs)
            with open(ours, "r+b", buffering=0) as terminal:
                seen = b""
                while b"ready> " not in seen:
                    seen += terminal.read(1024)
                terminal.write("".join(f"{line}\t\x14" for line in lines).encode() + b"\x04")
                with contextlib.suppress(OSError):  # where the other end is gone
                    while terminal.read(1024):
                        pass
            shell.wait(timeout=30)
        return Path("told").read_text().splitlines()

    return run


def test_zsh_completes_files_and_words(folder, zsh):
    lines = ("show b\\ ", "check a", "inspect ./c", "athlete sh")
    assert zsh(*(f"negsplit {line}" for line in lines)) == [
        "negsplit show b\\ c.yaml ",
        "negsplit check a.workout.yaml ",
        "negsplit inspect ./c.fit ",
        "negsplit athlete show ",
    ]


def test_zsh_completes_files_of_which_nothing_is_typed(write, zsh):
    """Endings count in any case, and the files are those of the command."""
    for name in ("Tempo.FIT", "tempo.Yaml", "notes.txt"):
        write(name, "")
    assert zsh("negsplit inspect ", "negsplit check ") == ["negsplit inspect Tempo.FIT ", "negsplit check tempo.Yaml "]
