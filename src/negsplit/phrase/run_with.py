"""A run that holds a repeat, ``9 mi with 5x(600 m @ 5k, 90 s)``: what may stand before its ``with`` and behind."""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

from negsplit.diagnostics import Help
from negsplit.model import Range, Role, Total
from negsplit.phrase import amounts, bare_numbers
from negsplit.phrase.bare_targets import EASY
from negsplit.phrase.pieces import RUN_WITH
from negsplit.phrase.step import Phrase
from negsplit.phrase.tokens import Cursor, PhraseError, Token
from negsplit.targets import Covering, Named, PaceTarget, Target
from negsplit.units import Distance, Duration

_GENTLE: Final = (*EASY, Named("long"))
_MORE: Final = (",", "and", "&", "+", "plus", "then", "with")
"""What somebody may join a second repeat by."""


def checked_total(cursor: Cursor, run: Phrase, start: Token, *, in_group: bool) -> Total:
    """The total of the run before a ``with``, which the cursor has stepped over.

    :raises PhraseError: where it has none, is no run, or stands in a repeat itself.
    """
    if in_group:
        help = f"write it as a line of its own: `{RUN_WITH}`"
        raise cursor.error("total", "a total with a repeat in it is not a part of a repeat", start, cursor.last, help)
    if run.role not in (Role.RUN, None):
        help = f"leave `{run.role.value}` out: what comes before it is a step of its own"
        raise cursor.error("total", f"a {run.role.value} holds no repeat", start, cursor.last, help)
    if not isinstance(run.length, Duration | Distance | Range):
        help = f"write it first: `{RUN_WITH}`"
        raise cursor.error("total", "a time or a distance in total is needed before `with`", start, cursor.last, help)
    if run.gradient:
        message = "a run with a repeat in it holds one pace"
        help = "write one pace, or the progression as a line of its own"
        raise cursor.error("total", message, start, cursor.last, help)
    if run.name:
        message = "a run with a repeat in it has no name"
        help = "leave it out, or give it to a step inside the parentheses"
        raise cursor.error("total", message, start, cursor.last, help)
    if any(isinstance(one, PaceTarget) and isinstance(one.pace, Covering) for one in run.targets):
        message = "`in` says how long a distance takes, and with a repeat in it that is two"
        help = "write a pace after `@` instead"
        raise cursor.error("total", message, start, cursor.last, help)
    return run.length


def around(run: Phrase, part: Phrase) -> tuple[Target, ...] | None:
    """What a run with a ``part`` of it at another pace is run at; None where that is not certain.

    The first word of ``LT 9 mi`` says what the run is for, where it is the pace of the part; an easy one is a pace.
    """
    begins = run.span is not None and any(one.span and one.span.start == run.span.start for one in run.targets)
    if not begins:
        return run.targets
    if _raced(run.targets) == _raced(part.targets):
        return ()
    return run.targets if all(isinstance(one, PaceTarget) and one.pace in _GENTLE for one in run.targets) else None


def _raced(found: tuple[Target, ...]) -> list[object]:
    """Targets of which ``marathon race`` is ``marathon``."""
    paces = [one.pace if isinstance(one, PaceTarget) else one for one in found]
    return [one.name.removesuffix(" race") if isinstance(one, Named) else one for one in paces]


def no_repeat(cursor: Cursor, start: Token, reads: Callable[[str], bool]) -> PhraseError:
    """What to raise where no repeat stands behind the ``with`` that the cursor has stepped over.

    ``reads`` says whether a line that begins as this one does at ``start`` has nothing wrong with it.
    """
    with_, found = cursor.last, cursor.token
    message = "a repeat is needed after `with`"
    if not amounts.starts_amount(cursor):
        return cursor.error("total", message, with_, with_, f"for example `{RUN_WITH}`", "a cue goes after `--`")
    if cursor.ahead(1).text in ("x", "*", "times", "reps"):
        return bare_numbers.no_unit(cursor, cursor.next(), "a time or a distance")
    help: Help
    end = next(cursor.ahead(offset - 1) for offset in range(1, cursor.length + 2) if _ends(cursor.ahead(offset)))
    run, once = cursor.raw(start.start, with_.end), f"1x({cursor.raw(found.start, end.end)})"
    help_once = f"what is done once is a repeat too: `{run} {once}`"
    help = f"for example `{RUN_WITH}`"
    if reads(f"{run} {once}"):
        help = cursor.cure(help_once, found, end, once)
    return cursor.error("total", message, with_, end, help)


def _ends(token: Token) -> bool:
    return token.kind in ("end", "newline") or token.text in (*_MORE, ")", "(")


def joins_second(cursor: Cursor) -> bool:
    """Whether a sign or word stands here that may join a second repeat to the one that a total holds."""
    return cursor.sees(*_MORE)


def second_repeat(cursor: Cursor, first: Token) -> PhraseError:
    """What to raise where a second repeat stands behind the one that a total holds; the cursor is at its count."""
    message = "a total holds one repeat, and this is a second: is it a part of the total?"
    help = (
        "write what is run between them yourself; `adds_up_to:` beside `steps:` checks the sum",
        "what comes on top of the total is a line of its own",
    )
    return cursor.error("total", message, first, cursor.ahead(1), *help)
