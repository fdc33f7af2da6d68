"""Lines as people write them: each is what was meant, or has a cure that makes it that.

The texts and their meanings are in ``as_written.txt``, which says where they come from. Steps are compared in the FIT
files that they become, so that another way to say the same is the same. Four of five must compile as they are, not
counting the slips, which must not.
"""

import re
import textwrap
from pathlib import Path
from typing import NamedTuple

import pytest

from negsplit import Result, compile_line, compile_text
from negsplit.compile import parse, runner_of
from negsplit.cures import applied
from negsplit.diagnostics import Diagnostic, Report, Severity, Source
from negsplit.phrase.bare_targets import CERTAIN
from negsplit.plan.compile import PlanResult, compile_plan
from negsplit.program.watch_models import choose

ATHLETE = "5 km in 22:30"
MOST_CURES = 6
"""How many mistakes one line may hold, each with its own cure."""
_DAY = re.compile(r"(?:mon|tue|wed|thu|fri|sat|sun): ")


class Case(NamedTuple):
    text: str
    sign: str
    meaning: str
    is_slip: bool


def _cases() -> list[Case]:
    blocks = Path(__file__).with_name("as_written.txt").read_text("utf-8").split("\n\n")[2:]
    cases, is_slip = [], False
    for block in blocks:
        if block.startswith("#"):
            is_slip = is_slip or block.startswith("## Slips")
            continue
        text, sign, meaning = re.split(r"^([=>]) ", block.rstrip("\n"), maxsplit=1, flags=re.MULTILINE)
        cases.append(Case(text.rstrip("\n"), sign, textwrap.dedent(f"  {meaning}"), is_slip))
    return cases


CASES = _cases()


def document(text: str) -> str:
    """The document that a text is part of, with the text at its end; the text itself if it is a line."""
    if text.startswith("- "):
        return f"workout: W\nsteps:\n{text}"
    if _DAY.match(text):
        return f"plan: P\nstart: 2026-11-30\nweeks: 1\ndays:\n  week 1:\n    {text}"
    return text


def compiled(text: str) -> Result | PlanResult:
    if text.startswith("workout:"):
        return compile_text(text, name="text", athlete=ATHLETE)
    if text.startswith("plan:"):
        runner = runner_of(ATHLETE, Report())
        return compile_plan(parse(Source("text", text)), runner, choose("generic").device)
    return compile_line(text, title="W", athlete=ATHLETE)


def errors(result: Result | PlanResult) -> list[Diagnostic]:
    return [one for one in result.diagnostics if one.severity is Severity.ERROR]


def meaning(result: Result | PlanResult) -> object:
    """What comes of a text: the bytes of its workouts, or what its plan has on its days."""
    if isinstance(result, Result):
        return [workout.fit() for workout in result.workouts if workout]
    assert result.plan
    return [
        (one.planned.session.kind, one.planned.session.text, one.workout and one.workout.fit())
        for one in result.plan.sessions
    ]


def cured(text: str) -> str:
    """A text with the first cure of its first error made, until there is none."""
    for _ in range(MOST_CURES):
        found = errors(compiled(text))
        if not found:
            return text
        fix = next((one.fixes[0] for one in found if one.fixes), None)
        assert fix, f"{text!r} has no cure: {[(one.message, one.help) for one in found]}"
        text = applied(text, fix.edits)
    raise AssertionError(f"{text!r} is still at fault")


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.text.partition("\n")[0])
def test_it_is_what_was_meant_or_a_cure_makes_it_that(case: Case) -> None:
    text, meant = document(case.text), document(case.meaning)
    found = errors(compiled(text))
    assert bool(found) == (case.sign == ">"), [(one.message, one.help) for one in found]
    if found:
        assert cured(text) == meant
    assert not errors(compiled(meant))
    if not found:
        assert meaning(compiled(text)) == meaning(compiled(meant))


def test_four_of_five_compile_as_they_are() -> None:
    written = [case for case in CASES if not case.is_slip]
    assert len(CASES) >= 150
    assert sum(case.sign == "=" for case in written) >= 0.8 * len(written)
    assert all(case.sign == ">" for case in CASES if case.is_slip)


def test_every_pace_that_needs_no_sign_is_known() -> None:
    for name in CERTAIN:
        assert not errors(compiled(f"10 min {name}"))
        assert meaning(compiled(f"10 min {name}")) == meaning(compiled(f"10 min @ {name}"))
