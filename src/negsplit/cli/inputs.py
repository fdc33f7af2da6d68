"""Finds the documents a command works on, and the athlete they are for."""

from __future__ import annotations

import os
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final

from negsplit.athlete.paces import NO_RUNNER, Runner
from negsplit.cli import console
from negsplit.compile import Documents, athlete_of, parse, runner_from_words
from negsplit.diagnostics import Diagnostic, Severity, has_errors
from negsplit.dsl.source import load_bytes

SUFFIXES: Final = (".yaml", ".yml")
_OURS: Final = re.compile(r"\.(workout|plan|athlete)\.ya?ml\Z", re.IGNORECASE)
_FIRST_KEY: Final = re.compile(r"\s*(?:(?:#.*|---)\s*\n\s*)*[\"']?(workout|plan|athlete)[\"']?\s*:", re.ASCII)


@dataclass(frozen=True, slots=True)
class Input:
    """A file to work on; ``inside`` is its folder below the folder that was named."""

    path: Path
    inside: Path = Path()
    named: bool = True

    @property
    def stem(self) -> str:
        """The name without ``.workout.yaml``, ``.yaml`` and the like."""
        bare = _OURS.sub("", self.path.name)
        return bare if bare != self.path.name and bare else self.path.stem


def inputs(paths: Sequence[Path]) -> Iterator[Input]:
    """The files named, and the YAML files in the folders named, in order; hidden folders are left alone."""
    for path in paths:
        if not path.is_dir():
            yield Input(path)
            continue
        for folder, folders, names in os.walk(path):
            folders[:] = sorted(name for name in folders if not name.startswith("."))
            for name in sorted(names):
                if name.lower().endswith(SUFFIXES) and not name.startswith("."):
                    file = Path(folder, name)
                    yield Input(file, file.parent.relative_to(path), named=False)


def documents(item: Input, *, quiet: bool = False) -> tuple[Documents | None, list[Diagnostic]]:
    """The documents of a file; None with an error, or silently where a folder holds other YAML."""
    try:
        data = item.path.read_bytes()
    except OSError as error:
        return None, [Diagnostic("unreadable", f"cannot read `{item.path}`: {error.strerror or error}")]
    source, found = load_bytes(str(item.path), data)
    if source is None:
        return None, found
    if not item.named and not _OURS.search(item.path.name) and not _FIRST_KEY.match(source.text):
        if not quiet:
            console.note(f"{item.path}: passed over, it is no workout, plan or athlete")
        return None, []
    return parse(source), []


@dataclass(slots=True)
class Athletes:
    """The runner for each document: as named on the command line, else the nearest athlete file."""

    named: str | None = None
    failed: bool = False
    _known: dict[Path | None, Runner | None] = field(default_factory=dict)
    _nearest: dict[Path, Path | None] = field(default_factory=dict)

    def runner(self, document: Path | None) -> Runner | None:
        """The runner, or None after saying what is wrong with the athlete; each is looked up once."""
        if self.named is not None:
            if None not in self._known:
                self._known[None] = self._from_option(self.named)
            return self._known[None]
        folder = (document.parent if document else Path()).resolve()
        if folder not in self._nearest:
            self._nearest[folder] = self._find(folder)
        path = self._nearest[folder]
        if path is None:
            return None if self.failed else NO_RUNNER
        if path not in self._known:
            self._known[path] = self._from_file(path)
        return self._known[path]

    def _from_option(self, named: str) -> Runner | None:
        if Path(named).is_file() or named.lower().endswith(SUFFIXES):
            return self._from_file(Path(named))
        return self._taken(*runner_from_words(named))

    def _from_file(self, path: Path) -> Runner | None:
        found, problems = documents(Input(path))
        if found is None:
            return self._taken(None, problems)
        return self._taken(*athlete_of(found))

    def _taken(self, runner: Runner | None, diagnostics: list[Diagnostic]) -> Runner | None:
        console.report(diagnostics)
        if runner is None or has_errors(diagnostics):
            self.failed = True
            return None
        return runner

    def _find(self, folder: Path) -> Path | None:
        for place in searched(folder):
            found = athlete_files(place)
            if len(found) > 1:
                names = ", ".join(path.name for path in found)
                help = ("keep one of them there, or name one with `--athlete`",)
                message = f"`{place}` holds several athletes: {names}"
                self._taken(None, [Diagnostic("several-athletes", message, None, help, Severity.ERROR)])
                return None
            if found:
                return _shortest(found[0])
        return None


def searched(folder: Path) -> Iterator[Path]:
    """Where an athlete file may lie: beside the document, upward, then the configuration folder.

    Upward ends at the root of the repository or of the home. Folders that anybody may write to count only
    where the document itself lies in one: a stranger's file there must not set the paces.
    """
    home = Path.home()
    for place in (folder, *folder.parents):
        if place == folder or not _is_public(place):
            yield place
        if place == home or (place / ".git").exists():
            break
    yield configuration_folder()


def _is_public(folder: Path) -> bool:
    try:
        return os.name == "posix" and bool(folder.stat().st_mode & 0o002)
    except OSError:
        return True


def configuration_folder() -> Path:
    """The platform's folder for configuration, or ``NEGSPLIT_CONFIG_DIR``."""
    if override := os.environ.get("NEGSPLIT_CONFIG_DIR"):
        return Path(override)
    from platformdirs import user_config_path

    return user_config_path("negsplit", appauthor=False)


def athlete_files(folder: Path) -> list[Path]:
    """``athlete.yaml`` and every ``*.athlete.yaml`` of a folder."""
    try:
        names = sorted(os.listdir(folder))
    except OSError:
        return []
    return [folder / name for name in names if name == "athlete.yaml" or name.endswith(".athlete.yaml")]


def _shortest(path: Path) -> Path:
    """Relative to here where it lies below, as people would write it."""
    here = Path.cwd()
    return path.relative_to(here) if path.is_relative_to(here) else path
