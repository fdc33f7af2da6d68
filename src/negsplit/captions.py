"""The words a watch can show: plain ASCII, within so many bytes."""

from __future__ import annotations

from typing import Final

from negsplit.model import Named, PaceTarget, Role, Target
from negsplit.program import Band, Quantity, Zone
from negsplit.units import PaceUnit, pace_text

_ROLES: Final = {
    Role.WARMUP: "Warm up",
    Role.RUN: "Run",
    Role.RECOVER: "Recover",
    Role.REST: "Rest",
    Role.WALK: "Walk",
    Role.HIKE: "Hike",
    Role.COOLDOWN: "Cool down",
}


def ascii_text(text: str) -> tuple[str, bool]:
    """The text in printable ASCII with single spaces, and whether every character could be written.

    Transliterates (``Größe`` -> ``Grosse``): watches are reported to show nothing else reliably.
    """
    if text.isascii():
        plain, whole = text, True
    else:
        from anyascii import anyascii

        written = [anyascii(char) for char in text]
        whole = all(new or not old.isprintable() for old, new in zip(text, written, strict=True))
        plain = "".join(written)
    words = " ".join("".join(char if char.isprintable() else " " for char in plain).split())
    return words, whole


def cut(text: str, limit: int) -> str:
    """At most ``limit`` characters, ended by dots where something is left out."""
    if len(text) <= limit:
        return text
    return text[: limit - 3].rstrip() + "..."


def step_name(
    role: Role,
    targets: tuple[Target, ...],
    resolved: Band | Zone | None,
    effort: tuple[int, int] | None,
    unit: PaceUnit,
    limit: int,
) -> str:
    """The role and the most telling form of the target that fits: ``Run threshold``, ``Run 5:01-4:56``."""
    word = _ROLES[role]
    candidates = []
    if effort:
        candidates.append(f"{word} {effort_text(effort)}")
    candidates += [f"{word} {target.pace.name}" for target in targets if _is_name(target)]  # type: ignore[union-attr]
    if isinstance(resolved, Band):
        candidates.append(f"{word} {band_text(resolved, unit)}")
    elif isinstance(resolved, Zone):
        candidates.append(f"{word} {'Z' if resolved.quantity is Quantity.HEART_RATE else 'power Z'}{resolved.number}")
    return next((name for name in candidates if name.isascii() and len(name) <= limit), word[:limit])


def _is_name(target: Target) -> bool:
    return isinstance(target, PaceTarget) and isinstance(target.pace, Named)


def effort_text(effort: tuple[int, int]) -> str:
    """``RPE 6``, ``RPE 3-4``."""
    low, high = effort
    return f"RPE {low}" if low == high else f"RPE {low}-{high}"


def band_text(band: Band, unit: PaceUnit) -> str:
    """A band for people, the slower end first: ``5:01-4:56``, ``140-150 bpm``."""
    if band.quantity is Quantity.SPEED:
        return f"{pace_text(band.low / 1000, unit)}-{pace_text(band.high / 1000, unit)}"
    return f"{band.low}-{band.high} {band.quantity.value}"
