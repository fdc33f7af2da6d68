"""The passes of a plan: read, dated, each session compiled, and down weeks thinned out."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import field, replace
from typing import Final, NamedTuple

from negsplit.athlete.paces import Runner
from negsplit.compile import (
    CompiledWorkout,
    Documents,
    athlete_of,
    compile_prepared,
    parse,
    profile_of,
    runner_of,
    with_text,
)
from negsplit.cures import proved
from negsplit.diagnostics import Diagnostic, Effect, Report, Source, has_errors, in_order, is_sound
from negsplit.document.library import Library, Texts
from negsplit.frozen import dataclass
from negsplit.model import Workout
from negsplit.plan import reader
from negsplit.plan.calendar import Planned
from negsplit.plan.follows import check_overlap, report_fault
from negsplit.plan.model import Plan
from negsplit.plan.runners import RunnerFrom, index_on, runner_on, runners_of
from negsplit.plan.weeks import Week, first_day_of, weeks_of
from negsplit.plan.written import (
    MAX_AT_FAULT,
    Followed,
    PlanRead,
    WrittenPlan,
    WrittenSession,
    WrittenWorkout,
    on_days,
    read_plan,
)
from negsplit.program.captions import cut
from negsplit.program.device import Device
from negsplit.program.lower import title_cut
from negsplit.tree.nodes import Fields
from negsplit.tree.source_lines import short

_MOST_NAMED: Final = 5
"""Weeks named in which a session has the same mistake with other values."""


@dataclass(frozen=True, slots=True)
class CompiledSession:
    """One session on its day; no workout on a day that has none, such as a rest day.

    ``written`` is its workout before any runner's number is in it.
    """

    planned: Planned
    workout: CompiledWorkout | None = None
    written: Workout | None = field(default=None, compare=False, repr=False)

    @property
    def name(self) -> str:
        """What it is called in a calendar."""
        if self.workout:
            return self.workout.program.name.removeprefix(self.planned.label).strip() or self.workout.program.name
        session = self.planned.session
        if session.name or session.text:
            return session.name or session.text
        return session.kind.capitalize()


@dataclass(frozen=True, slots=True)
class CompiledPlan:
    """A plan with its sessions in the order of their days; ``dropped`` are those that down weeks leave out.

    ``runners`` are who runs it from which day on, in order and never none. ``lint`` are the rules that the plan sets
    aside, and why; its workouts have them too. ``followed`` is the plan that was run before it.
    """

    plan: Plan
    runners: tuple[RunnerFrom, ...]
    device: Device
    weeks: tuple[Week, ...]
    sessions: tuple[CompiledSession, ...]
    dropped: tuple[CompiledSession, ...] = ()
    lint: Mapping[str, str] = field(default_factory=dict)
    followed: CompiledPlan | None = None

    @property
    def first_day(self) -> dt.date:
        """The day from which it has sessions."""
        return first_day_of(self.plan, self.weeks)

    @property
    def last_day(self) -> dt.date:
        """The day of its last workout or race."""
        runs = (one.planned for one in self.sessions if one.workout or one.planned.session.kind == "race")
        return max((one.date for one in runs), default=self.weeks[-1].first + dt.timedelta(days=6))

    @property
    def runner(self) -> Runner:
        """Who runs it on its first day."""
        return self.runners[0].runner

    def runner_on(self, day: dt.date) -> Runner:
        """Who runs it on a day."""
        return runner_on(self.runners, day)


@dataclass(frozen=True, slots=True)
class PlanResult:
    """What came of a plan's text; the plan is None where it has errors.

    ``rest`` is the plan all the same where no error is in what it says: its device cannot take some sessions, and
    these have no workout. None too where that would change what a down week leaves out.
    """

    plan: CompiledPlan | None
    diagnostics: tuple[Diagnostic, ...]
    rest: CompiledPlan | None = None

    @property
    def ok(self) -> bool:
        """Whether there was no error."""
        return not has_errors(self.diagnostics)


def athlete_path(documents: Documents) -> tuple[str, Diagnostic | None]:
    """The athlete file that a plan names, relative to it, and what to say where it cannot be used; empty for none."""
    node = documents.nodes[0] if documents.nodes else None
    path = reader.athlete_path(node) if isinstance(node, Fields) else None
    if path is None:
        return "", None
    missing = Diagnostic(
        "no-athlete", f"there is no file `{short(path)}`", path.span, ("name an athlete file beside the plan",)
    )
    return str(path), missing


def compile_plan_text(
    text: str,
    *,
    name: str = "<text>",
    athlete: str | Runner | None = None,
    device: str | Device = "generic",
    files: Mapping[str, str] | None = None,
) -> PlanResult:
    """Compiles a plan given as YAML text: every session on its day, in the order of the days.

    ``athlete`` is a runner, an athlete document, or words such as ``"5 km in 22:30"``; without one it is the file
    that the plan names, if ``files`` has it. ``files`` are the texts that the plan uses, by their paths; ``name`` is
    what messages call the plan. Raises :class:`~negsplit.compile.UnknownDeviceError` only.

        >>> result = compile_plan_text(
        ...     "plan: Easy\\nstart: 2026-11-30\\nweeks: 2\\nsessions: [{on: sun, steps: 30 min @ RPE 3}]"
        ... )
        >>> [(one.planned.key, str(one.planned.date)) for one in result.plan.sessions]
        [('w01-sun', '2026-12-06'), ('w02-sun', '2026-12-13')]
    """
    profile = profile_of(device)
    report = Report()
    documents = parse(Source(name, text))
    texts = files or {}
    path, missing = athlete_path(documents)
    if athlete is None and missing and path in texts:
        runner, found = athlete_of(parse(Source(path, texts[path])))
        report.extend(found)
    else:
        if athlete is None and missing:
            report.extend([missing])
        runner = runner_of(athlete, report)
    result = compile_plan(documents, runner, profile, Texts(texts))
    found_all = (*report.diagnostics, *result.diagnostics)
    plan, rest = (None, None) if report.failed else (result.plan, result.rest)
    return PlanResult(plan, found_all, rest)


def compile_plan(
    documents: Documents,
    runner: Runner | None,
    device: Device,
    library: Library | None = None,
    read: PlanRead | None = None,
) -> PlanResult:
    """Compiles the plan of a text; without a runner (its athlete was at fault) only reports on it.

    ``read`` is the plan where it was read already.
    """
    result = plan_for(read or read_plan(documents, library), runner, device)

    def again(source: Source) -> tuple[Diagnostic, ...]:
        return plan_for(read_plan(*with_text(source, documents, library)), runner, device).diagnostics

    return replace(result, diagnostics=proved(result.diagnostics, again))


def plan_for(read: PlanRead, runner: Runner | None, device: Device) -> PlanResult:
    """A plan as read, compiled for a runner; without one (its athlete was at fault) only reports on it.

    Its cures are not tried: that takes its text.
    """
    report = Report(list(read.diagnostics))
    compiled = _compiled(read.plan, runner, device, report) if read.plan else None
    found = tuple(in_order(report.diagnostics))
    is_rest = compiled is not None and is_sound(found) and not _is_unsure_what_is_dropped(compiled)
    return PlanResult(None if has_errors(found) else compiled, found, compiled if is_rest else None)


def _compiled(written: WrittenPlan, runner: Runner | None, device: Device, report: Report) -> CompiledPlan | None:
    plan = on_days(written.plan)
    if runner is not None and plan.units:
        runner = replace(runner, units=plan.units)
    runners = runners_of(plan, runner, [one.planned for one in written.sessions], report)
    work = _Work(plan, runners, device, report)
    sessions = [work.session(one) for one in written.sessions]
    report.extend(work.said())
    if not any(one.workout for one in sessions) and not report.failed and runner is not None:
        report.warning("empty", "this plan has no workouts", plan.span, "add sessions with `use:` or `steps:`")
    if runner is None:
        return None
    is_same = written.as_planned is written.sessions
    as_planned = sessions if is_same else [work.session(one) for one in written.as_planned]
    keys = {one.planned.key for one in _dropped(plan, as_planned)}
    dropped = tuple(one for one in sessions if one.planned.key in keys and one.workout)
    kept = tuple(one for one in sessions if one.planned.key not in keys)
    compiled = CompiledPlan(plan, runners, device, weeks_of(plan), kept, dropped, written.lint)
    return _with_followed(compiled, written.followed, report) if written.followed else compiled


def _with_followed(plan: CompiledPlan, followed: Followed, report: Report) -> CompiledPlan:
    """A plan with the one that was run before it, compiled for the same runner and for any watch."""
    link, (written, found) = followed
    part = Report(list(found))
    before = _compiled(replace(written, followed=None), plan.runner, profile_of("generic"), part) if written else None
    if before is None or written is None or not is_sound(part.diagnostics):
        report_fault(link, part.diagnostics, report)
        return plan
    check_overlap(link, before.last_day, plan.first_day, report)
    if written.followed:
        before = _with_followed(before, written.followed, report)
    return replace(plan, followed=before)


class _Said(NamedTuple):
    """A mistake as it was found first, all that is said of it, and where the same is said with other words."""

    first: Diagnostic
    messages: set[str]
    also: list[str]


class _Work:
    """Compiles the sessions of one plan; those that differ in their day alone are compiled once for each runner.

    Without ``runners`` it only says what is wrong.
    """

    def __init__(self, plan: Plan, runners: Sequence[RunnerFrom], device: Device, report: Report) -> None:
        self.plan, self.runners, self.device, self.report = plan, runners, device, report
        self._known: dict[tuple[int, int], CompiledWorkout | None] = {}
        self._said: dict[object, _Said] = {}
        self._at_fault = 0

    def session(self, session: WrittenSession) -> CompiledSession:
        """A session with its workout, which has its day in its name and as the day of its making."""
        planned, written = session.planned, session.workout
        if written is None or self._at_fault > MAX_AT_FAULT:
            return CompiledSession(planned)
        index = index_on(self.runners, planned.date)
        known = (id(written), index)
        if known not in self._known:
            self._known[known] = self._compiled(planned, written, self.runners[index].runner if self.runners else None)
        found = self._known[known]
        if found is None or written.workout is None:
            return CompiledSession(planned)
        name = f"{planned.label} {found.program.name}" if written.workout.name else planned.label
        name = cut(name, self.device.workout_name)
        degraded = found.degraded
        if remark := title_cut(name, self.device, planned.session.span):
            once = replace(remark, help=("week and day come first, so you can still tell the sessions apart",))
            self._said.setdefault("title", _Said(once, {remark.message}, []))
            degraded = (*degraded, remark)
        workout = replace(
            found,
            degraded=degraded,
            program=replace(found.program, name=name),
            expanded=replace(found.expanded, name=f"{planned.label} {found.expanded.name}".strip()),
            created=planned.date,
        )
        return CompiledSession(planned, workout, written.workout)

    def _compiled(self, planned: Planned, written: WrittenWorkout, runner: Runner | None) -> CompiledWorkout | None:
        """What is wrong with a workout in a file of its own is told of the plan too."""
        part, prepared = Report(list(written.diagnostics)), written.prepared
        found = compile_prepared(prepared, runner, self.device, part, is_titled=False) if prepared and runner else None
        seen: Counter[object] = Counter()
        for one in part.diagnostics:
            place = (one.code, one.span and (one.span.source.name, one.span.start, one.span.end))
            seen[place] += 1
            self._say(one, (place, seen[place], id(planned.session)), planned)
        self._at_fault += written.weight(part.diagnostics)
        if self._at_fault > MAX_AT_FAULT:
            message = "this plan has so many mistakes that not all of its sessions were read"
            self.report.error("too-many-mistakes", message, self.plan.span, "fix these first")
        return found

    def _say(self, one: Diagnostic, mistake: object, planned: Planned) -> None:
        """A mistake that a session makes with other values too is one; and an athlete is the cure of many at once."""
        is_cured_at_once = one.effect is Effect.ASKS_RUNNER
        located = _Said(self._located(one, planned), {one.message}, [])
        known = self._said.setdefault(one.help if is_cured_at_once else mistake, located)
        if one.message not in known.messages and not is_cured_at_once:
            known.messages.add(one.message)
            known.also.append(f"{one.message}, in {planned.key}")

    def said(self) -> Iterator[Diagnostic]:
        """What is wrong with the workouts, each mistake once."""
        for one, _, also in self._said.values():
            more = f"; and {len(also) - _MOST_NAMED} more" if len(also) > _MOST_NAMED else ""
            yield replace(one, help=(*one.help, f"also {'; '.join(also[:_MOST_NAMED])}{more}")) if also else one

    def _located(self, one: Diagnostic, planned: Planned) -> Diagnostic:
        place = planned.session.span
        values = ", ".join(f"{name}: {short(str(given))}" for name, given in planned.values.items())
        values = f", with {short(values)}" if values else ""
        if one.span is None or place is None or one.span.source is place.source:
            return replace(one, help=(*one.help, f"in {planned.key}{values}")) if values else one
        where = f"used by {planned.key} of the plan, {place.source.name}:{place.line}:{place.column}{values}"
        return replace(one, help=(*one.help, where))


def _dropped(plan: Plan, sessions: Sequence[CompiledSession]) -> list[CompiledSession]:
    """The workouts that down weeks leave out: those marked optional first, else the shortest; never the race."""
    down = plan.down
    if down is None or not down.drop:
        return []
    weeks: dict[Week, list[CompiledSession]] = {}
    for one in sessions:
        if one.planned.week.is_down and one.workout and one.planned.session.kind == "workout":
            weeks.setdefault(one.planned.week, []).append(one)
    found = []
    for week in weeks.values():
        week.sort(key=lambda one: (not one.planned.session.optional, _seconds(one)))
        found += week[: min(down.drop, len(week) - 1)]
    return found


def _is_unsure_what_is_dropped(plan: CompiledPlan) -> bool:
    """Whether a down week that leaves sessions out has one of which nobody knows how long it is."""
    if plan.plan.down is None or not plan.plan.down.drop:
        return False
    unknown = [one.planned for one in plan.sessions if one.workout is None and one.planned.session.body is not None]
    return any(one.home.is_down for one in unknown)


def _seconds(session: CompiledSession) -> float:
    assert session.workout is not None
    time = session.workout.estimate.seconds
    return float("inf") if time is None else time
