"""Why a phrase cannot begin as it does, and the likeliest meaning of what stands there."""

from __future__ import annotations

from typing import Final

from negsplit.diagnostics import Help, meant
from negsplit.model import Role
from negsplit.phrase import step_names
from negsplit.phrase.bare_numbers import TARGET_WORDS
from negsplit.phrase.names import CERTAIN
from negsplit.phrase.numbers import CANONICAL
from negsplit.phrase.pieces import RUN_WITH, as_cue, ends_a_step, is_amount, is_last, last_token, shortened, target
from negsplit.phrase.roles import ROLES
from negsplit.phrase.tokens import Cursor, PhraseError

_FILLERS: Final = frozenset({"about", "by", "for", "in", "of", "then", "to"})
_KEYS: Final = frozenset({"repeat", "progression", "ladder", "use"})
_NOTHING: Final = frozenset({"none", "no", "skip"})
_ROLE_WORDS: Final = "the words for steps are: " + ", ".join(role.value for role in Role)
_AMOUNT: Final = "a duration is a number and a unit: `10 min`, `400 m`"
_MOST_TOKENS: Final = 12
"""Tokens among which a duration is looked for behind a target."""


def no_duration(cursor: Cursor, role: Role | None) -> PhraseError:
    """Why a phrase cannot begin as it does."""
    token, following = cursor.token, cursor.ahead(1)
    shown = cursor.raw(token.start, token.end)
    here = token.start, token.start
    if token.kind == "word":
        return _no_duration_but_word(cursor, role)
    if token.text in ("@", "at"):
        return _target_alone(cursor)
    if token.text == "--":
        help = cursor.cure("write `10 min -- ...`, `lap -- ...`, or a role word first: `run -- ...`", *here, "run ")
        return cursor.error("missing-duration", "the duration is missing before the cue", token, token, help)
    if step_names.opens(cursor):
        title = "begin with how long it lasts, or with a role word: `run`"
        help = cursor.cure(title, *here, "run ")
        example = 'for example `20 s "High knees"`'
        return cursor.error("missing-duration", "the duration is missing before the name", token, token, help, example)
    if token.text in ("(", "[", "{"):
        return _no_count(cursor)
    if token.text in ("+", "&") and role:  # `Recovery + speed 5 mi` is the name of a run
        word = cursor.last.start
        cursor.return_to(word)
        words, end = as_cue(cursor)
        help = cursor.cure(f"if it is a cue: `run {shortened(words)}`", word, end, f"run {words}")
        return cursor.stray(f"expected a duration, found `{shown}`", token, token, help)
    if token.text == "-" and following.kind == "word":
        help = cursor.cure(f"leave the `{shown}` out", token, following.start, "")
        return cursor.stray(f"expected a duration, found `{shown}`", token, token, help)
    return cursor.unexpected("a duration", "for example `10 min`, `400 m`, `lap`")


def _target_alone(cursor: Cursor) -> PhraseError:
    """``@ easy 5 km``, ``@ 400 m`` and ``@ easy``."""
    sign, last = cursor.token, last_token(cursor)
    at = next((at for at in range(1, _MOST_TOKENS) if is_amount(cursor, at) and cursor.ahead(at + 1) == last), 0)
    written = str(cursor.text[cursor.ahead(at).start : last.end])
    title = "write `10 min @ ...`, `lap @ ...`, or a role word first: `run @ ...`"
    help = cursor.cure(title, sign.start, sign.start, "run ")
    if at == 1:
        help = cursor.cure(f"a duration has no `@` before it: `{written}`", sign, last, written)
    elif at:
        whole = f"{written} @ {cursor.text[sign.end : cursor.ahead(at).start].strip()}"
        help = cursor.cure(f"a target goes after the duration: `{whole}`", sign, last, whole)
    return cursor.error("missing-duration", "the duration is missing before the target", sign, sign, help)


def _no_count(cursor: Cursor) -> PhraseError:
    """``(9 mi)`` behind the last comma of a line, and ``(400 m, 1 min)``."""
    opening, comma = cursor.token, cursor.last
    title = "a repeat is a number, `x` and parentheses: `4x(400 m @ 5k, 1 min)`"
    help: Help = title
    if opening.text == "(":
        help = cursor.cure(title, opening.start, opening.start, "1x")
    if comma.text == "," and is_amount(cursor, 1) and cursor.ahead(3).text == ")":
        help = cursor.cure("leave the total out: negsplit adds it up", comma, cursor.ahead(3), "")
    message = f"`{cursor.raw(opening.start, opening.end)}` without a number of repetitions"
    return cursor.error("repeat", message, opening, opening, help)


def _no_duration_but_word(cursor: Cursor, role: Role | None) -> PhraseError:
    token, following = cursor.token, cursor.ahead(1)
    shown = cursor.raw(token.start, token.end)
    if token.text == "with":
        help = f"write it first: `{RUN_WITH}`"
        return cursor.error("total", "a time or a distance in total is needed before `with`", token, token, help)
    if token.text in ROLES:
        return cursor.error(
            "two-roles", f"`{shown}` is a second word for the kind of step", token, token, *_second_role(cursor, role)
        )
    if token.text in TARGET_WORDS:
        joined: Help = _joined_to_target(cursor) or f"a target goes after `@`: `10 min @ {target(cursor)}`"
        return cursor.error("target-first", f"`{shown}` begins a target, not a duration", token, token, joined)
    if token.text == "x" and following.kind == "number":
        help = "write the number first: `4x(400 m @ 5k, 1 min)`"
        return cursor.error("repeat", "a repeat is a number, `x` and parentheses", token, following, help)
    if token.text == "repeat" and following.kind == "number" and not role:
        return _repeat_in_words(cursor)
    if token.text in _KEYS and not role:
        help = f"it begins a list item of its own: `- {token.text}: ...`"
        return cursor.stray(
            f"`{shown}` is a key, and this is a line of text", token, token, help, *_words_behind(cursor)
        )
    is_before_number = following.kind in ("number", "clock")
    what = "neither a role nor a duration" if is_before_number else "not a duration"
    return cursor.stray(f"`{shown}` is {what}", token, token, *_word_meant(cursor, role, is_before_number))


def _word_meant(cursor: Cursor, role: Role | None, is_before_number: bool) -> tuple[Help, ...]:
    token, following = cursor.token, cursor.ahead(1)
    is_filler = token.text in _FILLERS
    if not role and not is_filler and (near := meant(token.text, ROLES, cursor.text.at(token.start, token.end))):
        return (near, *_cue_alone(cursor, role))
    if is_before_number and is_filler:
        last = cursor.ahead(2) if cursor.ahead(2).text in CANONICAL else following
        return (cursor.cure(f"leave it out: `{cursor.raw(following.start, last.end)}`", token, following.start, ""),)
    if token.text in _NOTHING and ends_a_step(following):
        return ("leave the step out",)
    helps: tuple[Help, ...] = _words_behind(cursor) or _cue_alone(cursor, role)
    if role and not is_before_number:
        whole = f"@ {target(cursor)}"
        if token.text in CERTAIN:
            helps = ()
        helps = (cursor.cure(f"a target goes after `@`: `{whole}`", token.start, token.start, "@ "), *helps)
    if not is_before_number:
        return (*helps, _AMOUNT)
    return helps if role else (*helps, _ROLE_WORDS)


def _words_behind(cursor: Cursor) -> tuple[Help, ...]:
    """``float 2 km`` and ``last 3 km @ easy``: the words behind the duration, as its target or cue."""
    token, at = cursor.token, 1
    while not is_amount(cursor, at) and not is_last(cursor.ahead(at)):
        at += 1
    behind = at + 4 if cursor.ahead(at + 1).text in ("-", "..") else at + 2
    if is_last(cursor.ahead(at)) or not ends_a_step(cursor.ahead(behind)):
        return ()
    words, last = str(cursor.text[token.start : cursor.ahead(at - 1).end]), last_token(cursor)
    length = str(cursor.text[cursor.ahead(at).start : cursor.ahead(behind - 1).end])
    helps: tuple[Help, ...] = ()
    if at == 1 and cursor.ahead(behind).text not in ("@", "--"):
        whole = f"{length} @ {words}"
        helps = (cursor.cure(f"a target goes after the duration: `{shortened(whole)}`", token, last, whole),)
    if "(" in words:
        return ()
    if "--" in (rest := str(cursor.text[cursor.ahead(at).start : last.end])):
        return helps
    whole = f"{rest} -- {words}"
    return (*helps, cursor.cure(f"a cue goes after `--`: `{shortened(whole)}`", token, last, whole))


def _cue_alone(cursor: Cursor, role: Role | None) -> tuple[Help, ...]:
    """Words that say nothing about how long, as the cue of a step until the lap button is pressed."""
    words, end = as_cue(cursor)
    if "@" in words:
        return ()
    whole = words if role else f"run {words}"
    return (cursor.cure(f"if it is a cue: `{shortened(whole)}`", cursor.token, end, whole),)


def _second_role(cursor: Cursor, role: Role | None) -> list[Help]:
    token, following = cursor.token, cursor.ahead(1)
    helps: list[Help] = ["a step is one thing: a run, a recovery, ...; separate steps with a comma"]
    eases = role in (Role.WARMUP, Role.COOLDOWN, None) and token.text in ("walk", "jog")
    if eases and following.kind in ("number", "clock"):
        last = cursor.ahead(2) if cursor.ahead(2).end > following.end else following
        whole = f"{cursor.text[following.start : last.end]} -- {token.text}"
        helps.append(cursor.cure(f"to say how, add a cue: `{whole}`", token, last, whole))
    return helps


def _joined_to_target(cursor: Cursor) -> Help | None:
    """``@ easy, HR < 150``: a target behind the comma of another is joined to it."""
    at, comma = -2, cursor.last
    while comma.text == "," and cursor.index + at >= 0 and cursor.ahead(at).text not in (",", "(", "--"):
        if cursor.ahead(at).text in ("@", "at"):
            title = "join two targets with `and`: `5:00/km and HR < 150`"
            return cursor.cure(title, comma, cursor.token.start, " and ")
        at -= 1
    return None


def _repeat_in_words(cursor: Cursor) -> PhraseError:
    """``repeat 4 times: 400 m, 1 min``: all behind the colon is repeated."""
    token, number = cursor.token, cursor.ahead(1)
    colon = next((cursor.ahead(at) for at in range(2, 5) if cursor.ahead(at).text == ":"), number)
    end = cursor.length if (line_end := cursor.text.find("\n", token.start)) < 0 else line_end
    whole = f"{number.text}x({cursor.text[colon.end : end].strip() or '400 m @ 5k, 1 min'})"
    help = cursor.cure(f"write `{whole}`", token, end, whole)
    error = cursor.error("repeat", "a repeat is a number, `x` and parentheses", token, number, help)
    error.resume = end
    return error
