"""What a coach's rule is: a function with a code, whose docstring is its page in the manual."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from enum import Enum
from typing import Any, Final, Literal, NamedTuple

from negsplit.codes import RuleCode
from negsplit.diagnostics import Help, Severity, Span

Subject = Literal["workout", "plan"]


class Evidence(Enum):
    """What a rule rests on, as messages say it."""

    SOURCE = "coaches' articles"
    CONVENTION = "coaching convention"
    OPINION = "expert opinion"
    OBSERVATIONAL = "observational studies"
    META_ANALYSIS = "meta-analysis"
    WATCH = "how watches work"


class Finding(NamedTuple):
    """One thing a rule has to say: what was found against which threshold, where, and what would satisfy it.

    The ``cure`` is None where one was tried that does not satisfy the rule.
    ``keys`` are the sessions of a plan, or with ``weeks`` its weeks, that a calendar marks. Of several that a rule has
    in a plan the one of most ``weight`` is said, in whatever the rule measures.
    """

    message: str
    span: Span | None
    cure: Help | None
    severity: Severity = Severity.WARNING
    keys: tuple[str, ...] = ()
    weeks: tuple[int, ...] = ()
    weight: float = 0.0


class Rule(NamedTuple):
    """A rule as it is registered. ``severities`` are those its findings may have."""

    code: RuleCode
    subject: Subject
    evidence: Evidence
    severities: tuple[Severity, ...]
    find: Callable[[Any], Iterable[Finding]]

    @property
    def manual(self) -> str:
        """Its page: what, why with the source, a bad example, a good one."""
        return self.find.__doc__ or ""


_RULES: Final[dict[RuleCode, Rule]] = {}


def rule(
    code: RuleCode, subject: Subject, evidence: Evidence, *severities: Severity
) -> Callable[[Callable[[Any], Iterator[Finding]]], Callable[[Any], Iterator[Finding]]]:
    """Registers a function as the rule ``code``; its findings are warnings unless other severities are named.

    :raises ValueError: where there is a rule of that code already.
    """

    def registered(find: Callable[[Any], Iterator[Finding]]) -> Callable[[Any], Iterator[Finding]]:
        if code in _RULES:
            raise ValueError(f"two rules are called {code}")
        _RULES[code] = Rule(code, subject, evidence, severities or (Severity.WARNING,), find)
        return find

    return registered


def registered_rules() -> dict[RuleCode, Rule]:
    """Every rule registered so far, by its code."""
    return _RULES
