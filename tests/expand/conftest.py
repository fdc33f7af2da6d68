"""A runner for tests: the paces of one VDOT in seconds per kilometre, as published tables print them."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

import pytest

from negsplit.diagnostics import Diagnostic, Report, Source, Span
from negsplit.expand import expand
from negsplit.model import Item, LastRecovery, Repeat, Step, Volume, Workout
from negsplit.targets import Between, Named, PaceTarget, Shifted
from negsplit.units import Amount, Distance, Duration, Pace, PaceShift, PaceUnit, Speed

# A band is (fast, slow). "heart" stands for a pace that is none: it cannot be known.
PACES: dict[int, dict[str, float | tuple[float, float]]] = {
    40: {"easy": (354.8, 398.5), "marathon": 326.5, "half": 315.4, "threshold": 305.5, "10k": 300.1, "5k": 289.2},
    50: {"easy": (296.8, 334.0), "marathon": 271.1, "half": 260.3, "threshold": 255.2, "10k": 248.0, "5k": 239.2},
    60: {"easy": (256.1, 288.5), "marathon": 232.3, "half": 222.2, "threshold": 220.1, "10k": 212.2, "5k": 204.6},
}


@dataclass(frozen=True)
class Runner:
    vdot: int = 50
    volume: Volume = "low"
    unit: PaceUnit = "km"
    reckons: bool = True

    def band(self, pace: Any) -> tuple[float, float] | None:
        """Slow and fast edge in metres per second."""
        match pace:
            case Pace() | Speed():
                return pace.mps, pace.mps
            case Named("very easy"):
                return (edge := 1000 / PACES[self.vdot]["easy"][1]), edge  # type: ignore[index]
            case Named(name):
                known = PACES[self.vdot].get(name)
                if known is None:
                    return None
                fast, slow = known if isinstance(known, tuple) else (known, known)
                return 1000 / slow, 1000 / fast
            case Shifted(base, PaceShift() as near, PaceShift() as far):
                start = self.band(base)
                assert start
                ends = [1 / (1 / start[1] + shift.seconds_per_metre) for shift in (near, far)]
                return min(ends), max(ends)
            case Between(one, other):
                edges = [edge for end in (one, other) for edge in self.band(end) or ()]
                return min(edges), max(edges)
        raise AssertionError(pace)

    def fast_edge(self, target: PaceTarget) -> float | None:
        band = self.band(target.pace)
        return band and band[1]

    def is_point(self, target: PaceTarget) -> bool:
        band = self.band(target.pace)
        return band is not None and band[0] == band[1]

    def is_open(self, target: PaceTarget) -> bool:
        return target.pace == Named("very easy")

    def reckoned(self, items: Sequence[Item], kind: type[Amount], span: Span | None) -> Amount | None:  # noqa: ARG002
        if not self.reckons:
            return None
        return Distance(345_678) if kind is Distance else Duration(1_234_567)


@dataclass(frozen=True)
class Expanded:
    """What came of some items: steps and repeats, and messages."""

    items: tuple[Item, ...]
    diagnostics: list[Diagnostic]

    @property
    def steps(self) -> list[Step]:
        assert not self.diagnostics
        assert all(isinstance(item, Step) for item in self.items)
        return [item for item in self.items if isinstance(item, Step)]

    @property
    def repeat(self) -> Repeat:
        assert not self.diagnostics
        [item] = self.items
        assert isinstance(item, Repeat)
        return item

    @property
    def error(self) -> Diagnostic:
        """The only message, for which nothing was made."""
        [diagnostic] = self.diagnostics
        assert diagnostic.help
        return diagnostic

    @property
    def sizes(self) -> list[int]:
        """Milliseconds or centimetres of the steps."""
        result = []
        for step in self.steps:
            assert isinstance(step.length, Duration | Distance)
            result.append(step.length.ms if isinstance(step.length, Duration) else step.length.cm)
        return result

    @property
    def paces(self) -> list[str]:
        """The targets of the steps: a typed pace, or a name."""
        result = []
        for step in self.steps:
            [target] = step.targets
            assert isinstance(target, PaceTarget)
            result.append(target.pace.name if isinstance(target.pace, Named) else str(target.pace))
        return result


class Expand:
    """``run(item, ..., vdot=40)`` expands a workout of these items for a runner."""

    def __call__(self, *items: Item, last_recovery: LastRecovery = "keep", **runner: Any) -> Expanded:
        report = Report()
        workout = expand(Workout("Test", items, last_recovery=last_recovery), Runner(**runner), report)
        return Expanded(workout.steps, report.diagnostics)


@pytest.fixture(scope="session")
def run() -> Expand:
    return Expand()


@pytest.fixture(scope="session")
def runner() -> type[Runner]:
    return Runner


@pytest.fixture
def span() -> Callable[[str], Span]:
    """A span over a word of its own."""
    return lambda word: Span(Source("test", word), 0, len(word))
