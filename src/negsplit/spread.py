"""The same work on many items, in this process or in others, with the results in the items' order."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Executor
from typing import TypeVar

_Shared = TypeVar("_Shared")
_Item = TypeVar("_Item")
_Out = TypeVar("_Out")


def spread(
    work: Callable[[_Shared, _Item], _Out],
    shared: _Shared,
    items: Iterable[_Item],
    executor: Executor | None = None,
) -> Iterator[_Out]:
    """What ``work`` makes of each item, in their order; ``shared`` is what all of them need.

    Without an executor it is done here, one after another, as results are asked for.
    """
    if executor is not None:
        raise NotImplementedError
    for item in items:
        yield work(shared, item)
