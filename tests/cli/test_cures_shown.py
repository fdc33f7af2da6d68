"""Whatever command says what is wrong: a cure that would not work where it stands is not among what it says."""

import pytest

from negsplit.diagnostics import Span

FAST = ("--athlete", "5 km in 22:30")
STEPS = "  - 20 min @ esay\n"
WORKOUT = f"workout: X\nsteps:\n{STEPS}"
PLAN = "plan: P\nstart: 2026-11-30\nweeks: 1\nsessions:\n  - {on: mon, steps: 20 min @ esay}\n"
USES = "workout: Y\nsteps:\n  - use: base.workout.yaml\n"
SPELT, MISSED = "did you mean `easy`?", "did you mean `nowhere`?"


@pytest.mark.parametrize(
    "command",
    [
        ("check", "x.workout.yaml"),
        ("check", "x.workout.yaml", "--format", "json"),
        ("check", "x.workout.yaml", "--format", "github"),
        ("check", "-e", "20 min @ esay"),
        ("check", "--stdin"),
        ("check", "y.workout.yaml"),
        ("compile", "x.workout.yaml"),
        ("compile", "y.workout.yaml"),
        ("compile", "p.plan.yaml", "-o", "out"),
        ("show", "x.workout.yaml", "-o", "x.html"),
        ("show", "-e", "20 min @ esay"),
        ("plan", "show", "p.plan.yaml", "-o", "p.html"),
        ("plan", "show", "p.plan.yaml", "--format", "json"),
        ("upload", "x.workout.yaml"),
        ("sync", "p.plan.yaml"),
    ],
    ids=" ".join,
)
def test_a_cure_that_fails_is_said_by_no_command(write, cli, monkeypatch, command):
    """The near name is taken for one that does not exist: in the file itself, and in one that it uses."""
    _says_only_what_works(write, cli, monkeypatch, command)


def test_nor_where_workouts_go_to_a_watch(write, cli, monkeypatch, watch):
    _says_only_what_works(write, cli, monkeypatch, ("watch", "copy", "x.workout.yaml"))


def _says_only_what_works(write, cli, monkeypatch, command):
    write("x.workout.yaml", WORKOUT)
    write("y.workout.yaml", USES)
    write("base.workout.yaml", WORKOUT)
    write("p.plan.yaml", PLAN)
    good = cli(*command, *FAST, stdin=WORKOUT.encode())
    assert SPELT in good.out + good.err
    monkeypatch.setattr("negsplit.diagnostics.did_you_mean", lambda *_: "nowhere")
    bad = cli(*command, *FAST, stdin=WORKOUT.encode())
    assert "unknown-name" in bad.out + bad.err
    assert MISSED not in bad.out + bad.err


@pytest.mark.parametrize(
    "command",
    [
        ("check", "x.workout.yaml", "-v"),
        ("check", "-e", "10 min @ easy, 20 min @ threshold", "-v"),
        ("check", "--stdin", "-v"),
        ("check", "p.plan.yaml", "--format", "json"),
        ("plan", "show", "p.plan.yaml", "-v"),
        ("plan", "show", "p.plan.yaml", "--format", "json"),
        ("plan", "show", "p.plan.yaml", "--format", "html", "-v"),
    ],
    ids=" ".join,
)
def test_a_cure_of_a_rule_that_fails_is_said_by_no_command(write, cli, monkeypatch, command):
    workout = "workout: X\nsteps:\n  - 10 min @ easy, 20 min @ threshold\n"
    write("x.workout.yaml", workout)
    write("p.plan.yaml", PLAN.replace("20 min @ esay", '"10 min @ easy, 20 min @ threshold"'))
    good = cli(*command, *FAST, stdin=workout.encode())
    assert "end with `cooldown 5 min`" in good.out + good.err

    def wrong(workout, last):
        span = last.step.written.span
        return Span(span.source, span.end, span.end).cure("end at once", "", ", at once")

    monkeypatch.setattr("negsplit.check.rules.hard_running._cooled_down", wrong)
    bad = cli(*command, *FAST, stdin=workout.encode())
    assert "S-COOL" in bad.out + bad.err
    assert "end at once" not in bad.out + bad.err
