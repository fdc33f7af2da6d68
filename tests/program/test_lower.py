"""Steps and repeats to what one watch runs: the same steps in the same order, in as few as it takes."""

from collections.abc import Sequence
from dataclasses import replace
from itertools import product

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from negsplit import Band, Intensity, Jump, Program, Quantity, Severity, compile_line, compile_text
from negsplit.athlete.paces import NO_RUNNER
from negsplit.compile import compile_model, device
from negsplit.diagnostics import Report
from negsplit.formats.fit.read import read
from negsplit.formats.fit.verify import verify
from negsplit.model import Item, Lap, Repeat, Role, Step, Workout
from negsplit.program.device import Device, devices
from negsplit.units import Distance, Duration
from strategies.examples import examples
from strategies.running import executed
from work import at_most_calls

GENERIC = device()
ROOMY = replace(GENERIC, name="roomy", steps=10_000, most_steps=10_000)

# --- What a model means ---------------------------------------------------------------------------

RECOVERIES = {Role.RECOVER, Role.REST, Role.WALK}


def meant(items: Sequence[Item], default: str = "keep") -> list[Step]:
    """The steps of a model in the order in which a runner would read them."""
    result = []
    for item in items:
        if isinstance(item, Step):
            result.append(item)
            continue
        assert isinstance(item, Repeat)
        tail = list(item.steps)
        while tail and isinstance(tail[-1], Step) and tail[-1].role in RECOVERIES:
            tail.pop()
        if (item.last_recovery or default) == "skip" and tail and len(tail) < len(item.steps):
            result += meant(item.steps, default) * (item.times - 1) + meant(tail, default)
        else:
            result += meant(item.steps, default) * item.times
    return result


def lowered(items: Sequence[Item], device: Device = ROOMY, **more: str) -> Program:
    report = Report()
    compiled = compile_model(Workout("T", tuple(items), **more), NO_RUNNER, device, report)
    assert compiled, report.diagnostics
    return compiled.program


def nesting(program: Program) -> int:
    """How many jumps, at most, are around one step."""
    jumps = [(step.to, index) for index, step in enumerate(program.steps) if isinstance(step, Jump)]
    return max((sum(to <= at < end for to, end in jumps) for at in range(len(program.steps))), default=0)


steps = st.builds(
    Step, st.sampled_from([Role.RUN, Role.RUN, *RECOVERIES]), st.integers(10, 99).map(lambda s: Duration(s * 1_000))
)
lasts = st.sampled_from(["keep", None, None])
repeats = st.recursive(
    steps,
    lambda body: st.builds(Repeat, st.integers(1, 7), st.lists(body, min_size=1, max_size=3).map(tuple), lasts),
    max_leaves=7,
)


def length(items: Sequence[Item]) -> int:
    return sum(item.times * length(item.steps) if isinstance(item, Repeat) else 1 for item in items)


nests = st.lists(repeats, min_size=1, max_size=3).filter(lambda items: length(items) <= 2_000)


@settings(max_examples=examples(120), deadline=None)
@given(nests, st.integers(1, 3), st.sampled_from(["keep", "skip"]), st.sampled_from([2, 5, 99]))
def test_a_program_runs_the_steps_that_were_written(items, depth, default, most):
    limits = replace(ROOMY, nesting=depth, repeats=most)
    program = lowered(items, limits, last_recovery=default)
    ran = [(step.length, step.written.role) for step in executed(program)]
    assert ran == [(step.length, step.role) for step in meant(items, default)]
    assert nesting(program) <= depth
    jumps = [(index, step) for index, step in enumerate(program.steps) if isinstance(step, Jump)]
    assert all(2 <= jump.until <= most and 0 <= jump.to < index for index, jump in jumps)


def cost(items: Sequence[Item], looped: Sequence[bool], depth: int) -> float:
    """Written steps where each repeat, in the order met, is either a jump or written out; infinite if too deep."""
    choices = iter(looped)

    def walk(items: Sequence[Item], depth: int) -> float:
        total = 0.0
        for item in items:
            if isinstance(item, Step):
                total += 1
            elif next(choices):
                total += walk(item.steps, depth - 1) + 1 if depth else float("inf")
            else:
                total += item.times * walk(item.steps, depth)
        return total

    return walk(items, depth)


def count(items: Sequence[Item]) -> int:
    return sum(1 + count(item.steps) for item in items if isinstance(item, Repeat))


@settings(max_examples=examples(100), deadline=None)
@given(nests.filter(lambda items: 1 <= count(items) <= 5), st.integers(1, 3))
def test_of_all_ways_to_unroll_none_is_cheaper(items, depth):
    choices = product([True, False], repeat=count(items))
    assert len(lowered(items, replace(ROOMY, nesting=depth)).steps) <= min(cost(items, c, depth) for c in choices)


# --- Repeats ------------------------------------------------------------------------------------


def outline(line: str, device: Device | str = "generic", **head: str) -> str:
    """The names of steps in short, and jumps as ``<n``: ``R r <6``."""
    text = "workout: T\n" + "".join(f"{key}: {value}\n" for key, value in head.items()) + f"steps: {line}\n"
    result = compile_text(text, device=device)
    assert result.ok, result.diagnostics
    letters = {Intensity.ACTIVE: "R", Intensity.RECOVERY: "r", Intensity.REST: "-", Intensity.WARMUP: "W"}
    steps = result.workouts[0].program.steps
    return " ".join(f"<{step.until}@{step.to}" if isinstance(step, Jump) else letters[step.intensity] for step in steps)


@pytest.mark.parametrize(
    ("line", "skip", "written"),
    [
        ("6x(400 m, 1 min)", "keep", "R r <6@0"),
        ("6x(400 m, 1 min)", "skip", "R r <5@0 R"),
        ("2x(400 m, 1 min)", "skip", "R r R"),
        ("1x(400 m, 1 min)", "skip", "R"),
        ("1x(400 m, 1 min)", "keep", "R r"),
        ("3x(400 m, recover 1 min, rest 1 min)", "skip", "R r - <2@0 R"),
        ("3x(400 m, recover 1 min, run 1 km)", "skip", "R r R <3@0"),
        ("3x(recover 400 m, rest 1 min)", "skip", "r - <3@0"),
        ("warmup 10 min, 6x(400 m, 1 min), 1 km", "keep", "W R r <6@1 R"),
    ],
)
def test_a_skipped_recovery_is_missing_after_the_last_repetition_only(line, skip, written):
    assert outline(line, last_recovery=skip) == written


@pytest.mark.parametrize(
    ("times", "written"),
    [
        (99, "R r <99@0"),
        (100, "R r <99@0 R r"),
        (101, "R r <99@0 R r <2@3"),
        (250, "R r <99@0 R r <99@3 R r <52@6"),
        (315, "R r <99@0 R r <99@3 R r <99@6 R r <18@9"),
    ],
)
def test_a_count_above_what_the_watch_counts_is_split(times, written):
    assert outline(f"{times}x(run 30 s, walk 30 s)") == written


def test_a_count_above_what_the_watch_counts_is_split_with_its_recovery_skipped():
    assert outline("100x(400 m, 1 min)", last_recovery="skip") == "R r <99@0 R"
    assert outline("101x(400 m, 1 min)", last_recovery="skip") == "R r <99@0 R r R"


@pytest.mark.parametrize(
    ("line", "written"),
    [
        # Two sets of six: the outer written twice takes 8 steps, the inner written out 14.
        ("2x(6x(1 min, 30 s), 3 min)", "R r <6@0 r R r <6@4 r"),
        # Six of twice: the inner written out takes 6 steps, the outer 24.
        ("6x(2x(1 min, 30 s), 3 min)", "R r R r r <6@0"),
        ("3x(1x(1 min, 30 s), 3 min)", "R r r <3@0"),
        ("2x(2x(1 min, 30 s))", "R r R r <2@0"),
        # One repetition left over from 99 needs no jump around it.
        ("100x(5x(1 min, 30 s))", " ".join(["R r"] * 5) + " <99@0 R r <5@11"),
    ],
)
def test_nested_repeats_are_written_out_the_cheaper_way(line, written):
    assert outline(line) == written


def test_a_watch_that_nests_repeats_gets_them_nested():
    deep = replace(GENERIC, name="deep", nesting=2)
    assert outline("6x(4x(1 min, 30 s), 3 min)", deep) == "R r <4@0 r <6@0"


def test_repeats_until_an_amount():
    text = "workout: T\nsteps:\n  - repeat: {until: %s}\n    steps: 1 min @ 4:00/km, 1 min\n"
    for amount, held in (("10 km", Distance(1_000_000)), ("45 min", Duration(2_700_000))):
        program = compile_text(text % amount).workouts[0].program
        assert program.steps[2] == Jump(0, held)
        assert len(program.steps) == 3


def until(amount: str, *body: str) -> list[str]:
    return [f"- repeat: {{until: {amount}}}", "  steps:", *(f"    {line}" for line in body)]


def document(*lines: str) -> str:
    return "workout: T\nsteps:\n" + "".join(f"  {line}\n" for line in lines)


def test_a_repeat_until_an_amount_inside_a_counted_one_is_written_each_time():
    inner = until("1 km", "- 200 m @ 4:00/km, 30 s")
    program = compile_text(document("- repeat: 3", "  steps:", *(f"    {line}" for line in inner))).workouts[0].program
    assert [step.until for step in program.steps if isinstance(step, Jump)] == [Distance(100_000)] * 3
    assert nesting(program) == 1


def test_a_counted_repeat_inside_one_until_an_amount_is_written_out():
    program = compile_text(document(*until("5 km", "- 3x(200 m @ 4:00/km, 30 s)"))).workouts[0].program
    assert len(program.steps) == 7
    assert program.steps[-1] == Jump(0, Distance(500_000))


def test_one_repeat_until_an_amount_inside_another_is_unsupported():
    text = document(*until("10 km", *until("1 km", "- 200 m @ 4:00/km, 30 s"), "- rest 3 min"))
    [only] = compile_text(text).diagnostics
    assert (only.code, only.severity, only.span.text) == ("unsupported", Severity.ERROR, "1 km")
    assert "generic" in only.message
    assert only.help
    nested = compile_text(text, device=replace(GENERIC, nesting=2)).workouts[0].program
    assert [step.to for step in nested.steps if isinstance(step, Jump)] == [0, 0]


# --- Limits -------------------------------------------------------------------------------------


def test_more_than_fifty_steps_are_warned_of_where_nobody_measured_how_many_a_watch_holds():
    fifty = ", ".join(f"{metres} m" for metres in range(100, 148)) + ", 2x(200 m)"
    assert len(compile_line(fifty).workouts[0].program.steps) == 50
    result = compile_line(f"{fifty}, 1 km")
    [only] = result.diagnostics
    assert (only.code, only.severity, result.ok) == ("many-steps", Severity.WARNING, True)
    assert only.message == "this takes 51 steps on the watch: some watches refuse more than 50"
    assert only.help
    (compiled,) = result.workouts
    assert compiled.fidelity == "exact"
    assert verify(compiled.fit()) == []


MEASURED = replace(GENERIC, name="mine", measured=frozenset({"steps"}))


@pytest.mark.parametrize(
    ("device", "most", "whose"),
    [
        (GENERIC, 250, "negsplit writes 250 at most"),
        (devices()["connect"], 100, "`connect` takes 100 at most"),
        (MEASURED, 50, "`mine` was measured to hold 50"),
    ],
)
def test_an_error_says_whose_limit_it_is(device, most, whose):
    line = ", ".join(f"{metres} m" for metres in range(100, 100 + most))
    fitting = compile_line(line, device=device)
    assert fitting.ok
    result = compile_line(f"{line}, 1 km", device=device)
    assert [(one.code, one.message) for one in result.diagnostics] == [
        ("unsupported", f"this takes {most + 1} steps on the watch, {whose}")
    ]
    assert result.workouts == (None,)


def test_a_file_with_the_most_steps_and_the_longest_texts_can_be_read_again():
    line = ", ".join(f"{metres} m -- {'x' * 199}" for metres in range(100, 350))
    (compiled,) = compile_line(line).workouts
    assert len(read(compiled.fit()).steps) == 250


@pytest.mark.parametrize(
    "items",
    [
        [Repeat(100, tuple(Step(Role.RUN, Duration(60_000 + n)) for n in range(100)))],
        [Repeat(10, (Repeat(10, (Repeat(10, (Repeat(10, (Step(Role.RUN, Lap()),)),)),)),))],
        [Repeat(5_000, (Step(Role.RUN, Lap()), Step(Role.REST, Lap())))],
        [Step(Role.RUN, Duration(60_000 + n)) for n in range(10_000)],
    ],
)
def test_ten_thousand_steps_are_lowered_at_once(items):
    with at_most_calls(3_000_000):
        program = lowered(items)
    assert sum(1 for _ in executed(program)) == 10_000


def test_deep_nests_take_no_longer():
    items: tuple[Item, ...] = (Step(Role.RUN, Lap()), Step(Role.REST, Lap()))
    for _ in range(40):
        items = (Repeat(1, items), Step(Role.RUN, Duration(60_000)))
    for times in (2, 2, 2, 2, 2, 2):
        items = (Repeat(times, items), Step(Role.RUN, Duration(90_000)))
    for depth in (1, 3, 6):
        with at_most_calls(200_000):
            program = lowered(items, replace(ROOMY, nesting=depth))
        assert sum(1 for _ in executed(program)) == len(meant(items))


# --- What is degraded ---------------------------------------------------------------------------


def degraded(steps: str, device: Device | str = "generic", **head: str):
    """The one warning that comes with a workout, which is compiled all the same."""
    text = "workout: T\n" + "".join(f"{key}: {value}\n" for key, value in head.items()) + f"steps:\n  - {steps}\n"
    result = compile_text(text, device=device)
    [only] = result.diagnostics
    [workout] = result.workouts
    assert (only.code, only.severity) == ("degraded", Severity.WARNING)
    assert (workout.fidelity, workout.degraded) == ("degraded", (only,))
    return only, workout.program


def test_a_long_cue_is_cut():
    only, program = degraded(f"run: 1 km -- {'long ' * 41}")
    assert "204 characters" in only.message
    assert "199" in only.message
    assert only.span.text.startswith("1 km -- long")
    assert len(program.steps[0].cue) <= 199
    assert program.steps[0].cue.startswith("long long ")
    assert program.steps[0].cue.endswith("...")


@pytest.mark.parametrize(
    ("cue", "shown"),
    [
        ("RPE 6, tall", "RPE 6. tall"),
        ("rpe 6", "RPE 6"),
        ("RPE 6.5 at the end", "RPE 6. RPE 6.5 at the end"),
        ("RPE 60 s", "RPE 6. RPE 60 s"),
        ("tall", "RPE 6. tall"),
        ("RPE 6 and tall", "RPE 6 and tall"),
        ("tall, RPE 6", "tall, RPE 6"),
        ("(rpe 6..6)", "(rpe 6..6)"),
        ("RPE 6-7", "RPE 6. RPE 6-7"),
    ],
)
def test_an_effort_that_a_cue_begins_with_is_not_said_twice(cue, shown):
    (workout,) = compile_text(f"workout: T\nsteps:\n  - run: 1 km @ RPE 6\n    cue: {cue}\n").workouts
    assert workout.program.steps[0].cue == shown


def test_the_effort_in_a_cue_counts_too():
    assert compile_line(f"1 km @ RPE 6 -- {'x' * 192}").workouts[0].fidelity == "exact"
    only, program = degraded(f"1 km @ RPE 6 -- {'x' * 193}")
    assert "200 characters" in only.message
    assert program.steps[0].cue.startswith("RPE 6. xxx")


def test_a_cue_that_is_repeated_is_said_once():
    only, program = degraded(f"120x(1 km -- {'x' * 200}, 1 min)")
    assert len(program.steps) == 6
    assert only.span.text.startswith("1 km -- x")


def test_long_notes_are_cut():
    only, program = degraded("1 km", notes="n" * 255)
    assert "255 characters" in only.message
    assert program.notes == "n" * 251 + "..."
    assert compile_text(f"workout: T\nnotes: {'n' * 254}\nsteps: 1 km\n").workouts[0].fidelity == "exact"


def test_text_that_no_letters_stand_for_is_said():
    only, program = degraded('run: 1 km -- "tall \U0010fffd relaxed"')
    assert only.message == "the cue is shown as `tall relaxed`: it cannot be written whole in ASCII"
    assert program.steps[0].cue == "tall relaxed"


@pytest.mark.parametrize(
    ("name", "shown"),
    [("Größe 5", "Groesse 5"), ("🏃 Easy", "Easy"), ("ジョグ", "jogu"), ("5 – 10 km", "5 - 10 km"), ("🏃", "Workout")],
)
def test_a_name_in_other_letters_is_shown_otherwise_and_never_exact(name, shown):
    result = compile_text(f'workout: "{name}"\nsteps: 1 km\n')
    [only] = result.diagnostics
    assert (only.code, only.message) == ("degraded", f"the name is shown as `{shown}`")
    assert (result.workouts[0].program.name, result.workouts[0].fidelity) == (shown, "degraded")
    account = compile_text(f'workout: "{name}"\nsteps: 1 km\n', device="connect")
    assert (account.workouts[0].program.name, account.workouts[0].fidelity) == (name, "exact")


def test_a_device_without_second_targets_leaves_them_out():
    only, program = degraded("1 km @ 5:00/km and 170..180 spm", replace(GENERIC, name="old", second_target=False))
    assert "`old` holds one target" in only.message
    assert only.span.text == "1 km @ 5:00/km and 170..180 spm"
    assert program.steps[0].target == Band(Quantity.SPEED, 3267, 3400)
    assert program.steps[0].second is None


@pytest.mark.parametrize(
    ("step", "fidelity"),
    [
        ("1 km @ 5:00/km and 150..160 bpm", "exact"),
        ("1 km @ 150..160 bpm and 5:00/km", "degraded"),
        ("1 km @ 5:00/km and HR Z2", "degraded"),
        ("1 km @ 5:00/km and 170..180 spm", "degraded"),
        ("1 km @ 150..160 bpm and 170..180 spm", "degraded"),
        ("1 km @ 5:00/km", "exact"),
    ],
)
def test_an_account_keeps_two_targets_of_a_step_where_that_was_shown(step, fidelity):
    """A pace with a range of heart rates stands in a published pair of a body sent and what the account made of it."""
    (workout,) = compile_text(f"workout: W\nsteps: {step}\n", device="connect").workouts
    assert workout.fidelity == fidelity
    assert all(one.message.startswith("unproven: ") for one in workout.degraded)
    (watch,) = compile_text(f"workout: W\nsteps: {step}\n").workouts
    assert watch.fidelity == "exact"
    assert watch.program.steps[0].second == workout.program.steps[0].second


def test_a_workout_s_name_is_written_whole():
    name = "Cruise intervals with a very long name indeed, which no watch shows to its end, but keeps all the same"[
        :100
    ]
    result = compile_text(f"workout: {name}\nsteps: 1 km\n")
    assert result.workouts[0].program.name == name
    assert not result.diagnostics
    assert compile_text("workout: Größe 5\nsteps: 1 km\n").workouts[0].program.name == "Groesse 5"


@pytest.mark.parametrize(("watch", "shown"), [("forerunner-935", 15), ("long-names", 31)])
def test_a_name_longer_than_a_watch_shows_is_said_and_written_whole(watch, shown):
    for name, fidelity in (("n" * shown, "exact"), ("n" * shown + "e", "degraded")):
        text = f"workout: {name}\nsteps: 1 km\n"
        [found], [generic] = compile_text(text, device=watch).workouts, compile_text(text).workouts
        assert (found.fidelity, generic.fidelity) == (fidelity, "exact")
        assert found.program.name == name
        assert found.fit() == generic.fit()
    [only] = found.degraded
    assert (only.code, only.severity, bool(only.help)) == ("degraded", Severity.WARNING, True)
    assert f"`{watch}` shows {shown} characters of the name: `{'n' * shown}`" in only.message
    assert only.span is not None


def test_a_name_that_cannot_be_written_is_replaced():
    result = compile_text('workout: "\U0010fffd"\nsteps: 1 km')
    [only] = result.diagnostics
    assert (only.code, "shown as `Workout`: it cannot be written whole" in only.message) == ("degraded", True)
    assert result.workouts[0].program.name == "Workout"


# --- Steps --------------------------------------------------------------------------------------


def test_roles_become_intensities():
    line = "warmup 10 min, 1 km, recover 1 km, rest 1 min, walk 1 km, hike 1 km, cooldown"
    intensities = ["warmup", "active", "recovery", "rest", "recovery", "active", "cooldown"]
    for sport, walk in (
        ("running", "recovery"),
        ("trail_running", "recovery"),
        ("walking", "active"),
        ("hiking", "active"),
    ):
        [workout] = compile_text(f"workout: T\nsport: {sport}\nsteps: {line}\n").workouts
        intensities[4] = walk
        assert [step.intensity.value for step in workout.program.steps] == intensities


def test_cues_and_names():
    line = "warmup 10 min, 1 km @ 5:00/km -- Größe zeigen, lap @ RPE 3..4 -- go, walk 60 s, until HR < 120"
    steps = compile_line(line).workouts[0].program.steps
    assert [(step.name, step.cue) for step in steps] == [
        ("Warm up", ""),
        ("Run 5:06-4:54", "Groesse zeigen"),
        ("Run RPE 3-4", "RPE 3-4. go"),
        ("Walk", ""),
        ("Run", ""),
    ]


def test_a_step_with_a_name_of_its_own():
    line = '20 s @ RPE 8 "High knees" -- up, walk 20 s "Drill" -- tall, walk 1 min'
    steps = compile_line(line).workouts[0].program.steps
    assert [(step.name, step.cue) for step in steps] == [
        ("High knees", "RPE 8. up"),
        ("Drill", "Walk. tall"),
        ("Walk", ""),
    ]
    for account in ("connect", "intervals"):
        steps = compile_line(line, device=account).workouts[0].program.steps
        assert [(step.name, step.cue) for step in steps] == [
            ("", "High knees, RPE 8. up"),
            ("", "Drill, Walk. tall"),
            ("", "Walk"),
        ]


def test_a_name_of_a_step_is_cut_where_the_watch_keeps_no_more():
    assert compile_line('1 km "Fifteen letters"').workouts[0].fidelity == "exact"
    only, program = degraded('1 km "Sixteen letters!"')
    assert only.message == "the name of the step has 16 characters, the watch keeps 15: it is cut"
    assert program.steps[0].name == "Sixteen lett..."
    [step] = read(compile_line('1 km "Sixteen letters!"').workouts[0].fit()).steps
    assert step.name == program.steps[0].name
    only, program = degraded('1 km "漢字"')
    assert "cannot be written whole in ASCII" in only.message
    assert program.steps[0].name == "Run"


@pytest.mark.parametrize("units", ["metric", "imperial"])
def test_paces_in_names_are_in_the_unit_they_are_written_in_and_names_of_paces_in_the_athlete_s(units):
    steps = "[1 km @ 5:00/km, 1 km @ 8:00/mi, 1 km @ 12 km/h, 1 km @ around the park]"
    text = f"workout: T\npaces: {{around the park: 5:00/km}}\nsteps: {steps}\n"
    [workout] = compile_text(text, athlete=f"athlete: Me\nunits: {units}\n").workouts
    own = {"metric": "Run 5:06-4:54", "imperial": "Run 8:13-7:53"}[units]
    assert [step.name for step in workout.program.steps] == ["Run 5:06-4:54", "Run 8:10-7:51", "Run 12 km/h", own]


def test_a_step_knows_where_it_was_written():
    [workout] = compile_text(
        "workout: T\nsteps:\n  - run: 1 km\n  - progression: thirds\n    total: 3 km\n    paces: [Z1, Z2, Z3]\n"
    ).workouts
    step, first, *_ = workout.program.steps
    assert (step.written.span.text, step.written.origin) == ("1 km", None)
    assert (first.written.span.text, first.written.origin.generator, first.written.origin.part) == (
        "thirds",
        "thirds",
        1,
    )
