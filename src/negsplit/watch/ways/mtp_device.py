"""An open device that speaks MTP, whichever library talks to it: few calls, and the one way in which they fail."""

from __future__ import annotations

from typing import Final, NamedTuple, Protocol

ROOT: Final = 0xFFFFFFFF
"""What stands for the root of a storage where a folder's handle is asked for."""

STORE_FULL: Final = 0x200C
"""The PTP response code for a store without room (ISO 15740, response codes)."""
NO_DEVICE: Final = 0x02F9
"""libmtp's own code for a device that is no longer there (`ptp.h`)."""
UNTOLD: Final = 2**64 - 1
"""The free bytes of a storage that does not say."""


class MtpError(Exception):
    """A call that failed; ``code`` is the PTP response code, a longer one of the system, None where none is known."""

    def __init__(self, code: int | None = None) -> None:
        super().__init__("no code" if code is None else f"{code:04x}")
        self.code = code


class Storage(NamedTuple):
    """One memory of a device; ``free`` in bytes, :data:`UNTOLD` where the device does not say."""

    id: int
    free: int
    writable: bool


class Object(NamedTuple):
    """A file or folder. The handle holds for this connection; ``size`` is in bytes.

    ``modified`` is in seconds since 1970 by the device's clock, 0 where it does not say.
    """

    handle: int
    name: str
    size: int
    is_folder: bool
    modified: int = 0


class MtpDevice(Protocol):
    """An open device. Every method but ``release`` raises :class:`MtpError` where the device does not do it."""

    def storages(self) -> list[Storage]:
        """The memories as they are now; nothing can be listed before they were asked for."""

    def children(self, storage: int, folder: int) -> list[Object]:
        """What a folder holds. A folder that is no more may read as an empty one."""

    def send(self, storage: int, folder: int, name: str, data: bytes) -> int:
        """Makes a file, whatever else has that name; its handle. On an error part of it may be there."""

    def get(self, handle: int) -> bytes:
        """A file whole."""

    def delete(self, handle: int) -> None:
        """Deletes an object."""

    def release(self) -> None:
        """Lets go of the device, which is not to be used after it."""
