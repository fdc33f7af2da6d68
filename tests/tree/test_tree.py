"""Texts that know where each of their characters stands, in every style YAML has."""

import copy

import pytest

from negsplit.diagnostics import Source, Span
from negsplit.tree.source import Text, read

pytestmark = pytest.mark.usefixtures("loader")


def value(text: str) -> Text:
    (node,), diagnostics = read(Source("w.yaml", text))
    assert not diagnostics
    return node["a"]


@pytest.mark.parametrize(
    ("text", "word", "found"),
    [
        ("a: tall and relaxed", "and", "and"),
        ("a: tall\n  and\n  relaxed", "relaxed", "relaxed"),
        ("a: tall\n\n  and", "and", "and"),
        ("a: 'tall and'", "and", "and"),
        ("a: 'don''t stop'", "stop", "stop"),
        ("a: 'don''t stop'", "don't", "don''t"),
        ("a: 'tall\n  and relaxed'", "relaxed", "relaxed"),
        ('a: "tall\\nand"', "and", "and"),
        ('a: "tall\\nand"', "\n", "\\n"),
        ('a: "\\u00e9t\\xe9 \\U0001F3C3!"', "été", "\\u00e9t\\xe9"),
        ('a: "\\u00e9t\\xe9 \\U0001F3C3!"', "🏃", "\\U0001F3C3"),
        ('a: "so \\"tall\\" now"', "now", "now"),
        ('a: "tall \\\n  and \\\n\n  relaxed"', "relaxed", "relaxed"),
        ('a: "tall\r\n  and\r\n\r\n  relaxed"', "relaxed", "relaxed"),
        ("a: |\n  tall\n    and\n\n  relaxed\nb: c", "relaxed", "relaxed"),
        ("a: |\n  tall\n    and\n\n  relaxed\nb: c", "and", "and"),
        ("a: |2-  # indented\n    tall\n  and", "and", "and"),
        ("a: >\n  tall\n  and\n\n  relaxed\n", "and", "and"),
        ("a: >+\n  tall\n  and\n\n  relaxed\n\n\nb: c", "relaxed", "relaxed"),
        ("a: &b tall and", "and", "and"),
        ("a: &b # why\n  'tall and'", "and", "and"),
        ("\ufeffa: tall and", "and", "and"),
    ],
)
def test_at_points_into_the_source(text: str, word: str, found: str):
    parsed = value(text)
    start = parsed.index(word)
    assert parsed.at(start, start + len(word)).text == found
    assert parsed.at(start, start).start == text.rindex(found)


def test_at_spans_what_lies_between():
    parsed = value("a: tall\n  and\n  relaxed")
    assert parsed == "tall and relaxed"
    assert parsed.at(0, len(parsed)).text == "tall\n  and\n  relaxed"
    assert parsed.at(4, 5).text.isspace()


def test_at_stays_within_the_text():
    parsed = value("a: 'it''s'")
    assert parsed.at(-5, 99).text == "it''s"
    assert parsed.at(3, 1).text == ""
    end = parsed.at(4, 4)
    assert (end.start, end.end) == (9, 9)


@pytest.mark.parametrize(
    ("text", "span"),
    [
        ("a: |\n  tall\n  and\n\n\nb: c", "tall\n  and"),
        ("a: >-\n\n  tall\n# b\nb: c", "tall"),
        ("a: |\nb: c", "|"),
        ("a: |+\n\nb: c", "|+"),
        ("a: 'tall'", "tall"),
        ('a: ""', ""),
    ],
)
def test_the_span_of_a_value_is_its_content(text: str, span: str):
    assert value(text).span.text == span


def test_a_made_text_points_to_one_place():
    source = Source("w.yaml", "run: $n mi")
    made = Text.made("four mi", Span(source, 5, 7))
    assert made == "four mi"
    assert {made.at(0, 4).text, made.at(5, 7).text, made.at(2, 2).text} == {"$n"}
    same_length = Text.made("12", Span(source, 5, 7))
    assert same_length.at(0, 1).text == "$n"


def test_a_text_is_a_string_in_all_but_its_place():
    parsed = value("a: tall")
    assert parsed == "tall"
    assert {parsed: 1}["tall"] == 1
    again = copy.deepcopy(parsed)
    assert (again, again.style, again.at(0, 2).text) == ("tall", "", "ta")
