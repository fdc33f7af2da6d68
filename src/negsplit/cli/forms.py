"""What ``compile`` writes workouts as: files for a watch, or for an account of Garmin Connect."""

from __future__ import annotations

from collections.abc import Callable
from typing import Final, NamedTuple

import click

from negsplit.cli.options import chosen_device
from negsplit.compile import CompiledWorkout
from negsplit.lower import Device


class Form(NamedTuple):
    """A kind of file: how it ends, what a workout is in it, and whether a watch takes it as it is."""

    extension: str
    encode: Callable[[CompiledWorkout], bytes]
    is_for_watches: bool


def _connect(workout: CompiledWorkout) -> bytes:
    from negsplit.formats.connect import text

    return text(workout.connect()).encode()


_ACCOUNT: Final = "connect"
"""The name of the form, and of the device that it is compiled for."""
_ANY_WATCH: Final = "generic"

_FORMS: Final = {"fit": Form(".fit", CompiledWorkout.fit, True), _ACCOUNT: Form(".json", _connect, False)}

format_option = click.option(
    "--format",
    "form",
    type=click.Choice(list(_FORMS)),
    help="FIT files for a watch, or the JSON of a Garmin Connect account.  [default: as --device takes, else fit]",
)


def chosen_form(name: str | None, device: str) -> tuple[Form, Device]:
    """The form asked for and the device to compile for; wrong usage where the two do not agree."""
    profile = chosen_device(device)
    if (name or device) != _ACCOUNT:
        if device == _ACCOUNT:
            raise click.UsageError("`--device connect` is an account and takes no FIT files: `--format connect`")
        return _FORMS["fit"], profile
    if device not in (_ACCOUNT, _ANY_WATCH):
        raise click.UsageError(f"`--format connect` is for an account, not for `{device}`: leave --device out")
    return _FORMS[_ACCOUNT], chosen_device(_ACCOUNT)
