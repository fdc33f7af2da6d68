"""A season in the terminal: within its width, in colours and ASCII, and true in words alone."""

import re
from pathlib import Path

import pytest

from negsplit.preview.palette import DARK_TERMINAL
from negsplit.preview.season_text import lines
from strategies.seasons import AUTUMN, BASE, SPRING, seasoned
from strategies.shown_plans import WALK_RUN

HERE = Path(__file__).parent
ESCAPE = re.compile("\x1b\\[[0-9;]*m")


def drawn(*texts, width=100, **how):
    return lines(seasoned(*texts), width, **{"colors": None, **how})


def test_a_season(golden):
    pages = [drawn(BASE, SPRING, width=width, ascii=width < 100) for width in (100, 72, 40)]
    golden(HERE / "season.txt", "\n\n".join("".join(f"{line}\n" for line in page) for page in pages))


@pytest.mark.parametrize("texts", [(BASE, SPRING, AUTUMN), (WALK_RUN,)], ids=["three", "walk-run"])
def test_it_keeps_within_its_width(texts):
    for width in (40, 55, 71, 72, 90, 120):
        for ascii in (False, True):
            plain = drawn(*texts, width=width, ascii=ascii)
            assert max(map(len, plain)) <= width
            assert plain == [line.rstrip() for line in plain]
            assert not ascii or "".join(plain).isascii()
            colored = drawn(*texts, width=width, ascii=ascii, colors=DARK_TERMINAL)
            assert [ESCAPE.sub("", line).rstrip() for line in colored] == plain


def test_a_bar_is_as_long_as_its_week():
    """The base has weeks of 26, 27, 28, 28 - 25 %, and 30 km."""
    weeks = [line for line in drawn(BASE) if re.match(r" +\d ", line)]
    amounts = [float(re.search(r"([\d.]+) km", line)[1]) for line in weeks]
    bars = [line.count("\u2588") for line in weeks]
    assert bars == [round(amount / max(amounts) * max(bars)) for amount in amounts]


def test_a_full_bar_and_one_that_is_not():
    weeks = [line for line in drawn(BASE, SPRING) if re.match(r" +\d ", line)]
    full = [line.split()[3] for line in weeks if "\u2588" in line]
    half = [line.split()[3] for line in weeks if "\u2592" in line]
    assert set(full) == {"base", "build", "race-like", "down"}
    assert set(half) == {"taper", "recovery"}


def test_colours_tell_phases_apart():
    legend = drawn(BASE, SPRING, colors=DARK_TERMINAL)[2]
    codes = dict(re.findall("\x1b\\[38;5;(\\d+)m\u2588+\x1b\\[0m (\\S+)", legend))
    assert set(codes.values()) == {"base", "build", "race-like", "down"}


def test_the_vdot_is_said_where_it_changes():
    assert sum(bool(re.search(r" 4\d\.\d  \S", line)) for line in drawn(BASE, SPRING)) == 1


def test_hostile_text_is_only_read():
    evil = '"A\\u001b[31mB\\u202eC"'
    for colors in (None, DARK_TERMINAL):
        page = drawn(BASE.replace("Winter base", evil), SPRING.replace("Park 10 km", evil), colors=colors)
        text = "".join(ESCAPE.sub("", line) if colors else line for line in page)
        assert text.isprintable()
        assert text.count("A\\x1b[31mB\\u202eC") == 2
