"""Everything the pages show is true: commands are run, workouts compiled, Python executed.

In a page, a block of ``console`` holds commands behind ``$`` and what they print; ``yaml`` is a document, or
steps of one; a comment ``<!-- file: NAME -->`` before a block makes a file of it for the commands behind, and
``<!-- wrote: NAME -->`` says that it is what they wrote. On the cable is a watch; ``<!-- unplugged -->`` before a
block says that it was away meanwhile, and imported what waited.
"""

from __future__ import annotations

import json
import re
import shlex
import shutil
import textwrap
from collections.abc import Callable, Iterator
from fnmatch import fnmatch
from pathlib import Path
from typing import Any, NamedTuple, cast

import pytest
from click.testing import CliRunner

from account.garmin.double import Double
from account.intervals.double import Double as IntervalsDouble
from negsplit import PlanResult, Result, compile_plan_text, compile_text, render
from negsplit.account.garmin.address import Address
from negsplit.account.garmin.tokens import Tokens, TokenStore
from negsplit.account.intervals.address import Address as IntervalsAddress
from negsplit.account.intervals.key import KeyStore
from negsplit.cli import program
from negsplit.compile import NAME_KEPT, device
from negsplit.limits import WORKOUTS_KEPT
from negsplit.program.model import Quantity
from negsplit.state import StateFolder
from negsplit.units import Duration
from negsplit.watch.door import Door, WatchPlace
from negsplit.watch.finding import Found
from negsplit.watch.ways import usb
from strategies.example_plans import EXAMPLE_PLANS, compiled_example
from watch.fake_watch import FakeWatch, fake_watch, fill_in
from watch.importing import unplug

ROOT = Path(__file__).parents[1]
PAGES = [ROOT / "README.md", ROOT / "CONTRIBUTING.md", *sorted((ROOT / "docs").glob("*.md"))]
ATHLETE = """\
athlete: Example runner
races: [5 km in 22:30]
heart_rate: {max: 188, rest: 48, threshold: 170}
power: {critical: 280 W}
"""
FILES = {
    "me.athlete.yaml": ATHLETE,
    "base.plan.yaml": "plan: Base\nrace: {on: 2027-04-18, distance: half}\nweeks: 5\nsessions:\n"
    "  - {on: tue, steps: 8 km @ easy}\n  - {weeks: 1-4, on: sun, steps: 12 km @ easy}\n",
    "walk-run.workout.yaml": "workout: Walk-run\nparams: {run: 1 min, walk: 2 min, total: 24 min}\n"
    "steps:\n  - walk_run: run $run / walk $walk\n    total: $total\n    fit: nearest\n",
}
"""What plans of the pages use."""
_BLOCK = re.compile(
    r"(?:^<!-- (?:file: (?P<file>\S+)|wrote: (?P<wrote>\S+)|(?P<unplugged>unplugged)) -->\n)?"
    r"^```(?P<kind>\w*)\n(?P<body>.*?)^```$",
    re.MULTILINE | re.DOTALL,
)
_LINK = re.compile(r"\]\((?!https?:)([^)#]+)")


class Block(NamedTuple):
    """A fenced block of a page."""

    kind: str
    file: str | None
    wrote: str | None
    unplugged: bool
    body: str
    start: int
    end: int


def blocks(text: str) -> Iterator[Block]:
    """The fenced blocks of a page, in order."""
    for match in _BLOCK.finditer(text):
        unplugged = match["unplugged"] is not None
        yield Block(
            match["kind"],
            match["file"],
            match["wrote"],
            unplugged,
            match["body"],
            match.start("body"),
            match.end("body"),
        )


@pytest.fixture
def desk(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder with the example workouts, as a reader of the page has it."""
    shutil.copytree(ROOT / "workouts", tmp_path / "workouts")
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("NEGSPLIT_CONFIG_DIR", str(tmp_path / "nothing"))
    monkeypatch.setenv("NEGSPLIT_STATE_DIR", str(tmp_path / "state"))
    return tmp_path


class Drive:
    """A door that always has the same room left, and ejects."""

    def __init__(self, door: Any) -> None:
        self.door = door

    def __getattr__(self, name: str) -> Any:
        return getattr(self.door, name)

    def free(self) -> int:
        return 11_534_336


@pytest.fixture
def watch(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[FakeWatch]:
    """Someone's Forerunner 935 on the cable."""
    (tmp_path / "cable").mkdir()
    with fake_watch("volume", tmp_path / "cable") as fake:
        fill_in(fake)
        place = WatchPlace("volume", "/media/runner/GARMIN", lambda: cast(Door, Drive(fake.place().open())))
        monkeypatch.setattr("negsplit.cli.watch.connection.find", lambda _mount=None: Found([place], []))
        monkeypatch.setattr("negsplit.cli.watch.copy.eject", lambda _place: None)
        yield fake


@pytest.fixture
def account(desk: Path, stop_clock: Callable[[str], None], monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """An account at Garmin and one at intervals.icu that somebody has logged in to, on the first of March of 2027."""
    pytest.importorskip("garminconnect", reason="the optional `account` dependencies are not installed")
    monkeypatch.delenv("NEGSPLIT_ACCOUNT", raising=False)
    with Double(email="alex@example.org") as service, IntervalsDouble() as intervals:
        monkeypatch.setenv("NEGSPLIT_INTERVALS_URL", intervals.url)
        KeyStore(StateFolder(desk / "state"), IntervalsAddress(intervals.url)).write(intervals.key)
        monkeypatch.setenv("NEGSPLIT_CONNECT_URL", service.url)
        monkeypatch.setenv("NEGSPLIT_PAUSE", "0")
        stop_clock("2027-03-01 08:00")
        issued = service.sessions.issue()
        tokens = Tokens(issued["access_token"], issued["refresh_token"], "CLIENT")
        TokenStore(StateFolder(desk / "state"), Address(service.url)).write(tokens)
        yield


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_page_shows_what_happens(
    page: Path, desk: Path, watch: FakeWatch, account: None, request: pytest.FixtureRequest
) -> None:
    text = page.read_text(encoding="utf-8")
    shown, pieces, done = [], [], 0
    for block in blocks(text):
        if block.file:
            (desk / block.file).parent.mkdir(exist_ok=True)
            (desk / block.file).write_text(block.body, encoding="utf-8")
        if block.unplugged:
            unplug(watch)
        if block.kind == "console" or block.wrote:
            ran = "".join(run(command) for command in commands(block.body))
            actual = (desk / block.wrote).read_text(encoding="utf-8") if block.wrote else ran
            shown.append((block.body, actual))
            pieces += [text[done : block.start], actual]
            done = block.end
    if request.config.getoption("--update"):
        page.write_text("".join([*pieces, text[done:]]), encoding="utf-8")
        return
    for written, actual in shown:
        assert actual == written


def commands(body: str) -> list[str]:
    """The commands of a console block."""
    return [line[2:] for line in body.splitlines() if line.startswith("$ ")]


def run(command: str) -> str:
    """What the terminal shows of a command, itself included."""
    words = shlex.split(command)
    assert words[0] == "negsplit", f"the page shows a command that no test runs: {command}"
    result = CliRunner().invoke(program, words[1:], prog_name="negsplit", terminal_width=100)
    assert result.exception is None or isinstance(result.exception, SystemExit), result.exception
    return f"$ {command}\n{result.output}"


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_page_shows_workouts_that_compile(page: Path) -> None:
    text = page.read_text(encoding="utf-8")
    for block in blocks(text):
        if block.kind != "yaml" or block.file:
            continue
        body = block.body
        result: Result | PlanResult
        if body.startswith("plan:"):
            result = compile_plan_text(body, athlete=ATHLETE, files=FILES)
        elif body.startswith("athlete:"):
            result = compile_text("workout: x\nsteps: 1 km @ easy and HR Z2", athlete=body)
        else:
            result = compile_text(whole(body), athlete=ATHLETE)
        messages = "\n".join(render(one) for one in result.diagnostics if one.code != "athlete-zones")
        assert not messages, f"{page.name}, line {text.count(chr(10), 0, block.start)}:\n{body}\n{messages}"


def whole(body: str) -> str:
    """A fragment of a page as a document: steps, or keys of a workout, or a workout."""
    if body.startswith(("workout:", "plan:")):
        return body
    indented = textwrap.indent(textwrap.dedent(body), "  ")
    if body.lstrip().startswith("- "):
        return f"workout: Fragment\nsteps:\n{indented}"
    return f"workout: Fragment\n{body}" + ("" if "steps:" in body else "steps: 10 min @ RPE 3\n")


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_python_on_the_page_runs(page: Path, desk: Path) -> None:
    for block in blocks(page.read_text(encoding="utf-8")):
        if block.kind == "python":
            exec(compile(block.body, page.name, "exec"), {"__name__": "page"})


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_links_lead_somewhere(page: Path) -> None:
    for target in _LINK.findall(page.read_text(encoding="utf-8")):
        assert (page.parent / target).exists(), f"{page.name} links to {target}"


def test_example_workouts_compile_exactly() -> None:
    files = sorted((ROOT / "workouts").rglob("*.workout.yaml"))
    assert len(files) >= 54
    athlete = (ROOT / "workouts" / "athlete.yaml").read_text(encoding="utf-8")
    texts = {file.name: file.read_text(encoding="utf-8") for file in files}
    for file in files:
        text = texts[file.name]
        result = compile_text(text, name=file.name, athlete=athlete, files=texts)
        assert not result.diagnostics, "\n".join(render(one) for one in result.diagnostics)
        assert [workout and workout.fidelity for workout in result.workouts] == ["exact"], file.name
        assert text.startswith("# "), f"{file.name} does not say why and when"


@pytest.mark.parametrize("file", EXAMPLE_PLANS, ids=lambda file: file.name)
def test_example_plans_compile_exactly(file: Path) -> None:
    """Clean to the last note, whoever runs them."""
    text = file.read_text(encoding="utf-8")
    assert text.startswith("# ")
    assert {"Why", "For whom", "When"} <= set(re.findall(r"^# ([A-Z][a-z ]+):", text, re.MULTILINE))
    for athlete in ("", "5 km in 18:00", "5 km in 30:00"):
        result = compiled_example(file, athlete)
        assert not result.diagnostics, "\n".join(render(one) for one in result.diagnostics)
        assert result.plan is not None
        programs = {one.planned.label: one.workout.program for one in result.plan.sessions if one.workout}
        assert {one.workout.fidelity for one in result.plan.sessions if one.workout} == {"exact"}
        assert len({program.name[:NAME_KEPT] for program in programs.values()}) == len(programs)
        assert not [label for label, program in programs.items() if program.name == label], "sessions without a name"
    assert f"id: {result.plan.plan.id}\n" in text
    assert {one.planned.date.year for one in result.plan.sessions} == {2027}


def test_the_page_of_the_watch_says_what_the_messages_say() -> None:
    text = (ROOT / "docs" / "watch.md").read_text(encoding="utf-8")
    for words in (usb.RULE, usb.RULE_FILE, "gio mount --unmount-scheme=mtp", "sudo rmmod garmin_gps"):
        assert words in text
    assert f"Some watches keep {WORKOUTS_KEPT} workouts" in text


def test_what_an_owner_is_asked_to_copy_is_what_the_questions_are_about() -> None:
    text = (ROOT / "docs" / "hardware.md").read_text(encoding="utf-8")
    files = {block.file: block.body for block in blocks(text) if block.file}
    (steps,), (targets,) = (compile_text(files[f"{name}.workout.yaml"]).workouts for name in ("steps", "targets"))
    assert steps is not None
    assert targets is not None
    assert len(steps.program.steps) == 51
    assert steps.program.steps[-1].length == Duration(60_000)
    first, second, last = targets.program.steps
    assert [one.quantity for one in (first.target, second.target, second.second)] == [
        Quantity.CADENCE,
        Quantity.SPEED,
        Quantity.CADENCE,
    ]
    assert 60 < len(last.cue) <= device().cue


def test_editors_are_told_the_schema_of_every_kind_of_file(desk: Path) -> None:
    """The line at the top of a file and the pattern of its name, by what the commands of the page write."""
    text = (ROOT / "docs" / "editors.md").read_text(encoding="utf-8")
    for command in (one for block in blocks(text) if block.kind == "console" for one in commands(block.body)):
        run(command)
    [settings] = [json.loads(block.body)["yaml.schemas"] for block in blocks(text) if block.kind == "json"]
    lines = re.findall(r"`# yaml-language-server: \$schema=(\S+)`", text)
    for kind, names in {
        "workout": ["x.workout.yaml"],
        "plan": ["x.plan.yaml"],
        "athlete": ["athlete.yaml", "x.athlete.yaml"],
    }.items():
        [found] = [schema for schema, patterns in settings.items() if matches(names[0], patterns)]
        assert all(matches(name, settings[found]) for name in names)
        [beside] = [one for one in lines if f"-{kind}." in one]
        for schema in (found, beside):
            assert json.loads((desk / schema).read_text(encoding="utf-8"))["title"] == f"negsplit {kind}"


def matches(name: str, patterns: str | list[str]) -> bool:
    """Whether an editor takes a file for one of those that a schema is for."""
    return any(fnmatch(name, one) for one in ([patterns] if isinstance(patterns, str) else patterns))


def test_example_workouts_are_all_listed() -> None:
    folder = ROOT / "workouts"
    linked = set(_LINK.findall((folder / "README.md").read_text(encoding="utf-8")))
    files = {file.relative_to(folder).as_posix() for file in (*folder.rglob("*.workout.yaml"), *EXAMPLE_PLANS)}
    assert files <= linked, f"workouts/README.md does not list {sorted(files - linked)}"
    missing = sorted(target for target in linked if not (folder / target).exists())
    assert not missing, f"workouts/README.md links to {missing}"
