"""The shapes that the reader uses, against the classes they are made from, which pydantic reads documents by."""

import ast
import random
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pydantic import BaseModel, ValidationError

from conftest import examples
from negsplit.diagnostics import Report, Source
from negsplit.document import plan_schema, schema, shapes, workouts
from negsplit.document.fields import Problem, Shape
from negsplit.plan import reader
from negsplit.tree.nodes import Fields, Items, Node, Text
from negsplit.tree.source import read
from write_shapes import module

ROOT = Path(__file__).parents[2]
WRITTEN = sorted((ROOT / "workouts").rglob("*.yaml")) + sorted((ROOT / "tests" / "invalid").rglob("*.yaml"))
KINDS: dict[str, type[Shape]] = {
    "plan": shapes.PlanShape,
    "athlete": shapes.AthleteShape,
    "workout": shapes.WorkoutShape,
}
SAID = {
    "missing": "missing",
    "extra_forbidden": "unknown",
    "union_tag_invalid": "no step",
    "union_tag_not_found": "no step",
    "is_instance_of": "not a text",
    "list_type": "not a list",
    "dict_type": "not a mapping",
    "model_type": "not a mapping",
}
"""pydantic's names of what is wrong, and ours."""


def test_they_are_what_make_docs_makes() -> None:
    made = Path(shapes.__file__).read_text(encoding="utf-8")
    assert ast.dump(ast.parse(made)) == ast.dump(ast.parse(module())), "run `make docs`"


def by_pydantic(kind: type[Shape], node: Node) -> Any:
    """What pydantic makes of a document, or what it has against it."""
    model = getattr(schema, kind.__name__, None) or getattr(plan_schema, kind.__name__)
    try:
        return content(model.model_validate(node))
    except ValidationError as error:
        return [(SAID[one["type"]], one["loc"]) for one in error.errors(include_url=False)]


def by_us(kind: type[Shape], node: Node) -> Any:
    problems: list[Problem] = []
    shape = kind.shaped(node, (), problems)
    return [(one.kind, one.place) for one in problems] or content(shape)


def content(value: object) -> Any:
    """A shape of either kind as plain data, with the name of its class."""
    if isinstance(value, BaseModel):
        return type(value).__name__, {name: content(getattr(value, name)) for name in value.model_fields_set}
    if isinstance(value, Shape):
        return type(value).__name__, {name: content(getattr(value, name)) for name in value.given}
    if isinstance(value, dict):
        return {key: content(one) for key, one in value.items()}
    return [content(one) for one in value] if isinstance(value, list) else value


def trees() -> list[tuple[type[Shape], Fields]]:
    """The documents of the repository, good and bad, and for each plan what it has of single days too."""
    found: list[tuple[type[Shape], Fields]] = []
    for path in WRITTEN:
        nodes, _ = read(Source(path.name, path.read_bytes().decode("utf-8", "replace")))
        for node in nodes:
            if isinstance(node, Fields):
                kind = next((shape for key, shape in KINDS.items() if key in node), shapes.WorkoutShape)
                found.append((kind, node))
                sessions = node.value("sessions")
                found += [(shapes.DayShape, one) for one in sessions or () if isinstance(one, Fields)]
    return found


TREES = trees()


def test_documents_fit_or_not_as_pydantic_has_it() -> None:
    assert len(TREES) > 300
    good = 0
    for kind, node in TREES:
        assert by_us(kind, node) == by_pydantic(kind, node), node
        good += isinstance(by_us(kind, node), tuple)
    assert 100 < good < len(TREES) - 50


def disturbed(node: Node, chance: random.Random) -> Node:
    """A tree in which keys are lost, misspelt or told twice, and values stand where others belong."""
    other: list[Node] = [Text("8", node.span), Items(node.span, flow=True), Fields(node.span, flow=True), TREES[0][1]]
    if chance.random() < 0.05:
        return chance.choice([*other, chance.choice(TREES)[1]])
    if isinstance(node, Fields):
        made = Fields(node.span, flow=node.flow)
        for key, value in node.items():
            if chance.random() > 0.03:
                name = key if chance.random() > 0.03 else Text(chance.choice(["stpes", "repeat", "at"]), key.span)
                made[name] = disturbed(value, chance)
        return made
    if isinstance(node, Items):
        items = Items(node.span, flow=node.flow)
        items.extend(disturbed(one, chance) for one in node)
        return items
    return node


@given(st.randoms(use_true_random=False))
@settings(max_examples=examples(100))
def test_whatever_stands_there_is_judged_as_pydantic_does(chance: random.Random) -> None:
    kind, node = chance.choice(TREES)
    tree = disturbed(node, chance)
    assert by_us(kind, tree) == by_pydantic(kind, tree)


@pytest.mark.parametrize("kind", [*shapes.SHAPES, *shapes.PLAN_SHAPES])
def test_keys_say_what_they_are_for(kind: type[Shape]) -> None:
    assert all(field.about for field in kind.keys.values())


def model(text: str) -> Any:
    """What a document is read as; nothing is wrong with it."""
    (node,), found = read(Source("w.yaml", text))
    report = Report(found)
    if (kind := workouts.kind_of(node)) == "plan":
        read_plan = reader.read(node, report)
        made: Any = read_plan and replace(read_plan.plan, entries=())  # they say where in their text they stand
    else:
        made = (workouts.workout if kind == "workout" else workouts.athlete)(node, report)
    assert not report.failed
    assert made is not None
    return made


PLAN = "plan: A\nstart: 2026-11-30\nweeks: 4\nsessions: [{{on: tue, steps: run $total, with: {{total: 9 km}}}}]\n"


@pytest.mark.parametrize(
    ("shape", "key", "text"),
    [
        (shapes.WorkoutShape, "sport", "workout: A\nsteps: 1 km\n{}"),
        (shapes.ByFeelShape, "first", "workout: A\nsteps: [{{progression: by feel, total: 1 h, {}}}]"),
        (shapes.ByFeelShape, "ask_every", "workout: A\nsteps: [{{progression: by feel, total: 1 h, {}}}]"),
        (shapes.WalkRunShape, "fit", "workout: A\nsteps: [{{walk_run: run 1 min / walk 1 min, total: 9 min, {}}}]"),
        (shapes.LadderShape, "last_recovery", "workout: A\nsteps: [{{ladder: 3 x 1 km, recover: same, {}}}]"),
        (shapes.AthleteShape, "volume", "athlete: A\n{}"),
        (shapes.AthleteShape, "units", "athlete: A\n{}"),
        (shapes.PlanShape, "week_starts", PLAN + "{}"),
        (shapes.DownWeeksShape, "cut", PLAN + "down_weeks: {{at: 4, {}}}"),
        (shapes.DownWeeksShape, "of", PLAN + "down_weeks: {{at: 4, {}}}"),
    ],
)
def test_the_default_that_a_key_names_is_the_default(shape: type[Shape], key: str, text: str) -> None:
    about = shape.keys[key].about
    default = about[about.rindex("(") + 1 : about.rindex(")")]
    assert model(text.format(f"{key}: {default}")) == model(text.format(""))
