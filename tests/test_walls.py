"""What the syntax trees hold: who may import whom, one room for each library, and one place that reads the clock."""

import ast
import re
import subprocess
import sys
from functools import cache
from pathlib import Path

import pytest

from syntax import FILES, ROOT, SOURCE, nodes, where

TESTS = ROOT / "tests"

COMMON = {"frozen", "limits", "codes", "words"}
"""What every room may import."""
MODEL = {"units", "diagnostics", "targets", "model"}
KNOWS = {
    "frozen": set(),
    "clock": set(),
    "codes": set(),
    "words": set(),
    "meanings": set(),
    "units": set(),
    "limits": {"units"},
    "diagnostics": set(),
    "cures": {"diagnostics"},
    "targets": {"units", "diagnostics"},
    "model": {"units", "targets", "diagnostics"},
    "tree": {"diagnostics"},
    "phrase": MODEL | {"tree"},
    "document": MODEL | {"tree", "phrase"},
    "expand": MODEL,
    "athlete": MODEL,
    "program": MODEL | {"athlete"},
    "estimate": MODEL | {"athlete", "program"},
    "formats": MODEL | {"tree", "phrase", "athlete", "program"},
    "lift": MODEL | {"tree", "phrase", "document", "athlete", "program"},
    "compile": MODEL - {"units"}
    | {"cures"}
    | {"tree", "phrase", "document", "athlete", "expand", "program", "estimate", "formats"},
    "plan": MODEL | {"cures", "tree", "phrase", "document", "athlete", "program", "estimate", "compile"},
    "spread": set(),
    "many": {"athlete", "compile", "cures", "diagnostics", "document", "plan", "program", "spread"},
    "foreign": MODEL
    | {"cures"}
    | {"tree", "phrase", "document", "athlete", "program", "formats", "lift", "compile", "plan"},
    "check": MODEL | {"athlete", "program", "estimate", "compile", "plan"},
    "preview": MODEL - {"targets"} | {"athlete", "program", "estimate", "plan"},
    "files": set(),
    "state": {"files"},
    "watch": {"formats", "files", "state"},
    "account": {"formats", "state", "clock"},
    "desk": {
        "units",
        "diagnostics",
        "cures",
        "model",
        "tree",
        "document",
        "athlete",
        "program",
        "formats",
        "compile",
        "plan",
        "preview",
        "check",
    }
    | {"lift", "files", "watch", "account"},
    "live": {"clock", "diagnostics", "document", "plan", "check", "preview", "desk"},
}
"""The rooms that each room imports, from the bottom up; `cli` stands above them all."""
ABOVE = {"cli", "__init__", "__main__"}
"""What may import all."""

LIBRARIES = {
    "yaml": "tree",
    "pydantic": "document",
    "pydantic_core": "document",
    "fit_tool": "formats",
    "fitdecode": "formats",
    "click": "cli",
    "platformdirs": "desk",
    "anyascii": "program",
    "filelock": "state",
    "garminconnect": "account",
    "comtypes": "watch",
    "distributed": "cli",
}


def room(path: Path) -> str:
    return path.relative_to(SOURCE).with_suffix("").parts[0]


@cache
def imported(path: Path) -> set[str]:
    """Every module that a file names in an import, wherever in it."""
    found = set()
    for node in nodes(path):
        if isinstance(node, ast.Import):
            found |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{path.name}: imports are absolute"
            found |= {f"negsplit.{alias.name}" for alias in node.names} if node.module == "negsplit" else {node.module}
    return found


def rooms_of(path: Path) -> set[str]:
    """The other rooms that a file imports."""
    return {name.split(".")[1] for name in imported(path) if name.startswith("negsplit.")} - {room(path)}


def test_a_room_knows_only_those_below_it():
    below = {path: KNOWS[room(path)] | COMMON for path in FILES if room(path) not in ABOVE}
    assert where({path: rooms_of(path) - known for path, known in below.items()}) == {}


def test_the_rooms_stand_from_the_bottom_up():
    rooms = list(KNOWS)
    assert all(known <= {*rooms[: rooms.index(here)]} for here, known in KNOWS.items())


def test_no_arrow_and_no_library_is_allowed_that_nothing_uses():
    used = {here: set().union(*(rooms_of(path) for path in FILES if room(path) == here)) for here in KNOWS}
    assert {here: known - used[here] for here, known in KNOWS.items() if known - used[here]} == {}
    assert {name.split(".")[0] for path in FILES for name in imported(path)} >= LIBRARIES.keys()


SERVICES = ("garmin", "intervals")


def services_of(path: Path) -> set[str]:
    return {name.split(".")[2] for name in imported(path) if name.startswith("negsplit.account.")} & {*SERVICES}


def test_a_service_of_an_account_knows_no_other_and_is_known_to_none():
    """What is the same for each is below them, and the command line alone is above."""
    account = [path for path in FILES if room(path) == "account"]
    assert where({path: services_of(path) - {path.parent.name} for path in account}) == {}


def strangers(path: Path) -> set[str]:
    """The libraries that a file imports and that have no room, or another."""
    tops = {name.split(".")[0] for name in imported(path)} - {"negsplit"} - sys.stdlib_module_names
    return {top for top in tops if LIBRARIES.get(top) != room(path)}


def test_each_library_is_imported_in_one_room():
    assert where({path: strangers(path) for path in FILES}) == {}


def test_contributing_shows_every_room_and_none_besides():
    text = (ROOT / "CONTRIBUTING.md").read_text(encoding="utf-8")
    drawn = text.partition("```text\n")[2].partition("```")[0]
    names = [name for line in drawn.splitlines() for name in line.partition("   ")[0].replace(",", " ").split()]
    assert sorted(name.rstrip("/").removesuffix(".py") for name in names) == sorted({*KNOWS, "cli"})
    table = text.partition("| --- |")[2].partition("\n\n")[0]
    named = re.findall(r"`([a-z_/]+(?:\.\w+|/))`", table)
    assert [name for name in named if not any((above / name).exists() for above in (SOURCE, ROOT))] == []


HEAVY = {"fit_tool", "fitdecode", "garminconnect", "pydantic"}
OF_PLANS = {"negsplit.plan", "negsplit.check.plan_subject"}
"""What a workout alone has no need of."""


def loaded(code: str, *arguments: str) -> set[str]:
    """The packages and their parts that a new Python has loaded after some code, which may end in SystemExit."""
    script = f"import sys\ntry:\n    {code}\nexcept SystemExit as end:\n    assert not end.code\nprint(*sys.modules)"
    run = subprocess.run([sys.executable, "-c", script, *arguments], capture_output=True, text=True, check=True)
    return {".".join(name.split(".")[:parts]) for name in run.stdout.split() for parts in (1, 2)}


@pytest.mark.parametrize("command", ["--help", "check"])
def test_help_and_check_start_without_what_is_heavy(command, tmp_path):
    path = tmp_path / "x.workout.yaml"
    path.write_text("workout: T\nsteps: 3x(400 m @ 4:00/km, 1 min)\n", encoding="utf-8")
    modules = loaded("from negsplit.cli import main; main()", command, *([str(path)] if command == "check" else []))
    assert "negsplit" in modules
    assert not modules & (HEAVY | OF_PLANS)


def test_the_package_is_imported_at_once():
    assert not loaded("import negsplit") & (HEAVY | {"yaml", "click"})


# --- The clock ---------------------------------------------------------------------------------

READS = {
    *("time.time", "time.time_ns", "time.clock_gettime", "time.clock_gettime_ns"),
    *("datetime.datetime.now", "datetime.datetime.today", "datetime.datetime.utcnow", "datetime.date.today"),
}
"""What reads the wall clock however it is called, so that its name alone is too much."""
READS_WITHOUT = {
    "time.localtime": 1,
    "time.gmtime": 1,
    "time.ctime": 1,
    "time.asctime": 1,
    "time.strftime": 2,
    "email.utils.formatdate": 1,
    "email.utils.localtime": 1,
}
"""What reads it where it is given fewer arguments than these."""
MODULES = re.compile(r"\bimport\b.*\b(?:time|datetime|utils)\b|\bfrom (?:time|datetime|email)\b")
"""What stands where one of those is imported: only such a file need be parsed."""
CLOCK = SOURCE / "clock.py"


def clock_reads(text: str) -> list[str]:
    """Each place of a Python file that reads the wall clock, by its line and full name."""
    if not MODULES.search(text):
        return []
    nodes = list(ast.walk(tree := ast.parse(text)))
    names = full_names(tree)
    told = {id(call.func) for call in nodes if isinstance(call, ast.Call) and tells(call, full(call.func, names))}
    used = [node for node in nodes if isinstance(getattr(node, "ctx", None), ast.Load) and id(node) not in told]
    read = [(node.lineno, full(node, names)) for node in used]
    return [f"{line}: {name}" for line, name in read if name in READS | READS_WITHOUT.keys()]


def full(node: ast.AST, names: dict[str, str]) -> str:
    """The full name of what a node names, and of anything else none."""
    if isinstance(node, ast.Attribute):
        return f"{full(node.value, names)}.{node.attr}"
    return names.get(node.id, "") if isinstance(node, ast.Name) else ""


def full_names(tree: ast.AST) -> dict[str, str]:
    """What every imported name of a file stands for, whatever it is called there."""
    found = {}
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            found |= {
                one.asname or (top := one.name.split(".")[0]): one.name if one.asname else top for one in node.names
            }
        elif isinstance(node, ast.ImportFrom):
            found |= {one.asname or one.name: f"{node.module}.{one.name}" for one in node.names}
    return found


def tells(call: ast.Call, name: str) -> bool:
    """Whether a call says which time is meant."""
    return len(call.args) + len(call.keywords) >= READS_WITHOUT.get(name, sys.maxsize)


def test_the_clock_is_read_in_one_place():
    found = where({path: clock_reads(path.read_text("utf-8")) for path in (*FILES, *sorted(TESTS.rglob("*.py")))})
    assert len(found.pop(CLOCK.relative_to(ROOT).as_posix())) == 1
    assert found == {}, "ask negsplit.clock, or stop_clock in a test"


@pytest.mark.parametrize(
    "text",
    [
        "import time; time.time()",
        "import time as t; t.time_ns()",
        "from time import time as now; now()",
        "import time\ndef f(now=time.time): pass",
        "import time; time.localtime().tm_hour",
        "import time; time.strftime('%H')",
        "from time import ctime; print(ctime())",
        "import time; list(map(time.gmtime, [None]))",
        "import time; time.clock_gettime(time.CLOCK_REALTIME)",
        "import datetime; datetime.date.today()",
        "import datetime as dt; dt.datetime.now(dt.UTC)",
        "from datetime import datetime; datetime.utcnow()",
        "from datetime import date as d\ndef f():\n    return d.today",
        "def f():\n    from datetime import datetime\n    return datetime.today()",
        "import email.utils; email.utils.formatdate()",
    ],
)
def test_a_read_of_the_clock_is_seen(text):
    assert clock_reads(text)


@pytest.mark.parametrize(
    "text",
    [
        "import time; time.monotonic(), time.perf_counter(), time.sleep(1)",
        "import time; time.localtime(0), time.gmtime(0), time.ctime(0), time.strftime('%H', (2026,) * 9)",
        "import time; time.time = lambda: 0.0",
        "import datetime as dt; dt.datetime.fromtimestamp(0), dt.date(2026, 1, 1), dt.datetime.combine",
        "from negsplit import clock; clock.today(), clock.seconds()",
        "def f(time): return time.time",
        "from email.utils import formatdate; formatdate(0)",
    ],
)
def test_what_reads_no_clock_is_let_be(text):
    assert clock_reads(text) == []


# --- What something costs ------------------------------------------------------------------------

CPU = {f"time.{name}{unit}" for name in ("process_time", "perf_counter", "thread_time") for unit in ("", "_ns")}
"""What a test asks for only to judge how fast a machine is."""
WAITS = {"time.monotonic", "time.monotonic_ns"}
"""What a test may ask whether a moment has come, which has a name then."""


def judged_by_seconds(text: str) -> list[int]:
    """Each line of a Python file that measures CPU time, or compares a clock with a number."""
    if not MODULES.search(text):
        return []
    nodes = list(ast.walk(tree := ast.parse(text)))
    names = full_names(tree)
    measured = [node for node in nodes if full(node, names) in CPU]
    compared = [node for node in nodes if isinstance(node, ast.Compare) and has_a_number(node)]
    waited = [node for node in compared if any(full(one, names) in WAITS for one in ast.walk(node))]
    return [node.lineno for node in measured + waited]


def has_a_number(node: ast.AST) -> bool:
    return any(isinstance(one, ast.Constant) and isinstance(one.value, int | float) for one in ast.walk(node))


def test_no_test_knows_how_fast_the_machine_is():
    found = {path: judged_by_seconds(path.read_text("utf-8")) for path in sorted(TESTS.rglob("test_*.py"))}
    assert where(found) == {}, "tests/work.py has measures that are the same on every machine"


@pytest.mark.parametrize(
    ("text", "lines"),
    [
        ("import time\nbegun = time.process_time()\nassert time.process_time() - begun < 2", [2, 3]),
        ("from time import perf_counter as now\nprint(now())", [2]),
        ("import time\nassert time.monotonic() - begun < 5", [2]),
        ("import time\nend = time.monotonic() + 20\nwhile time.monotonic() < end: pass", []),
        ("import time\nleft = select([], [], [], max(end - time.monotonic(), 0))", []),
    ],
)
def test_a_judgement_by_seconds_is_seen(text, lines):
    assert judged_by_seconds(text) == lines
