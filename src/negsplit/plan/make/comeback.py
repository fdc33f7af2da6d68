"""The way back after weeks without running: a third of before, a half, three quarters, then nearly the whole."""

from __future__ import annotations

import textwrap
from collections.abc import Iterator, Sequence
from typing import Final, NamedTuple

from negsplit.plan.make.days import Days, Role, days
from negsplit.plan.make.gauge import Gauge
from negsplit.plan.make.numbers import LEAST_EASY, NUMBERS
from negsplit.plan.make.sessions import STRIDES
from negsplit.plan.make.wish import Wish
from negsplit.plan.weeks import weeks_text
from negsplit.tree.layout import scalar
from negsplit.words import DAYS

FEWEST_WEEKS, MOST_WEEKS = 2, 16
"""After less than a week off nobody needs a plan; behind more than 16 weeks of climbing it is a new beginning."""

_PARTS: Final[tuple[tuple[float, float], ...]] = ((0.27, 0.29), (0.43, 0.50), (0.60, 0.71), (0.80, 0.86))
"""What the first and the last week of each quarter have of a week before the break. Daniels goes back in thirds at 33,
50 and 75 %, here as what is not passed in the first three quarters; the last one leads on to the whole."""
_SHORT_WAY: Final[dict[int, tuple[float, ...]]] = {2: (0.50, 0.75), 3: (0.50, 0.62, 0.75)}
"""After a break of up to four weeks Daniels goes back in halves, at 50 and 75 %."""
_LIGHTER, _LIGHTER_EVERY, _LIGHTER_FROM = 0.85, 4, 7
"""Of the highest week so far: the last week but one and every fourth before that, in seven weeks and more."""
_MUCH: Final = 150.0
"""Minutes a week from which lighter weeks matter in the first half too: as PL04 has it."""
_MORE_A_WEEK, _MINUTES_MORE, _KM_MORE = 0.18, 10.0, 1.6
"""By how much a week may grow whatever its share is: by that share, or by the smaller of the two for each run if that
is more. It is what PL02 allows from the second week on, with room for rounding."""
_LONG_MORE: Final = 0.10
"""The same share of the longest run: PL01."""
_STRIDES_MINUTES: Final = 4 * (20 + 60) / 60
_STRIDES_FROM: Final = 3
"""The week."""
_JOINING: Final[tuple[Role, ...]] = ("eve", "middle", "after")
"""Which days join the first three, one with each quarter."""
_FIRST_RUNS: Final = 3
_EASY: Final = "RPE 3"


class _Week(NamedTuple):
    """Minutes of the runs of a week, by their day; the day of the strides is None where there are none."""

    minutes: dict[int, int]
    strides: int | None


def text(wish: Wish, gauge: Gauge) -> str:
    """The plan of a wish whose ``volume`` and ``longest`` are those of a week before the break.

    All by effort and by time: the paces of before the break are too fast now.
    """
    found = days(wish, None)
    weeks = list(_weeks(wish, gauge, found))
    lines = [*_comment(wish, gauge), f"plan: {scalar(wish.title)}", "notes: All of it easy. If something hurts, stop."]
    lines += [f"start: {wish.start}", f"weeks: {wish.weeks}", "blocks:"]
    lines += [f"  easy: {{params: {{total: }}, steps: run $total @ {_EASY}}}"]
    lines += [f'  strides: {{params: {{total: }}, steps: "run $total @ {_EASY}, {STRIDES}"}}', "sessions:"]
    for day in found.roles:
        lines += _sessions(day, found, weeks)
    return "\n".join(lines) + "\n"


def _weeks(wish: Wish, gauge: Gauge, found: Days) -> Iterator[_Week]:
    before, longest = (gauge.amount(one) * gauge.pace for one in (wish.volume, wish.longest))
    more, highest, highest_long = min(_MINUTES_MORE, _KM_MORE * gauge.pace), 0.0, 0.0
    for number, (quarter, share) in enumerate(_shares(wish.weeks), 1):
        running = _days_of(quarter, wish, found)
        strides = found.day("second") if number >= _STRIDES_FROM else None
        on_top = _STRIDES_MINUTES * (strides is not None)
        minutes = share * before
        if highest:
            minutes = min(minutes, highest + max(_MORE_A_WEEK * highest, more * len(running)) - on_top)
        if _is_lighter(number, wish.weeks, highest):
            minutes = _LIGHTER * highest - on_top
        long = min(max(minutes / before * longest, minutes / len(running)), NUMBERS["base"].longest_minutes)
        if highest:
            long = min(long, highest_long + max(_LONG_MORE * highest_long, more))
        week = _Week(_shared_out(minutes, long, running, found), strides)
        yield week
        highest = max(highest, sum(week.minutes.values()) + on_top)
        highest_long = max(highest_long, *week.minutes.values())


def _shares(weeks: int) -> Sequence[tuple[int, float]]:
    """Which quarter of the way each week is in, from 0, and what it has of a week before the break."""
    if weeks in _SHORT_WAY:
        return [(at, share) for at, share in enumerate(_SHORT_WAY[weeks])]
    shares: list[tuple[int, float]] = []
    for quarter, (first, last) in enumerate(_PARTS):
        count = weeks * (quarter + 1) // len(_PARTS) - weeks * quarter // len(_PARTS)
        shares += [(quarter, first + (last - first) * at / max(count - 1, 1)) for at in range(count)]
    return shares


def _is_lighter(number: int, weeks: int, highest: float) -> bool:
    is_late = number > weeks // 2 or highest >= _MUCH
    return weeks >= _LIGHTER_FROM and is_late and (weeks - 1 - number) % _LIGHTER_EVERY == 0


def _days_of(quarter: int, wish: Wish, found: Days) -> list[int]:
    """Three days at first, and one more with each quarter of the way, up to all."""
    joined = [day for role in _JOINING for day, one in found.roles.items() if one == role]
    spared = joined[max(0, min(wish.runs, _FIRST_RUNS + quarter) - _FIRST_RUNS) :]
    return [day for day in found.roles if day not in spared]


def _shared_out(minutes: float, long: float, running: list[int], found: Days) -> dict[int, int]:
    """The minutes of a week on its days, in steps of five and no more than it has; no run is longer than the long one,
    and none shorter than the shortest."""
    longest = max(_fives(long), _fives(LEAST_EASY))
    others = [day for day in running if day != found.day("long")]
    each, more = divmod(max(_fives(minutes) - longest, 0), len(others))
    shared = {day: each + (place < more) for place, day in enumerate(others)}
    fives = {day: min(max(one, _fives(LEAST_EASY)), longest) for day, one in shared.items()}
    return {day: 5 * fives.get(day, longest) for day in running}


def _fives(minutes: float) -> int:
    return int(minutes // 5)


# --- Text ----------------------------------------------------------------------------------------


def _sessions(day: int, found: Days, weeks: Sequence[_Week]) -> Iterator[str]:
    name = "Long run" if day == found.day("long") else "Easy"
    plain = {number: week.minutes[day] for number, week in enumerate(weeks, 1) if day in week.minutes}
    strides = {number: minutes for number, minutes in plain.items() if weeks[number - 1].strides == day}
    for label, block, some in (
        (name, "easy", {number: minutes for number, minutes in plain.items() if number not in strides}),
        (f"{name}, strides", "strides", strides),
    ):
        if some:
            yield f"  - weeks: {weeks_text(list(some))}"
            yield f"    on: {DAYS[day]}"
            yield f"    name: {label}"
            yield f"    use: {block}"
            yield f"    with: {{total: [{', '.join(f'{one}' for one in some.values())} min]}}"


def _comment(wish: Wish, gauge: Gauge) -> Iterator[str]:
    paragraphs = (
        f"The way back after a break, in {wish.weeks} weeks, to {wish.runs} runs a week.",
        "",
        f"For whom: somebody who ran {gauge.about(gauge.amount(wish.volume))} a week before, up to "
        f"{gauge.about(gauge.amount(wish.longest))} at once.",
        "Why: you begin with about a third of what you ran before, then half, then three quarters. Your heart and "
        "lungs come back sooner than your tendons and bones do.",
        "How: all of it easy, by effort and by time. The paces of before are too fast for now: race, or run a test, "
        "when you are back. Strides from week 3 on are short and relaxed.",
        "If you were ill or injured, ask somebody who sees you first. If a week was hard, do it again: "
        "`repeat_weeks: [3]`.",
    )
    for one in paragraphs:
        yield from (f"# {line}" for line in textwrap.wrap(one, 110)) if one else ("#",)
