"""Targets in numbers: every spelling of the language's table of targets, by arithmetic of its own."""

import math
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from negsplit import Band, Quantity, Severity, Zone, compile_text, read_athlete
from negsplit.diagnostics import Report
from negsplit.expand import expand
from negsplit.model import Workout
from negsplit.program.resolve import Resolver
from negsplit.units import Pace

RACE = "5 km in 19:57"
MEASURED = f"""\
athlete: Me
races: {RACE}
heart_rate: {{max: 188, rest: 48, threshold: 170}}
power: {{critical: 280 W}}
"""

# --- The runner of 5 km in 19:57, by the equations of Daniels and Gilbert --------------------------


def cost(speed: float) -> float:
    return -4.60 + 0.182258 * speed + 0.000104 * speed**2


def share_held(minutes: float) -> float:
    return 0.8 + 0.1894393 * math.exp(-0.012778 * minutes) + 0.2989558 * math.exp(-0.1932605 * minutes)


VDOT = cost(5000 / 19.95) / share_held(19.95)


def trained(share: float) -> float:
    """Speed in m/s that costs a share of VDOT: the positive root of the quadratic."""
    a, b, c = 0.000104, 0.182258, -4.60 - share * VDOT
    return (-b + math.sqrt(b * b - 4 * a * c)) / (2 * a) / 60


def raced(metres: float) -> float:
    """Speed in m/s of a race: the time at which what it costs is what can be held."""
    quick, slow = 1.0, 600.0
    for _ in range(100):
        minutes = (quick + slow) / 2
        quick, slow = (minutes, slow) if cost(metres / minutes) > VDOT * share_held(minutes) else (quick, minutes)
    return metres / quick / 60


MARATHON, HALF, TENK, FIVEK = raced(42_195), raced(21_097.5), raced(10_000), raced(5_000)
THRESHOLD = trained(0.88)
EASY = trained(0.63), trained(0.73)


def faster(mps: float, seconds: float, metres: float = 1000) -> float:
    """The speed at so many seconds less for a kilometre or mile."""
    return 1 / (1 / mps - seconds / metres)


def point(mps: float, tolerance: float = 0.02) -> Band:
    return band(mps * (1 - tolerance), mps * (1 + tolerance))


def band(slow: float, fast: float) -> Band:
    return Band(Quantity.SPEED, round(slow * 1000), round(fast * 1000))


# --- How the tests ask --------------------------------------------------------------------------


def document(target: str, *, head: str = "", step: str = "") -> str:
    return f"workout: T\n{head}steps:\n  - run: 1 km @ {target}\n{step}"


def step_of(target: str, athlete: str | None = RACE, **more: str):
    result = compile_text(document(target, **more), athlete=athlete)
    assert not [one.message for one in result.diagnostics if one.code not in ("athlete-zones", "easy-by-effort")]
    [workout] = result.workouts
    return workout.program.steps[0]


def resolved(target: str, athlete: str | None = RACE, **more: str) -> Band | Zone | None:
    step = step_of(target, athlete, **more)
    assert step.second is None
    return step.target


def diagnostic(target: str, athlete: str | None = RACE, *, severity: Severity = Severity.ERROR, **more: str):
    """The only thing said of a document; where it stands, and what helps."""
    result = compile_text(document(target, **more), athlete=athlete)
    [only] = result.diagnostics
    assert only.severity is severity
    assert only.help
    return only


# --- Paces and speeds ---------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("target", "expected"),
    [
        ("5:00/km", Band(Quantity.SPEED, 3267, 3400)),  # 3333.3 * 0.98, * 1.02
        ("5:00 min/km", Band(Quantity.SPEED, 3267, 3400)),
        ("8:03/mi", point(1609.344 / 483)),
        ("12 km/h", Band(Quantity.SPEED, 3267, 3400)),
        ("7.5 mph", point(7.5 * 1609.344 / 3600)),
        ("5:10..4:50/km", Band(Quantity.SPEED, 3226, 3448)),  # 1000/310, 1000/290
        ("4:50-5:10/km", Band(Quantity.SPEED, 3226, 3448)),
        ("12..13 km/h", Band(Quantity.SPEED, 3333, 3611)),
        ("13..12 km/h", Band(Quantity.SPEED, 3333, 3611)),
        ("8:00..7:30/mi", band(1609.344 / 480, 1609.344 / 450)),
    ],
)
def test_figures(target, expected):
    assert resolved(target, athlete=None) == expected


@pytest.mark.parametrize(
    ("names", "expected"),
    [
        (("easy", "E", "long", "easy pace"), band(*EASY)),
        (("steady",), band(0.86 * THRESHOLD, 0.92 * THRESHOLD)),
        (("marathon", "M", "MP", "Marathon pace"), point(MARATHON)),
        (("half", "HM", "half marathon", "HALF MARATHON pace"), point(HALF)),
        (("threshold", "T", "tempo", "tempo pace"), point(THRESHOLD)),
        (("10mi",), point(raced(16_093.44))),
        (("15k",), point(raced(15_000))),
        (("10k", "10K pace"), point(TENK)),
        (("5k",), point(FIVEK)),
        (("interval", "I"), point(trained(0.975))),
        (("3k",), point(raced(3_000))),
        (("mile", "repetition", "R"), point(raced(1_609.344))),
    ],
)
def test_names(names, expected):
    assert {resolved(name) for name in names} == {expected}


def test_names_are_those_of_the_published_tables():
    """VDOT 50 and a bit: to the second as the tables print them for 50 (5 km in 19:56)."""
    paces = {"marathon": 271.1, "half": 260.3, "threshold": 255.2, "10k": 248.0, "5k": 239.2}
    for name, seconds in paces.items():
        found = resolved(name)
        assert (found.low + found.high) / 2000 == pytest.approx(1000 / seconds, rel=0.001)
    assert (resolved("easy").low, resolved("easy").high) == pytest.approx((1e6 / 334.0, 1e6 / 296.8), rel=0.001)


@pytest.mark.parametrize(
    ("target", "expected"),
    [
        ("marathon + 25..30 s/km", band(faster(MARATHON, -30), faster(MARATHON, -25))),
        ("marathon + 30..25 s/km", band(faster(MARATHON, -30), faster(MARATHON, -25))),
        ("10k - 5 s/km", point(faster(TENK, 5))),
        ("10k - 0..5 s/km", band(TENK, faster(TENK, 5))),
        ("5k + 10 s/mi", point(faster(FIVEK, -10, 1609.344))),
        ("easy + 10 s/km", band(faster(EASY[0], -10), faster(EASY[1], -10))),
        ("marathon + 10 %", point(MARATHON / 1.10)),
        ("marathon - 10 %", point(MARATHON / 0.90)),
        ("marathon + 14..18 %", band(MARATHON / 1.18, MARATHON / 1.14)),
        ("92 % of 5k", point(0.92 * FIVEK)),
        ("92 % 5k", point(0.92 * FIVEK)),
        ("95..100 % threshold", band(0.95 * THRESHOLD, THRESHOLD)),
        ("100..95 % threshold", band(0.95 * THRESHOLD, THRESHOLD)),
        ("90 % easy", band(0.9 * EASY[0], 0.9 * EASY[1])),
        ("marathon..half", band(MARATHON, HALF)),
        ("half..marathon", band(MARATHON, HALF)),
        ("marathon + 5 s/km..half", band(faster(MARATHON, -5), HALF)),
        ("half..marathon + 5 s/km", band(faster(MARATHON, -5), HALF)),
        ("easy..half", band(EASY[0], HALF)),
        ("half..easy", band(EASY[0], HALF)),
        ("6:00/km..easy", band(1000 / 360, EASY[1])),
    ],
)
def test_offsets_shares_and_ranges(target, expected):
    assert resolved(target) == expected


def test_ten_percent_of_pace_is_not_ten_percent_of_speed():
    of_pace, of_speed = resolved("marathon - 10 %"), resolved("110 % marathon")
    assert (of_pace.low + of_pace.high) / (of_speed.low + of_speed.high) == pytest.approx((1 / 0.9) / 1.1, rel=1e-3)


@pytest.mark.parametrize(
    ("target", "expected"),
    [
        ("faster than 4:30/km", Band(Quantity.SPEED, 3704, 12_000)),
        ("slower than 6:00/km", Band(Quantity.SPEED, 500, 2778)),
        ("faster than easy", Band(Quantity.SPEED, round(EASY[1] * 1000), 12_000)),
        ("slower than easy", Band(Quantity.SPEED, 500, round(EASY[0] * 1000))),
        ("slower than marathon + 10 s/km", Band(Quantity.SPEED, 500, round(faster(MARATHON, -10) * 1000))),
    ],
)
def test_one_sided_targets_end_at_the_bound(target, expected):
    assert resolved(target) == expected


@pytest.mark.parametrize(
    ("phrase", "slow", "fast"),
    [
        ("800 m in 3:30", 800 / 210 * 0.98, 800 / 210 * 1.02),
        ("200 m in 45..47 s", 200 / 47, 200 / 45),
        ("200 m in 47..45 s", 200 / 47, 200 / 45),
        ("1 mi in 6:00", 1609.34 / 360 * 0.98, 1609.34 / 360 * 1.02),
    ],
)
def test_a_distance_in_a_time_is_a_speed(phrase, slow, fast):
    [workout] = compile_text(f"workout: T\nsteps:\n  - run: {phrase}\n").workouts
    assert workout.program.steps[0].target == band(slow, fast)


def test_no_target_and_open_are_the_same():
    assert resolved("open") is None
    [workout] = compile_text("workout: T\nsteps: 1 km").workouts
    assert workout.program.steps[0].target is None


# --- Bands --------------------------------------------------------------------------------------

TOLERANT = "athlete: Me\nraces: 5 km in 19:57\ntolerance: 5 %\n"


@pytest.mark.parametrize(
    ("target", "head", "step", "athlete", "expected"),
    [
        ("5:00/km", "", "", RACE, point(1000 / 300, 0.02)),
        ("5:00/km", "", "", TOLERANT, point(1000 / 300, 0.05)),
        ("5:00/km", "tolerance: 4 %\n", "", TOLERANT, point(1000 / 300, 0.04)),
        ("5:00/km", "tolerance: 4 %\n", "    tolerance: 3 %\n", TOLERANT, point(1000 / 300, 0.03)),
        ("5:00/km ± 1 %", "tolerance: 4 %\n", "", TOLERANT, point(1000 / 300, 0.01)),
        ("5:00/km", "tolerance: 0 %\n", "", TOLERANT, point(1000 / 300, 0)),
        ("5:00/km", "tolerance: 6 s/km\n", "", RACE, band(1000 / 306, 1000 / 294)),
        ("5:00/km ± 5 s/km", "", "", RACE, band(1000 / 305, 1000 / 295)),
        ("5:00/km +- 5 s/km", "", "", RACE, band(1000 / 305, 1000 / 295)),
        ("8:00/mi ± 10 s/mi", "", "", RACE, band(1609.344 / 490, 1609.344 / 470)),
        ("marathon + 10 s/km ± 1 %", "", "", RACE, point(faster(MARATHON, -10), 0.01)),
    ],
)
def test_the_nearest_tolerance_counts(target, head, step, athlete, expected):
    assert resolved(target, athlete, head=head, step=step) == expected


def test_a_plus_minus_wins_over_the_step_s_tolerance():
    [workout] = compile_text(document("5:00/km ± 1 %", step="    tolerance: 3 %\n")).workouts
    assert workout.program.steps[0].target == point(1000 / 300, 0.01)


def test_a_tolerance_of_a_generator_widens_its_paces():
    text = "workout: T\nsteps:\n  - progression: parts\n    total: 2 km\n    paces: [5:00/km, 5:00..4:50/km]\n"
    [workout] = compile_text(text + "    tolerance: 10 %\n").workouts
    assert [step.target for step in workout.program.steps] == [point(1000 / 300, 0.10), band(1000 / 300, 1000 / 290)]


def test_widening_ends_at_the_bounds():
    assert resolved("11.9 m/s") == Band(Quantity.SPEED, 11_662, 12_000)
    assert resolved("0.505 m/s") == Band(Quantity.SPEED, 500, 515)
    assert resolved("1:30/km ± 20 s/km") == Band(Quantity.SPEED, round(1e6 / 110), 12_000)


@pytest.mark.parametrize(
    ("target", "step", "head"),
    [
        ("easy ± 5 s/km", "", ""),
        ("easy", "    tolerance: 3 %\n", ""),
        ("5:00..5:10/km", "    tolerance: 3 %\n", ""),
        ("faster than 5:00/km", "    tolerance: 3 %\n", ""),
        ("5:00/km ± 1 %", "    tolerance: 3 %\n", ""),
        ("cap", "    tolerance: 3 %\n", "paces: {cap: HR < 150}\n"),
        ("lid ± 1 %", "", "paces: {lid: faster than 5:00/km}\n"),
    ],
)
def test_a_tolerance_that_widens_nothing_is_said(target, step, head):
    assert diagnostic(target, step=step, head=head, severity=Severity.WARNING).code == "no-effect"


# --- Heart rate, power, cadence -----------------------------------------------------------------


@pytest.mark.parametrize(
    ("target", "expected"),
    [
        ("HR 140..150", (140, 150)),
        ("150..140 bpm", (140, 150)),
        ("HR 145", (140, 150)),
        ("145 bpm", (140, 150)),
        ("HR < 150", (30, 150)),
        ("HR > 140", (140, 220)),
        ("HR 32", (30, 37)),
        ("HR 218", (213, 220)),
        ("75..80 % HRmax", (141, 151)),  # 141.0, 150.4
        ("80..75 % HRmax", (141, 151)),
        ("75 % HRmax", (136, 146)),
        ("60..70 % HRR", (132, 146)),  # 48 + 0.6 * 140, 48 + 0.7 * 140
        ("85..89 % LTHR", (144, 152)),  # 144.5, 151.3
        ("85 % LTHR", (139, 150)),  # 144.5 - 5, + 5, outward
    ],
)
def test_heart_rates(target, expected):
    assert resolved(target, MEASURED) == Band(Quantity.HEART_RATE, *expected)


@pytest.mark.parametrize(
    ("target", "expected"),
    [
        ("250..270 W", (250, 270)),
        ("250 W", (237, 263)),  # 237.5, 262.5
        ("260 W", (247, 273)),
        ("1 W", (1, 2)),
        ("2000 W", (1900, 2000)),
        ("90..95 % CP", (252, 266)),
        ("90 % CP", (239, 265)),  # 252 * 0.95 = 239.4, 252 * 1.05 = 264.6
        ("91.5 % CP", (243, 270)),  # 256.2: 243.39, 269.01
    ],
)
def test_power(target, expected):
    assert resolved(target, MEASURED) == Band(Quantity.POWER, *expected)


@pytest.mark.parametrize(
    ("target", "expected"),
    [
        ("170..180 spm", (170, 180)),
        ("171..179 spm", (170, 180)),
        ("175 spm", (170, 180)),
        ("180 spm", (174, 186)),  # 175, 185
        ("60 spm", (60, 66)),
        ("300 spm", (294, 300)),
    ],
)
def test_cadences_are_even_numbers_of_steps(target, expected):
    assert resolved(target) == Band(Quantity.CADENCE, *expected)


def test_zones_are_the_watch_s_without_numbers_and_beats_with_them():
    assert {resolved("Z2"), resolved("HR Z2"), resolved("z2", athlete=None)} == {Zone(Quantity.HEART_RATE, 2)}
    assert resolved("Z5") == Zone(Quantity.HEART_RATE, 5)
    # Friel's second zone: 85 to 90 % of 170, the beats 145 to 152; the third ends below 161.5.
    assert resolved("Z2", MEASURED) == Band(Quantity.HEART_RATE, 145, 152)
    assert resolved("Z2..3", MEASURED) == resolved("Z3..2", MEASURED) == Band(Quantity.HEART_RATE, 145, 161)
    edges = "athlete: Me\nheart_rate: {zones: [100, 120, 140, 150, 160, 170, 180]}\n"
    assert resolved("Z6", edges) == Band(Quantity.HEART_RATE, 170, 180)
    assert resolved("Z1..2", edges) == Band(Quantity.HEART_RATE, 100, 140)


@pytest.mark.parametrize("athlete", [None, MEASURED, "athlete: Me\nheart_rate: {max: 188, rest: 48, zones: watch}\n"])
def test_a_zone_left_to_the_watch_is_the_watch_s(athlete):
    assert resolved("watch Z2", athlete) == resolved("WATCH z2", athlete) == Zone(Quantity.HEART_RATE, 2)
    assert step_of("watch Z2", athlete).name == "Run Z2"


def test_a_watch_has_its_five_zones_however_few_an_athlete_has():
    edges = "athlete: Me\nheart_rate: {zones: [110, 130]}\n"
    assert resolved("watch Z3", edges) == Zone(Quantity.HEART_RATE, 3)
    assert diagnostic("Z3", edges).message == "there is no zone 3, the last is 1"


def test_an_athlete_may_leave_all_zones_to_the_watch():
    athlete = "athlete: Me\nheart_rate: {max: 188, rest: 48, zones: watch}\n"
    assert resolved("Z3", athlete) == resolved("HR Z3", athlete) == Zone(Quantity.HEART_RATE, 3)
    assert resolved("75 % HRmax", athlete) == Band(Quantity.HEART_RATE, 136, 146)
    found = diagnostic("Z2..3", athlete)
    assert found.message == "a watch takes one of its zones, so with `zones: watch` you cannot give a range"
    assert found.help == ("name one zone, or write the beats: `HR 120..150`",)
    assert diagnostic("Z6", athlete).code == "out-of-bounds"


def test_where_zones_come_from_is_said_once_with_its_place_in_the_athlete():
    text = "workout: T\nsteps: 10 min @ Z2, 10 min @ HR Z3, 10 min @ watch Z4\n"
    [found] = compile_text(text, athlete=MEASURED).diagnostics
    assert (found.code, found.severity, found.span.text) == ("athlete-zones", Severity.NOTE, "48")
    assert found.message == (
        "heart-rate zones are the athlete's, not the watch's: "
        "friel by default, from threshold 170; without threshold they would be garmin-hrr"
    )
    leaves = "`watch Z2` in a step, or `heart_rate: {zones: watch}` for the athlete, leaves them to the watch"
    assert found.help == (leaves,)
    assert compile_text(text.replace("Z2", "watch Z2").replace("HR Z3", "HR 150"), athlete=MEASURED).diagnostics == ()


def test_pace_zones_are_friel_s_of_threshold_pace_without_gaps():
    edges = [round(1000 * THRESHOLD / pace) for pace in (1.29, 1.14, 1.06, 1.01)]
    found = [resolved(f"Z{number} pace") for number in range(1, 6)]
    assert found == [Band(Quantity.SPEED, *ends) for ends in pairwise([500, *edges, 12_000])]
    assert resolved("Z2..3 pace") == resolved("z3-2 pace") == Band(Quantity.SPEED, edges[0], edges[2])
    assert resolved("Z2 pace", "threshold 5:00/km") == Band(Quantity.SPEED, round(1e6 / 387), round(1e6 / 342))
    assert resolved("base", head="paces: {base: Z2 pace}\n") == found[1]
    assert diagnostic("Z2 pace", None).code == "needs-athlete"
    assert diagnostic("Z6 pace").code == "out-of-bounds"


def test_pace_zones_of_one_s_own_lie_between_edges():
    athlete = "athlete: Me\npace_zones: [6:00/km, 5:00/km, 15 km/h]\n"
    assert resolved("Z1 pace", athlete) == Band(Quantity.SPEED, 500, 2_778)
    assert resolved("Z2..3 pace", athlete) == Band(Quantity.SPEED, 2_778, 4_167)
    assert resolved("Z4 pace", athlete) == Band(Quantity.SPEED, 4_167, 12_000)
    assert diagnostic("Z5 pace", athlete).code == "out-of-bounds"


@pytest.mark.parametrize(
    ("targets", "code"),
    [
        (("Z2 pace", "Z3"), "zones-apart"),
        (("Z3", "Z2 pace"), "zones-apart"),
        (("Z2 pace", "HR Z3"), None),
        (("Z2 pace", "watch Z3"), None),
        (("Z2 pace", "Z3 pace"), None),
    ],
)
def test_a_zone_of_pace_beside_a_plain_one_is_warned_of(targets, code):
    text = f"workout: T\nsteps: 10 min @ {targets[0]}, 10 min @ {targets[1]}\n"
    found = compile_text(text, athlete=RACE).diagnostics
    assert [one.code for one in found] == ([code] if code else [])
    assert all(one.span.text == "Z3" for one in found)


@pytest.mark.parametrize(
    ("target", "quantity", "value"),
    [
        ("5:00-5:00/km", Quantity.SPEED, 3_333),
        ("15..15 km/h", Quantity.SPEED, 4_167),
        ("marathon..marathon", Quantity.SPEED, round(MARATHON * 1000)),
        ("95..95 % threshold", Quantity.SPEED, round(950 * THRESHOLD)),
        ("HR 120..120", Quantity.HEART_RATE, 120),
        ("250..250 W", Quantity.POWER, 250),
        ("180..180 spm", Quantity.CADENCE, 180),
    ],
)
def test_equal_ends_stay_as_written_which_is_said_once(target, quantity, value):
    text = f"workout: T\nsteps: 1 km @ {target}, 2 km @ {target}\n"
    result = compile_text(text, athlete=RACE)
    [workout] = result.workouts
    assert [step.target for step in workout.program.steps] == [Band(quantity, value, value)] * 2
    assert [(one.code, one.severity, one.span.text) for one in result.diagnostics] == [
        ("single-value", Severity.NOTE, target)
    ]


@pytest.mark.parametrize(
    ("target", "expected"),
    [
        ("HR 145 ± 3 bpm", Band(Quantity.HEART_RATE, 142, 148)),
        ("HR 145 ± 2 %", Band(Quantity.HEART_RATE, 142, 148)),  # 142.1..147.9, outward
        ("HR 218 ± 10", Band(Quantity.HEART_RATE, 208, 220)),
        ("250 W ± 10 W", Band(Quantity.POWER, 240, 260)),
        ("250 W ± 3 %", Band(Quantity.POWER, 242, 258)),
        ("95 % of 5k + 5 s/km", point(faster(0.95 * FIVEK, -5))),
        ("95 % of 5k - 5 s/mi", point(faster(0.95 * FIVEK, 5, 1609.344))),
        ("95..100 % threshold + 5 s/km", band(faster(0.95 * THRESHOLD, -5), faster(THRESHOLD, -5))),
        ("2.8735632183908044 m/s", point(2.8735632183908044)),
    ],
)
def test_margins_offsets_of_shares_and_decimals(target, expected):
    assert resolved(target) == expected


def test_power_zones_are_always_the_watch_s():
    assert resolved("power Z3") == resolved("power Z3", MEASURED) == Zone(Quantity.POWER, 3)


def test_a_derived_zone_above_the_highest_heart_rate_of_the_language_ends_there():
    assert resolved("Z5", "athlete: Me\nheart_rate: {threshold: 210}\n") == Band(Quantity.HEART_RATE, 210, 220)


def test_effort_occupies_no_slot():
    step = step_of("RPE 6 and HR 140..150 and 170..180 spm")
    assert step.target == Band(Quantity.HEART_RATE, 140, 150)
    assert step.second == Band(Quantity.CADENCE, 170, 180)
    assert (step.name, step.cue, step.written.effort) == ("Run RPE 6", "RPE 6", (6, 6))
    assert step_of("RPE 3..4").written.effort == (3, 4)


# --- What the athlete does not have -------------------------------------------------------------


@pytest.mark.parametrize(
    ("target", "needs", "cure"),
    [
        ("threshold", "a race result or a threshold", "--athlete"),
        ("75 % HRmax", "highest heart rate", "heart_rate: {max: 188}"),
        ("60..70 % HRR", "highest and resting heart rate", "heart_rate: {max: 188, rest: 48}"),
        ("85 % LTHR", "threshold heart rate", "heart_rate: {threshold: 170}"),
        ("Z2..3", "threshold heart rate", "name one zone"),
        ("90 % CP", "critical power", "power: {critical: 280 W}"),
    ],
)
def test_a_number_that_is_missing_is_named_with_its_cure(target, needs, cure):
    found = diagnostic(target, None)
    assert found.code == "needs-athlete"
    assert needs in found.message
    assert any(cure in line for line in found.help)
    assert found.span.text == target


def test_a_number_that_is_missing_is_asked_for_once():
    text = "workout: T\nsteps: 1 km @ easy, 1 km @ half, 1 km @ 80 % HRmax, 2 km @ 85 % HRmax, 1 km @ 90 % CP"
    result = compile_text(text)
    assert [one.code for one in result.diagnostics] == ["needs-athlete"] * 3
    assert [one.span.text for one in result.diagnostics] == ["easy", "80 % HRmax", "90 % CP"]


def test_an_athlete_without_races_is_told_by_name():
    assert "`Jo` gives none" in diagnostic("easy", "athlete: Jo\nheart_rate: {max: 188}\n").message


# --- Bounds -------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("target", "athlete", "number"),
    [
        ("300 % of 5k", RACE, "1:20/km"),
        ("faster than 300 % of 5k", RACE, "1:20/km"),
        ("5k - 3:00/km", RACE, "0:59/km"),
        ("marathon - 100 %", RACE, "0:00/km"),
        ("marathon - 150 %", RACE, "0:00/km"),
        ("10 % marathon", RACE, "45:"),
        ("easy - 0..4:00/km", RACE, "0:57/km"),
        ("300 % of 5k", "athlete: Me\nraces: 5 km in 19:57\nunits: imperial\n", "2:08/mi"),
        ("150 % HRmax", MEASURED, "282 bpm"),
        ("100..150 % HRmax", MEASURED, "188..282 bpm"),
        ("10 % HRmax", MEASURED, "18.8 bpm"),
        ("250..300 % CP", "athlete: Me\npower: {critical: 800}\n", "2000..2400 W"),
        ("Z6", RACE, "zone 6"),
        ("Z3..6", MEASURED, "zone 6"),
    ],
)
def test_what_comes_to_more_than_a_runner_can_is_an_error_with_the_number(target, athlete, number):
    found = diagnostic(target, athlete)
    assert found.code == "out-of-bounds"
    assert number in found.message
    assert found.span.text == target


def test_a_pace_out_of_bounds_is_said_once_for_a_whole_progression():
    text = "workout: T\nsteps:\n  - progression: ramp\n    total: 20 min\n    in: 5\n    from: easy\n"
    [only] = compile_text(f"{text}    to: 5k - 3:00/km\n", athlete=RACE).diagnostics
    assert (only.code, only.span.text) == ("out-of-bounds", "5k - 3:00/km")


# --- Own paces ----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("target", "paces", "expected"),
    [
        ("park loop", "{park loop: 5:20/km}", point(1000 / 320)),
        ("Park  Loop", "{park loop: 5:20/km}", point(1000 / 320)),
        ("float", "{float: marathon + 20 s/km}", point(faster(MARATHON, -20))),
        ("float + 10 s/km", "{float: 5:20/km}", point(1000 / 330)),
        ("float..5k", "{float: 5:20/km}", band(1000 / 320, FIVEK)),
        ("90 % float", "{float: 5:00/km}", point(900 / 300)),
        ("a", "{a: b + 5 s/km, b: c + 5 s/km, c: 5:00/km}", point(1000 / 310)),
        ("a", "{a: b, b: c, c: HR < 150}", Band(Quantity.HEART_RATE, 30, 150)),
        ("easy", "{easy: HR < 145}", Band(Quantity.HEART_RATE, 30, 145)),
        ("E", "{easy: 6:00/km}", point(1000 / 360)),
        ("easy", "{E: 6:00/km}", point(1000 / 360)),
        ("tempo", "{T: 4:20/km}", point(1000 / 260)),
        ("hard", "{hard: 250..270 W}", Band(Quantity.POWER, 250, 270)),
        ("quick", "{quick: 175 spm}", Band(Quantity.CADENCE, 170, 180)),
        ("mine", "{mine: Z2}", Zone(Quantity.HEART_RATE, 2)),
        ("lid", "{lid: slower than 6:00/km}", Band(Quantity.SPEED, 500, 2778)),
        ("also", "{also: lid, lid: slower than 6:00/km}", Band(Quantity.SPEED, 500, 2778)),
        ("lid", "{lid: 4:30/km ± 5 s/km}", band(1000 / 275, 1000 / 265)),
        ("lid ± 2 s/km", "{lid: 4:30/km ± 5 s/km}", band(1000 / 272, 1000 / 268)),
        ("lid + 5 s/km", "{lid: 4:30/km ± 5 s/km}", band(1000 / 280, 1000 / 270)),
        ("5k goal", "{5k goal: 4:00/km}", point(1000 / 240)),
    ],
)
def test_own_names_stand_for_their_targets(target, paces, expected):
    assert resolved(target, head=f"paces: {paces}\n") == expected


def test_an_effort_of_one_s_own_goes_into_the_name():
    step = step_of("float", head="paces: {float: RPE 4..5}\n")
    assert (step.target, step.name, step.cue) == (None, "Run RPE 4-5", "RPE 4-5")


def test_the_athlete_s_names_win_over_the_workout_s_and_both_over_the_derived():
    athlete = f"athlete: Me\nraces: {RACE}\npaces: {{easy: HR < 145, park: 5:20/km}}\n"
    head = "paces: {easy: 6:00/km, steady: 5:30/km, park: 9:00/km}\n"
    assert resolved("easy", athlete, head=head) == Band(Quantity.HEART_RATE, 30, 145)
    assert resolved("long", athlete, head=head) == Band(Quantity.HEART_RATE, 30, 145)
    assert resolved("park", athlete, head=head) == point(1000 / 320)
    assert resolved("steady", athlete, head=head) == point(1000 / 330)
    assert resolved("half", athlete, head=head) == point(HALF)
    assert resolved("loop + 10 s/km", athlete, head="paces: {loop: park}\n") == point(1000 / 330)


@pytest.mark.parametrize(
    ("target", "expected"),
    [
        ("8k", point(raced(8_000))),
        ("15 mi pace", point(raced(15 * 1609.344))),
        ("1500m", point(raced(1_500))),
        ("5km", point(FIVEK)),
        ("13.1mi", point(HALF)),
        ("8k + 5 s/km", point(faster(raced(8_000), -5))),
        ("95 % of 12k", point(0.95 * raced(12_000))),
        ("moderate", band(0.86 * THRESHOLD, 0.92 * THRESHOLD)),
        ("VO2max pace", point(trained(0.975))),
        ("VO2 max", point(trained(0.975))),
        ("LT + 5 s/km", point(faster(THRESHOLD, -5))),
        ("very easy", Band(Quantity.SPEED, 500, round(EASY[0] * 1000))),
    ],
)
def test_races_and_words_that_stand_for_derived_paces(target, expected):
    assert resolved(target) == expected


@pytest.mark.parametrize(
    ("target", "paces", "expected"),
    [
        ("8000m", "{8k: 4:00/km}", point(1000 / 240)),
        ("5k", "{5km: 4:00/km}", point(1000 / 240)),
        ("moderate", "{steady: 5:00/km}", point(1000 / 300)),
        ("steady", "{moderate: 5:00/km}", band(0.86 * THRESHOLD, 0.92 * THRESHOLD)),
        ("very easy", "{very easy: HR < 120}", Band(Quantity.HEART_RATE, 30, 120)),
        ("very easy", "{easy: 6:00/km}", Band(Quantity.SPEED, 500, round(1_000_000 / 360))),
        ("90 % LT", "{LT: 4:30/km}", point(0.9 * 1000 / 270)),
        ("threshold", "{LT: 4:30/km}", point(THRESHOLD)),
    ],
)
def test_names_of_one_s_own_win_over_races_and_words(target, paces, expected):
    assert resolved(target, head=f"paces: {paces}\n") == expected


@pytest.mark.parametrize(
    ("target", "code"),
    [("95 % VO2max", "percentage"), ("90 % LT", "percentage"), ("very easy - 5 s/km", "kind"), ("60k", "unknown-name")],
)
def test_words_that_are_no_speeds(target, code):
    assert diagnostic(target).code == code


def test_races_need_an_athlete_as_other_paces_do():
    assert diagnostic("8k", None).code == "needs-athlete"


def test_a_threshold_alone_gives_every_pace():
    """The VDOT whose 88 % is 4:40/km: the cost of that speed over 0.88."""
    vdot = cost(60_000 / 280) / 0.88
    a, b, c = 0.000104, 0.182258, -4.60 - 0.73 * vdot
    fast = (-b + math.sqrt(b * b - 4 * a * c)) / (2 * a) / 60
    assert resolved("threshold", "threshold 4:40/km") == point(1000 / 280)
    assert resolved("easy", "threshold 4:40/km").high == round(fast * 1000)


@pytest.mark.parametrize(
    ("paces", "circle"),
    [
        ("{a: a + 5 s/km}", "a -> a"),
        ("{a: b, b: a}", "a -> b -> a"),
        ("{x: a, a: b + 1 s/km, b: c..5k, c: 90 % a}", "a -> b -> c -> a"),
        ("{easy: E + 10 s/km}", "easy -> easy"),
        ("{a: faster than a}", "a -> a"),
        ("{8k: 8000m - 5 s/km}", "8k -> 8k"),
        ("{steady: moderate + 5 s/km}", "steady -> steady"),
        ("{easy: very easy}", "easy -> easy"),
    ],
)
def test_a_pace_that_uses_itself_is_said_once(paces, circle):
    found = diagnostic("5:00/km", head=f"paces: {paces}\n")
    assert found.code == "cycle"
    assert found.message.endswith(circle)
    assert diagnostic("a + 3 s/km" if "a:" in paces else "easy", head=f"paces: {paces}\n").message == found.message


def chain(length: int, *, backwards: bool = False) -> str:
    names = [f"p{chr(97 + number)}" for number in range(length)]
    lines = [f"  {names[0]}: 5:00/km\n"]
    lines += [f"  {name}: {before} + 1 s/km\n" for before, name in pairwise(names)]
    return "paces:\n" + "".join(reversed(lines) if backwards else lines)


@pytest.mark.parametrize("backwards", [False, True])
def test_own_paces_build_on_one_another_twenty_deep(backwards):
    assert resolved("pt", head=chain(20, backwards=backwards)) == point(1000 / 319)
    for length in (21, 22, 26):
        found = diagnostic("pa", head=chain(length, backwards=backwards))
        assert found.code == "too-deep"
        assert "20" in found.message
    assert diagnostic("pu", head=chain(21, backwards=backwards)).span.text == "pt + 1 s/km"


def test_own_paces_that_double_at_every_level_are_no_bomb():
    names = [f"p{chr(97 + number)}" for number in range(20)]
    lines = "".join(f"  {name}: {before}..{before} + 1 s/km\n" for before, name in pairwise(names))
    assert resolved("pt", head=f"paces:\n  pa: 5:00/km\n{lines}") == band(1000 / 319, 1000 / 300)


@pytest.mark.parametrize("target", ["cap + 10 s/km", "cap..easy", "90 % cap", "faster than cap", "also - 5 %"])
@pytest.mark.parametrize("means", ["HR < 150", "250 W", "RPE 4", "open", "faster than 4:00/km"])
def test_arithmetic_needs_a_pace(target, means):
    found = diagnostic(target, head=f"paces: {{cap: {means}, also: cap}}\n")
    assert found.code == "kind"
    assert found.span.text == ("also" if "also" in target else "cap")


def test_a_progression_needs_a_pace():
    text = "workout: T\npaces: {cap: HR < 150}\nsteps:\n  - progression: ramp\n    total: 20 min\n    in: 5\n"
    [only] = compile_text(f"{text}    from: cap\n    to: half\n", athlete=RACE).diagnostics
    assert (only.code, only.span.text) == ("kind", "cap")


def test_what_is_wrong_with_an_own_pace_is_said_where_it_stands_and_once():
    for means, code in (("foo + 5 s/km", "unknown-name"), ("5k - 3:00/km", "out-of-bounds"), ("5:00", "missing-unit")):
        for target in ("float", "float + 3 s/km", "5:00/km"):
            found = diagnostic(target, head=f"paces: {{float: {means}}}\n")
            assert found.code == code
            assert found.span.line == 2


def test_two_spellings_of_one_name_are_an_error():
    found = diagnostic("half", head="paces: {HM: 4:20/km, half: 4:25/km}\n")
    assert found.code == "duplicate-pace"
    assert "`half` and `hm`" in found.message


def test_a_wrong_pace_of_the_athlete_is_said_in_the_athlete_s_file():
    runner, found = read_athlete("athlete: Me\nraces: 5 km in 20:00\npaces: {park: lop + 5 s/km}\n", name="me.yaml")
    assert runner is None
    assert [(one.code, one.span.source.name, one.span.text) for one in found] == [("unknown-name", "me.yaml", "lop")]


# --- Two targets --------------------------------------------------------------------------------


def test_a_second_target_has_its_own_slot():
    step = step_of("threshold and 175..185 spm")
    assert (step.target, step.second) == (point(THRESHOLD), Band(Quantity.CADENCE, 174, 186))
    step = step_of("cap and 170..180 spm", head="paces: {cap: HR < 150}\n")
    assert (step.target, step.second) == (Band(Quantity.HEART_RATE, 30, 150), Band(Quantity.CADENCE, 170, 180))


@pytest.mark.parametrize(
    ("target", "paces", "what"),
    [
        ("cap and HR 140..150", "{cap: HR < 150}", "heart rates"),
        ("cap and Z2", "{cap: Z3}", "heart rates"),
        ("quick and 170 spm", "{quick: 180 spm}", "cadences"),
        ("hard and power Z3", "{hard: 250 W}", "powers"),
        ("mild and RPE 6", "{mild: RPE 3}", "one RPE"),
    ],
)
def test_two_targets_that_turn_out_alike_are_an_error(target, paces, what):
    found = diagnostic(target, head=f"paces: {paces}\n")
    assert found.code == "targets"
    assert what in found.message


# --- Unknown names ------------------------------------------------------------------------------


@pytest.mark.parametrize("name", ["half-marathon", "half_marathon", "Half", "half-pace"])
def test_dashes_and_blanks_in_a_name_are_one(name):
    [found] = compile_text(document(name), athlete=RACE).workouts
    [wanted] = compile_text(document("half"), athlete=RACE).workouts
    assert found.program == wanted.program


def test_a_name_that_meets_the_athletes_is_said():
    athlete = "athlete: A\nraces: 5 km in 19:57\npaces: {goal-pace: 5:00/km, semi-easy: 6:00/km}\n"
    result = compile_text(document("goal", head="paces: {goal: 4:00/km, semi-easy: 6:00/km}\n"), athlete=athlete)
    [only] = result.diagnostics
    assert (only.code, only.message) == ("duplicate-pace", "`goal` means the same pace as `goal-pace`")
    band = result.workouts[0].program.steps[0].target
    assert band.low < 1000 * 1000 / 300 < band.high


@pytest.mark.parametrize(
    ("target", "help"),
    [
        ("marathon-half", "for a range, write `marathon..half`"),
        ("mp-hm", "for a range, write `mp..hm`"),
        ("easy relaxed", "a cue goes after `--`: `easy -- relaxed`"),
        ("half marathon tall", "a cue goes after `--`: `half marathon -- tall`"),
        ("treshold", "did you mean `threshold`?"),
        ("tempoo", "did you mean `tempo`?"),
        ("park lop", "did you mean `park loop`?"),
        ("maraton + 10 s/km", "did you mean `marathon`?"),
        ("half..treshold", "did you mean `threshold`?"),
        ("zzz", "known: easy, steady, marathon, half,"),
    ],
)
def test_an_unknown_name_gets_the_help_it_needs(target, help):
    found = diagnostic(target, head="paces: {park loop: 5:20/km}\n")
    assert found.code == "unknown-name"
    assert found.help[0].startswith(help)


def test_a_name_of_any_length_is_shown_short():
    for words in ("easy " + "on " * 9_000, "a " * 9_000, "x" * 20_000, "half-" * 4_000 + "x"):
        found = diagnostic(words.strip())
        assert len(found.message) + sum(map(len, found.help)) < 300


# --- Properties ---------------------------------------------------------------------------------

seconds = st.integers(100, 900)


@settings(max_examples=150, deadline=None)
@given(seconds, st.integers(0, 90), st.integers(0, 90), st.sampled_from("+-"), st.sampled_from(["km", "mi"]))
def test_an_offset_is_seconds_of_pace(base, near, far, sign, unit):
    metres = {"km": 1000, "mi": 1609.344}[unit]
    text = f"workout: T\npaces: {{q: {base // 60}:{base % 60:02d}/km}}\nsteps: 1 km @ q {sign} {near}..{far} s/{unit}"
    result = compile_text(text)
    signed = [1 if sign == "+" else -1] * 2
    paces = sorted(base / 1000 + s * n / metres for s, n in zip(signed, (near, far), strict=True))
    if not all(1 / 12 <= pace <= 2 for pace in paces):
        assert [one.code for one in result.diagnostics] == ["out-of-bounds"]
        return
    found = result.workouts[0].program.steps[0].target
    slow, fast = 1000 / paces[1], 1000 / paces[0]
    if near == far:
        slow, fast = max(slow * 0.98, 500), min(fast * 1.02, 12_000)
    assert (found.low, found.high) == (pytest.approx(slow, abs=0.51), pytest.approx(fast, abs=0.51))


def test_a_resolver_says_a_bug_is_a_bug():
    """What has not been expanded never gets here from a text."""
    workout = Workout("T", ())
    runner, _ = read_athlete("athlete: Me\n")
    resolver = Resolver(runner, workout, Report())
    assert expand(workout, resolver, Report()).steps == ()
    with pytest.raises(TypeError, match="not expanded"):
        resolver.items([Pace(300_000, "km")])


# --- A runner whose easy pace would be a walk ------------------------------------------------------

SLOW = "5 km in 45:00"
"""VDOT 18.7: easy would be 11:41-10:32/km, and a brisk walk is 10:55/km."""


@pytest.mark.parametrize("target", ["easy", "E pace", "long", "jogging", "easy and RPE 3..3"])
def test_easy_is_an_effort_where_it_would_be_a_walk(target):
    step = step_of(target, SLOW, head="paces: {jogging: easy}\n")
    assert (step.target, step.name, step.written.effort) == (None, "Run RPE 3", (3, 3))


@pytest.mark.parametrize("target", ["very easy", "slower than easy"])
def test_easier_than_that_is_less_effort(target):
    assert step_of(target, SLOW).written.effort == (2, 2)


@pytest.mark.parametrize(
    ("target", "effort"), [("easy and RPE 4", (4, 4)), ("RPE 1..2 and easy", (1, 2)), ("easy and HR < 140", (3, 3))]
)
def test_an_effort_that_is_written_wins_and_other_targets_stay(target, effort):
    step = step_of(target, SLOW)
    assert step.written.effort == effort
    assert (step.target is None) == ("HR" not in target)


def test_what_is_reckoned_from_easy_is_still_a_pace():
    """63 % of VDOT 18.66 is 11:41/km."""
    slow = resolved("easy..marathon", SLOW)
    assert 1426 <= slow.low <= 1429
    assert resolved("easy + 10 s/km", SLOW).low < slow.low


def test_an_easy_pace_of_one_s_own_stays_a_pace():
    own = f"athlete: Me\nraces: {SLOW}\npaces: {{easy: 9:45/km}}\n"
    assert resolved("easy", own) == point(1000 / 585)
    assert resolved("easy", SLOW, head="paces: {easy: 9:45/km}\n") == point(1000 / 585)
    edge = resolved("slower than easy", SLOW, head="paces: {easy: 9:45/km}\n")
    assert (edge.low, edge.high) == (500, 1709), "9:45/km"


def test_that_easy_is_an_effort_is_said_once():
    text = "workout: T\nsteps: warmup 10 min @ easy, 5 min @ marathon, 10 min @ very easy\n"
    [found] = compile_text(text, athlete=SLOW).diagnostics
    assert (found.code, found.severity, found.span.text) == ("easy-by-effort", Severity.NOTE, SLOW)
    assert found.message == "`easy` is an effort for you, RPE 3, without a pace: run and walk as you like"
    assert found.help == (
        "your easy pace would be a walk; one of your own goes under `paces:` of the athlete, as in easy: 9:45/km",
    )
    assert compile_text(text, athlete="5 km in 38:00").diagnostics == ()
