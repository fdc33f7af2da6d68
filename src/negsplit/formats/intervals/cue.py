"""Cues as words that intervals.icu takes for nothing else.

A digit in a cue may be taken for how long its step is, ``%``, ``:`` and marks of minutes for targets and times, and
``Press lap`` for how it ends (seen in answers of the service). So numbers are spelled, but for an effort: it
is written ``RPE8``, as people write it there.
"""

from __future__ import annotations

import re
from typing import Final

from negsplit.formats.intervals.doc import PRESS_LAP

_SMALL: Final = (
    *("zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve"),
    *("thirteen", "fourteen", "fifteen", "sixteen", "seventeen", "eighteen", "nineteen"),
)
_TENS: Final = ("twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety")
_EFFORT: Final = re.compile(r"\bRPE ?(\d{1,2})(?:-(\d{1,2}))?\b", re.ASCII)
_GLUED: Final = re.compile(r"\bRPE(\d{1,2})(?:to(\d{1,2}))?\b", re.ASCII)
_NUMBER: Final = re.compile(r"(\d+)(?:([.,:-])(?=\d))?")
_BETWEEN: Final = {None: "", ".": "point", ",": "point", "-": "to", ":": ""}
_WORDS: Final = str.maketrans(
    {"%": " percent ", ":": ",", "'": "\u2019", '"': "\u201d", "^": " ", "<": " ", ">": " ", "=": " "}
)


def harmless(cue: str) -> str:
    """A cue as it is written, in one line."""
    kept: list[str] = []
    done = 0
    for effort in _EFFORT.finditer(cue):
        kept += [_spelled(cue[done : effort.start()]), f"RPE{effort[1]}" + (f"to{effort[2]}" if effort[2] else "")]
        done = effort.end()
    words = "".join((*kept, _spelled(cue[done:])))
    return " ".join(PRESS_LAP.sub("press the lap", words).split()).lstrip("- ")


def as_shown(cue: str) -> str:
    """A cue as it was meant, its effort with a space again; numbers stay spelled."""
    return _GLUED.sub(lambda found: f"RPE {found[1]}" + (f"-{found[2]}" if found[2] else ""), cue)


def _spelled(words: str) -> str:
    return re.sub(r"\s+([,.;])", r"\1", _NUMBER.sub(_in_words, words).translate(_WORDS))


def _in_words(found: re.Match[str]) -> str:
    return f" {_number(found[1])} {_BETWEEN[found[2]]} "


def _number(digits: str) -> str:
    """A whole number below a million; the digits of others, and of those that begin with zero, one by one."""
    if len(digits) > 6 or (digits[0] == "0" and len(digits) > 1):
        return " ".join(_SMALL[int(one)] for one in digits)
    return _below_million(int(digits))


def _below_million(number: int) -> str:
    for size, word in ((1000, "thousand"), (100, "hundred")):
        if number >= size:
            rest = number % size
            return f"{_below_million(number // size)} {word}" + (f" {_below_million(rest)}" if rest else "")
    if number < len(_SMALL):
        return _SMALL[number]
    tens, rest = divmod(number, 10)
    return _TENS[tens - 2] + (f"-{_SMALL[rest]}" if rest else "")
