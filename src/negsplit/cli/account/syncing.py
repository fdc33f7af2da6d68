"""Brings workouts into the account: shows what there is to do, asks, does it, says what is left."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Sequence, Set
from dataclasses import replace
from typing import Final

import click

from negsplit.account.changes import (
    Change,
    Changes,
    Create,
    Delete,
    Done,
    Move,
    Notice,
    Schedule,
    Undone,
    Unschedule,
    Update,
    day_text,
)
from negsplit.account.errors import AccountError, Overtaken, Rejected
from negsplit.account.ledger import AccountLedger, open_ledger
from negsplit.account.marker import Key
from negsplit.account.wanted import Options, SyncScope, Wanted
from negsplit.cli import console
from negsplit.cli.account.connection import LATER, diagnostic, told
from negsplit.cli.account.engines import Engine
from negsplit.cli.account.owner import owner
from negsplit.cli.account.sending import Ready, Sending
from negsplit.diagnostics import Diagnostic, Severity, visible

_VERBS: Final[dict[type[Change], str]] = {
    Create: "create",
    Update: "update",
    Schedule: "put on a day",
    Move: "move",
    Unschedule: "take off a day",
    Delete: "remove",
}
_COLORS: Final = {"+": "green", "~": "yellow", ">": "yellow", "-": "red", "!": "red"}


def bring(
    engine: Engine,
    wanted: Sequence[Wanted],
    scope: SyncScope,
    options: Options,
    *,
    dry_run: bool,
    quiet: bool,
    asks: Callable[[str], bool] | None = None,
    mistakes: bool = False,
    onwards: Sending | None = None,
    closing: str = "",
) -> None:
    """Makes the account hold what is wanted; ``asks`` whether to, once what there is to do was shown.

    Nobody is asked about what was not shown: then ``quiet`` waits for the answer. What the account holds as it is
    wanted goes ``onwards``. ``closing`` is said last, whatever was left undone. Ends the command with 1 where conflicts
    are left, something was refused, or was left out before because of ``mistakes``; with 75 where only time helps.
    """
    with told():
        console.meanwhile("looking at the account", quiet=quiet)
        at = engine.at
        with open_ledger(at.state, at.address.place, owner(engine)) as ledger:
            changes = engine.find(wanted, ledger, scope, options)
            console.report(engine.warnings(wanted, scope, options.today), quiet=quiet)
            _show(changes, quiet=quiet and (dry_run or asks is None or not changes.changes))
            rewritten = [one for one in changes.notices if one.kind == "rewritten"]
            # What is done was not compared, and may be an older version.
            passed_over = [one.key for one in changes.notices if one.kind in ("rewritten", "completed")]
            held_up = {*(one.key for one in changes.conflicts), *passed_over}
            if dry_run:
                if onwards is not None and not quiet:
                    onwards.announce(len([one for one in wanted if one.key not in held_up]))
                _close(closing, quiet=quiet)
                if mistakes:
                    raise console.Failed
                return
            if changes.changes and asks is not None and not asks(f"Do {_these(len(changes.changes))}?"):
                console.note("nothing was done")
                raise console.Failed
            astray = _do(engine, changes, wanted, ledger, quiet=quiet)
            failed = mistakes or bool(astray)
            if onwards is not None:
                console.report(_not_queued(rewritten))
                failed |= bool(rewritten)
                failed |= not onwards.send(_ready(wanted, held_up | astray, ledger), quiet=quiet)
    _close(closing, quiet=quiet)
    waits = [one.wait for one in changes.conflicts]
    if waits and all(waits) and not failed:
        raise click.exceptions.Exit(LATER)
    if waits or failed:
        raise console.Failed


def _close(words: str, *, quiet: bool) -> None:
    if words and not quiet:
        console.say(words)


def _ready(wanted: Sequence[Wanted], held_up: Set[Key], ledger: AccountLedger) -> list[Ready]:
    """What the account holds as it is wanted."""
    numbers = {key: record.workout for key, record in ledger.records.items() if key not in held_up}
    return [Ready(number, one.title) for one in wanted if (number := numbers.get(one.key)) is not None]


def _not_queued(rewritten: Sequence[Notice]) -> list[Diagnostic]:
    help = "look at it in Garmin Connect before you run it, and please report this"
    return [Diagnostic("not-queued", f"`{one.title}` was not queued: {one.reason}", None, (help,)) for one in rewritten]


# --- Showing -----------------------------------------------------------------------------------


def _show(changes: Changes, *, quiet: bool) -> None:
    """Everything that will be done, what stands in the way, and what stays as it is."""
    if not quiet:
        for change in changes.changes:
            _line(change.sign, _words(change))
    for conflict in changes.conflicts:
        _line(conflict.sign, f"{conflict.title}: {conflict.reason}; {conflict.help}")
    if quiet:
        return
    for notice in changes.notices:
        _line(" ", f"{notice.title}: {notice.reason}")
    if changes.unsaid:
        console.say("the account does not say which workouts were run: everything up to today stays as it is")
    console.say(_summary(changes))


def _words(change: Change) -> str:
    """What it is about, the day it will be on, and why."""
    match change:
        case Create(day=day) | Update(day=day) | Schedule(day=day) | Move(day=day) if day is not None:
            return f"{change.title}, on {day_text(day)}: {change.reason}"
    return f"{change.title}: {change.reason}"


def _line(sign: str, words: str) -> None:
    console.draw([f"{click.style(sign, fg=_COLORS.get(sign), bold=True)} {visible(words)}"])


def _summary(changes: Changes) -> str:
    """``2 to create, 1 to move, 5 unchanged, 1 conflict``."""
    verbs = Counter(_VERBS[type(change)] for change in changes.changes)
    parts = [f"{verbs[verb]} to {verb}" for verb in _VERBS.values() if verbs[verb]]
    parts += [f"{changes.unchanged} unchanged"] if changes.unchanged else []
    parts += [console.count(len(changes.conflicts), "conflict")] if changes.conflicts else []
    return ", ".join(parts) or "nothing to do"


def _these(number: int) -> str:
    return "this change" if number == 1 else f"these {number} changes"


# --- Doing -------------------------------------------------------------------------------------


def _do(engine: Engine, changes: Changes, wanted: Sequence[Wanted], ledger: AccountLedger, *, quiet: bool) -> set[Key]:
    """What is not done, or not known to be, and what the account keeps otherwise than it was sent."""
    made: list[Done | Undone] = []
    of = console.count(len(changes.changes), "change")

    def left(_error: BaseException) -> None:
        done = [one for one in made if isinstance(one, Done)]
        _tell_undone(made, of)
        if changes.changes:
            console.note(f"{len(done)} of {of} done; not done, or not known:")
        for change in changes.changes[len(made) :]:
            console.note(f"  {change.sign} {_words(change)}")
        console.note("run the same command again: it carries on from here")

    try:
        with told(left):
            for one in _steps(engine.make(changes, wanted, ledger), changes.changes, quiet=quiet):
                made.append(one)
    except KeyboardInterrupt as interrupt:
        left(interrupt)
        raise
    done = [one for one in made if isinstance(one, Done)]
    console.report([*_differences(done, engine.site), *_not_handed_on(done, engine.site)])
    if done and not quiet:
        console.say(f"{console.count(len(done), 'change')} done")
    _tell_undone(made, of)
    return {one.change.key for one in made if isinstance(one, Undone) or one.differences}


def _steps(steps: Iterator[Done | Undone], changes: Sequence[Change], *, quiet: bool) -> Iterator[Done | Undone]:
    """Each step as it is done, with a bar; where there is none, what was found is still noted."""
    for _ in console.progress(changes, quiet=quiet):
        yield next(steps)
    yield from steps


def _tell_undone(made: Sequence[Done | Undone], of: str) -> None:
    """Each reason once, with what it kept from being done."""
    undone: dict[tuple[Diagnostic, type[AccountError]], list[Change]] = {}
    for one in made:
        if isinstance(one, Undone):
            undone.setdefault((diagnostic(one.error), type(one.error)), []).append(one.change)
    for (reason, kind), changes in undone.items():
        what = "not done" if issubclass(kind, Rejected | Overtaken) else "not done, or not known"
        is_refused = issubclass(kind, Rejected)
        help = "change or leave out what is refused again" if is_refused else "it looks before it changes anything"
        message, help = f"{reason.message}: {len(changes)} of {of} {what}", f"run the same command again: {help}"
        console.report([replace(reason, message=message, help=(help,))])
        for change in changes:
            console.note(f"  {change.sign} {_words(change)}")


def _differences(done: Sequence[Done], site: str) -> list[Diagnostic]:
    return [
        Diagnostic(
            "kept-otherwise",
            f"`{one.change.title}` is in the account, but not as it was sent: {'; '.join(one.differences)}",
            None,
            (f"look at it in {site} before you run it, and please report this",),
            Severity.ERROR,
        )
        for one in done
        if one.differences
    ]


def _not_handed_on(done: Sequence[Done], site: str) -> list[Diagnostic]:
    return [
        Diagnostic(
            "not-handed-on",
            f"`{one.change.title}` is in {site}, which could not pass it on to {words}",
            None,
            (f"look at it in {site} before its day",),
            Severity.WARNING,
        )
        for one in done
        for words in one.not_handed_on
    ]
