"""The JSON Schemas that editors use, judged by an implementation that is not ours.

Editors load YAML as PyYAML does: ``4`` is a number, ``4:30`` is 270 and ``off`` is false before the schema is
asked. So it must be wider than the parser there: it takes any number where an amount may stand.
"""

import textwrap
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import yaml
from jsonschema import Draft202012Validator

from negsplit.diagnostics import Report, Source
from negsplit.dsl import document
from negsplit.dsl.shapes import json_schema
from negsplit.dsl.source import read

WORKOUTS = Path(__file__).parents[2] / "workouts"
KINDS: list[Any] = ["workout", "athlete"]


def faults(text: str) -> list[str]:
    """What the schema of its kind has against a document, as an editor loads it."""
    data = yaml.safe_load(text)
    kind: Any = "athlete" if "athlete" in data else "workout"
    validator = Draft202012Validator(json_schema(kind))
    return [error.message for error in validator.iter_errors(data)]


def accepted_by_parser(text: str) -> bool:
    nodes, found = read(Source("text", text))
    report = Report(found)
    reader: Any = document.athlete if document.kind_of(nodes[0]) == "athlete" else document.workout
    reader(nodes[0], report)
    return not report.failed


@pytest.mark.parametrize("kind", KINDS)
def test_the_schema_is_one(kind: Any) -> None:
    schema = json_schema(kind)
    assert schema["$schema"] == "https://json-schema.org/draft/2020-12/schema"
    Draft202012Validator.check_schema(schema)


def properties(schema: Any) -> Iterator[tuple[str, Any]]:
    """Every key with its schema, wherever it stands."""
    if isinstance(schema, dict):
        yield from schema.get("properties", {}).items()
        for value in schema.values():
            yield from properties(value)
    elif isinstance(schema, list):
        for value in schema:
            yield from properties(value)


@pytest.mark.parametrize("kind", KINDS)
def test_every_key_says_what_it_is_for(kind: Any) -> None:
    found = list(properties(json_schema(kind)))
    assert len(found) > 10
    assert [key for key, schema in found if not schema.get("description")] == []


STEPS = """
- warmup: 15 min @ easy
- warmup:
- rest
- run: 4:30
- 10:00
- run: 1 mi
  at: threshold
  also: 175..185 spm
  cue: 3
  tolerance: 2 %
- run: 1 km
  cue: yes
- repeat: 4
  last_recovery: skip
  steps: [run: 400 m @ 5k, recover: 1 min]
- repeat: 8..10
  steps: 1 min @ 5k, 1 min
- repeat: {until: 45:00}
  steps: |
    1 min @ 5k
    1 min
- progression: thirds
  total: 12 km
- progression: Parts
  total: 60 min
  paces: [easy, steady]
  tolerance: 5 s/km
- progression: Cut-down
  total: 5 mi
  every: 1 mi
  from: easy
  to: 10k
  drop: 15..30 s/mi
- progression: cut down
  total: 5 mi
  every: 1 mi
  from: easy
  drop: 20 s/mi
- progression: FAST FINISH
  total: 90 min
  base: easy
  finish: 20:00
  every: 5:00
  to: half
- progression: by feel
  total: 60 min
  first: 15:00
  ask_every: 7:30
  cue: Faster?
- progression: ramp
  total: 20 min
  in: 5
  from: 5:30/km
  to: 4:30/km
- walk_run: run 1 min / walk 2 min
  total: 24 min
  fit: nearest
  end_on: walk
- walk_run: run 1 min / walk 2 min
  repeats: 8
- ladder: [1:00, 2 min, 3 min]
  at: 5k
  recover: 50 %
  last_recovery: keep
- ladder: 6 x 1 km
  at: 4:40/km -> 4:10/km
  recover: 1:30
- ladder: [1 min, 2 min]
  at: [5k, 10k]
  recover: [90 s]
"""

DOCUMENTS = [
    "workout: A\nsteps: 30 min @ RPE 3",
    "workout: 5\nnotes: no\ntags: [on, 2026, hills]\nsteps: 10:00",
    "workout: A\nsport: Trail running\ntags: hills\nlast_recovery: Skip\nlint: {S-BAND: off, X: a reason}\nsteps: 1 km",
    "workout: A\npaces: {float: 5:20/km, 5k goal: 4:00/km}\ntolerance: 2 %\nsteps: 1 km @ float",
    f"workout: Everything\nsteps:\n{textwrap.indent(STEPS, '  ')}",
    "athlete: A",
    "athlete: A\nraces: 5 km in 22:30",
    """\
athlete: Example runner
races:
  - 5 km in 22:30 on 2026-10-04
  - half in 1:48:00 on 2026-09-20
threshold: 4:40/km
paces: {marathon: 5:05/km, easy: 6:20..5:40/km}
heart_rate: {max: 188, rest: 48 bpm, threshold: 170, zones: friel}
power: {critical: 280 W}
volume: Low
tolerance: 2 %
units: METRIC
""",
    "athlete: A\nheart_rate: {zones: [100, 120, 140]}\npower: {critical: 280}",
]


@pytest.mark.parametrize("text", [*DOCUMENTS, *(path.read_text("utf-8") for path in sorted(WORKOUTS.glob("*.yaml")))])
def test_what_is_right_is_accepted(text: str) -> None:
    assert accepted_by_parser(text)
    assert faults(text) == []


@pytest.mark.parametrize(
    "text",
    [
        "workout: A",
        "workout: A\nstep: 1 km",
        "workout: A\nsteps: []",
        "workout: A\nsteps: {run: 1 km}",
        "workout: A\nsteps: [[1 km]]",
        "workout: A\nsteps: [{}]",
        "workout: A\nsteps: [null]",
        "workout:\nsteps: 1 km",
        "workout: [A]\nsteps: 1 km",
        "workout: A\nsport: cycling\nsteps: 1 km",
        "workout: A\nlast_recovery: none\nsteps: 1 km",
        "workout: A\npaces: [5:20/km]\nsteps: 1 km",
        "workout: A\npaces: {float: 5}\nsteps: 1 km",
        "workout: A\ntolerance: 2\nsteps: 1 km",
        "workout: A\nlint: off\nsteps: 1 km",
        "workout: A\nsteps: [{at: easy}]",
        "workout: A\nsteps: [{runn: 1 km}]",
        "workout: A\nsteps: [{run: 1 km, walk: 1 km}]",
        "workout: A\nsteps: [{run: 1 km, target: easy}]",
        "workout: A\nsteps: [{run: {a: 1}}]",
        "workout: A\nsteps: [{run: 1 km, at: }]",
        "workout: A\nsteps: [{run: 1 km, cue: [a]}]",
        "workout: A\nsteps: [{repeat: 3}]",
        "workout: A\nsteps: [{repeat: 3, steps: 1 km, at: easy}]",
        "workout: A\nsteps: [{repeat: {times: 3}, steps: 1 km}]",
        "workout: A\nsteps: [{repeat: [3], steps: 1 km}]",
        "workout: A\nsteps: [{progression: third, total: 1 km}]",
        "workout: A\nsteps: [{progression: thirds}]",
        "workout: A\nsteps: [{progression: thirds, total: 1 km, paces: easy}]",
        "workout: A\nsteps: [{progression: cut-down, total: 1 km}]",
        "workout: A\nsteps: [{progression: by feel, total: 1 km, paces: [easy]}]",
        "workout: A\nsteps: [{progression: ramp, total: 1 km, from: easy, to: 5k}]",
        "workout: A\nsteps: [{walk_run: {run: 1 km}}]",
        "workout: A\nsteps: [{walk_run: run 1 km / walk 1 km, fit: closest}]",
        "workout: A\nsteps: [{ladder: [], at: 5k}]",
        "workout: A\nsteps: [{ladder: {a: 1}}]",
        "athlete: A\nrace: 5 km in 22:30",
        "athlete: A\nraces: {5 km: 22:30}",
        "athlete: A\nraces: []",
        "athlete: A\nheart_rate: 188",
        "athlete: A\nheart_rate: {maxx: 188}",
        "athlete: A\npower: 280",
        "athlete: A\npower: {}",
        "athlete: A\nvolume: medium",
        "athlete: A\nthreshold: 270",
    ],
)
def test_what_is_wrong_is_refused(text: str) -> None:
    assert not accepted_by_parser(text)
    assert faults(text) != []


@pytest.mark.parametrize(
    "text",
    [
        "workout: A\nsteps: 10",
        "workout: A\nsteps: nonsense",
        "steps: 1 km\nworkout: A",
        "workout: A\nsteps: [{at: easy, run: 1 km}]",
        "workout: A\nsteps: [{run: 1 km @ easy, at: easy}]",
        "workout: A\nsteps: [{repeat: 0, steps: 1 km}]",
        "workout: A\nsteps: [{walk_run: run 1 km / walk 1 km}]",
        "workout: A\nsteps: [{progression: parts, total: 1 km}]",
        "workout: A\nlint: {S-BAND: on}\nsteps: 1 km",
        "athlete: A\nraces: soon",
    ],
)
def test_what_only_the_parser_knows(text: str) -> None:
    """The schema knows the forms of things, not the texts, nor the order of keys, nor what excludes what."""
    assert not accepted_by_parser(text)
    assert faults(text) == []
