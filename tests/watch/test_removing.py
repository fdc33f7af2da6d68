"""Taking back: ours alone, and only what was listed."""

from contextlib import closing

import pytest

from negsplit.watch.attached import attach
from negsplit.watch.errors import NotThere, Refused
from negsplit.watch.garmin_device import UnitId
from negsplit.watch.inventory import take_inventory
from negsplit.watch.ledger import Identity, Ledger
from negsplit.watch.removing import brought, ours, take_back
from strategies.fit_bytes import file_id, fit, step, workout
from watch.watch_content import NEW_FILES, UNIT, WORKOUTS


def file(number: int, time: int) -> bytes:
    return fit(file_id(serial_number=number, time_created=time), workout(1, wkt_name=f"{number}"), step(0))


@pytest.fixture
def ledger(state):
    """Says that file 7 of time 100 was brought."""
    known = Ledger(state, UnitId(UNIT))
    known.note((7, 100), key="seven", name="7", file="seven.fit", run=known.begin())
    known.confirm((7, 100))
    return known


@pytest.mark.parametrize("folder", [NEW_FILES, WORKOUTS])
def test_number_and_time_make_a_file_ours_wherever_it_is(fake, ledger, folder):
    fake.add(f"{folder}/A.FIT", file(7, 100))
    fake.add(f"{folder}/B.FIT", file(7, 101))
    fake.add(f"{folder}/C.FIT", file(8, 100))
    fake.add(f"{folder}/D.FIT", file(7, 100)[:-3])
    with closing(attach(fake.place())) as watch:
        (mine,) = ours(take_inventory(watch), ledger)
        assert mine.place[-1] == "A.FIT"
        list(take_back(watch, [mine], ledger))
        assert ours(take_inventory(watch), ledger) == []
    assert f"{folder}/A.FIT" not in fake.files()
    assert {f"{folder}/{name}.FIT" for name in "BCD"} <= fake.files().keys()
    assert brought(ledger) == set()


@pytest.mark.parametrize("other", [file(7, 101), file(8, 100), file(7, 100)[:-1], b""])
def test_what_has_changed_since_it_was_listed_stays(fake, ledger, other):
    fake.add(f"{WORKOUTS}/A.FIT", file(7, 100))
    with closing(attach(fake.place())) as watch:
        (mine,) = ours(take_inventory(watch), ledger)
        fake.delete(f"{WORKOUTS}/A.FIT")
        fake.add(f"{WORKOUTS}/A.FIT", other)
        with pytest.raises(Refused, match="no longer the file that was listed"):
            list(take_back(watch, [mine], ledger))
    assert fake.files()[f"{WORKOUTS}/A.FIT"] == other
    assert brought(ledger) == {Identity(7, 100)}


def test_what_is_gone_by_itself_is_said(fake, ledger):
    fake.add(f"{WORKOUTS}/A.FIT", file(7, 100))
    with closing(attach(fake.place())) as watch:
        (mine,) = ours(take_inventory(watch), ledger)
        fake.delete(f"{WORKOUTS}/A.FIT")
        with pytest.raises(NotThere):
            list(take_back(watch, [mine], ledger))


def test_what_the_ledger_no_longer_knows_stays(fake, ledger):
    fake.add(f"{WORKOUTS}/A.FIT", file(7, 100))
    with closing(attach(fake.place())) as watch:
        (mine,) = ours(take_inventory(watch), ledger)
        ledger.forget([(7, 100)])
        with pytest.raises(Refused):
            list(take_back(watch, [mine], ledger))
    assert f"{WORKOUTS}/A.FIT" in fake.files()


def test_the_same_file_twice_goes_twice(fake, ledger):
    fake.add(f"{WORKOUTS}/A.FIT", file(7, 100))
    fake.add(f"{NEW_FILES}/B.FIT", file(7, 100))
    with closing(attach(fake.place())) as watch:
        both = ours(take_inventory(watch), ledger)
        assert list(take_back(watch, both, ledger)) == both
        assert ours(take_inventory(watch), ledger) == []
    assert brought(ledger) == set()
