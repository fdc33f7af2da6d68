"""``negsplit account``: log in to the Garmin account once, see who is, log out."""

from __future__ import annotations

import sys
from getpass import getpass

import click

from negsplit.account.address import Address
from negsplit.account.tokens import TokenStore
from negsplit.cli import WRONG_USAGE, console
from negsplit.cli.accounts import Desk, desk, told
from negsplit.diagnostics import Diagnostic


@click.group("account", short_help="The Garmin account: log in once, see who is, log out.", invoke_without_command=True)
@console.color_option
@click.pass_context
def command(ctx: click.Context) -> None:
    """The Garmin account."""
    if ctx.invoked_subcommand is None:
        click.echo(ctx.get_help(), err=True)
        ctx.exit(WRONG_USAGE)


@command.command("login")
@console.quiet_option
@console.color_option
def login(quiet: bool) -> None:
    """Log in to the Garmin account; it asks for e-mail address and password, and keeps neither.

    What is kept are tokens, in a file that only you can read. No other command ever logs in.

    \b
    negsplit account login
    """
    from negsplit.account.garmin import library
    from negsplit.account.login import login as log_in

    with told():
        at = desk()
        library()  # without it there is no point in asking
        _ask_somebody(at.address)
        email = _answer("E-mail address: ")
        password = _secret("Password (it is not shown): ")
        if not email or not password:
            console.report([Diagnostic("login-failed", "without an e-mail address and a password there is no login")])
            raise console.Failed
        account = log_in(
            at.address,
            at.state,
            email,
            password,
            lambda: _secret("Code that Garmin sent you, or your app shows: "),
            pauses=at.pauses,
        )
        owner = account.owner()
    if not quiet:
        console.say(f"logged in as {owner.name or 'somebody without a name'}")


def _ask_somebody(address: Address) -> None:
    """Ends the command where nobody is there to answer: a password in a pipe is one in a file."""
    if address.override is None and not console.is_asked():
        message = "`negsplit account login` asks for a password, and standard input is no terminal"
        console.report([Diagnostic("login-failed", message, None, ("run it in a terminal",))])
        raise console.Failed


def _answer(question: str) -> str:
    click.echo(question, nl=False, err=True)
    return sys.stdin.readline().strip()


def _secret(question: str) -> str:
    if console.is_asked():
        return getpass(question).strip()
    return _answer(question)


@command.command("status")
@console.quiet_option
@console.color_option
def status(quiet: bool) -> None:  # noqa: ARG001
    """Say who is logged in, how old the login's tokens are, and when the account was last changed from here.

    \b
    negsplit account status
    """
    from negsplit.account.garmin import Account

    with told():
        at = desk()
        account = Account(at.address, at.state, pauses=at.pauses)
        owner = account.owner()
        console.say(f"logged in as {owner.name or 'somebody without a name'}", *_ages(at, owner.number))


def _ages(at: Desk, number: int) -> list[str]:
    renewed = TokenStore(at.state, at.address).renewed()
    lines = [f"tokens renewed {_ago(at.now() - renewed)}"] if renewed is not None else []
    from negsplit.account.ledger import Ledger

    changed = Ledger(at.state, at.address, number).last
    return [*lines, f"last change from here {_ago(at.now() - changed)}" if changed else "nothing was changed from here"]


def _ago(seconds: float) -> str:
    """How long ago, in the largest unit that says something."""
    for unit, length in (("day", 86_400), ("hour", 3_600), ("minute", 60)):
        if seconds >= length:
            return f"{console.count(int(seconds // length), unit)} ago"
    return "just now"


@command.command("logout")
@console.quiet_option
@console.color_option
def logout(quiet: bool) -> None:
    """Forget the tokens. What is in the account stays there.

    \b
    negsplit account logout
    """
    with told():
        at = desk()
        store = TokenStore(at.state, at.address)
        with store.lock():
            was_in = store.has_file()
            store.remove()
    if not quiet:
        console.say("logged out" if was_in else "nobody was logged in")
