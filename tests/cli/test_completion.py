"""Completion in a shell, by what each shell is told, and in a real bash."""

import contextlib
import os
import shutil
import stat
import subprocess
import sys
from pathlib import Path

import pytest

from negsplit.cli import COMPLETE
from negsplit.cli.new import KINDS

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
    assert plain("plan", "''") == ["move", "show", "swap"]
    assert plain("new", "x", "--kind", "''") == list(KINDS)
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
COMP_WORDS=("$@")
COMP_CWORD=$(($# - 1))
_negsplit_completion negsplit
printf '%s\\n' ${OPTIONS:+"$OPTIONS"} "${COMPREPLY[@]}"
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
    """Completes words in a real bash."""
    if not (found := usable_bash()):
        absent("needs bash 4.4 or newer")

    def run(*words):
        done = subprocess.run(
            [found, "--norc", "-c", ASK, "bash", *words], capture_output=True, text=True, timeout=30, check=True
        )
        assert done.stderr == ""
        return done.stdout.splitlines()

    return run


def test_bash_completes_files_whole(folder, bash):
    assert bash("negsplit", "check", "") == ["compopt -o filenames", *YAML]
    assert bash("negsplit", "show", "b\\ c") == ["compopt -o filenames", "b c.yaml"]


def test_bash_completes_words(bash):
    assert bash("negsplit", "athlete", "sh") == ["show"]


def test_bash_is_left_to_find_any_file_to_write(bash):
    assert bash("negsplit", "compile", "-o", "") == ["compopt -o default"]


def test_bash_knows_what_completes_the_program(bash, cli):
    script = f"{cli('completion', 'bash').out}\ncomplete -p negsplit"
    done = subprocess.run([shutil.which("bash"), "--norc", "-c", script], capture_output=True, text=True, check=True)
    assert done.stdout.split() == ["complete", "-o", "nosort", "-F", "_negsplit_completion", "negsplit"]


@pytest.fixture
def fish(on_the_path):
    """What a real fish offers for a line."""
    if not (found := shutil.which("fish")):
        absent("needs fish")

    def run(line):
        ask = "negsplit completion fish | source; complete --do-complete $argv[1]"
        # In the C locale fish finds no program in a folder with an umlaut.
        there = os.environ | {"LC_ALL": "C.UTF-8"}
        command = [found, "--no-config", "-c", ask, line]
        done = subprocess.run(command, capture_output=True, timeout=30, check=True, env=there)
        assert done.stderr == b""
        return [offer.partition("\t")[0] for offer in done.stdout.decode().splitlines()]

    return run


def test_fish_completes_files_and_words(folder, fish):
    assert fish("negsplit show b") == ["b c.yaml", "broken.yaml"]
    assert fish("negsplit show deep/") == ["deep/e.yaml"]
    assert fish("negsplit athlete sh") == ["show"]


def test_fish_keeps_commas(folder, fish):
    assert fish("negsplit show deep,") == ["deep,er/"]
    assert fish("negsplit show deep,er/6") == ["deep,er/6,5 km.yaml"]


ZSHRC = """\
autoload -Uz compinit && compinit -D -u
eval "$(negsplit completion zsh)"
tell() { print -rn -- "$BUFFER" > told; exit }
zle -N tell
bindkey '^X' tell
PS1='ready> '
"""
"""Tab completes, Ctrl-X tells what the line has become."""


@pytest.fixture
def zsh(on_the_path, tmp_path, monkeypatch):
    """What a line becomes when tab is pressed behind it in a real zsh at a terminal."""
    if not (found := shutil.which("zsh")):
        absent("needs zsh")
    import pty

    (tmp_path / ".zshrc").write_text(ZSHRC)
    monkeypatch.setenv("ZDOTDIR", str(tmp_path))
    monkeypatch.setenv("TERM", "xterm")

    def run(line):
        ours, theirs = pty.openpty()
        with subprocess.Popen([found, "-d", "-i"], stdin=theirs, stdout=theirs, stderr=theirs) as shell:
            os.close(theirs)
            with open(ours, "r+b", buffering=0) as terminal:
                seen = b""
                while b"ready> " not in seen:
                    seen += terminal.read(1024)
                terminal.write(f"{line}\t\x18".encode())
                with contextlib.suppress(OSError):  # where the other end is gone
                    while terminal.read(1024):
                        pass
            shell.wait(timeout=30)
        return Path("told").read_text()

    return run


def test_zsh_completes_files_and_words(folder, zsh):
    assert zsh("negsplit show b\\ ") == "negsplit show b\\ c.yaml "
    assert zsh("negsplit check a") == "negsplit check a.workout.yaml "
    assert zsh("negsplit inspect ./c") == "negsplit inspect ./c.fit "
    assert zsh("negsplit athlete sh") == "negsplit athlete show "


def test_zsh_completes_files_of_which_nothing_is_typed(write, zsh):
    """Endings count in any case, and the files are those of the command."""
    for name in ("Tempo.FIT", "tempo.Yaml", "notes.txt"):
        write(name, "")
    assert zsh("negsplit inspect ") == "negsplit inspect Tempo.FIT "
    assert zsh("negsplit check ") == "negsplit check tempo.Yaml "
