"""Measures the speed budgets and prints medians and ratios; nothing here passes or fails by the clock.

Run it with ``make bench`` on a quiet machine.
"""

from __future__ import annotations

import os
import re
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

from bench_measuring import INSTALLED, can_count, counted, line, median, python
from bench_pairs import ATHLETE, pairs, ten_steps

ROOT = Path(__file__).resolve().parents[1]
FASTER = "5 km in 21:30"
"""Another runner, for whom every file is another."""
BASELINE = "import click, yaml, unicodedata, struct, tomllib"
"""What a program of this kind cannot do without."""


START_UP = 0.0
"""Seconds of a cold run of one workout, once measured."""


def main() -> None:
    """Every budget, one line each."""
    print(f"{'budget':<58} {'measured':>12} {'allowed':>10}")
    instructions()
    cold_start()
    light_commands()
    with tempfile.TemporaryDirectory() as folder:
        many_files(Path(folder), "ten-step workouts", ten_steps)
    with tempfile.TemporaryDirectory() as folder:
        (Path(folder) / "shared.workout.yaml").write_text(SHARED, encoding="utf-8")
        many_files(Path(folder), "workouts with shared blocks", with_shared_blocks)
    with tempfile.TemporaryDirectory() as folder:
        whole_plan(Path(folder))
    encoding_is_linear()
    pairs()
    picture()
    rules_of_a_plan()
    with tempfile.TemporaryDirectory() as folder:
        saves_in_a_browser(Path(folder))


BARS = {"compile": 20, "check": 20, "--help": 6}
"""Instructions of a run, a bare Python's being 1."""


def instructions() -> None:
    """What a run costs whatever else the machine does; by valgrind, where that is installed."""
    if not can_count():
        line("instructions of a run: valgrind is not here")
        return
    workout = str(ROOT / "workouts" / "thirds-12k.workout.yaml")
    bare = counted("-c", "pass")
    with tempfile.TemporaryDirectory() as folder:
        for arguments in (["compile", workout, "-o", f"{folder}/"], ["check", workout], ["--help"]):
            python("-m", "negsplit", *arguments)
            ours = counted(str(Path(sys.executable).with_name("negsplit")), *arguments)
            bar = f"{BARS[arguments[0]]} x"
            line(f"negsplit {arguments[0]}: instructions, of a bare Python's", f"{ours / bare:.1f} x", bar)


def cold_start() -> None:
    """One workout in a new process, against the bare imports of the libraries it stands on."""
    with tempfile.TemporaryDirectory() as folder:
        workout = str(ROOT / "workouts" / "cruise-intervals.workout.yaml")
        compile_one = ["-m", "negsplit", "compile", workout, "-o", f"{folder}/", "-q"]
        baseline = median(lambda: python("-c", BASELINE))
        ours = median(lambda: python(*compile_one))
    line("bare imports: click, yaml", f"{baseline * 1000:.0f} ms")
    global START_UP  # noqa: PLW0603
    START_UP = ours
    line("one workout compiled, cold", f"{ours * 1000:.0f} ms")
    line("  ratio to the bare imports", f"{ours / baseline:.2f} x")


IMPORTED = """
import sys
from negsplit.cli import main
try:
    main()
except SystemExit:
    pass
sys.stderr.write(" ".join(sorted({name.partition(".")[0] for name in sys.modules})))
"""


def light_commands() -> None:
    """``--help`` and ``check`` do not import what only writing needs."""
    for arguments in (["--help"], ["check", str(ROOT / "workouts")]):
        heavy = {"pydantic", "fit_tool", "fitdecode", "garminconnect"} & set(
            python("-c", IMPORTED, *arguments).stderr.split()
        )
        line(f"negsplit {arguments[0]}: heavy imports", ", ".join(heavy) or "none", "none")
        taken = median(lambda words=arguments: python("-m", "negsplit", *words), 5)
        line(f"negsplit {arguments[0]}: time", f"{taken * 1000:.0f} ms")


def many_files(folder: Path, what: str, workout: Callable[[int], str]) -> None:
    """A thousand different workouts in one run: parse, resolve, encode, verify, write."""
    others = len(list(folder.iterdir()))
    for number in range(1000):
        (folder / f"w{number:03}.workout.yaml").write_text(workout(number), encoding="utf-8")
    out = folder / "out"
    command = [sys.executable, "-m", "negsplit", "compile", str(folder), "-o", str(out), "-q", "--athlete"]
    for name, athlete in (("created", ATHLETE), ("there already", ATHLETE), ("replaced", FASTER)):
        start = time.perf_counter()
        process = subprocess.Popen([*command, athlete], env=INSTALLED)
        _, status, usage = os.wait4(process.pid, 0)
        taken = time.perf_counter() - start
        if status or len(list(out.glob("*.fit"))) != 1000 + others:
            raise SystemExit("the thousand files did not compile")
        line(f"1000 {what}, files {name}", f"{taken:.2f} s")
        line("  each, start-up left out", f"{taken - START_UP:.2f} ms", "2.00 ms")
        line("  peak memory", f"{usage.ru_maxrss / 1024:.0f} MB", "90 MB")


SHARED = """\
workout: Shared
params: {reps: 4, metres: 400}
blocks:
  strides: {params: {n: 4}, steps: ["${n}x(20 s @ RPE 8, walk 60 s)"]}
steps:
  - use: strides
    with: {n: 3}
  - repeat: $reps
    steps:
      - run: $metres m @ 5k -- even
      - recover: 1 min
"""


def with_shared_blocks(number: int) -> str:
    """A workout of its own block and of one in a file that a thousand share; about ten steps."""
    return (
        f"workout: {number:03} Shared\n"
        "blocks:\n"
        "  tempo: {params: {length: 1 km}, steps: [run: $length @ threshold, recover: 1 min]}\n"
        "steps:\n"
        "  - warmup: 15 min @ easy\n"
        "  - use: tempo\n"
        f"    with: {{length: {1000 + number} m}}\n"
        "  - use: shared.workout.yaml\n"
        f"    with: {{reps: 5, metres: {400 + number}}}\n"
        "  - cooldown: 10 min @ marathon + 25..30 s/km\n"
    )


PLAN = """\
plan: Thirty weeks
start: 2026-11-30
weeks: 30
down_weeks: {every: 4, cut: 25 %}
blocks:
  strides: {steps: ["4x(20 s @ RPE 8, walk 60 s)"]}
sessions:
  - {on: mon, steps: run $total @ easy, with: {total: 30 min -> 60 min}}
  - {on: tue, use: progression.workout.yaml, with: {total: 6 km -> 15 km}}
  - {on: wed, steps: [run: 40 min @ easy, use: strides]}
  - {on: thu, time: 06:30, steps: ["15 min @ easy", "$n x(1 km @ threshold, 1 min)", "9 min"], with: {n: 3 -> 8}}
  - {on: fri, steps: run $total @ easy, with: {total: 20 min -> 50 min}}
  - {on: sat, steps: ["warmup 15 min @ easy", "8x(400 m @ 5k, 200 m)", "cooldown 10 min @ easy"]}
  - {on: sun, name: Long run, steps: run $total @ easy, with: {total: 10 km -> 32 km}}
"""
PROGRESSION = """\
workout: Thirds
params: {total: 12 km}
steps:
  - progression: thirds
    total: $total
  - cooldown: 5 min -- walk or jog
"""


def whole_plan(folder: Path) -> None:
    """A plan in a new process: every session, the schedule, the calendar and the manifest."""
    (folder / "thirty.plan.yaml").write_text(PLAN, encoding="utf-8")
    (folder / "progression.workout.yaml").write_text(PROGRESSION, encoding="utf-8")
    out = folder / "out"
    compiled = ["-m", "negsplit", "compile", str(folder / "thirty.plan.yaml"), "-o", str(out), "-q"]

    def run() -> None:
        for path in out.glob("*"):
            path.unlink()
        python(*compiled, "--athlete", ATHLETE)

    taken = median(run, 5)
    if len(list(out.glob("*.fit"))) != 210:
        raise SystemExit("the plan did not compile")
    line("plan of 30 weeks x 7 sessions", f"{taken:.2f} s", "1.50 s")


def encoding_is_linear() -> None:
    """The cost of a step must not grow with the steps before it."""
    from negsplit.formats.fit.verify import verify
    from negsplit.formats.fit.write import encode
    from negsplit.model import Sport
    from negsplit.program.model import Band, Intensity, Program, ProgramStep, Quantity
    from negsplit.units import Distance

    band = Band(Quantity.SPEED, 3704, 4000)
    step = ProgramStep(Intensity.ACTIVE, Distance(100_000), band, None, "Run 4:30-4:10", "steady")
    costs = {}
    for count in (10, 40, 160):
        program = Program("Bench", Sport.RUNNING, (step,) * count)
        encoded = median(lambda p=program: encode(p), 21)
        data = encode(program)
        checked = median(lambda d=data, n=count: verify(d, max_steps=n), 21)
        costs[count] = encoded / count
        line(f"encode {count} steps", f"{encoded * 1000:.3f} ms", "0.600 ms" if count == 10 else "")
        line(f"verify {count} steps", f"{checked * 1000:.3f} ms")
    line("cost of a step at 160 against at 40", f"{costs[160] / costs[40]:.2f} x", "1.10 x")


def picture() -> None:
    """The SVG of a workout that is compiled, drawn often enough that Python is warm."""
    from negsplit import compile_text
    from negsplit.preview.svg import svg

    [workout] = compile_text(ten_steps(1), athlete=ATHLETE).workouts
    assert workout is not None
    program, profile, estimate = workout.program, workout.profile, workout.estimate
    drawn = median(lambda: svg(program, profile, estimate, "km"), 101)
    whole = median(lambda: svg(program, workout.profile, workout.estimate, "km"), 101)
    line("SVG of a ten-step workout", f"{drawn * 1000:.2f} ms", "1.00 ms")
    line("  with its profile and estimate", f"{whole * 1000:.2f} ms")


def rules_of_a_plan() -> None:
    """What the rules cost beyond compiling: the totals of a plan of 16 weeks, and every rule over it."""
    from negsplit import compile_plan_text
    from negsplit.check import check_plan
    from negsplit.plan.totals import totals

    text = PLAN.replace("weeks: 30", "weeks: 16")
    plan = compile_plan_text(text, athlete=ATHLETE, files={"progression.workout.yaml": PROGRESSION}).plan
    assert plan is not None
    taken = median(lambda: check_plan(totals(plan)))
    line("checking a 16-week plan", f"{taken:.2f} s", "0.30 s")


def saves_in_a_browser(folder: Path) -> None:
    """From a save to the change in the window that follows the file, in a real browser: 95 of 100 saves take less."""
    from browser import absent, opened
    from live.saving import delays, followed, text, until

    if why := absent():
        line(f"saves until they are shown: {why}", "", "")
        return
    plan = (ROOT / "workouts" / "plans" / "marathon-18-weeks.plan.yaml").read_text(encoding="utf-8")

    def plan_text(name: str) -> str:
        return re.sub("(?m)^plan: .*", f"plan: {name}", plan)

    kinds = (("a workout", "x.workout.yaml", text, 200), ("a plan of 18 weeks", "x.plan.yaml", plan_text, 40))
    with opened(folder) as browser:
        for what, name, written, saves in kinds:
            path = folder / name
            path.write_text(written("First"), encoding="utf-8")
            with followed(path, "--athlete", ATHLETE, "--library", ROOT / "workouts") as (_, address):
                browser.driver.get(address)
                until(lambda: browser.run("return document.querySelector('main h1')?.textContent") == "First")
                taken = sorted(delays(browser, path, saves, written))
            line(f"{saves} saves of {what} until they are shown, 95 %", f"{taken[saves * 95 // 100]:.0f} ms", "250 ms")


if __name__ == "__main__":
    main()
