"""The one place that knows the order of the passes: text to documents, model, program, bytes.

Nothing here touches the disk or the terminal, and a user's mistake never raises: it is a diagnostic in
the result.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import replace
from itertools import takewhile
from typing import TYPE_CHECKING, Final, NamedTuple

from negsplit.athlete.paces import NO_RUNNER, Runner, derive
from negsplit.athlete.speeds import SpeedBook
from negsplit.cures import proved
from negsplit.diagnostics import Diagnostic, Effect, Report, Severity, Source, Span, has_errors, in_order
from negsplit.document import athletes, workouts
from negsplit.document.library import Changed, Library, Texts
from negsplit.document.params import filled_line
from negsplit.estimate.beforehand import Beforehand
from negsplit.estimate.claims import check_claim
from negsplit.estimate.doubts import Doubt, doubts, warn_of
from negsplit.estimate.estimate import Estimate, estimate
from negsplit.estimate.reckoning import reckon
from negsplit.estimate.rounds import counted
from negsplit.expand import expand, is_plain
from negsplit.frozen import dataclass
from negsplit.model import Athlete, Item, Repeat, Role, RunWith, Step, Workout
from negsplit.phrase import phrases
from negsplit.program.device import Device
from negsplit.program.lower import lower, title_cut
from negsplit.program.model import Program, ProgramStep
from negsplit.program.watch_models import choose
from negsplit.targets import AtFault, Named, PaceTarget
from negsplit.tree.encoding import refused
from negsplit.tree.nodes import Node, Text
from negsplit.tree.source import read

if TYPE_CHECKING:
    from negsplit.estimate.profile import Profile
    from negsplit.formats.connect.ids import Json
    from negsplit.formats.zwo.meaning import ZwoRun

CREATED: Final = dt.date(2026, 1, 1)
"""What a workout that belongs to no day says of its creation, so that files are the same every time."""
NAME_KEPT: Final = 15
"""Characters of a workout's name that every watch keeps."""

_Named = tuple[str, Span | None]
"""A workout's name, and where it is written, if that is known."""
_NEXT_DOCUMENT: Final = re.compile(r"^---", re.MULTILINE)


@dataclass(frozen=True, slots=True)
class CompiledWorkout:
    """One workout, ready to be written for a device. ``expanded`` is its model without sugar."""

    program: Program
    expanded: Workout
    runner: Runner
    device: Device
    degraded: tuple[Diagnostic, ...] = ()
    created: dt.date = CREATED

    @property
    def estimate(self) -> Estimate:
        """How long, how far and how hard it is for its runner."""
        return estimate(self.program, self.runner)

    @property
    def profile(self) -> Profile:
        """Its steps in the order run, for a picture."""
        from negsplit.estimate.profile import profile

        return profile(self.program, self.runner)

    @property
    def written_out(self) -> Workout:
        """``expanded`` with its generated paces as round as they can be; it compiles to the same program."""
        from negsplit.program.rounding import rounded

        return rounded(self.expanded, self.runner)

    @property
    def needs_runner(self) -> bool:
        """Whether a number in it is its runner's."""
        from negsplit.program.resolve import Resolver

        without, reports = replace(NO_RUNNER, units=self.runner.units), (Report(), Report())
        found, alone = (
            Resolver(runner, self.expanded, report).items(self.expanded.steps)
            for runner, report in zip((self.runner, without), reports, strict=True)
        )
        return reports[1].failed or found != alone

    @property
    def fidelity(self) -> str:
        """``exact``, or ``degraded`` where the watch runs something otherwise than written."""
        return "degraded" if self.degraded else "exact"

    def fit(self) -> bytes:
        """The FIT file. It has passed the project's own rules; anything else is a bug and raises."""
        from negsplit.formats.fit.verify import verify
        from negsplit.formats.fit.write import encode

        data = encode(self.program, created=self.created)
        limits = self.device
        if faults := verify(data, max_steps=limits.most_steps, max_step_name=limits.step_name, max_notes=limits.cue):
            raise AssertionError(f"{self.program.name!r} breaks the rules of FIT workouts: {'; '.join(faults)}")
        return data

    def fit_read_back(self) -> bytes:
        """The FIT file, which another library has read step by step as the program says; else a bug, which raises."""
        from negsplit.formats.fit.second_reading import differences

        data = self.fit()
        if found := differences(data, self.program):
            raise AssertionError(f"{self.program.name!r} is read otherwise than it was meant: {'; '.join(found)}")
        return data

    def connect(self) -> Json:
        """The workout as Garmin Connect's JSON has it, with what it is estimated to take.

        :raises ValueError: for a program lowered for a watch that says what the account cannot.
        """
        from negsplit.formats.connect.write import encode

        about = self.estimate
        return encode(self.program, seconds=about.seconds, metres=about.metres)

    def intervals(self) -> str:
        """The workout text of intervals.icu.

        :raises ValueError: for a program lowered for a watch that says what the text cannot.
        """
        from negsplit.formats.intervals.write import text

        return text(self.program, _lthr(self.runner, self.device))

    def intervals_event(self) -> Json:
        """What an event in the calendar of intervals.icu says of it.

        :raises ValueError: as :meth:`intervals` does.
        """
        from negsplit.formats.intervals.write import event

        return event(self.program, _lthr(self.runner, self.device))

    def intervals_misread(self, event: Json) -> tuple[str, ...]:
        """What intervals.icu reads of an event that it keeps otherwise than was meant, step by step."""
        from negsplit.formats.intervals.compare import differences

        doc = event.get("workout_doc")
        return tuple(differences(self.program, _lthr(self.runner, self.device), doc if isinstance(doc, dict) else {}))

    def zwo(self) -> str:
        """The workout file of Zwift.

        :raises ValueError: for a program lowered for a watch that says what the file cannot.
        """
        from negsplit.formats.zwo.write import text

        report = Report()
        run = _zwo(self.program, self.runner, self.device, report)
        if run is None:
            raise ValueError("; ".join(one.message for one in report.diagnostics))
        return text(self.program, run)


@dataclass(frozen=True, slots=True)
class Result:
    """What came of a text. A document at fault is None; the others stand in their places."""

    workouts: tuple[CompiledWorkout | None, ...]
    diagnostics: tuple[Diagnostic, ...]

    @property
    def ok(self) -> bool:
        """Whether there was no error."""
        return not has_errors(self.diagnostics)


def device(name: str = "generic") -> Device:
    """The profile for a watch, by its own name or the watch's; :class:`UnknownDeviceError` where there is none."""
    return choose(name).device


@dataclass(frozen=True, slots=True)
class Documents:
    """A text as read: its documents, and what was wrong on the way."""

    source: Source
    nodes: tuple[Node, ...]
    diagnostics: tuple[Diagnostic, ...]

    @property
    def kind(self) -> workouts.Kind | None:
        """What the first document is."""
        return workouts.kind_of(self.nodes[0]) if self.nodes else None


def parse(source: Source) -> Documents:
    """The documents of a text."""
    nodes, found = read(source)
    return Documents(source, tuple(nodes), tuple(found))


def compile_documents(
    documents: Documents, runner: Runner | None, device: Device, library: Library | None = None
) -> Result:
    """Compiles the workouts of a text; without a runner (its athlete was at fault) only reports on them."""
    result = workouts_for(read_workouts(documents, library), runner, device)

    def again(source: Source) -> tuple[Diagnostic, ...]:
        changed = read_workouts(*with_text(source, documents, library))
        return workouts_for(changed, runner, device).diagnostics

    return Result(result.workouts, proved(result.diagnostics, again))


def with_text(source: Source, documents: Documents, library: Library | None) -> tuple[Documents, Library | None]:
    """The documents, and the library that they use, with another text in the place of the one of its name."""
    if library is None or source.name == documents.source.name:
        return parse(source), library
    return documents, Changed(library, source)


@dataclass(frozen=True, slots=True)
class Prepared:
    """A workout as far as it is compiled before anybody runs it, once for all of its runners.

    ``expanded`` is its model without sugar, and ``found`` what is wrong with that; None where it is another for each.
    """

    workout: Workout
    doubts: tuple[Doubt, ...]
    is_at_fault: bool
    expanded: Workout | None = None
    found: tuple[Diagnostic, ...] = ()


def prepare(workout: Workout) -> Prepared:
    """A workout that any runner can be put into, in another process too."""
    about = workout, doubts(workout.steps), _at_fault(workout.steps)
    if not is_plain(workout.steps):
        return Prepared(*about)
    found = Report()
    nobody = Beforehand(NO_RUNNER, workout, device(), Report())
    return Prepared(*about, expand(workout, nobody, found), tuple(found.diagnostics))


class WorkoutRead(NamedTuple):
    """A workout as read, None where it cannot be, and what is wrong with it; ``is_whole``: nothing is missing."""

    workout: Prepared | None
    diagnostics: tuple[Diagnostic, ...]
    is_whole: bool


class WorkoutsRead(NamedTuple):
    """The workouts of a text with no runner's number in them; another process can compile them."""

    workouts: tuple[WorkoutRead, ...]
    diagnostics: tuple[Diagnostic, ...]


def read_workouts(documents: Documents, library: Library | None = None) -> WorkoutsRead:
    """The workouts of a text, and what they use in the files of the library."""
    found = []
    for node in documents.nodes:
        part = Report()
        workout = workouts.workout(node, part, library)
        is_whole = not any(_misread(node, one) for one in documents.diagnostics)
        found.append(WorkoutRead(prepare(workout) if workout else None, tuple(part.diagnostics), is_whole))
    return WorkoutsRead(tuple(found), documents.diagnostics)


def workouts_for(read: WorkoutsRead, runner: Runner | None, device: Device) -> Result:
    """Workouts as read, compiled for a runner; without one only reports on them.

    Its cures are not tried: that takes their text.
    """
    report = Report(list(read.diagnostics))
    found = []
    for one in read.workouts:
        part = Report(list(one.diagnostics))
        compiled = compile_prepared(one.workout, runner, device, part) if one.workout and runner else None
        report.extend(part.diagnostics)
        found.append(compiled if one.is_whole else None)
    return Result(tuple(found), tuple(in_order(report.diagnostics)))


def _misread(node: Node, found: Diagnostic) -> bool:
    """Whether an error of reading lies in a document, or behind it but before the next ``---``."""
    if found.severity is not Severity.ERROR or found.span is None:
        return found.severity is Severity.ERROR
    between = node.span.source.text[node.span.end : found.span.end]
    return found.span.start >= node.span.start and _NEXT_DOCUMENT.search(between) is None


def compile_text(
    text: str,
    *,
    name: str = "<text>",
    athlete: str | Runner | None = None,
    device: str | Device = "generic",
    files: Mapping[str, str] | None = None,
) -> Result:
    """Compiles the workouts of a YAML text.

    ``athlete`` is a runner, an athlete document, or words such as ``"5 km in 22:30"``; ``name`` is what
    messages call the text; ``files`` are the texts of workouts it may ``use``, by their paths. Raises
    :class:`UnknownDeviceError` only.
    """
    profile = profile_of(device)
    report = Report()
    result = compile_documents(parse(Source(name, text)), runner_of(athlete, report), profile, Texts(files or {}))
    return Result(result.workouts, (*report.diagnostics, *result.diagnostics))


def compile_line(
    line: str, *, title: str | None = "Workout", athlete: str | Runner | None = None, device: str | Device = "generic"
) -> Result:
    """Compiles a workout typed in the one-line form: ``warmup 10 min, 6x(400 m @ 5k, 200 m), cooldown``.

    Where its title is None, what is between its warm-up and its cool-down is its name: ``6x(400 m @ 5k, 200 m)``.
    """
    profile = profile_of(device)
    report = Report()
    runner = runner_of(athlete, report)
    source = Source("<command line>", line)
    result = _compiled_line(source, title, runner, profile)

    def again(source: Source) -> tuple[Diagnostic, ...]:
        return _compiled_line(source, title, runner, profile).diagnostics

    return Result(result.workouts, (*report.diagnostics, *proved(result.diagnostics, again)))


def _compiled_line(source: Source, title: str | None, runner: Runner | None, profile: Device) -> Result:
    if diagnostic := refused(source):
        return Result((None,), (diagnostic,))
    report, line = Report(), source.text
    text = filled_line(Text(line, Span(source, 0, len(line))), report)
    steps = phrases.line(text, report)
    workout = Workout(_called(line, steps) if title is None else title, steps, span=text.span)
    is_titled = title is not None
    compiled = compile_model(workout, runner, profile, report, is_titled=is_titled) if runner is not None else None
    return Result((compiled,), tuple(in_order(report.diagnostics)))


def _called(line: str, steps: Sequence[Item]) -> str:
    """What tells a line from others, in its own words."""
    easy = (Role.WARMUP, Role.COOLDOWN)
    spans = [one.span for one in steps if one.span and not (isinstance(one, Step) and one.role in easy)]
    between = line[spans[0].start : spans[-1].end] if spans else line
    return " ".join(between.split()) or "Workout"


def compile_model(
    workout: Workout, runner: Runner, device: Device, report: Report, *, is_titled: bool = True
) -> CompiledWorkout | None:
    """Expands, resolves and lowers one workout, as :func:`compile_prepared` does."""
    return compile_prepared(prepare(workout), runner, device, report, is_titled=is_titled)


def compile_prepared(
    prepared: Prepared, runner: Runner, device: Device, report: Report, *, is_titled: bool = True
) -> CompiledWorkout | None:
    """Resolves and lowers one workout; None where ``report`` has or gets errors, or something is at fault.

    ``is_titled`` says that its name is one somebody gave for the watch to show: a plan puts the day before it.

    A workout with errors is taken as far as it goes, so that one run reports them all.
    """
    workout = prepared.workout
    if workout.units:
        runner = replace(runner, units=workout.units)
    resolver = Beforehand(runner, workout, device, report)
    warn_of(prepared.doubts, resolver.book, report)
    report.extend(prepared.found)
    expanded = prepared.expanded or expand(workout, resolver, report)
    items = resolver.items(expanded.steps)
    is_whole = not prepared.is_at_fault
    if not items and is_whole and not report.failed:
        report.error("empty", "this workout has no steps", workout.span)
    program = lower(expanded, items, device, resolver.unit, report) if is_whole and not report.failed else None
    if program is not None and not device.until:
        program = counted(program, runner, device.name, device.repeats, report)
    if program is None or not _can_be_said(program, runner, device, report):
        return None
    if is_titled and (cut := title_cut(program.name, device, workout.span)):
        report.diagnostics.append(cut)
    if workout.adds_up_to is not None:
        check_claim(workout.adds_up_to, estimate(program, runner), report)
    degraded = tuple(one for one in report.diagnostics if one.effect is Effect.DEGRADES)
    return CompiledWorkout(program, expanded, runner, device, degraded)


def _can_be_said(program: Program, runner: Runner, device: Device, report: Report) -> bool:
    """Whether a program can be said in the form of its device; ``report`` gets what that cannot hold of it."""
    if device.base:
        return _zwo(program, runner, device, report) is not None
    if not device.text:
        return True
    from negsplit.formats.intervals.meaning import meant

    return meant(program, _lthr(runner, device), report, is_asked=device.is_asked) is not None


def _zwo(program: Program, runner: Runner, device: Device, report: Report) -> ZwoRun | None:
    """The blocks of a program, as shares of the pace that the device counts by, which is the runner's."""
    from negsplit.formats.zwo.meaning import Base, meant

    asked = Report()
    pace = SpeedBook(runner, {}, asked).speeds(PaceTarget(Named(device.base)))
    if pace is None:
        why = "a workout of Zwift has speeds as shares of one pace"
        report.extend(replace(one, message=f"{why}: {one.message}") for one in asked.diagnostics)
        return None

    def usual(step: ProgramStep) -> float:
        return reckon(step, runner).seconds.middle

    return meant(program, Base.of(device.base, (pace.slow + pace.fast) / 2), usual, runner.pace_unit, report)


def _lthr(runner: Runner, device: Device) -> int | None:
    """The threshold heart rate that shares in a text are of: the account's where it was asked, else the runner's."""
    return device.lthr if device.is_asked else runner.heart_rates.threshold


def _at_fault(items: Sequence[Item]) -> bool:
    """Whether something could not be read, wherever that was reported."""
    return any(map(_is_at_fault, items))


def _is_at_fault(item: Item) -> bool:
    match item:
        case Repeat(steps=steps) | RunWith(repeat=Repeat(steps=steps)):
            return _at_fault(steps)
        case _:
            return isinstance(item, AtFault)


def read_athlete(text: str, *, name: str = "<athlete>") -> tuple[Runner | None, list[Diagnostic]]:
    """The runner that an athlete document describes; None where it has errors."""
    return athlete_of(parse(Source(name, text)))


def athlete_of(
    documents: Documents, changed: Callable[[Source], Documents] = parse
) -> tuple[Runner | None, list[Diagnostic]]:
    """The runner of an athlete file as read; ``changed`` says what it is with another text in the place of one."""
    runner, found = _athlete(documents)
    return runner, list(proved(found, lambda source: _athlete(changed(source))[1]))


def _athlete(documents: Documents) -> tuple[Runner | None, list[Diagnostic]]:
    report = Report(list(documents.diagnostics))
    nodes = documents.nodes
    if len(nodes) > 1:
        message = f"an athlete file holds one document, this holds {len(nodes)}"
        report.error("not-a-document", message, nodes[1].span, "put each in its own file")
    athlete = workouts.athlete(nodes[0], report) if nodes else None
    runner = _derived(athlete, report)
    return runner, in_order(report.diagnostics)


def runner_from_words(words: str) -> tuple[Runner | None, list[Diagnostic]]:
    """The runner that words such as ``5 km in 22:30`` or ``threshold 4:40/km`` describe."""
    source = Source("<athlete>", words)
    runner, found = _from_words(source)
    return runner, list(proved(found, lambda source: _from_words(source)[1]))


def _from_words(source: Source) -> tuple[Runner | None, list[Diagnostic]]:
    report, words = Report(), source.text
    athlete = athletes.athlete_from_text(Text(words, Span(source, 0, len(words))), report)
    return _derived(athlete, report), in_order(report.diagnostics)


def name_collisions(names: Iterable[_Named], there: Iterable[_Named] = ()) -> list[Diagnostic]:
    """Warnings for workouts whose names a watch cannot tell apart: reports say that it merges them.

    All whose names begin alike have one warning, also for one that is ``there`` already.
    """
    older = _by_beginning(there)
    found = []
    for begin, group in _by_beginning(names).items():
        first, *others = (*older.get(begin, [])[:1], *group)
        if others:
            found.append(_collision(first, others))
    return found


def _by_beginning(names: Iterable[_Named]) -> dict[str, list[_Named]]:
    found: dict[str, list[_Named]] = {}
    for name, span in names:
        found.setdefault(name[:NAME_KEPT], []).append((name, span))
    return found


def _collision(first: _Named, others: Sequence[_Named]) -> Diagnostic:
    """The warning that a watch may take others for the first of them."""
    (name, span), *more = others
    this = "this" if span else f"`{name}`"
    message = f"a watch keeps {NAME_KEPT} characters of a name: it may take {this} for {_where(first, span)}"
    help = [f"put what differs first, for example `{_distinct(name, first[0])}`"]
    if more:
        listed = ", ".join(_where(one, span) for one in more)
        help.append(f"{len(more)} more {'begins' if len(more) == 1 else 'begin'} alike: {listed}")
    return Diagnostic("same-name", message, span, tuple(help), Severity.WARNING)


def _where(named: _Named, beside: Span | None) -> str:
    """A name with its file, or its line where that is the file of what it is said beside."""
    name, span = named
    if span is None:
        return f"`{name}`"
    in_it = beside is not None and beside.source.name == span.source.name
    return f"`{name}` in {f'line {span.line}' if in_it else f'`{span.source.name}`'}"


def _distinct(name: str, other: str) -> str:
    """The name with the words in front that tell it from another that begins alike, else numbered."""
    words = name.split()
    same = sum(1 for _ in takewhile(lambda pair: pair[0] == pair[1], zip(words, other.split(), strict=False)))
    return " ".join([*words[same:], *words[:same]] if 0 < same < len(words) else ["2", *words])


def profile_of(named: str | Device) -> Device:
    """A device, or the profile of its name."""
    return named if isinstance(named, Device) else device(named)


def runner_of(athlete: str | Runner | None, report: Report) -> Runner | None:
    """A runner, or who an athlete document or words describe; None, with errors, where they have mistakes."""
    if athlete is None:
        return NO_RUNNER
    if isinstance(athlete, Runner):
        return athlete
    words = athlete.strip()
    is_document = ":" in words.partition(" ")[0] or "\n" in words
    runner, found = read_athlete(athlete) if is_document else runner_from_words(words)
    report.extend(found)
    return runner


def _derived(athlete: Athlete | None, report: Report) -> Runner | None:
    if athlete is None:
        return None
    runner = derive(athlete, report)
    if report.failed:
        return None
    SpeedBook(runner, {}, report).check(runner.own)
    return None if report.failed else runner
