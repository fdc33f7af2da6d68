"""A plan that Garmin Connect has put on a watch: its workouts, and a schedule that holds what no public profile knows.

After a captured upload of Connect's (big-endian, a message 137, fields 7 and 10 of its entries, at noon), with numbers
of our own.
"""

from __future__ import annotations

import datetime as dt

import fitdecode

from strategies.fit_bytes import SCHEDULE as ENTRY
from strategies.fit_bytes import STRING, UINT8, UINT16, UINT32, file_id, fit, message, step, workout
from watch.importing import Layout, Storing, unit
from watch.stored import as_stored, schedule_as_kept
from watch.watch_content import SCHEDULE, WORKOUTS

KEPT = f"{SCHEDULE}/SCHEDULE.FIT"
NUMBERS = (101, 102, 103)
EPOCH = dt.date(1989, 12, 31)
_A_DAY = 86_400
_CREATED = 100
_PLAN = {
    "index": (254, UINT16),
    "name": (0, STRING),
    "first": (1, UINT32),
    "last": (2, UINT32),
    "end": (3, UINT32),
    "count": (7, UINT8),
    "minutes": (8, UINT8),
}
_ENTRY = ENTRY | {"plan": (7, UINT16), "ten": (10, UINT8)}


def put_on(watch: Storing, layout: Layout, first: dt.date) -> dict[str, bytes]:
    """Puts the plan on a watch, a workout a day, as the watch keeps what it took in; the files, the schedule last."""
    folder = f"{WORKOUTS}/Schedule" if layout == "mtp" else WORKOUTS
    files = {f"{folder}/Coach {number}.fit": as_stored(_workout(number)) for number in NUMBERS}
    sent = _sent((first - EPOCH).days * _A_DAY)
    files[KEPT] = schedule_as_kept(sent, unit(watch.files()), lambda _: True) if layout == "mtp" else sent
    if KEPT in watch.files():
        watch.delete(KEPT)
    for path, data in files.items():
        watch.add(path, data)
    return files


def _workout(number: int) -> bytes:
    known = file_id(serial_number=number, time_created=_CREATED)
    return fit(known, workout(1, wkt_name=f"Coach {number}"), step(0, notes="calm"))


def _sent(midnight: int) -> bytes:
    """The schedule, from a day on; seconds since 1989-12-31."""
    last = midnight + (len(NUMBERS) - 1) * _A_DAY
    about = {"index": 1, "name": "A coach's plan", "first": midnight, "last": last, "end": last}
    plan = message(137, _PLAN, {**about, "count": len(NUMBERS) - 1, "minutes": 60}, ">")
    entries = [
        message(
            28, _ENTRY, {**_named(number), "scheduled_time": midnight + day * _A_DAY + _A_DAY // 2, "ten": day}, ">"
        )
        for day, number in enumerate(NUMBERS)
    ]
    return fit(file_id(">", type=7, serial_number=1, time_created=midnight), plan, *entries)


def _named(number: int) -> dict[str, int | str | bytes | None]:
    known = {"manufacturer": 1, "product": 65534, "serial_number": number, "time_created": _CREATED}
    return {**known, "completed": 0, "type": 0, "plan": 1}


def records(data: bytes) -> list[tuple[int, bytes, bytes]]:
    """The plans and entries of a schedule to the bit: each with its definition, without the local numbers."""
    with fitdecode.FitReader(data, check_crc=fitdecode.CrcCheck.RAISE, keep_raw_chunks=True) as reader:
        return [
            (frame.global_mesg_num, frame.def_mesg.chunk.bytes[1:], frame.chunk.bytes[1:])
            for frame in reader
            if isinstance(frame, fitdecode.FitDataMessage) and frame.global_mesg_num in (137, 28)
        ]
