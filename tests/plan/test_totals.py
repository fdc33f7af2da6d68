"""What weeks come to: reckoned here once more, from what the plans say."""

import datetime as dt

import pytest

from negsplit.compile import device, parse, runner_from_words
from negsplit.diagnostics import Source
from negsplit.document.library import Texts
from negsplit.plan.compile import compile_plan
from negsplit.plan.totals import totals
from strategies.shown_plans import FIVE_KM, shown

KM = 300.0
"""Seconds of a kilometre at 5:00/km, which ``exactly`` is."""


def of(text, athlete="threshold 4:30/km"):
    """The totals of a plan from 2027-01-04, a Monday, unless it says otherwise."""
    head = "" if "start:" in text or "race:" in text.partition("sessions:")[0] else "start: 2027-01-04\n"
    return shown(f"plan: P\ntolerance: 0 %\n{head}{text}", athlete)


def one(steps, athlete="threshold 4:30/km", more=""):
    """The totals of a single session."""
    (session,) = of(f"weeks: 1\nsessions:\n  - on: tue\n    steps: {steps!r}\n{more}", athlete).sessions
    return session


# --- One session ---------------------------------------------------------------------------------


def test_a_brisk_walk_is_hard_for_nobody_however_close_to_threshold_pace_it_is():
    walker = one("10 min @ RPE 3, 10x(20 s @ RPE 4, walk 60 s)", "5 km in 52:00")
    assert (walker.hard_seconds, walker.brisk_seconds, walker.is_hard) == (0, 0, False)


def test_a_session_is_run_and_walked_and_rested():
    found = one("10 min @ 5:00/km, 4x(2 min @ 5:00/km, walk 90 s, rest 30 s), hike 3 min, 1 km @ 5:00/km")
    assert found.run_seconds == pytest.approx(600 + 4 * 120 + KM, abs=0.5)
    assert found.walk_seconds == pytest.approx(4 * 90 + 180)
    assert found.seconds == pytest.approx(600 + 4 * 120 + KM + 4 * 90 + 180 + 4 * 30, abs=0.5)
    assert not found.is_short
    assert not found.guessed


@pytest.mark.parametrize(
    ("cue", "walked"),
    [("walk", 300), ("Walk briskly", 300), ("walk or jog", 0), ("walk, then shuffle", 0), ("walking pace", 0), ("", 0)],
)
def test_a_warm_up_is_walked_where_its_cue_says_nothing_else(cue, walked):
    found = one(f'warmup 5 min -- "{cue}"' if cue else "warmup 5 min")
    assert (found.walk_seconds, found.run_seconds) == (walked, 300 - walked)


def test_only_a_warm_up_or_cool_down_without_a_pace_is_walked_by_its_cue():
    assert one("10 min -- walk").walk_seconds == 0
    assert one("warmup 10 min @ 6:00/km -- walk").walk_seconds == 0


def test_a_walk_is_walked_whatever_its_steps_are_called():
    plan = "weeks: 1\nsessions:\n  - on: tue\n    use: w.workout.yaml\n"
    files = Texts({"w.workout.yaml": "workout: W\nsport: hiking\nsteps: 40 min, rest 5 min\n"})
    source = Source("p.plan.yaml", f"plan: P\nstart: 2027-01-04\n{plan}")
    result = compile_plan(parse(source), runner_from_words(FIVE_KM)[0], device(), files)
    (found,) = totals(result.plan).sessions
    assert (found.walk_seconds, found.run_seconds) == (2400, 0)


@pytest.mark.parametrize(
    ("steps", "hard"),
    [
        ("5 min @ 4:30/km", True),
        ("299 s @ 4:30/km", False),
        ("5x(1 min @ 4:30/km, 1 min)", True),
        ("5x(59 s @ 4:30/km, 1 min)", False),
        ("10 min @ 4:44/km", True),  # 270 s / 284 s = 0.9507
        ("10 min @ 4:45/km", False),  # 270 s / 285 s = 0.9474
        ("10 min @ RPE 7", True),
        ("10 min @ RPE 6", False),
        ("10 min @ RPE 6..8", True),
        ("10 min @ RPE 6..7", False),
        ("walk 10 min", False),
    ],
)
def test_a_session_is_hard_from_five_minutes_near_threshold(steps, hard):
    assert one(f"10 min @ 6:30/km, {steps}").is_hard is hard


def test_without_a_threshold_effort_alone_says_what_is_hard():
    assert one("10 min @ RPE 7", athlete="").is_hard
    assert not one("10 min @ 3:00/km", athlete="").is_hard


def test_an_open_run_is_said_to_be_missing():
    sessions = "  - {on: tue, steps: [10 min @ 5:00/km, run lap]}\n  - {on: wed, steps: 20 min @ 5:00/km}\n"
    plan = of(f"weeks: 1\nsessions:\n{sessions}")
    (week,) = plan.weeks
    assert [session.is_short for session in week.sessions] == [True, False]
    assert week.totals.seconds.value == 1800
    assert week.totals.seconds.missing == week.totals.metres.missing == week.totals.load.missing == ("w01-tue",)
    assert week.totals.run_seconds == 1800


def test_what_cannot_be_told_is_none_and_not_nothing():
    found = one("5 km", athlete="")
    assert (found.seconds, found.metres, found.load) == (None, 5000, None)
    (week,) = of("weeks: 1\nsessions:\n  - on: tue\n    steps: 5 km\n", athlete="").weeks
    assert (week.totals.seconds.value, week.totals.seconds.missing) == (None, ("w01-tue",))
    assert (week.totals.metres.value, week.totals.metres.missing) == (5000, ())
    assert (week.totals.run_seconds, week.totals.longest.key) == (0, "w01-tue")


def test_of_nothing_but_an_open_run_nothing_is_known():
    found = one("run lap")
    assert (found.seconds, found.metres, found.load, found.guessed) == (None, None, None, False)


def test_a_guessed_length_is_said():
    plan = of("weeks: 1\nsessions:\n  - on: [tue, thu]\n    steps: warmup lap, 10 min @ 5:00/km\n")
    assert plan.whole.guessed == ("w01-tue", "w01-thu")
    assert plan.whole.seconds.missing == ()
    assert plan.whole.seconds.value == 2 * (600 + 600)


# --- Weeks ---------------------------------------------------------------------------------------

BUILDING = """\
weeks: 8
down_weeks: {every: 4, cut: 25 %}
sessions:
  - on: tue
    steps: $total @ 5:00/km
    with: {total: 40 min -> 90 min by 10 min}
  - on: sun
    steps: 60 min @ 5:00/km
  - on: mon
    rest: sleep
  - on: wed
    cross: 45 min bike
"""


def test_weeks_are_the_sums_of_their_sessions():
    # Six building weeks from 40 to 90 minutes; a down week is three quarters of the highest before, to the minute
    # on the grid of ten.
    tuesdays = [40, 50, 60, 50, 70, 80, 90, 70]
    plan = of(BUILDING)
    assert [week.week.is_down for week in plan.weeks] == [number in (4, 8) for number in range(1, 9)]
    for week, minutes in zip(plan.weeks, tuesdays, strict=True):
        assert week.totals.sessions == 2
        assert week.totals.seconds.value == 60 * (minutes + 60)
        assert week.totals.metres.value == pytest.approx(60 * (minutes + 60) / KM * 1000, rel=1e-3)
        # (4:30 / 5:00)^2 = 0.81 of threshold.
        assert week.totals.load.value == pytest.approx((minutes + 60) / 60 * 81, rel=2e-3)
        assert week.totals.longest.seconds == 60 * max(minutes, 60)
        assert week.last == week.week.first + dt.timedelta(days=6)
    assert plan.whole.seconds.value == sum(60 * (minutes + 60) for minutes in tuesdays)
    assert plan.whole.sessions == 16


def test_a_week_is_compared_with_the_highest_of_the_four_before():
    minutes = [100, 110, 120, 110, 130, 140, 150, 130]
    expected = [None]
    for index in range(1, 8):
        expected.append(minutes[index] / max(minutes[max(index - 4, 0) : index]) - 1)
    changes = [week.more_time for week in of(BUILDING).weeks]
    assert changes[0] is None
    assert changes[1:] == pytest.approx(expected[1:])
    assert changes[4] == pytest.approx(130 / 120 - 1)  # not against the down week before it
    assert [week.more_distance for week in of(BUILDING).weeks][1:] == pytest.approx(expected[1:], abs=1e-3)


def weeks_of(*minutes, more=""):
    """A plan with one easy run a week; none where a week has no minutes."""
    listed = ", ".join(f"{one} min" if one else "none" for one in minutes)
    return of(
        f"weeks: {len(minutes)}\n{more}sessions:\n  - on: tue\n    steps: $m @ 5:00/km\n    with: {{m: [{listed}]}}\n"
    )


def test_four_weeks_back_count_and_five_are_forgotten():
    assert weeks_of(90, 30, 30, 30, 45).weeks[4].more_time == pytest.approx(-0.5)
    assert weeks_of(90, 30, 30, 30, 30, 60).weeks[5].more_time == pytest.approx(1.0)


def test_a_down_week_alone_is_nothing_to_compare_with():
    changes = [week.more_time for week in weeks_of(30, 40, 50, more="down_weeks: {at: [1]}\n").weeks]
    assert changes[:2] == [None, None]
    assert changes[2] == pytest.approx(0.25)


def test_a_week_begun_in_its_middle_is_nothing_to_compare_with():
    text = "start: 2027-01-06\nweeks: 3\nsessions:\n  - on: [mon, wed, fri]\n    steps: 30 min @ 5:00/km\n"
    plan = of(text)
    assert [week.totals.sessions for week in plan.weeks] == [2, 3, 3]
    assert [week.more_time for week in plan.weeks] == [None, None, 0]


def test_empty_weeks_are_nothing_and_not_unknown():
    _, second, third = weeks_of(30, None, 60).weeks
    assert (second.totals.seconds.value, second.totals.sessions, second.totals.longest) == (0, 0, None)
    assert second.more_time == -1
    assert third.more_time == pytest.approx(1.0)


def test_a_week_with_something_unknown_is_not_compared():
    text = (
        "weeks: 3\nsessions:\n  - on: tue\n    steps: 30 min @ 5:00/km\n  - on: wed\n    weeks: 2\n    steps: run lap\n"
    )
    assert [week.more_time for week in of(text).weeks] == [None, None, 0]


def test_weeks_done_again_stand_where_they_are_run():
    plan = weeks_of(30, 40, 50, more="repeat_weeks: [2]\n")
    assert [(week.week.number, week.week.again) for week in plan.weeks] == [(1, 0), (2, 0), (2, 1), (3, 0)]
    assert [week.totals.seconds.value for week in plan.weeks] == [1800, 2400, 2400, 3000]


def test_what_a_down_week_drops_is_named_and_not_counted():
    text = """\
weeks: 2
down_weeks: {at: [2], drop_sessions: 1}
sessions:
  - {on: tue, steps: 30 min @ 5:00/km}
  - {on: thu, steps: 20 min @ 5:00/km}
  - {on: sun, steps: 60 min @ 5:00/km}
"""
    first, second = of(text).weeks
    assert first.totals.seconds.value == 110 * 60
    assert (second.totals.seconds.value, second.totals.sessions) == (90 * 60, 2)
    assert [one.planned.key for one in second.dropped] == ["w02-thu"]
    assert first.dropped == ()


def test_a_race_is_hard_and_as_long_as_the_plan_says():
    plan = of(
        "race: {on: 2027-04-18, distance: half, goal: 1:45:00}\nweeks: 2\nsessions:\n"
        "  - on: tue\n    steps: 30 min @ 5:00/km\n  - {on: sat, weeks: 1, race: a mile}\n"
    )
    first, last = plan.weeks
    race = last.sessions[-1]
    assert (race.planned.date, race.is_hard) == (dt.date(2027, 4, 18), True)
    assert (race.seconds, race.metres) == (6300, pytest.approx(21_097.5))
    assert race.load == pytest.approx(6300 / 3600 * (21_097.5 / 6300 * 0.27) ** 2 * 100)
    assert last.totals.longest is race
    # What the plan says of its race says nothing of another.
    assert first.sessions[-1].is_hard
    assert (first.totals.seconds.value, first.totals.seconds.missing) == (1800, ("w01-sat",))


def test_a_race_on_the_way_is_as_long_as_it_says_or_as_its_steps():
    plan = of(
        "race: {on: 2027-04-18, distance: half, goal: 1:45:00}\nweeks: 5\nsessions:\n"
        "  - {on: sun, weeks: 1, race: Spring 5, distance: 5 km, goal: '22:00'}\n"
        "  - {on: sun, weeks: 2, race: 10 km, name: City run}\n"
        "  - {on: sun, weeks: 3, race: 10 km, steps: 12 km @ 5:00/km}\n"
        "  - {on: sun, weeks: 4, race: Spring 5}\n"
    )
    races = [week.sessions[-1] for week in plan.weeks]
    assert [(one.name, one.seconds and round(one.seconds), one.metres) for one in races] == [
        ("Spring 5", 22 * 60, 5000),
        ("City run", None, 10_000),
        ("10 km", 3600, 12_000),
        ("Spring 5", None, None),
        ("Race", 6300, 21_097.5),
    ]
    assert all(one.is_hard for one in races)
