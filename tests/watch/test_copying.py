"""Bringing files: whole or not at all, whatever happens, and never twice."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import closing
from dataclasses import dataclass, replace
from itertools import count
from typing import Any

import pytest

from negsplit.state import StateFolder
from negsplit.watch.attached import Watch, attach
from negsplit.watch.copying import Delivery, Errand, Parcel, deliver, errand, free_name, settle, sweep
from negsplit.watch.door import LEFTOVER
from negsplit.watch.errors import Full, Gone, ReadOnly, Unusable, WatchError
from negsplit.watch.inventory import take_inventory
from negsplit.watch.ledger import WatchFileIdentity, WatchLedger
from negsplit.watch.manifest import UnitId
from strategies.fit_bytes import file_id, fit, step, workout
from watch.fake_watch import FakeWatch, fill_in, waiting
from watch.importing import unplug
from watch.mtp_double import MtpDouble
from watch.watch_content import NEW_FILES, UNIT, WORKOUTS, standard_content


def parcel(number: int, name: str = "", key: str = "", time: int = 1_000_000_000) -> Parcel:
    """A workout file that is told from others by a number."""
    title = name or f"{number} runs"
    data = fit(file_id(serial_number=number, time_created=time), workout(1, wkt_name=title), step(0))
    return Parcel(f"run-{number}.fit", data, WatchFileIdentity(number, time), key or f"run-{number}", title)


def ledger(state: StateFolder) -> WatchLedger:
    """What is known of the watch."""
    return WatchLedger(state, UnitId(UNIT))


THREE = [parcel(1), parcel(2), parcel(3)]


def brought(fake: FakeWatch, parcels: list[Parcel], state: StateFolder) -> Delivery:
    """One whole copy to a watch that is plugged in for it."""
    with closing(attach(fake.place())) as watch:
        return copied(watch, parcels, state)


def copied(watch: Watch, parcels: list[Parcel], state: StateFolder) -> Delivery:
    """One whole copy, as the command does it."""
    known = ledger(state)
    todo = errand(sweep(watch, take_inventory(watch), known), parcels, known)
    settle(take_inventory(watch), known)
    *_, ended = deliver(watch, todo.new, known)
    assert isinstance(ended, Delivery)
    return ended


def test_parcels_are_on_the_watch_byte_for_byte(fake, state):
    ended = brought(fake, THREE, state)
    assert (ended.delivered, ended.failed, ended.untried) == (tuple(THREE), None, ())
    assert waiting(fake) == {one.file: one.data for one in THREE}
    entries = ledger(state).entries
    assert {(one.identity, one.file, one.run, one.state) for one in entries} == {
        (one.identity, one.file, 1, "copied") for one in THREE
    }


def test_a_long_copy_lists_the_folder_twice_a_file(state):
    """Before it is put and after, and a few times to find it; by MTP a list costs a question for each file in it."""
    fake = MtpDouble()
    fill_in(fake)
    parcels = [parcel(number) for number in range(1, 21)]
    with closing(attach(fake.place())) as watch:
        asked = len(fake.calls)
        list(deliver(watch, parcels, ledger(state)))
        assert fake.calls[asked:].count("children") < 2 * len(parcels) + 10
    assert waiting(fake) == {one.file: one.data for one in parcels}


def test_what_is_there_is_not_brought_again_before_and_after_the_import(fake, state):
    brought(fake, THREE, state)
    again = brought(fake, THREE, state)
    assert again.delivered == ()
    unplug(fake)
    assert waiting(fake) == {}
    more = brought(fake, [*THREE, parcel(4)], state)
    assert [one.identity.serial_number for one in more.delivered] == [4]


def test_the_same_number_at_another_time_is_another_file(fake, state):
    brought(fake, [parcel(1)], state)
    other = parcel(1, time=1_000_000_001)
    assert brought(fake, [other], state).delivered == (other,)
    assert set(waiting(fake)) == {"run-1.fit", "run-1-2.fit"}


# --- When something goes wrong -----------------------------------------------------------------


@dataclass
class Cut:
    """A door that fails at its n-th call, before or after what that does, once or from then on."""

    door: Any
    at: int
    error: Callable[[], WatchError]
    after: bool = False
    for_good: bool = False
    calls: int = 0

    def __getattr__(self, name: str) -> Any:
        method = getattr(self.door, name)
        if name == "close":
            return method

        def called(*arguments: Any) -> Any:
            self.calls += 1
            fails = self.calls == self.at or (self.for_good and self.calls > self.at)
            if fails and not (self.after and self.calls == self.at):
                raise self.error()
            result = method(*arguments)
            if fails:
                raise self.error()
            return result

        return called


def cut(fake: FakeWatch, parcels: list[Parcel], state: StateFolder, door: Cut) -> Delivery | None:
    """A copy through a door that fails; None where it fails before anything is brought."""
    with closing(attach(fake.place())) as watch:
        door.door = watch.door
        try:
            return copied(replace(watch, door=door), parcels, state)
        except WatchError:
            return None


def clear(fake: FakeWatch, state: StateFolder, parcels: list[Parcel]) -> None:
    for name in waiting(fake):
        fake.delete(f"{NEW_FILES}/{name}")
    ledger(state).forget([one.identity for one in parcels])


@pytest.mark.parametrize("after", [False, True], ids=["before", "after"])
def test_the_cable_is_pulled_at_every_moment(fake, state, after):
    """Then the next copy ends with each file there once, and nothing else on the watch has changed."""
    before = fake.files()
    two = [parcel(1), parcel(2)]
    whole = sorted(one.data for one in two)
    for at in count(1):
        door = Cut(None, at, Gone, after, for_good=True)
        ended = cut(fake, two, state, door)
        assert fake.files().items() >= before.items()
        assert set(waiting(fake).values()) <= set(whole), "half a file"
        if ended and ended.failed is None and door.calls < at:
            break
        if ended and ended.failed:
            assert ended.unknown or ended.failed.file not in waiting(fake)
            assert [*ended.delivered, ended.failed, *ended.untried] == two
        brought(fake, two, state)
        assert sorted(waiting(fake).values()) == whole
        clear(fake, state, two)
    assert at > 10, "the test no longer sees every call"


def read_only() -> WatchError:
    return ReadOnly("the watch is read-only")


def odd() -> WatchError:
    return Unusable("the watch is odd")


@pytest.mark.parametrize("error", [Full, read_only, odd])
def test_a_fault_at_every_moment_leaves_no_half_file_and_says_what_is_there(fake, state, error):
    before = fake.files()
    for at in count(1):
        door = Cut(None, at, error)
        ended = cut(fake, THREE, state, door)
        if ended is None:
            assert fake.files() == before
            continue
        found = waiting(fake)
        assert found.items() <= {one.file: one.data for one in THREE}.items()
        if ended.failed is None:
            assert door.calls < at
            break
        assert not ended.unknown
        assert {one.file for one in ended.delivered} == set(found)
        assert [*ended.delivered, ended.failed, *ended.untried] == THREE
        known = {one.identity for one in ledger(state).entries}
        assert known == {one.identity for one in ended.delivered}
        clear(fake, state, THREE)


def test_what_is_read_back_otherwise_does_not_stay(fake, state):
    class Garbling(Cut):
        def __getattr__(self, name: str) -> Any:
            method = getattr(self.door, name)
            return method if name != "read" else lambda place, most: bytes(len(method(place, most)))

    known = ledger(state)
    with closing(attach(fake.place())) as watch:
        *_, ended = deliver(replace(watch, door=Garbling(watch.door, 0, Gone)), THREE, known)
    assert isinstance(ended.error, Unusable)
    assert "is not what was written" in ended.error.message
    assert not ended.unknown
    assert waiting(fake) == {}
    assert known.entries == ()


def begun(one: Parcel, state: StateFolder) -> None:
    """A copy that was cut off before its end was seen."""
    known = ledger(state)
    known.note(one.identity, key=one.key, name=one.title, file=one.file, run=known.begin())


def test_half_a_file_that_was_left_behind_is_replaced(fake, state):
    """What a responder keeps of a file whose sending was cut off."""
    one = parcel(1)
    begun(one, state)
    fake.add(f"{NEW_FILES}/{one.file}", one.data[:-9])
    fake.add(f"{NEW_FILES}/{LEFTOVER}0123.tmp", one.data[:5])
    assert brought(fake, [one], state).delivered == (one,)
    assert waiting(fake) == {one.file: one.data}


def test_what_only_looks_like_a_half_is_left_alone(fake, state):
    fake.make_folder(f"{NEW_FILES}/{LEFTOVER}0123.tmp")
    assert brought(fake, [parcel(1)], state).delivered == (parcel(1),)


def test_a_half_that_was_swept_no_longer_counts(fake, state):
    one = parcel(1)
    begun(one, state)
    fake.add(f"{NEW_FILES}/{one.file}", one.data[:-9])
    with closing(attach(fake.place())) as watch:
        inventory = take_inventory(watch)
        assert len(inventory.waiting) == 1
        assert sweep(watch, inventory, ledger(state)) == take_inventory(watch)


def test_half_a_file_of_somebody_elses_stays(fake, state):
    one = parcel(1)
    fake.add(f"{NEW_FILES}/{one.file}", one.data[:-9])
    assert brought(fake, [one], state).delivered == (one,)
    assert waiting(fake) == {one.file: one.data[:-9], "run-1-2.fit": one.data}


def test_somebody_elses_file_under_the_name_of_a_half_stays(fake, state):
    one, other = parcel(1), parcel(2)
    begun(one, state)
    fake.add(f"{NEW_FILES}/{one.file}", other.data)
    assert brought(fake, [one], state).delivered == (one,)
    assert waiting(fake) == {one.file: other.data, "run-1-2.fit": one.data}


def test_a_whole_file_whose_end_nobody_saw_is_ours(fake, state):
    one = parcel(1)
    begun(one, state)
    fake.add(f"{NEW_FILES}/{one.file}", one.data)
    brought(fake, [one], state)
    assert [entry.state for entry in ledger(state).entries] == ["copied"]


def test_a_real_end_of_the_room(fake, state):
    fake.fill(4096)
    before = fake.files()
    many = [parcel(number, name=f"{number:02} " + "x" * 200) for number in range(1, 60)]
    ended = brought(fake, many, state)
    assert isinstance(ended.error, Full)
    assert {one.file: one.data for one in ended.delivered} == waiting(fake)
    assert fake.files().items() >= before.items()


def test_a_real_write_protection(fake, state):
    fake.write_protect()
    before = fake.files()
    ended = brought(fake, THREE, state)
    assert isinstance(ended.error, ReadOnly)
    assert ended.untried == tuple(THREE[1:])
    assert fake.files() == before


def test_a_watch_that_is_really_pulled(fake, state):
    with closing(attach(fake.place())) as watch:
        steps = deliver(watch, THREE, ledger(state))
        assert next(steps) == THREE[0]
        fake.pull()
        ended = next(steps)
    assert isinstance(ended, Delivery)
    assert isinstance(ended.error, Gone)
    assert (ended.failed, ended.untried) == (THREE[1], (THREE[2],))


# --- What there is to do -----------------------------------------------------------------------


def work(fake: FakeWatch, parcels: list[Parcel], state: StateFolder) -> Errand:
    with closing(attach(fake.place())) as watch:
        return errand(take_inventory(watch), parcels, ledger(state))


def test_an_older_version_that_is_still_there_is_superseded(fake, state):
    brought(fake, [parcel(1, key="easy"), parcel(2)], state)
    newer = [parcel(7, key="easy")]
    assert [one.identity for one in work(fake, newer, state).superseded] == [(1, 1_000_000_000)]
    assert work(fake, newer, state).older == {(1, 1_000_000_000)}
    fake.delete(f"{NEW_FILES}/run-1.fit")
    assert work(fake, newer, state).superseded == ()
    assert work(fake, newer, state).older == {(1, 1_000_000_000)}


def test_two_versions_brought_together_do_not_supersede_one_another(fake, state):
    two = [parcel(1, key="easy"), parcel(2, key="easy")]
    brought(fake, two, state)
    assert work(fake, two, state).superseded == ()


def test_workouts_are_counted_with_those_that_wait(fake, state):
    there = sum(path.startswith(WORKOUTS) for path in standard_content())
    brought(fake, [parcel(number) for number in range(1, 6)], state)
    few = work(fake, [parcel(5), parcel(6)], state)
    assert few.count == there + 6
    assert work(fake, [parcel(number) for number in range(1, 30)], state).count == there + 29


@pytest.mark.parametrize(
    ("taken", "name"),
    [([], "a.fit"), (["b.fit"], "a.fit"), (["A.FIT"], "a-2.fit"), (["a.fit", "a-2.FIT"], "a-3.fit")],
)
def test_a_free_name(taken, name):
    assert free_name("a.fit", taken) == name
