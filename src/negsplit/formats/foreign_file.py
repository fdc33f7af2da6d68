"""A file that somebody else's program made, and the text that its bytes are."""

from __future__ import annotations

import codecs
from functools import cached_property
from typing import Final

from negsplit.diagnostics import Source

MOST_BYTES: Final = 4_000_000
"""Of one file: a thousand workouts have fewer."""
MOST_BYTES_IN_ALL: Final = 16_000_000
"""Of the files of one call."""
FALLBACK: Final = "cp1252"
"""What a text is taken to be written in that is not in UTF-8: what Windows writes in the west."""
_MARKED: Final = {
    codecs.BOM_UTF8: "utf-8",
    codecs.BOM_UTF16_LE: "utf-16-le",
    codecs.BOM_UTF16_BE: "utf-16-be",
}


class ForeignFile:
    """Bytes, and the name that messages call them by."""

    def __init__(self, name: str, data: bytes) -> None:
        self.name, self.data = name, data

    @cached_property
    def encoding(self) -> str:
        """What its text is written in: as its mark says, else UTF-8, or Windows-1252 where it is not that."""
        for mark, encoding in _MARKED.items():
            if self.data.startswith(mark):
                return encoding
        try:
            self.data.decode("utf-8")
        except UnicodeDecodeError:
            return FALLBACK
        return "utf-8"

    @cached_property
    def source(self) -> Source:
        """Its text without a mark; what no character is stands as U+FFFD."""
        text = self.data.decode(self.encoding, errors="replace")
        return Source(self.name, text.removeprefix("\ufeff"))
