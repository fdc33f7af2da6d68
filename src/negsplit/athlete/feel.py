"""How hard running feels, in words for whoever runs: of an effort, and of the paces that have names."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final, NamedTuple

from negsplit.athlete.paces import VERY_EASY, canonical
from negsplit.athlete.races import distance_named
from negsplit.units import Distance


class Feel(NamedTuple):
    """A word for how hard it is, and how much talking it leaves."""

    hard: str
    talk: str

    def __str__(self) -> str:
        return f"{self.hard}: {self.talk}"


FEELS: Final[Mapping[int, Feel]] = {
    1: Feel("hardly any effort", "a stroll"),
    2: Feel("very easy", "you could talk all the way"),
    3: Feel("easy", "you can talk in whole sentences"),
    4: Feel("steady", "sentences still, with deeper breaths"),
    5: Feel("brisk", "short sentences"),
    6: Feel("strong", "a phrase at a time"),
    7: Feel("comfortably hard", "a few words at a time"),
    8: Feel("hard", "a word or two"),
    9: Feel("very hard", "no talking any more"),
    10: Feel("as hard as you can", "nothing is left to talk with"),
}
"""By RPE, 1 to 10 (Borg's CR10 with the talk test; authors differ by one)."""

_EFFORTS: Final[Mapping[str, int]] = {
    VERY_EASY: 2,
    "easy": 3,
    "steady": 4,
    "marathon": 5,
    "half": 6,
    "10mi": 6,
    "15k": 7,
    "threshold": 7,
    "10k": 8,
    "5k": 8,
    "interval": 9,
    "3k": 9,
}
"""The RPE of named paces, in repeats of their usual length (Friel's zones; mindfulrunner.co.za: half 6, 5k 8, 3k 9)."""
_SHORT: Final = Feel("fast and light", "quick legs, nothing forced, and a full rest after each")
"""Of what is faster than any of these: it is run so briefly that its effort says little (Daniels' R)."""
_SHORTEST: Final = Distance(300_000)
"""Of the races whose pace has an effort above."""


def feel_of_pace(name: str) -> str:
    """How a pace of the language feels, by its name; empty for a name of a runner's own."""
    pace = canonical(name)
    if effort := _EFFORTS.get(pace):
        return str(FEELS[effort])
    distance = distance_named(pace)
    if pace in ("mile", "repetition") or (distance and distance < _SHORTEST):
        return str(_SHORT)
    return f"as hard as a race over {distance}" if distance else ""


def feel_of_effort(effort: tuple[int, int]) -> str:
    """How an RPE feels, or what lies between two: ``easy to steady: sentences still, with deeper breaths``."""
    low, high = (FEELS[end] for end in effort)
    return str(high) if low == high else f"{low.hard} to {high.hard}: {high.talk}"
