"""Checks a document's tree against its shape, and says in a user's words where it does not fit."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from functools import cache
from itertools import takewhile
from typing import Any, Final, NamedTuple, TypeVar

from negsplit.diagnostics import Edit, Fix, Help, Report, Span, did_you_mean, meant, together
from negsplit.document.beginnings import FIRST_KEYS, STYLES, style
from negsplit.document.fields import Place, Problem, Shape
from negsplit.document.lines import moved_up
from negsplit.document.shapes import PLAN_SHAPES, SHAPES, DayShape, PartsShape, RepeatShape, SessionShape, StepShape
from negsplit.model import Role
from negsplit.phrase.roles import ROLES
from negsplit.tree.nodes import Fields, Gap, Items, Node, Text
from negsplit.tree.source_lines import DOUBLE_QUOTES, quotes_for

S = TypeVar("S", bound=Shape)

_OWN_KEYS: Final = ("paces", "lint", "with", "blocks", "moves")
"""Keys whose mappings have names of one's own for keys, or those of sessions."""
_MEANT: Final = {
    **dict.fromkeys(("target", "pace", "speed", "intensity"), ("at",)),
    **dict.fromkeys(("note", "notes", "text", "say", "name", "comment"), ("cue", "notes")),
    **dict.fromkeys(("reps", "times", "count", "rounds", "loop"), ("repeats", "repeat")),
    **dict.fromkeys(("split", "splits", "step", "block"), ("every",)),
    **dict.fromkeys(("distance", "duration", "time", "length"), ("total",)),
    **dict.fromkeys(("total", "sum", "adds up to"), ("adds_up_to",)),
    **dict.fromkeys(("title", "description"), ("notes",)),
    **dict.fromkeys(("rest", "recoveries", "pause"), ("recover",)),
    **dict.fromkeys(("interval", "intervals", "work", "active", "effort", "main", "on"), ("run",)),
    **{word: ("recover",) for word, role in ROLES.items() if role is Role.RECOVER},
    **dict.fromkeys(("hr", "heart rate"), ("heart_rate", "max")),
    **dict.fromkeys(("max_hr", "hrmax"), ("max",)),
    "lthr": ("threshold",),
    "resting_hr": ("rest",),
    **dict.fromkeys(("include", "import", "block", "file"), ("use", "blocks")),
    **dict.fromkeys(("args", "vars", "variables", "parameters", "values"), ("with", "params")),
    **dict.fromkeys(("run_walk", "run walk", "run-walk"), ("walk_run",)),
    **dict.fromkeys(("ftp", "cp", "watts", "critical_power"), ("critical",)),
    **dict.fromkeys(("day", "weekday", "weekdays"), ("on",)),
    **dict.fromkeys(("date", "begin", "begins", "starts", "start_date"), ("start", "on")),
    **dict.fromkeys(("workouts", "schedule", "entries"), ("sessions",)),
    **dict.fromkeys(("deload", "recovery_weeks", "easy_weeks", "cutback"), ("down_weeks",)),
    **dict.fromkeys(("drop", "drops"), ("drop_sessions",)),
    **dict.fromkeys(("result", "results", "race", "pb", "pbs", "personal_bests"), ("races",)),
}
"""Other words for keys."""
_BEHIND_TARGET: Final = re.compile(r'\s+(?:"|--)')
"""Where the name or the cue of a step begins."""
_WITHIN: Final = {
    **dict.fromkeys(("max_hr", "hrmax"), ("heart_rate", "max")),
    "lthr": ("heart_rate", "threshold"),
    "resting_hr": ("heart_rate", "rest"),
    **dict.fromkeys(("ftp", "cp", "watts", "critical_power"), ("power", "critical")),
}
"""Words for keys of what is a mapping of its own."""
_REPEAT: Final = re.compile(r"\d+ *[x×*]")
_FORMS: Final = {
    "steps": "write each step on a line of its own, after `- `",
    "repeat": "write a number such as `repeat: 4`, or `repeat: {until: 10 km}`",
    "paces": "write names and targets below it: `float: 5:20/km`",
    "lint": "write rules below it: `S-BAND: off`",
    "heart_rate": "write heart rates below it: `max: 188`",
    "power": "write the critical power below it: `critical: 280 W`",
    "history": "write your last weeks below it: `weeks: [32, 35, 28, 36 km]`",
    "races": "write each result on a line of its own: `- 5 km in 22:30`",
    "params": "write names and defaults below it: `reps: 4`",
    "blocks": "write a name below it, and under that `steps:`",
    "with": "write values below it, or `with: {reps: 4}`",
    "walk_run": "write both halves in one text: `run 1 min / walk 2 min`",
    "sessions": "write each session on a line of its own, after `- `, with `on:` and what to do",
    "add": "write each session on a line of its own, after `- `, with `on:` and what to do",
    "fitness": "write each result on a line of its own, after `- `: `- week 5: 5 km in 21:50`",
    "moves": "write the day that each day moves to: `moves: {tue: wed}`",
    "days": "write days below it: `week 6: {thu: rest}`, or `2027-01-05: rest`",
    "down_weeks": "write below it: `every: 4`, or `at: [4, 8]`",
    "race": "write its day, or `{on: 2027-04-18, distance: half}`",
}
"""What to write where a key has a value of another form."""


class _Words(NamedTuple):
    """The keys of documents and of all their parts, and those that cannot be left out everywhere."""

    keys: frozenset[str]
    needed: frozenset[str]


@cache
def _words(*, of_plans: bool) -> _Words:
    """Of workouts and athletes, or of plans, which have all of those too."""
    fields = [item for shape in (*SHAPES, *(PLAN_SHAPES if of_plans else ())) for item in shape.keys.items()]
    return _Words(frozenset(key for key, _ in fields), frozenset(key for key, field in fields if field.needed))


def shape_of(node: Fields, kind: type[S], report: Report) -> S | None:
    """The document in its shape. Where parts do not fit they are reported and left out; None if nothing remains."""
    words = _words(of_plans=kind in PLAN_SHAPES)
    _report_empty(node, words, report)
    data: Any = node
    for _ in range(3):
        problems: list[Problem] = []
        shape = kind.shaped(data, (), problems)
        if not problems and isinstance(shape, kind):
            return shape
        unknown: dict[Place, list[str]] = defaultdict(list)
        for problem in problems:
            if problem.kind == "unknown":
                unknown[problem.place[:-1]].append(str(problem.place[-1]))
        for problem in problems:
            if problem.kind != "missing" or not _is_misspelt(problem.place, unknown):
                _explain(problem, words, report)
        missing = [problem.place for problem in problems if problem.kind == "missing"]
        whole = {one.place for one in problems if one.key is not None and not _ends_a_split(one, words)}
        data = _without(_copy(data), [problem.place for problem in problems], whole)
        nothing = Items(node.span, flow=False)
        # so that the rest is checked too
        data.update({Text.made(str(place[0]), node.span): nothing for place in missing if len(place) == 1})
        report = Report()
    return None


def _ends_a_split(problem: Problem, words: _Words) -> bool:
    return isinstance(problem.node, Fields) and problem.key is not None and _is_stray(problem.node, problem.key, words)


def _is_misspelt(missing: Place, unknown: Mapping[Place, list[str]]) -> bool:
    """Whether a missing key stands there under another name, which is reported."""
    beside = unknown.get(missing[:-1], [])
    if missing[-2:-1] == ("<until>",):
        return bool(beside)
    return is_misspelt(str(missing[-1]), beside)


def is_meant(node: Fields, wanted: str, shape: type[Shape]) -> bool:
    """Whether a key that a shape has not stands there for the one that is ``wanted``, which is reported."""
    return wanted not in node and is_misspelt(wanted, [key for key in node if key not in shape.keys])


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


def _report_empty(node: Node, words: _Words, report: Report, *, named: bool = False) -> None:
    """A value left empty, anywhere but behind a role. ``named`` says that the keys are names of one's own."""
    if isinstance(node, Fields):
        split = next((key for key in node if named and node.flow and key[:1].isdigit() and _is_blank(node[key])), None)
        if split is not None:
            comma = _comma(node, split)
            help = f"{comma}, or write a list: `[..., ...]`" if "sessions" in words.keys else comma
            report.error("unknown-key", f"`{split}` is not a name", split.span, help)
            return
        for key, value in node.items():
            if not isinstance(value, Text):
                if key != "params" or named:  # a param without a default is left empty
                    _report_empty(value, words, report, named=key in _OWN_KEYS)
            elif not value.strip() and (named or (key not in ROLES and not _is_stray(node, key, words))):
                help = f"write a value after `{key}:`" + ("" if key in words.needed else ", or leave the key out")
                report.error("empty", f"`{key}` has no value", key.span, help)
    elif isinstance(node, Items):
        if not node:
            report.error("empty", "this list is empty", node.span, "write at least one item, or leave the key out")
        for value in node:
            if not isinstance(value, Text):
                _report_empty(value, words, report)
            elif not value.strip():
                report.error("empty", "this item is empty", value.span, "write something after it, or leave it out")


def _is_blank(node: Node) -> bool:
    return isinstance(node, Text) and not node.strip()


def _is_stray(node: Fields, key: Text, words: _Words) -> bool:
    """Whether a key is the rest of a text that a comma of ``{ }`` split: reported as such, not as empty."""
    return node.flow and _is_blank(node[key]) and key not in words.keys


def _without(data: Any, places: list[Place], unknown: Collection[Place]) -> Any:
    """The data without the innermost list item, or else the key of the document, that each fault lies in.

    A gap stands in the place of a step. Of a mapping with an ``unknown`` key only that key is taken, so that one run
    reports all that is wrong.
    """
    doomed = []
    for place in places:
        at: Any = data
        holder: Any = None
        key: int | str = ""
        instead: Node | None = None
        within: int | str = ""
        for index, part in enumerate(place):
            if isinstance(at, list) and isinstance(part, int):
                holder, key = at, part
                instead = Gap.of(at[part].span) if within == "steps" else None
            elif not (isinstance(at, dict) and part in at):
                continue
            elif at is data or (place in unknown and index == len(place) - 1):
                holder, key, instead = at, part, None
            at, within = at[part], part
        if holder is not None:
            doomed.append((holder, key, instead))
    for holder, key, instead in doomed:
        holder[key] = instead
    return _pruned(data)


def _pruned(data: Any) -> Any:
    if isinstance(data, Fields):
        kept = Fields(data.span, flow=data.flow)
        kept.update({key: _pruned(value) for key, value in data.items() if value is not None})
        return kept
    if isinstance(data, Items):
        return _listed(data, (_pruned(value) for value in data if value is not None))
    return data


def _explain(problem: Problem, words: _Words, report: Report) -> None:
    node, shape, last = problem.node, problem.shape, str(problem.place[-1]) if problem.place else ""
    if problem.key is not None and shape is not None and isinstance(node, Fields):
        _unknown_key(node, problem.key, shape, words, report)
    elif shape is not None:
        anchor = next(iter(node)).span if isinstance(node, Fields) and node else node.span
        report.error("missing-key", f"`{last}` is missing", anchor, _example(shape, last))
    elif problem.kind == "no step":
        _unknown_step(node, report)
    elif not _is_blank(node):
        wanted = {"not a text": "one value", "not a list": "a list"}.get(problem.kind, "keys and values")
        found = "a mapping" if isinstance(node, Fields) else "a list" if isinstance(node, Items) else "a single value"
        named = next((str(part) for part in reversed(problem.place) if part in words.keys), "")
        wanted = "a number or `until`" if last == "<until>" else wanted
        help: Help = "write one text"
        if problem.kind == "not a list" and named not in ("steps", "races", "sessions", "add", "fitness"):
            help = _bracketed(f"write a list: `{named}: [..., ...]`", node)
        elif problem.named:
            help = "write `steps:` below it" if named == "blocks" else help
        elif named in _FORMS:
            help = _braced(_FORMS[named], named, node)
        elif named in ROLES:
            help = f"write one text, such as `{named}: 10 min @ easy`"
        report.error("wrong-form", f"expected {wanted} here, not {found}", node.span, help)


def _bracketed(title: str, node: Node) -> Help:
    """Brackets around a text that is to be a list."""
    return node.instead(title, f"[{node}]") if isinstance(node, Text) and not node.style else title


_ONE_KEY: Final = {
    "power": ("critical", r"\d+ *(?:w|watts?)?"),
    "heart_rate": ("max", r"\d+ *(?:bpm)?"),
    "history": ("weeks", r"\d+ *(?:km|mi|miles?|h|hours?|min)"),
}
"""What a figure alone is meant for where a mapping belongs."""


def _braced(title: str, named: str, node: Node) -> Help:
    """Braces around two days, and with the likeliest key around a figure; the title alone around anything else."""
    if named == "moves" and isinstance(node, Items) and len(node) == 2 and all(isinstance(day, Text) for day in node):
        whole = f"{{{node[0]}: {node[1]}}}"
        return node.span.cure(f"write `moves: {whole}`", node.span.text, whole) if node.flow else title
    key, figure = _ONE_KEY.get(named, ("", ""))
    if not key or not isinstance(node, Text) or node.style or not re.fullmatch(figure, node, re.IGNORECASE):
        return title
    whole = f"{{{key}: {node}}}"
    return node.instead(f"write `{named}: {whole}`", whole)


def _example(shape: type[Shape], key: str) -> str:
    if shape is RepeatShape and key == "steps":
        return "add `steps:` below it, and under that, indented, what to repeat"
    about = shape.keys[key].about
    about = f": {about[0].lower()}{about[1:].rstrip('.')}" if about else ""
    return f"add `{key}:`{about}"


def _unknown_key(node: Fields, key: Text, shape: type[Shape], words: _Words, report: Report) -> None:
    if _is_stray(node, key, words):
        help = _comma(node, key)
        if "steps" in shape.keys and not {"use", "steps"} & set(node):
            help = key.instead(f"write `steps: {key}`", f"steps: {key}")
        report.error("unknown-key", f"`{key}` is not a key", key.span, help)
    elif _looks_like_text(key):
        report.error("unknown-key", f"`{key}` is not a key", key.span, *_colon(node, key))
    else:
        known = [own for own in shape.keys if own not in node and not (shape is StepShape and own in ROLES)]
        near = _within(node, key, known) or _key_meant(key, known, node[key])
        help = near or (f"known here: {', '.join(known)}" if known else "leave it out")
        if shape in (DayShape, SessionShape) and key in FIRST_KEYS:
            help = _steps_of_day(node, key)
        if shape is RepeatShape and key in FIRST_KEYS:
            help = f"it belongs under `steps:`, in a line of its own: `- {key}: ...`"
        noun = "progression" if shape is PartsShape else shape.noun
        report.error("unknown-key", f"`{key}` is not a key of this {noun}", key.span, help)


def _steps_of_day(node: Fields, key: Text) -> Help:
    """``steps: [{ladder: ...}]`` where a step stands for a day, or as the last key of a session."""
    title = f"a day has `steps:`, and in them `{key}:`"
    keys = list(node)
    if not node.flow or key not in (keys[0], keys[-1]):
        return title
    of_step = takewhile(lambda one: one not in DayShape.keys or one == "name", keys[keys.index(key) :])
    source, last = node.span.source, node[list(of_step)[-1]]
    end = last.span.end + (isinstance(last, Text) and last.style in ("'", '"'))
    before, behind = Span(source, key.span.start, key.span.start), Span(source, end, end)
    return Fix(title, (Edit(before, "steps: [{"), Edit(behind, "}]")))


def _colon(node: Fields, key: Text) -> tuple[Help, ...]:
    title = "a `: ` inside text turns what comes before it into a key: put the whole text in"
    value = node[key] if len(node) == 1 else None
    quoted = _quoted(title, key, value)
    if not isinstance(value, Text) or key.style or value.style or any(sign in key for sign in ("--", "@")):
        return (quoted,)
    target, whole = f"{key} @ {value}", Span(key.span.source, key.span.start, value.span.end)
    return whole.cure(f"a target goes after `@`: `{target}`", whole.text, target), quoted


def _comma(node: Fields, key: Text) -> Help:
    """The cure that quotes what a comma split, from the value before it to the last piece."""
    keys = list(node)
    at = keys.index(key)
    first = next((value for value in (node[one] for one in reversed(keys[:at])) if not _is_blank(value)), None)
    whole = next((number for number, one in enumerate(keys[at:], at) if not _is_blank(node[one])), len(keys))
    return _quoted("inside `{ }` and `[ ]` a comma ends the text: put the text in", first, keys[whole - 1])


def _quoted(title: str, first: Node | None, last: Node | None) -> Help:
    """Double quotes around all from one text to another; where others are needed, what they are in words."""
    span = first.span if first is not None else last.span if last is not None else None
    if span is None:
        return title
    quotes = quotes_for(span.source.text, span.start)
    words = f"{title} {quotes}"
    if (
        quotes != DOUBLE_QUOTES
        or not isinstance(first, Text)
        or not isinstance(last, Text)
        or first.style
        or last.style
    ):
        return words
    whole = Span(span.source, first.span.start, last.span.end)
    return Fix(words, (Edit(whole, f'"{whole.text}"'),))


def _looks_like_text(key: Text) -> bool:
    return any(sign in key for sign in ("--", "@", "(", ",")) or re.search(r"\d\S* | \d", key) is not None


def _unknown_step(node: Node, report: Report) -> None:
    if not isinstance(node, Fields):
        help = "take it out of the brackets, or write `- repeat: 2` with `steps:` below it"
        report.error("wrong-form", "a step is a line of text or keys and values, not a list", node.span, help)
        return
    first = next(iter(node), None)
    if node.span.text.startswith("<<"):
        return  # reported as YAML that is not part of the language
    if first is None:
        if node.flow:  # else all that stands there was reported as no YAML of ours
            report.error("empty", "this step is empty", node.span, "write a step such as `run: 10 min @ easy`")
        return
    value = node[first]
    if first == "progression" and isinstance(value, Text):
        if _is_blank(value):
            return
        near = meant(style(value), STYLES, value.span)
        message = f"`{value}` is not a progression"
        report.error("unknown-style", message, value.span, near or f"known: {', '.join(STYLES)}")
        return
    later = next((key for key in node if key in FIRST_KEYS), None)
    if later is not None:
        up = moved_up("move it up, right after the `- `", node, later)
        report.error("first-key", f"`{later}` must be the first key of its step", later.span, up)
    elif _looks_like_text(first):
        report.error("unknown-key", f"`{first}` is not a key", first.span, *_colon(node, first))
    else:
        report.error("unknown-step", f"`{first}` is not a step", first.span, *_step_meant(first, value))


def _within(node: Fields, key: Text, known: Collection[str]) -> Help | None:
    """``max_hr: 188`` as it is written: ``heart_rate: {max: 188}``."""
    outer, inner = _WITHIN.get(key, ("", ""))
    value = node[key]
    if outer not in known or not isinstance(value, Text) or value.style:
        return None
    title = f"write `{outer}: {{{inner}: {value}}}`"
    return together(title, key.instead(title, f"{outer}: {{{inner}"), value.instead(title, f"{value}}}"))


def _key_meant(key: Text, known: Collection[str], value: Node) -> Help | None:
    """The key that was meant, by another tool's word for it or a slip of the finger."""
    if key == "workout" and {"use", "steps"} <= set(known) and isinstance(value, Text):
        word = "use" if re.fullmatch(r"[^\s@]+", value) else "steps"
        return key.instead(f"did you mean `{word}`?", word)
    if other := next((word for word in _MEANT.get(key, ()) if word in known), None):
        return key.instead(f"did you mean `{other}`?", other)
    return meant(key, known, key.span)


def _step_meant(first: Text, value: Node) -> tuple[Help, ...]:
    if count := re.fullmatch(r"(?:repeat +)?(\d+)(?: *(?:[x×*]|times))?", first, re.IGNORECASE):
        return (f"write `repeat: {count[1]}` with `steps:` below it, or the line `{count[1]}x(400 m @ 5k, 1 min)`",)
    if "at" in _MEANT.get(first, ()) and isinstance(value, Text):
        return (f"a step begins with its role: `run: 10 min @ {value}`",)
    if near := _key_meant(first, FIRST_KEYS, value):
        return (near,)
    known = f"a step begins with one of: {', '.join(FIRST_KEYS)}"
    if not isinstance(value, Text) or not value[:1].isdigit() or _REPEAT.match(value):
        return (known,)
    if "total" in _MEANT.get(first, ()):
        return (first.instead(f"did you mean `run: {value}`?", "run"),)
    words = _BEHIND_TARGET.search(value)
    lasts, behind = (value[: words.start()], value[words.start() :]) if words else (value, "")
    if "@" in lasts:
        return (first.instead(f"if it says what the run is for, write `run: {value}`", "run"), known)
    meant = f"{lasts.rstrip()} @ {first}{behind}"
    title = f"if it is a pace, write `run: {meant}`"
    pace = together(title, first.instead(title, "run"), value.instead(title, meant))
    if behind:
        return (pace, known)
    title = f"if it says how, write `run: {value} -- {first}`"
    return (pace, together(title, first.instead(title, "run"), value.instead(title, f"{value} -- {first}")), known)
