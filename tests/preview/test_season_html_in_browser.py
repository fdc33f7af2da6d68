"""The page of a season as a browser shows it: on a phone and a desk, in light and dark, on paper."""

import re

import pytest

from browser import CONTRASTS, SCROLLS
from negsplit.preview.season_html import page
from strategies.seasons import BASE, SPRING, seasoned


@pytest.mark.parametrize(("width", "dark"), [(360, False), (1280, True)], ids=["a phone", "a desk in the dark"])
def test_it_fits_the_window_and_can_be_read(browser, width, dark):
    long = "w" * 100
    browser.show(page(seasoned(BASE.replace("Winter base", long), SPRING)), width=width, dark=dark)
    assert browser.run(SCROLLS) == 0
    assert [text for ratio, text in browser.run(CONTRASTS) if ratio < 4.5] == []
    bars = browser.run(
        "return [...document.querySelectorAll('.bars .stripe')].map(one => one.getBoundingClientRect().toJSON())"
    )
    assert min(one["height"] for one in bars) >= 8
    assert max(one["width"] for one in bars) >= 90
    assert [url.rpartition("/")[2] for url in browser.requests()] == ["page.html"]
    assert browser.console() == []
    assert browser.axe() == []


def test_it_is_whole_on_a_phone_with_letters_twice_as_large(browser):
    """At 200 % a phone of 320 pixels has room for what a window of 160 has at 100 %."""
    browser.show(page(seasoned()), width=160)
    assert browser.run(SCROLLS) == 0
    assert browser.axe() == []


def test_paper_holds_it(browser):
    browser.show(page(seasoned()), dark=True)
    assert len(re.findall(rb"/Type\s*/Page\b", browser.pdf())) in (1, 2)
