"""A repeat in parentheses in the place of one without: ``6 x 400 m @ 5k``, ``2 sets of 4 x 300 m``, ``6 x strides``."""

from __future__ import annotations

import re
from decimal import Decimal
from typing import Final

from negsplit.diagnostics import Help
from negsplit.phrase.names import at_short_with, is_digit_name
from negsplit.phrase.numbers import CANONICAL
from negsplit.phrase.pieces import is_last, parted
from negsplit.phrase.tokens import Cursor, PhraseError, Token
from negsplit.units import Distance

STRIDES: Final = frozenset(("stride", "strides"))
"""What ``6 strides`` is six of."""
_STRIDE: Final = "20 s @ RPE 8 -- stride"
"""A stride as coaches describe it: some 20 s, fast and relaxed."""
_RECOVERIES: Final = frozenset(("jog", "rest", "recover", "recovery", "walk", "off"))
_BRACKETS: Final = "([{"
_CLOSING: Final = ")]} "
_PAIR: Final = re.compile(r"(\d+) ?(m|km|mi)?/(\d+) ?(m|km|mi)(?=\s*(?:$|[,)\n]))", re.IGNORECASE)
_ON_THE_TRACK: Final = frozenset(
    map(str, (100, 150, 200, 300, 400, 500, 600, 800, 1000, 1200, 1500, 1600, 2000, 2400, 3000, 3200))
)
"""Lengths of repeats that runners call by their number alone."""
_WITH: Final = re.compile(r"(?:\s+(?:w/|w\.|with)|\s*/)\s*(?=\d)", re.IGNORECASE)
_BETWEEN_SETS: Final = re.compile(r"\s*\(([^()]*?)\s+between\s+sets\)$", re.IGNORECASE)
_STRIDES_BEHIND: Final = re.compile(r"(?<=\w)\s+(strides?)$", re.IGNORECASE)
_IN_PARENTHESES: Final = re.compile(r"\s*\(([^()]*)\)$")
_SAID: Final = re.compile(
    rf"(.*?\S){_WITH.pattern}(\d\S*(?: ?[a-z]+)?) (?:{'|'.join(sorted(_RECOVERIES))})(?: recovery)?", re.IGNORECASE
)
"""What is done each time, and the recovery that it says already."""
_ONE: Final = re.compile(r"(?:km|mi|mile)\b", re.IGNORECASE)
"""What ``4 x mile`` is one of."""
COUNTED: Final = ("x", "times", "sets", "reps", "rounds")
"""What stands behind the number of a repeat."""
_COUNTED: Final = re.compile(
    r"\s*(\d+(?:\s*(?:\.\.|-)\s*\d+)?)\s*(?:[x×*]|times|sets|reps|rounds)(?:\s+of\b)?\s*", re.IGNORECASE
)


def before_colon(cursor: Cursor) -> bool:
    """Whether ``repeat 4 times:`` or ``8x:`` stands here."""
    at = 1 if cursor.sees("repeat") else 0
    if cursor.ahead(at).kind != "number":
        return False
    at += 3 if cursor.ahead(at + 1).text in ("..", "-") else 1
    if cursor.ahead(at).text in COUNTED:
        at += 1
    elif not cursor.sees("repeat"):
        return False
    return cursor.ahead(at).text == ":"


def times_of_all(cursor: Cursor) -> Token | None:
    """The number of ``. Repeat 10 times`` where that ends a text."""
    at = 0 if cursor.sees("repeat") else 1
    joins = at == 0 or cursor.token.text in (".", ",", ";", "then") or cursor.token.kind == "newline"
    word, number, sign = (cursor.ahead(at + one) for one in range(3))
    is_said = joins and word.text == "repeat" and number.kind == "number" and sign.text in COUNTED
    return number if is_said and cursor.ahead(at + 3).kind == "end" else None


def all_of_it(cursor: Cursor, number: Token) -> PhraseError:
    """Why ``5 km, 3 km, 1 km. Repeat 2 times`` is no repeat: nobody knows where it begins."""
    start, end = cursor.token.start, cursor.length
    written = f"{number.text}x({cursor.text[:start].strip()})"
    help = cursor.cure(f"if it is all that stands before it: `{written}`", 0, end, written)
    return cursor.error("repeat", "a repeat is a number, `x` and parentheses", number.start, end, help)


def no_parentheses(cursor: Cursor, number: Token, first: Token, cue: Token | None = None) -> PhraseError:
    """What to raise where what is repeated, from ``first`` on, has no parentheses; ``number`` begins the repeat.

    A recovery behind the next comma belongs to it. Where nothing says how to recover, it lasts until the lap button is
    pressed, or a minute. ``cue`` is a word that says how it is run.
    """
    cursor.return_to(first.start)
    cursor.skip_to(first.start)
    sign = cursor.last if cursor.last.start > number.start else first
    text, times = cursor.text, _count(cursor.text[number.start : first.start])
    at = _end(cursor, 0)
    if first.text == ":":
        at = _line_end(cursor)
    end = cursor.ahead(at - 1).end if at else max(cursor.last.end, first.start)
    if first.text in _BRACKETS and "," in (inner := str(text[first.end : end]).rstrip(_CLOSING)):
        written = [f"{times}x({inner.strip()})"]
    elif cursor.ahead(at).text == "," and _is_recovery(cursor, at + 1):
        end = cursor.ahead(_end(cursor, at + 1) - 1).end
        written = [f"{times}x({_with_cue(text, first.start, end, cue)})"]
    elif first.text == ":" and "," in text[first.start : end]:
        written = [f"{times}x({text[first.end : end].strip()})"]
    else:
        body = _with_cue(text, first.start, end, cue)
        is_whole = cue is not None and "," in body
        written = [f"{times}x({body if is_whole else _repeated(body, rest)})" for rest in ("lap", "1 min")]
    helps = (cursor.cure(f"write `{one}`", number, end, one) for one in dict.fromkeys(written))
    error = cursor.error("repeat", "a repeat is a number, `x` and parentheses", number, sign, *helps)
    error.resume = max(error.end, end)
    return error


def _with_cue(text: str, start: int, end: int, cue: Token | None) -> str:
    """What is repeated; ``hard w/ 1 min jog`` is a cue and the recovery behind it."""
    if cue is None:
        return str(text[start:end])
    words = _IN_PARENTHESES.sub(r", \1", _WITH.sub(", ", text[cue.start : end]))
    said, sign, target = parted(words)
    if sign:
        target, *more = target.split(", ", 1)
        return ", ".join((f"{text[start : cue.start]}@ {target.strip()} -- {said.strip()}", *more))
    return f"{text[start : cue.start]}-- {words}"


def ends_before(cursor: Cursor, number: Token, colon: Token, step: Token) -> PhraseError:
    """Why ``8x: 1 min, 1 min, cooldown 5 min`` is no repeat: what cools down is done once, behind it."""
    offset = step.start
    body = str(cursor.text[colon.end : offset]).strip(", \t")
    times = _count(cursor.text[number.start : colon.start])
    title = f"close the repeat before it: `{times}x({body}), `"
    help = cursor.cure(title, number.start, offset, f"{times}x({body}), ") if body else title
    return cursor.error("repeat", f"`{step.text}` does not belong in a repeat", step, step, help)


def is_pair(cursor: Cursor) -> bool:
    """Whether ``400/200 m`` stands here: what is run, and how far to the next."""
    return _PAIR.match(cursor.text, cursor.token.start) is not None


def track_length(cursor: Cursor) -> Distance | None:
    """Steps over ``400`` without a unit, if it is a usual length on the track: metres to every runner."""
    number = cursor.token
    if number.kind != "number" or number.text not in _ON_THE_TRACK:
        return None
    cursor.next()
    is_decimal = cursor.sees(",") and cursor.ahead(1).start == cursor.token.end
    ends = is_last(cursor.token) or cursor.sees("(", "@", "at", "in", "with")
    if is_decimal or not (ends or at_short_with(cursor) or is_digit_name(cursor)):
        cursor.step(-1)
        return None
    return Distance.of(Decimal(number.text), "m")


def strides(cursor: Cursor, number: Token, word: Token) -> Help:
    """``6 strides`` as a repeat."""
    written = f"{number.text}x({_STRIDE}, recover lap)"
    return cursor.cure(f"write `{written}`", number, word, written)


def _count(written: str) -> str:
    return "".join(re.findall(r"\d+|\.\.|-", written)) or "4"


def _repeated(body: str, rest: str) -> str:
    """What is done each time, with a recovery behind it; a repeat in it has its own."""
    if pair := _PAIR.fullmatch(body.strip()):
        return f"{pair[1]} {pair[2] or pair[4]}, recover {pair[3]} {pair[4]}"
    if inner := _COUNTED.match(body):
        sets = _BETWEEN_SETS.search(body)
        once = body[inner.end() : sets.start() if sets else None]
        return f"{_count(inner[1])}x({_repeated(once, rest)})" + (f", {sets[1]}" if sets else "")
    body = _STRIDES_BEHIND.sub(r" -- \1", body.strip(f"{_BRACKETS}{_CLOSING}:"))
    if not body:
        body = "400 m @ 5k"
    elif (length := body.partition(" -- ")[0]) in _ON_THE_TRACK:
        body = f"{length} m{body.removeprefix(length)}"
    elif _ONE.match(body):
        body = f"1 {body}"
    elif said := _SAID.fullmatch(body):
        return f"{said[1]}, recover {said[2]}"
    return f"{_STRIDE if body.lower() in STRIDES else body}, recover {rest}"


def _end(cursor: Cursor, at: int) -> int:
    """How far ahead the step that begins there ends."""
    depth = 0
    while (token := cursor.ahead(at)).kind not in ("end", "newline"):
        if not depth and (token.text in (",", ")", ";", "then") or _is_followed_by(cursor, at)):
            break
        depth += {"(": 1, "[": 1, "{": 1, ")": -1, "]": -1, "}": -1}.get(token.text, 0)
        at += 1
    return at


def _is_followed_by(cursor: Cursor, at: int) -> bool:
    return (cursor.ahead(at).text, cursor.ahead(at + 1).text) == ("followed", "by")


def _line_end(cursor: Cursor) -> int:
    """How far ahead the line ends."""
    at = 0
    while cursor.ahead(at).kind not in ("end", "newline"):
        at += 1
    return at


def _is_recovery(cursor: Cursor, at: int) -> bool:
    """Whether the step that begins there may be one: ``90 s rest``, ``jog 2 min``, or ``1 min`` as in parentheses."""
    words = [cursor.ahead(one).text for one in range(at, _end(cursor, at))]
    has_unit = any(one in CANONICAL for one in words)
    is_bare = len(words) == 2 and cursor.ahead(at).kind == "number"
    return has_unit and (is_bare or words[0] in _RECOVERIES or words[-1] in (*_RECOVERIES, "easy"))
