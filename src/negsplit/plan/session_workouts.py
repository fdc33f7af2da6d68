"""The workout that a session of a plan stands for, with the values of a week."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import NamedTuple

from negsplit.diagnostics import Report, did_you_mean
from negsplit.document import workouts
from negsplit.document.library import Library, Refusal, Texts
from negsplit.document.params import Param, report_missing, report_unknown
from negsplit.document.reuse import blocks_of
from negsplit.model import Workout
from negsplit.plan.model import Session, Steps, Use
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
    match session.body:
        case Steps(node):
            found = _of_steps(source, node, known, report, library)
        case Use(name) if source.blocks is not None and name in source.blocks:
            found = _of_block(source, name, known, report, library)
        case Use(name):
            found = _of_file(name, source.blocks, known, report, library or Texts({}))
        case None:
            found = None
    if found is None:
        return None
    return replace(
        found,
        name=session.name or session.text or found.name,
        notes=session.notes or found.notes,
        tags=session.tags or found.tags,
        paces=workouts.merged_paces(source.paces, found.paces, report),
        tolerance=found.tolerance or source.settings.tolerance,
        lint={**source.settings.lint, **found.lint},
        span=session.span or found.span,
    )


def _written(session: Session, values: Mapping[str, Given]) -> dict[Text, Text]:
    """The texts of values, by names that stand where all of a param do: what is wrong with it is said once."""
    places = session.places
    return {Text.made(name, places[name]): written(given, places[name]) for name, given in values.items()}


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
    use: Text, blocks: Fields | None, known: Mapping[Text, Text], report: Report, library: Library
) -> Workout | None:
    """The workout of a file, whole: its name, sport and notes are those of the session."""
    file = library.open(use.span.source, str(use))
    if isinstance(file, Refusal):
        near = did_you_mean(use, blocks) if blocks else None
        report.error("unknown-block", file.message, use.span, *((f"did you mean `{near}`?",) if near else file.help))
        return None
    report.extend(file.diagnostics)
    node = file.nodes[0] if len(file.nodes) == 1 else None
    if not isinstance(node, Fields) or workouts.kind_of(node) != "workout":
        if not file.diagnostics:
            help = "a session uses a file with one workout, which begins with `workout:`"
            report.error("not-a-workout", f"`{short(use)}` is no workout", use.span, help)
        return None
    declared = node.value("params")
    params = declared if isinstance(declared, Fields) else {}
    missing = [key for key, one in params.items() if isinstance(one, Text) and one.empty and key not in known]
    for key in missing:
        report_missing(use, key, report)
    for name in known:
        if name not in params:
            report_unknown(use, name, params, name.span, report)
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
