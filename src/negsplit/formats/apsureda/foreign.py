"""Files of apsureda/garmin-planner as workouts, and as a plan where their names say weeks."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterable, Iterator, Sequence
from pathlib import PurePath
from typing import Final

from negsplit.diagnostics import Report
from negsplit.formats.apsureda.config import Config, read_config
from negsplit.formats.apsureda.steps import FACTS, ROLES, read_steps
from negsplit.formats.apsureda.weeks import Placed, read_weeks
from negsplit.formats.foreign import (
    MOST_MISTAKES,
    MOST_STEPS,
    ForeignOptions,
    ForeignWorkout,
    Found,
    Reader,
    steps_run,
)
from negsplit.formats.foreign_file import ForeignFile
from negsplit.model import Item, Repeat, Step, Workout
from negsplit.targets import Target
from negsplit.tree.nodes import Fields, Items, Node, Text
from negsplit.tree.source import read

_HEAD: Final = re.compile(
    r"(?:[ \t]*(?:#[^\n]*)?\r?\n)*(?:config[ \t]*:|[^\s#,-][^\n]*:[ \t]*(?:#[^\n]*)?\r?$)", re.MULTILINE
)
"""The first line that is no comment: a block, or the name of a workout with its steps below."""
_MOST_ABOVE: Final = 100_000
"""Characters of comments above it that are looked through."""
_OURS: Final = re.compile(r"^(?:workout|plan|athlete)[ \t]*:", re.MULTILINE)
_STEP: Final = re.compile(rf"^[ \t]*-[ \t]+(?:{'|'.join(ROLES)}|repeat[ \t]+\d+)[ \t]*:", re.MULTILINE)
_COMMENT: Final = re.compile(r"[\"']?[ \t]*:[ \t]*#[ \t]*(.*\S)")


def _looks_like(file: ForeignFile) -> bool:
    text = file.source.text
    return bool(_HEAD.match(text, 0, _MOST_ABOVE) and _STEP.search(text)) and not _OURS.search(text)


def _read(files: Sequence[ForeignFile], _options: ForeignOptions) -> Found:
    (file,) = files
    trees, faults = read(file.source)
    report = Report(list(faults))
    tree = trees[0] if trees else None
    if not isinstance(tree, Fields):
        if not report.failed:
            report.error(
                "refused", "no workouts are written here", None, "write `NAME:` and below it `- interval: 5km`"
            )
        return Found((), messages=tuple(report.diagnostics))
    config = read_config(tree, report)
    workouts: list[ForeignWorkout] = []
    placed: list[Placed] = []
    mistakes = 0
    for name, steps in tree.items():
        if name == "config":
            continue
        if mistakes > MOST_MISTAKES:
            message = "there are so many mistakes up to here that the rest was not read"
            report.error("too-many-mistakes", message, name.span, "fix these first")
            break
        workout = _workout(name, steps, config)
        mistakes += len(workout.messages) if workout.meaning is None else 0
        placed.append(Placed(len(workouts), name, not workout.sport, _date(steps, report)))
        workouts.append(workout)
    _say_margins(workouts, config, report)
    if config.race_day:
        report.note(
            "left-out",
            f"the race on {config.race_day} is not used",
            config.race_day.span,
            f"add `--race {config.race_day}`",
        )
    stem = PurePath(file.name).name.partition(".")[0]
    plan = read_weeks(config.prefix.strip() or stem, placed, report)
    return Found(tuple(workouts), plan, tuple(report.diagnostics))


def _workout(name: Text, steps: Node, config: Config) -> ForeignWorkout:
    report = Report()
    full, sport = f"{config.prefix}{name}".strip(), _fact(steps, "sport_type") or config.sport
    if sport != "running":
        return ForeignWorkout(full, None, (), name.span, sport=str(sport))
    if not isinstance(steps, Items) or not steps:
        report.error("refused", f"`{name}` has no steps", name.span, "write below it `- interval: 5km`")
        return ForeignWorkout(full, None, tuple(report.diagnostics), name.span)
    items = read_steps(steps, config, report)
    if not report.failed and not 0 < steps_run(items) <= MOST_STEPS:
        report.error("refused", f"a workout has 1 to {MOST_STEPS} steps", name.span, "repeat them less often")
    if report.failed:
        return ForeignWorkout(full, None, tuple(report.diagnostics), name.span)
    targets = list(_targets(items))
    workout = Workout(
        full,
        items,
        notes=_description(name),
        paces=config.targets.used(targets),
        tolerance=config.targets.usual(targets),
        span=name.span,
    )
    return ForeignWorkout(full, workout, tuple(report.diagnostics), name.span)


def _targets(items: Iterable[Item]) -> Iterator[Target]:
    for item in items:
        if isinstance(item, Step):
            yield from item.targets
        elif isinstance(item, Repeat):
            yield from _targets(item.steps)


def _say_margins(workouts: Iterable[ForeignWorkout], config: Config, report: Report) -> None:
    """Once: what the manual of garmin-planner says of margins, and what the program does."""
    models = [one.meaning for one in workouts if isinstance(one.meaning, Workout)]
    ranges = (one for model in models for one in _targets(model.steps) if config.targets.is_range_of_single(one))
    if config.targets.margins and (found := next(ranges, None)):
        message = "a range of per cents stays as it is, as the manual has it; garmin-planner adds the margins to it"
        report.note("differs", message, found.span)


def _fact(steps: Node, key: str) -> Text | None:
    """What a fork writes of a whole workout among its steps."""
    for entry in steps if isinstance(steps, Items) else ():
        value = entry.value(key) if isinstance(entry, Fields) else None
        if isinstance(value, Text):
            return value
    return None


def _date(steps: Node, report: Report) -> dt.date | None:
    written = _fact(steps, FACTS[0])
    if written is None:
        return None
    try:
        return dt.date.fromisoformat(written)
    except ValueError:
        report.note("left-out", f"`{written}` is no date", written.span, "write it as 2027-01-31")
        return None


def _description(name: Text) -> str:
    """The comment behind a name, which the program takes for what is said of the workout."""
    span = name.span
    found = _COMMENT.match(span.source.line(span.line), span.column - 1 + span.end - span.start)
    return found[1] if found else ""


READER: Final = Reader("apsureda", "plans of garmin-planner as YAML", _looks_like, _read, ".yaml")
