"""Where the account is: at Garmin, or for tests at a server on this computer."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from typing import Final
from urllib.parse import urlsplit

from negsplit.account.errors import BadAddress
from negsplit.frozen import dataclass

CONNECT_URL: Final = "NEGSPLIT_CONNECT_URL"
LOOPBACK: Final = ("127.0.0.1", "::1", "localhost")

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
        return f"test-{hashlib.sha256(self.override.encode()).hexdigest()[:8]}" if self.override else "garmin"

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

    Login and tokens go there too, so nothing but this computer is taken: not even a name that leads here.

    :raises BadAddress: where it is anything but ``http://HOST[:PORT]`` with a host of :data:`LOOPBACK`.
    """
    said = environment.get(CONNECT_URL, "")
    if not said:
        return GARMIN
    try:
        url = urlsplit(said)
        host, port = url.hostname, url.port
    except ValueError:
        raise _bad() from None
    plain = f"{url.scheme}://{f'[{host}]' if ':' in (host or '') else host}{'' if port is None else f':{port}'}"
    # Putting it together again leaves no room for another reading: user parts, spaces, backslashes, paths.
    if url.scheme != "http" or host not in LOOPBACK or said.removesuffix("/") != plain:
        raise _bad()
    return Address(plain)


def _bad() -> BadAddress:
    return BadAddress(
        f"`{CONNECT_URL}` leads away from this computer, or is no address",
        f"it is for tests: `http://HOST:PORT` with one of {', '.join(f'`{host}`' for host in LOOPBACK)}",
        "without it, everything goes to Garmin",
    )
