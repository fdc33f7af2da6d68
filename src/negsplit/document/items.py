"""Steps, repeats and generators: shapes to model."""

from __future__ import annotations

from dataclasses import replace
from typing import Final

from negsplit.diagnostics import Report
from negsplit.document import shapes
from negsplit.document.beginnings import style
from negsplit.document.choices import FITS, HALVES, choice
from negsplit.document.fields import Shape
from negsplit.document.ladders import ladder
from negsplit.document.lines import left_out
from negsplit.document.settings import check_tolerance, last_recovery, tolerance
from negsplit.model import (
    ByFeel,
    CutDown,
    FastFinish,
    Item,
    Lap,
    Parts,
    Ramp,
    Range,
    Repeat,
    Spelling,
    Step,
    Total,
    Until,
    WalkRun,
)
from negsplit.phrase import amounts, numbers, paces, phrases, ramps, step, targets
from negsplit.phrase.roles import ROLES
from negsplit.phrase.step import Phrase
from negsplit.phrase.tokens import Cursor
from negsplit.phrase.wording import length_text
from negsplit.targets import AtFault, Between, Named, PaceTarget, Shifted, Target
from negsplit.tree.nodes import Text
from negsplit.units import Amount, Duration, PaceShift

ASK_EVERY, FIRST = Duration(450_000), Duration(900_000)
"""After how long a run by feel asks, and how long its first part is, where nobody says: 7:30 and 15 min."""
QUESTION: Final = "Can I go a little faster without getting out of breath?"
THIRDS: Final[tuple[Target, ...]] = (
    PaceTarget(Shifted(Named("marathon"), PaceShift(25_000, "km"), PaceShift(30_000, "km"))),
    PaceTarget(Between(Named("marathon"), Named("half"))),
    PaceTarget(Shifted(Named("10k"), PaceShift(0, "km"), PaceShift(-5_000, "km"))),
)
"""A rule-of-thirds run from marathon pace plus 25-30 s/km by marathon to half to 10 km pace or a little faster."""


_ROLE_FIELDS: Final = tuple((word, shapes.StepShape.keys[word].name) for word in ROLES)


def items(written: Text | list[shapes.Item], report: Report, *, in_repeat: bool = False) -> tuple[Item, ...]:
    """The steps of a workout or of a repeat's body, in the order written."""
    found: list[phrases.Entry] = []
    for item in [written] if isinstance(written, Text) else written:
        if not isinstance(item, Text):
            found.append(_item(item, report) or AtFault())
        elif item.strip():
            found += phrases.entries(item, report, in_group=in_repeat, before=found)
    return phrases.settled(found, report, in_group=in_repeat)


def _item(shape: Shape, report: Report) -> Item | None:
    match shape:
        case shapes.StepShape():
            return _step(shape, report)
        case shapes.RepeatShape():
            return _repeat(shape, report)
        case shapes.PartsShape():
            return _parts(shape, report)
        case shapes.CutDownShape():
            return _cut_down(shape, report)
        case shapes.FastFinishShape():
            return _fast_finish(shape, report)
        case shapes.ByFeelShape():
            return _by_feel(shape, report)
        case shapes.RampShape():
            return _ramp(shape, report)
        case shapes.WalkRunShape():
            return _walk_run(shape, report)
        case shapes.LadderShape():
            return ladder(shape, report)
        case shapes.UseShape():
            return None  # what it names is at fault, and that was reported
    raise TypeError(f"no item: {shape!r}")


# --- Steps ---------------------------------------------------------------------------------------


def _step(shape: shapes.StepShape, report: Report) -> Step | Ramp | None:
    given = shape.given
    roles = [(key, getattr(shape, field)) for key, field in _ROLE_FIELDS if field in given]
    key, value = roles[0]
    for _, other in roles[1:]:
        report.error(
            "two-roles",
            "a step has one role: a run, a recovery, ...",
            other.span,
            "write each on a line of its own, after `- `",
        )
    written = phrases.phrase(value, report)
    beside = _targets_beside(shape, key, written, report)
    width = tolerance(shape.tolerance, report)
    if written is None:
        return None
    found = _either(written.targets, beside, shape, report)
    cue = written.cue
    if shape.cue is not None:
        if written.cue:
            report.error("said-twice", "the cue is in the phrase already", shape.cue.span, "leave one of them out")
        cue = " ".join(shape.cue.split())
    name = written.name
    if shape.name is not None:
        if written.name:
            report.error("said-twice", "the name is in the phrase already", shape.name.span, "leave one of them out")
        name = " ".join(shape.name.split())
    check_tolerance(shape.tolerance, found, report)
    if written.gradient is None:
        length = written.length or Lap()
        aside = written.aside or (step.aside(shape.cue) if shape.cue is not None else None)
        return Step(
            ROLES[key],
            length,
            found,
            cue,
            width,
            name,
            span=value.span,
            spelling=written.spelling,
            aside=None if found else aside,
        )
    if problem := ramps.role_problem(ROLES[key], value):
        report.error("progression", problem[0], value.span, *problem[1:])
    if shape.tolerance is not None and written.gradient.width:
        report.error("said-twice", "the `±` is in the phrase already", shape.tolerance.span, "leave one of them out")
    gradient = written.gradient._replace(width=written.gradient.width or width)
    return replace(written, targets=found, cue=cue, name=name, span=value.span, gradient=gradient).item(ROLES[key])


def _targets_beside(shape: shapes.StepShape, key: str, written: Phrase | None, report: Report) -> tuple[Target, ...]:
    found: tuple[Target, ...] = ()
    for text in (shape.at, shape.also):
        if text is None:
            continue
        if ramps.is_ahead(Cursor(text, report)):
            _refuse_change(key, text, written, report)
            read = None
        else:
            read = phrases.parse(text, report, targets.targets)
        found += read or (PaceTarget(AtFault(span=text.span)),)
    return found


def _refuse_change(key: str, at: Text, written: Phrase | None, report: Report) -> None:
    """Says which phrase has a pace that changes, where it stands beside the key of a role; or what is wrong with it."""
    length = length_text(written.length) if written and written.length else "5 km"
    cue = f" -- {written.cue}" if written and written.cue else ""
    phrase = f"{length} @ {at.strip()}{cue}"
    scratch = Report()
    if phrases.phrase(Text.made(phrase, at.span), scratch) is None:
        report.extend(scratch.diagnostics)
        return
    role = key if ROLES[key] in ramps.ROLES else "run"
    report.error("progression", "a pace that changes goes in the phrase", at.span, f"write `{role}: {phrase}`")


def _either(
    written: tuple[Target, ...], beside: tuple[Target, ...], shape: shapes.StepShape, report: Report
) -> tuple[Target, ...]:
    if written and shape.at is not None:
        report.error("said-twice", "the target is in the phrase already", shape.at.span, "leave one of them out")
        return written
    if shape.also is not None and shape.at is None and not written:
        report.error("targets", "`also` needs a first target", shape.also.span, "write it as `at:`, or in the phrase")
    both = (*written, *beside)
    beside_it = shape.also or shape.at
    if beside_it and (problem := targets.conflict(both)):
        report.error("targets", problem[0], beside_it.span, *problem[1:])
        return written or beside[:1]
    return both


def _repeat(shape: shapes.RepeatShape, report: Report) -> Repeat | None:
    body = items(shape.steps, report, in_repeat=True)
    last = last_recovery(shape.last_recovery, report)
    if isinstance(shape.repeat, Text):
        times = phrases.parse(shape.repeat, report, phrases.count_alone)
        return Repeat(times, body, last, span=shape.repeat.span, places=shape.places) if times is not None else None
    until = phrases.parse(shape.repeat.until, report, amounts.total)
    return (
        Repeat(Until(until), body, last, span=shape.repeat.until.span, places=shape.places)
        if until is not None
        else None
    )


# --- Generators ----------------------------------------------------------------------------------


def _total(text: Text | None, report: Report) -> tuple[Amount | Range | None, Spelling | None]:
    """A total and how it is written, nothing where it cannot be read."""
    return (phrases.parse(text, report, amounts.spelled_total) if text else None) or (None, None)


def _amount(text: Text, report: Report) -> Amount | None:
    return phrases.parse(text, report, amounts.amount)


def _pace(text: Text, report: Report) -> PaceTarget | None:
    return phrases.parse(text, report, targets.pace_target)


def _parts(shape: shapes.PartsShape, report: Report) -> Parts | None:
    total, spelling = _total(shape.total, report)
    is_thirds = style(shape.progression) == "thirds"
    width = tolerance(shape.tolerance, report)
    if shape.paces is None and not is_thirds:
        report.error("missing-key", "`paces` is missing", shape.progression.span, "add `paces:`, one target a part")
        return None
    found = [phrases.parse(text, report, targets.target) for text in shape.paces or ()]
    if total is None or None in found:
        return None
    chosen = tuple(one for one in found if one is not None) if shape.paces is not None else THIRDS
    check_tolerance(shape.tolerance, chosen, report)
    span, places = shape.progression.span, shape.places
    return Parts("thirds" if is_thirds else "parts", total, chosen, width, span=span, places=places, spelling=spelling)


def _cut_down(shape: shapes.CutDownShape, report: Report) -> CutDown | None:
    total, spelling = _total(shape.total, report)
    every = _amount(shape.every, report)
    start = _pace(shape.from_, report)
    finish = _pace(shape.to, report) if shape.to else None
    drop = phrases.parse(shape.drop, report, paces.shift_range) if shape.drop else None
    width = tolerance(shape.tolerance, report)
    if total is None or every is None or start is None or (shape.to and not finish) or (shape.drop and not drop):
        return None
    span = shape.progression.span
    return CutDown(total, every, start, finish, drop, width, span=span, places=shape.places, spelling=spelling)


def _fast_finish(shape: shapes.FastFinishShape, report: Report) -> FastFinish | None:
    total, spelling = _total(shape.total, report)
    finish, every = _amount(shape.finish, report), _amount(shape.every, report)
    base, to = _pace(shape.base, report), _pace(shape.to, report)
    width = tolerance(shape.tolerance, report)
    if total is None or finish is None or every is None or base is None or to is None:
        return None
    span = shape.progression.span
    return FastFinish(total, base, finish, every, to, width, span=span, places=shape.places, spelling=spelling)


def _by_feel(shape: shapes.ByFeelShape, report: Report) -> ByFeel | None:
    total, spelling = _total(shape.total, report)
    first = _amount(shape.first, report) if shape.first else FIRST
    every = _amount(shape.ask_every, report) if shape.ask_every else ASK_EVERY
    if total is None or first is None or every is None:
        return None
    cue = " ".join(shape.cue.split()) if shape.cue else QUESTION
    return ByFeel(total, first, every, cue, span=shape.progression.span, places=shape.places, spelling=spelling)


def _ramp(shape: shapes.RampShape, report: Report) -> Ramp | None:
    total, spelling = _total(shape.total, report)
    parts = phrases.parse(shape.in_, report, _part_count)
    start, finish = _pace(shape.from_, report), _pace(shape.to, report)
    width = tolerance(shape.tolerance, report)
    if total is None or parts is None or start is None or finish is None:
        return None
    return Ramp(total, parts, start, finish, width, span=shape.progression.span, places=shape.places, spelling=spelling)


def _part_count(cursor: Cursor) -> int:
    start = cursor.token
    found = numbers.whole(cursor, "the number of parts", "for example `in: 5`")
    if cursor.sees("parts", "x"):
        message = f"`{cursor.token.text}` is not needed here"
        help = cursor.cure(f"write `in: {start.text}`", start.end, cursor.token, "", is_certain=True)
        raise cursor.error("trailing-text", message, cursor.token, cursor.token, help)
    return found


def _walk_run(shape: shapes.WalkRunShape, report: Report) -> WalkRun | None:
    both = phrases.halves(shape.walk_run, report)
    total, spelling = _total(shape.total, report)
    rounds = phrases.parse(shape.repeats, report, phrases.count_alone) if shape.repeats else None
    fit = choice(shape.fit, FITS, report) if shape.fit else None
    end = choice(shape.end_on, HALVES, report) if shape.end_on else None
    if shape.total and shape.repeats:
        help = "leave one of them out"
        report.error("said-twice", "`total` and `repeats` both say how long it is", shape.repeats.span, help)
    elif not shape.total and not shape.repeats:
        help = "add `total: 24 min` (or a distance), or `repeats: 8`"
        report.error("missing-key", "`total` or `repeats` is missing", shape.walk_run.span, help)
    elif shape.fit and shape.repeats:
        report.error("no-effect", "`fit` belongs to a `total`", shape.fit.span, left_out("leave it out", shape.fit))
    elif shape.fit and both and total is not None and not _measures(both, total):
        message = "`fit` needs halves and a total that are all times or all distances"
        idle = left_out("leave it out: the rounds go on until the total is done", shape.fit)
        report.error("no-effect", message, shape.fit.span, idle)
    elif both and (total is not None or rounds is not None):
        made = WalkRun(*both, total, rounds, fit or "nearest", end, fit_is_given=shape.fit is not None)
        return replace(made, span=shape.walk_run.span, places=shape.places, spelling=spelling)
    return None


def _measures(halves: tuple[Step, Step], total: Total) -> bool:
    """Whether whole rounds can be counted: times in a time, distances in a distance."""
    lengths = [half.length.low if isinstance(half.length, Range) else half.length for half in halves]
    return all(isinstance(length, type(total.low if isinstance(total, Range) else total)) for length in lengths)
