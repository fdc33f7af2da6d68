"""Why the system refused a file, as a message says it."""

from __future__ import annotations


def reason(error: OSError) -> str:
    """The system's words, begun small."""
    words = error.strerror or str(error)
    return words[:1].lower() + words[1:]
