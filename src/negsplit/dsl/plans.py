"""Plan documents: what is on which day, and the workout that a session stands for."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Final, NamedTuple

from negsplit.diagnostics import Effect, Report, did_you_mean
from negsplit.dsl import document, plan_settings
from negsplit.dsl import plan_texts as texts
from negsplit.dsl.library import Library, Refusal, Texts
from negsplit.dsl.lines import short
from negsplit.dsl.params import Param, TooMuchError
from negsplit.dsl.plan_sessions import Body, Sessions, listed, node_of
from negsplit.dsl.plan_use import with_the_other
from negsplit.dsl.reading import is_misspelt, shape_of
from negsplit.dsl.settings import tolerance
from negsplit.dsl.shapes import PlanShape, RaceDayShape
from negsplit.dsl.tree import Fields, Items, Node, Text
from negsplit.model import Workout
from negsplit.plan.model import Change, Entry, Plan, RaceDay, Session
from negsplit.targets import AtFault, Covering, PaceTarget, Target

_GOAL: Final = "goal"
"""The pace of a race's goal."""


class Source(NamedTuple):
    """What every session of a plan shares: its blocks, its params, its paces and its tolerance."""

    node: Fields
    params: Mapping[str, Param]
    paces: dict[str, Target]
    settings: Workout

    @property
    def blocks(self) -> Fields | None:
        """The steps that sessions use by name."""
        found = self.node.value("blocks")
        return found if isinstance(found, Fields) else None


class PlanDocument(NamedTuple):
    """A plan as read, and what its sessions are compiled with."""

    plan: Plan
    source: Source


def athlete_path(node: Fields) -> Text | None:
    """The file that a plan names for its athlete."""
    found = node.value("athlete")
    return found if isinstance(found, Text) and found.strip() else None


def read(node: Node, report: Report, library: Library | None = None) -> PlanDocument | None:
    """The plan in a document, or None where its shape leaves nothing to go on with."""
    if not document.is_kind(node, "plan", report) or not isinstance(node, Fields):
        return None
    try:
        return _read(node, report, library or Texts({}))
    except TooMuchError as error:
        message = f"with its params this plan comes to more than {error}"
        report.error("too-much", message, next(iter(node)).span, "write shorter values", effect=Effect.GIVES_UP)
        return None


def _read(node: Fields, report: Report, library: Library) -> PlanDocument | None:
    whole, params = with_the_other(node, library, report)
    shape = shape_of(whole, PlanShape, report)
    if shape is None:
        return None
    strange = [key for key in whole if key not in PlanShape.keys]
    is_whole = "use" not in node or not report.failed  # else what is missing may stand in the other
    if not any(is_misspelt(wanted, strange) for wanted in ("start", "race")):
        plan_settings.check_dates(whole, shape.plan, report)
    race = plan_settings.race(shape.race, report) if shape.race else None
    weeks = plan_settings.weeks(shape.weeks, report) if shape.weeks else None
    source = Source(whole, params, _paces(shape, race, report), _settings(shape, report))
    reader = Sessions(whole, params, weeks or texts.MAX_WEEKS, report)
    entries = tuple(entry for one in shape.sessions or [] if (entry := reader.entry(one)))
    days = [(key, found) for key, value in (shape.days or {}).items() if (found := node_of(value)) is not None]
    changes = tuple(change for key, value in days for change in reader.changes(key, value))
    if is_whole and not {"sessions", "days"} & set(whole) and not is_misspelt("sessions", strange):
        help = "add `sessions:`, or `days:` for a plan of single days"
        report.error("missing-key", "`sessions` is missing", shape.plan.span, help)
    if is_whole and "weeks" not in whole and not is_misspelt("weeks", strange):
        help = f"add how many there are, such as `weeks: {_last_week(entries, changes)}`"
        report.error("missing-key", "`weeks` is missing", shape.plan.span, help)
    count = weeks or _last_week(entries, changes)
    key = next((key for key in whole if key == "down_weeks"), shape.plan)
    plan = Plan(
        name=document.bounded_name(shape.plan, report),
        id=plan_settings.identifier(shape, report),
        weeks=count,
        start=texts.date(shape.start, report) if shape.start else None,
        race=race,
        week_starts=(texts.weekday(shape.week_starts, report) or 0) if shape.week_starts else 0,
        entries=entries,
        changes=changes,
        down=plan_settings.down_weeks(shape.down_weeks, count, key.span, report) if shape.down_weeks else None,
        repeat_weeks=_again(shape, count, report),
        notes=document.bounded_notes(shape.notes, report) if shape.notes else "",
        span=shape.plan.span,
    )
    written = whole.value("sessions")
    if len(entries) == len(written or ()) and not is_misspelt("sessions", strange):  # else what is cut may be missing
        plan_settings.check_down(plan, report)
    _check_blocks(whole, report, library)
    return PlanDocument(plan, source)


def _last_week(entries: tuple[Entry, ...], changes: tuple[Change, ...]) -> int:
    """The last week that a plan names; one without `weeks:` has sessions in all that there can be."""
    named = [entry.weeks[-1] for entry in entries if entry.weeks and len(entry.weeks) < texts.MAX_WEEKS]
    named += [change.day[0] for change in changes if isinstance(change.day, tuple)]
    return min(max(named, default=10), texts.MAX_WEEKS)


def _again(shape: PlanShape, count: int, report: Report) -> tuple[int, ...]:
    written = listed(shape.repeat_weeks)
    found = texts.weeks_named(written, count, report)
    if count + len(found) > texts.MAX_WEEKS:
        message = f"with the weeks done again this plan has {count + len(found)}, {texts.MAX_WEEKS} are allowed"
        report.error("out-of-bounds", message, written[0].span, "write fewer weeks")
        return ()
    return tuple(found)


def _paces(shape: PlanShape, race: RaceDay | None, report: Report) -> dict[str, Target]:
    found = document.own_paces(shape.paces, report)
    if race and race.goal and race.distance:
        if _GOAL in found:
            help = "call the one under `paces` something else, or take `goal` from the race"
            report.error("said-twice", "`goal` is the pace of the race's goal already", found[_GOAL].span, help)
        found[_GOAL] = PaceTarget(Covering(race.distance, race.goal, race.goal), span=race.span)
    elif isinstance(shape.race, RaceDayShape) and shape.race.goal:  # at fault, and sessions may name it
        found.setdefault(_GOAL, PaceTarget(AtFault()))
    return found


def _settings(shape: PlanShape, report: Report) -> Workout:
    lint = document.set_aside(shape.lint, report)
    return Workout("", (), tolerance=tolerance(shape.tolerance, report), lint=lint)


def _check_blocks(node: Fields, report: Report, library: Library) -> None:
    """Reports what is wrong with blocks, also with those that no session uses."""
    blocks = next(((key, value) for key, value in node.items() if key == "blocks"), None)
    if blocks is not None and isinstance(blocks[1], Fields):
        lap = Text.made("lap", next(iter(node)).span)
        document.workout(_document(node, lap, dict([blocks])), report, library)


def _document(plan: Fields, steps: Node, more: Mapping[Text, Node]) -> Fields:
    """A workout around steps of a plan."""
    span = next(iter(plan)).span
    made = Fields(span, flow=False)
    made[Text.made("workout", span)] = Text.made("-", span)
    made.update(more)
    made[Text.made("steps", span)] = steps
    return made


# --- The workout of a session --------------------------------------------------------------------


def workout(
    source: Source, session: Session, values: Mapping[str, str], report: Report, library: Library | None
) -> Workout | None:
    """The workout of a session with these values, called what the session or the workout is called, if anything."""
    body = session.body
    assert isinstance(body, Body)
    known = {
        name: text if isinstance(text, Text) else Text.made(text, session.places[name]) for name, text in values.items()
    }
    if body.steps is not None:
        found = _of_steps(source, body.steps, known, report, library)
    elif body.use is not None and source.blocks is not None and body.use in source.blocks:
        found = _of_block(source, body.use, known, report, library)
    else:
        assert body.use is not None
        found = _of_file(body.use, source.blocks, known, report, library or Texts({}))
    if found is None:
        return None
    return replace(
        found,
        name=session.name or session.text or found.name,
        notes=session.notes or found.notes,
        tags=session.tags or found.tags,
        paces={**found.paces, **source.paces},
        tolerance=found.tolerance or source.settings.tolerance,
        lint={**source.settings.lint, **found.lint},
        span=session.span or found.span,
    )


def _of_steps(
    source: Source, steps: Node, known: Mapping[str, Text], report: Report, library: Library | None
) -> Workout | None:
    """Steps that stand in the plan itself; they may name its params, and must name the values given to them."""
    more: dict[Text, Node] = {}
    if source.blocks is not None:
        more[Text.made("blocks", source.blocks.span)] = source.blocks
    if known:
        params = Fields(steps.span, flow=False)
        params.update({Text.made(name, value.span): Text("", value.span) for name, value in known.items()})
        more[Text.made("params", steps.span)] = params
    made = _document(source.node, steps, more)
    found = document.workout(made, report, library, values=known, around=source.params)
    return found and replace(found, name="")


def _of_block(
    source: Source, name: Text, known: Mapping[str, Text], report: Report, library: Library | None
) -> Workout | None:
    """A block of the plan."""
    use = Fields(name.span, flow=False)
    use[Text.made("use", name.span)] = name
    if known:
        values = Fields(name.span, flow=False)
        for key, text in known.items():  # its own params are filled in already
            values[Text.made(key, text.span)] = Text.made(text.replace("$", "$$"), text.span) if "$" in text else text
        use[Text.made("with", name.span)] = values
    steps = Items(name.span, flow=False)
    steps.append(use)
    found = _of_steps(source, steps, {}, report, library)
    return found and replace(found, name=str(name))


def _of_file(
    use: Text, blocks: Fields | None, known: Mapping[str, Text], report: Report, library: Library
) -> Workout | None:
    """The workout of a file, whole: its name, sport and notes are those of the session."""
    file = library.open(use.span.source, str(use))
    if isinstance(file, Refusal):
        near = did_you_mean(use, blocks) if blocks else None
        report.error("unknown-block", file.message, use.span, *((f"did you mean `{near}`?",) if near else file.help))
        return None
    report.extend(file.diagnostics)
    node = file.nodes[0] if len(file.nodes) == 1 else None
    if not isinstance(node, Fields) or document.kind_of(node) != "workout":
        if not file.diagnostics:
            help = "a session uses a file with one workout, which begins with `workout:`"
            report.error("not-a-workout", f"`{short(use)}` is no workout", use.span, help)
        return None
    declared = node.value("params")
    params = declared if isinstance(declared, Fields) else {}
    missing = [key for key, one in params.items() if isinstance(one, Text) and one.empty and key not in known]
    for key in missing:
        message = f"`{short(use)}` needs a value for `{short(key)}`"
        report.error("missing-param", message, use.span, f"add it: `with: {{{key}: ...}}`")
    for name, value in known.items():
        if name not in params:
            near = did_you_mean(name, params)
            help = f"its params are {', '.join(params)}" if params else "it has no params"
            message = f"`{short(use)}` has no param `{short(name)}`"
            report.error("unknown-param", message, value.span, f"did you mean `{near}`?" if near else help)
    if missing:
        return None
    return document.workout(node, report, library, values={name: known[name] for name in known if name in params})
