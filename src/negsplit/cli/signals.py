"""The signals that ask a run to end: all of them let it clear up first, as Ctrl-C does."""

from __future__ import annotations

import os
import select
import signal
import stat
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from types import FrameType
from typing import Final, TextIO

_WORDS: Final = {"SIGINT": "interrupted", "SIGTERM": "ended from outside", "SIGHUP": "the terminal was closed"}
"""Windows has no SIGHUP."""
_BY_SIGNALS: Final = 128
"""Shells add this to the number of the signal."""


class Ended(KeyboardInterrupt):
    """A signal asks for the end. It goes through ``except Exception``, and is heard by who hears Ctrl-C."""

    def __init__(self, number: int) -> None:
        super().__init__(signal.Signals(number).name)
        self.number = number


@contextmanager
def heeded() -> Iterator[None]:
    """Within it such a signal raises :class:`Ended`. One that is ignored, as under nohup, stays ignored."""
    usual = (signal.SIG_DFL, signal.default_int_handler)
    numbers = [signal.Signals[name] for name in _WORDS if name in signal.Signals.__members__]
    before = {number: handler for number in numbers if (handler := signal.getsignal(number)) in usual}
    for number in before:
        signal.signal(number, _end)
    try:
        yield
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)


def end_with_terminal(stream: TextIO | None) -> None:
    """Ends as the signal does where a stream's terminal is closed, unless that is ignored.

    Who reads there is told so before the signal is sent, or instead of it where the terminal is another's.

    :raises Ended: where it is closed.
    """
    if not hasattr(signal, "SIGHUP") or signal.getsignal(signal.SIGHUP) is signal.SIG_IGN:
        return
    try:
        descriptor = stream.fileno() if stream else -1
        is_device = stat.S_ISCHR(os.fstat(descriptor).st_mode)  # one that is hung up says of itself that it is none
    except (OSError, ValueError):
        return
    terminal = select.poll()
    terminal.register(descriptor, 0)  # that it is hung up is told always
    if is_device and any(event & select.POLLHUP for _, event in terminal.poll(0)):
        raise Ended(signal.SIGHUP)


def _end(number: int, _frame: FrameType | None) -> None:
    """A signal that comes while an earlier one is being cleared up after changes nothing."""
    if _ended(sys.exception()) is None:
        raise Ended(number)


def _ended(error: BaseException | None) -> Ended | None:
    """The signal behind an exception, or behind those during which it came."""
    while error is not None and not isinstance(error, Ended):
        error = error.__context__
    return error


def end(error: BaseException) -> tuple[int, str]:
    """The status of a run that ended by an exception, and a word about it; one without a signal is Ctrl-C's."""
    ended = _ended(error)
    number = ended.number if ended else signal.SIGINT
    return _BY_SIGNALS + number, _WORDS[signal.Signals(number).name]
