"""What YAML refuses, said in a runner's words, with a cure.

The two parsers of PyYAML agree about where they stop but not about how they say it, so their words only
choose the cause; everything else is read from the text around the place. Words that no parser is known to
use leave that to the text too, and no message repeats them.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Final

from negsplit.diagnostics import Diagnostic
from negsplit.tree.parser_stop import CLOSING, QUOTES, Cause, ParserStop
from negsplit.tree.source_lines import (
    before,
    indent,
    line_above,
    line_end,
    line_start,
    line_with,
    nearest_level,
    newline,
    same_line,
    short,
    spaces,
    value_end,
)
from negsplit.tree.value_errors import (
    after_quotes,
    directive,
    escape,
    no_break_space,
    open_quote,
    reserved,
    reserved_before,
    reserved_here,
    sign,
    tab,
    tag,
)

MAX_KEY: Final = 200
"""Characters of a key; YAML's parsers look for its colon no further than 1024."""

_WIDE_INDENT: Final = re.compile(r"[ \t]*\xa0")
_KEY: Final = re.compile(r":(?=\s|$)")
_GLUED_KEY: Final = re.compile(r"\s*(?:- +)*([^\W\d]\w*):[^\s/]")
_DOCUMENT_SIGN: Final = re.compile(r"(?:---|\.\.\.)(?=\s|$)")
_FIRST_COLON: Final = re.compile(r"[^\n]*?:[ \t]+")


def explain(stop: ParserStop) -> Diagnostic:
    """The diagnostic of a syntax error."""
    start = line_start(stop.text, stop.at)
    if stop.text.startswith("%", start):
        return directive(stop.source, start)
    if wide := _WIDE_INDENT.match(stop.text, start):
        return no_break_space(stop.source, wide.end() - 1)
    for words, find in _CAUSES:
        if words in stop.words and (cause := find(stop)):
            return cause.of(stop.source)
    return (_by_the_text(stop) or _somewhere(stop)).of(stop.source)


def long_key(start: int, end: int) -> Cause:
    """A key longer than :data:`MAX_KEY`, which is most likely text."""
    message = f"a `: ` turns what comes before it into a key: {end - start} characters, {MAX_KEY} are allowed"
    return Cause(start, end, message, ("put the whole text in quotes",), "too-long")


def _by_the_text(stop: ParserStop) -> Cause | None:
    """The likeliest cause where the parser's words say nothing: first by what it was in, then by where it stopped."""
    begins = stop.text[stop.begun : stop.begun + 1] if stop.begun is not None else ""
    if begins in QUOTES and stop.in_quotes:
        at_its_end = stop.at >= len(stop.text) or _DOCUMENT_SIGN.match(stop.text, stop.at)
        return open_quote(stop) if at_its_end else escape(stop)
    if begins == "!":
        return tag(stop)
    if begins and begins in "*&|>":
        return reserved_before(stop)
    if found := tab(stop) or after_quotes(stop):
        return found
    if stop.char and stop.char in "@`%":
        return reserved_here(stop)
    if stop.bracket is not None:
        return _content(stop)
    if stop.char == ":":
        return _colon(stop) or _no_key(stop)
    if stop.char and stop.char in "*&!|>?":
        return reserved_here(stop)
    if stop.begun is not None and _is_bare(stop.text, stop.begun, stop.at):
        return _no_colon(stop)
    return _dash(stop) if stop.char == "-" and before(stop.text, stop.at).strip() else _block(stop)


def _is_bare(text: str, begun: int, at: int) -> bool:
    """Whether a line above the place neither lists anything nor has a key."""
    line = text[begun : line_end(text, begun)]
    return not same_line(text, begun, at) and not line.startswith("- ") and not _KEY.search(line)


def _somewhere(stop: ParserStop) -> Cause:
    cure = "put text that holds signs of YAML's own in quotes"
    return Cause(stop.at, stop.at + 1, "YAML cannot read on from here", (cure,))


# Lines that do not belong where they stand.


def _dash(stop: ParserStop) -> Cause | None:
    """A ``- `` where no list can begin."""
    at = stop.at
    if before(stop.text, at).startswith("---"):
        return Cause(at, at + 1, "a list on the line of `---`", ("begin the document on the next line",))
    gap = len(stop.text[:at]) - len(stop.text[:at].rstrip(" "))
    below = " " * (indent(stop.text, at) + 2)
    next_line = stop.instead("begin the list on the next line", at - gap, at, f"{newline(stop.text, at)}{below}")
    help = (next_line, stop.quotes_from(at))
    return Cause(at, at + 1, "a list cannot begin on the line of its key", help)


def _block(stop: ParserStop) -> Cause | None:
    """Something that is no key where a key must be, or no ``- `` where one must be."""
    text, at, char = stop.text, stop.at, stop.char
    if after := after_quotes(stop):
        return after
    if char in ("]", "}", ","):
        cure = stop.instead("remove it, or put the text in quotes", at, at + 1, "")
        return Cause(at, at + 1, f"a `{char}` that closes or separates nothing", (cure,))
    run = before(text, at).rstrip()
    if run.endswith(("]", "}")):
        return Cause(at, at + 1, f"more text after the `{run[-1]}`", ("put the whole value in quotes",))
    if char == ":":
        return _no_key(stop)
    if run or not char:
        return None
    return _mixed(stop) or _indentation(stop) or _no_place(stop, at)


def _mixed(stop: ParserStop) -> Cause | None:
    """A key among the items of a list, or an item among keys."""
    text, at = stop.text, stop.at
    if stop.begun is None or stop.source.position(stop.begun)[1] != stop.source.position(at)[1]:
        return None
    item = stop.char == "-" and not text[at + 1 : at + 2].strip()
    if item == ("collection" in stop.words):
        return None
    if stop.char == "-" and not item:
        title = f"write `- {short(text[at + 1 : value_end(text, at, flow=False)])}`"
        cure = stop.instead(title, at + 1, at + 1, " ", is_certain=True)
        return Cause(at, at + 1, "the dash of a list item needs a space after it", (cure,))
    message = "a key among list items (`- `)"
    cure = "indent it more, to belong to the item above, or less, to belong to a key above the list"
    if item:
        message = "a list item (`- `) among keys"
        cure = "the items of one list begin in the same column, and the list has a key of its own, such as `steps:`"
    return Cause(at, value_end(text, at, flow=False), message, (cure,))


def _indentation(stop: ParserStop) -> Cause | None:
    text, at = stop.text, stop.at
    level, here = nearest_level(text, at), indent(text, at)
    if level and level[0] != here:
        message = f"indented by {spaces(here)}, which fits no line above"
        cure = stop.indented_like(level)
    elif stop.char == "-":
        return _no_list(text, at)
    else:
        return None
    return Cause(at, value_end(text, at, flow=False), message, (cure,))


def _no_list(text: str, at: int) -> Cause:
    message, cure = "a list item where no list can be", "a list is below a key that has no other value"
    return Cause(at, value_end(text, at, flow=False), message, (cure,))


def _document_start(stop: ParserStop) -> Cause | None:
    """Text after the end of a document, or a line left of its first."""
    if stop.char == ":":
        return _no_key(stop)
    if not before(stop.text, stop.at).strip() and stop.char and (left := _indentation(stop)):
        return left
    return Cause(stop.at, stop.at + 1, "the document has ended before this", ("begin another one with `---`",))


# Colons.


def _colon(stop: ParserStop) -> Cause | None:
    """A ``: `` where no key can stand: inside text, or on a line that continues text."""
    at = stop.at
    run = before(stop.text, at)
    if run.startswith("---"):
        return Cause(at, at + 1, "a key on the line of `---`", ("begin the document on the next line",))
    if inside := _FIRST_COLON.match(run):
        return _colon_inside(stop, at - len(run) + inside.end())
    return None if stop.flow else _continued(stop, run)


def _colon_inside(stop: ParserStop, value: int) -> Cause:
    message = "a `: ` inside text would turn what comes before it into a key"
    return Cause(stop.at, stop.at + 1, message, (stop.quotes_from(value),))


def _continued(stop: ParserStop, run: str) -> Cause | None:
    """A key on a line that YAML reads as more of the text above."""
    text, at = stop.text, stop.at
    key = run.strip().removeprefix("- ").lstrip()
    if len(key) > MAX_KEY:
        return long_key(at - len(key), at)
    above = line_above(text, at)
    if above is None:
        return None
    start, line = above
    if not _KEY.search(line):
        if glued := _glued(stop, start):
            return glued
        message = f"`{short(key)}:` is below text that has no key of its own"
        return Cause(at - len(key), at + 1, message, (f"give the line above a key: `{short(_keyed(line.strip()))}`",))
    if run.lstrip().startswith("- ") and not line.lstrip().startswith("- "):
        return _no_list(text, at - len(run.lstrip()))
    level = nearest_level(text, at)
    cures = (stop.indented_like(level),) if level else ()
    message = f"`{short(key)}:` is indented too deeply: YAML reads it as more of the text above"
    return Cause(at - len(key), at + 1, message, (*cures, "if it belongs to that text, put the whole text in quotes"))


def _keyed(line: str) -> str:
    return f"- run: {line.removeprefix('- ').lstrip()}" if line.startswith("- ") else f"{line}: ..."


def _glued(stop: ParserStop, start: int) -> Cause | None:
    """``workout:Tempo``, without the space that makes a key."""
    text = stop.text
    found = _GLUED_KEY.match(text[start : line_end(text, start)])
    if not found:
        return None
    colon = start + found.end(1)
    shown = line_with(text, colon, colon + 1, ": ")
    message = f"`{short(found.group(1))}:` needs a space after its colon"
    title = f"write `{shown}`" if shown else "put a space there"
    return Cause(colon, colon + 1, message, (stop.instead(title, colon + 1, colon + 1, " ", is_certain=True),))


def _no_colon(stop: ParserStop) -> Cause | None:
    """A line of words among keys."""
    text, start = stop.text, stop.begun
    if start is None:
        return None
    if stop.bracket is not None:
        return _unclosed(stop, stop.bracket)
    if glued := _glued(stop, start):
        return glued
    word = text[start : value_end(text, start, flow=False)]
    if word.startswith(QUOTES) and word[0] not in word[1:]:
        return open_quote(stop)
    if (colon := _KEY.search(word)) and colon.start() > MAX_KEY:
        return long_key(start, start + colon.start())
    if word.startswith("---"):
        return Cause(start, start + 3, "`---` must be alone on its line", ("put what follows it on the next line",))
    return _no_place(stop, start)


def _no_place(stop: ParserStop, start: int) -> Cause | None:
    """Something on a line of its own that is neither ``key: value`` nor ``- item``."""
    end = value_end(stop.text, start, flow=False)
    word = stop.text[start:end]
    if not word:
        return None
    deeper = "if it belongs to the key above, indent it more deeply than that key"
    message = f"`{short(word)}` is neither a key nor a list item"
    if not word[0].isalpha() or _KEY.search(word):
        return Cause(start, end, message, (deeper,))
    return Cause(start, end, message, (stop.instead(f"write `{short(word)}:`", end, end, ":"), deeper))


def _no_key(stop: ParserStop) -> Cause:
    return Cause(stop.at, stop.at + 1, "the key before this colon is missing", ("write `key: value`",))


# Inside brackets.


def _bracket(stop: ParserStop) -> Cause | None:
    """Inside ``[ ]`` or ``{ }``: never closed, closed by the wrong sign, or a comma or quotes missing."""
    text, at, opening = stop.text, stop.at, stop.bracket
    if opening is None:
        return None
    sign, closing = text[opening], CLOSING[text[opening]]
    if stop.char in ("]", "}"):
        cure = stop.instead(f"close it with `{closing}`", at, at + 1, closing)
        return Cause(at, at + 1, f"`{sign}` is closed by `{stop.char}`", (cure,))
    if after := after_quotes(stop):
        return after
    begins_line = not before(text, at).strip() or at >= len(text)
    if stop.char == ":" and not begins_line:
        if text[:at].rstrip()[-1:] in ("[", "{", ","):
            return _no_key(stop)
        if stop.last and same_line(text, stop.last.start, at):
            return _colon_inside(stop, stop.last.start)
    if stop.char == ":" or begins_line:
        return _unclosed(stop, opening)
    return Cause(at, at + 1, "a comma is missing here", ("put a comma between two items, or quotes around one text",))


def _unclosed(stop: ParserStop, opening: int) -> Cause:
    sign, end = stop.text[opening], value_end(stop.text, opening, flow=False)
    cure = stop.instead(f"add `{CLOSING[sign]}` at the end of what it holds", end, end, CLOSING[sign])
    return Cause(opening, opening + 1, f"`{sign}` is never closed", (cure,))


def _content(stop: ParserStop) -> Cause | None:
    """Nothing where a value must be, or a sign that no value begins with."""
    if stop.bracket is None:
        return reserved(stop, stop.at) if stop.char else None
    if stop.char == "-":
        sign = stop.text[stop.bracket]
        words = f"separate the items with commas, or leave out the `{sign}`"
        return Cause(stop.at, stop.at + 1, f"no `- ` inside `{sign}`", (words,))
    if stop.char == ",":
        cure = stop.instead("remove the comma, or put text with commas in quotes", stop.at, stop.at + 1, "")
        return Cause(stop.at, stop.at + 1, "there is nothing before this comma", (cure,))
    return _bracket(stop)


_CAUSES: Final[tuple[tuple[str, Callable[[ParserStop], Cause | None]], ...]] = (
    ("document start", _document_start),
    ("values are not allowed", _colon),
    ("expected ':'", _no_colon),
    ("cannot start any token", sign),
    ("tab character", tab),
    ("end of stream", open_quote),
    ("document indicator", open_quote),
    ("document separator", open_quote),
    ("scanning a block scalar", reserved_before),
    ("scanning an alias", reserved_before),
    ("scanning an anchor", reserved_before),
    ("tag", tag),
    ("escape", escape),
    ("hex", escape),
    ("out of range", escape),
    ("entries are not allowed", _dash),
    ("keys are not allowed", reserved_here),
    ("a flow sequence", _bracket),
    ("a flow mapping", _bracket),
    ("node content", _content),
    ("block collection", _block),
    ("block mapping", _block),
)
"""Words that one parser or both use, and what then to look for, in this order."""
