"""What ``compile`` does for one runner of a group, in whichever process: a folder, and an archive of it."""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import cached_property
from pathlib import Path
from typing import NamedTuple

from negsplit.athlete.paces import NO_RUNNER
from negsplit.desk import archive
from negsplit.desk.batch import Batch, Said
from negsplit.desk.compiler import Compiler
from negsplit.desk.forms import OutputForm
from negsplit.desk.group import Member, counted, folders_of, plan_of
from negsplit.desk.inputs import Input, inputs, nothing_found, sort_of
from negsplit.desk.outputs import Places
from negsplit.desk.presets import is_preset
from negsplit.diagnostics import Diagnostic, Severity, has_errors
from negsplit.preview.group_data import RunnerRow, runner_row
from negsplit.program.device import Device


@dataclass
class GroupRun:
    """What all runners of a group have in common; a folder below ``out`` is made for each. It can be pickled."""

    paths: tuple[Path, ...]
    line: str | None
    device: Device
    form: OutputForm
    weeks: str | None
    library: Path | None
    out: Path
    force: bool
    zipped: bool

    def archive(self, member: Member) -> Path:
        """Where the archive of a runner lies."""
        return self.out / f"{member.name}.zip"

    def anywhere(self) -> GroupRun:
        """The same for processes that work in another folder."""
        library = self.library and self.library.absolute()
        paths = tuple(path if is_preset(path) else path.absolute() for path in self.paths)
        return replace(self, paths=paths, library=library, out=self.out.absolute())

    @cached_property
    def compiler(self) -> Compiler:
        """What the files are read by, once in each process."""
        return Compiler(self.device, None, self.library, folders_of(self.paths))


class MemberDone(NamedTuple):
    """What came of it for one runner: lines and messages as they came, and the row of a table."""

    name: str
    said: tuple[Said, ...]
    row: RunnerRow
    failed: bool


def compile_for(run: GroupRun, member: Member) -> MemberDone:
    """Compiles everything for one runner and writes it, as if nobody else were in the group."""
    compiler = run.compiler.for_runner(member.athlete)
    items, problems = inputs(run.paths)
    alone = len(items) == 1 and items[0].named
    places = Places(run.out / member.name, run.form.extension)
    batch = Batch(compiler, run.form, places, run.weeks, alone=alone, force=run.force, quiet=False, brief=True)
    said: list[Said] = [problems] if problems else []
    called = ""
    for item in items:
        own, note = plan_of(member, item.path) if sort_of(item.path) == "plan" else (item.path, None)
        said += [[note]] if note else []
        called = str(own) if own != item.path else called
        said += batch.file(item if own == item.path else Input(own, item.inside, item.named))
    if run.line is not None:
        said += batch.line(run.line)
    said += batch.end()
    if not batch.seen and not batch.failed:
        problems.append(nothing_found("workout or plan"))
        said.append(problems[-1:])
    failed = batch.failed or has_errors(problems)
    if run.zipped and batch.files and not failed:
        said += _zipped(run, member, batch)
        failed = batch.failed
    elif run.zipped and (older := run.archive(member)).exists():
        message, help = f"`{older}` is of an earlier run", ("compile again once this is mended",)
        said.append([Diagnostic("old-archive", message, None, help, Severity.WARNING)])
    runner, _ = compiler.runners.for_document()
    found = [one for each in said if not isinstance(each, str) for one in each]
    row = runner_row(member.name, runner or NO_RUNNER, batch.plans, *counted(found), own_plan=called)
    return MemberDone(member.name, tuple(said), row, failed)


def _zipped(run: GroupRun, member: Member, batch: Batch) -> list[Said]:
    path = run.archive(member)
    fault = archive.write(path, run.out / member.name, batch.files, batch.plans, force=run.force)
    if fault:
        batch.failed = True
        return [[fault]]
    return [f"{path}: to hand on"]
