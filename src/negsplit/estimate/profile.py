"""A program as it is run from start to end: what a picture of it shows."""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import Final

from negsplit.athlete.paces import Runner
from negsplit.estimate.levels import Level, level_of
from negsplit.estimate.reckoning import How, Reckoned, reckon, share_of
from negsplit.frozen import dataclass
from negsplit.model import Role
from negsplit.program.model import Intensity, Jump, Program, ProgramStep
from negsplit.program.outline import Group, Part, parts
from negsplit.units import Amount, Duration

MOST_BARS: Final = 400
"""Beyond so many steps run, a picture shows one round of each repeat, as wide as all of them."""

_ANY_RUNNER_MPS: Final = 3.6
"""Threshold speed, 4:38/km, for the widths of a picture of nobody's workout."""
_FASTEST_SHARE: Final = 1.1
"""What the fastest pace is taken for where no threshold is known."""
_OPEN_SECONDS: Final = 300.0
"""The width of a run that may last any time."""


@dataclass(frozen=True, slots=True)
class Bar:
    """One step as it is run: seconds from the start, and effort as a share of threshold speed.

    ``low`` and ``high`` are the edges of its target. ``level`` is how hard it is; of a walk or hike its effort or heart
    rate says that, however slow it is. ``index`` is the step's place in the program. ``assumed`` says that its length
    was not written but taken as usual, ``walked`` that it is walked or hiked, ``still`` that nobody moves.
    """

    index: int
    step: ProgramStep
    start: float
    seconds: float
    low: float
    effort: float
    high: float
    level: Level
    assumed: bool
    walked: bool
    still: bool


@dataclass(frozen=True, slots=True)
class Bracket:
    """The rounds of a repeat, from second to second. ``depth`` is 0 for the outermost.

    ``times`` is how often a runner would say that it is run: a last round without its recovery counts, though it stands
    behind the repeat in the program. ``rounds`` are the whole ones that are shown, each of ``each`` seconds: as many as
    are run, or one for all of them.
    """

    times: int | Amount
    start: float
    seconds: float
    depth: int
    rounds: int
    each: float


@dataclass(frozen=True, slots=True)
class Profile:
    """Bars side by side, and the repeats over them.

    ``threshold_mps`` is what an effort of 1 means, None where nobody's threshold is known; ``to_scale`` says
    that no width had to be made up. ``mps`` is the speed that an effort of 1 is drawn as: of the threshold, else
    what the fastest pace target makes it; None without either.
    """

    bars: tuple[Bar, ...]
    brackets: tuple[Bracket, ...]
    threshold_mps: float | None
    to_scale: bool
    mps: float | None = None

    @property
    def seconds(self) -> float:
        """How wide it is, in seconds."""
        return self.bars[-1].start + self.bars[-1].seconds if self.bars else 0.0


@dataclass(frozen=True, slots=True)
class _Loop:
    """A repeat: how often its body runs, and how many steps, seconds and metres that comes to in all."""

    body: tuple[_Part, ...]
    jump: Jump
    rounds: int
    steps: int
    seconds: float
    metres: float


_Part = int | _Loop
"""A step by its index, or a repeat."""


def profile(program: Program, runner: Runner) -> Profile:
    """The steps in the order run, each as wide as it is long and as high as it is hard."""
    reckoned = {i: reckon(step, runner) for i, step in enumerate(program.steps) if isinstance(step, ProgramStep)}
    drawing = _Drawing(program, reckoned, runner)
    drawing.draw(drawing.parts, depth=0)
    bars, brackets = tuple(drawing.bars), tuple(drawing.brackets)
    return Profile(bars, brackets, runner.threshold_mps, drawing.to_scale, drawing.mps)


class _Drawing:
    """Puts bars side by side."""

    def __init__(self, program: Program, reckoned: dict[int, Reckoned], runner: Runner) -> None:
        self.program, self.reckoned, self.runner = program, reckoned, runner
        fastest = max((one.speed.high for one in reckoned.values() if one.how is How.PACE), default=0.0)
        self.mps = runner.threshold_mps or fastest / _FASTEST_SHARE or None
        self.threshold = self.mps or _ANY_RUNNER_MPS
        self.bars: list[Bar] = []
        self.brackets: list[Bracket] = []
        self.now = 0.0
        self.to_scale = True
        self.parts = tuple(map(self._reckon, parts(program.steps)))
        self.folds = self._extent(self.parts)[0] > MOST_BARS

    def draw(self, parts: Sequence[_Part], depth: int, stretch: float = 1.0) -> None:
        """Appends the parts; a repeat that is folded is drawn once, ``stretch`` times as wide."""
        for place, part in enumerate(parts):
            if isinstance(part, int):
                self._bar(part, stretch)
                continue
            start, rounds = self.now, part.rounds
            shown = 1 if self.folds else rounds
            at = len(self.brackets)
            for _ in range(shown):
                self.draw(part.body, depth + 1, stretch * rounds / shown)
            whole, times = self.now - start, part.jump.until
            last = self._last_round(part, parts[place + 1 :])
            if last and isinstance(times, int):
                times += 1
            seconds = whole + stretch * sum(self._seconds(one) if isinstance(one, int) else one.seconds for one in last)
            self.brackets.insert(at, Bracket(times, start, seconds, depth, shown, whole / shown))

    def _last_round(self, repeat: _Loop, behind: Sequence[_Part]) -> Sequence[_Part]:
        """What stands behind a repeat if it is one more round without its recovery: the last one was skipped."""
        *work, rest = repeat.body
        step = self.program.steps[rest] if isinstance(rest, int) else None
        if not work or not isinstance(step, ProgramStep) or step.intensity not in (Intensity.RECOVERY, Intensity.REST):
            return ()
        found = behind[: len(work)]
        return found if len(found) == len(work) and all(map(self._is_same, work, found)) else ()

    def _is_same(self, one: _Part, other: _Part) -> bool:
        if isinstance(one, int) or isinstance(other, int):
            return (
                isinstance(one, int) and isinstance(other, int) and self.program.steps[one] == self.program.steps[other]
            )
        return (
            one.jump.until == other.jump.until
            and len(one.body) == len(other.body)
            and all(map(self._is_same, one.body, other.body))
        )

    def _bar(self, index: int, stretch: float) -> None:
        step, one = self.program.steps[index], self.reckoned[index]
        assert isinstance(step, ProgramStep)
        low, effort, high = self._shares(one)
        seconds = self._seconds(index) * stretch
        walked = one.how is How.WALK or (step.written is not None and step.written.role in (Role.WALK, Role.HIKE))
        hard, how = share_of(step, self.runner) if one.how is How.WALK else (one.share, one.how)
        level = level_of(effort if how is How.OPEN or not hard.known else hard.middle)
        still = one.how is How.STILL
        self.bars.append(Bar(index, step, self.now, seconds, low, effort, high, level, one.assumed, walked, still))
        self.now += seconds

    def _shares(self, one: Reckoned) -> tuple[float, float, float]:
        if one.share.known:
            return one.share.low, one.share.middle, one.share.high
        by = self.threshold
        return one.speed.low / by, one.speed.middle / by, one.speed.high / by

    def _seconds(self, index: int) -> float:
        one = self.reckoned[index]
        if one.seconds.known and one.seconds.middle:
            return one.seconds.middle
        self.to_scale = False
        speed = self._shares(one)[1] * self.threshold
        return one.metres.middle / speed if one.metres.middle and speed else _OPEN_SECONDS

    # Repeats.

    def _reckon(self, part: Part) -> _Part:
        return self._loop(tuple(map(self._reckon, part.body)), part.jump) if isinstance(part, Group) else part

    def _loop(self, body: tuple[_Part, ...], jump: Jump) -> _Loop:
        steps, seconds, metres = self._extent(body)
        until = jump.until
        if isinstance(until, int):
            rounds = until
        else:
            done, goal = (seconds, until.seconds) if isinstance(until, Duration) else (metres, until.metres)
            rounds = max(math.ceil(round(goal / done, 9)), 1) if done else 1
        return _Loop(body, jump, rounds, steps * rounds, seconds * rounds, metres * rounds)

    def _extent(self, parts: Sequence[_Part]) -> tuple[int, float, float]:
        """The steps run, the seconds and the metres of parts."""
        steps, seconds, metres = 0, 0.0, 0.0
        for part in parts:
            if isinstance(part, int):
                one, time = self.reckoned[part], self._seconds(part)
                far = one.metres.middle if one.metres.known else time * self._shares(one)[1] * self.threshold
                steps, seconds, metres = steps + 1, seconds + time, metres + far
            else:
                steps, seconds, metres = steps + part.steps, seconds + part.seconds, metres + part.metres
        return steps, seconds, metres
