"""How long a step lasts, as runners write it."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from negsplit.diagnostics import Report
from negsplit.expand.ranges import chosen
from negsplit.model import CountRange, Lap, Length, Range, UntilHeartRate
from negsplit.phrase import amounts
from negsplit.phrase import phrases as phrase
from negsplit.units import Amount, Distance, Duration
from strategies.examples import examples
from strategies.phrases import Said, fault, lengths, meaning, text_of

S, MIN, H = 1_000, 60_000, 3_600_000


@pytest.mark.parametrize(
    ("written", "ms"),
    [
        ("90 s", 90 * S),
        ("90s", 90 * S),
        ("90 sec", 90 * S),
        ("90 secs", 90 * S),
        ("90 second", 90 * S),
        ("90 seconds", 90 * S),
        ('90"', 90 * S),
        ("90”", 90 * S),
        ("90″", 90 * S),
        ("90''", 90 * S),
        ("90 Sec", 90 * S),
        ("10 min", 10 * MIN),
        ("10min", 10 * MIN),
        ("10 mins", 10 * MIN),
        ("10 minute", 10 * MIN),
        ("10 MINUTES", 10 * MIN),
        ("10'", 10 * MIN),
        ("10′", 10 * MIN),
        ("10’", 10 * MIN),
        ("2.5 min", 150 * S),
        ("10\u00a0min", 10 * MIN),
        ("10\u202fmin", 10 * MIN),
        ("1 h", H),
        ("1 hr", H),
        ("2 hrs", 2 * H),
        ("1 hour", H),
        ("1.5 h", 90 * MIN),
        ("1h30", 90 * MIN),
        ("1 h 30", 90 * MIN),
        ("1H30", 90 * MIN),
        ("1h05", 65 * MIN),
        ("1 h 30 min", 90 * MIN),
        ("1h30min", 90 * MIN),
        ("1 h 30 min 15 s", 90 * MIN + 15 * S),
        ("1 h 15 s", H + 15 * S),
        ("1'30\"", 90 * S),
        ("1′30″", 90 * S),
        ("1’30”", 90 * S),
        ("1 min 30 s", 90 * S),
        ("90 min 30 s", 90 * MIN + 30 * S),
        ("1:30", 90 * S),
        ("75:30", 75 * MIN + 30 * S),
        ("0:45", 45 * S),
        ("1:05:00", 65 * MIN),
        ("0:00:45", 45 * S),
        ("1:30.5", 90_500),
        ("24 h", 24 * H),
        ("1 s", S),
    ],
)
def test_times(written: str, ms: int) -> None:
    assert meaning(amounts.length, written) == Duration(ms)


@pytest.mark.parametrize(
    ("written", "cm"),
    [
        ("400 m", 40_000),
        ("400m", 40_000),
        ("400 meters", 40_000),
        ("400 metre", 40_000),
        ("1.5 km", 150_000),
        ("5k", 500_000),
        ("5 K", 500_000),
        ("5 kms", 500_000),
        ("10 kilometres", 1_000_000),
        ("1 mi", 160_934),
        ("1 mile", 160_934),
        ("0.25 miles", 40_234),
        ("100 yd", 9_144),
        ("100 yards", 9_144),
        ("10 m", 1_000),
        ("200 km", 20_000_000),
    ],
)
def test_distances(written: str, cm: int) -> None:
    report = Report()
    assert phrase.parse(text_of(written), report, amounts.length) == Distance(cm)


@pytest.mark.parametrize(
    ("written", "length"),
    [
        ("lap", Lap()),
        ("Lap-Button", Lap()),
        ("until lap-button", Lap()),
        ("LAP", Lap()),
        ("until lap", Lap()),
        ("until HR < 120", UntilHeartRate("below", 120)),
        ("Until hr<120bpm", UntilHeartRate("below", 120)),
        ("until HR > 150 bpm", UntilHeartRate("above", 150)),
        ("until HR ≤ 120", UntilHeartRate("below", 120)),
        ("until HR >= 150", UntilHeartRate("above", 150)),
        ("until HR > 30", UntilHeartRate("above", 30)),
        ("until HR < 220", UntilHeartRate("below", 220)),
    ],
)
def test_lengths_that_are_no_amounts(written: str, length: Length) -> None:
    assert meaning(amounts.length, written) == length


@pytest.mark.parametrize(
    ("written", "low", "high", "unit", "decimals"),
    [
        ("6..8 mi", Distance(965_606), Distance(1_287_475), "mi", 0),
        ("6-8 mi", Distance(965_606), Distance(1_287_475), "mi", 0),
        ("6–8mi", Distance(965_606), Distance(1_287_475), "mi", 0),
        ("6…8 miles", Distance(965_606), Distance(1_287_475), "mi", 0),
        ("6 ... 8 mi", Distance(965_606), Distance(1_287_475), "mi", 0),
        ("8..6 mi", Distance(965_606), Distance(1_287_475), "mi", 0),
        ("6 mi..8 mi", Distance(965_606), Distance(1_287_475), "mi", 0),
        ("1.5..2 km", Distance(150_000), Distance(200_000), "km", 1),
        ("45..47 s", Duration(45_000), Duration(47_000), "s", 0),
        ("3:30..4:00", Duration(210_000), Duration(240_000), "s", 0),
        ("5'..6'", Duration(5 * MIN), Duration(6 * MIN), "min", 0),
        ("1h30..2h", Duration(90 * MIN), Duration(2 * H), "min", 0),
        ("1 h..1h30", Duration(H), Duration(90 * MIN), "min", 0),
        ("1 h 30 min 20 s..2 h", Duration(90 * MIN + 20 * S), Duration(2 * H), "s", 0),
        ("45 min..1 h", Duration(45 * MIN), Duration(H), "min", 0),
        ("1..2 h", Duration(H), Duration(2 * H), "h", 0),
    ],
)
def test_ranges(written: str, low: Amount, high: Amount, unit: str, decimals: int) -> None:
    assert meaning(amounts.length, written) == Range(low, high, unit, decimals)


@pytest.mark.parametrize(
    ("written", "middle"),
    [
        ("1h30..2h", Duration(105 * MIN)),
        ("1..2 h", Duration(H)),
        ("45 min..1 h", Duration(52 * MIN)),
        ("1.5..2 km", Distance(170_000)),
        ("3:30..4:00", Duration(225_000)),
    ],
)
def test_the_middle_of_a_range_is_in_the_smallest_unit_written(written: str, middle: Amount) -> None:
    between = meaning(amounts.length, written)
    assert isinstance(between, Range)
    assert chosen(between, "middle") == middle


def test_equal_ends_are_one_amount() -> None:
    assert meaning(amounts.length, "5..5 km") == Distance(500_000)


@pytest.mark.parametrize(
    ("written", "count"),
    [("8", 8), ("8..10", CountRange(8, 10)), ("10-8", CountRange(8, 10)), ("8..8", 8), ("10000", 10_000)],
)
def test_counts(written: str, count: int | CountRange) -> None:
    assert meaning(phrase.count, written) == count


UNITS = "write `10 min` | write `10 s` | write `10 km` | write `10 m`"


@pytest.mark.parametrize(
    ("written", "said"),
    [
        ("10", Said("missing-unit", "10", "`10` needs a unit", UNITS)),
        ("10 @", Said("missing-unit", "10", "`10` needs a unit", UNITS)),
        ("5:75", Said("clock", "5:75", "`5:75` has more than 59 seconds", "did you mean `6:15`?")),
        ("1:75:00", Said("clock", "1:75:00", "`1:75:00` has more than 59 minutes", "did you mean `2:15:00`?")),
        ("5:5", Said("clock", "5:5", "`5:5` is not a clock time", "write `5:05` | write `5:50`")),
        (
            "1,5 km",
            Said("decimal", "1,5", "commas separate steps; write decimals with a point", "write `1.5 km`"),
        ),
        (
            "1,500 m",
            Said(
                "decimal",
                "1,500",
                "commas separate steps; write decimals with a point",
                "write `1500 m`, without a comma | write `1.5 m`",
            ),
        ),
        ("1/2 mi", Said("decimal", "1/2", "write fractions as decimals", "write `0.5 mi`")),
        ("½ mi", Said("decimal", "½", "write fractions as decimals", "for example `0.5`")),
        ("1½ mi", Said("decimal", "1½", "write fractions as decimals", "for example `1.5`")),
        (
            "1:30 h",
            Said("clock", "1:30 h", "`1:30` is already a time and takes no unit", "write `1 h 30 min` or `1:30:00`"),
        ),
        ("1:30min", Said("clock", "1:30min", "`1:30` is already a time and takes no unit", "write `1:30`")),
        ("0 min", Said("out-of-bounds", "0 min", "a time must be between 1 s and 24 h, not 0 s", "")),
        ("25 h", Said("out-of-bounds", "25 h", "a time must be between 1 s and 24 h, not 25 h", "")),
        ("-5 min", Said("sign", "-5", "a number has no sign here", "write `5`")),
        ("−5 min", Said("sign", "−5", "a number has no sign here", "write `5`")),
        (
            "5 m",
            Said(
                "out-of-bounds",
                "5 m",
                "a distance must be between 10 m and 200 km, not 5 m",
                "`m` is metres; did you mean `5 min`? | `m` is metres; did you mean `5 mi`?",
            ),
        ),
        (
            "201 km",
            Said("out-of-bounds", "201 km", "a distance must be between 10 m and 200 km, not 201 km", ""),
        ),
        ("1h30m", Said("metres", "30m", "`30m` is metres, next to a time", "write `30 min`")),
        ("20 m 30 s", Said("metres", "20 m", "`20 m` is metres, next to a time", "write `20 min`")),
        (
            "10 mim",
            Said(
                "unknown-unit",
                "mim",
                "`mim` is not a unit of time or distance",
                "did you mean `10 min`? | did you mean `10 mi`?",
            ),
        ),
        ("10 minn", Said("unknown-unit", "minn", "`minn` is not a unit of time or distance", "did you mean `10 min`?")),
        ("10kmm", Said("unknown-unit", "kmm", "`kmm` is not a unit of time or distance", "did you mean `10 km`?")),
        (
            "10 laps",
            Said(
                "unknown-unit",
                "laps",
                "`laps` is not a unit of time or distance",
                "write `10 min @ laps` | write `10 s @ laps` | write `10 km @ laps` | write `10 m @ laps` | "
                "if it is a cue: `run -- 10 laps`",
            ),
        ),
        (
            "12 km/h",
            Said(
                "target-first",
                "12 km/h",
                "`12 km/h` is a target, not a duration",
                "a target goes after `@`: `10 min @ 12 km/h`",
            ),
        ),
        (
            "5:00 min/km",
            Said(
                "target-first",
                "5:00 min/km",
                "`5:00 min/km` is a target, not a duration",
                "a target goes after `@`: `10 min @ 5:00 min/km`",
            ),
        ),
        (
            "150 bpm",
            Said(
                "target-first",
                "150 bpm",
                "`150 bpm` is a target, not a duration",
                "a target goes after `@`: `10 min @ 150 bpm`",
            ),
        ),
        ("1 min 70 s", Said("clock", "1 min 70 s", "70 s is more than 59 after `min`", "")),
        (
            "10 min 30",
            Said("missing-unit", "30", "`30` needs a unit", "write `10 min 30 s`, or a comma between two steps"),
        ),
        (
            "1.5 min 30 s",
            Said(
                "decimal",
                "1.5 min 30 s",
                "decimals cannot be followed by a smaller unit",
                "write for example `1 min 30 s` or `1:30`",
            ),
        ),
        ("1 000 m", Said("number", "1 000", "`1 000` is not a number", "write `1000 m`")),
        ("1_000 m", Said("number", "1_000", "`1_000` is not a number", "write `1000 m`")),
        ("1'000 m", Said("number", "1'000", "`1'000` is not a number", "write `1000 m`")),
        ("1e3 m", Said("number", "1e3", "`1e3` is not a number", "write `1000 m`")),
        ("1.2.3 km", Said("number", "1.2.3", "`1.2.3` is not a number", "write `1.2 km`")),
        ("10. min", Said("number", "10.", "`10.` is not a number", "write `10 min`")),
        (".5 km", Said("decimal", ".5", "a digit is missing before the point", "write `0.5`")),
        ("1.23456789 km", Said("too-long", "1.23456789", "a number has at most 9 digits", "round it"))
        if False
        else (
            "1.234567890 km",
            Said("too-long", "1.234567890", "a number has at most 9 digits", "round it"),
        ),
        ("١٠ min", Said("bad-character", "١", "digits are 0 to 9", "for example `10 min` or `5 km`")),
        (
            "5 to 6 km",
            Said("range", "5 to", "`to` does not make a range", "write a range with two dots: `6..8 mi`"),
        ),
        ("5..6..7 km", Said("range", "5..6..", "a range has two ends", "for example `6..8 mi`")),
        (
            "3:30..4 min",
            Said("range", "3:30..4", "write both ends of a range the same way", "for example `3:30..4:00`"),
        ),
        ("5 min..2 km", Said("range", "5 min..2 km", "both ends need the same unit: `min` and `km`", "")),
        (
            "6x400 m",
            Said(
                "repeat",
                "6x",
                "a repeat is a number, `x` and parentheses",
                "write `6x(400 m, recover lap)` | write `6x(400 m, recover 1 min)`",
            ),
        ),
        (
            "6 times (400 m)",
            Said(
                "repeat",
                "6 times",
                "a repeat is a number, `x` and parentheses",
                "write `6x(400 m, recover lap)` | write `6x(400 m, recover 1 min)`",
            ),
        ),
        (
            "until HR 120",
            Said("unexpected", "120", "expected `<` or `>`, found `120`", "write `until HR < 120` or `until HR > 150`"),
        ),
        (
            "until 120",
            Said(
                "unexpected",
                "120",
                "expected `HR` after `until`, found `120`",
                "write `until HR < 120`, `until HR > 150 bpm`, or `lap`",
            ),
        ),
        (
            "until HR < 300",
            Said("out-of-bounds", "300", "a heart rate must be between 30 and 220 bpm, not 300", ""),
        ),
        ("10 min 5 km", Said("trailing-text", "5 km", "`5 km` does not belong here", "")),
    ],
)
def test_mistakes(written: str, said: Said) -> None:
    assert fault(amounts.length, written) == said


@pytest.mark.parametrize(
    ("written", "said"),
    [
        ("0", Said("out-of-bounds", "0", "a count must be between 1 and 10000, not 0", "")),
        ("-2", Said("sign", "-2", "a number has no sign here", "write `2`")),
        ("2.5", Said("whole-number", "2.5", "a number of repetitions is a whole number, not 2.5", "")),
        (
            "four",
            Said(
                "unexpected",
                "four",
                "expected a number of repetitions, found `four`",
                "for example `4`, or `8..10`",
            ),
        ),
        ("10001", Said("out-of-bounds", "10001", "a count must be between 1 and 10000, not 10001", "")),
        ("4x", Said("trailing-text", "x", "`x` is not needed here", "write `4`")),
        ("4 times", Said("trailing-text", "times", "`times` is not needed here", "write `4`")),
    ],
)
def test_mistakes_in_counts(written: str, said: Said) -> None:
    assert fault(phrase.count_alone, written) == said


@settings(max_examples=examples(150), deadline=None)
@given(lengths())
def test_every_spelling_means_what_it_says(written: tuple[str, Length]) -> None:
    text, length = written
    assert meaning(amounts.length, text) == length


@settings(max_examples=examples(150), deadline=None)
@given(st.integers(1_000, 20_000_000), st.integers(1_000, 86_400_000))
def test_what_is_printed_is_read_back(cm: int, ms: int) -> None:
    for value in (Distance(cm), Duration(ms)):
        report = Report()
        assert phrase.parse(text_of(str(value)), report, amounts.amount) == value
