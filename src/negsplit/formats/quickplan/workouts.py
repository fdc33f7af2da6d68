"""The workouts of a cell: a line with sport and name, and the steps below it."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import pairwise
from typing import Final, NamedTuple

from negsplit.diagnostics import Report, Span
from negsplit.formats.csv_cells import Cell
from negsplit.formats.foreign import MOST_MISTAKES, MOST_STEPS, ForeignOptions, ForeignWorkout, steps_run
from negsplit.formats.quickplan.targets import Held, UnreadError, Words, length, target
from negsplit.model import Item, Repeat, Role, Step, Workout
from negsplit.units import Distance

_MOST_NESTED: Final = 5
"""Levels of steps that quick-plan reads."""
RUN: Final = "running"
SPORTS: Final = (RUN, "cycling", "swimming", "custom", "strength")
"""The sports that a workout may begin with."""
_UNSAID: Final = ("", "workout")
"""What stands there where no sport is said; the first versions of quick-plan had ``workout``."""
_DETECTED: Final = {"run": RUN, "bike": "cycling"}
"""The sport of a workout that says none, by the words of its steps; any other is ``custom``."""
_DASHES: Final = "-\u2010-\u2015\u2212\u2022"
"""A hyphen, and what word processors make of one before a step."""
_HEADER: Final = re.compile(r"\s*(?P<sport>[^\W\d_]*)[ \t]*:(?P<name>.*)")
_STEP: Final = re.compile(rf"(?P<indent>\s*)[{_DASHES}]\s*(?P<word>[^\W\d_]+)\s*:(?P<rest>.*)")
_BULLET: Final = re.compile(rf"\s*[{_DASHES}]")
_LINE: Final = re.compile(r"([^\r\n]*)(?:\r\n|\r|\n|\Z)")
_REPEAT: Final = "repeat"
_ROLES: Final = {
    "warmup": Role.WARMUP,
    **dict.fromkeys(("run", "go", "interval", "bike", "other", "stair"), Role.RUN),
    "recover": Role.RECOVER,
    "rest": Role.REST,
    "cooldown": Role.COOLDOWN,
}
_OTHERWISE: Final = ("other", "stair")
"""Steps of other training, which are read as runs."""
_NOTE: Final = "note"
"""A line with more of the cue of the step above it."""
_STEPS_ARE: Final = "the steps of a run are warmup, run, recover, rest, cooldown and repeat"
_BARE: Final = re.compile(
    rf"\s*[{_DASHES}]?\s*(?P<word>{'|'.join((*_ROLES, _REPEAT))})(?:\s*:|\s+(?=\d))(?P<rest>.*)", re.IGNORECASE
)
"""A step without its dash or its colon."""
_INDENT: Final = "indent the steps of a repeat by two spaces more"


class Mention(NamedTuple):
    """A line with sport and name without steps: it names a workout, or is one of another sport."""

    name: str
    sport: str
    words: Words


class Remark(NamedTuple):
    """Words that are no workout. ``is_note`` where they say so, ``has_steps`` where steps are among them."""

    text: str
    words: Words
    is_note: bool = False
    has_steps: bool = False


Part = ForeignWorkout | Mention | Remark


def holds_workout(text: str) -> bool:
    """Whether a cell has a line with sport and name, or a note, above a step."""
    lines = [line for line in text.splitlines() if line.strip()]
    return any(_is_above_a_step(line, after) for line, after in pairwise(lines))


def _is_above_a_step(line: str, after: str) -> bool:
    return bool(_HEADER.match(line) and not _STEP.match(line) and _STEP.match(after))


def parts(cell: Cell, where: str, options: ForeignOptions) -> Iterator[Part]:
    """What stands in a cell, in its order. ``where`` begins every message."""
    lines = _lines(cell)
    begins = [at for at in range(len(lines)) if _begins(lines, at)]
    if before := lines[: begins[0] if begins else None]:
        last = before[-1]
        text = cell.text[before[0].start : last.start + len(last.text)]
        whole = Words(text, cell, before[0].start, before[0].line).part(0)
        yield Remark(whole.text, whole, has_steps=any(_STEP.match(line.text) for line in before))
    for begin, end in pairwise([*begins, len(lines)]):
        yield _part(lines[begin], lines[begin + 1 : end], where, options)


def names(cell: Cell) -> Iterator[str]:
    """What the workouts of a cell are called."""
    lines = _lines(cell)
    for line, after in pairwise(lines):
        found = _HEADER.match(line.text)
        if found and found["sport"].lower() != _NOTE and _is_above_a_step(line.text, after.text):
            yield found["name"].strip()


def _lines(cell: Cell) -> list[Words]:
    """The lines that say something, with their numbers."""
    found = enumerate(_LINE.finditer(cell.text), start=1)
    return [Words(match[1], cell, match.start(), number) for number, match in found if match[1].strip()]


def _begins(lines: Sequence[Words], at: int) -> bool:
    """Whether a workout begins with a line: one that says a known sport, or one above a step."""
    found = _HEADER.match(lines[at].text)
    if found is None or _STEP.match(lines[at].text):
        return False
    is_above = at + 1 < len(lines) and _is_above_a_step(lines[at].text, lines[at + 1].text)
    return is_above or found["sport"].lower() in (*SPORTS, _NOTE)


def _part(head: Words, below: Sequence[Words], where: str, options: ForeignOptions) -> Part:
    found = _HEADER.match(head.text)
    assert found is not None
    name, sport = head.part(found.start("name")), found["sport"].lower()
    if sport in _UNSAID:
        words = [step["word"].lower() for line in below if (step := _STEP.match(line.text))]
        sport = next((one for word, one in _DETECTED.items() if word in words), "custom")
    if sport == _NOTE:
        return _remark(head, name, below)
    if not below:
        return Mention(name.text, sport, head.part(0))
    if sport in SPORTS and sport != RUN:
        return ForeignWorkout(name.text, None, (), head.span, sport)
    reading = _Reading(where, options)
    if sport != RUN:
        word = head.part(found.start("sport"), found.end("sport"))
        reading.refuse(f"`{word.short}` is no sport here", word, "a run begins with `running:`")
    if not name.text:
        reading.refuse("this workout has no name", head.part(0), "write one behind the colon: `running: Easy run`")
    workout = reading.workout(name.text, head.span, below)
    return ForeignWorkout(name.text, workout, tuple(reading.report.diagnostics), head.span)


def _remark(head: Words, name: Words, below: Sequence[Words]) -> Remark:
    """``note: Rest day``, with more such lines below."""
    steps = [(line, _STEP.match(line.text)) for line in below]
    others = [step for _, step in steps if step and step["word"].lower() != _NOTE]
    texts = [step["rest"] if step and step["word"].lower() == _NOTE else line.text for line, step in steps]
    return Remark("\n".join([name.text, *map(str.strip, texts)]), head.part(0), is_note=True, has_steps=bool(others))


# --- Steps ---------------------------------------------------------------------------------------


class _Line(NamedTuple):
    """A line with a step: how far it is indented, its word, what stands behind the colon, and what its cue is of."""

    indent: int
    word: Words
    rest: Words
    cues: tuple[Words, ...] = ()

    @property
    def cue(self) -> str:
        return "; ".join(words.text for words in self.cues)

    @property
    def repeats(self) -> bool:
        return self.word.text.lower() == _REPEAT


class _Reading:
    """Reads the steps of one workout."""

    def __init__(self, where: str, options: ForeignOptions) -> None:
        self.where, self.units, self.report = where, options.units, Report()
        self.unitless: list[tuple[Words, Held]] = []
        self.has_miles = False
        self.notes: list[str] = []
        self.mistakes = 0

    def refuse(self, message: str, words: Words, *help: str) -> None:
        self.mistakes += 1
        self.report.error("refused", self._placed(message, words), words.span, *help)

    def differs(self, message: str, words: Words, *help: str) -> None:
        self.report.note("differs", self._placed(message, words), words.span, *help)

    def _placed(self, message: str, words: Words) -> str:
        return f"{self.where}, line {words.line}: {message}"

    def workout(self, name: str, span: Span, lines: Sequence[Words]) -> Workout | None:
        """The workout, None where the report has errors."""
        steps: list[_Line] = []
        for line in lines:
            self._read(line, steps)
        items = self._items(steps, 1) if len(steps) <= MOST_STEPS else ()
        self._say_units()
        if not self.report.failed and not 0 < steps_run(items) <= MOST_STEPS:
            self.refuse(f"a workout has 1 to {MOST_STEPS} steps", lines[0], "write fewer, or repeat them less often")
        return None if self.report.failed else Workout(name, items, notes="\n".join(self.notes), span=span)

    def _read(self, line: Words, steps: list[_Line]) -> None:
        """Adds the step of a line to those before it, or its note to the last of them."""
        found = _STEP.match(line.text)
        if found is None:
            self._remark(line)
            return
        start = found.start("rest")
        if found["word"].lower() == _NOTE:
            self._note(line.part(start), steps)
            return
        rest, sign, _ = found["rest"].partition(";")
        cue = line.part(start + len(rest) + len(sign))
        word = line.part(found.start("word"), found.end("word"))
        indent = len(found["indent"].expandtabs())
        steps.append(_Line(indent, word, line.part(start, start + len(rest)), (cue,) if cue.text else ()))

    def _note(self, note: Words, steps: list[_Line]) -> None:
        if steps:
            steps[-1] = steps[-1]._replace(cues=(*steps[-1].cues, note))
        else:
            self.notes.append(note.text)

    def _remark(self, line: Words) -> None:
        """What looks like a step is one that is written otherwise; other words are the workout's."""
        words = line.part(0)
        if bare := _BARE.match(line.text):
            word, rest = bare["word"].lower(), bare["rest"].strip()
            self.refuse(f"`{words.short}` is no step", words, f"write `- {word}: {rest}`")
            return
        if _BULLET.match(line.text) or _HEADER.match(line.text):
            self.refuse(f"`{words.short}` is no step", words, "write for example `- run: 5km @ z2`")
            return
        self.notes.append(words.text)
        self.differs(f"`{words.short}` is no step: it stands in the notes of the workout", words)

    def _items(self, lines: Sequence[_Line], level: int) -> tuple[Item, ...]:
        """The steps of one level; those indented deeper stand inside the repeat above them."""
        items: list[Item] = []
        at = 0
        while at < len(lines) and self.mistakes <= MOST_MISTAKES:
            line, end = lines[at], at + 1
            while end < len(lines) and line.repeats and lines[end].indent > line.indent:
                end += 1
            if line.indent < lines[0].indent:
                self.refuse("this step is indented less than the one it would follow", line.word, _INDENT)
            elif line.indent > lines[0].indent:
                self.refuse("this step is indented, and what is above it repeats nothing", line.word, _INDENT)
            item = self._repeat(line, lines[at + 1 : end], level) if line.repeats else self._step(line)
            items += [item] if item is not None else []
            at = end
        return tuple(items)

    def _repeat(self, line: _Line, inside: Sequence[_Line], level: int) -> Repeat | None:
        times = line.rest
        if not re.fullmatch(r"[0-9]{1,5}", times.text) or not 1 <= int(times.text) <= MOST_STEPS:
            words = times if times.text else line.word
            self.refuse(f"`{times.short}` does not say how often", words, "write a whole number: `- repeat: 4`")
        if not inside:
            self.refuse("this repeats nothing", line.word, _INDENT)
        if level >= _MOST_NESTED:
            self.refuse(f"repeats stand {_MOST_NESTED - 1} deep at most", line.word, "write some of them out")
            return None
        steps = self._items(inside, level + 1)
        if self.report.failed:
            return None
        for cue in line.cues[:1]:
            self.differs(f"the cue of this repeat, `{cue.short}`, is that of its first step", cue)
            steps = _with_cue(steps, line.cue)
        return Repeat(int(times.text), steps, span=line.word.span)

    def _step(self, line: _Line) -> Step | None:
        word = line.word.text.lower()
        if word not in _ROLES:
            self.refuse(f"`{line.word.short}` is no step of a run", line.word, _STEPS_ARE)
            return None
        if word in _OTHERWISE:
            self.differs(f"`{word}` is read as `run`", line.word)
        before, sign, _ = line.rest.text.partition("@")
        held = Held(None)
        try:
            amount = length(line.rest.part(0, len(before)))
            if (aim := line.rest.part(len(before) + len(sign))).text:
                held = target(aim, self.units)
                self._say(held, aim)
        except UnreadError as error:
            self.refuse(error.message, error.words if error.words.text else line.word, *error.help)
            return None
        self.has_miles |= isinstance(amount, Distance) and before.lower().rstrip().endswith("mi")
        return Step(_ROLES[word], amount, held.targets, cue=line.cue, span=line.word.span)

    def _say(self, held: Held, words: Words) -> None:
        if held.left_out:
            self.report.note("left-out", self._placed(held.left_out, words), words.span)
        if held.differs:
            self.differs(held.differs, words)
        if held.unit and self.units is None:
            self.unitless.append((words, held))

    def _say_units(self) -> None:
        """Paces without a unit where distances are in miles, and speeds without one."""
        for words, held in self.unitless:
            if self.has_miles or held.unit == "km/h":
                read = "per kilometre" if held.unit == "km" else "in km/h"
                self.differs(
                    f"`{words.text}` has no unit: it is read {read}", words, "if it is per mile, add `--units imperial`"
                )


def _with_cue(items: tuple[Item, ...], cue: str) -> tuple[Item, ...]:
    """Steps whose first has another cue before its own."""
    first, *others = items
    if isinstance(first, Repeat):
        return (replace(first, steps=_with_cue(first.steps, cue)), *others)
    assert isinstance(first, Step)
    return (replace(first, cue=f"{cue}; {first.cue}" if first.cue else cue), *others)
