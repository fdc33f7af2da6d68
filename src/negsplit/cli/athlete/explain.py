"""One pace or zone of a runner: its number, where that comes from, its words, and what others mean by them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import Final, NamedTuple

from negsplit.athlete.pace_words import meaning, other_words
from negsplit.athlete.paces import STANDARD_NAMES, SYNONYMS, VERY_EASY, Runner, canonical
from negsplit.athlete.races import distance_named, is_race
from negsplit.athlete.vdot import SHORTEST
from negsplit.athlete.zones import other_systems
from negsplit.cli.athlete.figures import resolver, shown, speeds_of, speeds_text
from negsplit.cli.athlete.weather import Weather
from negsplit.cures import proved
from negsplit.diagnostics import Diagnostic, Effect, Report, Severity, Source, Span
from negsplit.phrase.phrases import parse
from negsplit.phrase.targets import target as any_target
from negsplit.phrase.wording import target_text as written
from negsplit.preview.text import target_text, wrapped
from negsplit.targets import Between, HeartRateZones, Named, OneSided, PaceTarget, PaceZones, Target, folded_name
from negsplit.tree.nodes import Text

Asked = PaceTarget | HeartRateZones | PaceZones
"""What a name stands for: a pace by its canonical name, or a single zone."""
_Row = tuple[str, str]
_NO_NUMBER: Final = "needs an athlete with a race result or a threshold pace, or with this pace under `paces:`"
_AN_ATHLETE: Final = 'an athlete is a YAML file, or words in quotes: `negsplit athlete show "5 km in 22:30"`'


class _Page(NamedTuple):
    title: str
    rows: Sequence[_Row]
    here: str = ""
    elsewhere: Sequence[_Row] = ()


# --- What a name stands for --------------------------------------------------------------------


def of_language(words: str) -> Asked | None:
    """What a name means whoever runs: a pace of the language, a race, a zone."""
    if zone := _zone(words):
        return zone
    name = canonical(words)
    distance = distance_named(name)
    known = name in (*STANDARD_NAMES, *SYNONYMS, VERY_EASY) or (distance is not None and is_race(distance))
    return PaceTarget(Named(name)) if known else None


def of_runner(words: str, runner: Runner) -> Asked | None:
    """What a name means where it is one of the runner's own."""
    name = canonical(words)
    return PaceTarget(Named(name)) if name in runner.own else None


def _zone(words: str) -> HeartRateZones | PaceZones | None:
    found = _read(Source("<name>", words), Report())
    if not isinstance(found, HeartRateZones | PaceZones) or found.low != found.high:
        return None
    return None if isinstance(found, HeartRateZones) and found.watch else found


def _read(source: Source, report: Report) -> Target | None:
    return parse(Text(source.text, Span(source, 0, len(source.text))), report, any_target)


def _mistakes(source: Source) -> list[Diagnostic]:
    _read(source, report := Report())
    return report.diagnostics


def unknown(words: str, runner: Runner) -> list[Diagnostic]:
    """That there is no such pace, and what is probably meant: a zone or the like written otherwise, else a name."""
    is_distance = distance_named(canonical(words)) is not None
    mistakes = [] if is_distance else proved(_mistakes(Source("<name>", words)), _mistakes)
    found = [one for one in mistakes if one.help]
    if not found:
        report = Report()
        resolver(runner, report).speeds(PaceTarget(Named(words.lower())))
        found = list(report.diagnostics)
    return [replace(one, span=None, help=(*one.help, _AN_ATHLETE), fixes=()) for one in found]


def missing(asked: Asked, runner: Runner) -> list[Diagnostic]:
    """That the runner has no zone of that number; nothing where only the runner's numbers are missing."""
    report = Report()
    resolver(runner, report).target(asked, None, None)
    errors = [one for one in report.diagnostics if one.severity is Severity.ERROR]
    return [replace(one, span=None) for one in errors if one.effect is not Effect.ASKS_RUNNER]


# --- What is said of it ------------------------------------------------------------------------


def lines(words: str, asked: Asked, runner: Runner, weather: Weather | None, width: int) -> Iterator[str]:
    """All about a name, in lines of at most ``width`` columns as far as they can be broken."""
    match asked:
        case HeartRateZones(number):
            page = _heart_rate_zone(number, runner)
        case PaceZones(number):
            page = _pace_zone(number, runner)
        case _:
            page = _pace(words, runner, weather)
    of_whom = [("runner", runner.name)] if runner.name else []
    yield from (page.title, "", *_table([*of_whom, *page.rows], width))
    if page.here:
        yield from ("", *wrapped(page.here, width))
    if page.elsewhere:
        yield from ("", "Elsewhere", *_table(page.elsewhere, width))
    if weather:
        yield from ("", *weather.advice())


def _table(rows: Sequence[_Row], width: int) -> Iterator[str]:
    column = 2 + max(len(label) for label, _ in rows) + 2
    for label, text in rows:
        first, *more = wrapped(text, width, " " * column) or [""]
        yield f"  {label:<{column - 2}}{first.strip()}"
        yield from more


def _pace(words: str, runner: Runner, weather: Weather | None) -> _Page:
    asked = canonical(words)
    name = asked if asked in runner.own else SYNONYMS.get(asked, asked)
    rows = [*_numbers(name, runner, weather)]
    meant = meaning(name)
    if meant is None:
        return _Page(f"{runner.own_names[name]}, a name of your own", rows)
    full = name if name == VERY_EASY else f"{name} pace"
    title = full if folded_name(words) == name else f"{words} is {full}"
    elsewhere = [(one.word, f"{one.means} ({one.source})") for one in meant.elsewhere]
    return _Page(title, [*rows, ("words", ", ".join(_words(name, runner)))], meant.here, elsewhere)


def _numbers(name: str, runner: Runner, weather: Weather | None) -> Iterator[_Row]:
    unit, target = runner.pace_unit, PaceTarget(Named(name))
    numbers = resolver(runner)
    meant = numbers.book.meaning(target)
    label = "pace" if isinstance(meant, PaceTarget) else "target"
    number = shown(runner, target, unit)
    if not number:
        yield label, _NO_NUMBER
        return
    yield label, number
    if isinstance(meant, PaceTarget) and not isinstance(meant.pace, OneSided | Between) and numbers.is_point(meant):
        band, margin = numbers.target(meant, None, None), meant.tolerance or numbers.tolerance
        yield "watch", f"{target_text(band, unit)}, give or take {margin}" if band else ""
    if weather and (added := weather.added(name, speeds_of(runner, name), unit)):
        yield "heat", added
    source = _source(name, runner)
    yield "from", source
    if runner.vdot is not None and "VDOT" in source:
        yield "VDOT", f"{runner.vdot:.1f}, {runner.sources['VDOT']}"


def _source(name: str, runner: Runner) -> str:
    if name in runner.own:
        return f"`{written(runner.own[name])}`, as written"
    if name == VERY_EASY:
        return "the slow end of easy"
    distance = distance_named(name)
    if distance is None or name in runner.paces:
        return runner.paces[name].source
    stretched = ", though the equations begin at 1200 m" if distance < SHORTEST else ""
    nearest = runner.results.nearest(distance.metres)
    return f"{nearest.predicts}{stretched}" if nearest else ""


def _words(name: str, runner: Runner) -> Iterator[str]:
    yield name
    yield from (word for word in other_words(name) if canonical(word) == name or canonical(word) not in runner.own)
    if distance := distance_named(name):
        yield f"{distance} pace"


def _heart_rate_zone(number: int, runner: Runner) -> _Page:
    mine = runner.zones
    rows = [("beats", "those of your watch's own zone")]
    if mine:
        low, high = mine.bounds[number - 1]
        rows = [("beats", f"{low}-{high} bpm"), ("from", mine.source)]
        rows += [("ends", mine.open_ends[number])] if number in mine.open_ends else []
    if pace := _pace_of_zone(number, runner):
        rows.append((f"Z{number} pace", f"{pace}, the zone of pace"))
    elsewhere = [
        (system, "{}-{} bpm".format(*zones.bounds[number - 1]))
        for system, zones in other_systems(runner.heart_rates).items()
        if number <= len(zones.bounds)
    ]
    return _Page(f"Z{number}, a zone of heart rate", [*rows, _zone_words(number)], "", elsewhere)


def _pace_zone(number: int, runner: Runner) -> _Page:
    zones, unit = runner.pace_zones, runner.pace_unit
    rows = [("pace", _pace_of_zone(number, runner) or _NO_NUMBER)]
    if zones:
        rows += [(name, speeds_text(*ends, unit)) for name, ends in zones.parts(number).items()]
        rows.append(("from", zones.source))
    return _Page(f"Z{number} pace, a zone of pace", [*rows, _zone_words(number)])


def _zone_words(number: int) -> _Row:
    return "words", f"Z{number} or HR Z{number} is the zone of heart rate, Z{number} pace the zone of pace"


def _pace_of_zone(number: int, runner: Runner) -> str:
    zones = runner.pace_zones
    return speeds_text(*zones.speeds(number, number), runner.pace_unit) if zones and number <= zones.last else ""
