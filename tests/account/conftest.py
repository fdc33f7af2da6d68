"""Nothing but the loopback for all tests of an account, and a folder for its private files."""

from __future__ import annotations

import socket
from pathlib import Path
from typing import Any

import pytest

from negsplit.state import StateFolder

LOOPBACK = {"127.0.0.1", "::1", "localhost"}
NOWHERE = "http://127.0.0.1:9"


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
def state(tmp_path: Path) -> StateFolder:
    return StateFolder(tmp_path / "state")
