"""The tokens of a login, kept in one private file for each address, or brought in a file of the library's."""

from __future__ import annotations

import json
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import field
from pathlib import Path
from typing import Final

from negsplit import clock
from negsplit.account.errors import LoginFailed
from negsplit.account.garmin.address import Address
from negsplit.frozen import dataclass
from negsplit.state import StateError, StateFolder, read_private

MOST_BYTES: Final = 100_000
"""Of a file: one that is larger holds no tokens."""
_LIBRARYS: Final = "garmin_tokens.json"
_GARTHS: Final = ("oauth1_token.json", "oauth2_token.json")
_GARTHS_WORDS: Final = (b"oauth_token", b"refresh_token_expires_in", b"W3sib2F1dGhfdG9rZW4i")
"""What stands in files of garth, which garminconnect used before 0.3; the last is how its text begins."""
_HOW: Final = "docs/account.md says how such a file is made"
_OF_NO_USE: Final = ("Garmin no longer accepts these", _HOW)
PATIENCE: Final = 60.0
"""Seconds to wait for another process that refreshes; its request gives up after thirty."""


@dataclass(frozen=True, slots=True)
class Tokens:
    """What a login leaves: ``access`` opens the account for hours, ``refresh`` gets the next pair and is good once."""

    access: str = field(repr=False)
    refresh: str = field(repr=False)
    client_id: str = field(repr=False)


class TokenStore:
    """The tokens on disk. Every method raises :class:`~negsplit.state.StateError` alone."""

    def __init__(self, state: StateFolder, address: Address) -> None:
        self._state = state
        self._file = f"connect-{address.name}-tokens.json"

    def has_file(self) -> bool:
        """Whether there is anything, be it broken."""
        return self._state.read(self._file, MOST_BYTES) is not None

    def read(self) -> Tokens | None:
        """The tokens; None where nobody is logged in."""
        kept = self._kept()
        return kept and kept[0]

    def renewed(self) -> float | None:
        """When the tokens were written, in seconds since 1970; None where there are none."""
        kept = self._kept()
        return kept and kept[1]

    def write(self, tokens: Tokens) -> None:
        """Puts the tokens in the place of the older ones. On return they are on the disk."""
        words = {"access": tokens.access, "refresh": tokens.refresh, "client_id": tokens.client_id}
        self._state.write(self._file, json.dumps(words | {"renewed": clock.seconds()}).encode())

    def remove(self) -> None:
        """Forgets the login."""
        self._state.remove(self._file)

    @contextmanager
    def lock(self) -> Iterator[None]:
        """Held around a refresh: of two processes with one token, the second would end the login."""
        with self._state.lock(f"{self._file}.lock", PATIENCE):
            yield

    def _kept(self) -> tuple[Tokens, float] | None:
        kept = self._state.read(self._file, MOST_BYTES)
        if kept is None:
            return None
        try:
            data = json.loads(kept)
            words, renewed = [data["access"], data["refresh"], data["client_id"]], float(data["renewed"])
        except (ValueError, KeyError, TypeError, OverflowError, RecursionError):
            words, renewed = [], 0.0
        if not words or not all(sound(word) for word in words):
            path = self._state.folder / self._file
            raise StateError(f"`{path}` holds no tokens: `negsplit account login garmin` makes it again")
        return Tokens(*words), renewed


def tokens_in(place: Path) -> Tokens:
    """The tokens that the library ``garminconnect`` keeps in a file, or in a folder of its own.

    :raises StateError: where there is no such file, or it is not this user's alone.
    :raises LoginFailed: where it holds something else.
    """
    path = place / _LIBRARYS if place.is_dir() else place
    kept = read_private(path, MOST_BYTES)
    if kept is None:
        if any((path.parent / name).exists() for name in _GARTHS):
            raise LoginFailed(f"`{place}` holds tokens of garth", *_OF_NO_USE)
        raise StateError(f"there is no file `{path}`")
    try:
        data = json.loads(kept)
        words = [data[name] for name in ("di_token", "di_refresh_token", "di_client_id")]
    except (ValueError, KeyError, TypeError, RecursionError):
        words = []
    if not words or not all(sound(word) for word in words):
        if any(word in kept for word in _GARTHS_WORDS):
            raise LoginFailed(f"`{path}` holds tokens of garth", *_OF_NO_USE)
        raise LoginFailed(f"`{path}` holds no tokens of garminconnect", _HOW)
    return Tokens(*words)


def sound(word: object) -> bool:
    """Whether something can be a token: visible ASCII, as goes into a header."""
    return isinstance(word, str) and word != "" and word.isascii() and word.isprintable() and " " not in word
