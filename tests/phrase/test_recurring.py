"""A phrase from memory is the phrase that would be read again, with every place in the text that it stands in."""

import dataclasses
from pathlib import Path
from typing import Any

import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st

from negsplit.diagnostics import Report, Source, Span, render
from negsplit.phrase import phrases, recurring
from negsplit.tree.nodes import Text
from strategies.examples import examples
from strategies.phrases import ramps, run_withs, steps

RULES = (phrases._phrase, phrases._of_line, phrases._of_group)
WORKOUTS = sorted((Path(__file__).parents[2] / "workouts").rglob("*.workout.yaml"))


def standing(written: str, before: str) -> Text:
    """A text behind others in a source of its own."""
    source = Source("w.yaml", f"{before}{written} # and more")
    return Text(written, Span(source, len(before), len(before) + len(written)))


def laid_open(value: Any) -> Any:
    """All that it holds, the places too, which take no part in equality."""
    if isinstance(value, Span):
        return (value.source.name, value.source.text, value.start, value.end, value.notes)
    if dataclasses.is_dataclass(value):
        return type(value), [laid_open(getattr(value, field.name)) for field in dataclasses.fields(value)]
    return (type(value), [laid_open(one) for one in value]) if isinstance(value, tuple | list) else value


def assert_remembered(written: str) -> None:
    for rule in RULES:
        for before in ("", "steps:\n  - run: "):
            text = standing(written, before)
            told, again = Report(), Report()
            fresh, found = rule(text, told), recurring.read(text, again, rule)
            assert laid_open(found) == laid_open(fresh)
            assert [render(one) for one in again.diagnostics] == [render(one) for one in told.diagnostics]


@settings(max_examples=examples(60))
@given(st.one_of(steps(), ramps(), run_withs()))
def test_any_phrase_is_the_same_from_memory(written):
    assert_remembered(written[0])


@settings(max_examples=examples(40))
@given(st.text("0123456789 kmin@x(),:/->\"'%RPEasyt", max_size=40))
def test_so_is_what_cannot_be_read(written):
    assert_remembered(written)


def texts(node: yaml.Node) -> list[str]:
    if isinstance(node, yaml.ScalarNode):
        return [node.value]
    parts = [part for pair in node.value for part in pair] if isinstance(node, yaml.MappingNode) else node.value
    return [text for part in parts for text in texts(part)]


@pytest.mark.parametrize("path", WORKOUTS[::4], ids=lambda path: path.stem)
def test_so_is_all_that_stands_in_workouts(path):
    for written in texts(yaml.compose(path.read_text("utf-8"), Loader=yaml.SafeLoader)):
        assert_remembered(written)


def test_what_has_places_of_its_own_is_not_from_memory():
    rule, asked = phrases._phrase, recurring._alone.cache_info()
    written = "5 km @ easy"
    whole = Span(Source("w.yaml", "run: 5  km @ easy"), 5, 17)
    for text in (Text.made(written, whole), Text(written, whole), Text(written, whole, "|")):
        assert laid_open(recurring.read(text, Report(), rule)) == laid_open(rule(text, Report()))
    assert recurring._alone.cache_info() == asked


def test_memory_is_bounded_and_holds_no_source():
    assert recurring._alone.cache_info().maxsize == recurring.KEPT
    asked = recurring._alone.cache_info()
    recurring.read(standing("1 km -- " + "x" * recurring.LONGEST, ""), Report(), phrases._phrase)
    assert recurring._alone.cache_info() == asked
