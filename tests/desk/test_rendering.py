"""Files that a browser draws: what it is told, what comes of it when it fails, and what a real one makes."""

import os
import re
import select
import struct
import sys
from urllib.request import url2pathname

import pytest

from negsplit.desk import rendering
from negsplit.desk.rendering import encoded, write
from negsplit.diagnostics import render
from stand_in import STARTED

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="a stand-in is a script")

PDF = b"%PDF-1.4\n%%EOF\n"
PAGE = "<!doctype html><style>@page{size:portrait}</style><p>Gr&#252;n</p>"


@pytest.fixture
def stand_in(tmp_path, monkeypatch):
    """Puts a script in the place of the browser."""
    for name in ("NEGSPLIT_BROWSER", "PYTHONPATH"):
        monkeypatch.delenv(name, raising=False)
    (tmp_path / "temporary").mkdir()
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path / "temporary"))

    def put(script):
        path = tmp_path / "chromium"
        path.write_text(script, encoding="utf-8")
        path.chmod(0o755)
        monkeypatch.setenv("NEGSPLIT_BROWSER", str(path))
        return path

    return put


def script(body):
    """A browser in Python: ``given`` are its switches, ``out`` the file that it was told to write."""
    head = (
        "import sys, urllib.request\nfrom pathlib import Path\n"
        "given = dict(one.partition('=')[::2] for one in sys.argv[1:-1])\npage = sys.argv[-1]\n"
        "out = Path(given.get('--print-to-pdf') or given.get('--screenshot') or 'none')\n"
    )
    return f"{STARTED}{head}{body}\n"


def left(tmp_path):
    return sorted((tmp_path / "temporary").iterdir())


def said(found):
    """A diagnostic as it is printed, without the place of the stand-in."""
    return re.sub(r"`[^`]*/chromium`", "`chromium`", render(found))


def test_a_text_needs_no_browser(monkeypatch):
    monkeypatch.setenv("PATH", "")
    assert encoded(".txt", "Grün") == "Grün".encode()
    assert encoded(".html", PAGE) == PAGE.encode()


def test_a_browser_is_told_to_keep_to_itself(stand_in, tmp_path, monkeypatch):
    keep = tmp_path / "given"
    stand_in(script(f"Path({str(keep)!r}).write_text(repr((given, page)))\nout.write_bytes({PDF!r})"))
    for euid, sandbox in ((0, False), (1000, True)):
        monkeypatch.setattr(os, "geteuid", lambda euid=euid: euid)
        assert encoded(".pdf", PAGE) == PDF
        given, page = eval(keep.read_text())
        assert ("--no-sandbox" not in given) is sandbox
        for place in (given["--user-data-dir"], given["--print-to-pdf"], url2pathname(page.removeprefix("file://"))):
            assert place.startswith(str(tmp_path / "temporary"))
        assert given["--host-resolver-rules"] == "MAP * ~NOTFOUND"
        assert {"--headless", "--no-first-run", "--disable-background-networking"} <= given.keys()
        assert left(tmp_path) == []


def test_a_page_is_measured_before_it_is_drawn(stand_in):
    png = b"\x89PNG\r\n\x1a\n...IEND\xae\x42\x60\x82"
    stand_in(
        script(
            "if '--dump-dom' in given:\n    print('<title>1234</title>')\nelse:\n"
            "    assert given['--window-size'] == '960,1234' and given['--force-device-scale-factor'] == '2'\n"
            f"    out.write_bytes({png!r})"
        )
    )
    assert encoded(".png", PAGE) == png


def test_a_page_without_end_is_no_picture(stand_in):
    stand_in(script("print('<title>20000</title>')"))
    assert said(encoded(".png", PAGE)) == (
        "error[rendering]: this page is 20000 pixels long, and a PNG has 16384 at most\n"
        "  help: write a .pdf or .html file, or show fewer `--weeks`"
    )


# --- What goes wrong -----------------------------------------------------------------------------

AGAIN = "  help: `NEGSPLIT_BROWSER` names another browser; or write a .html file, and print that from any browser"
FAILURES = {
    "status": ("print('no display', file=sys.stderr)\nsys.exit(3)", "it ended with status 3", "no display"),
    "nothing": ("print('sorry', file=sys.stderr)", "it wrote nothing", "sorry"),
    "half": ("out.write_bytes(b'%PDF-1.4')", "what it wrote is no such file", ""),
    "another": ("out.write_bytes(b'GIF89a')", "what it wrote is no such file", ""),
}


@pytest.mark.parametrize(("body", "why", "complaint"), FAILURES.values(), ids=FAILURES)
def test_why_a_browser_failed_is_said_and_an_older_file_is_kept(stand_in, tmp_path, body, why, complaint):
    stand_in(script(body))
    path = tmp_path / "x.pdf"
    path.write_bytes(b"older")
    lines = [f"error[rendering]: `chromium` made no PDF: {why}"]
    lines += [f"  help: it said: {complaint}"] if complaint else []
    assert said(write(path, ".pdf", PAGE)) == "\n".join([*lines, AGAIN])
    assert path.read_bytes() == b"older"
    assert left(tmp_path) == []


def test_a_picture_whose_length_nobody_knows_is_not_drawn(stand_in):
    stand_in(script("print('<html></html>')"))
    assert "made no PNG: it does not say how long the page is" in said(encoded(".png", PAGE))


def test_a_browser_that_cannot_be_started(stand_in):
    stand_in("neither a program nor a script\x00")
    assert "made no PDF: it cannot be started: " in said(encoded(".pdf", PAGE))


def test_a_temporary_folder_that_cannot_be_written(stand_in, tmp_path, monkeypatch):
    stand_in(script(f"out.write_bytes({PDF!r})"))
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path / "nowhere"))
    assert said(encoded(".pdf", PAGE)) == (
        "error[rendering]: a browser draws in a temporary folder, and that cannot be written: "
        "no such file or directory\n"
        "  help: make room there, or name another one in `TMPDIR`"
    )


def test_a_browser_that_hangs_is_ended_with_its_children(stand_in, tmp_path, monkeypatch):
    monkeypatch.setattr(rendering, "PATIENCE", 0.5)
    pipe = tmp_path / "pipe"
    os.mkfifo(pipe)
    reader = os.open(pipe, os.O_RDONLY | os.O_NONBLOCK)
    stand_in(f"#!/bin/sh\nexec 3>'{pipe}'\necho here >&3\nsleep 600 &\nwait\n")
    assert "made no PDF: it was not done after 0 s" in said(encoded(".pdf", PAGE))
    heard = b""
    while select.select([reader], [], [], 60)[0] and (more := os.read(reader, 100)):
        heard += more
    os.close(reader)
    assert heard == b"here\n"  # and its end, which comes when nobody holds the pipe any more
    assert left(tmp_path) == []


def test_without_a_browser_it_is_said_what_to_install(monkeypatch, tmp_path):
    monkeypatch.delenv("NEGSPLIT_BROWSER", raising=False)
    monkeypatch.setattr("negsplit.desk.browsers.browser", lambda: None)
    assert render(encoded(".pdf", PAGE)) == (
        "error[no-browser]: a .pdf file is drawn by a browser, and none is installed that can\n"
        "  help: install Chromium, Google Chrome, Microsoft Edge or Brave; `NEGSPLIT_BROWSER` says where another lies\n"
        "  help: or write a .html file, and print that from any browser"
    )
    monkeypatch.setenv("NEGSPLIT_BROWSER", "mine")
    assert render(encoded(".png", PAGE)) == (
        "error[no-browser]: `NEGSPLIT_BROWSER` names `mine`, and there is no such program\n"
        "  help: write the path of a browser, or unset it"
    )


# --- A real one ----------------------------------------------------------------------------------


@pytest.fixture
def real(monkeypatch):
    from browser import absent

    if why := absent():
        if os.environ.get("NEGSPLIT_REQUIRE_BROWSER") == "1":
            pytest.fail(f"files cannot be drawn: {why}")
        pytest.skip(why)
    monkeypatch.delenv("NEGSPLIT_BROWSER", raising=False)


def size(png):
    """Width and height, as the header of a PNG says."""
    return struct.unpack(">II", png[16:24])


def test_a_real_browser_draws_all_of_a_page_twice_as_sharp(real):
    page = "<!doctype html><style>body{margin:0}</style><div style='height:1500px'></div>"
    assert size(encoded(".png", page)) == (2 * 960, 2 * 1500)


def test_a_real_browser_draws_a_picture_and_nothing_around_it(real):
    picture = "<svg xmlns='http://www.w3.org/2000/svg' width='880' height='300'></svg>"
    assert size(encoded(".png", picture)) == (2 * 880, 2 * 300)


def test_a_real_browser_prints_on_the_paper_asked_for_and_leaves_nothing(real, tmp_path, monkeypatch):
    monkeypatch.setenv("HOME", str(tmp_path))
    for name in ("XDG_CONFIG_HOME", "XDG_CACHE_HOME"):
        monkeypatch.delenv(name, raising=False)
    page = "<!doctype html><style>@page{size:A4 landscape}p{break-after:page}</style><p>1<p>2<p>3"
    pdf = encoded(".pdf", page)
    assert len(re.findall(rb"/Type\s*/Page\b", pdf)) in (3, 4)
    width, height = map(float, re.search(rb"/MediaBox\s*\[0 0 ([\d.]+) ([\d.]+)\]", pdf).groups())
    assert (width, height) == (pytest.approx(842, abs=1), pytest.approx(595, abs=1))
    assert [path for path in tmp_path.rglob("*") if path.is_file()] == []
