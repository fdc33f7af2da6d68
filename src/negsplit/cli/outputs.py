"""Where output goes, and how it gets there whole or not at all."""

from __future__ import annotations

import os
from pathlib import Path

from negsplit.cli.inputs import Input
from negsplit.diagnostics import Diagnostic


def write_whole(path: Path, data: bytes) -> None:
    """Writes a file beside its place under a name nobody can guess and renames it; OSError if it cannot.

    Until the rename the older file stays as it was; on any error nothing half-written is left.
    """
    path.parent.mkdir(parents=True, exist_ok=True)
    beside = path.with_name(f".{os.urandom(8).hex()}.tmp")
    handle = os.open(beside, os.O_WRONLY | os.O_CREAT | os.O_EXCL | getattr(os, "O_BINARY", 0), 0o666)
    try:
        with open(handle, "wb") as file:
            file.write(data)
        os.replace(beside, path)
    except BaseException:
        beside.unlink(missing_ok=True)
        raise


def is_file(out: Path | None, extension: str) -> bool:
    """Whether ``-o`` names a file: it ends in the format's extension and is no folder."""
    return out is not None and out.suffix.lower() == extension and not out.is_dir()


class Places:
    """Gives each output its place and refuses to give one twice."""

    def __init__(self, out: Path | None, extension: str) -> None:
        self.out, self.extension = out, extension
        self._taken: dict[str, Path] = {}

    def place(self, source: Input, number: int) -> Path:
        """Where the ``number``-th document (from 1) of a file goes."""
        name = f"{source.stem}{'' if number == 1 else f'-{number}'}{self.extension}"
        if self.out is None:
            return source.path.with_name(name)
        if is_file(self.out, self.extension):
            return self.out if number == 1 else self.out.with_name(f"{self.out.stem}-{number}{self.out.suffix}")
        return self.out / source.inside / name

    def take(self, path: Path, source: Path) -> Diagnostic | None:
        """Claims a place; an error where another input of this run has it already."""
        key = os.path.abspath(path).casefold()
        if key in self._taken:
            message = f"`{source}` and `{self._taken[key]}` would both write `{path}`"
            return Diagnostic("same-output", message, None, ("rename one of them, or compile them apart",))
        self._taken[key] = source
        return None
