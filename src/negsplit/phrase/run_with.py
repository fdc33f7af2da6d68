"""A run that holds a repeat, ``9 mi with 5x(600 m @ 5k, 90 s)``: what may stand before its ``with`` and behind."""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

from negsplit.diagnostics import Help
from negsplit.model import Range, Role, Total
from negsplit.phrase import amounts, bare_numbers
from negsplit.phrase.bare_targets import EASY
from negsplit.phrase.pieces import ENDS_FASTER, RUN_WITH, parted, step_from
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
        raise _refused(cursor, start, "a total with a repeat in it is not a part of a repeat", help)
    if run.role not in (Role.RUN, None):
        raise _refused(cursor, start, f"a {run.role.value} holds no repeat", _without_role(cursor, start, run.role))
    if not isinstance(run.length, Duration | Distance | Range):
        message = "a time or a distance in total is needed before `with`"
        raise _refused(cursor, start, message, f"write it first: `{RUN_WITH}`", _without_with(cursor))
    if run.gradient:
        message = "a run with a repeat in it holds one pace"
        raise _refused(cursor, start, message, "write one pace", _without_with(cursor))
    if run.name:
        inside = "or give it to a step inside the parentheses"
        raise _refused(cursor, start, "a run with a repeat in it has no name", _without_name(cursor, start), inside)
    if any(isinstance(one, PaceTarget) and isinstance(one.pace, Covering) for one in run.targets):
        message = "`in` says how long a distance takes, and with a repeat in it that is two"
        raise _refused(cursor, start, message, "write a pace after `@` instead")
    return run.length


def _refused(cursor: Cursor, start: Token, message: str, *helps: Help) -> PhraseError:
    return cursor.error("total", message, start, cursor.last, *helps)


def _without_role(cursor: Cursor, start: Token, role: Role) -> Help:
    """The total alone where its role stands before it in one word."""
    title = f"leave `{role.value}` out: what comes before it is a step of its own"
    return title if start.kind == "number" else cursor.cure(title, start.start, _behind(cursor, start).start, "")


def _without_with(cursor: Cursor) -> Help:
    """The run and the repeat one after the other."""
    title = "for one after the other, write a comma in the place of `with`"
    return cursor.cure(title, cursor.ahead(-2).end, cursor.token.start, ", ")


def _without_name(cursor: Cursor, start: Token) -> Help:
    """Without all from the first quote of the step to the last."""
    title = "leave it out"
    quotes = [one for one in cursor.tokens if start.start <= one.start < cursor.last.start and one.text == '"']
    return cursor.cure(title, quotes[0].start, cursor.last.start, "") if quotes else title


def _behind(cursor: Cursor, token: Token) -> Token:
    return cursor.tokens[cursor.tokens.index(token) + 1]


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
    with_ = cursor.last
    message = "a repeat is needed after `with`"
    if not amounts.starts_amount(cursor):
        helps = f"for example `{RUN_WITH}`", _as_cue(cursor, start, reads)
        return cursor.error("total", message, with_, with_, *helps)
    if cursor.ahead(1).text in ("x", "*", "times", "reps"):
        return bare_numbers.no_unit(cursor, cursor.next(), "a time or a distance")
    end = next(cursor.ahead(offset - 1) for offset in range(1, cursor.length + 2) if _ends(cursor.ahead(offset)))
    return cursor.error("total", message, with_, end, _once(cursor, start, end, reads))


def _once(cursor: Cursor, start: Token, end: Token, reads: Callable[[str], bool]) -> Help:
    """What stands up to ``end`` as a repeat of one round, as a step of its own, or as a cue: the first that is read."""
    found, gap = cursor.token, cursor.ahead(-2).end
    run, before = cursor.raw(start.start, cursor.last.end), cursor.raw(start.start, gap)
    step = cursor.raw(found.start, end.end)
    if reads(f"{run} 1x({step})"):
        title = f"what is done once is a repeat too: `{run} 1x({step})`"
        return cursor.cure(title, found, end, f"1x({step})")
    if reads(f"{before}, {step}"):
        return cursor.cure(f"separate steps with a comma: `{before}, {step}`", gap, found.start, ", ")
    return _as_cue(cursor, start, reads)


def _as_cue(cursor: Cursor, start: Token, reads: Callable[[str], bool]) -> Help:
    """The words from ``with`` on as a cue."""
    gap = cursor.ahead(-2).end
    words = step_from(cursor, 0)
    whole = f"{cursor.raw(start.start, gap)} -- with {words}"
    if parted(words)[1]:
        return ENDS_FASTER
    if not words or not reads(whole):
        return "a cue goes after `--`"
    return cursor.cure(f"a cue goes after `--`: `{whole}`", gap, cursor.last.start, " -- ")


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
