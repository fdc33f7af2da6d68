"""The codes of the coach's rules, for readers of documents that set one aside without loading any rule."""

from __future__ import annotations

from typing import Final

from negsplit.diagnostics import did_you_mean

CODES: Final = (
    *("S-BAND", "S-CAP", "S-COOL", "S-DROP", "S-DROP15", "S-HILLPACE", "S-HRSTEP", "S-JUMP", "S-LONGREC"),
    *("S-MONO", "S-OPENEND", "S-ORDER", "S-SHORTPACE", "S-STALE", "S-START", "S-TEMPO", "S-WARMUP", "S-ZONEDEP"),
    *("W-EASY", "W-GROW", "W-MONO", "W-REST", "W-SKIP"),
    *("PL01", "PL02", "PL04", "PL05", "PL06", "PL07", "PL08", "PL09", "PL10a", "PL10b", "PL10c", "PL11"),
    *("PL12", "PL13", "PL14", "PL16", "PL17", "PL18"),
)
"""Those of :func:`negsplit.check.rules`; a test holds the two together."""


def rule_help(word: str) -> tuple[str, ...]:
    """What to say to somebody who wrote ``word`` for a rule: the one that was meant, and all there are."""
    near = did_you_mean(word, CODES)
    return (*([f"did you mean `{near}`?"] if near else []), f"the rules are {', '.join(CODES)}")
