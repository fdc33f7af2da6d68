"""``negsplit account``: log in to the Garmin account once, see who is, log out."""

from __future__ import annotations

from getpass import getpass
from pathlib import Path
from typing import TYPE_CHECKING

import click

from negsplit import clock
from negsplit.account.errors import LoginFailed
from negsplit.account.garmin.address import Address
from negsplit.account.garmin.tokens import TokenStore
from negsplit.cli import console
from negsplit.cli.account.connection import Connection, connection, told

if TYPE_CHECKING:
    from negsplit.account.garmin.client import Account, Owner


@click.group("account", cls=console.CommandGroup, short_help="The Garmin account: log in once, see who is, log out.")
@console.color_option
def command() -> None:
    """The Garmin account."""


@command.command("login", short_help="Log in, once; what is kept are tokens.")
@click.option("--web", is_flag=True, help="Go by the web's form instead of the phone's way: logins are counted apart.")
@click.option(
    "--tokens",
    metavar="FILE",
    type=click.Path(readable=False, path_type=Path),
    help="Take tokens that garminconnect made elsewhere.",
)
@console.quiet_option
@console.color_option
def login(web: bool, tokens: Path | None, quiet: bool) -> None:
    """Log in to the Garmin account; it asks for e-mail address and password, and keeps neither.

    What is kept are tokens, in a file that only you can read. No other command ever logs in, and this one tries once,
    by one way.

    \b
    negsplit account login
    negsplit account login --web
    negsplit account login --tokens garmin_tokens.json
    """
    from negsplit.account.garmin.client import library
    from negsplit.account.garmin.login import login_with
    from negsplit.account.garmin.tokens import tokens_in

    if web and tokens is not None:
        raise click.UsageError("--web asks for a password, --tokens brings what it is for: only one of the two")
    with told():
        at = connection()
        library()  # without it there is no point in asking
        if tokens is None:
            account = _by_password(at, web=web)
        else:
            account = login_with(at.address, at.state, tokens_in(tokens), pauses=at.pauses)
    with told(_in_all_the_same):
        owner = account.owner()
    if quiet:
        return
    _say_who(owner)
    if tokens is not None:
        console.say(f"delete `{tokens}` now: two programs with the same tokens end each other's login")


def _by_password(at: Connection, *, web: bool) -> Account:
    from negsplit.account.garmin.login import check
    from negsplit.account.garmin.login import login as log_in
    from negsplit.account.garmin.way_in import App, Web

    way = Web if web else App
    _ask_somebody(at.address)
    check(at.address, at.state, way)
    email = _answer("E-mail address: ")
    password = email and _secret("Password (it is not shown): ")
    if not password:
        raise LoginFailed("without an e-mail address and a password there is no login")
    return log_in(at.address, at.state, email, password, _code, way=way, pauses=at.pauses)


def _in_all_the_same(_error: Exception) -> None:
    """Whoever takes it for a failed login tries again, and Garmin counts that."""
    console.note("you are logged in all the same: `negsplit account status` says as whom, once the account answers")


def _say_who(owner: Owner) -> None:
    console.say(f"logged in as {owner.name or 'somebody without a name'}")


def _ask_somebody(address: Address) -> None:
    """Ends the command where nobody is there to answer: a password in a pipe is one in a file."""
    if address.override is None and not console.is_asked():
        message = "`negsplit account login` asks for a password, and standard input is no terminal"
        raise LoginFailed(message, "run it in a terminal")


def _code() -> str:
    """The code as it is typed; apps show it in groups. None at all would count as a wrong one."""
    code = "".join(_secret("Code that Garmin sent you, or your app shows: ").split())
    if not code:
        raise LoginFailed("without the code there is no login")
    return code


def _answer(question: str) -> str:
    return console.answer(question).strip()


def _secret(question: str) -> str:
    """An answer that is not shown, with the spaces that may belong to it."""
    return getpass(question) if console.is_asked() else console.answer(question)


@command.command("status", short_help="Say who is logged in, and when something was last changed from here.")
@console.quiet_option
@console.color_option
def status(quiet: bool) -> None:  # noqa: ARG001
    """Say who is logged in, how old the login's tokens are, and when the account was last changed from here.

    \b
    negsplit account status
    """
    from negsplit.account.garmin.client import Account
    from negsplit.account.ledger import AccountLedger

    with told():
        at = connection()
        account = Account(at.address, at.state, pauses=at.pauses)
        owner = account.owner()
        _say_who(owner)
        renewed = TokenStore(at.state, at.address).renewed()
        if renewed is not None:
            console.say(f"tokens renewed {_ago(clock.seconds() - renewed)}")
        changed = AccountLedger(at.state, at.address.place, owner.number).last
        console.say(
            f"last change from here {_ago(clock.seconds() - changed)}" if changed else "nothing was changed from here"
        )


def _ago(seconds: float) -> str:
    """How long ago, in the largest unit that says something."""
    for unit, length in (("day", 86_400), ("hour", 3_600), ("minute", 60)):
        if seconds >= length:
            return f"{console.count(int(seconds // length), unit)} ago"
    return "just now"


@command.command("logout", short_help="Forget the tokens.")
@console.quiet_option
@console.color_option
def logout(quiet: bool) -> None:
    """Forget the tokens. What is in the account stays there.

    \b
    negsplit account logout
    """
    with told():
        at = connection()
        store = TokenStore(at.state, at.address)
        with store.lock():
            was_in = store.has_file()
            store.remove()
    if not quiet:
        console.say("logged out" if was_in else "nobody was logged in")
