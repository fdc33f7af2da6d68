"""Params, and the texts that they are filled into."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Mapping
from typing import Final, NamedTuple

from negsplit.diagnostics import Help, Report, Span, meant
from negsplit.tree.nodes import Fields, Filled, Gap, Node, Text, Value
from negsplit.tree.source_lines import short

MAX_TEXT: Final = 4_096
"""Characters of a text once its params are filled in."""
MAX_CHARACTERS: Final = 262_144
"""Characters that all texts of a document may come to that were filled in or stand in a place of use."""

_PARAM: Final = re.compile(
    r"\$(?:(?P<dollar>\$)|(?P<bare>[A-Za-z_][A-Za-z0-9_]*)|\{(?P<braced>[^{}$]*)\}|(?P<unclosed>\{\w*)|)"
)
_NAME: Final = re.compile(r"[A-Za-z_][A-Za-z0-9_]*")
_DOLLAR: Final = "for a dollar sign, write `$$`"


class _Found(NamedTuple):
    """What stands for a ``$``, what is said of it, and the value that it was read from."""

    text: str
    note: str = ""
    given: Text | None = None


class TooMuchError(Exception):
    """Ends the work on a document that grows beyond all measure; says of what there is too much."""


class Param(NamedTuple):
    """What a name stands for; no value where what was given is at fault, and that was reported."""

    value: Text | None = None
    origin: str = ""
    """Where the value comes from, as a note goes on behind it."""


class Declared(NamedTuple):
    """The params that a document or a block says it has, with their defaults; None where one must be given."""

    params: Mapping[Text, Param | None]
    readable: bool = True
    """False where they have a form of no use: then any name may be meant for one."""


class ParamScope:
    """The params that a body sees, and what came of its looking for them."""

    def __init__(self, params: dict[str, Param], *, readable: bool = True, can_declare: bool = True) -> None:
        self.params, self.readable, self.can_declare = params, readable, can_declare
        self.named: set[str] = set()
        self.outside: set[str] = set()
        """Params of the document around a block, which the block does not see."""
        self.astray = False
        """Whether a name was none of its params: it may have been meant for one that is not used."""


def given(text: Text) -> Param:
    """A value as written where it is given."""
    span = text.span
    return Param(text, f", from {span.source.name}:{span.line}:{span.column}")


def report_unknown(
    owner: Text, name: str, params: Collection[str], given: Collection[str], span: Span, report: Report
) -> None:
    """Reports one of the values ``given`` whose param a block, a workout or a plan does not have."""
    near = meant(name, [param for param in params if param not in given], span)
    known = f"its params are {', '.join(params)}" if params else "it has no params"
    report.error("unknown-param", f"`{short(owner)}` has no param `{short(name)}`", span, near or known)


def report_missing(owner: Text, name: str, report: Report) -> None:
    """Reports that nothing gives a value to a param of a block, a workout or a plan, which has no default."""
    message = f"`{short(owner)}` needs a value for `{short(name)}`"
    report.error("missing-param", message, owner.span, f"add it: `with: {{{name}: ...}}`")


def named_in(nodes: Iterable[Node]) -> set[str]:
    """The params that texts name, wherever in some nodes."""
    found: set[str] = set()
    waiting = list(nodes)
    while waiting:
        node = waiting.pop()
        if isinstance(node, Text):
            found.update((match["bare"] or match["braced"] or "").strip() for match in _PARAM.finditer(node))
        else:
            waiting.extend(node.values() if isinstance(node, Fields) else node)
    return found


def filled_line(text: Text, report: Report) -> Text:
    """A line that has no params: its dollars."""
    filled = Filling(report).text(text, ParamScope({}, can_declare=False))
    return Gap.of(text.span) if filled is None else filled


class Filling:
    """The work on the texts of one document."""

    def __init__(self, report: Report) -> None:
        self.report = report
        self.characters = 0
        self._reported: set[tuple[int, int]] = set()

    def declared(self, written: Node | None) -> Declared:
        """The params of a document or block; what has another form is reported elsewhere."""
        if not isinstance(written, Fields | None):
            return Declared({}, readable=isinstance(written, Text) and not written.strip())
        found: dict[Text, Param | None] = {}
        for key, value in (written or {}).items():
            if not _NAME.fullmatch(key):
                help = "names are letters, digits and `_`, and begin with no digit: `reps`, `long_run`"
                self.report.error("bad-name", f"`{short(key)}` cannot be the name of a param", key.span, help)
            found[key] = self._default(value) if isinstance(value, Text) else Param()
        return Declared(found)

    def _default(self, value: Text) -> Param | None:
        if value.empty:
            return None
        other = next((match for match in _PARAM.finditer(value) if not match["dollar"]), None)
        if other is None:
            return Param(self.text(value, ParamScope({})), ", its default")
        help = f"write the value itself; {_DOLLAR}"
        self.report.error("param", "a default cannot use other params", value.at(*other.span()), help)
        return Param()

    def text(self, text: Text, scope: ParamScope) -> Text | None:
        """A text with its params filled in; None, with an error, where one is not known."""
        if "$" not in text:
            return text
        parts: list[str] = []
        values: list[Value] = []
        done = length = 0
        faulty = False
        seen: dict[str, _Found | None] = {}
        for match in _PARAM.finditer(text):
            value = seen.get(match.group()) or self._value(text, match, scope)
            seen[match.group()] = value
            faulty = faulty or value is None
            literal, (written, note, given) = text[done : match.start()], value or _Found("")
            start = length + len(literal)
            length = start + len(written)
            if length <= MAX_TEXT:
                values.append(Value(start, length, match.span(), note, given))
                parts += (literal, written)
            done = match.end()
        length += len(text) - done
        self.count(max(length if length <= MAX_TEXT else 0, len(text)))
        if length > MAX_TEXT and not faulty:
            if self._is_new(text, -1):
                message = f"with its params filled in, this text has {length} characters, {MAX_TEXT} are allowed"
                self.report.error("too-long", message, text.span, "write it in several steps")
            faulty = True
        return None if faulty else Filled.of(text, "".join((*parts, text[done:])), values)

    def count(self, characters: int) -> None:
        """Takes note of characters that were made.

        :raises TooMuchError: where they come to more than :data:`MAX_CHARACTERS` in all.
        """
        self.characters += characters
        if self.characters > MAX_CHARACTERS:
            raise TooMuchError(f"{MAX_CHARACTERS} characters")

    def _is_new(self, text: Text, place: int) -> bool:
        """Whether a fault of a text is found for the first time: a block is filled in as often as it is used."""
        fault = (id(text), place)
        if fault in self._reported:
            return False
        self._reported.add(fault)
        return True

    def _value(self, text: Text, match: re.Match[str], scope: ParamScope) -> _Found | None:
        """What stands for a ``$``; None, with an error where none has been given yet."""
        if match["dollar"]:
            return _Found("$")
        name = (match["bare"] or match["braced"] or "").strip()
        if name in scope.params:
            scope.named.add(name)
            value, origin = scope.params[name]
            if value is None:
                return None
            return _Found(str(value), f"`{match.group()}` is `{short(value)}` here{origin}", value)
        scope.astray = True
        if not scope.readable or any(known.startswith(name) for known in scope.params if not _NAME.fullmatch(known)):
            return None  # it may well be meant for what is at fault there
        if self._is_new(text, match.start()):
            self._unknown(text, match, name, scope)
        return None

    def _unknown(self, text: Text, match: re.Match[str], name: str, scope: ParamScope) -> None:
        span = text.at(*match.span())
        if match["unclosed"]:
            begun = match["unclosed"][1:]
            title = f"write `${{{begun or 'reps'}}}`; {_DOLLAR}"
            help = text.cure(title, *match.span(), f"${{{begun}}}") if begun else title
            self.report.error("unknown-param", "this `${` is never closed", span, help)
        elif not name:
            self.report.error("unknown-param", "the name of a param is missing after `$`", span, _DOLLAR)
        elif not scope.can_declare:
            message = f"`{short(match.group())}` is a param, and a single line has none"
            self.report.error("unknown-param", message, span, f"write the value itself; {_DOLLAR}")
        elif name in scope.outside:
            message = f"blocks and files only see their own params, and `{name}` belongs to the workout around them"
            help = f"declare it there too, `params: {{{name}: }}`, and pass it on: `with: {{{name}: ${name}}}`"
            self.report.error("unknown-param", message, span, help)
        else:
            message = f"`{short(match.group())}` is not a param here"
            self.report.error("unknown-param", message, span, *_meant(text, match, name, scope.params))


def _meant(text: Text, match: re.Match[str], name: str, params: Mapping[str, Param]) -> tuple[Help, ...]:
    """What to write instead of a param that there is not."""
    parted: tuple[Help, ...] = ()
    if begun := [known for known in params if name.startswith(known)]:
        longest = max(begun, key=len)
        title = f"write `${{{longest}}}{short(name[len(longest) :])}`"
        parted = (text.cure(title, *match.span(), f"${{{longest}}}{name[len(longest) :]}"),)
    group = "bare" if match["bare"] else "braced"
    if near := meant(name, params, text.at(*match.span(group)), "$"):
        return (*parted, near)
    if parted:
        return parted
    known = (f"known: {', '.join(f'`${short(known)}`' for known in list(params)[:_MOST_NAMED])}",) if params else ()
    if not _NAME.fullmatch(name):
        return (*known, _DOLLAR)
    return (*known, f"give it a value under `params:`, for example `{short(name)}: 4`; {_DOLLAR}")


_MOST_NAMED: Final = 8
"""Params that a message lists."""
