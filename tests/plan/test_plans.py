"""Plan documents: what they say, and every mistake of one at once, each once."""

import datetime as dt
import textwrap
from decimal import Decimal

import pytest

from negsplit import compile_plan_text
from negsplit.diagnostics import Report, Severity, Source
from negsplit.plan import reader
from negsplit.plan.model import Plan, Steps, Use
from negsplit.plan.values import Constant, Growing, WeekByWeek
from negsplit.targets import Covering, PaceTarget
from negsplit.tree.source import read
from negsplit.units import Distance, Duration

FILES = {
    "a.workout.yaml": 'workout: A\nparams: {n: 2, m: }\nsteps: "${n}x(1 km @ RPE 8, $m min)"\n',
    "two.workout.yaml": "workout: A\nsteps: 1 km\n---\nworkout: B\nsteps: 1 km\n",
    "p.plan.yaml": "plan: P\nweeks: 2\nparams: {t: }\nsessions: [{on: tue, steps: run $t @ RPE 3}]\n",
    "deep.plan.yaml": "plan: P\nuse: p.plan.yaml\n",
}


def parsed(text: str) -> reader.PlanDocument:
    """A plan that has nothing wrong with it."""
    nodes, found = read(Source("text", textwrap.dedent(text).lstrip("\n")))
    report = Report(found)
    result = reader.read(nodes[0], report)
    assert report.diagnostics == []
    assert result is not None
    return result


def plan(text: str) -> Plan:
    return parsed(text).plan


def mistakes(text: str) -> list[tuple[str, int, str]]:
    """Code, line and the characters at fault of each message, in the order of the file."""
    result = compile_plan_text(textwrap.dedent(text).lstrip("\n"), athlete="5 km in 22:30", files=FILES)
    assert all(one.span for one in result.diagnostics)
    return [(one.code, one.span.line, one.span.text) for one in result.diagnostics if one.span]


def test_everything_a_plan_may_say() -> None:
    found = parsed("""
        plan: Spring   half
        id: spring-27
        race: {on: 2027-04-18, distance: half, name: Spring Half, goal: 1:45:00}
        weeks: 12
        week_starts: Sunday
        athlete: me.athlete.yaml
        notes: Easy days easy.
        tolerance: 5 s/km
        paces: {float: 5:20/km}
        lint: {PL10a: off}
        down_weeks: {every: 4, cut: 30 %, of: [total, long]}
        repeat_weeks: [3, 3, 5]
        sessions:
          - weeks: 1-4, 6
            on: [tue, sat]
            steps: run $total @ easy
            with: {total: 30 min -> 1 h by 5 min, long: 10 km}
            name: Easy
            notes: Talk.
            time: 06:30
            optional: Yes
            tags: [easy, base]
          - weeks: [1-3, 5]
            on: sun, Wed
            cross: 45 min bike
        days:
          week 6: {thu: rest}
          2027-04-17: {note: Bib}
    """)
    of = found.plan
    assert (of.name, of.id, of.weeks, of.week_starts, of.notes) == (
        "Spring half",
        "spring-27",
        12,
        6,
        "Easy days easy.",
    )
    assert of.race
    assert (of.race.on, of.race.name) == (dt.date(2027, 4, 18), "Spring Half")
    assert (of.race.distance, of.race.goal) == (Distance(2_109_750), Duration(6_300_000))
    assert found.source.paces["goal"] == PaceTarget(
        Covering(Distance(2_109_750), Duration(6_300_000), Duration(6_300_000))
    )
    assert found.source.settings.lint == {"PL10a": "off"}
    assert of.down
    assert (of.down.weeks, of.down.cut, of.down.of) == (frozenset({4, 8, 12}), Decimal("0.3"), ("total", "long"))
    assert of.repeat_weeks == (3, 3, 5)
    easy, bike = of.entries
    assert (easy.weeks, easy.days) == ((1, 2, 3, 4, 6), (1, 5))
    assert (bike.weeks, bike.days) == ((1, 2, 3, 5), (2, 6))
    session = easy.session
    assert (session.kind, session.name, session.notes, session.time) == ("workout", "Easy", "Talk.", dt.time(6, 30))
    assert (session.optional, session.tags) == (True, ("easy", "base"))
    assert isinstance(session.values["total"], Growing)
    assert (bike.session.kind, bike.session.text) == ("cross", "45 min bike")
    assert [(change.day, change.sessions[0].kind) for change in of.changes] == [
        ((6, 3), "rest"),
        (dt.date(2027, 4, 17), "note"),
    ]


def test_defaults() -> None:
    of = plan("plan: Größe & Kürze!\nstart: 2026-11-30\nweeks: 3\nsessions: [{on: tue, steps: 1 km}]")
    assert (of.id, of.start, of.race, of.week_starts) == ("groe-kurze", dt.date(2026, 11, 30), None, 0)
    assert of.entries[0].weeks == (1, 2, 3)
    assert of.down is None
    assert plan("plan: 走\nstart: 2026-11-30\nweeks: 1\nsessions: [{on: tue, rest: }]").id == "plan"


def test_weeks_may_be_called_weeks() -> None:
    text = "plan: P\nstart: 2026-11-30\nweeks: {}\nsessions: [{{on: sun, steps: 30 min @ easy}}]\n"
    assert plan(text.format("8 weeks")).weeks == plan(text.format("8")).weeks == 8


def test_down_weeks_have_defaults() -> None:
    text = "plan: A\nstart: 2026-11-30\nweeks: 8\nsessions: [{on: tue, steps: $total, with: {total: 1 km}}]\n"
    down = plan(text + "down_weeks: {at: [4, 7-8]}").down
    assert down
    assert (down.weeks, down.cut, down.of, down.drop) == (frozenset({4, 7, 8}), Decimal("0.25"), ("total",), 0)
    down = plan(text + "down_weeks: {every: 3, drop_sessions: 2}").down
    assert down
    assert (down.weeks, down.cut, down.drop) == (frozenset({3, 6}), None, 2)


def test_values_may_name_the_params_of_the_plan() -> None:
    of = plan("""
        plan: A
        start: 2026-11-30
        weeks: 2
        params: {first: 20 min, n: 3}
        sessions:
          - on: tue
            steps: run $total @ easy, ${reps}x(1 min, 1 min), $n min
            with: {total: $first -> 30 min, reps: [$n, none]}
    """)
    values = of.entries[0].session.values
    assert isinstance(values["total"], Growing)
    assert str(values["total"].first) == "20 min"
    assert values["reps"] == WeekByWeek(("3", None))


def test_days_in_text() -> None:
    of = plan("""
        plan: A
        start: 2026-11-30
        weeks: 2
        blocks: {hills: {steps: 1 km}}
        days:
          week 1: {mon: Rest, tue: hills, wed: lib/a.workout.yaml, thu: "rest 5 min, 1 km", fri: [rest, 1 km]}
          2026-12-12: {use: hills, with: {}}
    """)
    found = [(one.kind, one.body) for change in of.changes for one in change.sessions]
    assert [kind for kind, _ in found] == ["rest", "workout", "workout", "workout", "rest", "workout", "workout"]
    assert [body for _, body in found] == [
        None,
        Use("hills"),
        Use("lib/a.workout.yaml"),
        Steps("rest 5 min, 1 km"),
        None,
        Steps("1 km"),
        Use("hills"),
    ]


def test_constants_stay_as_they_are_written() -> None:
    of = plan("plan: A\nstart: 2026-11-30\nweeks: 1\nsessions: [{on: tue, steps: $t @ easy, with: {t: 1 h 30 min}}]")
    value = of.entries[0].session.values["t"]
    assert isinstance(value, Constant)
    assert value.text == "1 h 30 min"


# --- Mistakes --------------------------------------------------------------------------------------

HEAD = "plan: A\nstart: 2026-11-30\nweeks: 4\n"
KM = "sessions: [{on: tue, steps: 1 km}]"
TOTAL = "sessions: [{on: tue, steps: $total, with: {total: 1 km}}]"
RACE = "plan: A\nweeks: 1\nrace: {on: 2027-04-18, distance: half, goal: 1:45:00}\n"


def test_one_run_reports_every_mistake_of_a_plan_once() -> None:
    assert mistakes("""
        plan: A
        id: No Id
        strat: 2026-11-30
        weeks: 4
        week_starts: sonday
        params: {unused: 3}
        blocks:
          idle: {steps: 10 mim}
        down_weeks: {every: 1}
        repeat_weeks: [5]
        sessions:
          - weeks: 1-9
            on: [tue, thr]
            steps: 1,5 km
          - {on: sun, use: nothing}
          - {on: sun, rest: , note: A}
          - {on: sun, steps: $t @ easi, with: {t: 1 km -> 2 km by 0}}
          - {on: sun, steps: $t @ easi, with: {t: 1 km}, time: 25:00, optional: perhaps}
          - {on: sun, steps: $t @ easy, with: {t: [1 km, 2 km]}}
          - {on: sun, colour: red, rest: }
        days:
          week 9: {thu: rest}
          week 1: {sat: 5 mim, thr: rest}
          soon: rest
    """) == [
        ("id", 2, "No Id"),
        ("unknown-key", 3, "strat"),
        ("weekday", 5, "sonday"),
        ("unused-param", 6, "unused"),
        ("unknown-unit", 8, "mim"),
        ("out-of-bounds", 9, "1"),
        ("weeks", 10, "5"),
        ("weeks", 12, "1-9"),
        ("weekday", 13, "thr"),
        ("decimal", 14, "1,5"),
        ("unknown-block", 15, "nothing"),
        ("session", 16, "A"),
        ("out-of-bounds", 17, "0"),
        ("unknown-name", 18, "easi"),
        ("time", 18, "25:00"),
        ("unknown-value", 18, "perhaps"),
        ("weeks", 19, "t"),
        ("unknown-key", 20, "colour"),
        ("out-of-bounds", 22, "thu"),
        ("unknown-unit", 23, "mim"),
        ("weekday", 23, "thr"),
        ("day", 24, "soon"),
    ]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("plan: A", [("missing-key", 1, "A")] * 3),
        ("plan: A\nstart: 2026-11-30\nweeks: 4", [("missing-key", 1, "A")]),
        ("plan: A\nweeks: 4\n" + KM, [("missing-key", 1, "A")]),
        ("plan: A\nstart: 2026-11-30\n" + KM, [("missing-key", 1, "A")]),
        ("plan: A\nstart: soon\nweeks: 4\nsessions: [{on: tue, steps: 1 mim}]",
         [("date", 2, "soon"), ("unknown-unit", 4, "mim")]),
        ("plan:\nstart: 2026-11-30\nweeks: 4\n" + KM, [("empty", 1, "plan")]),
        (HEAD + "race: 2027-04-18\n" + KM, [("date", 4, "2027-04-18")]),
        (HEAD + "sessions:", [("empty", 4, "sessions")]),
        (HEAD + "sessions: []", [("empty", 4, "[]")]),
        (HEAD + "sessions: 1 km", [("wrong-form", 4, "1 km")]),
        (HEAD + "sessions: [1 km]", [("wrong-form", 4, "1 km")]),
        (HEAD + "sessions: [{steps: 1 km}]", [("missing-key", 4, "steps")]),
        (HEAD + "sessions: [{on: , steps: 1 km}]", [("empty", 4, "on")]),
        (HEAD + "sessions: [{on: tue}]", [("session", 4, "tue")]),
        (HEAD + "sessions: [{on: tue, steps: }]", [("empty", 4, "steps")]),
        (HEAD + "sessions: [{on: tue, race: }]", [("empty", 4, "race")]),
        (HEAD + "sessions: [{on: tue, use: a, steps: 1 km}]", [("session", 4, "1 km")]),
        (HEAD + "sessions: [{on: tue, weeks: 2 odd, steps: 1 km}]", [("weeks", 4, "2 odd")]),
        (HEAD + "sessions: [{on: tue, rest: , with: {a: 1}}]", [("session", 4, "a")]),
        (HEAD + "sessions: [{on: tue, steps: 1 km, with: {a: 1}}]", [("unused-param", 4, "1")]),
        (HEAD + "sessions: [{on: tue, steps: $a, with: {a: }}]", [("empty", 4, "a")]),
        (HEAD + "sessions: [{on: tue, steps: $a, with: {a: 1, 2, 3 km}}]", [("unknown-key", 4, "2")]),
        (HEAD + "sessions: [{on: tue, steps: $a, with: {a: 1 km -> 2 h}}]", [("kind", 4, "1 km -> 2 h")]),
        (HEAD + "sessions: [{on: tue, weeks: 2, steps: $a, with: {a: 1 -> 2 km}}]", [("weeks", 4, "1 -> 2 km")]),
        (HEAD + "sessions: [{on: tue, steps: $b km}]", [("unknown-param", 4, "$b")]),
        (HEAD + "sessions: [{on: tue, use: a.workout.yaml}]", [("missing-param", 4, "a.workout.yaml")]),
        (HEAD + "sessions: [{on: tue, use: a.workout.yaml, with: {m: 1, k: 2}}]", [("unknown-param", 4, "2")]),
        (HEAD + "sessions: [{on: tue, use: a.workout.yaml, with: {m: x}}]", [("unexpected", 3, "$m")]),
        (HEAD + "sessions: [{on: tue, use: two.workout.yaml}]", [("not-a-workout", 4, "two.workout.yaml")]),
        (HEAD + "sessions: [{on: tue, use: p.plan.yaml}]", [("not-a-workout", 4, "p.plan.yaml")]),
        (HEAD + "days: {week 1: }", [("empty", 4, "week 1")]),
        (HEAD + "days: {week 1: {tue: }}", [("empty", 4, "tue")]),
        (HEAD + "days: {week 1: {tue: [[1 km]]}}", [("wrong-form", 4, "[1 km]")]),
        (HEAD + "days: {week 1: {tue: {rest: , with: {a: 1 -> 2}}}}", [("session", 4, "a")]),
        (HEAD + "days: {week 1: {tue: {steps: $a km, with: {a: 1 -> 2}}}}", [("weeks", 4, "1 -> 2")]),
        (HEAD + "days: {week 1: {tue: rest, tuesday: rest}}", [("duplicate-key", 4, "tuesday")]),
        (HEAD + "days: {week 1: {tue: rest}, 2026-12-01: rest}", [("duplicate-key", 4, "2026-12-01")]),
        (HEAD + "with: {a: 1}\n" + KM, [("no-effect", 4, "with")]),
        (HEAD + "use: nothing.plan.yaml", [("unknown-plan", 4, "nothing.plan.yaml")]),
        (HEAD + "use: preset:c25k\n" + KM, [("unknown-plan", 4, "preset:c25k")]),
        (HEAD + "use: a.workout.yaml\n" + KM, [("not-a-plan", 4, "a.workout.yaml")]),
        (HEAD + "use: deep.plan.yaml\n" + KM, [("too-deep", 4, "deep.plan.yaml")]),
        (HEAD + "use: p.plan.yaml", [("missing-param", 4, "p.plan.yaml")]),
        (HEAD + "use: p.plan.yaml\nwith: {t: 1 km, s: 2}", [("unknown-param", 5, "s")]),
        (HEAD + "params: {a: }\nsessions: [{on: tue, steps: $a km}]", [("missing-param", 4, "a")]),
        (HEAD + "repeat_weeks: 5\n" + KM, [("weeks", 4, "5")]),
        (HEAD + "down_weeks: {every: 9}\n" + KM, [("no-effect", 4, "9")]),
        (HEAD + "down_weeks: {}\n" + TOTAL, [("missing-key", 4, "down_weeks")]),
        (HEAD + "down_weeks: {every: 2, at: 3}\n" + TOTAL, [("said-twice", 4, "2")]),
        (HEAD + "down_weeks: {at: 3, cut: 95 %}\n" + TOTAL, [("out-of-bounds", 4, "95 %")]),
        (HEAD + "down_weeks: {at: 3, cut: 20 %, drop_sessions: 1}\n" + KM, [("said-twice", 4, "1")]),
        (HEAD + "down_weeks: {at: 3, drop_sessions: 0}\n" + KM, [("out-of-bounds", 4, "0")]),
        (HEAD + "down_weeks: {at: 3, of: long}\nsessions: [{on: tue, steps: $n km, with: {n: 1 -> 4}}]",
         [("no-effect", 4, "down_weeks")]),
        (HEAD + "down_weeks: {at: 3}\nsessions: [{on: tue, steps: $total, with: {total: 3..6 km}}]",
         [("no-effect", 5, "3..6 km")]),
        ("plan: A\nrace: {distance: half}\nweeks: 1\n" + KM, [("missing-key", 2, "distance")]),
        (RACE.replace("distance: half, ", "") + KM, [("missing-key", 3, "1:45:00")]),
        (RACE.replace("1:45:00", "1:45") + "sessions: [{on: tue, steps: 1 km @ goal}]", [("out-of-bounds", 3, "1:45")]),
        (RACE + "paces: {goal: 5:00/km}\n" + KM, [("said-twice", 4, "5:00/km")]),
        (HEAD + "sessions: [{on: tue, rest: }]", [("empty", 1, "A")]),
        (HEAD + "params: {n: 1 km}\nsession: [{on: tue, steps: $n}]\ndays: {week 1: {tue: 1 km}}",
         [("unknown-key", 5, "session")]),
        (HEAD + "down_weeks: {at: 3}\nsessions: [{on: tue, step: $total, with: {total: 1 km}}]",
         [("unknown-key", 5, "step")]),
        (HEAD + "down_weeks: {at: 3}\nsession: [{on: tue, steps: $total, with: {total: 1 km}}]",
         [("unknown-key", 5, "session")]),
        (HEAD + "sessions: [{on: mon-fri, steps: 1 km}]", [("weekday", 4, "mon-fri")]),
        (HEAD + "sessions: [{on: tue, steps: $a, with: {a: 1 km to 2 km}}]", [("kind", 4, "1 km to 2 km")]),
        (HEAD + "sessions: [{on: tue, steps: $a, with: {a: 1 -> 2 -> 3 km}}]", [("kind", 4, "-> 3 km")]),
        ("Plan: A\nathlete: me.yaml\nweeks: 4\n" + KM, [("not-a-document", 1, "Plan")]),
        ("plan: A\nstart: 2026-11-30\nweks: 4\n" + KM, [("unknown-key", 3, "weks")]),
        ("athlet: me.yaml\nplan: A\nweeks: 4\n" + KM, [("first-key", 2, "plan")]),
    ],
)  # fmt: skip
def test_one_mistake_is_one_message(text: str, expected: list[tuple[str, int, str]]) -> None:
    assert sorted(mistakes(text)) == sorted(expected)


def test_a_list_with_values_for_the_down_weeks_is_nothing_to_warn_of() -> None:
    listed = HEAD + "down_weeks: {at: 4}\nsessions: [{on: tue, steps: run $total, with: {total: [5, 6, 7, 4 km]}}]"
    assert mistakes(listed) == []


@pytest.mark.parametrize(
    ("text", "help"),
    [
        (HEAD + "down_weeks: {at: 3, cut: 0.25}\n" + TOTAL, "write `25 %`"),
        (HEAD + "down_weeks: {at: 3, cut: 25}\n" + TOTAL, "write `25 %`"),
        (HEAD + "sessions: [{on: tue, steps: $a, with: {a: 1 km to 2 km}}]", "write `1 km -> 2 km`"),
        ("Plan: A\nathlete: me.yaml\nweeks: 4\n" + KM, "did you mean `plan`?"),
        ("name: A\nweeks: 4\n" + KM, "did you mean `plan`?"),
        ("down_weeks: 4\nstart: 2026-11-30", "a document begins with `workout:`, `plan:` or `athlete:`"),
    ],
)  # fmt: skip
def test_what_to_write_instead(text: str, help: str) -> None:
    (found,) = compile_plan_text(text, athlete="5 km in 20:00").diagnostics
    assert help in found.help


def test_what_a_plan_is_called_is_bounded() -> None:
    long = "x" * 3000
    found = mistakes(HEAD + f"notes: {long}\nsessions: [{{on: tue, steps: 1 km, name: {long}, notes: {long}}}]")
    assert [(code, line) for code, line, _ in found if code != "degraded"] == [
        ("too-long", 4),
        ("too-long", 5),
        ("too-long", 5),
    ]


def test_a_workout_is_read_alike_whether_a_plan_was_read_before() -> None:
    """The keys of plans do not change what is said of a workout."""
    from negsplit import compile_text

    text = "workout: A\nsteps: [{run: 1 km -- relaxed, on}]"
    before = [one.help for one in compile_text(text).diagnostics]
    plan("plan: A\nstart: 2026-11-30\nweeks: 1\n" + KM)
    assert [one.help for one in compile_text(text).diagnostics] == before
    assert any("a comma ends the text" in help for one in before for help in one)


BY_HEART = """\
plan: By heart
start: 2026-11-30
weeks: 4
down_weeks: {every: 4}
sessions:
  - {on: tue, steps: 20 min @ HR 148..156}
  - {on: thu, steps: 40 min @ 5:00/km}
  - {on: sat, steps: 50 min @ 5:00/km}
"""


def test_what_a_device_cannot_take_leaves_the_rest_of_a_plan():
    result = compile_plan_text(BY_HEART, device="intervals", athlete="5 km in 22:30")
    assert result.plan is None
    assert [one.code for one in result.diagnostics if one.severity is Severity.ERROR] == ["unsupported"]
    assert result.rest is not None
    assert {one.planned.key[-3:]: one.workout is not None for one in result.rest.sessions} == {
        "tue": False,
        "thu": True,
        "sat": True,
    }


def test_no_rest_where_something_else_is_wrong_or_a_down_week_would_leave_out_another():
    for wrong in (
        BY_HEART.replace("50 min @ 5:00/km", "50 min @"),
        BY_HEART.replace("every: 4", "every: 4, drop_sessions: 1"),
    ):
        result = compile_plan_text(wrong, device="intervals", athlete="5 km in 22:30")
        assert (result.plan, result.rest) == (None, None)
    whole = compile_plan_text(BY_HEART, athlete="5 km in 22:30")
    assert whole.plan is not None
    assert whole.rest == whole.plan
