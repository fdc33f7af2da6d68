"""What expansion must know of a runner: speeds, and what steps take before there is a program of them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Final

from negsplit.athlete.paces import Runner
from negsplit.diagnostics import Effect, Report, Span
from negsplit.estimate.estimate import estimate
from negsplit.model import Item, Workout
from negsplit.program.device import Device
from negsplit.program.lower import lower
from negsplit.program.resolve import Resolver
from negsplit.units import Amount, Distance, Duration

_TRY: Final = 'try `--athlete "5 km in 22:30"`'


class Beforehand(Resolver):
    """The resolver of a workout, which can also reckon a part of it."""

    def __init__(self, runner: Runner, workout: Workout, device: Device, report: Report) -> None:
        super().__init__(runner, workout, report)
        self._workout, self._device = workout, device

    def reckoned(self, items: Sequence[Item], kind: type[Amount], span: Span | None) -> Amount | None:
        """What plain steps and repeats take by their estimate, to 1 ms or 1 cm.

        None where nobody can tell, with an error at ``span``; silently where something is wrong with the steps.
        """
        aside = Report()
        part = Resolver(self.runner, self._workout, aside).items(items)
        program = lower(replace(self._workout, steps=tuple(items)), part, self._device, self.unit, aside)
        if program is None or aside.failed:
            return None
        found = estimate(program, self.runner)
        figure = found.time if kind is Duration else found.distance
        if figure.value is None:
            whose = "add `races:` or `threshold:` to the athlete file" if self.runner.name else _TRY
            message = f"how {'long' if kind is Duration else 'far'} this repeat is {figure.basis}"
            help = (whose, "or give each step a pace such as `5:00/km`")
            self.report.error("needs-athlete", message, span, *help, effect=Effect.ASKS_RUNNER)
            return None
        return Duration(round(figure.value * 1000)) if kind is Duration else Distance(round(figure.value * 100))
