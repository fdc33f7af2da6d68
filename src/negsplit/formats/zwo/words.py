"""What a Zwift workout file of a run can name: paces by their numbers, and what a step is for by its text."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Final

from negsplit.model import Role
from negsplit.program.captions import ROLE_NAMES

PACES: Final = ("mile", "5k", "10k", "half", "marathon")
"""What ``pace`` counts from 0: the runner's own, as set in the program (zwo-editor, QDomyos-Zwift), in our names."""
BASES: Final = ("threshold", *PACES)
"""What a share of a speed may be of."""

TEXTS: Final[Mapping[Role, str]] = {role: name for role, name in ROLE_NAMES.items() if role is not Role.RUN}
"""What a text begins with to say what its step is for: a ``SteadyState`` or ``FreeRide`` says it nowhere else."""
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
