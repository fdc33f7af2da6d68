"""A pace that changes from split to split: ``4:50/km -> 3:20/km by 1 km``, behind the ``@`` of a step.

Whatever can be wrong with it is found here, where every word has its place, and every cure that is shown has been read.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from dataclasses import replace
from decimal import Decimal
from typing import Final, NamedTuple

from negsplit.diagnostics import Help, Report, Span
from negsplit.model import Gradual, Length, Range, Role, Splits, Total
from negsplit.phrase import amounts, numbers, paces, step_names, targets
from negsplit.phrase.names import SPEED_UNITS, is_digit_name
from negsplit.phrase.ramp_cures import (
    EXAMPLE,
    Head,
    end_of_paces,
    of_two_steps,
    other_splits,
    over_both_halves,
    working,
)
from negsplit.phrase.splits import split_problem
from negsplit.phrase.tokens import Cursor, PhraseError, Token
from negsplit.phrase.wording import target_text
from negsplit.targets import Between, OneSided, PaceTarget, Tolerance
from negsplit.tree.nodes import Text
from negsplit.units import Amount, Distance, Duration, Pace, Speed, clock

ROLES: Final = (Role.RUN, Role.WARMUP, Role.COOLDOWN)
"""What can be run in splits."""
USUAL: Final = {"mi": Distance.of(Decimal(1), "mi"), "yd": Distance.of(Decimal(1), "mi")}
USUAL_DISTANCE, USUAL_TIME = Distance(100_000), Duration(300_000)
"""Splits where nobody says how long: by the unit of the total, else 1 km, or 5 min."""

_EXAMPLE_TOTAL: Final = Distance(500_000)
_ENDS: Final = (",", ")", "--", '"')
"""What no ramp reaches beyond."""
_BEHIND_AN_END: Final = (*_ENDS, "->", "±", "by", "in", "and")


class Gradient(NamedTuple):
    """What stands behind the ``@`` of a ramp; ``width`` is how far every split is widened.

    ``unsaid`` are both paces where nothing behind them says how long the splits are.
    """

    ends: Gradual
    splits: Splits
    width: Tolerance | None = None
    unsaid: Span | None = None

    def say(self, report: Report) -> None:
        """Says which splits were taken where nobody said."""
        if self.unsaid:
            message = f"you did not say how long the splits are, so each is {self.splits}"
            help = f"write `by {self.splits}` after the paces to say so, or `in 2` for two parts"
            report.note("splits", message, self.unsaid, help)


Change = Callable[[Cursor, Token, Role | None, Length | None], Gradient]
"""Reads a pace that changes, behind the ``@`` of a step that begins with a token, or gives up on it."""


def is_ahead(cursor: Cursor) -> bool:
    """Whether the target that begins here goes from one pace to another."""
    at = 0
    while "->" in cursor.texts and not _is_end(cursor, at):
        if cursor.ahead(at).text == "->":
            return True
        at += 1
    return False


def _is_end(cursor: Cursor, at: int) -> bool:
    """Whether what stands that far ahead ends what a ramp can be: a ``with`` and what is repeated too."""
    token = cursor.ahead(at)
    holds = token.text == "with" and cursor.ahead(at + 1).kind in ("number", "clock")
    return token.kind in ("end", "newline") or token.text in _ENDS or holds


def read(cursor: Cursor, start: Token, role: Role | None, length: Length | None) -> Gradient:
    """Two paces and how the way between them is cut; the cursor stands behind ``@``, ``start`` begins the step."""
    at = cursor.last
    text = cursor.raw(start.start, at.start).rstrip()
    if length is None or not isinstance(length, Duration | Distance | Range):
        whole = Head(
            f"{f'{role.value} ' if role else ''}{_EXAMPLE_TOTAL}", _EXAMPLE_TOTAL, USUAL_DISTANCE, _can_be_read
        )
        help = working(cursor, whole, [_rest(cursor)], "write how far or how long before `@`:")
        message = "a pace changes over a time or a distance, and here is none"
        raise cursor.error("progression", message, start, _last(cursor), *help)
    usual = _usual(length, cursor.ahead(-2))
    found = _gradient(cursor, Head(text, length, usual, _can_be_read, start.start, at.end))
    if problem := role_problem(role, cursor.raw(start.start, cursor.last.end)):
        raise cursor.error("progression", problem[0], start, cursor.last, *problem[1:])
    return found


def over_rungs(times: int) -> Change:
    """Reads two paces whose way goes over so many rungs of a ladder."""

    def read(cursor: Cursor, start: Token, role: Role | None, length: Length | None) -> Gradient:  # noqa: ARG001
        first, head = cursor.token, cursor.raw(start.start, cursor.last.start).rstrip()
        both = ends(cursor)
        written = cursor.raw(first.start, cursor.last.end)
        if cursor.sees("by", "in"):
            whole = f"{times}x({head} @ {_rest_from(cursor, first)}, 1 min)"
            help = f"to change the pace within each one, write a repeat: `{whole}`"
            message = f"in a ladder the pace changes from rung to rung, so leave `{cursor.token.text}` out"
            raise cursor.error("progression", message, cursor.token, _last(cursor), help)
        if cursor.sees("and"):
            help = f"write `{times} x {head} @ {written}`"
            raise cursor.error(
                "targets", "if the pace of the rungs changes, it is their only target", first, _last(cursor), help
            )
        return Gradient(Gradual(both.start, replace(both.finish, tolerance=None)), times, both.finish.tolerance)

    return read


def refused(where: str) -> Change:
    """Gives up on a pace that changes where a step has one: ``where`` is what it is."""

    def read(cursor: Cursor, start: Token, role: Role | None, length: Length | None) -> Gradient:  # noqa: ARG001
        first, head = cursor.token, cursor.raw(start.start, cursor.last.end)
        one = target_text(ends(cursor).start)
        help = cursor.cure(f"write `{head} {one}`", first, cursor.last, one)
        raise cursor.error("progression", f"{where} has one pace", first, _last(cursor), help)

    return read


def role_problem(role: Role | None, written: str) -> tuple[str, ...]:
    """Why a step of this role is not run in splits, and what to write; nothing if it can be."""
    if role is None or role in ROLES:
        return ()
    *able, last = (f"`{one.value}`" for one in ROLES)
    phrase = re.sub(r"^\D*", "", written)
    return f"`{role.value}` holds one pace; one that changes is a {', '.join(able)} or {last}", f"write `run {phrase}`"


def _usual(total: Total, unit: Token) -> Amount:
    if isinstance(total.low if isinstance(total, Range) else total, Duration):
        return USUAL_TIME
    return USUAL.get(numbers.CANONICAL.get(unit.text, ""), USUAL_DISTANCE)


def _last(cursor: Cursor) -> Token:
    """The last token of the step."""
    at = 0
    while not _is_end(cursor, at):
        at += 1
    return cursor.ahead(at - 1)


def _rest(cursor: Cursor) -> str:
    """What stands from here to the end of the targets."""
    return _rest_from(cursor, cursor.token)


def _rest_from(cursor: Cursor, first: Token) -> str:
    return cursor.raw(first.start, max(_last(cursor).end, first.start))


# --- Both ends -----------------------------------------------------------------------------------


def _no_other() -> tuple[Help, ...]:
    return ("for example `4:40/km -> 4:10/km`",)


def ends(cursor: Cursor, cures: Callable[[], tuple[Help, ...]] = _no_other, *, may_be_open: bool = False) -> Gradual:
    """``4:50 -> 3:20/km``, ``easy -> half``: an end in figures may leave its unit to the other.

    ``cures`` says what to write instead of ends that are no paces, or ``faster than`` one unless they ``may_be_open``.
    """
    first = cursor.token
    start = _figure(cursor) or _end(cursor, cures, may_be_open=may_be_open)
    if not cursor.take("->"):
        raise cursor.unexpected("`->`", "both paces go before `and`", EXAMPLE)
    second = cursor.token
    finish = _figure(cursor) or _end(cursor, cures, may_be_open=may_be_open)
    if isinstance(finish, _Figure):
        if isinstance(start, _Figure):
            raise _two_figures(cursor, first)
        finish = finish.in_unit_of(cursor, start, first)
    if isinstance(start, _Figure):
        start = start.in_unit_of(cursor, finish, second)
    if cursor.sees("±") and finish.tolerance is None:
        finish = replace(finish, tolerance=paces.tolerance(cursor))
    return Gradual(start, finish)


def _two_figures(cursor: Cursor, first: Token) -> PhraseError:
    shown = cursor.raw(first.start, cursor.last.end)
    units = ("/km", "/mi") if cursor.last.kind == "clock" else (" km/h",)
    end = cursor.last.end
    help = (cursor.cure(f"write `{shown}{unit}`", end, end, unit) for unit in units)
    return cursor.error("missing-unit", f"`{shown}` needs a unit", first, cursor.last, *help)


class _Figure(NamedTuple):
    """An end without a unit."""

    token: Token
    value: Decimal

    def in_unit_of(self, cursor: Cursor, other: PaceTarget, written: Token) -> PaceTarget:
        """It, in the unit of the other end, which begins with the token ``written``."""
        point = other.pace.one if isinstance(other.pace, Between) else other.pace
        if not isinstance(point, Pace | Speed) or written.kind != self.token.kind:
            shown = cursor.raw(self.token.start, self.token.end)
            help = f"write `{shown}/km` or `{shown}/mi`"
            if self.token.kind == "number":
                help = f"write `{clock(int(self.value * 60_000))}/km` or `{shown} km/h`"
            raise cursor.error("missing-unit", f"`{shown}` needs a unit", self.token, self.token, help)
        value = self.value * 60 if isinstance(point, Pace) and written.kind == "number" else self.value
        span = cursor.text.at(self.token.start, self.token.end)
        return PaceTarget(paces.in_unit_of(cursor, self.token, value, point), span=span)


def _figure(cursor: Cursor) -> _Figure | None:
    token, following = cursor.token, cursor.ahead(1)
    ends_here = following.kind in ("end", "newline") or following.text in _BEHIND_AN_END
    if token.kind not in ("number", "clock") or is_digit_name(cursor) or not ends_here:
        return None
    return _Figure(*numbers.numeral(cursor))


def _end(cursor: Cursor, cures: Callable[[], tuple[Help, ...]], *, may_be_open: bool) -> PaceTarget:
    start = cursor.token
    found = targets.target(cursor)
    if isinstance(found, PaceTarget) and (may_be_open or not isinstance(found.pace, OneSided)):
        return found
    shown = cursor.raw(start.start, cursor.last.end)
    what = "open to one side" if isinstance(found, PaceTarget) else "no pace"
    message = f"`->` goes from a pace to a pace, and `{shown}` is {what}"
    raise cursor.error("kind", message, start, cursor.last, *cures())


# --- Splits --------------------------------------------------------------------------------------


def _gradient(cursor: Cursor, head: Head) -> Gradient:
    first = cursor.token
    both = ends(cursor, lambda: of_two_steps(cursor, head, first))
    if cursor.sees("->"):
        help = over_both_halves(cursor, head, first)
        raise cursor.error("range", "`->` goes once, from one pace to another", first, _last(cursor), *help)
    written = cursor.raw(first.start, cursor.last.end)
    start, finish = both.start, both.finish
    if start.tolerance:
        bare = f"{target_text(replace(start, tolerance=None))} -> {target_text(replace(finish, tolerance=None))}"
        message = "`±` goes after the second pace, and widens every split"
        cures = [f"{bare} ± {start.tolerance} {_rest(cursor)}".rstrip()]
        raise cursor.error("tolerance", message, first, cursor.last, *working(cursor, head, cures))
    if start.pace == finish.pace:
        single = target_text(start)
        end = end_of_paces(cursor, first.start, with_targets=False)
        one = cursor.cure(f"write `{head.text} @ {single}`", first, end, single)
        raise cursor.error("progression", "both paces are the same", first, cursor.last, one)
    both = Gradual(start, replace(finish, tolerance=None))
    word = cursor.token
    splits = _splits(cursor, head, both, first)
    unsaid = cursor.text.at(first.start, cursor.last.end) if splits is None else None
    chosen = head.usual if splits is None else splits
    if splits is not None and cursor.sees("±"):
        raise _late_width(cursor, head, word, written)
    if problem := split_problem(head.total, both, chosen):
        before = first if splits is None else word
        cures = other_splits(head, both, written, splits)
        raise cursor.error("progression", problem, before, cursor.last, *working(cursor, head, cures))
    return Gradient(both, chosen, finish.tolerance, unsaid)


def _late_width(cursor: Cursor, head: Head, word: Token, written: str) -> PhraseError:
    """Why ``±`` does not stand behind the splits, which ``word`` begins."""
    splits, sign = cursor.raw(word.start, cursor.last.end), cursor.token
    width = paces.tolerance(cursor)
    message = "`±` goes right after the second pace"
    cures = working(cursor, head, [f"{written} ± {width} {splits}", f"{written} {splits}"])
    return cursor.error("tolerance", message, sign, cursor.last, *cures)


def _splits(cursor: Cursor, head: Head, both: Gradual, first: Token) -> Splits | None:
    """What ``by`` or ``in`` says behind both paces, which begin with ``first``; None where neither stands."""
    written = cursor.raw(first.start, cursor.last.end)
    word = cursor.take("by", "in")
    if word is None:
        return None
    found = _by(cursor, head, both, written) if word.text == "by" else _in(cursor, head, written)
    if cursor.sees("by", "in"):
        help = working(cursor, head, [cursor.raw(first.start, cursor.last.end)])
        raise cursor.error("said-twice", "how it is split is said already", cursor.token, _last(cursor), *help)
    return found


def _by(cursor: Cursor, head: Head, both: Gradual, written: str) -> Splits:
    start, unit = cursor.token, cursor.ahead(1)
    if _is_change(cursor):
        low, high = paces.shift_range(cursor)
        if low != high:
            cures = [f"{written} by {low}", f"{written} by {high}"]
            raise _no_split(cursor, head, start, "every change of pace is the same", cures)
        return low
    if _is_change_of_speed(cursor):
        raise _change_of_speed(cursor, head, both, written)
    if start.kind == "number" and unit.text not in numbers.CANONICAL and unit.text not in ("..", "-"):
        cursor.step(2 if unit.text == "%" else 1)
        number = start.text
        cures = [f"{written} by {number} s/{one}" for one in ("km", "mi")]
        cures += [f"{written} in {number}", f"{written} by {number} km", f"{written} by {number} min"]
        shown = cursor.raw(start.start, cursor.last.end)
        message = f"`{shown}` is neither a length nor a change of pace"
        raise _no_split(cursor, head, start, message, [*cures, *other_splits(head, both, written, None)])
    if start.kind not in ("number", "clock"):
        raise cursor.unexpected("a length or a change of pace", *working(cursor, head, [f"{written} by {head.usual}"]))
    return amounts.amount(cursor)


def _is_change_of_speed(cursor: Cursor) -> bool:
    """Whether ``1 km/h`` stands here, or ``1 mph``."""
    number, unit, slash, per = (cursor.ahead(at) for at in range(4))
    return number.kind == "number" and (unit.text in SPEED_UNITS or (slash.text == "/" and per.text in ("h", "s")))


def _change_of_speed(cursor: Cursor, head: Head, both: Gradual, written: str) -> PhraseError:
    """Why ``by 1 km/h`` cuts nothing: splits are even in pace, and what comes nearest is as many of them."""
    number, start, finish = cursor.token, both.start.pace, both.finish.pace
    change, cures = Decimal(number.text) * 1_000, []
    if isinstance(start, Speed) and isinstance(finish, Speed) and change:
        cures.append(f"{written} in {int(abs(Decimal(start.thousandths) - finish.thousandths) / change) + 1}")
    cursor.step(2 if cursor.ahead(1).text in SPEED_UNITS else 4)
    message = f"splits are even in pace, and `{cursor.raw(number.start, cursor.last.end)}` is a change of speed"
    return _no_split(cursor, head, number, message, [*cures, *other_splits(head, both, written, None)])


def _is_change(cursor: Cursor) -> bool:
    """Whether ``5 s/km`` stands here, or ``5..10 s/km``."""
    at = 3 if cursor.ahead(1).text in ("..", "-") else 1
    if cursor.ahead(at).text in paces.SECONDS:
        at += 1
    return cursor.token.kind in ("number", "clock") and cursor.ahead(at).text == "/"


def _in(cursor: Cursor, head: Head, written: str) -> int:
    start, unit = cursor.token, cursor.ahead(1)
    is_length = unit.text in numbers.CANONICAL and not step_names.has_close(cursor, 1)
    if start.kind == "clock" or (start.kind == "number" and is_length):
        length = amounts.amount(cursor)
        message = "`in` is followed by a number of parts; their length goes after `by`"
        raise _no_split(cursor, head, start, message, [f"{written} by {length}"])
    count = numbers.whole(cursor, "a number of parts", *working(cursor, head, [f"{written} in 5", f"{written} in 2"]))
    if cursor.sees("parts", "splits", "steps", "x"):
        message = f"`{cursor.token.text}` is not needed here"
        cursor.next()
        raise _no_split(cursor, head, start, message, [f"{written} in {count}"])
    return count


def _no_split(cursor: Cursor, head: Head, start: Token, message: str, cures: Iterable[str]) -> PhraseError:
    return cursor.error("progression", message, start, cursor.last, *working(cursor, head, cures))


def before_at(cursor: Cursor, start: Token, length: Length | None) -> PhraseError:
    """Why ``by`` and ``in`` do not stand before the ``@`` of a ramp, which ``start`` begins."""
    word, head = cursor.token, cursor.raw(start.start, cursor.last.end)
    at = 0
    while cursor.ahead(at).text not in ("@", "at", "->"):
        at += 1
    paces_ = cursor.raw(cursor.ahead(at).end, _last(cursor).end).strip()
    splits = cursor.raw(word.start, cursor.ahead(at).start).strip()
    has_time = word.text == "in" and cursor.ahead(1).kind == "clock"
    message = f"`{splits}` goes after both paces, if at all"
    if has_time:
        splits = "in 2"
        message = "give a time or two paces, not both"
    help: tuple[Help, ...] = (EXAMPLE,)
    if isinstance(length, Duration | Distance | Range):
        whole = Head(head, length, USUAL_DISTANCE, _can_be_read, start.start)
        help = working(cursor, whole, [f"{paces_} {splits}", paces_])
    return cursor.error("progression", message, word, _last(cursor), *help)


def behind_and(cursor: Cursor, start: Token, gradient: Gradient) -> PhraseError:
    """Why ``by`` and ``in`` do not stand behind the second target; ``start`` begins the step."""
    help: Help
    splits = cursor.token
    if not gradient.unsaid:
        help = f"write `{cursor.raw(start.start, cursor.last.end)}`"
        return cursor.error("said-twice", "how it is split is said already", splits, _last(cursor), help)
    at = -1
    while cursor.ahead(at).text != "and":
        at -= 1
    joint = cursor.ahead(at).start
    moved = f"{_rest(cursor)} {cursor.raw(joint, splits.start).strip()}"
    help = cursor.cure(f"write `{cursor.raw(start.start, joint)}{moved}`", joint, _last(cursor), moved)
    message = f"`{splits.text}` goes right after both paces"
    return cursor.error("progression", message, splits, _last(cursor), help)


def _can_be_read(cursor: Cursor, head: Head, written: str) -> bool:
    """Whether paces and splits that are to be proposed can be read behind the ``@``."""
    trial = Cursor(Text.made(written, cursor.text.span), Report())
    try:
        _gradient(trial, head._replace(reads=None))
        if trial.take("and"):
            targets.targets(trial)
        trial.end()
    except PhraseError:
        return False
    return True
