"""A line of a workout text as intervals.icu reads it, its traps included, and what of it means nothing there.

Each rule stands in answers of the service (``tests/formats/intervals/parses.csv``): words up to the first amount are
the cue; ``m`` is minutes; a pace wants the word ``Pace``; a bare number behind the amount counts as seconds.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from typing import Final

from negsplit.diagnostics import Report, Source, Span
from negsplit.formats.intervals.doc import PRESS_LAP, DocStep, DocTarget, Kind, plain_intensity, spoken

_TIME: Final = re.compile(
    r"(?:(?P<h>\d{1,4})h)?(?:(?P<m>\d{1,6})(?:m|'))?(?:(?P<s>\d{1,7})(?P<unit>s|\")?)?", re.IGNORECASE | re.ASCII
)
_DISTANCE: Final = re.compile(r"(\d{1,7}(?:\.\d{1,5})?)(km|mtr|mi|yrd)", re.IGNORECASE | re.ASCII)
_METRES: Final = {"km": 1000.0, "mtr": 1.0, "mi": 1609.344, "yrd": 0.9144}
"""Of a mile and a yard nobody has shown what the service counts; these are the international ones."""
_PACE: Final = re.compile(r"(\d{1,2}):(\d\d)(?:-(\d{1,2}):(\d\d))?(?:/(\w+))?", re.ASCII)
_SHARE: Final = re.compile(r"(\d{1,3}(?:\.\d+)?)(?:%?-(\d{1,3}(?:\.\d+)?))?%", re.ASCII)
_ZONE: Final = re.compile(r"Z(\d)(?:-Z?(\d))?", re.IGNORECASE | re.ASCII)
_WATTS: Final = re.compile(r"(\d{1,4})(?:w?-(\d{1,4}))?w", re.IGNORECASE | re.ASCII)
_RPM: Final = re.compile(r"(\d{1,3})(?:-(\d{1,3}))?rpm", re.IGNORECASE | re.ASCII)
_NUMBER: Final = re.compile(r"\d{1,7}", re.ASCII)
_METRES_MEANT: Final = re.compile(r"(\d{3,})m", re.IGNORECASE | re.ASCII)
_MINUTES_MEANT: Final = re.compile(r"(\d+h)(\d+)", re.IGNORECASE | re.ASCII)
_BESIDE: Final = re.compile(r"C?Z\d.*|freeride|maxeffort|hidepower|(?:hr|power)=\w+", re.IGNORECASE | re.ASCII)
"""What the service knows besides, for rides or of zones that somebody named."""
_BEATS: Final = re.compile(r"\d{2,3}(?:-\d{2,3})?(?:bpm)?", re.IGNORECASE | re.ASCII)

_OF: Final[dict[tuple[str, str], tuple[Kind, str]]] = {
    ("%", "pace"): ("pace", "%pace"),
    ("%", "hr"): ("hr", "%hr"),
    ("%", "lthr"): ("hr", "%lthr"),
    ("%", "mmp"): ("power", "%mmp"),
    ("z", "pace"): ("pace", "pace_zone"),
    ("z", "hr"): ("hr", "hr_zone"),
}
"""What a share and a zone are of, by the word behind; power without one."""
_OF_POWER: Final = {
    "power_zone": ("a zone of power", "of heart rate it is `{0} HR`"),
    "%ftp": ("a share of the threshold power", "of a pace it is `{0} Pace`, of a heart rate `{0} LTHR`"),
}
"""What is easily taken for something else in a run, and how that is written."""
_WHAT_OF: Final = frozenset(("pace", "hr", "lthr", "mmp"))


def step(source: Source, start: int, end: int, report: Report) -> DocStep | None:
    """The step that characters ``start`` to ``end`` say behind its dash; None, with a note, where they say none."""
    return _Line(source, start, end, report).step()


class _Line:
    """The words of one line, each with its place."""

    def __init__(self, source: Source, start: int, end: int, report: Report) -> None:
        self.report = report
        self._nothing: Span | None = None
        """The words before that mean nothing, if they were the last that anything was said of."""
        self.span = Span(source, start, end)
        self.words = [Span(source, found.start(), found.end()) for found in _words(source.text, start, end)]

    def step(self) -> DocStep | None:
        """The step that the words say."""
        at = next((at for at, word in enumerate(self.words) if is_amount(word.text)), None)
        if at is None:
            help = "an amount is one word: `10m`, `90s`, `1h30m`, `0.4km`, `400mtr`, `1mi`"
            self._left_out("without an amount this is not a step, and intervals.icu leaves it out", self.span, help)
            return None
        cue = " ".join(word.text for word in self.words[:at])
        until_lap = PRESS_LAP.search(cue) is not None
        seconds, metres = _amount(self.words[at].text) or (None, None)
        self._say_what_it_is(self.words[at])
        text = spoken(cue, until_lap=until_lap)
        return self._behind(at + 1, DocStep(seconds, metres, text=text, until_lap=until_lap, span=self.span))

    def _say_what_it_is(self, amount: Span) -> None:
        """A note on an amount that is easily taken for something else."""
        if found := _METRES_MEANT.fullmatch(amount.text):
            message, help = f"`{amount.text}` is {found[1]} minutes", f"metres are written `{found[1]}mtr`"
        elif found := _MINUTES_MEANT.fullmatch(amount.text):
            message = f"`{amount.text}` is {found[1]} and {found[2]} seconds"
            help = f"minutes are written `{amount.text}m`"
        else:
            return
        self.report.warning("left-out", message, amount, help)

    def _behind(self, at: int, found: DocStep) -> DocStep:
        """The step with what is said behind its amount."""
        while at < len(self.words):
            word, after = self.words[at], self.words[at + 1].text.lower() if at + 1 < len(self.words) else ""
            if target := _target(word.text, after):
                found = replace(found, targets=(*found.targets, target))
                at += 1 + (after in _WHAT_OF)
                if of_power := _OF_POWER.get(target.units):
                    what, otherwise = of_power
                    self.report.note("left-out", f"`{word.text}` is {what}", word, otherwise.format(word.text))
            else:
                found = self._option(word, after, found)
                at += 1
        return found

    def _option(self, word: Span, after: str, found: DocStep) -> DocStep:
        text = word.text.lower()
        if rpm := _RPM.fullmatch(word.text):
            return replace(found, cadence=_ends(rpm))
        if text == "ramp":
            return replace(found, ramp=True)
        if text == "rest" or text.startswith("intensity="):
            return replace(found, intensity=plain_intensity(text.removeprefix("intensity=")))
        if _NUMBER.fullmatch(text):
            help = "a heart rate is written `87-92% LTHR`, or `Z2 HR`"
            self._left_out(f"`{word.text}` by itself is taken for seconds, and added", word, help)
            return replace(found, seconds=None if found.seconds is None else found.seconds + int(text))
        if _BESIDE.fullmatch(word.text):
            self._left_out(f"`{word.text}` is not read here", word)
        else:
            self._means_nothing(word, *_cure(word.text, after))
        return found

    def _means_nothing(self, word: Span, *help: str) -> None:
        """Words that follow one another are said at once, unless one has a cure."""
        before, nothing = self._nothing, word
        if before is not None and not help and not self.span.source.text[before.end : word.start].strip():
            self.report.diagnostics.pop()
            nothing = Span(word.source, before.start, word.end)
        self._nothing = None if help else nothing
        self._left_out(f"`{nothing.text}` means nothing to intervals.icu here", nothing, *help)

    def _left_out(self, message: str, span: Span, *help: str) -> None:
        self.report.warning("left-out", message, span, *help)


def is_amount(word: str) -> bool:
    """Whether a word says how long a step is: ``10m``, ``0.4km``."""
    return _amount(word) is not None


def _words(text: str, start: int, end: int) -> Iterator[re.Match[str]]:
    return re.compile(r"\S+").finditer(text, start, end)


def _cure(word: str, after: str) -> tuple[str, ...]:
    """What to write instead of some words that are often written."""
    if _PACE.fullmatch(word) and after != "pace":
        return (f"a pace needs the word after it: `{word} Pace`",)
    if _BEATS.fullmatch(word):
        return ("it takes no heart rates in bpm: `87-92% LTHR`, or `Z2 HR`",)
    return ()


def _amount(word: str) -> tuple[float | None, float | None] | None:
    """Seconds or metres of a word; None for what is no amount, which ``90`` without a unit is not."""
    if distance := _DISTANCE.fullmatch(word):
        return None, round(float(distance[1]) * _METRES[distance[2].lower()], 2)
    found = _TIME.fullmatch(word)
    if found is None or not (found["h"] or found["m"] or found["unit"]):
        return None
    hours, minutes, seconds = (int(found[unit] or 0) for unit in "hms")
    return 3600 * hours + 60 * minutes + seconds, None


def _target(word: str, after: str) -> DocTarget | None:
    """What a word says to hold, with the word behind it."""
    if pace := _PACE.fullmatch(word):
        if after != "pace":
            return None
        start = 60 * int(pace[1]) + int(pace[2])
        end = 60 * int(pace[3]) + int(pace[4]) if pace[3] else start
        return DocTarget("pace", f"secs/{pace[5].lower()}" if pace[5] else "secs", start, end)
    if share := _SHARE.fullmatch(word):
        return DocTarget(*_OF.get(("%", after), ("power", "%ftp")), *_ends(share))
    if zone := _ZONE.fullmatch(word):
        return DocTarget(*_OF.get(("z", after), ("power", "power_zone")), *_ends(zone))
    if watts := _WATTS.fullmatch(word):
        return DocTarget("power", "w", *_ends(watts))
    return None


def _ends(found: re.Match[str]) -> tuple[float, float]:
    return float(found[1]), float(found[2] or found[1])
