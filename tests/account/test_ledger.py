"""What was done is on the disk, is of one account, and is held by one run."""

from __future__ import annotations

import json
from dataclasses import replace

import pytest

from account.garmin.computer import TODAY
from negsplit.account.ledger import AccountLedger, LedgerRecord, Stood, open_ledger
from negsplit.account.marker import key
from negsplit.state import StateError, StateFolder

GARMIN, ELSEWHERE = "connect-garmin", "intervals-test"
MINE, HERS = 99999999, "i11111111"
FILE = "connect-garmin-ledger.json"
KEY = key("half", "w01-tue")
RECORD = LedgerRecord(
    KEY, 5, "1a2b3c4d", 100.0, stood=(Stood(TODAY, 7, 100.5), Stood(TODAY.replace(day=11), None, 101.0))
)


def reopened(state: StateFolder) -> AccountLedger:
    return AccountLedger(StateFolder(state.folder), GARMIN, MINE)


def test_everything_kept_is_on_the_disk(state):
    with open_ledger(state, GARMIN, MINE) as ledger:
        assert ledger.last is None
        ledger.keep(RECORD)
        assert reopened(state).records == {KEY: RECORD}
        creating = LedgerRecord(key("half", "w01-thu"), None, "00000000", 200.0, "creating")
        ledger.keep(creating)
        assert reopened(state).records == {KEY: RECORD, creating.key: creating}
        ledger.remove(KEY, 7, 300.0)
        assert reopened(state).removed == {7: 300.0}
        assert reopened(state).records[KEY].stood == RECORD.stood[1:]
        assert reopened(state).last == 300.0
        ledger.forget(KEY)
        assert reopened(state).records == {creating.key: creating}


def test_the_file_is_private_and_says_nothing_of_who(state):
    with open_ledger(state, GARMIN, MINE) as ledger:
        ledger.keep(RECORD)
    path = state.folder / FILE
    assert path.stat().st_mode & 0o077 == 0
    assert str(MINE) not in path.read_text()


def test_nothing_new_is_no_write(state):
    with open_ledger(state, GARMIN, MINE) as ledger:
        ledger.keep(RECORD)
        before = (state.folder / FILE).stat().st_mtime_ns, (state.folder / FILE).stat().st_ino
        ledger.keep(RECORD)
        ledger.keep()
        assert ((state.folder / FILE).stat().st_mtime_ns, (state.folder / FILE).stat().st_ino) == before


def test_another_account_is_refused_and_its_ledger_stays(state):
    with open_ledger(state, GARMIN, MINE) as ledger:
        ledger.keep(RECORD)
    with pytest.raises(StateError, match="another account"), open_ledger(state, GARMIN, HERS):
        pass
    assert reopened(state).records == {KEY: RECORD}


def test_a_key_that_is_lost_is_no_other_account(state):
    with open_ledger(state, GARMIN, MINE) as ledger:
        ledger.keep(RECORD)
    (state.folder / "connect.key").unlink()
    for _ in range(2):
        with pytest.raises(StateError, match=r"connect\.key` is gone") as caught:
            reopened(state)
        assert "another account" not in str(caught.value)
    # The cure works.
    (state.folder / FILE).rename(state.folder / "away")
    assert reopened(state).records == {}


def test_another_address_has_a_ledger_of_its_own(state):
    with open_ledger(state, GARMIN, MINE) as ledger:
        ledger.keep(RECORD)
    with open_ledger(state, ELSEWHERE, HERS) as ledger:
        assert ledger.records == {}


def test_a_second_run_is_refused_at_once(state):
    with open_ledger(state, GARMIN, MINE):
        with pytest.raises(StateError, match="another negsplit"), open_ledger(StateFolder(state.folder), GARMIN, MINE):
            pass
        assert reopened(state).records == {}
    with open_ledger(state, GARMIN, MINE):
        pass


def test_removed_entries_are_forgotten_a_day_later(state):
    with open_ledger(state, GARMIN, MINE) as ledger:
        ledger.remove(KEY, 7, 1_000.0)
        ledger.remove(KEY, 8, 80_000.0)
        assert ledger.removed == {7: 1_000.0, 8: 80_000.0}
        ledger.remove(KEY, 9, 100_000.0)
        assert ledger.removed == {8: 80_000.0, 9: 100_000.0}


def spoil(**changes):
    def change(held):
        held.update(changes)
        return json.dumps(held)

    return change


def spoil_row(**changes):
    def change(held):
        held["workouts"][0].update(changes)
        return json.dumps(held)

    return change


@pytest.mark.parametrize(
    ("spoilt", "said"),
    [
        (lambda _held: "", "damaged"),
        (lambda _held: "[]", "damaged"),
        (lambda _held: "[" * 100_000, "damaged"),
        (lambda held: json.dumps(held)[:-5], "damaged"),
        (spoil(workouts=[{}]), "damaged"),
        (spoil(removed=[["x", 1]]), "damaged"),
        (spoil_row(workout="5"), "damaged"),
        (spoil_row(workout=None), "damaged"),
        (spoil_row(status="done"), "damaged"),
        (spoil_row(made=["5"]), "damaged"),
        (spoil(owner=5), "damaged"),
        (spoil_row(stood=[["someday", 1, 2.0, False]]), "damaged"),
        (spoil_row(stood=[["2026-02-09", 1]]), "damaged"),
        (spoil(version=2), "another negsplit"),
    ],
)
def test_a_spoilt_ledger_is_told_and_left_as_it_is(state, spoilt, said):
    with open_ledger(state, GARMIN, MINE) as ledger:
        ledger.keep(RECORD)
    path = state.folder / FILE
    path.write_text(spoilt(json.loads(path.read_text())))
    before = path.read_bytes()
    with pytest.raises(StateError, match=said), open_ledger(state, GARMIN, MINE):
        pass
    assert path.read_bytes() == before


def test_a_failed_write_leaves_the_older_ledger_and_what_is_known(state, monkeypatch):
    with open_ledger(state, GARMIN, MINE) as ledger:
        ledger.keep(RECORD)

        def full(*_: object) -> None:
            raise StateError("no space")

        monkeypatch.setattr(StateFolder, "write", full)
        with pytest.raises(StateError):
            ledger.forget(KEY)
        assert ledger.records == {KEY: RECORD}
    assert reopened(state).records == {KEY: RECORD}


def test_an_older_ledger_still_reads(state):
    """As it was written before it knew what was made here and whose ours are."""
    with open_ledger(state, GARMIN, MINE) as ledger:
        ledger.keep(RECORD)
    path = state.folder / FILE
    held = json.loads(path.read_text())
    del held["owner"], held["workouts"][0]["made"]
    path.write_text(json.dumps(held))
    with open_ledger(state, GARMIN, MINE) as ledger:
        assert ledger.records == {KEY: RECORD}
        assert not ledger.knows_owner
        assert ledger.made == frozenset()


def test_the_owner_of_ours_is_remembered_and_not_told(state):
    with open_ledger(state, GARMIN, MINE) as ledger:
        assert ledger.owns(MINE)
        assert not ledger.owns(555666777)
        ledger.keep(owner=555666777)
        ledger.keep(replace(RECORD, made=(5, 6)))
    assert "555666777" not in (state.folder / FILE).read_text()
    again = reopened(state)
    assert again.owns(MINE)
    assert again.owns(555666777)
    assert not again.owns(11111111)
    assert again.made == {5, 6}
