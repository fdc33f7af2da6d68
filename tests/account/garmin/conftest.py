"""A double of Garmin's service for each test that asks."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

import pytest

from account.garmin.double import Double
from negsplit.account.garmin.address import Address
from negsplit.account.garmin.client import Account
from negsplit.account.garmin.tokens import Tokens, TokenStore
from negsplit.account.pauses import Pauses
from negsplit.state import StateFolder

NO_PAUSES = Pauses(0)


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
def logged_in(state: StateFolder) -> Callable[..., Account]:
    """An account at a double without logging in: its tokens are put where a login puts them."""

    def attach(service: Double, *, pauses: Pauses = NO_PAUSES, timeout: float = 5.0) -> Account:
        address = Address(service.url)
        issued = service.sessions.issue()
        TokenStore(state, address).write(Tokens(issued["access_token"], issued["refresh_token"], "CLIENT"))
        return Account(address, state, pauses=pauses, timeout=timeout)

    return attach
