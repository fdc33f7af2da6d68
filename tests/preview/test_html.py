"""The page of a workout, read as a browser would: whole, true to the program, and safe."""

import re
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import replace

from hypothesis import given, settings

from negsplit import compile_text
from negsplit.athlete.paces import NO_RUNNER
from negsplit.estimate.estimate import estimate
from negsplit.estimate.profile import profile
from negsplit.model import Lap, Sport
from negsplit.preview.html import Sheet, page, section
from negsplit.preview.page import document
from negsplit.program.model import Band, Intensity, Jump, Program, ProgramStep, Quantity
from negsplit.units import Distance, Duration
from pages import Node, read
from strategies.programs import programs

CRUISE = """\
workout: Cruise intervals
sport: track_running
notes: Comfortably hard.
steps:
  - warmup: 15 min @ easy
  - repeat: 4
    steps:
      - run: 1 mi @ threshold -- tall and relaxed
      - recover: 1 min
  - run: 5 min @ RPE 6 -- strong
  - run: 5 min @ RPE 3
  - cooldown: 10 min @ easy
"""
FIVE_KM = "5 km in 22:30"


def sheets(text=CRUISE, athlete=FIVE_KM, device="generic"):
    result = compile_text(text, athlete=athlete, device=device)
    assert result.ok, result.diagnostics
    for one in result.workouts:
        messages = tuple(found.message for found in one.degraded)
        yield Sheet(one.program, one.profile, one.estimate, one.runner.pace_unit, one.runner.name, messages)


def shown(text=CRUISE, athlete=FIVE_KM):
    return read(page(list(sheets(text, athlete))))


def of(program):
    """The sheet of a program that nobody is known to run."""
    return Sheet(program, profile(program, NO_RUNNER), estimate(program, NO_RUNNER), "km")


def rows(root) -> Iterator[tuple[int, ...]]:
    """The steps as (depth, texts of the cells)."""
    for row in root.one("table", "steps").one("thead").all("tr"):
        assert all(cell.attributes["scope"] == "col" for cell in row.all("th"))
    for row in (row for body in root.one("table", "steps").all("tbody") for row in body.all("tr")):
        depth = int(row.attributes.get("style", "--depth:0").removeprefix("--depth:"))
        yield depth, *(cell.text for cell in row.inside if isinstance(cell, Node))


def totals(root):
    """``{"Time": [value, range, basis]}``."""
    groups = root.one("dl", "totals").all("div")
    return {group.one("dt").text: [part.text for part in group.all("dd")] for group in groups}


# --- What it says --------------------------------------------------------------------------------


def test_name_sport_runner_and_notes():
    root = shown()
    assert root.one("html").attributes == {"lang": "en"}
    assert root.one("h1").text == root.one("head").one("title").text == "Cruise intervals"
    assert root.one("p", "about").text == "Track running, for 5 km in 22:30"
    assert root.one("p", "notes").text == "Comfortably hard."


def test_steps_are_a_table_and_a_repeat_is_a_group_of_it():
    root = shown()
    assert list(rows(root)) == [
        (0, "Warm up", "15 min", "6:14-5:33/km"),
        (0, "4 x"),
        (1, "Run", "1 mi", "4:52-4:41/km tall and relaxed"),
        (1, "Recover", "1 min", "open"),
        (0, "Run", "5 min", "RPE 6 strong"),
        (0, "Run", "5 min", "RPE 3"),
        (0, "Cool down", "10 min", "6:14-5:33/km"),
    ]
    table = root.one("table", "steps")
    assert table.one("caption").one("h2").text == "Steps"
    assert [cell.text for cell in table.one("thead").all("th")] == ["Step", "Length", "Target and cue"]
    assert [len(list(body.all("tr"))) for body in table.all("tbody")] == [1, 3, 3]
    assert [cell.attributes["scope"] for cell in table.all("th")][3:6] == ["row", "rowgroup", "row"]
    assert all("scope" in cell.attributes for cell in root.all("th"))


def test_repeats_nest():
    run, walk = ProgramStep(Intensity.ACTIVE, Distance(40_000)), ProgramStep(Intensity.RECOVERY, Lap())
    program = Program("P", Sport.RUNNING, (run, run, walk, Jump(1, 3), Jump(0, 2), run, Jump(5, Distance(300_000))))
    root = read(page([of(program)]))
    assert list(rows(root)) == [
        (0, "2 x"),
        (1, "Run", "400 m", "open"),
        (1, "3 x"),
        (2, "Run", "400 m", "open"),
        (2, "Recover", "lap button", "open"),
        (0, "repeat until 3 km"),
        (1, "Run", "400 m", "open"),
    ]
    assert [len(list(body.all("tr"))) for body in root.one("table", "steps").all("tbody")] == [5, 2]
    assert [cell.text for cell in root.one("thead").all("th")] == ["Step", "Length", "Target"]


def test_both_targets_of_a_step_are_shown():
    step = ProgramStep(
        Intensity.ACTIVE, Duration(60_000), Band(Quantity.SPEED, 4000, 4200), Band(Quantity.CADENCE, 176, 180)
    )
    (target,) = read(page([of(Program("P", Sport.RUNNING, (step,)))])).all("div", "targets")
    assert [line.text for line in target.all("span")] == ["4:10-3:58/km", "and 176-180 spm"]


def test_totals_say_what_they_rest_on():
    # The middle of 200 and 250 m/min takes 26:40 for 6 km.
    found = totals(shown("workout: W\nsteps: 6 km @ 5:00..4:00/km\n", "threshold 5:00/km"))
    assert found["Time"] == ["about 26:40", "24:00 to 30:00", "the middle of each pace range"]
    assert found["Distance"] == ["6 km", "as written"]
    # An hour at 10/11 of threshold speed is 82.6 points, at threshold 100, at the middle of both 91.1.
    found = totals(shown("workout: W\nsteps: 1 h @ 5:30..5:00/km\n", "threshold 5:00/km"))
    assert found == {
        "Time": ["1:00:00", "as written"],
        "Distance": ["about 11.45 km", "10.91 to 12 km", "the middle of each pace range"],
        "Load": ["about 91", "83 to 100", "100 is an hour at threshold pace 5:00/km"],
    }


def test_totals_that_cannot_be_told_say_what_is_missing():
    root = shown("workout: W\nsteps: 10 min, 400 m @ RPE 8\n", None)
    missing = ["unknown", "needs a race result or a threshold pace"]
    assert totals(root) == {"Time": missing, "Distance": missing, "Load": missing}
    assert not list(root.all("table", "zones"))
    assert root.one("p", "about").text == "Running"


def test_everything_is_in_the_runners_units():
    root = shown(athlete="athlete: Jo\nunits: imperial\nraces: 5 km in 22:30\n")
    assert root.one("p", "about").text == "Track running, for Jo"
    assert "/km" not in root.text
    assert " km" not in root.text
    assert list(rows(root))[2] == (1, "Run", "1 mi", "7:50-7:32/mi tall and relaxed")
    assert root.one("table", "zones").one("thead").text == "Zone Pace per mi Time"


def test_zones_have_their_paces_their_times_and_bars():
    root = shown("workout: W\nsteps: 30 min @ 6:00/km, 10 min @ 5:00/km, 1 min @ 3:00/km\n", "threshold 5:00/km")
    table = root.one("table", "zones")
    assert table.one("caption").one("h2").text == "Time in pace zones"
    lines = [[cell.text for cell in row.inside][:3] for row in table.one("tbody").all("tr")]
    assert lines == [
        ["Z2", "6:27-5:42", "30:00"],
        ["Z5a", "5:03-4:51", "10:00"],
        ["Z5c", "faster than 4:30", "1:00"],
    ]
    assert [bar.attributes["class"] for bar in table.all("span", "bar")] == [
        "bar easy",
        "bar threshold",
        "bar repetition",
    ]
    assert [bar.attributes["style"] for bar in table.all("span", "bar")] == [
        "width:100.0%",
        "width:33.3%",
        "width:3.3%",
    ]
    assert shown("workout: W\nsteps: 5 min @ 9:00/km\n", "threshold 5:00/km").one("table", "zones").one(
        "tbody"
    ).text == ("Z1 slower than 6:27 5:00")


def test_what_the_watch_does_otherwise_is_said_once_with_how_often():
    (exact,) = sheets()
    assert "otherwise" not in section(exact)
    root = read(section(replace(exact, degraded=("left out", "cut", "left out"))))
    assert [item.text for item in root.one("ul").all("li")] == ["left out (2 times)", "cut"]
    assert "What the watch will do differently" in [heading.text for heading in root.all("h2")]


def test_several_workouts_of_a_file_share_a_page():
    root = shown(f"{CRUISE}---\nworkout: Easy\nsteps: 40 min @ easy\n---\nworkout: Long\nsteps: 2 h @ easy\n")
    assert root.one("h1").text == "3 workouts"
    assert root.one("head").one("title").text == "Cruise intervals and 2 more"
    assert [part.one("h2").text for part in root.all("article")] == ["Cruise intervals", "Easy", "Long"]
    assert [heading.text for heading in next(root.all("article")).all("h3")] == ["Steps", "Time in pace zones"]
    assert len([one.one("svg") for one in root.all("div", "wide")]) == len(list(root.all("div", "narrow"))) == 3
    assert len(list(root.all("style"))) == 1


@settings(max_examples=30)
@given(programs())
def test_every_program_has_a_whole_page(program):
    root = read(page([of(program)]))
    assert len(list(rows(root))) == len(program.steps)
    assert {node.tag for node in root.all()} <= ALLOWED


# --- What it is ----------------------------------------------------------------------------------

ALLOWED = {
    *("html", "head", "meta", "title", "style", "body", "main", "article", "h1", "h2", "h3", "p", "ul", "li"),
    *("dl", "dt", "dd", "div", "span", "figure", "figcaption"),
    *("table", "caption", "thead", "tbody", "tr", "th", "td"),
    *("svg", "desc", "rect", "path", "text"),
}


def test_it_loads_nothing_and_runs_nothing():
    html = page(list(sheets()))
    root = read(html)
    assert len(list(root.all("svg"))) == 2
    head = [node for node in root.one("head").inside if isinstance(node, Node)]
    assert html.startswith("<!doctype html>\n")
    assert head[0].attributes == {"charset": "utf-8"}
    assert head[1].attributes == {
        "http-equiv": "Content-Security-Policy",
        "content": "default-src 'none'; style-src 'unsafe-inline'",
    }
    assert {node.tag for node in root.all()} <= ALLOWED
    names = {name for node in root.all() for name in node.attributes}
    assert not [name for name in names if name.startswith("on") or name in ("href", "src", "srcset", "action")]
    assert not re.search(r"url\(|@import|https?:(?!//www\.w3\.org/2000/svg\")", html)


def test_the_frame_holds_any_body():
    root = read(document("A <plan>", "<h1>Hi</h1>\n"))
    assert root.one("title").text == "A <plan>"
    assert [node.tag for node in root.one("main").inside if isinstance(node, Node)] == ["h1"]


HOSTILE = (
    "</title></style></script><script>alert(1)</script><img src=x onerror=alert(1)>"
    '" onload="alert(1)" \' & &lt; <!-- ]]> \x00\x08\x1b[31m\x9b\u202e\u200b\u2066\ufffe\ud800 \U0001f3c3 Größe'
)


def test_hostile_text_is_only_text():
    plain = ProgramStep(Intensity.ACTIVE, Duration(60_000), name="n", cue="c")
    calm = replace(of(Program("P", Sport.RUNNING, (plain,), "n")), who="w", degraded=("d",))
    steps = (replace(plain, name=HOSTILE, cue=HOSTILE),)
    wild = replace(of(Program(HOSTILE, Sport.RUNNING, steps, HOSTILE)), who=HOSTILE, degraded=(HOSTILE,))
    for many in (1, 2):
        quiet, html = read(page([calm] * many)), page([wild] * many)
        root = read(html)
        assert [(one.tag, sorted(one.attributes)) for one in root.all()] == [
            (one.tag, sorted(one.attributes)) for one in quiet.all()
        ]
        assert html.isascii()
        assert not re.search("[\x00-\x09\x0b-\x1f\x7f]", html)
        words = "<script>alert(1)</script><img src=x onerror=alert(1)>"
        for place in (next(next(root.all("article")).all("", "name")), *(next(root.all(*at)) for at in PLACES)):
            assert words in place.text
            assert "\U0001f3c3 Größe" in place.text
            assert not {"\x00", "\x1b", "\x9b", "\u202e", "\u200b", "\ufffe", "\ud800"} & set(place.text)


PLACES = [("p", "about"), ("p", "notes"), ("div", "cue"), ("li", ""), ("title", ""), ("svg", "")]


def test_same_input_same_bytes():
    code = "import sys; from test_html import page, sheets; sys.stdout.write(page(list(sheets())))"
    environment = {"PYTHONHASHSEED": "1", "PYTHONPATH": ":".join([__file__.rpartition("/")[0], *sys.path])}
    run = subprocess.run([sys.executable, "-c", code], capture_output=True, check=True, env=environment)
    assert run.stdout.decode() == page(list(sheets()))
