"""The texts that stand in documents, each kind with what editors are told of it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Annotated, Any, Final

from pydantic_core import core_schema

from negsplit.document import choices
from negsplit.document.beginnings import BY_STYLE
from negsplit.tree.nodes import Text
from negsplit.words import DAYS, LONG_DAYS


@dataclass(frozen=True)
class Scalar:
    """A text in the document, and what editors are told of it.

    YAML 1.1 reads ``4``, ``4:30`` and ``on`` as numbers and truth values before an editor sees them, so
    ``kinds`` are all that may come of the text; only the parser knows which of them are right.
    """

    examples: tuple[str, ...] = ()
    choices: tuple[str, ...] = ()
    kinds: tuple[str, ...] = ("string",)
    joined: bool = False
    """Whether several of the choices may stand in one text, with commas between them."""

    def __get_pydantic_core_schema__(self, _source: Any, _handler: Any) -> core_schema.CoreSchema:
        return core_schema.is_instance_schema(Text)

    def __get_pydantic_json_schema__(self, _schema: Any, _handler: Any) -> dict[str, Any]:
        if self.choices:
            words = [
                {"enum": list(self.choices)},
                {"type": "string", "pattern": _in_any_case(self.choices, self.joined)},
            ]
            return {"anyOf": [*words, *({"type": kind} for kind in self.kinds if kind != "string")]}
        described: dict[str, Any] = {"type": list(self.kinds) if len(self.kinds) > 1 else self.kinds[0]}
        if "null" not in self.kinds:
            described["minLength"] = 1
        return described | ({"examples": list(self.examples)} if self.examples else {})


def _in_any_case(words: tuple[str, ...], joined: bool) -> str:
    """A pattern for words in any case and joined by any sign; JSON Schema knows no flags."""
    one = f"({'|'.join(''.join(map(_letter, word)) for word in words)})"
    return f"^{one}(\\s*,\\s*{one})*$" if joined else f"^{one}$"


def _letter(char: str) -> str:
    return f"[{char.upper()}{char}]" if char.isalpha() else "[-_ ]?"


_NUMERIC: Final = ("string", "number")
_ANY: Final = ("string", "number", "boolean")

Name = Annotated[Text, Scalar(("Cruise intervals 4 x 1 mile",), kinds=_ANY)]
Words = Annotated[Text, Scalar(("relaxed",), kinds=_ANY)]
Line = Annotated[Text, Scalar(("15 min @ easy", "4x(1 mi @ threshold, 1 min)"), kinds=_NUMERIC)]
Phrase = Annotated[Text, Scalar(("15 min @ easy", "1 mi @ threshold -- tall"), kinds=("string", "number", "null"))]
Number = Annotated[Text, Scalar(("4", "8..10"), kinds=_NUMERIC)]
Amount = Annotated[Text, Scalar(("12 km", "60 min", "3..6 mi"), kinds=_NUMERIC)]
Claim = Annotated[Text, Scalar(("9 mi", "14.5 km", "1 h 10 min"), kinds=_NUMERIC)]
Target = Annotated[Text, Scalar(("easy", "marathon + 25..30 s/km", "5:00/km", "HR 140..150", "RPE 6"))]
Tolerance = Annotated[Text, Scalar(("2 %", "5 s/km"))]
Drop = Annotated[Text, Scalar(("20 s/mi", "15..30 s/mi"))]
Halves = Annotated[Text, Scalar(("run 1 min / walk 2 min",))]
Rungs = Annotated[Text, Scalar(("1 min", "6 x 1 km"), kinds=_NUMERIC)]
Recovery = Annotated[Text, Scalar(("50 %", "same", "1 min"), kinds=_NUMERIC)]
Off = Annotated[Text, Scalar(("off",), kinds=("string", "boolean"))]
Zones = Annotated[Text, Scalar(tuple(choices.ZONE_SYSTEMS), kinds=_NUMERIC)]
Watts = Annotated[Text, Scalar(("280 W",), kinds=_NUMERIC)]
Race = Annotated[Text, Scalar(("5 km in 22:30 on 2026-10-04", "half in 1:48:00", "10 km in 47:10 on 2026-07-04, hot"))]
RunOnDay = Annotated[Text, Scalar(("14 km on 2026-11-22", "1 h 30 min"))]
Pace = Annotated[Text, Scalar(("4:40/km",))]
OwnName = Annotated[Text, Scalar(("park loop",))]

ParamName = Annotated[Text, Scalar(("reps",))]
Default = Annotated[Text, Scalar(("4", "threshold"), kinds=("string", "number", "boolean", "null"))]
Given = Annotated[Text, Scalar(("6", "10k"), kinds=_ANY)]
BlockName = Annotated[Text, Scalar(("strides",))]
Used = Annotated[Text, Scalar(("strides", "lib/strides.workout.yaml"))]

Day = Annotated[Text, Scalar(("2026-11-30",))]
MovedDay = Annotated[Text, Scalar(("w05-tue", "tue"))]
DayOrDate = Annotated[Text, Scalar(("thu", "2027-02-13"))]
Fitness = Annotated[Text, Scalar(("98.5 %",), kinds=_NUMERIC)]
Why = Annotated[Text, Scalar(choices=tuple(choices.BREAKS))]
DayName = Annotated[Text, Scalar(("week 6",))]
RaceDistance = Annotated[Text, Scalar(("half", "10 km"))]
Clock = Annotated[Text, Scalar(("1:45:00",), kinds=_NUMERIC)]
Weeks = Annotated[Text, Scalar(("1-8", "2, 5, 9-11", "1-12 odd"), kinds=_NUMERIC)]
Share = Annotated[Text, Scalar(("25 %",))]
Remark = Annotated[Text, Scalar(("after the long run",), kinds=("string", "number", "boolean", "null"))]
TimeOfDay = Annotated[Text, Scalar(("06:30",), kinds=_NUMERIC)]
Identifier = Annotated[Text, Scalar(("walk-run-30",), kinds=_ANY)]
Path = Annotated[Text, Scalar(("me.athlete.yaml",))]

KeepOrSkip = Annotated[Text, Scalar(choices=tuple(choices.LAST_RECOVERIES))]


def _styles(tag: str) -> Scalar:
    """The progressions that have one shape."""
    return Scalar(choices=tuple(style for style, of in BY_STYLE.items() if of == tag))


EqualParts = Annotated[Text, _styles("<parts>")]
CutDownStyle = Annotated[Text, _styles("<cut-down>")]
FastFinishStyle = Annotated[Text, _styles("<fast finish>")]
ByFeelStyle = Annotated[Text, _styles("<by feel>")]
RampStyle = Annotated[Text, _styles("<ramp>")]
Fit = Annotated[Text, Scalar(choices=tuple(choices.FITS))]
Half = Annotated[Text, Scalar(choices=tuple(choices.HALVES))]
Sport = Annotated[Text, Scalar(choices=tuple(choices.SPORTS))]
Volume = Annotated[Text, Scalar(choices=tuple(choices.VOLUMES))]
Units = Annotated[Text, Scalar(choices=tuple(choices.UNITS))]
Account = Annotated[Text, Scalar(choices=tuple(choices.ACCOUNTS))]
YesOrNo = Annotated[Text, Scalar(choices=tuple(choices.YES_OR_NO), kinds=("string", "boolean"))]
_DAYS: Final = (*DAYS, *LONG_DAYS)
Weekday = Annotated[Text, Scalar(choices=_DAYS)]
Weekdays = Annotated[Text, Scalar(choices=_DAYS, joined=True)]
