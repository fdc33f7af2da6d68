"""The sessions of a plan: those that come again week after week, and what single days hold instead."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from typing import Final, NamedTuple

from negsplit.diagnostics import Report, Span, did_you_mean
from negsplit.document import workouts
from negsplit.document.beginnings import FIRST_KEYS, plainly
from negsplit.document.choices import YES_OR_NO, choice
from negsplit.document.fields import listed
from negsplit.document.params import Filling, Param, ParamScope
from negsplit.document.reading import shape_of
from negsplit.document.reuse import blocks_of
from negsplit.document.shapes import DayShape, SessionShape
from negsplit.plan import races, texts
from negsplit.plan.header import WeekCount
from negsplit.plan.model import DayChange, Kind, Session, Steps, Use, WeeklySession
from negsplit.plan.value_texts import value
from negsplit.plan.values import Constant, Value, beginning, written
from negsplit.tree.nodes import Fields, Items, Node, Text
from negsplit.words import PRESET

_KINDS: Final[tuple[Kind, ...]] = ("rest", "note", "cross", "race")
_WHAT: Final = ("use", "steps", *_KINDS)
_FILE: Final = re.compile(rf"\S.*\.ya?ml|{PRESET}\S+", re.IGNORECASE)
_WORD: Final = re.compile(r"[^\W\d_]{3,}")


_OFF: Final = frozenset(("off", "day off", "off day", "rest day"))
_TIME: Final = r"\d+(?:-\d+)? ?(?:min(?:ute)?s?|h(?:ours?)?)"
_CROSS: Final = re.compile(
    rf"(?:{_TIME} )?(?:cross(?:[- ]?train(?:ing)?)?|xt)|(?:cross(?:[- ]?train(?:ing)?)?|xt) {_TIME}", re.IGNORECASE
)
_OTHER_SPORT: Final = re.compile(
    rf"(?:{_TIME} (?:of )?)?(?:yoga|gym|pilates|stretching|(?:strength|core|weights)(?: training| work)?"
    rf"|bik(?:e|ing)|cycl(?:e|ing)|swim(?:ming)?|row(?:ing)?|elliptical)(?:,? {_TIME})?",
    re.IGNORECASE,
)
"""What is done on a day without a run; as a cue it would be a run."""
_TWICE: Final = re.compile(r"AM:? (?P<am>.+?)(?:\s*[,;/])? PM:? (?P<pm>.+)", re.DOTALL)
"""Two runs of a day, as plans write them."""
_REST_OR: Final = re.compile(r"(?:rest|off|day off|off day) or \S.*", re.IGNORECASE)


def without_workout(word: str) -> Kind | None:
    """What published plans say of days without a run: ``Off``, ``Cross-train``, ``Rest or cross-train``."""
    if _is_off(word) or _REST_OR.fullmatch(word):
        return "rest"
    return "cross" if _CROSS.fullmatch(word) else None


def _is_off(word: str) -> bool:
    return word.lower() in _OFF


_OF_SESSIONS: Final = frozenset(DayShape.keys) - {"steps", "name"}
"""Keys of a session that no step has."""


def _is_step(node: Fields) -> bool:
    """Whether a step stands for a day: ``{ladder: 3 x 1 km, ...}``."""
    plain = plainly(node)
    first = next(iter(plain), None)
    return first in FIRST_KEYS and isinstance(plain, Fields) and _OF_SESSIONS.isdisjoint(plain)


class _Values(NamedTuple):
    """What a session gives to params, and where each is written."""

    values: dict[str, Value]
    places: dict[str, Span]


class Sessions:
    """Reads the sessions of one plan of so many weeks; ``params`` are those they may name."""

    def __init__(self, node: Fields, params: Mapping[str, Param], weeks: WeekCount, report: Report) -> None:
        self.blocks = blocks_of(node)
        self.params, self.weeks, self.report = params, weeks, report
        self.strange = {one for key in ("sessions", "add") for one in _strange(node.value(key))}
        self.filling = Filling(report)

    def entries(self, shapes: Sequence[SessionShape] | None) -> tuple[WeeklySession, ...]:
        """The sessions that come again, without those at fault."""
        return tuple(entry for one in shapes or () if (entry := self._entry(one)))

    def changes(self, shapes: Mapping[Text, object] | None) -> tuple[DayChange, ...]:
        """What single days hold, without those at fault."""
        days = [(key, found) for key, value in (shapes or {}).items() if (found := node_of(value)) is not None]
        return tuple(change for key, node in days for change in self._changes(key, node))

    def _entry(self, shape: SessionShape) -> WeeklySession | None:
        on = listed(shape.on)
        days = texts.weekdays(on, self.report)
        count = self.weeks
        usual = range(1, count.first_ones + 1)
        weeks = texts.weeks(listed(shape.weeks), count.last, self.report) if shape.weeks else usual
        session = self._session(shape, on[0].span, is_strange=id(on[0]) in self.strange)
        if session and not (weeks and days and (shape.weeks or count.usual)):
            # Nobody knows which weeks it is in: its workout is checked with the values of the first.
            session, weeks, days = _of_one_week(session), weeks or (1,), days or (0,)
        return WeeklySession(tuple(weeks), days, session, span=session.span) if session else None

    def _changes(self, key: Text, node: Node) -> list[DayChange]:
        """What stands behind one key of ``days``."""
        day = texts.changed_day(key, self.report)
        if day is None or self._is_empty(key, node):
            return []
        if not isinstance(day, int):
            return [DayChange(day, tuple(self._held(node)), span=key.span)]
        if not isinstance(node, Fields):
            help = "write days below it: `{thu: rest, sun: 10 km @ easy}`"
            self.report.error("wrong-form", "days of the week are needed here", node.span, help)
            return []
        found = []
        for name, one in node.items():
            weekday = texts.weekday(name, self.report)
            if weekday is not None and not self._is_empty(name, one):
                found.append(DayChange((day, weekday), tuple(self._held(one)), span=name.span))
        return found

    def _is_empty(self, key: Text, node: Node) -> bool:
        if isinstance(node, Text) and is_blank(node):
            help = f"write a value after `{key}:`, or leave the key out"
            self.report.error("empty", f"`{key}` has no value", key.span, help)
        return is_blank(node)

    def _held(self, node: Node) -> list[Session]:
        """What a single day holds: one session, or several."""
        found = []
        for one in map(_plainly, node if isinstance(node, Items) else [node]):
            if isinstance(one, Items):
                help = "write its sessions in one list; steps go after `steps:`"
                self.report.error("wrong-form", "a day is a list of sessions, not of lists", one.span, help)
            elif isinstance(one, Fields) and _is_step(one):
                steps = Items(one.span, flow=True)
                steps.append(one)
                found.append(Session("workout", body=Steps(steps), span=next(iter(one)).span))
            elif isinstance(one, Fields):
                shape = shape_of(one, DayShape, self.report)
                is_strange = not set(one) <= set(DayShape.keys)
                session = self._session(shape, one.span, is_strange=is_strange) if shape else None
                found += [session] if session else []
            elif twice := _TWICE.fullmatch(one.strip()):
                offset = len(one) - len(one.lstrip())
                for start, end in (twice.span("am"), twice.span("pm")):
                    found.append(self._in_text(texts.part(one, start + offset, end + offset)))
            elif one.strip():
                found.append(self._in_text(one))
        return found

    def _in_text(self, text: Text) -> Session:
        """``rest``, a file, a block's name, a day without a run, or a line of steps."""
        word = text.strip()
        if word.lower() == "rest":
            return Session("rest", span=text.span)
        near = self.blocks is not None and _WORD.fullmatch(word) and did_you_mean(word, self.blocks)
        if (self.blocks and word in self.blocks) or near or _FILE.fullmatch(word):
            return Session("workout", body=Use(Text(word, text.span, text.style)), span=text.span)
        if _OTHER_SPORT.fullmatch(word):
            written = f"{{cross: {word}}}"
            help = text.instead(f"write `{written}` for a day of something else", written)
            self.report.error("session", f"`{word}` is not a run", text.span, help)
            return Session("cross", word, span=text.span)
        if kind := without_workout(word):
            return Session(kind, "" if _is_off(word) else word, span=text.span)
        return Session("workout", body=Steps(text), span=text.span)

    def _session(self, shape: DayShape, span: Span, *, is_strange: bool) -> Session | None:
        """One session; None, with an error, unless it says one thing to do. One with strange keys has its error."""
        what = self._what(shape, span, is_strange=is_strange)
        if what is None:
            return None
        kind: Kind = next((kind for kind in _KINDS if kind == what), "workout")
        body = _body(shape)
        if shape.with_ and body is None:
            message = f"`with` gives values to a workout, and `{kind}` has none"
            self.report.error("session", message, next(iter(shape.with_)).span, "leave it out, or add `use:`")
            return None
        if shape.adds_up_to and body is None:
            message = f"`adds_up_to` is about a workout, and `{kind}` has none"
            self.report.error("session", message, shape.adds_up_to.span, "leave it out, or add `steps:`")
            return None
        given = self._with(shape.with_ or {})
        if given is None or (isinstance(body, Steps) and is_blank(body.node)):
            return None  # which is reported
        text = getattr(shape, kind) if kind != "workout" else None
        race = races.of_session(shape, self.report)
        return Session(
            kind=kind,
            text=" ".join(workouts.bounded_notes(text, self.report).split()) if text else "",
            body=body,
            values=given.values,
            places=given.places,
            name=workouts.bounded_name(shape.name, self.report) if shape.name else "",
            notes=workouts.bounded_notes(shape.notes, self.report) if shape.notes else "",
            time=texts.time_of_day(shape.time, self.report) if shape.time else None,
            optional=bool(shape.optional and choice(shape.optional, YES_OR_NO, self.report)),
            tags=workouts.tags(shape.tags, self.report),
            adds_up_to=shape.adds_up_to,
            distance=race.distance,
            goal=race.time,
            goal_pace=race.pace,
            span=(shape.use.span if shape.use else text.span if text else span),
        )

    def _what(self, shape: DayShape, span: Span, *, is_strange: bool) -> str | None:
        """The one key that says what to do; a race may have its workout beside it."""
        said = [name for name in _WHAT if name in shape.given]
        if "race" in said and len(said) == 2 and said[0] in ("use", "steps"):
            return "race"
        if len(said) == 1:
            return said[0]
        if said:
            more = node_of(getattr(shape, said[1]))
            message, place = f"`{said[0]}` and `{said[1]}` in one session", more.span if more else span
        elif is_strange:
            return None
        else:
            message, place = "this session does not say what to do", span
        self.report.error("session", message, place, f"give it one of {', '.join(f'`{name}`' for name in _WHAT)}")
        return None

    def _with(self, written: Mapping[Text, Text | list[Text]]) -> _Values | None:
        """The values of a session; None, with an error, where one of them is at fault."""
        if any(is_blank(one) for texts in written.values() for one in listed(texts)):
            return None  # reported as empty; the values beside it may be cut off
        found = _Values({}, {})
        scope = ParamScope(dict(self.params))
        for key, one_or_more in written.items():
            filled = [self.filling.text(one, scope) for one in listed(one_or_more)]
            known = [one for one in filled if one is not None]
            if len(known) < len(filled):
                continue
            is_one = isinstance(one_or_more, Text)
            if (given := value(known[0] if is_one else known, self.report)) is not None:
                found.values[str(key)] = given
                found.places[str(key)] = known[0].span if is_one else key.span
        return found if len(found.values) == len(written) else None


def _plainly(node: Node) -> Node:
    """A race that a text names, as keys and values; any other node as it is."""
    return (races.in_text(node) or node) if isinstance(node, Text) else node


def _of_one_week(session: Session) -> Session:
    """A session with what its values begin with."""
    first = {name: beginning(one) for name, one in session.values.items()}
    texts = {name: written(one, session.places[name]) for name, one in first.items() if one is not None}
    return replace(session, values={name: Constant(text) for name, text in texts.items()})


def _body(shape: DayShape) -> Use | Steps | None:
    if shape.use is not None:
        return Use(shape.use)
    steps = node_of(shape.steps)
    return Steps(steps) if steps is not None else None


def _strange(sessions: Node | None) -> Iterator[int]:
    """The sessions with keys that there are not, by the text of their first day."""
    for item in sessions if isinstance(sessions, Items) else ():
        if isinstance(item, Fields) and not set(item) <= set(SessionShape.keys):
            on = item.value("on")
            yield id(on[0] if isinstance(on, Items) and on else on)


def node_of(value: object) -> Node | None:
    """What a shape has left as it is written."""
    return value if isinstance(value, Text | Fields | Items) else None


def is_blank(node: Node) -> bool:
    """Whether nothing stands there, which is reported with the shape of the document."""
    return not (node.strip() if isinstance(node, Text) else node)
