"""The rules over plans that coaches have published, and over plans that a coach would tear up.

``published/*.plan.yaml`` say in our language what is run in twelve published plans (Couch to 5K is the one that comes
with negsplit); ``judged.csv`` names a runner for each, and every finding that is shown by default with what was judged
of it by eye: ``useful`` is right and worth a coach's word, ``right`` is right alone, ``false`` is what must not be.
``published.txt`` has all of it, notes too, to be read.
"""

import csv
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
import yaml

from negsplit import compile_plan_text
from negsplit.check import plan_findings
from negsplit.plan.totals import totals

HERE = Path(__file__).parent
PRESETS = HERE.parents[1] / "src" / "negsplit" / "presets"
JUDGED = list(csv.DictReader((HERE / "published" / "judged.csv").read_text(encoding="utf-8").splitlines()))
RUNNERS = {one["plan"]: f"5 km in {one['five_km']}" for one in JUDGED}
BAD: list[dict[str, Any]] = yaml.safe_load((HERE / "bad_plans.yaml").read_text(encoding="utf-8"))
UNKIND = {"bad", "wrong", "fail", "failure", "must", "never", "stupid", "weak", "dangerous"}


def said(text: str, runner: str) -> list[tuple[str, str, str]]:
    """Code, severity and words of all that is said of a plan, by the compiler and by the rules."""
    result = compile_plan_text(text, athlete=runner)
    assert result.plan, result.diagnostics
    found = [(one.code, one.severity.value, one.message) for one in result.diagnostics]
    by_rules = [(one.rule.code, one.finding) for one in plan_findings(totals(result.plan))]
    return sorted([*found, *((code, one.severity.value, one.message) for code, one in by_rules)])


def published(name: str) -> list[tuple[str, str, str]]:
    folder = PRESETS if name == "c25k" else HERE / "published"
    return said((folder / f"{name}.plan.yaml").read_text(encoding="utf-8"), RUNNERS[name])


def test_what_is_shown_of_published_plans_is_what_was_judged(golden: Callable[[Path, str], None]) -> None:
    shown, lines = [], []
    for name, runner in RUNNERS.items():
        found = published(name)
        shown += [(name, code, severity) for code, severity, _ in found if severity != "note"]
        lines += [f"# {name}, {runner}", *(f"{severity}[{code}]: {text}" for code, severity, text in found), ""]
    assert shown == [(one["plan"], one["code"], one["severity"]) for one in JUDGED if one["code"]]
    golden(HERE / "published.txt", "\n".join(lines))


def test_nine_of_ten_shown_are_useful_and_none_is_false() -> None:
    judged = [one["judged"] for one in JUDGED if one["code"]]
    assert set(judged) <= {"useful", "right"}
    assert judged.count("useful") >= 0.9 * len(judged)


@pytest.mark.parametrize("plan", BAD, ids=[one["name"] for one in BAD])
def test_a_bad_plan_is_caught_by_the_rule_that_names_its_fault_in_kind_words(plan: dict[str, Any]) -> None:
    found = {code: (severity, text) for code, severity, text in said(plan["plan"], "5 km in 22:30")}
    severity, text = found[plan["code"]]
    assert severity == plan["severity"]
    assert not UNKIND & set(text.lower().split())
