"""What is said of results that do not agree, are long, or lie below the printed tables: the words, and when."""

import pytest

from negsplit.athlete.caveats import caveats
from negsplit.diagnostics import Severity
from negsplit.model import Athlete
from negsplit.targets import PaceTarget
from negsplit.units import Pace
from strategies.athletes import FIRST, SECOND, known, race


def said(athlete: Athlete) -> list[tuple[str, str, tuple[str, ...]]]:
    found = caveats(known(athlete))
    assert {one.severity for one in found} <= {Severity.NOTE}
    return [(one.code, one.message, one.help) for one in found]


def test_results_that_lie_apart_are_said_with_what_comes_from_each() -> None:
    races = (race("5 km", "20:00", "2026-10-04", FIRST), race("half", "1:42:00", "2026-09-20", SECOND))
    assert said(Athlete("Runner", races=races)) == [
        (
            "results-apart",
            "5 km in 20:00 is VDOT 49.8 and half in 1:42:00 is 44.1: more than 2 apart",
            (
                "5 km in 20:00 gives mile, 3k, 5k, 10k, easy, threshold, interval and repetition; "
                "half in 1:42:00 gives 15k, 10mi, half and marathon",
                "a race on a bad day says little of other races: end it in `, hot` (or hilly, windy, sick), "
                "or leave it out",
            ),
        )
    ]
    assert [one.span for one in caveats(known(Athlete("Runner", races=races)))] == [SECOND]


@pytest.mark.parametrize(("half", "apart"), [("1:36:00", False), ("1:36:30", True)])
def test_two_vdot_are_not_apart(half: str, apart: bool) -> None:
    """5 km in 20:15 is VDOT 49.1, the halves are 47.4 and 47.1."""
    races = (race("5 km", "20:15", "2026-10-04"), race("half", half, "2026-09-20"))
    assert bool(said(Athlete("Runner", races=races))) == apart


def test_what_the_athlete_writes_comes_from_no_result() -> None:
    races = (race("5 km", "20:00", "2026-10-04"), race("half", "1:42:00", "2026-09-20"))
    own = {"MP": PaceTarget(Pace(305_000, "km")), "easy": PaceTarget(Pace(345_000, "km"))}
    [(_, _, (gives, _))] = said(Athlete("Runner", races=races, threshold=Pace(280_000, "km"), paces=own))
    assert gives == (
        "5 km in 20:00 gives mile, 3k, 5k, 10k, interval and repetition; half in 1:42:00 gives 15k, 10mi and half"
    )


def test_a_long_result_is_said_where_it_is_used() -> None:
    alone = Athlete("Runner", races=(race("marathon", "5:00:01"),))
    assert said(alone)[0] == (
        "long-race",
        "marathon in 5:00:01 is longer than the equations describe: its paces may be far off",
        ("add a race between 3 km and a marathon of less than five hours",),
    )
    beside = (race("10 km", "1:00:00", "2026-10-04"), race("marathon", "5:00:01", "2026-09-20"))
    assert said(Athlete("Runner", races=beside))[-1] == (
        "long-race",
        "marathon in 5:00:01 is longer than the equations describe: half and marathon may be far off",
        ("leave it out, and a shorter race counts",),
    )
    assert said(Athlete("Runner", races=(race("marathon", "3:30:00"),))) == []


@pytest.mark.parametrize(("time", "slow"), [("30:40", False), ("30:50", True)])
def test_beyond_the_printed_tables(time: str, slow: bool) -> None:
    """VDOT 30.0 and 29.8."""
    found = said(Athlete("Runner", races=(race("5 km", time, span=FIRST),)))
    assert [code for code, _, _ in found] == ["beyond-tables"] * slow


def test_advice_to_slow_runners() -> None:
    assert said(Athlete("Slow", threshold=Pace(540_000, "km"))) == [
        (
            "beyond-tables",
            "VDOT 19.7 is beyond the printed tables, which begin at 30",
            ("go by effort first and by pace second: easy is RPE 3, and breaks to walk are part of it",),
        )
    ]


def test_nobody_has_nothing_to_be_told() -> None:
    assert said(Athlete("Nobody")) == []
