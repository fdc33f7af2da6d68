"""Judged by bounds that Garmin and Friel print, and by sums done by hand."""

from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from negsplit.athlete.zones import Zones, default_system, derive_zones, heart_rate_share
from negsplit.diagnostics import Diagnostic, Report, Severity, Source, Span
from negsplit.model import HeartRates, ZoneSystem
from negsplit.units import Percent

SPAN = Span(Source("me.athlete.yaml", "heart_rate: {max: 188}"), 0, 22)


def derived(rates: HeartRates) -> tuple[Zones | None, list[Diagnostic]]:
    """The zones, and what was reported."""
    report = Report()
    return derive_zones(rates, report), report.diagnostics


def bounds(rates: HeartRates) -> list[tuple[int, int]]:
    zones, found = derived(rates)
    assert not found
    assert zones is not None
    return list(zones.bounds)


def complaint(rates: HeartRates) -> tuple[str, str, tuple[str, ...]]:
    """The one error there is, at the place of the heart rates, without any zones."""
    zones, found = derived(rates)
    assert zones is None
    assert [(d.severity, d.span) for d in found] == [(Severity.ERROR, rates.span)]
    return found[0].code, found[0].message, found[0].help


def test_garmins_example_of_heart_rate_reserve() -> None:
    assert bounds(HeartRates(max=183, rest=42, zones="garmin-hrr")) == [
        (113, 127),  # 112.5 rounds up
        (127, 141),
        (141, 155),
        (155, 169),
        (169, 183),
    ]


def test_garmin_shares_of_max() -> None:
    assert bounds(HeartRates(max=190, zones="garmin-max")) == [
        (95, 114),
        (114, 133),
        (133, 152),
        (152, 171),
        (171, 190),
    ]


def test_friel_zones_do_not_overlap() -> None:
    assert bounds(HeartRates(threshold=170, zones="friel")) == [
        (111, 144),  # 110.5 and 144.5 round up
        (145, 152),
        (153, 161),
        (162, 169),
        (170, 180),
    ]


def test_friel_zones_are_those_of_running() -> None:
    """At 83 % of threshold a runner is in zone 1; the zones for cycling, often copied, say 2."""
    low, high = bounds(HeartRates(threshold=170, zones="friel"))[0]
    assert low <= 0.83 * 170 <= high


def test_garmin_shares_of_threshold() -> None:
    assert bounds(HeartRates(threshold=160, zones="garmin-lthr")) == [
        (104, 127),
        (128, 141),  # 142.4 rounds down
        (142, 151),
        (152, 159),
        (160, 184),
    ]


def test_own_edges_share_their_bounds() -> None:
    assert bounds(HeartRates(zones=(120, 140, 155, 170))) == [(120, 140), (140, 155), (155, 170)]


@settings(max_examples=100, deadline=None)
@given(st.integers(30, 220), st.sampled_from(["friel", "garmin-lthr"]))
def test_every_beat_belongs_to_one_zone(threshold: int, system: ZoneSystem) -> None:
    zones = bounds(HeartRates(threshold=threshold, zones=system))
    assert all(low <= high for low, high in zones)
    assert all(following[0] == zone[1] + 1 for zone, following in pairwise(zones))


@settings(max_examples=100, deadline=None)
@given(st.integers(31, 220), st.data())
def test_zones_of_reserve_and_max_end_at_max(highest: int, data: st.DataObject) -> None:
    rest = data.draw(st.integers(30, highest - 1))
    for system in ("garmin-hrr", "garmin-max"):
        zones = bounds(HeartRates(max=highest, rest=rest, zones=system))
        assert zones[-1][1] == highest
        assert all(following[0] == zone[1] for zone, following in pairwise(zones))


@pytest.mark.parametrize(
    ("rates", "system"),
    [
        (HeartRates(max=188, rest=48, threshold=170), "friel"),
        (HeartRates(threshold=170), "friel"),
        (HeartRates(max=188, rest=48), "garmin-hrr"),
        (HeartRates(max=188), "garmin-max"),
        (HeartRates(rest=48), None),
        (HeartRates(), None),
    ],
)
def test_the_default_system_is_the_best_the_numbers_allow(rates: HeartRates, system: ZoneSystem | None) -> None:
    assert default_system(rates) == system
    zones, found = derived(rates)
    assert not found
    assert (zones is None) == (system is None)
    if zones and system:
        assert zones.source.startswith(f"{system} by default, from ")


def test_zones_say_where_they_come_from() -> None:
    def source(rates: HeartRates) -> str:
        zones, _ = derived(rates)
        return zones.source if zones else ""

    assert source(HeartRates(max=188, rest=48, zones="garmin-hrr")) == "garmin-hrr, from max 188 and rest 48"
    assert source(HeartRates(threshold=170)) == "friel by default, from threshold 170"
    assert source(HeartRates(zones=(100, 120))) == "edges as written"


RATES = HeartRates(max=188, rest=48, threshold=170)


def test_shares_are_not_rounded() -> None:
    assert heart_rate_share(RATES, Percent(75_000), "max") == 141
    assert heart_rate_share(RATES, Percent(85_500), "threshold") == 145.35
    assert heart_rate_share(RATES, Percent(62_500), "reserve") == 135.5


def test_whole_beats_are_exact() -> None:
    """0.57 * 100 is 56.99999999999999 in binary, and would be rounded outward to 56."""
    assert heart_rate_share(HeartRates(max=100), Percent(57_000), "max") == 57


def test_no_share_of_a_missing_number() -> None:
    assert heart_rate_share(HeartRates(rest=48, threshold=170), Percent(75_000), "max") is None
    assert heart_rate_share(HeartRates(max=188, threshold=170), Percent(75_000), "reserve") is None
    assert heart_rate_share(HeartRates(rest=48, threshold=170), Percent(75_000), "reserve") is None
    assert heart_rate_share(HeartRates(max=188, rest=48), Percent(75_000), "threshold") is None


@pytest.mark.parametrize(
    ("rates", "named"),
    [
        (HeartRates(max=18, span=SPAN), "max heart rate of 18 bpm"),
        (HeartRates(max=221, span=SPAN), "max heart rate of 221 bpm"),
        (HeartRates(rest=29, span=SPAN), "rest heart rate of 29 bpm"),
        (HeartRates(threshold=1700, span=SPAN), "threshold heart rate of 1700 bpm"),
        (HeartRates(zones=(10, 120), span=SPAN), "zone edge of 10 bpm"),
        (HeartRates(zones=(120, 221), span=SPAN), "zone edge of 221 bpm"),
    ],
)
def test_heart_rates_no_heart_has(rates: HeartRates, named: str) -> None:
    code, message, _ = complaint(rates)
    assert code == "heart-rate-range"
    assert named in message
    assert "between 30 and 220" in message


def test_the_bounds_themselves_are_allowed() -> None:
    assert bounds(HeartRates(zones=(30, 220))) == [(30, 220)]
    assert derived(HeartRates(max=220, rest=30))[1] == []


@pytest.mark.parametrize(
    ("rates", "lower", "higher"),
    [
        (HeartRates(max=170, threshold=188, span=SPAN), "threshold heart rate, 188", "max heart rate, 170"),
        (HeartRates(max=170, threshold=170, span=SPAN), "threshold heart rate, 170", "max heart rate, 170"),
        (HeartRates(rest=60, threshold=50, span=SPAN), "rest heart rate, 60", "threshold heart rate, 50"),
        (HeartRates(rest=188, max=48, span=SPAN), "rest heart rate, 188", "max heart rate, 48"),
    ],
)
def test_heart_rates_out_of_order(rates: HeartRates, lower: str, higher: str) -> None:
    code, message, _ = complaint(rates)
    assert code == "heart-rate-order"
    assert message == f"the {lower} bpm, is not below the {higher} bpm"


@pytest.mark.parametrize("edges", [(120, 140, 140), (140, 120)])
def test_edges_that_do_not_ascend(edges: tuple[int, ...]) -> None:
    assert complaint(HeartRates(zones=edges, span=SPAN))[0] == "zone-edges-order"


@pytest.mark.parametrize(("edges", "count"), [((), "0 zone edges make"), ((120,), "1 zone edge makes")])
def test_too_few_edges(edges: tuple[int, ...], count: str) -> None:
    code, message, _ = complaint(HeartRates(zones=edges, span=SPAN))
    assert code == "zone-edges-few"
    assert message.startswith(count)


@pytest.mark.parametrize(
    ("rates", "asked", "missing"),
    [
        (HeartRates(max=188, rest=48, zones="friel", span=SPAN), "friel", ["threshold"]),
        (HeartRates(zones="garmin-lthr", span=SPAN), "garmin-lthr", ["threshold"]),
        (HeartRates(threshold=170, zones="garmin-max", span=SPAN), "garmin-max", ["max"]),
        (HeartRates(max=188, zones="garmin-hrr", span=SPAN), "garmin-hrr", ["rest"]),
        (HeartRates(zones="garmin-hrr", span=SPAN), "garmin-hrr", ["max", "rest"]),
    ],
)
def test_a_system_whose_numbers_are_missing(rates: HeartRates, asked: str, missing: list[str]) -> None:
    code, message, help = complaint(rates)
    assert code == "zones-need-number"
    assert message.startswith(f"{asked} zones need the {' and the '.join(missing)} heart rate")
    assert all(f"`{name}:`" in help[0] for name in missing)


def test_a_system_that_would_do_instead_is_proposed() -> None:
    assert "`zones: garmin-hrr`" in complaint(HeartRates(max=188, rest=48, zones="friel"))[2][1]
    assert len(complaint(HeartRates(zones="friel"))[2]) == 1


def test_every_mistake_is_told_at_once() -> None:
    _, found = derived(HeartRates(max=250, rest=260, zones=(10, 5)))
    assert [d.code for d in found] == [
        "heart-rate-range",
        "heart-rate-range",
        "heart-rate-order",
        "zone-edges-order",
        "heart-rate-range",
        "heart-rate-range",
    ]
