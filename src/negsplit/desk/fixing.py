"""Carries out the cures of one file that are certain, round after round, until none is left."""

from __future__ import annotations

import difflib
import errno
import io
import os
import stat
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import Final, NamedTuple

from negsplit.cures import apart, applied
from negsplit.diagnostics import Diagnostic, Fix, Source, visible
from negsplit.files.reading import read
from negsplit.files.replacing import replace
from negsplit.tree.encoding import MAX_BYTES, load_bytes

_WRITABLE: Final = stat.S_IWUSR | stat.S_IWGRP | stat.S_IWOTH
_NO_LINE_END: Final = "\\ No newline at end of file\n"
_MOST_ROUNDS: Final = 10
"""Cures can bring to light what others cure: more than a few rounds are no mistakes of typing."""


class Fixed(NamedTuple):
    """One file's text as it is and as it would be, and the cures between them in the order in which they were made."""

    path: Path
    before: str
    after: str
    fixes: tuple[Fix, ...]

    def diff(self) -> Iterator[str]:
        """The difference as a unified diff that ``patch`` takes: its lines with the line ends of the file."""
        name = visible(str(self.path)) + "\t" * (" " in str(self.path))  # behind a space only a tab ends a name
        before, after = (list(io.StringIO(text, newline="\n")) for text in (self.before, self.after))
        for line in difflib.unified_diff(before, after, name, name):
            yield line if line.endswith("\n") else f"{line}\n{_NO_LINE_END}"

    def write(self) -> None:
        """Puts the new text into the file, whole; nothing outside the edits differs by a byte.

        :raises PermissionError: where nobody may write it.
        :raises OSError: where it cannot be read or written, or holds something else by now.
        """
        if not self.path.stat().st_mode & _WRITABLE:
            raise PermissionError(errno.EACCES, os.strerror(errno.EACCES), str(self.path))
        if read(self.path, MAX_BYTES) != self.before.encode():
            raise OSError(errno.EAGAIN, "another program changed it in the meantime", str(self.path))
        replace(Path(os.path.realpath(self.path)), self.after.encode(), flush=True)


def fixed(path: Path, data: bytes, check: Callable[[Source], Iterable[Diagnostic]]) -> Fixed:
    """What certain cures make of a file's bytes, if they are text; ``check`` says what is wrong with one."""
    if load_bytes(str(path), data)[0] is None:
        return Fixed(path, "", "", ())
    text = before = data.decode()
    done: list[Fix] = []
    for _ in range(_MOST_ROUNDS):
        source, _problems = load_bytes(str(path), text.encode())
        if source is None:
            break
        shift = len(text) - len(source.text)  # of a byte order mark, which the source has not
        fixes = apart(_certain(check(source), source))
        if not fixes:
            break
        text = text[:shift] + applied(text[shift:], (edit for fix in fixes for edit in fix.edits))
        done += fixes
    return Fixed(path, before, text, tuple(done))


def _certain(found: Iterable[Diagnostic], source: Source) -> Iterator[Fix]:
    """The certain cures of a text itself, not of the files it uses: the first of each message."""
    for one in found:
        fixes = (fix for fix in one.fixes if fix.is_certain and all(edit.span.source is source for edit in fix.edits))
        if fix := next(fixes, None):
            yield fix
