"""``negsplit athlete``: one runner's numbers."""

from __future__ import annotations

from collections.abc import Iterator

import click

from negsplit.athlete.paces import STANDARD_NAMES, Runner
from negsplit.captions import effort_text
from negsplit.cli import WRONG_USAGE, console
from negsplit.cli.athletes import Athletes
from negsplit.diagnostics import Diagnostic, Report
from negsplit.model import Workout
from negsplit.preview.text import target_text
from negsplit.resolve import DEFAULT_TOLERANCE, Resolver
from negsplit.targets import Effort, OneSided, OpenTarget, PaceTarget, Target
from negsplit.units import PaceUnit, pace_text

_Row = tuple[str, str, str]
"""A name, its number and where that comes from."""


@click.group(
    "athlete",
    short_help="Show a runner's paces and zones and where they come from.",
    invoke_without_command=True,
)
@console.color_option
@click.pass_context
def command(ctx: click.Context) -> None:
    """A runner's numbers."""
    if ctx.invoked_subcommand is None:
        click.echo(ctx.get_help(), err=True)
        ctx.exit(WRONG_USAGE)


@command.command("show")
@click.argument("athlete", metavar="[FILE_OR_TEXT]", required=False)
@console.quiet_option
@console.color_option
def show(athlete: str | None, quiet: bool) -> None:
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
    runner, problems = Athletes(athlete).runner()
    console.report(problems, quiet=quiet)
    if runner is None:
        raise console.Failed
    if not runner.name:
        message = "there is no athlete file here, in a folder above, or in the configuration folder"
        help = 'name a file, or write words: `negsplit athlete show "5 km in 22:30"`'
        console.report([Diagnostic("no-athlete", message, None, (help,))])
        raise console.Failed
    console.say(*_lines(runner))


def _lines(runner: Runner) -> Iterator[str]:
    unit: PaceUnit = "mi" if runner.units == "imperial" else "km"
    sources = dict(runner.sources)
    vdot = sources.pop("VDOT", "")
    yield runner.name
    if runner.vdot is not None:
        yield f"VDOT {runner.vdot:.1f}, {vdot}"
    yield from _section("Paces", _paces(runner, unit))
    yield from _section("Own targets", _own(runner, unit))
    yield from _section("Heart rate and power", _measured(runner, sources))
    if runner.zones:
        title = f"Heart-rate zones ({sources.pop('zones', '')})"
        yield from _section(title, [(f"Z{n}", f"{a}-{b} bpm", "") for n, (a, b) in enumerate(runner.zones.bounds, 1)])
    settings = {"volume": runner.volume, "tolerance": str(runner.tolerance or DEFAULT_TOLERANCE), "units": runner.units}
    yield from _section("Settings", [(name, value, sources.get(name, "")) for name, value in settings.items()])


def _section(title: str, rows: list[_Row]) -> Iterator[str]:
    if not rows:
        return
    name, number = (max(len(row[column]) for row in rows) for column in (0, 1))
    yield from ("", title)
    for row in rows:
        yield f"  {row[0]:<{name}}  {row[1]:<{number}}  {row[2]}".rstrip()


def _paces(runner: Runner, unit: PaceUnit) -> list[_Row]:
    """The paces that have a name of their own in the language; the runner's own win over derived ones."""
    resolver = Resolver(runner, Workout("", ()), Report())
    rows = []
    for name in STANDARD_NAMES:
        if name in runner.own:
            rows.append((name, _shown(resolver, runner.own[name], unit), "as written"))
        elif known := runner.paces.get(name):
            rows.append((name, _between(known.slow_mps, known.fast_mps, unit), known.source))
    return rows


def _own(runner: Runner, unit: PaceUnit) -> list[_Row]:
    resolver = Resolver(runner, Workout("", ()), Report())
    own = ((name, target) for name, target in runner.own.items() if name not in STANDARD_NAMES)
    return [(name, _shown(resolver, target, unit), "as written") for name, target in own]


def _shown(resolver: Resolver, target: Target, unit: PaceUnit) -> str:
    """A target in numbers, paces before any tolerance."""
    if isinstance(target, OpenTarget):
        return "open"
    if isinstance(target, Effort):
        return effort_text((target.low, target.high))
    if isinstance(target, PaceTarget) and not isinstance(target.pace, OneSided):
        speeds = resolver.speeds(target)
        return _between(speeds.slow, speeds.fast, unit) if speeds else ""
    found = resolver.target(target, None, target.span)
    return target_text(found, unit) if found else ""


def _between(slow_mps: float, fast_mps: float, unit: PaceUnit) -> str:
    slow, fast = pace_text(slow_mps, unit), pace_text(fast_mps, unit)
    return f"{slow}/{unit}" if slow == fast else f"{slow}-{fast}/{unit}"


def _measured(runner: Runner, sources: dict[str, str]) -> list[_Row]:
    rates = runner.heart_rates
    found = {
        "max heart rate": (rates.max, "bpm"),
        "rest heart rate": (rates.rest, "bpm"),
        "threshold heart rate": (rates.threshold, "bpm"),
        "critical power": (runner.critical_power, "W"),
    }
    return [(name, f"{value} {unit}", sources.get(name, "")) for name, (value, unit) in found.items() if value]
