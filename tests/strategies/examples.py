"""How many examples of a property are tried."""

from __future__ import annotations

import os
from typing import Final

PROFILE: Final = os.environ.get("HYPOTHESIS_PROFILE", "steady")
"""``steady`` tries the same examples every time, ``search`` fresh ones: that is ``make fuzz``."""
_SHARE: Final = 4


def examples(most: int) -> int:
    """All of ``most`` in a search; a quarter of them where they are the same ones every time."""
    return most if PROFILE == "search" else -(-most // _SHARE)
