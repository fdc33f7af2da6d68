"""What each rule says, and does not say, of the workouts and plans in ``cases/CODE.yaml``.

A case is a ``name``, a ``workout`` or a ``plan`` with the ``files`` it uses, an ``athlete`` in words (5 km in 22:30) or
none (``athlete: ''``), and what the rule is to say: ``expect: pass``, or for each finding its ``line``, its
``severity``, and a ``number`` that its message names. How the findings read stands beside them, in ``cases/CODE.txt``.
"""

from collections.abc import Callable
from functools import cache
from pathlib import Path
from typing import Any

import pytest
import yaml

from negsplit import Diagnostic, compile_plan_text, compile_text, render
from negsplit.check import check_plan, check_workout
from negsplit.check.rules import every_rule
from negsplit.cures import applied
from negsplit.plan.totals import totals

FOLDER = Path(__file__).parent / "cases"
ATHLETE = "5 km in 22:30"
LOADER = getattr(yaml, "CBaseLoader", yaml.BaseLoader)
CASES: dict[str, list[dict[str, Any]]] = {
    file.stem: yaml.load(file.read_text(encoding="utf-8"), LOADER) for file in sorted(FOLDER.glob("*.yaml"))
}


@cache
def findings(code: str) -> dict[str, list[Diagnostic]]:
    """What a rule says of each of its cases, by their names."""
    return {case["name"]: [one for one in said(case) if one.code == code] for case in CASES[code]}


def said(case: dict[str, Any]) -> list[Diagnostic]:
    """What all rules say of a case, which has no mistakes."""
    athlete, files = case.get("athlete", ATHLETE) or None, case.get("files", {})
    if "plan" in case:
        plan = compile_plan_text(case["plan"], athlete=athlete, files=files)
        assert plan.plan, "\n".join(map(render, plan.diagnostics))
        return check_plan(totals(plan.plan))
    result = compile_text(case["workout"], athlete=athlete, files=files)
    assert result.ok, "\n".join(map(render, result.diagnostics))
    return [found for workout in result.workouts if workout for found in check_workout(workout)]


@pytest.mark.parametrize(
    ("code", "case"),
    [pytest.param(code, case, id=f"{code}: {case['name']}") for code, some in CASES.items() for case in some],
)
def test_a_case(code: str, case: dict[str, Any]) -> None:
    assert set(case) <= {"name", "workout", "plan", "files", "athlete", "expect"}
    expected = [] if case["expect"] == "pass" else case["expect"]
    found = findings(code)[case["name"]]
    assert [place(one) for one in found] == [
        (one.get("code", code), int(one["line"]), one.get("severity", "warning")) for one in expected
    ], "\n".join(map(render, found))
    for one, wanted in zip(found, expected, strict=True):
        assert wanted["number"] in one.message, render(one)
        assert one.severity in every_rule()[code].severities
        assert one.help[-2:-1], "a finding says what would satisfy it"


@pytest.mark.parametrize("code", CASES)
def test_each_cure_of_a_finding_satisfies_its_rule(code: str) -> None:
    """Carried out, the rule has nothing more to say there, and nothing else is wrong."""
    for case in CASES[code]:
        for one, fix in [(found, fix) for found in findings(code)[case["name"]] for fix in found.fixes]:
            key = "plan" if "plan" in case else "workout"
            assert fix.edits[0].span.source.name == "<text>"
            left = [found for found in said({**case, key: applied(case[key], fix.edits)}) if found.code == code]
            assert len(left) < len(findings(code)[case["name"]]), f"{case['name']}: {one.message}: {fix.title}"


def test_some_rules_have_cures_that_can_be_carried_out() -> None:
    assert {code for code in CASES for some in findings(code).values() for one in some if one.fixes} >= {
        "S-COOL",
        "S-FEASIBLE",
    }


@pytest.mark.parametrize("code", CASES)
def test_how_findings_read(code: str, golden: Callable[[Path, str], None]) -> None:
    texts = [[f"# {name}", *map(render, found)] for name, found in findings(code).items() if found]
    golden(FOLDER / f"{code}.txt", "\n\n".join(map("\n".join, texts)) + "\n")


def place(found: Diagnostic) -> tuple[str, int, str]:
    """Its code, its line and how much it matters."""
    assert found.span is not None, render(found)
    return found.code, found.span.line, found.severity.value


def test_every_rule_has_cases_of_both_kinds() -> None:
    assert set(CASES) == set(every_rule())
    for code, cases in CASES.items():
        passes = [case for case in cases if case["expect"] == "pass"]
        assert len(passes) >= 2, f"{code} has too few cases that pass"
        assert len(cases) - len(passes) >= 2, f"{code} has too few findings"
        assert len({case["name"] for case in cases}) == len(cases), f"{code} has two cases of a name"


@pytest.mark.parametrize("code", every_rule())
def test_every_severity_that_a_rule_names_is_seen(code: str) -> None:
    expected = [one for case in CASES[code] if case["expect"] != "pass" for one in case["expect"]]
    assert {one.get("severity", "warning") for one in expected} == {one.value for one in every_rule()[code].severities}
