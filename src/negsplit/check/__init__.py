"""A coach's rules over what will be run: warnings and information, never errors."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING, NamedTuple

from negsplit.check.rule import Finding, Rule
from negsplit.check.rules import every_rule
from negsplit.check.subject import WorkoutSubject
from negsplit.compile import CompiledWorkout
from negsplit.diagnostics import Diagnostic, Severity

if TYPE_CHECKING:
    from negsplit.check.plan_subject import PlanSubject
    from negsplit.plan.totals import PlanTotals

__all__ = ["Finding", "Marked", "Rule", "check_plan", "check_workout", "diagnostic", "plan_findings"]


def check_workout(workout: CompiledWorkout) -> list[Diagnostic]:
    """What the rules for workouts have to say, but for those that the workout sets aside."""
    subject = WorkoutSubject(workout)
    return [
        diagnostic(rule, finding)
        for rule in every_rule().values()
        if rule.subject == "workout" and rule.code not in workout.expanded.lint
        for finding in _once(rule.find(subject))
    ]


class Marked(NamedTuple):
    """What a rule found in a plan; the finding names the sessions and weeks that a calendar marks."""

    rule: Rule
    finding: Finding


def check_plan(plan: PlanTotals) -> list[Diagnostic]:
    """What the rules have to say of a plan and of its workouts, but for those that they set aside."""
    return [diagnostic(one.rule, one.finding) for one in plan_findings(plan)]


def plan_findings(plan: PlanTotals) -> list[Marked]:
    """The same as findings. One in a line that several sessions use is said once, of the first, with all their keys."""
    from negsplit.check.plan_subject import PlanSubject

    subject = PlanSubject(plan)
    found = [
        Marked(rule, finding)
        for rule in every_rule().values()
        if rule.subject == "plan" and rule.code not in plan.lint
        for finding in rule.find(subject)
    ]
    return [*found, *_of_workouts(subject)]


def _of_workouts(plan: PlanSubject) -> list[Marked]:
    """The rules for workouts, on each workout once; races have laws of their own, and no warm-up in the file."""
    keys: dict[WorkoutSubject, list[str]] = {}
    for one in plan.runs:
        if one.workout and not one.is_race:
            keys.setdefault(one.workout, []).append(one.key)
    places: dict[object, list[tuple[Marked, Sequence[str]]]] = {}
    for workout, sessions in keys.items():
        for rule in every_rule().values():
            if rule.subject != "workout" or rule.code in workout.workout.expanded.lint:
                continue
            for finding in _once(rule.find(workout)):
                place = (rule.code, _place(finding))
                places.setdefault(place, []).append((Marked(rule, finding), sessions))
    return [_joined(found) for found in places.values()]


def _joined(found: Sequence[tuple[Marked, Sequence[str]]]) -> Marked:
    """What is said of one place with several values: the worst of it, for all its sessions."""
    (rule, finding), sessions = next((one for one in found if one[0].finding.severity is Severity.WARNING), found[0])
    keys = tuple(dict.fromkeys(key for _, some in found for key in some))
    return Marked(rule, finding._replace(message=f"{sessions[0]}: {finding.message}", keys=keys))


def diagnostic(rule: Rule, finding: Finding) -> Diagnostic:
    """A finding as it is printed: the rule's code, the numbers, the cure and what the rule rests on."""
    help = (finding.cure, f"evidence: {rule.evidence.value}; `negsplit check --explain {rule.code}`")
    notes = finding.span.notes if finding.span else ()
    return Diagnostic(rule.code, finding.message, finding.span, (*notes, *help), finding.severity)


def _once(findings: Iterable[Finding]) -> list[Finding]:
    """One a place: the rounds of a repeat are one line of the workout."""
    seen: dict[object, Finding] = {}
    for finding in findings:
        seen.setdefault(_place(finding), finding)
    return list(seen.values())


def _place(finding: Finding) -> object:
    return (finding.span.source.name, finding.span.start) if finding.span else finding.message
