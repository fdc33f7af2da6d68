"""Where login, tokens and requests may go."""

from __future__ import annotations

import pytest

from negsplit.account.errors import BadAddress
from negsplit.account.garmin.address import CONNECT_URL, GARMIN, Address, address_from


@pytest.mark.parametrize("environment", [{}, {CONNECT_URL: ""}])
def test_garmin_is_meant_where_nothing_is_said(environment):
    address = address_from(environment)
    assert address == GARMIN
    assert address.override is None
    assert address.token_url.startswith("https://diauth.garmin.com/")
    assert address.proxies is None


@pytest.mark.parametrize(
    "said", ["http://127.0.0.1:8080", "http://localhost:1", "http://[::1]:8080", "http://127.0.0.1"]
)
def test_this_computer_is_taken(said):
    for slash in ("", "/"):
        address = address_from({CONNECT_URL: said + slash})
        assert address.override == said
        assert address.token_url == f"{said}/di-oauth2-service/oauth/token"
        assert address.proxies == {"http": "", "https": "", "all": ""}


@pytest.mark.parametrize(
    "said",
    [
        "https://connectapi.garmin.com",
        "http://127.0.0.1.example.org:80",
        "http://localhost.example.org",
        "http://127.0.0.2:80",
        "http://0.0.0.0:80",
        "http://2130706433:80",
        "http://[::ffff:127.0.0.1]:80",
        "http://user@127.0.0.1:80",
        "http://user:word@127.0.0.1:80",
        "http://127.0.0.1@example.org",
        "http://127.0.0.1:80@example.org",
        "http://example.org#@127.0.0.1",
        "http://example.org\\@127.0.0.1",
        "http://127.0.0.1\\@example.org",
        "http://127.0.0.1:80/path",
        "http://127.0.0.1:80?query",
        "http://127.0.0.1:80#part",
        "http://127.0.0.1:80//",
        "http://127.0.0.1:99999",
        "http://127.0.0.1:x",
        "http://[::1",
        "http://127.0.0.1:\n80",
        " http://127.0.0.1",
        "https://127.0.0.1:80",
        "file://localhost",
        "127.0.0.1:80",
        "localhost",
        "http://",
    ],
)
def test_anything_else_is_refused(said):
    with pytest.raises(BadAddress) as caught:
        address_from({CONNECT_URL: said})
    assert CONNECT_URL in caught.value.message
    assert "word" not in caught.value.message


def test_each_address_has_a_name_of_its_own():
    names = {one.name for one in (GARMIN, Address("http://127.0.0.1:1"), Address("http://127.0.0.1:2"))}
    assert len(names) == 3
