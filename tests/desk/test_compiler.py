"""From a file to what came of it: as which kind, for whom, and what is said once."""

from pathlib import Path

import pytest

from negsplit.compile import device
from negsplit.desk.compiler import Compiler
from negsplit.desk.inputs import Input

TEXTS = {
    "workout": "workout: Easy\nsteps: 30 min @ easy\n",
    "plan": "plan: Two\nstart: 2026-11-30\nweeks: 2\nsessions: [{on: sun, steps: 30 min @ RPE 3}]\n",
    "athlete": "athlete: Anna\nraces: 5 km in 22:30\n",
    "nothing": "{}\n",
}
WORDS = "5 km in 22:30"


def compiled(kind, *kinds, named=True, athlete=WORDS):
    path = Path(f"{kind}.yaml")
    path.write_text(TEXTS[kind], encoding="utf-8")
    return Compiler(device(), athlete).file(Input(path, named=named), *kinds)


def codes(found):
    return [one.code for one in found.diagnostics]


@pytest.mark.parametrize("kinds", [("workout", "plan", "athlete"), ("plan", "workout", "athlete")])
def test_each_kind_that_is_wanted_is_compiled_as_itself(kinds):
    workout, plan, athlete = (compiled(kind, *kinds) for kind in ("workout", "plan", "athlete"))
    assert [one.kind for one in (workout, plan, athlete)] == ["workout", "plan", "athlete"]
    assert [one.program.name for one in workout.workouts] == ["Easy"]
    assert plan.plan is not None
    assert plan.plan.plan.name == "Two"
    assert not any(codes(one) or one.failed or not one.taken for one in (workout, plan, athlete))


@pytest.mark.parametrize(
    ("kind", "wanted", "code"),
    [
        ("plan", "workout", "other-kind"),
        ("athlete", "workout", "other-kind"),
        ("workout", "plan", "other-kind"),
        ("nothing", "workout", "not-a-document"),
        ("nothing", "plan", "not-a-document"),
    ],
)
def test_what_is_named_and_of_another_kind_is_at_fault(kind, wanted, code):
    found = compiled(kind, wanted)
    assert codes(found) == [code]
    assert (found.failed, found.taken, found.plan, any(found.workouts)) == (True, True, None, False)


@pytest.mark.parametrize(("kind", "wanted"), [("plan", "workout"), ("athlete", "workout"), ("workout", "plan")])
def test_what_lies_in_a_folder_and_is_of_another_kind_is_left_to_others(kind, wanted):
    found = compiled(kind, wanted, named=False)
    assert (codes(found), found.failed, found.taken, found.kind) == ([], False, False, kind)


def test_what_cannot_be_read_has_failed():
    found = Compiler(device()).file(Input(Path("missing.yaml")), "workout")
    assert (codes(found), found.failed, found.taken, found.kind) == (["unreadable"], True, False, None)


def test_a_fault_of_the_athlete_is_said_with_the_first_file_and_fails_every_one(write):
    write("athlete.yaml", "athlete: Anna\nraces: 5 km in 2:30\n")
    compiler = Compiler(device())
    write("plan.yaml", TEXTS["plan"])
    inputs = [Input(write(name, TEXTS["workout"])) for name in ("a.yaml", "b.yaml")]
    found = [compiler.file(one, "workout", "plan") for one in (*inputs, Input(Path("plan.yaml")))]
    assert [bool(one.problems) for one in found] == [True, False, False]
    assert [one.failed for one in found] == [True, True, True]
    assert not any(one.plan or any(one.workouts) for one in found)


def test_a_fault_in_a_shared_file_is_said_with_the_first_that_uses_it(write):
    write("shared.yaml", "workout: Shared\nsteps: 30 mni\n")
    compiler = Compiler(device(), WORDS)
    inputs = [Input(write(name, "workout: W\nsteps: [use: shared.yaml]\n")) for name in ("a.yaml", "b.yaml")]
    first, second = (compiler.file(one, "workout") for one in inputs)
    of_shared = [[one.span.source.name for one in found.diagnostics if one.span] for found in (first, second)]
    assert "shared.yaml" in of_shared[0]
    assert "shared.yaml" not in of_shared[1]
    assert first.failed
    assert second.failed


def test_a_draft_without_a_file_lies_in_the_working_folder(write):
    from negsplit.compile import parse
    from negsplit.diagnostics import Source

    write("athlete.yaml", TEXTS["athlete"])
    found = Compiler(device()).documents(parse(Source("<stdin>", TEXTS["workout"])), None, "workout")
    assert [one.runner.name for one in found.workouts] == ["Anna"]


DRAFT = "workout: Easy\nsteps:\n  # ? how fast\n  - run: 30 min\n"
WEEK = "plan: Week\nstart: 2026-11-30\nweeks: 1\ndays: {week 1: {tue: {use: easy.yaml}, wed: {use: easy.yaml}}}\n"


@pytest.mark.parametrize(("path", "kind"), [("easy.yaml", "workout"), ("week.yaml", "plan"), ("twice.yaml", "plan")])
def test_a_draft_goes_nowhere_unless_drafts_are_taken(path, kind):
    for name, text in (("easy.yaml", DRAFT), ("week.yaml", WEEK), ("twice.yaml", WEEK)):
        Path(name).write_text(text, encoding="utf-8")
    strict = Compiler(device(), WORDS, drafts=False)
    for name, its_kind in (("week.yaml", "plan"), (path, kind)):  # what was said of a file once is not said again
        refused = strict.file(Input(Path(name)), its_kind)
        assert refused.failed
        assert refused.plan is refused.rest is None
        assert not any(refused.workouts)
    taken = Compiler(device(), WORDS).file(Input(Path(path)), kind)
    assert codes(taken) == ["draft"]
    assert not taken.failed
    assert taken.plan or all(taken.workouts)


def test_a_draft_that_is_refused_is_an_error_with_its_cure():
    Path("easy.yaml").write_text(DRAFT, encoding="utf-8")
    (found,) = Compiler(device(), WORDS, drafts=False).file(Input(Path("easy.yaml")), "workout").diagnostics
    assert (found.code, found.severity.value) == ("draft", "error")
    assert "--draft" in found.help[-1]
