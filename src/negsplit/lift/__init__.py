"""A program back to the workout that somebody might have written: the opposite of lowering.

What the language cannot say, or what compiling would write otherwise, is a note that begins with its place:
``step 3: ...``, ``name: ...``. Nothing that a step or a jump of a
:class:`~negsplit.program.model.Program` says raises.
"""

from __future__ import annotations

from collections import Counter
from typing import Final

from negsplit.document.write import write
from negsplit.lift.differences import differences
from negsplit.lift.repeats import skipping
from negsplit.lift.steps import Reading
from negsplit.model import Workout
from negsplit.program.device import Device
from negsplit.program.model import Program
from negsplit.units import PaceUnit

__all__ = ["differences", "lift"]

_MOST_TOLERANCES: Final = 3
"""How many tolerances are tried as the workout's own."""


def lift(program: Program, device: Device, unit: PaceUnit = "km") -> tuple[Workout, list[str]]:
    """The shortest workout that compiles to a program without an athlete, and notes on whatever it cannot say.

    ``unit`` is that of the paces in step names, and of the paces preferred.
    """
    reading = Reading(program, device, unit)
    plain = reading.workout(None)
    used = Counter(reading.tolerances)
    choices = [plain, *(reading.workout(tolerance) for tolerance, _ in used.most_common(_MOST_TOLERANCES))]
    choices += [skipping(workout) for workout in choices]
    return min(choices, key=lambda workout: len(write(workout))), reading.notes
