"""Phrases with roles, targets and cues, and the lines and groups that they make."""

import re
from dataclasses import replace
from typing import Any

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from negsplit.diagnostics import Report, Severity
from negsplit.model import CountRange, Item, Lap, Length, Repeat, Role, RunWith, Step, UntilHeartRate
from negsplit.phrase import phrases as phrase
from negsplit.targets import Between, Covering, HeartRateTarget, Named, PaceTarget, Target
from negsplit.units import Distance, Duration, Pace
from strategies.examples import examples
from strategies.phrases import Said, run_withs, said, steps, text_of

WARMUP, RUN, RECOVER, REST, WALK = Role.WARMUP, Role.RUN, Role.RECOVER, Role.REST, Role.WALK
KM, M400, M200 = Distance(100_000), Distance(40_000), Distance(20_000)


def minutes(number: float) -> Duration:
    return Duration(round(number * 60_000))


def at(name: str) -> tuple[Target, ...]:
    return (PaceTarget(Named(name)),)


def read(line: str) -> tuple[Item, ...]:
    """The steps of a line that has nothing wrong with it."""
    report = Report()
    items = phrase.line(text_of(line), report)
    assert report.diagnostics == []
    return items


def faults(line: str) -> list[Said]:
    report = Report()
    phrase.line(text_of(line), report)
    return [said(one) for one in report.diagnostics]


@pytest.mark.parametrize(
    ("word", "role"),
    [
        ("warmup", Role.WARMUP),
        ("warm-up", Role.WARMUP),
        ("warm up", Role.WARMUP),
        ("Warm  Up", Role.WARMUP),
        ("RUN", Role.RUN),
        ("recover", Role.RECOVER),
        ("recovery", Role.RECOVER),
        ("Jog", Role.RECOVER),
        ("rest", Role.REST),
        ("walk", Role.WALK),
        ("hike", Role.HIKE),
        ("cooldown", Role.COOLDOWN),
        ("cool-down", Role.COOLDOWN),
        ("cool down", Role.COOLDOWN),
    ],
)
def test_role_words(word: str, role: Role) -> None:
    assert read(word) == (Step(role, Lap()),)
    assert read(f"{word} 10 min @ easy") == (Step(role, minutes(10), at("easy")),)


@pytest.mark.parametrize(
    ("line", "step"),
    [
        ("10 min", Step(RUN, minutes(10))),
        ("10min@easy", Step(RUN, minutes(10), at("easy"))),
        ("10 min at Easy", Step(RUN, minutes(10), at("easy"))),
        ("run @ easy", Step(RUN, Lap(), at("easy"))),
        ("10 min @ park with hills", Step(RUN, minutes(10), at("park with hills"))),
        ("lap @ easy -- go", Step(RUN, Lap(), at("easy"), "go")),
        ("5k @ 5k", Step(RUN, Distance(500_000), at("5k"))),
        ("5k at 5k pace", Step(RUN, Distance(500_000), at("5k"))),
        ("run -- relaxed", Step(RUN, Lap(), (), "relaxed")),
        ("rest until HR < 120", Step(REST, UntilHeartRate("below", 120))),
        ("10 min -- easy", Step(RUN, minutes(10), (), "easy")),
        ("10 min — easy", Step(RUN, minutes(10), (), "easy")),
        ("10min--go", Step(RUN, minutes(10), (), "go")),
        ("10 min -- go -- now", Step(RUN, minutes(10), (), "go -- now")),
        ('10 min -- "tall, (relaxed)"', Step(RUN, minutes(10), (), "tall, (relaxed)")),
        ("10 min -- it's fun", Step(RUN, minutes(10), (), "it's fun")),
        ('20 s "High  knees"', Step(RUN, Duration(20_000), name="High knees")),
        ('walk "Drill"', Step(WALK, Lap(), name="Drill")),
        ('90 " @ 5k', Step(RUN, Duration(90_000), at("5k"))),
        ('3:20 "a"', Step(RUN, Duration(200_000), name="a")),
        ('1h30 "Long run"', Step(RUN, minutes(90), name="Long run")),
        ('10 min @ 5k "a, (b) -> c -- d" -- up', Step(RUN, minutes(10), at("5k"), "up", name="a, (b) -> c -- d")),
        ('10 min @ R1+ "a" -- "b, c"', Step(RUN, minutes(10), at("r1+"), "b, c", name="a")),
        ('5 min @ HR < 150 and then "a"', Step(RUN, minutes(5), (HeartRateTarget(None, 150), *at("then")), name="a")),
        (
            "5 min @ HR < 150 and then..4:00/km",
            Step(
                RUN, minutes(5), (HeartRateTarget(None, 150), PaceTarget(Between(Named("then"), Pace(240_000, "km"))))
            ),
        ),
        ('10 min -- say "yes"', Step(RUN, minutes(10), (), 'say "yes"')),
        (
            "800 m in 3:30",
            Step(
                RUN, Distance(80_000), (PaceTarget(Covering(Distance(80_000), Duration(210_000), Duration(210_000))),)
            ),
        ),
        (
            "200 m in 45..47 s @ HR < 150 -- fast",
            Step(
                RUN,
                M200,
                (PaceTarget(Covering(M200, Duration(45_000), Duration(47_000))), HeartRateTarget(None, 150)),
                "fast",
            ),
        ),
    ],
)
def test_phrases(line: str, step: Step) -> None:
    assert read(line) == (step,)


def keyed(value: str) -> tuple[Length | None, tuple[Target, ...], str]:
    report = Report()
    found = phrase.phrase(text_of(value), report)
    assert found is not None
    assert report.diagnostics == []
    return found.length, found.targets, found.cue


@pytest.mark.parametrize(
    ("value", "meant"),
    [
        ("", (None, (), "")),
        ("  ", (None, (), "")),
        ("10 min", (minutes(10), (), "")),
        ("@ easy", (None, at("easy"), "")),
        ("at easy", (None, at("easy"), "")),
        ("-- relaxed", (None, (), "relaxed")),
        ("10 min -- tall, (relaxed), hips high", (minutes(10), (), "tall, (relaxed), hips high")),
        ('10 min -- "tall, relaxed"', (minutes(10), (), "tall, relaxed")),
        ('10 min -- "tall" and "loose"', (minutes(10), (), '"tall" and "loose"')),
        ("10 min\n@ easy\n-- two\n  lines", (minutes(10), at("easy"), "two lines")),
    ],
)
def test_the_value_of_a_role_key(value: str, meant: object) -> None:
    assert keyed(value) == meant


@pytest.mark.parametrize("sign", ["x", "X", "×", " x ", " × "])
@pytest.mark.parametrize("join", [", ", ",", "\n", " ,\n "])
def test_repeats(sign: str, join: str) -> None:
    body = (Step(RUN, M400, at("5k")), Step(RECOVER, M200))
    assert read(f"4{sign}(400 m @ 5k{join}200 m)") == (Repeat(4, body),)


def test_ranges_of_repeats() -> None:
    body = (Step(RUN, M400, at("5k")), Step(RECOVER, M200))
    assert read("8..10x(400 m @ 5k, 200 m)") == (Repeat(CountRange(8, 10), body),)
    assert read("8–10 x (400 m @ 5k, 200 m)") == (Repeat(CountRange(8, 10), body),)


def test_nested_groups_and_what_stands_around_them() -> None:
    inner = Repeat(4, (Step(RUN, M400, at("5k")), Step(RECOVER, M200)))
    outer = Repeat(2, (inner, Step(RECOVER, minutes(3))))
    line = "warm up 15 min, 2x(4x(400 m @ 5k, 200 m), 3 min), cool down"
    assert read(line) == (Step(WARMUP, minutes(15)), outer, Step(Role.COOLDOWN, Lap()))


def test_a_literal_block_is_read_line_by_line() -> None:
    block = "\nwarmup 10 min @ easy -- slow\n4x(\n  1 min @ 5k\n  1 min\n)\n\ncooldown\n"
    body = (Step(RUN, minutes(1), at("5k")), Step(RECOVER, minutes(1)))
    assert read(block) == (
        Step(WARMUP, minutes(10), at("easy"), "slow"),
        Repeat(4, body),
        Step(Role.COOLDOWN, Lap()),
    )


@pytest.mark.parametrize(
    ("group", "roles"),
    [
        ("400 m", [RUN]),
        ("400 m, 200 m", [RUN, RECOVER]),
        ("400 m @ 5k, 200 m -- float", [RUN, RECOVER]),
        ("400 m @ 5k, 200 m @ easy", [RUN, RUN]),
        ("400 m @ 5k, run 200 m", [RUN, RUN]),
        ("400 m @ 5k, walk 200 m", [RUN, WALK]),
        ("400 m @ 5k, lap", [RUN, RECOVER]),
        ("400 m @ 5k, jog", [RUN, RECOVER]),
        ("1 min @ 5k, recover 1 min, 2 min, recover 2 min", [RUN, RECOVER, RUN, RECOVER]),
    ],
)
def test_the_last_of_a_group_recovers_when_it_says_nothing_else(group: str, roles: list[Role]) -> None:
    (repeat,) = read(f"3x({group})")
    assert isinstance(repeat, Repeat)
    assert [step.role for step in repeat.steps if isinstance(step, Step)] == roles


def test_outside_groups_nothing_recovers_by_itself() -> None:
    assert [step.role for step in read("400 m @ 5k, 200 m") if isinstance(step, Step)] == [RUN, RUN]


@pytest.mark.parametrize(
    ("group", "bare"),
    [
        ("1 min @ 5k, 1 min, 2 min @ 10k, 2 min", ["1 min"]),
        ("1 min @ 5k, 1 min, 2 min, 2 min", ["1 min", "2 min"]),
        ("run 1 min, 1 min, run 2 min, 1 min", ["1 min"]),
        ("1 min @ 5k, 1 min, 4x(20 s, 40 s)", ["1 min"]),
        ("1 min, 2 min", []),
        ("recover 1 min, 2 min, recover 1 min", []),
        ("1 min @ 5k, recover 1 min, 2 min, 2 min", []),
    ],
)
def test_a_bare_step_in_the_middle_of_a_group_warns(group: str, bare: list[str]) -> None:
    report = Report()
    phrase.line(text_of(f"3x({group})"), report)
    expected = [
        Said(
            "bare-step",
            shown,
            f"`{shown}` is run without a target here",
            f"write `recover {shown}` for a recovery, or `run {shown}`",
        )
        for shown in bare
    ]
    assert [said(one) for one in report.diagnostics] == expected
    assert all(one.severity is Severity.WARNING for one in report.diagnostics)


IN_QUOTES = 'in a line of text a cue that holds commas or parentheses goes in double quotes: `-- "tall, relaxed"`'


@pytest.mark.parametrize(
    ("line", "said"),
    [
        (
            "wramup 10 min",
            Said(
                "unexpected",
                "wramup",
                "`wramup` is neither a role nor a duration",
                "did you mean `warmup`? | if it is a cue: `run -- wramup 10 min`",
            ),
        ),
        (
            "strides",
            Said(
                "unexpected",
                "strides",
                "`strides` is not a duration",
                "if it is a cue: `run -- strides` | a duration is a number and a unit: `10 min`, `400 m`",
            ),
        ),
        *(
            (
                f"{key} strides.workout.yaml",
                Said(
                    "unexpected",
                    key,
                    f"`{key}` is a key, and this is a line of text",
                    f"it begins a list item of its own: `- {key}: ...`",
                ),
            )
            for key in ("use", "repeat", "ladder", "progression")
        ),
        (
            "run easy",
            Said(
                "unexpected",
                "easy",
                "`easy` is not a duration",
                "a target goes after `@`: `@ easy` | a duration is a number and a unit: `10 min`, `400 m`",
            ),
        ),
        (
            "run warmup 10 min",
            Said(
                "two-roles",
                "warmup",
                "`warmup` is a second word for the kind of step",
                "a step is one thing: a run, a recovery, ...; separate steps with a comma",
            ),
        ),
        (
            "warmup: 10 min",
            Said(
                "unexpected",
                ":",
                "`:` does not belong here",
                "in a line of text a role word goes alone: `warmup 10 min`",
            ),
        ),
        (
            "@ easy",
            Said(
                "missing-duration",
                "@",
                "the duration is missing before the target",
                "write `10 min @ ...`, `lap @ ...`, or a role word first: `run @ ...`",
            ),
        ),
        (
            "-- relaxed",
            Said(
                "missing-duration",
                "--",
                "the duration is missing before the cue",
                "write `10 min -- ...`, `lap -- ...`, or a role word first: `run -- ...`",
            ),
        ),
        (
            "200 m jog",
            Said(
                "trailing-text",
                "jog",
                "`jog` does not belong here",
                "if it is the run: `run 200 m` | the role word comes first: `jog 200 m`",
            ),
        ),
        (
            "run 10 min run 5 min",
            Said(
                "trailing-text",
                "run",
                "`run` does not belong here",
                "separate steps with a comma: `run 10 min, run 5 min`",
            ),
        ),
        (
            "10 min 400 m",
            Said("trailing-text", "400", "`400` does not belong here", "separate steps with a comma: `10 min, 400 m`"),
        ),
        (
            "10 min / 5 min",
            Said(
                "trailing-text",
                "/",
                "`/` does not belong here",
                "halves are joined by `/` in `walk_run:` only; separate steps with a comma",
            ),
        ),
        (
            "10 min @ easy - relaxed",
            Said(
                "range",
                "- relaxed",
                "`-` does not make a range of paces",
                "for a range, write `easy..relaxed` | a cue goes after `--`: `easy -- relaxed`",
            ),
        ),
        (
            "10 min – go",
            Said("trailing-text", "–", "`–` does not belong here", "a cue goes after two dashes: `10 min -- go`"),
        ),
        (
            "10 min @ easy @ 5:00/km",
            Said(
                "trailing-text",
                "@",
                "`@` does not belong here",
                "separate steps with a comma; join targets with `and`",
            ),
        ),
        (
            "10 min (easy)",
            Said(
                "trailing-text",
                "(",
                "`(` does not belong here",
                "a target comes after `@`: `10 min @ easy` | parentheses are for repeats: `4x( )`",
            ),
        ),
        (
            "10 min @ easy 4x(1 min, 1 min)",
            Said(
                "trailing-text",
                "(",
                "`(` does not belong here",
                "a comma, or a line of its own, separates a repeat from what comes before it",
            ),
        ),
        (
            "800 m in 3:30 and HR < 150",
            Said(
                "trailing-text",
                "and",
                "`and` does not belong here",
                "targets go after `@` and are joined by `and`: `5:00/km and 180 spm`",
            ),
        ),
        (
            "10 min @ easy --",
            Said(
                "empty-cue",
                "--",
                "a cue is missing after `--`",
                "write words after it, or leave it out; where ` #` begins a comment, put the cue in double quotes",
            ),
        ),
        ("10 min -- tall, relaxed", Said("unexpected", "relaxed", "`relaxed` is not a duration", IN_QUOTES)),
        ("10 min -- tall (and) relaxed", Said("quote", "(and)", "parentheses in a cue without quotes", IN_QUOTES)),
        (
            '10 min -- "tall, relaxed',
            Said("quote", '"', "this quote is never closed", 'add `"` after the cue'),
        ),
        (
            '10 min -- "tall" and loose',
            Said("trailing-text", "and", "`and` does not belong here", "the quotes hold the whole cue"),
        ),
        ("10 min -- smile :)", Said("parenthesis", ")", "`)` closes nothing", IN_QUOTES)),
        ("400 m)", Said("parenthesis", ")", "`)` closes nothing", "")),
        (
            "4x(400 m @ 5k, 200 m",
            Said(
                "parenthesis",
                "(",
                "this parenthesis is never closed",
                "write `)` after the last step of the repeat",
            ),
        ),
        (
            "(400 m, 200 m), 5 min",
            Said(
                "repeat",
                "(",
                "`(` without a number of repetitions",
                "a repeat is a number, `x` and parentheses: `4x(400 m @ 5k, 1 min)`",
            ),
        ),
        (
            "4x[400 m, 1 min], 5 min",
            Said(
                "repeat",
                "4x",
                "a repeat is a number, `x` and parentheses",
                "write `4x(400 m, 1 min)`",
            ),
        ),
        (
            "4x(400 m, 200 m) @ 5k",
            Said(
                "trailing-text",
                "@",
                "`@` does not belong here",
                "separate steps with a comma; targets and cues go inside the parentheses, after each step",
            ),
        ),
        (
            "0x(400 m)",
            Said("out-of-bounds", "0", "a count must be between 1 and 10000, not 0", ""),
        ),
        ("4x()", Said("empty-step", "", "a step is missing here", "for example `400 m @ 5k`")),
        ("4x(400 m,)", Said("empty-step", "", "a step is missing here", "remove the comma, or write a step")),
        ("10 min,, 5 min", Said("empty-step", "", "a step is missing here", "remove the comma, or write a step")),
        ("10 min,", Said("empty-step", "", "a step is missing here", "remove the comma, or write a step")),
        (
            "10 min in 3:30",
            Said(
                "kind",
                "10 min in",
                "`in` says how long a distance takes, and before it is a time",
                "for example `800 m in 3:30`",
            ),
        ),
        (
            "800 m in 10 s",
            Said("out-of-bounds", "10 s", "800 m in 10 s is not a running speed (80.0 m/s)", "bounds: 0.5 to 12 m/s"),
        ),
        (
            "800 m in 3:30/km",
            Said("target-first", "3:30/km", "a pace is not a time", "a pace goes after `@`: `800 m @ 3:30/km`"),
        ),
        (
            "400 m @ 1:30",
            Said(
                "missing-unit",
                "1:30",
                "`1:30` needs a unit",
                "write `1:30/km` | write `1:30/mi` | if it is the time for the distance, write `400 m in 1:30`",
            ),
        ),
        ("400 m in 85", Said("missing-unit", "85", "`85` needs a unit", "write `85 s` | write `85 min`")),
        (
            "800 m in 3:30 @ 5:00/km",
            Said(
                "targets",
                "5:00/km",
                "a step takes one pace target; these are 2",
                "for a range, write `marathon..half`; a cue goes after `--`",
            ),
        ),
    ],
)
def test_mistakes(line: str, said: Said) -> None:
    assert faults(line) == [said]


def test_every_phrase_at_fault_is_reported_once() -> None:
    line = "warmup 10, 4x(1,5 km @ 5k + 3, 2 (min)), 5:75, 10 min @ 12,5 km/h, cooldown 5 mim, 3 min"
    assert [(one.code, one.under) for one in faults(line)] == [
        ("missing-unit", "10"),
        ("decimal", "1,5"),
        ("repeat", "2 ("),
        ("clock", "5:75"),
        ("decimal", "12,5"),
        ("unknown-unit", "mim"),
    ]


def test_groups_nest_so_far() -> None:
    deep = "2x(" * 20 + "1 min" + ")" * 20
    report = Report()
    phrase.line(text_of(deep), report)
    assert report.diagnostics == []
    assert [one.code for one in faults("2x(" * 21 + "1 min" + ")" * 21)] == ["too-deep"]


def test_the_halves_of_a_walk_run() -> None:
    report = Report()
    found = phrase.halves(text_of("Walk 2 min / run 1 min @ marathon..half -- easy"), report)
    target = PaceTarget(Between(Named("marathon"), Named("half")))
    assert found == (Step(WALK, minutes(2)), Step(RUN, minutes(1), (target,), "easy"))
    assert report.diagnostics == []


def test_rungs_in_one_text() -> None:
    report = Report()
    assert phrase.rungs(text_of("3 x 1 km @ 10k"), report) == ((Step(RUN, KM, at("10k")),) * 3, None, None)
    two = (Step(RUN, M400), Step(RUN, M400))
    assert phrase.rungs(text_of("1 km, 2 x 400 m, 1 km"), report) == ((Step(RUN, KM), *two, Step(RUN, KM)), None, None)
    assert phrase.rung(text_of("2x400 m"), report) == two
    steps = (Step(RUN, minutes(1)), Step(RUN, minutes(2), at("5k")))
    assert phrase.rungs(text_of("1 min, 2 min @ 5k"), report) == (steps, None, None)
    assert phrase.recovery(text_of("90 s"), report) == Step(RECOVER, minutes(1.5))
    assert phrase.recovery(text_of("walk lap"), report) == Step(WALK, Lap())
    assert report.diagnostics == []


# --- Any phrase ----------------------------------------------------------------------------------


@settings(max_examples=examples(100), deadline=None)
@given(st.lists(steps(), min_size=1, max_size=4), st.sampled_from([", ", ",", "\n", " , "]))
def test_any_line_means_what_it_was_made_from(written: list[tuple[str, Step]], join: str) -> None:
    line = join.join(text for text, _ in written)
    assume(not re.search(r"\d,\d", line))  # which might be a decimal and is refused
    assert read(line) == tuple(step for _, step in written)


@settings(max_examples=examples(100), deadline=None)
@given(st.lists(steps(), min_size=2, max_size=3), st.integers(1, 99))
def test_any_group_means_what_it_was_made_from(written: list[tuple[str, Step]], times: int) -> None:
    report = Report()
    found = phrase.line(text_of(f"{times}x({', '.join(text for text, _ in written)})"), report)
    assert [one.code for one in report.diagnostics if one.code != "bare-step"] == []
    ((text, last), expected) = written[-1], [step for _, step in written]
    if not last.targets and last.role is RUN and not text.startswith("run"):
        expected[-1] = replace(last, role=RECOVER)
    assert found == (Repeat(times, tuple(expected)),)


@settings(max_examples=examples(100), deadline=None)
@given(run_withs(), st.sampled_from([", ", "\n"]))
def test_any_total_with_a_repeat_means_what_it_was_made_from(written: tuple[str, RunWith], join: str) -> None:
    text, meant = written
    assume(not re.search(r"\d,\d", text))
    assert read(f"{text}{join}cooldown") == (meant, Step(Role.COOLDOWN, Lap()))


_ODD = [
    *"x@,()\"'-–/%+±:.0 9z\n\t#$&*×½é日🏃\u200b\u202e\u0301",
    "..",
    "--",
    "and",
    "in",
    "than",
    "with",
    "1e9",
    "10" * 9,
]


@settings(max_examples=examples(120), deadline=None)
@given(st.data())
def test_no_mutation_raises_and_every_message_points_into_the_text(data: st.DataObject) -> None:
    lines = st.lists(steps(), min_size=1, max_size=3).map(lambda found: f"2x({', '.join(text for text, _ in found)})")
    text = data.draw(lines | run_withs().map(lambda found: found[0]))
    for _ in range(data.draw(st.integers(1, 4))):
        start = data.draw(st.integers(0, len(text)))
        end = data.draw(st.integers(start, min(len(text), start + 4)))
        text = text[:start] + data.draw(st.sampled_from(["", *_ODD])) + text[end:]
    check_any(text)


@settings(max_examples=examples(150), deadline=None)
@given(st.text(st.sampled_from("0123456789:.,()x@-+%/ \n" + "emhkilorunZHRspW'\"½…"), max_size=40))
def test_no_text_raises_and_every_message_points_into_it(text: str) -> None:
    check_any(text)


def check_any(written: str) -> None:
    rules: list[Any] = [phrase.line, phrase.phrase, phrase.halves, phrase.rungs, phrase.rung, phrase.recovery]
    for rule in rules:
        report = Report()
        rule(text_of(written), report)
        for one in report.diagnostics:
            assert one.span is not None
            assert 0 <= one.span.start <= one.span.end <= len(written)
            assert one.message


@pytest.mark.parametrize(
    ("line", "cure"),
    [
        ('20 s "Up" @ 5k', '20 s @ 5k "Up"'),
        ('20 s @ 5k "Up" and 180 spm', '20 s @ 5k and 180 spm "Up"'),
        ('20 s "Up" and 180 spm', '20 s @ 180 spm "Up"'),
        ('20 s "Up" easy', '20 s easy "Up"'),
        ('20 s "Up" 2 min @ easy', '20 s "Up", 2 min @ easy'),
        ('10 km @ easy "Up" w/ strides', '10 km @ easy "Up" -- with strides'),
        ("10 km @ easy w/ 4x(20 s, 40 s)", "10 km @ easy with 4x(20 s, 40 s)"),
        ("warmup 10 km w/ 4x(20 s, 40 s)", "warmup 10 km, 4x(20 s, 40 s)"),
        ("10 km @ easy w/o watch", "10 km @ easy -- without watch"),
        ("lap w/ 4x(20 s, 40 s)", "lap, 4x(20 s, 40 s)"),
    ],
)
def test_what_is_shown_instead_can_be_read(line: str, cure: str) -> None:
    report = Report()
    phrase.line(text_of(line), report)
    (one,) = report.diagnostics
    shown = [quoted for help in one.help for quoted in re.findall("`([^`]{5,})`", help) if not quoted.startswith("'")]
    assert shown[0] == cure
    for written in shown:
        trial = Report()
        phrase.line(text_of(written), trial)
        assert trial.diagnostics == []
