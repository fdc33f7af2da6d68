"""What a ten-step workout costs at least: the same bytes by ``struct`` alone, with a checksum by a table of 256.

It knows what the file holds, as raw numbers and texts, and nothing of workouts; ``floor`` asserts that its bytes are
those that we write.
"""

from __future__ import annotations

import struct
from collections.abc import Callable

from negsplit.compile import CompiledWorkout

_HEADER = struct.Struct("<BBHI4s")


def _table() -> tuple[int, ...]:
    found = []
    for byte in range(256):
        for _ in range(8):
            byte = byte >> 1 ^ (0xA001 if byte & 1 else 0)
        found.append(byte)
    return tuple(found)


_TABLE = _table()


def _checksum(data: bytes) -> bytes:
    crc, table = 0, _TABLE
    for byte in data:
        crc = crc >> 8 ^ table[(crc ^ byte) & 0xFF]
    return crc.to_bytes(2, "little")


def floor(workout: CompiledWorkout) -> Callable[[], bytes]:
    """Writes the file of a workout: every definition is there, every value is packed by its message's ``Struct``."""
    parts = _parts(workout.fit())

    def write() -> bytes:
        records = b"".join([part if isinstance(part, bytes) else part[0].pack(*part[1]) for part in parts])
        header = _HEADER.pack(14, 0x10, 2195, len(records), b".FIT")
        whole = header + _checksum(header) + records
        return whole + _checksum(whole)

    assert write() == workout.fit()
    return write


def _parts(data: bytes) -> list[bytes | tuple[struct.Struct, tuple[object, ...]]]:
    """The definitions of a file as they are, and its messages as values."""
    codes = {0x00: "B", 0x02: "B", 0x84: "H", 0x86: "I", 0x8C: "I"}
    parts: list[bytes | tuple[struct.Struct, tuple[object, ...]]] = []
    known: dict[int, struct.Struct] = {}
    at = 14
    while at < len(data) - 2:
        if data[at] & 0x40:
            size = 6 + 3 * data[at + 5]
            rows = [data[one : one + 3] for one in range(at + 6, at + size, 3)]
            known[data[at] & 15] = struct.Struct("<B" + "".join(codes.get(base, f"{wide}s") for _, wide, base in rows))
            parts.append(data[at : at + size])
        else:
            packing = known[data[at]]
            size = packing.size
            parts.append((packing, packing.unpack_from(data, at)))
        at += size
    return parts
