"""Workouts of Garmin Connect in a file, as JSON or as YAML: one, a list of them, or a list under some key."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any, Final, NamedTuple

from negsplit.diagnostics import Diagnostic, Report, Severity, Span
from negsplit.formats.connect.program import Meaning, NotAWorkoutError, other_sport, to_program
from negsplit.formats.foreign import ForeignOptions, ForeignWorkout, Found, Reader
from negsplit.formats.foreign_file import ForeignFile
from negsplit.formats.json_fields import Object, text
from negsplit.formats.json_places import Path, Values, json_values, yaml_values

_SEGMENTS: Final = "workoutSegments"
_SHOWN: Final = 40
"""Characters of a name in a message."""


class _Other(NamedTuple):
    """A form of JSON that is often taken for this one: how it is known, and what to do."""

    key: str
    what: str
    help: str


_OTHERS: Final = (
    _Other(
        "primaryIntensityMetric", "a workout of TrainingPeaks", "sync it to your Garmin account, and export it there"
    ),
    _Other("durationType", "a workout of Garmin's partner API", "export it from your Garmin account instead"),
)


def _looks_like(file: ForeignFile) -> bool:
    """Whether the fields are there, or those of one that is refused by its name."""
    words = file.source.text
    if not words.lstrip().startswith(("{", "[")):
        return _SEGMENTS + ":" in words
    is_ours = _SEGMENTS in words or ("workoutName" in words and "sportType" in words)
    return is_ours or any(f'"{other.key}"' in words for other in _OTHERS)


def _read(files: Sequence[ForeignFile], _options: ForeignOptions) -> Found:
    report = Report()
    workouts: list[ForeignWorkout] = []
    for file in files:
        is_json = file.source.text.lstrip().startswith(("{", "["))
        values = (json_values if is_json else yaml_values)(file.source, report)
        if values is not None:
            bodies = list(_bodies(values.top, ()))
            workouts += (_Workout(values, path, len(bodies) > 1).read(body) for path, body in bodies)
            _say_what_is_around(values, bodies, report)
    return Found(tuple(workouts), messages=tuple(report.diagnostics))


def _bodies(top: Any, path: Path) -> Iterator[tuple[Path, Any]]:
    """What are workouts: the top, or the members of a list, or what lies below a key that holds some."""
    if isinstance(top, list):
        for index, one in enumerate(top):
            yield (*path, index), one
        return
    below = [key for key, value in top.items() if _holds_workouts(value)] if isinstance(top, dict) else []
    if _is_workout(top) or not below:
        yield path, top
        return
    for key in below:
        yield from _bodies(top[key], (*path, key))


def _is_workout(value: Any) -> bool:
    return isinstance(value, dict) and _SEGMENTS in value


def _holds_workouts(value: Any) -> bool:
    return _is_workout(value) or (isinstance(value, list) and any(map(_is_workout, value)))


def _say_what_is_around(values: Values, bodies: Sequence[tuple[Path, Any]], report: Report) -> None:
    """A note on the fields beside those that hold the workouts."""
    used = {path[0] for path, _ in bodies if path}
    if isinstance(values.top, dict) and used:
        for key in values.top.keys() - used:
            report.note("left-out", f"field {key} is left out", values.span((key,)))


class _Workout:
    """One workout of a file: what stands at a path of its values. ``is_named`` says that messages name it."""

    def __init__(self, values: Values, path: Path, is_named: bool) -> None:
        self.values, self.path, self.is_named = values, path, is_named
        self.name = ""

    def read(self, body: Any) -> ForeignWorkout:
        """The workout, or why it is none."""
        if not isinstance(body, dict):
            return self._refused(
                "this is no workout of Garmin Connect", "is it one? as JSON, a workout begins with `{`"
            )
        self.name = text(body, "workoutName")
        if not _is_workout(body):
            return self._refused(*_other_form(body))
        if sport := other_sport(body):
            message = self._said(f"this is {sport}, not running: passed over")
            note = Diagnostic("passed-over", message, self._span(("sportType",)), severity=Severity.NOTE)
            return ForeignWorkout(self.name, None, (note,), self._span(), sport)
        try:
            meaning = to_program(body)
        except NotAWorkoutError as error:
            return self._refused(str(error), "correct it in Garmin Connect, and export it again", error.path)
        if not meaning.program.steps:
            return self._refused("it has no steps", "give it one in Garmin Connect, and export it again", (_SEGMENTS,))
        return self._found(meaning)

    def _found(self, meaning: Meaning) -> ForeignWorkout:
        messages = tuple(
            Diagnostic(one.code, self._said(str(one)), self._span(one.path), severity=Severity.NOTE)
            for one in meaning.remarks
        )

        def place(index: int) -> tuple[str, Span]:
            number, path = meaning.places[index]
            return self._said(f"step {number}"), self._span(path)

        return ForeignWorkout(self.name, meaning.program, messages, self._span(("workoutName",)), place=place)

    def _refused(self, message: str, help: str, path: Path = ()) -> ForeignWorkout:
        fault = Diagnostic("refused", self._said(message), self._span(path), (help,))
        return ForeignWorkout(self.name, None, (fault,), self._span())

    def _span(self, within: Path = ()) -> Span:
        return self.values.span((*self.path, *within))

    def _said(self, message: str) -> str:
        """With the name of the workout, where others are in the file."""
        return f"`{self.name[:_SHOWN]}`, {message}" if self.is_named and self.name else message


def _other_form(body: Object) -> tuple[str, str]:
    """Why an object without segments is no workout, and what to do."""
    keys = set(_keys(body))
    for other in _OTHERS:
        if other.key in keys:
            return f"this is {other.what}, not one that Garmin Connect keeps", other.help
    if "workoutName" in body:
        return (
            "it has no steps: this is the list of workouts, without what is in them",
            "export each workout by itself",
        )
    return "this is no workout of Garmin Connect: it has no `workoutSegments`", "look at what stands there"


def _keys(value: Any, depth: int = 3) -> Iterator[str]:
    """The keys of an object and of those close below it."""
    if isinstance(value, dict):
        yield from value
    for one in value.values() if isinstance(value, dict) else value if isinstance(value, list) else ():
        if depth:
            yield from _keys(one, depth - 1)


READER: Final = Reader("connect", "workouts of Garmin Connect as JSON or YAML", _looks_like, _read, ".json")
