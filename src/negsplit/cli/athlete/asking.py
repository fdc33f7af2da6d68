"""What the words behind ``athlete show`` ask: about all of a runner or about one name, and about which runner."""

from __future__ import annotations

import os
import re
from collections.abc import Sequence
from typing import Final, NamedTuple

import click

from negsplit.athlete.paces import Runner
from negsplit.cli.athlete.explain import Asked, of_language, of_runner
from negsplit.desk.inputs import SUFFIXES
from negsplit.desk.runners import Runners
from negsplit.diagnostics import Diagnostic

_RESULT: Final = re.compile(r"\bin\b|[:/]")
"""What a result or a threshold pace is told by, and the name of a pace has not: ``5 km in 22:30``, ``4:40/km``."""


class Question(NamedTuple):
    """``name`` is empty where all is asked for, ``asked`` None where nobody knows the name.

    ``runner`` is None where the athlete is at fault, as ``problems`` say; ``shadows`` is whether a file has that name.
    """

    name: str
    asked: Asked | None
    runner: Runner | None
    problems: list[Diagnostic]
    shadows: bool = False


def question(words: Sequence[str], athlete: str | None) -> Question:
    """A name that the language or the athlete knows as a pace is that pace; a file, or a result, is an athlete.

    So a pace wins over a file of the same name, which ``--athlete`` still reads.
    """
    name, named = _parted(words, athlete)
    if named is not None or not name:
        found = Runners(named).for_document()
        return Question(name, _asked(name, found[0]), *found)
    runner, problems = Runners().for_document()
    asked = _asked(name, runner)
    if asked is None and os.path.exists(name):
        return Question("", None, *Runners(name).for_document())
    return Question(name, asked, runner, problems, shadows=os.path.isfile(name))


def _asked(name: str, runner: Runner | None) -> Asked | None:
    return of_language(name) or (of_runner(name, runner) if runner else None)


def _parted(words: Sequence[str], athlete: str | None) -> tuple[str, str | None]:
    """A name, and an athlete: as ``--athlete`` says, else the file or the quoted words among the others."""
    whole = " ".join(words)
    athletes = [word for word in words if _is_athlete(word)]
    rest = " ".join(word for word in words if word not in athletes)
    if not athletes and words and (_RESULT.search(whole) or not whole.strip()):
        athletes, rest = [whole], ""
    if athlete is not None:
        athletes.append(athlete)
    if len(athletes) > 1:
        raise click.UsageError(f"one athlete at a time: `{athletes[0]}`, or `{athletes[1]}`?")
    return rest, athletes[0] if athletes else None


def _is_athlete(word: str) -> bool:
    return word.lower().endswith(SUFFIXES) or bool(" " in word.strip() and _RESULT.search(word))
