"""How paces and efforts feel: every one of the language has words, and they get harder as it gets faster."""

import pytest

from negsplit.athlete.feel import FEELS, feel_of_effort, feel_of_pace
from negsplit.athlete.paces import STANDARD_NAMES, VERY_EASY
from negsplit.compile import runner_from_words

CROSSWALK = {3: 75, 4: 86, 5: 92, 6: 95, 7: 98, 8: 102, 9: 106, 10: 115}
"""Per cent of threshold speed from which an RPE begins, as published tables of training zones have it."""


def by_table(share):
    return max((rpe for rpe, least in CROSSWALK.items() if 100 * share >= least), default=2)


@pytest.mark.parametrize("words", ["5 km in 18:00", "5 km in 22:30", "5 km in 27:00"])
def test_named_paces_feel_as_tables_of_effort_say_of_their_speed(words):
    runner = runner_from_words(words)[0]
    efforts = {str(feel): rpe for rpe, feel in FEELS.items()}
    for name in STANDARD_NAMES:
        if name not in ("mile", "repetition"):
            slow, fast = runner.speeds(name)
            share = (slow + fast) / 2 / runner.threshold_mps
            assert abs(efforts[feel_of_pace(name)] - by_table(share)) <= 1, name


def test_other_words_for_a_pace_feel_the_same():
    for one, other in (("tempo", "threshold"), ("MP", "marathon"), ("half marathon", "half"), ("R", "repetition")):
        assert feel_of_pace(one) == feel_of_pace(other) != ""
    assert feel_of_pace(VERY_EASY) == "very easy: you could talk all the way"


def test_short_races_are_run_in_short_repeats():
    assert feel_of_pace("mile") == feel_of_pace("800m") == feel_of_pace("1500m")
    assert feel_of_pace("mile").startswith("fast and light")


def test_other_races_say_which():
    assert feel_of_pace("8k") == "as hard as a race over 8 km"


def test_a_name_of_somebodys_own_says_nothing():
    assert feel_of_pace("park loop") == ""


def test_an_effort_between_two():
    assert sorted(FEELS) == list(range(1, 11))
    assert feel_of_effort((8, 8)) == "hard: a word or two"
    assert feel_of_effort((3, 4)) == "easy to steady: sentences still, with deeper breaths"
