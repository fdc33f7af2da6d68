"""The watch that a command is about: found, chosen, open while the command works."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Final, NamedTuple

import click

from negsplit.cli import console
from negsplit.codes import Code
from negsplit.desk import folders
from negsplit.diagnostics import Diagnostic, Severity
from negsplit.state import StateError, StateFolder
from negsplit.watch import errors
from negsplit.watch.attached import Watch, attach
from negsplit.watch.door import WatchPlace
from negsplit.watch.errors import WatchError
from negsplit.watch.finding import Found, find
from negsplit.watch.inventory import Inventory
from negsplit.watch.ledger import PassingLedger, WatchLedger
from negsplit.watch.memory import Memory

WAYS: Final = {
    "volume": "mounted volume",
    "gvfs": "MTP through gvfs",
    "mtp": "MTP through libmtp",
    "wpd": "MTP through Windows",
}
_UNTRIED: Final = ("wpd",)
"""Ways by which nobody has yet told of a file that came to a watch."""
_CODES: Final[Mapping[type[WatchError], Code]] = {
    errors.NotThere: "watch-missing",
    errors.Taken: "watch-taken",
    errors.Refused: "watch-refused",
    errors.Full: "watch-full",
    errors.ReadOnly: "watch-read-only",
    errors.Gone: "watch-gone",
    errors.Busy: "watch-busy",
    errors.NotAllowed: "watch-not-allowed",
}
_WHERE_FROM: Final = (
    "plug it in and unlock it; newer watches need libmtp on Linux and macOS (docs/watch.md)",
    "if it is mounted somewhere unusual, say where: `--mount DIR`",
)

watch_option = click.option("--watch", "name", metavar="NAME", help="Which watch, if there are several.")
mount_option = click.option(
    "--mount",
    metavar="DIR",
    type=click.Path(exists=True, file_okay=False, path_type=Path),
    help="The folder where the watch is mounted.",
)
yes_option = click.option("-y", "--yes", is_flag=True, help="Do not ask.")
experimental_option = click.option(
    "--experimental", is_flag=True, help="Go ahead where nobody has tried this with a real watch yet: MTP on Windows."
)


def diagnostic(error: WatchError, severity: Severity = Severity.ERROR) -> Diagnostic:
    """What went wrong with a watch, as every other message."""
    help = error.help
    if isinstance(error, errors.NotInstalled):
        from negsplit.desk.installation import adding

        help = (f"install it: `{adding('windows')}`",)
    return Diagnostic(_CODES.get(type(error), "watch-unusable"), error.message, None, help, severity)


@contextmanager
def told() -> Iterator[None]:
    """Ends the command with what went wrong with the watch, or with what is remembered of it."""
    try:
        yield
    except WatchError as error:
        console.report([diagnostic(error)])
        raise console.Failed from None
    except StateError as error:
        console.report([Diagnostic("state", str(error))])
        raise console.Failed from None


class Seen(NamedTuple):
    """A watch that was found: open, or the reason why it is not."""

    place: WatchPlace
    watch: Watch | None
    error: WatchError | None

    @property
    def name(self) -> str:
        return self.watch.name if self.watch else "a watch"

    @property
    def called(self) -> str:
        """What tells it from the others."""
        return f"{self.name} ({WAYS[self.place.way]}, {self.place.where})"


class Cable(NamedTuple):
    """The watches on it, and what stood in the way of seeing more."""

    seen: list[Seen]
    hindrances: list[WatchError]


@contextmanager
def everything(mount: Path | None) -> Iterator[Cable]:
    """Every watch there is, open as far as they open; ends the command where there is none."""
    found = find(mount)
    if not found.places:
        console.report(_none(found))
        raise console.Failed
    seen = [_seen(place) for place in found.places]
    try:
        yield Cable(seen, found.hindrances)
    finally:
        for one in seen:
            if one.watch is not None:
                one.watch.close()


def _seen(place: WatchPlace) -> Seen:
    try:
        return Seen(place, attach(place), None)
    except WatchError as error:
        return Seen(place, None, error)


def _none(found: Found) -> list[Diagnostic]:
    help = tuple(text for error in found.hindrances for text in (error.message, *error.help))
    return [Diagnostic("no-watch", "no watch was found", None, help or _WHERE_FROM)]


@contextmanager
def chosen(name: str | None, mount: Path | None) -> Iterator[Watch]:
    """The one watch there is, or the one named.

    Ends the command, and says which there are, where that is not one.
    """
    with told(), everything(mount) as cable:
        one = _the_one(cable, name)
        if one.error is not None:
            raise one.error
        assert one.watch is not None
        yield one.watch


def _the_one(cable: Cable, name: str | None) -> Seen:
    fitting = [one for one in cable.seen if name is None or _fits(one, name)]
    exact = [one for one in fitting if name is not None and one.name.casefold() == name.casefold()]
    fitting = exact or fitting
    if len(fitting) == 1:
        return fitting[0]
    there = [f"there is {one.called}" for one in fitting or cable.seen]
    if fitting:
        message = f"{len(fitting)} watches are called `{name}`" if name else f"there are {len(fitting)} watches"
        there.append("say which one, by its model or its place: `--watch NAME`; or `--mount DIR`")
    else:
        message = f"no watch is called `{name}`"
        there += [text for error in cable.hindrances for text in (error.message, *error.help)]
    console.report([Diagnostic("several-watches" if fitting else "no-watch", message, None, tuple(there))])
    raise console.Failed


def _fits(one: Seen, name: str) -> bool:
    words = name.casefold()
    return bool(words) and (words in one.name.casefold() or words in one.place.where.casefold())


def not_all(inventory: Inventory) -> list[Diagnostic]:
    """A warning where not everything that is on the watch was looked at."""
    help = "so more may be on the watch than is shown"
    return [
        Diagnostic("not-all-seen", f"not read: {what}", None, (help,), Severity.WARNING) for what in inventory.unread
    ]


def takes_workouts(watch: Watch) -> None:
    """Ends the command where the watch takes no workouts."""
    if watch.refusal:
        missing = watch.misses_its_folder
        message = f"{watch.name} takes no workouts{' right now' if missing else ''}: {watch.refusal}"
        help = ("restart the watch, plug it in again, and see whether the folder is there",) if missing else ()
        console.report([Diagnostic("watch-refused", message, None, help)])
        raise console.Failed


def tried(watch: Watch, what: str, *, experimental: bool) -> None:
    """Ends the command where nobody has tried with a watch what it does, unless that is wanted."""
    if watch.place.way in _UNTRIED and not experimental:
        message = f"{what} by {WAYS[watch.place.way]} has never been tried with a real watch"
        help = (
            "`--experimental` does it anyway; please tell us how it went (docs/hardware.md)",
            "or by hand: in the Explorer, copy what `negsplit compile` made to `GARMIN\\NewFiles` on the watch",
        )
        console.report([Diagnostic("watch-untried", message, None, help)])
        raise console.Failed


class Remembered(NamedTuple):
    """What was brought to a watch, and what was read of the files that it keeps."""

    ledger: WatchLedger
    memory: Memory


@contextmanager
def remembered(watch: Watch) -> Iterator[Remembered]:
    """What is known of a watch, while no other negsplit works with any; nothing of one that tells no `Id`."""
    state, unit = StateFolder(folders.state()), watch.device.unit
    with state.lock("watch.lock"):
        yield Remembered(WatchLedger(state, unit) if unit else PassingLedger(), Memory(state, unit))


def tells_which(watch: Watch, without: str) -> None:
    """Ends the command where the watch does not say which one it is; ``without`` is what can be done all the same."""
    if watch.device.unit is None:
        message = f"{watch.name} does not say which watch it is (its manifest has no `Id`)"
        help = ("so negsplit cannot tell what it copied there", without)
        console.report([Diagnostic("watch-refused", message, None, help)])
        raise console.Failed
