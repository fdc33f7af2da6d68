"""The words a watch or an account can show: printable, in one line, within so many characters."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from functools import lru_cache
from itertools import groupby
from typing import Final

from negsplit.athlete.paces import spelled
from negsplit.model import Role, Sport
from negsplit.program import romaji
from negsplit.program.bounds import only_edge
from negsplit.program.model import Band, Quantity, Zone
from negsplit.targets import Named, PaceTarget, Target, figures
from negsplit.units import PaceUnit, Speed, pace_text, speed_text

ROLE_NAMES: Final = {
    Role.WARMUP: "Warm up",
    Role.RUN: "Run",
    Role.RECOVER: "Recover",
    Role.REST: "Rest",
    Role.WALK: "Walk",
    Role.HIKE: "Hike",
    Role.COOLDOWN: "Cool down",
}


GAITS: Final = {Role.WALK: "Walk", Role.HIKE: "Hike"}
"""Roles that no kind of step shows."""
_ON_FOOT: Final = (Sport.WALKING, Sport.HIKING)
_EFFORT: Final = re.compile(r"\bRPE ([0-9]{1,2})(?:(?:\.\.|-)([0-9]{1,2}))?(?!\.?[0-9])", re.IGNORECASE)
_PICTURES: Final = ("\U0001f1e6", "\U0001faff")
_NAMED_PICTURE: Final = re.compile(":[^:]+:")
_GERMAN: Final = {"ä": "ae", "ö": "oe", "ü": "ue", "Ä": "Ae", "Ö": "Oe", "Ü": "Ue"}
_GERMAN_LETTERS: Final = {*_GERMAN, "ß", "ẞ"}


@lru_cache(maxsize=1_024)
def ascii_text(text: str) -> tuple[str, bool]:
    """The text in printable ASCII with single spaces, and whether every character could be written.

    Transliterates (``Größe`` -> ``Groesse``): watches are reported to show nothing else reliably. Kana keep their
    reading; Chinese characters, which read otherwise in Japanese, are not read at all. Emoji go.
    """
    if text.isascii():
        plain, whole = text, True
        if text.isprintable():
            return " ".join(text.split()), True
    else:
        # Composed, an accent is part of its letter; what marks are left then say nothing by themselves.
        chars = unicodedata.normalize("NFC", text)
        written = _written(chars)
        whole = all(new or _is_silent(old) for old, new in zip(chars, written, strict=True))
        plain = "".join(written)
    return one_line(plain), whole


def is_plain(text: str) -> bool:
    """Whether ASCII alone says all of it: what is beyond is not seen."""
    return text.isascii() or all(char.isascii() or _is_unseen(char) for char in unicodedata.normalize("NFC", text))


def _written(chars: str) -> list[str]:
    """Each character in ASCII; empty where it has none of its own."""
    is_german = all(char in _GERMAN_LETTERS for char in chars if char.isalpha() and not char.isascii())
    is_loud = chars.isupper()
    written: list[str] = []
    for kana, run in groupby(chars, romaji.is_kana):
        if kana:
            written += romaji.spelled("".join(run), _read)
            continue
        for char in run:
            latin = _GERMAN.get(char) if is_german else None
            written.append((latin.upper() if is_loud else latin) if latin else _read(char))
    return written


def _read(char: str) -> str:
    from anyascii import anyascii

    return "" if _is_emoji(char) or _is_chinese(char) else anyascii(char)


def _is_chinese(char: str) -> bool:
    """Whether it is a character with a meaning and a reading in each of several languages."""
    return unicodedata.name(char, "").startswith(("CJK ", "IDEOGRAPHIC ITERATION", "KANGXI "))


def _is_emoji(char: str) -> bool:
    """Pictures, flags and the colours of skin; anyascii would write ``:person_running:``."""
    from anyascii import anyascii

    first, last = _PICTURES
    return first <= char <= last or _NAMED_PICTURE.fullmatch(anyascii(char)) is not None


def one_line(text: str) -> str:
    """The text with single spaces for whatever is no printable character."""
    return " ".join("".join(char if char.isprintable() else " " for char in text).split())


def _is_silent(char: str) -> bool:
    """Whether nothing is lost without it: what is not seen, an emoji, kana that change the next or the last alone."""
    return _is_unseen(char) or _is_emoji(char) or romaji.is_kana(char)


def _is_unseen(char: str) -> bool:
    """A mark on the character before, a space, an invisible sign."""
    return unicodedata.category(char)[0] in "MZ" or unicodedata.category(char) in ("Cc", "Cf")


def length(text: str) -> int:
    """How many characters of UTF-16 a text is, as accounts count them; of ASCII, how many bytes."""
    return len(text) if text.isascii() else len(text.encode("utf-16-le")) // 2


def cut(text: str, limit: int) -> str:
    """At most ``limit`` characters, counted as :func:`length` does, ended by dots where something is left out."""
    if length(text) <= limit:
        return text
    kept = text.encode("utf-16-le")[: 2 * (limit - 3)].decode("utf-16-le", "ignore")
    return kept.rstrip() + "..."


def step_name(
    role: Role,
    targets: tuple[Target, ...],
    resolved: Band | Zone | None,
    effort: tuple[int, int] | None,
    unit: PaceUnit,
    limit: int,
) -> str:
    """The role and the most telling form of the target that fits: ``Run threshold``, ``Run 5:01-4:56``.

    A pace or speed that is written in numbers is named in their unit, any other in ``unit``.
    """
    word = ROLE_NAMES[role]
    room = limit - len(word) - len(" ")
    for text in _told(targets, resolved, effort, unit):
        if len(text) <= room:
            return f"{word} {text}"
    return word[:limit]


def _told(
    targets: tuple[Target, ...], resolved: Band | Zone | None, effort: tuple[int, int] | None, unit: PaceUnit
) -> Iterator[str]:
    """The forms of a target, the most telling one first: most are never asked for."""
    if effort:
        yield effort_text(effort)
    for target in targets:
        if name := _name(target):
            yield name
    if isinstance(resolved, Band):
        yield from _written_texts(resolved, targets, unit)
    elif isinstance(resolved, Zone):
        yield f"{'Z' if resolved.quantity is Quantity.HEART_RATE else 'power Z'}{resolved.number}"


def gait(role: Role, sport: Sport) -> str:
    """What a cue says of a role where a name of the step's own stands instead of one made of it; often nothing."""
    return "" if sport in _ON_FOOT else GAITS.get(role, "")


def name_of(target: Target) -> str:
    """The name that is all of a target, an alias spelled out; empty if there is none."""
    if not isinstance(target, PaceTarget) or not isinstance(target.pace, Named):
        return ""
    return spelled(target.pace.name)


def _name(target: Target) -> str:
    plain, whole = ascii_text(name_of(target))
    return plain if whole else ""


def effort_text(effort: tuple[int, int]) -> str:
    """``RPE 6``, ``RPE 3-4``."""
    low, high = effort
    return f"RPE {low}" if low == high else f"RPE {low}-{high}"


def efforts_in(text: str) -> list[tuple[int, int]]:
    """Every effort that a text names, however it writes the range: ``easy, RPE 3..4`` -> ``[(3, 4)]``."""
    return [(int(low), int(high or low)) for low, high in _EFFORT.findall(text)]


def behind_effort(effort: tuple[int, int], cue: str) -> str:
    """A cue without the effort that it begins with."""
    return re.sub(rf"^{re.escape(effort_text(effort))}(?:[.,:;]\s+|\s*$)", "", cue, flags=re.IGNORECASE)


def band_text(band: Band, unit: PaceUnit) -> str:
    """A band for people, the slower end first: ``5:01-4:56``, ``140-150 bpm``; with one edge ``< 150 bpm``.

    Paces are compared as times: ``faster than 4:30/km`` is ``< 4:30``.
    """
    edge = only_edge(band)
    if band.quantity is not Quantity.SPEED:
        both = f"{band.low}" if band.low == band.high else f"{band.low}-{band.high}"
        numbers = f"{edge[0]} {edge[1]}" if edge else both
        return f"{numbers} {band.quantity.value}"
    if edge:
        return f"{'<' if edge[0] == '>' else '>'} {pace_text(edge[1] / 1000, unit)}"
    slow, fast = (pace_text(end / 1000, unit) for end in (band.low, band.high))
    return slow if band.low == band.high else f"{slow}-{fast}"


def _written_texts(band: Band, targets: tuple[Target, ...], unit: PaceUnit) -> list[str]:
    """A band in the unit that its target is written in, else in ``unit``; the best form first.

    Speeds have their unit with them, which nobody would guess; where a name has no room for it, paces are said instead.
    """
    points = next(filter(None, map(figures, targets)), ()) if band.quantity is Quantity.SPEED else ()
    units = {point.unit for point in points}
    if len(units) != 1:
        return [band_text(band, unit)]
    speeds = sorted((point for point in points if isinstance(point, Speed)), key=lambda point: point.thousandths)
    if not speeds:
        return [band_text(band, "mi" if units == {"mi"} else "km")]
    numbers = [speed_text(speed).partition(" ")[0] for speed in speeds]
    edge = only_edge(band)
    text = f"{edge[0]} {numbers[-1 if edge[0] == '<' else 0]}" if edge else "-".join(dict.fromkeys(numbers))
    return [f"{text} {speeds[0].unit}", f"{text}{speeds[0].unit}", band_text(band, unit)]


def slug(name: str) -> str:
    """A name in small letters and digits joined by dashes, without what differs from one writing of it to the next.

    Itself where it has neither letters nor digits.
    """
    return re.sub(r"[^a-z0-9]+", "-", ascii_text(name)[0].lower()).strip("-") or name
