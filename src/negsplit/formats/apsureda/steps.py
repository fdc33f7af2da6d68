"""The steps of a workout of garmin-planner: ``interval: 5km @ marathon -- even``, ``repeat 4: [...]``."""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal
from typing import Final

from negsplit.diagnostics import Report, Span, meant
from negsplit.formats.apsureda.config import Config
from negsplit.formats.apsureda.times import running, time_of
from negsplit.formats.foreign import MOST_MISTAKES
from negsplit.limits import FARTHEST, LONGEST, NEAREST, SHORTEST
from negsplit.model import Item, Lap, Repeat, Role, Step
from negsplit.targets import Covering, PaceTarget, Target
from negsplit.tree.nodes import Fields, Items, Node, Text
from negsplit.units import Distance, Duration, Pace, size

ROLES: Final = {
    "warmup": Role.WARMUP,
    "interval": Role.RUN,
    "recovery": Role.RECOVER,
    "cooldown": Role.COOLDOWN,
    "rest": Role.REST,
    "other": Role.RUN,
}
FACTS: Final = ("date", "sport_type")
"""What a fork writes among the steps, of the whole workout."""
_REPEAT: Final = re.compile(r"repeat(?:\s+(\d{1,3}))?")
_BODY: Final = re.compile(
    r"(?P<length>.*?)(?:(?<!\s)\s++in\s++(?P<time>.*)|(?<!\s)(?P<sign>\s*+@(?:hr|spd|pwr)?\s*+)(?P<target>.*))?",
    re.DOTALL,
)
_LENGTH: Final = re.compile(r"(\d{1,6}(?:\.\d{1,4})?)(\s*)(km|m|min|h|s)")
_HOURS: Final = re.compile(r"(\d{1,2})\s*h\s*(\d{1,2})(?:\s*min)?")
_WHOLE: Final = re.compile(r"\d+(?:km|m|min|h|s)")
_BEGUN: Final = re.compile(r"(\d+)(km|min|m|h|s)")
"""What the program itself looks for at the beginning; where that is not there, it runs until the lap button."""
_SYNTAX: Final = "write for example `5km`, `90s`, `15min` or `lap-button`"


def read_steps(steps: Items, config: Config, report: Report) -> tuple[Item, ...]:
    """The steps of a list, nested repeats included; those that are refused are reported, and left out."""
    return tuple(_items(steps, config, report))


def _items(steps: Items, config: Config, report: Report) -> Iterator[Item]:
    for entry in steps:
        if report.failed and len(report.diagnostics) > MOST_MISTAKES:
            return
        if not isinstance(entry, Fields):
            report.error("refused", "a step is a word, a colon and what to do", entry.span, "write `interval: 5km`")
            continue
        for key, value in entry.items():
            if found := _REPEAT.fullmatch(key):
                yield from _repeat(key, found[1], value, entry, config, report)
            elif key in ROLES:
                yield from _step(key, value, config, report)
            elif key not in FACTS and not (key == "steps" and "repeat" in entry):
                help = meant(key, ROLES, key.span)
                report.error(
                    "refused", f"`{key}` is no kind of step", key.span, help or f"write one of {', '.join(ROLES)}"
                )


def _repeat(key: Text, count: str | None, value: Node, entry: Fields, config: Config, report: Report) -> Iterator[Item]:
    """``repeat 4:`` with the steps below it, or as a fork has it, ``repeat: 4`` with ``steps:`` beside it."""
    below: Node | None = value
    if count is None:
        count, below = (str(value) if isinstance(value, Text) else ""), entry.value("steps")
    if not re.fullmatch(r"\d{1,3}", count) or not int(count) or not isinstance(below, Items) or not below:
        report.error(
            "refused", "a repeat has a number of rounds and steps", key.span, "write `repeat 4:` and the steps below it"
        )
        return
    if found := read_steps(below, config, report):
        yield Repeat(int(count), found, span=key.span)


def _step(key: Text, value: Node, config: Config, report: Report) -> Iterator[Step]:
    if not isinstance(value, Text):
        report.error("refused", f"`{key}` is one line", value.span, _SYNTAX)
        return
    said, _, cue = value.partition(" -- ")
    start = len(said) - len(said.lstrip())
    found = _BODY.fullmatch(said.strip())
    assert found is not None

    def place(group: str) -> Span:
        return value.at(start + found.start(group), start + found.end(group))

    length = _length(found["length"].strip(), place("length"), report)
    targets: list[Target] = []
    if found["time"] is not None and length is not None:
        targets = _covering(length, found["time"].strip(), place("time"), config, report)
    elif found["target"] is not None:
        targets = _target(found["sign"], found["target"].strip(), place("target"), config, report)
    has_target = found["time"] is not None or found["target"] is not None
    if length is None or (has_target and not targets):
        return
    if key == "other":
        report.note("differs", "`other` is read as a run", key.span)
    yield Step(ROLES[key], length, tuple(targets), " ".join(cue.split()), span=value.span)


def _target(sign: str, text: str, span: Span, config: Config, report: Report) -> list[Target]:
    if sign.strip() in ("@spd", "@pwr"):
        report.error("refused", f"`{sign.strip()}` is for cycling", span, "write a pace behind `@`")
        return []
    if not sign[0].isspace() or not sign[-1].isspace():
        report.note(
            "differs", f"`{text}` is read as a target; garmin-planner sees none without blanks around `@`", span
        )
    find = config.targets.rate if sign.strip() == "@hr" else config.targets.pace
    found = find(text, span, report)
    return [found] if found else []


def _covering(length: Distance | Duration | Lap, text: str, span: Span, config: Config, report: Report) -> list[Target]:
    """``800m in 3:20``: at the pace that covers it in that time."""
    if not isinstance(length, Distance):
        report.error("refused", "only a distance is run in a time", span, "write for example `800m in 3:20`")
        return []
    time = time_of(text, span, report)
    if time is None or not running(Pace(round(time.ms * 100_000 / length.cm), "km"), text, span, report):
        return []
    return [config.targets.widened(PaceTarget(Covering(length, time, time), span=span))]


def _length(text: str, span: Span, report: Report) -> Distance | Duration | Lap | None:
    """What a step lasts; a note where garmin-planner takes it for something else than it says."""
    if text == "lap-button":
        return Lap()
    length: Distance | Duration
    if found := _LENGTH.fullmatch(text):
        number, unit = Decimal(found[1]), found[3]
        length = Distance.of(number, unit) if unit in ("m", "km") else Duration.of(number, unit)
    elif found := _HOURS.fullmatch(text):
        length = Duration((int(found[1]) * 60 + int(found[2])) * 60_000)
    elif ":" in text:
        time = time_of(text, span, report)
        if time is None:
            return None
        length = time
    else:
        bare = re.fullmatch(r"\d+(\.\d+)?", text)
        helps = [f"did you mean `{text}km` or `{text}m`?"] if bare else [_SYNTAX]
        report.error("refused", f"`{text}` is no length" if text else "how long is missing", span, *helps)
        return None
    shortest, longest = (NEAREST, FARTHEST) if isinstance(length, Distance) else (SHORTEST, LONGEST)
    if not size(shortest) <= size(length) <= size(longest):
        report.error("refused", f"`{text}` is not between {shortest} and {longest}", span, _SYNTAX)
        return None
    if not _WHOLE.fullmatch(text):
        begun = _BEGUN.match(text)
        theirs = f"takes it for {begun[1]} {begun[2]}" if begun else "runs until the lap button"
        report.note("differs", f"`{text}` is read as {length}; garmin-planner {theirs}", span)
    return length
