"""Workouts as texts of the language can mean them, for property tests.

Bounds are those of the language: 1 s to 24 h, 10 m to 200 km, 0.5 to 12 m/s, 30 to 220 bpm, 1 to 2000 W,
60 to 300 spm; at most two targets that occupy a slot, of different kinds; a tolerance beside a pace only.
"""

from __future__ import annotations

import re
from decimal import Decimal
from itertools import permutations
from typing import Any, get_args

from hypothesis import assume
from hypothesis import strategies as st

from negsplit.codes import RULES
from negsplit.model import (
    ByFeel,
    Claim,
    CountRange,
    CutDown,
    FastFinish,
    Gradual,
    Item,
    Ladder,
    Lap,
    Length,
    Parts,
    Ramp,
    Range,
    Repeat,
    Role,
    RunWith,
    Sport,
    Step,
    Total,
    Units,
    Until,
    UntilHeartRate,
    WalkRun,
    Workout,
)
from negsplit.targets import (
    Between,
    CadenceTarget,
    Covering,
    Effort,
    HeartRateShare,
    HeartRateTarget,
    HeartRateZones,
    Named,
    OneSided,
    OpenTarget,
    PacePoint,
    PaceTarget,
    PaceZones,
    PowerShare,
    PowerTarget,
    PowerZone,
    Scaled,
    Shifted,
    Target,
    Tolerance,
)
from negsplit.units import DISTANCE_UNITS, TIME_UNITS, Amount, Distance, Duration, Pace, PaceShift, Percent, Speed

LAST_RECOVERY = st.sampled_from(["keep", "skip"])
SIGNS = " \",()#:/%@'[]{}&*!|>?`\\-–×′;=~<$é日😀\u00a0\u200b\ufeff\x1b\n\t"
"""Characters that mean something to YAML, to the language, or to nobody."""


def _often(common: st.SearchStrategy[Any], *rare: st.SearchStrategy[Any]) -> st.SearchStrategy[Any]:
    """One of them, the first in most cases."""
    return st.integers(0, 9).flatmap(lambda index: rare[index] if index < len(rare) else common)


def _ends(numbers: st.SearchStrategy[Any]) -> st.SearchStrategy[tuple[Any, Any]]:
    """The same number twice, or two in order."""
    return numbers.map(lambda one: (one, one)) | st.tuples(numbers, numbers).map(lambda pair: tuple(sorted(pair)))


# --- Texts ---------------------------------------------------------------------------------------

_written = st.sampled_from(["tall, relaxed", "rep #3", "hold: steady", '"quick" feet', "don't force it", "-- float"])


def _any_text(longest: int) -> st.SearchStrategy[str]:
    anything = st.text(st.characters(exclude_categories=["Cs"]), max_size=longest)
    return st.text("abcXYZ 0123" + SIGNS, max_size=longest) | anything


def lines(longest: int) -> st.SearchStrategy[str]:
    """Text on one line with single spaces, such as a name or a cue."""
    return _written | _any_text(longest).map(lambda text: " ".join(text.split())).filter(bool)


def texts(longest: int) -> st.SearchStrategy[str]:
    """Any text that is not blank."""
    return _any_text(longest).filter(lambda text: bool(text.strip()))


def cues_in_line(ends: str) -> st.SearchStrategy[str]:
    """Cues that a line of text can hold: no double quotes beside a sign that needs them around the cue."""
    return lines(20).filter(lambda cue: '"' not in cue or not (cue[0] == '"' or any(end in cue for end in ends)))


_STOPS = {"and", "in", "at", "of", "until", "than", "to", "or"}
_NEVER_FIRST = {
    *_STOPS, *TIME_UNITS, *DISTANCE_UNITS, "lap", "open", "faster", "slower", "hr", "power", "rpe", "z",
    "hrmax", "maxhr", "hrr", "lthr", "cp", "bpm", "spm", "w", "watt", "watts", "max", "zone",
}  # fmt: skip
_letters = st.text("aekz", min_size=1, max_size=4) | st.text(
    st.characters(categories=["Ll", "Lo"]), min_size=1, max_size=4
)
_plain_words = st.sampled_from(["park", "loop", "goal", "pace", "straße", "x", "run", "open"]) | _letters.filter(
    lambda word: word.lower() == word
)
_words = _plain_words | st.sampled_from(["semi-easy", "park_loop", "by", "with", "watch"])
_numbers = st.sampled_from(["5", "10", "07", "1.5"])
names: st.SearchStrategy[str] = st.one_of(
    st.sampled_from(["easy", "marathon", "half", "threshold", "10k", "5k", "10mi", "half marathon", "e"]),
    st.sampled_from(["8k", "1500m", "15mi", "13.1mi", "very easy", "moderate", "vo2max", "lt"]),
    st.builds(
        lambda first, *rest: " ".join([first, *filter(None, rest)]),
        _words.filter(lambda word: word not in _NEVER_FIRST),
        st.just("") | _words | _numbers,
        st.just("") | _words | st.builds(str.__add__, _plain_words, _numbers),
    ),
    st.builds(
        lambda first, end: first + end,
        _plain_words.filter(lambda word: word not in _NEVER_FIRST),
        st.sampled_from(["+", "2+", "-ish", "_2", "2-x"]),
    ),
    st.builds(str.__add__, _numbers, st.sampled_from(["k", "mi", "km", "pace", "goal", "k goal", "k pace", "mile 2"])),
).filter(
    lambda name: (
        not any(part.rstrip("0123456789.") in _STOPS for part in name.split())
        and not re.search(r"\b(by|with|then|x) ?\d|\bwatch z", name)
    )
)
"""Names of paces, in lower case: words and numbers that are none of the language's own."""


# --- Lengths -------------------------------------------------------------------------------------

durations: st.SearchStrategy[Duration] = st.one_of(
    st.integers(1, 86_400).map(lambda seconds: Duration(seconds * 1_000)),
    st.integers(1, 1_440).map(lambda minutes: Duration(minutes * 60_000)),
    st.integers(1_000, 86_400_000).map(Duration),
)
distances: st.SearchStrategy[Distance] = st.one_of(
    st.integers(1, 2_000).map(lambda hundreds: Distance(hundreds * 10_000)),
    st.integers(1, 400).map(lambda quarters: Distance.of(Decimal(quarters) / 4, "mi")),
    st.integers(11, 5_000).map(lambda yards: Distance.of(Decimal(yards), "yd")),
    st.integers(1_000, 20_000_000).map(Distance),
)
amounts: st.SearchStrategy[Amount] = durations | distances
_MOST = {"s": 86_400, "min": 1_440, "h": 24, "m": 20_000, "km": 200, "mi": 124, "yd": 20_000}


def _in_bounds(amount: Amount) -> bool:
    if isinstance(amount, Duration):
        return 1_000 <= amount.ms <= 86_400_000
    return 1_000 <= amount.cm <= 20_000_000


def _ranges(unit: str, decimals: int) -> st.SearchStrategy[Range]:
    kind = Duration if unit in TIME_UNITS else Distance
    numbers = st.integers(1, _MOST[unit] * 10**decimals).map(lambda n: kind.of(Decimal(n).scaleb(-decimals), unit))
    ends = st.tuples(numbers, numbers).filter(lambda pair: pair[0] != pair[1] and all(map(_in_bounds, pair)))
    return ends.map(lambda pair: Range(*sorted(pair), unit, decimals))


ranges: st.SearchStrategy[Range] = st.one_of([_ranges(unit, decimals) for unit in _MOST for decimals in range(4)])
"""``6..8 mi``: both ends are numbers of their unit with at most so many decimals."""
totals: st.SearchStrategy[Total] = _often(amounts, ranges)
lengths: st.SearchStrategy[Length] = _often(
    amounts,
    ranges,
    st.just(Lap()),
    st.builds(UntilHeartRate, st.sampled_from(["below", "above"]), st.integers(30, 220)),
)
_counts = st.integers(1, 12) | st.integers(1, 10_000)
counts: st.SearchStrategy[int | CountRange] = _often(
    _counts, st.lists(_counts, min_size=2, max_size=2, unique=True).map(lambda pair: CountRange(*sorted(pair)))
)


# --- Targets -------------------------------------------------------------------------------------


def _thousandths(least: int, most: int) -> st.SearchStrategy[int]:
    """Whole numbers often, others with up to three decimals."""
    return st.integers(-(-least // 1_000), most // 1_000).map(lambda n: n * 1_000) | st.integers(least, most)


def _shares() -> st.SearchStrategy[Percent]:
    return st.integers(50, 120).map(lambda n: Percent(n * 1_000)) | st.integers(1, 300_000).map(Percent)


_units = st.sampled_from(["km", "mi"])
_paces = st.one_of(
    st.builds(Pace, _thousandths(83_334, 2_000_000), st.just("km")),
    st.builds(Pace, _thousandths(134_113, 3_218_687), st.just("mi")),
)
_speeds = st.one_of(
    st.builds(Speed, _thousandths(1_801, 43_199), st.just("km/h")),
    st.builds(Speed, _thousandths(1_119, 26_843), st.just("mph")),
    st.builds(Speed, _thousandths(500, 12_000), st.just("m/s")),
    st.builds(Speed, st.decimals(500, 12_000, places=12), st.just("m/s")),
)
_named = names.map(Named)


_sides = st.sampled_from([1, -1])


def _both(numbers: st.SearchStrategy[int]) -> st.SearchStrategy[tuple[int, int]]:
    """One number twice, or two in either order."""
    return numbers.map(lambda one: (one, one)) | st.tuples(numbers, numbers)


_shifted: st.SearchStrategy[Shifted] = st.one_of(
    st.builds(
        lambda base, side, ends, unit: Shifted(base, *(PaceShift(side * end, unit) for end in ends)),
        *(_named, _sides, _both(_thousandths(0, 600_000)), _units),
    ),
    st.builds(
        lambda base, side, ends: Shifted(base, *(Percent(side * end) for end in ends)),
        *(_named, _sides, _both(_thousandths(0, 300_000))),
    ),
)
"""Both changes to the same side, in one unit."""
_shifted_share = st.builds(
    lambda base, share, side, ends, unit: Shifted(
        Scaled(base, share, share), *(PaceShift(side * end, unit) for end in ends)
    ),
    *(_named, _shares(), _sides, _both(_thousandths(0, 600_000)), _units),
)
_points: st.SearchStrategy[PacePoint] = st.one_of(
    _paces,
    _speeds,
    _named,
    _shifted,
    _shifted_share,
    st.builds(lambda base, share: Scaled(base, share, share), _named, _shares()),
)
_first_points: st.SearchStrategy[PacePoint] = _points | st.builds(
    lambda base, ends: Scaled(base, *ends), _named, _ends(_shares())
)
tolerances: st.SearchStrategy[Tolerance] = st.one_of(
    _thousandths(0, 30_000).map(Percent), st.builds(PaceShift, _thousandths(0, 120_000), _units)
)
pace_targets: st.SearchStrategy[PaceTarget] = st.one_of(
    st.builds(PaceTarget, _first_points, _often(st.none(), tolerances)),
    st.builds(PaceTarget, st.builds(Between, _first_points, _points)),
    st.builds(PaceTarget, st.builds(Between, _paces, _paces) | st.builds(Between, _speeds, _speeds)),
    st.builds(PaceTarget, st.builds(OneSided, st.sampled_from(["faster", "slower"]), _points)),
)
_pace_zones: st.SearchStrategy[Target] = _ends(st.integers(1, 10)).map(lambda ends: PaceZones(*ends))
_beats = st.integers(30, 220)
_margins = st.integers(0, 9) | _thousandths(0, 30_000).map(Percent)
"""What the least of heart rates and powers takes for a ``±``."""
_of = st.sampled_from(["max", "reserve", "threshold"])
_heart_rates: st.SearchStrategy[Target] = st.one_of(
    _ends(_beats).map(lambda ends: HeartRateTarget(*ends)),
    st.builds(lambda one, margin: HeartRateTarget(one, one, margin), _beats, _margins),
    _beats.map(lambda high: HeartRateTarget(None, high)),
    _beats.map(lambda low: HeartRateTarget(low, None)),
    _ends(st.integers(1, 10)).map(lambda ends: HeartRateZones(*ends)),
    st.integers(1, 5).map(lambda zone: HeartRateZones(zone, zone, watch=True, plain=False)),
    st.builds(lambda ends, of: HeartRateShare(*ends, of), _ends(_shares()), _of),
)
_powers: st.SearchStrategy[Target] = st.one_of(
    _ends(st.integers(1, 2_000)).map(lambda ends: PowerTarget(*ends)),
    st.builds(lambda one, margin: PowerTarget(one, one, margin), st.integers(30, 2_000), _margins),
    _ends(_shares()).map(lambda ends: PowerShare(*ends)),
    _shares().map(lambda one: PowerShare(one, one, 0)),
    st.integers(1, 7).map(PowerZone),
)
_cadences = _ends(st.integers(60, 300)).map(lambda ends: CadenceTarget(*ends)) | st.integers(60, 300).map(
    lambda one: CadenceTarget(one, one, 0)
)
_efforts = _ends(st.integers(1, 10)).map(lambda ends: Effort(*ends))


def targets() -> st.SearchStrategy[Target]:
    """Any one target that stands behind ``@``."""
    return st.one_of(pace_targets, _pace_zones, _heart_rates, _powers, _cadences, _efforts, st.just(OpenTarget()))


def _together(*kinds: st.SearchStrategy[Target]) -> st.SearchStrategy[tuple[Target, ...]]:
    """None of these kinds, one, or two in either order."""
    return st.one_of(st.just(()), *map(st.tuples, kinds), *(st.tuples(*pair) for pair in permutations(kinds, 2)))


def _with_effort(held: st.SearchStrategy[tuple[Target, ...]]) -> st.SearchStrategy[tuple[Target, ...]]:
    both = st.tuples(held, _efforts)
    return _often(held, both.map(lambda pair: (*pair[0], pair[1])), both.map(lambda pair: (pair[1], *pair[0])))


target_lists = _with_effort(
    _often(_together(pace_targets | _pace_zones, _heart_rates, _powers, _cadences), st.just((OpenTarget(),)))
)
"""What a step may hold at once."""


# --- Steps ---------------------------------------------------------------------------------------


def _covering(
    distance: Distance, ends: tuple[int, int], others: tuple[Target, ...]
) -> tuple[Length, tuple[Target, ...]]:
    fastest, slowest = distance.cm * 100 // 119 + 1, min(distance.cm * 20 - 1, 86_400_000)
    shortest, longest = (Duration(fastest + (slowest - fastest) * end // 1_000) for end in ends)
    return distance, (PaceTarget(Covering(distance, shortest, longest)), *others)


_coverings = st.builds(
    _covering,
    distances.filter(lambda distance: distance.cm >= 1_200),
    _ends(st.integers(0, 1_000)),
    _often(st.just(()), *map(st.tuples, [_efforts, _heart_rates, _powers, _cadences])),
)
"""``800 m in 3:30``, from 0.5 to 11.9 m/s, with or without another target."""
_measures = _often(st.tuples(lengths, target_lists), _coverings)
_roles = st.sampled_from(Role)
_widths = _often(st.none(), tolerances)


def _step(
    role: Role, measures: tuple[Length, tuple[Target, ...]], cue: str, tolerance: Tolerance | None, name: str
) -> Step:
    has_pace = any(isinstance(one, PaceTarget) for one in measures[1])
    return Step(role, *measures, cue, tolerance if has_pace else None, name)


_names_in_line = _often(st.just(""), *[lines(20).filter(lambda name: '"' not in name)] * 2)


def steps() -> st.SearchStrategy[Step]:
    """Steps of their own."""
    return st.builds(
        _step, _roles, _measures, _often(st.just(""), *[lines(40)] * 3), _widths, _often(st.just(""), *[lines(20)] * 2)
    )


def steps_in_line(roles: st.SearchStrategy[Role], quoted: str) -> st.SearchStrategy[Step]:
    """Steps that are a part of a line of text, in which cues with these signs stand in quotes."""
    return st.builds(
        _step, roles, _measures, _often(st.just(""), *[cues_in_line(quoted)] * 3), st.none(), _names_in_line
    )


def repeats(inner: st.SearchStrategy[Item]) -> st.SearchStrategy[Repeat]:
    """A number of times, or until an amount is done."""
    return st.builds(
        Repeat,
        _often(counts, totals.map(Until)),
        st.lists(inner, min_size=1, max_size=4).map(tuple),
        _often(st.none(), LAST_RECOVERY, LAST_RECOVERY),
    )


# --- Generators ----------------------------------------------------------------------------------

_THIRDS = (
    PaceTarget(Shifted(Named("marathon"), PaceShift(25_000, "km"), PaceShift(30_000, "km"))),
    PaceTarget(Between(Named("marathon"), Named("half"))),
    PaceTarget(Shifted(Named("10k"), PaceShift(0, "km"), PaceShift(-5_000, "km"))),
)
_target_lists = st.lists(targets(), min_size=1, max_size=4).map(tuple)
_drops = st.builds(
    lambda ends, unit: (PaceShift(ends[0], unit), PaceShift(ends[1], unit)), _ends(_thousandths(1, 600_000)), _units
)


def _parts(style: Any, total: Total, paces: tuple[Target, ...], tolerance: Tolerance | None) -> Parts:
    has_pace = any(isinstance(one, PaceTarget) for one in paces)
    return Parts(style, total, paces, tolerance if has_pace else None)


_rungs = steps_in_line(st.just(Role.RUN), ",()")
_recoveries = st.lists(steps_in_line(_roles, ",()"), min_size=1, max_size=3).map(tuple)


def _ladder(rungs: tuple[Step, ...], at: Any, recover: Any, last: Any, tolerance: Tolerance | None) -> Ladder:
    held = [at.start] if isinstance(at, Gradual) else [*at, *(one for rung in rungs for one in rung.targets)]
    has_pace = any(isinstance(one, PaceTarget) for one in held)
    return Ladder(rungs, at, recover, last, tolerance if has_pace else None)


ladders: st.SearchStrategy[Ladder] = st.builds(
    _ladder,
    st.lists(_rungs, min_size=1, max_size=4).map(tuple)
    | st.builds(lambda rung, count: (rung,) * count, _rungs, st.integers(1, 12)),
    st.just(()) | st.tuples(targets()) | _target_lists | st.builds(Gradual, pace_targets, pace_targets),
    st.none() | st.just(Percent(100_000)) | _shares() | _recoveries,
    LAST_RECOVERY,
    _widths,
)
"""Equal rungs or different ones, with every form of target and of recovery."""


def _walk_run(first: Step, second: Step, amount: Any, fit: Any, ends_on_first: bool | None) -> WalkRun:
    end_on = None if ends_on_first is None else first.role if ends_on_first else second.role
    if isinstance(amount, int | CountRange):
        return WalkRun(first, second, rounds=amount, end_on=end_on)
    is_counted = len({_kind(length) for length in (first.length, second.length, amount)}) == 1
    return WalkRun(first, second, amount, fit=fit if is_counted else "nearest", end_on=end_on)


def _kind(length: Length) -> type:
    return type(length.low) if isinstance(length, Range) else type(length)


_run_halves, _walk_halves = (steps_in_line(st.just(role), "/,(") for role in (Role.RUN, Role.WALK))
_more = (totals | counts, st.sampled_from(["nearest", "down", "up", "exact"]), st.sampled_from([None, True, False]))
walk_runs: st.SearchStrategy[WalkRun] = st.one_of(
    st.builds(_walk_run, _run_halves, _walk_halves, *_more), st.builds(_walk_run, _walk_halves, _run_halves, *_more)
)
"""Running first or walking first, for a total or a number of rounds; ``fit`` only where rounds can be counted."""

_ramp_ends = st.one_of(
    st.builds(PaceTarget, _first_points),
    st.builds(PaceTarget, st.builds(Between, _first_points, _points)),
)


@st.composite
def _two_ends(draw: st.DrawFn) -> tuple[PaceTarget, PaceTarget]:
    """No filter: what one says of itself when it tries again is longer than Hypothesis allows."""
    start, finish = draw(_ramp_ends), draw(_ramp_ends)
    assume(start != finish)
    return start, finish


_apart = _two_ends()
_least = st.sampled_from([Duration(30_000), Distance(10_000)])


def _times(amount: Amount, count: int, more: int) -> Amount:
    """So many of an amount, and a rest."""
    return Duration(amount.ms * count + more) if isinstance(amount, Duration) else Distance(amount.cm * count + more)


_in_parts = st.builds(
    lambda least, count, more, ends: (_times(least, count, more), count, *ends),
    *(_least, st.integers(2, 200), st.integers(0, 9_000_000), _apart),
)
_by_length = st.builds(
    lambda least, longer, count, more, ends: (
        _times(_times(least, 1, longer), count, more),
        _times(least, 1, longer),
        *ends,
    ),
    *(_least, st.integers(0, 9) | st.integers(0, 90_000), st.integers(2, 60), st.integers(0, 9_000), _apart),
)
_by_change = st.builds(
    lambda least, count, more, fast, change, unit, turned: (
        _times(least, count + 1, more),
        PaceShift(change, unit),
        *[PaceTarget(Pace(fast + (count if slow else 0) * change, unit)) for slow in (not turned, turned)],
    ),
    *(_least, st.integers(1, 60), st.integers(0, 90_000), _thousandths(140_000, 400_000), _thousandths(1, 20_000)),
    *(_units, st.booleans()),
)
_beside = _with_effort(_together(_heart_rates, _powers, _cadences).filter(lambda held: len(held) < 2))
ramps: st.SearchStrategy[Ramp] = st.builds(
    lambda parts, *more: Ramp(*parts, *more),
    st.one_of(_in_parts, _by_length, _by_change),
    _widths,
    st.sampled_from([Role.RUN, Role.WARMUP, Role.COOLDOWN]),
    _beside,
    _often(st.just(""), *[lines(40)] * 3),
)
"""What a phrase can say: ``15 km @ 4:50/km -> 3:20/km by 1 km``, its parts no shorter than 30 s or 100 m."""

generators: st.SearchStrategy[Item] = st.one_of(
    st.builds(_parts, st.sampled_from(["thirds", "parts"]), totals, st.just(_THIRDS) | _target_lists, _widths),
    st.builds(CutDown, totals, amounts, pace_targets, st.none() | pace_targets, st.none() | _drops, _widths),
    st.builds(FastFinish, totals, pace_targets, amounts, amounts, pace_targets, _widths),
    st.builds(
        ByFeel,
        totals,
        st.just(Duration(900_000)) | amounts,
        st.just(Duration(450_000)) | amounts,
        st.just("Can I go a little faster without getting out of breath?") | lines(40),
    ),
    st.builds(Ramp, totals, st.integers(2, 200), pace_targets, pace_targets, _widths),
    ramps,
    ramps,
    walk_runs,
    ladders,
)
"""Every progression, walk-runs and ladders."""


# --- Workouts ------------------------------------------------------------------------------------

_plain_items = _often(steps(), generators, generators)
_repeats = repeats(_often(_plain_items, repeats(_often(_plain_items, repeats(_plain_items)))))
_reasons = texts(20).filter(
    lambda reason: reason.strip().lower() not in {"on", "yes", "true", "no", "false", "warning", "error"}
)

ids = st.from_regex(r"[a-z0-9]+(-[a-z0-9]+)*", fullmatch=True).filter(lambda one: len(one) <= 60)
"""What workouts and plans are known by for good."""


_in_line = steps_in_line(_roles, ",()")
_repeats_in_line = st.builds(
    Repeat,
    counts,
    st.lists(_often(_in_line, st.builds(Repeat, counts, st.tuples(_in_line))), min_size=1, max_size=6).map(tuple),
)
run_withs: st.SearchStrategy[RunWith] = st.builds(RunWith, totals, _repeats_in_line, target_lists)
"""A total with a repeat in it, which stands in no repeat itself."""


def items() -> st.SearchStrategy[Item]:
    """Steps, generators, repeats of both up to three deep, and totals with a repeat in them."""
    return _often(_plain_items, *[_repeats] * 4, run_withs)


def _claims(unit: str) -> st.SearchStrategy[Claim]:
    """To 1 cm and 10 ms at most, of which no digit is lost."""
    numbers = st.integers(1, _MOST[unit] * 100).map(lambda n: Decimal(n).scaleb(-2)) | st.integers(1, _MOST[unit]).map(
        Decimal
    )
    return numbers.map(lambda number: Claim(number, unit)).filter(lambda claim: _in_bounds(claim.amount))


claims: st.SearchStrategy[Claim] = st.one_of([_claims(unit) for unit in _MOST])
"""What a workout adds up to, in one unit."""


def workouts() -> st.SearchStrategy[Workout]:
    """Whole documents, most of them with little beside their steps."""
    return st.builds(
        Workout,
        name=lines(100),
        steps=st.lists(items(), min_size=1, max_size=3).map(tuple),
        sport=st.sampled_from(Sport),
        notes=_often(st.just(""), texts(200).map(str.strip)),
        tags=_often(st.just(()), st.lists(lines(10), max_size=3).map(tuple)),
        paces=_often(st.just({}), st.dictionaries(names, targets(), max_size=3)),
        tolerance=_widths,
        last_recovery=LAST_RECOVERY,
        lint=_often(st.just({}), st.dictionaries(st.sampled_from(RULES), _reasons, max_size=3)),
        id=_often(st.just(""), ids),
        adds_up_to=_often(st.none(), claims),
        units=_often(st.none(), st.sampled_from(get_args(Units))),
    )
