"""What the accounts ask a runner for, and say of one alike."""

from __future__ import annotations

from getpass import getpass

from negsplit import clock
from negsplit.account.errors import LoginFailed
from negsplit.cli import console, logins
from negsplit.diagnostics import did_you_mean


def ask_somebody(override: str | None, command: str, for_what: str) -> None:
    """Ends the command where nobody is there to answer: a secret in a pipe is one in a file.

    :raises LoginFailed: where standard input is no terminal, and no test stands in for the account.
    """
    if override is None and not console.is_asked():
        message = f"`{command}` asks for {for_what}, and standard input is not a terminal"
        raise LoginFailed(message, f"type `{command}` in a terminal")


def secret(question: str) -> str:
    """An answer that is not shown, with the spaces that may belong to it."""
    return getpass(question) if console.is_asked() else console.answer(question)


def say_who(name: str) -> None:
    """Says who is logged in."""
    console.say(f"logged in as {name or 'somebody without a name'}")


def say_logged_out(*, was_in: bool) -> None:
    """Says that somebody is logged out, or was not logged in under that name."""
    if was_in:
        console.say("logged out")
        return
    near = did_you_mean(logins.in_use(), logins.names())
    console.say("nobody was logged in" + (f": did you mean `--for {near}`?" if near else ""))


def say_last_change(at: float | None) -> None:
    """Says when the account was last changed from here, in seconds since 1970; None for never."""
    console.say(f"last change from here {ago(clock.seconds() - at)}" if at else "nothing was changed from here yet")


def ago(seconds: float) -> str:
    """How long ago, in the largest unit that says something."""
    for unit, length in (("day", 86_400), ("hour", 3_600), ("minute", 60)):
        if seconds >= length:
            return f"{console.count(int(seconds // length), unit)} ago"
    return "just now"
