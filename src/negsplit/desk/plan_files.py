"""What a compiled plan is as files: one for each workout, a schedule for the watch, a calendar for the phone."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from negsplit.compile import CompiledWorkout
from negsplit.desk.file_names import CALENDAR, SCHEDULE, of_workout
from negsplit.desk.forms import OutputForm
from negsplit.desk.plan_manifest import ManifestEntry
from negsplit.desk.remarks import remarks
from negsplit.formats.fit.packing import identity
from negsplit.formats.fit.schedule import NOON, Scheduled, encode_schedule
from negsplit.formats.ics import Event, calendar
from negsplit.plan.model import Plan
from negsplit.plan.totals import PlanTotals, SessionTotals
from negsplit.plan.weeks import weeks_of
from negsplit.preview.plan_words import title
from negsplit.preview.text import length_text, role_text, target_texts, times_text, words_text
from negsplit.preview.text import totals as totals_line
from negsplit.program.model import Jump, Program
from negsplit.program.outline import in_order
from negsplit.units import PaceUnit


class PlanFiles(NamedTuple):
    """The content of each file by its name, and what the manifest says of those with a workout."""

    contents: dict[str, bytes]
    entries: tuple[ManifestEntry, ...]


def plan_files(plan: PlanTotals, form: OutputForm) -> PlanFiles:
    """The files of the weeks in hand; the same plan gives the same bytes.

    For an account there is no schedule: it has a calendar of its own to schedule them in.
    """
    contents: dict[str, bytes] = {}
    entries: list[ManifestEntry] = []
    scheduled: list[Scheduled] = []
    for one in plan.sessions:
        if one.workout is None:
            continue
        data, day = form.encode(one.workout), one.planned.date
        known = identity(data) if form.is_for_watches else None
        name, serial_number = of_workout(day, one.key, form), known and known.serial_number
        entry = ManifestEntry(name, one.key, day.isoformat(), one.workout.program.name, serial_number)
        contents[name] = data
        entries.append(entry)
        if known is not None:
            scheduled.append(Scheduled(known, dt.datetime.combine(day, one.planned.session.time or NOON)))
    if scheduled:
        contents[SCHEDULE] = encode_schedule(sorted(scheduled, key=lambda one: one.when))
    contents[CALENDAR] = _calendar(plan)
    return PlanFiles(contents, tuple(entries))


def _calendar(plan: PlanTotals) -> bytes:
    events = [_event(plan.plan, one, plan.unit) for one in plan.sessions]
    return calendar(plan.plan.name, events, first_day(plan.plan), plan.plan.notes)


def first_day(plan: Plan) -> dt.date:
    """The day a plan begins on, also where only some of its weeks are in hand."""
    return plan.start or weeks_of(plan)[0].first


def _event(plan: Plan, one: SessionTotals, unit: PaceUnit) -> Event:
    session, workout = one.planned.session, one.workout
    timed = session.time if session.kind == "workout" else None
    return Event(
        uid=f"{plan.id}-{one.key}@negsplit",
        day=one.planned.date,
        summary=title(one, unit),
        description="\n\n".join(_description(one, workout, unit)),
        categories=session.tags,
        time=timed,
        seconds=None if one.seconds is None or one.is_short else round(one.seconds),
    )


def _description(one: SessionTotals, workout: CompiledWorkout | None, unit: PaceUnit) -> Iterator[str]:
    """Remarks, steps and totals."""
    session = one.planned.session
    yield from remarks(session, session.notes or (workout.program.notes if workout else ""))
    if workout:
        yield "\n".join(step_lines(workout.program, unit))
        yield totals_line(workout.program, workout.estimate, unit)


def step_lines(program: Program, unit: PaceUnit) -> Sequence[str]:
    """The steps in words, one a line, those of a repeat behind dashes: calendars show letters of any width."""
    lines = []
    for depth, _, step in in_order(program):
        if isinstance(step, Jump):
            text = times_text(step)
        else:
            targets = [target for target in target_texts(step, unit) if target != "open"]
            text = " ".join([role_text(step), length_text(step.length), *targets])
            words = words_text(step, unit)
            text += f" ({words})" if words else ""
        lines.append(f"{'- ' * depth}{text}")
    return lines
