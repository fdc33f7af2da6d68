"""What is handed to a runner: pages in their words, calendars, and files that a browser draws."""

import json
import re
import sys
from pathlib import Path
from zipfile import ZipFile

import pytest

from stand_in import STARTED

ATHLETE = ("--athlete", "5 km in 22:30")
WORKOUT = "workout: Cruise\nsteps: 15 min @ easy, 4x(1 mi @ threshold, 1 min), 10 min @ RPE 3\n"
STEEP = """\
plan: Steep
start: 2027-01-04
weeks: 5
sessions:
  - {on: tue, name: Easy, steps: 8 km @ easy}
  - {on: sun, name: Long run, steps: $far @ easy, with: {far: 10 km -> 30 km}}
"""
OF_COACHES = re.compile(r"PL\d\d|load|VDOT|w\d\d-|coach|counts on")


@pytest.fixture
def browser(tmp_path, monkeypatch):
    """A stand-in for a browser, which keeps what it was given to draw."""
    if sys.platform == "win32":
        pytest.skip("the stand-in is a script")
    path = tmp_path / "browser"
    path.write_text(
        f"{STARTED}import shutil, sys\nfrom pathlib import Path\nfrom urllib.request import url2pathname\n"
        "given = dict(one.partition('=')[::2] for one in sys.argv[1:-1])\n"
        f"shutil.copy(url2pathname(sys.argv[-1].removeprefix('file://')), {str(tmp_path / 'drawn.html')!r})\n"
        "if '--dump-dom' in given:\n    print('<title>100</title>')\n"
        "elif '--screenshot' in given:\n"
        "    Path(given['--screenshot']).write_bytes(b'\\x89PNG\\r\\n\\x1a\\n' + b'IEND\\xae\\x42\\x60\\x82')\n"
        "else:\n    Path(given['--print-to-pdf']).write_bytes(b'%PDF-1.4 %%EOF')\n",
        encoding="utf-8",
    )
    path.chmod(0o755)
    monkeypatch.setenv("NEGSPLIT_BROWSER", str(path))
    return tmp_path / "drawn.html"


@pytest.fixture
def files(write):
    write("cruise.workout.yaml", WORKOUT)
    write("steep.plan.yaml", STEEP)


# --- In a runner's words -------------------------------------------------------------------------


def test_a_plan_for_its_runner_has_no_codes_and_no_findings(files, cli):
    assert "PL01" in cli("plan", "show", "steep.plan.yaml", *ATHLETE).out
    for options in ((), ("--format", "html")):
        run = cli("plan", "show", "steep.plan.yaml", *ATHLETE, "--for-runner", *options)
        assert (run.status, run.err) == (0, "")
        assert OF_COACHES.findall(run.out) == []
        assert "Your paces" in run.out
        assert "you can talk in whole sentences" in run.out


def test_a_workout_for_its_runner(files, cli):
    run = cli("show", "cruise.workout.yaml", *ATHLETE, "--for-runner")
    assert (run.status, run.err) == (0, "")
    assert OF_COACHES.findall(run.out) == []
    assert run.out.endswith(
        "for 5 km in 22:30\n"
        "time      about 59:42 (59:06-1:00:20)\n"
        "distance  about 11.27 km (10.94-11.6)\n"
        "\n"
        "Your paces\n"
        "  easy       6:14-5:33/km  you can talk in whole sentences\n"
        "  threshold  4:52-4:41/km  comfortably hard: a few words at a time\n"
        "  RPE 3                    easy: you can talk in whole sentences\n"
        "  RPE: how hard it feels, from 1 to 10; the watch has no number to hold\n"
    )
    cli("show", "cruise.workout.yaml", *ATHLETE, "--for-runner", "-o", "own.txt")
    assert Path("own.txt").read_text(encoding="utf-8") == run.out
    for form in ("html", "svg"):
        assert "load" not in cli("show", "cruise.workout.yaml", *ATHLETE, "--for-runner", "--format", form).out.lower()


def test_data_and_the_language_are_for_no_runner(files, cli):
    for options in (("--format", "json"), ("--expand",), ("-o", "x.json")):
        run = cli("show", "cruise.workout.yaml", "--for-runner", *options)
        assert run.status == 2
        assert "--for-runner is for what people read, and this makes ." in run.err
    run = cli("plan", "show", "steep.plan.yaml", "--for-runner", "--format", "json")
    assert (run.status, "--for-runner is for what people read, and this makes .json" in run.err) == (2, True)


def test_a_page_in_an_archive_is_for_its_runner(files, write, cli):
    write("runners/anna.athlete.yaml", "athlete: Anna\nraces: 5 km in 22:30\n")
    cli("compile", "steep.plan.yaml", "--athlete", "runners", "-o", "build", "--zip")
    with ZipFile("build/anna.zip") as archive:
        page = archive.read("plan.html").decode()
    assert "Your paces" in page
    assert OF_COACHES.findall(page) == []


def test_what_is_for_one_runner_is_not_for_a_group(files, write, cli):
    write("runners/anna.athlete.yaml", "athlete: Anna\nraces: 5 km in 22:30\n")
    for option, more in (("--for-runner", ()), ("--calendar", ("month", "-o", "x.html"))):
        run = cli("plan", "show", "steep.plan.yaml", "--athlete", "runners", option, *more)
        assert run.status == 2
        assert f"{option} is for one runner: name one athlete file" in run.err


def test_what_is_handed_on_does_not_follow_a_file(files, cli):
    for command in ("show", "cruise.workout.yaml"), ("plan", "show", "steep.plan.yaml"):
        run = cli(*command, "--live", "--for-runner", "--paper", "letter")
        assert run.status == 2
        assert "leave out --for-runner and --paper" in run.err


# --- Calendars -----------------------------------------------------------------------------------


def test_a_calendar_has_a_sheet_for_each_month_or_week(files, cli):
    for kind, sheets in (("month", 2), ("week", 5)):
        run = cli("plan", "show", "steep.plan.yaml", *ATHLETE, "--calendar", kind, "-o", "wall.html")
        assert (run.status, run.out, run.err) == (0, "wall.html: Steep\n", "")
        page = Path("wall.html").read_text()
        assert page.count("<section") == sheets
        assert OF_COACHES.findall(page) == []
    run = cli("plan", "show", "steep.plan.yaml", *ATHLETE, "--calendar", "week", "--weeks", "2-3", "--format", "html")
    assert run.out.count("<section") == 2


def test_a_calendar_is_a_page(files, cli):
    for options in ((), ("--format", "json"), ("-o", "x.txt"), ("-o", "x.svg")):
        run = cli("plan", "show", "steep.plan.yaml", "--calendar", "month", *options)
        assert run.status == 2
        assert "--calendar makes a page: name a file for it, such as `-o calendar.pdf`" in run.err


# --- What a browser draws ------------------------------------------------------------------------

SHOWN = {
    "workout": ("show", "cruise.workout.yaml"),
    "plan": ("plan", "show", "steep.plan.yaml"),
    "season": ("plan", "season", "steep.plan.yaml"),
}


@pytest.mark.parametrize("command", SHOWN.values(), ids=SHOWN)
def test_pdf_and_png_are_drawn_of_the_page(files, cli, browser, command):
    for name, begins in (("x.pdf", b"%PDF-"), ("X.PDF", b"%PDF-"), ("x.png", b"\x89PNG")):
        run = cli(*command, *ATHLETE, "-o", name, "-q")
        assert (run.status, run.out, run.err) == (0, "", "")
        assert Path(name).read_bytes().startswith(begins)
        is_picture = command[1] != "season" and name.endswith("png")
        assert browser.read_text().startswith("<!doctype html><style>" if is_picture else "<!doctype html>\n")


def test_a_pdf_is_on_the_paper_asked_for(files, cli, browser):
    for options, size in (((), "A4"), (("--paper", "a4"), "A4"), (("--paper", "letter"), "letter")):
        cli("show", "cruise.workout.yaml", *ATHLETE, "-o", "x.pdf", *options)
        assert f"@page{{size:{size} portrait;" in browser.read_text()
        cli("plan", "show", "steep.plan.yaml", *ATHLETE, "--calendar", "month", "-o", "x.pdf", *options)
        assert f"@page{{size:{size} landscape}}" in browser.read_text()


def test_a_page_takes_what_is_in_the_printer_unless_it_is_told(files, cli):
    command = ("plan", "show", "steep.plan.yaml", *ATHLETE, "--format", "html")
    assert "@page{size:portrait;" in cli(*command).out
    assert "@page{size:letter portrait;" in cli(*command, "--paper", "letter").out


def test_paper_is_for_what_is_printed(files, cli):
    for command in SHOWN.values():
        run = cli(*command, *ATHLETE, "--paper", "letter", "-o", "x.txt")
        assert run.status == 2
        assert "--paper is for PDF files and pages, and this makes .txt" in run.err
        assert not Path("x.txt").exists()


def test_each_workout_of_a_file_has_a_picture_and_all_are_in_one_pdf(write, cli, browser):
    write("two.workout.yaml", "workout: A\nsteps: 10 min\n---\nworkout: B\nsteps: 11 min\n")
    assert cli("show", "two.workout.yaml", "-o", "x.png").out == "x.png: A\nx-2.png: B\n"
    assert cli("show", "two.workout.yaml", "-o", "x.pdf").out == "x.pdf: A, B\n"
    assert browser.read_text().count("<article>") == 2


def test_a_group_is_a_page_too(files, write, cli, browser):
    write("runners/anna.athlete.yaml", "athlete: Anna\nraces: 5 km in 22:30\n")
    run = cli("plan", "show", "steep.plan.yaml", "--athlete", "runners", "-o", "group.pdf")
    assert run.status == 0
    assert "@page{size:A4 landscape}" in browser.read_text()


@pytest.mark.parametrize("form", ["png", "pdf"])
@pytest.mark.parametrize("command", SHOWN.values(), ids=SHOWN)
def test_what_is_no_text_does_not_go_to_a_terminal(files, cli, command, form):
    run = cli(*command, "--format", form)
    assert run.status == 2
    assert f"a {form.upper()} goes into a file: name it with -o" in run.err


@pytest.mark.parametrize("command", SHOWN.values(), ids=SHOWN)
def test_without_a_browser_nothing_is_written(files, cli, monkeypatch, command):
    monkeypatch.setenv("NEGSPLIT_BROWSER", "nowhere")
    run = cli(*command, *ATHLETE, "-o", "x.pdf")
    assert run.status == 1
    assert "error[no-browser]: `NEGSPLIT_BROWSER` names `nowhere`, and there is no such program" in run.err
    assert not Path("x.pdf").exists()


def test_the_data_of_a_plan_stay_what_they_are(files, cli):
    found = json.loads(cli("plan", "show", "steep.plan.yaml", *ATHLETE, "--format", "json").out)
    assert {one["code"] for one in found["findings"]} >= {"PL01"}
