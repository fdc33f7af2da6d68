"""The command that adds the account's library: by how the program was installed, and never by its own bare name.

What pip, pipx 1.18 and uv 0.13 leave behind, and that each of these commands works, was tried with them by hand; the
files here are theirs, shortened.
"""

from __future__ import annotations

import importlib.metadata
import json
import re
import shlex
import sys
import tomllib
from pathlib import Path

import pytest

from negsplit.cli.watch.connection import diagnostic
from negsplit.desk import installation
from negsplit.desk.installation import adding
from negsplit.watch.errors import NotInstalled

ROOT = Path(__file__).parents[2]
with (ROOT / "pyproject.toml").open("rb") as file:
    (LIBRARY,) = tomllib.load(file)["project"]["optional-dependencies"]["account"]


@pytest.fixture
def installed(tmp_path, monkeypatch):
    """An installation in a folder whose name has a space, from the folder given or an index."""

    def install(*left_behind, source=None, pip=True, requires=(f'{LIBRARY}; extra == "account"',)):
        prefix = tmp_path / "the env"
        about = prefix / "negsplit-0.1.0.dist-info"
        about.mkdir(parents=True)
        needed = "".join(f"Requires-Dist: {one}\n" for one in ("click", 'ruff; extra == "dev"', *requires))
        (about / "METADATA").write_text(f"Metadata-Version: 2.4\nName: negsplit\nVersion: 0.1.0\n{needed}")
        if source is not None:
            (about / "direct_url.json").write_text(source if isinstance(source, str) else json.dumps(source))
        for name in left_behind:
            (prefix / name).write_text("")
        monkeypatch.setattr(sys, "prefix", str(prefix))
        monkeypatch.setattr(sys, "executable", str(prefix / "bin" / "python"))
        monkeypatch.setattr(installation, "distribution", lambda _: importlib.metadata.PathDistribution(about))
        monkeypatch.setattr(installation, "find_spec", lambda name: object() if pip and name == "pip" else None)
        return prefix

    return install


def folder(path, **more):
    return {"url": path.as_uri(), "dir_info": more}


def words():
    return shlex.split(adding("account"))


def test_pip_gets_the_library_for_the_python_that_runs(installed, tmp_path):
    prefix = installed(source=folder(tmp_path))
    *pip, library = words()
    assert pip == [str(prefix / "bin" / "python"), "-m", "pip", "install"]
    assert sorted(library.removeprefix("garminconnect").split(",")) == sorted(
        LIBRARY.removeprefix("garminconnect").split(",")
    )


def test_an_environment_of_uv_s_has_no_pip(installed):
    prefix = installed(pip=False)
    assert words() == ["uv", "pip", "install", "--python", str(prefix / "bin" / "python"), LIBRARY]


def test_pipx_keeps_what_is_injected(installed, tmp_path):
    installed("pipx_metadata.json", source=folder(tmp_path))
    assert words() == ["pipx", "inject", "the env", LIBRARY]


@pytest.mark.parametrize("editable", [False, True])
def test_a_tool_of_uv_s_is_told_where_it_came_from(installed, tmp_path, editable):
    """An upgrade removes what the tool was not asked for with."""
    installed("uv-receipt.toml", source=folder(tmp_path, editable=editable), pip=False)
    assert words() == ["uv", "tool", "install", *(["--editable"] if editable else []), f"{tmp_path}[account]"]


@pytest.mark.parametrize(
    "source",
    [
        None,
        "{",
        "[]",
        {"url": "https://example.org/negsplit.whl", "archive_info": {}},
        {"url": "file:///nowhere/negsplit", "dir_info": {}},
        {"url": "https://[", "dir_info": {}},
    ],
)
def test_a_tool_of_uv_s_whose_folder_is_gone(installed, source):
    prefix = installed("uv-receipt.toml", source=source, pip=False)
    assert words() == ["uv", "pip", "install", "--python", str(prefix / "bin" / "python"), LIBRARY]


def test_run_from_its_sources(installed, monkeypatch):
    prefix = installed()

    def nothing(name):
        raise importlib.metadata.PackageNotFoundError(name)

    monkeypatch.setattr(installation, "distribution", nothing)
    assert words() == [str(prefix / "bin" / "python"), "-m", "pip", "install", "garminconnect"]


def test_on_windows_only_what_needs_quotes_has_them(monkeypatch):
    """PowerShell takes `"C:\\python.exe" -m pip` for a text, and both of its shells take `<` for a redirection."""
    monkeypatch.setattr(installation.os, "name", "nt")
    words = (r"C:\Users\me\.venv\Scripts\python.exe", r"C:\a b\python.exe", LIBRARY)
    assert [installation._quoted(word) for word in words] == [words[0], f'"{words[1]}"', f'"{words[2]}"']


def test_windows_library_is_added_the_same_way():
    assert re.search(r"comtypes[<>]|\[windows\]", adding("windows"))
    assert adding("windows") in diagnostic(NotInstalled()).help[0]


def test_this_very_installation_knows_its_library():
    assert "garminconnect<" in adding("account") or "[account]" in adding("account")


def test_no_page_says_a_name_that_is_in_no_index():
    """Whoever asks an index for it gets an error, or some day a stranger's program."""
    pages = [ROOT / "README.md", *(ROOT / "docs").glob("*.md"), *(ROOT / "src").rglob("*.py")]
    assert [page.name for page in pages if "negsplit[account]" in page.read_text(encoding="utf-8")] == []
