"""Finds the documents a command works on."""

from __future__ import annotations

import os
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO, Final, Literal

from negsplit.compile import Documents, parse
from negsplit.desk import presets
from negsplit.diagnostics import Diagnostic, Report, Severity, Source, did_you_mean
from negsplit.document.library import Refusal
from negsplit.document.workouts import Kind, begins_as
from negsplit.files.reading import NotAFileError, read
from negsplit.files.reasons import reason
from negsplit.tree.source import MAX_BYTES, load_bytes
from negsplit.words import PRESET

SUFFIXES: Final = (".yaml", ".yml")
_OURS: Final = re.compile(r"\.(workout|plan|athlete)\.ya?ml\Z", re.IGNORECASE)
_NOTHING: Final = (
    "a workout is a YAML file that begins with `workout: ...`, best named `*.workout.yaml`; "
    "a plan begins with `plan: ...`"
)


Sort = Literal[Kind, "fit"]


@dataclass(frozen=True, slots=True)
class Input:
    """A file to work on; ``inside`` is its folder below the folder that was named."""

    path: Path
    inside: Path = Path()
    named: bool = True

    @property
    def stem(self) -> str:
        """The name without ``.workout.yaml``, ``.yaml`` and the like; that of a preset."""
        if presets.is_preset(self.path):
            return self.path.name.removeprefix(PRESET)
        bare = _OURS.sub("", self.path.name)
        return bare if bare != self.path.name and bare else self.path.stem

    def stem_of(self, number: int) -> str:
        """The same for the ``number``-th document (from 1) of the file."""
        return self.stem if number == 1 else f"{self.stem}-{number}"


def inputs(paths: Sequence[Path]) -> tuple[list[Input], list[Diagnostic]]:
    """The files named and the YAML files in the folders named, in order, each once.

    Hidden files and folders are left alone; links to folders are passed over, so that a loop does no harm.
    """
    report = Report()
    found: dict[str, Input] = {}
    for path in paths:
        for item in _walk(path, report) if os.path.isdir(path) else [Input(path)]:
            found.setdefault(os.path.abspath(item.path), item)
    return list(found.values()), report.diagnostics


def _walk(top: Path, report: Report) -> Iterator[Input]:
    """A folder's own files first, then its folders; they wait in a list, since they may lie deeper than calls may."""
    waiting = [(top, Path())]
    while waiting:
        folder, inside = waiting.pop()
        try:
            folders, names = _listed(folder)
        except OSError as error:
            report.diagnostics.append(unreadable(folder, error))
            continue
        below = []
        for name in folders:
            if os.path.islink(folder / name):
                report.note("passed-over", f"`{folder / name}` is a link to a folder", None, "name it too")
            else:
                below.append((folder / name, inside / name))
        for name in names:
            if name.lower().endswith(SUFFIXES):
                yield Input(folder / name, inside, named=False)
        waiting += reversed(below)


def _listed(folder: Path) -> tuple[list[str], list[str]]:
    """The names of the folders in a folder and of the rest, both in order, without what is hidden."""
    folders: list[str] = []
    names: list[str] = []
    with os.scandir(folder) as entries:
        for entry in entries:
            if not entry.name.startswith("."):
                (folders if _is_folder(entry) else names).append(entry.name)
    return sorted(folders), sorted(names)


def _is_folder(entry: os.DirEntry[str]) -> bool:
    try:
        return entry.is_dir()
    except OSError:  # a link that nobody can follow
        return False


def documents(item: Input) -> tuple[Documents | None, list[Diagnostic]]:
    """The documents of a file or a preset; None with an error, or with a note where a folder holds other YAML."""
    path = item.path
    if item.named and presets.is_preset(path):
        return _of_preset(str(path))
    try:
        data = read(path, MAX_BYTES)
    except OSError as error:
        return None, [unreadable(path, error)]
    if not item.named and not _OURS.search(path.name) and begins_as(data) is None:
        message = f"`{path}` is not a workout, a plan or an athlete file"
        return None, [Diagnostic("passed-over", message, severity=Severity.NOTE)]
    source, found = load(str(path), data)
    return (parse(source), []) if source else (None, found)


def _of_preset(path: str) -> tuple[Documents | None, list[Diagnostic]]:
    found = presets.source(path)
    if isinstance(found, Refusal):
        return None, [Diagnostic("unreadable", found.message, None, found.help)]
    return parse(found), []


def sort_of(path: Path) -> Sort | None:
    """What a file is, by how it begins; a FIT file by its name too, and None for what nobody can tell or read."""
    if presets.is_preset(path):
        known = presets.presets().get(str(path).removeprefix(PRESET))
        return known.kind if known else None
    is_called_fit = path.suffix.lower() == ".fit"
    try:
        data = read(path, MAX_BYTES)
    except OSError:
        return "fit" if is_called_fit else None
    return "fit" if _is_fit(data) else begins_as(data) or ("fit" if is_called_fit else None)


def beginning(file: BinaryIO) -> bytes:
    """What comes in a stream, or as much of it as shows that it is too large."""
    return file.read(MAX_BYTES + 1)


def load(name: str, data: bytes) -> tuple[Source | None, list[Diagnostic]]:
    """What was read of a file, as text; one byte more than may be read where it is too large."""
    if _is_fit(data):
        help = f"`negsplit inspect {name}` shows what is in it; this command takes the YAML it was made from"
        return None, [Diagnostic("fit-file", f"`{name}` is a FIT file", None, (help,))]
    if len(data) > MAX_BYTES:
        message = f"`{name}` has more than {MAX_BYTES} bytes, the most that are read"
        return None, [Diagnostic("too-large", message, None, ("split it into several files",))]
    return load_bytes(name, data)


def _is_fit(data: bytes) -> bool:
    return data[8:12] == b".FIT"


def unreadable(path: Path, error: OSError, endings: tuple[str, ...] = SUFFIXES) -> Diagnostic:
    """Why a file cannot be read, and what may be meant: another with one of ``endings``, or no file at all."""
    help = ""
    if isinstance(error, FileNotFoundError):
        names = [name for name in names_in(path.parent) if name.lower().endswith(endings)]
        stems = {Input(Path(name)).stem: name for name in names}
        longer = next((name for name in names if path.name and name.startswith(f"{path.name}.")), None)
        if near := longer or stems.get(did_you_mean(Input(path).stem, stems) or ""):
            help = f"did you mean `{path.with_name(near)}`?"
        elif str(path) == "-":
            help = "`negsplit check --stdin` reads standard input"
        elif " " in path.name:
            help = 'to type a workout, use -e: `negsplit compile -e "20 min @ RPE 3" -o easy.fit`'
    elif isinstance(error, IsADirectoryError):
        help = "name a file in it"
    elif isinstance(error, NotAFileError) and endings == SUFFIXES:
        help = "`negsplit check --stdin` reads what another program writes"
    return Diagnostic("unreadable", f"cannot read `{path}`: {_plain(error)}", None, (help,) if help else ())


def names_in(folder: Path) -> list[str]:
    """The names in a folder, in order; none where it cannot be read."""
    try:
        return sorted(os.listdir(folder))
    except OSError:
        return []


def shortest(path: Path) -> Path:
    """Relative to here where it lies below, as people would write it."""
    here = Path.cwd()
    return path.relative_to(here) if path.is_relative_to(here) else path


def nothing_found(what: str) -> Diagnostic:
    """Where what was named holds none of what a command works on."""
    return Diagnostic("nothing-found", f"there is no {what} in the files and folders you named", None, (_NOTHING,))


def _plain(error: OSError) -> str:
    if isinstance(error, FileNotFoundError):
        return "there is no such file"
    if isinstance(error, IsADirectoryError):
        return "it is a folder"
    return reason(error)
