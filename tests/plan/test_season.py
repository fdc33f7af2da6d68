"""Several plans as one season: the sums judged by those of each plan's own JSON, day by day."""

import datetime as dt
from collections import Counter

import pytest

from negsplit.plan.season import in_order, overlapping, season
from negsplit.preview.plan_data import plan_data
from strategies.seasons import AUTUMN, BASE, SPRING, seasoned
from strategies.shown_plans import shown


def runs(*texts):
    """The sessions that are run, as `plan show --format json` has them."""
    found = []
    for text in texts:
        plan = shown(text)
        data = plan_data(plan, plan.weeks, lambda session: session.key)
        found += [one for one in data["sessions"] if one["kind"] in ("workout", "race")]
    return found


def day(one):
    return dt.date.fromisoformat(one["date"])


def test_months_and_years_are_sums_of_days():
    texts = (BASE, SPRING, AUTUMN)
    found = seasoned(*texts)
    for parts, key in ((found.months, "%Y-%m"), (found.years, "%Y")):
        metres, hard, count = Counter(), Counter(), Counter()
        for one in runs(*texts):
            name = day(one).strftime(key)
            metres[name] += one["metres"]
            hard[name] += one["hard_seconds"]
            count[name] += 1
        for part in parts:
            name = f"{part.number}" if key == "%Y" else part.first.strftime(key)
            # Each run is rounded to a metre and a second there.
            assert part.totals.metres.value == pytest.approx(metres[name], abs=count[name] or 0.1)
            assert part.totals.hard_seconds == pytest.approx(hard[name], abs=count[name] or 0.1)
            assert part.totals.sessions == count[name]
    assert [f"{one.first:%m}" for one in found.months] == [f"{month:02}" for month in (12, *range(1, 10))]
    assert found.totals.metres.value == pytest.approx(sum(one["metres"] for one in runs(*texts)), abs=50)


def test_weeks_run_and_the_longest_gap_by_going_through_the_days():
    texts = (BASE, SPRING, AUTUMN)
    days = {day(one) for one in runs(*texts)}
    for year in seasoned(*texts).years:
        of_year = [one for one in days if one.year == year.number]
        assert year.weeks_run == len({one - dt.timedelta(days=one.weekday()) for one in of_year})
        longest, row, first = 0, 0, min(days)
        for number in range((max(days) - min(days)).days + 1):
            now = min(days) + dt.timedelta(days=number)
            row = 0 if now in days else row + 1
            first = now if row == 1 else first
            if row > longest and first.year == year.number:
                longest = row
        assert year.longest_gap is not None
        assert year.longest_gap.days == longest


def test_peaks_and_longest_runs_leave_the_goal_race_out():
    base, spring = seasoned().plans
    assert base.peak.week.week.number == 5
    assert base.peak.training.metres.value == pytest.approx(8_000 * 2 + 14_000)
    assert (base.longest.key, base.more) == ("w05-sun", None)
    weeks = Counter()
    for one in runs(SPRING):
        if one["date"] != "2027-03-14":
            weeks[one["week"]] += one["metres"]
    number, most = weeks.most_common(1)[0]
    assert spring.peak.week.week.number == number
    assert spring.more == pytest.approx(most / 30_000 - 1, abs=0.001)
    assert spring.longest.key == "w06-sun"


def test_what_is_hard_and_what_is_easy():
    """An hour a week with six minutes of it hard: nine tenths are easy."""
    text = "plan: P\nstart: 2027-01-04\nweeks: 2\nsessions: [{on: tue, steps: '54 min @ easy, 6 min @ RPE 8'}]\n"
    (plan,) = season([shown(text)]).plans
    assert plan.easy_share == pytest.approx(0.9)
    assert plan.hard_seconds == pytest.approx(360)


def test_plans_come_in_the_order_of_their_days():
    plans = [shown(text) for text in (AUTUMN, BASE, SPRING)]
    assert [one.plan.id for one in in_order(plans)] == ["base", "spring", "autumn"]
    assert [one.plan.plan.id for one in season(plans).plans] == ["base", "spring", "autumn"]


def test_the_days_between_plans():
    found = seasoned(BASE, SPRING, AUTUMN)
    days = [(one.first, one.last, one.days) for one in found.gaps]
    assert days == [
        (dt.date(2027, 1, 4), dt.date(2027, 1, 17), 14),
        (dt.date(2027, 3, 22), dt.date(2027, 7, 18), 119),
    ]
    assert seasoned(BASE, BASE.replace("2026-11-30", "2027-01-04")).gaps == ()


@pytest.mark.parametrize(("start", "count"), [("2027-01-04", 0), ("2026-12-28", 1)])
def test_plans_with_a_day_in_common(start, count):
    """The base ends on 3 January."""
    other = shown(BASE.replace("2026-11-30", start))
    found = list(overlapping([other, shown(BASE)]))
    assert [(one.first_day.isoformat(), two.first_day.isoformat()) for one, two in found] == [
        ("2026-11-30", start)
    ] * count


def test_a_plan_ends_with_its_race():
    """Another may begin on the Monday of the same week's end; one begun on the day of the race may not."""
    text = SPRING.replace("weeks_after: 1\n", "").replace("  - {weeks: 9, on: sun, steps: 5 km @ easy}\n", "")
    race = text.replace("2027-03-14", "2027-03-13")
    for start, count in (("2027-03-13", 1), ("2027-03-14", 0)):
        after = shown(BASE.replace("2026-11-30", start))
        assert len(list(overlapping([shown(race), after]))) == count


def test_weeks_have_their_races_and_missed_days_and_the_vdot_in_force():
    spring = seasoned().plans[1]
    assert [one.missed for one in spring.weeks] == [0, 0, 3, 0, 0, 0, 0, 0, 0]
    assert [len(one.races) for one in spring.weeks] == [0, 0, 0, 1, 0, 0, 0, 1, 0]
    # 5 km in 22:30 is VDOT 43.4 in Daniels' equations, as printed tables have it between 22:41 and 22:15.
    assert {round(one.vdot) for one in spring.weeks} == {43}
    assert {one.vdot for one in seasoned(BASE, athlete="threshold 4:40/km").plans[0].weeks} != {None}


def test_a_result_on_the_way_changes_the_vdot_from_the_day_after():
    """The parkrun is on the Saturday of week 4: its Sunday is the first day of the new paces."""
    spring = seasoned(SPRING + "fitness: [{from: 2027-02-13, race: 5 km in 22:00}]\n").plans[0]
    before, after = spring.weeks[0].vdot, spring.weeks[4].vdot
    assert before < after
    assert [one.vdot for one in spring.weeks] == [before] * 3 + [after] * 6


def test_a_season_with_much_walking_is_counted_in_time():
    walks = "plan: W\nstart: 2026-10-05\nweeks: 2\nsessions: [{on: tue, steps: '10x(2 min @ easy, walk 1 min)'}]\n"
    assert seasoned().in_metres
    found = seasoned(walks, BASE)
    assert not found.in_metres
    assert found.amount(found.plans[0].weeks[0].training) == 30 * 60


def test_a_season_without_a_run():
    found = season([shown("plan: P\nstart: 2027-01-04\nweeks: 1\nsessions: [{on: tue, rest: x}]\n")])
    assert (found.months, found.years, found.plans[0].peak, found.plans[0].longest) == ((), (), None, None)
    assert found.plans[0].easy_share is None
