"""What of a plan is no workout, as what an account is to hold: notes for rest and cross-training, and races."""

from __future__ import annotations

from negsplit.account.intervals import notes
from negsplit.account.wanted import Wanted
from negsplit.desk.account_workouts import is_taken_for_a_mark
from negsplit.desk.remarks import remarks
from negsplit.diagnostics import Report
from negsplit.formats.intervals.event import RUN, TYPES
from negsplit.formats.intervals.meaning import prose
from negsplit.plan.compile import CompiledPlan, CompiledSession
from negsplit.preview.plan_words import titled


def wanted_note(plan: CompiledPlan, one: CompiledSession, report: Report) -> Wanted | None:
    """A session that is no workout as it is asked for, and a race that has one as what stands beside it.

    None for a workout; and with an error where what it says could be taken for the mark that it is known by.
    """
    planned, session = one.planned, one.planned.session
    if session.kind == "workout":
        return None
    said = "\n\n".join(remarks(session, session.notes))
    if is_taken_for_a_mark(said, session.span, report):
        return None
    title = titled(planned, one.name)
    if session.kind == "race":
        type = TYPES[one.workout.program.sport] if one.workout else RUN
        known_as = notes.race_key(plan.plan.id, planned.key)
        body = notes.race(priority(plan, one), type, one.name, prose(said))  # of a race the service reads steps
    else:
        known_as, body = notes.note_key(plan.plan.id, planned.key), notes.note(title, said)
    return Wanted(known_as, planned.date, body, f"{planned.label} {title}")


def priority(plan: CompiledPlan, one: CompiledSession) -> notes.Priority:
    """How much a race matters, as coaches say it: A the one that the plan leads up to, C one that may be left out.

    Any other is B: it is raced, and what leads up to it stands in the plan anyway.
    """
    if plan.plan.race is not None and one.planned.date == plan.plan.race.on:
        return "A"
    return "C" if one.planned.session.optional else "B"
