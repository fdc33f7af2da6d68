"""Phrases of the language: how tests read them, and a generator of phrases with what they mean.

The generator spells at random what a runner may spell: units that touch, other words for units, any case, signs
that keyboards and word processors put in place of plain ones.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import NamedTuple, TypeVar

from hypothesis import strategies as st

from negsplit.diagnostics import Diagnostic, Report, Source, Span
from negsplit.model import Lap, Length, Ramp, Repeat, Role, RunWith, Step, UntilHeartRate
from negsplit.phrase.phrases import parse
from negsplit.phrase.tokens import Cursor
from negsplit.targets import (
    Between,
    CadenceTarget,
    Effort,
    HeartRateTarget,
    HeartRateZones,
    Named,
    OneSided,
    PaceTarget,
    PaceZones,
    PowerTarget,
    PowerZone,
    Scaled,
    Shifted,
    Target,
)
from negsplit.tree.nodes import Text
from negsplit.units import Distance, Duration, Pace, PaceShift, Percent

T = TypeVar("T")


def text_of(written: str) -> Text:
    """A text that is a whole source."""
    source = Source("text", written)
    return Text(written, Span(source, 0, len(written)))


def meaning(rule: Callable[[Cursor], T], written: str) -> T | None:
    """What a rule of the grammar reads from a text that has nothing wrong with it."""
    report = Report()
    value = parse(text_of(written), report, rule)
    assert report.diagnostics == []
    return value


class Said(NamedTuple):
    """What a message says, under which characters, and its first word of advice."""

    code: str
    under: str
    message: str
    help: str


def said(diagnostic: Diagnostic) -> Said:
    """A diagnostic as a table of expected ones has it."""
    assert diagnostic.span is not None
    return Said(diagnostic.code, diagnostic.span.text, diagnostic.message, " | ".join(diagnostic.help))


def fault(rule: Callable[[Cursor], object], written: str) -> Said:
    """The one message about a text that a rule does not read."""
    report = Report()
    assert parse(text_of(written), report, rule) is None
    (diagnostic,) = report.diagnostics
    return said(diagnostic)


# --- Generated phrases ---------------------------------------------------------------------------

Written = tuple[str, T]
"""A text and what it means."""


def _spaces(least: int = 0) -> st.SearchStrategy[str]:
    return st.sampled_from([" ", "  ", "\u00a0", " \u202f"] + [""] * (1 - least))


def _cased(word: str) -> st.SearchStrategy[str]:
    return st.sampled_from([word, word.upper(), word.capitalize()])


def _number(low: int, high: int) -> st.SearchStrategy[int]:
    return st.integers(low, high)


@st.composite
def lengths(draw: st.DrawFn) -> Written[Length]:
    """Times, distances, the lap button and heart rates to run until."""
    kind = draw(st.sampled_from(["unit", "clock", "hours", "lap", "until"]))
    gap = draw(_spaces())
    if kind == "lap":
        return draw(_cased("lap")), Lap()
    if kind == "until":
        bpm, (sign, side) = draw(_number(30, 220)), draw(st.sampled_from([("<", "below"), ("≥", "above")]))
        return f"until HR{gap}{sign}{gap}{bpm}{draw(st.sampled_from(['', ' bpm']))}", UntilHeartRate(side, bpm)
    if kind == "clock":
        minutes, seconds = draw(_number(1, 300)), draw(_number(0, 59))
        return f"{minutes}:{seconds:02d}", Duration((minutes * 60 + seconds) * 1000)
    if kind == "hours":
        hours, minutes = draw(_number(1, 20)), draw(_number(1, 59))
        unit, tail = draw(st.sampled_from([("h", ""), (" h ", " min"), ("hr ", "'"), ("h", "mins")]))
        return f"{hours}{unit}{minutes}{tail}", Duration((hours * 60 + minutes) * 60_000)
    units = {
        **dict.fromkeys(("s", "sec", "seconds", '"', "″"), Duration(1000)),
        **dict.fromkeys(("min", "mins", "minutes", "'", "′"), Duration(60_000)),
        **dict.fromkeys(("km", "k", "kilometers"), Distance(100_000)),
        **dict.fromkeys(("metres", "meters"), Distance(100)),
    }
    unit = draw(st.sampled_from(sorted(units)))
    one = units[unit]
    number = draw(_number(10, 150))
    length: Length = Duration(one.ms * number) if isinstance(one, Duration) else Distance(one.cm * number)
    return f"{number}{gap}{draw(_cased(unit))}", length


_NAMES = (
    "8k",
    "1500m",
    "very easy",
    "easy",
    "marathon",
    "half",
    "threshold",
    "10k",
    "5k",
    "mile",
    "park loop",
    "5k goal",
    "loop 2",
    "park_loop",
)


@st.composite
def _names(draw: st.DrawFn) -> Written[Named]:
    name = draw(st.sampled_from(_NAMES))
    return draw(_cased(name)) + draw(st.sampled_from(["", " pace", "  Pace"])), Named(name)


@st.composite
def _points(draw: st.DrawFn) -> Written[Pace | Named | Shifted | Scaled]:
    name, named = draw(_names())
    kind = draw(st.sampled_from(["pace", "name", "offset", "percent", "share"]))
    gap = draw(_spaces())
    if kind == "pace":
        seconds, unit = draw(_number(150, 900)), draw(st.sampled_from(["km", "mi"]))
        return f"{seconds // 60}:{seconds % 60:02d}{gap}/{gap}{draw(_cased(unit))}", Pace(seconds * 1000, unit)
    if kind == "offset":
        low, high, unit = draw(_number(0, 30)), draw(_number(0, 30)), draw(st.sampled_from(["km", "mi"]))
        sign, factor = draw(st.sampled_from([("+", 1000), (" - ", -1000), (" − ", -1000)]))
        ends = f"{low}" if low == high else f"{low}{draw(st.sampled_from(['..', '-', '…', ' – ']))}{high}"
        shifts = PaceShift(factor * low, unit), PaceShift(factor * high, unit)
        return f"{name}{gap}{sign}{gap}{ends}{gap}s/{unit}", Shifted(named, *shifts)
    if kind == "percent":
        share = draw(_number(1, 40))
        return f"{name} + {share}{gap}%", Shifted(named, Percent(share * 1000), Percent(share * 1000))
    if kind == "share":
        share = draw(_number(50, 120))
        return f"{share}{gap}%{draw(st.sampled_from([' ', ' of ']))}{name}", Scaled(named, *[Percent(share * 1000)] * 2)
    return name, named


@st.composite
def targets(draw: st.DrawFn) -> Written[Target]:
    """Targets of every kind."""
    kind = draw(st.sampled_from(["pace", "pace", "between", "faster", "bpm", "zone", "watts", "power", "spm", "rpe"]))
    dots = draw(st.sampled_from(["..", "-", "–", " .. ", "…"]))
    if kind in ("pace", "between", "faster"):
        text, point = draw(_points())
        if kind == "faster":
            return f"{draw(_cased('faster'))} than {text}", PaceTarget(OneSided("faster", point))
        if kind == "between":
            other, far = draw(_points())
            return f"{text}{draw(st.sampled_from(['..', ' .. ', '…']))}{other}", PaceTarget(Between(point, far))
        if draw(st.booleans()):
            sign, margin = draw(st.sampled_from(["±", " +- ", " +/- "])), draw(_number(1, 30))
            return f"{text}{sign}{margin} s/km", PaceTarget(point, PaceShift(margin * 1000, "km"))
        return text, PaceTarget(point)
    if kind == "zone":
        low, high = sorted((draw(_number(1, 5)), draw(_number(1, 5))))
        spelled = f"Z{low}" if low == high else f"Z{low}{dots.strip()}{draw(st.sampled_from(['', 'z']))}{high}"
        if draw(st.booleans()):
            return spelled + draw(st.sampled_from([" pace", "  PACE"])), PaceZones(low, high)
        return draw(st.sampled_from(["", "HR ", "hr "])) + spelled, HeartRateZones(low, high)
    if kind == "power":
        zone = draw(_number(1, 7))
        return f"{draw(_cased('power'))} z{zone}", PowerZone(zone)
    bounds = {"bpm": (30, 220), "watts": (1, 2000), "spm": (60, 300), "rpe": (1, 10)}[kind]
    low, high = sorted((draw(_number(*bounds)), draw(_number(*bounds))))
    ends = f"{low}" if low == high else f"{low}{dots}{high}"
    gap = draw(_spaces())
    return {
        "bpm": (draw(st.sampled_from([f"HR {ends}", f"{ends}{gap}bpm", f"hr{ends} BPM"])), HeartRateTarget(low, high)),
        "watts": (f"{ends}{gap}{draw(st.sampled_from(['W', 'w', 'watts']))}", PowerTarget(low, high)),
        "spm": (f"{ends}{gap}spm", CadenceTarget(low, high)),
        "rpe": (f"RPE{gap}{ends}", Effort(low, high)),
    }[kind]


_CUES = ("tall", "it's fun", "rep 3 of 5", "90 % effort @ home", "one -- two")


@st.composite
def steps(draw: st.DrawFn) -> Written[Step]:
    """Phrases of a line: a role word or none, a length, a target or none, a cue or none."""
    length, lasts = draw(lengths())
    word, role = draw(
        st.sampled_from([("", Role.RUN), ("run ", Role.RUN), ("warm up ", Role.WARMUP), ("Jog ", Role.RECOVER)])
    )
    text = f"{word}{length}"
    found: tuple[Target, ...] = ()
    if draw(st.booleans()):
        spelled, target = draw(targets())
        text += f"{draw(st.sampled_from([' @ ', '@', ' at ']))}{spelled}"
        found = (target,)
    name = draw(st.sampled_from(["", "", "High knees", "a, (b) -> c -- d", "90"]))
    text += f'{draw(st.sampled_from([" ", "  "]))}"{name}"' if name else ""
    cue = draw(st.sampled_from(["", *_CUES, "tall, (relaxed)"]))
    if cue:
        quoted = f'"{cue}"' if "," in cue else cue
        text += f"{draw(st.sampled_from([' -- ', ' — ', '--']))}{quoted}"
    return text, Step(role, lasts, found, cue, name=name)


@st.composite
def run_withs(draw: st.DrawFn) -> Written[RunWith]:
    """Totals with a repeat in them, at a target or none."""
    text, total = draw(lengths().filter(lambda pair: isinstance(pair[1], Duration | Distance)))
    assert isinstance(total, Duration | Distance)
    found: tuple[Target, ...] = ()
    if draw(st.booleans()):
        spelled, target = draw(targets())
        text, found = f"{text} @ {spelled}", (target,)
    times, (work, one), (rest, other) = draw(_number(1, 99)), draw(steps()), draw(steps())
    recovers = other.role is Role.RUN and not other.targets and not rest.startswith("run")
    body = (one, Step(Role.RECOVER, other.length, (), other.cue, name=other.name) if recovers else other)
    word, sign = draw(_cased("with")), draw(st.sampled_from(["x", " x ", "×", "X"]))
    prefix = draw(st.sampled_from(["", "run ", "Run "]))
    return f"{prefix}{text} {word} {times}{sign}({work}, {rest})", RunWith(total, Repeat(times, body), found)


@st.composite
def ramps(draw: st.DrawFn) -> Written[Ramp]:
    """``15 km @ 4:50 -> 3:20/km by 5 s/km``: over kilometres or minutes, cut in every way, spelled at random."""
    arrow = draw(st.sampled_from([" -> ", "->", " → ", " –> "]))
    word, role = draw(st.sampled_from([("", Role.RUN), ("run ", Role.RUN), ("Warm up ", Role.WARMUP)]))
    count, fast, change = draw(_number(2, 9)), draw(_number(150, 400)), draw(_number(1, 30))
    cut = draw(st.sampled_from(["by length", "by change", "in"]))
    if cut == "by change" or draw(st.booleans()):
        unit = draw(st.sampled_from(["km", "mi"]))
        paces = [fast + (count - 1) * change, fast][:: draw(st.sampled_from([1, -1]))]
        start, finish = (PaceTarget(Pace(seconds * 1000, unit)) for seconds in paces)
        figures = [f"{seconds // 60}:{seconds % 60:02d}" for seconds in paces]
        bare = draw(st.sampled_from([None, 0, 1]))
        ends = arrow.join(one if at == bare else f"{one}/{unit}" for at, one in enumerate(figures))
    else:
        unit = "km"
        (one, near), (other, far) = draw(st.tuples(_points(), _points()).filter(lambda both: both[0][1] != both[1][1]))
        start, finish, ends = PaceTarget(near), PaceTarget(far), f"{one}{arrow}{other}"
    text, total, length, lasts = draw(
        st.sampled_from(
            [
                (f"{count} km", Distance(count * 100_000), "1 km", Distance(100_000)),
                (f"{count * 5} min", Duration(count * 300_000), "5 min", Duration(300_000)),
            ]
        )
    )
    said, splits = {
        "by length": (f" by {length}", lasts),
        "by change": (f" by {change} s/{unit}", PaceShift(change * 1000, unit)),
        "in": (f" in {count}", count),
    }[cut]
    margin = draw(st.sampled_from(["", " ± 3 s/km", " +- 3 s/km"]))
    beside, held = draw(st.sampled_from([("", ()), (" and 180 spm", (CadenceTarget(180, 180),))]))
    cue = draw(st.sampled_from(["", *_CUES]))
    name = draw(st.sampled_from(["", "Closing, (all) -> in"]))
    said += beside + (f' "{name}"' if name else "")
    line = f"{word}{text} @ {ends}{margin}{said}{f' -- {cue}' if cue else ''}"
    width = PaceShift(3_000, "km") if margin else None
    return line, Ramp(total, splits, start, finish, width, role, held, cue, name)
