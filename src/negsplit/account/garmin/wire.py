"""What goes through curl: logins and requests for tokens."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Final

from negsplit.account.answer_bounds import MOST_BYTES

_REFUSED: Final = 0xFFFFFFFF
"""Ends a transfer, said to libcurl instead of how many bytes were taken: ``CURL_WRITEFUNC_ERROR`` of its curl.h."""


class Wire:
    """Asks through ``curl_cffi``, and takes no more of an answer than it can have to say.

    ``answer`` is the last one that came, also where it broke off or was cut off; None where the last request had none.
    """

    def __init__(self) -> None:
        self.answer: Any = None

    def ask(self, ask: Callable[..., Any], url: str, **how: Any) -> Any:
        """The answer, whole. Raises what ``curl_cffi`` raises, and that too where the answer is longer than any."""
        self.answer, kept = None, bytearray()

        def keep(part: bytes) -> int:
            if len(kept) + len(part) > MOST_BYTES:
                return _REFUSED
            kept.extend(part)
            return len(part)

        try:
            self.answer = ask(url, content_callback=keep, **how)
        except Exception as error:
            came = getattr(error, "response", None)
            self.answer = came if came is not None and came.status_code else None
            raise
        finally:
            if self.answer is not None:
                self.answer.content = bytes(kept)
        return self.answer
