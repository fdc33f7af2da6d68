"""What a plan is to be made from: options, and questions for those that are missing. The language judges both alike."""

from __future__ import annotations

import datetime as dt
import re
import shlex
from collections.abc import Callable, Iterator, Mapping
from dataclasses import fields, replace
from typing import Any, Final, get_args

import click

from negsplit import clock, units
from negsplit.athlete.paces import Runner
from negsplit.cli import console
from negsplit.cli.questions import Question, answered
from negsplit.diagnostics import Diagnostic, Report, Source, Span, listed
from negsplit.document.athletes import race_distance
from negsplit.frozen import dataclass
from negsplit.phrase import amounts, numbers, phrases
from negsplit.phrase.tokens import Cursor
from negsplit.plan import texts
from negsplit.plan.before import Before, by_history
from negsplit.plan.make import enough, first_5k
from negsplit.plan.make.gauge import gauge
from negsplit.plan.make.races import distance_key
from negsplit.plan.make.wish import Kind, TuneUp, Wish
from negsplit.plan.weeks import week_begin
from negsplit.tree.nodes import Text
from negsplit.units import METRES_PER, Amount, Distance, Duration
from negsplit.words import DAYS

KINDS: Final[tuple[Kind, ...]] = get_args(Kind)
_RACES: Final = frozenset(enough.BY_DISTANCE)
_WORKABLE: Final[Mapping[str, frozenset[Kind]]] = {
    "race": _RACES | {"first-5k"},
    "tune_ups": _RACES,
    "goal": _RACES,
    "by_feel": _RACES | {"base"},
    "volume": _RACES | {"base", "return"},
}
"""The kinds of which an option says something; every other option does of all."""
_INSTEAD: Final = "you can answer with options instead: `negsplit new --help`"


@dataclass(frozen=True, slots=True)
class Said:
    """The options as they are typed, empty where they are not."""

    race: str = ""
    start: str = ""
    weeks: str = ""
    runs: str = ""
    volume: str = ""
    long: str = ""
    days: str = ""
    tune_ups: tuple[str, ...] = ()
    goal: str = ""
    by_feel: bool = False

    @classmethod
    def empty(cls) -> dict[str, Any]:
        """What each option is where it is not typed."""
        return {one.name: one.default for one in fields(cls)}

    def given(self) -> dict[str, Any]:
        """Those that are typed, by their names here."""
        return {name: value for name in self.__slots__ if (value := getattr(self, name))}


@dataclass(frozen=True, slots=True)
class Asked:
    """A wish, how many weeks it may have where nobody said how many, and whether its first day came from the clock."""

    wish: Wish
    spare_weeks: int = 0
    is_from_today: bool = False


def asked(kind: Kind, title: str, said: Said, runner: Runner) -> Asked:
    """The wish of options and answers. Nothing is asked where nobody is there to answer.

    :raises click.UsageError: where an option says nothing of this kind, or is missing and nobody can be asked.
    :raises console.Failed: where an option or an answer is at fault, which is said.
    """
    for name in said.given():
        if kind not in _WORKABLE.get(name, KINDS):
            raise click.UsageError(f"{_option(name)} says nothing of `--kind {kind}`; leave it out")
    if said.race and said.start and said.weeks:
        raise click.UsageError("--race, --start and --weeks are one too many: leave one of them out")
    return _Answers(kind, title, runner).asked(said)


class _Answers:
    """Collects what is known, by the names of the options."""

    def __init__(self, kind: Kind, title: str, runner: Runner) -> None:
        self.kind, self.title, self.runner = kind, title, runner
        self.known: dict[str, Any] = {}

    def asked(self, said: Said) -> Asked:
        given = said.given()
        self.known["by_feel"] = given.pop("by_feel", False)
        understood = [self._take(name, words, _option(name)) for name, words in given.items()]
        if not all(understood):
            raise console.Failed
        if self.known.get("days") and "runs" not in self.known:
            self.known["runs"] = len(self.known["days"])
        self._ask()
        self._agree()
        return self._wish()

    def _take(self, name: str, words: str | tuple[str, ...], said_in: str = "") -> bool:
        """Whether an option or an answer is understood, and kept; says what is wrong with it."""
        report = Report()
        some = [words] if isinstance(words, str) else words
        read = [_READERS[name](_text(one, said_in), report) for one in some]
        console.report(report.diagnostics if said_in else (replace(one, span=None) for one in report.diagnostics))
        if report.failed or None in read:
            return False
        if not self._goes_along(name, read[0]):
            console.report([Diagnostic("kind", "--volume and --long are both distances, or both times", None)])
            return False
        self.known[name] = read[0] if isinstance(words, str) else tuple(read)
        return True

    def _goes_along(self, name: str, value: object) -> bool:
        """Whether an amount is a distance where the other one is, or a time where that is."""
        other = self.known.get({"volume": "long", "long": "volume"}.get(name, ""))
        return self.kind == "first-5k" or other is None or type(other) is type(value)

    # --- What is missing ----------------------------------------------------------------------

    def _ask(self) -> None:
        """Asks for what is missing; where nobody is there, what the athlete's history does not say is wrong usage."""
        if self.kind == "first-5k":
            self.known |= {"volume": Duration(0)} | {"runs": self.known.get("runs", first_5k.RUNS)}
        wanted = [name for name in _ORDER if self._is_missing(name)]
        if not console.is_asked():
            self._from_history(wanted)
            missing = [_option(name) for name in wanted if name != "race" and name not in self.known]
            if missing:
                such = " ".join(_SUCH[one] for one in missing)
                if "race" in wanted and "--weeks" in missing:
                    missing[missing.index("--weeks")] = "--race or --weeks"
                are = "is" if len(missing) == 1 else "are"
                raise click.UsageError(f"{listed(missing, 'and')} {are} missing; write for example `{such}`")
            return
        for name in wanted:
            if self._is_missing(name):
                self._answer(name)

    def _is_missing(self, name: str) -> bool:
        if name in self.known or self.kind not in _WORKABLE.get(name, KINDS):
            return False
        match name:
            case "race":
                return not {"start", "weeks"} & self.known.keys()
            case "weeks":
                return "race" not in self.known and self.kind != "first-5k"
        return True

    def _answer(self, name: str) -> None:
        usual = self._usual(name)
        question = Question(_QUESTIONS.get((self.kind, name)) or _QUESTIONS["", name], usual)
        while True:
            words = answered(question, _INSTEAD)
            if (not words and name == "race") or self._take(name, words or usual):
                return

    def _from_history(self, wanted: list[str]) -> None:
        """Takes what the runner's last weeks say, and says so: nobody is there to see it in a question."""
        found = {name: usual for name in wanted if (usual := self._usual(name)) and self._take(name, usual)}
        if found:
            said = ", ".join(f"{_option(name)} {usual}" for name, usual in found.items())
            is_cut = self._share < 1 and {"volume", "long"} & found.keys()
            of_it = f", of which {100 * self._share:.0f} % count" if is_cut else ""
            console.note(f"from {self._before.source or 'your history'}{of_it}: {said}")

    def _usual(self, name: str) -> str:
        """What the runner's last weeks say of a question, as an answer to it; empty where they say nothing."""
        history = self.runner.history
        if history is None or self.kind == "first-5k":
            return ""
        match name:
            case "volume" | "long":
                amount = _mean(history.weeks) if name == "volume" else history.longest
                return self._offered(amount) if amount and self._goes_along(name, amount) else ""
            case "runs":
                return str(min(max(history.runs, enough.FEWEST_RUNS), enough.MOST_RUNS)) if history.runs else ""
        return ""

    def _offered(self, amount: Amount) -> str:
        """An amount to offer: of an old history a part, but for the way back, which begins with what was before."""
        if isinstance(amount, Duration):
            return f"{round(self._share * amount.seconds / 300) * 5} min"
        unit = self.runner.pace_unit
        return f"{round(self._share * amount.metres / METRES_PER[unit])} {unit}"

    @property
    def _share(self) -> float:
        return 1.0 if self.kind == "return" else self._before.share

    @property
    def _before(self) -> Before:
        """The weeks of the history, as those before the plan, whose first day may be known only by and by."""
        start, race, weeks = (self.known.get(name) for name in ("start", "race", "weeks"))
        first = start or (race - dt.timedelta(weeks=weeks) if race and weeks else _next_monday())
        return by_history(self.runner.history, self.runner, first)

    # --- What it comes to ---------------------------------------------------------------------

    def _agree(self) -> None:
        """Ends the command where two answers do not go together."""
        known, report = self.known, Report()
        if self.kind == "first-5k" and known["long"] == Distance(0):
            known["long"] = Duration(0)
        if known.get("days") and len(known["days"]) != known["runs"]:
            report.error(
                "duplicate-day", f"--days names {len(known['days'])} days, and --runs is {known['runs']}", None
            )
        if self.kind == "first-5k" and not isinstance(known["long"], Duration):
            report.error("kind", "--long is a time here: the longest you can run without a walk", None)
        start, race = known.get("start"), known.get("race")
        if start and race and race < start:
            report.error("date", f"the race on {race} is before the start on {start}", None)
        if race and not start and race < clock.today():
            report.error("date", f"the race on {race} is over", None, "name the day on which you began too: `--start`")
        if report.failed:
            console.report(report.diagnostics)
            raise console.Failed

    def _wish(self) -> Asked:
        known = self.known
        race, start, weeks = known.get("race"), known.get("start"), known.get("weeks")
        is_from_today = race is None and start is None
        if is_from_today:
            start = _next_monday()
        wish = Wish(
            kind=self.kind,
            title=self.title,
            weeks=1 if weeks is None else weeks,
            runs=known["runs"],
            volume=known["volume"],
            longest=known["long"],
            race=race,
            start=start,
            days=known.get("days"),
            tune_ups=known.get("tune_ups", ()),
            goal=known.get("goal"),
            by_feel=known["by_feel"],
        )
        if race and start:
            wish = replace(wish, start=None)
            weeks = (enough.first_day(wish) - week_begin(start, 0)).days // 7 + 1
            return Asked(replace(wish, weeks=weeks))
        if weeks is not None:
            return Asked(wish, is_from_today=is_from_today)
        needed = enough.weeks_needed(wish, gauge(wish, self.runner))
        if race is None:
            return Asked(replace(wish, weeks=needed), is_from_today=is_from_today)
        there = (enough.first_day(wish) - _next_monday()).days // 7 + 1
        if there < 1:
            help = "name a later race, or with `--start` the day on which you began"
            message = f"the race on {race} is before {_next_monday()}, the next Monday, on which the plan would begin"
            console.report([Diagnostic("date", message, None, (help,))])
            raise console.Failed
        return Asked(replace(wish, weeks=min(needed, there)), spare_weeks=max(there - needed, 0))


def _next_monday() -> dt.date:
    today = clock.today()
    return today + dt.timedelta(days=7 - today.weekday())


def _mean(weeks: tuple[Amount, ...]) -> Amount:
    """Of the last four weeks."""
    last = weeks[-4:]
    if isinstance(last[0], Distance):
        return Distance(sum(one.cm for one in last if isinstance(one, Distance)) // len(last))
    return Duration(sum(one.ms for one in last if isinstance(one, Duration)) // len(last))


# --- Reading -------------------------------------------------------------------------------------

_NOTHING: Final = re.compile(r"0+(\.0*)?\s*(km|mi|min|h|)", re.IGNORECASE)
_BARE: Final = re.compile(r"\d+(\.\d+)?", re.ASCII)
_TUNE_UP: Final = re.compile(r"(?P<day>[^:]+):(?P<distance>.+)", re.DOTALL)


def _text(words: str, said_in: str) -> Text:
    words = " ".join(words.split())
    return Text(words, Span(Source(said_in or "<answer>", words), 0, len(words)))


def _amount(text: Text, report: Report) -> Amount | None:
    """A distance or a time; nothing at all is one here."""
    if _NOTHING.fullmatch(text.strip()):
        return Duration(0) if text.strip().endswith(("min", "h")) else Distance(0)
    if _BARE.fullmatch(text.strip()):  # of a week, or of a run, nobody means seconds or metres
        number = text.strip()
        help = f"write `{number}km`, `{number}mi` or `{number}min`"
        report.error("missing-unit", f"`{number}` needs a unit", text.span, help)
        return None
    return phrases.parse(text, report, amounts.amount)


def _count(noun: str) -> Callable[[Text, Report], int | None]:
    def read(cursor: Cursor) -> int:
        found = numbers.whole(cursor, f"a number of {noun}", "for example `4`")
        cursor.take(noun, noun.removesuffix("s"))
        return found

    return lambda text, report: phrases.parse(text, report, read)


def _weekdays(text: Text, report: Report) -> tuple[int, ...]:
    return texts.weekdays([text], report)


def _tune_up(text: Text, report: Report) -> TuneUp | None:
    match = _TUNE_UP.fullmatch(text)
    if match is None:
        help = "write its day and its distance: `2027-03-14:10k`"
        report.error("date", f"`{text}` is no race on the way", text.span, help)
        return None
    on = texts.date(texts.part(text, *match.span("day")), report)
    distance = phrases.parse(texts.part(text, *match.span("distance")), report, race_distance)
    return TuneUp(on, distance) if on and distance else None


_READERS: Final[Mapping[str, Callable[[Text, Report], Any]]] = {
    "race": texts.date,
    "start": texts.date,
    "weeks": _count("weeks"),
    "runs": _count("runs"),
    "volume": _amount,
    "long": _amount,
    "days": _weekdays,
    "tune_ups": _tune_up,
    "goal": texts.goal,
}

_ORDER: Final = ("race", "weeks", "runs", "volume", "long")
"""What has to be known, in the order in which it is asked."""
_QUESTIONS: Final[Mapping[tuple[str, str], str]] = {
    ("", "race"): "The day of your race, such as 2027-04-18; Enter if you have none yet",
    ("", "weeks"): "How many weeks the plan is to have",
    ("return", "weeks"): "How many weeks you want to take; usual: half as many again as you were off",
    ("", "runs"): "How many runs a week, from 3 to 6",
    ("", "volume"): "How much you run in a week now, such as 35 km or 4 h",
    ("return", "volume"): "How much you ran in a week before the break, such as 35 km or 4 h",
    ("", "long"): "Your longest run of the last weeks, such as 14 km or 90 min",
    ("return", "long"): "Your longest run before the break, such as 14 km or 90 min",
    ("first-5k", "long"): "How long you can run without a walk, such as 3 min; 0 if you have not tried",
}

_SUCH: Final = {"--weeks": "--weeks 10", "--runs": "--runs 4", "--volume": "--volume 35km", "--long": "--long 12km"}
"""Options as somebody may type them."""


# --- Writing -------------------------------------------------------------------------------------


def _option(name: str) -> str:
    return "--" + {"tune_ups": "tune-up"}.get(name, name.replace("_", "-"))


def command(name: str, wish: Wish, athlete: str | None) -> str:
    """The command that makes the plan of a wish, to be pasted into a shell."""
    words = ["negsplit", "new", *(["--", name] if name.startswith("-") else [name]), *_options(wish)]
    if name.startswith("-"):
        words = ["negsplit", "new", *_options(wish), *(["--athlete", athlete] if athlete else []), "--", name]
        return shlex.join(words)
    return shlex.join([*words, *(["--athlete", athlete] if athlete else [])])


def _options(wish: Wish) -> Iterator[str]:
    """The options of a wish; read back they are the same one."""
    yield from ("--kind", wish.kind)
    yield from ("--race", str(wish.race)) if wish.race else ("--start", str(wish.start))
    yield from ("--weeks", str(wish.weeks))
    if wish.kind != "first-5k":
        yield from ("--runs", str(wish.runs), "--volume", _short(wish.volume))
    yield from ("--long", _short(wish.longest))
    if wish.days:
        yield from ("--days", ",".join(DAYS[day] for day in wish.days))
    for one in wish.tune_ups:
        yield from ("--tune-up", f"{one.on}:{distance_key(one.distance).replace(' ', '')}")
    if wish.goal:
        yield from ("--goal", units.clock(wish.goal.ms))
    if wish.by_feel:
        yield "--by-feel"


def _short(amount: Amount) -> str:
    """As it is typed without a space: ``35km``, ``90min``, ``21097.5m``."""
    return str(amount).replace(" ", "") if amount not in (Duration(0), Distance(0)) else "0"
