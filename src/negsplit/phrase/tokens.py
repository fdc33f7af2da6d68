"""The tokens of the small language of steps, with their offsets, and a cursor over them.

Signs that people type and paste (dashes, primes, the multiplication sign, ellipses, no-break spaces)
are read as their plain forms here, so that offsets stay those of the text as written.
"""

from __future__ import annotations

import re
from decimal import Decimal
from functools import lru_cache
from typing import NamedTuple

from negsplit.codes import Code
from negsplit.diagnostics import Help, Report
from negsplit.tree.nodes import Text

MAX_DIGITS = 9
"""No amount a runner writes has more digits than this."""
MOST_DIGITS_OF_SPEED = 18
"""What other programs' files hold of a number, ``2.8735632183908044`` m/s, and its digits before the point."""

_LONGEST = 60
"""Characters of a text that a message quotes."""

_LETTER = r"(?:[^\W\d_]|[\u0300-\u036f])"
"""A letter, or an accent that stands behind one as a character of its own."""

_TOKEN = re.compile(
    rf"""
    (?P<newline>\n)
  | (?P<fraction>[¼-¾⅐-⅞])
  | (?P<clock>[0-9]+(?::[0-9]+)+(?:\.[0-9]+)?)
  | (?P<number>[0-9]+(?:\.[0-9]+)?)
  | (?P<unit>(?<=[0-9]){_LETTER}+)
  | (?P<hyphen>(?<=[0-9])-(?=[kK](?![^\W_])))
  | (?P<word>{_LETTER}+(?:-{_LETTER}+)*)
  | (?P<op>\+/-|\+-|±|->|[–−]>|→|--+|—|\.\.\.?|…|<=|>=|≤|≥|''|[-–−+%/@(),<>×'"′’″”])
  | (?P<stop>\.(?=[^\S\n]*(?:\n|$)))
  | (?P<other>\S)
    """,
    re.VERBOSE,
)

_PLAIN = {
    "+/-": "±", "+-": "±", "→": "->", "—": "--", "...": "..", "…": "..", "≤": "<", "<=": "<", "≥": ">", ">=": ">",
    "–>": "->", "−>": "->", "–": "-", "−": "-", "×": "x", "′": "'", "’": "'", "″": '"', "”": '"', "''": '"',
}  # fmt: skip


class Token(NamedTuple):
    """``text`` is in plain signs and lower case; ``start`` and ``end`` are offsets as written."""

    kind: str
    text: str
    start: int
    end: int


class PhraseError(Exception):
    """Ends the parse of one phrase; the caller turns it into a diagnostic and goes on at ``resume`` or behind it."""

    is_stray = False
    """Whether something stands where nothing of its kind can: a comma before it may be what is wrong."""

    def __init__(self, code: Code, message: str, start: int, end: int, *help: Help) -> None:
        super().__init__(message)
        self.code, self.message, self.start, self.end, self.help = code, message, start, end, help
        self.resume = end


class _Tokens(NamedTuple):
    """The tokens of a text, the one behind them, and all that they say, in no order."""

    tokens: tuple[Token, ...]
    end: Token
    texts: frozenset[str]


@lru_cache(maxsize=4_096)
def _tokens(text: str, idle: str) -> _Tokens:
    """A text without the tokens of one kind. Many workouts share their phrases: each is cut up once."""
    tokens = []
    for match in _TOKEN.finditer(text):
        kind, raw = match.lastgroup or "other", match.group()
        if kind in ("hyphen", idle):  # `10-K` is `10 K`
            continue
        if kind == "op":
            raw = "--" if raw.startswith("--") else _PLAIN.get(raw, raw)
            if raw == "x":
                kind = "word"
        elif kind in ("word", "unit"):
            kind, raw = "word", raw.lower()
        tokens.append(Token(kind, raw, *match.span()))
    length = len(text.rstrip())
    return _Tokens(tuple(tokens), Token("end", "", length, length), frozenset(token.text for token in tokens))


class Cursor:
    """Walks over the tokens of one text.

    Newlines count only where ``lines`` is set, and there a full stop at the end of a line says nothing.
    """

    def __init__(self, text: Text, report: Report, *, lines: bool = False) -> None:
        self.text, self.report = text, report
        self.tokens, self._end, self.texts = _tokens(str(text), "stop" if lines else "newline")
        self.index = 0
        self.token = self.tokens[0] if self.tokens else self._end
        """The token the cursor stands on; of kind ``end`` behind the last."""

    @property
    def last(self) -> Token:
        """The token before the cursor."""
        return self.tokens[self.index - 1] if self.index else Token("start", "", 0, 0)

    def ahead(self, count: int) -> Token:
        """The token ``count`` behind the one the cursor stands on, before it if ``count`` is negative."""
        index = self.index + count
        return self.tokens[index] if 0 <= index < len(self.tokens) else self._end

    def next(self) -> Token:
        """The token the cursor stands on, and a step forward."""
        token = self.token
        self.index = index = self.index + 1
        self.token = self.tokens[index] if index < len(self.tokens) else self._end
        return token

    def step(self, count: int) -> None:
        """Moves so many tokens forward, or back."""
        self.index = index = self.index + count
        self.token = self.tokens[index] if index < len(self.tokens) else self._end

    def sees(self, *texts: str) -> bool:
        """Whether a word or sign stands here."""
        token = self.token
        return token.text in texts and token.kind in ("word", "op")

    def take(self, *texts: str) -> Token | None:
        """Steps over one of these words or signs if it stands here."""
        token = self.token
        return self.next() if token.text in texts and token.kind in ("word", "op") else None

    def take_number(self) -> Decimal | None:
        """Steps over a plain number if one stands here."""
        if self.token.kind != "number":
            return None
        return decimal(self.next())

    @property
    def length(self) -> int:
        """Characters of the text, without the space at its end."""
        return self._end.start

    def raw(self, start: int, end: int) -> str:
        """Characters of the text as written, for messages: no more than fit on a line."""
        return str(self.text[start:end]) if end - start <= _LONGEST else f"{self.text[start : start + _LONGEST]}..."

    def cure(self, title: str, start: Token | int, end: Token | int, by: str, *, is_certain: bool = False) -> Help:
        """Other words in the place of tokens or offsets, as a cure that ``title`` says."""
        first = start if isinstance(start, int) else start.start
        last = end if isinstance(end, int) else end.end
        return self.text.cure(title, first, last, by, is_certain=is_certain)

    def skip_to(self, offset: int) -> None:
        """Moves to the first token that begins at or behind a character offset."""
        while self.token.kind != "end" and self.token.start < offset:
            self.step(1)

    def return_to(self, offset: int) -> None:
        """Moves back to the first token that begins at or behind a character offset."""
        while self.index and self.last.start >= offset:
            self.step(-1)

    def error(self, code: Code, message: str, start: Token | int, end: Token | int, *help: Help) -> PhraseError:
        """What to raise to give up on this phrase: tokens or offsets say which characters are at fault."""
        first = start if isinstance(start, int) else start.start
        last = end if isinstance(end, int) else end.end
        return PhraseError(code, message, first, last, *help)

    def stray(self, message: str, start: Token | int, end: Token | int, *help: Help) -> PhraseError:
        """What to raise because something stands where nothing of its kind can."""
        error = self.error("unexpected", message, start, end, *help)
        error.is_stray = True
        return error

    def unexpected(self, wanted: str, *help: Help) -> PhraseError:
        """What to raise because something else stands here than ``wanted``."""
        token, following = self.token, self.ahead(1)
        if token.kind == "end":
            return self.error("incomplete", f"{wanted} is missing at the end", token, token, *help)
        if token.kind == "fraction":
            return self.error("decimal", "write fractions as decimals", token, token, "for example `0.5`")
        if token.kind == "other" and token.text.isdigit():
            return self.error("bad-character", "digits are 0 to 9", token, token, *help)
        if following.kind in ("number", "clock") and following.start == token.end:
            if token.text == ".":
                fixed = f"0.{following.text}"
                help = (self.cure(f"write `{fixed}`", token, following, fixed, is_certain=True),)
                return self.error("decimal", "a digit is missing before the point", token, following, *help)
            if token.text in ("-", "+"):
                help = (self.cure(f"write `{following.text}`", token, following, following.text),)
                return self.error("sign", "a number has no sign here", token, following, *help)
        return self.stray(f"expected {wanted}, found `{self._shown(token)}`", token, token, *help)

    def _shown(self, token: Token) -> str:
        return "line end" if token.kind == "newline" else self.raw(token.start, token.end)

    def end(self, *help: Help) -> None:
        """Gives up unless everything has been read."""
        if self.token.kind != "end":
            rest = self.raw(self.token.start, self.length)
            raise self.error("trailing-text", f"`{rest}` does not belong here", self.token, self.length, *help)

    def report_error(self, error: PhraseError) -> None:
        """Turns the end of a phrase into a diagnostic in the source."""
        self.report.error(error.code, error.message, self.text.at(error.start, error.end), *error.help)

    def warn(self, code: Code, message: str, start: int, end: int, *help: Help) -> None:
        """Reports a warning on characters of the text."""
        self.report.warning(code, message, self.text.at(start, end), *help)


def decimal(token: Token, most: int = MAX_DIGITS) -> Decimal:
    """The value of a number token.

    :raises PhraseError: where it has more than ``most`` digits.
    """
    check_digits(token, most)
    return Decimal(token.text)


def check_digits(token: Token, most: int = MAX_DIGITS) -> None:
    """Gives up on a number that is longer than any a runner writes.

    :raises PhraseError: where it has more than ``most`` digits.
    """
    if len(token.text) > most and sum(char.isdigit() for char in token.text) > most:
        message = f"a number has at most {most} digits"
        raise PhraseError("too-long", message, token.start, token.end, "round it")
