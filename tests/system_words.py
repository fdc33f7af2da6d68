"""How the system that runs the tests words its errors."""

import os


def system_says(code: int) -> str:
    """Its words for a number of ``errno``, begun small as in messages: they differ by system and by locale."""
    words = os.strerror(code)
    return words[:1].lower() + words[1:]
