"""What the text of a block begins with, which says what its step is for."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Final

from negsplit.model import Role
from negsplit.program.captions import ROLE_NAMES

TEXTS: Final[Mapping[Role, str]] = {role: name for role, name in ROLE_NAMES.items() if role is not Role.RUN}
"""By these words: a ``SteadyState`` or a ``FreeRide`` says nowhere else what it is for."""
_BEGINS: Final = re.compile(rf"({'|'.join(TEXTS.values())})(?:\. (.*))?", re.IGNORECASE | re.DOTALL)
_ROLES: Final = {name.casefold(): role for role, name in TEXTS.items()}


def with_role(role: Role, cue: str) -> str:
    """The text of a step: ``Warm up. tall, relaxed``."""
    word = TEXTS.get(role, "")
    if not word or role_of(cue)[0] is role:
        return cue
    return f"{word}. {cue}" if cue else word


def role_of(text: str) -> tuple[Role, str]:
    """What a text says its step is for, and the rest of it as a cue."""
    found = _BEGINS.fullmatch(text)
    return (_ROLES[found[1].casefold()], found[2] or "") if found else (Role.RUN, text)
