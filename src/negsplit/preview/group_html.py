"""A group as a page: who runs, and what the weeks of each come to, side by side."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from typing import Final

from negsplit.preview.group_data import PACES, GroupRemark, RunnerRow, WeekCell
from negsplit.preview.group_text import UNKNOWN, measures, messages, volume
from negsplit.preview.page import document, element
from negsplit.words import count

STYLE: Final = """\
.wide{overflow-x:auto;margin-top:.25rem}.wide table{width:auto;min-width:100%}
.group{font-size:.9375rem}.group tbody tr{border-top:1px solid var(--line)}
.group th,.group td{padding-top:.25rem;padding-bottom:.25rem;white-space:nowrap}
.group tbody th{position:sticky;left:0;background:var(--paper);font-weight:600;padding-right:.75rem;
min-width:5.5rem;max-width:14rem;white-space:normal;overflow-wrap:anywhere}
.weeks td,.weeks thead th{text-align:right}.weeks .most{font-weight:650}.weeks .said{color:var(--warmup)}
.fault td,.fault th{color:var(--warmup)}
.reasons{list-style:none;padding:0}.reasons li{padding:.5rem 0;border-top:1px solid var(--line)}
.reasons h3{font-size:1rem;line-height:1.5}
@media screen and (max-width:40rem){.group{font-size:.875rem}
.group tbody th{max-width:8rem}}
@media print{@page{size:landscape}.wide{overflow:visible}.group{font-size:8pt}
.group th,.group td{padding:1pt 4pt 1pt 0}.group tbody th{position:static}}
"""
"""What a group takes besides the style of all pages."""
_HEADS: Final = ("Runner", "Paces from", *(name.capitalize() for name in PACES), "A week", "Messages")


def page(title: str, rows: Sequence[RunnerRow], remarks: Sequence[GroupRemark] = ()) -> str:
    """One file; nothing loaded, nothing run."""
    lines = (*_lines(title, rows), *_remarks(remarks))
    return document(title, "".join(f"{line}\n" for line in lines), STYLE)


def _remarks(remarks: Sequence[GroupRemark]) -> Iterator[str]:
    if remarks:
        yield element("h2", "What was found", "part") + '<ul class="reasons">'
        for one in remarks:
            what = element("h3", f"{one.code} ({one.severity.value}), for {one.whose}")
            yield f"<li>{what}{element('p', one.message)}</li>"
        yield "</ul>"


def _lines(title: str, rows: Sequence[RunnerRow]) -> Iterator[str]:
    yield element("h1", title, "name")
    yield element("p", count(len(rows), "runner"), "about")
    yield element("h2", "Who runs it", "part")
    yield from _table("group", _HEADS, [_about(row) for row in rows], "Who runs it")
    numbers = sorted({one.number for row in rows for one in row.weeks})
    for what, write in measures(rows):
        yield element("h2", what, "part")
        heads = ("", *(f"W{number:02}" for number in numbers))
        yield from _table("group weeks", heads, [_weeks(row, numbers, write) for row in rows], what)


def _table(name: str, heads: Sequence[str], rows: Sequence[str], what: str) -> Iterator[str]:
    """In a box of its own, which a keyboard can scroll where the screen is too narrow."""
    cells = "".join(element("th", head, scope="col") if head else "<td></td>" for head in heads)
    label = element("div", "", "wide", tabindex="0", role="region", **{"aria-label": what}).removesuffix("</div>")
    yield f'{label}<table class="{name}"><thead><tr>{cells}</tr></thead><tbody>'
    yield from rows
    yield "</tbody></table></div>"


def _about(row: RunnerRow) -> str:
    paces = (row.paces.get(name, UNKNOWN) for name in PACES)
    cells = "".join(element("td", text) for text in (row.basis, *paces, volume(row), messages(row)))
    begin = '<tr class="fault">' if row.errors else "<tr>"
    return f"{begin}{element('th', row.name, scope='row')}{cells}</tr>"


def _weeks(row: RunnerRow, numbers: Sequence[int], write: Callable[[WeekCell], str]) -> str:
    """The weeks of one runner; the highest one stands out."""
    texts = {one.number: write(one) for one in row.weeks}
    amounts = [float(text) for text in texts.values() if text.isdigit()]
    most = max(amounts, default=0.0)
    cells = "".join(_cell(texts.get(number, UNKNOWN), most) for number in numbers)
    return f"<tr>{element('th', row.name, scope='row')}{cells}</tr>"


def _cell(text: str, most: float) -> str:
    if text.isdigit():
        return element("td", text, "most" if most and float(text) == most else "")
    return element("td", text, "" if text == UNKNOWN else "said")
