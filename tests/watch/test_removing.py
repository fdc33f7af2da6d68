"""Taking back: ours alone, and only what was listed."""

from contextlib import closing

import pytest

from negsplit.watch.attached import attach
from negsplit.watch.errors import NotThere, Refused
from negsplit.watch.inventory import take_inventory
from negsplit.watch.ledger import WatchFileIdentity, WatchLedger
from negsplit.watch.manifest import UnitId
from negsplit.watch.removing import brought, doubles, ours, take_back, take_double
from strategies.fit_bytes import file_id, fit, step, workout
from watch.watch_content import NEW_FILES, UNIT, WORKOUTS


def file(number: int, time: int) -> bytes:
    return fit(file_id(serial_number=number, time_created=time), workout(1, wkt_name=f"{number}"), step(0))


@pytest.fixture
def ledger(state):
    """Says that file 7 of time 100 was brought."""
    known = WatchLedger(state, UnitId(UNIT))
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
    assert brought(ledger) == {WatchFileIdentity(7, 100)}


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


# --- What is there twice because it was carried -------------------------------------------------


@pytest.fixture
def carried(state):
    """Says that file 7 of time 100, somebody else's, was carried."""
    known = WatchLedger(state, UnitId(UNIT))
    known.note((7, 100), key="", name="7", file="A.FIT", run=known.begin(), carried=True)
    known.confirm((7, 100))
    return known


@pytest.mark.parametrize("second", [f"{WORKOUTS}/B.FIT", f"{WORKOUTS}/Schedule/7.fit"])
def test_of_two_the_same_the_second_goes_and_the_first_stays(fake, carried, second):
    fake.add(f"{WORKOUTS}/A.FIT", file(7, 100))
    fake.add(second, file(7, 100))
    with closing(attach(fake.place())) as watch:
        assert ours(take_inventory(watch), carried) == []
        (double,) = doubles(watch, take_inventory(watch), carried)
        take_double(watch, double)
        assert doubles(watch, take_inventory(watch), carried) == []
    assert f"{WORKOUTS}/A.FIT" in fake.files()
    assert second not in fake.files()


def test_what_came_with_the_watch_stays_before_anything_else(fake, carried):
    for name in ("A.FIT", "INTRVL/Z.FIT", "GUIDED/Z.FIT"):
        fake.add(f"{WORKOUTS}/{name}", file(7, 100))
    with closing(attach(fake.place())) as watch:
        (double,) = doubles(watch, take_inventory(watch), carried)
    assert (double.extra.place[-1], double.stays.built_in or double.stays.place[-2]) == ("A.FIT", "GUIDED")


@pytest.mark.parametrize("other", [file(7, 101), file(7, 100) + b"x", file(8, 100)])
def test_another_file_is_no_double_and_none_where_nothing_was_carried(fake, carried, ledger, other):
    fake.add(f"{WORKOUTS}/A.FIT", file(7, 100))
    fake.add(f"{WORKOUTS}/B.FIT", other)
    with closing(attach(fake.place())) as watch:
        assert doubles(watch, take_inventory(watch), carried) == []
        fake.add(f"{WORKOUTS}/C.FIT", file(7, 100))
        assert doubles(watch, take_inventory(watch), ledger) == []


@pytest.mark.parametrize("name", ["A.FIT", "B.FIT"])
def test_two_that_are_no_longer_the_same_both_stay(fake, carried, name):
    for one in ("A.FIT", "B.FIT"):
        fake.add(f"{WORKOUTS}/{one}", file(7, 100))
    with closing(attach(fake.place())) as watch:
        (double,) = doubles(watch, take_inventory(watch), carried)
        fake.delete(f"{WORKOUTS}/{name}")
        with pytest.raises(NotThere):
            take_double(watch, double)
        fake.add(f"{WORKOUTS}/{name}", file(7, 101))
        with pytest.raises(Refused, match="no longer the file that was listed"):
            take_double(watch, double)
    assert {f"{WORKOUTS}/A.FIT", f"{WORKOUTS}/B.FIT"} <= fake.files().keys()
