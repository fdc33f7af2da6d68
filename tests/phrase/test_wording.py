"""Lengths, targets and phrases in words: the exact words, and that they are read back."""

from decimal import Decimal
from typing import Any

import pytest

from negsplit.diagnostics import Report, Source, Span
from negsplit.model import Lap, Length, Range, Role, Step, UntilHeartRate
from negsplit.phrase import amounts, phrases, targets
from negsplit.phrase.wording import fits_in_line, length_text, line_text, phrase_text, target_text
from negsplit.targets import (
    Between,
    CadenceTarget,
    Covering,
    Effort,
    HeartRateShare,
    HeartRateTarget,
    HeartRateZones,
    Named,
    OneSided,
    OpenTarget,
    PaceTarget,
    PowerShare,
    PowerTarget,
    PowerZone,
    Scaled,
    Shifted,
    Target,
)
from negsplit.tree.nodes import Text
from negsplit.units import Distance, Duration, Pace, PaceShift, Percent, Speed

EASY, TEN = Named("easy"), Named("10k")


def parsed(text: str, rule: Any) -> Any:
    report = Report()
    found = phrases.parse(Text(text, Span(Source("words", text), 0, len(text))), report, rule)
    assert not [one for one in report.diagnostics if one.code != "metres"]
    return found


def between(low: str, high: str, unit: str, decimals: int) -> Range:
    kind = Duration if unit in ("s", "min", "h") else Distance
    return Range(kind.of(Decimal(low), unit), kind.of(Decimal(high), unit), unit, decimals)


@pytest.mark.parametrize(
    ("length", "text"),
    [
        (Duration(45_000), "45 s"),
        (Duration(600_000), "10 min"),
        (Duration(90_500), "1:30.5"),
        (Duration(3_930_000), "1:05:30"),
        (Distance(40_000), "400 m"),
        (Distance(1_020_000), "10.2 km"),
        (Distance(160_934), "1 mi"),
        (Lap(), "lap"),
        (UntilHeartRate("below", 120), "until HR < 120"),
        (UntilHeartRate("above", 150), "until HR > 150"),
        (between("6", "8", "mi", 0), "6..8 mi"),
        (between("6", "8.5", "mi", 1), "6..8.5 mi"),
        (between("6", "8", "mi", 1), "6.0..8 mi"),
        (between("1.25", "2", "km", 3), "1.250..2 km"),
        (between("75", "105", "min", 0), "75..105 min"),
        (between("1", "1.5", "h", 1), "1..1.5 h"),
        (between("30", "45", "s", 0), "30..45 s"),
        (between("45", "90", "s", 0), "0:45..1:30"),
        (between("210.5", "240", "s", 1), "3:30.5..4:00"),
        (between("210", "240", "s", 1), "210.0..240 s"),
        (between("100", "200", "yd", 0), "100..200 yd"),
    ],
)
def test_lengths(length: Length, text: str) -> None:
    assert length_text(length) == text
    assert parsed(text, amounts.length) == length


@pytest.mark.parametrize(
    ("target", "text"),
    [
        (OpenTarget(), "open"),
        (PaceTarget(EASY), "easy"),
        (PaceTarget(Named("park loop"), Percent(1_500)), "park loop ± 1.5 %"),
        (PaceTarget(Named("race pace")), "race pace pace"),
        (PaceTarget(Pace(458_214, "mi")), "7:38.214/mi"),
        (PaceTarget(Pace(300_000, "km"), PaceShift(5_000, "km")), "5:00/km ± 5 s/km"),
        (PaceTarget(Speed(12_000, "km/h")), "12 km/h"),
        (PaceTarget(Speed(7_525, "mph")), "7.525 mph"),
        (PaceTarget(Speed(3_300, "m/s")), "3.3 m/s"),
        (PaceTarget(Between(Pace(310_000, "km"), Pace(290_000, "km"))), "5:10..4:50/km"),
        (PaceTarget(Between(Pace(300_000, "km"), Pace(300_000, "km"))), "5:00..5:00/km"),
        (PaceTarget(Between(Pace(300_000, "km"), Pace(458_000, "mi"))), "5:00/km..7:38/mi"),
        (PaceTarget(Between(Speed(12_000, "km/h"), Speed(13_500, "km/h"))), "12..13.5 km/h"),
        (PaceTarget(Between(Speed(12_000, "km/h"), Speed(8_000, "mph"))), "12 km/h..8 mph"),
        (PaceTarget(Between(Named("marathon"), Named("half"))), "marathon..half"),
        (PaceTarget(Between(EASY, TEN)), "easy..10k"),
        (
            PaceTarget(Between(Shifted(EASY, PaceShift(5_000, "km"), PaceShift(5_000, "km")), TEN)),
            "easy + 5 s/km..10k",
        ),
        (PaceTarget(Shifted(EASY, PaceShift(25_000, "km"), PaceShift(30_000, "km"))), "easy + 25..30 s/km"),
        (PaceTarget(Shifted(TEN, PaceShift(0, "km"), PaceShift(-5_000, "km"))), "10k - 0..5 s/km"),
        (PaceTarget(Shifted(TEN, PaceShift(-7_500, "mi"), PaceShift(-7_500, "mi"))), "10k - 7.5 s/mi"),
        (PaceTarget(Shifted(EASY, Percent(14_000), Percent(18_000))), "easy + 14..18 %"),
        (PaceTarget(Shifted(EASY, Percent(-10_000), Percent(-10_000)), Percent(0)), "easy - 10 % ± 0 %"),
        (PaceTarget(Scaled(EASY, Percent(95_000), Percent(100_000))), "95..100 % easy"),
        (PaceTarget(Scaled(TEN, Percent(92_000), Percent(92_000))), "92 % of 10k"),
        (PaceTarget(OneSided("faster", Pace(270_000, "km"))), "faster than 4:30/km"),
        (PaceTarget(OneSided("slower", EASY)), "slower than easy"),
        (HeartRateTarget(145, 145), "HR 145"),
        (HeartRateTarget(140, 150), "HR 140..150"),
        (HeartRateTarget(None, 150), "HR < 150"),
        (HeartRateTarget(140, None), "HR > 140"),
        (HeartRateZones(2, 2), "Z2"),
        (HeartRateZones(2, 3), "Z2..3"),
        (HeartRateShare(Percent(75_000), Percent(80_000), "max"), "75..80 % HRmax"),
        (HeartRateShare(Percent(62_500), Percent(62_500), "reserve"), "62.5 % HRR"),
        (HeartRateShare(Percent(85_000), Percent(89_000), "threshold"), "85..89 % LTHR"),
        (PowerTarget(250, 270), "250..270 W"),
        (PowerShare(Percent(90_000), Percent(95_000)), "90..95 % CP"),
        (PowerZone(3), "power Z3"),
        (CadenceTarget(170, 180), "170..180 spm"),
        (Effort(6, 6), "RPE 6"),
        (Effort(3, 4), "RPE 3..4"),
    ],
)
def test_targets(target: Target, text: str) -> None:
    assert target_text(target) == text
    assert parsed(text, targets.target) == target


@pytest.mark.parametrize(
    ("shortest", "longest", "text"),
    [
        (210_000, 210_000, "800 m in 3:30"),
        (210_000, 225_500, "800 m in 3:30..3:45.5"),
        (210_000, 225_000, "800 m in 3:30..3:45"),
    ],
)
def test_a_distance_in_a_time_is_length_and_target_in_one(shortest: int, longest: int, text: str) -> None:
    covering = PaceTarget(Covering(Distance(80_000), Duration(shortest), Duration(longest)))
    assert phrase_text(Step(Role.RUN, Distance(80_000), (covering,))) == text
    more = phrase_text(Step(Role.RUN, Distance(80_000), (covering, Effort(9, 9)), "even"))
    assert more == f"{text} @ RPE 9 -- even"


def test_a_pace_over_another_distance_is_refused() -> None:
    covering = PaceTarget(Covering(Distance(80_000), Duration(210_000), Duration(210_000)))
    with pytest.raises(ValueError, match="800 m"):
        phrase_text(Step(Role.RUN, Distance(40_000), (covering,)))


def test_a_phrase_says_neither_role_nor_tolerance() -> None:
    step = Step(Role.WALK, Distance(160_934), (PaceTarget(EASY), CadenceTarget(175, 185)), "tall, relaxed", Percent(1))
    assert phrase_text(step) == "1 mi @ easy and 175..185 spm -- tall, relaxed"


@pytest.mark.parametrize(
    ("cue", "text"),
    [
        ("", "1 min"),
        ("tall", "1 min -- tall"),
        ('say "go" now', '1 min -- say "go" now'),
        ("tall, relaxed", '1 min -- "tall, relaxed"'),
        ("out (and back", '1 min -- "out (and back"'),
        ('"go", he said', None),
        ('"go" now', None),
    ],
)
def test_cues_in_a_line(cue: str, text: str | None) -> None:
    step = Step(Role.RUN, Duration(60_000), (), cue)
    assert fits_in_line(step, ",()") == (text is not None)
    if text is not None:
        assert line_text(step, ",()") == text
        assert line_text(step, ",()", "walk") == f"walk {text}"


def test_a_role_alone_lasts_until_the_lap_button() -> None:
    assert line_text(Step(Role.REST, Lap()), ",()", "rest") == "rest"
    assert line_text(Step(Role.REST, Lap()), ",()") == "lap"
    assert line_text(Step(Role.REST, Lap(), cue="drink"), ",()", "rest") == "rest lap -- drink"
