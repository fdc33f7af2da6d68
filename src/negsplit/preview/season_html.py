"""A season as a page: the weeks of all plans at a glance, then months, years and plans."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Final

from negsplit.plan.phases import PHASES
from negsplit.plan.season import Month, Season, SeasonWeek
from negsplit.preview import plan_words as words
from negsplit.preview import season_words
from negsplit.preview.page import document, element
from negsplit.preview.palette import PHASES as COLOURS
from negsplit.words import count

STYLE: Final = """\
.season td,.season th{padding-top:.25rem;padding-bottom:.25rem}.season .number{text-align:right;white-space:nowrap}
.season tbody tr{border-top:1px solid var(--line)}.season th,.season .phase{white-space:nowrap}
.season .bars{width:34%}.season .plan{font-weight:650;padding-top:1rem;white-space:normal;overflow-wrap:anywhere}
.season tbody th,.season tbody td{vertical-align:top}.bars .stripe{display:block;margin-top:.3125rem}
.stripe{border-top:.875rem solid var(--easy);min-width:2px}
.key{white-space:nowrap;margin-right:.75rem}.key .stripe{display:inline-block;width:1.25rem;margin-right:.375rem}
.mark{display:inline-block;font-size:.8125rem;font-weight:600;line-height:1.25;padding:0 .375rem;
border:1px solid var(--dim);border-radius:4px;overflow-wrap:anywhere;margin:.25rem .25rem .125rem 0}
.mark.race{border-width:2px;border-color:var(--ink)}
.months{max-width:44rem}.facts{padding-left:0;list-style:none}
.facts li{padding:.5rem 0;border-top:1px solid var(--line)}.facts h3{margin:0;font-size:1rem;font-weight:600}
@media screen and (max-width:40rem){.season{font-size:.875rem}.season .wide{display:none}.season .bars{width:30%}
.season th,.season td{padding-right:.375rem}.key{margin-right:.5rem}}
@media screen and (max-width:19rem){.season,.season thead,.season tbody{display:block}
.season tr{display:flex;flex-wrap:wrap;justify-content:space-between}.season .bars{width:100%;order:1}}
@media print{.season td,.season th{padding-top:1pt;padding-bottom:1pt}.season tr,.facts li{break-inside:avoid}
.facts li{padding:3pt 0}.mark{font-size:8pt}.stripe{border-top-width:8pt}}
""" + "".join(
    f".stripe.{name}{{border-top-color:var(--{colour}){'' if is_full else ';border-top-style:double'}}}\n"
    for name, (colour, is_full) in COLOURS.items()
)
"""What a season takes besides the style of all pages."""

_HEADS: Final = (
    ("From", ""),
    ("What for", ""),
    ("", "bars"),
    ("In all", "number"),
    ("Longest", "number wide"),
    ("Hard", "number wide"),
    ("VDOT", "number wide"),
)
"""The columns of a week, and how they look."""


def page(season: Season) -> str:
    """One file; nothing loaded, nothing run."""
    title = f"{season_words.TITLE}: {season_words.days(season)}"
    return document(title, "".join(f"{line}\n" for line in _Sheet(season).lines()), STYLE)


class _Sheet:
    """The lines of a page."""

    def __init__(self, season: Season) -> None:
        self.season, self.whole = season, season.totals
        self.weeks = [week for plan in season.plans for week in plan.weeks]
        self.highest = max(season.amount(week.week.totals) for week in self.weeks)

    def lines(self) -> Iterator[str]:
        """The body."""
        yield element("h1", season_words.TITLE, "name")
        yield element("p", season_words.head(self.season), "about")
        yield from self._totals()
        yield from self._overview()
        yield from self._months()
        yield from self._facts(
            "The years", [(str(one.number), season_words.year(self.season, one)) for one in self.season.years]
        )
        yield from self._facts(
            "The plans", [(one.plan.plan.name, season_words.plan(self.season, one)) for one in self.season.plans]
        )
        if remarks := list(season_words.remarks(self.season)):
            yield element("h2", season_words.REMARKS, "part")
            yield from (element("p", one) for one in remarks)

    def _totals(self) -> Iterator[str]:
        whole, unit = self.whole, season_words.unit(self.season)
        races = count(sum(len(week.races) for week in self.weeks), "race")
        hard = f"{words.time_text(whole.hard_seconds)} hard" if whole.hard_seconds else "nothing hard"
        yield '<dl class="totals">'
        for what, value, about in (
            ("Distance", words.total_distance(whole, unit), count(whole.sessions, "run")),
            ("Time", words.total_time(whole), hard),
            ("Weeks", str(len(self.weeks)), races),
        ):
            yield f"<div>{element('dt', what)}{element('dd', value, 'value')}{element('dd', about, 'small')}</div>"
        yield "</dl>"

    # --- The weeks ---------------------------------------------------------------------------

    def _overview(self) -> Iterator[str]:
        used = {week.phase for week in self.weeks}
        keys = " ".join(_key(one) for one in PHASES if one in used and one != "break")
        yield element("h2", "The weeks", "part") + f'<p class="small">{keys}</p>'
        yield f'<table class="season"><thead><tr>{"".join(self._heads())}</tr></thead>'
        vdot = ""
        for one in self.season.plans:
            name = element("th", one.plan.plan.name, "plan", colspan=str(len(_HEADS)), scope="rowgroup")
            yield f"<tbody><tr>{name}</tr>"
            for week in one.weeks:
                now = season_words.vdot(week)
                yield self._row(week, now if now != vdot else "")
                vdot = now or vdot
            if gap := season_words.gap_behind(self.season, one):
                yield f"<tr>{element('td', gap, 'about', colspan=str(len(_HEADS)))}</tr>"
            yield "</tbody>"
        yield "</table>"
        for note in words.marks(self.whole):
            yield element("p", note, "small about")

    def _heads(self) -> Iterator[str]:
        return (element("th", word, name, scope="col") for word, name in _HEADS)

    def _row(self, week: SeasonWeek, vdot: str) -> str:
        totals, hard = week.week.totals, week.training.hard_seconds
        stripe = _stripe(week.phase, self.season.amount(totals), self.highest)
        marks = [element("span", season_words.race(self.season, one), "mark race") for one in week.races]
        marks += [element("span", missed, "mark")] if (missed := season_words.missed(week)) else []
        return (
            f"<tr>{element('th', words.date_text(week.week.week.first), scope='row')}"
            f"{element('td', week.phase, 'phase')}"
            f'<td class="bars">{stripe}{" ".join(marks)}</td>'
            f"{element('td', season_words.amount(self.season, totals) if totals.sessions else '', 'number')}"
            f"{element('td', season_words.length(self.season, week.training.longest), 'number wide')}"
            f"{element('td', words.time_text(hard) if hard else '', 'number wide')}"
            f"{element('td', vdot, 'number wide')}</tr>"
        )

    # --- Months, years and plans -------------------------------------------------------------

    def _months(self) -> Iterator[str]:
        if not self.season.months:
            return
        yield f'<table class="season months"><caption>{element("h2", "The months", "part")}</caption><tbody>'
        most = max(self.season.amount(one.totals) for one in self.season.months)
        for one in self.season.months:
            yield self._month(one, most)
        yield "</tbody></table>"

    def _month(self, one: Month, most: float) -> str:
        month, amount, runs, longest, hard = season_words.month(self.season, one)
        stripe = _stripe("build", self.season.amount(one.totals), most)
        return (
            f"<tr>{element('th', month, scope='row')}"
            f'<td class="bars">{stripe}</td>'
            f"{element('td', amount, 'number')}{element('td', runs, 'number')}"
            f"{element('td', longest, 'number wide')}{element('td', hard, 'number wide')}</tr>"
        )

    def _facts(self, title: str, facts: Sequence[tuple[str, Sequence[str]]]) -> Iterator[str]:
        yield element("h2", title, "part") + '<ul class="facts">'
        for name, about in facts:
            yield f"<li>{element('h3', name)}{element('p', '; '.join(about), 'about')}</li>"
        yield "</ul>"


def _stripe(name: str, amount: float, most: float) -> str:
    """A bar as long as an amount is of the most; none for nothing."""
    if not amount:
        return ""
    return f'<span class="stripe {name}" style="width:{100 * amount / most:.1f}%" aria-hidden="true"></span>'


def _key(name: str) -> str:
    """What is drawn so, behind a patch of it."""
    return f'<span class="key"><span class="stripe {name}" aria-hidden="true"></span>{name}</span>'
