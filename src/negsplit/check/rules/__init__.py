"""The rules themselves, a file for each thing that a coach looks at."""

from __future__ import annotations

from collections.abc import Mapping

from negsplit.check.rule import Rule, registered_rules
from negsplit.codes import RuleCode


def workout_rules() -> Mapping[RuleCode, Rule]:
    """Those that look at one workout, by their codes; a workout alone loads nothing of plans."""
    from negsplit.check.rules import (  # noqa: F401  (they register themselves)
        feasible,
        hard_running,
        progressions,
        recoveries,
        single_targets,
        walk_run,
    )

    return {code: one for code, one in registered_rules().items() if one.subject == "workout"}


def every_rule() -> Mapping[RuleCode, Rule]:
    """Every rule, by its code; those for one workout first."""
    workout_rules()
    from negsplit.check.rules import (  # noqa: F401  (they register themselves)
        hard_days,
        loads,
        long_runs,
        races,
        walk_run_weeks,
    )

    return registered_rules()
