"""What a step holds: paces, heart rates, power, cadence and effort, as runners write them."""

from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from negsplit.diagnostics import Report
from negsplit.phrase import names, paces, targets
from negsplit.phrase.phrases import parse
from negsplit.targets import (
    Between,
    CadenceTarget,
    Effort,
    HeartRateShare,
    HeartRateTarget,
    HeartRateZones,
    Named,
    OneSided,
    OpenTarget,
    PacePoint,
    PaceTarget,
    PaceZones,
    PowerShare,
    PowerTarget,
    PowerZone,
    Scaled,
    Shifted,
    Target,
    Tolerance,
)
from negsplit.units import Pace, PaceShift, PaceUnit, Percent, Speed
from strategies.examples import examples
from strategies.phrases import Said, fault, meaning, text_of
from strategies.phrases import targets as written_targets


def pace(clock: str, unit: PaceUnit = "km") -> Pace:
    minutes, seconds = clock.split(":")
    return Pace((int(minutes) * 60 + int(seconds)) * 1000, unit)


def shifted(name: str, near: int, far: int | None = None, unit: PaceUnit = "km") -> Shifted:
    return Shifted(Named(name), PaceShift(near * 1000, unit), PaceShift((near if far is None else far) * 1000, unit))


def per_cent(number: int) -> Percent:
    return Percent(number * 1000)


@pytest.mark.parametrize(
    ("written", "point"),
    [
        ("5:00/km", pace("5:00")),
        ("5:00 / km", pace("5:00")),
        ("5:00/KM", pace("5:00")),
        ("5:00 min/km", pace("5:00")),
        ("5 min/km", pace("5:00")),
        ("5.5 min/km", pace("5:30")),
        ("8:03/mi", pace("8:03", "mi")),
        ("8:03/mile", pace("8:03", "mi")),
        ("12 km/h", Speed(12_000, "km/h")),
        ("12km/h", Speed(12_000, "km/h")),
        ("12 kph", Speed(12_000, "km/h")),
        ("12.5 kmh", Speed(12_500, "km/h")),
        ("7.5 mph", Speed(7_500, "mph")),
        ("7.5 mi/h", Speed(7_500, "mph")),
        ("3.5 m/s", Speed(3_500, "m/s")),
        ("easy", Named("easy")),
        ("EASY", Named("easy")),
        ("easy pace", Named("easy")),
        ("half marathon", Named("half marathon")),
        ("half  Marathon pace", Named("half marathon")),
        ("10k", Named("10k")),
        ("10K pace", Named("10k")),
        ("10mi", Named("10mi")),
        ("15 mi pace", Named("15mi")),
        ("5 Miles pace", Named("5miles")),
        ("1500m", Named("1500m")),
        ("1500m..800M pace", Between(Named("1500m"), Named("800m"))),
        ("VO2max", Named("vo2max")),
        ("very easy", Named("very easy")),
        ("mile", Named("mile")),
        ("M", Named("m")),
        ("park loop", Named("park loop")),
        ("loop 2", Named("loop 2")),
        ("5k goal", Named("5k goal")),
        ("marathon + 25 s/km", shifted("marathon", 25)),
        ("marathon+25s/km", shifted("marathon", 25)),
        ("marathon + 25 sec/km", shifted("marathon", 25)),
        ("marathon + 25..30 s/km", shifted("marathon", 25, 30)),
        ("marathon + 25-30 s/km", shifted("marathon", 25, 30)),
        ("marathon + 25–30 s/km", shifted("marathon", 25, 30)),
        ("marathon + 0:25/km", shifted("marathon", 25)),
        ("10k - 5 s/km", shifted("10k", -5)),
        ("10k-5 s/km", shifted("10k", -5)),
        ("10k − 5 s/km", shifted("10k", -5)),
        ("10k – 0..5 s/km", shifted("10k", 0, -5)),
        ("5k + 10 s/mi", shifted("5k", 10, unit="mi")),
        ("5k goal pace - 5 s/km", shifted("5k goal", -5)),
        ("5:00-5:00/km", Between(pace("5:00"), pace("5:00"))),
        ("12..12 km/h", Between(Speed(12_000, "km/h"), Speed(12_000, "km/h"))),
        ("95..95 % 5k", Between(*[Scaled(Named("5k"), per_cent(95), per_cent(95))] * 2)),
        ("2.8735632183908044 m/s", Speed(Decimal("2873.5632183908044"), "m/s")),
        (
            "95 % of 5k + 5 s/km",
            Shifted(Scaled(Named("5k"), per_cent(95), per_cent(95)), *[PaceShift(5_000, "km")] * 2),
        ),
        (
            "half..95 % 5k - 5..10 s/mi",
            Between(
                Named("half"),
                Shifted(
                    Scaled(Named("5k"), per_cent(95), per_cent(95)), PaceShift(-5_000, "mi"), PaceShift(-10_000, "mi")
                ),
            ),
        ),
        ("marathon + 10 %", Shifted(Named("marathon"), per_cent(10), per_cent(10))),
        ("marathon+14..18%", Shifted(Named("marathon"), per_cent(14), per_cent(18))),
        ("marathon - 10 %", Shifted(Named("marathon"), per_cent(-10), per_cent(-10))),
        ("0.5..12 m/s", Between(Speed(500, "m/s"), Speed(12_000, "m/s"))),
        ("33:20/km", pace("33:20")),
        ("95..100 % threshold", Scaled(Named("threshold"), per_cent(95), per_cent(100))),
        ("100-95% threshold", Scaled(Named("threshold"), per_cent(95), per_cent(100))),
        ("92 % of 5k", Scaled(Named("5k"), per_cent(92), per_cent(92))),
        ("92.5 % 10k pace", Scaled(Named("10k"), Percent(92_500), Percent(92_500))),
        ("5:10..4:50/km", Between(pace("5:10"), pace("4:50"))),
        ("4:50-5:10/km", Between(pace("4:50"), pace("5:10"))),
        ("4:50 – 5:10 / km", Between(pace("4:50"), pace("5:10"))),
        ("5:10/km..4:50/km", Between(pace("5:10"), pace("4:50"))),
        ("12..13 km/h", Between(Speed(12_000, "km/h"), Speed(13_000, "km/h"))),
        ("15 km/h..4:10/km", Between(Speed(15_000, "km/h"), pace("4:10"))),
        ("marathon..half", Between(Named("marathon"), Named("half"))),
        ("marathon … half", Between(Named("marathon"), Named("half"))),
        ("marathon...half", Between(Named("marathon"), Named("half"))),
        ("5k..3k", Between(Named("5k"), Named("3k"))),
        ("marathon + 5 s/km..half", Between(shifted("marathon", 5), Named("half"))),
        ("marathon..half + 5..10 s/km", Between(Named("marathon"), shifted("half", 5, 10))),
        ("92 % 5k..10k - 5 s/km", Between(Scaled(Named("5k"), per_cent(92), per_cent(92)), shifted("10k", -5))),
    ],
)
def test_paces(written: str, point: PacePoint | Between) -> None:
    assert meaning(targets.target, written) == PaceTarget(point)


@pytest.mark.parametrize(
    ("written", "target"),
    [
        ("open", OpenTarget()),
        ("faster than 4:30/km", PaceTarget(OneSided("faster", pace("4:30")))),
        ("Slower than easy", PaceTarget(OneSided("slower", Named("easy")))),
        ("slower than marathon + 5 s/km", PaceTarget(OneSided("slower", shifted("marathon", 5)))),
        ("5:00/km ± 5 s/km", PaceTarget(pace("5:00"), PaceShift(5_000, "km"))),
        ("5:00/km +- 5 s/km", PaceTarget(pace("5:00"), PaceShift(5_000, "km"))),
        ("5:00/km +/-5s/km", PaceTarget(pace("5:00"), PaceShift(5_000, "km"))),
        ("10k ± 3 %", PaceTarget(Named("10k"), per_cent(3))),
        ("10k - 5 s/km ± 8 s/mi", PaceTarget(shifted("10k", -5), PaceShift(8_000, "mi"))),
        ("HR 140..150", HeartRateTarget(140, 150)),
        ("hr140-150", HeartRateTarget(140, 150)),
        ("150..140 bpm", HeartRateTarget(140, 150)),
        ("HR 140..150 bpm", HeartRateTarget(140, 150)),
        ("HR 145", HeartRateTarget(145, 145)),
        ("HR 120..120", HeartRateTarget(120, 120, 0)),
        ("145-145 bpm", HeartRateTarget(145, 145, 0)),
        ("HR 145 ± 3", HeartRateTarget(145, 145, 3)),
        ("145bpm +- 3 bpm", HeartRateTarget(145, 145, 3)),
        ("HR 145 ± 2.5 %", HeartRateTarget(145, 145, Percent(2_500))),
        ("250 W ± 10 watts", PowerTarget(250, 250, 10)),
        ("power 250..250 W", PowerTarget(250, 250, 0)),
        ("85-85 % LTHR", HeartRateShare(per_cent(85), per_cent(85), "threshold", 0)),
        ("90..90 % CP", PowerShare(per_cent(90), per_cent(90), 0)),
        ("170..170 spm", CadenceTarget(170, 170, 0)),
        ("145bpm", HeartRateTarget(145, 145)),
        ("HR < 150", HeartRateTarget(None, 150)),
        ("HR<=150 bpm", HeartRateTarget(None, 150)),
        ("HR > 140", HeartRateTarget(140, None)),
        ("Z2", HeartRateZones(2, 2)),
        ("z 2", HeartRateZones(2, 2)),
        ("HR Z2", HeartRateZones(2, 2)),
        ("Z2..3", HeartRateZones(2, 3)),
        ("watch Z2", HeartRateZones(2, 2, watch=True)),
        ("Z2 pace", PaceZones(2, 2)),
        ("z3-Z2 Pace", PaceZones(2, 3)),
        ("Z2-Z3", HeartRateZones(2, 3)),
        ("HR Z3..2", HeartRateZones(2, 3)),
        ("75..80 % HRmax", HeartRateShare(per_cent(75), per_cent(80), "max")),
        ("75% of max HR", HeartRateShare(per_cent(75), per_cent(75), "max")),
        ("75 % HR max", HeartRateShare(per_cent(75), per_cent(75), "max")),
        ("60..70 % HRR", HeartRateShare(per_cent(60), per_cent(70), "reserve")),
        ("85..89 % lthr", HeartRateShare(per_cent(85), per_cent(89), "threshold")),
        ("250..270 W", PowerTarget(250, 270)),
        ("250 watts", PowerTarget(250, 250)),
        ("power 250 W", PowerTarget(250, 250)),
        ("90..95 % CP", PowerShare(per_cent(90), per_cent(95))),
        ("power Z3", PowerZone(3)),
        ("POWER z7", PowerZone(7)),
        ("170..180 spm", CadenceTarget(170, 180)),
        ("RPE 6", Effort(6, 6)),
        ("rpe3..4", Effort(3, 4)),
    ],
)
def test_other_targets(written: str, target: Target) -> None:
    assert meaning(targets.target, written) == target


@pytest.mark.parametrize(
    ("written", "both"),
    [
        ("threshold and 175..185 spm", (PaceTarget(Named("threshold")), CadenceTarget(175, 185))),
        ("5:00/km and HR < 150", (PaceTarget(pace("5:00")), HeartRateTarget(None, 150))),
        ("RPE 6 and HR 140..150", (Effort(6, 6), HeartRateTarget(140, 150))),
        (
            "RPE 6 and easy and 170 spm",
            (Effort(6, 6), PaceTarget(Named("easy")), CadenceTarget(170, 170)),
        ),
    ],
)
def test_targets_that_stand_together(written: str, both: tuple[Target, ...]) -> None:
    assert meaning(targets.targets, written) == both


@pytest.mark.parametrize(
    ("written", "margin"),
    [
        ("2 %", per_cent(2)),
        ("0.5%", Percent(500)),
        ("± 5 s/km", PaceShift(5_000, "km")),
        ("8 s/mi", PaceShift(8_000, "mi")),
    ],
)
def test_tolerances(written: str, margin: Tolerance) -> None:
    assert meaning(paces.tolerance, written) == margin


FIGURES = "for example `5:00/km`, `easy`, `10k - 5 s/km`"
CUE = "a target goes after `@`, a cue after `--`"


@pytest.mark.parametrize(
    ("written", "said"),
    [
        (
            "5:00",
            Said(
                "missing-unit",
                "5:00",
                "`5:00` needs a unit",
                "write `5:00/km` | write `5:00/mi`",
            ),
        ),
        (
            "180",
            Said(
                "missing-unit",
                "180",
                "`180` needs a unit",
                "write `180 bpm`, `180 W` or `180 spm`; a pace is `5:00/km`",
            ),
        ),
        ("4.5/km", Said("clock", "4.5", "write a pace in minutes and seconds", "write `4:30/km`")),
        ("4.50/km", Said("clock", "4.50", "write a pace in minutes and seconds", "write `4:50/km`")),
        ("430/km", Said("clock", "430", "write a pace in minutes and seconds", "write `4:30/km`")),
        ("5'00", Said("clock", "5'00", "write a pace with a colon", "write `5:00/km`")),
        (
            "12,5 km/h",
            Said("decimal", "12,5", "commas separate steps; write decimals with a point", "write `12.5 km/h`"),
        ),
        ("5:75/km", Said("clock", "5:75", "`5:75` has more than 59 seconds", "did you mean `6:15`?")),
        (
            "0:30/km",
            Said(
                "out-of-bounds",
                "0:30/km",
                "`0:30/km` is not a running speed",
                "bounds: 33:20/km to 1:24/km, 1.8 to 43.2 km/h",
            ),
        ),
        ("0:00/km", Said("out-of-bounds", "0:00/km", "a pace is more than 0:00", "")),
        (
            "5 km",
            Said(
                "unknown-name", "5 km", "`5 km` is not a target", "did you mean `5k`, the pace of a race, or `5 km/h`?"
            ),
        ),
        (
            "10 mi",
            Said(
                "unknown-name",
                "10 mi",
                "`10 mi` is not a target",
                "did you mean `10mi`, the pace of a race, or `10 mph`?",
            ),
        ),
        (
            "marathon + 25",
            Said("missing-unit", "25", "`25` needs a unit", "write `25 s/km` | write `25 s/mi` | or `25 %`"),
        ),
        (
            "marathon + 25 s",
            Said("missing-unit", "25 s", "`25` needs a unit", "write `25 s/km` | write `25 s/mi` | or `25 %`"),
        ),
        (
            "marathon +",
            Said(
                "incomplete",
                "",
                "a number is missing at the end",
                "write `marathon + 10 s/km` or `marathon + 5 %`",
            ),
        ),
        (
            "easy + 5 s/km + 3 s/km",
            Said("offset", "+ 3", "an offset goes after the name of a pace, once", "write one offset"),
        ),
        (
            "5:00/km - 5 s/km",
            Said("offset", "- 5", "an offset goes after the name of a pace, once", "write the pace that you mean"),
        ),
        ("easy + 700 s/km", Said("out-of-bounds", "700 s/km", "an offset is at most ten minutes", "")),
        (
            "marathon - half",
            Said(
                "range",
                "- half",
                "`-` does not make a range of paces",
                "for a range, write `marathon..half` | a cue goes after `--`: `marathon -- half`",
            ),
        ),
        (
            "marathon to half",
            Said("range", "to half", "`to` does not make a range of paces", "for a range, write `marathon..half`"),
        ),
        (
            "5:10 to 4:50/km",
            Said("range", "to 4:50/km", "`to` does not make a range of paces", "for a range, write `5:10..4:50/km`"),
        ),
        (
            "5:10/km-4:50/km",
            Said("range", "-4:50/km", "`-` does not make a range of paces", "for a range, write `5:10/km..4:50/km`"),
        ),
        (
            "easy or slower",
            Said("range", "or slower", "a limit on one side is written with `than`", "write `slower than easy`"),
        ),
        (
            "marathon..half..10k",
            Said("range", "marathon..half..10k", "a range has two ends", "write for example `marathon..half`"),
        ),
        (
            "5..6:00/km",
            Said("range", "5..6:00", "write both ends of a range the same way", "for example `4:50..5:10/km`"),
        ),
        ("90 s/km", Said("clock", "90 s/km", "write a pace in minutes and seconds", "write `1:30/km`")),
        ("cadence 180", Said("unexpected", "cadence 180", "write cadence as a number and `spm`", "write `180 spm`")),
        (
            "+10 s/km",
            Said(
                "offset",
                "+10",
                "a pace is missing before the `+`",
                "an offset goes after the name of a pace: `marathon + 10 s/km`",
            ),
        ),
        (
            "easy ± ± 5 s/km",
            Said("unexpected", "±", "expected a number, found `±`", "for example `2 %` or `5 s/km`"),
        ),
        (
            "faster than 5:10..4:50/km",
            Said("range", "5:10..", "`faster than` takes one pace", "for example `faster than 4:30/km`"),
        ),
        (
            "faster 4:30/km",
            Said("unexpected", "4:30", "expected `than`, found `4:30`", "write `faster than 4:30/km`"),
        ),
        ("faster than HR 150", Said("unexpected", "HR", "expected a pace, found `HR`", FIGURES)),
        (
            "4:50..5:10/km ± 5 s/km",
            Said("tolerance", "±", "a range is already a band, so it takes no ±", "leave it out"),
        ),
        (
            "HR 140..150 ± 5",
            Said(
                "tolerance",
                "HR 140..150 ±",
                "`±` goes after one pace, one heart rate or one power",
                "write both ends, for example `HR 140..150`",
            ),
        ),
        (
            "5:00/km ± 50 %",
            Said("out-of-bounds", "50 %", "a tolerance must be between 0 and 30 %, not 50 %", ""),
        ),
        (
            "5:00/km ± 2..3 %",
            Said("range", "2..3 %", "a tolerance is one number", "for example `2 %` or `5 s/km`"),
        ),
        ("HR 300", Said("out-of-bounds", "HR 300", "a heart rate in bpm must be between 30 and 220, not 300", "")),
        ("HR 140.5", Said("whole-number", "HR 140.5", "a heart rate in bpm is a whole number, not 140.5", "")),
        (
            "HR",
            Said(
                "unexpected",
                "HR",
                "`HR` needs a number or a zone after it",
                "write `HR 140..150`, `HR < 150`, `HR Z2`, or `75..80 % HRmax`",
            ),
        ),
        ("140 HR", Said("order", "140 HR", "`HR` goes before its number", "write `HR 140`")),
        (
            "heart rate",
            Said(
                "unexpected",
                "heart rate",
                "write heart rate as `HR`",
                "name the beats or the zone: `HR 140..150`, `HR Z2`",
            ),
        ),
        ("Z0", Said("out-of-bounds", "Z0", "zones go from 1 to 10, and this is 0", "")),
        ("Z2.5", Said("whole-number", "2.5", "a zone is a whole number, not 2.5", "")),
        (
            "140 bpm..150 bpm",
            Said(
                "range",
                "140 bpm..",
                "a range has two numbers and one unit",
                "for example `140..150 bpm`, `250..270 W`, `Z2..3`",
            ),
        ),
        (
            "92 %",
            Said(
                "percentage",
                "92 %",
                "a percentage of what?",
                "say of what: `% threshold`, `% of 5k`, `% HRmax`, `% HRR`, `% LTHR` or `% CP`",
            ),
        ),
        (
            "85 % HR",
            Said(
                "percentage",
                "HR",
                "a percentage of `HR` is not known",
                "write `% HRmax` or `% HRR` or `% LTHR`",
            ),
        ),
        ("90 % FTP", Said("percentage", "FTP", "a percentage of `FTP` is not known", "write `% CP`")),
        (
            "HR 85 %",
            Said(
                "percentage",
                "HR 85 %",
                "a percentage of which heart rate?",
                "write `75..80 % HRmax`, `% HRR` or `% LTHR`",
            ),
        ),
        (
            "95%-100% threshold",
            Said("range", "95%-100", "a range has two numbers and one `%`", "write `95..100 %`, and of what"),
        ),
        (
            "400 % threshold",
            Said("out-of-bounds", "400 %", "a percentage must be above 0 and at most 300, not 400", ""),
        ),
        (
            "power 250",
            Said("missing-unit", "power 250", "`250` needs a unit", "write `250 W`"),
        ),
        ("power Z8", Said("out-of-bounds", "power Z8", "power takes one zone, Z1 to Z7", "")),
        ("power Z3..4", Said("out-of-bounds", "power Z3..4", "power takes one zone, Z1 to Z7", "")),
        (
            "3000 W",
            Said("out-of-bounds", "3000 W", "power in watts must be between 1 and 2000, not 3000", ""),
        ),
        (
            "30 spm",
            Said("out-of-bounds", "30 spm", "a cadence in steps per minute must be between 60 and 300, not 30", ""),
        ),
        ("RPE 11", Said("out-of-bounds", "RPE 11", "RPE must be between 1 and 10, not 11", "")),
        ("3..4 RPE", Said("order", "3..4 RPE", "`RPE` goes before its number", "write `RPE 3..4`")),
        (
            "5:00/km and 4:40/km",
            Said(
                "targets",
                "5:00/km and 4:40/km",
                "a step takes one pace target; these are 2",
                "for a range, write `marathon..half`; a cue goes after `--`",
            ),
        ),
        (
            "HR > 140 and HR < 150",
            Said(
                "targets",
                "HR > 140 and HR < 150",
                "a step takes one heart rate target; these are 2",
                "for a range, write `HR 140..150`",
            ),
        ),
        (
            "easy and HR < 150 and 180 spm",
            Said(
                "targets",
                "easy and HR < 150 and 180 spm",
                "a step takes at most two targets; these are 3",
                "leave one of them out",
            ),
        ),
        (
            "RPE 3 and RPE 4",
            Said(
                "targets",
                "RPE 3 and RPE 4",
                "a step has one RPE, these are two",
                "for a range, write `RPE 3..4`",
            ),
        ),
        (
            "open and easy",
            Said(
                "targets",
                "open and easy",
                "`open` means no target, and here is one",
                "leave `open` out",
            ),
        ),
        (
            "easy + 1.23456 s/km",
            Said("too-precise", "1.23456 s/km", "a pace has at most three decimals of a second", ""),
        ),
        ("5:00/km easy", Said("trailing-text", "easy", "`easy` does not belong here", "")),
    ],
)
def test_mistakes(written: str, said: Said) -> None:
    assert fault(targets.targets, written) == said


@pytest.mark.parametrize(
    ("written", "name"),
    [
        ("park loop", "park loop"),
        ("Park  Loop", "park loop"),
        ("float pace", "float"),
        ("5k goal", "5k goal"),
        ("10k", "10k"),
        ("mile", "mile"),
        ("Größe", "größe"),
        ("run", "run"),
        ("k2", "k2"),
        ("mile repeats", "mile repeats"),
        ("min effort", "min effort"),
        ("park_loop", "park_loop"),
        ("Semi-Easy", "semi-easy"),
        ("10k-fast", "10k-fast"),
        ("R1-fast_2", "r1-fast_2"),
        ("R1+", "r1+"),
        ("R1+ pace", "r1+"),
        ("by feel", "by feel"),
        ("day off", "day off"),
        ("run with dog", "run with dog"),
        ("watch party", "watch party"),
        ("now then", "now then"),
    ],
)
def test_own_names(written: str, name: str) -> None:
    assert meaning(names.own_name, written) == name


WORDS = "lap open until in at and of than to or faster slower hr power rpe HRmax HRR LTHR CP km m min s W bpm spm M"


@pytest.mark.parametrize("word", ["lap-button", *WORDS.split()])
def test_words_that_name_no_pace(word: str) -> None:
    message = f"`{word}` already means something, so a pace cannot be called that"
    help = "give it another name, for example `park loop`"
    assert fault(names.own_name, word) == Said("reserved-name", word, message, help)


@pytest.mark.parametrize(
    ("written", "code", "under"),
    [
        ("Z2", "reserved-name", "Z2"),
        ("zone 2", "reserved-name", "zone 2"),
        ("watch Z2", "reserved-name", "watch Z"),
        ("2 loop", "unexpected", "2"),
        ("10", "unexpected", "10"),
        ("fast - ish", "bad-name", "-"),
        ("easy, hard", "bad-name", ","),
        ("home to work", "bad-name", "to"),
        ("10min", "unexpected", "10"),
        ("400m", "unexpected", "400"),
        ("km pace", "reserved-name", "km pace"),
        ("heart rate", "reserved-name", "heart rate"),
        ("lap two", "reserved-name", "lap"),
        ("_park", "unexpected", "_"),
        ("park_", "bad-name", "_"),
        ("park _loop", "bad-name", "_"),
        ("fast- ish", "bad-name", "-"),
        ("a+b", "bad-name", "b"),
        ("R1++", "bad-name", "+"),
        ("R1 +", "bad-name", "+"),
        ("R1+ 5", "bad-name", "+"),
        ("loop by 5", "bad-name", "by"),
        ("loop with 5:00", "bad-name", "with"),
        ("by 5", "reserved-name", "by"),
        ("easy w/ dog", "bad-name", "w"),
    ],
)
def test_names_that_could_not_be_used(written: str, code: str, under: str) -> None:
    assert fault(names.own_name, written)[:2] == (code, under)


_WORDS = [
    "park",
    "loop",
    "5k",
    "10",
    "2",
    "zone",
    "z",
    "heart",
    "rate",
    "cadence",
    "hr",
    "power",
    "run",
    "x",
    "min",
    "k",
    "10mi",
    "mile",
    "easy",
    "pace",
    "faster",
    "than",
    "to",
    "Z2",
    "RPE",
    "in",
    "by",
    "with",
    "watch",
    "R1+",
    "park_loop",
    "10k-fast",
    "w/",
    "+",
    "_",
    "-",
]


@pytest.mark.parametrize(
    ("written", "target"),
    [
        ("R1+ 5 s/km", Shifted(Named("r1"), PaceShift(5_000, "km"), PaceShift(5_000, "km"))),
        ("R1+5 s/km", Shifted(Named("r1"), PaceShift(5_000, "km"), PaceShift(5_000, "km"))),
        ("R1+ + 5 s/km", Shifted(Named("r1+"), PaceShift(5_000, "km"), PaceShift(5_000, "km"))),
        ("R1+ - 5 s/km", Shifted(Named("r1+"), PaceShift(-5_000, "km"), PaceShift(-5_000, "km"))),
        ("marathon-10 s/km", Shifted(Named("marathon"), PaceShift(-10_000, "km"), PaceShift(-10_000, "km"))),
        ("park_loop-10 s/km", Shifted(Named("park_loop"), PaceShift(-10_000, "km"), PaceShift(-10_000, "km"))),
        ("R1+..10k-fast", Between(Named("r1+"), Named("10k-fast"))),
    ],
)
def test_signs_behind_own_names(written: str, target: PacePoint) -> None:
    assert meaning(targets.target, written) == PaceTarget(target)


def test_a_plus_and_a_minus_behind_a_name_are_a_margin() -> None:
    assert meaning(targets.target, "R1+-5 s/km") == PaceTarget(Named("r1"), PaceShift(5_000, "km"))


@settings(max_examples=examples(300), deadline=None)
@given(st.lists(st.sampled_from(_WORDS), min_size=1, max_size=3).map(" ".join))
def test_every_own_name_that_is_taken_can_be_used(name: str) -> None:
    report = Report()
    if taken := parse(text_of(name), report, names.own_name):
        assert meaning(targets.target, name) == PaceTarget(Named(taken))
    else:
        assert report.failed


@settings(max_examples=examples(200), deadline=None)
@given(written_targets())
def test_every_spelling_means_what_it_says(written: tuple[str, Target]) -> None:
    text, target = written
    assert meaning(targets.target, text) == target
