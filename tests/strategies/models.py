"""Workouts as texts of the language can mean them, for property tests.

Bounds are those of the language: 1 s to 24 h, 10 m to 200 km, 0.5 to 12 m/s, 30 to 220 bpm, 1 to 2000 W,
60 to 300 spm; at most two targets that occupy a slot, of different kinds; a tolerance beside a pace only.
"""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from hypothesis import strategies as st

from negsplit.model import (
    Between,
    ByFeel,
    CadenceTarget,
    CountRange,
    Covering,
    CutDown,
    Effort,
    FastFinish,
    Gradual,
    HeartRateShare,
    HeartRateTarget,
    HeartRateZones,
    Item,
    Ladder,
    Lap,
    Length,
    Named,
    OneSided,
    OpenTarget,
    PacePoint,
    PaceTarget,
    Parts,
    PowerShare,
    PowerTarget,
    PowerZone,
    Ramp,
    Range,
    Repeat,
    Role,
    Scaled,
    Shifted,
    Sport,
    Step,
    Target,
    Tolerance,
    Total,
    Until,
    UntilHeartRate,
    WalkRun,
    Workout,
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

_characters = st.sampled_from("abcXYZ 0123" + SIGNS) | st.characters(exclude_categories=["Cs"])
_written = st.sampled_from(["tall, relaxed", "rep #3", "hold: steady", '"quick" feet', "don't force it", "-- float"])


def lines(longest: int) -> st.SearchStrategy[str]:
    """Text on one line with single spaces, such as a name or a cue."""
    found = st.text(_characters, min_size=1, max_size=longest).map(lambda text: " ".join(text.split()))
    return _written | found.filter(bool)


def texts(longest: int) -> st.SearchStrategy[str]:
    """Any text that is not blank."""
    return st.text(_characters, min_size=1, max_size=longest).filter(lambda text: bool(text.strip()))


def cues_in_line(ends: str) -> st.SearchStrategy[str]:
    """Cues that a line of text can hold: no double quotes beside a sign that ends a cue there."""
    return lines(20).filter(lambda cue: '"' not in cue or not (cue[0] == '"' or any(end in cue for end in ends)))


_STOPS = {"and", "in", "at", "of", "until", "than"}
_NEVER_FIRST = {
    *_STOPS, *TIME_UNITS, *DISTANCE_UNITS, "lap", "open", "faster", "slower", "hr", "power", "rpe", "z",
    "hrmax", "maxhr", "hrr", "lthr", "cp", "bpm", "spm", "w", "watt", "watts", "max",
}  # fmt: skip
_letters = st.sampled_from("aekz") | st.characters(categories=["Ll", "Lo"])
_plain_words = st.sampled_from(["park", "loop", "goal", "pace", "straße", "x", "run", "open"]) | st.text(
    _letters.filter(lambda char: char.lower() == char), min_size=1, max_size=4
)
_words = _plain_words | st.just("semi-easy")
_numbers = st.sampled_from(["5", "10", "07", "1.5"])
_names = st.one_of(
    st.sampled_from(["easy", "marathon", "half", "threshold", "10k", "5k", "10mi", "half marathon", "e"]),
    st.builds(
        lambda first, *rest: " ".join([first, *filter(None, rest)]),
        _words.filter(lambda word: word not in _NEVER_FIRST),
        st.just("") | _words | _numbers,
        st.just("") | _words | st.builds(str.__add__, _plain_words, _numbers),
    ),
    st.builds(str.__add__, _numbers, st.sampled_from(["k", "mi", "km", "pace", "goal", "k goal", "k pace", "mile 2"])),
).filter(lambda name: not any(part.rstrip("0123456789.") in _STOPS for part in name.split()))


def names() -> st.SearchStrategy[str]:
    """Names of paces, in lower case: words and numbers that are none of the language's own."""
    return _names


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


@st.composite
def ranges(draw: st.DrawFn) -> Range:
    """``6..8 mi``: both ends are numbers of their unit with at most so many decimals."""
    unit, decimals = draw(st.sampled_from(list(_MOST))), draw(st.sampled_from([0, 0, 1, 2, 3]))
    kind = Duration if unit in TIME_UNITS else Distance
    numbers = st.integers(1, _MOST[unit] * 10**decimals).map(lambda n: kind.of(Decimal(n).scaleb(-decimals), unit))
    low, high = sorted(draw(st.lists(numbers.filter(_in_bounds), min_size=2, max_size=2, unique=True)))
    return Range(low, high, unit, decimals)


totals: st.SearchStrategy[Total] = _often(amounts, ranges())
lengths: st.SearchStrategy[Length] = _often(
    amounts,
    ranges(),
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
_shifts = st.builds(PaceShift, _thousandths(0, 600_000), _units) | _thousandths(0, 300_000).map(Percent)
_paces = st.one_of(
    st.builds(Pace, _thousandths(83_334, 2_000_000), st.just("km")),
    st.builds(Pace, _thousandths(134_113, 3_218_687), st.just("mi")),
)
_speeds = st.one_of(
    st.builds(Speed, _thousandths(1_801, 43_199), st.just("km/h")),
    st.builds(Speed, _thousandths(1_119, 26_843), st.just("mph")),
    st.builds(Speed, _thousandths(500, 12_000), st.just("m/s")),
)
_named = names().map(Named)


@st.composite
def _shifted(draw: st.DrawFn) -> Shifted:
    """Both changes to the same side, in either order, in one unit."""
    sign = draw(st.sampled_from([1, -1]))
    near = draw(_shifts)
    if isinstance(near, PaceShift):
        far = draw(st.just(near.ms) | _thousandths(0, 600_000))
        return Shifted(draw(_named), PaceShift(sign * near.ms, near.unit), PaceShift(sign * far, near.unit))
    far = draw(st.just(near.thousandths) | _thousandths(0, 300_000))
    return Shifted(draw(_named), Percent(sign * near.thousandths), Percent(sign * far))


_points: st.SearchStrategy[PacePoint] = st.one_of(
    _paces, _speeds, _named, _shifted(), st.builds(lambda base, share: Scaled(base, share, share), _named, _shares())
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
_beats = st.integers(30, 220)
_of = st.sampled_from(["max", "reserve", "threshold"])
_heart_rates: st.SearchStrategy[Target] = st.one_of(
    _ends(_beats).map(lambda ends: HeartRateTarget(*ends)),
    _beats.map(lambda high: HeartRateTarget(None, high)),
    _beats.map(lambda low: HeartRateTarget(low, None)),
    _ends(st.integers(1, 10)).map(lambda ends: HeartRateZones(*ends)),
    st.builds(lambda ends, of: HeartRateShare(*ends, of), _ends(_shares()), _of),
)
_powers: st.SearchStrategy[Target] = st.one_of(
    _ends(st.integers(1, 2_000)).map(lambda ends: PowerTarget(*ends)),
    _ends(_shares()).map(lambda ends: PowerShare(*ends)),
    st.integers(1, 7).map(PowerZone),
)
_cadences = _ends(st.integers(60, 300)).map(lambda ends: CadenceTarget(*ends))
_efforts = _ends(st.integers(1, 10)).map(lambda ends: Effort(*ends))


def targets() -> st.SearchStrategy[Target]:
    """Any one target that stands behind ``@``."""
    return st.one_of(pace_targets, _heart_rates, _powers, _cadences, _efforts, st.just(OpenTarget()))


@st.composite
def target_lists(draw: st.DrawFn) -> tuple[Target, ...]:
    """What a step may hold at once: two of different kinds, with or without an effort, or nothing at all."""
    if draw(st.integers(0, 9)) == 0:
        found: list[Target] = [OpenTarget()]
    else:
        kinds = [pace_targets, _heart_rates, _powers, _cadences]
        chosen = draw(st.lists(st.sampled_from(range(4)), max_size=2, unique=True))
        found = [draw(kinds[kind]) for kind in chosen]
    if draw(st.integers(0, 4)) == 0:
        found.insert(draw(st.integers(0, len(found))), draw(_efforts))
    return tuple(found)


@st.composite
def coverings(draw: st.DrawFn) -> Covering:
    """``800 m in 3:30``: from 0.5 to 12 m/s."""
    distance = draw(distances.filter(lambda distance: distance.cm >= 1_200))
    fastest, slowest = -(-distance.cm * 10 // 12), min(distance.cm * 20, 86_400_000)
    return Covering(distance, *draw(_ends(_thousandths(fastest, slowest).map(Duration))))


# --- Steps ---------------------------------------------------------------------------------------


@st.composite
def steps(draw: st.DrawFn, roles: Any = tuple(Role), ends: str | None = None) -> Step:
    """A step of its own, or one in a line of text in which the signs ``ends`` end a cue."""
    length, found = draw(lengths), draw(target_lists())
    if draw(st.integers(0, 9)) == 0 and not any(isinstance(one, PaceTarget | OpenTarget) for one in found):
        covering = draw(coverings())
        length, found = covering.distance, (PaceTarget(covering), *found[:2])
    cue = draw(_often(st.just(""), *[lines(40) if ends is None else cues_in_line(ends)] * 3))
    has_pace = ends is None and any(isinstance(one, PaceTarget) for one in found)
    tolerance = draw(_often(st.none(), tolerances)) if has_pace else None
    return Step(draw(st.sampled_from(roles)), length, found, cue, tolerance)


def repeats(inner: st.SearchStrategy[Item]) -> st.SearchStrategy[Repeat]:
    """A number of times, or until an amount is done."""
    return st.builds(
        Repeat,
        _often(counts, totals.map(Until)),
        st.lists(inner, min_size=1, max_size=5).map(tuple),
        _often(st.none(), LAST_RECOVERY, LAST_RECOVERY),
    )


# --- Generators ----------------------------------------------------------------------------------

_THIRDS = (
    PaceTarget(Shifted(Named("marathon"), PaceShift(25_000, "km"), PaceShift(30_000, "km"))),
    PaceTarget(Between(Named("marathon"), Named("half"))),
    PaceTarget(Shifted(Named("10k"), PaceShift(0, "km"), PaceShift(-5_000, "km"))),
)
_widths = _often(st.none(), tolerances)
_target_lists = st.lists(targets(), min_size=1, max_size=4).map(tuple)
_drops = st.builds(
    lambda ends, unit: (PaceShift(ends[0], unit), PaceShift(ends[1], unit)), _ends(_thousandths(1, 600_000)), _units
)


@st.composite
def ladders(draw: st.DrawFn) -> Ladder:
    """Equal rungs or different ones, with every form of target and of recovery."""
    rungs = draw(st.lists(steps((Role.RUN,), ",)"), min_size=1, max_size=5))
    if draw(st.booleans()):
        rungs = rungs[:1] * draw(st.integers(1, 12))
    at = draw(st.just(()) | targets().map(lambda one: (one,)) | _target_lists | st.builds(Gradual, *[pace_targets] * 2))
    recover = draw(
        st.none()
        | st.just(Percent(100_000))
        | _shares()
        | st.lists(steps(tuple(Role), ",)"), min_size=1, max_size=3).map(tuple)
    )
    return Ladder(tuple(rungs), at, recover, draw(LAST_RECOVERY), draw(_widths))


@st.composite
def walk_runs(draw: st.DrawFn) -> WalkRun:
    """Running first or walking first, for a total or a number of rounds."""
    one, other = draw(st.permutations([Role.RUN, Role.WALK]))
    first, second = draw(steps((one,), "/")), draw(steps((other,), "/"))
    end_on = draw(st.sampled_from([None, one, other]))
    if draw(st.booleans()):
        return WalkRun(first, second, rounds=draw(counts), end_on=end_on)
    fit: Any = draw(st.sampled_from(["nearest", "down", "up", "exact"]))
    return WalkRun(first, second, draw(totals), fit=fit, end_on=end_on)


def generators() -> st.SearchStrategy[Item]:
    """Every progression, walk-runs and ladders."""
    return st.one_of(
        st.builds(Parts, st.just("thirds"), totals, st.just(_THIRDS) | _target_lists, _widths),
        st.builds(Parts, st.just("parts"), totals, _target_lists, _widths),
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
        walk_runs(),
        ladders(),
    )


# --- Workouts ------------------------------------------------------------------------------------


def items() -> st.SearchStrategy[Item]:
    """Steps, generators, and repeats of both up to three deep."""
    plain = _often(steps(), generators(), generators())
    nested = repeats(_often(plain, repeats(_often(plain, repeats(plain)))))
    return _often(plain, *[nested] * 4)


def workouts() -> st.SearchStrategy[Workout]:
    """Whole documents, most of them with little beside their steps."""
    return st.builds(
        Workout,
        name=lines(100),
        steps=st.lists(items(), min_size=1, max_size=4).map(tuple),
        sport=st.sampled_from(Sport),
        notes=_often(st.just(""), texts(200).map(str.strip)),
        tags=_often(st.just(()), st.lists(texts(10), max_size=3).map(tuple)),
        paces=_often(st.just({}), st.dictionaries(names(), targets(), max_size=3)),
        tolerance=_widths,
        last_recovery=LAST_RECOVERY,
        lint=_often(st.just({}), st.dictionaries(st.text(_characters, max_size=8), texts(20), max_size=3)),
    )
