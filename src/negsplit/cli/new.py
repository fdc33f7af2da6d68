"""``negsplit new``: a workout to go on with."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Final

import click

from negsplit.cli import console, drafts
from negsplit.cli.athletes import athlete_files, searched
from negsplit.cli.inputs import Input

KINDS: Final = ("intervals", "thirds", "cut-down", "fast-finish", "by-feel", "walk-run")
_BY_EFFORT: Final = frozenset({"by-feel", "walk-run"})
"""Kinds that name no pace, and so need no athlete."""
_NAME: Final = re.compile(r"^workout: .*$", re.MULTILINE)
_JOINTS: Final = re.compile(r"(?<!\d)-|-(?!\d)|[_\s]")
"""What joins words in a file's name; a dash between digits belongs to them: ``10-12``."""
_TEMPLATES: Final = Path(__file__).parents[1] / "templates"


@click.command("new", short_help="Write a workout to start from, with comments.")
@click.argument("name")
@click.option("--kind", type=click.Choice(KINDS), default=KINDS[0], show_default=True, help="What to start from.")
@console.quiet_option
@console.color_option
def command(name: str, kind: str, quiet: bool) -> None:
    """Write NAME.workout.yaml, a workout with comments to start from; never over another file.

    \b
    negsplit new tuesday-intervals
    negsplit new plans/long-run --kind fast-finish

    \b
    intervals    repetitions with recoveries
    thirds       a progression run: slow, medium, fast
    cut-down     every kilometre a little faster
    fast-finish  an easy run with a faster end
    by-feel      no pace, only a question
    walk-run     running and walking in turn

    A schema beside it lets editors that know YAML complete and check it.
    """
    path = drafts.path_of(name, "workout")
    title = readable(Input(path).stem)
    schema, fault = drafts.begin(path, text(kind, title), "workout")
    if fault:
        console.report([fault])
        raise console.Failed
    if not quiet:
        console.say(f"{path}: {title}" + (f", with {schema}" if schema else ""), f"next: {_next(path, kind)}")


def readable(stem: str) -> str:
    """A file's name as a workout's: ``tuesday-thirds`` -> ``Tuesday thirds``."""
    printable = "".join(char if char.isprintable() else " " for char in stem)
    words = " ".join(_JOINTS.sub(" ", printable).split()) or "Workout"
    title = words[:1].upper() + words[1:]
    from negsplit.dsl.document import MAX_NAME

    if len(title) > MAX_NAME:
        raise click.UsageError(f"the name has {len(title)} characters; a workout's has at most {MAX_NAME}")
    return title


def text(kind: str, title: str) -> str:
    """The document of a kind, under a name."""
    template = (_TEMPLATES / f"{kind}.workout.yaml").read_text(encoding="utf-8")
    named, count = _NAME.subn(lambda _: f"workout: {drafts.scalar(title)}", template)
    assert count == 1
    return f"{drafts.schema_line('workout')}\n{named}"


def _next(path: Path, kind: str) -> str:
    """What to do with it: paces need an athlete first."""
    show = f"`negsplit show {drafts.pasted(path)}` says what the watch will do"
    places = list(searched(path.parent.resolve()))
    if kind in _BY_EFFORT or any(athlete_files(place) for place in places):
        return show
    beside = "" if Path.cwd() in places else f" {drafts.pasted(path.parent / 'athlete.yaml')}"
    return f"`negsplit athlete init{beside}` for your paces, then {show}"
