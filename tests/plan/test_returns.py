"""How much is taken up again behind a break: the days and shares that Daniels gives, written out by hand."""

import pytest

from negsplit.plan.returns import share


@pytest.mark.parametrize(
    ("missed", "shares"),
    [
        (6, {1: 1.0}),
        (7, {1: 0.75, 7: 0.75, 8: 1.0}),
        (9, {7: 0.75, 8: 1.0}),
        (10, {1: 0.5, 5: 0.5, 6: 0.75, 10: 0.75, 11: 1.0}),
        (28, {14: 0.5, 15: 0.75, 28: 0.75, 29: 1.0}),
        (30, {10: 0.33, 11: 0.5, 20: 0.5, 21: 0.75, 30: 0.75, 31: 1.0}),
        (57, {21: 0.33, 22: 0.5, 43: 0.7, 64: 0.85, 84: 0.85, 85: 1.0}),
    ],
)
def test_what_is_taken_up_on_the_days_behind_a_break(missed: int, shares: dict[int, float]) -> None:
    assert {day: share(missed, day) for day in shares} == shares


@pytest.mark.parametrize("missed", range(1, 70))
def test_it_never_goes_down_and_ends_with_all(missed: int) -> None:
    days = [share(missed, day) for day in range(1, 100)]
    assert days == sorted(days)
    assert days[-1] == 1.0
