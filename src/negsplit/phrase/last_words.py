"""What to write instead of words and signs behind the end of a step."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Final

from negsplit.diagnostics import Edit, Fix, Help
from negsplit.model import Role
from negsplit.phrase import step_names
from negsplit.phrase.bare_numbers import TARGET_WORDS
from negsplit.phrase.names import CERTAIN, LAP, at_short_with, is_with_slash
from negsplit.phrase.numbers import CANONICAL
from negsplit.phrase.pieces import (
    ENDS_FASTER,
    RUN_WITH,
    as_cue,
    ends_a_step,
    is_amount,
    is_last,
    last_token,
    parted,
    rest,
    shortened,
    step_from,
    target,
)
from negsplit.phrase.roles import ROLES
from negsplit.phrase.tokens import Cursor, PhraseError, Token

_RAMP: Final = "15 km @ 4:50/km -> 3:20/km by 1 km"
_TARGET_AND_CUE: Final = "a target goes after `@`, a cue after `--`"
_APART: Final = "or write each step on a line of its own, after `- `"
_JOINTS: Final = frozenset({";", "+", "&", "|", "then", "and", "or", "plus"})
_MORE: Final = re.compile(r"\s*/\s*(?=\d)")
"""What parts a cue from a step behind it: ``hard/1' easy``."""
MANNERS: Final = frozenset(
    (
        "hard",
        "h",
        "fast",
        "strong",
        "brisk",
        "relaxed",
        "hill",
        "hills",
        "stride",
        "strides",
        "uphill",
        "downhill",
        "pace",
    )
)
"""How a step is run, in words that name no pace."""


def trailing(cursor: Cursor, start: Token, role: Role | None, *, targeted: bool) -> PhraseError:
    """What to do with text behind the end of a phrase."""
    token = cursor.token
    before = str(cursor.text[start.start : cursor.last.end])
    helps = _by_word(cursor, start, before, role, targeted=targeted) or _cures(cursor, start, before, role, targeted)
    shown = cursor.raw(token.start, token.end)
    return cursor.error("trailing-text", f"`{shown}` does not belong here", token, token, *helps)


def _by_word(cursor: Cursor, start: Token, before: str, role: Role | None, *, targeted: bool) -> tuple[Help, ...]:
    """What one word tells: a name that touches, ``with``, ``by``, ``x 8``, ``name:``, ``off``, ``then``."""
    token, following, last = cursor.token, cursor.ahead(1), cursor.last
    if quoted := step_names.behind_seconds(cursor):
        head = cursor.raw(start.start, last.start).rstrip()
        title = f"write `{head} s {quoted}`; {step_names.OUTSIDE}"
        return (cursor.cure(title, start.start + len(head), last.start, " s "),)
    if step_names.touches(cursor):
        title = f"put a space before the name: `{before} {cursor.raw(token.start, cursor.length)}`"
        return (cursor.cure(title, token.start, token.start, " "),)
    if at_short_with(cursor) or token.text == "with":
        help = f"a total with a repeat in it is a line of its own: `- {RUN_WITH}`; a cue goes after `--`"
        return (help,) if "(" in step_from(cursor, 0) else (help, _cue(cursor, before))
    if token.text in ("by", "each", "every"):
        return (f"the length of splits goes after two paces, with `by`: `{_RAMP}`",)
    if token.text == "watch" and cursor.ahead(-2).text == "z":
        whole = f"watch Z{last.text}"
        return (cursor.cure(f"`watch` goes before its zone: `{whole}`", cursor.ahead(-2), token, whole),)
    if token.text == "button" and last.text == "lap":
        return (cursor.cure("write `lap-button`, or `lap` alone", last, token, "lap"),)
    if token.text == "x" and following.kind == "number":
        whole = f"{following.text}x({before}, recover lap)"
        ladder = f"the number comes first, in a ladder too: `{following.text} x {before}`"
        return (cursor.cure(f"write `{whole}`", start, following, whole), ladder)
    if token.text == "name" and following.text == ":":
        whole = f'{before} "{rest(cursor, 2)}"'
        return (cursor.cure(f"write `{whole}`", start, last_token(cursor), whole),)
    if token.text in ("on", "off") and not targeted and (ends_a_step(following) or following.text == "/"):
        whole = before if role or token.text == "on" else f"recover {before}"
        return (cursor.cure(f"write `{whole}`", start, token, whole),)
    if to := _progressing(cursor):
        paces = f"{cursor.text[token.start : cursor.ahead(to - 1).end]} -> {step_from(cursor, to + 2)}"
        end = cursor.ahead(to + 2).start + len(step_from(cursor, to + 2))
        title = f"from one pace to another: `{before} @ {paces}`"
        return (cursor.cure(title, last.end, end, f" @ {paces}"),)
    if then := _then(cursor, start):
        first, more = cursor.ahead(then - 1), cursor.ahead(then + 1)
        title = f"separate steps with a comma: `{cursor.raw(start.start, first.end)}, {step_from(cursor, then + 1)}`"
        return cursor.cure(title, first.end, more.start, ", "), _APART
    return ()


def _cures(cursor: Cursor, start: Token, before: str, role: Role | None, targeted: bool) -> tuple[Help, ...]:
    token, following = cursor.token, cursor.ahead(1)
    is_number = token.kind in ("number", "clock")
    gap = cursor.last.end, token.start
    joint = cursor.last.end, following.start
    if is_number and following.text == "/":
        return ("figures go right after `@`: `@ 5:00/km`",)
    if token.text in ROLES and ends_a_step(following):
        return _role_behind(cursor, start, before, role)
    if is_number or token.text in (*LAP, "until") or token.text in ROLES:
        return (cursor.cure(f"separate steps with a comma: `{before}, {rest(cursor)}`", *gap, ", "),)
    if token.text in ("and", "&", "+") and (targeted or (following.kind == "word" and following.text not in ROLES)):
        help = "targets go after `@` and are joined by `and`: `5:00/km and 180 spm`"
        if following.kind != "number":
            return (help,) if targeted else (cursor.cure(help, *joint, " @ "),)
        return (help, cursor.cure(f"separate steps with a comma: `, {rest(cursor, 1)}`", *joint, ", "))
    if token.text in _JOINTS:
        return (cursor.cure(f"separate steps with a comma: `{before}, {rest(cursor, 1)}`", *joint, ", "), _APART)
    if token.text == "->" and not targeted and is_amount(cursor, 1):
        return _growth(cursor, start)
    if token.kind != "word":
        return _by_sign(cursor, before, targeted=targeted)
    cue = _cue(cursor, before)
    if targeted or token.text in MANNERS:
        return (cue,)
    whole = f"{before} @ {target(cursor)}"
    return (cursor.cure(f"a target goes after `@`: `{whole}`", *gap, " @ "), cue)


def _progressing(cursor: Cursor) -> int:
    """How far ahead ``progressing to`` stands behind the name of a pace; 0 if it does not."""
    at = 1
    while not ends_a_step(cursor.ahead(at)) and cursor.ahead(at).text != "progressing":
        at += 1
    is_said = cursor.ahead(at).text == "progressing" and cursor.ahead(at + 1).text == "to"
    return at if is_said and cursor.token.kind == "word" else 0


def _growth(cursor: Cursor, start: Token) -> tuple[Help, ...]:
    """``60 min -> 90 min @ easy``: in a plan, what grows over its weeks is a param of the session."""
    at = 1
    while cursor.ahead(at + 1).kind == "number" or cursor.ahead(at + 1).text in CANONICAL:
        at += 1
    last, text = cursor.ahead(at), cursor.text
    growth = f"{text[start.start : cursor.last.end]} -> {text[cursor.ahead(1).start : last.end]}"
    rest = f"$total{text[last.end : cursor.length]}"
    values = f"with: {{total: {growth}}}"
    whole = f"`steps: {text[: start.start]}{rest}` and beside it `{values}`"
    title = f"in a plan, what grows over the weeks goes under `with`: {whole}"
    words = "only the pace of a step goes from one to another: `60 min @ easy -> steady`"
    kept = f"{text[start.start : cursor.last.end]}{text[last.end : cursor.length]}"
    once = cursor.cure(f"a single session has one length: `{shortened(kept)}`", cursor.last.end, last, "")
    if start.start:
        return (title, once, words)
    before = text.span.source.text[: text.span.start].rpartition("\n")[2]
    joint = ", " if "{" in before else f"\n{' ' * (len(before) - len(before.lstrip(' -')))}"
    return (cursor.cure(title, start, cursor.length, f"{rest}{joint}{values}"), once, words)


def _role_behind(cursor: Cursor, start: Token, before: str, role: Role | None) -> tuple[Help, ...]:
    """``10 min jog``: run, or done to recover."""
    token = cursor.token
    if role:
        return (_cue(cursor, before),)
    word = cursor.raw(token.start, token.end)
    whole = f"{word} {before}"
    helps = [cursor.cure(f"the role word comes first: `{whole}`", start, token, whole)]
    if token.text == "jog":
        whole = f"run {before}"
        helps.insert(0, cursor.cure(f"if it is the run: `{whole}`", start, token, whole))
    return tuple(helps)


def _cue(cursor: Cursor, before: str) -> Help:
    """The words from here to the end of the step as its cue, behind the target that stands among them."""
    gap, at = cursor.last.end, 0
    while not ends_a_step(cursor.ahead(at)) and cursor.ahead(at).text != "at":
        at += 1
    if cursor.ahead(at).text in ("@", "at") and at:
        last = last_token(cursor)
        words = cursor.text[cursor.token.start : cursor.ahead(at - 1).end]
        behind = f"{cursor.text[cursor.ahead(at).start : last.end]} -- {words}"
        title = f"a cue comes after the target: `{shortened(f'{before} {behind}')}`"
        return cursor.cure(title, gap, last, f" {behind}")
    words, end = as_cue(cursor)
    if more := _MORE.search(words):
        whole = f"{words[: more.start()]}, {words[more.end() :]}"
        title = f"a cue goes after `--`, and a comma before the next step: `{before} {whole}`"
        return cursor.cure(title, gap, end, f" {whole}")
    return cursor.cure(f"a cue goes after `--`: `{shortened(f'{before} {words}')}`", gap, end, f" {words}")


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
    first, before = cursor.token, str(cursor.text[start.start : cursor.last.end])
    at = 2 if is_with_slash(cursor) else 1
    word, last, behind = "with", cursor.ahead(at - 1), at
    if at == 2 and cursor.ahead(at).text == "o":
        word, behind = "without", at + 1
    more = step_from(cursor, behind)
    said, sign, target = parted(more)
    cue = f"{before} {sign} {target.strip()} -- {word} {said.strip()}" if sign else f"{before} -- {word} {more}"
    end = max(cursor.ahead(behind).start + len(more), last.end)
    cures = [
        ("if it is part of the total, write", f"{before} with {more}"),
        ("separate steps with a comma:", f"{before}, {more}"),
    ]
    is_more = word == "with" and cursor.ahead(behind).kind in ("number", "clock")
    help = [cursor.cure(f"{words} `{text}`", start, end, text) for words, text in cures if is_more and reads(text)]
    if not help:
        help = ["a cue goes after `--`"]
        if sign and any(one.isdigit() for one in said):
            help = [ENDS_FASTER]
        elif reads(cue):
            help = [cursor.cure(f"a cue goes after `--`: `{cue}`", start, end, cue)]
    message = f"`{cursor.raw(first.start, last.end)}` does not belong here"
    return cursor.error("trailing-text", message, first, last, *help)


def _by_sign(cursor: Cursor, before: str, *, targeted: bool) -> tuple[Help, ...]:
    """What to do with a sign where the phrase ``before`` it could have ended."""
    token, following = cursor.token, cursor.ahead(1)
    joint = cursor.last.end, following.start
    match token.text:
        case "/" if not targeted or token.start > cursor.last.end:
            return (_slashes(cursor),)
        case "," if targeted and following.text in TARGET_WORDS:
            title = "join two targets with `and`: `5:00/km and HR < 150`"
            return (cursor.cure(title, *joint, " and "),)
        case ",":
            return ("after a key there is one step; write several as a line of their own: `- run 1 mi, recover 2 min`",)
        case "(" if cursor.last.text == "x":
            return ("a comma, or a line of its own, separates a repeat from what comes before it",)
        case "(":
            return (*_in_parentheses(cursor, before, targeted=targeted), "parentheses are for repeats: `4x( )`")
        case "@":
            return ("separate steps with a comma; join targets with `and`",)
        case ".":
            return (cursor.cure("leave the full stop out", token, token, ""),)
        case ">" | "-" if targeted and ">" in (token.text, following.text):
            return (f"to go from one pace to another, write `->`: `{_RAMP}`",)
        case "-" | ":":
            title = f"a cue goes after two dashes: `{before} -- {rest(cursor, 1)}`"
            return (cursor.cure(title, *joint, " -- "),)
    return (_TARGET_AND_CUE,)


def _slashes(cursor: Cursor) -> Help:
    """Commas for this ``/`` and all further ones of the line that stand between blanks."""
    title = "halves are joined by `/` in `walk_run:` only; separate steps with a comma"
    edits: list[Edit] = []
    at = 0
    while (token := cursor.ahead(at)).kind not in ("end", "newline"):
        before, following = cursor.ahead(at - 1), cursor.ahead(at + 1)
        if token.text == "/" and (at == 0 or before.end < token.start < token.end < following.start):
            cure = cursor.cure(title, before.end, following.start, ", ")
            edits += cure.edits if isinstance(cure, Fix) else ()
        at += 1
    return Fix(title, tuple(edits)) if edits else title


def _in_parentheses(cursor: Cursor, before: str, *, targeted: bool) -> tuple[Help, ...]:
    """``2 km (marathon pace)``, ``10 km (relaxed)``, ``10 min (jog 3 min)``: a target, a cue, or the next step."""
    opening, at, gap = cursor.token, 1, cursor.last.end
    while not is_last(cursor.ahead(at)):
        at += 1
    closing = cursor.ahead(at)
    inner = str(cursor.text[opening.end : closing.start])
    if closing.text != ")" or any(sign in inner for sign in '(@"'):
        return ()
    says_more = cursor.ahead(1).kind == "number" and not (is_amount(cursor, 1) and at == 3)
    if cursor.ahead(1).text in ROLES or says_more:
        more = "" if is_last(cursor.ahead(at + 1)) else ","
        return (cursor.cure(f"separate steps with a comma: `{before}, {inner}`", gap, closing, f", {inner}{more}"),)
    is_pace = inner.lower() in CERTAIN or cursor.ahead(at - 1).text == "pace"
    sign, what = ("@", "target") if is_pace and not targeted else ("--", "cue")
    whole = f"{before} {sign} {inner}"
    return (cursor.cure(f"a {what} comes after `{sign}`: `{whole}`", gap, closing, f" {sign} {inner}"),)
