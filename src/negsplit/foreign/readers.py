"""The readers of foreign files, and which of them reads a file."""

from __future__ import annotations

from typing import Final

from negsplit.formats.connect import foreign as connect
from negsplit.formats.fit import foreign as fit
from negsplit.formats.foreign import Reader
from negsplit.formats.foreign_file import ForeignFile
from negsplit.formats.intervals import foreign as intervals

READERS: Final[tuple[Reader, ...]] = (connect.READER, fit.READER, intervals.READER)
"""In the order in which they are named to people."""
BY_NAME: Final = {one.name: one for one in READERS}


def readers_of(file: ForeignFile) -> list[Reader]:
    """Those that take a file for one of theirs, by what stands in it: one, if all is well."""
    return [one for one in READERS if one.looks_like(file)]
