"""Runs of Zwift as files, and what each means.

The files in ``zwo/`` were made for the reference material by the rules of the format, and their meaning was worked out
by hand; what is changed in it since: a workout for the bike is no longer refused, but of another sport. The two files
there that are others' work stay there.
"""

import json
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from foreign.meaning import DATA, assert_means, fit_of
from foreign.mutations import mutations
from negsplit.compile import runner_of
from negsplit.diagnostics import Report, Severity, has_errors, render
from negsplit.foreign import read_foreign
from negsplit.foreign.verdict import SOME_RUNNER
from negsplit.formats.foreign import ForeignOptions
from strategies.examples import examples
from work import at_most_turns

HERE = Path(__file__).parent / "zwo"
ALL = sorted(path.stem for path in HERE.glob("*.zwo"))
MADE = sorted(path.name.removesuffix(".expected.json") for path in HERE.glob("*.expected.json"))
PUBLIC = ("named_paces_time", "distance_without_type")
SOMEBODY = runner_of(SOME_RUNNER, Report())
PACES = {
    name: tuple(1000 * mps for mps in SOMEBODY.speeds(name))
    for name in ("mile", "5k", "10k", "half", "marathon", "threshold")
}


def read(path, **options):
    (result,) = read_foreign({path.name: path.read_bytes()}, options=ForeignOptions(**options))
    return result


def messages(result):
    return [*result.diagnostics, *(message for one in result.workouts for message in one.messages)]


def judge(folder, name):
    meant = json.loads((folder / f"{name}.expected.json").read_text("utf-8"))
    result = read(folder / f"{name}.zwo")
    said = "\n".join(render(one) for one in messages(result)).replace("`", "")
    for piece in meant.get("says", ()):
        assert piece in said
    for one, other in zip(result.workouts, meant["workouts"], strict=True):
        assert (one.name, one.verdict) == (other["name"], other["verdict"])
        for piece in other.get("says", ()):
            assert piece in said
        if "steps" in other:
            assert one.compiled.expanded.notes == other.get("notes", "")
            assert_means(fit_of(one), other["steps"], PACES)
            cues = [step["cue"] for step in other["steps"] if "cue" in step]
            assert all(f" -- {cue}\n" in one.text for cue in cues)
        else:
            assert one.text == ""
    assert all(one.span is not None for one in messages(result))
    assert all(one.help for one in messages(result) if one.severity is Severity.ERROR)
    return meant


@pytest.mark.parametrize("name", MADE)
def test_each_file_becomes_what_it_means(name):
    meant = judge(HERE, name)
    if option := meant.get("with_option"):
        (one,) = read(HERE / f"{name}.zwo", base=option["--base"]).workouts
        assert one.verdict == option["verdict"]
        assert_means(fit_of(one), option["steps"], PACES)


@pytest.mark.skipif(not DATA.exists(), reason="the reference material is not here")
@pytest.mark.parametrize("name", PUBLIC)
def test_files_of_others_become_what_they_mean(name):
    judge(DATA / "zwo", name)


@pytest.mark.parametrize("name", ALL)
def test_what_is_said_is_what_people_need(name, request):
    """Word for word as it stands beside the file."""
    said = "".join(f"{render(one)}\n" for one in messages(read(HERE / f"{name}.zwo", ramps=4)))
    expected = HERE / f"{name}.txt"
    if request.config.getoption("--update"):
        expected.write_text(said, "utf-8")
    assert said == expected.read_text("utf-8")


def test_what_is_too_much_is_refused_or_cut(tmp_path):
    text = (HERE / "steady.zwo").read_text("utf-8")
    long = tmp_path / "long.zwo"
    long.write_text(text.replace("Steady<", f"{'S' * 150}<").replace("Made for a test", "word " * 600), "utf-8")
    (one,) = read(long).workouts
    assert [found.message for found in one.messages] == [
        "name: 150 characters are cut to 100",
        "notes: 2999 characters are cut to 2000",
    ]
    block = '<SteadyState Duration="600" Power="0.8"/>'
    long.write_text(text.replace("</workout>", f"{block * 1000}</workout>"), "utf-8")
    (one,) = read(long).workouts
    assert [(found.message, found.help) for found in one.messages] == [
        ("this has more than 1000 blocks", ("make it several workouts",))
    ]


def test_where_what_is_wrong_stands():
    assert "bomb.zwo:2:13: error" in render(messages(read(HERE / "bomb.zwo"))[0])
    assert "cut_off.zwo:10:3: error" in render(messages(read(HERE / "cut_off.zwo"))[0])
    (found,) = (one for one in messages(read(HERE / "threshold_time.zwo")) if "CadenceResting" in one.message)
    assert found.span.text == 'CadenceResting="80"'


def test_words_beside_blocks_are_told(tmp_path):
    text = (HERE / "steady.zwo").read_text("utf-8")
    path = tmp_path / "words.zwo"
    path.write_text(text.replace("</workout>", "run tall</workout>"), "utf-8")
    assert "`run tall` in `workout` is left out" in [one.message for one in read(path).workouts[0].messages]


def test_a_ramp_is_cut_into_splits_that_are_linear_in_pace(tmp_path):
    text = (HERE / "threshold_time.zwo").read_text("utf-8")
    (one,) = read(HERE / "threshold_time.zwo", ramps=3).workouts
    first = one.compiled.program.steps[0]
    assert one.verdict == "degraded"
    assert "warmup: 5 min @ 8:23.3/km -> 6:42.7/km in 3" in one.text
    assert "cooldown: 5 min @ 7:11.4/km -> 9:09/km in 3" in one.text
    assert first.length.ms == 100_000
    short = tmp_path / "short.zwo"
    short.write_text(text.replace('Duration="300"', 'Duration="40"'), "utf-8")
    assert "warmup: 40 s @ 8:23.3..6:42.7/km" in read(short, ramps=3).workouts[0].text


# --- Any bytes at all -----------------------------------------------------------------------------


@settings(max_examples=examples(200), deadline=None)
@given(
    st.sampled_from(ALL).flatmap(lambda name: mutations((HERE / f"{name}.zwo").read_bytes())), st.sampled_from((0, 4))
)
def test_no_bytes_raise_or_take_long(data, ramps):
    with at_most_turns(50_000_000):
        (result,) = read_foreign({"x.zwo": data}, form="zwo", options=ForeignOptions(ramps=ramps))
    for one in result.workouts:
        assert one.text or one.sport or has_errors(one.messages)
    assert result.workouts or has_errors(result.diagnostics)
