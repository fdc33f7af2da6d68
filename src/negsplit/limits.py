"""How far what is written may go, and what watches are known to take: each bound stands here alone.

:mod:`negsplit.formats.fit.verify` has numbers of its own on purpose: it judges what the rest of the program makes.
"""

from __future__ import annotations

from typing import Final

from negsplit.units import Distance, Duration, Percent

SLOWEST_MPS, FASTEST_MPS = 0.5, 12.0
"""A runner's speed in metres a second: 33:20/km to 1:24/km."""


def is_runnable(mps: float) -> bool:
    """Whether a speed in metres a second is one of a runner."""
    return SLOWEST_MPS <= mps <= FASTEST_MPS


SHORTEST, LONGEST = Duration(1_000), Duration(24 * 3_600_000)
NEAREST, FARTHEST = Distance(1_000), Distance(20_000_000)
"""What a step lasts: 1 s to 24 h, or 10 m to 200 km."""
SHORTEST_RACE, LONGEST_RACE = Distance(80_000), Distance(5_000_000)
"""How far a race is whose pace has a name: 800 m to 50 km."""
SHORTEST_SPLIT, NEAREST_SPLIT = Duration(30_000), Distance(10_000)
"""What a split of a ramp in a line lasts at least: less is over before a watch has settled on a pace."""
MOST_SPLITS: Final = 200
"""Splits of a ramp."""
LOWEST_BPM, HIGHEST_BPM = 30, 220
"""A heart rate in beats a minute."""
LOWEST_WATTS, HIGHEST_WATTS = 1, 2_000
"""A runner's power."""
LOWEST_SPM, HIGHEST_SPM = 60, 300
"""A cadence in steps a minute, of both feet."""
WATCH_ZONES: Final = 5
"""Heart-rate zones that every watch has."""
MOST_ZONES: Final = 10
"""Zones that anybody counts."""
EASIEST_RPE, HARDEST_RPE = 1, 10
"""An effort as it is felt."""
LONGEST_WEEK, FARTHEST_WEEK = Duration(50 * 3_600_000), Distance(40_000_000)
"""What a week of running comes to at most: 50 h, 400 km."""
MOST_WEEKS_OF_HISTORY: Final = 52
"""Weeks that a runner's history goes back."""
MOST_RUNS: Final = 21
"""Runs of a week: three a day."""
FIRST_YEAR, LAST_YEAR = 2000, 2100
"""Between which plans, and what was run before them, lie."""

MOST_MARGIN: Final = Percent(30_000)
"""How far a single pace, heart rate or power is widened to each side at most."""
DEFAULT_TOLERANCE: Final = Percent(2_000)
"""A point pace is widened by 2 % of speed to each side."""

WORKOUTS_KEPT: Final = 25
"""Workouts that some watches keep: of 63 put on a Forerunner 935, measured, 25 were left, and nothing was said; others
are reported to keep 198.
"""
ENTRIES_SHOWN: Final = 30
"""Entries that a watch shows: of a longer schedule a fenix 7 shows the first 30 (jpickup/GarminTools #24, #26)."""
