import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from negsplit.expand.ranges import (
    Division,
    blocks,
    chosen,
    chosen_count,
    divide,
    equal_parts,
    pace_unit,
    share,
    size,
)
from negsplit.model import CountRange, Lap, Range
from negsplit.units import DISTANCE_UNITS, Decimal, Distance, Duration, Percent


def distance(number: str, unit: str) -> Distance:
    return Distance.of(Decimal(number), unit)


def between(low: str, high: str, unit: str) -> Range:
    of = Distance.of if unit in DISTANCE_UNITS else Duration.of
    decimals = max(len(end.partition(".")[2]) for end in (low, high))
    return Range(of(Decimal(low), unit), of(Decimal(high), unit), unit, decimals)


@pytest.mark.parametrize(
    ("low", "high", "unit", "middle"),
    [
        ("3", "6", "mi", "4"),
        ("3", "5", "mi", "4"),
        ("1.5", "2", "km", "1.7"),
        ("5", "6", "km", "5"),
        ("400", "800", "m", "600"),
        ("0.25", "0.75", "mi", "0.50"),
        ("100", "201", "yd", "150"),
        ("20", "25", "min", "22"),
        ("2.5", "3.2", "min", "2.8"),
        ("90", "120", "s", "105"),
        ("1", "2", "h", "1"),
    ],
)
def test_the_middle_of_a_range_is_what_could_have_been_written(low: str, high: str, unit: str, middle: str) -> None:
    written = between(low, high, unit)
    assert chosen(written, "middle") == between(middle, "999", unit).low
    assert chosen(written, "low") == written.low
    assert chosen(written, "high") == written.high


def test_the_middle_is_never_below_the_range() -> None:
    assert chosen(Range(Duration(5_400_000), Duration(7_200_000), "h", 0), "middle") == Duration(5_400_000)


@given(
    st.integers(1, 60),
    st.integers(1, 60),
    st.sampled_from([("mi", 2), ("km", 3), ("yd", 1), ("m", 2), ("min", 2), ("s", 3), ("h", 1)]),
)
@settings(max_examples=200, deadline=None)
def test_the_middle_of_whole_steps_is_their_floored_mean(low: int, more: int, written: tuple[str, int]) -> None:
    unit, decimals = written
    of = Distance.of if unit in DISTANCE_UNITS else Duration.of

    def amount(steps: int) -> Distance | Duration:
        return of(10 + Decimal(steps).scaleb(-decimals), unit)

    middle = chosen(Range(amount(low), amount(low + more), unit, decimals), "middle")
    assert middle == amount((2 * low + more) // 2)


def test_what_is_no_range_stays() -> None:
    assert chosen(Lap(), "middle") == Lap()
    assert chosen(Duration(5_000), "high") == Duration(5_000)
    assert chosen_count(7, "low") == 7


def test_a_range_of_counts() -> None:
    assert [chosen_count(CountRange(8, 9), volume) for volume in ("low", "middle", "high")] == [8, 8, 9]


@pytest.mark.parametrize(
    ("total", "every", "expected"),
    [
        (distance("10", "km"), distance("3", "km"), Division(3, 100_000, False)),
        (distance("9", "km"), distance("3", "km"), Division(3, 0, True)),
        (distance("5", "mi"), distance("1", "mi"), Division(5, 2, True)),
        (distance("1", "mi"), distance("0.25", "mi"), Division(4, -2, True)),
        (distance("3", "mi"), distance("1.5", "mi"), Division(2, -1, True)),
        (distance("5", "mi"), distance("1", "km"), Division(8, 4_672, False)),
        (distance("5", "km"), distance("1", "mi"), Division(3, 17_198, False)),
        (Duration(1_499), Duration(500), Division(2, 499, False)),
        (Duration(499), Duration(500), Division(0, 499, False)),
    ],
)
def test_division_forgives_the_rounding_of_miles_and_nothing_else(
    total: Distance, every: Distance, expected: Division
) -> None:
    assert divide(total, every) == expected


@given(st.integers(1, 300), st.integers(1, 40), st.sampled_from(["mi", "yd", "km", "m"]))
@settings(max_examples=200, deadline=None)
def test_a_written_multiple_is_always_whole(hundredths: int, times: int, unit: str) -> None:
    number = Decimal(hundredths) / (100 if unit in ("mi", "km") else 1) + (10 if unit in ("m", "yd") else 0)
    every, total = Distance.of(number, unit), Distance.of(number * times, unit)
    assert divide(total, every).times == times
    assert divide(total, every).exact


@given(st.integers(1_000, 10**8), st.integers(1, 200), st.sampled_from([Duration, Distance]))
@settings(max_examples=200, deadline=None)
def test_equal_parts_sum_to_the_total_and_differ_only_in_the_first(total: int, parts: int, kind: type) -> None:
    sizes = [size(part) for part in equal_parts(kind(total), parts)]
    assert sum(sizes) == total
    assert len(sizes) == parts
    assert len(set(sizes[1:])) <= 1
    assert 0 <= sizes[0] - sizes[-1] < parts


def test_ten_kilometres_in_thirds() -> None:
    assert equal_parts(Distance(1_000_000), 3) == (Distance(333_334), Distance(333_333), Distance(333_333))


def test_blocks_leave_the_remainder_to_the_first() -> None:
    assert blocks(Duration(23_000), Duration(5_000), 4) == (Duration(8_000), *(Duration(5_000),) * 3)


def test_a_share_is_rounded_half_up() -> None:
    assert share(Duration(60_000), Percent(50_000)) == Duration(30_000)
    assert share(Distance(1_001), Percent(50_000)) == Distance(501)
    assert share(Distance(1_001), Percent(49_900)) == Distance(499)
    assert share(Duration(1), Percent(100_000)) == Duration(1)


def test_paces_are_per_mile_where_miles_are_written() -> None:
    assert pace_unit("km", distance("5", "mi"), distance("400", "m")) == "mi"
    assert pace_unit("km", distance("5", "km"), Duration(60_000)) == "km"
    assert pace_unit("mi", distance("5", "km")) == "mi"
