"""The address that stands in the place of an account's, for tests alone: a server on this computer."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from typing import Final
from urllib.parse import urlsplit

from negsplit.account.errors import BadAddress

LOOPBACK: Final = ("127.0.0.1", "::1", "localhost")


def override(environment: Mapping[str, str], variable: str, service: str) -> str | None:
    """What a variable of the environment says, None where it says nothing.

    Secrets go there too, so nothing but this computer is taken: not even a name that leads here.

    :param service: where everything goes without it, for the message.
    :raises BadAddress: where it is anything but ``http://HOST[:PORT]`` with a host of :data:`LOOPBACK`.
    """
    said = environment.get(variable, "")
    if not said:
        return None
    try:
        url = urlsplit(said)
        host, port = url.hostname, url.port
    except ValueError:
        raise _bad(variable, service) from None
    plain = f"{url.scheme}://{f'[{host}]' if ':' in (host or '') else host}{'' if port is None else f':{port}'}"
    # Putting it together again leaves no room for another reading: user parts, spaces, backslashes, paths.
    if url.scheme != "http" or host not in LOOPBACK or said.removesuffix("/") != plain:
        raise _bad(variable, service)
    return plain


def name_of(override: str) -> str:
    """A word for names of files, so that what belongs to one address is never sent to another."""
    return f"test-{hashlib.sha256(override.encode()).hexdigest()[:8]}"


def _bad(variable: str, service: str) -> BadAddress:
    return BadAddress(
        f"`{variable}` does not lead to this computer",
        f"it is for tests: `http://HOST:PORT` with one of {', '.join(f'`{host}`' for host in LOOPBACK)}",
        f"without it everything goes to {service}",
    )
