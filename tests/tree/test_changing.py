"""Keys put, added and taken out: the tree and PyYAML read what was meant, and nothing else differs by a byte.

What a text says is judged by PyYAML's own loader of plain texts; what an edit should come to is worked out on its data.
"""

import re
from typing import Any

import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st

from negsplit.tree.changing import NoPlaceError, add, put, take_out
from strategies.examples import examples

KEYS = ("plan", "days", "week 6", "tue", "2027-02-13", "a, b", "it's")
VALUES = (
    "rest",
    "35 min @ easy",
    "'it''s'",
    '"a # b"',
    "[x, y]",
    "{from: a, to: b}",
    "4 km @ easy, 2 km @ easy",
    "thu",
)
Data = dict[str, Any]


def said(text: str) -> Any:
    """What PyYAML reads, every value as text."""
    return yaml.load(text, Loader=yaml.BaseLoader)


@st.composite
def documents(draw: st.DrawFn) -> str:
    """A mapping as people write it: in lines or in brackets, with comments, quotes, and line ends of one kind."""
    step, list_step = draw(st.sampled_from([2, 4])), draw(st.sampled_from([0, 2]))
    comments = iter(range(1000))

    def comment() -> str:
        return draw(st.sampled_from(["", "", "  # {}", " # {}, {{"])).format(next(comments))

    def key(name: str, *, flow: bool) -> str:
        return f'"{name}"' if (flow and "," in name) or draw(st.integers(0, 5)) == 0 else name

    def scalar(*, flow: bool) -> str:
        return draw(st.sampled_from([one for one in VALUES if not (flow and "@ easy, " in one)]))

    def flow(depth: int) -> str:
        names = draw(st.lists(st.sampled_from(KEYS), max_size=3, unique=True))
        inner = [scalar(flow=True) if depth == 0 or draw(st.booleans()) else flow(depth - 1) for _ in names]
        pairs = [f"{key(name, flow=True)}: {value}" for name, value in zip(names, inner, strict=True)]
        comma = "," if pairs and draw(st.booleans()) else ""
        between = draw(st.sampled_from([", ", ",", f",  # {next(comments)}\n{' ' * 12}"]))
        return f"{{{between.join(pairs)}{comma}}}"

    def block(depth: int, column: int) -> list[str]:
        names = draw(st.lists(st.sampled_from(KEYS), min_size=1, max_size=4, unique=True))
        lines = []
        for name in names:
            head = f"{' ' * column}{key(name, flow=False)}:"
            lines += [f"{' ' * draw(st.integers(0, 8))}# {next(comments)}"] * (draw(st.integers(0, 4)) == 0)
            form = draw(st.sampled_from(["scalar", "scalar", "flow", "list", "block", "block", "text"]))
            if form == "block" and depth:
                lines += [head + comment(), *block(depth - 1, column + step)]
            elif form == "flow":
                lines.append(f"{head} {flow(1)}{comment()}")
            elif form == "list":
                items = [f"{' ' * (column + list_step)}- {scalar(flow=False)}{comment()}" for _ in range(2)]
                lines += [head + comment(), *items]
            elif form == "text":
                lines += [f"{head} |", f"{' ' * (column + step)}some text", ""]
            else:
                lines.append(f"{head} {scalar(flow=False)}{comment()}")
        return lines

    newline = draw(st.sampled_from(["\n", "\r\n"]))
    text = "\n".join(["first: line", *block(2, 0)]).rstrip()
    text += "\n" * (draw(st.booleans()) or "|" in text)
    return draw(st.sampled_from(["", "\ufeff"])) + text.replace("\n", newline)


def changed(data: Any, path: tuple[str, ...], value: Any) -> Data:
    inner = dict(data or {})
    inner[path[0]] = value if len(path) == 1 else changed(inner.get(path[0]), path[1:], value)
    return inner


def leads(data: Any, path: tuple[str, ...]) -> bool:
    """Whether each key but the last is a mapping, or is not there yet."""
    for name in path[:-1]:
        data = data.get(name, {})
        if not isinstance(data, dict):
            return False
    return True


def at(data: Any, path: tuple[str, ...]) -> Any:
    for name in path:
        data = data.get(name) if isinstance(data, dict) else None
    return data


def is_inserted(before: str, after: str) -> bool:
    """Whether one text is another with a single piece more."""
    kept = next((i for i, (a, b) in enumerate(zip(before, after, strict=False)) if a != b), len(before))
    return any(after.endswith(before[i:]) for i in range(max(kept - 40, 0), kept + 1))


paths = st.lists(st.sampled_from(KEYS), min_size=1, max_size=3).map(tuple)


@given(text=documents(), path=paths, value=st.sampled_from(VALUES))
@settings(max_examples=examples(48), deadline=None)
def test_a_value_is_put_where_it_was_meant(text: str, path: tuple[str, ...], value: str) -> None:
    before = said(text)
    if not leads(before, path):
        with pytest.raises(NoPlaceError):
            put(text, path, value)
        return
    after = put(text, path, value)
    meant = yaml.load(value, Loader=yaml.BaseLoader)
    assert said(after) == changed(before, path, meant)
    assert put(after, path, value) == after
    if at(before, path) is None:
        assert is_inserted(text, after)
        if at(before, path[:1]) != {} and at(before, path[:2]) != {}:  # an empty mapping would go with it
            assert take_out(after, path) == text


@given(text=documents(), path=paths)
@settings(max_examples=examples(48), deadline=None)
def test_what_is_taken_out_leaves_the_rest(text: str, path: tuple[str, ...]) -> None:
    before = said(text)
    after = take_out(text, path) if leads(before, path) else text
    if at(before, path) is None or not leads(before, path):
        assert after == text
        return
    while len(path) > 1 and len(at(before, path[:-1])) == 1:
        path = path[:-1]
    expected = changed(before, path, None)
    (at(expected, path[:-1]) if len(path) > 1 else expected).pop(path[-1])
    assert said(after) == expected
    assert is_inserted(after, text)


@given(text=documents(), path=paths, item=st.sampled_from(VALUES))
@settings(max_examples=examples(48), deadline=None)
def test_an_item_is_added_at_the_end_of_a_list(text: str, path: tuple[str, ...], item: str) -> None:
    before = said(text)
    found = at(before, path) if leads(before, path) else "no list"
    if not isinstance(found, list | None):
        with pytest.raises(NoPlaceError):
            add(text, path, item)
        return
    after = add(text, path, item)
    meant = yaml.load(item, Loader=yaml.BaseLoader)
    assert said(after) == changed(before, path, [*(found or []), meant])
    assert is_inserted(text, after)


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("plan: P\nweeks: 2\n", "plan: P\nweeks: 2\nmoves:\n  w05-tue: thu\n"),
        ("plan: P\r\nweeks: 2", "plan: P\r\nweeks: 2\r\nmoves:\r\n  w05-tue: thu"),
        ("\ufeffplan: P", "\ufeffplan: P\nmoves:\n  w05-tue: thu"),
        ("{plan: P}", "{plan: P, moves: {w05-tue: thu}}"),
        ("{plan: P,}\n", "{plan: P, moves: {w05-tue: thu},}\n"),
        ("moves: {}\n", "moves: {w05-tue: thu}\n"),
        ("moves: {tue: wed}  # my week\nplan: P\n", "moves: {tue: wed, w05-tue: thu}  # my week\nplan: P\n"),
        ("moves: {\n  tue: wed, # my week\n}\n", "moves: {\n  tue: wed, w05-tue: thu, # my week\n}\n"),
        ("moves:\nplan: P\n", "moves:\n  w05-tue: thu\nplan: P\n"),
        ("moves:  # why\n    tue: wed\nplan: P\n", "moves:  # why\n    tue: wed\n    w05-tue: thu\nplan: P\n"),
        ("moves:\n  a: b\n\n    # mine\n# x\nx: y\n", "moves:\n  a: b\n\n    # mine\n  w05-tue: thu\n# x\nx: y\n"),
        ("days:\n   week 1:\n      tue: rest\n", "days:\n   week 1:\n      tue: rest\nmoves:\n   w05-tue: thu\n"),
        ("sessions:\n    - on: tue\n", "sessions:\n    - on: tue\nmoves:\n    w05-tue: thu\n"),
        ("moves: {w05-tue: fri}\n", "moves: {w05-tue: thu}\n"),
        ("moves: {'w05-tue': 'fri', x: y}\n", "moves: {'w05-tue': thu, x: y}\n"),
        ("moves:\n  w05-tue:  # when?\nplan: P\n", "moves:\n  w05-tue: thu  # when?\nplan: P\n"),
        ("moves:\n  w05-tue:  # a\n    b: c  # d\nplan: P\n", "moves:\n  w05-tue: thu  # a\nplan: P\n"),
        ("plan: |\n  P\nmoves:\n  w05-tue: >-\n    fri\n    sat\n", "plan: |\n  P\nmoves:\n  w05-tue: thu\n"),
    ],
)  # fmt: skip
def test_what_is_written_new_looks_like_what_is_there(before: str, after: str) -> None:
    assert put(before, ("moves", "w05-tue"), "thu") == after


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("plan: P\nmoves: {w05-tue: thu}\n", "plan: P\n"),
        ("plan: P\nmoves:\n  w05-tue: thu", "plan: P"),
        ("moves:\n  # before\n  w05-tue: thu  # at\n  # behind\n  x: y\n", "moves:\n  # before\n  # behind\n  x: y\n"),
        ("moves: {w05-tue: thu, x: y}\n", "moves: {x: y}\n"),
        ("moves: {x: y, w05-tue: thu, z: z}\n", "moves: {x: y, z: z}\n"),
        ("moves: {x: y, # why\n  w05-tue: thu}\n", "moves: {x: y, # why\n  }\n"),
        ("moves: {x: y, # why\n  w05-tue: thu, # and\n  z: z}\n", "moves: {x: y, # why\n   # and\n  z: z}\n"),
        ("{plan: P, moves: {w05-tue: thu}}", "{plan: P}"),
        ("plan: P\nmoves:\n  tue: wed\n", "plan: P\nmoves:\n  tue: wed\n"),
        ("plan: P\nmoves:  # none yet\n", "plan: P\nmoves:  # none yet\n"),
    ],
)
def test_what_is_taken_out_is_gone_with_what_it_leaves_empty(before: str, after: str) -> None:
    assert take_out(before, ("moves", "w05-tue")) == after


def test_text_in_brackets_is_quoted_where_a_comma_would_end_it():
    text = put("days: {week 6: {tue: rest}}\n", ("days", "week 6", "thu"), '4 km @ easy, "hard" 2 km')
    assert text == "days: {week 6: {tue: rest, thu: '4 km @ easy, \"hard\" 2 km'}}\n"


@pytest.mark.parametrize(
    "text",
    [
        "base: &one {w05-tue: fri}\nmoves: *one\n",
        "moves: &one {w05-tue: fri}\nagain: *one\n",
        "moves: [tue]\n",
        "moves: wed\n",
        "- moves\n",
        "moves: {tue: [}\n",
        "plan: P\n---\nplan: Q\n",
    ],
)
def test_what_would_change_something_else_is_refused(text: str) -> None:
    with pytest.raises(NoPlaceError):
        put(text, ("moves", "w05-tue"), "thu")


def test_the_last_key_of_a_document_stays():
    with pytest.raises(NoPlaceError, match="moves"):
        take_out("moves: {w05-tue: thu}\n", ("moves", "w05-tue"))


def test_many_blank_lines_take_no_time():
    text = "plan: P" + "\r\n \t" * 3000 + "\r\nweeks: 2\r\n"
    assert re.sub("\r\nmoves:\r\n  a: b", "", put(text, ("moves", "a"), "b")) == text
