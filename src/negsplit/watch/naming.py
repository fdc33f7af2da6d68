"""Names where no file system holds them: a watch may have several things of one name, or one that is no name."""

from __future__ import annotations

from collections.abc import Iterable

from negsplit.watch.door import Names, shown
from negsplit.watch.errors import Refused, Taken


def is_name(name: str) -> bool:
    """Whether something can be called that in one folder, and nowhere else."""
    return name not in {"", ".", ".."} and not any(character in name for character in "/\\\0")


def check(place: Names) -> None:
    """Looks at a place before a watch is asked for it.

    :raises Refused: where a part of it is no name.
    """
    if not all(is_name(name) for name in place):
        raise Refused(f"`{shown(place)}` is not a place on a watch")


def check_free(folder: Names, name: str, there: Iterable[str]) -> None:
    """Looks whether something can be made in a folder.

    :raises Taken: where the name is there already, in whatever case.
    """
    if name.casefold() in {one.casefold() for one in there}:
        raise Taken(f"there is a `{shown((*folder, name))}` already on the watch")


def ambiguous(place: Names) -> Refused:
    """What to say of a name that several things have."""
    return Refused(f"the watch has several `{shown(place)}`: there is no telling which one is meant")
