"""The plans that come with negsplit: ``use: preset:NAME`` in a plan."""

from __future__ import annotations

from pathlib import Path
from typing import Final

from negsplit.compile import parse
from negsplit.diagnostics import Source, did_you_mean
from negsplit.document.library import PRESET, LibraryFile, Refusal
from negsplit.tree.source_lines import short

NAMES: Final = ("seed10", "c25k", "galloway")
_FOLDER: Final = Path(__file__).parents[1] / "presets"


def text(name: str) -> str:
    """The document of a preset, one of ``NAMES``."""
    assert name in NAMES
    return (_FOLDER / f"{name}.plan.yaml").read_text(encoding="utf-8")


def opened(path: str) -> LibraryFile | Refusal:
    """The preset that ``preset:NAME`` means. Only names are known: nothing else leads to a file."""
    name = path.removeprefix(PRESET)
    if name not in NAMES:
        near = did_you_mean(name, NAMES)
        known = f"there are {', '.join(f'`{PRESET}{one}`' for one in NAMES)}"
        help = (f"did you mean `{PRESET}{near}`?", known) if near else (known,)
        return Refusal(f"there is no preset `{short(name)}`", help)
    read = parse(Source(path, text(name)))
    return LibraryFile(read.nodes, read.diagnostics)
