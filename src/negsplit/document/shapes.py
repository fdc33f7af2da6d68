"""The shapes of the documents as the reader uses them: the attributes of each, and the forms of its keys.

Made by `make docs` from :mod:`negsplit.document.schema` and :mod:`negsplit.document.plan_schema`: change those.
"""

from __future__ import annotations

from negsplit.document.beginnings import tag
from negsplit.document.fields import AS_WRITTEN, TEXT, Either, Field, Form, ListOf, MapOf, Shape, StepForm
from negsplit.tree.nodes import Node, Text


class StepShape(Shape):
    """One step: a role with a phrase, and what else belongs to it."""

    noun = "step"
    warmup: Text | None = None
    warm_up: Text | None = None
    run: Text | None = None
    recover: Text | None = None
    recovery: Text | None = None
    jog: Text | None = None
    rest: Text | None = None
    walk: Text | None = None
    hike: Text | None = None
    cooldown: Text | None = None
    cool_down: Text | None = None
    at: Text | None = None
    also: Text | None = None
    cue: Text | None = None
    tolerance: Text | None = None
    name: Text | None = None


class UntilShape(Shape):
    """Repeat until a distance or a time is done."""

    noun = "until"
    until: Text


class RepeatShape(Shape):
    """Steps to run several times."""

    noun = "repeat"
    repeat: Text | UntilShape
    steps: Text | list[Item]
    last_recovery: Text | None = None


class PartsShape(Shape):
    """Equal parts of a total, one target each; `thirds` has three and needs no paces."""

    noun = "parts"
    progression: Text
    total: Text
    paces: list[Text] | None = None
    tolerance: Text | None = None


class CutDownShape(Shape):
    """Every split faster than the one before by the same step."""

    noun = "cut-down"
    progression: Text
    total: Text
    every: Text
    from_: Text
    to: Text | None = None
    drop: Text | None = None
    tolerance: Text | None = None


class FastFinishShape(Shape):
    """A base, then blocks that close in on a faster pace."""

    noun = "fast finish"
    progression: Text
    total: Text
    base: Text
    finish: Text
    every: Text
    to: Text
    tolerance: Text | None = None


class ByFeelShape(Shape):
    """No pace: a question asked again and again."""

    noun = "by feel"
    progression: Text
    total: Text
    first: Text | None = None
    ask_every: Text | None = None
    cue: Text | None = None


class RampShape(Shape):
    """Equal parts from one pace to another."""

    noun = "ramp"
    progression: Text
    total: Text
    in_: Text
    from_: Text
    to: Text
    tolerance: Text | None = None


class WalkRunShape(Shape):
    """Running and walking in turn."""

    noun = "walk-run"
    walk_run: Text
    total: Text | None = None
    repeats: Text | None = None
    fit: Text | None = None
    end_on: Text | None = None


class LadderShape(Shape):
    """Rungs with recoveries between them."""

    noun = "ladder"
    ladder: Text | list[Text]
    at: Text | list[Text] | None = None
    recover: Text | list[Text] | None = None
    last_recovery: Text | None = None
    tolerance: Text | None = None


class UseShape(Shape):
    """The steps of a block, or of another file."""

    noun = "use"
    use: Text
    with_: dict[Text, Text] | None = None


class BlockShape(Shape):
    """Steps to use several times; they are checked where they are used, with their params filled in."""

    noun = "block"
    params: dict[Text, Text] | None = None
    steps: Node


class WorkoutShape(Shape):
    """A workout."""

    noun = "workout"
    workout: Text
    id: Text | None = None
    sport: Text | None = None
    notes: Text | None = None
    tags: Text | list[Text] | None = None
    params: dict[Text, Text] | None = None
    paces: dict[Text, Text] | None = None
    blocks: dict[Text, BlockShape] | None = None
    tolerance: Text | None = None
    units: Text | None = None
    last_recovery: Text | None = None
    adds_up_to: Text | None = None
    lint: dict[Text, Text] | None = None
    steps: Text | list[Item]


class HeartRateShape(Shape):
    """Heart rates in beats per minute."""

    noun = "heart rate"
    max: Text | None = None
    rest: Text | None = None
    threshold: Text | None = None
    zones: Text | list[Text] | None = None


class PowerShape(Shape):
    """Running power."""

    noun = "power"
    critical: Text


class HistoryShape(Shape):
    """What a runner has run lately."""

    noun = "history"
    weeks: Text | list[Text]
    longest: Text | None = None
    runs: Text | None = None
    until: Text | None = None


class AthleteShape(Shape):
    """A runner's numbers."""

    noun = "athlete"
    athlete: Text
    races: Text | list[Text] | None = None
    threshold: Text | None = None
    paces: dict[Text, Text] | None = None
    heart_rate: HeartRateShape | None = None
    pace_zones: list[Text] | None = None
    power: PowerShape | None = None
    history: HistoryShape | None = None
    volume: Text | None = None
    tolerance: Text | None = None
    units: Text | None = None
    account: Text | None = None


class RaceDayShape(Shape):
    """The race that a plan leads up to."""

    noun = "race day"
    on: Text
    distance: Text | None = None
    name: Text | None = None
    goal: Text | None = None


class DownWeeksShape(Shape):
    """Weeks that are easier than those before."""

    noun = "down week"
    every: Text | None = None
    at: Text | list[Text] | None = None
    cut: Text | None = None
    of: Text | list[Text] | None = None
    drop_sessions: Text | None = None


class MissedShape(Shape):
    """Days on which nothing could be run."""

    noun = "missed"
    from_: Text
    to: Text
    why: Text | None = None


class FitnessShape(Shape):
    """What paces come from, from a day on."""

    noun = "fitness"
    from_: Text
    race: Text | None = None
    vdot: Text | None = None


class DayShape(Shape):
    """What a day holds: a workout, or a word about it."""

    noun = "day"
    use: Text | None = None
    steps: Node | None = None
    rest: Text | None = None
    note: Text | None = None
    cross: Text | None = None
    race: Text | None = None
    distance: Text | None = None
    goal: Text | None = None
    with_: dict[Text, Text | list[Text]] | None = None
    name: Text | None = None
    notes: Text | None = None
    time: Text | None = None
    optional: Text | None = None
    tags: Text | list[Text] | None = None
    adds_up_to: Text | None = None


class SessionShape(DayShape):
    """A session on some days of some weeks."""

    noun = "session"
    weeks: Text | list[Text] | None = None
    on: Text | list[Text]


class PlanShape(Shape):
    """A plan of weeks."""

    noun = "plan"
    plan: Text
    id: Text | None = None
    start: Text | None = None
    race: Text | RaceDayShape | None = None
    weeks: Text | None = None
    weeks_after: Text | None = None
    week_starts: Text | None = None
    athlete: Text | None = None
    notes: Text | None = None
    use: Text | None = None
    with_: dict[Text, Text] | None = None
    params: dict[Text, Text] | None = None
    paces: dict[Text, Text] | None = None
    blocks: dict[Text, BlockShape] | None = None
    tolerance: Text | None = None
    units: Text | None = None
    lint: dict[Text, Text] | None = None
    down_weeks: DownWeeksShape | None = None
    repeat_weeks: Text | list[Text] | None = None
    sessions: list[SessionShape] | None = None
    add: list[SessionShape] | None = None
    moves: dict[Text, Text] | None = None
    missed: list[MissedShape] | None = None
    fitness: list[Node] | None = None
    follows: Text | None = None
    days: dict[Text, Node] | None = None


Item = (
    Text
    | StepShape
    | RepeatShape
    | PartsShape
    | CutDownShape
    | FastFinishShape
    | ByFeelShape
    | RampShape
    | WalkRunShape
    | LadderShape
    | UseShape
)


_STEPS: dict[str, Form] = {
    "<line>": TEXT,
    "<step>": StepShape,
    "<repeat>": RepeatShape,
    "<parts>": PartsShape,
    "<cut-down>": CutDownShape,
    "<fast finish>": FastFinishShape,
    "<by feel>": ByFeelShape,
    "<ramp>": RampShape,
    "<walk_run>": WalkRunShape,
    "<ladder>": LadderShape,
    "<use>": UseShape,
}
STEP = StepForm(tag, _STEPS)


StepShape.keys = {
    "warmup": Field("warmup", TEXT, False, "Warm up."),
    "warm-up": Field("warm_up", TEXT, False, "Warm up."),
    "run": Field("run", TEXT, False, "Run."),
    "recover": Field("recover", TEXT, False, "Jog easily between efforts."),
    "recovery": Field("recovery", TEXT, False, "Jog easily between efforts."),
    "jog": Field("jog", TEXT, False, "Jog easily between efforts."),
    "rest": Field("rest", TEXT, False, "Stand or stroll."),
    "walk": Field("walk", TEXT, False, "Walk."),
    "hike": Field("hike", TEXT, False, "Hike, as on a climb."),
    "cooldown": Field("cooldown", TEXT, False, "Cool down."),
    "cool-down": Field("cool_down", TEXT, False, "Cool down."),
    "at": Field("at", TEXT, False, "The target, instead of `@` in the phrase."),
    "also": Field("also", TEXT, False, "A second target."),
    "cue": Field("cue", TEXT, False, "What to think of, shown as a note on the watch."),
    "tolerance": Field("tolerance", TEXT, False, "How far a single pace is widened."),
    "name": Field("name", TEXT, False, "What the step is called."),
}


UntilShape.keys = {
    "until": Field("until", TEXT, True, "A distance or a time."),
}


RepeatShape.keys = {
    "repeat": Field("repeat", Either("<count>", TEXT, "<until>", UntilShape), True, "How often, or `{until: 10 km}`."),
    "steps": Field("steps", Either("<one>", TEXT, "<list>", ListOf(STEP)), True, "What to repeat."),
    "last_recovery": Field("last_recovery", TEXT, False, "Whether the last recovery is run."),
}


PartsShape.keys = {
    "progression": Field("progression", TEXT, True, "Three equal parts, or as many as there are paces."),
    "total": Field("total", TEXT, True, "How far or how long in total, for example `12 km`."),
    "paces": Field("paces", ListOf(TEXT), False, "One target a part, easiest first."),
    "tolerance": Field("tolerance", TEXT, False, "How far a single pace is widened."),
}


CutDownShape.keys = {
    "progression": Field("progression", TEXT, True, "Splits, each faster than the one before by the same step."),
    "total": Field("total", TEXT, True, "How far or how long in total, for example `12 km`."),
    "every": Field("every", TEXT, True, "The length of a split."),
    "from": Field("from_", TEXT, True, "The pace of the first split."),
    "to": Field("to", TEXT, False, "The pace of the last split, or the limit of a `drop`."),
    "drop": Field("drop", TEXT, False, "The change of pace from split to split."),
    "tolerance": Field("tolerance", TEXT, False, "How far a single pace is widened."),
}


FastFinishShape.keys = {
    "progression": Field("progression", TEXT, True, "An even run with a faster end."),
    "total": Field("total", TEXT, True, "How far or how long in total, for example `12 km`."),
    "base": Field("base", TEXT, True, "The pace before the finish."),
    "finish": Field("finish", TEXT, True, "How long the finish is."),
    "every": Field("every", TEXT, True, "The length of its blocks."),
    "to": Field("to", TEXT, True, "The pace of the last block."),
    "tolerance": Field("tolerance", TEXT, False, "How far a single pace is widened."),
}


ByFeelShape.keys = {
    "progression": Field("progression", TEXT, True, "No pace, but a question that comes again and again."),
    "total": Field("total", TEXT, True, "How far or how long in total, for example `12 km`."),
    "first": Field("first", TEXT, False, "The very easy start (15 min)."),
    "ask_every": Field("ask_every", TEXT, False, "How often the question comes (7:30)."),
    "cue": Field("cue", TEXT, False, "The question."),
}


RampShape.keys = {
    "progression": Field("progression", TEXT, True, "Equal parts, evenly from one pace to another."),
    "total": Field("total", TEXT, True, "How far or how long in total, for example `12 km`."),
    "in": Field("in_", TEXT, True, "The number of parts."),
    "from": Field("from_", TEXT, True, "The pace of the first part."),
    "to": Field("to", TEXT, True, "The pace of the last part."),
    "tolerance": Field("tolerance", TEXT, False, "How far a single pace is widened."),
}


WalkRunShape.keys = {
    "walk_run": Field("walk_run", TEXT, True, "Both halves, in the order run."),
    "total": Field("total", TEXT, False, "How long or how far in total."),
    "repeats": Field("repeats", TEXT, False, "How many rounds, instead of a total."),
    "fit": Field("fit", TEXT, False, "How whole rounds fit the total (nearest)."),
    "end_on": Field("end_on", TEXT, False, "The half it ends on (the second)."),
}


LadderShape.keys = {
    "ladder": Field(
        "ladder", Either("<one>", TEXT, "<list>", ListOf(TEXT)), True, "The rungs, as a list or as `6 x 1 km`."
    ),
    "at": Field(
        "at", Either("<one>", TEXT, "<list>", ListOf(TEXT)), False, "One target, one a rung, or `4:40/km -> 4:10/km`."
    ),
    "recover": Field("recover", Either("<one>", TEXT, "<list>", ListOf(TEXT)), False, "What is between rungs."),
    "last_recovery": Field("last_recovery", TEXT, False, "Whether one follows the last rung (skip)."),
    "tolerance": Field("tolerance", TEXT, False, "How far a single pace is widened."),
}


UseShape.keys = {
    "use": Field("use", TEXT, True, "A block of this document, else a file."),
    "with": Field("with_", MapOf(TEXT), False, "Values for its params."),
}


BlockShape.keys = {
    "params": Field("params", MapOf(TEXT), False, "Names that `$name` in its steps stands for, and their defaults."),
    "steps": Field("steps", AS_WRITTEN, True, "What to do, in order."),
}


WorkoutShape.keys = {
    "workout": Field("workout", TEXT, True, "Its name. Watches keep the first 15 characters."),
    "id": Field("id", TEXT, False, "A name that never changes, so that accounts know it after a new title."),
    "sport": Field("sport", TEXT, False, "The sport (running)."),
    "notes": Field("notes", TEXT, False, "What it is for; shown with the workout."),
    "tags": Field("tags", Either("<one>", TEXT, "<list>", ListOf(TEXT)), False, "Words to find it by."),
    "params": Field("params", MapOf(TEXT), False, "Names that `$name` in the steps stands for, and their defaults."),
    "paces": Field("paces", MapOf(TEXT), False, "Names of your own for targets."),
    "blocks": Field("blocks", MapOf(BlockShape), False, "Steps that `use` puts in place."),
    "tolerance": Field("tolerance", TEXT, False, "How far a single pace is widened (2 %)."),
    "units": Field("units", TEXT, False, "Metric or imperial (as the athlete file says)."),
    "last_recovery": Field("last_recovery", TEXT, False, "The default for repeats."),
    "adds_up_to": Field("adds_up_to", TEXT, False, "What the workout adds up to; you are warned if it does not."),
    "lint": Field("lint", MapOf(TEXT), False, "Rules to ignore: `off`, or your reason."),
    "steps": Field("steps", Either("<one>", TEXT, "<list>", ListOf(STEP)), True, "What to do, in order."),
}


HeartRateShape.keys = {
    "max": Field("max", TEXT, False, "Your highest heart rate."),
    "rest": Field("rest", TEXT, False, "At rest."),
    "threshold": Field("threshold", TEXT, False, "At lactate threshold (LTHR)."),
    "zones": Field(
        "zones",
        Either("<one>", TEXT, "<list>", ListOf(TEXT)),
        False,
        "Whose zones (friel, garmin-max, garmin-hrr, garmin-lthr, watch), or n+1 edges in bpm for n zones.",
    ),
}


PowerShape.keys = {
    "critical": Field("critical", TEXT, True, "Critical power in watts."),
}


HistoryShape.keys = {
    "weeks": Field(
        "weeks",
        Either("<one>", TEXT, "<list>", ListOf(TEXT)),
        True,
        "How much in each of the last weeks, the newest last.",
    ),
    "longest": Field("longest", TEXT, False, "The longest run of these weeks: 14 km on 2026-11-22."),
    "runs": Field("runs", TEXT, False, "How many runs a week."),
    "until": Field("until", TEXT, False, "The last day of the newest of these weeks."),
}


AthleteShape.keys = {
    "athlete": Field("athlete", TEXT, True, "Your name."),
    "races": Field(
        "races", Either("<one>", TEXT, "<list>", ListOf(TEXT)), False, "Results; one is enough, several need dates."
    ),
    "threshold": Field("threshold", TEXT, False, "Threshold pace."),
    "paces": Field("paces", MapOf(TEXT), False, "Names of your own for targets."),
    "heart_rate": Field("heart_rate", HeartRateShape, False, "Heart rates in beats per minute, and zones."),
    "pace_zones": Field(
        "pace_zones",
        ListOf(TEXT),
        False,
        "Edges between pace zones of your own, from slow to fast; n edges make n+1 zones.",
    ),
    "power": Field("power", PowerShape, False, "Your power."),
    "history": Field("history", HistoryShape, False, "What you have run in the last weeks."),
    "volume": Field("volume", TEXT, False, "Whether ranges such as `6..8` mean the low or the high end (low)."),
    "tolerance": Field("tolerance", TEXT, False, "How far a single pace is widened (2 %)."),
    "units": Field("units", TEXT, False, "Metric or imperial (metric)."),
    "account": Field("account", TEXT, False, "Your account for `sync` and `upload`: garmin or intervals (garmin)."),
}


RaceDayShape.keys = {
    "on": Field("on", TEXT, True, "Its day."),
    "distance": Field("distance", TEXT, False, "How far it is, or its name: half."),
    "name": Field("name", TEXT, False, "What it is called."),
    "goal": Field("goal", TEXT, False, "The time you hope for; it makes `goal` a pace."),
}


DownWeeksShape.keys = {
    "every": Field("every", TEXT, False, "Every so many weeks."),
    "at": Field("at", Either("<one>", TEXT, "<list>", ListOf(TEXT)), False, "These weeks."),
    "cut": Field("cut", TEXT, False, "How much less than the highest week before (25 %)."),
    "of": Field("of", Either("<one>", TEXT, "<list>", ListOf(TEXT)), False, "The params that are cut (total)."),
    "drop_sessions": Field("drop_sessions", TEXT, False, "How many sessions are left out, instead of a cut."),
}


MissedShape.keys = {
    "from": Field("from_", TEXT, True, "The first day."),
    "to": Field("to", TEXT, True, "The last day."),
    "why": Field("why", TEXT, False, "Why: `ill`, `injured`, or `away` (away)."),
}


FitnessShape.keys = {
    "from": Field("from_", TEXT, True, "The day of the race, or the first day that it counts."),
    "race": Field("race", TEXT, False, "A result; it counts from the day after."),
    "vdot": Field("vdot", TEXT, False, "How much of the fitness before is left: `98.5 %`."),
}


DayShape.keys = {
    "use": Field("use", TEXT, False, "A file, or a block of the plan."),
    "steps": Field("steps", AS_WRITTEN, False, "What to do, in order."),
    "rest": Field("rest", TEXT, False, "A day off, and why."),
    "note": Field("note", TEXT, False, "A note for the day."),
    "cross": Field("cross", TEXT, False, "Other training: 45 min bike."),
    "race": Field("race", TEXT, False, "A race, by its name; with `steps`, one for the watch too."),
    "distance": Field("distance", TEXT, False, "How far the race is, unless its name says it."),
    "goal": Field("goal", TEXT, False, "The time you hope for; in its steps, `goal` is that pace."),
    "with": Field(
        "with_",
        MapOf(Either("<one>", TEXT, "<list>", ListOf(TEXT))),
        False,
        "Values for the params of the workout; a list has one a week.",
    ),
    "name": Field("name", TEXT, False, "What the session is called."),
    "notes": Field("notes", TEXT, False, "What it is for."),
    "time": Field("time", TEXT, False, "When it begins."),
    "optional": Field("optional", TEXT, False, "Whether it may be skipped; down weeks skip it first."),
    "tags": Field("tags", Either("<one>", TEXT, "<list>", ListOf(TEXT)), False, "Words to find it by."),
    "adds_up_to": Field("adds_up_to", TEXT, False, "What the workout adds up to; you are warned if it does not."),
}


SessionShape.keys = {
    "use": Field("use", TEXT, False, "A file, or a block of the plan."),
    "steps": Field("steps", AS_WRITTEN, False, "What to do, in order."),
    "rest": Field("rest", TEXT, False, "A day off, and why."),
    "note": Field("note", TEXT, False, "A note for the day."),
    "cross": Field("cross", TEXT, False, "Other training: 45 min bike."),
    "race": Field("race", TEXT, False, "A race, by its name; with `steps`, one for the watch too."),
    "distance": Field("distance", TEXT, False, "How far the race is, unless its name says it."),
    "goal": Field("goal", TEXT, False, "The time you hope for; in its steps, `goal` is that pace."),
    "with": Field(
        "with_",
        MapOf(Either("<one>", TEXT, "<list>", ListOf(TEXT))),
        False,
        "Values for the params of the workout; a list has one a week.",
    ),
    "name": Field("name", TEXT, False, "What the session is called."),
    "notes": Field("notes", TEXT, False, "What it is for."),
    "time": Field("time", TEXT, False, "When it begins."),
    "optional": Field("optional", TEXT, False, "Whether it may be skipped; down weeks skip it first."),
    "tags": Field("tags", Either("<one>", TEXT, "<list>", ListOf(TEXT)), False, "Words to find it by."),
    "adds_up_to": Field("adds_up_to", TEXT, False, "What the workout adds up to; you are warned if it does not."),
    "weeks": Field(
        "weeks",
        Either("<one>", TEXT, "<list>", ListOf(TEXT)),
        False,
        "Which weeks: `1-8`, `2, 5, 9-11`, `1-12 odd` (all).",
    ),
    "on": Field("on", Either("<one>", TEXT, "<list>", ListOf(TEXT)), True, "Which days: `[tue, thu]`."),
}


PlanShape.keys = {
    "plan": Field("plan", TEXT, True, "Its name."),
    "id": Field("id", TEXT, False, "A name that never changes, even if the title does (the title in small letters)."),
    "start": Field("start", TEXT, False, "The day it begins; its week is the first."),
    "race": Field(
        "race",
        Either("<day>", TEXT, "<race day>", RaceDayShape),
        False,
        "The race it leads up to; its week is the last.",
    ),
    "weeks": Field("weeks", TEXT, False, "How many weeks, up to the race where there is one."),
    "weeks_after": Field(
        "weeks_after", TEXT, False, "How many weeks after the race; only sessions that name them are in them."
    ),
    "week_starts": Field("week_starts", TEXT, False, "The first day of a week (mon)."),
    "athlete": Field("athlete", TEXT, False, "The file of the athlete."),
    "notes": Field("notes", TEXT, False, "What it is for."),
    "use": Field("use", TEXT, False, "A plan to begin with: `preset:seed10`, or a file."),
    "with": Field("with_", MapOf(TEXT), False, "Values for the params of the plan that is used."),
    "params": Field("params", MapOf(TEXT), False, "Names that `$name` in the steps stands for, and their values."),
    "paces": Field("paces", MapOf(TEXT), False, "Names of your own for targets."),
    "blocks": Field("blocks", MapOf(BlockShape), False, "Steps that sessions use."),
    "tolerance": Field("tolerance", TEXT, False, "How far a single pace is widened (2 %)."),
    "units": Field("units", TEXT, False, "Metric or imperial (as the athlete file says)."),
    "lint": Field("lint", MapOf(TEXT), False, "Rules to ignore: `off`, or your reason."),
    "down_weeks": Field("down_weeks", DownWeeksShape, False, "Easier weeks: which, and how much easier."),
    "repeat_weeks": Field(
        "repeat_weeks", Either("<one>", TEXT, "<list>", ListOf(TEXT)), False, "Weeks to do once more."
    ),
    "sessions": Field("sessions", ListOf(SessionShape), False, "What you do week after week."),
    "add": Field("add", ListOf(SessionShape), False, "Sessions added to the plan that is used."),
    "moves": Field(
        "moves", MapOf(TEXT), False, "Sessions on other days: one, `{w05-tue: thu}`, or all of a weekday, `{tue: wed}`."
    ),
    "missed": Field("missed", ListOf(MissedShape), False, "Days on which nothing could be run; they become rest."),
    "fitness": Field(
        "fitness",
        ListOf(AS_WRITTEN),
        False,
        "Tests and races on the way, from which paces come: `week 5: 5 km in 21:50`.",
    ),
    "follows": Field("follows", TEXT, False, "The file of the plan that was run before this one."),
    "days": Field(
        "days", MapOf(AS_WRITTEN), False, "Changes on single days: under `week 6` by weekday, or under a date."
    ),
}


SHAPES = (
    StepShape,
    UntilShape,
    RepeatShape,
    PartsShape,
    CutDownShape,
    FastFinishShape,
    ByFeelShape,
    RampShape,
    WalkRunShape,
    LadderShape,
    UseShape,
    BlockShape,
    WorkoutShape,
    HeartRateShape,
    PowerShape,
    HistoryShape,
    AthleteShape,
)
PLAN_SHAPES = (RaceDayShape, DownWeeksShape, MissedShape, FitnessShape, DayShape, SessionShape, PlanShape)
