"""Makes a plan for a runner and has a coach look at it before anybody sees it; refuses with what would do instead."""

from __future__ import annotations

import textwrap
from collections.abc import Iterable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import Final, NamedTuple

from negsplit.athlete.paces import Runner
from negsplit.check import Marked, plan_findings
from negsplit.check.rules.races import far_goal
from negsplit.compile import parse
from negsplit.desk.compiler import Compiler
from negsplit.diagnostics import Severity, Source
from negsplit.plan.make import enough
from negsplit.plan.make.gauge import Gauge, gauge
from negsplit.plan.make.text import plan_text
from negsplit.plan.make.wish import Instead, Refusal, Wish
from negsplit.plan.totals import PlanTotals, totals

_MOST_TRIED, _MOST_OFFERED = 16, 3
"""Plans made in the search for those that would do, and how many of them are offered. A plan takes a tenth of a second
to make and to look at; the search is bounded by its tries, not by time, so that its answer is the same everywhere."""

_WIDTH: Final = 110
_BY_TIME: Final = frozenset(("first-5k", "return"))
"""Kinds whose plans are written by time whoever runs them."""


class Made(NamedTuple):
    """A plan as the text of its file, what it comes to, and the warnings that are left where those are taken.

    ``is_by_time`` says that its runs are minutes, not kilometres or miles, ``against`` what is against its wish,
    ``goal`` that its goal is far away.
    """

    wish: Wish
    text: str
    totals: PlanTotals
    warnings: tuple[Marked, ...] = ()
    is_by_time: bool = False
    against: str = ""
    goal: str = ""


class Maker:
    """Makes plans for the runner of a file. ``compiler`` is asked about each as if it lay at ``path``."""

    def __init__(self, compiler: Compiler, path: Path, runner: Runner) -> None:
        self.compiler, self.path, self.runner = compiler, path, runner
        self._tried = 0

    def made(self, wish: Wish, spare_weeks: int = 0) -> Made | Refusal:
        """The plan of a wish without a warning, else why there is none.

        Where nobody said how many weeks it has, it may begin up to ``spare_weeks`` earlier.
        """
        measured = gauge(wish, self.runner)
        if refused := enough.refusal(wish, measured):
            return replace(refused, instead=tuple(self._granted(self._further(refused.instead))))
        found = self._written(wish)
        first, longer = found, (replace(wish, weeks=wish.weeks + more) for more in range(1, spare_weeks + 1))
        for other in longer:
            if not found.warnings or self._tried >= _MOST_TRIED:
                break
            found = self._written(other)
        if not found.warnings:
            return found
        return Refusal(_left(first), tuple(self._granted(_near(wish, measured))))

    def anyway(self, wish: Wish) -> Made | Refusal:
        """The plan of a wish whatever is against it, unless nothing can be made of it."""
        refused = enough.refusal(wish, gauge(wish, self.runner))
        if refused and refused.is_final:
            return self.made(wish)
        return self._written(wish)._replace(against=refused.message if refused else "")

    def _written(self, wish: Wish) -> Made:
        self._tried += 1
        text = plan_text(wish, self.runner)
        compiled = self.compiler.documents(parse(Source(str(self.path), text)), self.path, "plan")
        assert compiled.plan is not None, compiled.diagnostics
        found = totals(compiled.plan)
        marked = plan_findings(found)
        warnings = [one for one in marked if one.finding.severity is Severity.WARNING]
        goal = next((one.finding.message for one in marked if one.rule.find is far_goal), "")
        is_by_time = wish.kind in _BY_TIME or gauge(wish, self.runner).unit == "min"
        return Made(wish, text, found, tuple(warnings), is_by_time, goal=goal)

    def _further(self, some: Iterable[Instead]) -> Iterator[Instead]:
        """Some wishes, and behind each that is refused itself what would do in its place."""
        for one in some:
            yield one
            if refused := enough.refusal(one.wish, gauge(one.wish, self.runner)):
                yield from refused.instead

    def _granted(self, some: Iterable[Instead]) -> Iterator[Instead]:
        """Those of some wishes that would be granted, one of each kind of plan."""
        kinds: list[str] = []
        for one in some:
            if len(kinds) == _MOST_OFFERED or self._tried >= _MOST_TRIED:
                return
            if one.wish.kind not in kinds and self._is_granted(one.wish):
                kinds.append(one.wish.kind)
                yield one

    def _is_granted(self, wish: Wish) -> bool:
        is_refused = enough.refusal(wish, gauge(wish, self.runner)) is not None
        return not is_refused and not self._written(wish).warnings


def _left(made: Made) -> str:
    """What a coach would stop, of a plan that was made."""
    first = made.warnings[0]
    more = f", and {len(made.warnings) - 1} more" if len(made.warnings) > 1 else ""
    return f"a coach would stop this plan: {first.finding.message} ({first.rule.code}){more}"


def _near(wish: Wish, measured: Gauge) -> Iterator[Instead]:
    """Wishes near one that nothing but a coach's rules is against: other weeks, other runs, by feel."""
    yield from _with_weeks(wish, (-1, -2) if wish.race else (-1, 1, 2), measured)
    for runs in (wish.runs - 1, wish.runs + 1):
        if enough.FEWEST_RUNS <= runs <= enough.MOST_RUNS:
            yield Instead(f"with {runs} runs a week", replace(wish, runs=runs, days=None))
    if wish.days:
        yield Instead("on the usual days", replace(wish, days=None))
    if wish.goal:
        yield Instead("without a goal", replace(wish, goal=None))
    if not wish.by_feel:
        yield Instead("by feel, without paces", replace(wish, by_feel=True))
    yield from _with_weeks(wish, (1, 2) if wish.race else (), measured)
    yield from enough.others(wish, measured)


def _with_weeks(wish: Wish, more: Iterable[int], measured: Gauge) -> Iterator[Instead]:
    """The same with some weeks more or fewer; up to a race it begins earlier or later."""
    needed = enough.weeks_needed(wish, measured)
    for weeks in (wish.weeks + one for one in more):
        if needed <= weeks <= enough.MOST_WEEKS:
            other = replace(wish, weeks=weeks)
            yield Instead(f"in {weeks} weeks, from {enough.first_day(other)} on", other)


# --- Warnings as comments ------------------------------------------------------------------------


def commented(made: Made) -> str:
    """The text of a plan with all that is against it as comments: each warning where it stands, the rest on top."""
    lines = made.text.splitlines()
    said = [(one.finding.span.line - 1 if one.finding.span else 0, _words(one)) for one in made.warnings]
    said += [(0, made.against)] if made.against else []
    for place, words in sorted(said, reverse=True):
        indent = lines[place][: len(lines[place]) - len(lines[place].lstrip())]
        lines[place:place] = textwrap.wrap(words, _WIDTH, initial_indent=f"{indent}# ", subsequent_indent=f"{indent}# ")
    return "\n".join(lines) + "\n"


def _words(one: Marked) -> str:
    return f"{one.rule.code}: {one.finding.message}"
