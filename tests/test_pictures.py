"""The pictures in docs/ are what the program draws today."""

import re
import shlex
from pathlib import Path

import pytest
from click.testing import CliRunner

from negsplit.cli import program

ROOT = Path(__file__).parents[1]
PICTURES = sorted((ROOT / "docs").glob("*.svg"))


def drawn_by_make():
    """The commands behind ``make docs``: what each picture is drawn by."""
    recipe = re.search(r"^docs:.*\n((?:\t.*\n)+)", (ROOT / "Makefile").read_text(encoding="utf-8"), re.MULTILINE)
    assert recipe
    commands = [shlex.split(line)[1:] for line in recipe[1].splitlines()]
    return {command[command.index("-o") + 1]: command for command in commands}


COMMANDS = drawn_by_make()


def test_make_draws_every_picture():
    assert sorted(COMMANDS) == [path.relative_to(ROOT).as_posix() for path in PICTURES]


@pytest.mark.parametrize("name", COMMANDS)
def test_a_picture_is_current(name, tmp_path, monkeypatch):
    monkeypatch.setenv("NEGSPLIT_CONFIG_DIR", str(tmp_path))
    monkeypatch.chdir(ROOT)
    command = [str(tmp_path / "now.svg") if word == name else word for word in COMMANDS[name]]
    run = CliRunner().invoke(program, command, prog_name="negsplit")
    assert run.exit_code == 0, run.output
    assert (ROOT / name).read_bytes() == (tmp_path / "now.svg").read_bytes(), f"{name} is not current: run `make docs`"
