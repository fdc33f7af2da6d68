"""FIT files put together byte by byte, so that tests do not lean on the code they test.

Every message comes with its own definition under local number 0, as Garmin Connect writes them. Fields go by
their official names; a value of None leaves one out, ``bytes`` are written as they are.
"""

from __future__ import annotations

import struct

ENUM, UINT8, STRING, UINT8Z, BYTE, UINT16, UINT32, UINT32Z = 0x00, 0x02, 0x07, 0x0A, 0x0D, 0x84, 0x86, 0x8C
_CODES = {ENUM: "B", UINT8: "B", UINT16: "H", UINT32: "I", UINT32Z: "I"}

FILE_ID = {
    "type": (0, ENUM),
    "manufacturer": (1, UINT16),
    "product": (2, UINT16),
    "serial_number": (3, UINT32Z),
    "time_created": (4, UINT32),
}
WORKOUT = {
    "sport": (4, ENUM),
    "capabilities": (5, UINT32Z),
    "num_valid_steps": (6, UINT16),
    "wkt_name": (8, STRING),
    "sub_sport": (11, ENUM),
    "pool_length": (14, UINT16),
    "wkt_description": (17, STRING),
}
STEP = {
    "message_index": (254, UINT16),
    "wkt_step_name": (0, STRING),
    "duration_type": (1, ENUM),
    "duration_value": (2, UINT32),
    "target_type": (3, ENUM),
    "target_value": (4, UINT32),
    "custom_target_value_low": (5, UINT32),
    "custom_target_value_high": (6, UINT32),
    "intensity": (7, ENUM),
    "notes": (8, STRING),
    "equipment": (9, ENUM),
    "weight_display_unit": (13, UINT16),
    "secondary_target_type": (19, ENUM),
    "secondary_target_value": (20, UINT32),
    "secondary_custom_target_value_low": (21, UINT32),
    "secondary_custom_target_value_high": (22, UINT32),
    "unknown_77": (77, UINT32),
}
SCHEDULE = {
    "manufacturer": (0, UINT16),
    "product": (1, UINT16),
    "serial_number": (2, UINT32Z),
    "time_created": (3, UINT32),
    "completed": (4, ENUM),
    "type": (5, ENUM),
    "scheduled_time": (6, UINT32),
}
MEMO = {
    "part_index": (250, UINT32),
    "memo": (0, BYTE),
    "mesg_num": (1, UINT16),
    "parent_index": (2, UINT16),
    "field_num": (3, UINT8),
    "data": (4, UINT8Z),
}

Value = int | str | bytes | None


def crc(data: bytes) -> int:
    """CRC-16/ARC, bit by bit."""
    value = 0
    for byte in data:
        value ^= byte
        for _ in range(8):
            value = value >> 1 ^ (0xA001 if value & 1 else 0)
    return value


def message(number: int, fields: dict[str, tuple[int, int]], values: dict[str, Value], order: str = "<") -> bytes:
    """A definition and one record of it."""
    given = {name: value for name, value in values.items() if value is not None}
    payload = b""
    definition = b""
    for name, value in given.items():
        field, base = fields[name]
        if isinstance(value, int):
            data = struct.pack(order + _CODES[base], value)
        else:
            data = value if isinstance(value, bytes) else value.encode() + b"\0"
        definition += bytes((field, len(data), base))
        payload += data
    head = struct.pack(order + "BBBHB", 0x40, 0, order == ">", number, len(given))
    return head + definition + b"\0" + payload


def file_id(order: str = "<", **values: Value) -> bytes:
    """A workout's ``file_id``."""
    default = {"type": 5, "manufacturer": 1, "product": 65534, "serial_number": 1234, "time_created": 1_136_160_000}
    return message(0, FILE_ID, default | values, order)


def workout(num_valid_steps: Value, order: str = "<", **values: Value) -> bytes:
    """A running ``workout``."""
    default = {"wkt_name": "Tempo", "sport": 1, "capabilities": 32, "num_valid_steps": num_valid_steps}
    return message(26, WORKOUT, default | values, order)


def step(message_index: Value, order: str = "<", **values: Value) -> bytes:
    """A ``workout_step`` of ten minutes without a target."""
    default = {
        "message_index": message_index,
        "duration_type": 0,
        "duration_value": 600_000,
        "target_type": 2,
        "target_value": 0,
        "intensity": 0,
    }
    return message(27, STEP, default | values, order)


def repeat(message_index: Value, to: Value, count: Value = 3, order: str = "<", **values: Value) -> bytes:
    """A ``workout_step`` that jumps back."""
    default = {"message_index": message_index, "duration_type": 6, "duration_value": to, "target_value": count}
    return message(27, STEP, default | values, order)


def schedule(**values: Value) -> bytes:
    """A ``schedule`` message."""
    return message(28, SCHEDULE, values)


def fit(*records: bytes, header: int = 14, protocol: int = 0x10, size: int | None = None) -> bytes:
    """A whole file around records, its checksums right."""
    body = b"".join(records)
    head = struct.pack("<BBHI4s", header, protocol, 2195, len(body) if size is None else size, b".FIT")
    if header > 12:
        head += struct.pack("<H", crc(head)).ljust(header - 12, b"\0")
    return head + body + struct.pack("<H", crc(head + body))
