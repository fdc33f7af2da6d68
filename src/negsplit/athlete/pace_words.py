"""What the names of paces mean to runners: here, and in the plans and books that use the same word otherwise."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final, NamedTuple

from negsplit.athlete.paces import ALIASES, SYNONYMS, VERY_EASY
from negsplit.athlete.races import distance_named
from negsplit.athlete.vdot import RACE_METRES


class OtherMeaning(NamedTuple):
    """What somebody else means by a word, and where that is written."""

    word: str
    means: str
    source: str


class PaceMeaning(NamedTuple):
    """What a pace of the language is, in a sentence or two, and what its words mean elsewhere."""

    here: str
    elsewhere: tuple[OtherMeaning, ...] = ()


_GOAL: Final = OtherMeaning(
    "race pace",
    "in many plans the pace of the race you train for; in a plan here, the `goal` of its race gives the pace `goal`",
    "Higdon's half-marathon plans; Hansons Marathon Method",
)
_RACE: Final = PaceMeaning("The pace at which you could race this distance today.", (_GOAL,))

MEANINGS: Final[Mapping[str, PaceMeaning]] = {
    VERY_EASY: PaceMeaning("Anything slower than easy. It has no slowest pace."),
    "easy": PaceMeaning(
        "A pace at which you can talk in whole sentences. Most running of a week is easy, and so are long runs.",
        (
            OtherMeaning("easy", "59-74 % of VO2max in his text, about 63-73 % in his printed tables", "Daniels"),
            OtherMeaning("long", "10 to 20 % slower than marathon pace", "Pfitzinger, Advanced Marathoning"),
            OtherMeaning("long", "2 min a mile (1:15 a km) slower than marathon pace, or slower still", "Galloway"),
        ),
    ),
    "steady": PaceMeaning(
        "Faster than easy and slower than marathon pace: you can speak in sentences, but breathe more deeply.",
        (
            OtherMeaning("steady", "anything from above easy to half-marathon pace, by coach", "runningfront.com"),
            OtherMeaning("moderate", "10 to 20 s a mile slower than marathon pace", "runningfront.com"),
        ),
    ),
    "marathon": PaceMeaning(
        "The pace at which you could race a marathon today, if you have trained for one.",
        (
            OtherMeaning(
                "marathon",
                "the pace of your goal; in a plan here, the `goal` of its race gives the pace `goal`",
                "Hansons Marathon Method",
            ),
        ),
    ),
    "threshold": PaceMeaning(
        "Comfortably hard: about the pace at which you could race for an hour. "
        "It is Daniels' T, for 20 min in one go or for repeats with short rests.",
        (
            OtherMeaning("tempo", "the pace of your marathon goal: write `marathon`", "Hansons Marathon Method"),
            OtherMeaning(
                "tempo",
                "no even pace: easy at first, faster and faster to near 10k pace for a minute or two, then easy",
                "Higdon",
            ),
            OtherMeaning(
                "LT", "between 15k and half-marathon pace: write `half..15k`", "Pfitzinger, Advanced Marathoning"
            ),
            OtherMeaning("threshold", "the average pace of 30 min run all out and alone", "Friel"),
        ),
    ),
    "interval": PaceMeaning(
        "Hard: a pace you could race at for 10 to 15 min. It is Daniels' I, for repeats of 3 to 5 min with jogs.",
        (
            OtherMeaning("interval", "any fast running with rests in between, at whatever pace", "many coaches"),
            OtherMeaning("VO2max", "5k pace: write `5k`", "Pfitzinger, Advanced Marathoning"),
        ),
    ),
    "repetition": PaceMeaning(
        "Fast and relaxed: about the pace of a mile race. It is Daniels' R, for up to 2 min with full rests.",
        (
            OtherMeaning(
                "repetition",
                "2 to 3 s faster on 400 m up to VDOT 40; above that within 2 s of mile pace",
                "Daniels' printed table",
            ),
            OtherMeaning("rep", "one round of any repeat, at whatever pace", "many coaches"),
        ),
    ),
}
"""By name; :func:`meaning` knows races too. Books: Daniels, *Running Formula* (3rd ed.), and for I and T what his site
says (news.vdoto2.com, 2013); Pfitzinger and Douglas, *Advanced Marathoning* (2nd ed.); Humphrey with Hanson, *Hansons
Marathon Method*; Higdon's plans; Galloway's "magic mile" pages; Friel's blog on the 30-minute test (2011)."""


def meaning(name: str) -> PaceMeaning | None:
    """What a pace of the language means, by its canonical name; None for a name of a runner's own."""
    is_race = name in RACE_METRES or distance_named(name) is not None
    return MEANINGS.get(name) or (_RACE if is_race else None)


def other_words(name: str) -> tuple[str, ...]:
    """The other words of the language for a pace, as runners write them: ``T``, ``tempo`` and ``LT`` for threshold."""
    return tuple(_as_written(word) for word, meant in {**ALIASES, **SYNONYMS}.items() if meant == name)


def _as_written(word: str) -> str:
    return word.upper() if len(word) <= 2 else word.replace("vo2", "VO2")
