"""A double of the account service for each test that asks, and nothing but the loopback for all."""

from __future__ import annotations

import socket
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from account.double import Double
from negsplit.account.address import Address
from negsplit.account.garmin import Account
from negsplit.account.pauses import Pauses
from negsplit.account.tokens import Tokens, TokenStore
from negsplit.state import StateFolder

LOOPBACK = {"127.0.0.1", "::1", "localhost"}
NOWHERE = "http://127.0.0.1:9"
NO_PAUSES = Pauses(0)


@pytest.fixture(autouse=True)
def loopback_only(monkeypatch: pytest.MonkeyPatch) -> None:
    """Python's sockets refuse other hosts; curl, which has its own, is given a proxy that is not there."""
    connect = socket.socket.connect

    def guarded(self: socket.socket, address: Any) -> None:
        if self.family in (socket.AF_INET, socket.AF_INET6) and address[0] not in LOOPBACK:
            raise AssertionError(f"a test reached for {address[0]}")
        connect(self, address)

    monkeypatch.setattr(socket.socket, "connect", guarded)
    for name in ("http_proxy", "https_proxy", "all_proxy", "HTTP_PROXY", "HTTPS_PROXY", "ALL_PROXY"):
        monkeypatch.setenv(name, NOWHERE)
    for name in ("no_proxy", "NO_PROXY"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("GARMINTOKENS", "/nowhere/garmin_tokens.json")


@pytest.fixture
def double() -> Iterator[Callable[..., Double]]:
    """Starts a double with the given knobs. At the end nothing was asked that the service does not know."""
    running: list[Double] = []

    def start(**knobs: Any) -> Double:
        running.append(Double(**knobs).start())
        return running[-1]

    yield start
    for one in running:
        one.stop()
    assert [one.log.violations for one in running] == [[] for _ in running]


@pytest.fixture
def state(tmp_path: Path) -> StateFolder:
    return StateFolder(tmp_path / "state")


@pytest.fixture
def logged_in(state: StateFolder) -> Callable[..., Account]:
    """An account at a double without logging in: its tokens are put where a login puts them."""

    def attach(service: Double, *, pauses: Pauses = NO_PAUSES, timeout: float = 5.0) -> Account:
        address = Address(service.url)
        issued = service.sessions.issue()
        TokenStore(state, address).write(Tokens(issued["access_token"], issued["refresh_token"], "CLIENT"))
        return Account(address, state, pauses=pauses, timeout=timeout)

    return attach
