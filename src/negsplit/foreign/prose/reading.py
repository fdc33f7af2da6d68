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
from negsplit.foreign.prose import words
from negsplit.model import Item, Repeat, Role, RunWith, Step
from negsplit.phrase import phrases
from negsplit.phrase.roles import ROLES, SHORT_FORMS
from negsplit.targets import PaceTarget
from negsplit.tree.nodes import Text

MOST_CHARACTERS: Final = 600
"""Of the lines of one workout; what is longer is no workout."""
_MOST_CURES: Final = 24
_MOST_OF_A_LINE: Final = 3
"""Cures of one line: behind so many nobody knows any more what was meant."""
_MOST_REWRITTEN: Final = 24
_LEFT_OPEN: Final = re.compile(r"\brun --")
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
    """The steps of a workout with the line that each is on, and what is asked."""

    steps: tuple[Item, ...]
    lines: tuple[int, ...]
    questions: tuple[Question, ...]


@cache
def _runner() -> Runner:
    runner = runner_of(_SOME_RUNNER, Report())
    assert runner is not None
    return runner


@lru_cache(maxsize=4_096)
def reads(line: str) -> bool:
    """Whether the language understands a line as it stands."""
    report = Report()
    _parsed(line, report)
    return not report.failed and not _errors(_found(line)[1])


@lru_cache(maxsize=1_024)
def _found(text: str) -> tuple[CompiledWorkout | None, tuple[Diagnostic, ...]]:
    """What comes of a text, and what is wrong with it that is not the watch's doing."""
    result = compile_line(text, title=None, athlete=_runner())
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
    work.doubt(lines, text)
    workout, _ = _found(text) if text.strip() else (None, ())
    steps = _steps(text) if workout else ()
    at = tuple(text.count("\n", 0, one.span.start) if one.span else 0 for one in steps)
    return Reading(steps, at, tuple(sorted(work.questions, key=lambda one: one.line)))


def _steps(text: str) -> tuple[Item, ...]:
    return _parsed(text, Report())


def _parsed(text: str, report: Report) -> tuple[Item, ...]:
    return phrases.line(Text(text, Span(Source("", text), 0, len(text))), report)


class _Work:
    """One reading, and what is asked on the way."""

    def __init__(self) -> None:
        self.questions: list[Question] = []
        self.totals: list[tuple[int, str]] = []
        self.cures: list[Question] = []
        self.opened: set[int] = set()

    def ask(self, line: int, text: str) -> None:
        if Question(line, text) not in self.questions:
            self.questions.append(Question(line, text))

    # --- Line by line --------------------------------------------------------------------------

    def rewritten(self, number: int, line: str) -> str:
        """A line in words that the language understands, if there are such; totals are put aside."""
        line = words.plain(line)
        if reads(line) or not _has_digit(line):
            return line
        if (found := words.TOTAL.search(line)) and (_has_digit(line[: found.start()]) or not found.start()):
            self.totals.append((number, found["bare"] or found["said"] or found["behind"]))
            line = line[: found.start()].rstrip(" ,;/")
        elif found := words.HEAD.fullmatch(line):
            self.totals.append((number, found["total"]))
            line = ""
        if not line.strip() or reads(line):
            return line
        tried = [Rewritten(line)]
        for rewrite in REWRITES:
            known = {one.line for one in tried}
            found_now = (Rewritten(one.line, (*old.asks, *one.asks)) for old in tried for one in rewrite(old.line))
            more = [one for one in found_now if one.line not in known]
            for one in more:
                if reads(one.line):
                    return self._accepted(number, one)
            tried = [*tried, *more][:_MOST_REWRITTEN]
        for one in tried[:0:-1]:
            if (cure := _curing(one.line)) is not None:
                return self._accepted(number, Rewritten(cure.line, (*one.asks, *cure.asks)))
        return line

    def _accepted(self, number: int, one: Rewritten) -> str:
        for asked in one.asks:
            self.ask(number, asked)
        return one.line

    # --- As a whole ----------------------------------------------------------------------------

    def cured(self, text: str) -> str:
        """A text without errors, each cured, or what it is in left open."""
        before = text.split("\n")
        for _ in range(_MOST_CURES):
            errors = _errors(_found(text)[1]) if text.strip() else []
            if not errors:
                self._ask_of_cures(before, text.split("\n"))
                return text
            for error in _first_of_lines(text, errors):
                text = self._without(text, error, before)
        return self.gave_up("\n".join(before))

    def _ask_of_cures(self, before: Sequence[str], after: Sequence[str]) -> None:
        """One question a line, whatever was cured in it."""
        for number in sorted({one.line for one in self.cures}):
            why = "; ".join(dict.fromkeys(one.text for one in self.cures if one.line == number))
            old = set(pieces(before[number]))
            new = [piece for piece in pieces(after[number]) if piece not in old]
            self.ask(number, f"{why}: is `{_quoted(', '.join(new))}` meant?")

    def _without(self, text: str, error: Diagnostic, before: Sequence[str]) -> str:
        start, end = _piece(text, min(error.span.start, len(text)) if error.span else 0)
        piece, number = text[start:end].strip(), text.count("\n", 0, start)
        first = _WORD.match(piece)
        if not _has_digit(piece) and not (first and first.group().lower() in _ROLE_WORDS):
            self.ask(number, f"`{_quoted(piece)}` is no step: what does it say of the others?")
            return _taken_out(text, start, end)
        tries = sum(one.line == number for one in self.cures)
        fix = next(iter(error.fixes), None)
        if fix and tries < _MOST_OF_A_LINE:
            if not fix.is_certain:
                self.cures.append(Question(number, error.message))
            return applied(text, fix.edits)
        if tries < _MOST_OF_A_LINE and piece in before[number]:
            self.ask(number, f"{error.message}: what is `{_quoted(piece)}`?")
        else:
            self.cures = [one for one in self.cures if one.line != number]
            self.ask(number, "what of this is a step?")
            (start, end), piece = _line_of(text, start), before[number]
        self.opened.add(number)
        return f"{text[:start]}{' ' * (text[:start][-1:] in (',', ';'))}{_open_step(piece)}{text[end:]}"

    def gave_up(self, text: str) -> str:
        """Every line with a number in it as a step of its own, left open."""
        found = []
        for number, line in enumerate(text.split("\n")):
            if line.strip():
                self.ask(number, f"`{_quoted(line.strip())}` is not understood: what is it?")
            found.append(_open_step(line) if _has_digit(line) else "")
        whole = "\n".join(found)
        return whole if not whole.strip() or not _errors(_found(whole)[1]) else ""

    # --- What reads well and may be meant otherwise ----------------------------------------------

    def doubt(self, lines: Sequence[str], text: str) -> None:
        """Asks what the language has no doubt of, but a mail leaves open."""
        for number, line in enumerate(lines):
            if (found := words.DASHES.search(line)) and _has_digit(line[found.end() :]):
                self.ask(
                    number, f"`{_quoted(line[found.end() :].strip())}` stands as a cue: does it say how far or fast?"
                )
        workout, found = _found(text) if text.strip() else (None, ())
        for one in found:
            number = text.count("\n", 0, one.span.start) if one.span else 0
            if number not in self.opened:
                self.ask(number, one.message)
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
        if len(steps) > 1 and len(steps) == len(lines) and all(_is_run(one) for one in steps):
            self.ask(0, "are these the parts of one run, or several runs?")
        first = steps[0] if steps else None
        if isinstance(first, Step) and first.role is Role.RECOVER:
            self.ask(0, "is this an easy run? As a recovery it has no pace: `run ... @ easy` has one")
        elif isinstance(first, Step) and first.role is Role.REST:
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


def _first_of_lines(text: str, errors: Sequence[Diagnostic]) -> list[Diagnostic]:
    """The first error of each line, the last line first, so that a cure moves none of the others."""
    firsts: dict[int, Diagnostic] = {}
    for error in errors:
        firsts.setdefault(text.count("\n", 0, error.span.start) if error.span else 0, error)
    return [firsts[line] for line in sorted(firsts, reverse=True)]


def _is_run(item: Item) -> bool:
    return isinstance(item, Step) and item.role is Role.RUN


def _has_digit(text: str) -> bool:
    return any(char.isdigit() for char in text)


class Rewritten(NamedTuple):
    """A line in other words, and what is to be asked of it."""

    line: str
    asks: tuple[str, ...] = ()


def _curing(line: str) -> Rewritten | None:
    """A line with its errors cured, if few cures do and none leaves a step of it open."""
    after, asks = line, []
    for _ in range(_MOST_OF_A_LINE):
        errors = _errors(_found(after)[1])
        if not errors:
            break
        fix = next(iter(errors[0].fixes), None)
        if fix is None:
            return None
        after = applied(after, fix.edits)
        asks.append(errors[0].message)
    if _errors(_found(after)[1]) or _LEFT_OPEN.search(after):
        return None
    return Rewritten(after, (f"{'; '.join(asks)}: is `{_quoted(after)}` meant?",) if asks else ())


def _without_label(line: str) -> Iterator[Rewritten]:
    if found := words.LABEL.fullmatch(line):
        label, rest = found["label"].strip(), found["rest"]
        if label.lower() in words.HEADINGS:
            yield Rewritten(rest)
        else:
            yield Rewritten(f"{label} {rest}")
            yield Rewritten(rest, (f"`{_quoted(label)}:` is read as a heading: does it say more?",))


def _without_manner(line: str) -> Iterator[Rewritten]:
    if found := words.MANNER.search(line):
        yield Rewritten(words.MANNER.sub("", line), (f"`{found['how']}` is left out: is it needed?",))


def _without_goal(line: str) -> Iterator[Rewritten]:
    if words.GOAL.search(line):
        yield Rewritten(words.GOAL.sub("", line), ("is the goal the pace that your races say?",))


def _joined(line: str) -> Iterator[Rewritten]:
    others = [joint.sub(", ", line) for joint in words.JOINTS]
    for joint in words.JOINTS:
        line = joint.sub(", ", line)
    yield from map(Rewritten, dict.fromkeys((*others, line)))


def _repeated(line: str) -> Iterator[Rewritten]:
    found = words.REPEAT.fullmatch(line)
    times = words.number(found["times"]) if found else None
    if found and times:
        pair = len(_steps(found["what"])) == 2 and reads(found["what"])
        yield Rewritten(f"{times}x({found['what']})", () if pair else (f"is all of it run {times} times?",))


def _holding(line: str) -> Iterator[Rewritten]:
    if found := words.WITH.fullmatch(line):
        kind, total, what = found["kind"].strip(), found["total"], found["what"]
        asks = (f"`{_quoted(kind)}` names the run: is what goes around it easy?",) if kind else ()
        asks = (*asks, f"how much of {total} goes before it? Half is written")
        yield Rewritten(f"{total} with 1x({what})", asks)
        yield Rewritten(f"{total} with {what}", asks)


def _named(line: str) -> Iterator[Rewritten]:
    if found := words.NAMED_AMOUNT.fullmatch(line):
        yield Rewritten(f"{found['words']} {found['amount']}")
        yield Rewritten(f"{found['amount']} -- {found['words']}", (f"at which pace is `{_quoted(found['words'])}`?",))


REWRITES: Final = (_without_label, _without_manner, _without_goal, _joined, _repeated, _holding, _named)
"""In this order, each on what those before it made."""


def _piece(text: str, at: int) -> tuple[int, int]:
    """Where the step begins and ends that holds a character: between separators outside parentheses, or line ends."""
    start, line_end = _line_of(text, at)
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


def pieces(line: str) -> list[str]:
    """The steps of a line as they are written."""
    found, at = [], 0
    while at <= len(line):
        start, end = _piece(line, at)
        found.append(line[max(start, at) : end].strip())
        at = max(end, at) + 1
    return [one for one in found if one]


def _line_of(text: str, at: int) -> tuple[int, int]:
    """Where the line begins and ends that holds a character."""
    end = text.find("\n", at)
    return text.rfind("\n", 0, at) + 1, len(text) if end < 0 else end


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
