"""The page of a plan as a browser shows it: on a phone and a desk, in light and dark, on paper."""

import re
from itertools import product

import pytest

from browser import CONTRASTS, SCROLLS
from negsplit.plan.totals import totals
from negsplit.preview.plan_html import page
from strategies.example_plans import EXAMPLE_PLANS, compiled_example
from strategies.shown_plans import HALF, REMARKS, WALK_RUN, shown

VIEWS = list(product((320, 1280), (False, True)))
each_view = pytest.mark.parametrize(
    ("width", "dark"), VIEWS, ids=[f"{width} px, {'dark' if dark else 'light'}" for width, dark in VIEWS]
)


def html(text=HALF, athlete="5 km in 22:30"):
    plan = shown(text, athlete)
    return page(plan, plan.weeks)


def boxes(browser, which):
    """Where some elements are."""
    return browser.run(
        f"return [...document.querySelectorAll('{which}')].map(one => one.getBoundingClientRect().toJSON())"
    )


@each_view
@pytest.mark.parametrize("text", [HALF, WALK_RUN], ids=["half", "walk-run"])
def test_the_page_fits_the_window(browser, text, width, dark):
    browser.show(html(text), width=width, dark=dark)
    assert browser.run("return innerWidth") == width
    assert browser.run(SCROLLS) == 0
    (main,) = boxes(browser, "main")
    edge = main["right"] - 15  # its own padding, but for a hair
    assert [
        one for one in boxes(browser, "main *:not(title)") if one["right"] > edge or one["left"] < main["left"]
    ] == []


@pytest.mark.parametrize("file", EXAMPLE_PLANS, ids=lambda file: file.name)
def test_ready_plans_fit_a_phone(browser, file):
    plan = totals(compiled_example(file).plan)
    for width, for_runner in ((360, False), (320, True)):
        browser.show(page(plan, plan.weeks, for_runner=for_runner), width=width)
        assert browser.run(SCROLLS) == 0


@each_view
def test_each_session_has_a_picture_that_can_be_seen(browser, width, dark):
    plan = shown()
    browser.show(html(), width=width, dark=dark)
    runs = [one for one in plan.sessions if one.profile]
    pictures = boxes(browser, "li svg")
    assert len(pictures) == len(runs)
    longest = max(one.profile.seconds for one in runs)
    widest = max(one["width"] for one in pictures)
    assert widest > 250
    for picture, one in zip(pictures, runs, strict=True):
        assert 30 <= picture["height"] <= 50
        assert picture["width"] == pytest.approx(widest * one.profile.seconds / longest, abs=1)


def test_words_stand_beside_the_picture_on_a_desk_and_above_it_on_a_phone(browser):
    for width, beside in ((1280, True), (360, False)):
        browser.show(html(), width=width)
        names, pictures = boxes(browser, "li:has(svg) .what"), boxes(browser, "li:has(svg) .picture-of")
        for name, picture in zip(names, pictures, strict=True):
            assert (name["right"] <= picture["left"]) is beside
            assert (name["bottom"] <= picture["top"] + 1) is not beside


@each_view
def test_down_weeks_are_marked_by_more_than_a_colour(browser, width, dark):
    browser.show(html(), width=width, dark=dark)
    rows = browser.run(
        """return [...document.querySelectorAll('.weeks tbody tr')].map(row => {
            const mark = row.querySelector('.mark'), bar = row.querySelector('.bars span')
            return [mark && mark.checkVisibility() ? mark.textContent : '', bar.getBoundingClientRect().height]
        })"""
    )
    assert [mark for mark, _ in rows] == ["", "", "", "down week", "Race: Mile race", "", "down week"]
    low, high = ({height for _, height in rows if height < 10}, {height for _, height in rows if height >= 10})
    assert [height in low for _, height in rows] == [False, False, False, True, False, False, True]
    assert low
    assert high
    headings = browser.run("return [...document.querySelectorAll('.week h2')].map(one => one.innerText)")
    assert [heading.endswith("down week") for heading in headings] == [*(False, False, False, True, False, False, True)]


@each_view
def test_bars_are_long_enough_to_compare(browser, width, dark):
    browser.show(html(), width=width, dark=dark)
    frame = max(one["width"] for one in boxes(browser, "td.bars > div"))
    bars = browser.run(
        """return [...document.querySelectorAll('.weeks tbody tr')].map(row =>
            [...row.querySelectorAll('.bars span:not(.mark)')].map(one => one.getBoundingClientRect().width)
            .reduce((sum, width) => sum + width, 0))"""
    )
    assert frame >= (60 if width == 320 else 100)
    plan = shown()
    moving = [week.totals.run_seconds for week in plan.weeks]
    assert bars == pytest.approx([frame * one / max(moving) for one in moving], abs=1.5)


@each_view
@pytest.mark.parametrize("text", [HALF, WALK_RUN], ids=["half", "walk-run"])
def test_text_stands_out_from_the_paper(browser, text, width, dark):
    browser.show(html(text), width=width, dark=dark)
    found = browser.run(CONTRASTS)
    assert len(found) > 50
    assert [text for ratio, text in found if ratio < 4.5] == []
    assert browser.axe() == []


@each_view
def test_remarks_can_be_read_and_their_marks_lead_to_them(browser, width, dark):
    plan = shown(HALF)
    browser.show(page(plan, plan.weeks, REMARKS), width=width, dark=dark)
    assert browser.run(SCROLLS) == 0
    assert [text for ratio, text in browser.run(CONTRASTS) if ratio < 4.5] == []
    for link in browser.run("return [...document.querySelectorAll('a.rule')].map(one => one.hash.slice(1))"):
        assert browser.run(f"return document.getElementById('{link}').checkVisibility()")


def test_a_word_without_end_is_broken(browser):
    long = "w" * 100
    text = (
        f"plan: {long}\nnotes: {long}\nrace: {{on: 2027-02-14, name: {long}}}\nweeks: 1\nsessions:\n"
        f"  - {{on: mon, rest: {long}}}\n  - {{on: wed, steps: 5 min, name: {long}, notes: {long}}}\n"
    )
    for width in (360, 1280):
        browser.show(html(text), width=width)
        assert browser.run(SCROLLS) == 0


def test_nothing_is_asked_of_the_network_and_nothing_goes_wrong(browser):
    browser.show(html())
    assert [url.rpartition("/")[2] for url in browser.requests()] == ["page.html"]
    assert browser.console() == []


def test_a_link_leads_to_its_week(browser):
    browser.show(html(), width=360)
    browser.run("document.querySelector('.weeks tbody tr:last-child a').click()")
    top = browser.run("return document.querySelector('#w06').getBoundingClientRect().top")
    assert 0 <= top < 800


# --- Paper ---------------------------------------------------------------------------------------


def test_paper_holds_the_whole_plan_and_no_week_is_broken(browser):
    browser.show(html(), width=1280, dark=True)
    pdf = browser.pdf()
    assert 2 <= len(re.findall(rb"/Type\s*/Page\b", pdf)) <= 4
    browser.driver.execute_cdp_cmd("Emulation.setEmulatedMedia", {"media": "print"})
    broken = browser.run(
        """return [...document.querySelectorAll('.week, .day, .weeks tr')]
            .filter(one => getComputedStyle(one).breakInside !== 'avoid').length"""
    )
    assert broken == 0


OPEN = """\
plan: Open
start: 2027-01-04
weeks: 1
sessions:
  - {on: tue, steps: [100 km @ easy, run until lap]}
  - {on: wed, steps: [warmup, run until lap]}
"""


@pytest.mark.parametrize("width", [320, 1280])
def test_what_a_session_comes_to_stands_in_one_line_each_inside_its_box(browser, width):
    browser.show(html(OPEN), width=width)
    days, amounts = boxes(browser, ".day"), boxes(browser, ".amount")
    times, distances = boxes(browser, ".amount span:first-child"), boxes(browser, ".amount span:last-child")
    assert len(days) == 2
    for day, amount, time, far in zip(days, amounts, times, distances, strict=True):
        assert max(time["height"], far["height"]) < 30
        assert amount["right"] <= day["right"] + 0.5
    wider = "return [...document.querySelectorAll('.amount')].filter(one => one.scrollWidth > one.clientWidth).length"
    assert browser.run(wider) == 0


@pytest.mark.parametrize("text", [HALF, WALK_RUN, OPEN], ids=["half", "walk-run", "open"])
def test_it_is_whole_on_a_phone_with_letters_twice_as_large(browser, text):
    """At 200 % a phone of 320 pixels has room for what a window of 160 has at 100 %."""
    browser.show(html(text), width=160)
    assert browser.run(SCROLLS) == 0
    assert browser.axe() == []
