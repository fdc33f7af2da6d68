"""What stands before the first week of a plan; amounts and days are written out by hand.

2026-11-30 is a Monday. A runner of 5 km in 22:30 runs easily at 6:14 to 5:33/km (`docs/language.md`): 5:52 in the
middle.
"""

import datetime as dt
from typing import Any

import pytest

from negsplit import compile_plan_text
from negsplit.plan.before import Before
from negsplit.plan.totals import totals

NEXT = "plan: Next\nstart: 2026-11-30\nweeks: 1\nsessions: [{on: sun, steps: 8 km @ easy}]\n"


def before(history: str, plan: str = NEXT, races: str = "races: 5 km in 22:30", **files: str) -> Before:
    athlete = f"athlete: A\n{races}\nhistory: {history}\n" if history else "5 km in 22:30"
    texts = {f"{name}.plan.yaml": text for name, text in files.items()}
    result = compile_plan_text(plan, athlete=athlete, files=texts)
    assert result.plan, result.diagnostics
    return totals(result.plan).before


def weeks(found: Before) -> dict[str, float]:
    return {str(one.first): round(one.metres or 0) for one in found.weeks}


def test_without_a_history_nothing_is_known() -> None:
    assert before("") == Before()


@pytest.mark.parametrize(
    ("history", "expected"),
    [
        ("{weeks: [32, 35 km]}", {"2026-11-16": 32000, "2026-11-23": 35000}),
        ("{weeks: [30, 31, 32, 33, 34, 35 km]}", dict(zip(
            ("2026-11-02", "2026-11-09", "2026-11-16", "2026-11-23"), (32000, 33000, 34000, 35000), strict=True))),
        ("{weeks: 36 km}", dict.fromkeys(("2026-11-02", "2026-11-09", "2026-11-16", "2026-11-23"), 36000)),
        ("{weeks: [32, 35 km], until: 2026-11-22}", {"2026-11-09": 32000, "2026-11-16": 35000}),
        ("{weeks: [32, 35 km], until: 2026-12-06}", {"2026-11-23": 32000}),
        ("{weeks: [32, 35 km], until: 2027-01-03}", {}),
        ("{weeks: [32, 35 km], longest: 12 km on 2026-11-05}", {"2026-11-05": 32000, "2026-11-12": 35000}),
        ("{weeks: [32, 35 km], longest: 12 km on 2026-12-03}", {"2026-11-20": 32000}),
    ],
)  # fmt: skip
def test_the_weeks_of_a_history_that_ended_before_the_plan(history: str, expected: dict[str, float]) -> None:
    assert weeks(before(history)) == expected


@pytest.mark.parametrize(
    ("until", "share"),
    [("2026-11-29", 1.0), ("2026-11-01", 1.0), ("2026-10-31", 0.75), ("2026-10-04", 0.75), ("2026-10-03", 0.5)],
)
def test_an_old_history_counts_for_less(until: str, share: float) -> None:
    assert before(f"{{weeks: 36 km, until: {until}}}").share == share


def test_times_and_distances_become_each_other_at_easy_pace() -> None:
    (*_, far), (*_, long) = before("{weeks: 36 km}").weeks, before("{weeks: 3 h}").weeks
    assert far.seconds == pytest.approx(36 * 352, rel=0.01)
    assert long.metres == pytest.approx(3 * 3600 / 352 * 1000, rel=0.01)


def test_without_an_easy_pace_they_do_not() -> None:
    plan = NEXT.replace("easy", "RPE 3")
    (*_, far) = before("{weeks: 36 km}", plan, races="paces: {marathon: 5:05/km}").weeks
    assert (far.metres, far.seconds) == (36000, None)


BASE = "plan: Base\nstart: 2026-11-09\nweeks: 2\nsessions: [{on: [tue, sun], steps: '9 km @ easy'}]\n"
FOLLOWING = f"{NEXT}follows: base.plan.yaml\n"


def test_the_last_weeks_of_the_plan_before_win_over_a_history() -> None:
    found = before("{weeks: 36 km}", FOLLOWING, base=BASE)
    assert (found.source, weeks(found)) == ("`Base`", {
        "2026-10-26": 36000, "2026-11-02": 36000, "2026-11-09": 18000, "2026-11-16": 18000,
    })  # fmt: skip


def test_the_days_between_two_plans_are_missed() -> None:
    found = before("", FOLLOWING, base=BASE)
    assert [(one.first, one.last) for one in found.missed] == [(dt.date(2026, 11, 23), dt.date(2026, 11, 29))]
    at_once = before("", FOLLOWING, base=BASE.replace("2026-11-09", "2026-11-16"))
    assert at_once.missed == ()


def test_a_chain_of_plans_gives_four_weeks() -> None:
    first = BASE.replace("Base", "First").replace("2026-11-09", "2026-10-26").replace("9 km", "7 km")
    found = before("", FOLLOWING, base=f"{BASE}follows: first.plan.yaml\n", first=first)
    assert list(weeks(found).values()) == [14000, 14000, 18000, 18000]


def chain(count: int) -> dict[str, Any]:
    """So many plans of a week, one behind the other, the last of which is ``base``."""
    names = ["base", *(f"p{number}" for number in range(1, count))]
    monday = dt.date(2026, 11, 23)
    plans = {}
    for number, name in enumerate(names):
        text = f"plan: P{number}\nstart: {monday - number * dt.timedelta(weeks=1)}\nweeks: 1\n"
        follows = f"follows: {names[number + 1]}.plan.yaml\n" if number + 1 < count else ""
        plans[name] = f"{text}{follows}sessions: [{{on: sun, steps: 9 km @ easy}}]\n"
    return plans


def test_six_plans_may_lie_behind_one() -> None:
    assert len(before("", FOLLOWING, **chain(6)).weeks) == 4


def test_seven_may_not() -> None:
    files = {f"{name}.plan.yaml": text for name, text in chain(7).items()}
    result = compile_plan_text(FOLLOWING, athlete="5 km in 22:30", files=files)
    assert [(one.message, one.help) for one in result.diagnostics] == [
        ("more than 6 plans lie behind this one", ("take `follows` out of `p5.plan.yaml`",))
    ]
    assert result.plan is None
