"""The numbers that plans are made from, as ``docs/plans.md`` tells them."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from negsplit.plan.make.numbers import DOWN, LONG_SHARES, NUMBERS
from negsplit.plan.make.sessions import AMOUNTS, INTERVAL
from negsplit.plan.make.wish import Kind

PAGE = (Path(__file__).parents[3] / "docs" / "plans.md").read_text(encoding="utf-8")
SECTION = PAGE.partition("## How a plan is made\n")[2].partition("\n## ")[0]
KINDS: tuple[Kind, ...] = ("5k", "10k", "half", "marathon", "base")


def rows() -> dict[str, list[str]]:
    """The first table: what each row is about, and its cells."""
    lines = [line.strip("| ").split("|") for line in SECTION.splitlines() if line.startswith("|")]
    return {cells[0].strip(): [cell.strip() for cell in cells[1:]] for cells in lines}


@pytest.mark.parametrize("kind", KINDS)
def test_the_page_tells_the_numbers_of_each_kind(kind: Kind) -> None:
    numbers, place = NUMBERS[kind], KINDS.index(kind)

    def told(row: str) -> list[float]:
        return [float(one) for one in re.findall(r"\d+(?:\.\d+)?", rows()[row][place])]

    assert told("what you need: weeks")[0] == numbers.least.weeks
    assert told("a week now") == [numbers.least.km]
    assert told("longest run now") == [numbers.least.long_km]
    assert told("biggest week, in times the first")[0] == numbers.growth
    assert told("and on average a run") == [numbers.minutes_a_run]
    assert told("longest run at most")[0] == numbers.longest_km
    if numbers.taper:
        assert told("last weeks, of the biggest, without the race") == [round(100 * one) for one in numbers.taper]


def test_the_page_tells_the_caps_of_sessions() -> None:
    plain = " ".join(SECTION.split())
    for amount in AMOUNTS.values():
        assert f"{100 * amount.share:.0f} % and {amount.most:.0f} min" in plain
    assert "45, 38, 33 or 29 % of the week" in plain
    assert [round(100 * share) for share in LONG_SHARES.values()] == [45, 38, 33, 29]
    assert "Every fourth week has three quarters" in plain
    assert DOWN == 0.75
    assert max(minutes for _, minutes in INTERVAL) <= 5
