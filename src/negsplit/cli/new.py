"""``negsplit new``: a workout or a plan to go on with."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any, Final, get_args

import click

from negsplit.cli import console, new_plan, ready
from negsplit.desk import drafts, presets, schemas
from negsplit.desk.inputs import Input
from negsplit.desk.runners import athlete_files, searched
from negsplit.plan.make.wish import Kind
from negsplit.tree.layout import scalar

WORKOUTS: Final = ("intervals", "thirds", "cut-down", "fast-finish", "by-feel", "walk-run")
PLANS: Final = ("plan", *presets.NAMES)
KINDS: Final = (*WORKOUTS, *PLANS)
"""What is the same for everybody."""
MADE: Final[tuple[Kind, ...]] = get_args(Kind)
"""Plans that are made for one runner."""
_BY_EFFORT: Final = frozenset({"by-feel", "walk-run", *presets.NAMES})
"""Kinds that name no pace, and so need no athlete."""
_NAME: Final = re.compile(r"^(workout|plan): .*$", re.MULTILINE)
_JOINTS: Final = re.compile(r"(?<!\d)-|-(?!\d)|[_\s]")
"""What joins words in a file's name; a dash between digits belongs to them: ``10-12``."""
_TEMPLATES: Final = Path(__file__).parents[1] / "templates"


@click.command("new", cls=console.Command, short_help="Write a workout or a plan to start from, with comments.")
@click.argument("name")
@ready.list_option
@click.option(
    "--kind", type=ready.Kind((*KINDS, *MADE)), default=KINDS[0], show_default=True, help="What to start from."
)
@new_plan.plan_options
@console.quiet_option
@console.color_option
def command(name: str, kind: str, quiet: bool, **options: Any) -> None:
    """Write NAME.workout.yaml or NAME.plan.yaml, with comments, to start from; never over another file.

    \b
    negsplit new tuesday-speed
    negsplit new spring/long-run --kind fast-finish
    negsplit new spring --kind plan
    negsplit new tuesday-cruise --kind cruise-intervals

    \b
    intervals    repetitions with recoveries
    thirds       a progression run: slow, medium, fast
    cut-down     every kilometre a little faster
    fast-finish  an easy run with a faster end
    by-feel      no pace, only a question
    walk-run     running and walking in turn

    \b
    plan         weeks of sessions that grow, with lighter ones between
    seed10       a plan: walk-run in ten weeks, also as `use: preset:seed10`
    c25k         a plan: couch to 5 km in nine weeks, after the NHS
    galloway     a plan: long runs with walk breaks, 10 to 18 km in 16 weeks

    \b
    5k, 10k, half, marathon   a plan from what you run now to your race
    base                      a plan that builds without a race
    first-5k                  a plan from walking to 5 km without a walk
    return                    a plan back after weeks without running

    \b
    negsplit new spring --kind 10k --race 2027-04-18 --runs 4 --volume 35km --long 12km
    negsplit new autumn --kind base --weeks 8 --runs 3 --volume 3h --long 75min

    On a terminal you are asked for what is missing; `history:` in your athlete file answers for you. A plan that a
    coach would stop is not written: you are told why, and which plan would do.
    `negsplit new --list` shows all other workouts and plans that come with negsplit: each is a kind, too.

    A schema beside it lets editors that know YAML complete and check it.
    """
    path = drafts.path_of(name, document_of(kind))
    title = readable(Input(path).stem)
    if kind in MADE:
        new_plan.write(path, title, kind, options, quiet=quiet)
        return
    new_plan.refuse_options(options, kind)
    schema, fault = drafts.begin(path, text(kind, title), document_of(kind))
    if fault:
        console.report([fault])
        raise console.Failed
    if not quiet:
        console.say(f"{path}: {title}" + (f", with {schema}" if schema else ""), f"next: {_next(path, kind)}")


def document_of(kind: str) -> schemas.Kind:
    """What a kind is a document of."""
    if kind in (*PLANS, *MADE):
        return "plan"
    return "workout" if kind in WORKOUTS else presets.presets()[kind].kind


def readable(stem: str) -> str:
    """A file's name as a workout's or a plan's: ``tuesday-thirds`` -> ``Tuesday thirds``."""
    printable = "".join(char if char.isprintable() else " " for char in stem)
    words = " ".join(_JOINTS.sub(" ", printable).split()) or "Workout"
    title = words[:1].upper() + words[1:]
    from negsplit.document.workouts import MAX_NAME

    if len(title) > MAX_NAME:
        raise click.UsageError(f"the name is {len(title)} characters long; {MAX_NAME} are allowed")
    return title


def text(kind: str, title: str) -> str:
    """The document of a kind, under a name."""
    document = document_of(kind)
    if kind in presets.presets():
        template = ready.to_copy(presets.presets()[kind])
    else:
        template = (_TEMPLATES / f"{kind}.{document}.yaml").read_text(encoding="utf-8")
    named, count = _NAME.subn(lambda _: f"{document}: {scalar(title)}", template)
    assert count == 1
    return f"{schemas.line(document)}\n{named}"


def _next(path: Path, kind: str) -> str:
    """What to do with it: paces need an athlete first."""
    if document_of(kind) == "plan":
        show = f"`negsplit plan show {drafts.pasted(path)}` prints it as a calendar"
    else:
        show = f"`negsplit show {drafts.pasted(path)}` shows what the watch will do"
    places = list(searched(path.parent.resolve()))
    if kind in _BY_EFFORT or any(athlete_files(place) for place in places):
        return show
    beside = "" if Path.cwd() in places else f" {drafts.pasted(path.parent / 'athlete.yaml')}"
    return f"`negsplit athlete init{beside}` for your paces, then {show}"
