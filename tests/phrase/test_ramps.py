"""A pace that changes in a line: what is read, what is not, and that every cure shown can be read."""

import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from negsplit.diagnostics import Report
from negsplit.model import Ramp, Range, Repeat, Role, RunWith, Step
from negsplit.phrase import phrases
from negsplit.phrase.wording import line_text
from negsplit.targets import Between, CadenceTarget, Effort, Named, PaceTarget, Scaled, Shifted
from negsplit.units import Distance, Duration, Pace, PaceShift, Percent, Speed
from strategies.examples import examples
from strategies.phrases import ramps, said, text_of

KM, KM15, MIN20 = Distance(100_000), Distance(1_500_000), Duration(1_200_000)
SLOW, FAST = PaceTarget(Pace(290_000, "km")), PaceTarget(Pace(200_000, "km"))
EASY, HALF, TEN = (PaceTarget(Named(name)) for name in ("easy", "half", "10k"))


def read(line: str) -> tuple[object, list[str]]:
    """The one item of a line without errors, and what is said of it."""
    report = Report()
    (item,) = phrases.line(text_of(line), report)
    assert not report.failed, [said(one) for one in report.diagnostics]
    return item, [one.code for one in report.diagnostics]


@pytest.mark.parametrize(
    ("line", "ramp"),
    [
        ("15 km @ 4:50/km -> 3:20/km by 1 km", Ramp(KM15, KM, SLOW, FAST)),
        ("15km@4:50/km->3:20/km by 1km", Ramp(KM15, KM, SLOW, FAST)),
        ("15 km at 4:50/km → 3:20/km BY 1 km", Ramp(KM15, KM, SLOW, FAST)),
        ("15 km @ 4:50/km –> 3:20/km by 1 km", Ramp(KM15, KM, SLOW, FAST)),
        ("15 km @ 4:50 -> 3:20/km by 5 s/km", Ramp(KM15, PaceShift(5_000, "km"), SLOW, FAST)),
        ("15 km @ 3:20/km -> 4:50 by 0:05/km", Ramp(KM15, PaceShift(5_000, "km"), FAST, SLOW)),
        ("15 km @ 4:50/km -> 3:20 in 5", Ramp(KM15, 5, SLOW, FAST)),
        ("20 min @ 12 -> 15 km/h in 4", Ramp(MIN20, 4, *(PaceTarget(Speed(n, "km/h")) for n in (12_000, 15_000)))),
        (
            "20 min @ 7.5 mph -> 9 by 5 min",
            Ramp(MIN20, Duration(300_000), *(PaceTarget(Speed(n, "mph")) for n in (7_500, 9_000))),
        ),
        ("20 min @ 5 -> 4 min/km in 4", Ramp(MIN20, 4, *(PaceTarget(Pace(n, "km")) for n in (300_000, 240_000)))),
        ("warmup 20 min @ easy -> half in 4 -- tall", Ramp(MIN20, 4, EASY, HALF, role=Role.WARMUP, cue="tall")),
        ("cool down 20 min @ half pace -> easy pace in 4", Ramp(MIN20, 4, HALF, EASY, role=Role.COOLDOWN)),
        ("15 km @ easy -> half by 1 km", Ramp(KM15, KM, EASY, HALF)),
        ("15 km @ 10k -> half ± 2 % by 1 km", Ramp(KM15, KM, TEN, HALF, Percent(2_000))),
        ("15 km @ 4:50 -> 3:20 /km +- 3 s/km by 1 km", Ramp(KM15, KM, SLOW, FAST, PaceShift(3_000, "km"))),
        (
            "15 km @ easy -> half by 1 km and 180 spm and RPE 6",
            Ramp(KM15, KM, EASY, HALF, beside=(CadenceTarget(180, 180), Effort(6, 6))),
        ),
        (
            "15 km @ 10k + 5..10 s/km -> 95 % of 10k by 1 km",
            Ramp(
                KM15,
                KM,
                PaceTarget(Shifted(Named("10k"), PaceShift(5_000, "km"), PaceShift(10_000, "km"))),
                PaceTarget(Scaled(Named("10k"), Percent(95_000), Percent(95_000))),
            ),
        ),
        (
            "15 km @ marathon..half -> 3:20/km by 1 km",
            Ramp(KM15, KM, PaceTarget(Between(Named("marathon"), Named("half"))), FAST),
        ),
        (
            "15..16 km @ easy -> half by 1 km",
            Ramp(Range(KM15, Distance(1_600_000), "km", 0), KM, EASY, HALF),
        ),
        ("2 mi @ easy -> half by 1 mi", Ramp(Distance(321_869), Distance(160_934), EASY, HALF)),
        ("1 mi @ easy -> half by 0.5 mi", Ramp(Distance(160_934), Distance(80_467), EASY, HALF)),
        ("60 s @ easy -> half by 30 s", Ramp(Duration(60_000), Duration(30_000), EASY, HALF)),
        ("200 m @ easy -> half in 2", Ramp(Distance(20_000), 2, EASY, HALF)),
    ],
)
def test_what_is_read(line: str, ramp: Ramp) -> None:
    assert read(line) == (ramp, [])


@pytest.mark.parametrize(
    ("total", "usual"),
    [
        ("15 km", KM),
        ("15k", KM),
        ("3000 m", KM),
        ("3 mi", Distance(160_934)),
        ("3.11 miles", Distance(160_934)),
        ("4400 yd", Distance(160_934)),
        ("6..8 mi", Distance(160_934)),
        ("20 min", Duration(300_000)),
        ("1 h 30 min", Duration(300_000)),
        ("1:00:00", Duration(300_000)),
    ],
)
def test_the_unit_of_the_total_says_how_long_splits_are(total: str, usual: object) -> None:
    item, codes = read(f"{total} @ easy -> half")
    assert isinstance(item, Ramp)
    assert (item.splits, codes) == (usual, ["splits"])


def test_a_round_of_a_repeat_is_one() -> None:
    item, codes = read("3x(2 km @ easy -> half by 1 km, 2 min)")
    ramp = Ramp(Distance(200_000), KM, EASY, HALF)
    assert (item, codes) == (Repeat(3, (ramp, Step(Role.RECOVER, Duration(120_000)))), [])


def test_a_ramp_in_a_repeat_is_no_part_of_the_run_that_holds_it() -> None:
    run, codes = read("15 km @ easy with 3x(1 km @ 10k -> half by 500 m, 1 min)")
    assert isinstance(run, RunWith)
    assert (run.total, run.targets, codes) == (KM15, (EASY,), [])
    assert run.repeat.steps[0] == Ramp(KM, Distance(50_000), TEN, HALF)


def test_by_ends_a_name_before_a_number_only() -> None:
    for name in ("by feel", "loop by feel"):
        item, _ = read(f"20 min @ {name}")
        assert item == Step(Role.RUN, MIN20, (PaceTarget(Named(name)),))


@pytest.mark.parametrize(
    "line",
    [
        "20 min @ easy -- half -> 10k",
        "20 min @ easy, 15 km @ easy -> half by 1 km",
        "20 min @ easy\n15 km @ easy -> half by 1 km",
    ],
)
def test_an_arrow_behind_the_end_of_a_step_is_none_of_it(line: str) -> None:
    report = Report()
    first, *_ = phrases.line(text_of(line), report)
    assert report.diagnostics == []
    assert isinstance(first, Step)
    assert first.targets == (EASY,)


LONG_WAY = "easy -> half -> 10k -> 5k -> 3k -> mile -> park loop -> half marathon"
"""More characters than a message quotes."""
FAULTS = [
    ("run @ 4:50 -> 3:20/km", "progression", "run @ 4:50 -> 3:20/km"),
    ("lap @ easy -> half", "progression", "lap @ easy -> half"),
    ("recover 3 km @ easy -> half by 1 km", "progression", "recover 3 km @ easy -> half by 1 km"),
    ("800 m in 3:30 @ easy -> half", "progression", "in 3:30 @ easy -> half"),
    ("15 km in 5 @ easy -> half", "progression", "in 5 @ easy -> half"),
    ("15 km by 1 km @ easy -> half", "progression", "by 1 km @ easy -> half"),
    ("15 km @ 4:50 -> 3:20", "missing-unit", "4:50 -> 3:20"),
    ("15 km @ 12 -> 15", "missing-unit", "12 -> 15"),
    ("15 km @ 4:50 -> half", "missing-unit", "4:50"),
    ("15 km @ 12 km/h -> 4:00", "missing-unit", "4:00"),
    ("15 km @ HR 140 -> 150", "kind", "HR 140"),
    ("15 km @ Z2 -> Z3 by 1 km", "kind", "Z2"),
    ("warmup 20 min @ RPE 3 -> 6", "kind", "RPE 3"),
    ("15 km @ 250 W -> 280 W", "kind", "250 W"),
    ("15 km @ easy -> 180 spm", "kind", "180 spm"),
    ("15 km @ faster than 5:00/km -> 4:00/km", "kind", "faster than 5:00/km"),
    ("15 km @ easy -> slower than half", "kind", "slower than half"),
    ("15 km @ easy -> half -> 10k by 1 km", "range", "easy -> half -> 10k by 1 km"),
    ("15 km @ easy –> half → 10k", "range", "easy –> half → 10k"),
    (f"15 km @ {LONG_WAY}", "range", LONG_WAY),
    ("15 km @ 5:00/km ± 5 s/km -> half by 1 km", "tolerance", "5:00/km ± 5 s/km -> half"),
    ("15 km @ easy -> easy by 1 km", "progression", "easy -> easy"),
    ("15 km @ easy -> half by 5 s/km", "progression", "by 5 s/km"),
    ("15 km @ 5:00 -> 4:00/km by 5 s/mi", "progression", "by 5 s/mi"),
    ("15 km @ 5:00 -> 4:00/km by 7 s/km", "progression", "by 7 s/km"),
    ("15 km @ 5:00 -> 4:00/km by 90 s/km", "progression", "by 90 s/km"),
    ("500 m @ 5:00 -> 4:00/km by 5 s/km", "progression", "by 5 s/km"),
    ("15 km @ 5:00 -> 4:00/km by 5..10 s/km", "progression", "5..10 s/km"),
    ("15 km @ 5:00 -> 4:00/km by 0 s/km", "out-of-bounds", "0 s/km"),
    ("15 km @ 5:00 -> 4:00/km by 7 s", "progression", "by 7 s"),
    ("15 km @ 5:00 -> 4:00/km by 5", "progression", "5"),
    ("15 km @ 5:00 -> 4:00/km by 5 %", "progression", "5 %"),
    ("15 km @ easy -> 4:00/km by", "incomplete", ""),
    ("15 km @ easy -> half by 5 min", "progression", "by 5 min"),
    ("15 km @ easy -> half by 10 km", "progression", "by 10 km"),
    ("15 km @ easy -> half by 50 m", "progression", "by 50 m"),
    ("20 min @ easy -> half by 20 s", "progression", "by 20 s"),
    ("15 km @ easy -> half by 1 km in 5", "said-twice", "in 5"),
    ("15 km @ easy -> half in 1", "progression", "in 1"),
    ("15 km @ easy -> half in 0", "progression", "in 0"),
    ("200 km @ easy -> half in 201", "progression", "in 201"),
    ("400 m @ easy -> half in 5", "progression", "in 5"),
    ("2 min @ easy -> half in 5", "progression", "in 5"),
    ("15 km @ easy -> half in 5 parts", "progression", "5 parts"),
    ("15 km @ easy -> half in 1 km", "progression", "1 km"),
    ("15 km @ easy -> half and 180 spm by 1 km", "progression", "by 1 km"),
    ("15 km @ easy -> half by 1 km and 180 spm in 5", "said-twice", "in 5"),
    ("1 km @ easy -> half", "progression", "easy -> half"),
    ("15 km @ easy -> 4:00/km by 1 km and 5:00/km", "targets", "and 5:00/km"),
    ("15 km @ easy -> half by 1 km foo", "trailing-text", "foo"),
    ("15 km @ easy ->", "incomplete", ""),
    ("run @ 20 min @ easy -> half", "progression", "run @ 20 min @ easy -> half"),
    ("run @ easy -> half by 10 min", "progression", "run @ easy -> half by 10 min"),
    ('15 km @ easy -> half by 500 " in 5', "said-twice", "in 5"),
    ("15 km @ 12 -> 15 km/h by 1 km/h", "progression", "1 km/h"),
    ("15 km @ 7 -> 9 mph by 0.5 mph", "progression", "0.5 mph"),
    ("15 km @ 5:00 -> 4:00/km by 1 km/h", "progression", "1 km/h"),
    ("15 km @ easy -> half by 1 km ± 5 s/km", "tolerance", "± 5 s/km"),
    ("15 km @ easy -> half ± 2 % by 1 km ± 5 s/km", "tolerance", "± 5 s/km"),
    ("15 km @ easy -> half ± 2 % ± 5 s/km by 1 km", "trailing-text", "±"),
    ("15 km @ easy with 5 km @ half -> 10k by 1 km", "total", "with 5 km @ half -> 10k by 1 km"),
    ("15 km @ easy -> half with 5x(600 m @ 5k, 1 min)", "total", "15 km @ easy -> half with"),
]  # fmt: skip


@pytest.mark.parametrize(("line", "code", "under"), FAULTS)
def test_what_is_not_read(line: str, code: str, under: str) -> None:
    report = Report()
    phrases.line(text_of(line), report)
    (one,) = report.diagnostics
    assert said(one)[:2] == (code, under)


@pytest.mark.parametrize("line", [line for line, _, _ in FAULTS])
def test_every_step_that_is_shown_instead_can_be_read(line: str) -> None:
    report = Report()
    phrases.line(text_of(line), report)
    shown = [quoted for one in report.diagnostics for text in one.help for quoted in re.findall("`([^`]*)`", text)]
    for step in (one for one in shown if "@" in one and not one.startswith("@")):
        trial = Report()
        phrases.line(text_of(step), trial)
        assert not trial.failed, step


@pytest.mark.parametrize(
    ("line", "cure"),
    [
        ("15 km @ 4:50/km --> 3:20/km", "to go from one pace to another, write `15 km @ 4:50/km -> 3:20/km`"),
        ("10 km @ easy —> half by 1 km", "to go from one pace to another, write `10 km @ easy -> half by 1 km`"),
        ("10 min --> relax", "a space keeps the cue: `-- >`"),
    ],
)
def test_a_long_arrow_begins_a_cue_and_that_is_said(line: str, cure: str) -> None:
    report = Report()
    (item,) = phrases.line(text_of(line), report)
    (one,) = report.diagnostics
    assert (one.code, one.severity.value, one.help[0]) == ("progression", "warning", cure)
    assert isinstance(item, Step)
    assert item.cue.startswith("> ")
    report = Report()
    phrases.line(text_of(line.replace("-->", "-- >").replace("—>", "-- >")), report)
    assert report.diagnostics == []


def test_rungs_take_a_pace_that_changes_over_them() -> None:
    report = Report()
    found = phrases.rungs(text_of("6 x 1 km @ 4:50 -> 3:20/km ± 3 s/km -- tall"), report)
    assert found is not None
    assert found.steps == (Step(Role.RUN, KM, (), "tall"),) * 6
    assert found.at is not None
    assert (found.at.start, found.at.finish, found.width) == (SLOW, FAST, PaceShift(3_000, "km"))
    assert report.diagnostics == []


# --- Any of them ---------------------------------------------------------------------------------


@settings(max_examples=examples(80), deadline=None)
@given(ramps())
def test_any_line_means_what_it_was_made_from(written: tuple[str, Ramp]) -> None:
    line, ramp = written
    assert read(line)[0] == ramp
    again, _ = read(line_text(ramp, ",()", ramp.role.value))
    assert again == ramp


_TOKENS = [
    "->",
    "-->",
    "@",
    "by",
    "in",
    "and",
    "±",
    "..",
    "-",
    "/",
    "km",
    "s/km",
    "5",
    "4:30",
    "easy",
    "HR",
    ",",
    "(",
    "--",
]


@settings(max_examples=examples(80), deadline=None)
@given(st.data())
def test_a_line_with_another_token_is_read_one_way_or_refused_within(data: st.DataObject) -> None:
    line, _ = data.draw(ramps())
    tokens = re.findall(r"\s+|[^\W\d_]+|[\d:.]+|->|--|\S", line)
    at = data.draw(st.integers(0, len(tokens) - 1))
    tokens[at : at + data.draw(st.integers(0, 1))] = [
        data.draw(st.sampled_from(["", *(f" {one} " for one in _TOKENS)]))
    ]
    text, report = "".join(tokens), Report()
    items = phrases.line(text_of(text), report)
    assert all(one.span and 0 <= one.span.start <= one.span.end <= len(text) for one in report.diagnostics)
    if not report.failed:
        for item in items:
            if isinstance(item, Ramp):
                assert read(line_text(item, ",()", item.role.value))[0] == item
