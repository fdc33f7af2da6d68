"""What each step of a program says, and the words for it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from functools import partial
from typing import Final

from negsplit.document.workouts import MAX_NAME, MAX_NOTES
from negsplit.lift.bands import Speller, sayable
from negsplit.lift.differences import shown
from negsplit.lift.labels import Caption, caption
from negsplit.lift.repeats import bounded, folded, nested
from negsplit.limits import HIGHEST_BPM, LOWEST_BPM
from negsplit.model import Lap, Length, Step, UntilHeartRate, Workout
from negsplit.program.captions import ascii_text, cut, effort_text, efforts_in, gait, one_line, step_name
from negsplit.program.device import Device
from negsplit.program.model import Band, Program, ProgramStep, Zone
from negsplit.program.outline import parts
from negsplit.targets import Effort, Named, OpenTarget, PaceTarget, Target, Tolerance, folded_name
from negsplit.units import PaceUnit

NO_NAME: Final = "Workout"

Slot = Band | Zone | None
Slots = tuple[Band | Zone, ...]


class Reading:
    """Reads a program once, noting what cannot be said; :meth:`workout` then says the rest."""

    def __init__(self, program: Program, device: Device, unit: PaceUnit) -> None:
        self.program, self.device, self.unit = program, device, unit
        self.tolerances: list[Tolerance] = []
        """Every ``±`` that the workout said last has."""
        self._notes: dict[tuple[int, str], None] = {}
        self.name = self._name()
        self.text = cut(program.notes.strip(), MAX_NOTES)
        self._compare("notes", self._whole(program.notes), self._plain(self.text, device.notes))
        self._parts = parts(program.steps)
        self._steps = {index: step for index, step in enumerate(program.steps) if isinstance(step, ProgramStep)}
        self._slots = {index: self._read_slots(index, step) for index, step in self._steps.items()}
        self._lengths = {index: self._read_length(index, step) for index, step in self._steps.items()}
        self._plainly = Speller(unit, None)
        found = {index: self._read_caption(index, step) for index, step in self._steps.items()}
        self._paces = _own_paces((one.pace, self._slots[index]) for index, one in found.items() if one.pace)
        self._captions = {index: self._settled(index, one) for index, one in found.items()}
        self._note_the_nameless()

    @property
    def notes(self) -> list[str]:
        """The notes, in the order of the steps."""
        return [text for _, text in sorted(self._notes, key=lambda note: note[0])]

    def _note(self, index: int, text: str) -> None:
        self._notes[index, f"step {index + 1}: {text}"] = None

    def _compare(self, what: str, wanted: str, compiled: str) -> None:
        if wanted != compiled:
            self._notes[-1, f"{what}: compiled, `{shown(wanted)}` becomes `{shown(compiled)}`"] = None

    def _whole(self, text: str) -> str:
        """A text as nothing is missing of it: only what shows ASCII alone is held to each character."""
        return text if self.device.ascii else one_line(text)

    def _plain(self, text: str, limit: int) -> str:
        """A text as it is compiled."""
        return cut(ascii_text(text)[0] if self.device.ascii else one_line(text), limit)

    # What the program says.

    def _name(self) -> str:
        words = cut(" ".join(self.program.name.split()), MAX_NAME)
        if not words:
            self._notes[-1, f"name: the file has none; compiled, it is `{NO_NAME}`"] = None
            return NO_NAME
        self._compare("name", self._whole(self.program.name), self._plain(words, self.device.workout_name) or NO_NAME)
        return words

    def _read_slots(self, index: int, step: ProgramStep) -> Slots:
        if step.target is None and step.second is not None:
            self._note(index, "the second target is written as its only one")
        found: dict[object, Band | Zone] = {}
        for target in (step.target, step.second):
            if target is None:
                continue
            can_say, change = sayable(target)
            if change:
                self._note(index, change)
            if can_say and can_say.quantity in found:
                self._note(index, "the second target is left out, it is of the first one's kind")
            elif can_say and found and not self.device.second_target:
                self._note(index, f"the second target is left out, `{self.device.name}` holds one")
            elif can_say:
                found[can_say.quantity] = can_say
        return tuple(found.values())

    def _read_length(self, index: int, step: ProgramStep) -> Length:
        match step.length:
            case Lap():
                return step.length
            case UntilHeartRate(side, bpm):
                beats = min(max(bpm, LOWEST_BPM), HIGHEST_BPM)
                if beats != bpm:
                    self._note(index, f"until {bpm} bpm is written as until {beats} bpm")
                return UntilHeartRate(side, beats)
            case amount:
                return bounded(amount, partial(self._note, index))

    def _read_caption(self, index: int, step: ProgramStep) -> Caption:
        first = next(iter(self._slots[index]), None)
        written = self._plainly.targets(first) if first else ()
        return caption(step, first, written, self.program.sport, self.unit, self.device.step_name)

    def _settled(self, index: int, found: Caption) -> Caption:
        """With the texts as they can be written, and notes on how they are compiled."""
        step = self._steps[index]
        is_known = found.pace in self._paces
        if found.pace and not (is_known and self._paces[found.pace] in (self._slots[index] or (None,))):
            found = found._replace(pace="", name=" ".join(step.name.split()))
        cue = " ".join(found.cue.split())
        effort = effort_text(found.effort) if found.effort and found.effort not in efforts_in(cue) else ""
        walk = gait(found.role, self.program.sport) if found.name else ""
        compiled = self._plain(". ".join(filter(None, (walk, effort, cue))), self.device.cue)
        if step.name and (now := self._compiled_name(index, found)) != step.name:
            self._note(index, f"compiled, its name `{shown(step.name)}` becomes `{now}`")
        if compiled != (cue_read := self._whole(step.cue)):
            self._note(index, f"compiled, its cue `{shown(cue_read)}` becomes `{shown(compiled)}`")
        return found._replace(cue=cue)

    def _compiled_name(self, index: int, found: Caption) -> str:
        if own := self._plain(found.name, self.device.step_name):
            return own
        first = next(iter(self._slots[index]), None)
        named = PaceTarget(Named(found.pace)) if found.pace else self._written(index, found, first, self._plainly)
        return self._made_name(found, named, first)

    def _made_name(self, found: Caption, written: Target, first: Slot) -> str:
        return step_name(found.role, (written,), first, found.effort, self.unit, self.device.step_name)

    def _written(self, index: int, found: Caption, slot: Slot, speller: Speller) -> Target:
        """The shortest target that gives the step its name, in the unit of the name; the shortest where none does."""
        if slot is None:
            return OpenTarget()
        choices = speller.targets(slot)
        name = self._steps[index].name
        return next((one for one in choices if self._made_name(found, one, slot) == name), choices[0])

    def _note_the_nameless(self) -> None:
        nameless = [index for index, step in self._steps.items() if not step.name]
        if nameless and self.device.step_name:
            count = "1 step has" if len(nameless) == 1 else f"{len(nameless)} steps have"
            self._notes[-1, f"names: {count} none in the file; compiled, each has one"] = None

    # How it is said.

    def workout(self, tolerance: Tolerance | None) -> Workout:
        """The workout, with a tolerance for its single paces."""
        self.tolerances = []
        speller = Speller(self.unit, tolerance) if tolerance else self._plainly
        own = self._paces.items()
        items = nested(self._parts, lambda index: self._step(index, speller), self.device, self._note)
        return Workout(
            self.name,
            folded(items, self.device),
            self.program.sport,
            self.text,
            paces={name: self._noted(speller.targets(slot)[0] if slot else OpenTarget()) for name, slot in own},
            tolerance=tolerance,
        )

    def _step(self, index: int, speller: Speller) -> Step:
        found = self._captions[index]
        role, effort, cue, pace, name = found
        named = PaceTarget(Named(pace)) if pace else None
        slots: tuple[Slot, ...] = self._slots[index] or ((None,) if named else ())
        targets = [
            named if named and slot == self._paces[pace] else self._noted(self._written(index, found, slot, speller))
            for slot in slots
        ]
        if effort:
            targets.insert(0, Effort(*effort))
        return Step(role, self._lengths[index], tuple(targets), cue, name=name)

    def _noted(self, target: Target) -> Target:
        if isinstance(target, PaceTarget) and target.tolerance:
            self.tolerances.append(target.tolerance)
        return target


def _own_paces(used: Iterable[tuple[str, Slots]]) -> Mapping[str, Slot]:
    """What each name of a pace stands for: the target that most steps with the name have.

    Of names that the language takes for one, the first.
    """
    counts: dict[str, Counter[Slot]] = {}
    for name, slots in used:
        counts.setdefault(name, Counter()).update(slots or (None,))
    first = {folded_name(name): name for name in reversed(counts)}
    return {name: counts[name].most_common(1)[0][0] for name in counts if first[folded_name(name)] == name}
