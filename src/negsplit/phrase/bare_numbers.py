"""What a number may be meant as that has no unit of time or distance behind it."""

from __future__ import annotations

import re
from collections.abc import Iterable
from decimal import Decimal
from functools import lru_cache
from typing import Final

from negsplit.diagnostics import Help
from negsplit.phrase import repeats
from negsplit.phrase.names import CERTAIN, ZONE, is_with_slash
from negsplit.phrase.numbers import CANONICAL
from negsplit.phrase.pieces import rest, shortened, step_from
from negsplit.phrase.tokens import Cursor, PhraseError, Token

TARGET_WORDS: Final = frozenset({"hr", "rpe", "power", *ZONE})
"""What begins a target of another kind than a pace."""
_TARGET_UNITS: Final = frozenset({"bpm", "w", "watt", "watts", "spm", "mph", "kph", "rpe"})
_LONGEST_UNIT: Final = 12
_FEWEST_SECONDS: Final = 60
_FEWEST_METRES: Final = 100
"""From here on a number without a unit is rather seconds, and rather metres."""

_CLOCK_WITHOUT_COLON: Final = re.compile(r"[1-9]\d[0-5]\d", re.ASCII)
"""``2230``, which may be meant as ``22:30``."""


def metres(cursor: Cursor, number: Token, unit: Token, meant: str) -> PhraseError:
    """Why metres do not go with a time: ``1h30m``."""
    shown = cursor.raw(number.start, unit.end)
    help = cursor.cure(f"write `{meant}`", number, unit, meant)
    return cursor.error("metres", f"`{shown}` is metres, next to a time", number, unit, help)


def target_first(cursor: Cursor, number: Token, last: Token) -> PhraseError:
    """Why a target is no duration: ``5:00/km``."""
    shown = cursor.raw(number.start, last.end)
    message = f"`{shown}` is a target, not a duration"
    cursor.skip_to(last.end)
    meant = f"10 km @ {shown} {rest(cursor)}" if cursor.sees("->") else f"10 min @ {shown}"
    title = f"a target goes after `@`: `{meant}`"
    length, unit = cursor.token, cursor.ahead(1)
    if length.kind == "number" and unit.text in CANONICAL:
        whole = f"{cursor.text[length.start : unit.end]} @ {cursor.text[number.start : last.end]}"
        help = cursor.cure(f"a target goes after the duration: `{whole}`", number, unit, whole)
    else:
        help = cursor.cure(title, number.start, number.start, "lap @ ")
    return cursor.error("target-first", message, number, last, help)


def no_unit(cursor: Cursor, number: Token, wanted: str) -> PhraseError:
    """Why the number behind which the cursor stands is not ``wanted``: no unit of it stands here."""
    token, is_with = cursor.token, is_with_slash(cursor)
    if not is_with and (last := _end_of_target(cursor)):
        return _share_of_work(cursor, number) if last.text == "%" else target_first(cursor, number, last)
    if token.text in ("x", "*", "times", "reps", "("):
        return _repeat_error(cursor, number, token)
    if token.kind == "fraction":
        help = cursor.cure(f"for example `{number.text}.5`", number, token, f"{number.text}.5")
        return cursor.error("decimal", "write fractions as decimals", number, token, help)
    if token.kind == "word" and token.text in ("to", "or"):
        title = "write a range with two dots: `6..8 mi`"
        help = cursor.cure(title, number.end, cursor.ahead(1).start, "..")
        return cursor.error("range", f"`{token.text}` does not make a range", number, token, help)
    if token.text in repeats.STRIDES:
        help = repeats.strides(cursor, number, token)
        return cursor.error("repeat", "a repeat is a number, `x` and parentheses", number, token, help)
    usual = {"a time": ("s", "min"), "a distance": ("km", "mi")}.get(wanted, _usual(number))
    if token.kind == "word" and token.text not in ("in", "at", "and") and not is_with:
        return _unknown_unit(cursor, number, usual)
    meant = [f"{number.text} {unit}" for unit in usual]
    if wanted == "a time" and len(number.text.partition(".")[2]) == 2:
        meant = [number.text.replace(".", ":")]
    elif wanted == "a time" and _CLOCK_WITHOUT_COLON.fullmatch(number.text):
        meant = [f"{number.text[:2]}:{number.text[2:]}", f"{number.text} s"]
    helps = (cursor.cure(f"write `{one}`", number, number, one) for one in meant)
    return cursor.error("missing-unit", f"`{number.text}` needs a unit", number, number, *helps)


def _share_of_work(cursor: Cursor, number: Token) -> PhraseError:
    """``jog 50-90% interval time``: a step has no length that is a share of another's."""
    percent = cursor.token
    cursor.return_to(number.start)
    if cursor.last.text in ("-", ".."):
        cursor.step(-2)
    number, words = cursor.token, step_from(cursor, 0)
    if cursor.last.kind == "word" and not any(sign in words for sign in '@("'):
        whole = f"lap -- {words}"
        end = number.start + len(words)
        help = cursor.cure(f"how long is for you to say; as a cue: `{shortened(whole)}`", number.start, end, whole)
        shown = cursor.raw(number.start, percent.end)
        return cursor.error("target-first", f"`{shown}` is no duration", number, percent, help)
    cursor.skip_to(percent.start)
    return target_first(cursor, number, percent)


def _usual(number: Token) -> tuple[str, ...]:
    if number.kind == "clock" or Decimal(number.text) < _FEWEST_SECONDS:
        return "min", "s", "km", "m"
    return ("s", "min", "m") if Decimal(number.text) < _FEWEST_METRES else ("m", "s", "min")


def _end_of_target(cursor: Cursor) -> Token | None:
    """The last token of what makes the number before it a target: ``/km``, ``min/km``, ``bpm``, ``%``. None without."""
    token = cursor.token
    slash = 1 if token.text == "min" else 0
    if cursor.ahead(slash).text == "/":
        unit = cursor.ahead(slash + 1)
        return unit if unit.kind == "word" else cursor.ahead(slash)
    return token if token.text in _TARGET_UNITS or token.text == "%" else None


def _unknown_unit(cursor: Cursor, number: Token, usual: tuple[str, ...]) -> PhraseError:
    """What a word behind a number may be meant as: a unit that is spelt alike, else a target behind the usual ones."""
    token = cursor.token
    near = _near_units(token.text)
    shown = cursor.raw(token.start, token.end)
    helps: Iterable[Help]
    if near:
        meant = (f"{number.text} {unit}" for unit in near)
        helps = (cursor.cure(f"did you mean `{one}`?", number, token, one) for one in meant)
    else:
        written = [f"{number.text} {unit} @ {token.text}" for unit in usual]
        words = f"run -- {number.text} {step_from(cursor, 0)}"
        helps = [cursor.cure(f"write `{one}`", number, token, one) for one in written]
        if "@" not in words and "(" not in words and token.text not in CERTAIN:
            end = token.start + len(step_from(cursor, 0))
            helps.append(cursor.cure(f"if it is a cue: `{shortened(words)}`", number, end, words))
    return cursor.error("unknown-unit", f"`{shown}` is not a unit of time or distance", token, token, *helps)


def _repeat_error(cursor: Cursor, number: Token, sign: Token) -> PhraseError:
    """``6 (400 m)``, and ``6 x 400 m`` where no repeat can stand."""
    if sign.text == "x" and cursor.token.text == "x" and cursor.ahead(1).text == "(":
        alone = f"write it as a line of its own: `- {cursor.raw(number.start, cursor.length)}`"
        return cursor.error("repeat", "a repeat does not belong here", number, cursor.ahead(1), alone)
    return repeats.no_parentheses(cursor, number, sign if sign.text == "(" else cursor.ahead(1))


@lru_cache(maxsize=256)
def _near_units(word: str) -> list[str]:
    """The units that a misspelt one is nearest to, ``min`` before the others."""
    if len(word) > _LONGEST_UNIT:
        return []
    from difflib import SequenceMatcher, get_close_matches

    close = get_close_matches(word, CANONICAL, n=5, cutoff=0.6)
    likeness = {unit: SequenceMatcher(None, word, unit).ratio() for unit in close}
    near = [unit for unit in close if likeness[unit] > max(likeness.values()) - 0.15]
    return sorted(dict.fromkeys(CANONICAL[unit] for unit in near), key=lambda unit: unit != "min")
