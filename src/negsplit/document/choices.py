"""What stands behind a key that takes one of a few words: the words, and what each means."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final, Literal, TypeVar, get_args

from negsplit.diagnostics import Report, meant
from negsplit.model import AccountName, Break, Condition, Fit, LastRecovery, Role, Sport, Units, Volume, ZoneSystem
from negsplit.tree.nodes import Text

T = TypeVar("T")


def _each(literal: Any) -> dict[str, Any]:
    """The words of a ``Literal``, which stand for themselves."""
    return {word: word for word in get_args(literal)}


SPORTS: Final = {sport.value: sport for sport in Sport}
HALVES: Final = {role.value: role for role in (Role.RUN, Role.WALK)}
FITS: Final[Mapping[str, Fit]] = _each(Fit)
LAST_RECOVERIES: Final[Mapping[str, LastRecovery]] = _each(LastRecovery)
VOLUMES: Final[Mapping[str, Volume]] = _each(Volume)
UNITS: Final[Mapping[str, Units]] = _each(Units)
BREAKS: Final[Mapping[str, Break]] = _each(Break)
CONDITIONS: Final[Mapping[str, Condition]] = _each(Condition)
ACCOUNTS: Final[Mapping[str, AccountName]] = _each(AccountName)
ZONE_SYSTEMS: Final[Mapping[str, ZoneSystem | Literal["watch"]]] = _each(ZoneSystem) | {"watch": "watch"}
YES_OR_NO: Final = {"true": True, "false": False, "yes": True, "no": False}


def choice(text: Text, options: Mapping[str, T], report: Report) -> T | None:
    """What a word in any case stands for, its spaces, dashes and underscores being one sign.

    None, with an error, for any other word.
    """
    found = next((word for word in options if _folded(word) == _folded(text)), None)
    if found is not None:
        return options[found]
    help = meant(text, options, text.span) or f"known: {', '.join(options)}"
    report.error("unknown-value", f"`{text}` is not one of the choices", text.span, help)
    return None


def _folded(text: str) -> str:
    return "_".join(text.lower().replace("-", " ").replace("_", " ").split())
