"""What to write instead of text that does not fit: the likeliest meaning of what stands there."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from difflib import SequenceMatcher, get_close_matches
from functools import lru_cache
from typing import Final

from negsplit.diagnostics import did_you_mean
from negsplit.model import Role
from negsplit.phrase import step_names
from negsplit.phrase.names import LAP, at_short_with, is_with_slash
from negsplit.phrase.numbers import CANONICAL
from negsplit.phrase.roles import ROLES
from negsplit.phrase.tokens import Cursor, PhraseError, Token

RUN_WITH: Final = "9 mi with 5x(600 m @ 5k, 90 s)"
"""How a run with a repeat in it is written."""
_RAMP: Final = "15 km @ 4:50/km -> 3:20/km by 1 km"
_TARGET_AND_CUE: Final = "a target comes after `@`, a cue after `--`"
_LONGEST_UNIT: Final = 12
_TARGET_UNITS: Final = frozenset({"bpm", "w", "watt", "watts", "spm", "mph", "kph", "rpe"})
_TARGETS: Final = frozenset({"hr", "rpe", "power", "z", "zone"})
_FILLERS: Final = frozenset({"about", "by", "for", "in", "of", "then", "to"})
_KEYS: Final = frozenset({"repeat", "progression", "ladder", "use"})
_ROLE_WORDS: Final = "the role words are: " + ", ".join(role.value for role in Role)
_AMOUNT: Final = "a duration is a number and a unit: `10 min`, `400 m`"
_BODY_END: Final = re.compile(r"[,()\[\]{};\n]|\bw/|/(?!\s*(?:km|mi|h|s)\b)")
_JOINTS: Final = frozenset({";", "+", "&", "|", "then", "and", "or", "plus"})


def no_duration(cursor: Cursor, role: Role | None) -> PhraseError:
    """Why a phrase cannot begin as it does."""
    token = cursor.token
    shown = cursor.raw(token.start, token.end)
    if token.kind == "word":
        return _no_duration_but_word(cursor, role)
    if token.text in ("@", "at"):
        help = "write `10 min @ ...`, `lap @ ...`, or a role word first: `run @ ...`"
        return cursor.error("missing-duration", "a duration is missing before the target", token, token, help)
    if token.text == "--":
        help = "write `10 min -- ...`, `lap -- ...`, or a role word first: `run -- ...`"
        return cursor.error("missing-duration", "a duration is missing before the cue", token, token, help)
    if step_names.opens(cursor):
        help = 'write for example `20 s "High knees"`, or a role word first: `run "High knees"`'
        return cursor.error("missing-duration", "a duration is missing before the name", token, token, help)
    if token.text in ("(", "[", "{"):
        help = "a repeat is a number, `x` and parentheses: `4x(400 m @ 5k, 1 min)`"
        return cursor.error("repeat", f"`{shown}` without a number of repetitions", token, token, help)
    return cursor.unexpected("a duration", "for example `10 min`, `400 m`, `lap`")


def _no_duration_but_word(cursor: Cursor, role: Role | None) -> PhraseError:
    token, following = cursor.token, cursor.ahead(1)
    shown = cursor.raw(token.start, token.end)
    if token.text == "with":
        help = f"write it first: `{RUN_WITH}`"
        return cursor.error("total", "a time or a distance in all is needed before `with`", token, token, help)
    if token.text in ROLES:
        helps = ["a step has one role; a comma separates steps"]
        eases = role in (Role.WARMUP, Role.COOLDOWN, None) and token.text in ("walk", "jog")
        if eases and following.kind in ("number", "clock"):
            lasts = cursor.raw(following.start, max(following.end, cursor.ahead(2).end))
            target = _target_ahead(cursor, 1)
            helps.append(f"how it is done is a cue: `{lasts} {target}-- {token.text}`")
        return cursor.error("two-roles", f"`{shown}` is a second role word", token, token, *helps)
    if token.text in _TARGETS:
        help = f"a target comes after `@`: `10 min @ {_target(cursor)}`"
        return cursor.error("target-first", f"`{shown}` begins a target, no duration", token, token, help)
    if token.text == "x" and following.kind == "number":
        help = "the number comes first: `4x(400 m @ 5k, 1 min)`"
        return cursor.error("repeat", "a repeat is a number, `x` and parentheses", token, following, help)
    if token.text in _KEYS and not role:
        help = f"it begins an item of a list of its own: `- {token.text}: ...`"
        return cursor.stray(f"`{shown}` is a key, and this is a line of text", token, token, help)
    near = None if role or token.text in _FILLERS else did_you_mean(token.text, ROLES)
    if following.kind in ("number", "clock"):
        unit = cursor.ahead(2)
        last = unit if unit.text in CANONICAL else following
        meant = f"a target comes after the duration: `{cursor.raw(following.start, last.end)} @ {shown}`"
        if token.text in _FILLERS:
            meant = f"leave it out: `{cursor.raw(following.start, last.end)}`"
        cures = (meant,) if role or token.text in _FILLERS else (meant, _ROLE_WORDS)
        message = f"`{shown}` is no role and no duration"
    else:
        cures = (f"a target comes after `@`: `10 min @ {_target(cursor)}`", _AMOUNT)
        message = f"`{shown}` is no duration"
    return cursor.stray(message, token, token, *((f"did you mean `{near}`?",) if near else cures))


def trailing(cursor: Cursor, start: Token, role: Role | None, *, targeted: bool) -> PhraseError:
    """What to do with text behind the end of a phrase."""
    token = cursor.token
    help = _cure(cursor, start, role, targeted=targeted)
    shown = cursor.raw(token.start, token.end)
    return cursor.error("trailing-text", f"`{shown}` does not belong here", token, token, help)


def _cure(cursor: Cursor, start: Token, role: Role | None, *, targeted: bool) -> str:
    token, following = cursor.token, cursor.ahead(1)
    before = cursor.raw(start.start, cursor.last.end)
    is_number = token.kind in ("number", "clock")
    if quoted := step_names.behind_seconds(cursor):
        return f"write `{cursor.raw(start.start, cursor.last.start).rstrip()} s {quoted}`; {step_names.OUTSIDE}"
    if step_names.touches(cursor):
        return f"a blank stands before a name: `{before} {cursor.raw(token.start, cursor.length)}`"
    if at_short_with(cursor) or token.text == "with":
        return f"a total with a repeat in it is a line of its own: `- {RUN_WITH}`; a cue comes after `--`"
    if token.text in ("by", "each", "every"):
        return f"the length of splits stands behind two paces, with `by`: `{_RAMP}`"
    if token.text == "watch" and cursor.ahead(-2).text == "z":
        return f"`watch` stands before its zone: `watch Z{cursor.last.text}`"
    if token.text == "button" and cursor.last.text == "lap":
        return "write `lap-button`, or `lap` alone"
    if token.text == "x" and following.kind == "number":
        times = following.text
        return f"the number comes first: `{times}x({before})`, or in a ladder `{times} x {before}`"
    if token.text == "name" and following.text == ":":
        return f'write `{before} "{_rest(cursor, 2)}"`'
    if token.text in ("on", "off") and not targeted and (_ends_a_step(following) or following.text == "/"):
        written = before if role or token.text == "on" else f"recover {before}"
        return f"write `{written}`"
    if then := _then(cursor, start):
        first = cursor.raw(start.start, cursor.ahead(then - 1).end)
        return f"a comma separates steps: `{first}, {_from(cursor, then + 1)}`"
    if is_number and following.text == "/":
        return "figures stand right behind `@`: `@ 5:00/km`"
    if token.text in ROLES and not role and _ends_a_step(following):
        return f"the role word comes first: `{cursor.raw(token.start, token.end)} {before}`"
    if is_number or token.text in (*LAP, "until") or token.text in ROLES:
        return f"a comma separates steps: `{before}, {_rest(cursor)}`"
    if token.text in ("and", "&", "+") and (targeted or (following.kind == "word" and following.text not in ROLES)):
        return "targets stand behind `@` and are joined by `and`: `5:00/km and 180 spm`"
    if token.text in _JOINTS:
        return f"a comma separates steps: `{before}, {_rest(cursor, 1)}`"
    if token.kind == "word" and not targeted and _target_ahead(cursor, 0):
        return f"a target comes before the cue: `{_with_cue(cursor, before, 0)}`"
    if token.kind == "word" and not targeted:
        return f"a target comes after `@`: `{before} @ {_target(cursor)}`; a cue after `--`"
    return _cure_of_sign(cursor, before, targeted=targeted)


def _then(cursor: Cursor, start: Token) -> int:
    """How far ahead (less than nothing: behind) the last ``then`` is that was read as part of a name; 0 without one."""
    at = -1
    while (token := cursor.ahead(at)).start > start.start:
        if token.text == "then":
            return at
        at -= 1
    return 0


def short_for_with(cursor: Cursor, start: Token, reads: Callable[[str], bool]) -> PhraseError:
    """Why ``w/`` does not stand behind a step, and what it is short for: more of the run, more steps, or words.

    ``reads`` says whether nothing is wrong with a line that begins as this one does at ``start``.
    """
    first, before = cursor.token, cursor.raw(start.start, cursor.last.end)
    at = 2 if is_with_slash(cursor) else 1
    word, last, behind = "with", cursor.ahead(at - 1), at
    if at == 2 and cursor.ahead(at).text == "o":
        word, behind = "without", at + 1
    more, cue = _from(cursor, behind), _with_cue(cursor, before, behind, f"{word} ")
    cures = [("in the total it is", f"{before} with {more}"), ("a comma separates steps:", f"{before}, {more}")]
    is_more = word == "with" and cursor.ahead(behind).kind in ("number", "clock")
    help = [f"{words} `{text}`" for words, text in cures if is_more and reads(text)]
    if not help:
        help = [f"a cue comes after `--`: `{cue}`" if reads(cue) else "a cue comes after `--`"]
    message = f"`{cursor.raw(first.start, last.end)}` does not belong here"
    return cursor.error("trailing-text", message, first, last, *help)


def _from(cursor: Cursor, at: int) -> str:
    """What stands from a token that far ahead to the end of its step or repeat."""
    depth = 0
    first = end = cursor.ahead(at)
    while (token := cursor.ahead(at)).kind not in ("end", "newline") and not (depth == 0 and token.text in (",", ")")):
        depth += {"(": 1, ")": -1}.get(token.text, 0)
        end = token
        at += 1
    return cursor.raw(first.start, end.end)


def _ends_a_step(token: Token) -> bool:
    return token.kind in ("end", "newline") or token.text in (",", ")", "@", "--")


def _cure_of_sign(cursor: Cursor, before: str, *, targeted: bool) -> str:
    """What to do with a sign where the phrase ``before`` it could have ended."""
    match cursor.token.text:
        case "/" if not targeted:
            return "halves are joined by `/` in `walk_run:` only; a comma separates steps"
        case "," if targeted and cursor.ahead(1).text in _TARGETS:
            return "two targets are joined by `and`: `5:00/km and HR < 150`"
        case ",":
            return "behind a key stands one step; several are a line of their own: `- run 1 mi, recover 2 min`"
        case "(" if cursor.last.text == "x":
            return "a comma, or a line of its own, separates a repeat from what stands before it"
        case "(":
            return f"parentheses belong to repeats: `4x( )`; {_TARGET_AND_CUE}"
        case "@":
            return "a comma separates steps; targets are joined by `and`"
        case ".":
            return "leave the point out"
        case ">" | "-" if targeted and ">" in (cursor.token.text, cursor.ahead(1).text):
            return f"from one pace to another is written `->`: `{_RAMP}`"
        case "-" | ":":
            return f"a cue comes after two dashes: `{_with_cue(cursor, before, 1)}`"
    return _TARGET_AND_CUE


def _rest(cursor: Cursor, at: int = 0) -> str:
    """What stands from here, or from a token further on, to the end of the phrase."""
    start = end = cursor.ahead(at)
    while not _ends_a_step(end):
        at += 1
        last, end = end, cursor.ahead(at)
        if _ends_a_step(end):
            return cursor.raw(start.start, last.end)
    return "..."


def _with_cue(cursor: Cursor, before: str, at: int, lead: str = "") -> str:
    """A step with the words that far ahead as its cue, and with the target behind them before it."""
    return f"{before} {_target_ahead(cursor, at)}-- {lead}{_rest(cursor, at)}"


def _target_ahead(cursor: Cursor, at: int) -> str:
    """``@ easy`` and a blank, where the words from that far ahead end so; else nothing."""
    while not _ends_a_step(first := cursor.ahead(at)):
        at += 1
    if first.text != "@":
        return ""
    while not _ends_a_step(cursor.ahead(at + 1)):
        at += 1
    return f"{cursor.raw(first.start, cursor.ahead(at).end)} "


def _target(cursor: Cursor) -> str:
    """The words from here to where the phrase ends, or to one that joins more steps to it."""
    at = 0
    while not _ends_a_step(token := cursor.ahead(at + 1)) and token.text not in ("then", "with", "w"):
        at += 1
    return cursor.raw(cursor.token.start, cursor.ahead(at).end)


# --- Amounts ---------------------------------------------------------------------------------------


def metres(cursor: Cursor, number: Token, unit: Token, meant: str) -> PhraseError:
    """Why metres do not go with a time: ``1h30m``."""
    shown = cursor.raw(number.start, unit.end)
    return cursor.error("metres", f"`{shown}` is metres, and stands beside a time", number, unit, f"write `{meant}`")


def target_first(cursor: Cursor, number: Token, last: Token) -> PhraseError:
    """Why a target is no duration: ``5:00/km``."""
    shown = cursor.raw(number.start, last.end)
    message = f"`{shown}` is a target, no duration"
    cursor.skip_to(last.end)
    meant = f"10 km @ {shown} {_rest(cursor)}" if cursor.sees("->") else f"10 min @ {shown}"
    return cursor.error("target-first", message, number, last, f"a target comes after `@`: `{meant}`")


def no_unit(cursor: Cursor, number: Token, wanted: str) -> PhraseError:
    """Why the number behind which the cursor stands is not ``wanted``: no unit of it stands here."""
    token = cursor.token
    if last := _end_of_target(cursor):
        return target_first(cursor, number, last)
    if token.text in ("x", "*", "times", "reps", "("):
        return _repeat_error(cursor, number, token)
    if token.kind == "fraction":
        help = f"for example `{number.text}.5`"
        return cursor.error("decimal", "fractions are written as decimals", number, token, help)
    if token.kind == "word" and token.text in ("to", "or"):
        help = "a range is written with two points: `6..8 mi`"
        return cursor.error("range", f"`{token.text}` makes no range", number, token, help)
    usual = {"a time": ("s", "min"), "a distance": ("km", "mi")}.get(wanted, ("min", "s", "km", "m"))
    if token.kind == "word" and token.text not in ("in", "at", "and"):
        return _unknown_unit(cursor, number, usual)
    meant = [f"{number.text} {unit}" for unit in usual]
    if wanted == "a time" and len(number.text.partition(".")[2]) == 2:
        meant = [number.text.replace(".", ":")]
    help = f"write {_either(f'`{one}`' for one in meant)}"
    return cursor.error("missing-unit", f"`{number.text}` needs a unit", number, number, help)


def _end_of_target(cursor: Cursor) -> Token | None:
    """The last token of what makes the number before it a target: ``/km``, ``min/km``, ``bpm``, ``%``. None without."""
    token = cursor.token
    slash = 1 if token.text == "min" else 0
    if cursor.ahead(slash).text == "/":
        unit = cursor.ahead(slash + 1)
        return unit if unit.kind == "word" else cursor.ahead(slash)
    return token if token.text in _TARGET_UNITS or token.text == "%" else None


def _unknown_unit(cursor: Cursor, number: Token, usual: tuple[str, ...]) -> PhraseError:
    """What a word behind a number may be meant as: a unit that is spelt alike, else the ``usual`` ones."""
    token = cursor.token
    near = _near_units(token.text)
    units = _either(f"`{number.text} {unit}`" for unit in near or usual)
    help = f"did you mean {units}?" if near else f"write {units}; a target comes after `@`"
    shown = cursor.raw(token.start, token.end)
    return cursor.error("unknown-unit", f"`{shown}` is no unit of time or distance", token, token, help)


def _repeat_error(cursor: Cursor, number: Token, sign: Token) -> PhraseError:
    """``6x400 m``, ``6 times (400 m)``, ``6 (400 m)``: what only looks like a repeat."""
    if sign.text == "x" and cursor.token.text == "x" and cursor.ahead(1).text == "(":
        alone = f"write it as a line of its own: `- {cursor.raw(number.start, cursor.length)}`"
        return cursor.error("repeat", "a repeat does not belong here", number, cursor.ahead(1), alone)
    rest = cursor.raw(sign.start if sign.text == "(" else sign.end, cursor.length).lstrip(" ([{")
    body = _BODY_END.split(rest, maxsplit=1)[0].strip().rstrip("x×")
    body = "400 m @ 5k" if not body or body.isdigit() else body
    times = number.text
    if cursor.ahead(-2).text in ("..", "-") and cursor.ahead(-3).kind == "number":
        times = f"{cursor.ahead(-3).text}..{times}"
    help = (f"write `{times}x({body})`", f"a recovery stands inside too: `{times}x({body}, 1 min)`")
    return cursor.error("repeat", "a repeat is a number, `x` and parentheses", number, sign, *help)


@lru_cache(maxsize=256)
def _near_units(word: str) -> list[str]:
    """The units that a misspelt one is nearest to, ``min`` before the others."""
    if len(word) > _LONGEST_UNIT:
        return []
    close = get_close_matches(word, CANONICAL, n=5, cutoff=0.6)
    likeness = {unit: SequenceMatcher(None, word, unit).ratio() for unit in close}
    near = [unit for unit in close if likeness[unit] > max(likeness.values()) - 0.15]
    return sorted(dict.fromkeys(CANONICAL[unit] for unit in near), key=lambda unit: unit != "min")


def _either(things: Iterable[str]) -> str:
    *front, last = things
    return f"{', '.join(front)} or {last}" if front else last
