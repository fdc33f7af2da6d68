"""A coach's rules over what will be run: warnings and notes, never errors."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING, NamedTuple

from negsplit.check.rule import Finding, Rule
from negsplit.check.rules import every_rule, workout_rules
from negsplit.check.subject import WorkoutSubject
from negsplit.compile import CompiledWorkout
from negsplit.diagnostics import Diagnostic

if TYPE_CHECKING:
    from negsplit.check.plan_subject import PlanSubject
    from negsplit.plan.totals import PlanTotals

__all__ = [
    "Finding",
    "Marked",
    "Rule",
    "check_plan",
    "check_workout",
    "diagnostic",
    "plan_findings",
    "workout_findings",
]


def check_workout(workout: CompiledWorkout) -> list[Diagnostic]:
    """What the rules for workouts have to say, but for those that the workout sets aside."""
    return [diagnostic(one.rule, one.finding) for one in workout_findings(workout)]


def workout_findings(workout: CompiledWorkout) -> list[Marked]:
    """The same as findings."""
    subject = WorkoutSubject(workout)
    return [
        Marked(rule, finding)
        for rule in workout_rules().values()
        if rule.code not in workout.expanded.lint
        for finding in _once(rule.find(subject))
    ]


class Marked(NamedTuple):
    """What a rule found; in a plan the finding names the sessions and weeks that a calendar marks."""

    rule: Rule
    finding: Finding


def check_plan(plan: PlanTotals) -> list[Diagnostic]:
    """What the rules have to say of a plan and of its workouts, but for those that they set aside."""
    return [diagnostic(one.rule, one.finding) for one in plan_findings(plan)]


def plan_findings(plan: PlanTotals) -> list[Marked]:
    """The same as findings: one a rule, of the worst place, with the weeks and sessions of all."""
    from negsplit.check.grouping import grouped
    from negsplit.check.plan_subject import PlanSubject

    subject = PlanSubject(plan)
    weeks = {one.key: one.week.number for one in subject.runs}
    found = []
    for rule in every_rule().values():
        if rule.code in plan.lint:
            continue
        said = list(rule.find(subject) if rule.subject == "plan" else _of_workouts(rule, subject))
        if said:
            found.append(Marked(rule, grouped(said, weeks)))
    return found


def _of_workouts(rule: Rule, plan: PlanSubject) -> Iterator[Finding]:
    """What a rule for workouts finds in each once, in the order of days; races have laws of their own."""
    for workout, keys in plan.sessions_of_workouts.items():
        if rule.code not in workout.workout.expanded.lint:
            for one in _once(rule.find(workout)):
                yield one._replace(message=f"{keys[0]}: {one.message}", keys=keys)


def diagnostic(rule: Rule, finding: Finding) -> Diagnostic:
    """A finding as it is printed: the rule's code, the numbers, the cure and what the rule rests on."""
    cure = () if finding.cure is None else (finding.cure,)
    help = (*cure, f"evidence: {rule.evidence.value}; `negsplit check --explain {rule.code}`")
    notes = finding.span.notes if finding.span else ()
    return Diagnostic.of(rule.code, finding.message, finding.span, (*notes, *help), finding.severity)


def _once(findings: Iterable[Finding]) -> list[Finding]:
    """One a place: the rounds of a repeat are one line of the workout."""
    seen: dict[object, Finding] = {}
    for finding in findings:
        seen.setdefault(_place(finding), finding)
    return list(seen.values())


def _place(finding: Finding) -> object:
    return (finding.span.source.name, finding.span.start) if finding.span else finding.message
