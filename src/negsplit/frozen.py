"""Frozen dataclasses that cost little at start-up.

The standard decorator compiles six methods for each class (`docs/decisions.md` says what that would cost). Here only
``__init__`` is compiled, and the others are written once. For type checkers the decorator *is* the standard one.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Callable
from dataclasses import FrozenInstanceError
from operator import attrgetter
from typing import TYPE_CHECKING, Any, TypeVar

if TYPE_CHECKING:
    from dataclasses import dataclass as dataclass  # noqa: PLC0414  (re-exported)
else:
    T = TypeVar("T")

    def dataclass(*, frozen: bool, slots: bool) -> Callable[[type[T]], type[T]]:
        """``dataclasses.dataclass(frozen=True, slots=True)``: equal by content, hashable, set once."""
        if not frozen or not slots:
            raise TypeError("these dataclasses are frozen and have slots")

        def decorate(cls: type[T]) -> type[T]:
            made = dataclasses.dataclass(slots=True, init=False, eq=False, repr=False)(cls)
            for method in (_init(made), _eq, _hash, _repr, _setattr, _delattr, _reduce):
                setattr(made, f"__{method.__name__.strip('_')}__", method)
            return made

        return decorate


def _init(cls: Any) -> Callable[..., None]:
    """Sets the slots of a new instance behind the back of ``__setattr__``, as the standard decorator does."""
    names: dict[str, object] = {}
    positional: list[str] = []
    keyword: list[str] = []
    body: list[str] = []
    for field in dataclasses.fields(cls):
        default, value = "", field.name
        if field.default is not dataclasses.MISSING:
            names[f"_{field.name}"] = field.default
            default = f"=_{field.name}"
        elif field.default_factory is not dataclasses.MISSING:
            names[f"_{field.name}"], names["_missing"] = field.default_factory, dataclasses.MISSING
            default, value = "=_missing", f"_{field.name}() if {field.name} is _missing else {field.name}"
        (keyword if field.kw_only else positional).append(field.name + default)
        names[f"_set_{field.name}"] = getattr(cls, field.name).__set__
        body.append(f" _set_{field.name}(self, {value})")
    parameters = ", ".join(["self", *positional, *(["*", *keyword] if keyword else [])])
    exec(f"def __init__({parameters}):\n" + ("\n".join(body) or " pass"), names)
    init = names["__init__"]
    assert callable(init)
    return init


def _reduce(self: Any) -> tuple[Callable[..., Any], tuple[Any, ...]]:
    """How it is copied and pickled: its slots are set past ``__setattr__`` again."""
    return _made, (type(self), tuple(getattr(self, field.name) for field in dataclasses.fields(self)))


def _made(cls: type[Any], values: tuple[Any, ...]) -> Any:
    made = object.__new__(cls)
    for field, value in zip(dataclasses.fields(cls), values, strict=True):
        object.__setattr__(made, field.name, value)
    return made


_READERS: dict[type, Callable[[object], Any]] = {}
"""What reads the fields of a class that take part in equality, made when first asked for."""


def _content(instance: object) -> Any:
    cls = type(instance)
    if cls not in _READERS:
        names = [field.name for field in dataclasses.fields(cls) if field.compare]  # type: ignore[arg-type]
        _READERS[cls] = attrgetter(*names) if names else bool
    return _READERS[cls](instance)


def _eq(self: Any, other: Any) -> Any:
    if type(other) is not type(self):
        return NotImplemented
    return _content(self) == _content(other)


def _hash(self: Any) -> int:
    return hash(_content(self))


def _repr(self: Any) -> str:
    shown = (field.name for field in dataclasses.fields(self) if field.repr)
    return f"{self.__class__.__qualname__}({', '.join(f'{name}={getattr(self, name)!r}' for name in shown)})"


def _setattr(self: Any, name: str, _value: object) -> None:  # noqa: ARG001
    raise FrozenInstanceError(f"cannot assign to field {name!r}")


def _delattr(self: Any, name: str) -> None:  # noqa: ARG001
    raise FrozenInstanceError(f"cannot delete field {name!r}")
