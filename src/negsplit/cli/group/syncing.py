"""``negsplit sync`` for a group: each runner's own account, one after another."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Final, NamedTuple

import click

from negsplit.cli import console, logins
from negsplit.cli.account.connection import LATER, TooManyRequests, told
from negsplit.cli.account.engines import Engine, engine_for
from negsplit.cli.account.owner import ask, refuse_shared
from negsplit.desk.account_names import of_plan
from negsplit.desk.group import Member, members, plan_of
from negsplit.diagnostics import has_errors
from negsplit.model import AccountName
from negsplit.words import count

Sync = Callable[[Path, str, AccountName], None]
"""What brings a plan into the account of the login in use, for an athlete; ends with an exit where that fails."""
_DONE, _FAILED, _LATER = "done", "not done, see above", "not done: try again later"
_NOT_REACHED: Final = "not reached: the service takes no more for now"


class _Target(NamedTuple):
    """One runner, with their plan and their account."""

    member: Member
    plan: Path
    account: AccountName


def sync_group(
    path: Path,
    athletes: Sequence[str],
    account: AccountName | None,
    library: Path | None,
    sync: Sync,
    *,
    quiet: bool,
) -> None:
    """Does it for everybody, whatever happens to one; says at the end how each ended.

    First every login is asked whose account it opens: two that open one are a mistake, and nothing goes there.
    A service that takes no more for now is not asked again for those who are left; they are told.

    Ends the command with 1 where something failed, with 75 where only time helps.
    """
    found, problems = members(athletes)
    console.report(problems, quiet=quiet)
    if has_errors(problems):
        raise console.Failed
    run = _Run(quiet=quiet)
    targets = []
    for member in found:
        plan, note = plan_of(member, path)
        console.report([note] if note else [], quiet=quiet)
        targets.append(_Target(member, plan, account or of_plan(plan, member.athlete, library)))
    asked = [(one, run.asked(one)) for one in targets]
    for one, engine in asked:
        if engine is not None:
            run.refuse_shared(one, engine)
    try:
        for one in targets:
            run.done(one, sync)
    finally:
        run.close([member.name for member in found])
    if run.statuses - {0, LATER}:
        raise console.Failed
    if run.statuses - {0}:
        raise click.exceptions.Exit(LATER)


def _asked(account: AccountName) -> Engine:
    """The account that the login in use opens, which has said whose it is; ends with an exit where it does not."""
    engine = engine_for(account)
    with told():
        ask(engine)
    return engine


class _Run:
    """How it ended for each runner so far."""

    def __init__(self, *, quiet: bool) -> None:
        self.quiet = quiet
        self.ends: dict[str, str] = {}
        self.statuses: set[int] = set()
        self.busy: set[AccountName] = set()

    def asked(self, one: _Target) -> Engine | None:
        """Their account, once it has said whose it is; None where it has not, which is an end."""
        found: list[Engine] = []
        self._try(one, lambda: found.append(_asked(one.account)))
        return found[0] if found else None

    def refuse_shared(self, one: _Target, engine: Engine) -> None:
        """Ends it for one whose account another login opens too."""

        def look() -> None:
            with told():
                refuse_shared(engine.at, engine.name, engine.whose())

        self._try(one, look)

    def done(self, one: _Target, sync: Sync) -> None:
        """Does it for one who has not ended yet."""
        if one.member.name in self.ends:
            return
        if not self.quiet:
            console.say("", f"{one.member.name}:")
        if self._try(one, lambda: sync(one.plan, one.member.athlete, one.account)):
            self._end(one.member.name, 0)

    def close(self, names: Sequence[str]) -> None:
        """Says how it ended for everybody."""
        if not self.quiet and self.ends:
            console.say("", *(f"{name}: {self.ends[name]}" for name in names if name in self.ends))
        if left := [name for name in names if name not in self.ends]:
            console.note(f"{count(len(left), 'runner')} not done, or not known: {', '.join(left)}")

    def _try(self, one: _Target, act: Callable[[], object]) -> bool:
        """Whether something can be done for a runner, by their login; else that is an end."""
        if one.account in self.busy:
            self._end(one.member.name, LATER, _NOT_REACHED)
            return False
        logins.use(one.member.name)
        try:
            act()
        except TooManyRequests:
            self.busy.add(one.account)
            self._end(one.member.name, LATER)
        except click.exceptions.Exit as end:
            self._end(one.member.name, end.exit_code)
        except click.ClickException as error:
            console.refuse(error)
            self._end(one.member.name, 1)
        return one.member.name not in self.ends

    def _end(self, name: str, status: int, words: str = "") -> None:
        self.statuses.add(status)
        self.ends[name] = words or {0: _DONE, LATER: _LATER}.get(status, _FAILED)
