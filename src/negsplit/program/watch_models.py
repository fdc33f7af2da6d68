"""The watches there are, by their names, and the profile that each is compiled for.

``watch_models.txt`` has names and numbers of products, and no limits: those stand in ``devices.toml`` where they were
measured. It is read only where a name is no profile's own.
"""

from __future__ import annotations

import re
import unicodedata
from collections import defaultdict
from collections.abc import Iterable
from functools import cache
from pathlib import Path
from typing import Final, NamedTuple

from negsplit.program.device import Device, devices

_PART_NUMBER: Final = re.compile("006-B([0-9]{1,5})-[0-9]{2}")
_MOST_NAMED: Final = 6
"""Models that a message names."""


class UnknownDeviceError(ValueError):
    """A device that has no profile, and no name of a watch that is known."""


class WatchModel(NamedTuple):
    """What a watch is called, and the numbers of the products called so: editions for parts of the world."""

    name: str
    products: tuple[int, ...]

    @property
    def profile(self) -> Device | None:
        """The profile in which something was measured on it."""
        fitting = (one for one in devices().values() if any(map(self._is_one, one.part_numbers)))
        return next(fitting, None)

    def _is_one(self, part_number: str) -> bool:
        return product(part_number) in self.products


class Choice(NamedTuple):
    """A profile; ``remark`` says why it is this one, where it is not the watch's own."""

    device: Device
    remark: str = ""


def choose(words: str) -> Choice:
    """The profile that a name means: its own or an older one of it, or that of a watch, in any spelling of it.

    :raises UnknownDeviceError: where there is none, or several watches with different ones; it says which are near.
    """
    if words in devices():
        return Choice(devices()[words])
    key = _key(words)
    for device in devices().values():
        if key in map(_key, (device.name, *device.also)):
            return Choice(device)
    fitting = _fitting(key)
    profiles = [model.profile for model in fitting]
    if not profiles or any(one is not profiles[0] for one in profiles):
        raise UnknownDeviceError(_unknown(words, fitting))
    if profiles[0]:
        return Choice(profiles[0])
    name = fitting[0].name if len(fitting) == 1 else f"{words.strip()} ({_listed(model.name for model in fitting)})"
    return Choice(devices()["generic"], f"nothing was measured on the {name}: compiled for `generic`")


def beginning_with(words: str) -> list[str]:
    """The names of watches that go on from some letters, spelled as the letters are."""
    key = _key(words)
    return [model.name for model in models() if _key(model.name).startswith(key)]


def model_of(part_number: str) -> str:
    """What a watch with a part number such as ``006-B2691-00`` is called; empty where it is not known."""
    number = product(part_number)
    return next((model.name for model in models() if number in model.products), "")


def product(part_number: str) -> int | None:
    """The number of the product in a part number."""
    found = _PART_NUMBER.fullmatch(part_number)
    return int(found[1]) if found else None


@cache
def models() -> tuple[WatchModel, ...]:
    """Every model, by its name."""
    text = Path(__file__).with_name("watch_models.txt").read_text(encoding="ascii")
    products = defaultdict(list)
    for line in text.splitlines():
        number, _, name = line.partition(" ")
        if number != "#":
            products[name].append(int(number))
    return tuple(WatchModel(name, tuple(numbers)) for name, numbers in sorted(products.items()))


def _fitting(key: str) -> list[WatchModel]:
    """The model of that name; else those of which it is the first words, else those in whose name it stands."""
    if not key:
        return []
    exact = [model for model in models() if _key(model.name) == key]
    words = [model for model in models() if key in _beginnings(model.name)]
    return exact or words or [model for model in models() if key in _key(model.name)]


def _beginnings(name: str) -> set[str]:
    words = name.split()
    return {_key(" ".join(words[:count])) for count in range(2, len(words))}


def _key(words: str) -> str:
    """A name without what people write otherwise: case, accents, spaces and dashes, the maker, the long word."""
    return _letters(words).replace("forerunner", "fr")


def _letters(words: str) -> str:
    plain = "".join(char for char in unicodedata.normalize("NFKD", words.casefold()) if char.isalnum())
    return plain.removeprefix("garmin")


def _unknown(words: str, fitting: list[WatchModel]) -> str:
    if fitting:
        return f"{len(fitting)} watches fit {words!r}: {_listed(model.name for model in fitting)}"
    from difflib import get_close_matches

    there = (*devices(), *(model.name for model in models()))
    names = {spelling(name): name for name in there for spelling in (_key, _letters)}
    close = get_close_matches(_letters(words), names, 6, 0.75)
    near = list(dict.fromkeys(names[one] for one in close))[:3]
    meant = f"; did you mean {' or '.join(f'`{name}`' for name in near)}?" if near else ""
    return f"no device {words!r}; known: {', '.join(devices())}, and the names of watches{meant}"


def _listed(names: Iterable[str]) -> str:
    there = list(names)
    more = f" and {len(there) - _MOST_NAMED} more" if len(there) > _MOST_NAMED else ""
    return ", ".join(there[:_MOST_NAMED]) + more
