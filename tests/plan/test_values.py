"""What a value is in each week: ends met exactly, on its grid, cut in down weeks."""

from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from negsplit.plan.values import Constant, Growing, GrowthScale, GrowthValue, Value, WeekByWeek, grid, on_grid, weekly

BUILDING = [None]
CUT = Decimal("0.25")


def quantity(number: str | int, scale: GrowthScale) -> GrowthValue:
    return GrowthValue(Decimal(number), scale)


def minutes(number: str | int) -> GrowthValue:
    return GrowthValue(Decimal(number) * 60, GrowthScale.SECONDS)


def km(number: str | int) -> GrowthValue:
    return GrowthValue(Decimal(number) * 1000, GrowthScale.METRES)


def miles(number: str | int) -> GrowthValue:
    return quantity(number, GrowthScale.MILES)


def written(value: Value, down: list[Decimal | None]) -> list[str | None]:
    """Each week's value as the language writes it."""
    return [given if given is None else str(given) for given in weekly(value, down)]


@pytest.mark.parametrize(
    ("value", "weeks", "expected"),
    [
        (Constant("6 x 1 km"), 3, ["6 x 1 km"] * 3),
        (WeekByWeek(("1 min", None, "2 min")), 3, ["1 min", None, "2 min"]),
        (Growing(minutes(25), minutes(30)), 2, ["25 min", "30 min"]),
        (Growing(minutes(25), minutes(30)), 6, ["25 min", "26 min", "27 min", "28 min", "29 min", "30 min"]),
        (Growing(minutes(30), minutes(60), Decimal(300)), 5, ["30 min", "40 min", "45 min", "55 min", "1 h"]),
        (Growing(minutes(8), minutes(12)), 4, ["8 min", "9:15", "11 min", "12 min"]),
        (Growing(quantity(4, GrowthScale.COUNT), quantity(10, GrowthScale.COUNT)), 4, ["4", "6", "8", "10"]),
        (Growing(quantity(10, GrowthScale.COUNT), quantity(4, GrowthScale.COUNT)), 3, ["10", "7", "4"]),
        (Growing(km(3), km(6)), 4, ["3 km", "4 km", "5 km", "6 km"]),
        (Growing(km(16), km(30)), 4, ["16 km", "20.5 km", "25.5 km", "30 km"]),
        (Growing(miles(2), miles(4)), 4, ["2 mi", "2.7 mi", "3.5 mi", "4 mi"]),
        (
            Growing(quantity(330, GrowthScale.PACE_PER_KM), quantity(300, GrowthScale.PACE_PER_KM)),
            4,
            ["5:30/km", "5:20/km", "5:10/km", "5:00/km"],
        ),
        (
            Growing(quantity(483, GrowthScale.PACE_PER_MILE), quantity(480, GrowthScale.PACE_PER_MILE)),
            2,
            ["8:03/mi", "8:00/mi"],
        ),
        (Growing(minutes(30), minutes(30)), 1, ["30 min"]),
    ],
)
def test_building_weeks(value: Value, weeks: int, expected: list[str | None]) -> None:
    assert written(value, BUILDING * weeks) == expected


@pytest.mark.parametrize(
    ("value", "down", "expected"),
    [
        (Constant("90 mi", miles(90)), [None, CUT, None], ["90 mi", "67.5 mi", "90 mi"]),
        (Constant("30 min", minutes(30)), [None, CUT, None], ["30 min", "23 min", "30 min"]),
        (Constant("easy", None), [None, CUT], ["easy", "easy"]),
        (Constant("5", quantity(5, GrowthScale.COUNT)), [None, CUT], ["5", "3"]),
        (Constant("1", quantity(1, GrowthScale.COUNT)), [None, CUT], ["1", "1"]),
        (Constant("5:30/km", quantity(330, GrowthScale.PACE_PER_KM)), [None, CUT], ["5:30/km", "5:30/km"]),
        (Constant("90 mi", miles(90)), [None, Decimal(0)], ["90 mi", "90 mi"]),
        (Growing(km(10), km(16)), [None, None, None, CUT, None], ["10 km", "12 km", "14 km", "10.5 km", "16 km"]),
        (Growing(km(10), km(16)), [CUT, None, None], ["7.5 km", "10 km", "16 km"]),
        (Growing(km(16), km(10)), [None, CUT, None], ["16 km", "12 km", "10 km"]),
        (Growing(km(10), km(12)), [None, None, CUT], ["10 km", "12 km", "9 km"]),
        (
            Growing(quantity(4, GrowthScale.COUNT), quantity(8, GrowthScale.COUNT)),
            [None, None, CUT, None],
            ["4", "6", "4", "8"],
        ),
        (
            Growing(quantity(330, GrowthScale.PACE_PER_KM), quantity(300, GrowthScale.PACE_PER_KM)),
            [None, Decimal(0), None],
            ["5:30/km", "5:30/km", "5:00/km"],
        ),
        (Growing(minutes(15), minutes(25), Decimal(600)), [None, CUT, None], ["15 min", "10 min", "25 min"]),
        (Growing(minutes(15), minutes(45), Decimal(1800)), [None, CUT, None], ["15 min", "11 min", "45 min"]),
        (WeekByWeek(("1 km", "2 km")), [None, CUT], ["1 km", "2 km"]),
    ],
)
def test_down_weeks(value: Value, down: list[Decimal | None], expected: list[str | None]) -> None:
    assert written(value, down) == expected


@pytest.mark.parametrize(
    ("value", "weeks", "message"),
    [
        (WeekByWeek(("1", "2")), 3, "2 values for 3 weeks"),
        (WeekByWeek(("1",)), 2, "1 value for 2 weeks"),
        (WeekByWeek(("1", "2")), 1, "2 values for 1 week"),
        (Growing(minutes(25), minutes(30)), 1, "from 25 min to 30 min takes two building weeks, there is one"),
        (Growing(minutes(25), minutes(30)), 0, "from 25 min to 30 min takes two building weeks, there is none"),
    ],
)
def test_what_does_not_fit(value: Value, weeks: int, message: str) -> None:
    with pytest.raises(ValueError, match=message):
        weekly(value, BUILDING * weeks)


# --- Properties ------------------------------------------------------------------------------------

COARSE = {
    GrowthScale.COUNT: lambda _: 1,
    GrowthScale.SECONDS: lambda value: 60 if value >= 600 else 15,
    GrowthScale.METRES: lambda value: 500 if value >= 5000 else 100,
    GrowthScale.RACES: lambda value: 500 if value >= 5000 else 100,
    GrowthScale.MILES: lambda value: Fraction(1, 2) if value >= 3 else Fraction(1, 10),
    GrowthScale.PACE_PER_KM: lambda _: 1,
    GrowthScale.PACE_PER_MILE: lambda _: 1,
}
"""The grids of the language page, written down a second time."""


@st.composite
def pairs(draw: st.DrawFn) -> Growing:
    """Two ends of one scale, in tenths, and now and then a grid of its own."""
    scale = draw(st.sampled_from(list(GrowthScale)))
    ends = [GrowthValue(Decimal(draw(st.integers(10, 200_000))) / 10, scale) for _ in range(2)]
    by = draw(st.none() | st.integers(1, 500).map(Decimal))
    return Growing(ends[0], ends[1], by)


def values_of(value: Growing, weeks: int) -> list[Fraction]:
    """The values of each week, which :mod:`gradual` alone knows unrounded."""
    from negsplit.plan.values import gradual

    return [Fraction(one.value) for one in gradual(value, weeks)]


@given(pairs(), st.integers(2, 104))
def test_both_ends_are_met_and_all_between_is_monotone_and_on_the_grid(value: Growing, weeks: int) -> None:
    found = values_of(value, weeks)
    first, last = Fraction(value.first.value), Fraction(value.last.value)
    assert len(found) == weeks
    assert (found[0], found[-1]) == (first, last)
    assert found == sorted(found, reverse=last < first)
    for week, one in enumerate(found):
        exact = first + (last - first) * week / (weeks - 1)
        step = Fraction(value.by) if value.by else Fraction(COARSE[value.first.scale](exact))
        assert one in (first, last) or (one / step).denominator == 1 or one in found[:week]
        assert abs(one - exact) <= step


@given(pairs(), st.lists(st.booleans(), min_size=2, max_size=104))
def test_the_last_building_week_meets_the_end_whatever_is_down(value: Growing, is_down: list[bool]) -> None:
    building = [week for week, down in enumerate(is_down) if not down]
    if len(building) < 2:
        return
    found = weekly(value, [CUT if down else None for down in is_down])
    assert (found[building[0]], found[building[-1]]) == (value.first, value.last)
    assert [found[week] for week in building] == weekly(value, BUILDING * len(building))


@given(st.integers(0, 20_000), st.integers(1, 90))
def test_a_count_is_cut_down_to_a_whole_one(count: int, percent: int) -> None:
    from negsplit.plan.values import reduced

    found = reduced(quantity(count, GrowthScale.COUNT), Decimal(percent) / 100, None)
    assert int(found.value) == max(count * (100 - percent) // 100, min(count, 1))


@given(
    st.sampled_from([GrowthScale.SECONDS, GrowthScale.METRES, GrowthScale.MILES]),
    st.integers(1, 20_000),
    st.integers(1, 90),
)
def test_a_down_week_is_never_more_and_near_its_share(scale: GrowthScale, number: int, percent: int) -> None:
    from negsplit.plan.values import reduced

    whole = GrowthValue(Decimal(number), scale)
    found = reduced(whole, Decimal(percent) / 100, None)
    exact = GrowthValue(whole.value * (100 - percent) / 100, scale)
    assert 0 < found.value <= whole.value
    assert abs(found.value - exact.value) <= max(grid(exact), on_grid(exact, None).value - exact.value)
