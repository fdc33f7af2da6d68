"""The mark in a workout's description by which it is known again: whose it is, and what was written."""

from __future__ import annotations

import hashlib
import json
import re
from typing import Final, NamedTuple

from negsplit.formats.connect.canon import canonical
from negsplit.formats.connect.ids import LONGEST_DESCRIPTION, Json
from negsplit.formats.json_fields import Object, text

LONGEST_PART: Final = 24
"""Characters of each half of a key."""
LONGEST_NOTES: Final = LONGEST_DESCRIPTION - len("\n[negsplit:/#12345678@1234]") - 2 * LONGEST_PART
"""UTF-16 units of a workout's notes that leave room for any marker in a description."""

_HASH_LENGTH: Final = 8
_TAG_LENGTH: Final = 4
_TAIL_LENGTH: Final = 6
_PART: Final = rf"[a-z0-9-]{{1,{LONGEST_PART}}}"
_MARKER: Final = re.compile(
    rf"\[negsplit:(?:({_PART})/)?({_PART})#([0-9a-f]{{{_HASH_LENGTH}}})(?:@([0-9a-f]{{{_TAG_LENGTH}}}))?\]"
)
_LOOKS_LIKE: Final = re.compile(r"\W*negsplit\s*:", re.IGNORECASE)


class Key(NamedTuple):
    """What a workout is known by in the account, whatever its name and its day: a ``slot`` of a ``plan``.

    A workout by itself has no plan. :func:`key` makes one of any texts.
    """

    plan: str
    slot: str

    def __str__(self) -> str:
        return f"{self.plan}/{self.slot}" if self.plan else self.slot


def key(plan: str, slot: str) -> Key:
    """The key of a slot, each part of at most :data:`LONGEST_PART` characters out of ``a-z``, ``0-9`` and ``-``.

    A part that is longer or odder ends in six digits of its own hash, so that no two become one.

    :raises ValueError: without a slot.
    """
    if not slot:
        raise ValueError("a key without a slot")
    return Key(_part(plan) if plan else "", _part(slot))


def _part(text: str) -> str:
    if re.fullmatch(_PART, text):
        return text
    plain = re.sub(r"[^a-z0-9]+", "-", text.lower())[: LONGEST_PART - _TAIL_LENGTH - 1].strip("-")
    tail = hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()[:_TAIL_LENGTH]
    return f"{plain}-{tail}" if plain else tail


def tag(profile: int) -> str:
    """What stands in marks for the account whose profile has a number: the same on each of its owner's computers.

    Four hexadecimal digits, so that two accounts are told from one another and nobody's number is told to others.
    """
    return hashlib.sha256(f"negsplit {profile}".encode()).hexdigest()[:_TAG_LENGTH]


class Marker(NamedTuple):
    """Which workout it is, the hash of the content that was written together with the marker, and in which account.

    Where a workout's content has that hash still, nobody has changed it since. ``tag`` is empty in older markers.
    """

    key: Key
    hash: str
    tag: str = ""

    @property
    def text(self) -> str:
        """``[negsplit:half/w03-tue#1a2b3c4d@5f3a]``"""
        return f"[negsplit:{self.key}#{self.hash}{self.tag and f'@{self.tag}'}]"


def read_marker(description: str) -> Marker | None:
    """The marker that is the last line of a description; None where that line is anything else."""
    lines = description.strip().splitlines()
    found = _MARKER.fullmatch(lines[-1].strip()) if lines else None
    return Marker(Key(found[1] or "", found[2]), found[3], found[4] or "") if found else None


def looks_like_a_marker(notes: str) -> bool:
    """Whether a line of somebody's own notes could be taken for a marker."""
    return any(map(_LOOKS_LIKE.match, notes.splitlines()))


def marked(body: Json, key: Key, tag: str) -> Json:
    """The body with the marker of its content as the last line of its description.

    :raises ValueError: where the notes look like a marker, or leave no room for one.
    """
    notes = text(body, "description").strip()
    if looks_like_a_marker(notes):
        raise ValueError("the notes look like a mark of this program")
    marker = Marker(key, content_hash(body), tag).text
    description = f"{notes}\n{marker}" if notes else marker
    if len(description.encode("utf-16-le", "surrogatepass")) > 2 * LONGEST_DESCRIPTION:
        raise ValueError(f"the notes are longer than {LONGEST_NOTES} UTF-16 units")
    return body | {"description": description}


def content_hash(body: Object) -> str:
    """Eight hexadecimal digits that stand for what a workout means, its marker left out.

    The same before it is sent and when it comes back, whatever a service or an editor does to line ends.
    """
    meaning = canonical(body)
    meaning = meaning._replace(description="\n".join(meaning.description.split("\r\n")).strip())
    return hashlib.sha256(json.dumps(meaning).encode()).hexdigest()[:_HASH_LENGTH]
