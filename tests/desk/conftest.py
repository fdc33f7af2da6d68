"""The working folder and the two ways to run the program that the tests of the commands have."""

from cli.conftest import (
    cli,
    desk,
    harmless,
    hostile,
    hostile_yaml,
    plan,
    process,
    state_folder,
    unprivileged,
    watch,
    write,
)

__all__ = [
    "cli",
    "desk",
    "harmless",
    "hostile",
    "hostile_yaml",
    "plan",
    "process",
    "state_folder",
    "unprivileged",
    "watch",
    "write",
]
