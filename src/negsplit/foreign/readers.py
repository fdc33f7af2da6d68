"""The readers of foreign files, and which of them reads a file."""

from __future__ import annotations

from typing import Final

from negsplit.foreign.prose import reader as prose
from negsplit.formats.apsureda import foreign as apsureda
from negsplit.formats.connect import foreign as connect
from negsplit.formats.fit import foreign as fit
from negsplit.formats.foreign import Reader
from negsplit.formats.foreign_file import ForeignFile
from negsplit.formats.garmintools import foreign as garmintools
from negsplit.formats.intervals import foreign as intervals
from negsplit.formats.quickplan import foreign as quickplan
from negsplit.formats.zwo import read as zwo

READERS: Final[tuple[Reader, ...]] = (
    connect.READER,
    intervals.READER,
    quickplan.READER,
    garmintools.READER,
    apsureda.READER,
    zwo.READER,
    fit.READER,
    prose.READER,
)
"""In the order in which they are named to people."""
BY_NAME: Final = {one.name: one for one in READERS}


def readers_of(file: ForeignFile) -> list[Reader]:
    """Those that take a file for one of theirs, by what stands in it, then by its ending: one, if all is well."""
    found = [one for one in READERS if one.looks_like(file)]
    usual = [one for one in found if file.name.lower().endswith(one.suffix)]
    return usual if len(usual) == 1 else found
