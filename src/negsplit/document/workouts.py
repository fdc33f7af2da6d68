"""Documents to model: workouts and athletes, each told by the key that comes first."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from typing import Final, Literal

from negsplit.codes import RULES
from negsplit.diagnostics import Help, Report, Span, meant
from negsplit.document import athletes
from negsplit.document.choices import ACCOUNTS, SPORTS, UNITS, VOLUMES, choice
from negsplit.document.fields import listed
from negsplit.document.history import history
from negsplit.document.items import items
from negsplit.document.library import Library
from negsplit.document.lines import moved_up
from negsplit.document.params import Param
from negsplit.document.reading import shape_of
from negsplit.document.reuse import written_out
from negsplit.document.settings import claim, identifier, last_recovery, tolerance
from negsplit.document.shapes import AthleteShape, WorkoutShape
from negsplit.model import Athlete, Sport, Workout
from negsplit.phrase import names, phrases, targets
from negsplit.targets import AtFault, PaceTarget, Target, folded_name
from negsplit.tree.nodes import Fields, Items, Node, Text
from negsplit.tree.source_lines import short

MAX_NAME = 100
"""Characters of a name. Watches keep 15, or 31, of them."""
MAX_NOTES = 2_000
"""Characters of notes. Watches keep 254 bytes of them."""

Kind = Literal["workout", "plan", "athlete"]
KINDS: Final[tuple[Kind, ...]] = ("workout", "plan", "athlete")
_FIRST_KEY: Final = re.compile(rf"""[{{"']*({"|".join(KINDS)})["']?\s*:""")


def kind_of(node: Node) -> Kind | None:
    """The kind of a document by its first key; None if it is none of ours."""
    first = next(iter(node), None) if isinstance(node, Fields) else None
    return next((kind for kind in KINDS if kind == first), None)


def begins_as(data: bytes) -> Kind | None:
    """The one of our keys that the first line which says something begins with, without reading on."""
    text = data.decode("utf-8-sig", errors="replace")
    lines = (line.strip().removeprefix("---").lstrip() for line in text.splitlines())
    found = _FIRST_KEY.match(next((line for line in lines if line and not line.startswith("#")), ""))
    return next((kind for kind in KINDS if found and kind == found[1]), None)


def workout(
    node: Node,
    report: Report,
    library: Library | None = None,
    *,
    values: Mapping[str, Text] | None = None,
    around: Mapping[str, Param] | None = None,
) -> Workout | None:
    """The workout in a document, or None where its shape leaves nothing to go on with.

    ``values`` are for its params; params ``around`` it may be named too, and its blocks are then another's to check.
    """
    if not is_kind(node, "workout", report) or not isinstance(node, Fields):
        return None
    written = written_out(node, report, library, values, around)
    shape = shape_of(written.node, WorkoutShape, report)
    if shape is None:
        return None
    for block in written.idle:
        _check_idle(node, block, report)
    sport = choice(shape.sport, SPORTS, report) if shape.sport else None
    return Workout(
        name=bounded_name(shape.workout, report),
        steps=items(shape.steps, report),
        sport=sport or Sport.RUNNING,
        notes=bounded_notes(shape.notes, report) if shape.notes else "",
        tags=tags(shape.tags, report),
        paces=_with_paces_of(written.files, own_paces(shape.paces, report), report),
        tolerance=tolerance(shape.tolerance, report),
        last_recovery=last_recovery(shape.last_recovery, report) or "keep",
        lint=set_aside(shape.lint, report),
        id=identifier(shape.id, report),
        adds_up_to=claim(shape.adds_up_to, report),
        units=choice(shape.units, UNITS, report) if shape.units else None,
        span=shape.workout.span,
    )


def _check_idle(node: Fields, block: Fields, report: Report) -> None:
    """Reports what is wrong with the steps of a block that nothing uses."""
    alone = Fields(node.span, flow=False)
    alone.update({key: value for key, value in node.items() if key == "workout"})
    alone.update({key: value for key, value in block.items() if key == "steps"})
    if (shape := shape_of(alone, WorkoutShape, report)) is not None:
        items(shape.steps, report)


def _with_paces_of(files: tuple[Fields, ...], own: dict[str, Target], report: Report) -> dict[str, Target]:
    """A workout's own paces with those of the files it uses, which are checked too; its own win over them."""
    found = dict(own)
    for file in files:
        written = {key for key, value in file.items() if key == "steps" and value and isinstance(value, Text | Items)}
        without_steps = file.but({key: Text.made("lap", key.span) for key in written})
        shape = shape_of(without_steps, WorkoutShape, report)
        for name, target in own_paces(shape.paces if shape else None, report).items():
            same = _same(name, found)
            if not _same(name, own) and found.get(same, target) != target:
                message = f"`{name}` is a different pace in another file that this one uses"
                report.error("two-paces", message, target.span, "say which one you mean under `paces:` of this workout")
            found = merged_paces(found, {name: target}, report)
    return found


def merged_paces(first: Mapping[str, Target], others: Mapping[str, Target], report: Report) -> dict[str, Target]:
    """Own paces of two documents; the ``first`` win, which is said where the same name is spelled otherwise."""
    found = dict(first)
    for name, target in others.items():
        same = _same(name, first) or name
        if same != name:
            message = f"`{name}` is the same pace as `{same}`, which is used instead"
            report.warning("duplicate-pace", message, target.span, "delete one of them, or give it another name")
        found.setdefault(same, target)
    return found


def _same(name: str, names: Iterable[str]) -> str:
    """The one of some names that a name is, in whatever spelling; empty where it is none of them."""
    return next((one for one in names if folded_name(one) == folded_name(name)), "")


def athlete(node: Node, report: Report) -> Athlete | None:
    """The athlete in a document, or None where its shape leaves nothing to go on with."""
    if not is_kind(node, "athlete", report) or not isinstance(node, Fields):
        return None
    shape = shape_of(node, AthleteShape, report)
    if shape is None:
        return None
    volume = choice(shape.volume, VOLUMES, report) if shape.volume else None
    units = choice(shape.units, UNITS, report) if shape.units else None
    account = choice(shape.account, ACCOUNTS, report) if shape.account else None
    races = [phrases.parse(text, report, athletes.race) for text in listed(shape.races)]
    critical = phrases.parse(shape.power.critical, report, athletes.watts) if shape.power else None
    return Athlete(
        name=bounded_name(shape.athlete, report),
        races=tuple(race for race in races if race),
        threshold=phrases.parse(shape.threshold, report, targets.speed_literal) if shape.threshold else None,
        paces=own_paces(shape.paces, report),
        heart_rate=athletes.heart_rates(shape.heart_rate, report),
        pace_zones=athletes.pace_zones(shape.pace_zones, report),
        critical_power=critical,
        volume=volume or "low",
        tolerance=tolerance(shape.tolerance, report),
        units=units or "metric",
        account=account,
        history=history(shape.history, report),
        span=shape.athlete.span,
    )


def own_paces(written: dict[Text, Text] | None, report: Report) -> dict[str, Target]:
    """Own names for targets; two spellings of one name are an error.

    A target at fault is reported, and nothing is said of the steps that name it.
    """
    found: dict[str, Target] = {}
    for key, value in (written or {}).items():
        name = phrases.parse(key, report, names.own_name)
        if not key.strip():
            report.error("empty-key", "this name is empty", key.span, "write a name, for example `park loop: 5:20/km`")
        target = phrases.parse(value, report, targets.target)
        if name is None:
            continue
        if name in found:
            report.error("duplicate-key", f"`{name}` is there twice", key.span, "leave one of them out")
        found[name] = target or PaceTarget(AtFault(span=value.span))
    return found


def tags(written: Text | list[Text] | None, report: Report) -> tuple[str, ...]:
    """Tags in a list, or in one text with commas."""
    texts = written.split(",") if isinstance(written, Text) else listed(written)
    found = tuple(" ".join(text.split()) for text in texts)
    if isinstance(written, Text) and written.strip() and not all(found):
        report.error("empty", "a tag is missing beside a comma", written.span, "write for example `tags: hills, tempo`")
    return found


def set_aside(written: dict[Text, Text] | None, report: Report) -> dict[str, str]:
    """Rules and why they are set aside; an unknown rule, and what reads like the opposite of `off`, are errors."""
    for rule, reason in (written or {}).items():
        if not rule.strip():
            report.error("empty-key", "this rule has no name", rule.span, "write for example `S-BAND: off`")
        elif rule not in RULES:
            report.error(
                "unknown-rule", f"there is no rule `{short(rule)}`", rule.span, *rule_help(rule, rule.span)[:1]
            )
        if reason.strip().lower() in ("on", "yes", "true", "no", "false", "warning", "error"):
            help = f"write `{rule}: off`, or the reason; leave the line out to keep the rule"
            report.error("unknown-value", f"`{reason}` neither sets `{rule}` aside nor says why", reason.span, help)
    return {str(rule): str(reason) for rule, reason in (written or {}).items()}


def rule_help(word: str, span: Span | None = None) -> tuple[Help, ...]:
    """What to say to somebody who wrote ``word`` for a rule: the one that was meant, and all there are."""
    near = meant(word, RULES, span)
    return (*([near] if near else []), f"the rules are {', '.join(RULES)}")


def is_kind(node: Node, wanted: Kind, report: Report) -> bool:
    """Whether a document is of a kind; what it is instead is an error."""
    kind = kind_of(node)
    if kind == wanted:
        return True
    if isinstance(node, Text | Items):
        found = "a list" if isinstance(node, Items) else "text"
        report.error(
            "not-a-document",
            f"a file like this is made of keys and values; this is {found}",
            node.span,
            f"begin with `{wanted}: ...`",
        )
    elif kind:
        article = {"athlete": "an"}
        message = f"this is {article.get(kind, 'a')} {kind}, not {article.get(wanted, 'a')} {wanted}"
        report.error("other-kind", message, next(iter(node)).span, _OTHER_KIND[kind, wanted])
    else:
        _say_first_key(node, wanted, report)
    return False


_OTHER_KIND: Final[dict[tuple[Kind, Kind], str]] = {
    ("plan", "workout"): "`negsplit plan show` prints its calendar, `negsplit compile` makes its files for the watch",
    ("plan", "athlete"): "compile it; an athlete file begins with `athlete:`",
    ("athlete", "workout"): "give it with `--athlete`; a workout begins with `workout:`",
    ("athlete", "plan"): "name it after `athlete:` of the plan; a plan begins with `plan:`",
    ("workout", "athlete"): "compile it; an athlete file begins with `athlete:`",
    ("workout", "plan"): "a session uses it: `use: intervals.workout.yaml`; a plan begins with `plan:`",
}


def _say_first_key(node: Fields, wanted: Kind, report: Report) -> None:
    first = next(iter(node), None)
    if first is None:
        report.error("not-a-document", "this document is empty", node.span, f"begin with `{wanted}: ...`")
        return
    near = meant(first, KINDS, first.span)
    later = next((key for key in node if key in KINDS), None)
    is_plan = str(near or "") == "did you mean `plan`?"
    if later is not None and not (is_plan and later == "athlete"):  # a plan names its athlete further down
        help = moved_up(f"move the line `{later}: ...` to the top", node, later)
        report.error("first-key", f"`{later}` must be the first key of the document", later.span, help)
        return
    if first in ("name", "title", "steps"):
        kind = "plan" if {"sessions", "weeks", "days"} & set(node) else "workout"
        near = first.instead(f"did you mean `{kind}`?", kind)
    help = near or "a document begins with `workout:`, `plan:` or `athlete:`"
    report.error("not-a-document", f"`{first}` is not a kind of document", first.span, help)


def bounded_name(text: Text, report: Report) -> str:
    """A name in one line, of at most :data:`MAX_NAME` characters."""
    return _bounded(" ".join(text.split()), MAX_NAME, text, report, "put the rest under `notes:`")


def bounded_notes(text: Text, report: Report) -> str:
    """Notes of at most :data:`MAX_NOTES` characters."""
    return _bounded(text.strip(), MAX_NOTES, text, report, "say less")


def _bounded(words: str, limit: int, text: Text, report: Report, help: str) -> str:
    if len(words) > limit:
        report.error("too-long", f"this has {len(words)} characters, {limit} are allowed", text.span, help)
    return words
