"""The account's numbers for sports, steps, ends and targets, and their keys (``/workout-service/workout/types``)."""

from __future__ import annotations

from typing import Any, NamedTuple


class Kinds(NamedTuple):
    """One dictionary of the service: the field names of its number and its key, and what it knows."""

    number: str
    key: str
    known: dict[int, str]
    alias: dict[str, int]

    def of(self, value: Any) -> int | None:
        """The number in an object of this kind; None where there is none, or one the service does not know."""
        number = value.get(self.number) if isinstance(value, dict) else None
        return number if isinstance(number, int) and number in self.known else None

    def named(self, value: dict[str, Any]) -> bool:
        """Whether the key says what the number says. A key may be left out."""
        key = value.get(self.key)
        number = value[self.number]
        return key is None or self.known[number] == key or self.alias.get(key) == number


def _kinds(number: str, key: str, names: str, **alias: int) -> Kinds:
    aliases = {name.replace("_", "."): one for name, one in alias.items()}
    return Kinds(number, key, dict(enumerate(names.split(), 1)), aliases)


SPORTS = _kinds(
    "sportTypeId",
    "sportTypeKey",
    "running cycling other swimming strength_training cardio_training yoga pilates hiit multi_sport mobility",
)
STEPS = _kinds("stepTypeId", "stepTypeKey", "warmup cooldown interval recovery rest repeat other main")
ENDS = _kinds(
    "conditionTypeId",
    "conditionTypeKey",
    "lap.button time distance calories power heart.rate iterations fixed.rest fixed.repetition reps",
)
TARGETS = _kinds(
    "workoutTargetTypeId",
    "workoutTargetTypeKey",
    "no.target power.zone cadence heart.rate.zone speed.zone pace.zone grade heart.rate.lap power.lap power.3s "
    "power.10s power.30s speed.lap swim.stroke resistance power.curve swim.css.offset swim.instruction",
    cadence_zone=3,
)

TIME, DISTANCE, ITERATIONS = 2, 3, 7
NO_TARGET, HEART_RATE, SPEED, PACE = 1, 4, 5, 6
