"""Which account a login opened when it was last asked: kept beside it, to be compared without asking anybody."""

from __future__ import annotations

import hashlib
import json
import secrets
from typing import Final

from negsplit.state import StateFolder

_MOST_BYTES: Final = 1000
_SALT_BYTES: Final = 16
"""As many as BLAKE2b takes (RFC 7693)."""
_DAMAGE: Final = (ValueError, LookupError, TypeError, AttributeError, RecursionError)
"""What reading a file raises that says of no account."""


def keep(state: StateFolder, place: str, profile: int | str) -> None:
    """The login in a folder opens the account of a profile, at a place as the ledger has it.

    :raises StateError: where that cannot be kept.
    """
    if not opens(state, place, profile):
        salt = secrets.token_bytes(_SALT_BYTES)
        state.write(_file(place), json.dumps({"salt": salt.hex(), "account": _digest(salt, profile)}).encode())


def forget(state: StateFolder, place: str) -> None:
    """Nobody knows which account the login there opens: before it is made anew, and once it is gone.

    :raises StateError: where what was kept cannot be removed.
    """
    state.remove(_file(place))


def opens(state: StateFolder, place: str, profile: int | str) -> bool:
    """Whether the login there is known to open the account of a profile.

    :raises StateError: where what is known cannot be read.
    """
    data = state.read(_file(place), _MOST_BYTES)
    try:
        kept = json.loads(data) if data is not None else {}
        return kept["account"] == _digest(bytes.fromhex(kept["salt"]), profile)  # type: ignore[no-any-return]
    except _DAMAGE:
        return False


def _file(place: str) -> str:
    return f"{place}-opened.json"


def _digest(salt: bytes, profile: int | str) -> str:
    """What stands for a profile on the disk, where its number is to be read by nobody."""
    return hashlib.blake2b(str(profile).encode(), salt=salt, digest_size=16).hexdigest()
