"""Files as they come back from a bad disk or a careless editor."""

from __future__ import annotations

from random import Random
from typing import Final

_SIGNS: Final = (
    b"\n",
    b'"',
    b",",
    b":",
    b"- ",
    b"  ",
    b"@",
    b";",
    b"\x00",
    b"\xff",
    b"99",
    b"(",
    b")",
    b"&a ",
    b"*a",
    b"%",
)


def broken(data: bytes, random: Random) -> bytes:
    """A file that was cut, doubled in a part, or has other bytes in some places."""
    found = bytearray(data)
    for _ in range(random.randint(1, 6)):
        at, end = sorted(random.randrange(len(found) + 1) for _ in range(2))
        match random.randrange(4):
            case 0:
                del found[at : min(end, at + 40)]
            case 1:
                found[at:at] = found[at : min(end, at + 200)]
            case 2:
                found[at:at] = random.choice(_SIGNS)
            case _:
                found[at : at + 1] = bytes([random.randrange(256)])
    return bytes(found)
