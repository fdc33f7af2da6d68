"""The schedule: what is there stays, or nothing is brought."""

import datetime as dt
from contextlib import closing

import pytest

from negsplit.formats.fit_packing import FileIdentity
from negsplit.formats.fit_reader import read_entries
from negsplit.formats.fit_schedule import Scheduled, encode_entries
from negsplit.watch.attached import attach
from negsplit.watch.errors import Refused, Unusable
from negsplit.watch.garmin_device import UnitId
from negsplit.watch.inventory import decoded, take_inventory
from negsplit.watch.ledger import Identity, Ledger
from negsplit.watch.scheduling import new_schedule
from watch.watch_content import MANIFEST, NEW_FILES, SCHEDULE, UNIT, device_xml

KEPT = f"{SCHEDULE}/SCHEDULE.FIT"


def entry(number, day, hour=0):
    identity = FileIdentity(1, 65534, number, 1_100_000_000 + number)
    return Scheduled(identity, dt.datetime(2026, 12, day, hour)).entry


OLD, NEW = [entry(1, 1), entry(2, 3, 6)], [entry(3, 2), entry(4, 9)]


def merged(fake, state, entries, superseded=()):
    with closing(attach(fake.place())) as watch:
        return new_schedule(watch, take_inventory(watch), entries, superseded, Ledger(state, UnitId(UNIT)))


def keep(fake, data):
    fake.delete(KEPT)
    fake.add(KEPT, data)


def test_a_first_schedule_holds_the_days_alone(fake, state):
    found = merged(fake, state, NEW)
    assert list(read_entries(found.parcel.data)) == NEW
    assert (found.days, found.kept, found.replaced) == (2, 0, ())


def test_days_of_the_watch_are_kept_to_the_bit_and_in_order_of_time(fake, state):
    old = [OLD[0]._replace(completed=1, product=2691, manufacturer=None), OLD[1]._replace(type=1)]
    keep(fake, encode_entries(old))
    found = merged(fake, state, NEW)
    assert list(read_entries(found.parcel.data)) == [old[0], NEW[0], old[1], NEW[1]]
    assert (found.days, found.kept, found.dropped) == (2, 2, 0)


def test_days_that_are_there_already_are_nothing_to_do(fake, state):
    keep(fake, encode_entries(OLD))
    assert merged(fake, state, OLD).parcel is None


def test_a_day_that_was_run_stays_marked(fake, state):
    keep(fake, encode_entries([OLD[0]._replace(completed=1), OLD[1]]))
    assert merged(fake, state, OLD).parcel is None


def test_days_of_superseded_workouts_go(fake, state):
    keep(fake, encode_entries(OLD))
    gone = Identity(OLD[0].serial_number, OLD[0].time_created)
    found = merged(fake, state, NEW, {gone})
    assert list(read_entries(found.parcel.data)) == [NEW[0], OLD[1], NEW[1]]
    assert (found.days, found.kept, found.dropped) == (2, 1, 1)


def test_a_schedule_of_ours_that_waits_is_taken_in(fake, state):
    data = encode_entries(OLD)
    fake.add(f"{NEW_FILES}/SCHEDULE.FIT", data)
    with pytest.raises(Refused, match="that negsplit did not put there waits"):
        merged(fake, state, NEW)
    with closing(attach(fake.place())) as watch:
        identity = take_inventory(watch).waiting[0].identity
    ledger = Ledger(state, UnitId(UNIT))
    ledger.note(identity, key="schedule", name="Schedule", file="SCHEDULE.FIT", run=ledger.begin())
    found = merged(fake, state, NEW)
    assert list(read_entries(found.parcel.data)) == [OLD[0], NEW[0], OLD[1], NEW[1]]
    assert [one.place[-1] for one in found.replaced] == ["SCHEDULE.FIT"]


def test_a_schedule_that_waits_as_it_would_be_written_is_nothing_to_do(fake, state):
    """Also where the watch itself still keeps entries that it takes out, or an older one of ours waits beside it."""
    keep(fake, encode_entries(OLD))
    older, newest = encode_entries([*OLD, NEW[0]]), encode_entries(NEW)
    fake.add(f"{NEW_FILES}/SCHEDULE.FIT", older)
    fake.add(f"{NEW_FILES}/SCHEDULE-2.FIT", newest)
    ledger = Ledger(state, UnitId(UNIT))
    for data in (older, newest):
        ledger.note(decoded((), data).identity, key="schedule", name="Schedule", file="S.FIT", run=ledger.begin())
    found = merged(fake, state, NEW, {Identity(one.serial_number, one.time_created) for one in OLD})
    assert found.parcel is None
    assert [one.place[-1] for one in found.replaced] == ["SCHEDULE.FIT"]


@pytest.mark.parametrize("cut", [3, 40, -1])
def test_a_schedule_that_cannot_be_read_whole_is_refused(fake, state, cut):
    keep(fake, encode_entries(OLD)[:cut])
    with pytest.raises(Refused, match="cannot be read whole") as refused:
        merged(fake, state, NEW)
    assert "copy without --schedule" in refused.value.help[0]


def test_a_watch_that_takes_no_schedule(fake, state):
    fake.delete(MANIFEST)
    fake.add(MANIFEST, device_xml(types=[(5, "InputToUnit", "GARMIN/NEWFILES")]))
    with pytest.raises(Unusable, match="FIT_TYPE_7"):
        merged(fake, state, NEW)
