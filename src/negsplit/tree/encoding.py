"""What is admitted as text: how many bytes, in which encoding, which characters."""

from __future__ import annotations

import re
from typing import Final

from negsplit.diagnostics import Diagnostic, Help, Source, Span

MAX_BYTES: Final = 256_000
"""The longest text that is read, in bytes of UTF-8."""

BOM: Final = "\ufeff"

# Besides what YAML forbids: U+0085, U+2028 and U+2029, which end lines for YAML but not for editors, and
# a byte order mark inside the text, which the two parsers count differently.
_FORBIDDEN_ASCII: Final = re.compile("[^\t\n\r -~]")
_FORBIDDEN: Final = "[^\t\n\r -~\xa0-\u2027\u202a-\ud7ff\ue000-\ufefe\uff00-\ufffd\U00010000-\U0010ffff]"
_LINE_SEPARATORS: Final = "\x85\u2028\u2029"


def load_bytes(name: str, data: bytes) -> tuple[Source | None, list[Diagnostic]]:
    """A file's bytes as a source: UTF-8, with or without a byte order mark, of at most ``MAX_BYTES``.

    A carriage return that stands alone becomes a line feed, so that editors, YAML and messages agree
    about line numbers.
    """
    if len(data) > MAX_BYTES:
        return None, [_too_large(Source(name, ""), len(data), MAX_BYTES)]
    body = data.removeprefix(BOM.encode())
    try:
        text = body.decode()
    except UnicodeDecodeError as error:
        source = Source(name, body.decode(errors="replace"))
        at = len(body[: error.start].decode())
        utf16 = data.startswith((b"\xff\xfe", b"\xfe\xff"))
        cure = "the file looks like UTF-16; save it as UTF-8" if utf16 else "save the file as UTF-8"
        message = f"the byte 0x{body[error.start]:02x} is not UTF-8 text"
        return None, [Diagnostic("encoding", message, Span(source, at, at + 1), (cure,))]
    source = Source(name, re.sub(r"\r(?!\n)", "\n", text))
    at = text.find("\0")
    if at >= 0:
        cure = "save the file as UTF-8 text"
        return None, [Diagnostic("encoding", "a NUL byte: this is not text", Span(source, at, at + 1), (cure,))]
    return source, []


def refused(source: Source, most: int = MAX_BYTES) -> Diagnostic | None:
    """Why a text is not fit for any parser: its size in bytes, or a character that has no place in a file."""
    size = len(source.text.encode(errors="surrogatepass"))
    if size > most:
        return _too_large(source, size, most)
    forbidden = _FORBIDDEN_ASCII if source.text.isascii() else re.compile(_FORBIDDEN)
    found = forbidden.search(source.text, int(source.text.startswith(BOM)))
    if not found:
        return None
    message = f"the character U+{ord(found.group()):04X} is not allowed in a file"
    span, is_separator = Span(source, *found.span()), found.group() in _LINE_SEPARATORS
    return Diagnostic.of("yaml-syntax", message, span, _instead_of_separator(span) if is_separator else _deleted(span))


def _instead_of_separator(span: Span) -> tuple[Help, ...]:
    cures = {"begin a new line instead": "\n", "write a space instead": " "}
    return tuple(span.cure(title, span.text, by) for title, by in cures.items())


def _deleted(span: Span) -> tuple[Help, ...]:
    return (span.cure("delete it", span.text, "", is_certain=True),)


def _too_large(source: Source, size: int, most: int) -> Diagnostic:
    message = f"the text has {size} bytes; at most {most} are read"
    return Diagnostic("too-large", message, Span(source, 0, 0), ("split it into several files",))
