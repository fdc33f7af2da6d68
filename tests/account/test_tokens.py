"""The tokens on disk."""

from __future__ import annotations

import os
import stat

import pytest

from negsplit.account.address import GARMIN, Address
from negsplit.account.tokens import Tokens, TokenStore
from negsplit.state import StateError

TOKENS = Tokens("head.body.sign", "refresh-1", "CLIENT")


def test_what_is_kept_comes_back_until_it_is_removed(state, stop_clock):
    stop_clock(1234.5)
    store = TokenStore(state, GARMIN)
    assert (store.read(), store.renewed(), store.has_file()) == (None, None, False)
    store.write(TOKENS)
    assert (store.read(), store.renewed(), store.has_file()) == (TOKENS, 1234.5, True)
    store.remove()
    assert (store.read(), store.renewed(), store.has_file()) == (None, None, False)


def test_addresses_know_nothing_of_each_other(state):
    TokenStore(state, GARMIN).write(TOKENS)
    assert TokenStore(state, Address("http://127.0.0.1:1")).read() is None


@pytest.mark.skipif(os.name != "posix", reason="modes are POSIX's")
def test_nobody_else_reads_them(state):
    before = os.umask(0)
    try:
        with TokenStore(state, GARMIN).lock():
            TokenStore(state, GARMIN).write(TOKENS)
    finally:
        os.umask(before)
    modes = {path.name: stat.S_IMODE(path.lstat().st_mode) for path in (state.folder, *state.folder.iterdir())}
    assert modes.pop(state.folder.name) == 0o700
    assert set(modes.values()) == {0o600}


def test_they_say_nothing_of_themselves():
    assert repr(TOKENS) == "Tokens()"


@pytest.mark.parametrize(
    "kept",
    [
        b"",
        b"{}",
        b"[]",
        b"null",
        b"\xff",
        b'{"access": "a", "refresh": "r"}',
        b'{"access": "a", "refresh": "r", "client_id": "c"}',
        b'{"access": "a", "refresh": "r", "client_id": "c", "renewed": "yesterday"}',
        b'{"access": "a", "refresh": "", "client_id": "c", "renewed": 1}',
        b'{"access": "a\\r\\nX:y", "refresh": "r", "client_id": "c", "renewed": 1}',
        b'{"access": 1, "refresh": "r", "client_id": "c", "renewed": 1}',
    ],
)
def test_a_broken_file_is_named_and_left_alone(state, kept):
    store = TokenStore(state, GARMIN)
    store.write(TOKENS)
    (file,) = state.folder.iterdir()
    file.write_bytes(kept)
    with pytest.raises(StateError, match="connect-garmin-tokens"):
        store.read()
    assert store.has_file()
    assert file.read_bytes() == kept
