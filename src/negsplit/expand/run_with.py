"""A run that holds a repeat: half of what the repeat leaves of the total before it, and half behind."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from decimal import ROUND_CEILING, ROUND_HALF_UP, Decimal
from typing import Final

from negsplit.diagnostics import Help, Report
from negsplit.expand.extents import extent
from negsplit.expand.progression import Speeds
from negsplit.expand.ranges import chosen, pace_unit, resized
from negsplit.model import Item, Repeat, Role, RunWith, Step
from negsplit.targets import Named, PaceTarget
from negsplit.units import Amount, Distance, Duration, shown, size

MINIMUM: Final[dict[type[Amount], Amount]] = {Distance: Distance(100_000), Duration: Duration(300_000)}
"""What a repeat must leave of a total (a judgement): less is no run before it and behind."""
_EASY: Final = PaceTarget(Named("easy"))


def expand(item: RunWith, repeat: tuple[Item, ...], speeds: Speeds, report: Report) -> tuple[Item, ...]:
    """The run before the ``repeat``, that as it is expanded, and the run behind it; none after an error.

    The repeat alone where nobody can tell what it takes: something is wrong with its steps, or was reported.
    """
    total = chosen(item.total, speeds.volume)
    kind = type(total)
    if _reports_open(repeat, total, report):
        return ()
    known = extent(repeat, kind)
    taken = resized(total, known) if known else speeds.reckoned(repeat, kind, item.span)
    if taken is None:
        return repeat
    left = size(total) - size(taken)
    if left < size(MINIMUM[kind]):
        _report_short(item, total, taken, report)
        return ()
    first = _in_tenths(total, Decimal(left) / 2, ROUND_HALF_UP)
    second = resized(total, left - size(first))
    if not known:
        second = _whole(second)
    return _part(item, first), *repeat, _part(item, second)


def _part(item: RunWith, length: Amount) -> Step:
    return Step(Role.RUN, length, item.targets or (_EASY,), span=item.span)


def _in_tenths(total: Amount, size: Decimal, rounding: str) -> Amount:
    """So many milliseconds or centimetres in whole minutes, or in tenths of the miles or kilometres of the total."""
    if isinstance(total, Duration):
        return Duration.of((size / 60_000).to_integral_value(rounding), "min")
    unit = pace_unit("km", total)
    tenths = (size / Distance.of(Decimal(1), unit).cm * 10).to_integral_value(rounding)
    return Distance.of(tenths / 10, unit)


def _whole(amount: Amount) -> Amount:
    """To whole seconds or metres: there is nothing smaller in an estimate."""
    step = 1_000 if isinstance(amount, Duration) else 100
    return resized(amount, (size(amount) + step // 2) // step * step)


def _steps(items: Sequence[Item]) -> Iterator[Step]:
    for item in items:
        if isinstance(item, Repeat):
            yield from _steps(item.steps)
        elif isinstance(item, Step):
            yield item


def _reports_open(repeat: Sequence[Item], total: Amount, report: Report) -> bool:
    """Whether a step of the repeat may last any time, which is an error."""
    step = next((one for one in _steps(repeat) if not isinstance(one.length, Duration | Distance)), None)
    if step is None:
        return False
    message = f"there is no telling what this leaves of {shown(total)}: it ends with the lap button or at a heart rate"
    title = "give it a time or a distance, such as `90 s`"
    report.error("total", message, step.span, step.span.cure(title, "lap", "90 s") if step.span else title)
    return True


def _report_short(item: RunWith, total: Amount, taken: Amount, report: Report) -> None:
    kind = type(total)
    left = "nothing" if size(taken) >= size(total) else str(_whole(resized(total, size(total) - size(taken))))
    needed = _in_tenths(total, Decimal(size(taken) + size(MINIMUM[kind])), ROUND_CEILING)
    message = f"the repeat takes {_whole(taken)} of {shown(total)} and leaves {left}: less than {MINIMUM[kind]}"
    report.error("total", message, item.span, "write fewer repetitions", _longer(item, str(needed)))


def _longer(item: RunWith, needed: str) -> Help:
    """Another total in the place of one that begins the line, in the spelling of the language."""
    title, span = f"or a total of at least `{needed}`", item.span
    written = str(item.total)
    if span is None or not span.text.startswith(f"{written} "):
        return title
    return span._replace(end=span.start + len(written)).cure(title, written, needed)
