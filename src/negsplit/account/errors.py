"""What can go wrong between here and the account, each with what to do about it.

::

    Exception
    └── AccountError        message, help
        ├── NotInstalled    the library that speaks to the account is missing
        ├── BadAddress      the address to use instead of the account's is none for tests
        ├── LoginFailed     the one attempt did not end with tokens
        ├── NotOurs         all that looks like this plan's in the account is somebody else's
        ├── RateLimited     too many requests: nothing more until ``seconds`` have passed
        ├── Overtaken       somebody changed it since it was looked at: nothing was done
        ├── Rejected        the account refused with ``status``: nothing was done
        ├── SessionDead     nobody is logged in, or no longer: only a login helps
        ├── NotRenewed      there is no new token for now: nothing was done
        └── Ambiguous       no answer that can be relied on: a change may have been made, or not
            └── TooMuch     more than the account has to say, or without end

From ``RateLimited`` on they are all that a request can end with, besides its answer. One that refuses or spoils a
single thing leaves the others to be done; the rest stop a run, as :attr:`AccountError.stops` says.
"""

from __future__ import annotations

_ONLINE = "see whether this computer is online, then try again"


class AccountError(Exception):
    """Something that cannot be done with the account; ``help`` says what to do about it.

    ``message`` holds no password, no code, no token and no e-mail address.
    """

    def __init__(self, message: str, *help: str) -> None:
        super().__init__(message)
        self.message = message
        self.help = help

    @property
    def stops(self) -> bool:
        """Whether it would meet whatever is asked next as well."""
        return True


class NotInstalled(AccountError):  # noqa: N818 - these are named for what a runner sees
    """The library that speaks to the account is missing. How to get it says whoever knows how this was installed."""

    def __init__(self) -> None:
        super().__init__("the library that talks to Garmin accounts is not installed")


class BadAddress(AccountError):  # noqa: N818
    """The address that is to be used instead of the account's is no server for tests on this computer."""


class LoginFailed(AccountError):  # noqa: N818
    """The one attempt to log in did not end with tokens. What was stored before stands."""


class NotOurs(AccountError):  # noqa: N818
    """Every workout that carries the marks of what is wanted is somebody else's. Nothing was done."""

    def __init__(self) -> None:
        super().__init__(
            "every workout in the account that carries these marks seems to belong to somebody else",
            "if a friend shares them with you, give your plan or workout its own `id:`",
            "if they are yours, put any other workout into the account with `negsplit upload` and run this again: its "
            "answer shows which are yours",
        )


class RateLimited(AccountError):  # noqa: N818
    """Too many requests. Nothing was done; nothing more may be asked until ``seconds`` have passed.

    What time that is says whoever knows what time it is now.
    """

    def __init__(self, seconds: int, what: str = "requests", *help: str) -> None:
        super().__init__(f"the account accepts no more {what} for now", *help)
        self.seconds = seconds


class Overtaken(AccountError):  # noqa: N818
    """Somebody changed it since it was looked at: nothing was done."""

    def __init__(self) -> None:
        super().__init__("somebody changed it in the account meanwhile")

    @property
    def stops(self) -> bool:
        """One thing was changed."""
        return False


class Rejected(AccountError):  # noqa: N818
    """The account refused: nothing was done. ``status`` is 3xx or 4xx, ``reason`` its words, may be none."""

    def __init__(self, status: int, reason: str = "") -> None:
        super().__init__(f"the account refuses this (status {status}{': ' + reason if reason else ''})")
        self.status = status
        self.reason = reason

    @property
    def stops(self) -> bool:
        """One thing is refused."""
        return False


class SessionDead(AccountError):  # noqa: N818
    """Nobody is logged in, or no longer: only a login helps, and ``help`` says how that is done."""


class NotRenewed(AccountError):  # noqa: N818
    """The login has to be renewed, and cannot be for now. The request that needed it was not done.

    ``status`` is that of the answer about the login, None where there was none; ``log_in`` says how to.
    """

    def __init__(self, status: int | None, log_in: str) -> None:
        if status is None:
            super().__init__("the account does not answer", _ONLINE)
        else:
            super().__init__(
                f"the account would not renew the login for now (status {status})", f"try again later, or {log_in}"
            )
        self.status = status

    @property
    def passes(self) -> bool:
        """Whether it may be better in a moment: the network, or the server itself."""
        return self.status is None or self.status >= 500


class Ambiguous(AccountError):  # noqa: N818
    """No answer that can be relied on: a change may have been made, or not. Look before asking again.

    ``status`` is that of the answer, ``broken`` where it broke off. None where there was none: that is the network,
    or a server that is down, and would meet the next request too. Whatever began to answer is there: 5xx, a page
    for people, half a JSON and an answer without end may come of the one thing that was asked.
    """

    def __init__(self, status: int | None = None, *, broken: bool = False, how: str = "") -> None:
        if status is None:
            super().__init__("the account does not answer", _ONLINE)
        else:
            how = how or f"in a way that makes no sense (status {status})"
            super().__init__(f"the account answers {how}", "try again later")
        self.status = status
        self.broken = broken

    @property
    def passes(self) -> bool:
        """Whether it may be better in a moment: the network, or the server itself."""
        return self.status is None or self.broken or self.status >= 500

    @property
    def stops(self) -> bool:
        """Where nobody answers at all."""
        return self.status is None


class TooMuch(Ambiguous):
    """An answer that is longer, deeper, slower or in more parts than anything the account has to say."""

    def __init__(self, what: str, status: int = 200) -> None:
        super().__init__(status, how=f"more than it can have to say: {what}")

    @property
    def passes(self) -> bool:
        """It would be the same."""
        return False
