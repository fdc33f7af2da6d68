"""The calls by which a run changes files: which there are, how each may fail, and in which order they have to come."""

from __future__ import annotations

import os
import re
from collections.abc import Iterator, Sequence
from typing import NamedTuple

SIGNALS = ("KILL", "TERM", "HUP", "INT")
ERRORS = {
    "open": ("ENOSPC", "EIO", "EACCES", "EINTR"),
    "read": ("EIO",),
    "write": ("ENOSPC", "EIO", "EINTR"),
    "sync": ("ENOSPC", "EIO", "EINTR"),
    "rename": ("ENOSPC", "EIO", "EACCES"),
    "link": ("ENOSPC", "EIO", "EACCES"),
    "unlink": ("EIO", "EACCES"),
    "mkdir": ("ENOSPC", "EIO", "EACCES"),
    "chmod": ("EIO", "EACCES", "EINTR"),
    "truncate": ("EIO", "EACCES", "EINTR"),
    "lock": ("ENOLCK", "EINTR"),
    "unlock": (),
}
"""How a call of each kind may fail. ``read`` is an opening that only reads. EINTR stands where Python tries again."""

JOURNAL = ".negsplit-journal"


class Call(NamedTuple):
    """The ``number``-th call (from 1) of one ``name`` in a run, of a kind of :data:`ERRORS`.

    ``paths`` start from the world's root. ``works``: it did what it was to do when nothing disturbed it; a folder that
    is made where there is one does not.
    """

    name: str
    number: int
    kind: str
    paths: tuple[str, ...]
    works: bool = True

    def __str__(self) -> str:
        return f"{self.name}({', '.join(plain(path) for path in self.paths)})"


def faults(calls: Sequence[Call], every: bool) -> Iterator[tuple[Call, str]]:
    """Each call with each way to disturb it: KILL and ``every`` signal, or one of the others in turn."""
    read: set[tuple[str, ...]] = set()
    for at, call in enumerate(calls):
        if call.kind == "read":
            names = () if call.paths in read else ERRORS["read"]
            read.add(call.paths)
        elif not call.works:
            names = ("EIO",)
        else:
            others = SIGNALS[1:]
            names = (*ERRORS[call.kind], "KILL", *(others if every else others[at % len(others) :][:1]))
        yield from ((call, name) for name in names)


def plain(path: str) -> str:
    """A path without what is random in it."""
    return re.sub(r"[0-9a-f]{8,64}", "*", path)


def disorder(calls: Sequence[Call], folder: str) -> list[str]:
    """What a power cut could do harm to in the writing of a plan's folder, which starts from the root too."""
    inside = [one for one in calls if all(path == folder or os.path.dirname(path) == folder for path in one.paths)]
    journal = os.path.join(folder, JOURNAL)
    moves = [at for at, one in enumerate(inside) if _is_of_the_user(one)]
    if not moves:
        return ["no file of the plan was moved or removed"]
    found = []
    for at in moves:
        one = inside[at]
        if one.kind == "rename" and not _is_flushed(inside[:at], one.paths[0]):
            found.append(f"{one} makes valid what is not flushed")
    if not _is_flushed(inside[: moves[0]], journal):
        found.append(f"the journal is not flushed before {inside[moves[0]]}")
    if not _synced(inside[: moves[0]], folder, since=_first(inside, "open", journal)):
        found.append(f"the journal has no name on the disk before {inside[moves[0]]}")
    gone = [at for at, one in enumerate(inside) if one.kind == "unlink" and one.paths == (journal,)]
    if not gone or gone[-1] < moves[-1]:
        found.append("the journal does not go last")
    elif not _synced(inside[: gone[-1]], folder, since=moves[-1]):
        found.append("the folder is not flushed between the last move and the end of the journal")
    return found


def _is_of_the_user(call: Call) -> bool:
    """Whether a file that the user knows is moved, replaced or removed."""
    return call.kind in ("rename", "unlink") and not os.path.basename(call.paths[-1]).startswith(".negsplit-")


def _first(calls: Sequence[Call], kind: str, path: str) -> int:
    return next((at for at, one in enumerate(calls) if one.kind == kind and one.paths == (path,)), len(calls))


def _is_flushed(calls: Sequence[Call], path: str) -> bool:
    """Whether a file was written and flushed after its last writing."""
    last = {one.kind: at for at, one in enumerate(calls) if path in one.paths}
    return last.get("sync", -1) > last.get("write", len(calls))


def _synced(calls: Sequence[Call], folder: str, since: int) -> bool:
    return any(one.kind == "sync" and one.paths == (folder,) for one in calls[since + 1 :])
