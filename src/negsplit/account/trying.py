"""How often something is asked: reading again while that may help, anything else once."""

from __future__ import annotations

from collections.abc import Callable
from typing import Final, TypeVar

from negsplit.account.errors import Ambiguous, NotRenewed
from negsplit.account.pauses import Pauses

READ_TRIES: Final = 3
"""How often a request that changes nothing is made in all before its failure counts."""

Answer = TypeVar("Answer")


def tried(method: str, pauses: Pauses, ask: Callable[[], Answer]) -> Answer:
    """What a request answers: GET up to :data:`READ_TRIES` times while the network or the server fails.

    Raises what the last try raises.
    """
    tries = READ_TRIES if method == "GET" else 1
    for failed in range(1, tries + 1):
        pauses.request()
        try:
            return ask()
        except (Ambiguous, NotRenewed) as error:
            if failed == tries or not error.passes:
                raise
        pauses.failed(failed)
    raise AssertionError("a try returns or raises")
