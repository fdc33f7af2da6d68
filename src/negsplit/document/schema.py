"""The shapes of the documents as they are written: which keys there are, and what kind of value each takes.

What stands in the values is parsed elsewhere; here they are texts that know their places. These classes give the
JSON Schemas that editors use, which is why numbers are welcome where people type them, and `make docs` makes of them
what the reader uses, :mod:`negsplit.document.shapes`, so that no run waits for pydantic.
"""

import re
from typing import Annotated, Any, Final, TypeVar

from pydantic import BaseModel, ConfigDict, Discriminator, Field, Tag, WrapValidator, create_model
from pydantic.config import JsonDict

from negsplit.codes import RULES
from negsplit.document import scalars
from negsplit.document.beginnings import tag
from negsplit.document.choices import ZONE_SYSTEMS
from negsplit.limits import DEFAULT_TOLERANCE
from negsplit.model import Role
from negsplit.phrase.roles import ROLES

T = TypeVar("T")


def _form(value: Any) -> str:
    return "<one>" if isinstance(value, str) else "<list>"


OneOrMore = Annotated[Annotated[T, Tag("<one>")] | Annotated[list[T], Tag("<list>")], Discriminator(_form)]


class Shape(BaseModel):
    """A mapping with no keys but its own."""

    model_config = ConfigDict(
        extra="forbid",
        frozen=True,
        defer_build=True,
        model_title_generator=lambda shape: shape.noun() if issubclass(shape, Shape) else shape.__name__,
    )

    @classmethod
    def noun(cls) -> str:
        """What a message calls it: ``step``, ``fast finish``."""
        words = re.sub(r"(?<=[a-z])(?=[A-Z])", " ", cls.__name__.removesuffix("Shape")).lower()
        return {"cut down": "cut-down", "walk run": "walk-run"}.get(words, words)


_FOR: Final = {
    Role.WARMUP: "Warm up.",
    Role.RUN: "Run.",
    Role.RECOVER: "Jog easily between efforts.",
    Role.REST: "Stand or stroll.",
    Role.WALK: "Walk.",
    Role.HIKE: "Hike, as on a climb.",
    Role.COOLDOWN: "Cool down.",
}
_role_keys: Final[dict[str, Any]] = {
    word.replace("-", "_"): (scalars.Phrase | None, Field(None, alias=word, description=_FOR[role]))
    for word, role in ROLES.items()
}
_Roles = create_model("_Roles", __base__=Shape, **_role_keys)
"""The role words as keys."""


class StepShape(_Roles):  # type: ignore[misc, valid-type]  # the words stand in ROLES alone
    """One step: a role with a phrase, and what else belongs to it."""

    model_config = ConfigDict(json_schema_extra={"oneOf": [{"required": [word]} for word in ROLES]})

    at: scalars.Target | None = Field(None, description="The target, instead of `@` in the phrase.")
    also: scalars.Target | None = Field(None, description="A second target.")
    cue: scalars.Words | None = Field(
        None, description="What to think of, shown as a note on the watch.", examples=["tall, relaxed"]
    )
    tolerance: scalars.Tolerance | None = Field(None, description="How far a single pace is widened.")
    name: scalars.Words | None = Field(None, description="What the step is called.", examples=["High knees"])


class UntilShape(Shape):
    """Repeat until a distance or a time is done."""

    until: scalars.Amount = Field(description="A distance or a time.")


def _times_form(value: Any) -> str:
    return "<count>" if isinstance(value, str) else "<until>"


_Times = Annotated[
    Annotated[scalars.Number, Tag("<count>")] | Annotated[UntilShape, Tag("<until>")], Discriminator(_times_form)
]


class RepeatShape(Shape):
    """Steps to run several times."""

    repeat: _Times = Field(description="How often, or `{until: 10 km}`.")
    steps: "Steps" = Field(description="What to repeat.")
    last_recovery: scalars.KeepOrSkip | None = Field(None, description="Whether the last recovery is run.")


class PartsShape(Shape):
    """Equal parts of a total, one target each; `thirds` has three and needs no paces."""

    progression: scalars.EqualParts = Field(description="Three equal parts, or as many as there are paces.")
    total: scalars.Amount = Field(description="How far or how long in total, for example `12 km`.")
    paces: list[scalars.Target] | None = Field(None, description="One target a part, easiest first.")
    tolerance: scalars.Tolerance | None = Field(None, description="How far a single pace is widened.")


class CutDownShape(Shape):
    """Every split faster than the one before by the same step."""

    progression: scalars.CutDownStyle = Field(description="Splits, each faster than the one before by the same step.")
    total: scalars.Amount = Field(description="How far or how long in total, for example `12 km`.")
    every: scalars.Amount = Field(description="The length of a split.")
    from_: scalars.Target = Field(alias="from", description="The pace of the first split.")
    to: scalars.Target | None = Field(None, description="The pace of the last split, or the limit of a `drop`.")
    drop: scalars.Drop | None = Field(None, description="The change of pace from split to split.")
    tolerance: scalars.Tolerance | None = Field(None, description="How far a single pace is widened.")


class FastFinishShape(Shape):
    """A base, then blocks that close in on a faster pace."""

    progression: scalars.FastFinishStyle = Field(description="An even run with a faster end.")
    total: scalars.Amount = Field(description="How far or how long in total, for example `12 km`.")
    base: scalars.Target = Field(description="The pace before the finish.")
    finish: scalars.Amount = Field(description="How long the finish is.")
    every: scalars.Amount = Field(description="The length of its blocks.")
    to: scalars.Target = Field(description="The pace of the last block.")
    tolerance: scalars.Tolerance | None = Field(None, description="How far a single pace is widened.")


class ByFeelShape(Shape):
    """No pace: a question asked again and again."""

    progression: scalars.ByFeelStyle = Field(description="No pace, but a question that comes again and again.")
    total: scalars.Amount = Field(description="How far or how long in total, for example `12 km`.")
    first: scalars.Amount | None = Field(None, description="The very easy start (15 min).")
    ask_every: scalars.Amount | None = Field(None, description="How often the question comes (7:30).")
    cue: scalars.Words | None = Field(None, description="The question.")


class RampShape(Shape):
    """Equal parts from one pace to another."""

    progression: scalars.RampStyle = Field(description="Equal parts, evenly from one pace to another.")
    total: scalars.Amount = Field(description="How far or how long in total, for example `12 km`.")
    in_: scalars.Number = Field(alias="in", description="The number of parts.", examples=["5"])
    from_: scalars.Target = Field(alias="from", description="The pace of the first part.")
    to: scalars.Target = Field(description="The pace of the last part.")
    tolerance: scalars.Tolerance | None = Field(None, description="How far a single pace is widened.")


class WalkRunShape(Shape):
    """Running and walking in turn."""

    walk_run: scalars.Halves = Field(description="Both halves, in the order run.")
    total: scalars.Amount | None = Field(None, description="How long or how far in total.")
    repeats: scalars.Number | None = Field(None, description="How many rounds, instead of a total.", examples=["8"])
    fit: scalars.Fit | None = Field(None, description="How whole rounds fit the total (nearest).")
    end_on: scalars.Half | None = Field(None, description="The half it ends on (the second).")


class LadderShape(Shape):
    """Rungs with recoveries between them."""

    ladder: OneOrMore[scalars.Rungs] = Field(description="The rungs, as a list or as `6 x 1 km`.")
    at: OneOrMore[scalars.Target] | None = Field(None, description="One target, one a rung, or `4:40/km -> 4:10/km`.")
    recover: OneOrMore[scalars.Recovery] | None = Field(None, description="What is between rungs.")
    last_recovery: scalars.KeepOrSkip | None = Field(None, description="Whether one follows the last rung (skip).")
    tolerance: scalars.Tolerance | None = Field(None, description="How far a single pace is widened.")


class UseShape(Shape):
    """The steps of a block, or of another file."""

    use: scalars.Used = Field(description="A block of this document, else a file.")
    with_: dict[scalars.ParamName, scalars.Given] | None = Field(
        None, alias="with", description="Values for its params."
    )


Item = Annotated[
    Annotated[scalars.Line, Tag("<line>")]
    | Annotated[StepShape, Tag("<step>")]
    | Annotated[RepeatShape, Tag("<repeat>")]
    | Annotated[PartsShape, Tag("<parts>")]
    | Annotated[CutDownShape, Tag("<cut-down>")]
    | Annotated[FastFinishShape, Tag("<fast finish>")]
    | Annotated[ByFeelShape, Tag("<by feel>")]
    | Annotated[RampShape, Tag("<ramp>")]
    | Annotated[WalkRunShape, Tag("<walk_run>")]
    | Annotated[LadderShape, Tag("<ladder>")]
    | Annotated[UseShape, Tag("<use>")],
    Discriminator(tag),
]
Steps = Annotated[
    Annotated[scalars.Line, Tag("<one>")] | Annotated[list[Item], Tag("<list>")],
    Discriminator(_form),
]


def as_written(value: Any, _check: Any) -> Any:
    """For what is checked only once its params are filled in."""
    return value


Params = dict[scalars.ParamName, scalars.Default]


class BlockShape(Shape):
    """Steps to use several times; they are checked where they are used, with their params filled in."""

    params: Params | None = Field(None, description="Names that `$name` in its steps stands for, and their defaults.")
    steps: Annotated[Steps, WrapValidator(as_written)] = Field(description="What to do, in order.")


WIDENED: Final = f"How far a single pace is widened ({DEFAULT_TOLERANCE})."
CLAIM: Final = "What the workout adds up to; you are warned if it does not."
PRINTED: Final = "Metric or imperial (as the athlete file says)."
RULE_NAMES: Final[JsonDict] = {"propertyNames": {"enum": list(RULES)}}
"""What editors propose, and accept, under `lint`."""


class WorkoutShape(Shape):
    """A workout."""

    model_config = ConfigDict(
        title="negsplit workout",
        json_schema_extra={
            "examples": [
                {
                    "workout": "Cruise intervals",
                    "steps": ["warmup 15 min @ easy", "4x(1 mi @ threshold, 1 min)", "cooldown 10 min @ easy"],
                }
            ]
        },
    )

    workout: scalars.Name = Field(description="Its name. Watches keep the first 15 characters.")
    id: scalars.Identifier | None = Field(
        None, description="A name that never changes, so that accounts know it after a new title."
    )
    sport: scalars.Sport | None = Field(None, description="The sport (running).")
    notes: scalars.Words | None = Field(
        None, description="What it is for; shown with the workout.", examples=["Stop while it feels controlled."]
    )
    tags: OneOrMore[scalars.Words] | None = Field(None, description="Words to find it by.", examples=[["threshold"]])
    params: Params | None = Field(None, description="Names that `$name` in the steps stands for, and their defaults.")
    paces: dict[scalars.OwnName, scalars.Target] | None = Field(None, description="Names of your own for targets.")
    blocks: dict[scalars.BlockName, BlockShape] | None = Field(None, description="Steps that `use` puts in place.")
    tolerance: scalars.Tolerance | None = Field(None, description=WIDENED)
    units: scalars.Units | None = Field(None, description=PRINTED)
    last_recovery: scalars.KeepOrSkip | None = Field(None, description="The default for repeats.")
    adds_up_to: scalars.Claim | None = Field(None, description=CLAIM)
    lint: dict[scalars.Words, scalars.Off] | None = Field(
        None, description="Rules to ignore: `off`, or your reason.", json_schema_extra=RULE_NAMES
    )
    steps: Steps = Field(description="What to do, in order.")


class HeartRateShape(Shape):
    """Heart rates in beats per minute."""

    max: scalars.Number | None = Field(None, description="Your highest heart rate.", examples=["188"])
    rest: scalars.Number | None = Field(None, description="At rest.", examples=["48"])
    threshold: scalars.Number | None = Field(None, description="At lactate threshold (LTHR).", examples=["170"])
    zones: OneOrMore[scalars.Zones] | None = Field(
        None, description=f"Whose zones ({', '.join(ZONE_SYSTEMS)}), or n+1 edges in bpm for n zones."
    )


class PowerShape(Shape):
    """Running power."""

    critical: scalars.Watts = Field(description="Critical power in watts.")


class HistoryShape(Shape):
    """What a runner has run lately."""

    weeks: OneOrMore[scalars.Amount] = Field(description="How much in each of the last weeks, the newest last.")
    longest: scalars.RunOnDay | None = Field(None, description="The longest run of these weeks: 14 km on 2026-11-22.")
    runs: scalars.Number | None = Field(None, description="How many runs a week.")
    until: scalars.Day | None = Field(None, description="The last day of the newest of these weeks.")


class AthleteShape(Shape):
    """A runner's numbers."""

    model_config = ConfigDict(
        title="negsplit athlete",
        json_schema_extra={
            "examples": [
                {"athlete": "Example runner", "races": ["5 km in 22:30"]},
                {
                    "athlete": "Example runner",
                    "races": ["5 km in 22:30 on 2026-10-04", "half in 1:48:00 on 2026-09-20"],
                    "heart_rate": {"max": 188, "rest": 48, "threshold": 170},
                    "units": "imperial",
                },
            ]
        },
    )

    athlete: scalars.Name = Field(description="Your name.")
    races: OneOrMore[scalars.Race] | None = Field(None, description="Results; one is enough, several need dates.")
    threshold: scalars.Pace | None = Field(None, description="Threshold pace.")
    paces: dict[scalars.OwnName, scalars.Target] | None = Field(None, description="Names of your own for targets.")
    heart_rate: HeartRateShape | None = Field(None, description="Heart rates in beats per minute, and zones.")
    pace_zones: list[scalars.Pace] | None = Field(
        None, description="Edges between pace zones of your own, from slow to fast; n edges make n+1 zones."
    )
    power: PowerShape | None = Field(None, description="Your power.")
    history: HistoryShape | None = Field(None, description="What you have run in the last weeks.")
    volume: scalars.Volume | None = Field(
        None, description="Whether ranges such as `6..8` mean the low or the high end (low)."
    )
    tolerance: scalars.Tolerance | None = Field(None, description=WIDENED)
    units: scalars.Units | None = Field(None, description="Metric or imperial (metric).")
    account: scalars.Account | None = Field(
        None, description="Your account for `sync` and `upload`: garmin or intervals (garmin)."
    )
