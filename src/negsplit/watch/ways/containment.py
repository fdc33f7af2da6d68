"""Calls of a library that prints by itself, as libmtp does, and wants a ``HOME``: nobody sees or misses anything."""

from __future__ import annotations

import contextlib
import ctypes
import os
import sys
from collections.abc import Iterator
from typing import Final

_STREAMS: Final = (1, 2)


@contextlib.contextmanager
def contained() -> Iterator[None]:
    """Keeps what is printed on the two standard streams of the process away from people, and lends a ``HOME``."""
    homeless = "HOME" not in os.environ
    _flush()
    closed = [stream for stream in _STREAMS if not _is_open(stream)]
    nowhere = os.open(os.devnull, os.O_WRONLY)
    for stream in closed:
        os.dup2(nowhere, stream)  # first, so that no copy of the other one takes its number
    kept = {stream: os.dup(stream) for stream in _STREAMS if stream not in closed}
    try:
        if homeless:
            os.environ["HOME"] = os.sep
        for stream in kept:
            os.dup2(nowhere, stream)
        yield
    finally:
        _flush()
        for stream, copy in kept.items():
            os.dup2(copy, stream)
            os.close(copy)
        for descriptor in {nowhere, *closed} - kept.keys():
            os.close(descriptor)
        if homeless:
            os.environ.pop("HOME", None)


def _is_open(stream: int) -> bool:
    try:
        os.fstat(stream)
    except OSError:
        return False
    return True


def _flush() -> None:
    """Writes out what Python and the C library hold back, so that it goes to whom it was meant for."""
    for stream in (sys.stdout, sys.stderr):
        with contextlib.suppress(AttributeError, OSError, ValueError):
            stream.flush()
    with contextlib.suppress(AttributeError, OSError, TypeError):
        ctypes.CDLL(None).fflush(None)
