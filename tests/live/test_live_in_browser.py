"""A real browser in front of the whole program: what it shows, and that no save is lost on the way."""

import os

import pytest

from browser import CONTRASTS, SCROLLS
from live.saving import by_emptying, by_renaming, delays, followed, text, until

ATHLETE = "athlete: Anna\nraces: [5 km in 22:30]\n"
SAVES = 20
"""`make bench` measures ten times as many, by the clock."""

HEADING = "return document.querySelector('main h1')?.textContent"
MAIN = "return document.querySelector('main').innerText"
PANEL = "return document.getElementById('messages').innerText"
STATUS = "return document.getElementById('status').textContent"
OLD = "const old = document.getElementById('old'); return old.checkVisibility() ? old.textContent : ''"
IS_OLD = "return getComputedStyle(document.querySelector('main')).filter !== 'none'"


@pytest.fixture
def window(browser, desk):
    """Opens what the program shows, in a window of the browser; it is closed with it."""
    with_it = []

    def open(*arguments):
        running = followed(*arguments)
        process, address = running.__enter__()
        with_it.append((running, process))
        browser.requests(), browser.console()
        browser.driver.get(address)
        return process, address

    yield open
    browser.driver.get("about:blank")
    for running, _ in with_it:
        running.__exit__(None, None, None)


def shows(browser, name):
    """Waits until a page of a name is shown."""
    return until(lambda: browser.run(HEADING) == name)


def test_no_save_is_lost_and_the_last_one_is_shown(browser, window, desk):
    path = desk / "tuesday.workout.yaml"
    path.write_text(text("First"))
    window(path.name, "--athlete", "5 km in 22:30")
    shows(browser, "First")
    assert len(delays(browser, path, SAVES)) == SAVES
    assert browser.run(HEADING) == f"Save {SAVES - 1}"
    assert "no errors" in browser.run(STATUS)


def test_a_mistake_keeps_the_last_good_page_and_shows_its_caret(browser, window, desk):
    (desk / "athlete.yaml").write_text(ATHLETE)
    path = desk / "tuesday.workout.yaml"
    path.write_text(text("<b>Good</b> & 'fine'"))
    window(path.name)
    shows(browser, "<b>Good</b> & 'fine'")
    assert (browser.run(OLD), browser.run(IS_OLD), browser.run(PANEL)) == ("", False, "")
    by_renaming(path, text("Worse").replace("threshold", "<img src=x onerror=alert(1)>"))
    until(lambda: "error[" in browser.run(PANEL))
    assert browser.run(HEADING) == "<b>Good</b> & 'fine'"
    assert browser.run(OLD).startswith("Last good picture, from ")
    assert browser.run(IS_OLD)
    lines = browser.run(PANEL).splitlines()
    [at] = [number for number, line in enumerate(lines) if "^" in line]
    assert lines[at].index("^") == lines[at - 1].index("<img")
    assert browser.run("return document.querySelectorAll('img, b').length") == 0
    by_emptying(path, text("Mended"))
    shows(browser, "Mended")
    assert (browser.run(OLD), browser.run(IS_OLD), browser.run(PANEL)) == ("", False, "")
    assert "4:52-4:41/km" in browser.run(MAIN)
    by_renaming(desk / "athlete.yaml", ATHLETE.replace("22:30", "20:00"))
    until(lambda: "4:52-4:41/km" not in browser.run(MAIN))


def test_nothing_is_asked_for_from_elsewhere_and_nothing_is_refused(browser, window, desk):
    path = desk / "tuesday.workout.yaml"
    path.write_text(text("First"))
    _, address = window(path.name, "--athlete", "5 km in 22:30")
    shows(browser, "First")
    by_renaming(path, text("Second"))
    shows(browser, "Second")
    assert set(browser.requests()) == {address, f"{address}events"}
    assert browser.console() == []


def test_whoever_reads_stays_where_they_are(browser, window, desk):
    path = desk / "spring.plan.yaml"
    plan = "plan: Spring\nstart: 2027-03-01\nweeks: {n}\nsessions:\n  - {{on: tue, steps: 40 min @ RPE 3}}\n".format
    path.write_text(plan(n=20))
    window(path.name)
    shows(browser, "Spring")
    browser.run("scrollTo(0, 700); document.querySelector('a[href=\"#w09\"]').focus({preventScroll: true})")
    by_renaming(path, plan(n=21))
    until(lambda: browser.run("return document.querySelectorAll('.week').length") == 21)
    assert browser.run("return [scrollY, document.activeElement.getAttribute('href')]") == [700, "#w09"]
    noted = "show({{...told, messages: '<details><summary>{n} notes</summary></details>'}})".format
    browser.run(f"{noted(n=1)}; document.querySelector('details').open = true; {noted(n=2)}")
    assert browser.run("const notes = document.querySelector('details'); return [notes.innerText, notes.open]") == [
        "2 notes",
        True,
    ]


def test_folders_two_windows_and_the_end(browser, window, desk):
    for number, name in enumerate(("b", "a")):
        (desk / f"{name}.workout.yaml").write_text(text(name.upper()))
        os.utime(desk / f"{name}.workout.yaml", (number, number))
    process, address = window(".", "--athlete", "5 km in 22:30")
    shows(browser, "A")
    first = browser.driver.current_window_handle
    browser.driver.switch_to.new_window("tab")
    try:
        browser.driver.get(address)
        shows(browser, "A")
        chosen = "return document.querySelector('nav [aria-current]').textContent"
        assert browser.run(chosen) == "a.workout.yaml"
        assert browser.run("return [...document.querySelectorAll('nav button')].map(one => one.textContent)") == [
            "a.workout.yaml",
            "b.workout.yaml",
        ]
        browser.run("scrollTo(0, 100); document.querySelectorAll('nav button')[1].click()")
        for handle in (browser.driver.current_window_handle, first):
            browser.driver.switch_to.window(handle)
            shows(browser, "B")
            assert browser.run(chosen) == "b.workout.yaml"
            assert browser.run("return scrollY") == 0
        assert browser.axe() == []
        (desk / "new.workout.yaml").write_text(text("New"))
        shows(browser, "New")
        process.terminate()
        until(lambda: browser.run(STATUS).startswith("negsplit has ended"))
        assert browser.run(HEADING) == "New"
    finally:
        browser.driver.switch_to.window(next(one for one in browser.driver.window_handles if one != first))
        browser.driver.close()
        browser.driver.switch_to.window(first)


@pytest.mark.parametrize("dark", [False, True], ids=["light", "dark"])
def test_it_can_be_read_on_narrow_windows_too(browser, window, desk, dark):
    path = desk / ("a-name-that-is-rather-long-for-what-it-is" * 2 + ".workout.yaml")
    path.write_text(text("Good"))
    size = {"width": 360, "height": 800, "deviceScaleFactor": 1, "mobile": False}
    browser.driver.execute_cdp_cmd("Emulation.setDeviceMetricsOverride", size)
    scheme = {"name": "prefers-color-scheme", "value": "dark" if dark else "light"}
    browser.driver.execute_cdp_cmd("Emulation.setEmulatedMedia", {"media": "", "features": [scheme]})
    window(path.name, "--athlete", "5 km in 22:30")
    shows(browser, "Good")
    path.write_text(text("Bad").replace("threshold", "treshold"))
    until(lambda: browser.run(OLD))
    assert browser.run(SCROLLS) <= 0
    low = [words for ratio, words in browser.run(CONTRASTS) if ratio < 4.5]
    assert low == []
    assert browser.axe() == []
