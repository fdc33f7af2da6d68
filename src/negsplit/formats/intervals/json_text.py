"""JSON that somebody else wrote, within bounds, and where its texts stand in it."""

from __future__ import annotations

import json
import re
from itertools import islice
from typing import Any, Final, NoReturn

from negsplit.diagnostics import Report, Source, Span
from negsplit.frozen import dataclass

_CHARACTER: Final = re.compile(r"\\u[dD][89abAB]..\\u[dD][c-fC-F]..|\\u....|\\.|.", re.DOTALL)


def read(source: Source, report: Report) -> Any:
    """What a text holds; None, with an error at its place, where that is no JSON as its standard has it (RFC 8259)."""
    try:
        return json.loads(source.text, object_pairs_hook=_object, parse_constant=_no_number)
    except json.JSONDecodeError as error:
        at = min(error.pos, len(source.text))
        report.error("refused", f"this is no JSON: {error.msg}", Span(source, at, at), "export it again")
    except RecursionError:
        report.error("refused", f"`{source.name}` has too many levels inside one another", None, "export it again")
    except ValueError as error:
        report.error("refused", f"`{source.name}` is no JSON: {error}", None, "export it again")
    return None


def _object(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) < len(pairs):
        raise ValueError("a key stands twice in one object")
    return found


def _no_number(word: str) -> NoReturn:
    raise ValueError(f"{word} is no number")


@dataclass(frozen=True, slots=True)
class Place:
    """Where a text stands in its file, between quotes, with its escapes: from the character ``start`` on."""

    source: Source
    start: int
    end: int

    def span(self, first: int, last: int) -> Span:
        """The place of some of its characters, ``last`` not among them."""
        edges = [one.start() for one in islice(_CHARACTER.finditer(self.source.text, self.start, self.end), last + 1)]
        edges.append(self.end)
        return Span(self.source, edges[min(first, len(edges) - 1)], edges[min(last, len(edges) - 1)])


def places(source: Source, key: str) -> dict[str, Place]:
    """The texts of a key in what is JSON, each with the first place where it stands."""
    found: dict[str, Place] = {}
    decoder = json.JSONDecoder()
    for one in re.finditer(rf'"{key}"\s*:\s*"', source.text):
        said, end = decoder.raw_decode(source.text, one.end() - 1)
        found.setdefault(said, Place(source, one.end(), end - 1))
    return found
