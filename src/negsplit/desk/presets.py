"""The workouts and plans that come with negsplit: ``preset:NAME``."""

from __future__ import annotations

import posixpath
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Final, Literal

from negsplit.compile import parse
from negsplit.diagnostics import Source, did_you_mean
from negsplit.document.library import LibraryFile, Refusal
from negsplit.frozen import dataclass
from negsplit.tree.source_lines import short
from negsplit.words import PRESET

NAMES: Final = ("seed10", "c25k", "galloway")
"""Plans that are nothing but presets; all others are in the folder ``workouts`` to be copied, too."""
_PACKAGE: Final = Path(__file__).parents[1]
_ENDINGS: Final[Mapping[str, Literal["workout", "plan"]]] = {".workout.yaml": "workout", ".plan.yaml": "plan"}
LIST: Final = "`negsplit new --list` shows them all"


@dataclass(frozen=True, slots=True)
class Preset:
    """A document that comes with negsplit; ``place`` is its path in the folder that it comes from."""

    name: str
    kind: Literal["workout", "plan"]
    folder: Path
    place: str

    @property
    def text(self) -> str:
        """The whole document."""
        return (self.folder / self.place).read_text(encoding="utf-8")


@cache
def presets() -> Mapping[str, Preset]:
    """All of them by their names: those for ``use`` alone, then workouts and plans, each in order.

    The folder ``workouts`` is in the package where it is installed, else beside the sources.
    """
    own, ready = _PACKAGE / "presets", _PACKAGE / "workouts"
    if not ready.is_dir():
        ready = _PACKAGE.parents[1] / "workouts"
    found = [(own, f"{name}.plan.yaml") for name in NAMES]
    for inside in ("", "plans/"):
        names = sorted(path.name for path in (ready / inside).iterdir())
        found += [(ready, f"{inside}{name}") for name in names]
    return {one.name: one for folder, place in found if (one := _preset(folder, place))}


def _preset(folder: Path, place: str) -> Preset | None:
    """None for a file that is no workout and no plan."""
    name = posixpath.basename(place)
    kinds = ((name.removesuffix(ending), kind) for ending, kind in _ENDINGS.items() if name.endswith(ending))
    return next((Preset(stem, kind, folder, place) for stem, kind in kinds), None)


def is_preset(path: Path) -> bool:
    """Whether a path that was named means something that comes with negsplit."""
    return str(path).startswith(PRESET)


def source(path: str) -> Source | Refusal:
    """The text that ``preset:NAME`` means. Only names are known: nothing else leads to a file."""
    name = path.removeprefix(PRESET)
    if name in presets():
        return Source(path, presets()[name].text)
    near = did_you_mean(name, presets())
    help = (f"did you mean `{PRESET}{near}`?", LIST) if near else (LIST,)
    return Refusal(f"there is no preset `{short(name)}`", help)


def opened(path: str) -> LibraryFile | Refusal:
    """The preset that ``preset:NAME`` means, as read."""
    found = source(path)
    if isinstance(found, Refusal):
        return found
    read = parse(found)
    return LibraryFile(read.nodes, read.diagnostics)


def used_by(path: str, other: str) -> str | None:
    """What the preset ``path`` calls ``other``, relative to itself: ``preset:NAME``; None for what is no preset."""
    naming = presets().get(path.removeprefix(PRESET)) if path.startswith(PRESET) else None
    if naming is None:
        return None
    place = posixpath.normpath(posixpath.join(posixpath.dirname(naming.place), other))
    named = (one for one in presets().values() if one.folder == naming.folder and one.place == place)
    return next((f"{PRESET}{one.name}" for one in named), None)
