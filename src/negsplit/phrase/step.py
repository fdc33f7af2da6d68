"""One step as a phrase: ``1 mi @ threshold and 175..185 spm -- tall, relaxed``."""

from __future__ import annotations

import re
from collections.abc import Callable

from negsplit.diagnostics import Report, Source, Span
from negsplit.frozen import dataclass
from negsplit.limits import FASTEST_MPS, SLOWEST_MPS, is_runnable
from negsplit.model import Aside, Lap, Length, Ramp, Range, Role, Spelling, Step, UntilHeartRate
from negsplit.phrase import amounts, first_words, last_words, ramps, repeats, roles, step_names, targets
from negsplit.phrase.bare_targets import bare_targets, in_parentheses, recovery_run
from negsplit.phrase.joints import joint
from negsplit.phrase.names import LAP, ZONE, at_short_with
from negsplit.phrase.paces import SECONDS
from negsplit.phrase.ramps import Change, Gradient
from negsplit.phrase.roles import role_behind
from negsplit.phrase.tokens import Cursor, PhraseError, Token
from negsplit.targets import Covering, Named, PaceTarget, Target
from negsplit.tree.nodes import Text
from negsplit.units import Distance, Duration

IN_LINE = (",", ")")
"""Signs that end a phrase in a line of text."""


@dataclass(frozen=True, slots=True)
class Phrase:
    """A step as written; ``role`` and ``length`` are None where the text does not say.

    Where a ``gradient`` leads to it, the first of the targets is the pace of the last split.
    """

    role: Role | None = None
    length: Length | None = None
    targets: tuple[Target, ...] = ()
    cue: str = ""
    name: str = ""
    span: Span | None = None
    gradient: Gradient | None = None
    spelling: Spelling | None = None
    aside: Aside | None = None

    def item(self, role: Role) -> Step | Ramp:
        """The step, or the ramp, that it is in a role."""
        if self.gradient is None or self.length is None or isinstance(self.length, Lap | UntilHeartRate):
            return self.step(role)
        ends, splits, width, _ = self.gradient
        beside = self.targets[1:]
        return Ramp(
            self.length,
            splits,
            ends.start,
            ends.finish,
            width,
            role,
            beside,
            self.cue,
            self.name,
            span=self.span,
            spelling=self.spelling,
        )

    def step(self, role: Role) -> Step:
        """The step it is in a role."""
        return Step(
            role,
            self.length or Lap(),
            self.targets,
            self.cue,
            name=self.name,
            span=self.span,
            spelling=self.spelling,
            aside=self.aside,
        )


def read(
    cursor: Cursor,
    start: Token,
    role: Role | None,
    *,
    jog: Role | None = None,
    of_repeat: bool = False,
    ends: tuple[str, ...] = IN_LINE,
    may_go_on: Callable[[Cursor], bool] | None = None,
    change: Change = ramps.read,
) -> Phrase:
    """A phrase behind its role word, up to one of ``ends`` or a line end.

    Without ``ends`` it is the value of a role key: it may lack the duration, and its cue takes all the rest.
    ``may_go_on`` says before what else it may end: before a ``with`` and what is repeated or done in between.
    ``jog`` is what ``90 s jog`` is here, if that is certain. The first step ``of_repeat`` is what is repeated: ``400``
    is metres there, and ``R`` a pace.
    ``change`` reads a pace that changes, or gives up on it where none belongs.
    """
    length: Length | None = None
    spelling: Spelling | None = None
    found: tuple[Target, ...] = ()
    gradient: Gradient | None = None
    terrain = ""
    if (cursor.token.kind == "word" and not cursor.sees("at", *LAP)) or (cursor.sees("@") and ends and not role):
        role, found = _before_amount(cursor, role, is_line=bool(ends))
    if amounts.starts_amount(cursor):
        first = cursor.token
        length = (of_repeat and repeats.track_length(cursor)) or amounts.length(cursor)
        spelling, terrain = amounts.spelling(cursor, first), _terrain(cursor)
        if not ramps.is_ahead(cursor) and cursor.sees("in") and cursor.ahead(1).text != "between":
            cursor.next()
            found = (_covering(cursor, length, start),)
        elif cursor.token.kind not in ("end", "newline") and not cursor.sees("@", "at", "--", *ends):
            role, found = _behind_amount(cursor, role, found, is_line=bool(ends), jog=jog, of_repeat=of_repeat)
    elif not (role or not ends) or not (
        cursor.sees("@", "at", "--") or step_names.opens(cursor) or at_end(cursor, ends)
    ):
        raise first_words.no_duration(cursor, role)
    if cursor.sees("by", "in") and ramps.is_ahead(cursor):
        raise ramps.before_at(cursor, start, length)
    if lap := _lap_time(cursor, length, start):
        found += (lap,)
    elif cursor.take("@", "at"):
        first = cursor.token
        found = () if found and _says_what_for(cursor, found) else found
        if ramps.is_ahead(cursor):
            gradient = change(cursor, start, role, length)
        found += targets.targets(cursor, gradient.ends.finish if gradient else None)
        if gradient and cursor.sees("by", "in"):
            raise ramps.behind_and(cursor, start, gradient)
        if problem := targets.conflict(found):
            raise cursor.error("targets", problem[0], first, cursor.last, *problem[1:])
    behind, name = cursor.token.start, _name(cursor, start, ends)
    cue, aside = "", None
    if cursor.take("--"):
        dashes = cursor.last
        if cursor.text[cursor.last.end : cursor.last.end + 1] == ">":
            _warn_of_long_arrow(cursor, start)
        cue = _cue(cursor, ends)
        aside = None if found else _aside(cursor, start, behind, dashes)
    if cue and not at_end(cursor, ends):
        message = f"`{cursor.raw(cursor.token.start, cursor.token.end)}` does not belong here"
        raise cursor.error("trailing-text", message, cursor.token, cursor.token, "the quotes hold the whole cue")
    if not (at_end(cursor, ends) or (may_go_on and not cue and may_go_on(cursor))):
        raise last_words.trailing(cursor, start, role, targeted=bool(found))
    span = cursor.text.at(start.start, max(start.start, cursor.last.end))
    if gradient and at_end(cursor, ends):
        gradient.say(cursor.report)
    cue = ", ".join(filter(None, (terrain, cue)))
    return Phrase(role, length, found, cue, name, span, gradient, spelling, aside)


def _name(cursor: Cursor, start: Token, ends: tuple[str, ...]) -> str:
    """The name of a step, if it has one here; behind it stands nothing but a cue."""
    if cursor.token.kind not in ("op", "other") or cursor.token.text in ("--", *ends):
        return ""
    if not step_names.opens(cursor):
        if name := step_names.typographic(cursor):
            return name
        if error := step_names.in_other_quotes(cursor, cursor.raw(start.start, cursor.last.end)):
            raise error
        return ""
    quote = cursor.token
    name = step_names.read(cursor)
    if step_names.opens(cursor):
        raise cursor.error("said-twice", "a step has one name", cursor.token, cursor.token, "leave one of them out")
    if not (at_end(cursor, ends) or cursor.sees("--", "with") or at_short_with(cursor)):
        raise step_names.misplaced(cursor, start, quote, lambda text: _read(text) is not None)
    return name


def at_end(cursor: Cursor, ends: tuple[str, ...]) -> bool:
    """Whether a phrase ends here."""
    return cursor.token.kind in ("end", "newline") or cursor.sees(*ends) or ("," in ends and joint(cursor) > 0)


_OPENING_QUOTES = ("“", "„", "‘", "«")
_BEHIND_WORDS = ("@", "at", "--", "with", "and", "/", "(", "between", "in")


def _before_amount(cursor: Cursor, role: Role | None, *, is_line: bool) -> tuple[Role | None, tuple[Target, ...]]:
    """``easy`` and ``tempo run`` before an amount, ``for`` behind a role; nothing where no amount follows."""
    start, said = cursor.index, role
    sign = cursor.take("@")
    found = bare_targets(cursor)
    if not (found or role) and is_line and (found := recovery_run(cursor)):
        said = Role.RUN
    if found and is_line and role is None and cursor.take("run"):
        said = Role.RUN
    if role or found:
        cursor.take("for")
    if not amounts.starts_amount(cursor) or cursor.sees("until") or (sign and not found):
        cursor.step(start - cursor.index)
        return role, ()
    return said, found


def _behind_amount(
    cursor: Cursor,
    role: Role | None,
    found: tuple[Target, ...],
    *,
    is_line: bool,
    jog: Role | None,
    of_repeat: bool,
) -> tuple[Role | None, tuple[Target, ...]]:
    """``easy``, ``jog``, ``easy jog`` behind an amount; all is as it was where other words stand there too."""
    start, said, held = cursor.index, role, found
    cursor.take("of")
    while not at_end(cursor, IN_LINE):
        if not held and (held := bare_targets(cursor, of_repeat=of_repeat) or in_parentheses(cursor)):
            continue
        if held and not said and is_line and cursor.take("interval", "intervals"):
            continue
        if not (said or held) and is_line and jog is not Role.RECOVER and (held := recovery_run(cursor)):
            said = Role.RUN
            continue
        if said or not is_line or not (said := role_behind(cursor, jog)):
            break
    goes_on = (
        step_names.opens(cursor)
        or cursor.token.text in _OPENING_QUOTES
        or cursor.sees(*_BEHIND_WORDS)
        or at_short_with(cursor)
    )
    if cursor.index == start or not (goes_on or at_end(cursor, IN_LINE)):
        cursor.step(start - cursor.index)
        return role, found
    return said, held


def _terrain(cursor: Cursor) -> str:
    """Steps over ``uphill`` or ``downhill`` behind an amount, which are cues; empty where neither stands alone."""
    start = cursor.index
    word = cursor.take("uphill", "downhill")
    if word and not (at_end(cursor, IN_LINE) or cursor.sees("@", "at", "--", "with", "(") or at_short_with(cursor)):
        cursor.step(start - cursor.index)
        return ""
    return word.text if word else ""


def _lap_time(cursor: Cursor, length: Length | None, start: Token) -> Target | None:
    """``@ 40 s`` behind up to a lap of the track is the time for it; behind more it may be the time for each lap."""
    if not isinstance(length, Distance) or length.cm > _LAP_OF_TRACK.cm or not cursor.sees("@", "at"):
        return None
    if cursor.ahead(1).kind not in ("number", "clock") or cursor.texts.isdisjoint(SECONDS):
        return None
    begin = cursor.index
    cursor.next()
    try:
        found = _covering(cursor, length, start)
    except PhraseError:
        found = None
    if found is None or cursor.last.text not in SECONDS or cursor.sees("/"):
        cursor.step(begin - cursor.index)
        return None
    return found


_LAP_OF_TRACK = Distance(40_000)


def _says_what_for(cursor: Cursor, found: tuple[Target, ...]) -> bool:
    """Whether ``tempo`` or ``long`` before the ``@`` of a pace only says what the run is for: ``10 mi tempo @ MP``."""
    is_word = all(isinstance(one, PaceTarget) and one.pace in (Named("tempo"), Named("long")) for one in found)
    return is_word and not cursor.sees("hr", "rpe", "power", *ZONE, "<", ">")


def _covering(cursor: Cursor, length: Length, start: Token) -> Target:
    if not isinstance(length, Distance):
        what = {Duration: "a time", Range: "a range"}.get(type(length), "no distance")
        message = f"`in` says how long a distance takes, and before it is {what}"
        raise cursor.error("kind", message, start, cursor.last, "for example `800 m in 3:30`")
    first = cursor.token
    if first.kind == "clock" and cursor.ahead(1).text == "/" and cursor.ahead(2).text in amounts.PER:
        unit = cursor.ahead(2)
        help = f"a pace goes after `@`: `{length} @ {first.text}/{unit.text}`"
        raise cursor.error("target-first", "a pace is not a time", first, unit, help)
    shortest, longest = amounts.durations(cursor)
    for time in (shortest, longest):
        speed = length.metres / time.seconds
        if not is_runnable(speed):
            message = f"{length} in {time} is not a running speed ({speed:.1f} m/s)"
            help = f"bounds: {SLOWEST_MPS:g} to {FASTEST_MPS:g} m/s"
            raise cursor.error("out-of-bounds", message, first, cursor.last, help)
    return PaceTarget(Covering(length, shortest, longest), span=cursor.text.at(start.start, cursor.last.end))


def _warn_of_long_arrow(cursor: Cursor, start: Token) -> None:
    """Says that ``-->`` begins a cue; the cursor stands behind its dashes."""
    dashes = cursor.last
    line_end = re.compile(r"[,)\n]|$").search(cursor.text, dashes.end)
    meant = f"{cursor.text[start.start : dashes.start]}->{cursor.text[dashes.end + 1 : line_end and line_end.start()]}"
    help = [f"a space keeps the cue: `{cursor.raw(dashes.start, dashes.end)} >`"]
    if _read(meant):
        help.insert(0, f"to go from one pace to another, write `{meant.strip()}`")
    message = "`-->` begins a cue, and does not go from one pace to another"
    cursor.warn("progression", message, dashes.start, dashes.end + 1, *help)


def _read(written: str) -> Phrase | None:
    """A step that is to be proposed, None where it could not be read."""
    trial = Cursor(Text.made(written, Span(Source("", written), 0, len(written))), Report())
    try:
        return read(trial, trial.token, roles.role(trial))
    except PhraseError:
        return None


# --- Cues ----------------------------------------------------------------------------------------

IN_QUOTES = 'in a line of text a cue that holds commas or parentheses goes in double quotes: `-- "tall, relaxed"`'


def _cue(cursor: Cursor, ends: tuple[str, ...]) -> str:
    """The words behind ``--``: quoted, or up to one of ``ends`` or the end of the line."""
    dashes, text = cursor.last, cursor.text
    start = dashes.end
    while start < len(text) and text[start].isspace() and (text[start] != "\n" or not ends):
        start += 1
    end = cursor.length
    if start < end and text[start] == '"':
        close = text.find('"', start + 1)
        if close < 0:
            error = cursor.error("quote", "this quote is never closed", start, start + 1, 'add `"` after the cue')
            error.resume = end if (line_end := text.find("\n", start)) < 0 else line_end
            raise error
        if ends or close == end - 1:
            cursor.skip_to(close + 1)
            return _checked(cursor, str(text[start + 1 : close]), dashes)
    if ends:
        found = re.compile(f"[{''.join(ends)}\n]").search(text, start)
        end = found.start() if found else end
        _refuse_parenthesis(cursor, start, end)
    cursor.skip_to(end)
    return _checked(cursor, str(text[start:end]), dashes)


def _refuse_parenthesis(cursor: Cursor, start: int, end: int) -> None:
    opening = cursor.text.find("(", start, end)
    if opening >= 0:
        close = cursor.text.find(")", opening, opening + 200)
        message = "parentheses in a cue without quotes"
        raise cursor.error("quote", message, opening, close + 1 if close >= 0 else opening + 1, IN_QUOTES)


def _checked(cursor: Cursor, cue: str, dashes: Token) -> str:
    words = " ".join(cue.split())
    if not words:
        help = "write words after it, or leave it out; where ` #` begins a comment, put the cue in double quotes"
        raise cursor.error("empty-cue", "a cue is missing after `--`", dashes, dashes, help)
    return words


# --- Targets in cues -----------------------------------------------------------------------------

_ENDS_IN_TARGET = re.compile(r"(?:^|\s)@\s*(?P<target>[^@]+)$")


def aside(cue: Text) -> Aside | None:
    """The target in which the value of a key ``cue`` ends."""
    found = _ENDS_IN_TARGET.search(cue)
    phrase = _read(f"10 min @ {found['target']}") if found else None
    if found is None or phrase is None or phrase.gradient or phrase.name:
        return None
    rest = cue[: found.start()].strip()
    cure = f"a target has a key of its own: `at: {found['target'].strip()}`" + (f" and `cue: {rest}`" if rest else "")
    return Aside(phrase.targets, cure, span=cue.at(cue.rindex("@"), len(cue.rstrip())))


def _aside(cursor: Cursor, start: Token, behind: int, dashes: Token) -> Aside | None:
    """The target in which the cue before the cursor ends; what stands before its name ends at ``behind``."""
    text, end = cursor.text, cursor.last.end
    end -= text[end - 1] == '"'
    cue = text[dashes.end : end].strip().removeprefix('"')
    found = _ENDS_IN_TARGET.search(cue)
    if found is None:
        return None
    head, name, rest = text[start.start : behind].strip(), text[behind : dashes.start].strip(), cue[: found.start()]
    rest = rest.strip()
    quoted = f'"{rest}"' if any(sign in rest for sign in ",()") else rest
    parts = (head, f"@ {found['target'].strip()}", name, f"-- {quoted}" if rest else "")
    written = " ".join(filter(None, parts))
    phrase = _read(written)
    if phrase is None:
        return None
    ends = (phrase.gradient.ends.start,) if phrase.gradient else ()
    cure = f"a target comes before the cue: `{written}`"
    return Aside((*ends, *phrase.targets), cure, span=text.at(text.rindex("@", dashes.end, end), end))
