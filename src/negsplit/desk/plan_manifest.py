"""``manifest.json``: which files in a plan's folder are the plan's, and what they hold."""

from __future__ import annotations

import datetime as dt
import json
import os
import stat
from collections.abc import Iterable
from dataclasses import asdict
from pathlib import Path
from typing import Final

from negsplit.desk import file_names
from negsplit.desk.forms import FORMS
from negsplit.files import reading
from negsplit.files.reading import is_file
from negsplit.frozen import dataclass
from negsplit.plan.keys import week_of

_VERSION: Final = 1
_MAX_BYTES: Final = 4 * 1024 * 1024
"""Two thousand sessions with the longest names take less than half of it."""


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
    """A plan's files. ``others`` are the schedule and the calendar, as far as there is something in them."""

    plan: str
    name: str
    entries: tuple[ManifestEntry, ...]
    others: tuple[str, ...]

    @property
    def names(self) -> list[str]:
        """Every file it lists; itself it does not."""
        return [*(entry.name for entry in self.entries), *self.others]

    def text(self) -> str:
        """As JSON: the workouts by their days; the same for the same files."""
        entries = sorted(self.entries, key=lambda entry: (entry.date, entry.key))
        data = {
            "manifest": _VERSION,
            "plan": self.plan,
            "name": self.name,
            "others": sorted(self.others),
            "files": [asdict(entry) for entry in entries],
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
    except (ValueError, TypeError, KeyError, RecursionError) as error:
        raise ManifestError(str(error) if isinstance(error, ManifestError) else "it is broken") from error


def _manifest(data: dict[str, object]) -> Manifest:
    if data["manifest"] != _VERSION:
        raise ManifestError("it was written by another version of negsplit")
    entries, others = data["files"], data["others"]
    if not isinstance(entries, list) or not isinstance(others, list):
        raise ManifestError("it is broken")
    if unknown := [other for other in others if other not in (file_names.SCHEDULE, file_names.CALENDAR)]:
        raise ManifestError(f"it lists `{unknown[0]}`, which no plan writes")
    return Manifest(_text(data["plan"]), _text(data["name"]), tuple(map(_entry, entries)), tuple(others))


def _entry(data: dict[str, object]) -> ManifestEntry:
    number = data["serial_number"]
    if not isinstance(number, int | None):
        raise ManifestError("it is broken")
    entry = ManifestEntry(_text(data["name"]), _text(data["key"]), _text(data["date"]), _text(data["workout"]), number)
    is_day = str(dt.date.fromisoformat(entry.date)) == entry.date
    names = [
        file_names.of_workout(entry.date, entry.key, form)
        for form in FORMS
        if form.is_for_watches == (number is not None)
    ]
    if not is_day or entry.week is None or entry.name not in names:
        raise ManifestError(f"it lists `{entry.name}`, which no plan writes")
    return entry


def _text(value: object) -> str:
    if not isinstance(value, str):
        raise ManifestError("it is broken")
    return value


def files_in(folder: Path, names: Iterable[str]) -> list[str]:
    """Those of some names that are files in a folder; links and folders of these names are somebody else's."""
    return [name for name in names if is_file(folder / name)]
