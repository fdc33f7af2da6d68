"""Syntax errors in plain words: where they point, what they propose, and that what they propose works."""

import re
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from negsplit.diagnostics import Diagnostic, Source, render
from negsplit.tree import source
from negsplit.tree.errors import MAX_KEY, explain
from negsplit.tree.source import Node, read

pytestmark = pytest.mark.usefixtures("loader")

HEAD = "workout: a\nsteps:\n"


def error(text: str) -> Diagnostic:
    nodes, (diagnostic,) = read(Source("w.yaml", text))
    assert nodes == []
    assert diagnostic.span is not None
    return diagnostic


def place(diagnostic: Diagnostic) -> tuple[int, int, str]:
    assert diagnostic.span is not None
    return diagnostic.span.line, diagnostic.span.column, diagnostic.span.text


def mended(text: str, diagnostic: Diagnostic) -> str:
    """The text with the line that the first help shows in place of the line at fault."""
    shown = re.search(r"`(.*)`$", diagnostic.help[0])
    assert shown
    assert diagnostic.span is not None
    lines = text.split("\n")
    line = lines[diagnostic.span.line - 1]
    lines[diagnostic.span.line - 1] = line[: len(line) - len(line.lstrip())] + shown.group(1)
    return "\n".join(lines)


# Values that want quotes: the line proposed is read as what was meant.


@pytest.mark.parametrize(
    ("text", "at", "message", "meant"),
    [
        ("- run: 1 mi -- tall: relaxed", (1, 20, ":"), "`: ` inside text", [{"run": "1 mi -- tall: relaxed"}]),
        (
            HEAD + "  - run: 1 mi\n    cue: so: what # why\n  - b",
            (4, 12, ":"),
            "`: ` inside text",
            {"workout": "a", "steps": [{"run": "1 mi", "cue": "so: what"}, "b"]},
        ),
        ("a: b: ", (1, 5, ":"), "`: ` inside text", {"a": "b:"}),
        ('a: say: "hi"', (1, 7, ":"), "`: ` inside text", {"a": 'say: "hi"'}),
        ("[run: 1 mi -- tall: relaxed]", (1, 19, ":"), "`: ` inside text", [{"run": "1 mi -- tall: relaxed"}]),
        ("{a: tall: relaxed, b: c}", (1, 9, ":"), "`: ` inside text", {"a": "tall: relaxed", "b": "c"}),
        ("at: @ easy", (1, 5, "@"), "cannot begin with `@`", {"at": "easy"}),
        ("- @ easy\n- b", (1, 3, "@"), "cannot begin with `@`", ["@ easy", "b"]),
        ("[@ easy, b]", (1, 2, "@"), "cannot begin with `@`", ["@ easy", "b"]),
        ("a: `b`", (1, 4, "`"), "backtick", {"a": "`b`"}),
        ("a: % b", (1, 4, "%"), "cannot begin with `%`", {"a": "% b"}),
        ("a: ** hard", (1, 4, "*"), "cannot begin with `*`", {"a": "** hard"}),
        ("a: *hard*", (1, 4, "*"), "cannot begin with `*`", {"a": "*hard*"}),
        ("a: *hard", (1, 4, "*hard"), "`*hard` repeats an anchor", {"a": "*hard"}),
        ("[*hard, b]", (1, 2, "*hard"), "`*hard` repeats an anchor", ["*hard", "b"]),
        ("a: & b", (1, 4, "&"), "cannot begin with `&`", {"a": "& b"}),
        ("until: > 150", (1, 8, ">"), "cannot begin with `>`", {"until": "> 150"}),
        ("a: |b", (1, 4, "|"), "cannot begin with `|`", {"a": "|b"}),
        ("a: ? b", (1, 4, "?"), "cannot begin with `?`", {"a": "? b"}),
        ("a: , b", (1, 4, ","), "cannot begin with `,`", {"a": ", b"}),
        ("a: ] b", (1, 4, "]"), "cannot begin with `]`", {"a": "] b"}),
        ('- "1 mi" @ easy', (1, 10, "@ easy"), 'after the closing "', ["1 mi @ easy"]),
        ('- run: "1 mi" easy\n- b', (1, 15, "easy"), 'after the closing "', [{"run": "1 mi easy"}, "b"]),
        ("a: 'don't stop'\nb: c", (1, 9, "t stop'"), "after the closing '", {"a": "don't stop", "b": "c"}),
        ('a: "he said "go" now"', (1, 14, 'go" now"'), 'after the closing "', {"a": 'he said "go" now'}),
        ('["a" b, c]', (1, 6, "b"), 'after the closing "', ["a b", "c"]),
    ],
)
def test_a_mended_line_is_proposed_and_works(text: str, at: tuple, message: str, meant: Node):
    diagnostic = error(text)
    assert (diagnostic.code, place(diagnostic)) == ("yaml-syntax", at)
    assert message in diagnostic.message
    assert read(Source("w.yaml", mended(text, diagnostic))) == ([meant], [])


@pytest.mark.parametrize(
    ("text", "at", "meant"),
    [
        ("workout:Tempo\nsteps: b", (1, 8, ":"), {"workout": "Tempo", "steps": "b"}),
        ("- run:1 mi\n  cue: b", (1, 6, ":"), [{"run": "1 mi", "cue": "b"}]),
        ("a: b\nnotes:c\nd: e", (2, 6, ":"), {"a": "b", "notes": "c", "d": "e"}),
    ],
)
def test_a_space_behind_the_colon_is_proposed_and_works(text: str, at: tuple, meant: Node):
    diagnostic = error(text)
    assert place(diagnostic) == at
    assert "needs a space" in diagnostic.message
    assert read(Source("w.yaml", mended(text, diagnostic))) == ([meant], [])


# What is never closed points to where it was opened.


@pytest.mark.parametrize(
    ("text", "at"),
    [
        ('a: "b\nc: d\n', (1, 4, '"')),
        ("a: 'b\nc: d\n", (1, 4, "'")),
        ('a: "b\n---\nc: d\n', (1, 4, '"')),
        ('- "1 mi\n- run: "2 mi"\n- b', (1, 3, '"')),
        ("a: [b, c\nd: e\n", (1, 4, "[")),
        ("a: {b: c\nd: e\n", (1, 4, "{")),
        ("a: [b, [c, d]\n", (1, 4, "[")),
        ("a: [b, {c: d]\n", (1, 13, "]")),
        ("[", (1, 1, "[")),
        ("{a:", (1, 1, "{")),
        ("a: [b, (c]d\n  e\nf: g\nh: i", (1, 11, "d")),
    ],
)
def test_what_is_not_closed_is_pointed_to(text: str, at: tuple):
    assert place(error(text)) == at


# Lines that do not belong where they stand: the cure names the right indentation.


@pytest.mark.parametrize(
    ("text", "at", "cure"),
    [
        ("workout: a\n sport: b\n", (2, 2, "sport:"), "in the first column, like line 1"),
        (HEAD + "  - run: b\n     at: c\n", (4, 6, "at:"), "by 4 spaces, like line 3"),
        (HEAD + "  - run: b\n   at: c\n", (4, 4, "at: c"), "by 4 spaces, like line 3"),
        (HEAD + "  - run: b\n - rest: c\n", (4, 2, "- rest: c"), "by 2 spaces, like line 3"),
        (HEAD + "   - run: b\n  - rest: c\n", (4, 3, "- rest: c"), "by 3 spaces, like line 3"),
        (" workout: a\nsteps: b\n", (2, 1, "steps: b"), "by 1 space, like line 1"),
        (HEAD + "  - 1 mi\n    cue: b\n", (4, 5, "cue:"), "`- run: 1 mi`"),
        ("workout\nsteps: b\n", (2, 1, "steps:"), "`workout: ...`"),
        ("workout: a\nsteps\n  - b\n", (2, 1, "steps"), "write `steps:`"),
        ("steps:\n[b, c]\n", (2, 1, "[b, c]"), "indent it more deeply"),
        ("steps:\n  - b\n  c: d\n", (3, 3, "c: d"), "indent it more"),
        ("a: b\n- c\n", (2, 1, "- c"), "a key of its own"),
        ("steps: - a\n", (1, 8, "-"), "on the next line"),
        ("steps: [\n  - a\n]", (2, 3, "-"), "commas"),
        ("a: b\n---c\n", (2, 1, "---"), "next line"),
        ("--- a: b\n", (1, 6, ":"), "next line"),
        ("a: b\n... c\n", (2, 5, "c"), "`---`"),
        (": a", (1, 1, ":"), "`key: value`"),
        ("{: a}", (1, 2, ":"), "`key: value`"),
        ("[a, , b]", (1, 5, ","), "comma"),
        ("a: [b]]", (1, 7, "]"), "remove it"),
        ("a: [b] c", (1, 8, "c"), "quotes"),
    ],
)
def test_a_line_out_of_place(text: str, at: tuple, cure: str):
    diagnostic = error(text)
    assert (diagnostic.code, place(diagnostic)) == ("yaml-syntax", at)
    assert cure in diagnostic.help[0]


@pytest.mark.parametrize(
    ("text", "at"),
    [
        (HEAD + "\t- run: b\n", (3, 1, "\t")),
        (HEAD + "  - run: b\n\tat: c\n", (4, 1, "\t")),
        (HEAD + "  - run: b\n  \t\tat: c\n", (4, 3, "\t\t")),
        ("workout: a\n\tnotes: b\n", (2, 1, "\t")),
    ],
)
def test_a_tab_in_the_indentation(text: str, at: tuple):
    diagnostic = error(text)
    assert place(diagnostic) == at
    assert "tab" in diagnostic.message
    assert "spaces" in diagnostic.help[0]


@pytest.mark.parametrize(
    ("text", "at"),
    [
        ('a: "b \\q c"', (1, 7, "\\q")),
        ('a: "\\x1"', (1, 5, "\\x1")),
        ('a: "\\ud83c\\udfc3"', (1, 5, "\\ud83c")),
        ('a: "b \\UFFFFFFFF"', (1, 7, "\\UFFFFFFFF")),
    ],
)
def test_an_escape_that_stands_for_nothing(text: str, at: tuple):
    diagnostic = error(text)
    assert (diagnostic.code, place(diagnostic)) == ("yaml-syntax", at)


@pytest.mark.parametrize("text", ["a: !x!y b", "a: !<b c"])
def test_a_tag_that_cannot_be_read_is_a_tag(text: str):
    diagnostic = error(text)
    assert diagnostic.code == "tag"
    assert place(diagnostic)[:2] == (1, 4)


@pytest.mark.parametrize("text", ["- a b c d" * 100 + ": x", "k" * 300 + ": v\n", "a: b\n" + "k" * 2000 + ": v\n"])
def test_a_key_as_long_as_a_text_is_told_so_before_a_parser_looks_for_its_colon_in_vain(text: str):
    _, (diagnostic,) = read(Source("w.yaml", text))
    assert diagnostic.code == "too-long"
    assert diagnostic.span is not None
    assert diagnostic.span.end == text.index(": ", 5)


def test_a_key_may_be_as_long_as_is_said():
    assert read(Source("w.yaml", f"{'k' * MAX_KEY}: v")) == ([{"k" * MAX_KEY: "v"}], [])
    assert error_code(f"{'k' * (MAX_KEY + 1)}: v") == "too-long"


def error_code(text: str) -> str:
    (diagnostic,) = read(Source("w.yaml", text))[1]
    return diagnostic.code


# What a parser says only chooses among causes; another version may say it otherwise.

REFUSED = [
    *("a: b: ", "at: @ easy", "[@ easy, b]", "a: ** hard", "a: & b", "until: > 150", "a: , b", "a: ] b"),
    *('- "1 mi" @ easy', '["a" b, c]', "workout:Tempo\nsteps: b", "a: b\nnotes:c\nd: e", 'a: "b\nc: d\n'),
    *("a: [b, c\nd: e\n", "a: [b, {c: d]\n", "workout: a\n sport: b\n", HEAD + "  - run: b\n - rest: c\n"),
    *("steps:\n  - b\n  c: d\n", "steps: - a\n", "a: b\n---c\n", ": a", "[a, , b]", "a: [b] c", "a: b\n... c\n"),
    *(HEAD + "\t- run: b\n", 'a: "b \\q c"', 'a: "\\x1"', 'a: "b \\UFFFFFFFF"', "a: !<b c", "a: &x *y", "k\nl: m"),
]


@pytest.mark.parametrize("text", REFUSED)
def test_words_that_nobody_has_heard_of_change_neither_the_line_nor_who_speaks(text: str, monkeypatch):
    known = error(text)
    monkeypatch.setattr(source, "explain", lambda stop: explain(replace(stop, words="zyx unheard of")))
    unknown = error(text)
    assert unknown.code == known.code
    assert place(unknown)[0] == place(known)[0]
    assert "zyx" not in unknown.message
    assert unknown.help


def test_long_lines_are_not_repeated_in_the_help():
    diagnostic = error("a: b: " + "c" * 500)
    assert diagnostic.help == ("put the whole value in quotes",)


# How they read: the same from both parsers.

ONE_OF_EACH = (
    "workout: a\n sport: b\n",
    HEAD + "  - run: b\n     at: c\n",
    HEAD + "  - run: b\n   at: c\n",
    HEAD + "  - run: b\n - rest: c\n",
    HEAD + "  - 1 mi\n    cue: b\n",
    "workout: a\n  tags:\n  sport: b\n",
    "workout\nsteps: b\n",
    "workout: a\nsteps\n  - b\n",
    "steps:\n[b, c]\n",
    "steps:\n  - b\n  c: d\n",
    "a: b\n- c\n",
    "a: b\n  - c: d\n",
    "a:\n  b: c\n - d\n",
    "--- - a\n",
    "a: b\n---c\n",
    "--- a: b\n",
    "a: b\n... c\n",
    ": a",
    "[a, , b]",
    "steps: [\n  - a\n]",
    "a: [b]]",
    "a: [b] c",
    "a: [b, {c: d]\n",
    "a: [b, (c]d\n  e\nf: g\nh: i",
    "a:\u00a0b\n\u00a0c: d",
    "a: 'b\n  c: 'd'\n",
    'a: "b\nc: "d"\n',
    'a: "b \\q c"',
    'a: "\\ud83c\\udfc3"',
    f"a: b\n{'c' * (MAX_KEY + 1)}: d\n",
    "[a {b}]",
    "-,b: \n\u00a0\n- ",
    "workout:a" + "b" * 200 + "\nc: d\n",
)


def test_how_they_read(golden: Callable[[Path, str], None]) -> None:
    found = [render(one) for text in ONE_OF_EACH for one in read(Source("w.yaml", text))[1]]
    golden(Path(__file__).with_name("yaml_errors.txt"), "\n\n".join(found) + "\n")
