"""What a command line asks for and cannot have."""

from __future__ import annotations


class WrongUsageError(Exception):
    """Ends a run before it does anything; ``option`` is the one that is at fault, if it is one alone.

    The command line says so, points at the command's help and ends with the status of wrong usage.
    """

    def __init__(self, message: str, option: str = "") -> None:
        super().__init__(message)
        self.message, self.option = message, option
