"""A group as a page: who runs, and what the weeks of each come to, side by side."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import starmap
from typing import Final

from negsplit.preview.drawing import escaped
from negsplit.preview.group_data import GroupRemark, RunnerRow, WeekCell, calendar_weeks, common_unit, measures
from negsplit.preview.group_text import (
    CODES,
    UNKNOWN,
    WEEKS_HEAD,
    codes,
    paces_head,
    paces_of,
    week_name,
    weeks_of,
    whole,
)
from negsplit.preview.page import document, element
from negsplit.preview.plan_words import date_text
from negsplit.units import PaceUnit
from negsplit.words import count

STYLE: Final = """\
@media screen and (min-width:62rem){main{max-width:80rem}}
.rolls{overflow-x:auto;margin-top:.25rem}.rolls table{width:auto;min-width:100%}
.group{font-size:.9375rem}.group tbody tr{border-top:1px solid var(--line)}
.group th,.group td{padding-top:.25rem;padding-bottom:.25rem;white-space:nowrap}
.group tbody th{position:sticky;left:0;background:var(--paper);font-weight:600;padding-right:.75rem;
min-width:5.5rem;max-width:14rem;white-space:normal;overflow-wrap:break-word}
.weeks td,.weeks thead th{text-align:right}.weeks .most{font-weight:650}
.weeks .low{border:1px dashed var(--dim);border-radius:4px;padding:0 .25rem;margin-right:-.3125rem}
.weeks p .low,p.weeks .low{margin:0}.own{display:block;font-weight:400}p.weeks{margin-top:.5rem}
.weeks td:last-child,.weeks th:last-child{padding-right:.375rem}
.weeks .said{color:var(--remark)}
.fault td,.fault th{color:var(--remark)}
.reasons{list-style:none;padding:0}.reasons li{padding:.5rem 0;border-top:1px solid var(--line)}
.reasons h3{font-size:1rem;line-height:1.5}
@media screen and (max-width:40rem){.group{font-size:.875rem}
.group tbody th{max-width:8rem}}
@media print{@page{size:landscape}.rolls{overflow:visible;break-inside:avoid}
.part{break-after:avoid}.group{font-size:8pt}
.group th,.group td{padding:1pt 4pt 1pt 0}.group tbody th{position:static}}
"""
"""What a group takes besides the style of all pages."""


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
    unit = common_unit(rows)
    yield element("h1", title, "name")
    yield element("p", count(len(rows), "runner"), "about")
    yield element("h2", "Who runs it", "part")
    heads = [element("th", head, scope="col") for head in (*paces_head(unit), *WEEKS_HEAD[1:])]
    yield from _table("group", heads, [_about(row, unit) for row in rows], "Who runs it")
    weeks = calendar_weeks(rows)
    if weeks:
        yield _legend(rows)
    for what, amount in measures(rows):
        yield from _weeks(what, rows, [_amounts(row, amount, weeks) for row in rows])
    if any(one.codes for row in rows for one in row.weeks):
        yield from _weeks(CODES, rows, [_codes(row, weeks) for row in rows])


def _legend(rows: Sequence[RunnerRow]) -> str:
    """What the marks of the tables below mean, in one line."""
    parts = [f"{element('span', 'bold', 'most')} {escaped('is the highest week of a runner')}"]
    if any(one.is_down for row in rows for one in row.weeks):
        parts.append(f"{element('span', 'dashed', 'low')} a down week")
    parts.append(escaped("hard are the minutes at about threshold and faster"))
    return f'<p class="small weeks">{", ".join(parts)}</p>'


def _table(name: str, heads: Sequence[str], rows: Sequence[str], what: str) -> Iterator[str]:
    """In a box of its own, which a keyboard can scroll where the screen is too narrow."""
    label = element("div", "", "rolls", tabindex="0", role="region", **{"aria-label": what}).removesuffix("</div>")
    yield f'{label}<table class="{name}"><thead><tr>{"".join(heads)}</tr></thead><tbody>'
    yield from rows
    yield "</tbody></table></div>"


def _weeks(what: str, rows: Sequence[RunnerRow], lines: Sequence[str]) -> Iterator[str]:
    """The calendar weeks of everybody side by side, with the week of the plan of all."""
    yield element("h2", what, "part")
    yield from _table("group weeks", ["<td></td>", *starmap(_head, calendar_weeks(rows).items())], lines, what)


def _head(monday: dt.date, number: int | None) -> str:
    name = "" if number is None else f"<br>{element('span', week_name(number), 'small')}"
    return f'<th scope="col">{escaped(date_text(monday))}{name}</th>'


def _about(row: RunnerRow, unit: PaceUnit) -> str:
    cells = "".join(element("td", text) for text in (*paces_of(row, unit), *weeks_of(row, unit)))
    begin = '<tr class="fault">' if row.errors else "<tr>"
    own = element("span", f"own plan: {row.own_plan}", "small own") if row.own_plan else ""
    return f'{begin}<th scope="row">{escaped(row.name)}{own}</th>{cells}</tr>'


def _amounts(row: RunnerRow, amount: Callable[[WeekCell], float | None], weeks: Iterable[dt.date]) -> str:
    """What the weeks of one runner come to; the highest one stands out, and so do down weeks."""
    by_monday = {one.monday: one for one in row.weeks}
    highest = max((whole(amount(one)) for one in row.weeks if amount(one)), key=float, default="")
    cells = [
        element("td", UNKNOWN) if (one := by_monday.get(day)) is None else _cell(one, whole(amount(one)), highest)
        for day in weeks
    ]
    return f"<tr>{element('th', row.name, scope='row')}{''.join(cells)}</tr>"


def _cell(week: WeekCell, text: str, highest: str) -> str:
    inner = element("span", text, "low", title="down week") if week.is_down else escaped(text)
    return f'<td class="most">{inner}</td>' if text == highest else f"<td>{inner}</td>"


def _codes(row: RunnerRow, weeks: Iterable[dt.date]) -> str:
    said = {one.monday: codes(one) for one in row.weeks}
    texts = [said.get(day, UNKNOWN) for day in weeks]
    cells = "".join(element("td", text, "" if text == UNKNOWN else "said") for text in texts)
    return f"<tr>{element('th', row.name, scope='row')}{cells}</tr>"
