"""``negsplit athlete``: one runner's numbers."""

from __future__ import annotations

from pathlib import Path

import click

from negsplit.athlete.paces import STANDARD_NAMES, Runner
from negsplit.captions import band_text
from negsplit.cli import console
from negsplit.cli.inputs import Athletes
from negsplit.diagnostics import Report
from negsplit.model import Effort, OpenTarget, Target, Workout
from negsplit.program import Band, Quantity, Zone
from negsplit.resolve import Resolver
from negsplit.units import PaceUnit, pace_text


@click.group("athlete", short_help="Show a runner's paces and zones and where they come from.")
def command() -> None:
    """A runner's numbers."""


@command.command("show")
@click.argument("athlete", metavar="FILE_OR_TEXT", required=False)
def show(athlete: str | None) -> None:
    """Show every pace and zone of a runner, each with where it comes from.

    \b
    negsplit athlete show                    the nearest athlete.yaml
    negsplit athlete show me.athlete.yaml
    negsplit athlete show "5 km in 22:30"

    An athlete file needs no more than a name and one result:

    \b
    athlete: Example runner
    races:
      - 5 km in 22:30
    """
    athletes = Athletes(athlete)
    runner = athletes.runner(Path("here"))
    if runner is None:
        raise console.Failed
    if not runner.name:
        help = 'name a file, or write words: negsplit athlete show "5 km in 22:30"'
        raise click.ClickException(f"there is no athlete file here, above, or in the configuration folder; {help}")
    console.say("\n".join(_lines(runner)))


def _lines(runner: Runner) -> list[str]:
    unit: PaceUnit = "mi" if runner.units == "imperial" else "km"
    lines = [runner.name]
    if runner.vdot is not None:
        lines.append(f"VDOT {runner.vdot:.1f}")
    lines += _section(f"Paces per {unit}", _paces(runner, unit))
    lines += _section("Own targets", _own(runner, unit))
    if runner.zones:
        zones = [(f"Z{number}", f"{low}-{high} bpm", "") for number, (low, high) in enumerate(runner.zones.bounds, 1)]
        lines += _section("Heart-rate zones", zones)
    lines += _section("Where it comes from", [(name, "", source) for name, source in runner.sources.items()])
    return lines


def _section(title: str, rows: list[tuple[str, str, str]]) -> list[str]:
    if not rows:
        return []
    widths = [max(len(row[column]) for row in rows) for column in (0, 1)]
    return ["", title, *(f"  {a:<{widths[0]}}  {b:<{widths[1]}}  {c}".rstrip() for a, b, c in rows)]


def _paces(runner: Runner, unit: PaceUnit) -> list[tuple[str, str, str]]:
    rows = []
    for name in STANDARD_NAMES:
        if known := runner.paces.get(name):
            slow, fast = pace_text(known.slow_mps, unit), pace_text(known.fast_mps, unit)
            rows.append((name, slow if slow == fast else f"{slow}-{fast}", known.source))
    return rows


def _own(runner: Runner, unit: PaceUnit) -> list[tuple[str, str, str]]:
    resolver = Resolver(runner, Workout("", ()), Report())
    return [(name, _shown(resolver, target, unit), "as written") for name, target in runner.own.items()]


def _shown(resolver: Resolver, target: Target, unit: PaceUnit) -> str:
    if isinstance(target, Effort | OpenTarget):
        return "open" if isinstance(target, OpenTarget) else f"RPE {target.low}-{target.high}"
    found = resolver.target(target, None, target.span)
    if isinstance(found, Band):
        return f"{band_text(found, unit)}{f' /{unit}' if found.quantity is Quantity.SPEED else ''}"
    return f"zone {found.number}" if isinstance(found, Zone) else ""
