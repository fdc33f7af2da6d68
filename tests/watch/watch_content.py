"""What stands on a watch: its manifest, its folders, workouts as it stores them, and what it does once unplugged.

From what dumps of two Forerunner 935 show; every id, key and name here is made up. Files are packed
byte by byte, so that tests do not lean on the code they test; only to know a workout the reader is asked.
"""

from __future__ import annotations

import datetime as dt
import re
import struct
from collections.abc import Mapping, Sequence
from itertools import count
from typing import Literal
from xml.sax.saxutils import escape

from negsplit.formats.fit_reader import (
    FitReadError,
    FitStep,
    FitWorkout,
    ScheduledWorkout,
    read,
    read_file_id,
    read_schedule,
)
from strategies.fit_bytes import ENUM, STRING, UINT8, UINT16, UINT32, UINT32Z, crc, file_id, fit, message, step, workout
from strategies.fit_bytes import SCHEDULE as SCHEDULE_FIELDS

MANIFEST = "GARMIN/GarminDevice.xml"
UNIT = "3900000017"
STORE_KEY = "made-up-store-key"
STORED_AT_MOST = 25
"""Workouts; what comes in beyond them is gone without a word."""

NEW_FILES, WORKOUTS, SCHEDULE = "GARMIN/NewFiles", "GARMIN/Workouts", "GARMIN/Schedule"
FOLDERS = (NEW_FILES, WORKOUTS, SCHEDULE, "GARMIN/Activity")
"""As they are spelt on the watch; the manifest writes them in capitals."""

DataType = tuple[int, str, str]
"""A FIT file type, the direction of transfer, and the folder."""

TYPES: tuple[DataType, ...] = (
    (4, "OutputFromUnit", "GARMIN/ACTIVITY"),
    (5, "OutputFromUnit", "GARMIN/WORKOUTS"),
    (5, "InputToUnit", "GARMIN/NEWFILES"),
    (6, "InputToUnit", "GARMIN/NEWFILES"),
    (7, "OutputFromUnit", "GARMIN/SCHEDULE"),
    (7, "InputToUnit", "GARMIN/NEWFILES"),
)


def device_xml(
    model: str = "Forerunner 935",
    part: str = "006-B2691-00",
    unit: str = UNIT,
    types: Sequence[DataType] = TYPES,
    software: str = "2100",
) -> bytes:
    """A ``GarminDevice.xml`` in the second version's namespace, with keys that are nobody's business."""
    by_type: dict[int, list[str]] = {}
    for fit_type, direction, folder in types:
        by_type.setdefault(fit_type, []).append(_file(direction, folder))
    data_types = "".join(
        f"<DataType><Name>FIT_TYPE_{fit_type}</Name>{''.join(files)}</DataType>" for fit_type, files in by_type.items()
    )
    return f"""<?xml version="1.0" encoding="UTF-8" standalone="no" ?>
<Device xmlns="http://www.garmin.com/xmlschemas/GarminDevice/v2"
 xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance"
 xsi:schemaLocation="http://www.garmin.com/xmlschemas/GarminDevice/v2 http://www.garmin.com/xmlschemas/GarminDevicev2.xsd">
<Model><PartNumber>{escape(part)}</PartNumber><SoftwareVersion>{escape(software)}</SoftwareVersion>
<Description>{escape(model)}</Description></Model>
<Id>{escape(unit)}</Id>
<MassStorageMode>{data_types}
<UpdateFile><PartNumber>006-B0000-00</PartNumber><Version><Major>4</Major><Minor>20</Minor></Version>
<Path>GARMIN/REMOTESW</Path><FileName>GUPDATE.GCD</FileName></UpdateFile>
</MassStorageMode>
<Extensions><StoreKey>{STORE_KEY}</StoreKey><Modulus>{STORE_KEY[::-1]}</Modulus></Extensions>
</Device>
""".encode()


def _file(direction: str, folder: str) -> str:
    return (
        "<File><Specification><Identifier>FIT</Identifier></Specification>"
        f"<Location><Path>{escape(folder)}</Path><FileExtension>FIT</FileExtension></Location>"
        f"<TransferDirection>{direction}</TransferDirection></File>"
    )


def standard_content() -> dict[str, bytes]:
    """The files of a watch on which someone else's workouts are; it has :data:`FOLDERS`, also those without a file."""
    tempo = fit(
        file_id(serial_number=217_000_001, time_created=960_500_000),
        workout(2, wkt_name="2*10 tempo with a long name"),
        step(0, wkt_step_name="Warm up slowly", notes="as slow as you like"),
        step(1),
    )
    speed = fit(file_id(serial_number=219_000_002, time_created=960_900_000), workout(1, wkt_name="5x800"), step(0))
    recording = fit(file_id(type=4, product=2691, serial_number=int(UNIT)))
    return {
        MANIFEST: device_xml(),
        f"{WORKOUTS}/A68I4316.FIT": as_stored(tempo),
        f"{WORKOUTS}/A6DF5659.FIT": as_stored(speed),
        f"{SCHEDULE}/SCHEDULE.FIT": fit(file_id(type=7, product=2691, serial_number=int(UNIT))),
        "GARMIN/Activity/A6EH1200.FIT": recording,
    }


Layout = Literal["drive", "mtp"]
"""How a watch keeps what it takes in: by date and time and with the schedule as it came, as a Forerunner 935; or by
title, what is scheduled in a folder of its own, and the schedule written anew, as a fenix 6X.
"""


def imported(files: Mapping[str, bytes], layout: Layout = "drive") -> dict[str, bytes]:
    """What is on the watch once it was unplugged: what was new is taken in, what it cannot read stays where it is.

    A workout that the watch has already stays the one file that it was, wherever it lies.
    """
    found = dict(files)
    new = {path: _kind(data) for path, data in sorted(files.items()) if _folder(path) == NEW_FILES.casefold()}
    batch = {_number(files[path]): found.pop(path) for path, kind in new.items() if kind == 5}
    schedules = [found.pop(path) for path, kind in new.items() if kind == 7]
    entries = [one for data in schedules for one in read_schedule(data)]
    scheduled = {(one.serial_number, one.time_created) for one in entries}
    kept = {
        _number(data): path
        for path, data in found.items()
        if _folder(path).startswith(WORKOUTS.casefold()) and _kind(data) == 5
    }
    for number, data in batch.items():
        stored = as_stored(data)
        if number in kept:
            found[kept[number]] = stored
        elif len(kept) < STORED_AT_MOST:
            kept[number] = _free(found) if layout == "drive" else _titled(found, data, number in scheduled)
            found[kept[number]] = stored
    if schedules:
        there = [one for one in found if one.casefold() == f"{SCHEDULE}/SCHEDULE.FIT".casefold()]
        bound = [one for one in entries if (one.serial_number, one.time_created) in batch]
        taken = schedules[-1] if layout == "drive" else _schedule_as_kept(bound)
        found[there[0] if there else f"{SCHEDULE}/SCHEDULE.FIT"] = taken
    return found


def _number(data: bytes) -> tuple[int | None, int | None]:
    file_id = read_file_id(data)
    return file_id.serial_number, file_id.time_created


def _titled(taken: Mapping[str, bytes], data: bytes, is_scheduled: bool) -> str:
    """A file named by its title, as far as the watch's file system takes it; two that meet get a number."""
    title = re.sub(r'[\\/:*?"<>|]', "", read(data).name) or "Workout"
    folder = f"{WORKOUTS}/Schedule" if is_scheduled else WORKOUTS
    names = (f"{folder}/{title}{'' if number == 1 else f'({number})'}.fit" for number in count(1))
    return next(name for name in names if name not in taken)


_KEPT = SCHEDULE_FIELDS | {"plan": (7, UINT16), "nine": (9, ENUM)}


def _schedule_as_kept(entries: Sequence[ScheduledWorkout]) -> bytes:
    """A schedule as a fenix 6X writes it anew (after a published reading of one): fields 7 and 9, its own file_id."""
    epoch = dt.datetime(1989, 12, 31)
    records = [
        message(
            28,
            _KEPT,
            {
                "manufacturer": 1,
                "product": 65534,
                "serial_number": one.serial_number,
                "time_created": one.time_created,
                "completed": int(one.completed),
                "type": one.type,
                "scheduled_time": int((one.scheduled - epoch).total_seconds()) if one.scheduled else None,
                "plan": 0,
                "nine": 255,
            },
        )
        for one in entries
    ]
    return fit(file_id(type=7, product=3291, serial_number=int(UNIT), time_created=0xFFFFFFFF), *records)


def _folder(path: str) -> str:
    """The folder of a FIT file, in small letters; nothing for other files and those that macOS hides beside them."""
    folder, _, name = path.casefold().rpartition("/")
    return folder if name.endswith(".fit") and not name.startswith(".") else ""


def _kind(data: bytes) -> int | None:
    try:
        return read_file_id(data).type
    except FitReadError:
        return None


def _free(taken: Mapping[str, bytes]) -> str:
    """A name by date and time, a second after the last: A is 2020, 6 June, 8 the 8th, I 18 h, then 43 min."""
    names = (f"{WORKOUTS}/A68I43{second:02}.FIT" for second in range(16, 60))
    return next(name for name in names if name not in taken)


# --- As a Forerunner 935 stores a workout -------------------------------------------------------

Fields = tuple[tuple[int, int, int], ...]
"""Number, bytes and base type of each, in the order written."""

_FILE_ID: Fields = (
    (3, 4, UINT32Z),
    (4, 4, UINT32),
    (7, 4, UINT32),
    (1, 2, UINT16),
    (2, 2, UINT16),
    (5, 2, UINT16),
    (0, 1, ENUM),
)
_FILE_CREATOR: Fields = ((2, 20, STRING), (0, 2, UINT16), (1, 1, UINT8))
_WORKOUT: Fields = (
    (5, 4, UINT32Z),
    (8, 16, STRING),
    (10, 4, UINT32),
    (6, 2, UINT16),
    (7, 2, UINT16),
    (12, 2, UINT16),
    (14, 2, UINT16),
    (4, 1, ENUM),
    (9, 1, ENUM),
    (11, 1, ENUM),
    (13, 1, ENUM),
    (15, 1, ENUM),
)
_STEP: Fields = (
    (0, 16, STRING),
    (2, 4, UINT32),
    (4, 4, UINT32),
    (5, 4, UINT32),
    (6, 4, UINT32),
    (8, 200, STRING),
    (254, 2, UINT16),
    (10, 2, UINT16),
    (11, 2, UINT16),
    (12, 2, UINT16),
    (13, 2, UINT16),
    (1, 1, ENUM),
    (3, 1, ENUM),
    (7, 1, ENUM),
    (9, 1, ENUM),
)
_LEFT_IN_MEMORY = b"\xfe\x02\x84 prints with 1min rest 2*10\0\x02\0\0\0 \0\x09@\0\x01\0\x1b\x06\xff" * 5


def as_stored(data: bytes) -> bytes:
    """A workout as the watch writes it anew: each text in a buffer of its own size, cut without a NUL where it is too
    long, and behind its NUL whatever stood in memory; one definition a message; the same number and time.
    """
    found = read(data)
    body = (
        _message(0, _FILE_ID, [_file_id(found)])
        + _message(49, _FILE_CREATOR, [{2: "", 0: 0, 1: 0}])
        + _message(26, _WORKOUT, [_workout(found)])
        + _message(27, _STEP, [_step(one) for one in found.steps])
    )
    head = struct.pack("<BBHI4s", 14, 0x10, 2125, len(body), b".FIT")
    head += struct.pack("<H", crc(head))
    return head + body + struct.pack("<H", crc(head + body))


Values = dict[int, int | str | None]


def _file_id(found: FitWorkout) -> Values:
    one = found.file_id
    return {0: one.type, 1: one.manufacturer, 2: one.product, 3: one.serial_number, 4: one.time_created}


def _workout(found: FitWorkout) -> Values:
    return {4: found.sport, 5: 32, 6: found.num_valid_steps, 8: found.name, 11: found.sub_sport}


def _step(one: FitStep) -> Values:
    """Without second targets, which came after this watch."""
    return {
        254: one.index,
        0: one.name,
        1: one.duration_type,
        2: one.duration_value,
        3: one.target_type,
        4: one.target_value,
        5: one.custom_low,
        6: one.custom_high,
        7: one.intensity,
        8: one.notes,
    }


def _message(number: int, fields: Fields, rows: Sequence[Values]) -> bytes:
    definition = struct.pack("<BBBHB", 0x40, 0, 0, number, len(fields)) + b"".join(map(bytes, fields))
    return definition + b"".join(b"\0" + b"".join(_value(row.get(one[0]), *one[1:]) for one in fields) for row in rows)


def _value(value: int | str | None, size: int, base: int) -> bytes:
    if base == STRING:
        text = str(value).encode() + b"\0"
        return text[:size] + _LEFT_IN_MEMORY[len(text) : size]
    if value is None:
        return bytes(size) if base == UINT32Z else b"\xff" * size
    return int(value).to_bytes(size, "little")
