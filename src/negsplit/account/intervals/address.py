"""Where intervals.icu is, or for tests a server on this computer."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from negsplit.account.override import name_of, override
from negsplit.frozen import dataclass

INTERVALS_URL: Final = "NEGSPLIT_INTERVALS_URL"
_SERVICE: Final = "https://intervals.icu"


@dataclass(frozen=True, slots=True)
class Address:
    """Where requests go, and the key with them. ``override`` is the server for tests, None for intervals.icu."""

    override: str | None = None

    @property
    def url(self) -> str:
        """What every request begins with: the athlete whose the key is."""
        return f"{self.override or _SERVICE}/api/v1/athlete/0"

    @property
    def place(self) -> str:
        """What the names of private files begin with."""
        return f"intervals-{name_of(self.override) if self.override else 'icu'}"

    @property
    def proxies(self) -> dict[str, str] | None:
        """None at all towards this computer, else what the environment says."""
        return {} if self.override else None


def address_from(environment: Mapping[str, str]) -> Address:
    """The service's address, or the one in ``NEGSPLIT_INTERVALS_URL``.

    :raises BadAddress: where it leads away from this computer.
    """
    return Address(override(environment, INTERVALS_URL, "intervals.icu"))
