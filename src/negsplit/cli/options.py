"""Options that the commands which read workouts share."""

from __future__ import annotations

import click

from negsplit.compile import UnknownDeviceError
from negsplit.compile import device as device_profile
from negsplit.lower import Device

athlete_option = click.option(
    "--athlete",
    metavar="FILE_OR_TEXT",
    help='An athlete file, or words: "5 km in 22:30", "threshold 4:40/km". Else the nearest athlete.yaml.',
)
device_option = click.option(
    "--device", default="generic", show_default=True, metavar="NAME", help="The watch to compile for."
)


def chosen_device(name: str) -> Device:
    """The profile named; wrong usage where there is none."""
    try:
        return device_profile(name)
    except UnknownDeviceError as error:
        raise click.BadParameter(str(error), click.get_current_context(), param_hint="--device") from None
