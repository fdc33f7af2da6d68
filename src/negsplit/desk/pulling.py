"""An account's calendar as what a reader of foreign files finds: runs, and the days of all that stands there.

What went there from here comes back as the document that it was made from, where that is at hand and says the same.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any, Final, NamedTuple

from negsplit.account.garmin import content as garmin_content
from negsplit.account.garmin import rewriting
from negsplit.account.intervals import content as intervals_content
from negsplit.account.marker import Key, key
from negsplit.account.pulled import Pulled
from negsplit.compile import CompiledWorkout
from negsplit.desk.account_workouts import wanted
from negsplit.desk.compiler import Compiler
from negsplit.desk.inputs import inputs
from negsplit.diagnostics import Diagnostic, Report, Severity
from negsplit.formats.connect import foreign as connect
from negsplit.formats.foreign import NO_OPTIONS, ForeignSession, ForeignWorkout, Found
from negsplit.formats.foreign_days import Dated, gathered
from negsplit.formats.foreign_file import ForeignFile
from negsplit.formats.intervals import calendar
from negsplit.formats.intervals.read import Settings
from negsplit.program.captions import slug

_Body = dict[str, Any]


class Made(NamedTuple):
    """What a thing in the account was made from: ``body`` is what is sent of it today, without marks."""

    body: _Body
    workout: CompiledWorkout


class Calendar(NamedTuple):
    """What was found, and what each of its workouts is known by that went there from here."""

    found: Found
    keys: tuple[Key | None, ...]


def made_from(compiler: Compiler, paths: Sequence[Path], report: Report) -> dict[Key, Made]:
    """The workouts and plans in some files by what an account knows them by; what is wrong with one is reported."""
    items, problems = inputs(paths)
    report.extend(problems)
    made: dict[Key, Made] = {}
    for item in items:
        found = compiler.file(item, "plan", "workout")
        report.extend(found.diagnostics)
        plan = found.rest
        for one in plan.sessions if plan is not None else ():
            if plan is not None and one.workout is not None:
                _add(made, key(plan.plan.id, one.planned.key), one.workout)
        for workout in found.workouts:
            if workout is not None:
                _add(made, key("", workout.expanded.id or slug(workout.program.name)), workout)
    return made


def _add(made: dict[Key, Made], known_as: Key, workout: CompiledWorkout) -> None:
    asked = wanted(workout, known_as, None, Report())
    if asked is not None:
        made[known_as] = Made(asked.body, workout)


# --- Each account ------------------------------------------------------------------------------


class _Account(NamedTuple):
    """How an account says what it holds: ``read`` something of its calendar, and what stands for what it says.

    ``differences`` are in a runner's words: between what is sent of a workout and what is kept.
    """

    site: str
    read: Callable[[Pulled], Dated]
    content_hash: Callable[[_Body], str]
    differences: Callable[[Made, _Body], tuple[str, ...]]


def of_garmin(pulled: Iterable[Pulled], made: Mapping[Key, Made], name: str) -> Calendar:
    """The calendar of a Garmin account; ``name`` is what the plan is called."""
    account = _Account("Garmin Connect", _of_garmin, garmin_content.content_hash, _kept_by_garmin)
    return _calendar(account, pulled, made, name)


def of_intervals(pulled: Sequence[Pulled], made: Mapping[Key, Made], name: str, lthr: int | None) -> Calendar:
    """The calendar of intervals.icu. ``lthr`` is its threshold heart rate, of which beats are sent as shares."""

    def read(one: Pulled) -> Dated:
        settings = Settings(lthr=lthr) if one.key is not None and not one.is_edited else None
        return replace(calendar.of_event(one.body, NO_OPTIONS, settings=settings), day=one.day)

    account = _Account("intervals.icu", read, intervals_content.content_hash, _kept_by_intervals)
    found, keys = _calendar(account, pulled, made, name)
    unread = calendar.unread(account.site, [one.body for one in pulled])
    return Calendar(replace(found, messages=(*unread, *found.messages)), keys)


def _of_garmin(one: Pulled) -> Dated:
    file = ForeignFile(one.name, json.dumps(one.body).encode())
    (found,) = connect.READER.read([file], NO_OPTIONS).workouts
    said = tuple(replace(it, message=f"`{one.name}`: {it.message}", span=None) for it in found.messages)
    workout = replace(found, messages=said, span=None)
    kind: Final = "cross" if workout.sport and workout.meaning is None else "workout"
    return Dated(one.day, (ForeignSession(kind, one.name),), workout)


def _kept_by_garmin(made: Made, kept: _Body) -> tuple[str, ...]:
    return rewriting.differences(made.body, kept)


def _kept_by_intervals(made: Made, kept: _Body) -> tuple[str, ...]:
    """Step by step, as far as the service says how it reads it; else that its text is another."""
    misread = made.workout.intervals_misread(kept)
    others = intervals_content.differences(made.body, kept)
    return (*misread, *(one for one in others if not misread or one != intervals_content.TEXT))


# --- What is the same for each -----------------------------------------------------------------


def _calendar(account: _Account, pulled: Iterable[Pulled], made: Mapping[Key, Made], name: str) -> Calendar:
    things = [(one, _thing(account, one, made)) for one in pulled]
    keys = tuple(one.key for one, thing in things if thing.workout is not None)
    return Calendar(gathered((thing for _, thing in things), name), keys)


def _thing(account: _Account, one: Pulled, made: Mapping[Key, Made]) -> Dated:
    if one.unread:
        why = f"`{one.name}` cannot be read: {one.unread}"
        fault = Diagnostic("account-unclear", why, None, ("run this again",))
        return Dated(one.day, (ForeignSession("note", one.name),), messages=(fault,))
    if one.kind == "other":
        return Dated(one.day, (), messages=(_note(f"`{one.name}` is left out: no plan has such things"),))
    if one.kind != "workout":
        return Dated(one.day, (ForeignSession(one.kind, one.name),))
    known = made.get(one.key) if one.key is not None else None
    if known is not None and account.content_hash(known.body) == account.content_hash(one.body):
        return Dated(one.day, (ForeignSession("workout", one.name),), _as_made(one, known))
    thing = account.read(one)
    said = (*thing.messages, *_edits(account, one, known))
    return replace(thing, workout=thing.workout and _with_id(thing.workout, one), messages=said)


def _with_id(workout: ForeignWorkout, one: Pulled) -> ForeignWorkout:
    """As an upload finds it again: by its name, else by its own ``id``. What is of a plan is found by its day there."""
    is_alone = one.key is not None and not one.key.plan and one.key.slot != slug(one.name)
    return replace(workout, id=one.key.slot) if is_alone and one.key else workout


def _as_made(one: Pulled, known: Made) -> ForeignWorkout:
    return ForeignWorkout(one.name, known.workout.expanded)


def _edits(account: _Account, one: Pulled, known: Made | None) -> tuple[Diagnostic, ...]:
    """What the account has otherwise than it was sent, and what otherwise than it is sent today."""
    if one.key is None or not (one.is_edited or known):
        return ()
    if known is None:
        return (_note(f"`{one.name}` was changed on the web", "name the file it was made from to see in which step"),)
    others = "; ".join(account.differences(known, one.body)) or "in a way that nobody can say"
    if one.is_edited:
        return (_note(f"`{one.name}` was changed on the web: {others}"),)
    return (_note(f"`{one.name}` is in the account as it was before your file changed: {others}"),)


def _note(message: str, *help: str) -> Diagnostic:
    return Diagnostic("differs", message, None, help, Severity.NOTE)
