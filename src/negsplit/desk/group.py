"""The runners of a group: who they are, what they are called, and whose plan is their own."""

from __future__ import annotations

import os
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Final, NamedTuple

from negsplit.desk.inputs import Input, documents, inputs, sort_of
from negsplit.diagnostics import Diagnostic, Report, Severity, has_errors
from negsplit.program.captions import slug
from negsplit.tree.nodes import Fields, Text

_ALONE: Final = "athlete"
"""The stem of an athlete file that says nothing of whose it is: its folder does."""
_OWN_PLAN: Final = ".plan.yaml"


class Member(NamedTuple):
    """One runner of a group.

    ``name`` is that of their folder and of their login, different for each. ``athlete`` is a file or words, as
    ``--athlete`` takes them. ``plan`` is a plan of their own that lies beside their athlete file and has its name, None
    where there is none.
    """

    name: str
    athlete: str
    plan: Path | None = None

    def anywhere(self) -> Member:
        """The same for processes that work in another folder."""
        athlete = os.path.abspath(self.athlete) if os.path.exists(self.athlete) else self.athlete
        return self._replace(athlete=athlete, plan=self.plan and self.plan.absolute())


def is_group(named: Sequence[str]) -> bool:
    """Whether ``--athlete`` names more than one runner, or a folder of them."""
    return len(named) > 1 or any(os.path.isdir(one) for one in named)


def members(named: Sequence[str]) -> tuple[list[Member], list[Diagnostic]]:
    """The runners named and those in the folders named, in order, each once; with errors where there is none.

    In a folder these are the files that say they are athletes, and those that are called so.
    """
    report = Report()
    found: dict[str, Member] = {}
    for one in named:
        for member in _of_folder(Path(one), report) if os.path.isdir(one) else [_of_option(one)]:
            if (other := found.get(member.name)) is None:
                found[member.name] = member
            elif os.path.abspath(other.athlete) != os.path.abspath(member.athlete):
                message = f"`{other.athlete}` and `{member.athlete}` would both be called `{member.name}`"
                report.error("same-output", message, None, "rename one of the files: each runner needs a folder")
    return list(found.values()), report.diagnostics


def plan_of(member: Member, plan: Path) -> tuple[Path, Diagnostic | None]:
    """The plan of one runner: their own where that uses the one of the group, which is said; else that one."""
    if member.plan is None:
        return plan, None
    if _uses(member.plan, plan):
        message = f"`{member.name}` has a plan of their own, `{member.plan}`, which uses `{plan}`"
        return member.plan, Diagnostic("own-plan", message, severity=Severity.NOTE)
    message = f"`{member.plan}` does not use `{plan}`, so `{member.name}` gets that as it is"
    help = f"if it should count, it begins with `plan: ...` and `use: {os.path.relpath(plan, member.plan.parent)}`"
    return plan, Diagnostic("own-plan", message, None, (help,), Severity.NOTE)


def folders_of(paths: Iterable[Path]) -> list[Path]:
    """The folders that were named, and those of the files: a runner's own plan may use what lies there."""
    return [path if os.path.isdir(path) else path.parent for path in paths]


def counted(found: Sequence[Diagnostic]) -> tuple[int, int]:
    """How many errors and warnings there are."""
    errors = sum(one.severity is Severity.ERROR for one in found)
    return errors, sum(one.severity is Severity.WARNING for one in found)


def _uses(own: Path, plan: Path) -> bool:
    found, _ = documents(Input(own))
    node = found.nodes[0] if found and found.nodes else None
    used = node.value("use") if isinstance(node, Fields) else None
    if not isinstance(used, Text):
        return False
    return str(used) == str(plan) or os.path.realpath(own.parent / used) == os.path.realpath(plan)


def _of_folder(folder: Path, report: Report) -> list[Member]:
    found, problems = inputs([folder])
    report.extend(problems)
    athletes = [_of_file(item) for item in found if _is_called_athlete(item.path) or sort_of(item.path) == "athlete"]
    if not athletes and not has_errors(problems):
        help = "an athlete file begins with `athlete: NAME`, and is best named `*.athlete.yaml`"
        report.error("no-athlete", f"there is no athlete file in `{folder}`", None, help)
    return athletes


def _is_called_athlete(path: Path) -> bool:
    return path.stem == _ALONE or ".athlete." in path.name


def _of_option(named: str) -> Member:
    return _of_file(Input(Path(named))) if os.path.exists(named) else Member(slug(named), named)


def _of_file(item: Input) -> Member:
    path = item.path
    stem = path.resolve().parent.name if item.stem == _ALONE else item.stem
    own = path.with_name(f"{item.stem}{_OWN_PLAN}")
    return Member(slug(stem), str(path), own if os.path.isfile(own) else None)
