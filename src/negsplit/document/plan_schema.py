"""The shapes of a plan as they are written; see :mod:`negsplit.document.schema`."""

from typing import Annotated, Any

from pydantic import ConfigDict, Discriminator, Field, Tag, WrapValidator

from negsplit.document import scalars
from negsplit.document.schema import (
    CLAIM,
    PRINTED,
    RULE_NAMES,
    WIDENED,
    BlockShape,
    OneOrMore,
    Params,
    Shape,
    Steps,
    as_written,
)


class RaceDayShape(Shape):
    """The race that a plan leads up to."""

    on: scalars.Day = Field(description="Its day.")
    distance: scalars.RaceDistance | None = Field(None, description="How far it is, or its name: half.")
    name: scalars.Words | None = Field(None, description="What it is called.")
    goal: scalars.Clock | None = Field(None, description="The time you hope for; it makes `goal` a pace.")


def _race_form(value: Any) -> str:
    return "<day>" if isinstance(value, str) else "<race day>"


_Race = Annotated[
    Annotated[scalars.Day, Tag("<day>")] | Annotated[RaceDayShape, Tag("<race day>")], Discriminator(_race_form)
]


class DownWeeksShape(Shape):
    """Weeks that are easier than those before."""

    @classmethod
    def noun(cls) -> str:
        return "down week"

    every: scalars.Number | None = Field(None, description="Every so many weeks.")
    at: OneOrMore[scalars.Weeks] | None = Field(None, description="These weeks.")
    cut: scalars.Share | None = Field(None, description="How much less than the highest week before (25 %).")
    of: OneOrMore[scalars.ParamName] | None = Field(None, description="The params that are cut (total).")
    drop_sessions: scalars.Number | None = Field(None, description="How many sessions are left out, instead of a cut.")


class MissedShape(Shape):
    """Days on which nothing could be run."""

    from_: scalars.Day = Field(alias="from", description="The first day.")
    to: scalars.Day = Field(description="The last day.")
    why: scalars.Why | None = Field(None, description="Why: `ill`, `injured`, or `away` (away).")


class FitnessShape(Shape):
    """What paces come from, from a day on."""

    from_: scalars.Day = Field(alias="from", description="The day of the race, or the first day that it counts.")
    race: scalars.Race | None = Field(None, description="A result; it counts from the day after.")
    vdot: scalars.Fitness | None = Field(None, description="How much of the fitness before is left: `98.5 %`.")


class DayShape(Shape):
    """What a day holds: a workout, or a word about it."""

    use: scalars.Used | None = Field(None, description="A file, or a block of the plan.")
    steps: Annotated[Steps | None, WrapValidator(as_written)] = Field(None, description="What to do, in order.")
    rest: scalars.Remark | None = Field(None, description="A day off, and why.")
    note: scalars.Words | None = Field(None, description="A note for the day.")
    cross: scalars.Words | None = Field(None, description="Other training: 45 min bike.")
    race: scalars.Words | None = Field(None, description="A race, by its name; with `steps`, one for the watch too.")
    distance: scalars.RaceDistance | None = Field(None, description="How far the race is, unless its name says it.")
    goal: scalars.Clock | None = Field(None, description="The time you hope for; in its steps, `goal` is that pace.")
    with_: dict[scalars.ParamName, OneOrMore[scalars.Given]] | None = Field(
        None, alias="with", description="Values for the params of the workout; a list has one a week."
    )
    name: scalars.Words | None = Field(None, description="What the session is called.")
    notes: scalars.Words | None = Field(None, description="What it is for.")
    time: scalars.TimeOfDay | None = Field(None, description="When it begins.")
    optional: scalars.YesOrNo | None = Field(None, description="Whether it may be skipped; down weeks skip it first.")
    tags: OneOrMore[scalars.Words] | None = Field(None, description="Words to find it by.")
    adds_up_to: scalars.Claim | None = Field(None, description=CLAIM)


class SessionShape(DayShape):
    """A session on some days of some weeks."""

    weeks: OneOrMore[scalars.Weeks] | None = Field(
        None, description="Which weeks: `1-8`, `2, 5, 9-11`, `1-12 odd` (all)."
    )
    on: OneOrMore[scalars.Weekdays] = Field(description="Which days: `[tue, thu]`.")


OneDay = Annotated[
    scalars.Line | DayShape | list[scalars.Line | DayShape],
    WrapValidator(as_written),
]
"""What a single day holds; it is checked where the plan is read."""


class PlanShape(Shape):
    """A plan of weeks."""

    model_config = ConfigDict(title="negsplit plan")

    plan: scalars.Name = Field(description="Its name.")
    id: scalars.Identifier | None = Field(
        None, description="A name that never changes, even if the title does (the title in small letters)."
    )
    start: scalars.Day | None = Field(None, description="The day it begins; its week is the first.")
    race: _Race | None = Field(None, description="The race it leads up to; its week is the last.")
    weeks: scalars.Number | None = Field(None, description="How many weeks, up to the race where there is one.")
    weeks_after: scalars.Number | None = Field(
        None, description="How many weeks after the race; only sessions that name them are in them."
    )
    week_starts: scalars.Weekday | None = Field(None, description="The first day of a week (mon).")
    athlete: scalars.Path | None = Field(None, description="The file of the athlete.")
    notes: scalars.Words | None = Field(None, description="What it is for.")
    use: scalars.Used | None = Field(None, description="A plan to begin with: `preset:seed10`, or a file.")
    with_: dict[scalars.ParamName, scalars.Given] | None = Field(
        None, alias="with", description="Values for the params of the plan that is used."
    )
    params: Params | None = Field(None, description="Names that `$name` in the steps stands for, and their values.")
    paces: dict[scalars.OwnName, scalars.Target] | None = Field(None, description="Names of your own for targets.")
    blocks: dict[scalars.BlockName, BlockShape] | None = Field(None, description="Steps that sessions use.")
    tolerance: scalars.Tolerance | None = Field(None, description=WIDENED)
    units: scalars.Units | None = Field(None, description=PRINTED)
    lint: dict[scalars.Words, scalars.Off] | None = Field(
        None, description="Rules to ignore: `off`, or your reason.", json_schema_extra=RULE_NAMES
    )
    down_weeks: DownWeeksShape | None = Field(None, description="Easier weeks: which, and how much easier.")
    repeat_weeks: OneOrMore[scalars.Weeks] | None = Field(None, description="Weeks to do once more.")
    sessions: list[SessionShape] | None = Field(None, description="What you do week after week.")
    add: list[SessionShape] | None = Field(None, description="Sessions added to the plan that is used.")
    moves: dict[scalars.MovedDay, scalars.DayOrDate] | None = Field(
        None, description="Sessions on other days: one, `{w05-tue: thu}`, or all of a weekday, `{tue: wed}`."
    )
    missed: list[MissedShape] | None = Field(None, description="Days on which nothing could be run; they become rest.")
    fitness: list[Annotated[FitnessShape | dict[scalars.DayName, scalars.Race], WrapValidator(as_written)]] | None = (
        Field(None, description="Tests and races on the way, from which paces come: `week 5: 5 km in 21:50`.")
    )
    follows: scalars.Path | None = Field(None, description="The file of the plan that was run before this one.")
    days: dict[scalars.DayName, Annotated[OneDay | dict[scalars.Weekday, OneDay], WrapValidator(as_written)]] | None = (
        Field(None, description="Changes on single days: under `week 6` by weekday, or under a date.")
    )
