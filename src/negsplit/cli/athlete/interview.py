"""Questions that make an athlete. The language itself judges the answers, so a file has no other rules."""

from __future__ import annotations

import re
import sys
from collections.abc import Mapping
from dataclasses import replace
from typing import Final, NamedTuple

from negsplit.athlete.paces import Runner
from negsplit.cli import console
from negsplit.cli.questions import Question, answered
from negsplit.compile import Documents, athlete_of
from negsplit.desk import schemas
from negsplit.diagnostics import Diagnostic, Source, Span, has_errors
from negsplit.tree.encoding import refused
from negsplit.tree.layout import scalar
from negsplit.tree.nodes import Fields, Items, Text

NAMELESS: Final = "Me"


INSTEAD: Final = "you can answer with options instead: `negsplit athlete init --help`"
_QUESTIONS: Final = {
    "name": Question("Your name", NAMELESS),
    "race": Question("A race result, such as `5 km in 22:30` or `half in 1:48:00`"),
    "threshold": Question("The pace you could race at for an hour, such as 4:40/km"),
    "max": Question("The highest heart rate you have seen, in beats a minute"),
    "rest": Question("Your heart rate at rest"),
    "lthr": Question("Your heart rate at threshold (LTHR)"),
    "units": Question("Paces in metric or imperial units", "metric"),
}
_DAY: Final = Question("The day of that race, such as 2026-10-04")
_SPACE: Final = re.compile(r"[ \t\r\n]+")


class Answers(NamedTuple):
    """What somebody said of a runner; what is empty was not said."""

    name: str
    race: str = ""
    threshold: str = ""
    max: str = ""
    rest: str = ""
    lthr: str = ""
    units: str = ""
    zones: str = ""
    power: str = ""


class Interview:
    """Collects answers; each is read as the language reads it in a file, together with those before it."""

    def __init__(self) -> None:
        self.answers = Answers(NAMELESS)
        self.runner: Runner | None = None
        self._texts: dict[str, Text] = {"name": _text(NAMELESS)}
        self._told: set[Diagnostic] = set()

    def take(self, field: str, words: str, said_in: str = "") -> bool:
        """Whether an answer is understood, and kept; says what is wrong with it, and of an option where."""
        found = self.offer(field, words, said_in)
        news = [one for one in found if one not in self._told]
        console.report(news if said_in else (replace(one, span=None) for one in news))
        self._told.update(found)
        return not has_errors(found)

    def offer(self, field: str, words: str, said_in: str) -> list[Diagnostic]:
        """What is wrong with an answer, which is kept where that is no error."""
        words = _SPACE.sub(" ", words).strip()
        text = _text(words, said_in)
        texts = {**self._texts, field: text}

        def changed(source: Source) -> Documents:
            return _document({**texts, field: _text(source.text, said_in)})

        fault = refused(text.span.source)
        runner, found = (None, [fault]) if fault else athlete_of(_document(texts), changed)
        if has_errors(found):
            return found
        self.runner, self._texts = runner, texts
        self.answers = Answers(**{name: str(answer) for name, answer in texts.items()})
        return found

    def ask_for(self, field: str, words: str, usual: str, *, behind: str) -> str:
        """The first number of a field, asked for until it fits those ``behind`` it; ``usual`` for Enter alone."""
        while not self.take(field, f"{(answer := answered(Question(words, usual), INSTEAD))}, {behind}"):
            pass
        return answer

    def hold(self) -> None:
        """Asks every question, each until its answer is understood; nothing but Enter leaves one out."""
        if sys.stdin and hasattr(sys.stdin, "reconfigure"):
            sys.stdin.reconfigure(errors="surrogateescape")
        console.note("Press Enter to skip a question.")
        self._ask("name")
        if race := self._ask("race"):
            if self.runner and self.runner.race and not self.runner.race.on:
                self._ask("race", _DAY, f"{race} on ")
        else:
            self._ask("threshold")
        for field in ("max", "rest", "lthr", "units"):
            self._ask(field)

    def _ask(self, field: str, question: Question | None = None, before: str = "") -> str:
        """The answer as understood; empty where it was left out. It stands behind ``before``."""
        while answer := answered(question or _QUESTIONS[field], INSTEAD):
            words = before + (answer.removeprefix("on ") if before else answer)
            if self.take(field, words):
                return words
        return ""


def _text(words: str, source: str = "<athlete>") -> Text:
    return Text(words, Span(Source(source, words), 0, len(words)))


def _document(texts: Mapping[str, Text]) -> Documents:
    """An athlete's document as it is read from a file, each value standing in its own answer."""
    top = texts["name"].span
    document = Fields(top, flow=False)
    keys = {"name": "athlete", "race": "races", "threshold": "threshold", "units": "units"}
    document.update({_text(key): texts[field] for field, key in keys.items() if field in texts})
    rates = {"max": "max", "rest": "rest", "lthr": "threshold"}
    heart = Fields(top, flow=False)
    heart.update({_text(key): texts[field] for field, key in rates.items() if field in texts})
    if "zones" in texts:
        edges = Items(texts["zones"].span, flow=True)
        edges.extend(_text(edge.strip()) for edge in texts["zones"].split(","))
        heart[_text("zones")] = edges
    if heart:
        document[_text("heart_rate")] = heart
    if "power" in texts:
        power = Fields(top, flow=False)
        power[_text("critical")] = texts["power"]
        document[_text("power")] = power
    return Documents(top.source, (document,), ())


def athlete_text(answers: Answers) -> str:
    """The file of an athlete, with comments; it reads back as what was answered."""
    return "\n\n".join(
        (
            f"{schemas.line('athlete')}\n{_HEAD}\nathlete: {scalar(answers.name)}",
            f"{_RACES}\n" + (f"races:\n  - {scalar(answers.race)}" if answers.race else _NO_RACE),
            f"{_PACES}\n" + (f"threshold: {scalar(answers.threshold)}" if answers.threshold else _NO_THRESHOLD),
            f"{_HEART}\n" + _heart_rates(answers),
            *([f"{_POWER}\npower: {{critical: {scalar(answers.power)}}}"] if answers.power else []),
            f"{_REST}\nunits: {scalar(answers.units or 'metric')}\n",
        )
    )


def _heart_rates(answers: Answers) -> str:
    known = {"max": answers.max, "rest": answers.rest, "threshold": answers.lthr}
    lines = [f"  {key}: {value if value.isdigit() else scalar(value)}" for key, value in known.items() if value]
    lines += [f"  zones: [{answers.zones}]"] if answers.zones else []
    return "\n".join(["heart_rate:", *lines]) if lines else "# heart_rate: {max: 188, rest: 48, threshold: 170}"


_HEAD: Final = """\
# Your numbers. The paces and zones of your workouts come from here; `negsplit athlete show` prints them.
# Lines that begin with `#` are only for you to read. Delete the `# ` to use one of them."""
_RACES: Final = """\
# Race results. One is enough. If you give several, write the day of each; the best of the last 16 weeks counts."""
_NO_RACE: Final = "# races:\n#   - 5 km in 22:30 on 2026-10-04"
_PACES: Final = """\
# The pace you could race at for an hour. Without a race, all paces come from it; with one, only `threshold`."""
_NO_THRESHOLD: Final = "# threshold: 4:40/km"
_HEART: Final = """\
# Heart rates in beats a minute: your highest (`max`), at rest, and at lactate threshold."""
_POWER: Final = "# Critical power in watts, for targets such as `90 % CP`."
_REST: Final = "# metric shows paces per km, imperial per mile."
