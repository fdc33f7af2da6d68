"""Cures as edits: what they leave alone, which can be made together, and that what does not cure is not shown."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from negsplit import compile_line, compile_text
from negsplit.cures import MOST_READINGS, apart, applied, proved
from negsplit.diagnostics import Diagnostic, Edit, Fix, Severity, Source, Span, is_one_slip


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


def test_a_cure_may_leave_open_who_runs() -> None:
    """Whoever has no athlete file yet misspells too."""
    (found,) = compile_line("10 min @ esay").diagnostics
    assert [fix.title for fix in found.fixes] == ["did you mean `easy`?"]


def test_a_cure_that_would_fail_is_neither_shown_nor_given() -> None:
    source = Source("a", "workout: A\nsteps: 10 min @ RPE 3\n")
    right = Fix("right", (edit(source, 9, 10, "B"),))
    wrong = Fix("wrong", (edit(source, 9, 10, "["),))
    found = [Diagnostic.of("empty", "here", Span(source, 9, 10), ("words", right, wrong))]

    def again(text: Source) -> tuple[Diagnostic, ...]:
        return compile_text(text.text, name=text.name).diagnostics

    (one,) = proved(found, again)
    assert one.help == ("words", "right")
    assert one.fixes == (right,)


def test_a_cure_whose_message_stays_is_none() -> None:
    source = Source("a", "x")
    fix = Fix("y", (edit(source, 0, 1, "y"),))
    found = [Diagnostic.of("empty", "here", Span(source, 0, 1), (fix,))]
    (one,) = proved(found, lambda text: [Diagnostic("empty", "here", Span(text, 0, 1))])
    assert (one.help, one.fixes) == ((), ())


def misspelt(source: Source, word: str, by: str) -> list[Diagnostic]:
    """A message about each place where a text has a word, whose cure is another."""
    places = [at for at in range(len(source.text)) if source.text.startswith(word, at)]
    spans = [Span(source, at, at + len(word)) for at in places]
    return [Diagnostic.of("unknown-name", word, span, (Fix(f"write {by}", (Edit(span, by),)),)) for span in spans]


def test_many_cures_are_tried_together() -> None:
    """A text full of one mistake costs one reading more, not one for each."""
    readings = []
    source = Source("a", "workout: A\nsteps:\n" + "  - 10 min @ esay\n" * 50)

    def again(changed: Source) -> list[Diagnostic]:
        readings.append(changed)
        return misspelt(changed, "esay", "easy")

    found = misspelt(source, "esay", "easy")
    assert proved(found, again) == tuple(found)
    assert len(readings) == 1


def test_one_that_fails_among_many_is_found_in_halves() -> None:
    readings = []
    source = Source("a", "esay " * 20 + "Esay " + "esay " * 10)

    def again(changed: Source) -> list[Diagnostic]:
        readings.append(changed)
        return [*misspelt(changed, "esay", "easy"), *misspelt(changed, "Easy", "easy")]

    spelt = misspelt(source, "esay", "easy")
    wrong = Span(source, 100, 104)
    failing = Diagnostic.of("unknown-name", "esay", wrong, (Fix("write Easy", (Edit(wrong, "Easy"),)),))
    found = proved([*spelt, failing], again)
    assert all(one.fixes for one in found[:-1])
    assert (found[-1].help, found[-1].fixes) == ((), ())
    assert len(readings) <= 2 * 5 + 1


def test_nothing_untried_is_shown() -> None:
    """However many fail, a text is read no more than so often."""
    readings = []
    source = Source("a", "esay " * 100)

    def again(changed: Source) -> list[Diagnostic]:
        readings.append(changed)
        return misspelt(source, "esay", "easy")

    assert not any(one.fixes or one.help for one in proved(misspelt(source, "esay", "easy"), again))
    assert len(readings) == MOST_READINGS


@pytest.mark.parametrize(("severity", "stays"), [(Severity.ERROR, True), (Severity.WARNING, False)])
def test_a_cure_brings_nothing_as_bad_as_what_it_cures(severity: Severity, stays: bool) -> None:
    """An error may give way to a warning; a warning that gives way to another is not cured."""
    source = Source("a", "x")
    fix = Fix("y", (edit(source, 0, 1, "y"),))
    found = [Diagnostic.of("kind", "here", Span(source, 0, 1), (fix,), severity)]
    other = Severity.WARNING
    (one,) = proved(found, lambda text: [Diagnostic("range", "now", Span(text, 0, 1), severity=other)])
    assert bool(one.fixes) is stays
