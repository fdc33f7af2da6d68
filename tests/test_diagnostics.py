"""Diagnostics: where they stand, and how they read."""

import unicodedata

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from negsplit.diagnostics import (
    Diagnostic,
    Report,
    Severity,
    Source,
    Span,
    did_you_mean,
    has_errors,
    in_order,
    render,
    visible,
)


def at(text: str, what: str, *, name: str = "x.yaml") -> Span:
    """The span of ``what``, which stands once in the text."""
    assert text.count(what) == 1
    start = text.index(what)
    return Span(Source(name, text), start, start + len(what))


def lines(text: str, what: str) -> list[str]:
    return render(Diagnostic("code", "message", at(text, what))).split("\n")


def test_a_message_has_a_place_the_line_a_caret_and_help():
    text = "workout: T\nsteps:\n  - run: 1 km @ esy\n"
    span = at(text, "esy")
    diagnostic = Diagnostic("unknown-name", "`esy` is not a known pace", span, ("did you mean `easy`?", "or two"))
    assert (span.line, span.column, span.text) == (3, 17, "esy")
    assert render(diagnostic).split("\n") == [
        "x.yaml:3:17: error[unknown-name]: `esy` is not a known pace",
        "    - run: 1 km @ esy",
        "                  ^^^",
        "  help: did you mean `easy`?",
        "  help: or two",
    ]


def test_a_message_without_a_place_is_one_line():
    assert render(Diagnostic("c", "m", severity=Severity.WARNING)) == "warning[c]: m"


@pytest.mark.parametrize(
    ("text", "what", "shown", "caret"),
    [
        ("a: b", "b", "  a: b", "     ^"),
        ("日本: bad", "bad", "  日本: bad", "        ^^^"),
        ("bad: 日本", "日本", "  bad: 日本", "       ^^^^"),
        ("u\u0308: x", "x", "  u\u0308: x", "     ^"),
        ("ह\u0901: x", "x", "  ह\u0901: x", "     ^"),
        ("a:\tb", "b", "  a: b", "     ^"),
        ("a: \x1b[31mb", "b", "  a: \\x1b[31mb", "             ^"),
        ("a: \u202eb", "\u202e", "  a: \\u202eb", "     ^^^^^^"),
        ("a: b\r\nc", "b", "  a: b", "     ^"),
        ("two\nlines", "two\nlines", "  two", "  ^^^"),
    ],
)
def test_the_caret_stands_under_what_is_meant(text, what, shown, caret):
    assert lines(text, what)[1:] == [shown, caret]


def test_an_end_of_text_or_line_gets_one_caret():
    source = Source("x", "steps:\nrun: ")
    for start, line, column, caret in ((6, 1, 7, "        ^"), (12, 2, 6, "       ^")):
        rendered = render(Diagnostic("c", "m", Span(source, start, start)))
        assert rendered.startswith(f"x:{line}:{column}: ")
        assert rendered.split("\n")[2] == caret


def test_of_a_long_line_the_part_around_the_place_is_shown():
    _, shown, caret = lines("x" * 500 + "here" + "y" * 500, "here")
    assert len(shown) <= 170
    assert shown[caret.index("^") : caret.rindex("^") + 1] == "here"
    _, shown, caret = lines("cue: " + "long" * 200, "long" * 200)
    assert len(shown) == len(caret) <= 170


@settings(max_examples=200, deadline=None)
@given(st.text(), st.data())
def test_any_place_in_any_text_can_be_shown(text, data):
    start = data.draw(st.integers(0, len(text)))
    end = data.draw(st.integers(start, len(text)))
    span = Span(Source("x", text), start, end)
    rendered = render(Diagnostic("c", "m", span))
    before = text[:start]
    assert (span.line, span.column) == (before.count("\n") + 1, start - (before.rfind("\n") + 1) + 1)
    head, _, caret = rendered.split("\n")
    assert head == f"x:{span.line}:{span.column}: error[c]: m"
    assert set(caret) == {" ", "^"}


@settings(max_examples=300)
@given(st.text())
def test_nothing_invisible_is_left(text):
    shown = visible(text)
    assert not {unicodedata.category(char) for char in shown} & {"Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp"}
    assert visible(shown) == shown


def test_what_can_be_seen_stays_as_it_is():
    for text in ("Größe", "日本", "5 km – 4′30″", "naïve 🙂"):
        assert visible(text) == text
    assert visible("\x00\x9b\u200b\U000e0041") == "\\x00\\x9b\\u200b\\U000e0041"


def test_diagnostics_are_sorted_by_place_and_said_once():
    source = Source("b", "one two")
    first, second = (Diagnostic("c", "m", Span(source, start, start + 3)) for start in (0, 4))
    other = Diagnostic("c", "m", Span(Source("a", "x"), 0, 1))
    nowhere = Diagnostic("c", "m")
    again = Diagnostic("c", "m", Span(source, 4, 7))
    assert in_order([second, first, again, nowhere, other]) == [nowhere, other, first, second]


def test_a_report_keeps_what_it_is_told():
    report = Report()
    report.warning("w", "m", None, "help")
    report.note("i", "m", None)
    assert not report.failed
    report.error("e", "m", None)
    assert report.failed
    assert [(d.code, d.severity.value) for d in report.diagnostics] == [("w", "warning"), ("i", "note"), ("e", "error")]
    assert has_errors(report.diagnostics)
    assert not has_errors(report.diagnostics[:2])


@pytest.mark.parametrize(
    ("word", "meant"),
    [("treshold", "threshold"), ("TRESHOLD", "threshold"), ("esy", "easy"), ("Recovr", "Recover"), ("zzz", None)],
)
def test_a_near_miss_is_recognised(word, meant):
    assert did_you_mean(word, ["easy", "threshold", "Recover"]) == meant
