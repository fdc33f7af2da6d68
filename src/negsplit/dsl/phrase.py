"""Phrases and lines: ``1 mi @ threshold -- tall``, ``warmup 15 min, 6x(400 m @ 5k, 200 m), cooldown``.

A hand-written recursive descent: it starts at once, and it can say what to write instead.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Final, TypeVar

from negsplit.diagnostics import Report, did_you_mean
from negsplit.dsl import amounts, numbers, targets
from negsplit.dsl.tokens import Cursor, PhraseError, Token
from negsplit.dsl.tree import Text
from negsplit.model import (
    CountRange,
    Covering,
    Item,
    Lap,
    Length,
    PaceTarget,
    Repeat,
    Role,
    Step,
    Target,
)
from negsplit.units import Distance

ROLES: Final[dict[str, Role]] = {
    "warmup": Role.WARMUP,
    "warm-up": Role.WARMUP,
    "run": Role.RUN,
    "recover": Role.RECOVER,
    "recovery": Role.RECOVER,
    "jog": Role.RECOVER,
    "rest": Role.REST,
    "walk": Role.WALK,
    "hike": Role.HIKE,
    "cooldown": Role.COOLDOWN,
    "cool-down": Role.COOLDOWN,
}
"""The role words, as keys (exact) and in text (in any case)."""

MAX_NESTING = 20
MAX_COUNT = 10_000

T = TypeVar("T")


def parse(text: Text, report: Report, rule: Callable[[Cursor], T]) -> T | None:
    """Applies a rule to the whole of a text; None and a diagnostic where it does not fit."""
    cursor = Cursor(text, report)
    try:
        result = rule(cursor)
        cursor.end()
    except PhraseError as error:
        cursor.report_error(error)
        return None
    return result


def count(cursor: Cursor) -> int | CountRange:
    """``8`` or ``8..10`` repetitions."""
    start = cursor.token
    low = numbers.whole(cursor, "a number of repetitions")
    high = low
    if cursor.take("..", "-"):
        high = numbers.whole(cursor, "a number of repetitions")
    low, high = sorted((low, high))
    if low < 1 or high > MAX_COUNT:
        raise cursor.error("out-of-bounds", f"a count lies between 1 and {MAX_COUNT}", start, cursor.last)
    return low if low == high else CountRange(low, high)


@dataclass(frozen=True, slots=True)
class Phrase:
    """A step as written; ``role`` and ``length`` are None where the text does not say."""

    role: Role | None
    length: Length | None
    targets: tuple[Target, ...]
    cue: str | None
    start: int
    end: int
    faulty: bool = False

    def step(self, text: Text, role: Role) -> Step:
        """The step it is in a role."""
        span = text.at(self.start, self.end)
        return Step(role, self.length or Lap(), self.targets, self.cue or "", span=span)


def phrase(text: Text, report: Report, *, in_group: bool = False) -> Phrase | None:
    """The value of a role key: no role word, a cue that runs to the end."""
    return parse(text, report, lambda cursor: _phrase(cursor, cursor.token, None, in_group=in_group, keyed=True))


def line(text: Text, report: Report, *, in_group: bool = False, steps_before: int | None = None) -> tuple[Item, ...]:
    """Phrases and repeats joined by commas or line ends; every faulty one is reported.

    ``steps_before`` is given where the line ends the body of a repeat: how many steps stand before it there.
    """
    cursor = Cursor(text, report, lines=True)
    items = _Group(cursor, in_group=in_group, steps_before=steps_before, depth=0).read()
    if cursor.token.kind != "end":
        cursor.report_error(cursor.error("parenthesis", "`)` closes nothing", cursor.token, cursor.token))
    return items


def halves(text: Text, report: Report) -> tuple[Step, Step] | None:
    """``run 1 min / walk 2 min``: both words, in the order run."""
    return parse(text, report, _halves)


def rungs(text: Text, report: Report) -> tuple[Step, ...] | None:
    """``6 x 1 km`` or ``1 min, 2 min @ 5k``: the rungs of a ladder in one text."""
    cursor = Cursor(text, report)
    if cursor.token.kind == "number" and cursor.ahead(1).text == "x":
        return parse(text, report, _equal_rungs)
    return parse(text, report, _listed_rungs)


def rung(text: Text, report: Report) -> Step | None:
    """One rung of a ladder: a phrase without a role word."""
    return parse(text, report, _rung)


def recovery(text: Text, report: Report) -> Step | None:
    """The recovery of a ladder: a phrase that may name its role."""
    found = parse(text, report, _recovery)
    return found.step(text, found.role or Role.RECOVER) if found else None


def _recovery(cursor: Cursor) -> Phrase:
    start = cursor.token
    return _phrase(cursor, start, _role(cursor), in_group=True)


def _listed_rungs(cursor: Cursor) -> tuple[Step, ...]:
    steps = [_rung(cursor)]
    while cursor.take(","):
        steps.append(_rung(cursor))
    return tuple(steps)


def _equal_rungs(cursor: Cursor) -> tuple[Step, ...]:
    times = count(cursor)
    if isinstance(times, CountRange):
        raise cursor.error("range", "a ladder has a fixed number of rungs", 0, cursor.last)
    cursor.take("x")
    return (_rung(cursor),) * times


def _rung(cursor: Cursor) -> Step:
    return _phrase(cursor, cursor.token, None, in_group=True).step(cursor.text, Role.RUN)


def _halves(cursor: Cursor) -> tuple[Step, Step]:
    first = _half(cursor, None)
    if not cursor.take("/"):
        raise cursor.unexpected("`/` between the halves", "for example `run 1 min / walk 2 min`")
    return first, _half(cursor, first.role)


def _half(cursor: Cursor, other: Role | None) -> Step:
    start = cursor.token
    role = _role(cursor)
    wanted = {Role.RUN, Role.WALK} - {other}
    if role not in wanted:
        words = " or ".join(sorted(f"`{role.value}`" for role in wanted))
        help = "both words are needed, in the order run: `run 1 min / walk 2 min`"
        raise cursor.error("walk-run", f"expected {words} here", start, start, help)
    return _phrase(cursor, start, role, in_group=True, ends=("/",)).step(cursor.text, role)


# --- One phrase ----------------------------------------------------------------------------------


def _role(cursor: Cursor) -> Role | None:
    """Steps over a role word, ``warm up`` and ``cool down`` in two words included."""
    token, following = cursor.token, cursor.ahead(1)
    if (token.text, following.text) in (("warm", "up"), ("cool", "down")):
        cursor.next()
        word = token.text + following.text
    else:
        word = token.text
    if token.kind != "word" or word not in ROLES:
        return None
    cursor.next()
    if cursor.token.text == ":":
        help = "in a line of text a role word stands alone: `warmup 10 min`"
        raise cursor.error("unexpected", "`:` does not belong here", cursor.token, cursor.token, help)
    return ROLES[word]


def _phrase(
    cursor: Cursor,
    start: Token,
    role: Role | None,
    *,
    in_group: bool,
    ends: tuple[str, ...] = (",", ")"),
    keyed: bool = False,
) -> Phrase:
    """A phrase behind its role word. A ``keyed`` one is the value of a role key: its cue runs to the end."""
    ends = () if keyed else ends
    length: Length | None = None
    found: tuple[Target, ...] = ()
    if amounts.starts_amount(cursor):
        length = amounts.length(cursor, in_group=in_group)
        if cursor.take("in"):
            found = (_covering(cursor, length, start),)
    elif not (role or keyed) or not (cursor.sees("@", "at", "--") or _at_end(cursor, ends)):
        raise _no_duration(cursor, role)
    if cursor.take("@", "at"):
        first = cursor.token
        written = targets.targets(cursor)
        found += written
        if problem := targets.conflict(found):
            raise cursor.error("targets", problem, first, cursor.last)
    cue = _cue(cursor, ends) if cursor.take("--") else None
    if not _at_end(cursor, ends):
        raise _trailing(cursor)
    return Phrase(role, length, found, cue, start.start, max(start.start, cursor.last.end))


def _at_end(cursor: Cursor, ends: tuple[str, ...]) -> bool:
    return cursor.token.kind in ("end", "newline") or cursor.sees(*ends)


def _covering(cursor: Cursor, length: Length, start: Token) -> Target:
    if not isinstance(length, Distance):
        message = "`in` says how long a distance takes; before it stands no single distance"
        raise cursor.error("kind", message, start, cursor.last, "for example `800 m in 3:30`")
    first = cursor.token
    shortest, longest = amounts.durations(cursor)
    for time in (shortest, longest):
        speed = length.metres / time.seconds
        if not 0.5 <= speed <= 12:
            message = f"{length} in {time} is no speed of a runner ({speed:.1f} m/s)"
            raise cursor.error("out-of-bounds", message, first, cursor.last)
    return PaceTarget(Covering(length, shortest, longest), span=cursor.text.at(start.start, cursor.last.end))


def _cue(cursor: Cursor, ends: tuple[str, ...]) -> str:
    dashes = cursor.last
    text, start = cursor.text, dashes.end
    while start < len(text) and text[start].isspace() and (text[start] != "\n" or not ends):
        start += 1
    end = len(text.rstrip())
    if start < end and text[start] == '"':
        close = text.find('"', start + 1)
        if close < 0 and ends:
            raise cursor.error("quote", "this quote is never closed", start, start + 1)
        if close >= 0 and (ends or close == end - 1):
            cursor.skip_to(close + 1)
            return _checked_cue(cursor, str(text[start + 1 : close]), dashes)
    if ends:
        end = min((at for at in (text.find(sign, start) for sign in (*ends, "\n")) if at >= 0), default=end)
    cursor.skip_to(end)
    return _checked_cue(cursor, str(text[start:end]), dashes)


def _checked_cue(cursor: Cursor, cue: str, dashes: Token) -> str:
    words = " ".join(cue.split())
    if not words:
        help = "write words after it, or leave it out; where ` #` begins a comment, put the cue in double quotes"
        raise cursor.error("empty-cue", "a cue is missing after `--`", dashes, dashes, help)
    return words


def _no_duration(cursor: Cursor, role: Role | None) -> PhraseError:
    token, following = cursor.token, cursor.ahead(1)
    if token.kind == "word":
        word = cursor.raw(token.start, token.end)
        if following.kind in ("number", "clock") and token.text not in ROLES:
            near = did_you_mean(token.text, ROLES)
            help = (
                f"did you mean `{near}`?"
                if near
                else f"a target comes after `@`, behind the duration: `10 min @ {word}`"
            )
            return cursor.error("unexpected", f"`{word}` is no role and no duration", token, token, help)
        near = did_you_mean(token.text, ROLES)
        help = f"did you mean `{near}`?" if near and not role else f"a target comes after `@`: `10 min @ {word}`"
        return cursor.error("unexpected", f"`{word}` is no duration", token, token, help)
    if token.text in ("@", "at"):
        return cursor.error(
            "missing-duration",
            "a duration is missing before the target",
            token,
            token,
            "write `10 min @ ...`, `lap @ ...`, or a role word first: `run @ ...`",
        )
    if token.text == "(":
        return cursor.error("repeat", "a group needs a count", token, token, "for example `4x(400 m @ 5k, 1 min)`")
    return cursor.unexpected("a duration", "for example `10 min`, `400 m`, `lap`")


def _trailing(cursor: Cursor) -> PhraseError:
    token, last = cursor.token, cursor.last
    shown = cursor.raw(token.start, token.end)
    if token.text == ")":
        return cursor.error("parenthesis", "`)` closes nothing", token, token)
    if token.text == ",":
        help = "behind a role key stands one step; for several write a line: `- run 1 mi, recover 2 min`"
        return cursor.error("trailing-text", "`,` does not belong here", token, token, help)
    if token.text == "/":
        help = "halves are joined by `/` only in `walk_run:`; steps are joined by commas"
        return cursor.error("trailing-text", "`/` does not belong here", token, token, help)
    if token.kind == "word" and token.text in ROLES:
        help = f"a comma separates steps: `{cursor.raw(last.start, last.end)}, {shown}`"
        return cursor.error("trailing-text", f"`{shown}` begins another step", token, token, help)
    help = "a target comes after `@`, a cue after `--`"
    return cursor.error("trailing-text", f"`{shown}` does not belong here", token, token, help)


# --- Lines ---------------------------------------------------------------------------------------


class _Group:
    """The items of a line or of one pair of parentheses, and the roles they get from their places."""

    def __init__(self, cursor: Cursor, *, in_group: bool, steps_before: int | None, depth: int) -> None:
        self.cursor, self.in_group, self.steps_before, self.depth = cursor, in_group, steps_before, depth
        self.items: list[Phrase | Repeat] = []

    def read(self) -> tuple[Item, ...]:
        """Items up to the closing parenthesis or the end, which is not stepped over."""
        cursor = self.cursor
        self._skip_newlines()
        while True:
            try:
                self.items.append(self._item())
            except PhraseError as error:
                cursor.report_error(error)
                self._recover()
                self.items.append(Phrase(None, Lap(), (), None, error.start, error.end, faulty=True))
            if not self._separator():
                return self._steps()

    def _separator(self) -> bool:
        cursor = self.cursor
        newline = self._skip_newlines()
        if cursor.take(","):
            self._skip_newlines()
            return True
        return newline and cursor.token.kind != "end" and not cursor.sees(")")

    def _skip_newlines(self) -> bool:
        seen = False
        while self.cursor.token.kind == "newline":
            self.cursor.next()
            seen = True
        return seen

    def _recover(self) -> None:
        """Goes on behind a fault, at the next separator of this group."""
        cursor, depth = self.cursor, 0
        while cursor.token.kind != "end":
            if depth == 0 and (cursor.sees(",", ")") or cursor.token.kind == "newline"):
                return
            depth += {"(": 1, ")": -1}.get(cursor.next().text, 0)

    def _item(self) -> Phrase | Repeat:
        cursor = self.cursor
        if self._at_repeat():
            return self._repeat()
        if cursor.sees(",", ")") or cursor.token.kind == "end":
            raise cursor.error("empty-step", "a step is missing here", cursor.token, cursor.token)
        start = cursor.token
        return _phrase(cursor, start, _role(cursor), in_group=self.in_group)

    def _at_repeat(self) -> bool:
        ahead = self.cursor.ahead
        if ahead(0).kind != "number":
            return False
        at = 3 if ahead(1).text in ("..", "-") and ahead(2).kind == "number" else 1
        return ahead(at).text == "x" and ahead(at + 1).text == "("

    def _repeat(self) -> Repeat:
        cursor, start = self.cursor, self.cursor.token
        times = count(cursor)
        cursor.take("x")
        opening = cursor.next()
        if self.depth >= MAX_NESTING:
            raise cursor.error("too-deep", f"repeats nest at most {MAX_NESTING} deep", start, opening)
        body = _Group(cursor, in_group=True, steps_before=0, depth=self.depth + 1).read()
        if not cursor.take(")"):
            raise cursor.error("parenthesis", "this parenthesis is never closed", opening, opening, *self._flow_help())
        if not (_at_end(cursor, (",", ")"))):
            raise _trailing(cursor)
        return Repeat(times, body, span=cursor.text.at(start.start, cursor.last.end))

    def _flow_help(self) -> tuple[str, ...]:
        span = self.cursor.text.span
        following = span.source.text[span.end : span.end + 1]
        if following in (",", "]", "}") and following:
            return ("inside `[ ]` and `{ }` a comma ends the text: put the whole line in double quotes",)
        return ()

    def _steps(self) -> tuple[Item, ...]:
        """Phrases become steps: the last of two or more in a group recovers when it says nothing else."""
        text = self.cursor.text
        closes = self.steps_before is not None and self.steps_before + len(self.items) > 1
        steps: list[Item] = []
        for index, item in enumerate(self.items):
            if isinstance(item, Repeat):
                steps.append(item)
                continue
            is_bare_end = closes and index == len(self.items) - 1 and not item.targets
            steps.append(item.step(text, item.role or (Role.RECOVER if is_bare_end else Role.RUN)))
        self._warn_of_bare_middles(steps)
        return tuple(steps)

    def _warn_of_bare_middles(self, steps: list[Item]) -> None:
        if not self.in_group:
            return
        for index, item in enumerate(self.items[1:-1], start=1):
            if isinstance(item, Repeat) or item.role or item.targets or item.faulty:
                continue
            neighbours = steps[index - 1], steps[index + 1]
            if not all(isinstance(step, Step) and step.role.is_recovery for step in neighbours):
                shown = self.cursor.raw(item.start, item.end)
                help = f"write `recover {shown}` for a recovery, or `run {shown}`"
                self.cursor.warn("bare-step", f"`{shown}` is run without a target here", item.start, item.end, help)
