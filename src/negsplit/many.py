"""One plan, or some workouts, for many runners: read once, compiled for each, in as many processes as there are."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import TYPE_CHECKING

from negsplit.athlete.paces import Runner
from negsplit.compile import (
    CompiledWorkout,
    WorkoutsRead,
    compile_documents,
    parse,
    profile_of,
    read_workouts,
    runner_of,
    with_text,
    workouts_for,
)
from negsplit.cures import proved
from negsplit.diagnostics import Diagnostic, Report, Source, has_errors
from negsplit.document.library import Texts
from negsplit.frozen import dataclass
from negsplit.plan.compile import compile_plan, plan_for
from negsplit.plan.written import PlanRead, read_plan
from negsplit.program.device import Device
from negsplit.spread import CHUNK, spread

if TYPE_CHECKING:
    from concurrent.futures import Executor


@dataclass(frozen=True, slots=True)
class WorkoutFile:
    """A workout as the bytes of a FIT file, which were checked. ``key`` and ``day`` are those of a plan's session."""

    name: str
    fit: bytes
    key: str = ""
    day: dt.date | None = None


@dataclass(frozen=True, slots=True)
class RunnerResult:
    """What came of a text for one runner.

    ``workouts`` stand in the order of the text, None for one at fault, or in the order of a plan's days; a plan with an
    error has none. ``name`` is the runner's, empty where words describe nobody by name.
    """

    name: str
    workouts: tuple[WorkoutFile | None, ...]
    diagnostics: tuple[Diagnostic, ...]

    @property
    def ok(self) -> bool:
        """Whether there was no error."""
        return not has_errors(self.diagnostics)


def compile_many(
    text: str,
    runners: Iterable[str | Runner],
    *,
    name: str = "<text>",
    device: str | Device = "generic",
    files: Mapping[str, str] | None = None,
    executor: Executor | None = None,
    chunk: int = CHUNK,
    ahead: int | None = None,
) -> Iterator[RunnerResult]:
    """Compiles the plan, or the workouts, of a YAML text for many runners; yields a result for each, in their order.

    The text is read once. ``runners`` are drawn as they are needed: each a runner, an athlete document, or words such
    as ``"5 km in 22:30"``; who has mistakes in there gets a result with errors, and stops nobody else. ``name``,
    ``device`` and ``files`` are those of :func:`~negsplit.compile_text`.

    Any ``executor`` of :mod:`concurrent.futures` does the work, Dask's ``Client.get_executor()`` too, and gives the
    same bytes as none does; ``chunk`` and ``ahead`` are those of :func:`~negsplit.spread.spread`: for a cluster let
    more chunks be ahead than it has workers. Raises :class:`~negsplit.compile.UnknownDeviceError`, at once.

        >>> easy = "workout: Tempo\\nsteps: [20 min @ easy, 20 min @ threshold]"
        >>> group = ["5 km in 22:30", "10 km in 1:02:00", "threshold 4:40/km"]
        >>> [len(one.workouts[0].fit) for one in compile_many(easy, group)]
        [204, 204, 204]
    """
    found = parse(Source(name, text))
    texts = dict(files or {})
    library = Texts(texts)
    read = read_plan(found, library) if found.kind == "plan" else read_workouts(found, library)
    shared = _Shared(read, profile_of(device), name, text, texts)
    return spread(_for_runner, shared, runners, executor, chunk=chunk, ahead=ahead)


@dataclass(frozen=True, slots=True)
class _Shared:
    """What all runners have in common: a text as read, and the text itself, for cures are tried in it."""

    read: PlanRead | WorkoutsRead
    device: Device
    name: str
    text: str
    files: Mapping[str, str]

    def trial(self, runner: Runner | None) -> Callable[[Source], tuple[Diagnostic, ...]]:
        """What is wrong for a runner with another text in the place of the one of its name."""

        def again(source: Source) -> tuple[Diagnostic, ...]:
            documents, library = with_text(source, parse(Source(self.name, self.text)), Texts(self.files))
            compiled = compile_plan if isinstance(self.read, PlanRead) else compile_documents
            return compiled(documents, runner, self.device, library).diagnostics

        return again


def _for_runner(shared: _Shared, athlete: str | Runner) -> RunnerResult:
    report = Report()
    runner = runner_of(athlete, report)
    files: tuple[WorkoutFile | None, ...]
    if isinstance(shared.read, PlanRead):
        plan = plan_for(shared.read, runner, shared.device)
        found = plan.diagnostics
        days = plan.plan.sessions if plan.plan else ()
        files = tuple(_file(one.workout, one.planned.key, one.planned.date) for one in days if one.workout)
    else:
        result = workouts_for(shared.read, runner, shared.device)
        found = result.diagnostics
        files = tuple(_file(one) if one else None for one in result.workouts)
    name = runner.name if runner else ""
    return RunnerResult(name, files, (*report.diagnostics, *proved(found, shared.trial(runner))))


def _file(workout: CompiledWorkout, key: str = "", day: dt.date | None = None) -> WorkoutFile:
    return WorkoutFile(workout.program.name, workout.fit(), key, day)
