"""What kind of step a step is: run, walked, hard. Every total and every rule asks here."""

from __future__ import annotations

from typing import Final

from negsplit.estimate.reckoning import How, Reckoned
from negsplit.model import Role
from negsplit.program.model import Intensity, ProgramStep

HARD_SHARE: Final = 0.95
"""Of threshold speed: about half-marathon pace. From there up a step is hard (a judgement)."""
HARD_EFFORT: Final = 7
"""The RPE from which a step without a pace is hard: the effort of an hour's race (a judgement)."""
HARD_SECONDS: Final = 300.0
"""So much of it makes a session hard: a few strides do not (a judgement)."""
BRISK_SHARE: Final = 0.90
BRISK_SECONDS: Final = 25 * 60.0
"""Of threshold speed, about marathon pace: so much from there up makes a session hard too (a judgement)."""


def is_walk(step: ProgramStep) -> bool:
    """Whether a step is walked or hiked."""
    return step.written is not None and step.written.role in (Role.WALK, Role.HIKE)


def is_run(step: ProgramStep) -> bool:
    """Whether a step is work: neither warm-up, recovery, rest, walk nor cool-down."""
    return step.intensity is Intensity.ACTIVE and not is_walk(step)


def is_recovery(step: ProgramStep) -> bool:
    """Whether a step is there to recover: jogged, walked or stood."""
    return step.intensity in (Intensity.RECOVERY, Intensity.REST)


def is_hard(step: ProgramStep, reckoned: Reckoned) -> bool:
    """Whether a step is as hard as racing for an hour or more: by its effort, else by what it is reckoned to be."""
    effort = step.written.effort if step.written else None
    if effort and sum(effort) / 2 >= HARD_EFFORT:
        return True
    return _is_as_fast(reckoned, HARD_SHARE)


def is_brisk(reckoned: Reckoned) -> bool:
    """Whether a step is at marathon pace or faster; an effort says too little for that."""
    return _is_as_fast(reckoned, BRISK_SHARE)


def _is_as_fast(reckoned: Reckoned, least: float) -> bool:
    """By a speed that somebody set: of an effort nobody knows how fast it is, and a walk recovers even the slowest."""
    share = reckoned.share
    return reckoned.how not in (How.EFFORT, How.WALK) and share.known and round(share.middle, 6) >= least
