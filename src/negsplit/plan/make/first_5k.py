"""The plan from walking to 5 km without a walk: runs that get longer, walks that go away."""

from __future__ import annotations

import textwrap
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import groupby
from typing import Final, NamedTuple

from negsplit.plan.make.days import week_starts_for
from negsplit.plan.make.wish import Wish
from negsplit.plan.weeks import weeks_text
from negsplit.tree.layout import scalar
from negsplit.units import Distance, Duration
from negsplit.words import DAYS

RUNS: Final = 3
"""Sessions a week: with a day between them, as nearly every published programme has it."""
_USUAL_DAYS: Final = (1, 3, 6)


class _Walk(NamedTuple):
    """A week of running and walking in turns: minutes run, minutes walked, and both together."""

    run: int
    walk: int
    total: int


class _Through(NamedTuple):
    """A week without walks: minutes of the first two sessions, and of the last one."""

    usual: int
    longest: int


_Stage = _Walk | _Through

STAGES: Final[tuple[_Stage, ...]] = (
    _Walk(1, 2, 24),
    _Walk(1, 2, 24),
    _Walk(2, 1, 24),
    _Walk(2, 1, 27),
    _Walk(4, 1, 25),
    _Walk(4, 1, 30),
    _Walk(8, 1, 27),
    _Walk(8, 1, 27),
    _Through(15, 20),
    _Through(20, 25),
    _Through(25, 30),
    _Through(25, 35),
)
"""A week each. The ratios and their order are those of the ten weeks of ``preset:seed10``; the last two lead from its
half hour to the 35 min in which most beginners run 5 km (a judgement)."""
_BEFORE_THE_RACE: Final = _Through(15, 15)
"""The week of a race, which is its last run."""
_ENTRY: Final[tuple[tuple[int, int], ...]] = ((15, 8), (8, 6), (4, 4), (2, 2), (0, 0))
"""From so many minutes without a walk on, which stage comes first."""
WITHOUT_WALK: Final = 30
"""Minutes: who runs so long without a walk is past this plan."""


def weeks_from(longest: Distance | Duration) -> int:
    """How many weeks it takes somebody whose longest run without a walk is so long, in time."""
    return len(_stages(longest))


def text(wish: Wish) -> str:
    """The plan of a wish, whose ``longest`` is the longest run without a walk, in time.

    More weeks than stages do stages again, as evenly as it goes; there are no fewer.
    """
    stages = _stages(wish.longest)
    weeks = [stages[week * len(stages) // wish.weeks] for week in range(wish.weeks)]
    if wish.race:
        weeks[-1] = _BEFORE_THE_RACE
    lines = [*_comment(wish, weeks[0]), f"plan: {scalar(wish.title)}", "notes: Run easily enough to talk."]
    lines += [*_when(wish), f"weeks: {wish.weeks}", *_HEAD.splitlines(), "sessions:"]
    for name, group in groupby(enumerate(weeks, 1), key=lambda pair: _name(pair[1])):
        lines += _sessions(wish, name, dict(group))
    if wish.race:
        lines += ["days:", f"  {wish.race}: {{race: 5 km, name: First 5 km, steps: {_RACE}}}"]
    return "\n".join(lines) + "\n"


_HEAD: Final = """\
params:
  effort: RPE 3..4                      # how hard the running feels, from 1 to 10: you can talk
  # effort: HR < 145
blocks:
  walk-run:
    params: {run: , walk: , total: , effort: }
    steps:
      - warmup: 5 min -- walk briskly
      - walk_run: run $run @ $effort / walk $walk
        total: $total
        fit: nearest
      - cooldown: 5 min -- walk
  through:
    params: {total: , effort: }
    steps:
      - warmup: 5 min -- walk briskly
      - run: $total @ $effort
      - cooldown: 5 min -- walk"""
_RACE: Final = (
    '"warmup 5 min -- walk briskly, 5 km @ RPE 4..6 -- start slowly; walk if you need to, cooldown 5 min -- walk"'
)


def _stages(longest: Distance | Duration) -> Sequence[_Stage]:
    assert isinstance(longest, Duration)
    first = next(stage for minutes, stage in _ENTRY if longest.seconds >= 60 * minutes)
    return STAGES[first:]


def _comment(wish: Wish, first: _Stage) -> Iterator[str]:
    begin = f"{first.run} min of running and {first.walk} of walking" if isinstance(first, _Walk) else "running alone"
    paragraphs = (
        f"From walking to 5 km without a walk: {wish.weeks} weeks, three times a week, beginning with {begin}.",
        "",
        "Why: the runs get longer and the walks shorter, slowly enough for bones and tendons to follow.",
        "When: always with a day between. If a week was hard, do it again: `repeat_weeks: [3]`.",
        "After it: a week or two of the last three runs, then `negsplit new` with `--kind base` or `--kind 5k`.",
        "Text after a `#` is only for you to read. To use a line such as `# effort: HR < 145`, delete the line above "
        "it and take away the `# `.",
    )
    for one in paragraphs:
        yield from (f"# {line}" for line in textwrap.wrap(one, 110)) if one else ("#",)


def _when(wish: Wish) -> Iterator[str]:
    if wish.race is None:
        yield f"start: {wish.start}"
        return
    yield f"race: {{on: {wish.race}, distance: 5 km}}"
    if starts := week_starts_for(wish.race.weekday()):
        yield f"week_starts: {DAYS[starts]}"


def _name(stage: _Stage) -> str:
    return f"{stage.run}/{stage.walk} walk-run" if isinstance(stage, _Walk) else "Run"


def _sessions(wish: Wish, name: str, weeks: Mapping[int, _Stage]) -> Iterator[str]:
    """Weeks in a row whose sessions are called the same."""
    *usual, last = wish.days or _USUAL_DAYS
    walked = [stage for stage in weeks.values() if isinstance(stage, _Walk)]
    through = [stage for stage in weeks.values() if isinstance(stage, _Through)]
    head = [f"  - weeks: {weeks_text(list(weeks))}", f"    name: {name}"]
    if walked:
        ratio = f"run: {walked[0].run} min, walk: {walked[0].walk} min"
        yield from (*head, f"    on: {_days(*usual, last)}", "    use: walk-run")
        yield f"    with: {{{ratio}, total: {_each(one.total for one in walked)}, effort: $effort}}"
        return
    yield from (*head, f"    on: {_days(*usual)}", "    use: through")
    yield f"    with: {{total: {_each(one.usual for one in through)}, effort: $effort}}"
    yield from (*head, f"    on: {_days(last)}", "    use: through")
    yield f"    with: {{total: {_each(one.longest for one in through)}, effort: $effort}}"


def _days(*days: int) -> str:
    return f"[{', '.join(DAYS[day] for day in days)}]" if len(days) > 1 else DAYS[days[0]]


def _each(minutes: Iterable[int]) -> str:
    """One value where all are the same, else one a week."""
    some = list(minutes)
    return f"{some[0]} min" if len(set(some)) == 1 else f"[{', '.join(map(str, some))} min]"
