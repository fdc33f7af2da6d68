"""Long texts of a FIT file: a field holds a short one, ``memo_glob`` messages the whole in parts.

Garmin Connect writes ``Start with a slow jog, gradually increasing you...`` into the field and all of it, as
bytes of UTF-8, into messages that say whose field they go on with, and in which order.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from typing import Final, NamedTuple

_CUT: Final = "..."
_HALF: Final = "\N{REPLACEMENT CHARACTER}"
"""What is left of a character whose bytes were cut."""


class LongTextField(NamedTuple):
    """The field that a text belongs to: number and index of its message, and its own number."""

    message: int
    parent: int
    field: int


class Part(NamedTuple):
    """One message's bytes of a text; the zeros that fill it up may be among them."""

    holder: LongTextField
    number: int
    data: bytes


class Memo(NamedTuple):
    """A long text put together; ``fault`` says why there is none."""

    text: str
    fault: str = ""


def joined(parts: Iterable[Part]) -> dict[LongTextField, Memo]:
    """The texts by what they belong to; the parts may come in any order, and must each be there once."""
    groups: dict[LongTextField, list[Part]] = defaultdict(list)
    for part in parts:
        groups[part.holder].append(part)
    return {holder: _memo(sorted(group)) for holder, group in groups.items()}


def _memo(parts: list[Part]) -> Memo:
    numbers = [part.number for part in parts]
    missing = [number for number in range(len(parts)) if number not in numbers]
    if len(set(numbers)) < len(numbers):
        twice = next(number for number in numbers if numbers.count(number) > 1)
        return Memo("", f"part {twice + 1} of it is there twice")
    if missing:
        return Memo("", f"part {missing[0] + 1} of it is missing")
    try:
        return Memo(b"".join(part.data.rstrip(b"\0") for part in parts).decode())
    except UnicodeDecodeError:
        return Memo("", "it is not UTF-8")


def continues(short: str, whole: str) -> bool:
    """Whether the short text is the beginning of the whole one, cut or not."""
    return whole.startswith(short.removesuffix(_CUT).rstrip(_HALF))
