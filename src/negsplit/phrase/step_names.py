"""The name of a step, in double quotes behind what the step is: ``20 s "High knees"``.

A ``"`` behind a number that waits for its unit is seconds, ``90 " @ 5k``; any other plain one behind a blank opens a
name, up to the next on its line. What stands in it parts nothing.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Final

from negsplit.diagnostics import Help
from negsplit.phrase.tokens import Cursor, PhraseError, Token
from negsplit.tree.flow import comma_ends, comment_ends, is_before_comma, is_before_comment

_NAME: Final = re.compile(r'(?<!\S)"[^"\n]*"')
_JOINT: Final = re.compile(r"^(?:then|and)\s+", re.IGNORECASE)
_WAITING: Final = re.compile(r"\d\s+$")
_BEHIND_SECONDS: Final = " \t,)@-/"
_OTHER_QUOTES: Final = re.compile(r"(?:''|[“”„«»‘’‚'])(?P<name>[^\n“”„«»‘’‚'\"]+)(?:''|[“”„«»‘’‚'])")
_TYPOGRAPHIC: Final = re.compile(r"“([^\n“”\"]+)[”“]|„([^\n“”„\"]+)[“”]|‘([^\n‘’\"]+)’|«([^\n«»\"]+)»")
OUTSIDE: Final = "where the whole text goes in quotes, they are `'...'`"


def opens(cursor: Cursor, at: int = 0) -> bool:
    """Whether a plain ``"`` behind a blank is the token that far ahead."""
    token, text = cursor.ahead(at), cursor.text
    return token.text == '"' and text[token.start : token.end] == '"' and not text[: token.start][-1:].strip()


def has_close(cursor: Cursor, at: int = 0) -> bool:
    """Whether a name opens there, by its looks: its first word touches the quote, and another quote follows."""
    return opens(cursor, at) and re.compile(r'"\S[^"\n]*"').match(cursor.text, cursor.ahead(at).start) is not None


def typographic(cursor: Cursor) -> str:
    """Steps over a name between ``“ ”``, ``„ “``, ``‘ ’`` or ``« »``, as texts are pasted; empty where none opens."""
    text, start = cursor.text, cursor.token.start
    found = _TYPOGRAPHIC.match(text, start) if not text[:start][-1:].strip() else None
    name = " ".join(found[found.lastindex or 0].split()) if found else ""
    if found and name:
        cursor.skip_to(found.end())
    return name


def read(cursor: Cursor) -> str:
    """The name that opens here, in single blanks; the cursor then stands behind it."""
    quote, text = cursor.token, cursor.text
    close = re.compile(r'"|\n|$').search(text, quote.end)
    if close is None or close.group() != '"':
        help = 'add `"` after the name'
        if is_before_comma(text.span):
            help = comma_ends(text.span)
        elif is_before_comment(text.span):
            help = comment_ends(text.span)
        error = cursor.error("quote", "this quote is never closed", quote, quote, help)
        error.resume = close.start() if close else cursor.length
        raise error
    name = " ".join(text[quote.end : close.start()].split())
    if not name:
        help = 'write it between the quotes, `20 s "High knees"`, or leave them out'
        raise cursor.error("empty", "this name is empty", quote.start, close.end(), help)
    cursor.skip_to(close.end())
    return name


def spans(text: str) -> list[tuple[int, int]]:
    """Where names, and cues in quotes, stand in a text: what is cut before it is read is cut beside them."""
    found, at = [], 0
    while name := _NAME.search(text, at):
        waits = _WAITING.search(text, max(0, name.start() - 8), name.start()) is not None
        is_seconds = waits and text[name.start() + 1] in _BEHIND_SECONDS
        found += [] if is_seconds else [name.span()]
        at = name.start() + 1 if is_seconds else name.end()
    return found


def is_in(spans: list[tuple[int, int]], offset: int) -> bool:
    """Whether a character lies within one of them."""
    return any(start <= offset < end for start, end in spans)


def in_other_quotes(cursor: Cursor, before: str) -> PhraseError | None:
    """What to raise where a name stands in quotes of another kind behind ``before``."""
    token = cursor.token
    if found := _OTHER_QUOTES.match(cursor.text, token.start):
        name = " ".join(found["name"].split())
        help = cursor.cure(f'write `{before} "{name}"`', *found.span(), f'"{name}"')
        return cursor.error("quote", "a name goes in plain double quotes", *found.span(), help, OUTSIDE)
    return None


def behind_seconds(cursor: Cursor) -> str:
    """The name that was to begin where its first quote was read as seconds, ``20 "High knees"``; empty without one."""
    quote, text = cursor.last, cursor.text
    found = _NAME.match(text, quote.start) if quote.text == '"' and cursor.token.start == quote.end else None
    return found.group() if found else ""


def touches(cursor: Cursor) -> bool:
    """Whether a name opens here but for the blank before it."""
    return re.compile(r'"[^"\n]+"$').match(cursor.text, cursor.token.start) is not None


def misplaced(cursor: Cursor, start: Token, quote: Token, reads: Callable[[str], bool]) -> PhraseError:
    """Why a name cannot stand before that with which the step goes on; ``reads`` says what is a step."""
    name, at = cursor.raw(quote.start, cursor.last.end), 0
    while cursor.ahead(at).kind not in ("end", "newline") and cursor.ahead(at).text not in (",", ")", "--"):
        at += 1
    rest = cursor.raw(cursor.token.start, cursor.ahead(at - 1).end)
    step, more = cursor.raw(start.start, quote.start).strip(), _JOINT.sub("", rest)
    help: Help = "a target goes after `@`, a cue after `--`"
    end = cursor.ahead(at - 1)
    if reads(whole := f"{step} {rest} {name}"):
        help = cursor.cure(f"write `{whole}`", start, end, whole)
    elif reads(more):
        whole = f"{step} {name}, {more}"
        help = cursor.cure(f"separate steps with a comma: `{whole}`", start, end, whole)
    elif reads(whole := f"{step} @ {more} {name}"):
        help = cursor.cure(f"a target goes after `@`: `{whole}`; a cue after `--`", start, end, whole)
    return cursor.error("order", "a name goes after the amount and the targets", quote, cursor.last, help, OUTSIDE)
