"""Where values stand in JSON: what Python's own parser reads there is what is meant."""

import json

from hypothesis import given
from hypothesis import strategies as st

from negsplit.diagnostics import Report, Source
from negsplit.formats.json_places import json_values, yaml_values

KEYS = st.text(max_size=6)
VALUES = st.recursive(
    st.none() | st.booleans() | st.integers(-(10**18), 10**18) | st.floats(-1e9, 1e9) | KEYS,
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(KEYS, inner, max_size=4),
    max_leaves=12,
)


def paths(value, path=()):
    """The path of every value, and the value."""
    yield path, value
    members = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    for key, one in members:
        yield from paths(one, (*path, key))


@given(VALUES, st.sampled_from((None, 1, "\t")), st.booleans())
def test_every_value_is_found_where_it_stands(value, indent, ascii):
    source = Source("x", f" \n{json.dumps(value, indent=indent, ensure_ascii=ascii)}\n")
    found = json_values(source, Report())
    assert found.top == value
    for path, one in paths(value):
        assert json.loads(found.span(path).text) == one


def test_what_is_missing_is_missing_from_what_is_above_it():
    found = json_values(Source("x", '{"a": [{"b": 1}]}'), Report())
    assert found.span(("a", 0, "c", "d")).text == '{"b": 1}'
    assert found.span(("a", 5)).text == '[{"b": 1}]'


def test_yaml_says_what_json_says():
    report = Report()
    found = yaml_values(Source("x", "a: [1, 2.5, 'x', \"7\", null, ~, true, 0x1f, 1e3, 12:30, '']\n"), report)
    assert report.diagnostics == []
    assert found.top == {"a": [1, 2.5, "x", "7", None, None, True, "0x1f", 1000.0, "12:30", ""]}
    assert found.span(("a", 2)).text == "x"
    assert found.span(("a", 99)).text.startswith("[1, 2.5")
    assert yaml_values(Source("x", "a: 1\n---\na: 2\n"), Report()).top == [{"a": 1}, {"a": 2}]
