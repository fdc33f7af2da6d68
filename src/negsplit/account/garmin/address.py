"""Where the account is: at Garmin, or for tests at a server on this computer."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from negsplit.account.override import name_of, override
from negsplit.frozen import dataclass

CONNECT_URL: Final = "NEGSPLIT_CONNECT_URL"

_TOKEN_URL: Final = "https://diauth.garmin.com/di-oauth2-service/oauth/token"
_SSO_URL: Final = "https://sso.garmin.com"


@dataclass(frozen=True, slots=True)
class Address:
    """Where login, tokens and requests go. ``override`` is the server for tests, None for Garmin."""

    override: str | None = None

    @property
    def token_url(self) -> str:
        return f"{self.override}/di-oauth2-service/oauth/token" if self.override else _TOKEN_URL

    @property
    def sso_url(self) -> str:
        return self.override or _SSO_URL

    @property
    def name(self) -> str:
        """A word for names of files, so that what belongs to one address is never sent to another."""
        return name_of(self.override) if self.override else "garmin"

    @property
    def place(self) -> str:
        """What the ledger's files begin with."""
        return f"connect-{self.name}"

    @property
    def proxies(self) -> dict[str, str] | None:
        """What an HTTP library is told: none at all towards this computer, else what the environment says."""
        return {"http": "", "https": "", "all": ""} if self.override else None


GARMIN: Final = Address()


def address_from(environment: Mapping[str, str]) -> Address:
    """Garmin's address, or the one in ``NEGSPLIT_CONNECT_URL``.

    Login and tokens go there too.

    :raises BadAddress: where it leads away from this computer.
    """
    return Address(said) if (said := override(environment, CONNECT_URL, "Garmin")) else GARMIN
