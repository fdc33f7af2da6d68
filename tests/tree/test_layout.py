"""Plain data to YAML: its form, and that any text is read back as it was."""

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from negsplit.diagnostics import Source
from negsplit.tree import source
from negsplit.tree.layout import Fields, Node, Remark, document
from strategies.examples import examples

SIGNS = "ab1 -?:,[]{}#&*!|>'\"%@`\\~=<.\t\n\r\u00a0\u0085\u2028\ufeff\x00é😀"
texts = st.text(SIGNS, max_size=12) | st.text(st.characters(exclude_categories=["Cs"]), max_size=12)
words = st.text("ab1 -:#'\"[,", min_size=1, max_size=30)
values: st.SearchStrategy[Node] = st.recursive(
    texts | st.lists(texts | words, min_size=1, max_size=4).map(tuple),
    lambda inner: (
        st.dictionaries(texts, inner, min_size=1, max_size=3)
        | st.lists(texts | st.dictionaries(texts, inner, min_size=1, max_size=3), min_size=1, max_size=3)
    ),
    max_leaves=8,
)


def as_lists(value: Node) -> Node:
    """Tuples read back as lists."""
    if isinstance(value, dict):
        return {key: as_lists(one) for key, one in value.items()}
    return value if isinstance(value, str) else [as_lists(one) for one in value]  # type: ignore[misc]


@example(fields={"<<": "no merge", "words": ("what?", "b?c")})
@given(fields=st.dictionaries(texts, values, min_size=1, max_size=3))
@settings(max_examples=examples(200), deadline=None)
def test_any_text_is_read_as_it_was(loader: str, fields: Fields) -> None:
    text = document(fields)
    found, diagnostics = source.read(Source("laid out", text))
    assert not diagnostics, text
    assert found == [as_lists(fields)], text
    assert text.endswith("\n")
    assert all(char == "\n" or char.isprintable() for char in text)


@pytest.mark.parametrize(
    ("value", "written"),
    [
        ("4x(1 mi @ threshold, 1 min)", "4x(1 mi @ threshold, 1 min)"),
        ("4:30", "4:30"),
        ("no", "no"),
        ("5#3", "5#3"),
        ("tall: relaxed", '"tall: relaxed"'),
        ("rep #3", '"rep #3"'),
        ("-- float", '"-- float"'),
        ("@ easy", '"@ easy"'),
        ("what:", '"what:"'),
        (" tall", '" tall"'),
        ("", '""'),
        ('"quick" feet', "'\"quick\" feet'"),
        ("don't: stop", '"don\'t: stop"'),
        ('"don\'t"', "'\"don''t\"'"),
        ("a\\b: c", "'a\\b: c'"),
        ('tab\t"x"\\', '"tab\\t\\"x\\"\\\\"'),
        ("zero\u200bwidth", '"zero\\u200bwidth"'),
        ("Größe 日 😀", "Größe 日 😀"),
        ("two\nlines", "|-\n  two\n  lines"),
        ("two\n\n  lines", "|-\n  two\n\n    lines"),
        ("ends in space \nline", '"ends in space \\nline"'),
        (("a", "b c"), "[a, b c]"),
        (("a", "b, c"), "\n  - a\n  - b, c"),
        (("a", "b: c"), '\n  - a\n  - "b: c"'),
        (("x" * 36, "y" * 35), f"[{'x' * 36}, {'y' * 35}]"),
        (("x" * 36, "y" * 36), f"\n  - {'x' * 36}\n  - {'y' * 36}"),
        ({"a": "b"}, "{a: b}"),
        ({"a": "b", "c": "d"}, "\n  a: b\n  c: d"),
        ({"a": ("b", "c")}, "\n  a: [b, c]"),
        (["a", {"b": "c", "d": {"e": "f"}}], "\n  - a\n  - b: c\n    d: {e: f}"),
    ],
)
def test_a_value_beside_its_key(value: Node, written: str) -> None:
    space = "" if written.startswith("\n") else " "
    assert document({"key": value}) == f"key:{space}{written}\n"


@given(remarks=st.lists(texts, max_size=3), items=st.lists(texts, min_size=1, max_size=3))
@settings(max_examples=examples(80), deadline=None)
def test_remarks_are_lines_of_their_own_and_read_as_nothing(loader: str, remarks: list[str], items: list[str]) -> None:
    text = document({"steps": [*map(Remark, remarks), *items, Remark("last")]})
    found, diagnostics = source.read(Source("laid out", text))
    assert [one for one in diagnostics if one.code != "draft"] == [], text
    assert found == [{"steps": items}], text
    assert text.splitlines()[-1] == "  # last"
