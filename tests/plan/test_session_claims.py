"""What sessions of a plan add up to, and totals with a repeat in them wherever a plan has steps."""

import textwrap

import pytest

from negsplit import compile_line, compile_plan_text

ATHLETE = "5 km in 22:30"
FILES = {"w.workout.yaml": 'workout: W\nadds_up_to: 6 km\nparams: {n: 4}\nsteps: "1 km, ${n}x(1 km), 1 km"\n'}


def said(sessions: str, head: str = "") -> list[str]:
    """The warnings about a plan of three weeks, each with the sessions that it is about."""
    text = f"plan: P\nstart: 2026-11-30\nweeks: 3\n{head}sessions:\n{textwrap.indent(textwrap.dedent(sessions), '  ')}"
    result = compile_plan_text(text, athlete=ATHLETE, files=FILES)
    assert result.plan is not None, result.diagnostics
    assert {one.code for one in result.diagnostics} <= {"total"}
    return [f"{one.message} ({one.span.text})" for one in result.diagnostics]


@pytest.mark.parametrize(
    ("session", "expected"),
    [
        ("- {on: tue, steps: 5 km, adds_up_to: 5 km}", []),
        ("- {on: tue, steps: 5 km, adds_up_to: 6 km}", ["this adds up to 5 km, not 6 km (6 km)"]),
        # A file's own claim, filled with the values of the session; and the session's instead.
        ("- {on: tue, use: w.workout.yaml}", []),
        ("- {on: tue, use: w.workout.yaml, with: {n: 5}}", ["this adds up to 7 km, not 6 km (6 km)"]),
        ("- {on: tue, use: w.workout.yaml, with: {n: 5}, adds_up_to: 7 km}", []),
        # Values of each week, for steps and claim, or for the claim alone.
        ("- {on: tue, steps: run $t, with: {t: 5 km -> 7 km}, adds_up_to: $t}", []),
        ("- {on: tue, use: w.workout.yaml, with: {n: [4, 5, 6], all: '6, 7, 8 km'}, adds_up_to: $all}", []),
        ('- {on: tue, steps: "1 km, ${n}x(1 km)", with: {n: [4, 5, 6], all: "5, 6, 7 km"}, adds_up_to: $all}', []),
        ("- {on: tue, use: b, with: {n: [4, 5, 6], all: '5, 6, 7 km'}, adds_up_to: $all}", []),
        (
            "- {on: tue, use: b, with: {n: [4, 5, 6], all: '5, 6, 9 km'}, adds_up_to: $all}",
            ["this adds up to 7 km, not 9 km ($all)"],
        ),
        ("- {on: tue, use: b, adds_up_to: $far}", ["this adds up to 4 km, not 9 km ($far)"]),
    ],
)
def test_what_sessions_add_up_to(session, expected):
    params = "params: {far: 9 km}\n" if "$far" in session else ""
    assert said(session, params + 'blocks:\n  b: {params: {n: 3}, steps: "1 km, ${n}x(1 km)"}\n') == expected


LINE = "9 mi @ easy with 5x(600 m @ 5k, 90 s)"


@pytest.mark.parametrize(
    "plan",
    [
        f'sessions: [{{on: mon, steps: "{LINE}"}}]',
        "sessions: [{on: mon, steps: '$t @ easy with ${n}x(600 m @ 5k, 90 s)', with: {t: 9 mi, n: 5}}]",
        f'sessions: [{{on: mon, use: b}}]\nblocks: {{b: {{steps: "{LINE}"}}}}',
        f'days: {{week 1: {{mon: "{LINE}"}}}}',
        f"days:\n  2026-11-30: {LINE}",
    ],
)
def test_a_total_is_laid_out_alike_wherever_it_stands(plan):
    result = compile_plan_text(f"plan: P\nstart: 2026-11-30\nweeks: 1\n{plan}\n", athlete=ATHLETE)
    assert result.plan is not None, result.diagnostics
    [session] = result.plan.sessions
    [alone] = compile_line(LINE, athlete=ATHLETE).workouts
    assert session.workout.program.steps == alone.program.steps
