"""Private files of one user: read whole, written whole or not at all, and held by one process at a time."""

from __future__ import annotations

import os
import re
import secrets
import shlex
import stat
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Final

from negsplit.files.flushing import flush_folder
from negsplit.files.replacing import tidy
from negsplit.files.work_file import beside, held

SECRET_BYTES: Final = 32
"""Of a secret that is made here: as long as what HMAC-SHA-256 gives (RFC 2104)."""

_PRIVATE: Final = 0o600
_OTHERS: Final = 0o077
_OTHERS_CHANGE: Final = 0o022
"""Bits of a mode: what the group and everybody may do, and of that to change something."""
_NAME: Final = re.compile(r"[a-z0-9][a-z0-9.-]*")
_PLAIN: Final = sum(getattr(os, flag, 0) for flag in ("O_NOFOLLOW", "O_NONBLOCK", "O_CLOEXEC", "O_BINARY"))
"""Follows no link, waits for no pipe, translates no line ends."""


class StateError(Exception):
    """A private file that cannot be had. The message names the file and holds nothing of its content."""


class StateFolder:
    """A folder of private files: 0700 and 0600 from the moment they are there.

    Links, anything that is no plain file, and what belongs to another user are refused. File names are of
    lower-case letters, digits, dots and hyphens. Every method raises :class:`StateError` alone.
    """

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self._around: StateFolder | None = None

    def inner(self, name: str) -> StateFolder:
        """A folder of private files in this one; neither is made before something is written."""
        found = StateFolder(self._path(name))
        found._around = self
        return found

    def read(self, name: str, most: int = 1_000_000) -> bytes | None:
        """A file whole, None where there is none; :class:`StateError` beyond ``most`` bytes."""
        path = self._path(name)
        with _told(path, "read"):
            if not _is_ours(self.folder, stat.S_ISDIR, "folder"):
                return None
            tidy(path)  # what is read may never be written again
        return read_private(path, most)

    def write(self, name: str, data: bytes) -> None:
        """A file whole. On return it is on the disk; until then, and on any error, the older one stands."""
        path = self._path(name)
        with _told(path, "written"):
            self._make()
            _is_ours(path)
            with held(beside(path), mode=_PRIVATE) as work:
                work.write(data)
                work.flush()
                work.replace(path)
            flush_folder(self.folder)

    def probe(self) -> None:
        """:class:`StateError` where nothing could be written; nothing is left of trying."""
        with _told(self.folder, "written to"):
            made = not self.folder.exists()
            self._make()
            with held(beside(self.folder / "probe"), mode=_PRIVATE):
                pass
            if made:
                with suppress(OSError):  # another process has put something there meanwhile
                    self.folder.rmdir()

    def remove(self, name: str) -> None:
        """Removes a file; there may be none."""
        path = self._path(name)
        with _told(path, "removed"):
            if _is_ours(self.folder, stat.S_ISDIR, "folder") and _is_ours(path):
                path.unlink(missing_ok=True)
                flush_folder(self.folder)

    @contextmanager
    def lock(self, name: str, patience: float = 10.0) -> Iterator[None]:
        """Holds a lock file. It waits ``patience`` seconds for another process, or holder in this one, to let go."""
        from filelock import FileLock, Timeout

        path = self._path(name)
        with _told(path, "locked"):
            self._make()
            _is_ours(path)
            held = FileLock(path, mode=_PRIVATE)
            try:
                held.acquire(timeout=patience)
            except Timeout:
                raise StateError(f"another negsplit is running and uses `{path}`") from None
        try:
            yield
        finally:
            held.release()

    def secret(self, name: str) -> bytes:
        """:data:`SECRET_BYTES` random bytes, made when first asked for and kept."""
        kept = self.read(name, SECRET_BYTES)
        if kept is None:
            with self.lock(f"{name}.lock"):
                kept = self.read(name, SECRET_BYTES)
                if kept is None:
                    kept = secrets.token_bytes(SECRET_BYTES)
                    self.write(name, kept)
        if len(kept) != SECRET_BYTES:
            raise StateError(f"`{self._path(name)}` does not hold {SECRET_BYTES} bytes: move it away")
        return kept

    def _path(self, name: str) -> Path:
        if not _NAME.fullmatch(name):
            raise ValueError(f"no name of a private file: {name!r}")
        return self.folder / name

    def _make(self) -> None:
        if self._around is not None:
            self._around._make()
        self.folder.parent.mkdir(parents=True, exist_ok=True)
        with suppress(FileExistsError):
            self.folder.mkdir(mode=0o700)
        _is_ours(self.folder, stat.S_ISDIR, "folder")


def read_private(path: Path, most: int) -> bytes | None:
    """A private file, wherever it is, whole; None where there is none.

    :raises StateError: beyond ``most`` bytes, and for what :class:`StateFolder` refuses.
    """
    with _told(path, "read"):
        if not _is_ours(path):
            return None
        with open(os.open(path, os.O_RDONLY | _PLAIN), "rb") as file:
            data = file.read(most + 1)
    if len(data) > most:
        raise StateError(f"`{path}` is larger than {most} bytes")
    return data


def _is_ours(path: Path, is_kind: Callable[[int], bool] = stat.S_ISREG, kind: str = "file") -> bool:
    """Whether something is there; :class:`StateError` where it is of another kind, or not the user's alone.

    Nobody else may so much as read a file, or change what is in the folder.
    """
    try:
        found = os.lstat(path)
    except FileNotFoundError:
        return False
    if not is_kind(found.st_mode):
        raise StateError(f"`{path}` is not a plain {kind}")
    if os.name == "posix":
        if found.st_uid != os.geteuid():
            raise StateError(f"`{path}` belongs to another user")
        if found.st_mode & (_OTHERS if is_kind is stat.S_ISREG else _OTHERS_CHANGE):
            cure = f"chmod go-rwx {shlex.quote(str(path))}"
            raise StateError(f"others on this computer may open `{path}`: take that right away with `{cure}`")
    return True


@contextmanager
def _told(path: Path, what: str) -> Iterator[None]:
    """The system's errors as a :class:`StateError`."""
    try:
        yield
    except OSError as error:
        why = error.strerror or type(error).__name__
        raise StateError(f"`{path}` cannot be {what}: {why[:1].lower()}{why[1:]}") from error
