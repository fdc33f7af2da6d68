"""What the account keeps of a workout otherwise than it was sent: it rewrites what it does not like without a word."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Final

from negsplit.account.marker import read_marker
from negsplit.formats.connect.canon import CanonicalRepeat, CanonicalStep, canonical
from negsplit.formats.json_fields import Object, text

_NAMED: Final = {
    "step_type": "what it is for",
    "condition": "what ends it",
    "value": "its length",
    "compare": "what ends it",
    "target": "its target",
    "second": "its second target",
    "text": "its cue",
    "times": "how often it is repeated",
    "skips_last": "whether the last recovery is skipped",
}


def differences(sent: Object, kept: Object) -> tuple[str, ...]:
    """What differs between a workout as it was sent and as it came back, in a runner's words; often nothing."""
    one, other = canonical(sent), canonical(kept)
    found = [
        *(["its name"] if one.name != other.name else []),
        *(["its notes"] if _lines(one.description) != _lines(other.description) else []),
        *(["its sport"] if one.sport != other.sport else []),
        *([] if _marker(sent) == _marker(kept) else ["the mark at the end of its notes"]),
    ]
    return (*found, *_step_differences(list(_flat(one.steps)), list(_flat(other.steps))))


def _lines(description: str) -> str:
    return "\n".join(description.split("\r\n")).strip()


def _marker(workout: Object) -> object:
    return read_marker(text(workout, "description"))


_Part = CanonicalStep | CanonicalRepeat


def _flat(parts: Iterable[_Part]) -> Iterator[_Part]:
    """Steps and repeats in the order in which the account numbers them."""
    for part in parts:
        yield part
        if isinstance(part, CanonicalRepeat):
            yield from _flat(part.steps)


def _step_differences(sent: list[_Part], kept: list[_Part]) -> list[str]:
    if len(sent) != len(kept):
        return [f"the number of its steps: {len(kept)} instead of {len(sent)}"]
    found = []
    for number, (one, other) in enumerate(zip(sent, kept, strict=True), 1):
        if type(one) is not type(other):
            found.append(f"step {number}: whether it repeats others")
            continue
        named = {
            _NAMED[field]: None
            for field in one._fields
            if field in _NAMED and getattr(one, field) != getattr(other, field)
        }
        found += [f"step {number}: {name}" for name in named]
    return found
