"""Model to text: a workout in the shortest form of the language that looks written by hand.

What is written here is read back as the same model, and written again as the same text.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from itertools import groupby
from typing import Final

from negsplit.document.items import ASK_EVERY, FIRST, QUESTION, THIRDS
from negsplit.model import (
    ByFeel,
    CountRange,
    CutDown,
    FastFinish,
    Gradual,
    Item,
    Ladder,
    Lap,
    Parts,
    Ramp,
    Repeat,
    Role,
    RunWith,
    Sport,
    Step,
    Until,
    WalkRun,
    Workout,
)
from negsplit.phrase.wording import (
    can_be_phrase,
    ends_in_range,
    fits_in_line,
    from_to,
    length_text,
    line_text,
    name_text,
    phrase_text,
    target_text,
)
from negsplit.targets import AtFault, Target, Tolerance
from negsplit.tree.layout import WIDTH, Fields, Node, Remark, document, is_plain
from negsplit.units import Percent

__all__ = ["length_text", "phrase_text", "target_text", "write"]

IN_LINE, IN_HALF = ",()", "/,("
"""Signs that a cue in a line of text, or in a half of a walk-run, holds in quotes only."""
MOST_IN_LINE: Final = 4
"""Steps that a repeat on one line may hold and still read well."""


def write(workout: Workout, remarks: Mapping[int, Sequence[str]] | None = None) -> str:
    """A whole document, which ends with a line feed.

    ``remarks`` are comments above a step, by its number from 0, or below the last, each a line.

    ``ValueError`` for what no text of the language says: a tolerance of its own, a name with double quotes, or a
    cue with double quotes *and* a comma, on a rung or a recovery of a ladder or a half of a walk-run.
    """
    return document(
        _given(
            {
                "workout": workout.name,
                "id": workout.id,
                "sport": "" if workout.sport is Sport.RUNNING else workout.sport.value,
                "notes": workout.notes,
                "tags": workout.tags,
                "paces": {name_text(name): target_text(target) for name, target in workout.paces.items()},
                "tolerance": _tolerance(workout.tolerance),
                "units": workout.units or "",
                "last_recovery": "" if workout.last_recovery == "keep" else workout.last_recovery,
                "adds_up_to": "" if workout.adds_up_to is None else str(workout.adds_up_to),
                "lint": dict(workout.lint),
                "steps": _dollars(_remarked(_items(workout.steps, indent=2), remarks or {})),
            }
        )
    )


def steps(items: Sequence[Item]) -> Node:
    """Steps as what stands behind a key: a line of text where that can say them.

    :raises ValueError: as :func:`write` does.
    """
    return _dollars(_body_in_line(items) or _items(items, indent=2))


def _given(fields: Mapping[str, Node]) -> Fields:
    """Without the keys that have nothing to say."""
    return {key: value for key, value in fields.items() if value}


def _remarked(items: Sequence[str | Fields], remarks: Mapping[int, Sequence[str]]) -> list[str | Fields]:
    """Items with the comments above each of them, and those behind the last."""
    found: list[str | Fields] = []
    for number in range(len(items) + 1):
        found += [*map(Remark, remarks.get(number, ())), *items[number : number + 1]]
    return found


def _dollars(node: Node) -> Node:
    """Every ``$`` of the steps doubled: alone it would begin the name of a param."""
    match node:
        case Remark():
            return node
        case str():
            return node.replace("$", "$$")
        case dict():
            return {key: _dollars(value) for key, value in node.items()}
        case tuple():
            return tuple(text.replace("$", "$$") for text in node)
        case list():
            return [_dollars(item) for item in node]  # type: ignore[misc]


def _tolerance(tolerance: Tolerance | None) -> str:
    return "" if tolerance is None else str(tolerance)


def _count(times: int | CountRange) -> str:
    return str(times) if isinstance(times, int) else from_to(times.low, times.high)


# --- Steps and repeats ---------------------------------------------------------------------------


def _items(items: Sequence[Item], indent: int) -> list[str | Fields]:
    """The items of a list; ``indent`` is the column of their dashes, from 0."""
    return [_item(item, indent) for item in items]


def _item(item: Item, indent: int) -> str | Fields:
    match item:
        case Step():
            return _step(item)
        case Repeat():
            return _repeat(item, indent)
        case WalkRun():
            return _walk_run(item)
        case Ladder():
            return _ladder(item)
        case ByFeel():
            return _by_feel(item)
        case RunWith():
            return _run_with(item)
        case Ramp() if can_be_phrase(item):
            return _given({**_phrase(item), "tolerance": _tolerance(item.tolerance) if ends_in_range(item) else ""})
        case AtFault():
            raise TypeError("nothing is written of what is at fault")
        case _:
            return _progression(item)


def _step(step: Step) -> str | Fields:
    if step == Step(step.role, Lap()):
        return step.role.value
    return _given({**_phrase(step), "tolerance": _tolerance(step.tolerance)})


def _phrase(step: Step | Ramp) -> Fields:
    """The role with the phrase behind it, and the cue where that does not hold it."""
    phrase = phrase_text(step)
    in_phrase = is_plain(phrase) and not step.cue.startswith('"') and '"' not in step.name
    return _given(
        {
            step.role.value: phrase if in_phrase else phrase_text(replace(step, cue="", name="")),
            "name": "" if in_phrase else step.name,
            "cue": "" if in_phrase else step.cue,
        }
    )


def _repeat(repeat: Repeat, indent: int) -> str | Fields:
    line, body = _repeat_in_line(repeat), _body_in_line(repeat.steps)
    if line and len(line) <= WIDTH - indent - len("- "):
        return line
    times = repeat.times
    return _given(
        {
            "repeat": {"until": length_text(times.amount)} if isinstance(times, Until) else _count(times),
            "last_recovery": repeat.last_recovery or "",
            "steps": body if 0 < len(body) <= WIDTH - indent - len("  steps: ") else _items(repeat.steps, indent + 4),
        }
    )


def _repeat_in_line(repeat: Repeat) -> str:
    """``4x(1 mi @ threshold, 1 min)``; nothing where a line cannot say it or would not read well."""
    if isinstance(repeat.times, Until) or repeat.last_recovery:
        return ""
    body = _body_in_line(repeat.steps)
    return body and f"{_count(repeat.times)}x({body})"


def _run_with(item: RunWith) -> str:
    """``9 mi @ easy with 5x(600 m @ 5k, 90 s)``: only a line says it, however long that is."""
    line = _any_repeat_in_line(item.repeat)
    if not line:
        raise ValueError(f"no line of text can say {item.repeat}")
    return f"{phrase_text(Step(Role.RUN, item.total, item.targets))} with {line}"


def _any_repeat_in_line(repeat: Repeat) -> str:
    if isinstance(repeat.times, Until) or repeat.last_recovery:
        return ""
    body = _in_line(repeat.steps, _any_repeat_in_line)
    return body and f"{_count(repeat.times)}x({body})"


def _body_in_line(items: Sequence[Item]) -> str:
    line = _in_line(items, _repeat_in_line) if len(items) <= MOST_IN_LINE else ""
    return line if line and is_plain(line) else ""


def _in_line(items: Sequence[Item], repeat_in_line: Callable[[Repeat], str]) -> str:
    """Steps and repeats with commas between them; nothing where a line cannot say one of them."""
    texts = []
    for index, item in enumerate(items):
        match item:
            case Step() | Ramp():
                texts.append(_step_in_line(item, is_first=index == 0, is_last=index == len(items) - 1))
            case Repeat():
                texts.append(repeat_in_line(item))
            case _:
                return ""
    return ", ".join(texts) if all(texts) else ""


def _step_in_line(step: Step | Ramp, *, is_first: bool, is_last: bool) -> str:
    """Without the role that its place gives it: a bare step at the end recovers, and one amid others warns."""
    runs = is_first or isinstance(step, Ramp) or step.targets
    implied = Role.RUN if runs else Role.RECOVER if is_last else None
    if not fits_in_line(step, IN_LINE):
        return ""
    return line_text(step, IN_LINE, "" if step.role is implied else step.role.value)


# --- Generators ----------------------------------------------------------------------------------


def _progression(item: Parts | CutDown | FastFinish | Ramp) -> Fields:
    own: Fields
    match item:
        case Parts(style, _, paces):
            name: str = style
            own = {"paces": () if style == "thirds" and paces == THIRDS else _texts(paces)}
        case CutDown(_, every, start, finish, drop):
            name = "cut-down"
            own = {
                "every": str(every),
                "from": target_text(start),
                "to": target_text(finish) if finish else "",
                "drop": from_to(*drop) if drop else "",
            }
        case FastFinish(_, base, last, every, to):
            name = "fast finish"
            own = {"base": target_text(base), "finish": str(last), "every": str(every), "to": target_text(to)}
        case Ramp(_, parts, start, finish):
            if not isinstance(parts, int) or (item.role, item.beside, item.cue, item.name) != (Role.RUN, (), "", ""):
                raise ValueError(f"neither a phrase nor keys can say {item}")
            name = "ramp"
            own = {"in": str(parts), "from": target_text(start), "to": target_text(finish)}
    return _given(
        {"progression": name, "total": length_text(item.total), **own, "tolerance": _tolerance(item.tolerance)}
    )


def _by_feel(item: ByFeel) -> Fields:
    return _given(
        {
            "progression": "by feel",
            "total": length_text(item.total),
            "first": "" if item.first == FIRST else str(item.first),
            "ask_every": "" if item.ask_every == ASK_EVERY else str(item.ask_every),
            "cue": "" if item.cue == QUESTION else item.cue,
        }
    )


def _walk_run(item: WalkRun) -> Fields:
    return _given(
        {
            "walk_run": " / ".join(line_text(half, IN_HALF, half.role.value) for half in (item.first, item.second)),
            "total": "" if item.total is None else length_text(item.total),
            "repeats": "" if item.rounds is None else _count(item.rounds),
            "fit": "" if item.fit == "nearest" else item.fit,
            "end_on": "" if item.end_on is None else item.end_on.value,
        }
    )


def _ladder(item: Ladder) -> Fields:
    runs = [(line_text(rung, IN_LINE), len(list(same))) for rung, same in groupby(item.rungs)]
    rungs = tuple(text if times == 1 else f"{times} x {text}" for text, times in runs)
    if isinstance(item.at, Gradual):
        at: Node = f"{target_text(item.at.start)} -> {target_text(item.at.finish)}"
    else:
        at = _one_or_more(_texts(item.at))
    return _given(
        {
            "ladder": rungs if len(rungs) > 1 or runs[0][1] == 1 else rungs[0],
            "at": at,
            "recover": _recovery(item.recover),
            "last_recovery": "" if item.last_recovery == "skip" else item.last_recovery,
            "tolerance": _tolerance(item.tolerance),
        }
    )


def _recovery(recover: Percent | tuple[Step, ...] | None) -> Node:
    if isinstance(recover, Percent):
        return "same" if recover == Percent(100_000) else str(recover)
    steps = recover or ()
    return _one_or_more(
        tuple(line_text(step, IN_LINE, "" if step.role is Role.RECOVER else step.role.value) for step in steps)
    )


def _texts(targets: Sequence[Target]) -> tuple[str, ...]:
    return tuple(target_text(target) for target in targets)


def _one_or_more(texts: tuple[str, ...]) -> Node:
    return texts[0] if len(texts) == 1 else texts
