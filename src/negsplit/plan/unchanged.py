"""What has stayed the same from plan to plan: who always trains the same stays as good as before."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise
from typing import Final, Literal, get_args

from negsplit.estimate.kinds import BRISK_SHARE, HARD_SECONDS, HARD_SHARE
from negsplit.frozen import dataclass
from negsplit.plan.season import Season, SeasonPlan
from negsplit.plan.totals import SAME_TOTAL, SessionTotals

Varied = Literal["volume", "speed", "distance"]
VARIED: Final[tuple[Varied, ...]] = get_args(Varied)
"""What can be varied from plan to plan; of several that stayed the same for as long, the first comes next."""

_MARATHON: Final = "marathon pace"
_KINDS: Final = ((_MARATHON, BRISK_SHARE), ("threshold", HARD_SHARE), ("intervals", 1.03), ("repetitions", 1.12))
"""Kinds of fast running by their least share of threshold speed. At VDOT 45, 10 km pace is 1.01 of it, interval pace
1.09 and the pace of a mile 1.17 (Daniels' equations); the last two edges lie between (judgements)."""
_BY_EFFORT: Final = "hard by effort"


@dataclass(frozen=True, slots=True)
class Unchanged:
    """What has stayed the same in the last ``plans``, which are ``weeks`` long together."""

    what: Varied
    plans: int
    weeks: int


def unchanged(season: Season) -> list[Unchanged]:
    """What the last plans of a season have in common, from plan to plan.

    The *volume*, where the mean of the weeks with a run and the highest week differ by 5 % at most; the *speed*, where
    they have the same kinds of fast running, and the hard minutes of a week differ by so much; the *distance*, where
    the longest run does. The goal races are left out.
    """
    return list(_unchanged(season))


def next_to_vary(found: list[Unchanged]) -> Varied | None:
    """What has stayed the same for longest; None where each plan changed all of it."""
    return max(found, key=lambda one: one.weeks).what if found else None


def kinds(plan: SeasonPlan) -> tuple[str, ...]:
    """The kinds of fast running of which one session at least has five minutes, races apart; from slow to fast."""
    found = {
        kind
        for one in plan.plan.sessions
        if not one.is_race
        for kind, seconds in _seconds_by_kind(one).items()
        if round(seconds, 3) >= HARD_SECONDS
    }
    return tuple(kind for kind in (*(name for name, _ in _KINDS), _BY_EFFORT) if kind in found)


def _unchanged(season: Season) -> Iterator[Unchanged]:
    for what in VARIED:
        row = 1
        for later, earlier in pairwise(reversed(season.plans)):
            if not _is_same(what, later, earlier, season):
                break
            row += 1
        if row > 1:
            yield Unchanged(what, row, sum(len(one.weeks) for one in season.plans[-row:]))


def _is_same(what: Varied, one: SeasonPlan, other: SeasonPlan, season: Season) -> bool:
    match what:
        case "volume":
            is_peak_near = _are_near(season.known(one.peak), season.known(other.peak))
            return is_peak_near and _are_near(_mean(one, season), _mean(other, season))
        case "speed":
            return kinds(one) == kinds(other) and _are_near(one.hard_seconds, other.hard_seconds)
        case "distance":
            return _are_near(season.length(one.longest), season.length(other.longest))


def _are_near(one: float | None, other: float | None) -> bool:
    """Whether both are known, and the later differs by no more than 5 % from the earlier."""
    return one is not None and other is not None and round(abs(one - other), 6) <= SAME_TOTAL / 100 * other


def _mean(plan: SeasonPlan, season: Season) -> float | None:
    """Of the weeks with a run; None where one is not known."""
    amounts = [season.known(week) for week in plan.weeks if week.training.sessions]
    sure = [one for one in amounts if one is not None]
    return sum(sure) / len(sure) if sure and len(sure) == len(amounts) else None


def _seconds_by_kind(session: SessionTotals) -> dict[str, float]:
    found: dict[str, float] = {}
    for bar in session.profile.bars if session.profile else ():
        paced = bar.step.target is not None and not bar.still
        kind = next((name for name, least in reversed(_KINDS) if paced and round(bar.effort, 6) >= least), None)
        if kind:
            found[kind] = found.get(kind, 0.0) + bar.seconds
    by_pace = sum(seconds for kind, seconds in found.items() if kind != _MARATHON)
    return {**found, _BY_EFFORT: session.hard_seconds - by_pace}
