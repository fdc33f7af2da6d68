"""The page of a workout as a browser shows it: on a phone and a desk, in light and dark, on paper."""

import re
from dataclasses import replace
from itertools import product
from pathlib import Path

import pytest

from browser import CONTRASTS, SCROLLS
from negsplit import compile_text
from negsplit.preview.html import Sheet, page

WORKOUTS = Path(__file__).parents[2] / "workouts"
FILES = {path.name: path.read_text(encoding="utf-8") for path in sorted(WORKOUTS.glob("*.workout.yaml"))}
RICH = """\
workout: Nested intervals with a name that is long enough to be broken
sport: track_running
notes: Comfortably hard; stop while it still feels controlled. Skip the last one when it does not any more.
steps:
  - warmup: 15 min @ easy -- settle in, keep the shoulders low and breathe through the nose until you feel warm all over
  - repeat: 4
    steps:
      - run: 1 mi @ threshold and 175..185 spm -- tall, relaxed
      - repeat: 3
        steps: 100 m @ mile -- quick, 50 m
      - recover: 1 min
  - run: until HR > 150 bpm
  - repeat: {until: 3 km}
    steps:
      - run: 300 m @ 12..13 km/h
      - rest: lap
  - run: 5 min @ RPE 6 -- strong
  - cooldown: 10 min @ HR 120..140
"""
ATHLETE = """\
athlete: Example runner
races: [5 km in 22:30]
heart_rate: {max: 188, rest: 48, threshold: 170}
power: {critical: 280 W}
"""
VIEWS = list(product((320, 390, 1280), (False, True)))
each_view = pytest.mark.parametrize(
    ("width", "dark"), VIEWS, ids=[f"{width} px, {'dark' if dark else 'light'}" for width, dark in VIEWS]
)


def sheets(text):
    result = compile_text(text, athlete=ATHLETE, files=FILES)
    assert result.ok, result.diagnostics
    return [Sheet(one.program, one.profile, one.estimate, "km", one.runner.name) for one in result.workouts]


def rich(**changes):
    (sheet,) = sheets(RICH)
    return page([replace(sheet, degraded=("the second target is left out",), **changes)])


# Each word of the table, the numbers and the notes: in the window, not covered, and not cut off.
HIDDEN = """
const hidden = []
for (const box of document.querySelectorAll('h1, p, dt, dd, li, th, td, .targets span, .cue, figcaption')) {
    if (!box.textContent.trim()) continue
    box.scrollIntoView({block: 'center'})
    const range = document.createRange()
    range.selectNodeContents(box)
    const {left, right, top, bottom, width, height} = range.getBoundingClientRect()
    const at = document.elementFromPoint((left + right) / 2, (top + bottom) / 2)
    const over = at && (box.contains(at) || at.contains(box))
    const inside = left >= 0 && right <= innerWidth && width >= 4 && height >= 8
    if (!over || !inside || !box.checkVisibility({opacityProperty: true})) hidden.push(box.textContent)
}
return hidden
"""


@each_view
def test_the_page_fits_the_window(browser, width, dark):
    browser.show(rich(), width=width, dark=dark)
    assert browser.run("return innerWidth") == width
    assert browser.run(SCROLLS) == 0


@each_view
def test_everything_written_is_seen(browser, width, dark):
    browser.show(rich(), width=width, dark=dark)
    steps = browser.run("return document.querySelectorAll('.step, .times').length")
    assert steps == len(sheets(RICH)[0].program.steps)
    assert browser.run(HIDDEN) == []


BOXES = """
const seen = [...document.querySelectorAll('.picture svg')].filter(one => one.checkVisibility())
const box = one => one.getBoundingClientRect().toJSON()
return seen.map(one => ({
    frame: box(one.closest('.picture')), picture: box(one),
    words: [...one.querySelectorAll('text')].map(text => ({...box(text), says: text.textContent})),
    bars: [...one.querySelectorAll('path:not(.ns-grid, .ns-axis, .ns-mark, .ns-halo)')].map(box),
    size: parseFloat(getComputedStyle(one).fontSize) * one.getBoundingClientRect().width / one.viewBox.baseVal.width,
}))
"""
"""The pictures that are seen, their words and bars, and how many pixels their letters have."""


LABELS = r"""
const picture = [...document.querySelectorAll('.picture svg')].find(one => one.checkVisibility())
const {left, top, width} = picture.getBoundingClientRect(), by = width / picture.viewBox.baseVal.width
const number = '(-?[\\d.]+)'
const shapes = (query, form) => [...picture.querySelectorAll(query)].flatMap(
    path => [...path.getAttribute('d').matchAll(RegExp(form, 'g'))].map(found => found.slice(1).map(Number)))
const around = ([x, low, high, wide]) =>
    ({left: left + x * by, right: left + (x + wide) * by, top: top + high * by, bottom: top + low * by})
const bars = shapes('path:not(.ns-reach, .ns-below, .ns-edge)', `M${number} ${number}V${number}h${number}V`)
const brackets = shapes('.ns-bracket', `M${number} ${number}v-5h${number}v5`)
const box = one => one.getBoundingClientRect().toJSON()
return {
    bars: bars.map(around),
    brackets: brackets.map(([x, y, wide]) => around([x, y, y - 5, wide])),
    labels: [...picture.querySelectorAll('.ns-on')].map(box),
    counts: [...picture.querySelectorAll('.ns-count')].map(box),
}
"""
"""Bars, brackets and the words on and over them, in pixels of the window."""


@each_view
def test_labels_stand_on_their_bars_and_counts_over_the_rounds_that_they_count(browser, width, dark):
    browser.show(rich(), width=width, dark=dark)
    found = browser.run(LABELS)
    assert len(found["labels"]) > 3
    for label in found["labels"]:
        assert any(
            bar["left"] - 1 <= label["left"] <= label["right"] <= bar["right"] + 1
            and bar["top"] - 1 <= label["top"] <= label["bottom"] <= bar["bottom"] + 1
            for bar in found["bars"]
        ), label
    edges = [edge for bar in found["bars"] for edge in (bar["left"], bar["right"])]
    for bracket in found["brackets"]:
        assert min(abs(bracket["left"] - edge) for edge in edges) < 3
        assert min(abs(bracket["right"] - edge) for edge in edges) < 3
    assert found["counts"]
    for count in found["counts"]:
        middle = (count["left"] + count["right"]) / 2
        over = [one for one in found["brackets"] if abs((one["left"] + one["right"]) / 2 - middle) < 2]
        assert any(count["bottom"] <= one["bottom"] for one in over), count


def test_text_twice_as_large_is_whole_too(browser):
    """At 200 % a phone of 320 pixels has room for what a window of 160 has at 100 %."""
    browser.show(rich(), width=160)
    assert browser.run(SCROLLS) == 0
    assert set(browser.run(HIDDEN)) == {"Step", "Length", "Target and cue"}, "what heads columns where there are none"


def test_the_first_screen_of_a_phone_shows_the_picture_and_the_first_figures(browser):
    browser.show(rich(), width=390)
    top, bottom = browser.run(
        "return [document.querySelector('.picture').getBoundingClientRect().bottom,"
        "document.querySelector('.totals .value').getBoundingClientRect().bottom]"
    )
    assert top < bottom < 800


@each_view
def test_the_picture_is_whole_and_can_be_read(browser, width, dark):
    browser.show(rich(), width=width, dark=dark)
    [found] = browser.run(BOXES)
    frame, picture = found["frame"], found["picture"]
    assert 0 <= frame["left"] <= picture["left"] < picture["right"] <= frame["right"] <= width
    assert frame["top"] <= picture["top"] < picture["bottom"] <= frame["bottom"] < picture["bottom"] + 5
    assert found["size"] > (9 if width == 320 else 10)
    for one in (*found["words"], *found["bars"]):
        assert picture["left"] <= one["left"] <= one["right"] <= picture["right"] + 1, one
        assert picture["top"] <= one["top"] <= one["bottom"] <= picture["bottom"] + 1, one
    assert browser.run("return document.querySelector('.picture').getBoundingClientRect().top") < browser.run(
        "return document.querySelector('.totals').getBoundingClientRect().top"
    )


@each_view
def test_text_stands_out_from_the_paper(browser, width, dark):
    browser.show(rich(), width=width, dark=dark)
    found = browser.run(CONTRASTS)
    assert len(found) > 60
    assert [text for ratio, text in found if ratio < 4.5] == []
    is_dark = browser.run("return getComputedStyle(document.body).backgroundColor") == "rgb(13, 17, 23)"
    assert is_dark is dark


@each_view
def test_it_can_be_heard_and_used_without_a_mouse(browser, width, dark):
    browser.show(rich(), width=width, dark=dark)
    assert browser.axe() == []
    [said] = browser.run(
        "return [...document.querySelectorAll('svg')].filter(one => one.checkVisibility())"
        ".map(one => [one.getAttribute('role'), one.querySelector('desc').textContent])"
    )
    assert said[0] == "img"
    assert "4 x (Run 1 mi 4:52-4:41/km" in said[1]


def test_every_example_fits_a_phone(browser):
    examples = [sheet for text in FILES.values() for sheet in sheets(text)]
    browser.show(page(examples), width=360)
    found = browser.run(BOXES)
    assert len(found) == len(examples)
    for one in found:
        right = one["picture"]["right"]
        assert [word["says"] for word in one["words"] if not 0 < word["left"] < word["right"] < right + 1] == []
    assert browser.run(SCROLLS) == 0


def test_a_word_without_end_is_broken(browser):
    (sheet,) = sheets("workout: W\nsteps:\n  - run: 10 min @ HR 100..120\n    cue: c\n")
    program = sheet.program
    steps = (replace(program.steps[0], cue="c" * 199),)
    wild = replace(sheet, program=replace(program, name="n" * 254, notes="m" * 254, steps=steps), who="w" * 300)
    for width in (360, 1280):
        browser.show(page([replace(wild, degraded=("d" * 300,))]), width=width)
        assert browser.run(SCROLLS) == 0


def test_nothing_is_asked_of_the_network_and_nothing_goes_wrong(browser):
    browser.show(rich())
    assert [url.rpartition("/")[2] for url in browser.requests()] == ["page.html"]
    assert browser.console() == []


INJECTED = (
    "<script>window.ran = 1</script><img src='http://127.0.0.1:9/i.png' onerror='window.ran = 2'>"
    "<link rel=stylesheet href='http://127.0.0.1:9/s.css'><iframe src='http://127.0.0.1:9/f'></iframe>"
)


def test_a_script_in_a_name_is_only_read(browser):
    (sheet,) = sheets(RICH)
    browser.show(page([replace(sheet, program=replace(sheet.program, name=INJECTED, notes=INJECTED), who=INJECTED)]))
    assert browser.run("return document.querySelector('h1').textContent") == INJECTED
    assert browser.run("return window.ran") is None
    assert [url.rpartition("/")[2] for url in browser.requests()] == ["page.html"]
    assert browser.console() == []


def test_what_slipped_through_would_not_run_either(browser):
    browser.show(rich().replace("<h1", f"{INJECTED}<h1"))
    assert browser.run("return document.querySelectorAll('script, img, iframe').length") == 3
    assert browser.run("return window.ran") is None
    assert sum("Content Security Policy" in message for message in browser.console()) >= 4


# --- Paper ---------------------------------------------------------------------------------------


def sheets_of_paper(pdf):
    return len(re.findall(rb"/Type\s*/Page\b", pdf))


@pytest.mark.parametrize("name", ["thirds-12k", "cruise-intervals", "track-400s", "mile-by-mile", "michigan"])
def test_a_workout_takes_one_sheet_of_paper(browser, name):
    browser.show(page(sheets(FILES[f"{name}.workout.yaml"])), dark=True)
    assert sheets_of_paper(browser.pdf()) == 1


def test_each_workout_of_a_file_begins_a_sheet(browser):
    browser.show(page(sheets("---\n".join(f"workout: W{number}\nsteps: 10 min @ easy\n" for number in range(3)))))
    assert sheets_of_paper(browser.pdf()) == 3
