"""The rest of a step in words, from where somebody stopped understanding it: for messages and what they propose."""

from __future__ import annotations

import re
from typing import Final

from negsplit.phrase.names import CERTAIN
from negsplit.phrase.numbers import CANONICAL
from negsplit.phrase.tokens import Cursor, Token

RUN_WITH: Final = "9 mi with 5x(600 m @ 5k, 90 s)"
"""How a run with a repeat in it is written."""
ENDS_FASTER: Final = "a run that ends faster is two steps: `9 km @ easy, 3 km @ 10k`"
_SIGN: Final = re.compile(r"@|(?<!\S)at(?=\s)")
_LONGEST: Final = 80
"""Characters of a proposal that a message shows."""


def ends_a_step(token: Token) -> bool:
    """Whether a token ends the words of a step: a separator, a target or a cue."""
    return is_last(token) or token.text in ("@", "--")


def is_last(token: Token) -> bool:
    """Whether a token ends a step."""
    return token.kind in ("end", "newline") or token.text in (",", ")")


def rest(cursor: Cursor, at: int = 0) -> str:
    """What stands from here, or from a token further on, to the end of the phrase."""
    start = end = cursor.ahead(at)
    while not ends_a_step(end):
        at += 1
        last, end = end, cursor.ahead(at)
        if ends_a_step(end):
            return cursor.raw(start.start, last.end)
    return "..."


def step_from(cursor: Cursor, at: int) -> str:
    """What stands from a token that far ahead to the end of its step or repeat."""
    depth = 0
    first = end = cursor.ahead(at)
    while (token := cursor.ahead(at)).kind not in ("end", "newline") and not (depth == 0 and token.text in (",", ")")):
        depth += {"(": 1, ")": -1}.get(token.text, 0)
        end = token
        at += 1
    return str(cursor.text[first.start : end.end])


def target(cursor: Cursor) -> str:
    """The words from here to where the phrase ends, or to one that joins more steps to it."""
    at = 0
    while not ends_a_step(token := cursor.ahead(at + 1)) and token.text not in ("then", "with", "w"):
        at += 1
    return cursor.raw(cursor.token.start, cursor.ahead(at).end)


def parted(words: str) -> tuple[str, str, str]:
    """What stands before the target in some words, its sign, and the target; no sign where there is none."""
    sign = _SIGN.search(words)
    return (words[: sign.start()], "@", words[sign.end() :]) if sign else (words, "", "")


def shortened(written: str) -> str:
    """A line that is proposed, as far as a message shows it."""
    return written if len(written) <= _LONGEST else f"{written[:_LONGEST]}..."


def last_token(cursor: Cursor) -> Token:
    """The last token from here to the end of the step."""
    at = 0
    while not is_last(cursor.ahead(at + 1)):
        at += 1
    return cursor.ahead(at)


def as_cue(cursor: Cursor) -> tuple[str, int]:
    """The words from here to the end of the step as its cue, and where they end.

    They stand in quotes where they need them. A pace at their end is the target, ``@ easy -- relaxed``.
    """
    text = cursor.text
    words = step_from(cursor, 0).partition("--")[0].rstrip()
    end = cursor.token.start + len(words)
    end = max(end, min(cursor.token.end, len(text)))
    *front, last = words.split(" ")
    if last.lower() in CERTAIN and front and "/" not in words:
        return f"@ {last} -- {' '.join(front)}", end
    return (f'-- "{words}"' if "(" in words and '"' not in words else f"-- {words}"), end


def is_amount(cursor: Cursor, at: int) -> bool:
    """Whether a number and a unit stand that far ahead, or two numbers and a unit."""
    if cursor.ahead(at).kind != "number":
        return False
    unit = at + 3 if cursor.ahead(at + 1).text in ("-", "..") and cursor.ahead(at + 2).kind == "number" else at + 1
    return cursor.ahead(unit).text in CANONICAL
