"""What the language says of some words: steps, or what is wrong with them."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache, lru_cache
from typing import Final, NamedTuple

from negsplit.athlete.paces import Runner
from negsplit.compile import CompiledWorkout, compile_line, runner_of
from negsplit.diagnostics import Diagnostic, Effect, Fix, Report, Severity, Source, Span, visible
from negsplit.foreign.prose import words
from negsplit.foreign.verdict import SOME_RUNNER
from negsplit.model import Item
from negsplit.phrase import phrases
from negsplit.tree.nodes import Text

MOST_CURES: Final = 3
"""Of one line: behind more nobody knows what was meant."""


class Answer(NamedTuple):
    """The workout that words are, and what is wrong with them that is not the watch's doing."""

    workout: CompiledWorkout | None
    found: tuple[Diagnostic, ...]

    @property
    def errors(self) -> Sequence[Diagnostic]:
        return [one for one in self.found if one.severity is Severity.ERROR]


def cure(error: Diagnostic) -> Fix | None:
    """The first cure of an error that leaves its line one line."""
    return next((fix for fix in error.fixes if not any("\n" in edit.text for edit in fix.edits)), None)


@cache
def _runner() -> Runner:
    runner = runner_of(SOME_RUNNER, Report())
    assert runner is not None
    return runner


@lru_cache(maxsize=1_024)
def answer(text: str) -> Answer:
    """What comes of some lines."""
    if not text.strip():
        return Answer(None, ())
    result = compile_line(text, athlete=_runner())
    wrong = (Severity.ERROR, Severity.WARNING)
    said = [one for one in result.diagnostics if one.severity in wrong and one.effect is not Effect.DEGRADES]
    return Answer(result.workouts[0], tuple(said))


@lru_cache(maxsize=4_096)
def reads(line: str) -> bool:
    """Whether the language understands a line as it stands."""
    report = Report()
    _parsed(line, report)
    return not report.failed and not answer(line).errors


def steps(text: str) -> tuple[Item, ...]:
    """The steps of lines that the language understands; none of others."""
    return _parsed(text, Report()) if answer(text).workout else ()


def _parsed(text: str, report: Report) -> tuple[Item, ...]:
    return phrases.line(Text(text, Span(Source("", text), 0, len(text))), report)


def left_open(piece: str) -> str:
    """A step whose cue is all that is said of it, as long as the one amount in it that is run once, if there is one."""
    said = " ".join(visible(piece).replace('"', "'").replace("\\", "/").split())
    amounts = [] if words.TIMES.search(piece) else re.findall(words.AMOUNT, piece, re.IGNORECASE)
    length = amounts[0] if len(amounts) == 1 and reads(amounts[0]) else "run"
    return f'{length} -- "{said}"'
