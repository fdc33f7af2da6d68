"""The tokens on disk, and those that somebody brings."""

from __future__ import annotations

import base64
import json
import os
import stat

import pytest

from negsplit.account.errors import LoginFailed
from negsplit.account.garmin.address import GARMIN, Address
from negsplit.account.garmin.tokens import MOST_BYTES, Tokens, TokenStore, tokens_in
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


# --- Brought ----------------------------------------------------------------------------------

LIBRARYS = {"di_token": TOKENS.access, "di_refresh_token": TOKENS.refresh, "di_client_id": TOKENS.client_id}
"""As ``Client.dumps`` of garminconnect 0.3 writes them."""
OAUTH1 = {"oauth_token": "t", "oauth_token_secret": "s", "mfa_token": None, "domain": "garmin.com"}
OAUTH2 = {"scope": "x", "access_token": "a.b.c", "refresh_token": "r", "refresh_token_expires_in": 2591999}
"""As garth 0.5 wrote them."""


def brought(path, data):
    path.write_bytes(data if isinstance(data, bytes) else json.dumps(data).encode())
    path.chmod(0o600)
    return path


def test_the_library_s_file_or_its_folder(tmp_path):
    path = brought(tmp_path / "garmin_tokens.json", LIBRARYS)
    assert tokens_in(path) == tokens_in(tmp_path) == TOKENS
    assert path.read_bytes() == json.dumps(LIBRARYS).encode()
    assert tokens_in(brought(tmp_path / "mine.txt", LIBRARYS)) == TOKENS


def test_the_library_itself_writes_such_a_file(tmp_path):
    client = pytest.importorskip("garminconnect.client").Client()
    client.di_token, client.di_refresh_token, client.di_client_id = TOKENS.access, TOKENS.refresh, TOKENS.client_id
    client.dump(str(tmp_path / "kept"))
    (tmp_path / "kept" / "garmin_tokens.json").chmod(0o600)
    assert tokens_in(tmp_path / "kept") == TOKENS


@pytest.mark.parametrize("what", [OAUTH1, OAUTH2, base64.b64encode(json.dumps([OAUTH1, OAUTH2]).encode())])
def test_what_garth_left_is_called_so(tmp_path, what):
    with pytest.raises(LoginFailed, match="tokens of garth"):
        tokens_in(brought(tmp_path / "tokens", what))


def test_a_folder_of_garth_s(tmp_path):
    brought(tmp_path / "oauth1_token.json", OAUTH1)
    with pytest.raises(LoginFailed, match="tokens of garth"):
        tokens_in(tmp_path)


@pytest.mark.parametrize(
    "what",
    [
        b"",
        b"secret-word",
        b"\xff\xfe",
        b"[" * 50_000,
        {},
        [],
        LIBRARYS | {"di_refresh_token": None},
        LIBRARYS | {"di_token": "a b"},
        LIBRARYS | {"di_client_id": "x\r\nY: z"},
    ],
)
def test_what_is_no_such_file_is_refused_and_not_repeated(tmp_path, what):
    path = brought(tmp_path / "tokens.json", what)
    with pytest.raises(LoginFailed, match="no tokens of garminconnect") as caught:
        tokens_in(path)
    assert not any(word in str(caught.value) + repr(caught.value.help) for word in ("secret-word", TOKENS.refresh))


def test_a_file_that_is_not_there_or_too_large_or_a_pipe(tmp_path):
    with pytest.raises(StateError, match="there is no"):
        tokens_in(tmp_path / "nothing.json")
    with pytest.raises(StateError, match="larger"):
        tokens_in(brought(tmp_path / "large", b" " * (MOST_BYTES + 1)))
    os.mkfifo(tmp_path / "pipe", 0o600)
    with pytest.raises(StateError, match="not a plain file"):
        tokens_in(tmp_path / "pipe")
    (tmp_path / "link").symlink_to(brought(tmp_path / "file", LIBRARYS))
    with pytest.raises(StateError, match="not a plain file"):
        tokens_in(tmp_path / "link")


@pytest.mark.skipif(os.name != "posix", reason="modes are POSIX's")
@pytest.mark.parametrize("mode", [0o640, 0o604, 0o620])
def test_a_file_that_others_may_open_is_refused_with_the_cure(tmp_path, mode):
    path = brought(tmp_path / "tokens.json", LIBRARYS)
    path.chmod(mode)
    with pytest.raises(StateError, match="chmod go-rwx"):
        tokens_in(path)


@pytest.mark.skipif(not hasattr(os, "geteuid") or os.geteuid() != 0, reason="only root gives files away")
def test_a_file_of_somebody_else_is_refused(tmp_path):
    path = brought(tmp_path / "tokens.json", LIBRARYS)
    os.chown(path, 65534, 65534)
    with pytest.raises(StateError, match="another user"):
        tokens_in(path)
