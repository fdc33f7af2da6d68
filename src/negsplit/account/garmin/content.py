"""What a workout of Garmin's means, and the mark in its description that says so."""

from __future__ import annotations

from typing import Final

from negsplit.account.marker import LONGEST_MARKER, Key, Marker, digest, signed
from negsplit.formats.connect.canon import canonical
from negsplit.formats.connect.ids import LONGEST_DESCRIPTION, Json
from negsplit.formats.json_fields import Object, text

LONGEST_NOTES: Final = LONGEST_DESCRIPTION - LONGEST_MARKER - 1
"""UTF-16 units of a workout's notes that leave room for a line with any marker in a description."""


def marked(body: Json, key: Key, tag: str) -> Json:
    """The body with the marker of its content as the last line of its description.

    :raises ValueError: where the notes look like a marker, or leave no room for one.
    """
    description = signed(text(body, "description").strip(), Marker(key, content_hash(body), tag))
    if len(description.encode("utf-16-le", "surrogatepass")) > 2 * LONGEST_DESCRIPTION:
        raise ValueError(f"the notes are longer than {LONGEST_NOTES} UTF-16 units")
    return body | {"description": description}


def content_hash(body: Object) -> str:
    """Eight hexadecimal digits that stand for what a workout means, its marker left out.

    The same before it is sent and when it comes back, whatever a service or an editor does to line ends.
    """
    meaning = canonical(body)
    return digest(meaning._replace(description="\n".join(meaning.description.split("\r\n")).strip()))
