"""Checks a document's tree against its shape, and says in a user's words where it does not fit."""

from __future__ import annotations

from typing import Any, Final, TypeVar

from pydantic import ValidationError

from negsplit.diagnostics import Report, did_you_mean
from negsplit.dsl.phrase import ROLES
from negsplit.dsl.shapes import FIRST_KEYS, SHAPES_BY_TAG, STYLES, Shape, style
from negsplit.dsl.tree import Fields, Items, Node, Text

S = TypeVar("S", bound=Shape)

_QUOTES: Final = "`: ` inside text makes a key of it: put the text in double quotes"
_COMMA: Final = "inside `{ }` and `[ ]` a comma ends the text: put the text in double quotes"
_LATER: Final = {"use": "blocks", "params": "params", "blocks": "blocks", "with": "blocks"}


def shape_of(node: Fields, kind: type[S], report: Report) -> S | None:
    """The document in its shape. Where parts do not fit they are reported and left out; None if nothing remains."""
    _report_empty(node, report)
    data: Any = _plain(node)
    for _ in range(3):
        try:
            return kind.model_validate(data)
        except ValidationError as error:
            problems = error.errors(include_url=False, include_context=False, include_input=False)
        for problem in problems:
            _explain(node, kind, problem["type"], problem["loc"], report)
        data = _without(data, [problem["loc"] for problem in problems])
        report = Report()
    return None


def _plain(node: Node) -> Any:
    """Plain dicts and lists, whose keys and texts still know their places."""
    if isinstance(node, Fields):
        return {key: _plain(value) for key, value in node.items()}
    if isinstance(node, Items):
        return [_plain(value) for value in node]
    return node


def _report_empty(node: Node, report: Report) -> None:
    """A value left empty, anywhere but behind a role."""
    if isinstance(node, Fields):
        for key, value in node.items():
            if isinstance(value, Text) and not value.strip() and key not in ROLES:
                help = (_COMMA,) if _in_flow(node) else (f"write a value behind `{key}:`, or leave the key out",)
                report.error("empty", f"`{key}` has no value", key.span, *help)
            _report_empty(value, report)
    elif isinstance(node, Items):
        if not node:
            report.error("empty", "this list is empty", node.span)
        for value in node:
            if isinstance(value, Text) and not value.strip():
                report.error("empty", "this item is empty", value.span)
            _report_empty(value, report)


def _in_flow(node: Fields | Items) -> bool:
    return node.span.source.text[node.span.start : node.span.start + 1] in ("{", "[")


def _without(data: Any, places: list[tuple[int | str, ...]]) -> Any:
    """The data without the innermost list item, or else the key of the document, that each fault lies in."""
    doomed = []
    for place in places:
        at: Any = data
        holder: Any = None
        key: int | str = ""
        for part in place:
            if isinstance(at, list) and isinstance(part, int):
                holder, key = at, part
            elif not (isinstance(at, dict) and part in at):
                continue
            elif at is data:
                holder, key = at, part
            at = at[part]
        if holder is not None:
            doomed.append((holder, key))
    for holder, key in doomed:
        holder[key] = None
    return _pruned(data)


def _pruned(data: Any) -> Any:
    if isinstance(data, dict):
        return {key: _pruned(value) for key, value in data.items() if value is not None}
    if isinstance(data, list):
        return [_pruned(value) for value in data if value is not None]
    return data


def _explain(node: Fields, kind: type[Shape], error: str, place: tuple[int | str, ...], report: Report) -> None:
    at, shape, key = _walk(node, kind, place)
    if error == "extra_forbidden" and isinstance(at, Fields) and isinstance(key, Text):
        _unknown_key(at, key, shape, report)
    elif error == "missing":
        anchor = next(iter(at)).span if isinstance(at, Fields) and at else at.span
        report.error("missing-key", f"`{place[-1]}` is missing", anchor, _example(shape, str(place[-1])))
    elif error.startswith("union_tag"):
        _unknown_step(at, report)
    else:
        wanted = {"is_instance_of": "one value", "list_type": "a list"}.get(error, "a mapping of keys and values")
        found = "a mapping" if isinstance(at, Fields) else "a list" if isinstance(at, Items) else "a single value"
        help = ("each item on a line of its own, after `- `",) if error == "list_type" else ()
        report.error("wrong-form", f"{wanted} is needed here, not {found}", at.span, *help)


def _walk(node: Node, shape: type[Shape], place: tuple[int | str, ...]) -> tuple[Node, type[Shape], Text | None]:
    """The node that a fault is in, the shape it should have, and the key if the fault is a key."""
    key: Text | None = None
    for index, part in enumerate(place):
        if isinstance(part, str) and part in SHAPES_BY_TAG:
            shape = SHAPES_BY_TAG[part]
        elif isinstance(node, Items) and isinstance(part, int):
            node = node[part]
        elif isinstance(node, Fields) and part in node:
            key = next(own for own in node if own == part)
            if index == len(place) - 1 and part not in _keys(shape):
                return node, shape, key
            node = node[key]
            shape = SHAPES_BY_TAG.get(str(part), shape)
    return node, shape, key


def _keys(shape: type[Shape]) -> list[str]:
    return [field.alias or name for name, field in shape.model_fields.items()]


def _example(shape: type[Shape], key: str) -> str:
    field = next(field for name, field in shape.model_fields.items() if key in (field.alias, name))
    about = f": {field.description[0].lower()}{field.description[1:].rstrip('.')}" if field.description else ""
    return f"add `{key}:`{about}"


def _unknown_key(node: Fields, key: Text, shape: type[Shape], report: Report) -> None:
    value = node[key]
    if isinstance(value, Text) and not value.strip() and _in_flow(node):
        report.error("unknown-key", f"`{key}` is no key", key.span, _COMMA)
    elif key in _LATER:
        report.error("not-yet", f"`{key}` is not supported by this version", key.span, "write the steps out")
    elif _looks_like_text(key):
        report.error("unknown-key", f"`{key}` is no key", key.span, _QUOTES)
    else:
        keys = _keys(shape)
        near = did_you_mean(key, keys)
        help = f"did you mean `{near}`?" if near else f"known here: {', '.join(keys)}"
        report.error("unknown-key", f"`{key}` is no key of this {shape.noun()}", key.span, help)


def _looks_like_text(key: Text) -> bool:
    return any(sign in key for sign in ("--", "@", "(", ",")) or (" " in key and key[:1].isdigit())


def _unknown_step(node: Node, report: Report) -> None:
    if not isinstance(node, Fields):
        report.error("wrong-form", "a step is a mapping or a line of text, not a list", node.span)
        return
    first = next(iter(node), None)
    if first is None:
        report.error("empty", "this step is empty", node.span)
        return
    value = node[first]
    if first == "progression" and isinstance(value, Text):
        near = did_you_mean(style(value), STYLES)
        help = f"did you mean `{near}`?" if near else f"known: {', '.join(STYLES)}"
        report.error("unknown-style", f"`{value}` is no progression", value.span, help)
        return
    later = next((key for key in node if key in FIRST_KEYS), None)
    if later is not None:
        report.error("first-key", f"`{later}` must be the first key of its step", later.span)
    elif first in _LATER:
        report.error("not-yet", f"`{first}` is not supported by this version", first.span, "write the steps out")
    elif _looks_like_text(first):
        report.error("unknown-key", f"`{first}` is no key", first.span, _QUOTES)
    else:
        near = did_you_mean(first, FIRST_KEYS)
        help = f"did you mean `{near}`?" if near else f"a step begins with one of: {', '.join(FIRST_KEYS)}"
        report.error("unknown-step", f"`{first}` is no step", first.span, help)


def choice(text: Text, options: tuple[str, ...], report: Report) -> str | None:
    """One of a few words, in any case; spaces and underscores count as the option's own sign."""
    found = next((option for option in options if _folded(option) == _folded(text)), None)
    if found is None:
        near = did_you_mean(text, options)
        help = f"did you mean `{near}`?" if near else f"known: {', '.join(options)}"
        report.error("unknown-value", f"`{text}` is not known here", text.span, help)
    return found


def _folded(text: str) -> str:
    return "_".join(text.lower().replace("-", " ").replace("_", " ").split())
