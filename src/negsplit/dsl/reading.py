"""Checks a document's tree against its shape, and says in a user's words where it does not fit."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from typing import Any, Final, TypeVar

from pydantic import ValidationError

from negsplit.diagnostics import Report, did_you_mean
from negsplit.dsl.roles import ROLES
from negsplit.dsl.shapes import (
    FIRST_KEYS,
    SHAPES_BY_KEY,
    SHAPES_BY_TAG,
    STYLES,
    VOCABULARIES,
    VOCABULARY,
    PartsShape,
    RepeatShape,
    Shape,
    StepShape,
    Vocabulary,
    keys_of,
    style,
)
from negsplit.dsl.tree import Fields, Items, Node, Text

S = TypeVar("S", bound=Shape)
Place = tuple[int | str, ...]

_QUOTES: Final = "a `: ` inside text makes a key of what stands before it: put the whole text in double quotes"
_COMMA: Final = "inside `{ }` and `[ ]` a comma ends the text: put the text in double quotes"
_OWN_KEYS: Final = ("paces", "lint", "with", "blocks")
"""Keys whose mappings have names of one's own for keys."""
_MEANT: Final = {
    **dict.fromkeys(("target", "pace", "speed", "intensity"), ("at",)),
    **dict.fromkeys(("note", "notes", "text", "say", "name", "comment"), ("cue", "notes")),
    **dict.fromkeys(("reps", "times", "count", "rounds", "loop"), ("repeats", "repeat")),
    **dict.fromkeys(("split", "splits", "step", "block"), ("every",)),
    **dict.fromkeys(("distance", "duration", "time", "length"), ("total",)),
    **dict.fromkeys(("title", "description"), ("notes",)),
    **dict.fromkeys(("rest", "jog", "recovery", "recoveries", "pause"), ("recover",)),
    **dict.fromkeys(("hr", "heart rate", "max_hr", "hrmax", "lthr", "resting_hr"), ("heart_rate", "max")),
    **dict.fromkeys(("include", "import", "block", "file"), ("use", "blocks")),
    **dict.fromkeys(("args", "vars", "variables", "parameters", "values"), ("with", "params")),
    **dict.fromkeys(("run_walk", "run walk", "run-walk"), ("walk_run",)),
    **dict.fromkeys(("ftp", "cp", "watts", "critical_power"), ("critical", "power")),
    **dict.fromkeys(("day", "weekday", "weekdays"), ("on",)),
    **dict.fromkeys(("date", "begin", "begins", "starts", "start_date"), ("start", "on")),
    **dict.fromkeys(("workouts", "schedule", "entries"), ("sessions",)),
    **dict.fromkeys(("workout",), ("use",)),
    **dict.fromkeys(("deload", "recovery_weeks", "easy_weeks", "cutback"), ("down_weeks",)),
    **dict.fromkeys(("drop", "drops"), ("drop_sessions",)),
}
"""Other words for keys."""
_REPEAT: Final = re.compile(r"\d+ *[x×*]")
_FORMS: Final = {
    "steps": "write each step on a line of its own, after `- `",
    "repeat": "write a number such as `repeat: 4`, or `repeat: {until: 10 km}`",
    "paces": "write names and targets below it: `float: 5:20/km`",
    "lint": "write rules below it: `S-BAND: off`",
    "heart_rate": "write heart rates below it: `max: 188`",
    "power": "write `power: {critical: 280 W}`",
    "races": "write each result on a line of its own: `- 5 km in 22:30`",
    "params": "write names and defaults below it: `reps: 4`",
    "blocks": "write a name below it, and under that `steps:`",
    "with": "write values below it, or `with: {reps: 4}`",
    "walk_run": "write both halves in one text: `run 1 min / walk 2 min`",
    "sessions": "write each session on a line of its own, after `- `, with `on:` and what to do",
    "days": "write days below it: `week 6: {thu: rest}`, or `2027-01-05: rest`",
    "down_weeks": "write below it: `every: 4`, or `at: [4, 8]`",
    "race": "write its day, or `{on: 2027-04-18, distance: half}`",
}
"""What to write where a key has a value of another form."""


def shape_of(node: Fields, kind: type[S], report: Report) -> S | None:
    """The document in its shape. Where parts do not fit they are reported and left out; None if nothing remains."""
    words = VOCABULARIES.get(kind, VOCABULARY)
    _report_empty(node, words, report)
    data: Any = _copy(node)
    for _ in range(3):
        try:
            return kind.model_validate(data)
        except ValidationError as error:
            problems = error.errors(include_url=False, include_context=False, include_input=False)
        missing = [problem["loc"] for problem in problems if problem["type"] == "missing"]
        unknown: dict[Place, list[str]] = defaultdict(list)
        for problem in problems:
            if problem["type"] == "extra_forbidden":
                unknown[problem["loc"][:-1]].append(str(problem["loc"][-1]))
        for problem in problems:
            if problem["type"] != "missing" or not _is_misspelt(problem["loc"], unknown):
                _explain(node, kind, words, problem["type"], problem["loc"], report)
        unknowns = ((*parent, key) for parent, keys in unknown.items() for key in keys)
        whole = {place for place in unknowns if not _ends_a_split(node, kind, words, place)}
        data = _without(data, [problem["loc"] for problem in problems], whole)
        data.update({place[0]: [] for place in missing if len(place) == 1})  # so that the rest is checked too
        report = Report()
    return None


def _ends_a_split(node: Fields, kind: type[Shape], words: Vocabulary, place: Place) -> bool:
    at, _, key = _walk(node, kind, place)
    return isinstance(at, Fields) and key is not None and _is_stray(at, key, words)


def _is_misspelt(missing: Place, unknown: Mapping[Place, list[str]]) -> bool:
    """Whether a missing key stands there under another name, which is reported."""
    beside = unknown.get(missing[:-1], [])
    if missing[-2:-1] == ("<until>",):
        return bool(beside)
    return is_misspelt(str(missing[-1]), beside)


def is_misspelt(wanted: str, beside: Iterable[str]) -> bool:
    """Whether one of the unknown keys ``beside`` it is meant for the key that is missing."""
    return any(wanted in _MEANT.get(key, ()) or did_you_mean(key, [wanted]) for key in beside)


def _copy(node: Node) -> Any:
    """The same tree of other mappings and lists, from which parts may be taken."""
    if isinstance(node, Fields):
        return node.but({key: _copy(value) for key, value in node.items()})
    if isinstance(node, Items):
        return _listed(node, map(_copy, node))
    return node


def _listed(like: Items, nodes: Iterable[Node]) -> Items:
    made = Items(like.span, flow=like.flow)
    made.extend(nodes)
    return made


def _report_empty(node: Node, words: Vocabulary, report: Report, *, named: bool = False) -> None:
    """A value left empty, anywhere but behind a role. ``named`` says that the keys are names of one's own."""
    if isinstance(node, Fields):
        split = next((key for key in node if named and node.flow and key[:1].isdigit() and _is_blank(node[key])), None)
        if split is not None:
            help = f"{_COMMA}, or write a list: `[..., ...]`" if "sessions" in words.keys else _COMMA
            report.error("unknown-key", f"`{split}` is no name", split.span, help)
            return
        for key, value in node.items():
            if _is_blank(value) and (named or (key not in ROLES and not _is_stray(node, key, words))):
                help = f"write a value behind `{key}:`" + ("" if key in words.required else ", or leave the key out")
                report.error("empty", f"`{key}` has no value", key.span, help)
            if key != "params" or named:  # a param without a default is left empty
                _report_empty(value, words, report, named=key in _OWN_KEYS)
    elif isinstance(node, Items):
        if not node:
            report.error("empty", "this list is empty", node.span, "write at least one item, or leave the key out")
        for value in node:
            if _is_blank(value):
                report.error("empty", "this item is empty", value.span, "write something behind it, or leave it out")
            _report_empty(value, words, report)


def _is_blank(node: Node) -> bool:
    return isinstance(node, Text) and not node.strip()


def _is_stray(node: Fields, key: Text, words: Vocabulary) -> bool:
    """Whether a key is the rest of a text that a comma of ``{ }`` split: reported as such, not as empty."""
    return node.flow and _is_blank(node[key]) and key not in words.keys


def _without(data: Any, places: list[Place], unknown: Collection[Place]) -> Any:
    """The data without the innermost list item, or else the key of the document, that each fault lies in.

    Of a mapping with an ``unknown`` key only that key is taken, so that one run reports all that is wrong.
    """
    doomed = []
    for place in places:
        at: Any = data
        holder: Any = None
        key: int | str = ""
        for index, part in enumerate(place):
            if isinstance(at, list) and isinstance(part, int):
                holder, key = at, part
            elif not (isinstance(at, dict) and part in at):
                continue
            elif at is data or (place in unknown and index == len(place) - 1):
                holder, key = at, part
            at = at[part]
        if holder is not None:
            doomed.append((holder, key))
    for holder, key in doomed:
        holder[key] = None
    return _pruned(data)


def _pruned(data: Any) -> Any:
    if isinstance(data, Fields):
        kept = Fields(data.span, flow=data.flow)
        kept.update({key: _pruned(value) for key, value in data.items() if value is not None})
        return kept
    if isinstance(data, Items):
        return _listed(data, (_pruned(value) for value in data if value is not None))
    return data


def _explain(node: Fields, kind: type[Shape], words: Vocabulary, error: str, place: Place, report: Report) -> None:
    at, shape, key = _walk(node, kind, place)
    named_by_user = False
    if error != "extra_forbidden" and isinstance(at, Fields) and key is not None and key == place[-1]:
        named_by_user = key in at and key not in keys_of(shape)
        at = at[key] if named_by_user else at
    if error == "extra_forbidden" and isinstance(at, Fields) and isinstance(key, Text):
        _unknown_key(at, key, shape, words, report)
    elif error == "missing":
        anchor = next(iter(at)).span if isinstance(at, Fields) and at else at.span
        report.error("missing-key", f"`{place[-1]}` is missing", anchor, _example(shape, str(place[-1])))
    elif error.startswith("union_tag"):
        _unknown_step(at, report)
    elif not _is_blank(at):
        wanted = {"is_instance_of": "one value", "list_type": "a list"}.get(error, "a mapping of keys and values")
        found = "a mapping" if isinstance(at, Fields) else "a list" if isinstance(at, Items) else "a single value"
        named = next((str(part) for part in reversed(place) if part in words.keys), "")
        wanted = "a number or `until`" if place[-1] == "<until>" else wanted
        help = "write one text"
        if error == "list_type" and named not in ("steps", "races", "sessions"):
            help = f"write a list: `{named}: [..., ...]`"
        elif named_by_user:
            help = "write `steps:` below it" if named == "blocks" else help
        elif named in _FORMS:
            help = _FORMS[named]
        elif named in ROLES:
            help = f"write one text, such as `{named}: 10 min @ easy`"
        report.error("wrong-form", f"{wanted} is needed here, not {found}", at.span, help)


def _walk(node: Node, shape: type[Shape], place: Place) -> tuple[Node, type[Shape], Text | None]:
    """The node that a fault is in, the shape it should have, and the key if the fault is a key."""
    key: Text | None = None
    for index, part in enumerate(place):
        if isinstance(part, str) and part in SHAPES_BY_TAG:
            shape = SHAPES_BY_TAG[part]
        elif isinstance(node, Items) and isinstance(part, int):
            node = node[part]
        elif isinstance(node, Fields) and part in node:
            key = next(own for own in node if own == part)
            if index == len(place) - 1 and part not in keys_of(shape):
                return node, shape, key
            node = node[key]
            shape = SHAPES_BY_KEY.get(str(part), shape)
    return node, shape, key


def _example(shape: type[Shape], key: str) -> str:
    if shape is RepeatShape and key == "steps":
        return "add `steps:` below it, and under that, indented, what to repeat"
    field = next(field for name, field in shape.model_fields.items() if key in (field.alias, name))
    about = f": {field.description[0].lower()}{field.description[1:].rstrip('.')}" if field.description else ""
    return f"add `{key}:`{about}"


def _unknown_key(node: Fields, key: Text, shape: type[Shape], words: Vocabulary, report: Report) -> None:
    if _is_stray(node, key, words):
        report.error("unknown-key", f"`{key}` is no key", key.span, _COMMA)
    elif _looks_like_text(key):
        report.error("unknown-key", f"`{key}` is no key", key.span, _QUOTES)
    else:
        known = [own for own in keys_of(shape) if own not in node and not (shape is StepShape and own in ROLES)]
        near = next((word for word in _MEANT.get(key, ()) if word in known), did_you_mean(key, known))
        help = f"did you mean `{near}`?" if near else f"known here: {', '.join(known)}" if known else "leave it out"
        if shape is RepeatShape and key in FIRST_KEYS:
            help = f"it belongs under `steps:`, in a line of its own: `- {key}: ...`"
        noun = "progression" if shape is PartsShape else shape.noun()
        report.error("unknown-key", f"`{key}` is no key of this {noun}", key.span, help)


def _looks_like_text(key: Text) -> bool:
    return any(sign in key for sign in ("--", "@", "(", ",")) or re.search(r"\d\S* | \d", key) is not None


def _unknown_step(node: Node, report: Report) -> None:
    if not isinstance(node, Fields):
        help = "take it out of the brackets, or write `- repeat: 2` with `steps:` below it"
        report.error("wrong-form", "a step is a mapping or a line of text, not a list", node.span, help)
        return
    first = next(iter(node), None)
    if node.span.text.startswith("<<"):
        return  # reported as YAML that is not part of the language
    if first is None:
        report.error("empty", "this step is empty", node.span, "write a step such as `run: 10 min @ easy`")
        return
    value = node[first]
    if first == "progression" and isinstance(value, Text):
        if _is_blank(value):
            return
        near = did_you_mean(style(value), STYLES)
        help = f"did you mean `{near}`?" if near else f"known: {', '.join(STYLES)}"
        report.error("unknown-style", f"`{value}` is no progression", value.span, help)
        return
    later = next((key for key in node if key in FIRST_KEYS), None)
    if later is not None:
        help = "move it up, behind the `- `"
        report.error("first-key", f"`{later}` must be the first key of its step", later.span, help)
    elif _looks_like_text(first):
        report.error("unknown-key", f"`{first}` is no key", first.span, _QUOTES)
    else:
        report.error("unknown-step", f"`{first}` is no step", first.span, *_step_meant(first, value))


def _step_meant(first: Text, value: Node) -> tuple[str, ...]:
    if count := re.fullmatch(r"(\d+) *[x×*]?", first):
        return (f"write `repeat: {count[1]}` with `steps:` below it, or the line `{count[1]}x(400 m @ 5k, 1 min)`",)
    if "at" in _MEANT.get(first, ()) and isinstance(value, Text):
        return (f"a step begins with its role: `run: 10 min @ {value}`",)
    meant = (word for word in _MEANT.get(first, ()) if word in FIRST_KEYS)
    if near := next(meant, did_you_mean(first, FIRST_KEYS)):
        return (f"did you mean `{near}`?",)
    known = f"a step begins with one of: {', '.join(FIRST_KEYS)}"
    if not isinstance(value, Text) or not value[:1].isdigit() or _REPEAT.match(value):
        return (known,)
    if "total" in _MEANT.get(first, ()):
        return (f"did you mean `run: {value}`?",)
    return (f"if it is a pace, write `run: {value} @ {first}`", known)


def choice(text: Text, options: tuple[str, ...], report: Report) -> str | None:
    """One of a few words, in any case; spaces and underscores count as the option's own sign."""
    found = next((option for option in options if _folded(option) == _folded(text)), None)
    if found is None:
        near = did_you_mean(text, options)
        help = f"did you mean `{near}`?" if near else f"known: {', '.join(options)}"
        report.error("unknown-value", f"`{text}` is not known here", text.span, help)
    return found


def _folded(text: str) -> str:
    return "_".join(text.lower().replace("-", " ").replace("_", " ").split())
