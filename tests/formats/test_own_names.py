"""What the language takes as the names of paces is judged by the language: a workout with these names compiles."""

import pytest

from negsplit.athlete.paces import NO_RUNNER
from negsplit.compile import compile_text
from negsplit.formats.own_names import own_names

FOREIGN = [
    "marathon",
    "MP",
    "lt_hr",
    "5k_race_pace",
    "semi-easy",
    "Z1",
    "Z1_HR",
    "open",
    "lap",
    "HR",
    "km",
    "at",
    "10k+",
    "R1+",
]
ODD = [
    "",
    " ",
    "400",
    "a/b",
    "a, b",
    "1:30",
    "*",
    "ü",
    "x" * 200,
    "\u202e",
    '"',
    "a: b",
    "pace",
    "in",
    "$x",
    "by 5",
    "#",
]


@pytest.mark.parametrize(
    "foreign", [FOREIGN, ODD, ["LT", "lt", "L T", "l-t", "lt 2"], [f"{'x' * 200}{n}" for n in range(9)]]
)
def test_each_name_is_one_that_the_language_takes_and_another_one(foreign):
    names = own_names(foreign)
    assert list(names) == foreign
    assert len(set(names.values())) == len(foreign)
    paces = "".join(f'  "{name}": 4:{number:02d}/km\n' for number, name in enumerate(names.values()))
    steps = "".join(f"  - run: 1 km @ {name}\n" for name in names.values())
    result = compile_text(f"workout: T\npaces:\n{paces}steps:\n{steps}", athlete=NO_RUNNER)
    assert [one.message for one in result.diagnostics if one.severity.value == "error"] == []


def test_a_name_stays_as_it_is_wherever_that_can_be():
    assert own_names(["Marathon", "lt_hr", "Z1", "LT", "lt"]) == {
        "Marathon": "marathon",
        "lt_hr": "lt_hr",
        "Z1": "my z1",
        "LT": "lt",
        "lt": "lt 2",
    }
