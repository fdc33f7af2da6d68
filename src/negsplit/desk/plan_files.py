"""What a compiled plan is as files: one for each workout, and a schedule for the watch."""

from __future__ import annotations

import datetime as dt
from typing import NamedTuple

from negsplit.desk.file_names import SCHEDULE, of_workout
from negsplit.desk.forms import OutputForm
from negsplit.desk.plan_manifest import ManifestEntry
from negsplit.formats.fit.packing import identity
from negsplit.formats.fit.schedule import NOON, Scheduled, encode_schedule
from negsplit.plan.totals import PlanTotals


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
    return PlanFiles(contents, tuple(entries))
