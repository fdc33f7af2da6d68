"""The blocks of a Zwift run as steps. Power is a share of a speed: seconds a kilometre are the base's by Power.

A block that cannot be read is an error, for a step must not be lost; whatever else is read otherwise than it stands
there is a note at its place.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from decimal import Decimal
from typing import Final, Literal

from negsplit.diagnostics import Report, Source, Span, listed
from negsplit.formats.foreign import ForeignOptions
from negsplit.formats.xml_tree import Element, span
from negsplit.formats.zwo.fields import Fields, Leftovers
from negsplit.formats.zwo.paces import BASES, PACES
from negsplit.formats.zwo.texts import cue, is_text
from negsplit.formats.zwo.words import role_of
from negsplit.limits import (
    FARTHEST,
    HIGHEST_SPM,
    LONGEST,
    LOWEST_SPM,
    MOST_SPLITS,
    NEAREST,
    NEAREST_SPLIT,
    SHORTEST,
    SHORTEST_SPLIT,
)
from negsplit.model import Item, Ramp, Repeat, Role, Step
from negsplit.targets import Between, CadenceTarget, Named, PacePoint, PaceTarget, Scaled, Target
from negsplit.units import Amount, Distance, Duration, Pace, Percent, size

Unit = Literal["time", "distance"]
Base = Decimal | str
"""What ``Power`` is a share of: seconds a kilometre, or a pace by its name."""

MOST_BLOCKS: Final = 1_000
"""Of a file: nobody runs as many, and reading back what is written of them takes a second."""
MOST_ROUNDS: Final = 1_000
_MOST_POWER: Final = 10
"""Of a base. Numbers are bounded before they are multiplied; whether somebody can run so is judged later."""
_ENDLESS: Final = 10_000_000
"""More seconds or metres than any step lasts."""
_ONE_FOOT: Final = 120
"""Below this a cadence counts one foot: zwomaker writes half, kaiord means steps of both."""
_SECONDS: Final = (120, 900)
"""What a ``pace`` may be that kaiord writes in seconds a kilometre."""
_OF_A_STEADY: Final = frozenset(("neverfails", "forced_performance_test", "ramptest", "show_avg"))
"""How the program treats a step, not what to run."""
_OF_A_FREE: Final = frozenset(("flatroad", "show_avg"))


class Blocks:
    """Reads the blocks of one workout; mistakes and notes go to ``report``.

    ``threshold`` are the seconds a kilometre that the file says of itself.
    """

    def __init__(
        self,
        source: Source,
        unit: Unit,
        threshold: Decimal | None,
        options: ForeignOptions,
        leftovers: Leftovers,
        report: Report,
    ) -> None:
        self._source, self._unit, self._threshold = source, unit, threshold
        self._options, self._leftovers, self._report = options, leftovers, report
        self._asked_for_base = False
        self._known: dict[str, Callable[[Element], Sequence[Item]]] = {
            "steadystate": self._steady,
            "warmup": self._ramp,
            "ramp": self._ramp,
            "cooldown": self._ramp,
            "intervalst": self._intervals,
            "freeride": self._free,
            "maxeffort": self._free,
        }

    def read(self, elements: Iterable[Element]) -> tuple[Item, ...]:
        """The steps of blocks, in their order."""
        steps: list[Item] = []
        for number, element in enumerate(elements):
            if number == MOST_BLOCKS:
                message = f"this has more than {MOST_BLOCKS} blocks"
                self._report.error("refused", message, span(self._source, element), "make it several workouts")
                break
            if reader := self._known.get(element.tag.lower()):
                steps += reader(element)
            elif any(name.lower() in ("duration", "onduration") for name in element.attrib):
                message = f"`{element.tag[:40]}` is no block of a run that is known"
                place = span(self._source, element)
                self._report.error("refused", message, place, "write it as a `SteadyState`, or leave it out")
            else:
                self._leftovers.element(element)
        return tuple(steps)

    # Blocks.

    def _steady(self, element: Element) -> Sequence[Item]:
        fields = self._fields(element, _OF_A_STEADY)
        length = self._length(fields, "Duration")
        target = self._of_pace_alone(fields) if not _says(fields, "Power", "PowerLow", "PowerHigh") else None
        if target is None:
            target = self._target(fields, "Power", "PowerLow", "PowerHigh")
        return self._steps(element, fields, length, self._targets(target, fields, "Cadence"))

    def _free(self, element: Element) -> Sequence[Item]:
        fields = self._fields(element, _OF_A_FREE)
        if element.tag.lower() == "maxeffort":
            self._differs("`MaxEffort` is read as a step without a target", fields.span())
        length = self._length(fields, "Duration")
        return self._steps(element, fields, length, self._targets(None, fields, "Cadence"))

    def _ramp(self, element: Element) -> Sequence[Item]:
        fields = self._fields(element, frozenset(("quantize",)))
        role = {"warmup": Role.WARMUP, "cooldown": Role.COOLDOWN}.get(element.tag.lower(), Role.RUN)
        length = self._length(fields, "Duration")
        low, high = self._power(fields, "PowerLow"), self._power(fields, "PowerHigh")
        if not (low and high) or low == high:
            target = self._target(fields, "Power", "PowerLow", "PowerHigh")
            return self._steps(element, fields, length, self._targets(target, fields, "Cadence"), role)
        base = self._base(fields)
        if base is None or length is None:
            return ()
        if splits := _splits(length, self._options.ramps):
            start, finish = (PaceTarget(_point(base, end), span=fields.span()) for end in (low, high))
            beside = self._targets(None, fields, "Cadence")
            text = cue(self._source, element, self._leftovers, self._report)
            self._differs(f"this `{element.tag}` changes all the time: it is cut into {splits} splits", fields.span())
            self._leave(element, fields)
            return (Ramp(length, splits, start, finish, role=role, beside=beside, cue=text, span=fields.span()),)
        help = "`--ramps 4` cuts it into four splits" if not self._options.ramps else "it is too short to be cut"
        message = f"this `{element.tag}` is a ramp: it is read as one step between its slowest and its fastest pace"
        self._report.note("differs", message, fields.span(), help)
        target = PaceTarget(_between(base, low, high), span=fields.span())
        return self._steps(element, fields, length, self._targets(target, fields, "Cadence"), role)

    def _intervals(self, element: Element) -> Sequence[Item]:
        fields = self._fields(element, frozenset(("overunder",)))
        times = self._times(fields)
        on, off = (self._half(fields, *names) for names in (_ON, _OFF))
        steps = self._steps(element, fields, on[0], on[1])
        if off[0]:
            steps.append(Step(Role.RECOVER, off[0], off[1], span=fields.span()))
        if times > 1 and steps:
            return (Repeat(times, tuple(steps), span=fields.span()),)
        return steps if times else ()

    def _half(
        self, fields: Fields, length: str, power: str, low: str, high: str, cadence: str
    ) -> tuple[Amount | None, tuple[Target, ...]]:
        found = self._length(fields, length)
        if found is None:
            for name in (power, low, high, cadence):
                fields.text(name)
            return None, ()
        return found, self._targets(self._target(fields, power, low, high), fields, cadence)

    def _times(self, fields: Fields) -> int:
        """How often; none where that cannot be told, or is none, which is said."""
        times = fields.number("Repeat") if fields.text("Repeat") else Decimal(1)
        if times is None:
            return 0
        if times != int(times) or not 0 <= times <= MOST_ROUNDS:
            message = f"a block repeats from 0 to {MOST_ROUNDS} times"
            self._report.error("refused", message, fields.span("Repeat"), "write a whole number")
            return 0
        if not times:
            self._left_out("a block that is repeated 0 times is left out", fields.span("Repeat"))
        return int(times)

    def _steps(
        self,
        element: Element,
        fields: Fields,
        length: Amount | None,
        targets: tuple[Target, ...],
        role: Role = Role.RUN,
    ) -> list[Item]:
        """A step, for what its text says where its block does not."""
        is_repeated = element.tag.lower() == "intervalst"
        text = cue(self._source, element, self._leftovers, self._report, is_repeated=is_repeated)
        if element.tag.lower() in ("steadystate", "freeride"):
            role, text = role_of(text)
        self._leave(element, fields)
        return [Step(role, length, targets, text, span=fields.span())] if length else []

    # Amounts.

    def _length(self, fields: Fields, name: str) -> Amount | None:
        """Seconds or metres; None for none at all, which is said, or, with an error, what no step lasts."""
        text = fields.text(name)
        found = fields.number(name)
        if found is None:
            if not text and name == "OffDuration":
                self._differs("without an `OffDuration` nothing is between the rounds", fields.span())
            elif not text:
                self._report.error("refused", f"`{name}` is missing", fields.span(), f'write `{name}="600"`')
            return None
        if not found:
            self._left_out(f"`{name}` is 0: the step is left out", fields.span(name))
            return None
        shortest, longest = (SHORTEST, LONGEST) if self._unit == "time" else (NEAREST, FARTHEST)
        amount: Amount | None = None
        if 0 < found < _ENDLESS:
            amount = Duration.of(found, "s") if self._unit == "time" else Distance.of(found, "m")
        if amount is None or not size(shortest) <= size(amount) <= size(longest):
            message = f"a step lasts from {shortest} to {longest}"
            self._report.error("refused", message, fields.span(name), f"change `{name}`")
            return None
        return amount

    # Targets.

    def _of_pace_alone(self, fields: Fields) -> PaceTarget | None:
        """The pace that kaiord writes in seconds a kilometre, without any ``Power``."""
        found = fields.number("pace")
        slow, fast = _SECONDS
        if found is None or not slow <= found <= fast:
            return None
        self._differs(f'`pace="{found}"` without `Power` is read as seconds a kilometre', fields.span("pace"))
        return PaceTarget(_pace(found), span=fields.span("pace"))

    def _target(self, fields: Fields, power: str, low: str, high: str) -> PaceTarget | None:
        """The pace to hold, or two to stay between; None, which is said, where there is none."""
        one = self._power(fields, power)
        ends = [one, one] if one else [self._power(fields, low), self._power(fields, high)]
        known = [end for end in ends if end]
        if not known:
            if not self._report.failed:
                self._differs(f"without `{power}` this is read as a step without a target", fields.span(power))
            return None
        base = self._base(fields)
        return PaceTarget(_between(base, known[0], known[-1]), span=fields.span(power)) if base else None

    def _power(self, fields: Fields, name: str) -> Decimal | None:
        """A share above 0; 0 is none."""
        found = fields.number(name)
        if found is None or not found:
            return None
        if 0 < found <= _MOST_POWER and found >= Decimal("0.001"):
            return found
        help = f"100 % is written 1, and this may be `{found / 100}`" if found > _MOST_POWER else "leave it out"
        self._report.error("refused", f"`{name}` is a share of a speed, and {found} is none", fields.span(name), help)
        return None

    def _base(self, fields: Fields) -> Base | None:
        """What the shares of a block are of; None, with an error for the first, where nobody can know."""
        index = fields.number("pace")
        if self._threshold is not None:
            return self._threshold
        if index is not None and index == int(index) and 0 <= index < len(PACES):
            return PACES[int(index)]
        if self._options.base:
            return self._options.base
        if not self._asked_for_base:
            self._asked_for_base = True
            message = "which pace is `Power` a share of? The file does not say"
            known = listed([f"`--base {name}`" for name in BASES], "or")
            self._report.error("refused", message, fields.span(), f"say it: {known}")
        return None

    def _targets(self, pace: PaceTarget | None, fields: Fields, name: str) -> tuple[Target, ...]:
        cadence = self._cadence(fields, name)
        return tuple(one for one in (pace, cadence) if one)

    def _cadence(self, fields: Fields, name: str) -> CadenceTarget | None:
        """Steps a minute of both feet; a number for one foot is doubled, which is said."""
        names = [name] if fields.number(name) else [f"{name}Low", f"{name}High"]
        ends = [end for one in names if (end := fields.number(one))]
        if not ends:
            return None
        spm = [round(end * (2 if end < _ONE_FOOT else 1)) if 0 < end <= HIGHEST_SPM else 0 for end in sorted(ends)]
        place = fields.span(names[0])
        if not LOWEST_SPM <= spm[0] <= spm[-1] <= HIGHEST_SPM:
            self._left_out(f"`{name}` is left out: a cadence is from {LOWEST_SPM} to {HIGHEST_SPM} spm", place)
            return None
        if spm != ends:
            shown = "..".join(map(str, dict.fromkeys(spm)))
            self._differs(f"`{name}` counts one foot: it is read as {shown} spm", place)
        return CadenceTarget(spm[0], spm[-1], span=place)

    # Messages.

    def _fields(self, element: Element, passed_over: frozenset[str]) -> Fields:
        return Fields(self._source, element, self._report, passed_over | {"pace"})

    def _leave(self, element: Element, fields: Fields) -> None:
        fields.leave(self._leftovers)
        self._leftovers.between(element)
        for child in element:
            assert isinstance(child, Element)
            if not is_text(child):
                self._leftovers.element(child)

    def _differs(self, message: str, place: Span) -> None:
        self._report.note("differs", message, place)

    def _left_out(self, message: str, place: Span) -> None:
        self._report.note("left-out", message, place)


_ON: Final = ("OnDuration", "OnPower", "PowerOnLow", "PowerOnHigh", "Cadence")
_OFF: Final = ("OffDuration", "OffPower", "PowerOffLow", "PowerOffHigh", "CadenceResting")


def _says(fields: Fields, *names: str) -> bool:
    return any(fields.text(name) for name in names)


def _between(base: Base, one: Decimal, other: Decimal) -> PacePoint | Between:
    low, high = sorted((one, other))
    if isinstance(base, str) and low != high:
        return Scaled(Named(base), _percent(low), _percent(high))
    return _point(base, low) if low == high else Between(_point(base, low), _point(base, high))


def _point(base: Base, power: Decimal) -> PacePoint:
    if isinstance(base, Decimal):
        return _pace(base / power)
    share = _percent(power)
    return Named(base) if share == _percent(Decimal(1)) else Scaled(Named(base), share, share)


def _percent(power: Decimal) -> Percent:
    return Percent(round(power * 100_000))


def _pace(seconds: Decimal) -> Pace:
    """Seconds a kilometre, with as few decimals as come to the same mm/s."""
    mm_per_s = round(1_000_000 / seconds)
    for digits in range(3):
        rounded = round(seconds, digits)
        if rounded and round(1_000_000 / rounded) == mm_per_s:
            return Pace(int(rounded * 1000), "km")
    return Pace(round(seconds * 1000), "km")


def _splits(length: Amount, wanted: int) -> int:
    """Into how many splits a ramp is cut, at most as many as are ``wanted``; 0 where it stays one step."""
    shortest = SHORTEST_SPLIT if isinstance(length, Duration) else NEAREST_SPLIT
    found = min(wanted, MOST_SPLITS, size(length) // size(shortest))
    return found if found > 1 else 0
