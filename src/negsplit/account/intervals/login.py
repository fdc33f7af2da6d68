"""Logging in: a key that the service takes is kept, anything else leaves what was there."""

from __future__ import annotations

from typing import Final

from negsplit.account import opened
from negsplit.account.errors import LoginFailed, SessionDead
from negsplit.account.intervals.address import Address
from negsplit.account.intervals.athlete import Athlete, athlete
from negsplit.account.intervals.client import ASLEEP, Client
from negsplit.account.intervals.key import KeyStore, is_sound
from negsplit.account.pauses import Pauses
from negsplit.state import StateFolder

_WHERE: Final = "copy it from Developer Settings on https://intervals.icu/settings"


def login(address: Address, state: StateFolder, key: str, *, pauses: Pauses | None = None) -> Athlete:
    """Keeps a key, once the service has said whose it is.

    :raises LoginFailed: where it is none, or the service does not take it.
    :raises AccountError: where nobody knows whether it does.
    :raises StateError: where it cannot be kept.
    """
    if not is_sound(key):
        raise LoginFailed("that does not look like a key from intervals.icu", _WHERE)
    state.probe()
    try:
        found = athlete(Client(address, key, pauses=pauses))
    except SessionDead:
        raise LoginFailed("intervals.icu does not accept this key", _WHERE, ASLEEP) from None
    opened.forget(state, address.place)
    KeyStore(state, address).write(key)
    return found
