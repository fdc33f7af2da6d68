"""The rules themselves, a file for each thing that a coach looks at."""

from __future__ import annotations

from collections.abc import Mapping

from negsplit.check.rule import Rule, registered_rules
from negsplit.codes import RuleCode


def every_rule() -> Mapping[RuleCode, Rule]:
    """Every rule, by its code."""
    from negsplit.check.rules import (  # noqa: F401  (they register themselves)
        feasible,
        hard_days,
        hard_running,
        loads,
        long_runs,
        progressions,
        races,
        recoveries,
        single_targets,
        walk_run,
    )

    return registered_rules()
