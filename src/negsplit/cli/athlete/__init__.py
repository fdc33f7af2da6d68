"""``negsplit athlete``: one runner's numbers."""

from __future__ import annotations

import os
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Final

import click

from negsplit.athlete.pace_zones import PaceZones
from negsplit.athlete.paces import STANDARD_NAMES, Runner
from negsplit.athlete.zones import Zones
from negsplit.cli import console
from negsplit.cli.athlete.figures import shown, speeds_of, speeds_text
from negsplit.cli.athlete.weather import Weather, weather_of, weather_options
from negsplit.cli.options import athlete_option, complete_yaml
from negsplit.desk.runners import athlete_files
from negsplit.diagnostics import Diagnostic
from negsplit.limits import DEFAULT_TOLERANCE, WATCH_ZONES
from negsplit.model import History
from negsplit.units import PaceUnit
from negsplit.units import shown as amount_text

if TYPE_CHECKING:
    from click.shell_completion import CompletionItem

    from negsplit.cli.athlete.asking import Question

_Row = tuple[str, str, str]
"""A name, its number and where that comes from."""
_A_FEW: Final = ("easy", "marathon", "threshold", "5k")
"""Paces that show whether the others can be right."""
_FILE: Final = "athlete.yaml"


@click.group(
    "athlete",
    cls=console.CommandGroup,
    short_help="Make your athlete file; show your paces and zones.",
)
@console.color_option
def command() -> None:
    """Make your athlete file; show your paces and zones."""


def _complete(ctx: click.Context, param: click.Parameter, incomplete: str) -> list[CompletionItem]:
    """Names of paces, once something is typed, and YAML files."""
    from click.shell_completion import CompletionItem

    names = [CompletionItem(name) for name in STANDARD_NAMES if incomplete and name.startswith(incomplete.lower())]
    return [*names, *complete_yaml(ctx, param, incomplete)]


@command.command("show")
@click.argument("words", metavar="[NAME] [FILE_OR_TEXT]", nargs=-1, shell_complete=_complete)
@athlete_option
@weather_options
@console.quiet_option
@console.color_option
def show(
    words: tuple[str, ...],
    athlete: str | None,
    temp: float | None,
    dew: float | None,
    humidity: float | None,
    quiet: bool,
) -> None:
    """Show every pace and zone of a runner, each with where it comes from; or explain the one that you name.

    \b
    negsplit athlete show                    the nearest athlete.yaml
    negsplit athlete show me.athlete.yaml
    negsplit athlete show "5 km in 22:30"
    negsplit athlete show tempo              what it is, and what others mean by it
    negsplit athlete show Z2 pace me.athlete.yaml
    negsplit athlete show --temp 28 --dew 20

    An athlete file needs no more than a name and one result:

    \b
    athlete: Example runner
    races:
      - 5 km in 22:30

    With --temp and --dew (or --humidity) a published chart says beside each pace what heat adds to it. That is
    advice: no pace is changed.
    """
    from negsplit.athlete.caveats import caveats
    from negsplit.cli.athlete.asking import question

    weather = weather_of(temp, dew, humidity)
    asked = question(words, athlete)
    console.report([*asked.problems, *(caveats(asked.runner) if asked.runner else ())], quiet=quiet)
    if asked.runner is None:
        raise console.Failed
    if asked.name:
        _explain(asked, asked.runner, weather, quiet=quiet)
    elif asked.runner.name:
        console.say(*_lines(asked.runner, weather))
    else:
        message = "there is no athlete file here, in a folder above, or in your configuration folder"
        help = 'name a file, or type a result: `negsplit athlete show "5 km in 22:30"`'
        console.report([Diagnostic("no-athlete", message, None, (help,))])
        raise console.Failed


def _explain(question: Question, runner: Runner, weather: Weather | None, *, quiet: bool) -> None:
    from negsplit.cli.athlete import explain

    name, asked = question.name, question.asked
    problems = explain.missing(asked, runner) if asked else explain.unknown(name, runner)
    if problems or asked is None:
        console.report(problems)
        raise console.Failed
    if question.shadows and not quiet:
        console.note(f"`{name}` is a pace; `negsplit athlete show --athlete {name}` reads the file of that name")
    console.say(*explain.lines(name, asked, runner, weather, console.width()))


def _one_race(_ctx: click.Context, _param: click.Parameter, races: tuple[str, ...]) -> str | None:
    if len(races) > 1:
        raise click.UsageError("--race takes one result; add the others to the file, each with its day")
    return races[0] if races else None


@command.command("init")
@click.argument("file", metavar="[FILE]", required=False, shell_complete=complete_yaml)
@click.option("--name", metavar="TEXT", help="Your name.")
@click.option(
    "--race",
    metavar="RESULT",
    multiple=True,
    callback=_one_race,
    help='A race result: "5 km in 22:30 on 2026-10-04", "half in 1:48:00".',
)
@click.option("--threshold", metavar="PACE", help="The pace you could race at for an hour: 4:40/km.")
@click.option("--max", metavar="BPM", help="Your highest heart rate.")
@click.option("--rest", metavar="BPM", help="Your resting heart rate.")
@click.option("--lthr", metavar="BPM", help="Your heart rate at lactate threshold.")
@click.option("--units", type=click.Choice(["metric", "imperial"]), help="Show paces per kilometre or per mile.")
@click.option("--account", type=click.Choice(["intervals"]), help="Take your numbers from your account.")
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
                console.note("nothing was written; --yes writes it without asking")
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
    help = "`negsplit athlete show` shows its numbers; name a file to make another, and use that with `--athlete FILE`"
    return Diagnostic("file-exists", f"there is already an athlete file here: `{others[0]}`", None, (help,))


def _next(path: Path, runner: Runner) -> str:
    """What to do with an athlete file."""
    from negsplit.desk.drafts import pasted

    there, folder = athlete_files(path.parent), path.parent
    show = f"`negsplit athlete show {pasted(path)}` shows where every number comes from"
    if runner.vdot is None:
        return f"a race result in {path} gives you paces; {show}"
    if there == (path,):
        return f"`negsplit new {pasted(folder / 'tuesday-speed')}` writes your first workout; {show}"
    only = "is one of several athlete files there" if path in there else "is not found automatically"
    return f"{path.name} {only}: name it with `--athlete {pasted(path)}`; {show}"


def _lines(runner: Runner, weather: Weather | None = None, *, brief: bool = False) -> Iterator[str]:
    """What is known of a runner; ``brief`` leaves out most paces and the settings."""
    unit: PaceUnit = runner.pace_unit
    sources = dict(runner.sources)
    vdot = sources.pop("VDOT", "")
    yield runner.name
    if runner.vdot is not None:
        yield f"VDOT {runner.vdot:.1f}, {vdot}"
    paces = [row for row in _paces(runner, unit) if not brief or row[0] in _A_FEW]
    yield from _section("Paces", _in_weather(paces, runner, weather))
    yield from _section("Own targets", _in_weather(_own(runner, unit), runner, weather))
    if weather:
        yield from ("", *weather.advice())
    yield from _section("Heart rate and power", _measured(runner, sources))
    if runner.zones:
        title = f"Heart-rate zones ({sources.pop('zones', '')})"
        yield from _section(title, _heart_rate_zones(runner.zones))
    elif runner.heart_rates.zones == "watch":
        yield from _section("Heart-rate zones", [(f"Z1-Z{WATCH_ZONES}", "the watch's own", "as written")])
    yield from _section("Lately", _lately(runner.history) if runner.history else [])
    if brief:
        return
    if runner.pace_zones:
        yield from _section(f"Pace zones ({runner.pace_zones.source})", _pace_zones(runner.pace_zones, unit))
    settings = {"volume": runner.volume, "tolerance": str(runner.tolerance or DEFAULT_TOLERANCE), "units": runner.units}
    if runner.account is not None:
        settings["account"] = runner.account
    yield from _section("Settings", [(name, value, sources.get(name, "")) for name, value in settings.items()])


def _section(title: str, rows: Sequence[tuple[str, ...]]) -> Iterator[str]:
    """Rows of as many cells each, the last as long as it is."""
    if not rows:
        return
    widths = [max(map(len, column)) for column in zip(*rows, strict=True)][:-1]
    yield from ("", title)
    for *cells, last in rows:
        shown = [f"{cell:<{width}}" for cell, width in zip(cells, widths, strict=True)]
        yield "  ".join(["", *shown, last]).rstrip()


def _in_weather(rows: list[_Row], runner: Runner, weather: Weather | None) -> Sequence[tuple[str, ...]]:
    """Rows of paces with what heat adds to each, where it adds anything."""
    if not weather:
        return rows
    added = [weather.added(name, speeds_of(runner, name), runner.pace_unit) for name, _, _ in rows]
    with_it = [(name, number, more, source) for (name, number, source), more in zip(rows, added, strict=True)]
    return with_it if any(added) else rows


def _paces(runner: Runner, unit: PaceUnit) -> list[_Row]:
    """The paces that have a name of their own in the language; the runner's own win over derived ones."""
    rows = []
    for name in STANDARD_NAMES:
        if name in runner.own:
            rows.append((name, shown(runner, runner.own[name], unit), "as written"))
        elif known := runner.paces.get(name):
            effort = runner.efforts.get(name)
            number = shown(runner, effort, unit) if effort else speeds_text(known.slow_mps, known.fast_mps, unit)
            rows.append((name, number, known.source))
    return rows


def _heart_rate_zones(zones: Zones) -> list[_Row]:
    numbered = enumerate(zones.bounds, 1)
    return [(f"Z{number}", f"{low}-{high} bpm", zones.open_ends.get(number, "")) for number, (low, high) in numbered]


def _pace_zones(zones: PaceZones, unit: PaceUnit) -> list[_Row]:
    rows = []
    for number in range(1, zones.last + 1):
        parts = (f"{name[1:]} {speeds_text(*ends, unit)}" for name, ends in zones.parts(number).items())
        rows.append((f"Z{number} pace", speeds_text(*zones.speeds(number, number), unit), ", ".join(parts)))
    return rows


def _own(runner: Runner, unit: PaceUnit) -> list[_Row]:
    own = ((name, target) for name, target in runner.own.items() if name not in STANDARD_NAMES)
    return [(runner.own_names.get(name, name), shown(runner, target, unit), "as written") for name, target in own]


def _lately(history: History) -> list[_Row]:
    weeks = list(map(amount_text, history.weeks))
    unit = weeks[-1].partition(" ")[2]
    if all(one.endswith(f" {unit}") for one in weeks):
        weeks = [*(one.removesuffix(f" {unit}") for one in weeks[:-1]), weeks[-1]]
    rows = [("each week", ", ".join(weeks), f"until {history.until}" if history.until else "")]
    if history.longest is not None:
        on = f"on {history.longest_on}" if history.longest_on else ""
        rows.append(("longest run", amount_text(history.longest), on))
    return [*rows, ("runs a week", str(history.runs), "")] if history.runs else rows


def _measured(runner: Runner, sources: dict[str, str]) -> list[_Row]:
    rates = runner.heart_rates
    found = {
        "max heart rate": (rates.max, "bpm"),
        "rest heart rate": (rates.rest, "bpm"),
        "threshold heart rate": (rates.threshold, "bpm"),
        "critical power": (runner.critical_power, "W"),
    }
    return [(name, f"{value} {unit}", sources.get(name, "")) for name, (value, unit) in found.items() if value]
