"""Tables by RFC 4180, judged by Python's own reader, and the places of their cells, judged by what stands there."""

import csv
import io

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from negsplit.diagnostics import Report, Source
from negsplit.formats.csv_cells import MOST_CHARACTERS, MOST_COLUMNS, MOST_ROWS, SEPARATORS, Row, rows, separator
from strategies.examples import examples
from work import at_most_turns


def read(text: str) -> list[Row]:
    report = Report()
    found = rows(Source("sheet.csv", text), report)
    assert report.diagnostics == []
    return found


SHEETS = st.lists(st.lists(st.text('ab ,;\t"\r\né-', max_size=6), min_size=2, max_size=4), min_size=1, max_size=4)
"""Each row of at least two cells, so that a separator is there."""


@settings(max_examples=examples(80))
@given(SHEETS, st.sampled_from(SEPARATORS), st.sampled_from(["\n", "\r\n", "\r"]), st.booleans())
def test_cells_are_those_that_python_reads(sheet, sign, end, quotes_all):
    quoting = csv.QUOTE_ALL if quotes_all else csv.QUOTE_MINIMAL
    out = io.StringIO()
    csv.writer(out, delimiter=sign, lineterminator=end, quoting=quoting).writerows([["week"] * 40, *sheet])
    found = read(out.getvalue())
    theirs = csv.reader(io.StringIO(out.getvalue(), newline=""), delimiter=sign)
    assert [[cell.text for cell in row] for row in found] == [row or [""] for row in theirs]
    for row in found:
        for cell in row:
            for at, char in enumerate(cell.text):
                assert cell.at(at, at + 1).text[0] == char
            assert cell.span.text.replace('""', '"') == cell.text or not cell.is_escaped


def test_a_place_inside_a_cell_is_that_of_the_file():
    (cell,) = read('week,mon\n1,"say ""hi""\nthen run"\n')[1][1:]
    place = cell.at(cell.text.index("run"), len(cell.text))
    assert (place.line, place.column, place.text) == (3, 6, "run")


@pytest.mark.parametrize(
    ("text", "sign"), [("a,b;c,d", ","), ("a;b", ";"), ("plan\na\tb", "\t"), ("", ","), ("a", ",")]
)
def test_the_first_row_that_has_a_separator_says_which(text, sign):
    assert separator(text) == sign


def test_an_empty_line_is_a_row_and_no_line_is_none():
    assert [[cell.text for cell in row] for row in read("a,b\n\nc,d")] == [["a", "b"], [""], ["c", "d"]]
    assert read("") == []


@pytest.mark.parametrize(
    ("text", "says", "line", "column"),
    [
        ('a,b\n1,"run\n', "nothing closes this quote", 2, 3),
        ('a,b\n"run" fast,1\n', "the cell that begins in line 2 ends at this quote, and yet it goes on", 2, 5),
        ("a," * MOST_COLUMNS + "a", "64 columns at most", 1, 2 * MOST_COLUMNS + 1),
        ("a\n" * (MOST_ROWS + 1), "2000 rows at most", MOST_ROWS + 1, 1),
        ("a,b\n1," + "x" * (MOST_CHARACTERS + 1), "128000 characters at most", 2, 3),
        ("," * 1_000_000, "64 columns at most", 1, MOST_COLUMNS + 1),
        ("a\n" * 200_000, "2000 rows at most", MOST_ROWS + 1, 1),
        ('a,"' + '""' * 200_000, "nothing closes this quote", 1, 3),
    ],
    ids=["quote", "behind", "columns", "rows", "cell", "many columns", "many rows", "many quotes"],
)
def test_a_fault_is_told_where_it_is_and_soon(text, says, line, column):
    report = Report()
    with at_most_turns(50_000_000):
        rows(Source("sheet.csv", text), report)
    (one,) = report.diagnostics
    assert says in one.message
    assert one.help
    assert one.span is not None
    assert (one.span.line, one.span.column) == (line, column)
