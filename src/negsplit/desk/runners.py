"""Finds the athlete a document is for: as named on the command line, else the nearest athlete file."""

from __future__ import annotations

import os
from collections.abc import Callable, Hashable, Iterator
from dataclasses import dataclass, field, replace
from itertools import chain
from pathlib import Path
from typing import TYPE_CHECKING, Final

from negsplit.athlete.paces import NO_RUNNER, Runner
from negsplit.compile import Documents, athlete_of, runner_from_words
from negsplit.desk.folders import configuration
from negsplit.desk.inputs import SUFFIXES, Input, documents, names_in, shortest
from negsplit.desk.real_paths import RealPaths
from negsplit.diagnostics import Diagnostic, Severity, did_you_mean, listed
from negsplit.document.library import Refusal

if TYPE_CHECKING:
    from negsplit.desk.disk_library import Shelf

Found = tuple[Runner | None, list[Diagnostic]]
"""A runner, or None where the athlete is at fault, and what is wrong."""


@dataclass(slots=True)
class Runners:
    """The runner for each document. Each athlete is read once, and what is wrong there is told once."""

    named: str | None = None
    looked_at: set[Path] = field(default_factory=set)
    """Athlete files that were asked for, there or not, and the folders in which one was looked for."""
    _known: dict[Hashable, Runner | None] = field(default_factory=dict)
    _nearest: dict[Path, tuple[Path, ...]] = field(default_factory=dict)
    _paths: RealPaths = field(default_factory=RealPaths)

    def for_document(self, document: Path | None = None) -> Found:
        """The runner of a document, or of the working folder; :data:`NO_RUNNER` where there is no athlete."""
        if self.named is not None:
            return self._option(self.named)
        files = self._nearest_to(Path(self._paths.real(str(_folder(document)))))
        if not files:
            return NO_RUNNER, []
        return self.file(shortest(files[0])) if len(files) == 1 else self._once(files, lambda: _several(files))

    def undecided(self, document: Path | None) -> Diagnostic | None:
        """A note where several athletes lie nearest to a document: what needs none is compiled without one."""
        files = () if self.named is not None else self._nearest_to(Path(self._paths.real(str(_folder(document)))))
        if len(files) < 2:
            return None
        _, [several] = _several(files)
        message = f"{several.message}; this workout needs none, so it is compiled without"
        return replace(several, message=message, help=("name one: --athlete FILE",), severity=Severity.NOTE)

    def for_plan(self, plan: Documents, path: Path, shelf: Shelf) -> Found:
        """The runner of a plan: as named on the command line, else in the file it names, else the nearest.

        The file that it names is one that it could `use` too.
        """
        from negsplit.plan.compile import athlete_path

        named, missing = athlete_path(plan) if self.named is None else ("", None)
        if not named:
            return self.for_document(path)
        file = path.parent / named
        self.looked_at.add(file)
        if missing and not os.path.exists(file):
            return None, [missing]
        found = shelf.allowed(file, named)
        if isinstance(found, Refusal):
            assert missing is not None
            help = (*found.help, "or name any file yourself: `--athlete FILE`")
            return None, [replace(missing, message=found.message, help=help)]
        return self._once(found.place, lambda: _read(found.shown))

    def file(self, path: Path) -> Found:
        """The runner in an athlete file."""
        self.looked_at.add(path)
        return self._once(self._paths.real(str(path)), lambda: _read(path))

    def of(self, read: Documents, path: Path | None) -> Found:
        """The runner in an athlete file as read, or in what came without a file."""
        return self._once(path and self._paths.real(str(path)), lambda: athlete_of(read))

    def _nearest_to(self, folder: Path) -> tuple[Path, ...]:
        """The athlete files beside a document or, where there are none, in the first place above that has any.

        What is found from one of the places on the way is the same, so that in a deep tree none is searched twice.
        """
        if folder in self._nearest:
            return self._nearest[folder]
        passed: list[Path] = []
        found: tuple[Path, ...] = ()
        for place in searched(folder):
            if place in self._nearest:
                found = self._nearest[place]
                break
            passed.append(place)
            self.looked_at.add(place)
            if found := athlete_files(place):
                break
        else:
            passed.pop()  # from the configuration folder itself the way leads on upward
        self._nearest.update(dict.fromkeys(passed, found))
        return found

    def _option(self, named: str) -> Found:
        if named not in self._known and (os.path.exists(named) or named.lower().endswith(SUFFIXES)):
            return self.file(Path(named))
        return self._once(named, lambda: _from_words(named))

    def _once(self, key: Hashable, read: Callable[[], Found]) -> Found:
        if key in self._known:
            return self._known[key], []
        self._known[key], found = read()
        return self._known[key], found


def _folder(document: Path | None) -> Path | str:
    return document.parent if document else ""


def _read(path: Path) -> Found:
    found, problems = documents(Input(path))
    if found is None:
        return None, problems
    runner, problems = athlete_of(found)
    return runner and replace(runner, file=str(path)), problems


def _from_words(words: str) -> Found:
    """Words that are no athlete are often half of what was typed, without its quotes, or a file's name."""
    help = 'an athlete is a YAML file, or words in quotes: "5 km in 22:30"'
    if not words.strip():
        return None, [Diagnostic("no-athlete", "the athlete is empty", None, (help,))]
    runner, found = runner_from_words(words)
    near = did_you_mean(words.rstrip("/\\"), [name for name in names_in(Path()) if os.path.isdir(name)])
    more = (*([f"did you mean the folder `{near}`?"] if near else []), help)
    return runner, [replace(one, help=(*one.help, *more)) if one.severity is Severity.ERROR else one for one in found]


_MOST_NAMED: Final = 3
"""Athlete files that a message lists."""


def _several(files: tuple[Path, ...]) -> Found:
    few, more = files[:_MOST_NAMED], len(files) - _MOST_NAMED
    names = listed((*(f"`{path.name}`" for path in few), *([f"{more} more"] if more > 0 else ())), "and")
    message = f"`{shortest(files[0].parent)}` holds {len(files)} athlete files: {names}"
    return None, [Diagnostic("several-athletes", message, None, ("say which one: `--athlete FILE`",))]


def searched(folder: Path) -> Iterator[Path]:
    """Where an athlete file may lie: beside the document, upward, then the configuration folder.

    Upward ends at the root of the repository or of the home. Folders that anybody may write to count only
    where the document itself lies in one: a stranger's file there must not set the paces.
    """
    home = os.path.realpath(os.path.expanduser("~"))
    for place in chain((folder,), folder.parents):
        if place == folder or not _is_public(place):
            yield place
        if str(place) == home or os.path.exists(place / ".git"):
            break
    yield configuration()


def _is_public(folder: Path) -> bool:
    try:
        return os.name == "posix" and bool(folder.stat().st_mode & 0o002)
    except OSError:
        return True


def athlete_files(folder: Path) -> tuple[Path, ...]:
    """``athlete.yaml`` and every ``*.athlete.yaml`` of a folder; hidden ones, such as an editor's, do not count."""
    ours = (name for name in names_in(folder) if name == "athlete.yaml" or name.endswith(".athlete.yaml"))
    return tuple(folder / name for name in ours if not name.startswith(".") and not os.path.isdir(folder / name))
