"""The English words of a mail that the language has no use for: days, headings, and how sentences repeat."""

from __future__ import annotations

import re
from typing import Final

from negsplit.diagnostics import visible
from negsplit.words import DAYS, LONG_DAYS

WEEKDAYS: Final = {
    **{name: day for names in (DAYS, LONG_DAYS) for day, name in enumerate(names)},
    "tues": 1,
    "weds": 2,
    "thur": 3,
    "thurs": 3,
}
"""The days of a week by every way to write them, as :meth:`datetime.date.weekday` counts them."""
_NUMBERS: Final = """
zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen
eighteen nineteen twenty
"""
NUMBERS: Final = {word: number for number, word in enumerate(_NUMBERS.split())}
_CROSS: Final = """
cross crosstrain cross-train cross-training xt bike biking cycle cycling ride spin swim swimming elliptical yoga pilates
strength weights gym core row rowing plyometrics stretching mobility
"""
CROSS: Final = frozenset(_CROSS.split())
"""What is trained on days without a run."""
_RUNNING: Final = "run runs running jog jogging walk walking stride strides easy tempo mile miles mi km k"
RUNNING: Final = frozenset(_RUNNING.split())
"""What says that a day with one of these has a run too."""
RACE: Final = re.compile(
    r"(?:(?:the )?race(?: day)?|(?:[^\W\d_]+ |\d+ ?k(?:m)? |\d+ mi(?:le)? )*race|(?:half )?marathon)(?: ?\(.*\))?"
)
"""A day that is a race."""
HEADINGS: Final = frozenset(("workout", "main set", "main", "session", "set", "training", "run", "track", "today"))
"""What stands before a colon and says nothing of the steps behind it."""
DOUBTFUL: Final = {
    "tempo": "`tempo` is threshold pace here: does the coach mean another, such as marathon or half-marathon pace?",
    "moderate": "`moderate` is `steady` here: does the coach mean that?",
}
"""Names of paces that the language reads in one way and coaches in several."""

BULLET: Final = re.compile(r"[ \t]*(?:>[ \t]*)*(?:(?:[-*•·▪‣–—]|\(?\d{1,2}[.)])[ \t]+)?")
"""What stands before a line in a list, or in an answer to a mail."""
WEEK: Final = re.compile(
    r"week\s*#?\s*(?P<number>\d{1,3}|[a-z]+)\b[^\S\n]*(?:of\s+\d+)?[ \t]*(?:[:.–—-]|$)", re.IGNORECASE
)
NUMBERED_DAY: Final = re.compile(r"day\s*(?P<number>\d{1,3})\s*[:.–—-]", re.IGNORECASE)
HALF_DAY: Final = re.compile(r"(?<![\d:])(?<![\d:] )\b(?:AM|PM|a\.m\.|p\.m\.)(?=[\s:.–—-])[:.]?[ \t]*(?:[–—-][ \t]+)?")
"""What begins one of two runs of a day, but for an hour: ``7 am``."""
AMOUNT: Final = (
    r"\d+(?:\.\d+)?(?:\s*[-–]\s*\d+(?:\.\d+)?)?\s*"
    r"(?:mi|miles?|km|k|kilomet(?:er|re)s?|m|met(?:er|re)s?|min|mins|minutes?|h|hours?|hrs?|sec|secs|seconds?|s)\b\.?"
)
TOTAL: Final = re.compile(
    rf"(?:^|[,;/\s])\s*\(\s*(?:total:?\s*)?(?P<bare>{AMOUNT})(?:\s*total)?\s*\)\s*$"
    rf"|(?:^|[,;/=])\s*(?:in\s+)?total(?:\s+of)?:?\s*(?P<said>{AMOUNT})\s*$"
    rf"|(?:^|[,;/=])\s*(?P<behind>{AMOUNT})\s*(?:in\s+)?total\s*$",
    re.IGNORECASE,
)
"""What a line says that the whole comes to."""
HEAD: Final = re.compile(
    rf"(?P<total>{AMOUNT})(?:\s*total)?,?\s*(?:consisting of|made up of|as follows|total)\s*:?", re.IGNORECASE
)
"""The same in a line of its own, before what it consists of."""
REPEAT: Final = re.compile(
    r"(?P<what>.+?)[.;,]?\s+repeat(?:\s+(?:this|these|that|it|all))?\s+(?P<times>\d+|[a-z]+)\s*(?:times|x)\s*[.!]?",
    re.IGNORECASE,
)
WITH: Final = re.compile(
    rf"(?P<kind>(?:VO2 ?max|\D)*?)\s*(?P<total>{AMOUNT})(?:\s+with|\s+/)\s+(?P<what>.+)", re.IGNORECASE
)
"""``LT 9 mi with 5 mi at LT pace``: a kind of run, its total, and what it holds."""
COUNTED: Final = re.compile(r"\d+(?: ?[-–] ?\d+)? ?(?:[x×]|sets|times|reps|rounds)", re.IGNORECASE)
TIMES: Final = re.compile(r"\d ?[x×]|\b(?:times|sets|reps|rounds|repeat)\b", re.IGNORECASE)
NAMED_AMOUNT: Final = re.compile(rf"(?P<words>\D+?)\s*\((?P<amount>{AMOUNT})\)", re.IGNORECASE)
"""``Half Marathon (13.1 mi)``."""
LABEL: Final = re.compile(r"(?P<label>[^\d:,;(]{2,40}):\s+(?P<rest>\S.*)")
MANNER: Final = re.compile(r"\b(?P<how>brisk|gentle|slow|light|relaxed)\s+(?=walk|jog)", re.IGNORECASE)
"""How to walk or jog, which no target says."""
EASY_ENDS: Final = re.compile(r"\b(?:warm|cool)[- ]?(?:up|down)\b|\b(?:wu|cd|w/u|c/d)\b", re.IGNORECASE)
DASHES: Final = re.compile(r"--+|—")
"""What begins a cue in the language, and in a mail anything."""
OFFSET: Final = re.compile(
    r"(?<=[a-z\d] )(?P<sign>[+-]) ?(?P<seconds>\d{1,3}) ?s(?:ec(?:onds)?)?\b(?! ?/)", re.IGNORECASE
)
"""Seconds that a pace is slower or faster, without what they are a part of: ``MP - 10s``."""
MILES: Final = re.compile(r"\d ?mi(?:les?)?\b", re.IGNORECASE)
GOAL: Final = re.compile(r"\bgoal\s+(?=MP\b|HMP\b|marathon|half)", re.IGNORECASE)
JOINTS: Final = (
    re.compile(r"(?:(?<=recovery)|(?<=warmup)|(?<=warm up))\s+(?=\d)", re.IGNORECASE),
    re.compile(r"(?<=\))\s+(?=\d)"),
    re.compile(r"(?<=[a-z)\d]{3})\.\s+"),
    re.compile(r"\s+[/+]\s+"),
    re.compile(r",?\s+and\s+(?=\d)"),
)
"""What stands between two steps as a comma does."""
_SPELLED: Final = re.compile(
    rf"\b({'|'.join(NUMBERS)})(?=[ -](?:sec|min|hour|mile|km|set|times|x\b|k\b))", re.IGNORECASE
)
_ARTICLE: Final = re.compile(r"\b(?:an?|the) (?=\d)", re.IGNORECASE)
_THOUSANDS: Final = re.compile(r"(?<![\d.,])(\d),(\d{3})(?=\s*(?:m|met(?:er|re)s?|yd|yards?)\b)")
_REPETITIONS: Final = re.compile(r"\b(LT|threshold|tempo)\s+(?:interval|rep|repeat)s?\b", re.IGNORECASE)
_EASY_JOG: Final = re.compile(r"\b((?:warm|cool)[- ]?(?:up|down))\s+jog\b", re.IGNORECASE)
_UNIT_DASH: Final = re.compile(r"(?<=\d)-(?=(?:sec|min|hour|mile)[a-z]*\b)", re.IGNORECASE)


def number(word: str) -> int | None:
    """A number in digits or words."""
    return int(word) if word.isdigit() else NUMBERS.get(word.lower())


def plain(line: str) -> str:
    """A line with what means the same in the spelling of the language: ``one-min``, ``1,200 m``, a full stop."""
    line = visible(" ".join(line.split())).replace("$", "USD ")  # which begins a param in the language
    line = _ARTICLE.sub("", _SPELLED.sub(lambda found: str(NUMBERS[found[1].lower()]), line))
    line = _EASY_JOG.sub(r"\1", line)
    line = _REPETITIONS.sub(r"\1", _UNIT_DASH.sub(" ", _THOUSANDS.sub(r"\1\2", line)))
    return line.rstrip(" \t.!")
