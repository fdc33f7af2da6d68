"""Where paths lead, judged by the standard library, which looks at every name again each time."""

import os
from pathlib import Path

from negsplit.desk.real_paths import RealPaths


def test_paths_lead_where_the_standard_library_says(desk):
    Path("a/b/c").mkdir(parents=True)
    Path("x/y").mkdir(parents=True)
    for name, target in {
        "a/up": "..",
        "a/b/over": "../../x",
        "x/y/back": str(desk / "a/b"),
        "loop": "loop",
        "broken": "nowhere/at/all",
        "x/file": "../a/b/c/d",
    }.items():
        os.symlink(target, name)
    Path("a/b/c/d").write_text("")
    names = ["", ".", "a", "a/b", "a/b/c/d", "a/up/a/up/x", "a/b/over/y", "a/b/over/y/back/c", "a/up/../x", "x/file"]
    names += [
        "loop/a",
        "broken",
        "broken/x",
        "missing/../a",
        "a//b/./c",
        "a/b/",
        "../desk/a",
        str(desk / "a/up/x"),
        "/",
    ]
    paths = RealPaths()
    for name in [*names, *reversed(names)]:
        assert paths.real(name) == os.path.realpath(name), name


def test_what_lies_in_a_known_folder_costs_one_look(desk, monkeypatch):
    names = ["/".join("d" * depth) for depth in range(1, 101)]
    os.makedirs(names[-1])
    looks = []
    islink = os.path.islink
    monkeypatch.setattr(os.path, "islink", lambda path: looks.append(path) or islink(path))
    paths = RealPaths()
    assert [paths.real(name) for name in names] == [f"{os.path.realpath(desk)}/{name}" for name in names]
    assert len(looks) == len(names)
