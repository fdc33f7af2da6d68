"""``negsplit account``: log in to an account once, see who is, log out."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from negsplit import clock
from negsplit.account import opened
from negsplit.account.errors import LoginFailed
from negsplit.account.garmin.tokens import TokenStore
from negsplit.cli import console, logins
from negsplit.cli.account.asking import ago, ask_somebody, say_last_change, say_logged_out, say_who, secret
from negsplit.cli.account.connection import Connection, connection, told
from negsplit.cli.account.owner import known
from negsplit.cli.options import account_argument

if TYPE_CHECKING:
    from negsplit.account.garmin.address import Address
    from negsplit.account.garmin.client import Account
    from negsplit.model import AccountName


@click.group(
    "account", cls=console.CommandGroup, short_help="Your account: log in once, see who is logged in, log out."
)
@console.color_option
def command() -> None:
    """Your account at Garmin or intervals.icu: log in once, see who is logged in, log out."""


@command.command("login", short_help="Log in, once. Your password is not kept.")
@account_argument
@logins.login_option
@click.option(
    "--web",
    is_flag=True,
    help="Log in as a browser does instead of as the phone app does; Garmin counts the two apart.",
)
@click.option(
    "--tokens",
    metavar="FILE",
    type=click.Path(readable=False, path_type=Path),
    hide_input=True,  # somebody may paste the tokens themselves
    help="Use tokens that garminconnect made elsewhere.",
)
@console.quiet_option
@console.color_option
def login(account: AccountName, web: bool, tokens: Path | None, quiet: bool) -> None:
    """Log in to the Garmin account; it asks for e-mail address and password, and keeps neither.

    What is kept are tokens, in a file that only you can read. No other command ever logs in, and this one tries once,
    by one way. For intervals.icu it asks for the key from your settings there, and keeps that in such a file.

    \b
    negsplit account login
    negsplit account login intervals
    negsplit account login --for anna
    negsplit account login --web
    negsplit account login --tokens garmin_tokens.json
    """
    if account == "intervals":
        from negsplit.cli.account import intervals

        if web or tokens is not None:
            raise click.UsageError("--web and --tokens are for Garmin accounts: leave them out, and type your key")
        intervals.login(quiet=quiet)
        return
    if web and tokens is not None:
        raise click.UsageError("use --web or --tokens, not both: tokens replace the password")
    _log_in_to_garmin(web=web, tokens=tokens, quiet=quiet)


def _log_in_to_garmin(*, web: bool, tokens: Path | None, quiet: bool) -> None:
    from negsplit.account.garmin.client import library
    from negsplit.account.garmin.login import login_with
    from negsplit.account.garmin.tokens import tokens_in

    with told():
        at = connection()
        library()  # without it there is no point in asking
        if tokens is None:
            there = _by_password(at, web=web)
        else:
            there = login_with(at.address, at.state, tokens_in(tokens), pauses=at.pauses)
    with told(_in_all_the_same):
        owner = there.owner()
    if not quiet:
        say_who(owner.name)
        if tokens is not None:
            console.say(f"delete `{tokens}` now: two programs with the same tokens log each other out")
    with told():
        known(at, "garmin", owner.number)


def _by_password(at: Connection[Address], *, web: bool) -> Account:
    from negsplit.account.garmin.login import check
    from negsplit.account.garmin.login import login as log_in
    from negsplit.account.garmin.way_in import App, Web

    way = Web if web else App
    ask_somebody(at.address.override, "negsplit account login garmin", "a password")
    check(at.address, at.state, way)
    email = _answer("E-mail address: ")
    password = email and secret("Password (not shown): ")
    if not password:
        raise LoginFailed("you need an e-mail address and a password to log in")
    return log_in(at.address, at.state, email, password, _code, way=way, pauses=at.pauses)


def _in_all_the_same(_error: Exception) -> None:
    """Whoever takes it for a failed login tries again, and Garmin counts that."""
    console.note("you are logged in anyway: `negsplit account status` shows as whom, once the account answers")


def _code() -> str:
    """The code as it is typed; apps show it in groups. None at all would count as a wrong one."""
    code = "".join(secret("The code that Garmin sent you, or that your app shows: ").split())
    if not code:
        raise LoginFailed("you need the code to log in")
    return code


def _answer(question: str) -> str:
    return console.answer(question).strip()


@command.command("status", short_help="Show who is logged in, and when you last changed something from here.")
@account_argument
@logins.login_option
@console.quiet_option
@console.color_option
def status(account: AccountName, quiet: bool) -> None:
    """Show who is logged in, how old the tokens are, and when you last changed something from here.

    For intervals.icu you see your thresholds instead of the tokens, and which makes of watch it passes workouts on to.
    Other logins that you made with --for are named at the end.

    \b
    negsplit account status
    negsplit account status intervals
    """
    if account == "intervals":
        from negsplit.cli.account import intervals

        intervals.status()
    else:
        _status_of_garmin()
    if not quiet and (known := logins.names()):
        console.say(f"logins with a name: {', '.join(known)}")


def _status_of_garmin() -> None:
    from negsplit.account.garmin.client import Account
    from negsplit.account.ledger import AccountLedger

    with told():
        at = connection()
        owner = Account(at.address, at.state, pauses=at.pauses).owner()
        say_who(owner.name)
        renewed = TokenStore(at.state, at.address).renewed()
        if renewed is not None:
            console.say(f"tokens renewed {ago(clock.seconds() - renewed)}")
        say_last_change(AccountLedger(at.state, at.address.place, owner.number).last)
        known(at, "garmin", owner.number)


@command.command("logout", short_help="Forget the login.")
@account_argument
@logins.login_option
@console.quiet_option
@console.color_option
def logout(account: AccountName, quiet: bool) -> None:
    """Forget the tokens, or the key. What is in the account stays there.

    \b
    negsplit account logout
    negsplit account logout intervals
    """
    if account == "intervals":
        from negsplit.cli.account import intervals

        intervals.logout(quiet=quiet)
        return
    with told():
        at = connection()
        store = TokenStore(at.state, at.address)
        with store.lock():
            was_in = store.has_file()
            store.remove()
            opened.forget(at.state, at.address.place)
    if not quiet:
        say_logged_out(was_in=was_in)
