"""What the paces of a foreign file are called here."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from itertools import count
from typing import Final

from negsplit.athlete.paces import canonical
from negsplit.diagnostics import Report, Source, Span, listed
from negsplit.phrase.names import own_name
from negsplit.phrase.tokens import Cursor, PhraseError
from negsplit.targets import folded_name
from negsplit.tree.nodes import Text

LONGEST_NAME: Final = 60
"""Characters of a name that is kept."""
MOST_SAID: Final = 10
"""Names that one message tells."""
NAMELESS: Final = "my own"
"""Of which the words are of no use."""
_WORDS: Final = re.compile(r"[^\W_]+")
_NOWHERE: Final = Span(Source("", ""), 0, 0)


def own_names(foreign: Iterable[str]) -> dict[str, str]:
    """A name of the language for each foreign one, itself wherever that can be.

    A word of the language is called ``my z1``; the later of two that mean the same here has a number behind it.
    """
    found: dict[str, str] = {}
    numbers: dict[str, Iterator[int]] = {}
    for name in dict.fromkeys(foreign):
        own = plain = _plain(name)
        while (key := canonical(own)) in numbers:
            own = f"{plain} {next(numbers[canonical(plain)])}"
        numbers[key] = count(2)
        found[name] = own
    return found


def say_renamed(names: Iterable[tuple[str, str, Span]], report: Report) -> None:
    """Says, once for all, which names with their places are others here: ``Z1`` would mean another thing."""
    renamed = [one for one in names if folded_name(one[0]) != folded_name(one[1])]
    if renamed:
        said = [f"`{name}` is `{own}`" for name, own, _ in renamed[:MOST_SAID]]
        more = [f"{len(renamed) - MOST_SAID} others"] if len(renamed) > MOST_SAID else []
        message = f"what cannot be the name of a pace here gets another: {listed([*said, *more], 'and')}"
        report.note("differs", message, renamed[0][2])


def _plain(name: str) -> str:
    if len(name) > LONGEST_NAME:
        return NAMELESS
    words = " ".join(_WORDS.findall(name))
    return _own(name) or _own(f"my {name}") or _own(f"my {words}") or NAMELESS


def _own(name: str) -> str:
    """The name as the language has it; empty where it cannot be one."""
    try:
        return own_name(Cursor(Text.made(name, _NOWHERE), Report()))
    except PhraseError:
        return ""
