"""Questions that a command asks one by one on a terminal, and what an answer that does not come means."""

from __future__ import annotations

import sys
from typing import NamedTuple

import click

from negsplit.cli import console, signals, streams
from negsplit.diagnostics import Diagnostic


class Question(NamedTuple):
    """What is asked, and what Enter alone answers."""

    words: str
    default: str = ""


def answered(question: Question, instead: str) -> str:
    """The line that is typed behind a question; ``instead`` says how to do without where the input ends before it.

    :raises console.Failed: where the input ends, which is said.
    :raises signals.Ended: where it ends with its terminal.
    """
    try:
        if sys.stdin is None or not streams.is_heard():
            raise click.Abort from EOFError()
        answer = click.prompt(
            question.words, default=question.default, show_default=bool(question.default), err=True, type=str
        )
    except (click.Abort, OSError) as end:
        # click says the same of Ctrl-C and of input that has ended; a terminal on its way out cannot be read.
        if isinstance(end, click.Abort) and not isinstance(end.__context__ or end.__cause__, EOFError):
            raise
        signals.end_with_terminal(sys.stdin)
        console.note("")
        message = f"the input ended before this was answered: {question.words}"
        console.report([Diagnostic("end-of-input", message, None, (instead,))])
        raise console.Failed from None
    return str(answer).strip()
