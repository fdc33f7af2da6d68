"""A calendar as a browser shows and prints it: a sheet a month or a week on either paper, nothing outside its cell."""

import re
from itertools import product

import pytest

from browser import CONTRASTS, SCROLLS
from negsplit.plan.totals import totals
from negsplit.preview.calendar_html import page
from negsplit.preview.page import on_paper
from strategies.example_plans import EXAMPLE_PLANS, compiled_example
from strategies.shown_plans import FULL, HALF, WALK_RUN, shown

PAPERS = {"A4": (210, 297), "letter": (215.9, 279.4)}
"""Millimetres, upright."""
MARGIN = 10
LANDSCAPE = {"month": True, "week": False}
PLANS = {"half": HALF, "walk-run": WALK_RUN, "full": FULL}

OUTSIDE = """
const found = [], hair = 0.75
for (const sheet of document.querySelectorAll('.sheet')) {
    const paper = sheet.getBoundingClientRect()
    for (const box of sheet.querySelectorAll('*:not(title)')) {
        const {left, right, top, bottom, width} = box.getBoundingClientRect()
        const cell = box.closest('td, th')
        const {left: l, right: r, top: t, bottom: b} = cell && cell !== box ? cell.getBoundingClientRect() : paper
        const out = left < l - hair || right > r + hair || top < t - hair || bottom > b + hair
        if (width && out) found.push([box.tagName, box.className, box.textContent.slice(0, 40)])
    }
}
return found
"""
"""What lies outside its cell or its sheet."""


def calendar(text, kind):
    plan = shown(text)
    return page(plan, plan.weeks, kind)


@pytest.fixture
def printed(browser):
    """Shows a page as it is laid out on a paper, in its colours."""

    def show(html, kind, paper):
        wide = PAPERS[paper][LANDSCAPE[kind]]
        browser.show(html, width=round((wide - 2 * MARGIN) / 25.4 * 96))
        browser.driver.execute_cdp_cmd("Emulation.setEmulatedMedia", {"media": "print"})
        return browser

    return show


@pytest.mark.parametrize(("plan", "kind"), list(product(PLANS, LANDSCAPE)))
def test_each_month_and_each_week_is_one_sheet_of_either_paper(browser, plan, kind):
    html = calendar(PLANS[plan], kind)
    for paper, upright in PAPERS.items():
        browser.show(on_paper(html, paper))
        pdf = browser.pdf()
        assert len(re.findall(rb"/Type\s*/Page\b", pdf)) == html.count("<section")
        across, high = (mm / 25.4 * 72 for mm in (upright[::-1] if LANDSCAPE[kind] else upright))
        for found in re.findall(rb"/MediaBox\s*\[0 0 ([\d.]+) ([\d.]+)\]", pdf):
            assert tuple(map(float, found)) == pytest.approx((across, high), abs=1)


@pytest.mark.parametrize(("plan", "kind", "paper"), list(product(PLANS, LANDSCAPE, PAPERS)))
def test_nothing_on_paper_is_outside_its_cell(printed, plan, kind, paper):
    window = printed(calendar(PLANS[plan], kind), kind, paper)
    assert window.run(OUTSIDE) == []
    high = PAPERS[paper][not LANDSCAPE[kind]] - 2 * MARGIN
    sheets = window.run("return [...document.querySelectorAll('.sheet')].map(one => one.offsetHeight)")
    assert all(0.9 * high < one / 96 * 25.4 < high for one in sheets)


@pytest.mark.parametrize("kind", LANDSCAPE)
@pytest.mark.parametrize("file", EXAMPLE_PLANS, ids=lambda file: file.name)
def test_ready_plans_fit_their_sheets(printed, file, kind):
    plan = totals(compiled_example(file).plan)
    assert printed(page(plan, plan.weeks, kind), kind, "letter").run(OUTSIDE) == []


@pytest.mark.parametrize("kind", LANDSCAPE)
def test_on_paper_all_that_is_said_can_be_read_without_colours(printed, kind):
    window = printed(calendar(HALF, kind), kind, "A4")
    found = window.run(CONTRASTS)
    assert len(found) > 50
    assert [text for ratio, text in found if ratio < 4.5] == []
    shown_words = window.run("return document.body.innerText")
    for word in ("easier week", "Race: Spring Half", "Rest", "hard", "optional"):
        assert word in shown_words
    widths = window.run(
        "return ['.race', '.easier'].map(name => getComputedStyle(document.querySelector(name)).borderTopWidth)"
    )
    assert all(float(width.removesuffix("px")) >= 1 for width in widths)


@pytest.mark.parametrize(("plan", "kind", "width"), list(product(PLANS, LANDSCAPE, (360, 390, 801, 1280))))
def test_it_fits_every_screen(browser, plan, kind, width):
    browser.show(calendar(PLANS[plan], kind), width=width, dark=width == 390)
    assert browser.run(SCROLLS) == 0
    assert [text for ratio, text in browser.run(CONTRASTS) if ratio < 4.5] == []
    assert plan != "half" or browser.axe() == []


def test_a_phone_shows_a_list_of_the_days_of_the_plan(browser):
    days = (
        "return [...document.querySelectorAll('.days td:has(time)')].filter(one => one.checkVisibility())"
        ".map(one => [one.getBoundingClientRect().left, one.querySelector('time').innerText])"
    )
    browser.show(calendar(HALF, "month"), width=390)
    listed = browser.run(days)
    assert len({left for left, _ in listed}) == 1
    assert [text for _, text in listed][:2] == ["Mon 28 Dec", "Tue 29 Dec"]
    assert len(listed) == 7 * 7
    browser.show(calendar(HALF, "month"), width=1280)
    assert len({left for left, _ in browser.run(days)}) == 7


def test_nothing_is_asked_of_the_network_and_nothing_goes_wrong(browser):
    for kind in LANDSCAPE:
        browser.show(calendar(HALF, kind))
        assert [url.rpartition("/")[2] for url in browser.requests()] == ["page.html"]
        assert browser.console() == []
