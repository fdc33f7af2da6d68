"""What one watch, or an account, holds: the profiles that programs are made for."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import field
from functools import cache
from pathlib import Path
from typing import Final

from negsplit.frozen import dataclass
from negsplit.program.model import Quantity

MAX_DESCRIPTION: Final = 254
"""Bytes of a FIT string without its closing NUL."""
MOST_STEPS: Final = 250
"""Steps of a file that negsplit writes: with the longest texts it is about as large as one that negsplit reads."""


@dataclass(frozen=True, slots=True)
class Device:
    """What one watch, or an account, holds; see ``devices.toml``.

    ``also`` are names that the profile had before. ``measured`` names what was seen on such a watch; the rest is what
    is known of others, or said by programs. ``second_seen`` are the pairs of bands, first and second, that it was seen
    to keep; None where every pair counts as one. ``text`` says that it takes workouts as text. Such an account
    ``is_asked`` where it said what it knows of its runner: then ``lthr``, in bpm, is its threshold heart rate, if any.
    ``base`` is the pace that it takes speeds as shares of, by its name; empty where it takes them as they are.
    """

    name: str
    about: str
    part_numbers: tuple[str, ...]
    steps: int
    repeats: int
    nesting: int
    title: int
    step_name: int
    cue: int
    second_target: bool
    measured: frozenset[str] = frozenset()
    also: tuple[str, ...] = ()
    second_seen: frozenset[tuple[Quantity, Quantity]] | None = None
    most_steps: int = MOST_STEPS
    until: bool = True
    workout_name: int = MAX_DESCRIPTION
    notes: int = MAX_DESCRIPTION
    ascii: bool = True
    text: bool = False
    is_asked: bool = False
    lthr: int | None = None
    base: str = ""
    sports: Mapping[str, str] = field(default_factory=dict, compare=False)


@cache
def devices() -> dict[str, Device]:
    """The device profiles by name."""
    with open(Path(__file__).with_name("devices.toml"), "rb") as file:
        profiles = tomllib.load(file)
    return {
        name: Device(
            name,
            part_numbers=tuple(profile.pop("part_numbers")),
            measured=frozenset(profile.pop("measured")),
            also=tuple(profile.pop("also", ())),
            second_seen=_pairs(profile.pop("second_seen", None)),
            **profile,
        )
        for name, profile in profiles.items()
    }


def _pairs(written: list[tuple[str, str]] | None) -> frozenset[tuple[Quantity, Quantity]] | None:
    return None if written is None else frozenset((Quantity(first), Quantity(second)) for first, second in written)


def device_for(part_number: str) -> Device:
    """The profile of a watch that says its part number, ``006-B2691-00``; ``generic`` where that is unknown."""
    fitting = (one for one in devices().values() if part_number in one.part_numbers)
    return next(fitting, devices()["generic"])
