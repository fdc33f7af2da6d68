"""What stands in the calendar of intervals.icu, in the words of its events: workouts, notes, races, other sports.

People hold such events as JSON: one, a list, or ``{"events": [...]}``, with all the fields of the service or only those
that are sent to it.
"""

from __future__ import annotations

import datetime as dt
import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from pathlib import PurePath
from typing import Any, Final

from negsplit.diagnostics import Diagnostic, Report, Severity, Source, Span, in_order
from negsplit.formats.foreign import ForeignOptions, ForeignSession, ForeignWorkout, Found
from negsplit.formats.foreign_days import Dated, gathered
from negsplit.formats.foreign_file import ForeignFile
from negsplit.formats.intervals import doc, escaped
from negsplit.formats.intervals.compare import between
from negsplit.formats.intervals.doc import DocPart
from negsplit.formats.intervals.event import TYPES
from negsplit.formats.intervals.parse import Parsed, parse
from negsplit.formats.intervals.read import Settings, in_numbers
from negsplit.formats.intervals.workout import items
from negsplit.formats.json_fields import Object, number, text
from negsplit.formats.json_places import Path, Values, json_values
from negsplit.model import Sport, Workout
from negsplit.program.model import Program
from negsplit.units import Duration

_SPORTS: Final = {type: sport for sport, type in reversed(TYPES.items())}
_REST: Final = re.compile(r"(?:rest|off)(?: day)?|day off", re.IGNORECASE)
"""What people call a day without training."""
_NOTED: Final = {"NOTE": "", "HOLIDAY": "Holiday", "SICK": "Sick", "INJURED": "Injured"}
"""What is a note in a plan, and what its name does not say."""
_RACES: Final = frozenset(("RACE_A", "RACE_B", "RACE_C"))
WORKOUT: Final = "WORKOUT"
_TEXTS: Final = ("description", "workout_doc")
_ABOUT: Final = ("start_date_local", "category", "type")
_READ: Final = frozenset(
    ("category", "type", "name", "description", "workout_doc", "start_date_local", "end_date_local", "indoor")
)
_COMPUTED: Final = frozenset(
    (
        *("id", "uid", "external_id", "calendar_id", "athlete_id", "oauth_client_id", "created_by_id"),
        *("shared_event_id", "created", "updated", "icu_training_load", "icu_intensity", "icu_atl"),
        *("icu_ctl", "icu_ftp", "ss_p_max", "ss_w_prime", "ss_cp", "w_prime", "p_max", "atl_days"),
        *("ctl_days", "joules", "joules_above_ftp", "strain_score", "carbs_used", "moving_time", "distance"),
        *("paired_activity_id", "push_errors", "entered", "plan_athlete_id", "plan_folder_id"),
        *("plan_workout_id", "plan_applied", "athlete_cannot_edit", "hide_from_athlete", "for_week"),
        *("structure_read_only", "not_on_fitness_chart", "show_as_note", "show_on_ctl_line", "color"),
        *("target", "sub_type", "attachments"),
    )
)
"""What the service reckons by itself, whose an event is and how it is shown: nothing that anybody runs by."""


def has_events(file: ForeignFile) -> bool:
    """Whether a file is JSON with events, by the words in it; those of a Garmin account have others."""
    words = file.source.text
    if not words.lstrip().startswith(("{", "[")) or '"sportType"' in words:
        return False
    return any(f'"{one}"' in words for one in _TEXTS) and any(f'"{one}"' in words for one in _ABOUT)


def of_json(file: ForeignFile, options: ForeignOptions) -> Found:
    """All events of a file, and their days where they have some."""
    report = Report()
    values = json_values(file.source, report)
    if values is None:
        return Found((), messages=tuple(report.diagnostics))
    events = list(_events(values.top, ()))
    _say_what_is_around(values, {path[0] for path, _ in events if path}, report)
    if not events:
        help = "an event is an object with a `category`, a `type` and a `name`"
        report.error("refused", f"`{file.name}` has no events", None, help)
    things = [_placed(values, path, one, options) for path, one in events]
    report.extend(unread(file.name, [one for _, one in events]))
    return gathered(things, PurePath(file.name).name.partition(".")[0], report.diagnostics)


def _say_what_is_around(values: Values, used: set[str | int], report: Report) -> None:
    """A note on what stands beside events, and is none."""
    around: Iterable[str | int] = range(len(values.top)) if isinstance(values.top, list) else values.top if used else ()
    for key in around:
        if key not in used:
            report.note("left-out", "this is no event: it is left out", values.span((key,)))


def _events(top: Any, path: Path) -> Iterator[tuple[Path, Object]]:
    """The top, or the members of a list, at the top or below a key."""
    if isinstance(top, list):
        yield from (((*path, number), one) for number, one in enumerate(top) if isinstance(one, dict))
    elif isinstance(top, dict) and {"name", "description", "category"} & top.keys():
        yield path, top
    elif isinstance(top, dict):
        for key in ("events", "workouts"):
            yield from _events(top[key], (*path, key)) if isinstance(top.get(key), list) else ()


def _placed(values: Values, path: Path, event: Object, options: ForeignOptions) -> Dated:
    thing = of_event(event, options, values.span((*path, "description")))
    at = values.span((*path, "name"))
    return replace(thing, workout=thing.workout and replace(thing.workout, span=at))


def unread(where: str, events: Sequence[Object]) -> Iterator[Diagnostic]:
    """What of all events is not used, each field once, with how many have it."""
    unknown = Counter(name for one in events for name, value in one.items() if value and name not in _READ | _COMPUTED)
    for name, many in unknown.items():
        message = f"{where}: `{name}` is left out, of {many} event{'s' * (many > 1)}"
        yield Diagnostic("left-out", message, severity=Severity.NOTE)
    times = sum(text(one, "start_date_local")[11:16] not in ("", "00:00") for one in events)
    if times:
        message = f"{where}: the time of day is left out, of {times} event{'s' * (times > 1)}"
        yield Diagnostic("left-out", message, severity=Severity.NOTE)
    for one in events:
        if (written := text(one, "start_date_local")) and _day(one) is None:
            message = f"{where}: `{written[:10]}` is no date: `{text(one, 'name')}` is on no day"
            yield Diagnostic("left-out", message, severity=Severity.NOTE)


def of_event(event: Object, options: ForeignOptions, at: Span | None = None, settings: Settings | None = None) -> Dated:
    """What an event holds. ``at`` is where its description stands in a file.

    With ``settings``, shares are the numbers that they were written of: for what went there from here.
    """
    day, name, category = _day(event), text(event, "name") or "Workout", text(event, "category")
    if category in (WORKOUT, ""):
        return _workout(event, name, day, options, at, settings)
    if category in _RACES:
        about = text(event, "description").strip()
        note = (ForeignSession("note", f"{name}: {about}"),) if about else ()
        return Dated(day, (ForeignSession("race", name), *note))
    if category in _NOTED:
        words = ": ".join(filter(None, (_NOTED[category], _said(text(event, "name"), event))))
        return Dated(day, (ForeignSession("rest") if _REST.fullmatch(words) else ForeignSession("note", words),))
    message = f"`{name}` is left out: it is a {category}, which no plan has"
    return Dated(day, (), messages=(Diagnostic("left-out", message, severity=Severity.NOTE),))


def _day(event: Object) -> dt.date | None:
    try:
        return dt.date.fromisoformat(text(event, "start_date_local")[:10])
    except ValueError:
        return None


def _said(name: str, event: Object) -> str:
    """A name, and behind it what is said of it."""
    return ": ".join(filter(None, (name, text(event, "description").strip())))


def _workout(
    event: Object,
    name: str,
    day: dt.date | None,
    options: ForeignOptions,
    at: Span | None,
    settings: Settings | None,
) -> Dated:
    type = text(event, "type")
    sport = _SPORTS.get(type)
    if sport is None:
        if _REST.fullmatch(name):
            return Dated(day, (ForeignSession("rest"),))
        return Dated(day, (ForeignSession("cross", name),), ForeignWorkout(name, None, sport=type or "no sport"))
    if sport is Sport.RUNNING and event.get("indoor") is True:
        sport = Sport.TREADMILL
    report = Report()
    read, parts = _steps(event, name, report)
    if not parts:
        seconds = number(event, "moving_time")
        words = f" ({Duration(round(seconds) * 1000)})" if seconds and 1 <= seconds <= 86_400 else ""
        return Dated(day, (ForeignSession("note", _said(f"{name}{words}", event)),), messages=_without_steps(name, day))
    meaning: Program | Workout
    if settings is not None:
        meaning = Program(name, sport, in_numbers(parts, settings, report), read.notes)
    else:
        meaning = Workout(name, items(parts, options.units, options.ramps, report), sport, read.notes)
    said = tuple(_at(at, name, one) for one in in_order(report.diagnostics))
    return Dated(
        day, (ForeignSession("workout", name),), ForeignWorkout(name, None if report.failed else meaning, said)
    )


def _without_steps(name: str, day: dt.date | None) -> tuple[Diagnostic, ...]:
    where = "it is a note in the plan" if day else "it is left out"
    return (Diagnostic("left-out", f"`{name}` has no steps: {where}", severity=Severity.NOTE),)


def _steps(event: Object, name: str, report: Report) -> tuple[Parsed, tuple[DocPart, ...]]:
    """What the service read in an event, where it says so, else what its text says; and the prose of the text."""
    read = parse(Source(name, text(event, "description")), report)
    whole = event.get("workout_doc")
    parts = doc.of_json(whole) if isinstance(whole, dict) else ()
    if not parts:
        return read, read.parts
    if read.parts == parts:
        return read, read.parts  # which know their lines
    for words in between(read.parts, parts) if read.parts else ():
        report.note("differs", f"its text says otherwise than its `workout_doc`, which counts: {words}", None)
    return read, parts


def _at(place: Span | None, name: str, said: Diagnostic) -> Diagnostic:
    """A message about a description, where that stands in its file; else it begins with what the event is called."""
    severity = Severity.ERROR if said.severity is Severity.ERROR else Severity.NOTE
    span = said.span and place and escaped.within(place, said.span.start, said.span.end)
    line = f", line {said.span.line}" if said.span and span is None else ""
    message = said.message if span else f"`{name}`{line}: {said.message}"
    return Diagnostic(said.code, message, span or None, said.help, severity)
