"""Where the files lie that workouts use, whether on a disk or given as texts."""

from __future__ import annotations

import posixpath
from collections.abc import Mapping
from typing import NamedTuple, Protocol

from negsplit.diagnostics import Diagnostic, Source
from negsplit.tree.nodes import Node
from negsplit.tree.source import read
from negsplit.tree.source_lines import short
from negsplit.words import PRESET


class Refusal(NamedTuple):
    """Why a file cannot be used."""

    message: str
    help: tuple[str, ...] = ()


class LibraryFile(NamedTuple):
    """A file as read: its documents, and what is wrong with it as YAML."""

    nodes: tuple[Node, ...]
    diagnostics: tuple[Diagnostic, ...]


class Library(Protocol):
    """Where the files lie that workouts use."""

    def open(self, naming: Source, path: str) -> LibraryFile | Refusal:
        """The file that the text ``naming`` calls ``path``; the same file is always the same object."""


class Changed:
    """A library in which one file, the one of its name, has another text."""

    def __init__(self, library: Library, source: Source) -> None:
        self._library, self._name = library, source.name
        nodes, diagnostics = read(source)
        self._file = LibraryFile(tuple(nodes), tuple(diagnostics))

    def open(self, naming: Source, path: str) -> LibraryFile | Refusal:
        """The file as it is, or its other text."""
        found = self._library.open(naming, path)
        return self._file if isinstance(found, LibraryFile) and self._name in _names(found) else found


def _names(file: LibraryFile) -> set[str]:
    """What a file goes by in messages; nothing where it is empty."""
    spans = (*(node.span for node in file.nodes), *(one.span for one in file.diagnostics))
    return {span.source.name for span in spans if span}


class Texts:
    """Files that are given as texts, by their paths; the one that a path is relative to is a path too, or none."""

    def __init__(self, texts: Mapping[str, str]) -> None:
        self._texts = texts
        self._files: dict[str, LibraryFile] = {}

    def open(self, naming: Source, path: str) -> LibraryFile | Refusal:
        """The text at a path relative to the one that names it."""
        if path.startswith(PRESET):
            help = "pass its text in `files`, and use its path there"
            return Refusal(f"only the command line knows `{short(path)}`", (help,))
        folder = posixpath.dirname(naming.name) if naming.name in self._texts else ""
        place = posixpath.normpath(posixpath.join(folder, path))
        if place not in self._texts and path.lower().endswith((".yaml", ".yml")):
            return Refusal(f"there is no file `{short(path)}`", ("it is not among the texts that were given",))
        if place not in self._texts:
            help = "a block goes under `blocks:` of the document, a file is named by its path"
            return Refusal(f"there is no block `{short(path)}` here, and no file of that name", (help,))
        if place not in self._files:
            nodes, diagnostics = read(Source(place, self._texts[place]))
            self._files[place] = LibraryFile(tuple(nodes), tuple(diagnostics))
        return self._files[place]
