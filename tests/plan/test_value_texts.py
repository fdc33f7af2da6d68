"""What a plan's values are read as, and that nothing of them is lost where they are filled into a text."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from negsplit.diagnostics import Report, Source, Span
from negsplit.plan.value_texts import value
from negsplit.plan.values import Constant, Growing, GrowthScale, GrowthValue, WeekByWeek
from negsplit.tree.nodes import Text

WRITTEN = {
    GrowthScale.COUNT: st.integers(1, 99_999).map(Decimal),
    GrowthScale.SECONDS: st.integers(1_000, 86_400_000).map(lambda ms: Decimal(ms) / 1000),
    GrowthScale.METRES: st.integers(1_000, 20_000_000).map(lambda cm: Decimal(cm) / 100),
    GrowthScale.RACES: st.integers(1_000, 20_000_000).map(lambda cm: Decimal(cm) / 100),
    GrowthScale.MILES: st.integers(1, 1_200).map(lambda tenths: Decimal(tenths) / 10),
    GrowthScale.PACE_PER_KM: st.integers(84_000, 2_000_000).map(lambda ms: Decimal(ms) / 1000),
    GrowthScale.PACE_PER_MILE: st.integers(135_000, 3_218_000).map(lambda ms: Decimal(ms) / 1000),
}
"""What the language takes of each scale, by the bounds that its page gives, in the finest steps that it knows."""


@st.composite
def quantities(draw: st.DrawFn) -> tuple[GrowthValue, GrowthValue]:
    scale = draw(st.sampled_from(GrowthScale))
    return GrowthValue(draw(WRITTEN[scale]), scale), GrowthValue(draw(WRITTEN[scale]), scale)


def test_the_last_unit_counts_for_ranges_too() -> None:
    report = Report()
    for written, values in [("1, 2-3 min", ("1 min", "2-3 min")), ("1-2, 3..4 km", ("1-2 km", "3..4 km"))]:
        text = Text(written, Span(Source("p.yaml", written), 0, len(written)))
        assert value(text, report) == WeekByWeek(values)
    assert report.diagnostics == []


@pytest.mark.parametrize(
    ("written", "values"),
    [
        ('20 s "High knees, up", 30 s "(b"', ['20 s "High knees, up"', '30 s "(b"']),
        ('20 s "a -> b"', None),
        ('90 ", 60 "', ['90 "', '60 "']),
        ('90 ", 60 s "a, b"', ['90 "', '60 s "a, b"']),
    ],
)
def test_what_stands_in_the_name_of_a_step_parts_nothing(written: str, values: list[str] | None) -> None:
    report = Report()
    text = Text(written, Span(Source("p.yaml", written), 0, len(written)))
    assert value(text, report) == (WeekByWeek(tuple(values)) if values else Constant(text))
    assert report.diagnostics == []


@given(quantities())
def test_what_a_quantity_is_written_as_is_read_as_the_same(ends: tuple[GrowthValue, GrowthValue]) -> None:
    written = f"{ends[0]} -> {ends[1]}"
    report = Report()
    assert value(Text(written, Span(Source("p.yaml", written), 0, len(written))), report) == Growing(*ends)
    assert report.diagnostics == []
