"""The personal key of an athlete, kept in one private file for each address."""

from __future__ import annotations

import re
from typing import Final

from negsplit.account.intervals.address import Address
from negsplit.state import StateError, StateFolder

_SOUND: Final = re.compile(r"[!-9;-~]{1,200}")
"""Printable ASCII without blanks, and without the colon that ends a user's name in HTTP's basic way (RFC 7617)."""


class KeyStore:
    """The key on disk. Every method raises :class:`~negsplit.state.StateError` alone."""

    def __init__(self, state: StateFolder, address: Address) -> None:
        self._state = state
        self._file = f"{address.place}-key"

    def has_file(self) -> bool:
        """Whether there is anything, be it broken."""
        return self._state.read(self._file) is not None

    def read(self) -> str | None:
        """The key; None where nobody is logged in."""
        kept = self._state.read(self._file)
        if kept is None:
            return None
        key = kept.decode("ascii", "replace")
        if not is_sound(key):
            where = self._state.folder / self._file
            raise StateError(f"`{where}` holds no key: log in again with `negsplit account login intervals`")
        return key

    def write(self, key: str) -> None:
        """Keeps a sound key."""
        self._state.write(self._file, key.encode("ascii"))

    def remove(self) -> None:
        """Forgets the key."""
        self._state.remove(self._file)


def is_sound(key: str) -> bool:
    """Whether something can be a key: what is none is not even sent."""
    return _SOUND.fullmatch(key) is not None
