"""The mark in a description: what it says, what is taken for one, and what stands above it."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from negsplit.account.marker import LONGEST_PART, Key, Marker, key, looks_like_a_marker, read_marker, signed, unsigned

TAG = "5f3a"
MARKER = Marker(key("half", "w03-tue"), "1a2b3c4d", TAG)


def test_a_key_of_plain_words_is_those_words():
    assert key("half", "w03-tue") == Key("half", "w03-tue")
    assert str(key("half", "w03-tue")) == "half/w03-tue"
    assert str(key("", "thirds-12-km")) == "thirds-12-km"


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Half", "half"),
        ("a b", "a-b"),
        ("日本", "東京"),
        ("x" * 25, "x" * 26),
        ("a" * 40 + "b", "a" * 40 + "c"),
        ("-", "--"),
    ],
)
def test_two_names_never_become_one(one, other):
    assert key("p", one) != key("p", other)
    assert key(one, "s") != key(other, "s")


@given(st.text(min_size=1), st.text())
def test_any_name_becomes_a_key_that_a_marker_gives_back(slot, plan):
    made = key(plan, slot)
    assert len(made.plan) <= LONGEST_PART
    assert len(made.slot) <= LONGEST_PART
    assert key(made.plan, made.slot) == made
    for marker in (Marker(made, "1a2b3c4d"), Marker(made, "1a2b3c4d", TAG)):
        assert read_marker(marker.text) == marker


def test_a_key_has_a_slot():
    with pytest.raises(ValueError, match="slot"):
        key("half", "")


@pytest.mark.parametrize(
    "description",
    [
        "[negsplit:half/w03-tue#1a2b3c4d]",
        "hard\nand long\n[negsplit:half/w03-tue#1a2b3c4d]",
        "hard\r\n[negsplit:half/w03-tue#1a2b3c4d]\r\n \n",
        "hard\n  [negsplit:half/w03-tue#1a2b3c4d]  ",
        "[negsplit:other/w01-mon#00000000]\n[negsplit:half/w03-tue#1a2b3c4d]",
    ],
)
def test_the_last_line_is_the_marker(description):
    assert read_marker(description) == Marker(Key("half", "w03-tue"), "1a2b3c4d")


@pytest.mark.parametrize(
    "description",
    [
        "",
        "\n\n",
        "hard",
        "hard [negsplit:half/w03-tue#1a2b3c4d]",
        "[negsplit:half/w03-tue#1a2b3c4d] mine",
        "[negsplit:half/w03-tue#1a2b3c4d]\nmine",
        "[negsplit:half/w03-tue#1A2B3C4D]",
        "[negsplit:half/w03-tue#1a2b3c]",
        "[negsplit:half/w03-tue]",
        "[negsplit:a/b/c#1a2b3c4d]",
        "[negsplit:/w03-tue#1a2b3c4d]",
        f"[negsplit:{'a' * 25}#1a2b3c4d]",
        "[negsplit:half/w03-tue#1a2b3c4d@]",
        "[negsplit:half/w03-tue#1a2b3c4d@5f3]",
        "[negsplit:half/w03-tue#1a2b3c4d@5F3A]",
        "[negsplit:half/w03-tue@5f3a]",
        "[Negsplit:half/w03-tue#1a2b3c4d]",
    ],
)
def test_nothing_else_is(description):
    assert read_marker(description) is None


@pytest.mark.parametrize(
    "notes",
    [
        "[negsplit:half/w03-tue#1a2b3c4d]",
        "easy\n [negsplit: x]\nfast",
        "[NegSplit : 1]",
        "easy\x0b[negsplit:",
        "negsplit: x",
    ],
)
def test_notes_that_look_like_a_marker(notes):
    assert looks_like_a_marker(notes)
    with pytest.raises(ValueError, match="mark"):
        signed(notes, MARKER)


@pytest.mark.parametrize("notes", ["", "run a negsplit: second half faster", "negsplitting", "[other:x#1a2b3c4d]"])
def test_notes_that_do_not(notes):
    assert not looks_like_a_marker(notes)
    assert read_marker(signed(notes, MARKER)) == MARKER
    assert unsigned(signed(notes, MARKER)) == notes


@pytest.mark.parametrize("end", ["", "\n", "\r\n", " \n\n"])
def test_what_stands_above_it_is_the_same_whatever_an_editor_does_to_line_ends(end):
    assert unsigned(f"hard \r\n\r\nand long\r\n{MARKER.text}{end}") == "hard\n\nand long"
    assert unsigned(f"hard \nand long{end}") == "hard\nand long"
