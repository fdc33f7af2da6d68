"""Generated paces printed in no more decimals than the numbers of the watch take."""

from __future__ import annotations

import pytest

from negsplit import compile_text
from negsplit.document.write import write

ATHLETE = "athlete: Me\nraces: 5 km in 22:30\n"


@pytest.mark.parametrize(
    "steps",
    [
        "  - 20 min @ easy -> half in 5\n",
        "  - 10 km @ 5:30/km -> 5:00/km by 1 km\n",
        "  - 2x(12 km @ 12 -> 15 km/h in 4, 2 min)\n",
        "  - ladder: [400 m, 1 mi, 1609 m, 1 mi]\n    at: 5:30/km -> 5:00/km\n    recover: 33 %\n",
        "  - progression: cut-down\n    total: 6 mi\n    every: 1 mi\n    from: easy\n    to: half\n",
    ],
)
def test_what_is_printed_compiles_to_the_same_file_and_no_pace_has_a_decimal_it_could_do_without(steps):
    [made] = compile_text(f"workout: T\nsteps:\n{steps}", athlete=ATHLETE).workouts
    long, short = write(made.expanded), write(made.written_out)
    assert len(short) <= len(long)
    [again] = compile_text(short, athlete=ATHLETE).workouts
    assert again.fit() == made.fit()
    lines = short.splitlines()
    for number, line in enumerate(lines):
        head, dot, tail = line.rpartition(".")
        unit = tail.lstrip("0123456789")
        digits = tail.removesuffix(unit)
        if "@" not in head or "/" not in unit:
            continue
        rounder = f"{head}{dot}{digits[:-1]}".removesuffix(".") + unit
        [other] = compile_text("\n".join([*lines[:number], rounder, *lines[number + 1 :]]), athlete=ATHLETE).workouts
        assert other.fit() != made.fit() or digits[-1] >= "5", rounder


def test_what_was_written_stays_as_it_is():
    [made] = compile_text("workout: T\nsteps:\n  - run: 1 km @ 5:32.001/km\n", athlete=ATHLETE).workouts
    assert "5:32.001/km" in write(made.written_out)
