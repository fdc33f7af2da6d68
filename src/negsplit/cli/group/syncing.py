"""``negsplit sync`` for a group: each runner's own account, one after another."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path

import click

from negsplit.cli import console, logins
from negsplit.cli.account.connection import LATER, TooManyRequests
from negsplit.desk.account_names import of_plan
from negsplit.desk.group import Member, members, plan_of
from negsplit.diagnostics import has_errors
from negsplit.words import count

Sync = Callable[[Path, str, dict[object, str]], None]
"""What brings a plan into the account of the login in use, for an athlete; ends with an exit where that fails."""
_DONE, _FAILED, _NOT_REACHED = "done", "not done, see above", "not reached: the service takes no more for now"


def sync_group(path: Path, athletes: Sequence[str], sync: Sync, *, quiet: bool) -> None:
    """Does it for everybody, whatever happens to one; says at the end how each ended.

    Ends the command with 1 where something failed, with 75 where only time helps. A service that takes no more for now
    is not asked again for those who are left; they are told.
    """
    found, problems = members(athletes)
    console.report(problems, quiet=quiet)
    if has_errors(problems):
        raise console.Failed
    ends: dict[str, str] = {}
    statuses: set[int] = set()
    whose: dict[object, str] = {}
    busy: set[str] = set()
    try:
        for member in found:
            account = of_plan(path, member.athlete, None)
            if account in busy:
                ends[member.name] = _NOT_REACHED
                continue
            if not quiet:
                console.say(*([""] if ends else []), f"{member.name}:")
            status = _status(member, path, sync, whose, quiet=quiet)
            if isinstance(status, TooManyRequests):
                busy.add(account)
            code = status.exit_code if status else 0
            statuses.add(code)
            ends[member.name] = {0: _DONE, LATER: "not done: try again later"}.get(code, _FAILED)
    finally:
        left = [one.name for one in found if one.name not in ends]
        if not quiet and ends:
            console.say("", *(f"{name}: {end}" for name, end in ends.items()))
        if left:
            console.note(f"{count(len(left), 'runner')} not done, or not known: {', '.join(left)}")
    if statuses - {0, LATER}:
        raise console.Failed
    if statuses - {0} or busy:
        raise click.exceptions.Exit(LATER)


def _status(
    member: Member, path: Path, sync: Sync, whose: dict[object, str], *, quiet: bool
) -> click.exceptions.Exit | None:
    """How it ended for one runner; None where all is well."""
    plan, note = plan_of(member, path)
    console.report([note] if note else [], quiet=quiet)
    logins.use(member.name)
    try:
        sync(plan, member.athlete, whose)
    except click.exceptions.Exit as end:
        return end if end.exit_code else None
    except click.ClickException as error:
        console.refuse(error)
        return console.Failed()
    return None
