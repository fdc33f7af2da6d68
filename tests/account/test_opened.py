"""Which account a login opened: known again, read by nobody, and forgotten where it cannot be read."""

import pytest

from negsplit.account import opened

PLACE = "connect-garmin"


def test_it_is_known_until_it_is_forgotten(state):
    assert not opened.opens(state, PLACE, 4711)
    opened.keep(state, PLACE, 4711)
    assert opened.opens(state, PLACE, 4711)
    assert not opened.opens(state, PLACE, 4712)
    assert not opened.opens(state, "intervals-icu", 4711)
    opened.keep(state, PLACE, 4712)
    assert (opened.opens(state, PLACE, 4711), opened.opens(state, PLACE, 4712)) == (False, True)
    opened.forget(state, PLACE)
    opened.forget(state, PLACE)
    assert not opened.opens(state, PLACE, 4712)


def test_the_number_stands_nowhere_and_what_is_known_is_not_written_again(state):
    opened.keep(state, PLACE, 4711)
    (file,) = state.folder.iterdir()
    before = file.read_bytes()
    assert b"4711" not in before
    opened.keep(state, PLACE, 4711)
    assert file.read_bytes() == before


@pytest.mark.parametrize(
    "words", ["", "[]", "{}", '{"salt": 1, "account": ""}', '{"salt": "0", "account": "x"}', "[" * 999]
)
def test_what_cannot_be_read_says_of_no_account(state, words):
    opened.keep(state, PLACE, 4711)
    next(state.folder.iterdir()).write_text(words)
    assert not opened.opens(state, PLACE, 4711)
    opened.keep(state, PLACE, 4711)
    assert opened.opens(state, PLACE, 4711)
