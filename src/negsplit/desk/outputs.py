"""Where output goes, and how it gets there whole or not at all."""

from __future__ import annotations

import os
import unicodedata
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Final

from negsplit.desk.inputs import Input
from negsplit.desk.real_paths import RealPaths
from negsplit.desk.usage import WrongUsageError
from negsplit.diagnostics import Diagnostic, listed
from negsplit.files.reading import NotAFileError, plain_file, read
from negsplit.files.reasons import reason
from negsplit.files.replacing import begin, replace, tidy
from negsplit.files.work_file import PREFIX, BusyError, LeftoverError

_LARGEST: Final = 1_000_000
"""Bytes of a file that are looked at to tell what it is; no workout comes near."""


def write_whole(path: Path, data: bytes) -> Diagnostic | None:
    """Writes a file that can be made again, over an older one; why not, where it cannot.

    It gets there whole or not at all, as :func:`negsplit.files.replacing.replace` says.
    """
    try:
        replace(path, data)
    except OSError as error:
        return unwritable(path, error, f"-o is a file if it ends in {path.suffix}, else a folder")
    return None


def write_over(path: Path, data: bytes, is_ours: Callable[[bytes], bool]) -> Diagnostic | None:
    """The same over an older one that ``is_ours``, and over no other; one with that content already stays as it is."""
    try:
        older = read(path, _LARGEST)
    except OSError as error:
        return unwritable(path, error) if os.path.isfile(path) else write_whole(path, data)
    if older == data and plain_file(path):
        tidy(path)
        return None
    if older == data or is_ours(older):
        return write_whole(path, data)
    help = ("give another name with -o, or overwrite it with `--force`",)
    return Diagnostic("file-exists", f"`{path}` is already there, and is not a workout of this kind", None, help)


def write_new(path: Path, data: bytes) -> Diagnostic | None:
    """Writes a file that is not there yet, and none over another; why not, where it cannot.

    One that is there already with the same content is as good as written.
    """
    try:
        begin(path, data)
    except FileExistsError as error:
        if not os.path.lexists(path):
            return unwritable(path, error, f"-o is a file if it ends in {path.suffix}, else a folder")
        if not _holds(path, data):
            return _other(path)
    except OSError as error:
        return unwritable(path, error, f"-o is a file if it ends in {path.suffix}, else a folder")
    return None


def in_the_way(path: Path, data: bytes) -> Diagnostic | None:
    """An error where :func:`write_new` would find something else; for what is written whole with other files."""
    return _other(path) if os.path.lexists(path) and not _holds(path, data) else None


def _other(path: Path) -> Diagnostic:
    help = "it is left as it is: name another file or folder with -o"
    return Diagnostic("file-exists", f"`{path}` is already there", None, (help,))


def _holds(path: Path, data: bytes) -> bool:
    try:
        return read(path, len(data)) == data
    except OSError:
        return False


def unwritable(path: Path, error: OSError, about_folders: str = "", *more: str) -> Diagnostic:
    """Why a file, or what a folder is to hold, cannot be written; ``about_folders`` where a file has a folder's name.

    An error that names a file of ours says that this one is in the way.
    """
    at = Path(error.filename) if isinstance(error.filename, str) else path
    why, help = reason(error) if error.strerror else "", ""
    if isinstance(error, LeftoverError):
        message = f"`{path}` is written, but `{at}` beside it cannot be removed: {why}"
        return Diagnostic("leftover", message, None, ("the next run removes it",))
    if isinstance(error, BusyError):
        help = "wait until it is done"
    elif isinstance(error, FileExistsError) and at.name.startswith(PREFIX):
        why, help = f"`{at}` is in the way", "only negsplit uses such names: remove it"
    elif isinstance(error, NotAFileError):
        help = "files are written whole or not at all, and that is not possible with what is there"
    elif isinstance(error, IsADirectoryError):
        why = "a folder has that name"
    elif isinstance(error, FileExistsError | NotADirectoryError):
        why, help = "a file is where its folder should be", about_folders
    return Diagnostic("unwritable", f"cannot write `{path}`: {why}", None, (*([help] if help else []), *more))


def is_file(out: Path | None, extension: str) -> bool:
    """Whether ``-o`` names a file: it ends in the format's extension and is no folder."""
    return out is not None and out.suffix.lower() == extension and not os.path.isdir(out)


_FILES: Final = frozenset(
    (
        *(".fit", ".yaml", ".yml", ".json", ".svg", ".html", ".txt", ".ics"),
        *(".png", ".jpg", ".jpeg", ".gif", ".pdf", ".csv", ".md", ".htm", ".tcx", ".gpx", ".zwo", ".erg", ".mrc"),
    )
)
"""Endings of files that people may hope for; a folder with such a name is meant only where it exists."""


def _is_mistaken(out: Path, extension: str) -> bool:
    others = _FILES - {extension, *((".yml", ".yaml") if extension.endswith(".yaml") else ())}
    return out.suffix.lower() in others and not os.path.isdir(out)


class Places:
    """Gives each output its place and refuses to give one twice.

    ``choices`` are the endings that ``out`` may have and what they take, in words, where there are several.
    """

    def __init__(self, out: Path | None, extension: str, choices: Sequence[str] = ()) -> None:
        if out is not None and _is_mistaken(out, extension):
            known = listed(choices or (f"`{extension}`",), "or")
            message = f"-o cannot end in `{out.suffix}` here, only in {known}"
            raise WrongUsageError(f"{message}; if it is a folder, make it first")
        if out is not None and str(out) == "-":
            raise WrongUsageError("-o takes a file or a folder, and `-` is neither")
        if out is not None and os.path.exists(out) and not (os.path.isfile(out) or os.path.isdir(out)):
            raise WrongUsageError(f"-o names a file or a folder, and `{out}` is neither: it is a pipe or a device")
        self.out, self.extension = out, extension
        self._taken: dict[str, Path] = {}
        self._paths = RealPaths()

    def place(self, source: Input, number: int = 1) -> Path:
        """Where the ``number``-th document (from 1) of a file goes."""
        name = f"{source.stem_of(number)}{self.extension}"
        if self.out is None:
            return source.path.with_name(name)
        if is_file(self.out, self.extension):
            return self.out if number == 1 else self.out.with_name(f"{self.out.stem}-{number}{self.out.suffix}")
        return self.out / source.inside / name

    def typed(self) -> Input:
        """What a workout without a file would be read from: it is called like what is written, or the folder of it."""
        out = self.out or Path()
        return Input(
            Path(f"{out.stem if is_file(out, self.extension) else out.resolve().name or 'workout'}.workout.yaml")
        )

    def take(self, path: Path, source: Path) -> Diagnostic | None:
        """Claims a place; an error where another input of this run has it already, or it is the input itself."""
        key = self._key(path)
        if key == self._key(source):
            message = f"this would overwrite its own source, `{source}`"
            return Diagnostic("same-output", message, None, ("give another name with -o",))
        if key in self._taken:
            message = f"`{source}` and `{self._taken[key]}` would both write `{path}`"
            return Diagnostic("same-output", message, None, ("rename one of them, or compile them separately",))
        self._taken[key] = source
        return None

    def _key(self, path: Path) -> str:
        """The same for every way to write one place, on file systems that ignore case and composition too."""
        folder = self._paths.real(str(path.parent))
        return unicodedata.normalize("NFC", os.path.join(folder, path.name).casefold())
