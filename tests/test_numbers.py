"""A small sample of ``make fuzz``: other numbers in valid texts mean the same to two decoders as in the JSON."""

from collections import Counter
from itertools import islice
from random import Random

import pytest

import fuzz_numbers
from negsplit import Result
from negsplit.preview.data import program_data
from strategies.mutated import PLANS, TEXTS


def test_every_text_is_valid_before_its_numbers_are_changed():
    assert len(TEXTS) > 60
    assert len(PLANS) >= 6
    counts = Counter()
    fuzz_numbers.run(((text, "generic") for text in TEXTS), counts)
    assert counts["refused"] == 0


def test_other_numbers_mean_the_same_to_two_decoders_and_in_the_json():
    counts = Counter()
    fuzz_numbers.run(islice(fuzz_numbers.cases(Random(13)), 120), counts)
    assert counts["valid"] > 60
    assert counts["refused"] > 10


@pytest.mark.parametrize(
    "change",
    [
        lambda data: data["steps"][0]["length"].update(ms=1),
        lambda data: data["steps"][1]["target"].update(low=1),
        lambda data: data["steps"][1].update(name="x"),
        lambda data: data["steps"][-1].update(times=9),
        lambda data: data.update(name="x"),
    ],
)
def test_a_difference_is_found(change, monkeypatch):
    def changed(*given):
        data = program_data(*given)
        change(data)
        return data

    text = "workout: T\nsteps:\n  - 10 min\n  - 3x(400 m @ 4:00/km, 1 min)\n"
    assert fuzz_numbers.judge(text, "generic") == ("valid", 1)
    monkeypatch.setattr(fuzz_numbers, "program_data", changed)
    with pytest.raises(AssertionError):
        fuzz_numbers.judge(text, "generic")


def test_a_text_that_ends_in_an_exception_is_printed(monkeypatch):
    def fail(*_: object, **__: object) -> Result:
        raise ZeroDivisionError

    monkeypatch.setattr(fuzz_numbers, "compile_text", fail)
    with pytest.raises(ZeroDivisionError) as caught:
        fuzz_numbers.run([("workout: T\nsteps: 5 km\n", "newer")], Counter())
    assert "workout: T" in caught.value.__notes__[0]
