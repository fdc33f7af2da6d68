"""The steps in the lines of one workout: as the language reads them, cured where it cannot, left open where nothing
helps. Whatever is not certain is asked.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import cache, lru_cache
from typing import Final, NamedTuple

from negsplit.athlete.paces import Runner
from negsplit.compile import CompiledWorkout, compile_line, runner_of
from negsplit.cures import applied
from negsplit.diagnostics import Diagnostic, Effect, Report, Severity, Source, Span, visible
from negsplit.document.params import filled_line
from negsplit.foreign.prose import words
from negsplit.model import Item, Repeat, Role, RunWith, Step
from negsplit.phrase import phrases
from negsplit.phrase.roles import ROLES, SHORT_FORMS
from negsplit.targets import PaceTarget
from negsplit.tree.nodes import Text

MOST_CHARACTERS: Final = 600
"""Of the lines of one workout; what is longer is no workout."""
_MOST_CURES: Final = 12
_ROLE_WORDS: Final = frozenset((*ROLES, *SHORT_FORMS, "warm", "cool"))
_WORD: Final = re.compile(r"[^\W\d_]+(?:[-/][^\W\d_]+)*")
_SOME_RUNNER: Final = """
athlete: Somebody
races: [5 km in 22:30]
heart_rate: {max: 188, rest: 48, threshold: 170}
power: {critical: 280 W}
"""
"""With every number that a target may be a share of: whether a line can be read is asked, and not for whom."""


class Question(NamedTuple):
    """What the runner is to answer, and the line that it is about, from 0."""

    line: int
    text: str


class Reading(NamedTuple):
    """The steps of a workout with the line that each is on, what is asked, and what it is said to come to."""

    name: str
    steps: tuple[Item, ...]
    lines: tuple[int, ...]
    questions: tuple[Question, ...]


@cache
def _runner() -> Runner:
    runner = runner_of(_SOME_RUNNER, Report())
    assert runner is not None
    return runner


def reads(line: str) -> bool:
    """Whether the language understands a line as it stands."""
    return not _errors(_found(line)[1])


@lru_cache(maxsize=1_024)
def _found(text: str) -> tuple[CompiledWorkout | None, tuple[Diagnostic, ...]]:
    """What comes of a text, and what is wrong with it that is not the watch's doing."""
    result = compile_line(text.replace("$", "$$"), title=None, athlete=_runner())
    wrong = (Severity.ERROR, Severity.WARNING)
    said = [one for one in result.diagnostics if one.severity in wrong and one.effect is not Effect.DEGRADES]
    return result.workouts[0], tuple(said)


def _errors(found: Sequence[Diagnostic]) -> list[Diagnostic]:
    return [one for one in found if one.severity is Severity.ERROR]


def read(lines: Sequence[str]) -> Reading:
    """Reads the lines of one workout."""
    work = _Work()
    text = "\n".join(work.rewritten(number, line) for number, line in enumerate(lines))
    text = work.cured(text) if len(text) <= MOST_CHARACTERS else work.gave_up(text)
    work.doubt(text)
    workout, _ = _found(text) if text.strip() else (None, ())
    steps = _steps(text) if workout else ()
    at = tuple(text.count("\n", 0, one.span.start) if one.span else 0 for one in steps)
    return Reading(workout.program.name if workout else "", steps, at, tuple(sorted(work.questions)))


def _steps(text: str) -> tuple[Item, ...]:
    report = Report()
    written = text.replace("$", "$$")
    return phrases.line(filled_line(Text(written, Span(Source("", written), 0, len(written))), report), report)


class _Work:
    """One reading, and what is asked on the way."""

    def __init__(self) -> None:
        self.questions: list[Question] = []
        self.totals: list[tuple[int, str]] = []

    def ask(self, line: int, text: str) -> None:
        if Question(line, text) not in self.questions:
            self.questions.append(Question(line, text))

    # --- Line by line --------------------------------------------------------------------------

    def rewritten(self, number: int, line: str) -> str:
        """A line in words that the language understands, if there are such; totals are put aside."""
        line = words.plain(line)
        if reads(line):
            return line
        if found := words.TOTAL.search(line):
            self.totals.append((number, found["bare"] or found["said"] or found["behind"]))
            line = line[: found.start()].rstrip(" ,;/")
        elif found := words.HEAD.fullmatch(line):
            self.totals.append((number, found["total"]))
            line = ""
        if not line.strip() or reads(line):
            return line
        for other, asked in _other_words(line):
            if reads(other):
                for one in asked:
                    self.ask(number, one)
                return other
        return line

    # --- As a whole ----------------------------------------------------------------------------

    def cured(self, text: str) -> str:
        """A text without errors, each cured, or what it is in left open."""
        for _ in range(_MOST_CURES):
            if not text.strip():
                return text
            errors = _errors(_found(text)[1])
            if not errors:
                return text
            text = self._without(text, errors[0])
        return self.gave_up(text)

    def _without(self, text: str, error: Diagnostic) -> str:
        at = min(error.span.start, len(text)) if error.span else 0
        start, end = _piece(text, at)
        piece, number = text[start:end].strip(), text.count("\n", 0, start)
        first = _WORD.match(piece)
        if not any(char.isdigit() for char in piece) and not (first and first.group().lower() in _ROLE_WORDS):
            self.ask(number, f"`{_quoted(piece)}` is no step: what does it say of the others?")
            return _taken_out(text, start, end)
        if fix := next(iter(error.fixes), None):
            if "$" in text:
                return self._open(text, start, end)
            changed = applied(text, fix.edits)
            if not fix.is_certain:
                to = end + len(changed) - len(text)
                self.ask(number, f"{error.message}: is `{_quoted(changed[start:to].strip())}` meant?")
            return changed
        self.ask(number, f"{error.message}: what is `{_quoted(piece)}`?")
        return self._open(text, start, end)

    def _open(self, text: str, start: int, end: int) -> str:
        return (
            f"{text[:start]}{' ' * (start > 0 and text[start - 1] != chr(10))}{_open_step(text[start:end])}{text[end:]}"
        )

    def gave_up(self, text: str) -> str:
        """Every line with a number in it as a step of its own, left open."""
        found = []
        for number, line in enumerate(text.split("\n")):
            if line.strip():
                self.ask(number, f"`{_quoted(line.strip())}` is not understood: what is it?")
            found.append(_open_step(line) if any(char.isdigit() for char in line) else "")
        whole = "\n".join(found)
        return whole if not whole.strip() or not _errors(_found(whole)[1]) else ""

    # --- What reads well and may be meant otherwise ----------------------------------------------

    def doubt(self, text: str) -> None:
        """Asks what the language has no doubt of, but a mail leaves open."""
        workout, found = _found(text) if text.strip() else (None, ())
        for one in found:
            self.ask(text.count("\n", 0, one.span.start) if one.span else 0, one.message)
        steps = _steps(text) if workout else ()
        for number, line in enumerate(text.split("\n")):
            before_cue = line.partition("--")[0].lower()
            for word, asked in words.DOUBTFUL.items():
                if re.search(rf"\b{word}\b", before_cue):
                    self.ask(number, asked)
        for one in steps:
            number = text.count("\n", 0, one.span.start) if one.span else 0
            if (
                isinstance(one, Step)
                and one.role is Role.WALK
                and any(isinstance(at, PaceTarget) for at in one.targets)
            ):
                self.ask(number, "this pace is one of running: is the walk meant to have it?")
        if steps and all(isinstance(one, Step) and one.role.is_recovery for one in steps):
            self.ask(0, "is this an easy run of its own? As a recovery it has no pace: `run ... @ easy` has one")
        elif steps and isinstance(steps[0], Step) and steps[0].role is Role.REST:
            self.ask(0, "is this a day of rest, or a rest before the run?")
        if workout:
            self._compare(workout)

    def _compare(self, workout: CompiledWorkout) -> None:
        for number, total in self.totals:
            result = compile_line(total, title="Total", athlete=_runner())
            whole = result.workouts[0]
            if whole is None:
                self.ask(number, f"does this come to {total}?")
                continue
            ours, said = workout.estimate, whole.estimate
            is_far = bool(re.search(r"\d\s*(?:mi|k|m\b|met)", total)) and not re.search(r"min", total)
            mine, theirs = (ours.distance, said.distance) if is_far else (ours.time, said.time)
            if ours.partial or mine.value is None or not theirs.value:
                self.ask(number, f"there is no telling whether this comes to {total}")
            elif abs(mine.value - theirs.value) > _OFF * theirs.value:
                self.ask(
                    number, f"this comes to {_shown(mine.value, total, theirs.value)} of {total}: what is missing?"
                )


_OFF: Final = 0.05
"""How far off a stated total may be: it is a round one."""


def _shown(value: float, total: str, whole: float) -> str:
    return f"{round(100 * value / whole)} %"


def _other_words(line: str) -> Iterator[tuple[str, tuple[str, ...]]]:
    """Other words for a line, the likeliest first, and what is to be asked of each."""
    if found := words.LABEL.fullmatch(line):
        label, rest = found["label"].strip(), found["rest"]
        is_heading = label.lower() in words.HEADINGS
        if not is_heading:
            yield f"{label} {rest}", ()
        yield rest, () if is_heading else (f"`{label}:` is read as a heading: does it say more?",)
    if found := words.REPEAT.fullmatch(line):
        times = words.number(found["times"])
        what = re.sub(r"\.\s+", ", ", found["what"]).replace(" and ", ", ")
        if times:
            body = f"{times}x({what})"
            pair = len(_steps(what)) == 2 if reads(what) else False
            yield body, () if pair else (f"is all of it run {times} times?",)
    if found := words.WITH.fullmatch(line):
        yield from _holding(found["kind"].strip(), found["total"], found["what"])
    if found := words.NAMED_AMOUNT.fullmatch(line):
        yield f"{found['words']} {found['amount']}", ()
        yield f"{found['amount']} -- {found['words']}", (f"at which pace is `{_quoted(found['words'])}`?",)
    sentences = re.sub(r"(?<=[a-z)\d]{3})\.\s+", ", ", line)
    if sentences != line:
        yield sentences, ()
    if " / " in line:
        yield line.replace(" / ", ", "), ()


def _holding(kind: str, total: str, what: str) -> Iterator[tuple[str, tuple[str, ...]]]:
    asks = (f"`{_quoted(kind)}` names the run: is what goes around it easy?",) if kind else ()
    placed = f"how much of {total} goes before it? Half is written"
    for inner in (what, f"1x({what})"):
        yield f"{total} with {inner}", (*asks, placed)


def _piece(text: str, at: int) -> tuple[int, int]:
    """Where the step begins and ends that holds a character: between separators outside parentheses, or line ends."""
    start = text.rfind("\n", 0, at) + 1
    line_end = text.find("\n", at)
    line_end = len(text) if line_end < 0 else line_end
    depth, quoted = 0, False
    for index in range(start, line_end):
        char = text[index]
        quoted ^= char == '"'
        if quoted:
            continue
        depth += {"(": 1, ")": -1}.get(char, 0)
        if char in ",;" and depth <= 0:
            if index >= at:
                return start, index
            start = index + 1
    return start, line_end


def _taken_out(text: str, start: int, end: int) -> str:
    """A text without a piece and one of the signs that part it from others."""
    if end < len(text) and text[end] in ",;":
        return f"{text[:start]}{text[end + 1 :]}"
    before = text[:start].rstrip(" \t")
    return f"{before[:-1] if before[-1:] in (',', ';') else before}{text[end:]}"


def _open_step(piece: str) -> str:
    """A step of unknown length whose cue is what is said of it; of a single amount that long."""
    said = " ".join(visible(piece).replace('"', "'").replace("\\", "/").split())
    amounts = re.findall(words.AMOUNT, piece, re.IGNORECASE)
    alone = amounts[0] if len(amounts) == 1 and reads(amounts[0]) else ""
    return f'{alone or "run"} -- "{said}"'


def _quoted(words: str) -> str:
    """Words in backquotes, which they cannot hold themselves."""
    return words.replace("`", "'")
