"""Lets what is in the account wait for a watch: for which, and what of it waits there already."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from negsplit.account.errors import AccountError, Rejected
from negsplit.account.garmin.address import Address
from negsplit.account.garmin.client import Account
from negsplit.account.garmin.queue import Paired, Queue
from negsplit.cli import console
from negsplit.cli.account.connection import Connection, told
from negsplit.diagnostics import Diagnostic

_WITHOUT = (
    "pair the watch in the Garmin Connect app, then try again",
    "or plug it in and copy: `negsplit watch copy`",
)

_AGAIN = "run the same command again: it first looks at what is already waiting"


class Ready(NamedTuple):
    """A workout that the account holds as it was wanted, by its number there."""

    workout: int
    title: str


class Sending:
    """On the way to the one watch of the account, or to the one that ``name`` fits.

    Making one ends the command where that is not one watch: before anything is done.
    """

    def __init__(self, at: Connection[Address], name: str | None) -> None:
        with told():
            self._queue = Queue(Account(at.address, at.state, pauses=at.pauses))
            self._watch = _the_one(self._queue.watches(), name)

    def announce(self, many: int) -> None:
        """Says how many it would be."""
        console.say(f"{console.count(many, 'workout')} to queue for {self._watch.name}")

    def send(self, ready: Sequence[Ready], *, quiet: bool) -> bool:
        """Queues what does not wait already, and says so; whether the account is known to have taken all.

        Each goes out once. Ends the command where nothing more is taken.
        """
        queued: list[Ready] = []
        unsure: list[Ready] = []

        def left(_error: Exception) -> None:
            console.note(f"for {self._watch.name}, not queued, or not known:")
            for one in ready:
                if one not in queued and one not in unsure and one.workout not in waiting:
                    console.note(f"  {one.title}")
            console.note(_AGAIN)

        waiting: frozenset[int] = frozenset()
        with told(left):
            waiting = self._queue.waiting(self._watch) if ready else waiting
            for one in ready:
                if one.workout not in waiting:
                    (queued if self._add(one) else unsure).append(one)
        if not quiet:
            self._say(len(queued), len(ready) - len(queued) - len(unsure))
        return not unsure

    def _add(self, one: Ready) -> bool:
        try:
            self._queue.add(self._watch, one.workout, one.title)
        except AccountError as error:
            if error.stops:
                raise
            is_refused = isinstance(error, Rejected)
            what = "was not queued" if is_refused else "was not queued, or nobody knows,"
            help = error.help if is_refused else (_AGAIN,)
            message = f"`{one.title}` {what} for {self._watch.name}: {error.message}"
            console.report([Diagnostic("not-queued", message, None, help)])
            return False
        return True

    def _say(self, queued: int, waiting: int) -> None:
        if queued:
            count = console.count(queued, "workout")
            console.say(f"{count} queued for {self._watch.name}, which fetches them the next time it syncs")
        if waiting:
            verb = "waits" if waiting == 1 else "wait"
            console.say(f"{console.count(waiting, 'workout')} {verb} for {self._watch.name} already")


def _the_one(there: Sequence[Paired], name: str | None) -> Paired:
    fitting = [one for one in there if name is None or _fits(one, name)]
    if len(fitting) == 1:
        return fitting[0]
    if not there:
        problem = Diagnostic("no-watch", "no watch in the account takes workouts", None, _WITHOUT)
    elif not fitting:
        problem = Diagnostic("no-watch", f"no watch in the account is called `{name}`", None, _named(there))
    else:
        message = (
            f"{len(fitting)} watches in the account are called `{name}`" if name else f"there are {len(there)} watches"
        )
        problem = Diagnostic("several-watches", message, None, (*_named(fitting), "choose one: `--watch NAME`"))
    console.report([problem])
    raise console.Failed


def _fits(one: Paired, name: str) -> bool:
    return bool(name) and (name.casefold() in one.name.casefold() or name == str(one.number))


def _named(watches: Sequence[Paired]) -> tuple[str, ...]:
    """Which there are; with the account's number where a name does not tell one from another."""
    names = [one.name for one in watches]
    return tuple(
        f"there is {one.name}" if names.count(one.name) == 1 else f"there is {one.name}: `--watch {one.number}`"
        for one in watches
    )
