"""The one way from a file to what came of it: read, told what it is, with its athlete found, compiled."""

from __future__ import annotations

import os
from collections.abc import Iterable
from copy import copy
from dataclasses import field
from pathlib import Path
from typing import TYPE_CHECKING, Final

from negsplit.athlete.paces import NO_RUNNER
from negsplit.compile import CompiledWorkout, Documents, compile_documents, compile_line
from negsplit.desk.disk_library import DiskLibrary, Shelf
from negsplit.desk.inputs import Input, documents
from negsplit.desk.runners import Runners
from negsplit.diagnostics import Diagnostic, Source, draft_refused, has_errors, is_draft, said
from negsplit.document.library import Changed, Library
from negsplit.frozen import dataclass

if TYPE_CHECKING:
    from negsplit.document.workouts import Kind
    from negsplit.plan.compile import CompiledPlan
    from negsplit.plan.written import PlanRead
    from negsplit.program.device import Device


_AS_IT_IS: Final = "or take it as it is: `--draft`"


@dataclass(frozen=True, slots=True)
class Compiled:
    """What came of one file.

    ``documents`` are None where it could not be read, or is nothing of ours. ``problems`` are with the file itself and
    with its athlete, ``of_passes`` is what these say; of both, what was said of an earlier file is left out.
    ``rest`` is a plan without the sessions that the device cannot take, also where there are none. ``failed`` says that
    something is missing, whether or not that is said here. Nothing is ``taken`` of what is left to others: of another
    kind, in a folder that was named.
    """

    documents: Documents | None
    problems: tuple[Diagnostic, ...] = ()
    of_passes: tuple[Diagnostic, ...] = ()
    workouts: tuple[CompiledWorkout | None, ...] = ()
    plan: CompiledPlan | None = None
    rest: CompiledPlan | None = None
    failed: bool = False
    taken: bool = True

    @property
    def kind(self) -> Kind | None:
        """What it is, whatever it was compiled as."""
        return self.documents.kind if self.documents else None

    @property
    def diagnostics(self) -> tuple[Diagnostic, ...]:
        """All that is to be said of it."""
        return (*self.problems, *self.of_passes)


@dataclass(frozen=True, slots=True)
class _Kept:
    """What was read for a group, by where it lies."""

    documents: dict[Path, tuple[Documents | None, list[Diagnostic]]] = field(default_factory=dict)
    plans: dict[str, PlanRead] = field(default_factory=dict)


class Compiler:
    """Compiles the files of one run for a device.

    ``athlete`` is a file or words that go before the athlete of each file, ``library`` a folder of files to use.
    Folders among the ``paths`` that were named are the roots of all that is found in them. Where no ``drafts`` are
    taken, nothing comes of a text with questions left.
    """

    def __init__(
        self,
        device: Device,
        athlete: str | None = None,
        library: Path | None = None,
        paths: Iterable[Path] = (),
        *,
        drafts: bool = True,
    ) -> None:
        self.device, self.drafts = device, drafts
        self.runners = Runners(athlete)
        self.library = DiskLibrary(library, tuple(filter(os.path.isdir, paths)))
        self._said: set[object] = set()
        self._changed: Source | None = None
        self._kept: _Kept | None = None

    def for_runner(self, athlete: str) -> Compiler:
        """One that has said nothing yet, for a runner of a group: what was read for one is there for the others."""
        self._kept = self._kept or _Kept()
        other = copy(self)
        other.runners, other._said = Runners(athlete), set()
        return other

    def instead(self, changed: Source) -> Compiler:
        """One that has said nothing yet, with another text in the place of the file of its name that others use."""
        other = copy(self)
        other._said, other._changed = set(), changed
        return other

    def looked_at(self) -> set[Path]:
        """The files that went into what was compiled, and the places where others would have, if they were there."""
        return {*self.library.places(), *self.runners.looked_at}

    def file(self, item: Input, *kinds: Kind) -> Compiled:
        """What came of a file as one of the kinds that are wanted.

        What is of no kind, or named and of another, is compiled as the first of them: that says what is wrong.
        """
        read, problems = self._documents(item)
        if read is None:
            return Compiled(None, self._news(problems), failed=has_errors(problems), taken=False)
        if read.kind is not None and read.kind not in kinds and not item.named:
            return Compiled(read, taken=False)
        return self.documents(read, item.path, *kinds)

    def documents(self, read: Documents, path: Path | None, *kinds: Kind) -> Compiled:
        """The same for what was read already; without a path it came without a file."""
        kind = read.kind if read.kind in kinds else kinds[0]
        if kind == "plan":
            return self._plan(read, path)
        return self._athlete(read, path) if kind == "athlete" else self._workouts(read, path)

    def line(self, text: str, title: str | None = None) -> Compiled:
        """The same for a workout that is typed on the command line, for the athlete of the working folder."""
        if note := self.runners.undecided(None):
            result = compile_line(text, title=title, device=self.device)
            if result.ok:
                return Compiled(None, self._news([note]), self._news(result.diagnostics), result.workouts)
        runner, problems = self.runners.for_document()
        if runner is None:
            return Compiled(None, self._news(problems), failed=True)
        result = compile_line(text, title=title, athlete=runner, device=self.device)
        news, found = self._news(problems), self._news(result.diagnostics)
        return Compiled(None, news, found, result.workouts, failed=not result.ok)

    def _documents(self, item: Input) -> tuple[Documents | None, list[Diagnostic]]:
        if self._kept is None:
            return documents(item)
        if item.path not in self._kept.documents:
            self._kept.documents[item.path] = documents(item)
        return self._kept.documents[item.path]

    def _workouts(self, read: Documents, path: Path | None) -> Compiled:
        library = self._using(self.library.beside(path))
        if note := self.runners.undecided(path):
            result = compile_documents(read, NO_RUNNER, self.device, library)
            if result.ok:
                return self._refused(read, [note], result.diagnostics) or Compiled(
                    read, self._news([note]), self._news(result.diagnostics), result.workouts
                )
        runner, problems = self.runners.for_document(path)
        result = compile_documents(read, runner, self.device, library)
        if refused := self._refused(read, problems, result.diagnostics):
            return refused
        news, found = self._news(problems), self._news(result.diagnostics)
        return Compiled(read, news, found, result.workouts, failed=runner is None or not result.ok)

    def _refused(self, read: Documents, problems: Iterable[Diagnostic], found: Iterable[Diagnostic]) -> Compiled | None:
        """What comes of a draft where none is taken; None of anything else."""
        if self.drafts or not is_draft(found):
            return None
        return Compiled(read, self._news(problems), self._news(draft_refused(found, _AS_IT_IS)), failed=True)

    def _plan(self, read: Documents, path: Path | None) -> Compiled:
        """Of a plan, its athlete's file can be the one it names."""
        from negsplit.plan.compile import compile_plan

        shelf = self.library.beside(path)
        runner, problems = self.runners.for_plan(read, path or Path(), shelf)
        plan = self._read_plan(read, self._using(shelf))
        result = compile_plan(read, runner, self.device, self._using(shelf), plan)
        if refused := self._refused(read, problems, result.diagnostics):
            return refused
        news, found = self._news(problems), self._news(result.diagnostics)
        return Compiled(read, news, found, plan=result.plan, rest=result.rest, failed=result.plan is None)

    def _read_plan(self, read: Documents, library: Library) -> PlanRead | None:
        """A plan of which that is kept, read once; None of any other, or with another text in it."""
        from negsplit.plan.written import read_plan

        if self._kept is None or self._changed is not None:
            return None
        if read.source.name not in self._kept.plans:
            self._kept.plans[read.source.name] = read_plan(read, library)
        return self._kept.plans[read.source.name]

    def _using(self, shelf: Shelf) -> Library:
        return shelf if self._changed is None else Changed(shelf, self._changed)

    def _athlete(self, read: Documents, path: Path | None) -> Compiled:
        from negsplit.athlete.caveats import caveats

        runner, found = self.runners.of(read, path)
        said = [*found, *(caveats(runner) if runner else ())]
        return Compiled(read, of_passes=self._news(said), failed=runner is None)

    def _news(self, found: Iterable[Diagnostic]) -> tuple[Diagnostic, ...]:
        """What is wrong with a file is said once, however many others use it."""
        news = tuple(one for one in found if one.span is None or said(one) not in self._said)
        self._said.update(map(said, news))
        return news
