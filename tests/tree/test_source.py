"""Reading YAML: the trees, the places, the refusals and the budgets, with both of PyYAML's parsers."""

from collections.abc import Iterator

import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st

from negsplit.diagnostics import Diagnostic, Source, render
from negsplit.tree import source
from negsplit.tree.source import MAX_BYTES, MAX_DEPTH, MAX_NODES, Fields, Items, Node, Text, read
from strategies.examples import examples
from work import at_most_turns

pytestmark = pytest.mark.usefixtures("loader")

WORKOUT = """\
workout: Cruise intervals 4 x 1 mile     # the name
tags: [threshold, 4:30]
params: {reps: 4, pace: threshold}
steps:
  - warmup: 15 min @ easy
  - repeat: $reps
    steps:
      - run: 1 mi @ $pace -- tall, relaxed
        cue: "tall: relaxed"
      - recover: 1 min
  - cooldown
"""


def tree(text: str) -> Node:
    nodes, diagnostics = read(Source("w.yaml", text))
    assert not diagnostics, "\n".join(map(render, diagnostics))
    (node,) = nodes
    return node


def errors(text: str) -> list[Diagnostic]:
    return read(Source("w.yaml", text))[1]


def only_error(text: str) -> Diagnostic:
    (diagnostic,) = errors(text)
    return diagnostic


def place(diagnostic: Diagnostic) -> tuple[str, int, int, str]:
    assert diagnostic.span is not None
    return diagnostic.code, diagnostic.span.line, diagnostic.span.column, diagnostic.span.text


def pieces(node: Node) -> Iterator[Node]:
    """A node and all it holds, once each: aliases share."""
    todo, seen = [node], set()
    while todo:
        node = todo.pop()
        if id(node) in seen:
            continue
        seen.add(id(node))
        yield node
        if isinstance(node, Fields):
            todo += [*node.keys(), *node.values()]
        elif isinstance(node, Items):
            todo += node


def test_a_workout_becomes_a_tree_of_text():
    assert tree(WORKOUT) == {
        "workout": "Cruise intervals 4 x 1 mile",
        "tags": ["threshold", "4:30"],
        "params": {"reps": "4", "pace": "threshold"},
        "steps": [
            {"warmup": "15 min @ easy"},
            {
                "repeat": "$reps",
                "steps": [
                    {"run": "1 mi @ $pace -- tall, relaxed", "cue": "tall: relaxed"},
                    {"recover": "1 min"},
                ],
            },
            "cooldown",
        ],
    }


UNTYPED = "4:30 10:00 1:30:00 010 1_000 on no yes null ~ true 2026-11-30 1e3 0x1F .5 = 0o7 .inf"


@pytest.mark.parametrize("value", UNTYPED.split())
def test_no_scalar_is_given_a_type(value: str):
    assert tree(f"a: {value}\n{value}: b\n") == {"a": value, value: "b"}


def test_every_piece_knows_its_place():
    for node in pieces(tree(WORKOUT)):
        if isinstance(node, Text):
            assert node.span.text == node
        elif node.flow:
            assert node.span.text[0] + node.span.text[-1] in ("[]", "{}")
    root = tree(WORKOUT)
    assert root.span.text == WORKOUT.rstrip("\n")
    steps = root["steps"]
    assert (steps.span.line, steps.span.column) == (5, 3)
    assert steps[1].span.text.startswith("repeat: $reps")
    assert steps[1].span.text.endswith("recover: 1 min")


def test_quotes_and_blocks_are_told_from_plain_text():
    node = tree("a: b\nc: 'd'\ne: \"f\"\ng: |\n  h\ni: >\n  j\n")
    assert [value.style for value in node.values()] == ["", "'", '"', "|", ">"]
    assert [value.span.text for value in node.values()] == ["b", "d", "f", "h", "j"]


@pytest.mark.parametrize(
    ("text", "offset"),
    [("a:\nb: c", 2), ("a:   \nb: c", 2), ("a: # later\nb: c", 2), ("{a: , b: c}", 3), ("{a , b: c}", 2), ("a: ", 2)],
)
def test_a_value_left_out_is_empty_and_stands_behind_its_colon(text: str, offset: int):
    value = tree(text)["a"]
    assert value == ""
    assert value.empty
    assert (value.span.start, value.span.end) == (offset, offset)


def test_a_quoted_empty_value_is_not_left_out():
    value = tree("a: ''")["a"]
    assert (value, value.empty, value.style) == ("", False, "'")


def test_an_item_left_out_stands_behind_its_dash():
    (first, second) = tree("- \n- b")
    assert first.empty
    assert first.span.start == 1
    assert second == "b"


def test_byte_order_mark_and_line_ends_of_any_system():
    node = tree("\ufeffa: b\r\nc:\r\n  - d\r\n")
    assert node == {"a": "b", "c": ["d"]}
    assert all(text.span.text == text for text in pieces(node) if isinstance(text, Text))
    assert tree("a: b\rc: d\r") == {"a": "b", "c": "d"}


# Whatever PyYAML writes is read as its own composer reads it.

_CHARS = st.characters(codec="utf-8", exclude_categories=["Cs"], exclude_characters="\x85\xa0\u2028\u2029\ufeff")
_SIGNS = st.text("ab 1:#-,'\"\\\n[]{}&*!|>%@`?$", max_size=12)
_WORDS = st.lists(st.sampled_from(["run", "1 mi", "é", "#3", "x: y", "\n"])).map(" ".join)
_TEXTS = _SIGNS | _WORDS | st.text(_CHARS, max_size=12)
_DATA = st.recursive(
    _TEXTS, lambda inner: st.lists(inner, max_size=4) | st.dictionaries(_TEXTS, inner, max_size=4), max_leaves=12
)


@settings(max_examples=examples(60), deadline=None)
@given(_DATA, st.sampled_from([None, "'", '"', "|", ">"]), st.booleans(), st.sampled_from([10, 80]), st.booleans())
def test_what_yaml_writes_is_read_back_with_its_places(data, style, flow, width, unicode):
    text = yaml.safe_dump(data, default_style=style, default_flow_style=flow, width=width, allow_unicode=unicode)
    node = tree(text)
    assert node == yaml.load(text, Loader=yaml.BaseLoader)
    for piece in pieces(node):
        assert 0 <= piece.span.start <= piece.span.end <= len(text)
        if isinstance(piece, Text) and not (piece.isspace() and piece.style in ("|", ">")):
            for index, char in enumerate(piece):
                assert reads_as(piece.at(index, index + 1).text, char, piece.style), (text, piece, index)


def reads_as(raw: str, char: str, style: str) -> bool:
    """Whether characters of a source, in the quotes they stood in, are one character of a value."""
    if raw == char or (char in " \n" and not raw.strip(" \n")):
        return True
    return style in ("'", '"') and yaml.load(f"{style}{raw}{style}", Loader=yaml.BaseLoader) == char


# Refusals.


def test_a_key_twice_is_an_error_at_the_second():
    text = "workout: a\nsport: b\nworkout: c\n"
    nodes, diagnostics = read(Source("w.yaml", text))
    (diagnostic,) = diagnostics
    assert place(diagnostic) == ("duplicate-key", 3, 1, "workout")
    assert "line 1" in diagnostic.help[0]
    assert nodes == [{"workout": "a", "sport": "b"}]


@pytest.mark.parametrize(
    ("text", "expected", "left"),
    [
        ("a: !!int 3\nb: c", ("tag", 1, 4, "!!int"), {"a": "3", "b": "c"}),
        ("a: ! b", ("tag", 1, 4, "!"), {"a": "b"}),
        ("a: &x !y [b]\nc: *x", ("tag", 1, 7, "!y"), {"a": ["b"], "c": ["b"]}),
        ("a: &m {b: c}\nd:\n  <<: *m\n  e: f", ("merge-key", 3, 3, "<<"), {"a": {"b": "c"}, "d": {"e": "f"}}),
        ("[a, b]: c\nd: e", ("key-type", 1, 1, "[a, b]"), {"d": "e"}),
        ("? {a: b}\n: c\nd: e", ("key-type", 1, 3, "{a: b}"), {"d": "e"}),
        ("? \n: c\nd: e", ("empty-key", 1, 2, ""), {"d": "e"}),
        ("a: &x 1\nb: &x 2\nc: *x", ("duplicate-anchor", 2, 4, "&x "), {"a": "1", "b": "2", "c": "2"}),
        ("a: b\n\xa0c: d", ("yaml-syntax", 2, 1, "\xa0"), {"a": "b"}),
    ],
)
def test_what_is_refused_is_left_out_and_the_rest_is_read(text: str, expected: tuple, left: Node):
    nodes, diagnostics = read(Source("w.yaml", text))
    assert [place(diagnostic) for diagnostic in diagnostics] == [expected]
    assert nodes == [left]


def test_a_quoted_merge_key_is_a_key():
    assert tree("'<<': a") == {"<<": "a"}


def test_every_error_of_a_file_is_reported_in_one_run():
    found = [place(d)[:2] for d in errors("a: 1\na: !x 2\n[b]: c\nd: e #1\n---\nf: 1\nf: 2\n")]
    expected = [("duplicate-key", 2), ("tag", 2), ("key-type", 3), ("comment", 4), ("duplicate-key", 7)]
    assert found == expected


@pytest.mark.parametrize("line", ["%YAML 1.2", "%YAML 9.9", "%TAG ! x", "%FOO bar", "%", "%YAML 1." + "1" * 5000])
def test_a_directive_is_an_error(line: str):
    diagnostic = only_error(f"{line}\n---\na: b\n")
    assert place(diagnostic) == ("directive", 1, 1, line)


# Several documents.


def test_documents_are_parted_by_three_dashes():
    nodes, diagnostics = read(Source("w.yaml", "---\na: b\n---\n- c\n...\n---\n'd'\n"))
    assert nodes == [{"a": "b"}, ["c"], "d"]
    assert not diagnostics


@pytest.mark.parametrize(
    ("text", "line"), [("a: b\n---\n", 2), ("---\n---\na: b\n", 1), ("a: b\n---\n# c\n---\nd: e", 2), ("--- \n", 1)]
)
def test_a_document_of_nothing_is_an_error(text: str, line: int):
    assert place(only_error(text)) == ("empty-document", line, 1, "---")


@pytest.mark.parametrize("text", ["", "\n", "# nothing\n", "\ufeff", "   \n\n"])
def test_a_file_of_nothing_is_an_error(text: str):
    assert place(only_error(text))[:3] == ("empty-document", 1, 1)


def test_a_syntax_error_leaves_the_documents_before_it():
    nodes, diagnostics = read(Source("w.yaml", "a: b\n---\nc: d\n---\ne: [f\n"))
    assert nodes == [{"a": "b"}, {"c": "d"}]
    assert [place(d)[:3] for d in diagnostics] == [("yaml-syntax", 5, 4)]


# Anchors and aliases.


def test_an_alias_shares_what_its_anchor_names():
    node = tree("a: &x\n  b: [c]\nd: *x\ne: &y f\n*y : g\n")
    assert node == {"a": {"b": ["c"]}, "d": {"b": ["c"]}, "e": "f", "f": "g"}
    assert node["a"] is node["d"]


def test_a_key_from_an_alias_stands_where_the_alias_does():
    key = list(tree("a: &x b\n*x : c\n"))[1]
    assert key == "b"
    assert key.span.text == "*x"
    assert key.at(0, 1).text == "*x"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("a: &x [*x]", ("alias-cycle", 1, 8, "*x")),
        ("a: &x\n  b:\n    - c\n    - d: *x\n", ("alias-cycle", 4, 10, "*x")),
        ("a: *x", ("yaml-syntax", 1, 4, "*x")),
        ("a: &x b\n---\nc: *x", ("yaml-syntax", 3, 4, "*x")),
    ],
)
def test_an_alias_needs_an_anchor_that_is_complete(text: str, expected: tuple):
    assert place(only_error(text)) == expected


def test_an_unknown_alias_proposes_the_nearest_anchor():
    assert "did you mean `*easy`?" in only_error("a: &easy b\nc: *esay").help


# Budgets.


def nested(levels: int) -> str:
    return "[" * levels + "a" + "]" * levels


def test_depth_is_counted_to_the_last_level():
    assert not errors(nested(MAX_DEPTH))
    assert place(only_error(nested(MAX_DEPTH + 1)))[:3] == ("too-deep", 1, MAX_DEPTH + 1)


# libyaml looks 1024 characters ahead for the colon of a key before it says that anything has begun. 0.2.5 opens any
# number of brackets in them, 0.2.6 gives up at 1000.
@pytest.mark.parametrize(
    "head", ["", "a: ", "- - - ", "a: [[[[\n", "'[[[[': ", "[a: ", '["[[[[[", ', "a: [" + "[], " * 100]
)
def test_depth_is_ours_however_far_ahead_a_parser_looks(head: str):
    at = place(only_error(head + "[" * (MAX_DEPTH + 1) + "\n"))
    assert at[0] == "too-deep"
    more = (MAX_DEPTH + 1, 999, 1000, 1001, 5000) if head in ("", "[a: ") else (MAX_DEPTH + 1, 1030)
    assert [place(only_error(head + "[" * levels))[:3] for levels in more] == [at[:3]] * len(more)


def test_a_parser_of_another_version_that_gives_up_sooner_is_not_asked(monkeypatch: pytest.MonkeyPatch):
    class Hasty(yaml.SafeLoader):
        def fetch_flow_collection_start(self, token):
            if self.flow_level > MAX_DEPTH + 5:
                raise yaml.MarkedYAMLError(problem="more than I can take", problem_mark=self.get_mark())
            super().fetch_flow_collection_start(token)

    monkeypatch.setattr(source, "LOADER", Hasty)
    assert place(only_error("a: " + "[" * 100))[:3] == ("too-deep", 1, MAX_DEPTH + 3)


def test_depth_is_counted_through_aliases():
    chain = "a0: &a0 [x]\n" + "".join(f"a{i}: &a{i} [*a{i - 1}]\n" for i in range(1, 100))
    assert place(only_error(chain)) == ("too-deep", MAX_DEPTH, 12, f"*a{MAX_DEPTH - 2}")


def test_nodes_are_counted_to_the_last(monkeypatch: pytest.MonkeyPatch):
    assert MAX_NODES == 20_000
    monkeypatch.setitem(source.read.__kwdefaults__, "most_nodes", 200)
    assert not errors("- a\n" * 199)
    assert place(only_error("- a\n" * 200)) == ("too-many-nodes", 200, 3, "a")


def test_what_an_alias_stands_for_counts_each_time(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setitem(source.read.__kwdefaults__, "most_nodes", 200)
    text = "a: &a [x, x, x, x, x, x, x, x, x]\nb: [" + "*a, " * 18  # 12 nodes, then 2 + 18 * 10
    assert not errors(text + ", ".join("x" * 6) + "]")
    assert only_error(text + ", ".join("x" * 7) + "]").code == "too-many-nodes"


def test_size_is_counted_in_bytes():
    assert not errors("a: " + "é" * (MAX_BYTES // 2 - 2))
    assert only_error("a: " + "é" * (MAX_BYTES // 2 - 1)).code == "too-large"


HOSTILE = {
    "brackets": "[" * 100_000,
    "braces": "{" * 100_000,
    "mapping braces": "{a: " * 25_000,
    "dashes": "- " * 50_000,
    "question marks": "? " * 50_000,
    "cycle": "a: &a [*a]",
    "bomb": "a0: &a0 [x, x]\n" + "".join(f"a{i}: &a{i} [*a{i - 1}, *a{i - 1}]\n" for i in range(1, 60)),
    "aliases": "a: &a x\nb: [" + "*a, " * 60_000 + "]",
    "anchors": "&a " * 80_000,
    "tags": "!a " * 80_000,
    "folded": ">" * 20_000,
    "literal": "|" * 20_000,
    "nested folded": "".join(" " * i + ">\n" for i in range(200)),
    "plain": "a" * 250_000,
    "words": "a: " + "word " * 49_000,
    "one quote": 'a: "' + "x #3\n" * 49_000,
    "quotes": "'" * 250_000,
    "backslashes": 'a: "' + "\\" * 249_000,
    "comments": "x #a " * 50_000,
    "comment lines": "- &a" + "\n#x" * 60_000,
    "colons": "a" + ": " * 120_000,
    "a late colon": "a: b: " + "c " * 120_000,
    "documents": "---\n" * 10_000,
    "the same keys": "".join(f"k{i}: v\n" for i in range(2_000)) + "k1999: v\n" * 2_000,
    "spaces": "a: b" + " " * 250_000 + "#c",
    "line ends": "\n" * 250_000,
    "no end": "[" + "a, " * 9_000,
    "stars": "*" * 250_000,
    "per cents": "%" * 250_000,
    "NULs": "\0" * 250_000,
}


@pytest.mark.parametrize("name", HOSTILE)
def test_hostile_text_ends_soon(name: str, loader: str):
    text = HOSTILE[name] if loader == "CSafeLoader" else HOSTILE[name][:20_000]
    with at_most_turns(100_000_000):
        nodes, diagnostics = read(Source("w.yaml", text))
    assert nodes or diagnostics
    for diagnostic in diagnostics:
        assert diagnostic.span is not None
        assert 0 <= diagnostic.span.start <= diagnostic.span.end <= len(text)
    assert all(len(line) < 1_000 for d in diagnostics[:3] for line in render(d).splitlines())


# Never an exception, whatever the text.

_SOUP = st.sampled_from([
    *"-:,[]{}?#&*!|>'\"%@`\\ \t\n\r~", "- ", ": ", "\n  ", "\n    ", "---\n", "...\n", "a", "run", "1 mi", "#3", " #3",
    "&a ", "*a", "!x ", "<<: ", "|\n  ", ">-\n", "\\u0041", "\\ud800", "\\U99999999", "%YAML 1.1\n", "\r\n", "é", "🏃",
    "\x00", "\x85", "\u2028", "\ufeff", "\ud800", "\uffff", "\xa0", "word ", "\\\n", "x: ", "''", "$n",
])  # fmt: skip


def assert_reported(text: str) -> None:
    nodes, diagnostics = read(Source("w.yaml", text))
    assert nodes or diagnostics
    for diagnostic in diagnostics:
        assert diagnostic.help
        assert diagnostic.span is not None
        assert 0 <= diagnostic.span.start <= diagnostic.span.end <= len(text)
        assert render(diagnostic).encode()
    for node in nodes:
        for piece in pieces(node):
            assert 0 <= piece.span.start <= piece.span.end <= len(text)
            if isinstance(piece, Text):
                spans = [piece.at(i, i + 1) for i in range(len(piece))] + [piece.at(0, len(piece))]
                assert all(piece.span.start <= s.start <= s.end <= piece.span.end for s in spans)


@settings(max_examples=examples(60), deadline=None)
@given(st.text(st.characters()))
def test_any_text_is_read_or_refused(text: str):
    assert_reported(text)


@settings(max_examples=examples(100), deadline=None)
@given(st.lists(_SOUP, max_size=40).map("".join))
def test_any_yaml_like_text_is_read_or_refused(text: str):
    assert_reported(text)


@settings(max_examples=examples(100), deadline=None)
@given(st.data())
def test_any_damaged_workout_is_read_or_refused(data: st.DataObject):
    text = WORKOUT
    for _ in range(data.draw(st.integers(1, 4))):
        start = data.draw(st.integers(0, len(text)))
        text = text[:start] + data.draw(_SOUP) + text[start + data.draw(st.integers(0, 5)) :]
    assert_reported(text)
