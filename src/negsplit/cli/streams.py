"""Standard output and standard error, on which talking may end early: what was begun is done all the same."""

from __future__ import annotations

import errno
import io
import os
import sys
from typing import Any, Final, TextIO

_CLOSED: Final = "it is closed"


class Outlet(io.RawIOBase):
    """What lies below a stream's buffers. The first write that fails is remembered, and the last that is tried.

    So nobody who says something has to know that it cannot be said: not click, not Python at the end of the run.
    """

    def __init__(self, stream: TextIO, below: io.RawIOBase) -> None:
        self.stream = stream  # it closes what is below when nobody holds it any more
        self.below = below
        self.fault: BaseException | None = None

    def writable(self) -> bool:
        return True

    def isatty(self) -> bool:
        return self.below.isatty()

    def fileno(self) -> int:
        return self.below.fileno()

    def write(self, data: Any) -> int:
        if self.fault is None:
            try:
                written = self.below.write(data)
                if written is not None:
                    return written
                self.fault = BlockingIOError(errno.EAGAIN, os.strerror(errno.EAGAIN))
            except OSError as error:
                self.fault = error
            except BaseException as error:  # a signal; at the end of the run nobody waits for this reader again
                self.fault = error
                raise
        return memoryview(data).nbytes


def begin() -> None:
    """Puts outlets below the two streams. Call it before any file is opened.

    Descriptors that are closed are opened on nothing, so that no file of ours becomes a standard stream. What is
    opened cannot be written to: whoever talks there is told so as of any stream that fails.
    """
    for descriptor in range(3):
        try:
            os.fstat(descriptor)
        except OSError:
            os.open(os.devnull, os.O_RDONLY)  # takes the lowest number that is free: this one
    sys.stdout = _with_outlet(sys.stdout, 1)
    sys.stderr = _with_outlet(sys.stderr, 2)


def _with_outlet(stream: TextIO | None, descriptor: int) -> TextIO:
    """A stream with an outlet. One that is no file, such as a test's, stays the same."""
    if stream is None:
        stream = io.TextIOWrapper(io.FileIO(descriptor, "w", closefd=False), "utf-8")
    buffer = getattr(stream, "buffer", None)
    below = getattr(buffer, "raw", buffer)
    if isinstance(stream, io.TextIOWrapper) and isinstance(below, io.RawIOBase) and not isinstance(below, Outlet):
        return io.TextIOWrapper(
            io.BufferedWriter(Outlet(stream, below)),
            stream.encoding,
            errors="backslashreplace",
            line_buffering=stream.line_buffering,
            write_through=stream.write_through,
        )
    if hasattr(stream, "reconfigure"):
        stream.reconfigure(errors="backslashreplace")
    return stream


def unsaid() -> str:
    """Why standard output did not take all that was said; nothing where it did, or its reader had seen enough."""
    sys.stdout.flush()
    fault = _fault(sys.stdout)
    if not isinstance(fault, OSError) or _has_left(fault):
        return ""
    if fault.errno == errno.EBADF:
        return _CLOSED
    from negsplit.files.reasons import reason

    return reason(fault)


def is_heard() -> bool:
    """Whether standard error has taken what was said so far."""
    return _fault(sys.stderr) is None


def _fault(stream: TextIO) -> BaseException | None:
    outlet = getattr(getattr(stream, "buffer", None), "raw", None)
    return outlet.fault if isinstance(outlet, Outlet) else None


def _has_left(fault: OSError) -> bool:
    """Whether the reader of a pipe is gone; Windows has another number for that."""
    return isinstance(fault, BrokenPipeError) or (os.name == "nt" and fault.errno == errno.EINVAL)
