"""What an event says, and the two marks by which it is known again.

The line at the end of its description holds the hash of what was written; the service's own ``external_id`` stays where
somebody cuts that line away, and is gone where the service does not copy it.
"""

from __future__ import annotations

import re
from typing import Any, Final

from negsplit.account.marker import Key, Marker, digest, read_marker, signed, unsigned

Body = dict[str, Any]
"""``category``, ``name`` and ``description`` of an event, and what else its category has, as they are sent."""

WORKOUT: Final = "WORKOUT"

_PREFIX: Final = "negsplit:"
_KEY: Final = re.compile(rf"{_PREFIX}(?:([a-z0-9-]+)/)?([a-z0-9-]+)")
_SAID: Final = {WORKOUT: ("name", "type", "target"), "NOTE": ("name",)}
"""What an event says beside its description, by category; the service may fill in the rest by itself."""
TEXT: Final = "its text"
"""What is said of a description that is another."""
_OF_OTHERS: Final = ("name", "type")
_NAMED: Final = {
    "category": "what kind of event it is",
    "name": "its name",
    "type": "its sport",
    "target": "what it goes by",
    "external_id": "its external id",
}


def marked(body: Body, key: Key, tag: str) -> Body:
    """The body with both marks. The line stands apart, so that no step and no repeat takes it for its own.

    :raises ValueError: where the description looks like a mark.
    """
    marker = Marker(key, content_hash(body), tag)
    description = unsigned(body["description"])
    text = signed(f"{description}\n" if description else "", marker)
    return body | {"description": text, "external_id": f"{_PREFIX}{key}"}


def content_hash(body: Body) -> str:
    """Eight hexadecimal digits that stand for what an event says, its marks left out, whatever its line ends."""
    category = body.get("category")
    said = [body.get(field) for field in _SAID.get(str(category), _OF_OTHERS)]
    return digest([category, *said, unsigned(body.get("description") or "")])


def key_in(external_id: str) -> Key | None:
    """The key in an ``external_id``; None where it is another program's."""
    found = _KEY.fullmatch(external_id)
    return Key(found[1] or "", found[2]) if found else None


def differences(sent: Body, kept: Body) -> tuple[str, ...]:
    """What the service keeps otherwise than it was sent, in a runner's words; often nothing."""
    one, other = sent["description"], kept.get("description") or ""
    return (
        *(words for field, words in _NAMED.items() if field in sent and sent[field] != kept.get(field)),
        *([TEXT] if unsigned(one) != unsigned(other) else []),
        *(["the mark at the end of its notes"] if read_marker(one) != read_marker(other) else []),
    )
