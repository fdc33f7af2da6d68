"""``negsplit athlete``: one runner's numbers."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path
from typing import Final

import click

from negsplit.athlete.pace_zones import PaceZones
from negsplit.athlete.paces import STANDARD_NAMES, Runner
from negsplit.cli import console
from negsplit.cli.options import complete_yaml
from negsplit.desk.runners import Runners, athlete_files
from negsplit.diagnostics import Diagnostic, Report
from negsplit.limits import DEFAULT_TOLERANCE, WATCH_ZONES
from negsplit.model import Workout
from negsplit.preview.text import target_text
from negsplit.program.captions import effort_text
from negsplit.program.resolve import Resolver
from negsplit.targets import Effort, OneSided, OpenTarget, PaceTarget, Target
from negsplit.units import PaceUnit, pace_text

_Row = tuple[str, str, str]
"""A name, its number and where that comes from."""
_A_FEW: Final = ("easy", "marathon", "threshold", "5k")
"""Paces that show whether the others can be right."""
_FILE: Final = "athlete.yaml"


@click.group(
    "athlete",
    cls=console.CommandGroup,
    short_help="Make a runner's file; show paces and zones and where they come from.",
)
@console.color_option
def command() -> None:
    """A runner's numbers."""


@command.command("show")
@click.argument("athlete", metavar="[FILE_OR_TEXT]", required=False, shell_complete=complete_yaml)
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
    from negsplit.athlete.caveats import caveats

    runner, problems = Runners(athlete).for_document()
    console.report([*problems, *(caveats(runner) if runner else ())], quiet=quiet)
    if runner is None:
        raise console.Failed
    if not runner.name:
        message = "there is no athlete file here, in a folder above, or in the configuration folder"
        help = 'name a file, or write words: `negsplit athlete show "5 km in 22:30"`'
        console.report([Diagnostic("no-athlete", message, None, (help,))])
        raise console.Failed
    console.say(*_lines(runner))


def _one_race(_ctx: click.Context, _param: click.Parameter, races: tuple[str, ...]) -> str | None:
    if len(races) > 1:
        raise click.UsageError("--race takes one result; write the others into the file, each with its day")
    return races[0] if races else None


@command.command("init")
@click.argument("file", metavar="[FILE]", required=False, shell_complete=complete_yaml)
@click.option("--name", metavar="TEXT", help="The runner's name.")
@click.option(
    "--race",
    metavar="RESULT",
    multiple=True,
    callback=_one_race,
    help='A race result: "5 km in 22:30 on 2026-10-04", "half in 1:48:00".',
)
@click.option("--threshold", metavar="PACE", help="The pace of an hour's race: 4:40/km.")
@click.option("--max", metavar="BPM", help="The highest heart rate seen.")
@click.option("--rest", metavar="BPM", help="The heart rate at rest.")
@click.option("--lthr", metavar="BPM", help="The heart rate at lactate threshold.")
@click.option("--units", type=click.Choice(["metric", "imperial"]), help="How paces are printed.")
@click.option("--account", type=click.Choice(["intervals"]), help="Take your numbers from your account there.")
@click.option("-y", "--yes", is_flag=True, help="With --account: do not ask.")
@console.quiet_option
@console.color_option
def init(file: str | None, account: str | None, yes: bool, quiet: bool, **options: str | None) -> None:
    """Make an athlete file by asking a few questions; never over another file.

    With any of the options nothing is asked, and what they do not say is left out. With --account it comes from
    there: you see what is taken, and nothing is written until you say yes.

    \b
    negsplit athlete init                    asks, and writes athlete.yaml
    negsplit athlete init me.athlete.yaml
    negsplit athlete init --name Anna --race "5 km in 22:30" --max 188
    negsplit athlete init --account intervals
    """
    from negsplit.cli.athlete.from_account import fill
    from negsplit.cli.athlete.interview import NAMELESS, Answers, Interview, athlete_text
    from negsplit.desk import drafts

    if yes and account is None:
        raise click.UsageError("--yes is for --account: give both, or neither")
    path = _place(file)
    if fault := drafts.taken(path) or (None if file else _another(path)):
        console.report([fault])
        raise console.Failed
    interview = Interview()
    if account is None and all(words is None for words in options.values()):
        interview.hold()
    else:
        said = {field: words for field, words in options.items() if words and words.strip()}
        answers = {"name": NAMELESS, **said}
        understood = [interview.take(name, answers[name], f"--{name}") for name in Answers._fields if name in answers]
        if not all(understood):
            raise console.Failed
        if account is not None:
            fill(interview, said, asks=not yes, quiet=quiet and yes)
            if not yes and not console.confirmed(f"Write {path}?"):
                console.note("nothing was written; --yes does it without asking")
                raise console.Failed
    assert interview.runner is not None
    schema, fault = drafts.begin(path, athlete_text(interview.answers), "athlete")
    if fault:
        console.report([fault])
        raise console.Failed
    if not quiet:
        console.say(f"{path}: written" + (f", with {schema}" if schema else ""), "")
        console.say(*_lines(interview.runner, brief=True), "", f"next: {_next(path, interview.runner)}")


def _place(file: str | None) -> Path:
    """The file to make: as named, or ``athlete.yaml`` in the folder named."""
    from negsplit.desk.drafts import path_of

    if file is None:
        return Path(_FILE)
    return Path(file, _FILE) if os.path.isdir(file) else path_of(file, "athlete")


def _another(path: Path) -> Diagnostic | None:
    """An error where a folder holds an athlete under another name: of two, neither would be found."""
    others = athlete_files(path.parent)
    if not others:
        return None
    help = "`negsplit athlete show` shows its numbers; name a file to make another, for `--athlete FILE`"
    return Diagnostic("file-exists", f"there is an athlete here already: `{others[0]}`", None, (help,))


def _next(path: Path, runner: Runner) -> str:
    """What to do with an athlete file."""
    from negsplit.desk.drafts import pasted

    there, folder = athlete_files(path.parent), path.parent
    show = f"`negsplit athlete show {pasted(path)}` says where every number comes from"
    if runner.vdot is None:
        return f"a race result in {path} gives you paces; {show}"
    if there == (path,):
        return f"`negsplit new {pasted(folder / 'tuesday-speed')}` writes a first workout; {show}"
    only = "is one of several athletes there" if path in there else "is not found by itself"
    return f"{path.name} {only}: name it with `--athlete {pasted(path)}`; {show}"


def _lines(runner: Runner, *, brief: bool = False) -> Iterator[str]:
    """What is known of a runner; ``brief`` leaves out most paces and the settings."""
    unit: PaceUnit = runner.pace_unit
    sources = dict(runner.sources)
    vdot = sources.pop("VDOT", "")
    yield runner.name
    if runner.vdot is not None:
        yield f"VDOT {runner.vdot:.1f}, {vdot}"
    yield from _section("Paces", [row for row in _paces(runner, unit) if not brief or row[0] in _A_FEW])
    yield from _section("Own targets", _own(runner, unit))
    yield from _section("Heart rate and power", _measured(runner, sources))
    if runner.zones:
        title = f"Heart-rate zones ({sources.pop('zones', '')})"
        yield from _section(title, [(f"Z{n}", f"{a}-{b} bpm", "") for n, (a, b) in enumerate(runner.zones.bounds, 1)])
    elif runner.heart_rates.zones == "watch":
        yield from _section("Heart-rate zones", [(f"Z1-Z{WATCH_ZONES}", "the watch's own", "as written")])
    if brief:
        return
    if runner.pace_zones:
        yield from _section(f"Pace zones ({runner.pace_zones.source})", _pace_zones(runner.pace_zones, unit))
    settings = {"volume": runner.volume, "tolerance": str(runner.tolerance or DEFAULT_TOLERANCE), "units": runner.units}
    if runner.account is not None:
        settings["account"] = runner.account
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
            effort = runner.efforts.get(name)
            number = _shown(resolver, effort, unit) if effort else _between(known.slow_mps, known.fast_mps, unit)
            rows.append((name, number, known.source))
    return rows


def _pace_zones(zones: PaceZones, unit: PaceUnit) -> list[_Row]:
    rows = []
    for number in range(1, zones.last + 1):
        slow, fast = zones.speeds(number, number)
        if slow and fast:
            words = _between(slow, fast, unit)
        else:
            edge = fast or slow
            words = f"{'slower' if fast else 'faster'} than {pace_text(edge, unit)}/{unit}" if edge else ""
        rows.append((f"Z{number} pace", words, ""))
    return rows


def _own(runner: Runner, unit: PaceUnit) -> list[_Row]:
    resolver = Resolver(runner, Workout("", ()), Report())
    own = ((name, target) for name, target in runner.own.items() if name not in STANDARD_NAMES)
    return [(runner.own_names.get(name, name), _shown(resolver, target, unit), "as written") for name, target in own]


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
