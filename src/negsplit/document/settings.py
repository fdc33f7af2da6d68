"""Keys of several shapes: ids, how far paces are widened, whether a last recovery is run, what it all adds up to."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from typing import Final

from negsplit.diagnostics import Report
from negsplit.document.choices import LAST_RECOVERIES, choice
from negsplit.document.lines import left_out
from negsplit.model import Claim, LastRecovery
from negsplit.phrase import amounts, paces, phrases
from negsplit.targets import PaceTarget, Target, Tolerance
from negsplit.tree.nodes import Gap, Text
from negsplit.tree.source_lines import short

MAX_ID: Final = 60
"""Characters of an id."""


def identifier(text: Text | None, report: Report) -> str:
    """Small letters and digits joined by dashes; empty where no id is written, or one at fault."""
    if text is None or not text.strip():
        return ""
    if re.fullmatch(r"[a-z0-9]+(?:-[a-z0-9]+)*", text) and len(text) <= MAX_ID:
        return str(text)
    words = f"small letters and digits joined by dashes, {MAX_ID} at most"
    near = from_name(text)
    help = text.instead(f"{words}: `{near}`", near) if near else f"{words}: `walk-run-30`"
    report.error("id", f"`{short(text)}` cannot be an id", text.span, help)
    return ""


def from_name(name: str) -> str:
    """A name in small letters, digits and dashes; empty where nothing of it is either."""
    letters = unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode().lower()
    return re.sub(r"[^a-z0-9]+", "-", letters).strip("-")[:MAX_ID].strip("-")


def last_recovery(text: Text | None, report: Report) -> LastRecovery | None:
    """``keep`` or ``skip``."""
    return choice(text, LAST_RECOVERIES, report) if text else None


def tolerance(text: Text | None, report: Report) -> Tolerance | None:
    """``2 %`` or ``5 s/km``."""
    return phrases.parse(text, report, paces.tolerance) if text else None


def claim(text: Text | None, report: Report) -> Claim | None:
    """``9 mi``; None too for a text whose params are at fault, which is reported."""
    return phrases.parse(text, report, amounts.claim) if text and not isinstance(text, Gap) else None


def check_tolerance(text: Text | None, found: Iterable[Target], report: Report) -> None:
    """A tolerance that has no pace to widen is an error."""
    if text is not None and text.strip() and not any(isinstance(one, PaceTarget) for one in found):
        help = left_out("leave it out; bands of heart rate, power and cadence are written out", text)
        report.error("tolerance", "a tolerance needs a pace to widen", text.span, help)
