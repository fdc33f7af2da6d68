"""The shapes of the documents: which keys there are, and what kind of value each takes.

What stands in the values is parsed elsewhere; here they are texts that know their places. The same
classes give the JSON Schemas that editors use, which is why numbers are welcome where people type them.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Annotated, Any, Final, Literal, TypeVar

from pydantic import BaseModel, ConfigDict, Discriminator, Field, Tag
from pydantic.json_schema import GenerateJsonSchema
from pydantic_core import core_schema

from negsplit.dsl.phrase import ROLES
from negsplit.dsl.tree import Text

SCHEMA_DIALECT: Final = "https://json-schema.org/draft/2020-12/schema"


@dataclass(frozen=True)
class Scalar:
    """A text in the document, and what editors are told of it."""

    examples: tuple[str, ...] = ()
    choices: tuple[str, ...] = ()
    kinds: tuple[str, ...] = ("string",)

    def __get_pydantic_core_schema__(self, _source: Any, _handler: Any) -> core_schema.CoreSchema:
        return core_schema.is_instance_schema(Text)

    def __get_pydantic_json_schema__(self, _schema: Any, _handler: Any) -> dict[str, Any]:
        described: dict[str, Any] = {"type": list(self.kinds) if len(self.kinds) > 1 else self.kinds[0]}
        if self.choices:
            described["enum"] = list(self.choices)
        if self.examples:
            described["examples"] = list(self.examples)
        return described


_NUMERIC: Final = ("string", "number")
_Words = Annotated[Text, Scalar()]
_Name = Annotated[Text, Scalar(("Cruise intervals 4 x 1 mile",), kinds=_NUMERIC)]
_Number = Annotated[Text, Scalar(("4",), kinds=_NUMERIC)]
_Phrase = Annotated[Text, Scalar(("15 min @ easy", "1 mi @ threshold -- tall, relaxed"), kinds=("string", "null"))]
_Line = Annotated[Text, Scalar(("4x(1 mi @ threshold, 1 min)",))]
_Target = Annotated[Text, Scalar(("easy", "marathon + 25..30 s/km", "5:00/km", "HR 140..150", "RPE 6"))]
_Amount = Annotated[Text, Scalar(("12 km", "60 min", "3..6 mi"))]
_Percent = Annotated[Text, Scalar(("2 %",))]
_Drop = Annotated[Text, Scalar(("20 s/mi", "15..30 s/mi"))]
_KeepOrSkip = Annotated[Text, Scalar(choices=("keep", "skip"))]
_Paces = dict[Annotated[Text, Scalar(("park loop",))], _Target]

T = TypeVar("T")


def _form(value: Any) -> str:
    return "<one>" if isinstance(value, str) else "<list>"


OneOrMore = Annotated[Annotated[T, Tag("<one>")] | Annotated[list[T], Tag("<list>")], Discriminator(_form)]


class Shape(BaseModel):
    """A mapping with no keys but its own."""

    model_config = ConfigDict(extra="forbid", frozen=True, defer_build=True)

    @classmethod
    def noun(cls) -> str:
        """What a message calls it: ``step``, ``fast finish``."""
        words = re.sub(r"(?<=[a-z])(?=[A-Z])", " ", cls.__name__.removesuffix("Shape"))
        return words.lower()


class StepShape(Shape):
    """One step: a role with a phrase, and what else belongs to it."""

    model_config = ConfigDict(
        title="Step",
        json_schema_extra={"oneOf": [{"required": [key]} for key in ROLES]},
    )

    warmup: _Phrase | None = Field(None, description="Warm up.")
    warm_up: _Phrase | None = Field(None, alias="warm-up", description="Warm up.")
    run: _Phrase | None = Field(None, description="Run.")
    recover: _Phrase | None = Field(None, description="Jog easily between efforts.")
    recovery: _Phrase | None = Field(None, description="Jog easily between efforts.")
    jog: _Phrase | None = Field(None, description="Jog easily between efforts.")
    rest: _Phrase | None = Field(None, description="Stand or stroll.")
    walk: _Phrase | None = Field(None, description="Walk.")
    hike: _Phrase | None = Field(None, description="Hike, as on a climb.")
    cooldown: _Phrase | None = Field(None, description="Cool down.")
    cool_down: _Phrase | None = Field(None, alias="cool-down", description="Cool down.")
    at: _Target | None = Field(None, description="The target, instead of `@` in the phrase.")
    also: _Target | None = Field(None, description="A second target.")
    cue: _Words | None = Field(None, description="What to think of, shown as a note on the watch.")
    tolerance: _Percent | None = Field(None, description="How far a single pace is widened to each side.")


class UntilShape(Shape):
    """Repeat until a distance or a time is done."""

    until: _Amount = Field(description="A distance or a time.")


def _times_form(value: Any) -> str:
    return "<count>" if isinstance(value, str) else "<until>"


_Times = Annotated[
    Annotated[_Number, Tag("<count>")] | Annotated[UntilShape, Tag("<until>")], Discriminator(_times_form)
]


class RepeatShape(Shape):
    """Steps to run several times."""

    repeat: _Times = Field(description="How often, or `{until: 10 km}`.")
    steps: Steps = Field(description="What to repeat.")
    last_recovery: _KeepOrSkip | None = Field(None, description="Whether the last repetition keeps its recovery.")


class _Progression(Shape):
    progression: _Words
    total: _Amount = Field(description="How far or how long in all.")


class PartsShape(_Progression):
    """Equal parts of a total, one target each; `thirds` has three and needs no paces."""

    progression: Annotated[
        Text,
        Scalar(
            choices=(
                "thirds",
                "parts",
            )
        ),
    ]
    paces: list[_Target] | None = Field(None, description="One target a part, easiest first.")
    tolerance: _Percent | None = None


class CutDownShape(_Progression):
    """Every split faster than the one before by the same step."""

    progression: Annotated[Text, Scalar(choices=("cut-down",))]
    every: _Amount = Field(description="The length of a split.")
    from_: _Target = Field(alias="from", description="The pace of the first split.")
    to: _Target | None = Field(None, description="The pace of the last split.")
    drop: _Drop | None = Field(None, description="The change of pace from split to split.")
    tolerance: _Percent | None = None


class FastFinishShape(_Progression):
    """A base, then blocks that close in on a faster pace."""

    progression: Annotated[Text, Scalar(choices=("fast finish",))]
    base: _Target = Field(description="The pace before the finish.")
    finish: _Amount = Field(description="How long the finish is.")
    every: _Amount = Field(description="The length of its blocks.")
    to: _Target = Field(description="The pace of the last block.")
    tolerance: _Percent | None = None


class ByFeelShape(_Progression):
    """No pace: a question asked again and again."""

    progression: Annotated[Text, Scalar(choices=("by feel",))]
    first: _Amount | None = Field(None, description="The very easy start (15 min).")
    ask_every: _Amount | None = Field(None, description="How often the question comes (7:30).")
    cue: _Words | None = Field(None, description="The question.")


class RampShape(_Progression):
    """Equal parts from one pace to another."""

    progression: Annotated[Text, Scalar(choices=("ramp",))]
    in_: _Number = Field(alias="in", description="The number of parts.")
    from_: _Target = Field(alias="from", description="The pace of the first part.")
    to: _Target = Field(description="The pace of the last part.")
    tolerance: _Percent | None = None


class WalkRunShape(Shape):
    """Running and walking in turn."""

    walk_run: Annotated[Text, Scalar(("run 1 min / walk 2 min",))] = Field(description="Both halves, in the order run.")
    total: _Amount | None = Field(None, description="How long or how far in all.")
    repeats: _Number | None = Field(None, description="How many rounds, instead of a total.")
    fit: (
        Annotated[
            Text,
            Scalar(
                choices=(
                    "nearest",
                    "down",
                    "up",
                    "exact",
                )
            ),
        ]
        | None
    ) = Field(None, description="How rounds fit the total.")
    end_on: (
        Annotated[
            Text,
            Scalar(
                choices=(
                    "run",
                    "walk",
                )
            ),
        ]
        | None
    ) = Field(None, description="The half it ends on.")


class LadderShape(Shape):
    """Rungs with recoveries between them."""

    ladder: OneOrMore[
        Annotated[
            Text,
            Scalar(
                (
                    "1 min",
                    "6 x 1 km",
                )
            ),
        ]
    ] = Field(description="The rungs.")
    at: OneOrMore[_Target] | None = Field(None, description="One target, one a rung, or `4:40/km -> 4:10/km`.")
    recover: (
        OneOrMore[
            Annotated[
                Text,
                Scalar(
                    (
                        "50 %",
                        "same",
                        "1 min",
                    )
                ),
            ]
        ]
        | None
    ) = Field(None, description="What is between rungs.")
    last_recovery: _KeepOrSkip | None = Field(None, description="Whether one follows the last rung (skip).")
    tolerance: _Percent | None = None


_BY_STYLE: Final = {
    "thirds": "<parts>",
    "parts": "<parts>",
    "cut-down": "<cut-down>",
    "fast finish": "<fast finish>",
    "by feel": "<by feel>",
    "ramp": "<ramp>",
}
STYLES: Final = tuple(_BY_STYLE)
FIRST_KEYS: Final = (*ROLES, "repeat", "progression", "walk_run", "ladder")
"""What a step may begin with."""


def style(text: str) -> str:
    """The canonical name of a progression's style: ``Cut down`` -> ``cut-down``."""
    words = " ".join(text.lower().replace("-", " ").split())
    return {"cut down": "cut-down", "cutdown": "cut-down", "fastfinish": "fast finish"}.get(words, words)


def _tag(value: Any) -> str | None:
    if isinstance(value, str):
        return "<line>"
    first = next(iter(value), None) if isinstance(value, dict) else None
    if first == "progression":
        named = value[first]
        return _BY_STYLE.get(style(named)) if isinstance(named, str) else None
    if first in ROLES:
        return "<step>"
    return f"<{first}>" if first in FIRST_KEYS else None


Item = Annotated[
    Annotated[_Line, Tag("<line>")]
    | Annotated[StepShape, Tag("<step>")]
    | Annotated[RepeatShape, Tag("<repeat>")]
    | Annotated[PartsShape, Tag("<parts>")]
    | Annotated[CutDownShape, Tag("<cut-down>")]
    | Annotated[FastFinishShape, Tag("<fast finish>")]
    | Annotated[ByFeelShape, Tag("<by feel>")]
    | Annotated[RampShape, Tag("<ramp>")]
    | Annotated[WalkRunShape, Tag("<walk_run>")]
    | Annotated[LadderShape, Tag("<ladder>")],
    Discriminator(_tag),
]
Steps = Annotated[
    Annotated[_Line, Tag("<one>")] | Annotated[list[Item], Tag("<list>")],
    Discriminator(_form),
]


class WorkoutShape(Shape):
    """A workout."""

    model_config = ConfigDict(title="negsplit workout")

    workout: _Name = Field(description="Its name. Watches keep the first 15 characters.")
    sport: (
        Annotated[
            Text,
            Scalar(
                choices=(
                    "running",
                    "trail_running",
                    "track_running",
                    "treadmill",
                    "walking",
                    "hiking",
                )
            ),
        ]
        | None
    ) = Field(None, description="The sport (running).")
    notes: _Words | None = Field(None, description="What it is for; shown with the workout.")
    tags: OneOrMore[Annotated[Text, Scalar(("threshold",), kinds=_NUMERIC)]] | None = Field(
        None, description="Words to find it by."
    )
    paces: _Paces | None = Field(None, description="Names of your own for targets.")
    tolerance: _Percent | None = Field(None, description="How far a single pace is widened to each side (2 %).")
    last_recovery: _KeepOrSkip | None = Field(None, description="The default for repeats that end in a recovery.")
    lint: dict[_Words, Annotated[Text, Scalar(("off",), kinds=("string", "boolean"))]] | None = Field(
        None, description="Rules set aside: `off`, or the reason."
    )
    steps: Steps = Field(description="What to do, in order.")


class HeartRateShape(Shape):
    """Heart rates in beats per minute."""

    max: _Number | None = Field(None, description="The highest ever seen.")
    rest: _Number | None = Field(None, description="At rest.")
    threshold: _Number | None = Field(None, description="At lactate threshold (LTHR).")
    zones: (
        OneOrMore[
            Annotated[
                Text,
                Scalar(
                    (
                        "friel",
                        "garmin-max",
                        "garmin-hrr",
                        "garmin-lthr",
                    ),
                    kinds=_NUMERIC,
                ),
            ]
        ]
        | None
    ) = Field(None, description="A system, or the edges in bpm: n+1 for n zones.")


class PowerShape(Shape):
    """Running power."""

    critical: Annotated[Text, Scalar(("280 W",), kinds=_NUMERIC)] = Field(description="Critical power.")


class AthleteShape(Shape):
    """A runner's numbers."""

    model_config = ConfigDict(title="negsplit athlete")

    athlete: _Name = Field(description="The runner's name.")
    races: (
        OneOrMore[
            Annotated[
                Text,
                Scalar(
                    (
                        "5 km in 22:30 on 2026-10-04",
                        "half in 1:48:00",
                    )
                ),
            ]
        ]
        | None
    ) = Field(None, description="Results; one is enough. Dates are needed with several.")
    threshold: Annotated[Text, Scalar(("4:40/km",))] | None = Field(None, description="Threshold pace.")
    paces: _Paces | None = Field(None, description="Names of your own for targets.")
    heart_rate: HeartRateShape | None = None
    power: PowerShape | None = None
    volume: (
        Annotated[
            Text,
            Scalar(
                choices=(
                    "low",
                    "middle",
                    "high",
                )
            ),
        ]
        | None
    ) = Field(None, description="What ranges come to (low).")
    tolerance: _Percent | None = Field(None, description="How far a single pace is widened to each side (2 %).")
    units: (
        Annotated[
            Text,
            Scalar(
                choices=(
                    "metric",
                    "imperial",
                )
            ),
        ]
        | None
    ) = Field(None, description="How things are printed (metric).")


SHAPES: Final[dict[str, type[Shape]]] = {"workout": WorkoutShape, "athlete": AthleteShape}
"""The kinds of document, by the key that comes first."""


SHAPES_BY_TAG: Final[dict[str, type[Shape]]] = {
    "<step>": StepShape,
    "<repeat>": RepeatShape,
    "<until>": UntilShape,
    "<parts>": PartsShape,
    "<cut-down>": CutDownShape,
    "<fast finish>": FastFinishShape,
    "<by feel>": ByFeelShape,
    "<ramp>": RampShape,
    "<walk_run>": WalkRunShape,
    "<ladder>": LadderShape,
    "heart_rate": HeartRateShape,
    "power": PowerShape,
}
"""The shape that a part of a fault's place stands for."""


class _Schema(GenerateJsonSchema):
    schema_dialect = SCHEMA_DIALECT


def json_schema(kind: Literal["workout", "athlete"]) -> dict[str, Any]:
    """The JSON Schema of a kind of document, for editors."""
    schema = SHAPES[kind].model_json_schema(by_alias=True, schema_generator=_Schema)
    return {"$schema": SCHEMA_DIALECT, **schema}
