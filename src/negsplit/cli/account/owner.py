"""Whose account the login in use opens, and that no other login opens it too: one was made in the wrong browser."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from negsplit.account import opened
from negsplit.cli import console, logins
from negsplit.cli.account.connection import Connection, state_of
from negsplit.diagnostics import Diagnostic, listed
from negsplit.model import AccountName

if TYPE_CHECKING:
    from negsplit.cli.account.engines import Engine


def owner(engine: Engine) -> int | str:
    """The profile whose account it is, once no other login is known to open it; else ends the command.

    :raises AccountError: where the account cannot be asked.
    :raises StateError: where what is remembered of a login cannot be read or written.
    """
    profile = ask(engine)
    refuse_shared(engine.at, engine.name, profile)
    return profile


def ask(engine: Engine) -> int | str:
    """The profile whose account it is, which is remembered.

    :raises AccountError: where the account cannot be asked.
    :raises StateError: where that cannot be remembered.
    """
    profile = engine.whose()
    opened.keep(engine.at.state, engine.at.address.place, profile)
    return profile


def known(at: Connection[Any], account: AccountName, profile: int | str) -> None:
    """Remembers whose account it is, and ends the command where another login opens it too.

    :raises StateError: where what is remembered of a login cannot be read or written.
    """
    opened.keep(at.state, at.address.place, profile)
    refuse_shared(at, account, profile)


def refuse_shared(at: Connection[Any], account: AccountName, profile: int | str) -> None:
    """Ends the command where the login in use has a name, and another one is known to open the same account.

    The one without a name goes into its own account, whoever else does: it is never refused.

    :raises StateError: where what is remembered of a login cannot be read.
    """
    place, name = at.address.place, logins.in_use()
    others = [one for one in logins.at(place) if one != name and opened.opens(state_of(one), place, profile)]
    if not name or not others:
        return
    message = f"the login of `{name}` opens the same account as {listed([_called(one) for one in others], 'and')}"
    log_out = f"negsplit account logout {account}" + (f" --for {others[0]}" if others[0] else "")
    help = (
        f"whoever is not its owner logs in again: `negsplit account login {account} --for NAME`",
        f"if both are one runner's, keep one: `{log_out}` forgets the other",
    )
    console.report([Diagnostic("same-account", message, None, help)])
    raise console.Failed


def _called(login: str) -> str:
    return f"that of `{login}`" if login else "the one without a name"
