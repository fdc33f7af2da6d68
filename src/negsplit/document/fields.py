"""What kind of value stands where in a document, and where a document has another.

:mod:`negsplit.document.shapes` says it of every key; what stands in the texts is parsed elsewhere.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from functools import cache
from typing import Any, ClassVar, Final, Literal, NamedTuple, Protocol, Self

from negsplit.diagnostics import Span
from negsplit.tree.nodes import Fields, Items, Node, Text

Place = tuple[int | str, ...]
"""Keys and numbers of items from the document down; in ``<>`` which of several forms a value has."""


class Problem(NamedTuple):
    """Where a document does not fit, and how.

    ``node`` is the value that does not fit, or the mapping that has not the keys of its ``shape``: ``place`` ends in
    the key then. ``key`` is one that there is not, as it was written. ``named`` where the value's own key is a name
    of one's own.
    """

    kind: Literal["missing", "unknown", "no step", "not a text", "not a list", "not a mapping"]
    place: Place
    node: Node
    shape: type[Shape] | None = None
    key: Text | None = None
    named: bool = False


class Form(Protocol):
    """What fits in one place."""

    def shaped(self, node: Node, place: Place, problems: list[Problem]) -> Any:
        """The value in its form; what does not fit is added to ``problems``, and the value is of no use then."""


class _Text:
    def shaped(self, node: Node, place: Place, problems: list[Problem]) -> Node:
        if not isinstance(node, Text):
            problems.append(Problem("not a text", place, node))
        return node


class _AsWritten:
    def shaped(self, node: Node, place: Place, problems: list[Problem]) -> Node:  # noqa: ARG002
        return node


TEXT: Final = _Text()
AS_WRITTEN: Final = _AsWritten()
"""For what is checked only once its params are filled in, or where the plan is read."""


class ListOf:
    """A list of values of one form."""

    def __init__(self, form: Form) -> None:
        self._form = form

    def shaped(self, node: Node, place: Place, problems: list[Problem]) -> Any:
        if not isinstance(node, Items):
            problems.append(Problem("not a list", place, node))
            return node
        return [self._form.shaped(one, (*place, number), problems) for number, one in enumerate(node)]


class MapOf:
    """A mapping whose keys are names of one's own."""

    def __init__(self, form: Form) -> None:
        self._form = form

    def shaped(self, node: Node, place: Place, problems: list[Problem]) -> Any:
        if not isinstance(node, Fields):
            problems.append(Problem("not a mapping", place, node))
            return node
        return {key: self._value(value, (*place, str(key)), problems) for key, value in node.items()}

    def _value(self, node: Node, place: Place, problems: list[Problem]) -> Any:
        before = len(problems)
        value = self._form.shaped(node, place, problems)
        problems[before:] = [one._replace(named=one.place == place) for one in problems[before:]]
        return value


class Either:
    """One form for a text, another for anything else; each has a name in places."""

    def __init__(self, text: str, form: Form, other: str, other_form: Form) -> None:
        self._text, self._other = (text, form), (other, other_form)

    def shaped(self, node: Node, place: Place, problems: list[Problem]) -> Any:
        tag, form = self._text if isinstance(node, Text) else self._other
        return form.shaped(node, (*place, tag), problems)


class StepForm:
    """A line of text, or the shape that the first key of a mapping says."""

    def __init__(self, tag: Any, forms: Mapping[str, Form]) -> None:
        self._tag, self._forms = tag, forms

    def shaped(self, node: Node, place: Place, problems: list[Problem]) -> Any:
        tag = self._tag(node)
        if tag is None:
            problems.append(Problem("no step", place, node))
            return node
        return self._forms[tag].shaped(node, (*place, tag), problems)


class Field(NamedTuple):
    """A key of a mapping: the attribute that it becomes, its form, and what it is for."""

    name: str
    form: Form
    needed: bool
    about: str


class Shape:
    """A mapping with no keys but its own, each an attribute; ``given`` are the names of those that are there."""

    noun: ClassVar[str]
    """What a message calls it: ``step``, ``fast finish``."""
    keys: ClassVar[Mapping[str, Field]]

    def __init__(self, values: Mapping[str, Any]) -> None:
        vars(self).update(values)

    @property
    def given(self) -> Collection[str]:
        """The attributes that were written."""
        return vars(self).keys()

    @property
    def places(self) -> Mapping[str, Span]:
        """Where the texts stand that were written, by their keys; a list from its first to its last."""
        values = {key: getattr(self, field.name) for key, field in self.keys.items() if field.name in self.given}
        texts = {key: listed(value) for key, value in values.items() if isinstance(value, Text | list)}
        return {
            key: _around(found) for key, found in texts.items() if found and all(isinstance(one, Text) for one in found)
        }

    @classmethod
    def shaped(cls, node: Node, place: Place, problems: list[Problem]) -> Self | Node:
        if not isinstance(node, Fields):
            problems.append(Problem("not a mapping", place, node))
            return node
        values, before = {}, len(problems)
        for key, value in node.items():
            if (field := cls.keys.get(key)) is None:
                problems.append(Problem("unknown", (*place, str(key)), node, cls, key))
            else:
                values[field.name] = field.form.shaped(value, (*place, str(key)), problems)
        problems += [Problem("missing", (*place, key), node, cls) for key in _needed(cls) if key not in node]  # type: ignore[arg-type]
        if len(problems) > before:
            order = {key: number for number, key in enumerate(cls.keys)}
            problems[before:] = sorted(
                problems[before:], key=lambda one: order.get(str(one.place[len(place)]), len(order))
            )
        return cls(values)


@cache
def _needed(shape: type[Shape]) -> tuple[str, ...]:
    """The keys that a mapping of a shape must have."""
    return tuple(key for key, field in shape.keys.items() if field.needed)


def _around(texts: Sequence[Text]) -> Span:
    first, last = texts[0].span, texts[-1].span
    return Span(first.source, first.start, last.end, tuple(note for text in texts for note in text.span.notes))


def listed(written: Text | Sequence[Text] | None) -> list[Text]:
    """One text, or those of a list."""
    return [] if written is None else [written] if isinstance(written, Text) else list(written)
