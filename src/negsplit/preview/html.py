"""Workouts as a page to read on a phone, to print, or to hand to a runner."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from typing import Final

from negsplit.estimate.estimate import OWN_EDGES, Estimate, Figure
from negsplit.estimate.levels import level_of
from negsplit.estimate.profile import Profile
from negsplit.frozen import dataclass
from negsplit.preview.paces_html import STYLE
from negsplit.preview.paces_html import section as paces_section
from negsplit.preview.page import document, element
from negsplit.preview.svg import NARROW, WIDE, shows_threshold, svg
from negsplit.preview.text import role_text, step_length, times_text, told
from negsplit.program.model import Jump, Program, ProgramStep
from negsplit.program.outline import in_order
from negsplit.units import METRES_PER, PaceUnit, clock, pace_text

_DEEPEST: Final = 4
"""Foreign files may nest repeats beyond any width; from here on they stand below one another."""


@dataclass(frozen=True, slots=True)
class Sheet:
    """One workout to show: its steps, ``who`` they are for, and what the watch runs otherwise than written.

    ``for_runner`` leaves out what only a coach weighs, and says how the paces feel.
    """

    program: Program
    profile: Profile
    estimate: Estimate
    unit: PaceUnit
    who: str = ""
    degraded: tuple[str, ...] = ()
    for_runner: bool = False

    @property
    def name(self) -> str:
        """What it is called."""
        return self.program.name or "(no name)"


def page(sheets: Sequence[Sheet]) -> str:
    """One file with all workouts: the same bytes for the same workouts, nothing loaded, nothing run."""
    if len(sheets) == 1:
        return document(sheets[0].name, section(sheets[0]), STYLE)
    head = element("h1", f"{len(sheets)} workouts", "name")
    title = f"{sheets[0].name} and {len(sheets) - 1} more"
    return document(title, "\n".join([head, *(section(one, level=2) for one in sheets)]), STYLE)


def section(sheet: Sheet, level: int = 1) -> str:
    """A workout as a part of a page; its name is a heading of the ``level`` given, its parts one below."""
    return "".join(f"{line}\n" for line in _lines(sheet, level))


def _lines(sheet: Sheet, level: int) -> Iterator[str]:
    program, part = sheet.program, f"h{level + 1}"
    sport = program.sport.value.replace("_", " ").capitalize()
    yield "<article>"
    yield element(f"h{level}", sheet.name, "name")
    yield element("p", f"{sport}, for {sheet.who}" if sheet.who else sport, "about")
    if program.notes:
        yield element("p", program.notes, "notes")
    yield from _picture(sheet)
    yield from _totals(sheet)
    yield from _steps(sheet, element(part, "Steps", "part"))
    if sheet.for_runner:
        yield from paces_section([program], sheet.unit, part)
    elif sheet.estimate.zones:
        yield from _zones(sheet, element(part, "Time in pace zones", "part"))
    if sheet.degraded:
        yield element(part, "What the watch will do differently", "part")
        yield from _degraded(sheet.degraded)
    yield "</article>"


# --- Totals --------------------------------------------------------------------------------------


def _totals(sheet: Sheet) -> Iterator[str]:
    estimate, unit, basis = sheet.estimate, sheet.unit, not sheet.for_runner
    yield '<dl class="totals">'
    yield from _total("Time", estimate.time, _time_text, basis=basis)
    yield from _total("Distance", estimate.distance, lambda metres: _far_text(metres, unit), f" {unit}", basis=basis)
    if not sheet.for_runner:
        yield from _total("Load", estimate.load, lambda points: f"{points:.0f}")
    yield "</dl>"


def _total(
    what: str, figure: Figure, write: Callable[[float], str], unit: str = "", *, basis: bool = True
) -> Iterator[str]:
    """A number with the ends it may lie between, and what it rests on; that alone where it is unknown."""
    yield f"<div>{element('dt', what)}"
    if figure.value is None or figure.low is None or figure.high is None:
        yield element("dd", "unknown", "value")
    else:
        value, low, high = (write(number) for number in (figure.value, figure.low, figure.high))
        yield element("dd", f"{'' if low == high else 'about '}{value}{unit}", "value")
        if low != high:
            yield element("dd", f"{low} to {high}{unit}", "range")
    yield f"{element('dd', figure.basis, 'small') if basis or figure.value is None else ''}</div>"


def _time_text(seconds: float) -> str:
    return clock(round(seconds) * 1000)


def _far_text(metres: float, unit: PaceUnit) -> str:
    return f"{metres / METRES_PER[unit]:.2f}".rstrip("0").rstrip(".")


# --- The picture ---------------------------------------------------------------------------------


def _picture(sheet: Sheet) -> Iterator[str]:
    """A wide one and one for phones, of which one is seen and read out."""
    yield '<figure><div class="picture">'
    shown = (sheet.program, sheet.profile, sheet.estimate, sheet.unit)
    for frame, name in ((WIDE, "wide"), (NARROW, "narrow")):
        drawn = svg(*shown, standalone=False, for_runner=sheet.for_runner, frame=frame)
        yield f'<div class="{name}">{drawn.rstrip()}</div>'
    yield f"</div>{element('figcaption', _caption(sheet), 'small')}</figure>"


def _caption(sheet: Sheet) -> str:
    profile, unit = sheet.profile, sheet.unit
    if profile.mps is None:
        return "Left to right: time. Upward: effort."
    mps = profile.threshold_mps
    if not mps:
        return "Left to right: time. Upward: pace."
    whose = "your threshold pace" if sheet.for_runner else "the threshold"
    which = f"The dashed line is {whose}:" if shows_threshold(profile) else f"{whose.capitalize()} is at"
    return f"Left to right: time. Upward: pace. {which} {pace_text(mps, unit)}/{unit}."


# --- Steps ---------------------------------------------------------------------------------------


def _steps(sheet: Sheet, heading: str) -> Iterator[str]:
    """Repeats as groups of rows: how often, then their steps, set in."""
    steps = (step for step in sheet.program.steps if isinstance(step, ProgramStep))
    cues = any(told(step, sheet.unit, for_runner=sheet.for_runner)[1] for step in steps)
    yield f'<table class="steps"><caption>{heading}</caption>'
    heads = ("Step", "Length", "Target and cue" if cues else "Target")
    yield f"<thead><tr>{''.join(element('th', head, scope='col') for head in heads)}</tr></thead>"
    looks = {
        bar.index: "rest" if bar.still else f"{bar.level.value}{' walked' if bar.walked else ''}"
        for bar in sheet.profile.bars
    }
    before: int | None = None
    for depth, index, step in in_order(sheet.program):
        if before is None or (depth == 0 and (before > 0 or isinstance(step, Jump))):
            yield "<tbody>" if before is None else "</tbody><tbody>"
        yield _repeat(step, depth) if isinstance(step, Jump) else _step(step, depth, looks[index], sheet)
        before = depth
    yield "</table>" if before is None else "</tbody></table>"


def _repeat(jump: Jump, depth: int) -> str:
    scope = "rowgroup" if depth == 0 else "row"
    return f'<tr class="times"{_inset(depth)}>{element("th", times_text(jump.until), colspan="3", scope=scope)}</tr>'


def _step(step: ProgramStep, depth: int, look: str, sheet: Sheet) -> str:
    texts, cue = told(step, sheet.unit, for_runner=sheet.for_runner)
    targets = "".join(element("span", text) for text in texts)
    return (
        f'<tr class="step {look}"{_inset(depth)}>'
        f"{element('th', role_text(step), 'kind', scope='row')}{element('td', step_length(step), 'length')}"
        f'<td><div class="how"><div class="targets">{targets}</div>{element("div", cue, "cue") if cue else ""}</div>'
        "</td></tr>"
    )


def _inset(depth: int) -> str:
    return f' style="--depth:{min(depth, _DEEPEST)}"' if depth else ""


# --- Zones ---------------------------------------------------------------------------------------


def _zones(sheet: Sheet, heading: str) -> Iterator[str]:
    zones = [figure.value or 0.0 for figure in sheet.estimate.zones]
    longest = max(zones) or 1.0
    heads = "".join(element("th", head, scope="col") for head in ("Zone", f"Pace per {sheet.unit}"))
    yield f'<table class="zones"><caption>{heading}</caption>'
    yield f"<thead><tr>{heads}{element('th', 'Time', 'time', scope='col')}<td></td></tr></thead><tbody>"
    for number, (name, seconds) in enumerate(zip(sheet.estimate.zone_names, zones, strict=True)):
        if seconds >= 0.5:
            bar = f'<span class="bar {_level(number, sheet)}" style="width:{100 * seconds / longest:.1f}%"></span>'
            yield (
                f"<tr>{element('th', name, scope='row')}{element('td', _paces(number, sheet))}"
                f'{element("td", _time_text(seconds), "time")}<td class="share" aria-hidden="true">{bar}</td></tr>'
            )
    yield "</tbody></table>"
    basis = sheet.estimate.zones[0].basis
    whose = f"lie {basis}" if basis == OWN_EDGES else f"are Friel's: {basis}"
    words = f"Each step counts in the zone of the middle of its target. Zones {whose}."
    yield element("p", words, "small")


_BELOW: Final = 0.9
"""Of its edge, the middle of the slowest zone."""


def _level(zone: int, sheet: Sheet) -> str:
    """How hard the middle of a zone is."""
    edges = sheet.estimate.zone_edges
    around = (_BELOW * edges[0],) if zone == 0 else edges[zone - 1 : zone + 1]
    return level_of(sum(around) / len(around)).value


def _paces(zone: int, sheet: Sheet) -> str:
    """The paces of a zone, the slower end first; nothing where only efforts are known."""
    mps = sheet.profile.threshold_mps
    if mps is None:
        return ""
    edges = [pace_text(share * mps, sheet.unit) for share in sheet.estimate.zone_edges]
    if zone == 0:
        return f"slower than {edges[0]}"
    return f"{edges[zone - 1]}-{edges[zone]}" if zone < len(edges) else f"faster than {edges[-1]}"


# --- What cannot be had --------------------------------------------------------------------------


def _degraded(messages: Sequence[str]) -> Iterator[str]:
    yield "<ul>"
    for message, times in Counter(messages).items():
        yield element("li", message if times == 1 else f"{message} ({times} times)")
    yield "</ul>"
