"""What was copied to which watch: a model in memory agrees after every step, and nothing is lost on the way."""

import json
import subprocess
import sys
import tempfile
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from negsplit.state import StateError, StateFolder
from negsplit.watch.ledger import Copied, WatchLedger
from negsplit.watch.manifest import UnitId
from strategies.examples import examples

UNIT = "3900000017"
TUESDAY = Copied(17, 1_164_844_800, "plan/W01 Tue", "W01 Tue: Größe", "w01-tue.fit", 1)


@pytest.fixture
def state(tmp_path):
    return StateFolder(tmp_path / "state")


def opened(state, unit=UNIT):
    return WatchLedger(state, UnitId(unit))


def note(ledger, one):
    ledger.note(one.identity, key=one.key, name=one.name, file=one.file, run=one.run)


def file(state):
    [path] = state.folder.glob("watch-*.json")
    return path


def test_an_intent_is_on_the_disk_before_anything_else(state):
    ledger = opened(state)
    assert (ledger.run, ledger.entries) == (0, ())
    assert ledger.begin() == 1
    note(ledger, TUESDAY)
    assert opened(state).entries == ledger.entries == (TUESDAY,)
    ledger.confirm(TUESDAY.identity)
    assert opened(state).entries == ledger.entries == (replace(TUESDAY, state="copied"),)
    assert opened(state).run == 1
    note(ledger, replace(TUESDAY, file="w01-tue-2.fit", run=2))
    [again] = opened(state).entries
    assert (again.state, again.file, again.run) == ("copying", "w01-tue-2.fit", 2)
    ledger.forget([TUESDAY.identity, (1, 1)])
    assert opened(state).entries == ledger.entries == ()


def test_what_is_not_known_is_not_confirmed(state):
    ledger = opened(state)
    ledger.confirm(TUESDAY.identity)
    assert ledger.entries == ()


def test_a_number_alone_does_not_tell_workouts_apart(state):
    ledger, moved = opened(state), replace(TUESDAY, time_created=5)
    note(ledger, TUESDAY)
    note(ledger, moved)
    assert set(ledger.entries) == {TUESDAY, moved}
    ledger.forget([moved.identity])
    assert ledger.entries == (TUESDAY,)


def test_entries_stand_by_run_and_day(state):
    ledger = opened(state)
    order = [replace(TUESDAY, serial_number=s, time_created=t, run=r) for r, t, s in ((1, 9, 1), (2, 3, 8), (2, 4, 2))]
    for one in reversed(order):
        note(ledger, one)
    assert list(ledger.entries) == order == list(opened(state).entries)


def test_each_watch_has_a_ledger_that_does_not_say_whose_it_is(state, tmp_path):
    note(opened(state), TUESDAY)
    assert opened(state, "3900000018").entries == ()
    path = file(state)
    assert len(path.stem) == len("watch-") + 16
    assert path.stem == f"watch-{UnitId(UNIT).keyed_hash(state.secret('watch.key'))[:16]}"
    for stored in state.folder.iterdir():
        assert UNIT not in stored.name
        assert UNIT.encode() not in stored.read_bytes()
    elsewhere = StateFolder(tmp_path / "elsewhere")
    note(opened(elsewhere), TUESDAY)
    assert file(elsewhere).name != path.name
    assert file(elsewhere).read_bytes() == path.read_bytes()


def test_it_is_json_for_people_too(state):
    ledger = opened(state)
    ledger.begin()
    note(ledger, TUESDAY)
    held = json.loads(file(state).read_text(encoding="ascii"))
    assert list(held) == ["copied", "most_kept", "run", "version"]
    assert (held["version"], held["run"]) == (2, 1)
    assert held["copied"] == [
        {
            "file": "w01-tue.fit",
            "key": "plan/W01 Tue",
            "name": "W01 Tue: Größe",
            "run": 1,
            "serial_number": 17,
            "state": "copying",
            "time_created": 1_164_844_800,
        }
    ]


IDENTITIES = st.tuples(st.integers(1, 4) | st.just(0xFFFFFFFE), st.sampled_from([0, 5, 0xFFFFFFFE]))
TEXTS = st.text(max_size=5)
OPERATIONS = st.lists(
    st.one_of(
        st.just(("begin",)),
        st.tuples(st.just("note"), IDENTITIES, TEXTS, TEXTS, TEXTS, st.integers(0, 5)),
        st.tuples(st.just("confirm"), IDENTITIES),
        st.tuples(st.just("forget"), st.lists(IDENTITIES, max_size=3)),
    ),
    max_size=12,
)


@settings(max_examples=examples(40))
@given(OPERATIONS)
def test_a_ledger_is_a_dictionary_that_outlives_its_process(operations):
    with tempfile.TemporaryDirectory() as folder:
        state = StateFolder(Path(folder) / "state")
        run, model = 0, {}
        for operation, *given_ in operations:
            ledger = opened(state)
            match operation, given_:
                case "begin", []:
                    run += 1
                    assert ledger.begin() == run
                case "note", [identity, key, name, file, number]:
                    ledger.note(identity, key=key, name=name, file=file, run=number)
                    model[identity] = Copied(*identity, key, name, file, number, "copying")
                case "confirm", [identity]:
                    ledger.confirm(identity)
                    if identity in model:
                        model[identity] = replace(model[identity], state="copied")
                case "forget", [identities]:
                    ledger.forget(identities)
                    for identity in identities:
                        model.pop(identity, None)
            for one in (ledger, opened(state)):
                assert (one.run, {entry.identity: entry for entry in one.entries}) == (run, model)


# --- Others at work, and ends in the middle -----------------------------------------------------

SCRIPT = """if True:
    import os, pathlib, signal, sys
    from negsplit.state import StateFolder
    from negsplit.watch.manifest import UnitId
    from negsplit.watch.ledger import WatchLedger
    ledger, first = WatchLedger(StateFolder(pathlib.Path(sys.argv[1])), UnitId("3900000017")), int(sys.argv[2])
    if not first:
        os.replace = lambda *_: os.kill(os.getpid(), signal.SIGKILL)
    for number in range(first, first + 15):
        ledger.begin()
        ledger.note((number, 1), key="k", name="n", file="f", run=1)
"""


def start(state, first):
    return subprocess.Popen([sys.executable, "-c", SCRIPT, str(state.folder), str(first)])


def test_two_processes_lose_nothing_of_one_another(state):
    note(opened(state), TUESDAY)
    processes = [start(state, first) for first in (100, 200)]
    assert [process.wait() for process in processes] == [0, 0]
    ledger = opened(state)
    numbers = {one.serial_number for one in ledger.entries}
    assert numbers == {17, *range(100, 115), *range(200, 215)}
    assert ledger.run == 30


def test_two_ledgers_of_one_watch_lose_nothing_of_one_another(state):
    one, other = opened(state), opened(state)
    note(one, TUESDAY)
    note(other, replace(TUESDAY, serial_number=18))
    assert (one.begin(), other.begin()) == (1, 2)
    assert len(opened(state).entries) == len(other.entries) == 2


@pytest.mark.skipif(sys.platform == "win32", reason="nothing is killed so there")
def test_killed_before_the_rename_the_older_ledger_stands(state):
    note(opened(state), TUESDAY)
    assert start(state, 0).wait() == -9
    ledger = opened(state)
    assert (ledger.run, ledger.entries) == (0, (TUESDAY,))
    assert ledger.begin() == 1


def test_where_the_disk_is_full_nothing_is_claimed(state, monkeypatch):
    ledger = opened(state)
    note(ledger, TUESDAY)

    def full(*_):
        raise StateError("full")

    monkeypatch.setattr(StateFolder, "write", full)
    with pytest.raises(StateError):
        ledger.confirm(TUESDAY.identity)
    with pytest.raises(StateError):
        ledger.begin()
    assert (ledger.run, ledger.entries) == (0, (TUESDAY,))


# --- Damaged ------------------------------------------------------------------------------------

ROW = {"file": "f", "key": "k", "name": "SECRET", "run": 1, "serial_number": 1, "state": "copied", "time_created": 1}


def ledger_of(*rows, **more):
    return json.dumps({"version": 1, "run": 1, "copied": list(rows)} | more).encode()


def test_a_ledger_from_before_what_is_kept_was_counted_is_read(state):
    opened(state).begin()
    file(state).write_bytes(ledger_of(ROW))
    ledger = opened(state)
    assert (ledger.run, ledger.most_kept, len(ledger.entries)) == (1, 0, 1)


def test_the_most_that_was_kept_is_remembered_and_never_less(state):
    ledger = opened(state)
    for seen, most in ((0, 0), (7, 7), (31, 31), (12, 31)):
        ledger.saw(seen)
        assert ledger.most_kept == opened(state).most_kept == most
    ledger.begin()
    note(ledger, TUESDAY)
    assert opened(state).most_kept == 31
    assert opened(state, unit="3900000018").most_kept == 0


DAMAGED = {
    "kept true": ledger_of(most_kept=True),
    "kept below 0": ledger_of(most_kept=-1),
    "nothing": b"",
    "no JSON": b"{SECRET",
    "no text": b"\xff\xfe\xfdSECRET",
    "cut off": ledger_of(ROW)[:-3],
    "a list": b"[]",
    "a number": b"1",
    "null": b"null",
    "deep": b"[" * 100_000,
    "a large number": b'{"version": 1, "run": ' + b"9" * 5_000 + b', "copied": []}',
    "not a number": b'{"version": 1, "run": NaN, "copied": []}',
    "no version": b'{"run": 1, "copied": []}',
    "no run": b'{"version": 1, "copied": []}',
    "no entries": b'{"version": 1, "run": 1}',
    "more": ledger_of(SECRET=1),
    "version 0": ledger_of(version=0),
    "version true": ledger_of(version=True),
    "version 1.0": ledger_of(version=1.0),
    "run true": ledger_of(run=True),
    "run below 0": ledger_of(run=-1),
    "run 1.5": ledger_of(run=1.5),
    "entries in a dictionary": ledger_of(copied={}),
    "a text for an entry": ledger_of("SECRET"),
    "an entry twice": ledger_of(ROW, ROW),
    "an entry with more": ledger_of(ROW | {"SECRET": 1}),
    **{f"an entry without {field}": ledger_of({k: v for k, v in ROW.items() if k != field}) for field in ROW},
    "serial 0": ledger_of(ROW | {"serial_number": 0}),
    "serial too large": ledger_of(ROW | {"serial_number": 0xFFFFFFFF}),
    "serial as a text": ledger_of(ROW | {"serial_number": "1"}),
    "time below 0": ledger_of(ROW | {"time_created": -1}),
    "time true": ledger_of(ROW | {"time_created": True}),
    "run null": ledger_of(ROW | {"run": None}),
    "name as a number": ledger_of(ROW | {"name": 1}),
    "key too long": ledger_of(ROW | {"key": "k" * 5_001}),
    "another state": ledger_of(ROW | {"state": "SECRET"}),
    "a list for a state": ledger_of(ROW | {"state": ["copied"]}),
}


@pytest.mark.parametrize("data", DAMAGED.values(), ids=DAMAGED.keys())
def test_a_damaged_ledger_is_neither_read_nor_written_over(state, data):
    ledger = opened(state)
    ledger.begin()
    path = file(state)
    path.write_bytes(data)
    for action in (lambda: opened(state), ledger.begin, lambda: note(ledger, TUESDAY), lambda: ledger.forget([])):
        with pytest.raises(StateError) as error:
            action()
        assert f"`{path}` is damaged: move it away" in str(error.value)
        assert "SECRET" not in str(error.value)
        assert error.value.__context__ is None
    assert path.read_bytes() == data
    path.rename(path.with_suffix(".away"))
    assert opened(state).entries == ()


@pytest.mark.parametrize("data", [ledger_of(version=3), b'{"version": 17, "watches": "SECRET"}'])
def test_a_later_ledger_is_left_as_it_is(state, data):
    opened(state).begin()
    file(state).write_bytes(data)
    with pytest.raises(StateError, match=r"watch-.*json` was written by a later negsplit.*move it away") as error:
        opened(state)
    assert "SECRET" not in str(error.value)
    assert file(state).read_bytes() == data


def test_a_good_row_is_read(state):
    opened(state).begin()
    file(state).write_bytes(ledger_of(ROW))
    assert opened(state).entries == (Copied(1, 1, "k", "SECRET", "f", 1, "copied"),)


def test_what_was_carried_is_not_ours_and_a_ledger_of_before_is_read(state):
    ledger = opened(state)
    ledger.note((7, 7), key="", name="Theirs", file="x.fit", run=1, carried=True)
    note(ledger, TUESDAY)
    assert {(one.name, one.state, one.is_ours, one.is_begun) for one in opened(state).entries} == {
        ("Theirs", "carrying", False, True),
        (TUESDAY.name, "copying", True, True),
    }
    for identity in ((7, 7), TUESDAY.identity, (7, 7)):
        ledger.confirm(identity)
    assert {(one.state, one.is_ours, one.is_begun) for one in opened(state).entries} == {
        ("carried", False, False),
        ("copied", True, False),
    }
    file(state).write_bytes(ledger_of(ROW, version=1))
    assert len(opened(state).entries) == 1


def test_what_was_not_brought_is_as_it_was_before(state):
    ledger = opened(state)
    note(ledger, TUESDAY)
    ledger.confirm(TUESDAY.identity)
    was = ledger.entry(TUESDAY.identity)
    note(ledger, replace(TUESDAY, run=9))
    ledger.restore(TUESDAY.identity, was)
    assert opened(state).entries == (replace(TUESDAY, state="copied"),)
    ledger.restore(TUESDAY.identity, None)
    assert opened(state).entries == ()


def test_a_ledger_larger_than_any_is_refused(state):
    ledger = opened(state)
    ledger.begin()
    file(state).write_bytes(ledger_of() + b" " * 4_000_000)
    with pytest.raises(StateError, match="larger than 4000000 bytes"):
        opened(state)


def test_a_ledger_does_not_grow_beyond_what_can_be_read(state):
    ledger = opened(state)
    ledger.begin()
    row = ROW | {"key": "k" * 4_990}
    rows = [row | {"serial_number": 1 + number} for number in range(4_000_000 // (len(json.dumps(row)) + 5))]
    file(state).write_bytes(ledger_of(*rows))
    before = file(state).read_bytes()
    with pytest.raises(StateError, match="would be larger"):
        ledger.note((2_000, 1), key="k" * 4_990, name="", file="", run=1)
    assert file(state).read_bytes() == before
    assert len(opened(state).entries) == len(rows)


@pytest.mark.parametrize("wrong", [{"serial_number": 0}, {"time_created": -1}, {"key": "k" * 5_001}, {"run": 2**32}])
def test_what_could_not_be_read_again_is_not_written(state, wrong):
    ledger = opened(state)
    note(ledger, TUESDAY)
    with pytest.raises(AssertionError):
        note(ledger, replace(TUESDAY, **wrong))
    assert opened(state).entries == ledger.entries == (TUESDAY,)
