"""The plans of ``workouts/plans``, compiled: each once, for every test that looks at it."""

from functools import cache
from pathlib import Path
from typing import Final

from negsplit.compile import device, parse, read_athlete, runner_from_words
from negsplit.desk.disk_library import DiskLibrary
from negsplit.diagnostics import Source
from negsplit.plan.compile import PlanResult, compile_plan

_WORKOUTS: Final = Path(__file__).parents[2] / "workouts"
EXAMPLE_PLANS: Final = sorted((_WORKOUTS / "plans").glob("*.plan.yaml"))


@cache
def compiled_example(file: Path, athlete: str = "", text: str = "") -> PlanResult:
    """A plan, or another text in its place, for the runner beside the workouts, or for one in words."""
    beside = (_WORKOUTS / "athlete.yaml").read_text(encoding="utf-8")
    runner, found = runner_from_words(athlete) if athlete else read_athlete(beside)
    assert not found
    documents = parse(Source(str(file), text or file.read_text(encoding="utf-8")))
    return compile_plan(documents, runner, device(), DiskLibrary(named=(_WORKOUTS,)).beside(file))
