"""Completion in a shell, by what each shell is told, and in a real bash."""

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
    Path("deep,er").mkdir()
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


@pytest.mark.parametrize("words", [["show"], ["compile", "-q"], ["check", "x.yaml"], ["--color", "never", "show"]])
def test_yaml_files_for_commands_that_read_them(folder, completed, words):
    assert completed("bash", "negsplit", *words, "''") == [f"path,{name}" for name in YAML]


def test_other_files(folder, completed):
    assert completed("bash", "negsplit", "inspect", "''") == ["path,c.fit", "path,deep", "path,deep,er"]
    for words in (["athlete", "show"], ["athlete", "init"], ["plan", "show"], ["show", "x.yaml", "--athlete"]):
        assert completed("bash", "negsplit", *words, "''") == [f"path,{name}" for name in YAML]
    assert completed("bash", "negsplit", "compile", "-o", "''") == ["file,"]
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
    assert plain("plan", "''") == ["show"]
    assert plain("new", "x", "--kind", "''") == list(KINDS)
    assert plain("check", "x", "--format", "''") == ["text", "json", "github"]
    assert plain("show", "x", "--device", "gen") == ["generic"]
    assert "forerunner-935" in plain("show", "x", "--device", "''")
    assert plain("completion", "''") == ["bash", "zsh", "fish"]
    assert plain("schema", "a") == ["athlete"]
    assert "--athlete" in plain("show", "--a")


def test_a_command_that_does_not_exist_is_no_error_while_typing(completed):
    assert completed("bash", "negsplit", "compil", "''") == [f"plain,{name}" for name in COMMANDS]


def test_zsh_is_given_a_pattern_and_fish_the_names(folder, completed):
    assert completed("zsh", "negsplit", "show", "''") == ["glob", "*.(yaml|yml)", "_"]
    assert completed("zsh", "negsplit", "inspect", "''") == ["glob", "*.(fit)", "_"]
    assert completed("zsh", "negsplit", "sc")[:2] == ["plain", "schema"]
    assert completed("fish", "negsplit", "show", "b") == ["plain,b c.yaml", "plain,broken.yaml"]
    assert completed("fish", "negsplit", "show", "deep/") == ["plain,deep/e.yaml"]
    assert completed("fish", "negsplit", "show", "deep,") == ["plain,deep,er/"]
    assert completed("fish", "negsplit", "sc")[0].startswith("plain,schema\tPrint the JSON Schema")


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
    assert process(env={**os.environ, COMPLETE: f"{shell}_source"}) == run
    assert f"negsplit completion {shell}" in cli("completion", "--help").out


def test_the_script_of_zsh_finds_files_by_pattern(cli):
    assert '"glob" ]]; then\n            _files -g "$key"\n        elif' in cli("completion", "zsh").out


def test_other_shells_are_wrong_usage(cli):
    run = cli("completion", "tcsh")
    assert run.status == 2
    assert "'tcsh' is not one of 'bash', 'zsh', 'fish'" in run.err


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


@pytest.fixture
def bash(tmp_path, monkeypatch):
    """Completes words in a real bash."""
    found = usable_bash()
    if not found:
        pytest.skip("needs bash 4.4 or newer")
    program = tmp_path / "bin" / "negsplit"
    program.parent.mkdir()
    program.write_text(f'#!/bin/sh\nexec "{sys.executable}" -m negsplit "$@"\n')
    program.chmod(program.stat().st_mode | stat.S_IXUSR)
    monkeypatch.setenv("PATH", str(program.parent), prepend=os.pathsep)

    def run(*words):
        done = subprocess.run(
            [found, "--norc", "-c", ASK, "bash", *words], capture_output=True, text=True, timeout=30, check=True
        )
        assert done.stderr == ""
        return done.stdout.splitlines()

    return run


def test_bash_completes_files_whole(folder, bash):
    assert bash("negsplit", "show", "") == ["compopt -o filenames", *YAML]
    assert bash("negsplit", "show", "b\\ c") == ["compopt -o filenames", "b c.yaml"]


def test_bash_completes_words(bash):
    assert bash("negsplit", "athlete", "sh") == ["show"]


def test_bash_is_left_to_find_any_file_to_write(bash):
    assert bash("negsplit", "compile", "-o", "") == ["compopt -o default"]


def test_bash_knows_what_completes_the_program(bash, cli):
    script = f"{cli('completion', 'bash').out}\ncomplete -p negsplit"
    done = subprocess.run([shutil.which("bash"), "--norc", "-c", script], capture_output=True, text=True, check=True)
    assert done.stdout.split() == ["complete", "-o", "nosort", "-F", "_negsplit_completion", "negsplit"]
