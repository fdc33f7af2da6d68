"""Writes files that belong together: all of them, or none, and after any end the next run makes the folder whole.

While a change is under way a journal stands in the folder (:mod:`negsplit.files.journal`). Everything new is
written under other names first and flushed; only then do the renames begin, one name at a time from its old file
to its new one. What is replaced is kept until the last, so that an error undoes everything. Whoever finds the
journal of a process that is gone does what it says: forward behind ``ready``, else back.
"""

from __future__ import annotations

import errno
import os
import secrets
from collections.abc import Callable, Collection, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from zlib import crc32

from negsplit.files import journal
from negsplit.files.flushing import flush_folder
from negsplit.files.journal import Intent, JournalFile
from negsplit.files.parents import made
from negsplit.files.reading import holds, is_file
from negsplit.files.replacing import must_be_replaceable
from negsplit.files.work_file import Work, beside, held, remove


class HeldFolder:
    """A folder that this process alone changes, once, as long as it holds it."""

    def __init__(self, path: Path, log: Work) -> None:
        self.path, self._log = path, log

    def holds(self, name: str, data: bytes) -> bool:
        """Whether a file of that name is there with that content."""
        return holds(self.path / name, data)

    def strange(self, name: str, data: bytes) -> bool:
        """Whether something is there under that name, and holds something else."""
        return os.path.lexists(self.path / name) and not self.holds(name, data)

    def write(self, files: Mapping[str, bytes], gone: Collection[str]) -> None:
        """Puts files in their places and takes those away that are gone. What holds the same already stays.

        On any error the folder holds what it held before; where even that fails, the next run sees to it.

        :raises OSError: which names the file that is in the way, or could not be written.
        """
        new = {name: data for name, data in files.items() if not self.holds(name, data)}
        there = tuple(name for name in gone if os.path.lexists(self.path / name))
        if not new and not there:
            return
        for name in new:
            must_be_replaceable(self.path / name)
        named = (JournalFile(name, os.path.lexists(self.path / name), crc32(data)) for name, data in new.items())
        intent = Intent(secrets.token_hex(4), tuple(named), there)
        self._log.write(intent.line())
        self._log.flush()
        flush_folder(self.path)
        self._log.stay()
        self._carry_out(intent, new)
        self._log.stay(stays=False)

    def _carry_out(self, intent: Intent, new: Mapping[str, bytes]) -> None:
        is_staged = False
        try:
            self._stage(intent, new)
            is_staged = True
            self._mark("ready")
            _forward(self.path, intent)
        except BaseException:
            if is_staged:
                self._mark("back")
                _back(self.path, intent)
            _clean(self.path, intent)  # on a full disk there may be no room for a mark
            self._log.stay(stays=False)
            raise
        _clean(self.path, intent)

    def _mark(self, phase: journal.Phase) -> None:
        self._log.write(journal.mark(phase))
        self._log.flush()

    def _stage(self, intent: Intent, new: Mapping[str, bytes]) -> None:
        for number, (name, data) in enumerate(new.items()):
            with _naming(self.path / name), held(self.path / intent.new(number)) as work:
                work.take_mode(self.path / name)
                work.write(data)
                work.flush()
                work.stay()
        flush_folder(self.path)


@contextmanager
def at_work(path: Path, owns: Callable[[str], bool]) -> Iterator[HeldFolder]:
    """Holds a folder, made where there is none and put right where an earlier run was cut off.

    ``owns`` says of a name whether it can be one that is written here: a journal with others is not followed.

    :raises BusyError: where another process holds it.
    :raises OSError: where it cannot be made or put right; FileExistsError where a file has its name.
    """

    def put_right(log: Path) -> None:
        found = journal.load(log, owns)
        if found.intent:
            _finished(path, found.intent, found.phase)
        os.unlink(log)

    with made(path), held(path / journal.NAME, clear=put_right) as log:
        log.write(journal.head())
        yield HeldFolder(path, log)


def _finished(folder: Path, intent: Intent, phase: journal.Phase) -> None:
    """Does what the journal of a process says that is gone."""
    if phase == "ready":
        _forward(folder, intent)
    elif phase == "back":
        _back(folder, intent)
    _clean(folder, intent)


def _forward(folder: Path, intent: Intent) -> None:
    """Gives every name its new file; what is done already stays done."""
    for number, file in enumerate(intent.files):
        new, place = folder / intent.new(number), folder / file.name
        if os.path.lexists(new):
            with _naming(place):
                if file.replaces:
                    _keep(place, folder / intent.old(number))
                elif os.path.lexists(place):  # put there since
                    raise FileExistsError(errno.EEXIST, os.strerror(errno.EEXIST))
                os.replace(new, place)
    for number, name in enumerate(intent.gone, start=len(intent.files)):
        old, place = folder / intent.old(number), folder / name
        if os.path.lexists(place) and not os.path.lexists(old):
            with _naming(place):
                os.replace(place, old)
    flush_folder(folder)


def _keep(place: Path, old: Path) -> None:
    """Keeps what stands at a place under another name too, until everything new is in its place."""
    if os.path.lexists(old) or not os.path.lexists(place):
        return
    try:
        os.link(place, old, follow_symlinks=False)
    except OSError:  # file systems without links, such as FAT
        if place.is_symlink():
            os.symlink(os.readlink(place), old)
            return
        with held(beside(old)) as work:
            work.take_mode(place)
            work.write(place.read_bytes())
            work.replace(old)


def _back(folder: Path, intent: Intent) -> None:
    """Gives every name its old file again; what is done already stays done."""
    for number, file in enumerate(intent.files):
        old, place = folder / intent.old(number), folder / file.name
        with _naming(place):
            if os.path.lexists(old):
                if not _is_kept(place, old):
                    os.replace(old, place)
            elif not file.replaces and is_file(place) and crc32(place.read_bytes()) == file.checksum:
                os.unlink(place)
    for number, name in enumerate(intent.gone, start=len(intent.files)):
        if os.path.lexists(folder / intent.old(number)):
            os.replace(folder / intent.old(number), folder / name)
    flush_folder(folder)


def _is_kept(place: Path, old: Path) -> bool:
    """Whether a place still holds what was kept of it: what cannot be replaced need not be replaced back."""
    if not os.path.lexists(place):
        return False
    if os.path.samestat(os.lstat(place), os.lstat(old)):
        return True
    return is_file(place) and is_file(old) and place.read_bytes() == old.read_bytes()


def _clean(folder: Path, intent: Intent) -> None:
    """Removes what is left under names of ours."""
    for number in range(len(intent.files) + len(intent.gone)):
        new, old = folder / intent.new(number), folder / intent.old(number)
        for path in (new, old, beside(old)):
            remove(path)


@contextmanager
def _naming(place: Path) -> Iterator[None]:
    """Lets an error name the file it is about, not one under a name of ours."""
    try:
        yield
    except OSError as error:
        error.filename = str(place)
        raise
