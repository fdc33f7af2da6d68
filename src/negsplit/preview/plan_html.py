"""A plan as a page to hand to a runner: the weeks at a glance, then each week with its sessions."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Final, NamedTuple

from negsplit.estimate.levels import LEVELS
from negsplit.plan.totals import PlanTotals, SessionTotals, Totals, WeekTotals
from negsplit.preview import paces_html, thumbnail
from negsplit.preview import plan_words as words
from negsplit.preview.page import document, element
from negsplit.preview.plan_remarks import HEAD, Remark, about, codes_of, codes_of_week
from negsplit.preview.scale import EffortScale

STYLE: Final = (
    thumbnail.STYLE
    + paces_html.STYLE
    + """\
.weeks td,.weeks th{padding-top:.25rem;padding-bottom:.25rem}.weeks .number{text-align:right;white-space:nowrap}
.weeks tbody tr{border-top:1px solid var(--line)}.weeks th,.weeks .first{white-space:nowrap}
.weeks a{color:inherit}.weeks .bars{width:40%}.bars div{display:flex}
.one,.other{border-top:.875rem solid var(--easy);min-width:0}
.other{border-top:.875rem solid var(--threshold)}.walks .other{border:2px solid var(--easy);height:.875rem}
.down .one,.down .other{border-top-width:.5rem}
.key{white-space:nowrap;margin-right:.5rem}
.patch{display:inline-block;width:1.25rem;vertical-align:middle;margin-right:.375rem}
.patch{border-top:.75rem solid}.patch.one{border-color:var(--easy)}.patch.other{border-color:var(--threshold)}
.patch.rest,.patch.walked{height:.75rem;border:2px solid var(--dim)}
.mark{display:inline-block;font-size:.8125rem;font-weight:600;line-height:1.25;padding:0 .375rem;
border:1px solid var(--dim);border-radius:4px;
overflow-wrap:anywhere}.bars .mark{margin:.25rem .25rem .125rem 0}.weeks+.small{margin-top:.5rem}
.down .mark.is{border-style:dashed}.mark.race{border-width:2px;border-color:var(--ink)}
.mark.rule{border-color:var(--remark);color:var(--remark)}
.reasons li{padding:.5rem 0;border-top:1px solid var(--line)}.reasons h3{margin:0;font-size:1rem;line-height:1.5}
.week{margin-top:1.75rem}.week h2{display:flex;flex-wrap:wrap;align-items:baseline;gap:0 .75rem;font-size:1.1875rem;
line-height:1.35;font-weight:650}.week h2 .small{font-weight:400}
.days{list-style:none;padding:0;margin-top:.5rem;border-bottom:1px solid var(--line)}
.day{display:grid;grid-template-columns:7.25rem minmax(0,1fr) 17rem 6rem;gap:.25rem 1rem;align-items:start;
padding:.5rem 0;border-top:1px solid var(--line)}
.day h3{margin:0;font-size:1rem;font-weight:600;overflow-wrap:anywhere}.day h3 .mark{margin-left:.5rem}
.day .amount{text-align:right;font-variant-numeric:tabular-nums}.amount span{display:block;white-space:nowrap}
.day.off .what{grid-column:2/-1}.off h3{font-weight:400}
@media screen and (max-width:40rem){.weeks{font-size:.875rem}.weeks .wide{display:none}.weeks .bars{width:45%}
.weeks th,.weeks td{padding-right:.375rem}.key{margin:0}
.day{grid-template-columns:minmax(0,1fr) auto}.day .date{grid-column:1}.day .amount{grid-row:1;grid-column:2}
.amount span{display:inline}.amount span+span::before{content:", "}
.day.off{grid-template-columns:6.5rem minmax(0,1fr)}.day.off .what{grid-column:2}
.day .what,.day .picture-of{grid-column:1/-1}.ns-thumb{height:2.25rem}}
@media screen and (max-width:19rem){.weeks,.weeks caption,.weeks thead,.weeks tbody{display:block}
.weeks tr{display:flex;flex-wrap:wrap;justify-content:space-between}.weeks .bars{width:100%;order:1}
.day,.day.off{display:block}.day .amount{text-align:left}.day .amount span{display:block}
.amount span+span::before{content:none}}
@media print{.weeks td,.weeks th{padding-top:1pt;padding-bottom:1pt}.weeks tr,.day{break-inside:avoid}
.reasons li{break-inside:avoid;padding:3pt 0}
.week{break-inside:avoid;margin-top:10pt}.week h2{font-size:12pt;break-after:avoid}.days{margin-top:2pt}
.day{grid-template-columns:62pt minmax(0,1fr) 150pt 62pt;padding:3pt 0;gap:2pt 8pt}.day h3{font-size:10pt}
.ns-thumb{height:24pt}.mark{font-size:8pt}.weeks a{text-decoration:none}}
"""
    + "".join(f".patch.{one.value}{{border-color:var(--{one.value})}}" for one in LEVELS)
    + "\n"
)
"""What a plan takes besides the style of all pages."""


def page(
    plan: PlanTotals, weeks: Sequence[WeekTotals], remarks: Sequence[Remark] = (), *, for_runner: bool = False
) -> str:
    """One file for some weeks of a plan, and what all of it comes to; nothing loaded, nothing run.

    The codes of ``remarks`` mark weeks and sessions, and lead to their reasons at its end. ``for_runner`` leaves out
    what only a coach weighs, and says how the paces feel.
    """
    sheet = _Sheet(plan, weeks, about(remarks, weeks), for_runner=for_runner)
    return document(plan.plan.name, "".join(f"{line}\n" for line in sheet.lines()), STYLE)


class _Split(NamedTuple):
    """What the bars of the weeks are divided into."""

    one: str
    other: str
    walks: bool

    def seconds(self, totals: Totals) -> tuple[float, float]:
        """Seconds of both, in a week."""
        if self.walks:
            return totals.run_seconds, totals.walk_seconds
        return totals.moving_seconds - totals.hard_seconds, totals.hard_seconds


class _Sheet:
    """The lines of a page."""

    def __init__(
        self, plan: PlanTotals, weeks: Sequence[WeekTotals], remarks: Sequence[Remark], *, for_runner: bool
    ) -> None:
        self.plan, self.weeks, self.unit, self.whole = plan, weeks, plan.unit, plan.whole
        self.remarks, self.for_runner = remarks, for_runner
        self.down = words.EASIER if for_runner else words.DOWN
        profiles = [one.profile for one in plan.sessions if one.profile]
        self.scale: EffortScale = thumbnail.common_scale(profiles)
        self.longest = max((one.seconds for one in profiles), default=1.0)
        walks = self.whole.walks
        self.split = _Split("running", "walking", walks) if walks else _Split("easy", "hard", walks)
        self.highest = max((sum(self.split.seconds(week.totals)) for week in plan.weeks), default=0.0)

    def lines(self) -> Iterator[str]:
        """The body."""
        yield from self._head()
        yield from self._overview()
        for week in self.weeks:
            yield from self._week(week)
        if self.remarks:
            yield from self._reasons()

    # --- The plan ----------------------------------------------------------------------------

    def _head(self) -> Iterator[str]:
        plan = self.plan
        yield element("h1", plan.plan.name, "name")
        yield element("p", f"{words.when(plan)}{f', for {plan.who}' if plan.who else ''}", "about")
        for line in words.about(plan, for_runner=self.for_runner):
            yield element("p", line, "about")
        if plan.plan.notes:
            yield element("p", plan.plan.notes, "notes")
        yield '<dl class="totals">'
        longest = self.whole.longest
        hard = f"{self.whole.hard} hard" if self.whole.hard else "none hard"
        yield self._total("Runs" if self.for_runner else "Sessions", str(self.whole.sessions), hard)
        yield self._total("Time", words.total_time(self.whole), self._split_text(self.whole))
        longest_run = f"longest run {words.session_distance(longest, self.unit)}" if longest else ""
        yield self._total("Distance", words.total_distance(self.whole, self.unit), longest_run)
        yield "</dl>"
        if self.for_runner:
            programs = [one.program for week in self.weeks for one in week.sessions if one.program]
            yield from paces_html.section(programs, self.unit)

    def _total(self, what: str, value: str, about: str) -> str:
        small = element("dd", about, "small") if about else ""
        return f"<div>{element('dt', what)}{element('dd', value, 'value')}{small}</div>"

    def _split_text(self, totals: Totals) -> str:
        one, other = self.split.seconds(totals)
        return f"{words.time_text(one)} {self.split.one}, {words.time_text(other)} {self.split.other}"

    # --- The weeks at a glance ---------------------------------------------------------------

    def _overview(self) -> Iterator[str]:
        name = "weeks walks" if self.split.walks else "weeks"
        yield f'<table class="{name}"><caption>{element("h2", "The weeks", "part")}</caption><thead><tr>'
        yield element("th", "Week", scope="col") + element("th", "From", "wide", scope="col")
        yield f'<td class="bars">{self._legend()}</td>'
        yield element("th", "Time", "number", scope="col") + element("th", "Distance", "number", scope="col")
        yield "" if self.for_runner else element("th", "Load", "number wide", scope="col")
        yield element("th", "Longest", "number wide", scope="col")
        yield "</tr></thead><tbody>"
        for week in self.weeks:
            yield self._row(week)
        yield "</tbody></table>"
        compared = not self.for_runner and any(week.more_time is not None for week in self.weeks)
        changes = [words.CHANGES] if compared else []
        for note in (*words.marks(self.whole), *changes):
            yield element("p", note, "small about")
        yield f'<p class="small about">{self._pictures()}</p>'

    def _pictures(self) -> str:
        """How to read the pictures of sessions."""
        profiles = [one.profile for one in self.plan.sessions if one.profile]
        bars = [bar for one in profiles for bar in one.bars]
        found = {bar.level for bar in bars if not bar.still}
        keys = [_key(one.value, one.value) for one in LEVELS if one in found]
        keys += [_key("walked", "walked")] * any(bar.walked for bar in bars) + [_key("rest", "rest")] * (None in found)
        whose = "your threshold pace" if self.for_runner else "threshold"
        line = f"; the dashed line is {whose}" if any(one.threshold_mps for one in profiles) else ""
        return f"pictures: time runs left to right, effort upward, all on the same scale{line}<br>{' '.join(keys)}"

    def _legend(self) -> str:
        split = self.split
        return f'<span class="small">{_key("one", split.one)} {_key("other", split.other)}</span>'

    def _row(self, week: WeekTotals) -> str:
        totals = week.totals
        parts = self.split.seconds(totals)
        widths = [100 * part / self.highest if self.highest else 0.0 for part in parts]
        bars = "".join(
            f'<span class="{name}" style="width:{width:.1f}%"></span>'
            for name, width in zip(("one", "other"), widths, strict=True)
            if width
        )
        longest = words.session_time(totals.longest) if totals.longest else ""
        marks = "".join(self._marks(week))
        load = "" if self.for_runner else element("td", words.total_load(totals), "number wide")
        return (
            f'<tr class="{"down" if week.week.is_down else "building"}"><th scope="row">'
            f'<a href="#{_anchor(week)}">{words.week_title(week).removeprefix("Week ")}</a></th>'
            f"{element('td', words.date_text(week.week.first), 'first wide')}"
            f'<td class="bars"><div aria-hidden="true">{bars}</div>{marks}</td>'
            f"{element('td', words.total_time(totals), 'number')}"
            f"{element('td', words.total_distance(totals, self.unit), 'number')}"
            f"{load}{element('td', longest, 'number wide')}</tr>"
        )

    def _marks(self, week: WeekTotals) -> Iterator[str]:
        """What a week is besides a number: a down week, the week of the race."""
        if week.week.is_down:
            yield element("span", self.down, "mark is") + " "
        for one in week.sessions:
            if one.planned.session.kind == "race":
                yield element("span", words.title(one, self.unit), "mark race") + " "
        for code in codes_of_week(self.remarks, week):
            yield _code(code) + " "

    # --- One week ----------------------------------------------------------------------------

    def _week(self, week: WeekTotals) -> Iterator[str]:
        down = " down" if week.week.is_down else ""
        days = words.days_text(week.week.first, week.last)
        marks = [element("span", self.down, "mark is")] if down else []
        marks += map(_code, codes_of_week(self.remarks, week))
        yield f'<section class="week{down}" id="{_anchor(week)}">'
        yield f"<h2>{words.week_title(week)} {element('span', days, 'small about')} {' '.join(marks)}</h2>"
        about = words.week_words(week, self.unit, for_runner=self.for_runner)
        about += [] if self.for_runner else filter(None, [words.dropped_text(week)])
        yield element("p", "; ".join(about), "small about")
        if week.sessions:
            yield '<ul class="days">'
            for one in week.sessions:
                yield self._day(one)
            yield "</ul>"
        yield "</section>"

    def _day(self, one: SessionTotals) -> str:
        planned, name = one.planned, words.title(one, self.unit)
        start = f"{planned.session.time:%H:%M}" if planned.session.time else ""
        day = element("time", words.day_text(planned.date), datetime=planned.date.isoformat())
        label = element("span", f"{planned.label}{f', {start}' if start else ''}", "small about") if one.is_run else ""
        when = f'<div class="date">{day}<br>{label}</div>' if label else f'<div class="date">{day}</div>'
        marks = "".join(element("span", mark, "mark") for mark in words.marks_of(one))
        marks += "".join(map(_code, codes_of(self.remarks, one)))
        steps, notes = words.steps_text(one, self.unit), words.notes_text(one)
        about = element("p", steps, "small") if steps else ""
        about += element("p", notes, "small about") if notes else ""
        what = f"<h3>{_text(name)}{marks}</h3>{about}"
        if not one.is_run:
            return f'<li class="day off">{when}<div class="what">{what}</div></li>'
        picture = thumbnail.thumbnail(name, one.profile, self.scale, self.longest) if one.profile else ""
        time, far = words.session_time(one), words.session_distance(one, self.unit)
        return (
            f'<li class="day">{when}<div class="what">{what}</div><div class="picture-of">{picture}</div>'
            f'<div class="amount">{element("span", time)}{element("span", far)}</div></li>'
        )

    # --- What is remarked on -----------------------------------------------------------------

    def _reasons(self) -> Iterator[str]:
        """Every remark with its reasons; the first of a code is where its marks lead."""
        yield f'<section class="reasons">{element("h2", HEAD, "part")}<ul class="days">'
        seen: set[str] = set()
        for one in self.remarks:
            anchor = "" if one.code in seen else f' id="{_anchor_of(one.code)}"'
            seen.add(one.code)
            yield f"<li{anchor}><h3>{element('span', one.code, 'mark rule')}</h3>"
            yield element("p", f"{one.severity.value.capitalize()}: {one.message}")
            yield element("p", one.reasons, "small about") + "</li>"
        yield "</ul></section>"


def _code(code: str) -> str:
    """The mark of a rule, which leads to its reasons."""
    return element("a", code, "mark rule", href=f"#{_anchor_of(code)}")


def _anchor_of(code: str) -> str:
    return f"rule-{code}"


def _key(name: str, what: str) -> str:
    """What is drawn so, behind a patch of it."""
    return f'<span class="key"><span class="patch {name}" aria-hidden="true"></span>{what}</span>'


def _anchor(week: WeekTotals) -> str:
    """What the section of a week is known by in the page."""
    return f"w{week.week.number:02}{f'r{week.week.again}' if week.week.again else ''}"


def _text(words: str) -> str:
    return element("span", words)
