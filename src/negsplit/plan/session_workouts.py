"""The workout that a session of a plan stands for, with the values of a week."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import NamedTuple

from negsplit.diagnostics import Report, has_errors, meant
from negsplit.document import settings, workouts
from negsplit.document.library import Library, Refusal, Texts
from negsplit.document.params import Filling, Param, ParamScope, given, named_in, report_missing, report_unknown
from negsplit.document.reuse import blocks_of
from negsplit.model import Claim, Workout
from negsplit.plan.model import Session, Steps, Use
from negsplit.plan.races import GOAL
from negsplit.plan.values import Given, written
from negsplit.targets import Target
from negsplit.tree.nodes import Fields, Items, Node, Text
from negsplit.tree.source_lines import short


class PlanParts(NamedTuple):
    """What every session of a plan shares: its blocks, its params, its paces and its tolerance."""

    node: Fields
    params: Mapping[str, Param]
    paces: dict[str, Target]
    settings: Workout

    @property
    def blocks(self) -> Fields | None:
        """The steps that sessions use by name."""
        return blocks_of(self.node)


def workout(
    source: PlanParts, session: Session, values: Mapping[str, Given], report: Report, library: Library | None
) -> Workout | None:
    """The workout of a session with these values, called what the session or the workout is called, if anything.

    None where it cannot be read, with errors, and where the session has none.
    """
    known = _written(session, values)
    claimed = named_in([session.adds_up_to]) if session.adds_up_to else set()
    match session.body:
        case Steps(node):
            found = _of_steps(source, node, _without(known, claimed - named_in([node])), report, library)
        case Use(name) if source.blocks is not None and name in source.blocks:
            alone = claimed - set(_params(source.blocks[name]))
            found = _of_block(source, name, _without(known, alone), report, library)
        case Use(name):
            found = _of_file(name, source.blocks, known, claimed, report, library or Texts({}))
        case None:
            found = None
    if found is None:
        return None
    claim = _claim(source, session, known, report)
    goal = {GOAL: session.goal_pace} if session.goal_pace else {}
    return replace(
        found,
        name=session.name or session.text or found.name,
        notes=session.notes or found.notes,
        tags=session.tags or found.tags,
        adds_up_to=claim or found.adds_up_to,
        paces={**workouts.merged_paces(source.paces, found.paces, report), **goal},
        tolerance=found.tolerance or source.settings.tolerance,
        lint={**source.settings.lint, **found.lint},
        span=session.span or found.span,
    )


def _written(session: Session, values: Mapping[str, Given]) -> dict[Text, Text]:
    """The texts of values, by names that stand where all of a param do: what is wrong with it is said once."""
    places = session.places
    return {Text.made(name, places[name]): written(given, places[name]) for name, given in values.items()}


def _without(known: Mapping[Text, Text], names: set[str]) -> dict[Text, Text]:
    """Values without those that what a session adds up to names alone."""
    return {name: text for name, text in known.items() if name not in names}


def _params(node: Node) -> Mapping[Text, Node]:
    """What a workout or a block declares."""
    declared = node.value("params") if isinstance(node, Fields) else None
    return declared if isinstance(declared, Fields) else {}


def _claim(source: PlanParts, session: Session, known: Mapping[Text, Text], report: Report) -> Claim | None:
    """What a session is said to add up to, with its values and the plan's params filled in."""
    if session.adds_up_to is None:
        return None
    scope = ParamScope({**source.params, **{str(name): given(text) for name, text in known.items()}})
    return settings.claim(Filling(report).text(session.adds_up_to, scope), report)


def _of_steps(
    source: PlanParts, steps: Node, known: Mapping[Text, Text], report: Report, library: Library | None
) -> Workout | None:
    """Steps that stand in the plan itself; they may name its params, and must name the values given to them."""
    more: dict[Text, Node] = {}
    if source.blocks is not None:
        more[Text.made("blocks", source.blocks.span)] = source.blocks
    if known:
        params = Fields(steps.span, flow=False)
        params.update({name: Text("", value.span) for name, value in known.items()})
        more[Text.made("params", steps.span)] = params
    made = document_of(source.node, steps, more)
    found = workouts.workout(made, report, library, values={name: known[name] for name in known}, around=source.params)
    return found and replace(found, name="")


def _of_block(
    source: PlanParts, name: Text, known: Mapping[Text, Text], report: Report, library: Library | None
) -> Workout | None:
    """A block of the plan."""
    use = Fields(name.span, flow=False)
    use[Text.made("use", name.span)] = name
    if known:
        values = Fields(name.span, flow=False)
        for key, text in known.items():  # its own params are filled in already
            values[key] = Text.made(text.replace("$", "$$"), text.span) if "$" in text else text
        use[Text.made("with", name.span)] = values
    steps = Items(name.span, flow=False)
    steps.append(use)
    found = _of_steps(source, steps, {}, report, library)
    return found and replace(found, name=str(name))


def _of_file(
    use: Text, blocks: Fields | None, known: Mapping[Text, Text], claimed: set[str], report: Report, library: Library
) -> Workout | None:
    """The workout of a file, whole: its name, sport and notes are those of the session.

    Values that are ``claimed`` need not be for params of its.
    """
    file = library.open(use.span.source, str(use))
    if isinstance(file, Refusal):
        near = meant(use, blocks, use.span) if blocks else None
        report.error("unknown-block", file.message, use.span, *((near,) if near else file.help))
        return None
    report.extend(file.diagnostics)
    node = file.nodes[0] if len(file.nodes) == 1 else None
    if not isinstance(node, Fields) or workouts.kind_of(node) != "workout":
        if not has_errors(file.diagnostics):
            help = "a session can use a file with one workout, which begins with `workout:`"
            report.error("not-a-workout", f"`{short(use)}` is not a workout", use.span, help)
        return None
    params = _params(node)
    missing = [key for key, one in params.items() if isinstance(one, Text) and one.empty and key not in known]
    for key in missing:
        report_missing(use, key, report)
    for name in known:
        if name not in params and name not in claimed:
            report_unknown(use, name, params, known, name.span, report)
    if missing:
        return None
    return workouts.workout(node, report, library, values={name: known[name] for name in known if name in params})


def document_of(plan: Fields, steps: Node, more: Mapping[Text, Node]) -> Fields:
    """A workout around steps of a plan."""
    span = next(iter(plan)).span
    made = Fields(span, flow=False)
    made[Text.made("workout", span)] = Text.made("-", span)
    made.update(more)
    made[Text.made("steps", span)] = steps
    return made
