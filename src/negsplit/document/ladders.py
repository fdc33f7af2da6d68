"""Ladders: shape to model."""

from __future__ import annotations

from negsplit.diagnostics import Report
from negsplit.document.settings import check_tolerance, last_recovery, tolerance
from negsplit.document.shapes import LadderShape
from negsplit.model import Gradual, Ladder, Step
from negsplit.phrase import paces, phrases, ramps, targets
from negsplit.phrase.tokens import Cursor
from negsplit.targets import Target
from negsplit.tree.nodes import Text
from negsplit.units import Percent


def ladder(shape: LadderShape, report: Report) -> Ladder | None:
    """A ladder; None where a rung, a target or a recovery is at fault."""
    rungs = _rungs(shape.ladder, report)
    at = _ladder_targets(shape.at, report)
    if rungs and rungs.at:
        at = _either(rungs.at, shape.at, report)
    recover = _recoveries(shape.recover, report)
    last = last_recovery(shape.last_recovery, report) or "skip"
    width = tolerance(shape.tolerance, report) or (rungs.width if rungs else None)
    if not rungs or not rungs.steps or at is None or (recover is None and not _is_none(shape.recover)):
        return None
    anchor = shape.ladder if isinstance(shape.ladder, Text) else shape.ladder[0]
    if len(rungs.steps) > phrases.MAX_COUNT:
        report.error("out-of-bounds", f"a ladder has at most {phrases.MAX_COUNT} rungs", anchor.span, "use fewer")
        return None
    held = (at.start,) if isinstance(at, Gradual) else at
    check_tolerance(shape.tolerance, (*held, *(target for rung in rungs.steps for target in rung.targets)), report)
    return Ladder(rungs.steps, at, recover, last, width, span=anchor.span, places=shape.places)


def _rungs(written: Text | list[Text], report: Report) -> phrases.Rungs | None:
    if isinstance(written, Text):
        return phrases.rungs(written, report)
    found: list[Step] = []
    faulty = False
    for text in written:
        steps = phrases.rung(text, report) if len(found) <= phrases.MAX_COUNT else ()
        faulty = faulty or steps is None
        found += steps or ()
    return None if faulty else phrases.Rungs(tuple(found))


def _either(at: Gradual, beside: Text | list[Text] | None, report: Report) -> Gradual:
    if beside is not None:
        span = (beside if isinstance(beside, Text) else beside[0]).span
        report.error("said-twice", "the rungs have their pace already", span, "leave one of them out")
    return at


def _ladder_targets(written: Text | list[Text] | None, report: Report) -> tuple[Target, ...] | Gradual | None:
    if written is None:
        return ()
    if isinstance(written, Text):
        return phrases.parse(written, report, _one_or_gradual)
    found = [phrases.parse(text, report, _one_target) for text in written]
    return None if None in found else tuple(one for one in found if one is not None)


def _one_target(cursor: Cursor) -> Target:
    start = cursor.token
    found = targets.target(cursor)
    if cursor.sees("and"):
        help = "write both after each rung: `1 km @ 5k and 180 spm`"
        raise cursor.error("targets", "`at` gives each rung one target", start, cursor.token, help)
    if cursor.sees("->"):
        help = "write it alone: `at: 4:40/km -> 4:10/km`"
        raise cursor.error("range", "`->` goes once, from the first rung to the last", start, cursor.token, help)
    return found


def _one_or_gradual(cursor: Cursor) -> tuple[Target, ...] | Gradual:
    start = cursor.token
    if not ramps.is_ahead(cursor):
        return (_one_target(cursor),)
    found = ramps.ends(cursor, may_be_open=True)
    if cursor.sees("->"):
        help = "for example `4:40/km -> 4:10/km`"
        raise cursor.error("range", "`->` goes once, from the first rung to the last", cursor.token, cursor.token, help)
    if cursor.sees("by", "in"):
        word, written = cursor.token.text, cursor.raw(start.start, cursor.length)
        help = f"within each it changes in a repeat: `4x(1 km @ {written}, 1 min)`"
        raise cursor.error(
            "progression", f"over the rungs it changes without `{word}`", cursor.token, cursor.length, help
        )
    return found


def _recoveries(written: Text | list[Text] | None, report: Report) -> Percent | tuple[Step, ...] | None:
    if written is None or _is_none(written):
        return None
    if isinstance(written, Text):
        if _is_share(written):
            return phrases.parse(written, report, _share_of_work)
        one = phrases.recovery(written, report)
        return (one,) if one else None
    found = [phrases.recovery(text, report) for text in written]
    return tuple(one for one in found if one) if all(found) else None


def _is_none(written: Text | list[Text] | None) -> bool:
    """Whether there are no recoveries: not said, or ``none``."""
    return written is None or (isinstance(written, Text) and written.strip().lower() == "none")


def _is_share(text: Text) -> bool:
    cursor = Cursor(text, Report())
    return cursor.sees("same") or cursor.ahead(1).text == "%"


def _share_of_work(cursor: Cursor) -> Percent:
    if cursor.take("same"):
        return Percent(100_000)
    return paces.share(cursor)
