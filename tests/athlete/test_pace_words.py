"""What the names of paces mean: every pace of the language has a meaning, and every other meaning a source."""

import pytest

from negsplit.athlete.pace_words import MEANINGS, meaning, other_words
from negsplit.athlete.paces import ALIASES, STANDARD_NAMES, SYNONYMS, VERY_EASY, canonical
from negsplit.diagnostics import Report, Source, Span
from negsplit.phrase.phrases import parse
from negsplit.phrase.targets import target
from negsplit.targets import PaceTarget
from negsplit.tree.nodes import Text


@pytest.mark.parametrize("name", [*STANDARD_NAMES, VERY_EASY, "8k", "1500m"])
def test_every_pace_of_the_language_has_a_meaning(name):
    assert meaning(name).here.endswith(".")


def test_a_name_of_one_s_own_has_none():
    assert meaning("park loop") is None


def test_there_is_no_meaning_of_what_is_no_pace():
    assert MEANINGS.keys() <= {*STANDARD_NAMES, VERY_EASY}


def test_every_other_word_of_the_language_is_told_with_its_pace():
    told = {canonical(word) for name in STANDARD_NAMES for word in other_words(name)}
    assert told == {canonical(word) for word in {**ALIASES, **SYNONYMS}}
    assert other_words("threshold") == ("T", "tempo", "LT")


def test_what_others_mean_has_a_source():
    assert all(one.source and one.means for meant in MEANINGS.values() for one in meant.elsewhere)


def test_what_they_are_told_to_write_is_the_language():
    """`half..15k` and the like can be pasted behind an @."""
    told = [
        one.means.split("write `")[1].split("`")[0]
        for meant in MEANINGS.values()
        for one in meant.elsewhere
        if "write `" in one.means
    ]
    assert len(told) >= 3
    for words in told:
        report = Report()
        found = parse(Text(words, Span(Source("<test>", words), 0, len(words))), report, target)
        assert isinstance(found, PaceTarget)
        assert report.diagnostics == []
