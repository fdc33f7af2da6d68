"""The same work on many items, in this process or in others, with the results in the items' order."""

from __future__ import annotations

import os
import pickle
import signal
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import BrokenExecutor, CancelledError, Executor, Future, ProcessPoolExecutor
from contextlib import contextmanager
from functools import lru_cache
from itertools import islice
from typing import Any, Final, TypeVar

_Shared = TypeVar("_Shared")
_Item = TypeVar("_Item")
_Out = TypeVar("_Out")

CHUNK: Final = 16
"""Items that go together: some milliseconds of work each, against half a millisecond for sending."""
AHEAD: Final = 4
"""Chunks in flight for each core of this machine, so that no worker waits for the next."""


def spread(
    work: Callable[[_Shared, _Item], _Out],
    shared: _Shared,
    items: Iterable[_Item],
    executor: Executor | None = None,
    *,
    chunk: int = CHUNK,
    ahead: int | None = None,
) -> Iterator[_Out]:
    """What ``work`` makes of each item, in their order; ``shared`` is what all of them need.

    Without an executor it is done here, one after another, as results are asked for. With one, ``chunk`` items at a
    time are sent to it, and at most ``ahead`` chunks are on the way: no more items are drawn than that, and no more
    results are kept. ``work`` is a function that other processes can import, and ``shared``, the items and the results
    can be pickled; ``shared`` is unpickled once for each worker.

    A chunk that was on the way when a worker died is sent once more, with no other beside it: so none is charged with
    what another did. It is done by this process where the executor takes no more. Whatever ``work`` raises comes out of
    here, and what waits is then cancelled.

    :raises concurrent.futures.BrokenExecutor: where a worker died of the same chunk twice, and where a Dask cluster
        was lost, or gave a chunk up: it has tried that several times by itself.
    :raises ValueError: for a ``chunk`` or an ``ahead`` of less than one.
    """
    if chunk < 1 or (ahead is not None and ahead < 1):
        raise ValueError("chunks have at least one item, and at least one is ahead")
    return _spread(work, shared, iter(items), executor, chunk, ahead or AHEAD * (os.cpu_count() or 1))


def _spread(
    work: Callable[[_Shared, _Item], _Out],
    shared: _Shared,
    items: Iterator[_Item],
    executor: Executor | None,
    chunk: int,
    ahead: int,
) -> Iterator[_Out]:
    if executor is None:
        for item in items:
            yield work(shared, item)
        return
    packed = pickle.dumps((work, shared), pickle.HIGHEST_PROTOCOL)
    waiting = deque[_Chunk]()
    try:
        while True:
            suspects = any(one.died for one in waiting)
            while not suspects and len(waiting) < ahead and (part := list(islice(items, chunk))):
                waiting.append(_Chunk(executor, packed, part))
            if not waiting:
                return
            yield from _next(waiting)
    finally:
        for one in waiting:
            one.cancel()


def _next(waiting: deque[_Chunk]) -> Iterator[Any]:
    """The results of the first chunk; where a worker died while it was on the way, of another try of it alone."""
    if waiting[0].look():
        for one in waiting:
            one.look()
        waiting[0].send_again()
    found = waiting[0].results()
    waiting.popleft()
    yield from found


class _Chunk:
    """Some items on the way. ``died`` says that a worker died meanwhile, as far as anybody has looked."""

    def __init__(self, executor: Executor, packed: bytes, items: list[Any]) -> None:
        self.executor, self.packed, self.items = executor, packed, items
        self.died = False
        self._future = self._sent()

    def look(self) -> bool:
        """Whether a worker died while it was on the way; waits until it is there, or known not to come."""
        if self._future is not None and not self.died:
            with _told():
                self.died = isinstance(self._future.exception(), BrokenExecutor)
        return self.died

    def send_again(self) -> None:
        """Sends it a second time."""
        self._future = self._sent()

    def results(self) -> list[Any]:
        """What came of its items."""
        if self._future is None:
            return _done(self.packed, self.items)
        with _told():
            return self._future.result()

    def cancel(self) -> None:
        """Leaves it undone, if nobody has begun with it."""
        if self._future is not None:
            self._future.cancel()

    def _sent(self) -> Future[list[Any]] | None:
        """None where the executor is broken and takes no more."""
        try:
            return self.executor.submit(_done, self.packed, self.items)
        except BrokenExecutor:
            return None


@contextmanager
def _told() -> Iterator[None]:
    """What says that Dask's workers are gone as what says it of processes. Known by its name: Dask may not be here."""
    try:
        yield
    except Exception as error:
        if isinstance(error, CancelledError) or type(error).__name__ == "KilledWorker":
            raise BrokenExecutor(str(error)) from error
        raise


def _done(packed: bytes, items: list[Any]) -> list[Any]:
    work, shared = _unpacked(packed)
    return [work(shared, item) for item in items]


@lru_cache(maxsize=2)
def _unpacked(packed: bytes) -> tuple[Callable[[Any, Any], Any], Any]:
    return pickle.loads(packed)  # type: ignore[no-any-return]


class Jobs(Executor):
    """A number of processes of this machine, with new ones in their place where one died.

    They are started afresh, not forked: a fork copies the locks of whatever threads there are. An interrupt from the
    keyboard is for the process that began it all: these end with it, when they are done with what they have in hand.
    """

    def __init__(self, number: int) -> None:
        self.number = number
        self._pool = self._new()

    def submit(self, fn: Callable[..., _Out], /, *args: Any, **kwargs: Any) -> Future[_Out]:
        """As :class:`concurrent.futures.Executor` has it."""
        with _uninterrupted():
            try:
                return self._pool.submit(fn, *args, **kwargs)
            except BrokenExecutor:
                self._pool.shutdown(wait=False)
                self._pool = self._new()
                return self._pool.submit(fn, *args, **kwargs)

    def shutdown(self, wait: bool = True, *, cancel_futures: bool = False) -> None:
        """The same."""
        self._pool.shutdown(wait, cancel_futures=cancel_futures)

    def _new(self) -> ProcessPoolExecutor:
        from multiprocessing import get_context

        return ProcessPoolExecutor(self.number, get_context("spawn"), initializer=_ignore_interrupts)


def _ignore_interrupts() -> None:
    signal.signal(signal.SIGINT, signal.SIG_IGN)


@contextmanager
def _uninterrupted() -> Iterator[None]:
    """What is started meanwhile is never interrupted, not even while it still imports; not so on Windows."""
    if not hasattr(signal, "pthread_sigmask"):
        yield
        return
    before = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)
