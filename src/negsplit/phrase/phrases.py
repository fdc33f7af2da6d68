"""Phrases where they stand: as the value of a key, in lines and groups, in ladders, as halves.

``warmup 15 min, 6x(400 m @ 5k, 200 m), cooldown``. A hand-written recursive descent: it starts at once, and it
can say what to write instead.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import Final, NamedTuple, TypeAlias, TypeVar

from negsplit.diagnostics import Fix, Help, Report, Span
from negsplit.frozen import dataclass
from negsplit.model import CountRange, Gradual, Item, LastRecovery, Repeat, Role, RunWith, Step
from negsplit.phrase import last_words, numbers, pieces, ramps, recoveries, repeats, run_with, step, step_names
from negsplit.phrase.amounts import starts_amount
from negsplit.phrase.bare_targets import bare_targets
from negsplit.phrase.joints import at_slash, take_joint
from negsplit.phrase.names import at_short_with
from negsplit.phrase.ramps import Change
from negsplit.phrase.remembered import remembered
from negsplit.phrase.roles import role
from negsplit.phrase.step import IN_LINE, IN_QUOTES, Phrase, at_end
from negsplit.phrase.targets import conflict
from negsplit.phrase.tokens import Cursor, PhraseError, Token
from negsplit.targets import AtFault, Tolerance
from negsplit.tree.flow import comma_ends, is_before_comma
from negsplit.tree.nodes import Gap, Text

MAX_NESTING = 20
"""Repeats inside one another, for the reader goes down by calls."""
MAX_COUNT = 10_000
"""Repetitions of one repeat: as many as the steps that a workout may have."""

T = TypeVar("T")


def parse(text: Text, report: Report, rule: Callable[[Cursor], T]) -> T | None:
    """Applies a rule to the whole of a text; None and a diagnostic where it does not fit.

    None alone for a text left empty, which is reported where the shape of the document is checked.
    """
    return remembered(text, report, rule, lambda: _parse(text, report, rule))


def _parse(text: Text, report: Report, rule: Callable[[Cursor], T]) -> T | None:
    cursor = Cursor(text, report)
    if cursor.token.kind == "end":
        return None
    try:
        result = rule(cursor)
        cursor.end()
    except PhraseError as error:
        cursor.report_error(error)
        return None
    return result


def phrase(text: Text, report: Report) -> Phrase | None:
    """The value of a role key: no role word, a cue that runs to the end."""
    if not text.strip():
        return Phrase()
    return parse(text, report, _value)


def _value(cursor: Cursor) -> Phrase:
    return step.read(cursor, cursor.token, None, ends=())


# --- Counts, halves, rungs ------------------------------------------------------------------------


def count(cursor: Cursor) -> int | CountRange:
    """``8`` or ``8..10`` repetitions."""
    start = cursor.token
    low = numbers.whole(cursor, "a number of repetitions", "for example `4`, or `8..10`")
    high = low
    if cursor.take("..", "-"):
        high = numbers.whole(cursor, "a number of repetitions", "for example `8..10`")
    low, high = sorted((low, high))
    if low < 1 or high > MAX_COUNT:
        message = f"a count must be between 1 and {MAX_COUNT}, not {low if low < 1 else high}"
        raise cursor.error("out-of-bounds", message, start, cursor.last)
    return low if low == high else CountRange(low, high)


def count_alone(cursor: Cursor) -> int | CountRange:
    """The value of a key that takes a count and nothing else."""
    start = cursor.token
    times = count(cursor)
    if cursor.sees("x", "times", "reps", "rounds", "parts"):
        message = f"`{cursor.token.text}` is not needed here"
        title = f"write `{cursor.raw(start.start, cursor.last.end)}`"
        help = cursor.cure(title, cursor.last.end, cursor.token, "", is_certain=True)
        raise cursor.error("trailing-text", message, cursor.token, cursor.token, help)
    return times


def halves(text: Text, report: Report) -> tuple[Step, Step] | None:
    """``run 1 min / walk 2 min``: both words, in the order run."""
    return parse(text, report, _halves)


def _halves(cursor: Cursor) -> tuple[Step, Step]:
    first = _half(cursor, None)
    if not cursor.take("/"):
        raise cursor.unexpected("`/` between the halves", _BOTH_HALVES)
    return first, _half(cursor, first.role)


_BOTH_HALVES = "in each half the word comes before its time: `run 1 min / walk 2 min`"


def _half(cursor: Cursor, other: Role | None) -> Step:
    start = cursor.token
    found = role(cursor)
    wanted = {Role.RUN, Role.WALK} - {other}
    if found not in wanted:
        words = " or ".join(sorted(f"`{role.value}`" for role in wanted))
        raise cursor.error("walk-run", f"expected {words} here", start, start, _BOTH_HALVES)
    return step.read(cursor, start, found, ends=("/", ","), change=ramps.refused("a half of a walk-run")).step(found)


def _times_sign(cursor: Cursor) -> int:
    """How far ahead the ``x`` of ``6 x`` or ``8..10 x`` is; 0 if none of them stands here."""
    if cursor.token.kind != "number":
        return 0
    at = 3 if cursor.ahead(1).text in ("..", "-") and cursor.ahead(2).kind == "number" else 1
    return at if cursor.ahead(at).text == "x" else 0


def _counted(cursor: Cursor) -> int:
    """How many tokens ``6 x``, ``8..10 x`` or ``2 sets of`` takes, if it stands here; 0 if not."""
    if cursor.token.kind != "number":
        return 0
    at = 3 if cursor.ahead(1).text in ("..", "-") and cursor.ahead(2).kind == "number" else 1
    if cursor.ahead(at).text not in repeats.COUNTED:
        return 0
    return at + (2 if cursor.ahead(at + 1).text == "of" else 1)


def _begins_repeat(cursor: Cursor) -> bool:
    """Whether ``6 x (`` stands here."""
    counted = _counted(cursor)
    return bool(counted) and cursor.ahead(counted).text == "("


class Rungs(NamedTuple):
    """The rungs of a ladder. ``at`` is the pace that changes over them, ``width`` how far it is widened."""

    steps: tuple[Step, ...]
    at: Gradual | None = None
    width: Tolerance | None = None


_ONE_RUNG = ramps.refused("one rung of several")


def rungs(text: Text, report: Report) -> Rungs | None:
    """``6 x 1 km``, or ``1 min, 2 x 800 m @ 5k``: the rungs of a ladder in one text, each as often as it is run."""
    return parse(text, report, _listed_rungs)


def rung(text: Text, report: Report) -> tuple[Step, ...] | None:
    """One rung of a ladder, or ``2 x 800 m``: a phrase without a role word."""
    return parse(text, report, _one_rung)


def _one_rung(cursor: Cursor) -> tuple[Step, ...]:
    return _rungs(cursor, alone=False).steps


def _listed_rungs(cursor: Cursor) -> Rungs:
    is_alone = all(token.text != "," for token in cursor.tokens)
    found = _rungs(cursor, alone=is_alone)
    while cursor.take(",") and len(found.steps) <= MAX_COUNT:
        found = Rungs((*found.steps, *_rungs(cursor, alone=False).steps))
    return found


def _rungs(cursor: Cursor, *, alone: bool) -> Rungs:
    """One rung or some equal ones; where they are ``alone``, their pace may change from the first to the last."""
    if not _times_sign(cursor):
        return Rungs((_rung(cursor).step(Role.RUN),))
    start = cursor.token
    times = count(cursor)
    if isinstance(times, CountRange):
        help = "for example `6 x 1 km`"
        raise cursor.error("range", "a ladder has a fixed number of rungs", start, cursor.last, help)
    cursor.next()
    if cursor.sees("("):
        raise cursor.stray("rungs have no parentheses", start, cursor.token, "for example `6 x 1 km`")
    found = _rung(cursor, ramps.over_rungs(times) if alone else _ONE_RUNG)
    if found.gradient is None:
        return Rungs((found.step(Role.RUN),) * times)
    return Rungs((replace(found, targets=()).step(Role.RUN),) * times, found.gradient.ends, found.gradient.width)


def _rung(cursor: Cursor, change: Change = _ONE_RUNG) -> Phrase:
    start = cursor.token
    if sign := _times_sign(cursor):
        help = "write `6 x 1 km`: how often, then what"
        raise cursor.error("repeat", "a number of rungs is given once", start, cursor.ahead(sign), help)
    if start.kind == "number" and cursor.ahead(1).text in ("times", "reps"):
        title = f"write `{start.text} x {cursor.ahead(2).text or 1} {cursor.ahead(3).text or 'km'}`"
        cure = cursor.cure(title, cursor.ahead(1), cursor.ahead(1), "x")
        raise cursor.error("repeat", "rungs are counted by a number and `x`", start, cursor.ahead(1), cure)
    if role(cursor):
        help = "leave it out; what comes between rungs goes under `recover:`"
        raise cursor.stray("a rung has no role word", start, cursor.last, help)
    found = step.read(cursor, start, None, change=change)
    if found.role:
        help = "leave it out; what comes between rungs goes under `recover:`"
        raise cursor.stray("a rung has no role word", start, cursor.last, help)
    return found


def recovery(text: Text, report: Report) -> Step | None:
    """The recovery of a ladder: a phrase that may name its role."""
    found = parse(text, report, _recovery)
    return found.step(found.role or Role.RECOVER) if found else None


def _recovery(cursor: Cursor) -> Phrase:
    start = cursor.token
    found = role(cursor)
    is_word = start.kind == "word" and not starts_amount(cursor)
    if not found and (is_word or cursor.ahead(1).text == "%"):
        last = start if is_word else cursor.ahead(1)
        help = "write `50 %` or `same` for all of them, or durations such as `90 s`"
        raise cursor.error(
            "recover", f"`{cursor.raw(start.start, last.end)}` is not a recovery here", start, last, help
        )
    return step.read(cursor, start, found, change=ramps.refused("a recovery"))


# --- Lines ---------------------------------------------------------------------------------------


Entry: TypeAlias = Phrase | Item
"""A phrase whose role may depend on its place, or what stands as it is."""


class UnclosedError(PhraseError):
    """Ends a repeat whose parenthesis is never closed."""

    def __init__(self, cursor: Cursor, opening: Token, help: str) -> None:
        super().__init__("parenthesis", "this parenthesis is never closed", opening.start, opening.end, help)
        self.resume = cursor.length


@dataclass(frozen=True, slots=True)
class Unclosed(AtFault):
    """Such a repeat: what closes it may stand behind the comma of a list."""


def line(text: Text, report: Report) -> tuple[Item, ...]:
    """A whole workout in one text: phrases and repeats joined by commas or line ends."""
    return settled(entries(text, report), report)


def entries(text: Text, report: Report, *, in_group: bool = False, before: Sequence[Entry] = ()) -> list[Entry]:
    """What stands in a text, in order, behind what stood ``before`` it in a list; every phrase at fault is reported."""
    if isinstance(text, Gap):
        return [AtFault(span=text.span)]
    split = _is_split(text)
    closes = split and any(isinstance(one, Unclosed) for one in before)
    if closes or text.style in ("|", ">"):
        return _entries(text, report, in_group=in_group, split=split, closes=closes)
    how = (_entries, in_group, split)
    return remembered(text, report, how, lambda: _entries(text, report, in_group=in_group, split=split, closes=False))


def _entries(text: Text, report: Report, *, in_group: bool, split: bool, closes: bool) -> list[Entry]:
    """What stands in a text that is ``split`` from another by a comma, and may close a repeat of that."""
    cursor = Cursor(text, report, lines=True)
    found = _Group(cursor, in_group=in_group, depth=0, split=split).read()
    if cursor.token.kind != "end" and not closes:
        help = (IN_QUOTES,) if any(token.text == "--" for token in cursor.tokens) else ()
        cursor.report_error(cursor.error("parenthesis", "`)` closes nothing", cursor.token, cursor.token, *help))
    return found


def settled(entries: Sequence[Entry], report: Report, *, in_group: bool = False) -> tuple[Item, ...]:
    """Phrases become steps. In a group of two or more the last recovers where it says nothing else."""
    steps: list[Item] = []
    for index, entry in enumerate(entries):
        if not isinstance(entry, Phrase):
            steps.append(entry)
            continue
        recovers = in_group and 0 < index == len(entries) - 1 and not entry.targets
        steps.append(entry.item(entry.role or (Role.RECOVER if recovers else Role.RUN)))
    if in_group:
        _warn_of_bare_middles(entries, steps, report)
    return tuple(steps)


def _warn_of_bare_middles(entries: Sequence[Entry], steps: list[Item], report: Report) -> None:
    for index, entry in enumerate(entries[1:-1], start=1):
        if not isinstance(entry, Phrase) or entry.role or entry.targets:
            continue
        neighbours = steps[index - 1], steps[index + 1]
        if not all(isinstance(step, Step) and step.role.is_recovery for step in neighbours):
            shown = " ".join(entry.span.text.split()) if entry.span else ""
            help = f"write `recover {shown}` for a recovery, or `run {shown}`"
            report.warning("bare-step", f"`{shown}` is run without a target here", entry.span, help)


def _goes_on(cursor: Cursor) -> bool:
    """Whether something stands here that may go on behind a step of a line."""
    return recoveries.is_ahead(cursor) or at_slash(cursor) or repeats.times_of_all(cursor) is not None


def _begins_behind_parenthesis(cursor: Cursor) -> bool:
    """Whether another step follows a recovery in parentheses, ``10 min (jog 3 min) 10 min``."""
    return cursor.last.text == ")" and cursor.token.kind in ("number", "clock")


def _is_apart(cursor: Cursor) -> bool:
    """Whether a number stands behind the sign here, and a blank between them; in a list on one line it is YAML's."""
    return (
        cursor.text.style in ("|", ">")
        and cursor.ahead(1).kind in ("number", "clock")
        and cursor.ahead(1).start > cursor.token.end
    )


def _to_here(span: Span | None, cursor: Cursor) -> Span | None:
    return span and Span(span.source, span.start, cursor.text.at(0, cursor.last.end).end, span.notes)


def _is_set(repeat: Repeat) -> bool:
    """Whether nothing is said yet of how to recover behind what a repeat repeats."""
    last = repeat.steps[-1] if repeat.steps else None
    return not (last is None or (isinstance(last, Step) and last.role.is_recovery))


def _is_split(text: Text) -> bool:
    """Whether a comma of ``[ ]`` or ``{ }`` stands before a text."""
    before = text.span.source.text[max(0, text.span.start - 80) : text.span.start]
    return not text.style and before.rstrip().endswith(",")


_DONE_ONCE: Final = frozenset((Role.WARMUP, Role.COOLDOWN))


class _Group:
    """The entries of a text, of a line behind the count and the colon that have it ``repeated``, or of parentheses."""

    def __init__(
        self,
        cursor: Cursor,
        *,
        in_group: bool,
        depth: int,
        split: bool = False,
        repeated: tuple[Token, Token] | None = None,
    ) -> None:
        self.cursor, self.in_group, self.depth = cursor, in_group, depth
        self.split, self.repeated = split, repeated
        self.entries: list[Entry] = []

    def read(self) -> list[Entry]:
        """Entries up to the closing parenthesis or the end, which is not stepped over."""
        cursor = self.cursor
        self._skip_newlines()
        while True:
            try:
                self.entries.append(self._entry())
            except PhraseError as error:
                if error.is_stray:
                    self._blame_comma(error)
                cursor.report_error(error)
                self._recover(error)
                span = cursor.text.at(error.start, error.end)
                self.entries.append((Unclosed if isinstance(error, UnclosedError) else AtFault)(span=span))
            if not self._separator():
                return self.entries

    def _blame_comma(self, error: PhraseError) -> None:
        """What is no phrase behind a comma may be the rest of the text before it."""
        before = self.entries[-1] if self.entries else None
        if isinstance(before, Phrase) and before.cue:
            quoted = self._in_quotes(error)
            error.help = (quoted,) if isinstance(quoted, Fix) else (quoted, *error.help)
        elif self.split and not before:
            error.help = (comma_ends(self.cursor.text.span),)

    def _in_quotes(self, error: PhraseError) -> Help:
        """The cue before a comma and what follows it, up to the next step, in double quotes."""
        cursor = self.cursor
        dashes = cursor.text.rfind("--", 0, error.start)
        cursor.return_to(error.start)
        words = f"{cursor.text[dashes + 2 : error.start]}{pieces.step_from(cursor, 0)}"
        end = dashes + 2 + len(words)
        if '"' in words or dashes < 0 or "@" in words:
            return IN_QUOTES
        return cursor.cure(IN_QUOTES, dashes + 2, end, f' "{words.strip()}"')

    def _separator(self) -> bool:
        cursor = self.cursor
        if not (self.in_group or self.depth) and (number := repeats.times_of_all(cursor)):
            return self._repeat_all(number)
        newline = self._skip_newlines()
        if cursor.take(","):
            self._skip_newlines()
            take_joint(cursor)
            return self._separator() if self._take_target() else True
        if take_joint(cursor) or self._take_slash() or _begins_behind_parenthesis(cursor):
            return True
        return newline and cursor.token.kind != "end" and not cursor.sees(")")

    def _take_slash(self) -> bool:
        """Steps over a ``/`` between blanks behind what can hold no part of what follows: it joins another step."""
        before = self.entries[-1] if self.entries else None
        joins = isinstance(before, Repeat) or (isinstance(before, Phrase) and before.role is not None)
        if not (joins and at_slash(self.cursor)):
            return False
        self.cursor.next()
        return True

    def _repeat_all(self, number: Token) -> bool:
        """``run 60 s, walk 60 s. Repeat 10 times``: certain of a run and its recovery, and of nothing more."""
        cursor, roles = self.cursor, [one.role for one in self.entries if isinstance(one, Phrase)]
        recovers = [role is not None and role.is_recovery for role in roles]
        if len(self.entries) == 2 and recovers in ([False, True], [True, False]) and not _DONE_ONCE & {*roles}:
            times = int(number.text)
            body = settled(self.entries, cursor.report, in_group=True)
            self.entries = [Repeat(times, body, span=cursor.text.at(0, cursor.length))]
        else:
            cursor.report_error(repeats.all_of_it(cursor, number))
        cursor.skip_to(cursor.length)
        return False

    def _take_target(self) -> bool:
        """``HR < 150`` between two commas: it is of the step before, for no step is a target alone."""
        cursor, start = self.cursor, self.cursor.index
        run = self.entries[-1] if self.entries else None
        if not (isinstance(run, Phrase) and run.length and cursor.sees("hr", "rpe", "power")):
            return False
        both = (*run.targets, *bare_targets(cursor))
        if len(both) > len(run.targets) and at_end(cursor, IN_LINE) and not (run.cue or run.name or conflict(both)):
            self.entries[-1] = replace(run, targets=both, span=_to_here(run.span, cursor))
            return True
        cursor.step(start - cursor.index)
        return False

    def _skip_newlines(self) -> bool:
        """Steps over line ends, and over the ``-`` that begins a line as in a list."""
        cursor, seen = self.cursor, False
        while cursor.token.kind == "newline" and not self.repeated:
            cursor.next()
            seen = True
        is_word = cursor.ahead(1).kind == "word"
        if cursor.sees("-") and (seen or not (cursor.index or self.split)) and (is_word or _is_apart(cursor)):
            cursor.next()
        return seen

    def _recover(self, error: PhraseError) -> None:
        """Goes on behind a fault, at the next separator of this group."""
        cursor, depth = self.cursor, 0
        if error.resume < cursor.length:
            cursor.return_to(error.start)
        else:
            cursor.skip_to(cursor.length)
        names = step_names.spans(cursor.text)
        while cursor.token.kind != "end":
            if step_names.is_in(names, cursor.token.start):
                cursor.next()
                continue
            ends = cursor.sees(",", ")") or cursor.token.kind == "newline"
            if ends and depth == 0 and cursor.token.start >= error.resume:
                return
            depth += {"(": 1, "[": 1, "{": 1, ")": -1, "]": -1, "}": -1}.get(cursor.next().text, 0)
            depth = max(depth, 0)

    def _entry(self) -> Entry:
        cursor = self.cursor
        if not self.in_group and repeats.before_colon(cursor):
            return self._line_repeated()
        if _begins_repeat(cursor):
            start, repeat = cursor.token, self._repeat()
            if _is_set(repeat) and (rest := recoveries.between_sets(cursor)):
                body = (*repeat.steps, rest.item(rest.role or Role.RECOVER))
                span = cursor.text.at(start.start, cursor.last.end)
                repeat = replace(repeat, steps=body, last_recovery="skip", span=span)
            self._end_repeat()
            return repeat
        if cursor.sees(",", ")") or cursor.token.kind == "end":
            beside_comma = cursor.last.text == "," or cursor.sees(",")
            help = "remove the comma, or write a step" if beside_comma else "for example `400 m @ 5k`"
            at = cursor.token.start
            raise cursor.error("empty-step", "a step is missing here", at, at, help)
        if _counted(cursor):
            return self._bare_repeat()
        start = cursor.token
        found = step.read(
            cursor,
            start,
            role(cursor),
            jog=self._jog(),
            of_repeat=self.in_group and not self.entries,
            may_go_on=_goes_on,
        )
        if self.repeated and found.role in _DONE_ONCE:
            raise repeats.ends_before(cursor, *self.repeated, start)
        if cursor.sees("/"):
            if found.role not in (Role.WARMUP, Role.COOLDOWN):
                raise last_words.trailing(cursor, start, found.role, targeted=bool(found.targets))
            return found
        return self._with(start, found) if recoveries.is_ahead(cursor) else found

    def _jog(self) -> Role | None:
        """What ``90 s jog`` is here: behind a step of a repeat a recovery, and behind a walk the run."""
        before = self.entries[-1] if self.entries else None
        if self.in_group:
            return Role.RECOVER if before else None
        return Role.RUN if isinstance(before, Phrase) and before.role is Role.WALK else None

    def _bare_repeat(self) -> Repeat:
        """``6 x 400 m @ 5k w/ 90 s jog``: without parentheses, where what is done in between is said."""
        cursor, start = self.cursor, self.cursor.token
        times = self._times()
        first = cursor.token
        if _counted(cursor):
            return self._sets(times, start, first)
        if not starts_amount(cursor) or repeats.is_pair(cursor):
            raise repeats.no_parentheses(cursor, start, first)
        try:
            work = step.read(cursor, first, role(cursor), jog=Role.RUN, of_repeat=True, may_go_on=recoveries.is_ahead)
        except PhraseError as error:
            raise self._said_how(error, start, first) or error from None
        rest = recoveries.between(cursor, in_repeat=True) if recoveries.is_ahead(cursor) else None
        if rest is None and cursor.sees("(") and not work.targets:
            raise last_words.trailing(cursor, first, work.role, targeted=False)
        if rest is None and not self.in_group and (behind := recoveries.behind_comma(cursor)):
            rest = recoveries.Between(behind, is_last_left_out=False)
        if rest is None or not (at_end(cursor, IN_LINE) or at_slash(cursor)):
            raise repeats.no_parentheses(cursor, start, first)
        body = settled((work, rest.phrase), cursor.report, in_group=True)
        last: LastRecovery | None = "skip" if rest.is_last_left_out else None
        return Repeat(times, body, last, span=cursor.text.at(start.start, cursor.last.end))

    def _sets(self, times: int | CountRange, start: Token, first: Token) -> Repeat:
        """``2 sets of 4 x 300 m w/ 300 m jog, 4 min between sets``, where both recoveries are said."""
        cursor = self.cursor
        try:
            inner = self._bare_repeat()
        except PhraseError:
            raise repeats.no_parentheses(cursor, start, first) from None
        rest = recoveries.between_sets(cursor)
        if rest is None:
            raise repeats.no_parentheses(cursor, start, first)
        body = (inner, rest.item(rest.role or Role.RECOVER))
        return Repeat(times, body, "skip", span=cursor.text.at(start.start, cursor.last.end))

    def _line_repeated(self) -> Repeat:
        """``repeat 4 times: 400 m @ 5k, 1 min``: all behind the colon, up to the end of the line."""
        cursor, start = self.cursor, self.cursor.token
        cursor.take("repeat")
        times = self._times()
        colon = cursor.next()
        found = _Group(cursor, in_group=True, depth=self.depth + 1, repeated=(start, colon)).read()
        body = settled(found, cursor.report, in_group=True)
        return Repeat(times, body, span=cursor.text.at(start.start, cursor.last.end))

    def _said_how(self, error: PhraseError, start: Token, first: Token) -> PhraseError | None:
        """Why ``6 x 30 s hard, walk 1 min`` is no repeat: the cure says both how it is run and how to recover."""
        cursor, word = self.cursor, self.cursor.token
        if cursor.last.text in repeats.STRIDES or word.text in repeats.STRIDES:
            return repeats.no_parentheses(cursor, start, first)
        if word.text not in last_words.MANNERS or word.start != error.start:
            return None
        return repeats.no_parentheses(cursor, start, first, cue=word)

    def _times(self) -> int | CountRange:
        times = count(self.cursor)
        self.cursor.take(*repeats.COUNTED)
        self.cursor.take("of")
        return times

    def _with(self, start: Token, run: Phrase) -> Entry:
        """What stands behind a step: a repeat that it holds, or the recovery that follows it."""
        cursor = self.cursor
        if cursor.sees("with") and cursor.ahead(1).kind == "number" and cursor.ahead(2).text in repeats.COUNTED:
            return self._run_with(start, run)
        if rest := recoveries.between(cursor, in_repeat=False):
            if not (at_end(cursor, IN_LINE) or _begins_behind_parenthesis(cursor)):
                raise last_words.trailing(cursor, start, run.role, targeted=bool(run.targets))
            self.entries.append(run)
            return rest.phrase
        if at_short_with(cursor):
            raise last_words.short_for_with(cursor, start, self._reads)
        if cursor.sees("("):
            raise last_words.trailing(cursor, start, run.role, targeted=bool(run.targets))
        return self._run_with(start, run)

    def _run_with(self, start: Token, run: Phrase) -> RunWith:
        cursor = self.cursor
        cursor.next()
        if not _counted(cursor):
            return self._with_once(start, run)
        total = run_with.checked_total(cursor, run, start, in_group=self.in_group)
        repeat = self._repeat() if _begins_repeat(cursor) else self._bare_repeat()
        self._refuse_second()
        self._end_repeat()
        return RunWith(total, repeat, run.targets, span=cursor.text.at(start.start, cursor.last.end))

    def _with_once(self, start: Token, run: Phrase) -> RunWith:
        """``9 mi with 5 mi @ LT``. In ``LT 9 mi with 5 mi at LT pace`` the first word only says what the run is for."""
        cursor, first = self.cursor, self.cursor.token
        part = self._part() if starts_amount(cursor) else None
        around = run_with.around(run, part) if part else None
        if part is None or around is None:
            cursor.return_to(first.start)
            raise run_with.no_repeat(cursor, start, self._reads)
        total = run_with.checked_total(cursor, run, start, in_group=self.in_group)
        repeat = Repeat(1, (part.item(Role.RUN),), span=cursor.text.at(first.start, cursor.last.end))
        return RunWith(total, repeat, around, span=cursor.text.at(start.start, cursor.last.end))

    def _part(self) -> Phrase | None:
        """What a run holds once: an amount and its target."""
        try:
            found = step.read(self.cursor, self.cursor.token, None)
        except PhraseError:
            return None
        return found if found.targets and not found.gradient and found.role in (None, Role.RUN) else None

    def _reads(self, line: str) -> bool:
        """Whether nothing is wrong with what is to be proposed here."""
        report = Report()
        entries(Text.made(line, self.cursor.text.span), report, in_group=self.in_group)
        return not report.diagnostics

    def _refuse_second(self) -> None:
        """Gives up where a second repeat is joined to the one that a total holds."""
        cursor, first = self.cursor, self.cursor.token
        if run_with.joins_second(cursor):
            cursor.step(1)
            if _begins_repeat(cursor):
                raise run_with.second_repeat(cursor, first)
            cursor.step(-1)

    def _repeat(self) -> Repeat:
        cursor, start = self.cursor, self.cursor.token
        times = self._times()
        opening = cursor.next()
        if self.depth >= MAX_NESTING:
            raise cursor.error("too-deep", f"repeats nest at most {MAX_NESTING} deep", start, opening)
        body = settled(_Group(cursor, in_group=True, depth=self.depth + 1).read(), cursor.report, in_group=True)
        if not cursor.take(")"):
            raise UnclosedError(cursor, opening, self._closing_help())
        return Repeat(times, body, span=cursor.text.at(start.start, cursor.last.end))

    def _end_repeat(self) -> None:
        """Gives up where something else follows a repeat than what separates steps."""
        cursor = self.cursor
        if not at_end(cursor, IN_LINE):
            help: Help = "separate steps with a comma; targets and cues go inside the parentheses, after each step"
            token = cursor.token
            if at_slash(cursor):
                return
            shown = cursor.raw(token.start, token.end)
            raise cursor.error("trailing-text", f"`{shown}` does not belong here", token, token, help)

    def _closing_help(self) -> str:
        span = self.cursor.text.span
        if is_before_comma(span):
            return comma_ends(span)
        return "write `)` after the last step of the repeat"
