"""The page of a season: all that the terminal says, and nothing that runs."""

import re

from negsplit.preview.season_html import page
from negsplit.preview.season_text import lines
from pages import read
from strategies.seasons import AUTUMN, BASE, SPRING, seasoned


def tree(*texts):
    return read(page(seasoned(*texts)))


def test_it_says_what_the_terminal_says():
    words = tree().text
    for line in lines(seasoned(), 200, colors=None):
        for part in re.split(r"\s{2,}|[\u2588\u2592]+|; ", line.strip()):
            if part not in ("", "Week", "Months", "Years", "Season") and not re.fullmatch(r"\d|20\d\d: .*", part):
                assert part in words


def test_each_week_is_a_row_with_a_bar():
    weeks = next(tree().all("table", "season"))
    rows = [one for one in weeks.all("tr") if list(one.all("td", "phase"))]
    assert len(rows) == 14
    bars = [row.one("span", "stripe").attributes for row in rows]
    widths = [float(re.search(r"width:([\d.]+)%", bar["style"])[1]) for bar in bars]
    amounts = [week.week.totals.metres.value for plan in seasoned().plans for week in plan.weeks]
    assert widths == [round(100 * amount / max(amounts), 1) for amount in amounts]
    assert [bar["class"] for bar in bars] == [f"stripe {row.one('td', 'phase').text}" for row in rows]


def test_a_month_without_a_run_has_no_bar():
    months = tree(SPRING, AUTUMN).one("table", "months")
    bars = [len(list(row.all("span", "stripe"))) for row in months.all("tr")]
    assert bars == [1, 1, 1, 0, 0, 0, 1, 1, 1]  # from January to September


def test_hostile_text_is_only_read():
    evil = "'<b onclick=x>&amp;'"
    found = tree(BASE.replace("Winter base", evil), SPRING.replace("Park 10 km", evil))
    assert list(found.all("b")) == []
    assert found.text.count("<b onclick=x>&amp;") >= 2
    assert page(seasoned()).isascii()
