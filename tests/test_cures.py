"""Cures as edits: what they leave alone, which can be made together, and that what does not cure is not shown."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from negsplit import compile_line, compile_text
from negsplit.cures import MOST_TRIED, apart, applied, proved
from negsplit.diagnostics import Diagnostic, Edit, Fix, Source, Span, is_one_slip


def edit(source: Source, start: int, end: int, text: str) -> Edit:
    return Edit(Span(source, start, end), text)


@given(st.text(), st.lists(st.tuples(st.integers(0, 20), st.integers(0, 20), st.text(max_size=5)), max_size=5))
def test_every_character_outside_the_edits_stays(text: str, wanted: list[tuple[int, int, str]]) -> None:
    source = Source("a", text)
    ends = [(min(a, b, len(text)), min(max(a, b), len(text)), new) for a, b, new in wanted]
    fixes = apart(Fix("", (edit(source, *one),)) for one in ends)
    edits = [fix.edits[0] for fix in fixes]
    expected = [*list(text), ""]
    for one in edits:
        expected[one.span.start : one.span.end] = [""] * (one.span.end - one.span.start)
        expected[one.span.start] = one.text + expected[one.span.start]
    assert applied(text, edits) == "".join(expected)


def test_edits_that_overlap_are_a_bug() -> None:
    source = Source("a", "abc")
    with pytest.raises(ValueError, match="overlap"):
        applied("abc", [edit(source, 0, 2, "x"), edit(source, 1, 3, "y")])


@pytest.mark.parametrize(
    ("word", "other", "is_one"),
    [
        ("esay", "easy", True),
        ("eas", "easy", False),
        ("stpes", "steps", True),
        ("warmpup", "warmup", True),
        ("tresholds", "threshold", False),
        ("treshold", "threshold", True),
        ("marthon", "marathon", True),
        ("tempos", "tempo", True),
        ("half", "hall", True),
        ("easy", "easy", True),
    ],
)
def test_one_slip_of_the_finger(word: str, other: str, is_one: bool) -> None:
    assert is_one_slip(word, other) is is_one
    assert is_one_slip(other, word) is is_one


def test_a_misspelt_name_has_a_cure_that_is_certain() -> None:
    (found,) = compile_line("10 min @ esay", athlete="5 km in 22:30").diagnostics
    (fix,) = found.fixes
    assert (fix.title, fix.is_certain) == ("did you mean `easy`?", True)
    assert fix.title in found.help
    assert applied("10 min @ esay", fix.edits) == "10 min @ easy"


def test_a_cure_that_would_fail_is_neither_shown_nor_given() -> None:
    source = Source("a", "workout: A\nsteps: 10 min @ RPE 3\n")
    right = Fix("right", (edit(source, 9, 10, "B"),))
    wrong = Fix("wrong", (edit(source, 9, 10, "["),))
    found = [Diagnostic.of("empty", "here", Span(source, 9, 10), ("words", right, wrong))]

    def again(text: Source) -> tuple[Diagnostic, ...]:
        return compile_text(text.text).diagnostics

    (one,) = proved(found, source, again)
    assert one.help == ("words", "right")
    assert one.fixes == (right,)


def test_a_cure_whose_message_stays_is_none() -> None:
    source = Source("a", "x")
    fix = Fix("y", (edit(source, 0, 1, "y"),))
    found = [Diagnostic.of("empty", "here", Span(source, 0, 1), (fix,))]
    (one,) = proved(found, source, lambda text: [Diagnostic("empty", "here", Span(text, 0, 1))])
    assert (one.help, one.fixes) == ((), ())


def test_many_cures_are_tried_together() -> None:
    """A text full of one mistake costs two readings more, not one for each."""
    count = MOST_TRIED + 30
    text = "workout: A\nsteps:\n" + "  - 10 min @ esay\n" * count
    readings = []
    source = Source("a", text)

    def again(changed: Source) -> tuple[Diagnostic, ...]:
        readings.append(changed)
        return compile_text(changed.text, athlete="5 km in 22:30").diagnostics

    found = [
        Diagnostic.of("unknown-name", "`esay`", span, (Fix("did you mean `easy`?", (Edit(span, "easy"),)),))
        for at in range(count)
        if (span := Span(source, text.index("esay", 19 + at * 18), text.index("esay", 19 + at * 18) + 4))
    ]
    assert all(one.fixes for one in proved(found, source, again))
    assert len(readings) == 1
