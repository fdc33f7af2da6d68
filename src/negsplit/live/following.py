"""Follows files: tells what came of the one that was saved last, once it is still."""

from __future__ import annotations

import os
import time
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Final, NamedTuple

from negsplit import clock
from negsplit.desk.inputs import nothing_found
from negsplit.diagnostics import visible
from negsplit.live.making import Made, Message, messages
from negsplit.live.states import Folder, State, saved_last, state

PAUSE: Final = 0.02
"""Seconds from one look at the files to the next."""
STILL: Final = 0.02
"""Seconds without a change after which a file counts as written."""
WRONG: Final = 0.12
"""The same where something in it is wrong: it may be half of a text, the rest of which is on its way."""
AWAY: Final = 1.0
"""The same where a file is away that was there: some editors take it away before they write it again."""
SHARE: Final = 10
"""A pause takes at least so many times as long as the look before it: many files are looked at less often."""


class View(NamedTuple):
    """What is shown: a file, one of ``names`` if it is in a folder, its last good page and what is said of it now.

    Moments are in seconds since 1970: ``at`` of the view, ``since`` of the page. The page ``is_old`` where the text has
    mistakes now, and empty where it never was without.
    """

    name: str
    names: tuple[str, ...]
    page: str
    since: float
    is_old: bool
    messages: tuple[Message, ...]
    at: float


class Follower:
    """Follows a file, or all workouts and plans in a folder, and whatever goes into the one that is shown.

    ``make`` compiles a file anew; ``tell`` is given each view in which something is new.
    """

    def __init__(self, top: Path, make: Callable[[Path], Made], tell: Callable[[View], None]) -> None:
        self._folder = Folder(top) if os.path.isdir(top) else None
        self._make, self._tell = make, tell
        self._current = None if self._folder else top
        self._documents: Mapping[Path, State] = {}
        self._looked_at: frozenset[Path] = frozenset()
        self._states: Mapping[Path, State] | None = None
        self._since = 0.0
        """When the states became what they are."""
        self._made: Made | None = None
        """What came of these states, if that is known yet."""
        self._is_told = False
        self._told: object = None
        self._told_of: Mapping[Path, State] = {}
        self._good: dict[Path, tuple[str, float]] = {}

    def look(self, now: float) -> float:
        """Looks at all files, at a moment of a clock that only runs forward; the seconds until the next look."""
        begun = time.perf_counter()
        states = self._look()
        pause = max(PAUSE, SHARE * (time.perf_counter() - begun))
        self._compare(states, now)
        if not self._is_told:
            self._show(states, now - self._since)
        return pause

    def choose(self, name: str) -> None:
        """Shows another of the files, by its name in the view; what is no such name is let be."""
        chosen = next((path for path in self._documents if self._name(path) == name), self._current)
        if chosen != self._current:
            self._current, self._made, self._is_told = chosen, None, False

    def _look(self) -> Mapping[Path, State]:
        self._documents = self._folder.look() if self._folder else {}
        others = {*self._looked_at, *([self._current] if self._current else [])} - self._documents.keys()
        return {**self._documents, **{path: state(path) for path in others}}

    def _compare(self, states: Mapping[Path, State], now: float) -> None:
        """Begins anew where a file is another one now; where only more files are looked at, it is made again."""
        before, self._states = self._states, states
        saved = {path: at for path, at in self._documents.items() if before is None or at != before.get(path)}
        if before is None or saved or any(states[path] != before[path] for path in states.keys() & before.keys()):
            self._since = now
        elif states.keys() == before.keys():
            return
        self._made, self._is_told = None, False
        self._current = saved_last(saved) or self._current

    def _show(self, states: Mapping[Path, State], still: float) -> None:
        """Tells what came of the file, once it has been still for long enough; the first time at once."""
        if self._told is not None and still < STILL:
            return
        if self._made is None:
            self._made = self._make(self._current) if self._current else _NOTHING
            self._looked_at = self._made.looked_at
        if self._told is not None and self._made.page is None and still < self._patience(states):
            return
        if self._folder and self._current and states[self._current] is None:
            self._current, self._made = saved_last(self._documents), None  # its turn comes with the next look
            return
        self._tell_of(self._made, states)

    def _patience(self, states: Mapping[Path, State]) -> float:
        is_away = any(at is None and self._told_of.get(path) is not None for path, at in states.items())
        return AWAY if is_away else WRONG

    def _tell_of(self, made: Made, states: Mapping[Path, State]) -> None:
        """Tells it, unless neither the file nor anything about it is new."""
        self._is_told, self._told_of = True, states
        current, names = self._current, tuple(map(self._name, self._documents))
        telling = (current, current and states[current], names, made.page, made.messages)
        if telling == self._told:
            return
        self._told = telling
        now = clock.seconds()
        if current and made.page is not None:
            self._good[current] = (made.page, now)
        page, since = self._good.get(current, ("", now)) if current else ("", now)
        name = self._name(current) if current else ""
        self._tell(View(name, names, page, since, made.page is None, made.messages, now))

    def _name(self, path: Path) -> str:
        """What a file is called in the view: by its place in the folder that is followed."""
        folder = self._folder
        inside = path.relative_to(folder.top) if folder and path.is_relative_to(folder.top) else path
        return visible(inside.as_posix())


_NOTHING: Final = Made(None, messages([nothing_found("workout or plan")]))
