"""The mark in a description: what it says, what is taken for one, and what it is the hash of."""

from __future__ import annotations

import copy

import pytest
from hypothesis import given
from hypothesis import strategies as st

from account.bodies import intervals
from account.computer import run_of
from account.double.stored import stored
from negsplit.account.marker import (
    LONGEST_NOTES,
    LONGEST_PART,
    Key,
    Marker,
    content_hash,
    key,
    looks_like_a_marker,
    marked,
    read_marker,
)
from negsplit.program.device import devices

TAG = "5f3a"


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
        marked(run_of(30, description=notes), key("half", "w03-tue"), TAG)


@pytest.mark.parametrize("notes", ["", "run a negsplit: second half faster", "negsplitting", "[other:x#1a2b3c4d]"])
def test_notes_that_do_not(notes):
    assert not looks_like_a_marker(notes)
    assert read_marker(marked(run_of(30, description=notes), key("half", "w03-tue"), TAG)["description"]) is not None


def test_a_body_is_marked_with_its_own_hash_and_left_as_it_was():
    body = intervals()
    before = copy.deepcopy(body)
    with_mark = marked(body, key("half", "w03-tue"), TAG)
    assert body == before
    assert with_mark["description"] == f"hard\n[negsplit:half/w03-tue#{content_hash(body)}@5f3a]"
    assert content_hash(with_mark) == content_hash(body)
    assert marked(run_of(30), key("", "easy"), TAG)["description"] == f"[negsplit:easy#{content_hash(run_of(30))}@5f3a]"


def test_the_hash_is_that_of_what_the_service_keeps_whatever_it_does_to_line_ends():
    body = marked(intervals() | {"description": " hard\nand long \n\n"}, key("half", "w03-tue"), TAG)
    kept = stored(body, {"workoutId": 1}, iter(range(99)))
    assert content_hash(kept) == content_hash(body) == read_marker(body["description"]).hash
    assert content_hash(kept | {"description": kept["description"].replace("\n", "\r\n") + "\r\n"}) == content_hash(
        body
    )


@pytest.mark.parametrize(
    "other",
    [run_of(31), run_of(30, "Fast"), run_of(30, description="fast"), intervals()],
    ids=["step", "name", "notes", "all"],
)
def test_the_hash_is_another_for_another_meaning(other):
    assert content_hash(other) != content_hash(run_of(30))


def test_the_hash_of_a_workout_stays_the_same_from_version_to_version():
    assert content_hash(intervals()) == "78e8bde5"


def test_the_profile_of_the_account_leaves_that_room():
    assert devices()["connect"].notes == LONGEST_NOTES


def test_notes_leave_room_for_the_longest_marker():
    longest = key("p" * 99, "s" * 99)
    full = marked(run_of(30, description="x" * LONGEST_NOTES), longest, TAG)["description"]
    assert len(full) == 512
    with pytest.raises(ValueError, match=str(LONGEST_NOTES)):
        marked(run_of(30, description="x" * (LONGEST_NOTES + 1)), longest, TAG)
