"""The files that workouts use: where they are looked for, and which may be read at all."""

from __future__ import annotations

import os
import stat
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import NamedTuple

from negsplit.compile import parse
from negsplit.desk import presets
from negsplit.desk.inputs import load, shortest, unreadable
from negsplit.desk.real_paths import RealPaths
from negsplit.diagnostics import Source
from negsplit.document.library import LibraryFile, Refusal
from negsplit.files.reading import read
from negsplit.tree.source import MAX_BYTES
from negsplit.words import PRESET


@dataclass(slots=True)
class DiskLibrary:
    """The files of one run, each read once, and the folder named by ``--library``.

    Folders ``named`` to be worked on are the roots of all that is found in them.
    """

    folder: Path | None = None
    named: tuple[Path, ...] = ()
    opened: dict[tuple[Path, str, tuple[str, ...]], tuple[LibraryFile | Refusal, Path]] = field(default_factory=dict)
    """What came of a path that is relative to a folder, for those who may use files below some roots."""
    _files: dict[str, LibraryFile | Refusal] = field(default_factory=dict)
    _paths: RealPaths = field(default_factory=RealPaths)
    _repositories: dict[str, str | None] = field(default_factory=dict)

    def beside(self, document: Path | None) -> Shelf:
        """What a document may use; one that came without a file lies in the working folder."""
        folder = document.parent if document else Path()
        real = self._paths.real(str(folder))
        others = self.named if self.folder is None else (*self.named, self.folder)
        roots = [self._repository(real) or real, *(self._paths.real(str(other)) for other in others)]
        return Shelf(self, folder, tuple(roots))

    def places(self) -> Iterator[Path]:
        """Where files lie that were used, or would if they were there."""
        for folder, path, _ in self.opened:
            yield folder / path
            if self.folder is not None:
                yield self.folder / path

    def _repository(self, folder: str) -> str | None:
        """The repository that holds a folder. It is that of the folder above, so no place is looked at twice."""
        passed: list[str] = []
        found, at = None, folder
        while at not in self._repositories:
            passed.append(at)
            if os.path.exists(os.path.join(at, ".git")):
                found = at
                break
            above = os.path.dirname(at)
            if above == at:
                break
            at = above
        else:
            found = self._repositories[at]
        self._repositories.update(dict.fromkeys(passed, found))
        return found

    def file(self, place: str, shown: Path) -> LibraryFile | Refusal:
        """The file at a resolved place, called as ``shown``."""
        if place not in self._files:
            self._files[place] = _read(place, shown)
        return self._files[place]

    def preset(self, path: str) -> LibraryFile | Refusal:
        """The document that ``preset:NAME`` means."""
        if path not in self._files:
            self._files[path] = presets.opened(path)
        return self._files[path]


class Allowed(NamedTuple):
    """A file that may be used: where it really lies, and what to call it in messages."""

    place: str
    shown: Path


@dataclass(slots=True)
class Shelf:
    """What one document may use: presets, and files below its folder or repository, or below ``--library``."""

    library: DiskLibrary
    folder: Path
    roots: tuple[str, ...]
    _folders: dict[str, Path] = field(default_factory=dict)
    """Where the files lie that were used, by the name they go by in messages."""

    def open(self, naming: Source, path: str) -> LibraryFile | Refusal:
        """The file that a text calls ``path``: a preset, or beside that text, else in the library.

        What a preset is given to use lies beside the document, what it names itself is a preset.
        """
        if path.startswith(PRESET):
            return self.library.preset(path)
        if (own := presets.used_by(naming.name, path)) is not None:
            return self.library.preset(own)
        folder = self._folders.get(naming.name, self.folder)
        wanted = (folder, path, self.roots)
        if wanted not in self.library.opened:
            self.library.opened[wanted] = self._open(folder / path, path)
        file, own_folder = self.library.opened[wanted]
        if isinstance(file, LibraryFile) and file.nodes:
            self._folders[file.nodes[0].span.source.name] = own_folder
        return file

    def _open(self, beside: Path, path: str) -> tuple[LibraryFile | Refusal, Path]:
        """The file, and the folder that what it names is relative to: its own, not that of a link to it."""
        places = [beside] if self.library.folder is None else [beside, self.library.folder / path]
        found = next((place for place in places if os.path.exists(place)), None)
        if found is None:
            return _missing(path, beside), beside
        allowed = self.allowed(found, path)
        if isinstance(allowed, Refusal):
            return allowed, beside
        if not stat.S_ISREG(os.stat(allowed.place).st_mode):
            return Refusal(f"`{path}` is not a file", ("name a workout in it",)), beside
        folder = Path(allowed.place).parent if found.is_symlink() else found.parent
        return self.library.file(allowed.place, allowed.shown), folder

    def allowed(self, found: Path, path: str) -> Allowed | Refusal:
        """A file that a document calls ``path``, if it may read that at all."""
        place = os.path.realpath(found)
        if not any(os.path.commonpath((place, root)) == root for root in self.roots):
            why = "files can be used from the folder of this file and below it, its repository, or `--library`"
            help = f"name a folder that holds it: `--library {_above(place, *self.roots)}`"
            return Refusal(f"`{path}` is outside the folders that may be used", (help, why))
        shown = shortest(Path(os.path.normpath(found)))
        if os.path.realpath(shown) != place:  # a `..` behind a link
            shown = shortest(Path(place))
        return Allowed(place, shown)


def _above(place: str, *roots: str) -> str:
    """The nearest folder that holds a file and what may be used already, fit for pasting into a shell.

    Where that is the root of the file system it is the file's own folder.
    """
    from negsplit.desk.drafts import pasted

    all_of_it = os.path.commonpath((place, *roots))
    folder = os.path.dirname(place) if all_of_it == os.path.dirname(all_of_it) else all_of_it
    near = os.path.relpath(folder)
    return pasted(Path(min(near, folder, key=len)))


def _read(place: str, shown: Path) -> LibraryFile | Refusal:
    """The file at a resolved place: what was allowed is what is read, whatever it is called."""
    try:
        data = read(place, MAX_BYTES)
    except OSError as error:
        refused = unreadable(shown, error)
        return Refusal(refused.message, refused.help)
    source, found = load(str(shown), data)
    if source is None:
        at = f"`{shown}:{found[0].span.line}`: " if found[0].span else ""
        return Refusal(f"{at}{found[0].message}", found[0].help)
    parsed = parse(source)
    return LibraryFile(parsed.nodes, parsed.diagnostics)


def _missing(path: str, beside: Path) -> Refusal:
    """What may be meant where there is no such file."""
    if "/" not in path and not path.lower().endswith((".yaml", ".yml")):
        longer = [
            f"{path}{ending}"
            for ending in (".workout.yaml", ".plan.yaml", ".yaml")
            if os.path.exists(f"{beside}{ending}")
        ]
        help = (
            f"did you mean the file `{longer[0]}`?" if longer else "blocks are written under `blocks:` in the same file"
        )
        return Refusal(f"there is no block `{path}` here, and no file of that name", (help,))
    return Refusal(f"there is no file `{path}`", (f"looked for at `{shortest(Path(os.path.normpath(beside)))}`",))
