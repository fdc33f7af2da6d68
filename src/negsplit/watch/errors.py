"""What can go wrong between here and a watch, each with what to do about it.

::

    Exception
    └── WatchError       message, help
        ├── NotThere     no such file or folder on the watch
        ├── Taken        a file or folder of that name is there already
        ├── Refused      what stands there is no plain file or folder, or larger than it may be
        ├── Full         no room left
        ├── ReadOnly     the watch lets nothing be written
        ├── Gone         the cable was pulled, or the volume unmounted
        ├── Busy         another program holds the watch
        ├── NotAllowed   the system forbids it
        ├── NotInstalled the library that asks Windows for its files is missing
        └── Unusable     the watch answers in a way nothing can be done with
"""

from __future__ import annotations


class WatchError(Exception):
    """Something that cannot be done with a watch; ``help`` says what to do about it.

    ``message`` holds no unit id, no serial number and no key.
    """

    def __init__(self, message: str, *help: str) -> None:
        super().__init__(message)
        self.message = message
        self.help = help


class NotThere(WatchError):  # noqa: N818 - these are named for what a runner sees
    """No such file or folder on the watch."""


class NotInstalled(WatchError):  # noqa: N818
    """The library by which Windows is asked for files is missing. How to get it depends on how this was installed."""

    def __init__(self) -> None:
        super().__init__(
            "a Garmin watch is plugged in, but comtypes, which reads its files on Windows, is not installed"
        )


class Taken(WatchError):  # noqa: N818
    """A file or folder of that name is there already."""


class Refused(WatchError):  # noqa: N818
    """What stands there is a link, a device, or larger than it may be: nothing a watch puts there."""


class Full(WatchError):  # noqa: N818
    """The watch has no room left."""

    def __init__(self) -> None:
        super().__init__("the watch is full", "delete old activities or music there, then copy again")


class ReadOnly(WatchError):  # noqa: N818
    """The watch lets nothing be written."""


class Gone(WatchError):  # noqa: N818
    """The watch is no longer there: the cable was pulled, or the volume unmounted."""

    def __init__(self) -> None:
        super().__init__("the watch is gone: the cable was pulled, or it was ejected", "plug it in and copy again")


class Busy(WatchError):  # noqa: N818
    """Another program holds the watch."""


class NotAllowed(WatchError):  # noqa: N818
    """The system forbids it."""


class Unusable(WatchError):  # noqa: N818
    """The watch, or what leads to it, answers in a way nothing can be done with."""
