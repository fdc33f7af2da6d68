"""The JSON Schemas that editors use, judged by an implementation that is not ours.

Editors load YAML before the schema is asked: in YAML 1.1, which PyYAML reads, ``4`` is a number, ``4:30`` is
270 and ``off`` is false; in YAML 1.2 the last two are texts. So the schema must be wider than the parser there:
it takes any number where an amount may stand. `schema_wider.txt` lists what else it cannot refuse.

Plans, and the day that a history ends on, are loaded as YAML 1.2 alone, which is what editors read: to YAML 1.1 their
key ``on`` is true, and their days are dates.
"""

import re
import textwrap
from collections.abc import Callable, Iterator
from functools import cache
from pathlib import Path
from typing import Annotated, Any, ClassVar, get_args, get_origin

import pytest
import yaml
from jsonschema import Draft202012Validator

from negsplit.diagnostics import Report, Severity, Source
from negsplit.document import scalars, workouts
from negsplit.document.json_schema import json_schema
from negsplit.plan import reader
from negsplit.tree.source import read
from test_docs import PAGES, blocks, whole
from test_invalid import FILES, diagnostics

ROOT = Path(__file__).parents[2]
KINDS: list[Any] = ["workout", "plan", "athlete"]


class Yaml12(yaml.SafeLoader):
    """YAML 1.2's core schema: only ``true`` and ``false`` are truth values, ``4:30`` and days are texts."""

    yaml_implicit_resolvers: ClassVar[dict[str, Any]] = {}


for tag, pattern, first in (
    ("bool", r"true|True|TRUE|false|False|FALSE", "tTfF"),
    ("int", r"[-+]?[0-9]+|0o[0-7]+|0x[0-9a-fA-F]+", "-+0123456789"),
    (
        "float",
        r"[-+]?(\.[0-9]+|[0-9]+(\.[0-9]*)?)([eE][-+]?[0-9]+)?|[-+]?\.(inf|Inf|INF)|\.(nan|NaN|NAN)",
        "-+.0123456789",
    ),
    ("null", r"~|null|Null|NULL|", ["~", "n", "N", ""]),
):
    Yaml12.add_implicit_resolver(f"tag:yaml.org,2002:{tag}", re.compile(rf"(?:{pattern})\Z"), list(first))

Yaml12.add_constructor("tag:yaml.org,2002:int", lambda _, node: int(re.sub(r"^([-+]?)0+(?=\d)", r"\1", node.value), 0))

LOADERS: dict[str, Any] = {"YAML 1.1": yaml.SafeLoader, "YAML 1.2": Yaml12}


def loaders(text: str) -> list[str]:
    """The versions of YAML that a document may be read in."""
    return ["YAML 1.2"] if re.search(r"^plan:|\buntil: \d{4}-", text, re.MULTILINE) else list(LOADERS)


@cache
def validator(kind: Any) -> Draft202012Validator:
    return Draft202012Validator(json_schema(kind))


def faults(text: str | bytes, loader: Any = yaml.SafeLoader, kind: Any = None) -> list[str]:
    """What the schema of its kind has against each document, as an editor loads it."""
    found = []
    for data in yaml.load_all(text, loader):
        of = kind or next(of for of in ("plan", "workout", "athlete") if of in data)
        found += [error.message for error in validator(of).iter_errors(data)]
    return found


def accepted_by_parser(text: str) -> bool:
    nodes, found = read(Source("text", text))
    report = Report(found)
    readers: dict[Any, Any] = {"athlete": workouts.athlete, "plan": reader.read}
    readers.get(workouts.kind_of(nodes[0]), workouts.workout)(nodes[0], report)
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
    "workout: A\nid: easy-30\nadds_up_to: 30:00\nsteps: 30 min @ RPE 3",
    "workout: 5\nid: 2026\nnotes: no\ntags: [on, 2026, hills]\nsteps: 10:00",
    "workout: A\nsport: Trail running\ntags: hills\nlast_recovery: Skip\nlint: {S-BAND: off, PL10a: x}\nsteps: 1 km",
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
    "plan: A\nstart: 2026-11-30\nweeks: 1\nsessions: [{on: tue, steps: 10:00}]",
    "plan: A\nrace: 2027-04-18\nweeks: 2\ndays: {week 1: {tue: rest, sat: [1 km, {race: B}]}, 2027-04-17: {rest: }}",
    """\
plan: Everything
id: everything-1
race: {on: 2027-04-18, distance: half, name: Spring Half, goal: 1:45:00}
weeks: 10
week_starts: Sunday
athlete: me.athlete.yaml
notes: no
params: {work: 30 min, n: 4}
paces: {float: 5:20/km}
blocks: {strides: {params: {n: 4}, steps: "${n}x(20 s, walk 60 s)"}}
tolerance: 2 %
lint: {PL10a: off}
down_weeks: {every: 4, cut: 25 %, of: [total, long]}
repeat_weeks: [3, 3]
sessions:
  - weeks: 1-3, 5
    on: [tue, THU]
    steps: run $total @ easy
    with: {total: 25 min -> $work by 5 min, long: 1 km}
    name: Easy
    notes: 5
    time: 06:30
    optional: true
    tags: [base]
    adds_up_to: $total
  - weeks: [1-8, 10]
    on: Mon, wed
    use: strides
    with: {n: [1, 2, none, 4, 5, 6, 7, 8, $n]}
  - {weeks: 3, on: fri, rest: }
  - {on: fri, cross: 45 min bike, optional: yes, time: 18:00}
  - {weeks: 1-9 odd, on: sun, note: Shoes}
  - {weeks: 9, on: sun, race: Parkrun, steps: [warmup: 10 min, run: 5 km]}
days:
  week 6: {thu: rest, sun: "5 km @ easy, 4x(20 s, walk 60 s)", Monday: [strides, {note: 5}]}
""",
    "plan: A\nstart: 2026-11-30\nweeks: 4\ndown_weeks: {at: [2, 4], drop_sessions: 1}\nrepeat_weeks: 3\n"
    "sessions: [{on: tue, steps: 1 km}]",
]


@pytest.mark.parametrize(("text", "loader"), [(text, loader) for text in DOCUMENTS for loader in loaders(text)])
def test_what_is_right_is_accepted(text: str, loader: str) -> None:
    assert accepted_by_parser(text)
    assert faults(text, LOADERS[loader]) == []


def shown() -> Iterator[Any]:
    """Every document that the project shows: example workouts, templates, and the blocks of its pages."""
    folders = ("workouts/**", "src/negsplit/templates", "src/negsplit/presets")
    for path in sorted(path for folder in folders for path in ROOT.glob(f"{folder}/*.yaml")):
        yield pytest.param(path.read_text("utf-8"), id=path.name)
    for page in PAGES:
        for block in blocks(page.read_text("utf-8")):
            if block.kind == "yaml":
                text = block.body if block.body.startswith("athlete:") else whole(block.body)
                # Some files of the pages have mistakes on purpose, and the pages show them.
                if not block.file or accepted_by_parser(text):
                    yield pytest.param(text, id=f"{page.name}-{block.start}")


@pytest.mark.parametrize("text", list(shown()))
def test_what_the_project_shows_is_accepted(text: str) -> None:
    for loader in loaders(text):
        assert faults(text, LOADERS[loader]) == []


def test_the_loaders_differ_as_the_versions_of_yaml_do() -> None:
    text = "[4:30, off, 2026-10-04, 010, 4, 1.5, true, ~, easy]"
    assert yaml.load(text, Yaml12) == ["4:30", "off", "2026-10-04", 10, 4, 1.5, True, None, "easy"]
    assert yaml.safe_load(text)[:2] == [270, False]


# --- Where the schema is wider than the language -------------------------------------------------

WIDER = {
    "The order of keys: JSON Schema knows none.": {"first-key"},
    "What a file is before it is data: comments, encodings, doubled keys, tags, anchors, how deep and how many.": {
        *("comment", "directive", "duplicate-key", "empty-cue", "empty-document", "encoding", "merge-key"),
        *("not-a-document", "tag", "too-deep", "too-long", "too-many-steps", "yaml-syntax"),
    },
    "What keys have to do with each other: which excludes or needs which, and what runs in the end.": {
        *("ladder-target", "last-recovery", "missing-key", "not-faster", "said-twice", "cycle", "duplicate-pace"),
    },
    "What the numbers mean: whether a runner has them, and can be like that.": {
        *("heart-rate-order", "needs-athlete", "race-without-date", "unlikely-history", "unlikely-race"),
        *("unlikely-threshold", "zone-edges-few", "zone-edges-order", "zones-need-number"),
    },
    "What `$name` and `use` stand for: only filling them in shows it.": {
        *("missing-param", "param", "too-much", "unknown-block", "unknown-param", "unused-param"),
    },
    "No mistakes, only warnings.": {""},
}
"""Why the schema accepts what the language refuses, by the code of a file's first error."""
TEXTS = "What is said in the texts: only the parser reads them, and an editor has made numbers of some."


def wider() -> Iterator[tuple[str, str]]:
    """Each file with mistakes that the schema accepts, behind the reason why."""
    for path in FILES:
        errors = [one.code for one in diagnostics(path) if one.severity is Severity.ERROR]
        kind = path.name.split(".")[1]
        versions = ["YAML 1.2"] if kind == "plan" else list(LOADERS)
        accepting = [name for name in versions if accepted(path.read_bytes(), LOADERS[name], kind)]
        if accepting:
            code = errors[0] if errors else ""
            reason = next((reason for reason, codes in WIDER.items() if code in codes), TEXTS)
            only = "" if len(accepting) == len(versions) else f" ({accepting[0]} only)"
            yield reason, f"{path.name.removesuffix('.yaml')}{only}"


def accepted(data: bytes, loader: Any, kind: str) -> bool:
    """Whether an editor finds nothing wrong; it does where YAML itself has no sense."""
    try:
        return not faults(data, loader, kind)
    except (yaml.YAMLError, UnicodeError, RecursionError):
        return False


def test_where_it_is_wider_is_written_down(golden: Callable[[Path, str], None]) -> None:
    found = list(wider())
    reasons = [*WIDER, TEXTS]
    lines = ["Files of tests/invalid that the JSON Schema accepts, and why it must."]
    for reason in reasons:
        names = [name for given, name in found if given == reason]
        assert names, f"no file is accepted for this reason: {reason}"
        lines += ["", reason, *(f"  {name}" for name in names)]
    golden(Path(__file__).with_name("schema_wider.txt"), "\n".join(lines) + "\n")


# --- Examples --------------------------------------------------------------------------------------

IN_PLACE = {
    "Name": "workout: {}\nsteps: 1 km",
    "Words": "workout: A\nnotes: {}\nsteps: 1 km",
    "Line": "workout: A\nsteps: [{}]",
    "Phrase": "workout: A\nsteps: [run: {}]",
    "Number": "workout: A\nsteps: [{{repeat: {}, steps: '1 km, 1 min'}}]",
    "Amount": "workout: A\nsteps: [{{progression: thirds, total: {}}}]",
    "Claim": "workout: A\nadds_up_to: {}\nsteps: 1 km",
    "Target": "workout: A\nsteps: [{{run: 1 km, at: {}}}]",
    "Tolerance": "workout: A\ntolerance: {}\nsteps: 1 km",
    "Drop": "workout: A\nsteps: [{{progression: cut-down, total: 5 mi, every: 1 mi, from: easy, to: 10k, drop: {}}}]",
    "Halves": "workout: A\nsteps: [{{walk_run: {}, total: 24 min}}]",
    "Rungs": "workout: A\nsteps: [{{ladder: ['{}', '2 min'], at: 5k}}]",
    "Recovery": "workout: A\nsteps: [{{ladder: [1 min, 2 min], recover: {}}}]",
    "Off": "workout: A\nlint: {{S-BAND: {}}}\nsteps: 1 km",
    "Zones": "athlete: A\nheart_rate: {{max: 188, rest: 48, threshold: 170, zones: {}}}",
    "Watts": "athlete: A\npower: {{critical: {}}}",
    "Race": "athlete: A\nraces: ['{}']",
    "RunOnDay": "athlete: A\nhistory: {{weeks: 36 km, longest: {}}}",
    "Pace": "athlete: A\nthreshold: {}",
    "OwnName": "workout: A\npaces: {{'{}': 5:20/km}}\nsteps: 1 km",
    "Day": "plan: A\nstart: {}\nweeks: 1\nsessions: [{{on: tue, steps: 1 km}}]",
    "Fitness": "plan: A\nstart: 2026-11-30\nweeks: 6\nfitness: [{{from: week 2, vdot: {}}}]\n"
    "sessions: [{{on: tue, steps: 1 km}}]",
    "DayName": "plan: A\nstart: 2026-11-30\nweeks: 6\ndays: {{{}: {{tue: rest}}}}",
    "MovedDay": "plan: A\nstart: 2027-01-04\nweeks: 6\nmoves: {{{}: thu}}\nsessions: [{{on: tue, steps: 1 km}}]",
    "DayOrDate": "plan: A\nstart: 2027-01-04\nweeks: 6\nmoves: {{w05-tue: {}}}\nsessions: [{{on: tue, steps: 1 km}}]",
    "RaceDistance": "plan: A\nrace: {{on: 2027-04-18, distance: {}}}\nweeks: 1\nsessions: [{{on: tue, steps: 1 km}}]",
    "Clock": "plan: A\nrace: {{on: 2027-04-18, distance: half, goal: {}}}\nweeks: 1\nsessions: [{{on: tue, rest: }}]",
    "Weeks": "plan: A\nstart: 2026-11-30\nweeks: 12\nsessions: [{{weeks: '{}', on: tue, steps: 1 km}}]",
    "Share": "plan: A\nstart: 2026-11-30\nweeks: 4\ndown_weeks: {{at: 4, cut: {}}}\n"
    "sessions: [{{on: tue, steps: run $total, with: {{total: 1 km}}}}]",
    "Remark": "plan: A\nstart: 2026-11-30\nweeks: 1\nsessions: [{{on: tue, rest: {}}}]",
    "TimeOfDay": "plan: A\nstart: 2026-11-30\nweeks: 1\nsessions: [{{on: tue, steps: 1 km, time: {}}}]",
    "Identifier": "plan: A\nid: {}\nstart: 2026-11-30\nweeks: 1\nsessions: [{{on: tue, steps: 1 km}}]",
    "Path": "plan: A\nathlete: {}\nstart: 2026-11-30\nweeks: 1\nsessions: [{{on: tue, steps: 1 km}}]",
}
"""A document around an example of each text; those of reuse need more around them."""
OF_REUSE = {"ParamName", "Default", "Given", "BlockName", "Used"}


def described() -> dict[str, scalars.Scalar]:
    """Every kind of text, with what editors are told of it."""
    kinds = {name: kind for name, kind in vars(scalars).items() if get_origin(kind) is Annotated}
    return {name: get_args(kind)[1] for name, kind in kinds.items()}


def test_every_text_has_examples_or_choices() -> None:
    found = described()
    assert len(found) > 25
    assert [name for name, scalar in found.items() if not (scalar.examples or scalar.choices)] == []
    assert {name for name, scalar in found.items() if scalar.examples} - OF_REUSE == set(IN_PLACE)


@pytest.mark.parametrize(
    ("name", "example"),
    [(name, example) for name in IN_PLACE for example in described()[name].examples],
)
def test_examples_are_right(name: str, example: str) -> None:
    if name == "Rungs" and " x " in example:
        text = f"workout: A\nsteps: [{{ladder: {example}, at: 5k}}]"
    else:
        text = IN_PLACE[name].format(f'"{example}"' if "'" not in IN_PLACE[name] else example)
    assert accepted_by_parser(text), text
    assert all(faults(text, LOADERS[loader]) == [] for loader in loaders(text))


def test_a_whole_athlete_is_an_example() -> None:
    examples = json_schema("athlete")["examples"]
    assert len(examples) > 1
    for example in examples:
        assert list(validator("athlete").iter_errors(example)) == []
        assert accepted_by_parser(yaml.safe_dump(example, sort_keys=False))


# --- What is right and wrong -----------------------------------------------------------------------


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
        "plan: A\nweeks: 1\nsessions: [1 km]",
        "plan: A\nweeks: 1\nsessions: []",
        "plan: A\nweeks: 1\nsessions: [{steps: 1 km}]",
        "plan: A\nweeks: 1\nsessions: [{on: [tue, thr], steps: 1 km}]",
        "plan: A\nweeks: 1\nsessions: [{on: tue; thu, steps: 1 km}]",
        "plan: A\nweeks: 1\nsessions: [{on: tue, workout: 1 km}]",
        "plan: A\nweeks: 1\nsessions: [{on: tue, steps: 1 km, with: 5}]",
        "plan: A\nweeks: 1\nsessions: [{on: tue, steps: 1 km, optional: perhaps}]",
        "plan: A\nstrat: 2026-11-30\nsessions: [{on: tue, steps: 1 km}]",
        "plan: A\nrace: {distance: half}\nsessions: [{on: tue, steps: 1 km}]",
        "plan: A\nweek_starts: first\nsessions: [{on: tue, steps: 1 km}]",
        "plan: A\ndown_weeks: 4\nsessions: [{on: tue, steps: 1 km}]",
        "plan: A\ndays: {week 1: {thu: {rust: }}}",
    ],
)
def test_what_is_wrong_is_refused(text: str) -> None:
    assert not accepted_by_parser(text)
    assert all(faults(text, LOADERS[loader]) != [] for loader in loaders(text))


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
        "plan: A",
        "plan: A\nstart: soon\nweeks: 1\nsessions: [{on: tue, steps: 1 km}]",
        "plan: A\nstart: 2026-11-30\nweeks: 1\nsessions: [{on: tue}]",
        "plan: A\nstart: 2026-11-30\nweeks: 1\nsessions: [{on: tue, weeks: 2, steps: 1 km}]",
        "plan: A\nstart: 2026-11-30\nweeks: 1\ndays: {soon: rest}",
        "plan: A\nstart: 2026-11-30\nweeks: 1\ndays: {week 1: {thr: rest}}",
    ],
)
def test_what_only_the_parser_knows(text: str) -> None:
    """The schema knows the forms of things, not the texts, nor the order of keys, nor what excludes what."""
    assert not accepted_by_parser(text)
    assert all(faults(text, LOADERS[loader]) == [] for loader in loaders(text))
