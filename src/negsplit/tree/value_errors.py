"""What YAML refuses in a single value: quotes, escapes, and the signs it keeps for itself."""

from __future__ import annotations

import re
from typing import Final

from negsplit.diagnostics import Diagnostic, Source, Span, meant
from negsplit.tree.parser_stop import QUOTES, Cause, ParserStop
from negsplit.tree.source_lines import (
    before,
    instead,
    line_end,
    line_start,
    quotes_around,
    same_line,
    short,
    value_end,
)

_OPENING_QUOTE: Final = re.compile(r"(?<![^\s,\[{])([\"'])")
_ANCHOR: Final = "an anchor goes above, before what it names: `- &tempo 20 min @ threshold`"
_ESCAPE: Final = re.compile(r"\\(?:x\w{0,2}|u\w{0,4}|U\w{0,8}|.|$)")
_TARGET_KEY: Final = re.compile(r"(?<![\w-])(?:at|also|base|from|to): +$")


def undefined_alias(source: Source, start: int, end: int, known: list[str], *, flow: bool) -> Diagnostic:
    """An alias without an anchor: more often emphasis than YAML."""
    name = source.text[start + 1 : end]
    near = meant(name, known, Span(source, start + 1, end), "*")
    quotes = quotes_around(source, start, value_end(source.text, start, flow=flow))
    message = f"`*{short(name)}` repeats an anchor `&{short(name)}`, and this document defines none above"
    return Cause(start, end, message, (near, quotes) if near else (quotes, _ANCHOR)).of(source)


def bad_escape(source: Source, at: int) -> Diagnostic:
    """An escape at an offset that stands for no character, or half of one."""
    return _escape_at(source.text, at).of(source)


def directive(source: Source, at: int) -> Diagnostic:
    """A line such as ``%YAML 1.2`` that begins at an offset."""
    end = line_end(source.text, at)
    behind = end + len(source.text[end : end + 2]) - len(source.text[end : end + 2].lstrip("\r\n"))
    cure = instead("delete the line that begins with `%`", source, at, behind, "")
    message = "directives are not part of this language"
    return Cause(at, value_end(source.text, at, flow=False), message, (cure,), "directive").of(source)


def no_break_space(source: Source, at: int) -> Diagnostic:
    """A no-break space at an offset where only a plain one parts or indents."""
    message = "a no-break space where YAML wants a plain one"
    start = line_start(source.text, at)
    wide = source.text[start : line_end(source.text, at)]
    width = len(wide) - len(wide.lstrip(" \xa0"))
    cure = instead("type the spaces again", source, start, start + width, " " * width, is_certain=True)
    return Cause(at, at + 1, message, (cure,)).of(source)


def open_quote(stop: ParserStop) -> Cause | None:
    """Quotes that nothing closes."""
    if stop.begun is None:
        return None
    quote = stop.text[stop.begun : stop.begun + 1]
    message = f"the text that begins here has no closing {quote}"
    end = value_end(stop.text, stop.begun, flow=stop.flow)
    return Cause(stop.begun, stop.begun + 1, message, (stop.instead(f"add {quote} at its end", end, end, quote),))


def after_quotes(stop: ParserStop) -> Cause | None:
    """``"1 mi" @ easy``, ``'don't'``, or a quote that was closed by the next one, lines below."""
    text, at = stop.text, stop.at
    opening = _quote_before(stop)
    if opening is None or at >= len(text):
        return None
    quote = text[opening]
    if not same_line(text, opening, at):
        message = f"the text that begins here runs on to line {stop.source.position(at)[0]}"
        own_end = value_end(text, opening, flow=stop.flow)
        cure = stop.instead(f"close it with {quote} on its own line", own_end, own_end, quote)
        return Cause(opening, opening + 1, message, (cure,))
    end = value_end(text, at, flow=stop.flow)
    raw = text[opening:end]
    value = raw[1:-1] if raw.endswith(quote) and end - 1 > at else raw[1:].replace(quote, "", 1)
    return Cause(at, end, f"more text after the closing {quote}", (quotes_around(stop.source, opening, end, value),))


def _quote_before(stop: ParserStop) -> int | None:
    """The opening quote of quoted text that ends right before the place, if there is one."""
    text, end = stop.text, len(stop.text[: stop.at].rstrip())
    if stop.last and stop.last.style in QUOTES and stop.last.end == end:
        return stop.last.start
    openings = list(_OPENING_QUOTE.finditer(text, line_start(text, end), max(end - 1, 0)))
    return next((found.start() for found in reversed(openings) if found.group() == text[end - 1]), None)


def escape(stop: ParserStop) -> Cause | None:
    """``\\q``, ``\\x1``: a backslash before something that is no escape."""
    start = stop.text.rfind("\\", 0, stop.at + 1)
    return _escape_at(stop.text, start) if start >= 0 else None


def _escape_at(text: str, start: int) -> Cause:
    found = _ESCAPE.match(text, start)
    end = found.end() if found else start + 1
    cure = "write `\\\\` for a backslash, or put the text in single quotes"
    if text[start + 1 : start + 2] in ("u", "U"):
        cure = "write the character itself"
    return Cause(start, end, f"`{text[start:end]}` stands for no character", (cure,))


def sign(stop: ParserStop) -> Cause | None:
    """A character that begins no value: a tab, a sign of YAML's own, or anything behind closed quotes."""
    return tab(stop) or after_quotes(stop) or reserved_here(stop)


def tab(stop: ParserStop) -> Cause | None:
    """A tab at the place, or in the indentation before it."""
    text, at = stop.text, stop.at
    run = before(text, at)
    if stop.char != "\t" and ("\t" not in run or run.strip()):
        return None
    start = at - len(run) + run.index("\t") if "\t" in run else at
    line = text[start : line_end(text, start)]
    end = start + len(line) - len(line.lstrip("\t"))
    cure = stop.instead("indent with spaces, two for each level", start, end, "  " * (end - start))
    return Cause(start, end, "a tab where YAML wants spaces", (cure,))


def reserved(stop: ParserStop, start: int) -> Cause:
    """A value that begins, at ``start``, with a sign of YAML's own."""
    sign = stop.text[start : start + 1]
    message = f"a value cannot begin with {'a backtick' if sign == '`' else f'`{sign}`'}"
    if sign == "@" and (key := _TARGET_KEY.search(before(stop.text, start))):
        value = stop.text[start + 1 : value_end(stop.text, start, flow=stop.flow)]
        behind = start + 1 + len(value) - len(value.lstrip())
        title = f"leave it out: `{key.group()}{short(value.strip())}`"
        return Cause(start, start + 1, message, (stop.instead(title, start, behind, "", is_certain=True),))
    if percent := re.compile(r"%\s*(\d+(?:\.\d+)?)(?![^\s,\]}])").match(stop.text, start):
        by = f"{percent[1]} %"
        return Cause(start, percent.end(), message, (stop.instead(f"write `{by}`", start, percent.end(), by),))
    return Cause(start, start + 1, message, (stop.quotes_from(start),))


def reserved_here(stop: ParserStop) -> Cause | None:
    """``@ easy``, ``? maybe``: the parser stops at the sign itself."""
    return reserved(stop, stop.at)


def reserved_before(stop: ParserStop) -> Cause | None:
    """``** hard``, ``& more``, ``> 150``: the parser stops behind the sign, at what it does not want there."""
    return None if stop.begun is None else reserved(stop, stop.begun)


def tag(stop: ParserStop) -> Cause | None:
    """A tag that the parser cannot read; those it can are refused later."""
    if stop.begun is None:
        return None
    message = "tags are not part of this language: every value is text"
    end = min(stop.at + 1, line_end(stop.text, stop.begun))
    return Cause(stop.begun, end, message, (stop.quotes_from(stop.begun),), "tag")
