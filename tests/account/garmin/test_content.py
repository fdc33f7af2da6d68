"""The mark that goes with a workout of Garmin's, and what it is the hash of."""

from __future__ import annotations

import copy

import pytest

from account.garmin.bodies import intervals
from account.garmin.computer import run_of
from account.garmin.double.stored import stored
from negsplit.account.garmin.content import LONGEST_NOTES, content_hash, marked
from negsplit.account.marker import key, read_marker
from negsplit.program.device import devices

TAG = "5f3a"


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
