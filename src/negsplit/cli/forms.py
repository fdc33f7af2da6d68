"""What ``compile`` writes workouts as: files for a watch, or for an account of Garmin Connect."""

from __future__ import annotations

from collections.abc import Callable
from typing import Final, NamedTuple

import click

from negsplit.cli.options import chosen_device
from negsplit.compile import CompiledWorkout
from negsplit.lower import Device


class Form(NamedTuple):
    """A kind of file: how it ends, what a workout is in it, how one is told, whether a watch takes it as it is."""

    extension: str
    encode: Callable[[CompiledWorkout], bytes]
    is_workout: Callable[[bytes], bool]
    is_for_watches: bool


def _connect(workout: CompiledWorkout) -> bytes:
    from negsplit.formats.connect import text

    return text(workout.connect()).encode()


def _is_fit(data: bytes) -> bool:
    """Whether a file says of itself that it is a workout; what is behind that may be damaged."""
    from negsplit.formats.fit_profile import FILE_TYPE_WORKOUT
    from negsplit.formats.fit_reader import FitReadError, read_file_id

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


_BEGINNING: Final = 60_000
"""Bytes of a file that say what it is: the reader takes few more, and a workout has far fewer."""

_ACCOUNT: Final = "connect"
"""The name of the form, and of the device that it is compiled for."""
_ANY_WATCH: Final = "generic"

_FORMS: Final = {
    "fit": Form(".fit", CompiledWorkout.fit, _is_fit, True),
    _ACCOUNT: Form(".json", _connect, _is_connect, False),
}

format_option = click.option(
    "--format",
    "form",
    type=click.Choice(list(_FORMS)),
    help="FIT files for a watch, or the JSON of a Garmin Connect account.  [default: as --device takes, else fit]",
)


verify_option = click.option(
    "--verify", is_flag=True, help="Read each FIT file back by another library, and compare every step."
)


def chosen_form(name: str | None, device: str, *, verify: bool) -> tuple[Form, Device]:
    """The form asked for and the device to compile for; wrong usage where they do not agree."""
    profile = chosen_device(device)
    if (name or profile.name) != _ACCOUNT:
        if profile.name == _ACCOUNT:
            raise click.UsageError("`--device connect` is an account and takes no FIT files: `--format connect`")
        form = _FORMS["fit"]
        return form._replace(encode=CompiledWorkout.fit_read_back) if verify else form, profile
    if profile.name != _ACCOUNT and device != _ANY_WATCH:
        raise click.UsageError(f"`--format connect` is for an account, not for `{device}`: leave --device out")
    if verify:
        raise click.UsageError("`--verify` reads FIT files back, and `--format connect` writes none")
    return _FORMS[_ACCOUNT], chosen_device(_ACCOUNT)
