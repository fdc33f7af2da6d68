"""Lines as people write them: each is what was meant, or has a cure that makes it that.

The texts and their meanings are in ``as_written.txt``, which says where they come from. Steps are compared in the FIT
files that they become, so that another way to say the same is the same. Four of five of all must compile as they are.
"""

import re
import textwrap
from pathlib import Path
from typing import NamedTuple

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from negsplit import Result, compile_line, compile_text
from negsplit.compile import parse, runner_of
from negsplit.cures import applied
from negsplit.diagnostics import Diagnostic, Report, Severity, Source
from negsplit.model import Item, Repeat
from negsplit.phrase import phrases
from negsplit.phrase.names import CERTAIN
from negsplit.plan.compile import PlanResult, compile_plan
from negsplit.program.watch_models import choose
from negsplit.units import Distance, Duration
from strategies.examples import examples
from strategies.phrases import lengths, text_of

ATHLETE = "5 km in 22:30"
MOST_CURES = 6
"""How many mistakes one line may hold, each with its own cure."""
_DAY = re.compile(r"(?:mon|tue|wed|thu|fri|sat|sun): ")


class Case(NamedTuple):
    text: str
    sign: str
    meaning: str


def _cases() -> list[Case]:
    blocks = Path(__file__).with_name("as_written.txt").read_text("utf-8").split("\n\n")[2:]
    cases = []
    for block in blocks:
        if not block.startswith("#"):
            text, sign, meaning = re.split(r"^([=>]) ", block.rstrip("\n"), maxsplit=1, flags=re.MULTILINE)
            cases.append(Case(text.rstrip("\n"), sign, textwrap.dedent(f"  {meaning}")))
    return cases


CASES = _cases()


def document(text: str) -> str:
    """The document that a text is part of, with the text at its end; the text itself if it is a line."""
    if text.startswith("- "):
        return f"workout: W\nsteps:\n{text}"
    if _DAY.match(text):
        return f"plan: P\nstart: 2026-11-30\nweeks: 1\ndays:\n  week 1:\n    {text}"
    return text


def compiled(text: str) -> Result | PlanResult:
    if text.startswith("workout:"):
        return compile_text(text, name="text", athlete=ATHLETE)
    if text.startswith("plan:"):
        runner = runner_of(ATHLETE, Report())
        return compile_plan(parse(Source("text", text)), runner, choose("generic").device)
    return compile_line(text, title="W", athlete=ATHLETE)


def errors(result: Result | PlanResult) -> list[Diagnostic]:
    return [one for one in result.diagnostics if one.severity is Severity.ERROR]


def meaning(result: Result | PlanResult) -> object:
    """What comes of a text: the bytes of its workouts, or what its plan has on its days."""
    if isinstance(result, Result):
        return [workout.fit() for workout in result.workouts if workout]
    assert result.plan
    return [
        (session.kind, session.text, session.distance, session.goal, one.workout and one.workout.fit())
        for one in result.plan.sessions
        for session in (one.planned.session,)
    ]


def cured(text: str) -> str:
    """A text with the first cure of its first error made, until there is none."""
    for _ in range(MOST_CURES):
        found = errors(compiled(text))
        if not found:
            return text
        fix = next((one.fixes[0] for one in found if one.fixes), None)
        assert fix, f"{text!r} has no cure: {[(one.message, one.help) for one in found]}"
        text = applied(text, fix.edits)
    raise AssertionError(f"{text!r} is still at fault")


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.text.partition("\n")[0])
def test_it_is_what_was_meant_or_a_cure_makes_it_that(case: Case) -> None:
    text, meant = document(case.text), document(case.meaning)
    found = errors(compiled(text))
    assert bool(found) == (case.sign == ">"), [(one.message, one.help) for one in found]
    if found:
        assert cured(text) == meant
    assert not errors(compiled(meant))
    if not found:
        assert meaning(compiled(text)) == meaning(compiled(meant))


def test_four_of_five_compile_as_they_are() -> None:
    assert len(CASES) >= 230
    assert sum(case.sign == "=" for case in CASES) >= 0.8 * len(CASES)


def test_every_pace_that_needs_no_sign_is_known() -> None:
    for name in CERTAIN:
        assert not errors(compiled(f"10 min {name}"))
        assert meaning(compiled(f"10 min {name}")) == meaning(compiled(f"10 min @ {name}"))


@settings(max_examples=examples(60), deadline=None)
@given(data=st.data())
def test_what_is_written_without_signs_is_what_it_is_with_them(data: st.DataObject) -> None:
    length, amount = data.draw(lengths().filter(lambda pair: isinstance(pair[1], Duration | Distance)))
    assert isinstance(amount, Duration | Distance)
    name = data.draw(st.sampled_from(sorted(CERTAIN)))
    assume(len(name) > 1 or not length[-1].isdigit())  # `1h30 m` are metres
    times = data.draw(st.integers(2, 9))
    sign = data.draw(st.sampled_from([" x ", "x", " times ", " sets of ", " reps of "]))
    jog = data.draw(
        st.sampled_from(["w/ 90 s jog", "with 90 s recovery", "(90 s jog)", "w. jog 90 s", "(recover 90 s)"])
    )
    joint = data.draw(st.sampled_from([", ", "; ", " then ", " followed by ", ", then "]))
    for loose, strict in (
        (f"{length} {name}", f"{length} @ {name}"),
        (f"{name} {length}", f"{length} @ {name}"),
        (f"{length} {name} run", f"run {length} @ {name}"),
        (f"{length} warm up", f"warmup {length}"),
        (f"{length} CD {name}", f"cooldown {length} @ {name}"),
        (f"{length} @ {name}{joint}{length}", f"{length} @ {name}, {length}"),
        (f"{times}{sign}{length} @ {name} {jog}", f"{times}x({length} @ {name}, recover 90 s)"),
        (f"@{name} {length}", f"{length} @ {name}"),
        (f"{length} recovery run.", f"{length} @ easy"),
        (f"{length} @ {name}, HR < 150, {length}", f"{length} @ {name} and HR < 150, {length}"),
        (f"{length} @ {name} “Up, down”", f'{length} @ {name} "Up, down"'),
        (f"repeat {times} times: {length} @ {name}, 90 s jog", f"{times}x({length} @ {name}, 90 s)"),
        (f"walk {length}, run 90 s. Repeat {times} times.", f"{times}x(walk {length}, run 90 s)"),
        (f"{length} uphill @ {name}", f"{length} @ {name} -- uphill"),
        (f"50 km with {length} @ {name}", f"50 km with 1x({length} @ {name})"),
    ):
        assert bare(read(loose)) == bare(read(strict)), loose


@settings(max_examples=examples(30), deadline=None)
@given(st.integers(3, 9), st.integers(0, 59), st.sampled_from(["km", "mi"]), st.sampled_from([",", "'", "’", "′"]))
def test_minutes_and_seconds_of_a_pace_take_other_signs(minutes: int, seconds: int, unit: str, sign: str) -> None:
    strict = read(f"5 km @ {minutes}:{seconds:02}/{unit}, 1 km")
    for quote in ("",) if sign == "," else ("", '"', "″", "''"):
        assert bare(read(f"5 km @ {minutes}{sign}{seconds:02}{quote}/{unit}, 1 km")) == bare(strict)


@settings(max_examples=examples(30), deadline=None)
@given(st.integers(1, 33).map(lambda hundreds: 100 * hundreds) | st.integers(1, 3_300))
def test_a_bare_number_is_metres_where_it_is_a_length_on_the_track(metres: int) -> None:
    laps = metres % 400 in (0, 200) or metres in (100, 150, 300, 500, 1500, 3000)
    found = errors(compiled(f"5x({metres} @ 5k, 200 m)"))
    assert (not found) == (laps and metres not in (1400, 1800, 2200, 2600, 2800) and metres >= 100)


@pytest.mark.parametrize(
    "text",
    [
        "800 m @ 80 s",
        "10 min hard",
        "400 m R",
        "- interval: 400 m",
        "6x(1400, 200 m)",
        "1 km, 2 km, 3 km. Repeat 2 times",
    ],
)
def test_what_may_be_meant_otherwise_is_asked(text: str) -> None:
    assert errors(compiled(document(text)))


def read(line: str) -> tuple[Item, ...]:
    """The steps of a line that has nothing wrong with it, but for metres that may be minutes."""
    report = Report()
    items = phrases.line(text_of(line), report)
    assert [one for one in report.diagnostics if one.code != "metres"] == [], line
    return items


def bare(items: tuple[Item, ...]) -> list[object]:
    return [(one.times, bare(one.steps)) if isinstance(one, Repeat) else one for one in items]


@settings(max_examples=examples(60), deadline=None)
@given(data=st.data())
def test_a_cure_that_is_shown_cures_what_it_is_shown_for(data: st.DataObject) -> None:
    line = data.draw(st.sampled_from([case.text for case in CASES if "\n" not in case.text and ": " not in case.text]))
    start = data.draw(st.integers(0, len(line)))
    changed = line[:start] + data.draw(st.sampled_from(_SLIPS)) + line[start + data.draw(st.integers(0, 2)) :]
    result = compiled(changed)
    for one in errors(result):
        for fix in one.fixes:
            left = errors(compiled(applied(changed, fix.edits)))
            same = [other for other in left if (other.code, other.message) == (one.code, one.message)]
            before = [other for other in errors(result) if (other.code, other.message) == (one.code, one.message)]
            assert len(same) < len(before), (changed, fix)


_SLIPS = (
    "",
    ",",
    "@",
    "--",
    " x ",
    "(",
    ")",
    " then ",
    " and ",
    "5",
    "km",
    " easy ",
    "/",
    ".",
    "-",
    " w/ ",
    '"',
    ":",
    " jog",
)
"""What is put in the place of a piece of a line, or between two of them."""
