"""Comments that swallow text are errors, with a line to write instead that works; the others are comments."""

import pytest

from negsplit.diagnostics import Severity, Source
from negsplit.tree.comments import questions
from negsplit.tree.source import Node, read

pytestmark = pytest.mark.usefixtures("loader")


@pytest.mark.parametrize(
    ("text", "lost", "meant"),
    [
        ("workout: Tempo #2", "#2", {"workout": "Tempo #2"}),
        ("- run: 1 mi -- rep #3 of 5\n- b", "#3 of 5", [{"run": "1 mi -- rep #3 of 5"}, "b"]),
        ("- run: 1 mi -- rep #$n of 5", "#$n of 5", [{"run": "1 mi -- rep #$n of 5"}]),
        ("- run: 1 mi -- le #été", "#été", [{"run": "1 mi -- le #été"}]),
        ("- 1 mi -- rep #3", "#3", ["1 mi -- rep #3"]),
        ("steps: #1 easy", "#1 easy", {"steps": "#1 easy"}),
        ("- #1 easy\n- b", "#1 easy", ["#1 easy", "b"]),
        ("a: b #3   # of five", "#3   # of five", {"a": "b #3"}),
        ("a: b #3 # of five", "#3 # of five", {"a": "b #3"}),
        ('a: say "go" #3', "#3", {"a": 'say "go" #3'}),
        ('a: it\'s "go" #3', "#3", {"a": 'it\'s "go" #3'}),
        ("[1 mi #3 of 5, 2 mi]", "#3 of 5, 2 mi]", ["1 mi #3 of 5", "2 mi"]),
        ("[\n  1 mi #3,\n  2 mi\n]", "#3,", ["1 mi #3", "2 mi"]),
        ("{a: b #3}", "#3}", {"a": "b #3"}),
        ("{a: b, c: #3\n}", "#3", {"a": "b", "c": "#3"}),
        ("[a,#3\n]", "#3", ["a", "#3"]),
        ("a: &x b\nc: *x #3", "#3", {"a": "b", "c": "*x #3"}),
        ("a: b\r\nc: d #3\r\n", "#3", {"a": "b", "c": "d #3"}),
    ],
)
def test_a_comment_that_swallows_text(text: str, lost: str, meant: Node):
    _, (diagnostic,) = read(Source("w.yaml", text))
    assert diagnostic.code == "comment"
    assert diagnostic.span is not None
    assert diagnostic.span.text == lost
    assert "put a space after the `#`" in diagnostic.help[1]
    lines = text.split("\n")
    number = diagnostic.span.line - 1
    line = lines[number]
    indent = line[: len(line) - len(line.lstrip())]
    lines[number] = indent + diagnostic.help[0].removeprefix("put the whole value in quotes: `")[:-1]
    assert read(Source("w.yaml", "\n".join(lines))) == ([meant], [])


@pytest.mark.parametrize(
    "text", ['a: "b"#3', "a: [b]#3", "a: b\n  c #3", "a: {b: c}#3", "x: 1 mi #3 of" + " very" * 40]
)
def test_a_comment_that_swallows_text_where_no_line_can_be_shown(text: str):
    _, (diagnostic,) = read(Source("w.yaml", text))
    assert diagnostic.code == "comment"
    assert "`" not in diagnostic.help[0]


@pytest.mark.parametrize(
    "text",
    [
        "a: b # 3\n",
        "a: b #\n",
        "a: b ## 3\n",
        "a: b #- c\n",
        "#1 at the top\na: b\n",
        "\ufeff#1 at the top\na: b\n",
        "a: b\n#c: d\n  #e: f\n",
        "a:\n  #- run: 1 mi\n  - b\n",
        "a: #todo\n  - b\n",
        "- #todo\n  a: b\n",
        "a: 'b' #3\n",
        'a: "b #3" #4\n',
        "a: 'b\n  #3 c'\n",
        "a: [b] #3\n",
        "a: [b, #3\n  c]\n",
        "a: {b: c} #3\n",
        "a: | #3\n  b #4\n  #5\n",
        "a: >\n  b #4\n\n  #5\nc: d\n",
        "a: b#3\n",
        "a: b\n--- #2\nc: d\n",
    ],
)
def test_a_comment_that_swallows_nothing(text: str):
    assert read(Source("w.yaml", text))[1] == []


def test_each_comment_is_reported_beside_other_errors():
    _, diagnostics = read(Source("w.yaml", "a: b #1\na: c #2\n"))
    assert [d.code for d in diagnostics] == ["comment", "duplicate-key", "comment"]


def test_a_comment_that_swallowed_a_bracket_is_reported_in_its_stead():
    _, (diagnostic,) = read(Source("w.yaml", "steps: [1 mi #3 of 5, 2 mi]\nnotes: a\n"))
    assert diagnostic.code == "comment"


def test_a_syntax_error_behind_a_comment_is_reported_too():
    _, diagnostics = read(Source("w.yaml", "a: b #1\nc: d: e\n"))
    assert [d.code for d in diagnostics] == ["comment", "yaml-syntax"]


@pytest.mark.parametrize(
    ("text", "asked"),
    [
        ("a: b\n# ? how far\nc: d\n", ["# ? how far"]),
        ("# ? first\na: b # ? behind it  \nc: d", ["# ? first", "# ? behind it"]),
        ("a: b\r\n#?tight\r\nc: d\n#   ? wide", ["#?tight", "#   ? wide"]),
        ("a: [b, # ? inside\n  c]\n", ["# ? inside"]),
        ('a: "# ? quoted"\nb: |\n  # ? in a block\nc: d#?e\n', []),
        ("# what is this # ? here\na: b\n", []),
    ],
)
def test_a_comment_that_asks_makes_a_draft(text: str, asked: list[str]):
    source = Source("w.yaml", text)
    found = [one for one in read(source)[1] if one.code == "draft"]
    assert not asked or [question.text for question in questions(source, 0, len(text))] == asked
    assert [(one.severity, one.span and one.span.text) for one in found] == [
        (Severity.WARNING, first) for first in asked[:1]
    ]
    assert all(one.message.startswith(f"{len(asked)} question") for one in found)
