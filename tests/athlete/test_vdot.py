"""Judged by published figures: Daniels' tables, race calculators, and what wrong formulas would give."""

import csv
from math import exp
from pathlib import Path

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from negsplit.athlete.vdot import (
    RACE_METRES,
    race_speed,
    race_time,
    training_speed,
    vdot,
    vdot_of_race,
    vdot_of_training,
)
from negsplit.units import Distance, Duration

HERE = Path(__file__).parent
SHARED = HERE.parents[2] / "shared" / "data"
PREDICTIONS = SHARED / "race_prediction_reference.csv"
BOOK = SHARED / "vdot_reference.csv"


def rows(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8") as lines:
        return list(csv.DictReader(line for line in lines if not line.startswith("#")))


def result(metres: float, seconds: float) -> float:
    return vdot(Distance(round(metres * 100)), Duration(round(seconds * 1000)))


CORE = [
    (int(row["vdot"]), item, int(figure))
    for row in rows(HERE / "vdot_core.csv")
    for item, figure in row.items()
    if item != "vdot" and figure
]
RACES = [figure for figure in CORE if figure[1] in RACE_METRES]
TRAINING = [figure for figure in CORE if figure[1] not in RACE_METRES]


def test_the_oracle_is_whole() -> None:
    assert len(CORE) == 97
    assert len(RACES) == 40


@pytest.mark.parametrize(("value", "race", "seconds"), RACES)
def test_race_times_are_those_of_the_book(value: int, race: str, seconds: int) -> None:
    assert race_time(RACE_METRES[race], value) == pytest.approx(seconds, abs=max(2, 0.002 * seconds))


@pytest.mark.parametrize(("value", "race", "seconds"), RACES)
def test_the_vdot_of_the_books_race_times(value: int, race: str, seconds: int) -> None:
    assert result(RACE_METRES[race], seconds) == pytest.approx(value, abs=0.16 if value >= 78 else 0.11)


@pytest.mark.parametrize(("value", "pace", "seconds"), TRAINING)
def test_training_paces_are_those_of_the_book(value: int, pace: str, seconds: int) -> None:
    ours = {
        "easy slow": 1000 / training_speed(0.63, value),
        "easy fast": 1000 / training_speed(0.73, value),
        "M": 1000 / race_speed(42195, value),
        "T": 1000 / training_speed(0.88, value),
        "I": 1000 / training_speed(0.975, value),
        "R": 400 / race_speed(1609.344, value),
    }
    low = value < 39  # where the book slows its easy and marathon paces
    tolerance = {
        "easy slow": 3.4 if low else 1.0,
        "easy fast": 2.7 if low else 2.2,
        "M": 10.9 if low else 3.6,
        "T": 0.7,
        "I": 0.9,
        "R": 3.1,
    }
    assert abs(ours[pace] - seconds) <= tolerance[pace] + 0.05  # the tolerances are given to a tenth


def repetition_is_slower_by(value: int, seconds: float) -> float:
    """Seconds on 400 m that our `repetition`, mile pace, is slower than the book's."""
    return 400 / race_speed(1609.344, value) - seconds


def test_where_repetition_is_more_than_2_s_slower_than_the_book() -> None:
    """As the documentation says: 2 to 3 s on 400 m up to VDOT 40, within 2 s from 41 on, never 2 s faster."""
    ours = {value: repetition_is_slower_by(value, seconds) for value, pace, seconds in CORE if pace == "R"}
    assert {value for value, by in ours.items() if by > 2} == {35, 40}
    assert all(-2 < by <= 3 for by in ours.values())


def test_repetition_beside_every_figure_of_the_book() -> None:
    if not BOOK.exists():
        pytest.skip("the shared reference data is not beside the checkout")
    book = {int(row["vdot"]): float(row["value_s"]) for row in rows(BOOK) if row["item"] == "R400"}
    ours = {value: repetition_is_slower_by(value, seconds) for value, seconds in book.items() if 34 <= value <= 64}
    assert len(ours) == 31
    assert [value for value, by in ours.items() if abs(by) > 2] == list(range(34, 41))
    assert max(ours.values()) == pytest.approx(3.1, abs=0.05)


@pytest.mark.parametrize(
    ("metres", "seconds", "expected"),
    [
        (5000, 24 * 60 + 14, 39.75),
        (10000, 52 * 60 + 22, 37.90),
        (21100, 7238, 36.24),
        (2010, 9 * 60 + 49, 36.64),
        (5000, 18 * 60, 56.32),
        (5000, 20 * 60, 49.81),
        (5000, 25 * 60, 38.31),
        (5000, 30 * 60, 30.82),
        (10000, 50 * 60, 40.01),
    ],
)
def test_published_vdots(metres: float, seconds: float, expected: float) -> None:
    assert result(metres, seconds) == pytest.approx(expected, abs=0.006)


def test_one_published_vdot_to_the_last_digit() -> None:
    assert result(5000, 24 * 60 + 34) == pytest.approx(39.11039839652726, rel=1e-14)


@pytest.mark.parametrize(("race", "expected"), [("10k", "50:58"), ("half", "1:53:02"), ("marathon", "3:53:54")])
def test_published_times_of_one_vdot(race: str, expected: str) -> None:
    """Cut, not rounded, to whole seconds."""
    assert str(Duration(int(race_time(RACE_METRES[race], 39.11039839652726)) * 1000)) == expected


@pytest.mark.parametrize(
    ("seconds", "ten", "half", "marathon"),
    [
        (1080, "37:20", "1:22:33", "2:52:25"),
        (1200, "41:28", "1:31:50", "3:11:17"),
        (1500, "51:53", "1:55:04", "3:57:55"),
        (1800, "1:02:23", "2:18:10", "4:43:39"),
    ],
)
def test_predictions_from_5_km(seconds: int, ten: str, half: str, marathon: str) -> None:
    value = result(5000, seconds)
    predicted = [Duration(round(race_time(RACE_METRES[race], value)) * 1000) for race in ("10k", "half", "marathon")]
    assert [str(time) for time in predicted] == [ten, half, marathon]


@pytest.mark.parametrize(
    ("metres", "seconds", "to", "expected"),
    [
        (5000, 1454, 10000, 3017),
        (5000, 1454, 21100, 6690),
        (21100, 7238, 5000, 1572),
        (2010, 589, 21100, 7170),
        (4890, 1569, 5000, 1606),  # where Newton's method on a rounded VDOT never ends
    ],
)
def test_predictions_of_race_calculators(metres: float, seconds: float, to: float, expected: float) -> None:
    assert race_time(to, result(metres, seconds)) == pytest.approx(expected, abs=1.01)


def test_all_published_predictions() -> None:
    """Ours within 0.5 %; the other models differ from ours, but never by 3 %."""
    if not PREDICTIONS.exists():
        pytest.skip("the shared reference data does not stand beside the checkout")
    published = rows(PREDICTIONS)
    assert len(published) == 43
    for row in published:
        value = result(float(row["from_m"]), float(row["from_s"]))
        expected = float(row["published_s"])
        if row["model"] == "vdot_value":
            assert value == pytest.approx(expected, abs=0.006)
        else:
            tolerance = 0.005 if row["model"] == "daniels" else 0.03
            assert race_time(float(row["to_m"]), value) == pytest.approx(expected, rel=tolerance), row


def test_vdot_is_not_the_oxygen_cost_alone() -> None:
    """Three public programs forget to divide by the share held, and give 47.5 for 5 km in 20:00."""
    assert result(5000, 1200) > 49.7


def test_the_distances_are_the_official_ones() -> None:
    """Public code uses 21 100 m, 1600 m and 1609 m."""
    assert RACE_METRES["half"] == RACE_METRES["marathon"] / 2 == 21097.5
    assert RACE_METRES["mile"] == 1609.344
    assert RACE_METRES["10mi"] == pytest.approx(10 * RACE_METRES["mile"], rel=1e-12)


def test_threshold_is_not_always_slower_than_10_km() -> None:
    """A trap of naming: the order of paces changes with VDOT."""
    assert training_speed(0.88, 25) > race_speed(10000, 25)
    assert training_speed(0.88, 50) < race_speed(10000, 50)


@pytest.mark.parametrize(("metres", "value"), [(42195, -6), (100, 200)])
def test_no_time_for_what_no_one_runs(metres: float, value: float) -> None:
    with pytest.raises(ValueError, match="between 30 s and 2000 min"):
        race_time(metres, value)


VDOTS = st.floats(10, 90)
METRES = st.floats(1200, 50_000)
some = settings(max_examples=100, deadline=None)


@some
@given(METRES, VDOTS)
def test_race_time_undoes_vdot(metres: float, value: float) -> None:
    assert result(metres, race_time(metres, value)) == pytest.approx(value, rel=1e-4)


def equation(metres: float, minutes: float) -> float:
    """VDOT by Daniels and Gilbert, in the order in which their terms are printed."""
    speed = metres / minutes
    share = 0.8 + 0.1894393 * exp(-0.012778 * minutes) + 0.2989558 * exp(-0.1932605 * minutes)
    return (-4.60 + 0.182258 * speed + 0.000104 * speed**2) / share


def halved(metres: float, value: float) -> float:
    """Race time by bisection, with an equation for each half."""
    quick, slow = 0.5, 2000.0
    while slow - quick > 1e-9:
        middle = (quick + slow) / 2
        quick, slow = (middle, slow) if equation(metres, middle) > value else (quick, middle)
    return 60 * (quick + slow) / 2


@settings(max_examples=500, deadline=None)
@given(st.floats(100, 100_000) | st.sampled_from([*RACE_METRES.values()]), st.floats(0, 200))
def test_a_time_that_is_guessed_first_is_the_same_to_the_last_bit(metres: float, value: float) -> None:
    assume(equation(metres, 2000) <= value <= equation(metres, 0.5))
    assert race_time(metres, value) == halved(metres, value)


@some
@given(METRES, st.floats(1, 20_000), VDOTS)
def test_a_longer_race_is_run_slower(metres: float, more: float, value: float) -> None:
    assert race_speed(metres + more, value) < race_speed(metres, value)


@some
@given(METRES, VDOTS, st.floats(0.01, 20))
def test_a_higher_vdot_is_faster(metres: float, value: float, more: float) -> None:
    assert race_time(metres, value + more) < race_time(metres, value)
    assert training_speed(0.88, value + more) > training_speed(0.88, value)


@some
@given(VDOTS, st.floats(0.5, 1), st.floats(0.001, 0.2))
def test_a_larger_share_is_faster(value: float, share: float, more: float) -> None:
    assert training_speed(share + more, value) > training_speed(share, value)


@some
@given(VDOTS)
def test_a_speed_has_the_vdot_that_it_is_reckoned_from(value: float) -> None:
    assert vdot_of_training(0.88, training_speed(0.88, value)) == pytest.approx(value, rel=1e-12)
    assert vdot_of_race(10_000, race_speed(10_000, value)) == pytest.approx(value, rel=1e-9)
