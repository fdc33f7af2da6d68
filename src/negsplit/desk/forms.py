"""What workouts are written as: files for a watch, for an account, or for a treadmill."""

from __future__ import annotations

from collections.abc import Callable
from typing import Final, NamedTuple

from negsplit.compile import CompiledWorkout


class OutputForm(NamedTuple):
    """A kind of file: how it ends, what a workout is in it, how one is told, whether a watch takes it as it is."""

    extension: str
    encode: Callable[[CompiledWorkout], bytes]
    is_workout: Callable[[bytes], bool]
    is_for_watches: bool


def _connect(workout: CompiledWorkout) -> bytes:
    from negsplit.formats.connect.write import text

    return text(workout.connect()).encode()


def _intervals(workout: CompiledWorkout) -> bytes:
    return workout.intervals().encode()


def _zwo(workout: CompiledWorkout) -> bytes:
    return workout.zwo().encode()


def _is_fit(data: bytes) -> bool:
    """Whether a file says of itself that it is a workout; what is behind that may be damaged."""
    from negsplit.formats.fit.packing import begins
    from negsplit.formats.fit.profile import FILE_TYPE_WORKOUT

    if begins(data, FILE_TYPE_WORKOUT):
        return True
    from negsplit.formats.fit.read import FitReadError, read_file_id  # with it comes another library

    try:
        return read_file_id(data[:_BEGINNING]).type == FILE_TYPE_WORKOUT
    except FitReadError:
        return False


def _is_connect(data: bytes) -> bool:
    import json

    try:
        found = json.loads(data)
    except (ValueError, RecursionError):
        return False
    return isinstance(found, dict) and "workoutSegments" in found


def _is_intervals(data: bytes) -> bool:
    from negsplit.formats.intervals.parse import is_workout

    try:
        return is_workout(data.decode())
    except UnicodeDecodeError:
        return False


def _is_zwo(data: bytes) -> bool:
    return b"<workout_file>" in data


_BEGINNING: Final = 60_000
"""Bytes of a file that say what it is: the reader takes few more, and a workout has far fewer."""

FIT: Final = OutputForm(".fit", CompiledWorkout.fit, _is_fit, True)
FIT_READ_BACK: Final = FIT._replace(encode=CompiledWorkout.fit_read_back)
"""The same files, of which another library has read every step before they are handed over."""
CONNECT: Final = OutputForm(".json", _connect, _is_connect, False)
INTERVALS: Final = OutputForm(".txt", _intervals, _is_intervals, False)
ZWO: Final = OutputForm(".zwo", _zwo, _is_zwo, False)
ACCOUNT: Final = "connect"
"""The device that stands for an account of Garmin Connect."""
TREADMILL: Final = "zwo"
"""The device that stands for a treadmill."""
ELSEWHERE: Final = {ACCOUNT: CONNECT, "intervals": INTERVALS, TREADMILL: ZWO}
"""What is for no watch, by the name of the device that stands for where it goes."""
FORMS: Final = (FIT, *ELSEWHERE.values())


def form_for(device: str) -> OutputForm:
    """What a device takes, by the name of its profile."""
    return ELSEWHERE.get(device, FIT)
