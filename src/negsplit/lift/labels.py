"""What a step was written as: the role, the effort, the cue and the name of a pace that gave it its texts."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from functools import cache
from typing import Final, NamedTuple

from negsplit.athlete.paces import spelled
from negsplit.diagnostics import Report, Source, Span
from negsplit.limits import EASIEST_RPE, HARDEST_RPE
from negsplit.model import Role, Sport
from negsplit.phrase import names, phrases
from negsplit.program.captions import behind_effort, effort_text, efforts_in, gait, step_name
from negsplit.program.model import Band, Intensity, ProgramStep, Zone
from negsplit.targets import Named, OpenTarget, PaceTarget, Target
from negsplit.tree.nodes import Text
from negsplit.units import PaceUnit

_ROLES: Final = {
    Intensity.WARMUP: (Role.WARMUP,),
    Intensity.ACTIVE: (Role.RUN, Role.HIKE),
    Intensity.RECOVERY: (Role.RECOVER, Role.WALK),
    Intensity.REST: (Role.REST,),
    Intensity.COOLDOWN: (Role.COOLDOWN,),
}
_ON_FOOT: Final = {
    Sport.WALKING: ((Role.WALK, Role.RUN, Role.HIKE), (Role.RECOVER,)),
    Sport.HIKING: ((Role.HIKE, Role.WALK, Role.RUN), (Role.RECOVER,)),
}
"""Where walking is the sport itself: what is active, and what recovers."""
_EFFORT: Final = re.compile(r"RPE ([0-9]{1,2})(?:-([0-9]{1,2}))?(?:\. (.+))?")


class Caption(NamedTuple):
    """What gives a step its texts: ``pace`` is the name of its target, ``name`` its own, where no target gives it."""

    role: Role
    effort: tuple[int, int] | None
    cue: str
    pace: str
    name: str = ""


def roles(intensity: Intensity, sport: Sport) -> tuple[Role, ...]:
    """The roles that a watch shows so, the likeliest first."""
    if sport in _ON_FOOT and intensity in (Intensity.ACTIVE, Intensity.RECOVERY):
        return _ON_FOOT[sport][intensity is Intensity.RECOVERY]
    return _ROLES[intensity]


def caption(
    step: ProgramStep, first: Band | Zone | None, written: Sequence[Target], sport: Sport, unit: PaceUnit, limit: int
) -> Caption:
    """What lowering would give this name and cue to.

    ``first`` is the target that a name may show, ``written`` what it may have been written as, the likeliest first.
    """
    possible = roles(step.intensity, sport)
    efforts = list(_efforts(step.cue))
    for effort, cue in efforts:
        for role in possible:
            for target in written or (OpenTarget(),):
                if step_name(role, (target,), first, effort, unit, limit) == step.name:
                    return Caption(role, effort, cue, "")
            for pace in _behind(role, step.name):
                if step_name(role, (PaceTarget(Named(pace)),), first, effort, unit, limit) == step.name:
                    return Caption(role, effort, cue, pace)
    role, effort, cue = next(_gaits(possible, sport, step.cue), (possible[0], *efforts[0]))
    return Caption(role, effort, cue, "", " ".join(step.name.split()))


def _gaits(possible: Iterable[Role], sport: Sport, cue: str) -> Iterator[tuple[Role, None, str]]:
    """The role that a cue begins with, and the rest: where a step has a name of its own, nothing else tells it."""
    first, _, rest = cue.partition(". ")
    for role in possible:
        if first and first == gait(role, sport):
            yield role, None, rest


@cache
def _word(role: Role) -> str:
    """``Warm up``: what a name begins with."""
    return step_name(role, (), None, None, "km", 99)


def _efforts(cue: str) -> Iterator[tuple[tuple[int, int] | None, str]]:
    """The cue as an effort and the words behind it, where it begins so, with an effort that it names, and alone."""
    if found := _EFFORT.fullmatch(cue):
        low = int(found[1])
        effort = low, int(found[2] or low)
        if EASIEST_RPE <= low <= effort[1] <= HARDEST_RPE and cue.startswith(effort_text(effort)):
            yield effort, found[3] or ""
    for effort in efforts_in(cue):
        if EASIEST_RPE <= effort[0] <= effort[1] <= HARDEST_RPE and behind_effort(effort, cue) == cue:
            yield effort, cue
    yield None, cue


def _behind(role: Role, name: str) -> Iterator[str]:
    """What stands behind the word of a role, where it can be the name of a pace."""
    pace = name.removeprefix(f"{_word(role)} ")
    if pace != name and _is_pace_name(pace):
        yield pace


@cache
def _is_pace_name(text: str) -> bool:
    """Whether the language reads it as a name of one's own, as it stands."""
    report = Report()
    read = phrases.parse(Text(text, Span(Source("name", text), 0, len(text))), report, names.own_name)
    return read == text == spelled(text) and not report.diagnostics
