"""``manifest.json``: which files in a plan's folder are the plan's, what they hold, and what its calendar told last."""

from __future__ import annotations

import datetime as dt
import json
import os
import stat
from collections.abc import Iterable
from dataclasses import asdict, replace
from pathlib import Path
from typing import Final

from negsplit.desk import file_names
from negsplit.desk.forms import FORMS
from negsplit.desk.plan_revisions import MOST_CHANGES, CalendarRecord, EventRecord
from negsplit.files import reading
from negsplit.files.reading import is_file
from negsplit.frozen import dataclass
from negsplit.plan.keys import week_of

_VERSION: Final = 2
_WITHOUT_CALENDAR: Final = 1
"""The version whose calendars counted no changes."""
_MAX_BYTES: Final = 8 * 1024 * 1024
"""Two thousand sessions with the longest names, and a thousand that are cancelled, take less than half of it."""


class ManifestError(ValueError):
    """A manifest that cannot be used, and why."""


@dataclass(frozen=True, slots=True)
class ManifestEntry:
    """The file of one workout session, the day it is for, and what a watch knows it by: None for an account."""

    name: str
    key: str
    date: str
    workout: str
    serial_number: int | None

    @property
    def week(self) -> int | None:
        """The week of the plan that the session is written for, done again or not."""
        return week_of(self.key)


@dataclass(frozen=True, slots=True)
class Manifest:
    """A plan's files, and what its calendar tells of each session.

    ``others`` are the schedule and the calendar, as far as there is something in them.
    """

    plan: str
    name: str
    entries: tuple[ManifestEntry, ...]
    others: tuple[str, ...]
    calendar: CalendarRecord

    @property
    def names(self) -> list[str]:
        """Every file it lists; itself it does not."""
        return [*(entry.name for entry in self.entries), *self.others]

    def text(self) -> str:
        """As JSON: the workouts by their days; the same for the same files."""
        entries = sorted(self.entries, key=lambda entry: (entry.date, entry.key))
        events = sorted(self.calendar.events, key=lambda event: (event.date, event.key))
        data = {
            "manifest": _VERSION,
            "plan": self.plan,
            "name": self.name,
            "others": sorted(self.others),
            "files": [asdict(entry) for entry in entries],
            "calendar": {
                "since": self.calendar.since,
                "changes": self.calendar.changes,
                "events": [asdict(event) for event in events],
            },
        }
        return json.dumps(data, indent=2, ensure_ascii=False) + "\n"


def read(folder: Path) -> Manifest | None:
    """The manifest in a folder; None where there is none.

    :raises ManifestError: for one that is broken, or lists what no plan writes: it may come from anybody.
    :raises OSError: where it cannot be read at the moment.
    """
    path = folder / file_names.MANIFEST
    try:
        if not stat.S_ISREG(os.lstat(path).st_mode):
            raise ManifestError("it is not a file")
        data = reading.read(path, _MAX_BYTES)
    except (FileNotFoundError, NotADirectoryError):
        return None
    if len(data) > _MAX_BYTES:
        raise ManifestError(f"it has more than {_MAX_BYTES} bytes")
    try:
        return _manifest(json.loads(data.decode()))
    except UnicodeDecodeError as error:
        raise ManifestError("it is not UTF-8") from error
    except (ValueError, TypeError, KeyError, OverflowError, RecursionError) as error:
        raise ManifestError(str(error) if isinstance(error, ManifestError) else "it is broken") from error


def _manifest(data: dict[str, object]) -> Manifest:
    version = data["manifest"]
    if version not in (_VERSION, _WITHOUT_CALENDAR):
        raise ManifestError("it was written by another version of negsplit")
    files, others = data["files"], data["others"]
    if not isinstance(files, list) or not isinstance(others, list):
        raise ManifestError("it is broken")
    if unknown := [other for other in others if other not in (file_names.SCHEDULE, file_names.CALENDAR)]:
        raise ManifestError(f"it lists `{unknown[0]}`, which no plan writes")
    entries = tuple(map(_entry, files))
    calendar = _uncounted(entries) if version == _WITHOUT_CALENDAR else _calendar(data["calendar"])
    return Manifest(_text(data["plan"]), _text(data["name"]), entries, tuple(others), calendar)


def _entry(data: dict[str, object]) -> ManifestEntry:
    number = data["serial_number"]
    if not isinstance(number, int | None):
        raise ManifestError("it is broken")
    entry = ManifestEntry(_text(data["name"]), _text(data["key"]), _text(data["date"]), _text(data["workout"]), number)
    names = [
        file_names.of_workout(entry.date, entry.key, form)
        for form in FORMS
        if form.is_for_watches == (number is not None)
    ]
    if not _is_day(entry.date) or entry.week is None or entry.name not in names:
        raise ManifestError(f"it lists `{entry.name}`, which no plan writes")
    return entry


def _uncounted(entries: tuple[ManifestEntry, ...]) -> CalendarRecord:
    """What is known of a calendar that counted no changes: its workouts, of which each may have changed."""
    events = (EventRecord(one.key, one.date, one.workout, 0, "", False) for one in entries)
    return CalendarRecord(max((one.date for one in entries), default="1970-01-01"), 0, tuple(events))


def _calendar(data: object) -> CalendarRecord:
    if not isinstance(data, dict) or not isinstance(data["events"], list) or not _is_day(_text(data["since"])):
        raise ManifestError("it is broken")
    record = CalendarRecord(data["since"], _number(data["changes"], MOST_CHANGES), ())
    events = tuple(_event(one, record.changes) for one in data["events"])
    if len({one.key for one in events}) < len(events):
        raise ManifestError("it lists a session twice")
    record.revision(MOST_CHANGES + 1)
    return replace(record, events=events)


def _event(data: dict[str, object], changes: int) -> EventRecord:
    key, date, cancelled = _text(data["key"]), _text(data["date"]), data["cancelled"]
    if not _is_day(date) or week_of(key) is None or not isinstance(cancelled, bool):
        raise ManifestError("it is broken")
    sequence = _number(data["sequence"], changes)
    return EventRecord(key, date, _text(data["name"]), sequence, _text(data["digest"]), cancelled)


def _is_day(text: str) -> bool:
    return str(dt.date.fromisoformat(text)) == text


def _number(value: object, most: int) -> int:
    if isinstance(value, bool) or not isinstance(value, int) or not 0 <= value <= most:
        raise ManifestError("it is broken")
    return value


def _text(value: object) -> str:
    """A text that can be written again: JSON can hold half a character."""
    if not isinstance(value, str):
        raise ManifestError("it is broken")
    value.encode()
    return value


def files_in(folder: Path, names: Iterable[str]) -> list[str]:
    """Those of some names that are files in a folder; links and folders of these names are somebody else's."""
    return [name for name in names if is_file(folder / name)]
