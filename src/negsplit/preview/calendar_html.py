"""A plan as a calendar for the wall: a sheet a month or a week, which a phone shows as a list."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from string import Template
from typing import Final

from negsplit.plan.totals import PlanTotals, SessionTotals, WeekTotals
from negsplit.preview import calendar_sheets as sheets
from negsplit.preview import paces_html, thumbnail
from negsplit.preview import plan_words as words
from negsplit.preview.calendar_sheets import LEADING, THUMB, Day, Fit, Kind, Row, Sheet
from negsplit.preview.page import document, element
from negsplit.words import DAYS

_STYLE: Final = """\
.sheet{margin-top:2rem}.sheet h2{font-size:1.375rem;line-height:1.25;font-weight:650}
.sheet .head{display:flex;flex-wrap:wrap;align-items:baseline;gap:0 1rem}.paper{display:none}
.days{table-layout:fixed;margin-top:.5rem;line-height:1.3}
.days th,.days td{border:1px solid var(--line);padding:.25rem .375rem;vertical-align:top;overflow-wrap:anywhere}
.days td:last-child{padding-right:.375rem}.days thead th{padding:.125rem .375rem;background:var(--soft)}
.days p{margin:0}.date{font-weight:650}.session{margin-top:.25rem}.session b{font-weight:650}
td.none{background:var(--soft)}.days .out .date{font-weight:400;color:var(--dim)}.week .date{font-weight:400}
.easier{border:1px dashed var(--dim);border-radius:4px;padding:0 .25rem;display:inline-block}
.race{border:2px solid var(--ink);border-radius:4px;padding:.125rem .25rem}
.small{line-height:1.3}.ns-thumb{height:1.75rem;margin-top:.125rem}
.steps{list-style:none;padding:0;margin:.125rem 0 0}.steps li{padding:0}
.foot{margin-top:.5rem}
@media screen and (max-width:50rem){
.days,.days tbody,.days tr,.days th,.days td{display:block;border:0;padding:0}
.days thead,.days .none,.days .out{display:none}.month .days tr{margin-top:1rem}
.month .days td,.week-sheet .days tr{border-top:1px solid var(--line);padding:.5rem 0}
.days .beside p{display:inline}.days .beside p+p::before{content:", "}.days .beside .easier{display:inline}
}
@media screen and (min-width:50.01rem){.month .long{display:none}}
@media print{main{max-width:none}main>.screen{display:none}
.sheet{margin:0;padding-right:1pt;display:flex;flex-direction:column;overflow:hidden;break-after:page;font-size:var(--size);
line-height:$leading}.sheet:last-child{break-after:auto}.month .long{display:none}
.sheet h2{font-size:17pt}.paper{display:block;font-size:9pt}.sheet .small{font-size:1em;line-height:$leading}
.days{flex:1;min-height:0;display:grid;margin-top:4pt;line-height:$leading;border:0 solid;border-width:.5pt 0 0 .5pt}
.days thead,.days tbody,.days tr{display:contents}
.days th,.days td,.days thead th{font-size:1em;padding:2pt 3pt;border:0 solid;border-width:0 .5pt .5pt 0;min-width:0;
color:inherit}
.session{margin-top:1.5pt}.race{border-width:1.5pt;padding:0 2pt}
.ns-thumb{height:${thumb}em;margin-top:1pt}.foot{font-size:1em;margin-top:3pt}}
"""
_MONTH: Final = """\
main{max-width:78rem}
@media print{@page{size:landscape}.month{height:186mm}
.month .days{grid-template-columns:.7fr repeat(7,minmax(0,1fr));
grid-template-rows:auto repeat(var(--rows),minmax(min-content,1fr))}}
"""
_WEEK: Final = """\
.week-sheet .day{width:7.5rem}.week-sheet .session{display:grid;grid-template-columns:minmax(0,1fr) 12rem;gap:0 1rem}
@media screen and (max-width:50rem){.week-sheet .day{width:auto}
.week-sheet .session{grid-template-columns:minmax(0,1fr)}}
@media print{@page{size:portrait}.week-sheet{height:256mm}.week-sheet .day{width:auto;white-space:nowrap}
.week-sheet .days{grid-template-columns:max-content minmax(0,1fr);grid-template-rows:repeat(7,auto)}
.week-sheet .session{grid-template-columns:minmax(0,1fr) 110pt;gap:0 8pt}}
"""


def page(plan: PlanTotals, weeks: Sequence[WeekTotals], kind: Kind) -> str:
    """One file for whoever runs some weeks of a plan; nothing loaded, nothing run.

    Printed on A4 or US Letter, each month or week is exactly one sheet.
    """
    printed = Template(_STYLE).substitute(leading=LEADING, thumb=f"{THUMB * LEADING - 0.2:.2f}")
    style = thumbnail.STYLE + paces_html.STYLE + printed + (_MONTH if kind == "month" else _WEEK)
    lines = _Calendar(plan, weeks, kind).lines()
    return document(plan.plan.name, "".join(f"{line}\n" for line in lines), style)


class _Calendar:
    """The lines of a page."""

    def __init__(self, plan: PlanTotals, weeks: Sequence[WeekTotals], kind: Kind) -> None:
        self.plan, self.kind, self.unit = plan, kind, plan.unit
        self.sheets = sheets.sheets(plan, weeks, kind)
        self.programs = [one.program for week in weeks for one in week.sessions if one.program]
        profiles = [one.profile for one in plan.sessions if one.profile]
        self.scale = thumbnail.common_scale(profiles)
        self.longest = max((one.seconds for one in profiles), default=1.0)
        about = f"{plan.plan.name}{f', for {plan.who}' if plan.who else ''}"
        self.head = [text for text in (about, words.race_text(plan)) if text]

    def lines(self) -> Iterator[str]:
        """The body."""
        yield '<div class="screen">'
        yield element("h1", self.plan.plan.name, "name")
        yield element("p", f"{words.when(self.plan)}{f', for {self.plan.who}' if self.plan.who else ''}", "about")
        for line in words.about(self.plan, for_runner=True):
            yield element("p", line, "about")
        if self.plan.plan.notes:
            yield element("p", self.plan.plan.notes, "notes")
        yield from paces_html.section(self.programs, self.unit)
        yield "</div>"
        for one in self.sheets:
            yield from self._month(one) if self.kind == "month" else self._week(one)

    def _begin(self, sheet: Sheet, name: str, about: str) -> tuple[str, Fit]:
        fit = sheets.fit(sheet, self.unit, self.kind, self.head)
        style = f"--size:{fit.size:g}pt;--rows:{len(sheet.rows)}"
        head = "".join(element("p", text, "paper") for text in self.head)
        title = f'<div class="head">{element("h2", sheet.title)}{about}</div>'
        return f'<section class="sheet {name}" style="{style}">{title}{head}', fit

    def _end(self, sheet: Sheet) -> str:
        paces = sheets.paces(sheet, self.unit)
        return f"{element('p', f'Your paces: {paces}', 'paper foot') if paces else ''}</section>"

    # --- Months ------------------------------------------------------------------------------

    def _month(self, sheet: Sheet) -> Iterator[str]:
        begin, fit = self._begin(sheet, "month", "")
        names = [DAYS[(self.plan.plan.week_starts + number) % 7].capitalize() for number in range(7)]
        heads = "".join(element("th", name, scope="col") for name in ("Week", *names))
        yield f'{begin}<table class="days"><thead><tr>{heads}</tr></thead><tbody>'
        yield from (self._row(row, fit) for row in sheet.rows)
        yield f"</tbody></table>{self._end(sheet)}"

    def _row(self, row: Row, fit: Fit) -> str:
        said = sheets.week_words(row.week, self.unit) if row.week else []
        texts = "".join(element("p", text, "easier" if text == words.EASIER else "") for text in said)
        name = "beside" if said else "beside out"
        cells = "".join(self._cell(day, fit) for day in row.days)
        return f'<tr><th class="{name}" scope="row">{texts}</th>{cells}</tr>'

    def _cell(self, day: Day | None, fit: Fit) -> str:
        if day is None:
            return '<td class="none"></td>'
        before, number, behind = words.day_text(day.date).split()
        date = (
            f'<time datetime="{day.date.isoformat()}">{element("span", before, "long")} {number}'
            f" {element('span', behind, 'long')}</time>"
        )
        name = "" if day.in_plan else ' class="out"'
        sessions = "".join(self._session(one, fit) for one in day.sessions) or _rest(day)
        return f'<td{name}><p class="date">{date}</p>{sessions}</td>'

    def _session(self, one: SessionTotals, fit: Fit) -> str:
        title = self._title(one, sheets.title_in_cell(one, self.unit, fit))
        picture = self._picture(one) if sheets.shows_picture(one, fit) else ""
        return f'<div class="{_class(one)}">{title}{picture}</div>'

    def _title(self, one: SessionTotals, title: str) -> str:
        about = sheets.amounts(one, self.unit)
        return f"<p>{element('b', title)}</p>{element('p', about, 'small') if about else ''}"

    def _picture(self, one: SessionTotals) -> str:
        if one.profile is None:
            return ""
        return thumbnail.thumbnail(words.title(one, self.unit), one.profile, self.scale, self.longest)

    # --- Weeks -------------------------------------------------------------------------------

    def _week(self, sheet: Sheet) -> Iterator[str]:
        (row,) = sheet.rows
        assert row.week is not None
        days = words.days_text(row.week.week.first, row.week.last)
        said = "; ".join(words.week_words(row.week, self.unit, for_runner=True))
        about = element("span", days, "about") + element("span", said, "about")
        if row.week.week.is_down:
            about += element("span", words.EASIER, "easier")
        begin, fit = self._begin(sheet, "week-sheet", about)
        yield f'{begin}<table class="days"><tbody>'
        for day in sheet.days:
            date = element("time", words.day_text(day.date), "date", datetime=day.date.isoformat())
            name = "" if day.in_plan else ' class="out"'
            what = "".join(self._whole(one, fit) for one in day.sessions) or _rest(day)
            yield f'<tr{name}><th class="day" scope="row">{date}</th><td>{what}</td></tr>'
        yield f"</tbody></table>{self._end(sheet)}"

    def _whole(self, one: SessionTotals, fit: Fit) -> str:
        """A session with all of its steps."""
        title = self._title(one, sheets.name_of(one, self.unit))
        items = "".join(element("li", text) for text in sheets.steps(one, self.unit, fit))
        notes = sheets.notes(one, fit)
        about = (f'<ul class="steps">{items}</ul>' if items else "") + (element("p", notes, "about") if notes else "")
        return f'<div class="{_class(one)}"><div>{title}{about}</div><div>{self._picture(one)}</div></div>'


def _rest(day: Day) -> str:
    return element("p", "Rest", "small about") if day.in_plan else ""


def _class(one: SessionTotals) -> str:
    return "session race" if one.planned.session.kind == "race" else "session"
