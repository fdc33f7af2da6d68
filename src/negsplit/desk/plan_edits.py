"""Edits of a plan's file that may change some of its sessions and nothing else: tried before they are written."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from negsplit.compile import parse
from negsplit.desk import coach
from negsplit.desk.compiler import Compiled, Compiler
from negsplit.desk.fixing import Fixed
from negsplit.desk.inputs import load, unreadable
from negsplit.diagnostics import Diagnostic, Severity, in_order
from negsplit.files.reading import read
from negsplit.frozen import dataclass
from negsplit.tree.encoding import MAX_BYTES

if TYPE_CHECKING:
    from negsplit.plan.compile import CompiledPlan, CompiledSession


@dataclass(frozen=True, slots=True)
class OpenPlan:
    """A plan's file as it was read: all of its text, a byte order mark and the line ends among it, and what came of it.

    ``compiled`` says what is wrong with it; then there is no ``plan``, and nothing to edit.
    """

    path: Path
    text: str
    compiler: Compiler
    compiled: Compiled

    @property
    def plan(self) -> CompiledPlan:
        """The plan of a file without errors."""
        assert self.compiled.plan is not None
        return self.compiled.plan


class Edited(NamedTuple):
    """The file as it is and as it would be, what comes of both, and what is newly said of it: errors there are none."""

    file: Fixed
    before: CompiledPlan
    after: CompiledPlan
    news: tuple[Diagnostic, ...]


class ChangesMoreError(RuntimeError):
    """An edit that changes sessions which it was not to change: a bug, before anything is written."""


def opened(path: Path, compiler: Compiler) -> tuple[OpenPlan | None, list[Diagnostic]]:
    """A plan's file to edit; None, and why, where it cannot be read as text."""
    try:
        data = read(path, MAX_BYTES)
    except OSError as error:
        return None, [unreadable(path, error)]
    source, problems = load(str(path), data)
    if source is None:
        return None, problems
    compiled = compiler.documents(parse(source), path, "plan")
    return OpenPlan(path, data.decode(), compiler, compiled), []


def edited(file: OpenPlan, text: str, keys: Collection[str]) -> tuple[Edited | None, list[Diagnostic]]:
    """A plan with another text, in which only the sessions of ``keys`` may be otherwise; None with the errors in it.

    What is wrong with the other text has no place: nobody can look at it.

    :raises ChangesMoreError: where other sessions have another day, name or workout than before.
    """
    source, problems = load(str(file.path), text.encode())
    if source is None:
        return None, problems
    compiler = file.compiler.instead(source)
    compiled = compiler.documents(parse(source), file.path, "plan")
    if compiled.plan is None:
        errors = [one for one in compiled.diagnostics if one.severity is Severity.ERROR]
        return None, [replace(one, span=None, fixes=()) for one in errors]
    if more := _otherwise(file.plan, compiled.plan) - set(keys):
        raise ChangesMoreError(", ".join(sorted(more)))
    known = _said(file.compiled, file.compiler, file.path)
    news = {about: said for about, said in _said(compiled, compiler, file.path).items() if about not in known}
    fixed = Fixed(file.path, file.text, text, ())
    return Edited(fixed, file.plan, compiled.plan, tuple(in_order(news.values()))), []


def _said(compiled: Compiled, compiler: Compiler, path: Path) -> dict[object, Diagnostic]:
    """Warnings about a plan by what they are about: other figures for the same sessions are no news from a rule."""
    said: dict[object, Diagnostic] = {(one.code, one.message): one for one in compiled.diagnostics}
    marked = coach.remarks(compiled, compiler, path, "plan")
    for (rule, found), one in zip(marked, coach.said(marked), strict=True):
        said[rule.code, found.keys, found.weeks] = one
    return {about: one for about, one in said.items() if one.severity is Severity.WARNING}


def _otherwise(before: CompiledPlan, after: CompiledPlan) -> set[str]:
    """The keys of sessions that two plans do not both have, or not alike; rest is none, and may be said elsewhere."""
    old, new = (
        {one.planned.key: _facts(one) for one in (*plan.sessions, *plan.dropped) if one.planned.session.kind != "rest"}
        for plan in (before, after)
    )
    dropped = {one.planned.key for one in before.dropped} ^ {one.planned.key for one in after.dropped}
    return dropped | {key for key in old.keys() | new.keys() if old.get(key) != new.get(key)}


def _facts(one: CompiledSession) -> object:
    """What a session is, but for its place in the file; one that is away from its own day may have any label."""
    planned, program = one.planned, one.workout and replace(one.workout.program, name="")
    label = "" if planned.is_away else planned.label
    return planned.date, planned.session.kind, one.name, planned.session.time, program, label
