"""Writes ``negsplit/document/shapes.py`` from the classes of :mod:`negsplit.document.schema`: ``make docs``."""

import inspect
import types
from collections.abc import Iterator
from typing import Annotated, Any, Union, get_args, get_origin, get_type_hints

from pydantic import Discriminator, WrapValidator

from negsplit.document import plan_schema, schema
from negsplit.document.beginnings import tag
from negsplit.document.schema import Shape
from negsplit.tree.nodes import Text

HEAD = '''"""The shapes of the documents as the reader uses them: the attributes of each, and the forms of its keys.

Made by `make docs` from :mod:`negsplit.document.schema` and :mod:`negsplit.document.plan_schema`: change those.
"""

from __future__ import annotations

from negsplit.document.beginnings import tag
from negsplit.document.fields import AS_WRITTEN, TEXT, Either, Field, Form, ListOf, MapOf, Shape, StepForm
from negsplit.tree.nodes import Node, Text
'''


def in_order() -> list[type[Shape]]:
    """Every shape in the order written, those of plans last."""
    return [
        one
        for module in (schema, plan_schema)
        for one in vars(module).values()
        if inspect.isclass(one) and issubclass(one, Shape) and one is not Shape and _is_written_in(module, one)
    ]


def _is_written_in(module: types.ModuleType, shape: type[Shape]) -> bool:
    """Whether a shape is a module's own; those that others are only made of are private."""
    return shape.__module__ == module.__name__ and not shape.__name__.startswith("_")


def stripped(hint: Any) -> tuple[Any, tuple[Any, ...]]:
    """A hint without None and what is annotated to it, and that."""
    told: tuple[Any, ...] = ()
    while True:
        if get_origin(hint) is Annotated:
            hint, *more = get_args(hint)
            told += tuple(more)
        elif get_origin(hint) in (Union, types.UnionType) and type(None) in get_args(hint):
            hint = Union[tuple(one for one in get_args(hint) if one is not type(None))]  # noqa: UP007
        else:
            return hint, told


def tagged(hint: Any) -> list[tuple[str, Any]]:
    """The members of a union, by the names that they have in places."""
    return [
        (next(one.tag for one in told if hasattr(one, "tag")), part) for part, told in map(stripped, get_args(hint))
    ]


def form(hint: Any) -> str:
    """The form that a hint stands for, as Python."""
    plain, told = stripped(hint)
    if any(isinstance(one, WrapValidator) for one in told):
        return "AS_WRITTEN"
    for one in told:
        if isinstance(one, Discriminator):
            members = tagged(plain)
            if one.discriminator is tag:
                return "STEP"
            [(text, text_form), (other, other_form)] = members
            return f'Either("{text}", {form(text_form)}, "{other}", {form(other_form)})'
    if plain is Text:
        return "TEXT"
    if get_origin(plain) is list:
        return f"ListOf({form(get_args(plain)[0])})"
    if get_origin(plain) is dict:
        return f"MapOf({form(get_args(plain)[1])})"
    if isinstance(plain, type) and issubclass(plain, Shape):
        return plain.__name__
    raise TypeError(f"no form: {hint!r}")


def typed(hint: Any) -> str:
    """What an attribute holds, as a type checker is told."""
    plain, told = stripped(hint)
    if any(isinstance(one, WrapValidator) for one in told):
        return "Node"
    if any(isinstance(one, Discriminator) and one.discriminator is tag for one in told):
        return "Item"
    if any(isinstance(one, Discriminator) for one in told):
        return " | ".join(typed(part) for _, part in tagged(plain))
    if get_origin(plain) is list:
        return f"list[{typed(get_args(plain)[0])}]"
    if get_origin(plain) is dict:
        return f"dict[Text, {typed(get_args(plain)[1])}]"
    return str(plain.__name__)


def hints(shape: type[Shape]) -> dict[str, Any]:
    """The attributes of a shape with all that is annotated to them, those of a shape that it begins with first."""
    return {
        name: hint for name, hint in get_type_hints(shape, include_extras=True).items() if name in shape.model_fields
    }


def shape_class(shape: type[Shape]) -> Iterator[str]:
    """A shape as a class of the reader's."""
    base = next(one for one in shape.__mro__[1:] if not one.__name__.startswith("_"))
    yield f"class {shape.__name__}({base.__name__}):"
    yield f'    """{inspect.getdoc(shape)}"""'
    yield ""
    yield f'    noun = "{shape.noun()}"'
    for name, hint in hints(shape).items():
        if base is Shape or name not in base.model_fields:
            default = "" if shape.model_fields[name].is_required() else " | None = None"
            yield f"    {name}: {typed(hint)}{default}"


def fields(shape: type[Shape]) -> Iterator[str]:
    """The keys of a shape."""
    yield f"{shape.__name__}.keys = {{"
    for name, hint in hints(shape).items():
        field = shape.model_fields[name]
        key = field.alias or name
        yield f'    "{key}": Field("{name}", {form(hint)}, {field.is_required()}, {field.description or ""!r}),'
    yield "}"


def module() -> str:
    """The module as it is, but for line breaks."""
    shapes = in_order()
    members = [(name, plain) for name, plain in tagged(stripped(schema.Item)[0])]
    parts = [HEAD]
    parts += ["\n".join(shape_class(one)) for one in shapes]
    parts += ["Item = " + " | ".join(typed(plain) for _, plain in members)]
    parts += [
        "_STEPS: dict[str, Form] = {" + ", ".join(f'"{name}": {form(plain)}' for name, plain in members) + "}\n"
        "STEP = StepForm(tag, _STEPS)"
    ]
    parts += ["\n".join(fields(one)) for one in shapes]
    plans = [one.__name__ for one in shapes if one.__module__ != schema.__name__]
    others = [one.__name__ for one in shapes if one.__module__ == schema.__name__]
    parts += [f"SHAPES = ({', '.join(others)})\nPLAN_SHAPES = ({', '.join(plans)})"]
    return "\n\n\n".join(parts) + "\n"


if __name__ == "__main__":
    print(module(), end="")
