"""``negsplit new``: a workout to start from, and everything its comments offer."""

import errno
import json
import os
import re
from pathlib import Path

import jsonschema
import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from negsplit import compile_text, render
from negsplit.cli.new import KINDS, PLANS, WORKOUTS, document_of, readable, text
from negsplit.compile import compile_documents, device, parse, runner_of
from negsplit.desk import presets
from negsplit.desk.disk_library import DiskLibrary
from negsplit.diagnostics import Report, Source
from negsplit.plan.compile import compile_plan
from negsplit.tree.layout import scalar
from negsplit.tree.source import read
from system_words import system_says

ATHLETE = (Path(__file__).parents[2] / "workouts" / "athlete.yaml").read_text("utf-8")
SCHEMA = "negsplit-workout.schema.json"
_ALTERNATIVE = re.compile(r"^( *)# ((?:- |[a-z_]+:).*)$")


def problems(document: str, athlete: str | None = ATHLETE) -> list[str]:
    """What keeps a document from being compiled exactly."""
    documents = parse(Source("x", document))
    if documents.kind == "plan":
        planned = compile_plan(documents, runner_of(athlete, Report()), device(), DiskLibrary().beside(None))
        found = planned.diagnostics
        workouts = [one.workout for one in planned.plan.sessions] if planned.plan else []
    else:
        runner = runner_of(athlete, Report())
        result = compile_documents(documents, runner, device(), DiskLibrary().beside(None))
        found, workouts = result.diagnostics, list(result.workouts)
    return [render(one) for one in found] + [
        workout.fidelity for workout in workouts if workout and workout.fidelity != "exact"
    ]


# --- Templates ---------------------------------------------------------------------------------


@pytest.mark.parametrize("kind", KINDS)
def test_every_kind_compiles_exactly_and_explains_itself(kind):
    document = text(kind, "Name")
    assert problems(document) == []
    assert document.startswith(f"# yaml-language-server: $schema=./{schema_of(kind)}\n# ")
    assert "Text after a `#`" in " ".join(document.replace("#", " ").split()).replace("` `", "`#`")
    assert max(map(len, document.splitlines())) <= 120


def schema_of(kind: str) -> str:
    return "negsplit-plan.schema.json" if kind in PLANS else SCHEMA


def uncommented(document: str) -> dict[str, str]:
    """The document for each alternative in it: without its ``# ``, and without the line above that it replaces."""
    lines = document.split("\n")
    found = {}
    for number, line in enumerate(lines):
        if offered := _ALTERNATIVE.match(line):
            indent, body = offered.groups()
            begins = indent + re.match(r"(?:- )?(?:\w+:(?= |$))?", body).group()
            above = next(at for at in reversed(range(number)) if not lines[at].lstrip().startswith("#") and lines[at])
            assert lines[above].startswith(begins), f"`{line}` stands below `{lines[above]}`"
            found[body] = "\n".join([*lines[:above], *lines[above + 1 : number], indent + body, *lines[number + 1 :]])
    return found


@pytest.mark.parametrize("kind", KINDS)
def test_the_alternatives_in_comments_are_true(kind):
    document = text(kind, "Name")
    found = uncommented(document)
    assert len(found) >= (2 if kind in presets.NAMES else 4)
    for body, other in found.items():
        assert other != document
        assert problems(other) == [], body


def test_kinds_without_paces_need_no_athlete():
    without = {kind for kind in KINDS if problems(text(kind, "Name"), athlete=None) == []}
    assert without == {"by-feel", "walk-run", *presets.NAMES}


def test_the_plan_names_every_preset_and_how_three_lines_use_one():
    document = " ".join(text("plan", "Name").replace("#", " ").split())
    assert set(re.findall(r"`(?:use: )?preset:(\w+)`", document)) == set(presets.NAMES)
    assert "`plan:`, `start:` and `use: preset:seed10`" in document
    for name in presets.NAMES:
        assert problems(f"plan: Mine\nstart: 2027-01-04\nuse: preset:{name}\n", athlete=None) == []


@pytest.mark.parametrize("name", presets.NAMES)
def test_a_preset_is_written_out_whole(name):
    schema, *lines = text(name, "Mine").splitlines()
    original = presets.presets()[name].text.splitlines()
    assert schema.startswith("# yaml-language-server")
    assert [old for new, old in zip(lines, original, strict=True) if new != old] == [
        next(line for line in original if line.startswith("plan: "))
    ]


READY = [name for name in presets.presets() if name not in KINDS]


@pytest.mark.parametrize("name", READY)
def test_every_other_one_is_written_out_and_uses_nothing_that_is_not_there(name):
    document = text(name, "Mine")
    assert problems(document) == []
    assert not re.search(r"^id:", document, re.MULTILINE), "two plans made from one would be the same"
    assert yaml.load(document, yaml.BaseLoader)[document_of(name)] == "Mine"


def test_a_preset_is_a_kind_with_its_whole_name_too(cli):
    assert cli("new", "a/x", "--kind", "preset:cruise-intervals").status == 0
    assert cli("new", "b/x", "--kind", "cruise-intervals").status == 0
    assert Path("a/x.workout.yaml").read_bytes() == Path("b/x.workout.yaml").read_bytes()


def test_a_kind_that_there_is_not(cli):
    run = cli("new", "x", "--kind", "cruse-intervals")
    assert (run.status, os.listdir()) == (2, [])
    assert "did you mean `cruise-intervals`? `negsplit new --list` shows them all" in run.err
    assert cli("new", "x", "--kind", "../strides").status == 2


def test_the_list_has_a_line_of_each(cli):
    run = cli("new", "--list")
    assert (run.status, run.err, os.listdir()) == (0, "", [])
    groups = [group.split("\n") for group in run.out.split("\n\n")]
    listed = {line.split()[0]: line.strip() for _, *lines in groups[:-1] for line in lines}
    assert set(listed) == set(presets.presets())
    assert listed["cruise-intervals"].split(maxsplit=1)[1] == "Mile repeats at threshold with short rests"
    assert [group[0] for group in groups[:-1]][:2] == ["Easy", "Progressions"]


# --- What is written ---------------------------------------------------------------------------


@pytest.mark.parametrize("kind", WORKOUTS)
def test_a_file_and_its_schema(write, cli, kind):
    write("athlete.yaml", ATHLETE)
    run = cli("new", "tuesday-run", "--kind", kind)
    path = Path("tuesday-run.workout.yaml")
    assert (run.status, run.err) == (0, "")
    assert run.out == (
        f"{path}: Tuesday run, with {SCHEMA} beside it for editors\n"
        f"next: `negsplit show {path}` shows what the watch will do\n"
    )
    assert sorted(os.listdir()) == ["athlete.yaml", SCHEMA, str(path)]
    assert Path(SCHEMA).read_text() == cli("schema", "workout").out
    jsonschema.validate(yaml.safe_load(path.read_text()), json.loads(Path(SCHEMA).read_text()))
    assert cli("check", ".", "--strict").status == 0
    shown = cli("show", path)
    assert shown.status == 0
    assert shown.out.startswith("Tuesday run (running)\n")


@pytest.mark.parametrize("kind", PLANS)
def test_a_plan_and_its_schema(write, cli, kind):
    write("athlete.yaml", ATHLETE)
    run = cli("new", "my-spring", "--kind", kind)
    path, schema = Path("my-spring.plan.yaml"), schema_of(kind)
    assert (run.status, run.err) == (0, "")
    assert run.out == (
        f"{path}: My spring, with {schema} beside it for editors\n"
        f"next: `negsplit plan show {path}` prints it as a calendar\n"
    )
    assert sorted(os.listdir()) == ["athlete.yaml", str(path), schema]
    jsonschema.validate(yaml.load(path.read_text(), yaml.BaseLoader), json.loads(Path(schema).read_text()))
    run = cli("check", ".", "-q")
    # Both have one big step that runners are known to struggle with: the last day of week 5, the first half hour.
    assert (run.status, run.codes) == (0, ["W-GROW"] if kind in ("c25k", "seed10") else [])


def test_a_workout_and_a_plan_of_one_name(cli):
    assert cli("new", "a", "--kind", "walk-run").status == 0
    assert cli("new", "a", "--kind", "seed10").status == 0
    assert sorted(os.listdir()) == ["a.plan.yaml", "a.workout.yaml", "negsplit-plan.schema.json", SCHEMA]
    assert cli("new", "a", "--kind", "c25k").codes == ["file-exists"]


@pytest.mark.parametrize("name", ["a.workout.yaml", "athlete.yaml"])
def test_a_plan_is_not_called_like_another_kind(cli, name):
    run = cli("new", name, "--kind", "plan")
    assert (run.status, os.listdir()) == (2, [])
    assert "this writes a plan" in run.err


def test_intervals_unless_said(cli):
    assert cli("new", "a").status == 0
    assert cli("new", "b/a", "--kind", "intervals").status == 0
    assert Path("a.workout.yaml").read_text() == Path("b/a.workout.yaml").read_text()


@pytest.mark.parametrize(
    ("name", "path"),
    [
        ("a", "a.workout.yaml"),
        ("a.workout.yaml", "a.workout.yaml"),
        ("a.workout.yml", "a.workout.yml"),
        ("a.workout", "a.workout.yaml"),
        ("a.yaml", "a.yaml"),
        ("A.YML", "A.YML"),
        ("a.b", "a.b.workout.yaml"),
        ("deep/er/a", "deep/er/a.workout.yaml"),
        ("my-athlete.yaml", "my-athlete.yaml"),
    ],
)
def test_where_it_goes(cli, name, path):
    assert cli("new", name, "--kind", "walk-run").status == 0
    assert Path(path).is_file()
    assert Path(path).with_name(SCHEMA).is_file()
    assert cli("show", path).status == 0


@pytest.mark.parametrize(
    ("name", "words"),
    [
        ("folder/", "is a folder"),
        (".", "is a folder"),
        ("..", "is a folder"),
        ("", "is empty"),
        (" ", "is empty"),
        ("athlete.yaml", "an athlete file is called"),
        ("me.Athlete.yml", "an athlete file is called"),
        ("x.plan.yaml", "a plan file is called"),
        ("a" * 101, "100 are allowed"),
    ],
)
def test_names_that_mean_something_else_are_wrong_usage(cli, name, words):
    run = cli("new", name)
    assert (run.status, run.out) == (2, "")
    assert words in run.err
    assert os.listdir() == []


def test_never_over_another_file(write, cli):
    for name in ("a.workout.yaml", "b.workout.yaml/c"):
        write(name, "mine")
    os.symlink("nowhere", "c.workout.yaml")
    for name, what in (("a", "file"), ("b", "folder"), ("c", "file")):
        run = cli("new", name)
        assert (run.status, run.out, run.codes) == (1, "", ["file-exists"])
        assert f"there is already a {what} `{name}.workout.yaml`" in run.err
    assert Path("a.workout.yaml").read_text() == "mine"
    assert not Path("nowhere").exists()
    assert not Path(SCHEMA).exists()


def test_another_file_that_comes_in_between_is_safe(monkeypatch, cli):
    from negsplit.desk import drafts

    monkeypatch.setattr(drafts, "_older", lambda *_: (Path("a.workout.yaml").write_text("mine"), ("", None))[1])
    run = cli("new", "a")
    assert (run.status, run.codes) == (1, ["file-exists"])
    assert Path("a.workout.yaml").read_text() == "mine"


def test_the_schema_is_kept_or_brought_up_to_date_or_not_ours(write, cli):
    assert cli("new", "a").status == 0
    now = Path(SCHEMA).read_text()
    assert SCHEMA not in cli("new", "b").out
    older = json.loads(now)
    del older["properties"]["steps"]
    write(SCHEMA, json.dumps(older))
    assert f"{SCHEMA} brought up to date for editors" in cli("new", "c").out
    assert Path(SCHEMA).read_text() == now
    for theirs in ("{}", "not JSON", "[1]", '{"title": "negsplit athlete"}', "[" * 100_000):
        write(SCHEMA, theirs)
        run = cli("new", "d")
        assert (run.status, run.out, run.codes) == (1, "", ["file-exists"])
        assert Path(SCHEMA).read_text() == theirs
        assert not Path("d.workout.yaml").exists()


def test_nothing_is_left_where_the_schema_cannot_be_written(monkeypatch, cli):
    def full(descriptor, data):
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    with monkeypatch.context() as patch:
        patch.setattr(os, "write", full)
        run = cli("new", "deep/a")
    assert (run.status, run.codes, os.listdir()) == (1, ["unwritable"], [])


def test_what_a_run_left_that_was_cut_off_is_swept_up(cli):
    cli("new", "a")
    whole = Path("a.workout.yaml").read_bytes()
    os.link("a.workout.yaml", ".negsplit-a.workout.yaml.tmp")
    assert cli("new", "a").codes == ["file-exists"]
    assert Path("a.workout.yaml").read_bytes() == whole
    assert sorted(os.listdir()) == ["a.workout.yaml", SCHEMA]


def test_a_place_that_cannot_be_written_is_an_error(write, cli, unprivileged):
    Path("file").write_text("")
    assert cli("new", "file/a").codes == ["unwritable"]
    os.mkdir("closed", 0o500)
    for name in ("closed/a", "closed/b/a"):
        run = cli("new", name)
        assert (run.status, run.codes) == (1, ["unwritable"])
        assert system_says(errno.EACCES) in run.err


def test_quiet(cli):
    assert cli("new", "a", "-q") == (0, "", "")


# --- What to do next -----------------------------------------------------------------------------


def test_paces_need_an_athlete_first(write, cli):
    assert "`negsplit athlete init` for your paces, then `negsplit show a.workout.yaml`" in cli("new", "a").out
    assert "athlete init" not in cli("new", "b", "--kind", "walk-run").out
    assert "`negsplit athlete init` for your paces" in cli("new", "deep/c").out
    assert "`negsplit athlete init ../athlete.yaml` for your paces" in cli("new", "../c").out
    assert (
        "athlete init` for your paces, then `negsplit plan show e.plan.yaml`" in cli("new", "e", "--kind", "plan").out
    )
    assert "athlete init" not in cli("new", "f", "--kind", "galloway").out
    write("deep/me.athlete.yaml", ATHLETE)
    assert "athlete init" not in cli("new", "deep/d").out
    assert "athlete init" in cli("new", "d").out


def test_names_with_spaces_can_be_pasted(cli):
    assert "`negsplit show 'my run.workout.yaml'`" in cli("new", "my run", "--kind", "walk-run").out


def test_a_name_like_an_option_can_be_pasted(cli):
    assert "`negsplit show ./-dash.workout.yaml`" in cli("new", "--kind", "walk-run", "--", "-dash").out
    assert cli("show", "./-dash.workout.yaml").status == 0


# --- Names -------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("stem", "name"),
    [
        ("tuesday-thirds", "Tuesday thirds"),
        ("long_run", "Long run"),
        ("10k-tempo", "10k tempo"),
        ("walk-run-1-2", "Walk run 1-2"),
        ("ökonomie-lauf", "Ökonomie lauf"),
        ("already Named", "Already Named"),
        ("---", "Workout"),
        ("a\x1b[31mb\u202ec", "A [31mb c"),
    ],
)
def test_a_file_name_becomes_readable(stem, name):
    assert readable(stem) == name


TRICKY = [
    "no",
    "Null",
    "~",
    "12",
    "1e3",
    "0x1F",
    "4:30",
    "2026-11-30",
    "=",
    "<<",
    "- a",
    "a: b",
    "#1",
    "a #b",
    "'",
    '"',
    "\\",
]


@pytest.mark.parametrize("name", TRICKY)
def test_names_are_quoted_where_yaml_needs_it(name):
    assert yaml.safe_load(f"a: {scalar(name)}") == {"a": name}


@given(st.one_of(st.sampled_from(TRICKY), st.text(st.characters(codec="utf-8"), min_size=1, max_size=60)))
def test_any_name_is_read_back_by_every_reader(stem):
    name = readable(stem)
    document = text("walk-run", name)
    assert yaml.safe_load(document)["workout"] == name
    nodes, found = read(Source("x", document))
    assert not found
    assert nodes[0]["workout"] == name
    assert compile_text(document).ok


@pytest.mark.parametrize("name", ["easy", "6 x 800 m", "Tuesday thirds", "Nothing"])
def test_plain_names_stay_plain(name):
    assert scalar(name) == name


def test_hostile_names_are_harmless(cli, harmless):
    run = cli("new", "a\x1b[31mb\u202ec", "--kind", "walk-run")
    assert run.status == 0
    harmless(run.out)
