"""The schedule: what is there stays, or nothing is brought."""

import datetime as dt
from contextlib import closing
from dataclasses import replace

import fitdecode
import garmin_fit_sdk
import pytest

from negsplit.formats.fit.packing import FileIdentity
from negsplit.formats.fit.read import read_entries
from negsplit.formats.fit.schedule import Scheduled, encode_entries
from negsplit.formats.fit.schedule_entry import WatchSchedule
from negsplit.watch.attached import attach
from negsplit.watch.copying import Parcel, deliver, errand
from negsplit.watch.errors import Refused, Unusable
from negsplit.watch.inventory import decoded, take_inventory
from negsplit.watch.ledger import WatchFileIdentity, WatchLedger
from negsplit.watch.manifest import UnitId
from negsplit.watch.removing import ours
from negsplit.watch.scheduling import batch, new_schedule
from strategies.fit_bytes import ENUM, UINT16, UINT32, file_id, fit, message, step, workout
from strategies.fit_bytes import SCHEDULE as FIELDS
from watch.watch_content import MANIFEST, NEW_FILES, SCHEDULE, TYPES, UNIT, WORKOUTS, as_stored, device_xml

KEPT = f"{SCHEDULE}/SCHEDULE.FIT"


def entry(number, day, hour=0):
    identity = FileIdentity(1, 65534, number, 1_100_000_000 + number)
    return Scheduled(identity, dt.datetime(2026, 12, day, hour)).entry


OLD, NEW = [entry(1, 1), entry(2, 3, 6)], [entry(3, 2), entry(4, 9)]


TODAY = dt.date(2026, 12, 1)


def merged(fake, state, entries, superseded=(), today=TODAY):
    with closing(attach(fake.place())) as watch:
        known = WatchLedger(state, UnitId(UNIT))
        return new_schedule(watch, take_inventory(watch), [WatchSchedule(tuple(entries))], superseded, known, today)


def keep(fake, data):
    fake.delete(KEPT)
    fake.add(KEPT, data)


def test_a_first_schedule_holds_the_days_alone(fake, state):
    found = merged(fake, state, NEW)
    assert list(read_entries(found.parcel.data)) == NEW
    assert (found.days, found.kept, found.replaced) == (2, 0, ())


def test_days_of_the_watch_are_kept_to_the_bit_and_in_order_of_time(fake, state):
    old = [replace(OLD[0], product=2691, manufacturer=None), replace(OLD[1], type=1)]
    keep(fake, encode_entries(old))
    found = merged(fake, state, NEW)
    assert list(read_entries(found.parcel.data)) == [old[0], NEW[0], old[1], NEW[1]]
    assert (found.days, found.kept, found.dropped) == (2, 2, 0)


def test_days_that_are_there_already_are_nothing_to_do(fake, state):
    keep(fake, encode_entries(OLD))
    assert merged(fake, state, OLD).parcel is None


def test_a_day_that_was_run_stays_marked(fake, state):
    keep(fake, encode_entries([replace(OLD[0], completed=1), OLD[1]]))
    found = merged(fake, state, OLD)
    assert (found.parcel, found.past) == (None, 1)


def test_days_that_are_over_or_done_are_left_out_and_counted(fake, state):
    """Today counts as ahead, whatever the hour."""
    there = [entry(1, 1, 6), replace(entry(2, 9), completed=1), entry(3, 2, 6), entry(4, 9), entry(5, 20)]
    keep(fake, encode_entries(there))
    found = merged(fake, state, [entry(6, 1), entry(7, 2)], today=dt.date(2026, 12, 2))
    assert [one.serial_number for one in read_entries(found.parcel.data)] == [7, 3, 4, 5]
    assert (found.days, found.kept, found.dropped, found.past) == (1, 3, 0, 3)
    assert merged(fake, state, [entry(3, 2, 6)], today=dt.date(2026, 12, 2)).parcel is None
    assert merged(fake, state, [entry(6, 1)], today=dt.date(2027, 1, 1)).past == 6


def test_where_no_day_is_left_there_is_nothing_to_bring(fake, state):
    keep(fake, encode_entries(OLD))
    found = merged(fake, state, [entry(3, 1)], {one.file for one in OLD}, dt.date(2026, 12, 2))
    assert (found.parcel, found.kept, found.past) == (None, 0, 2)


def test_an_entry_without_a_day_is_never_over(fake, state):
    keep(fake, encode_entries([replace(OLD[0], scheduled_time=None)]))
    found = merged(fake, state, NEW, today=dt.date(2026, 12, 3))
    assert [one.serial_number for one in read_entries(found.parcel.data)] == [4, 1]


def test_no_more_than_a_watch_shows(fake, state):
    """The earliest, those that are there among them; two on one day are two."""
    many = [entry(100 + number, 1 + number // 2, 6 + 6 * (number % 2)) for number in range(59)]
    keep(fake, encode_entries([entry(1, 3), entry(2, 31)]))
    found = merged(fake, state, many)
    brought = read_entries(found.parcel.data)
    assert len(brought) == len(found.named) == 30
    assert [one.scheduled_time for one in brought] == sorted(one.scheduled_time for one in brought)
    assert {one.serial_number for one in brought} == {1, *range(100, 129)}
    assert (len(found.later), found.again, found.days, found.kept) == (31, dt.date(2026, 12, 15), 29, 1)
    keep(fake, found.parcel.data)
    again = merged(fake, state, many)
    assert (again.parcel, len(again.later)) == (None, 30)
    after = merged(fake, state, many, today=dt.date(2026, 12, 15))
    assert [one.serial_number for one in read_entries(after.parcel.data)][:3] == [128, 129, 130]


def test_an_entry_of_ours_at_midnight_is_the_same_day(fake, state):
    keep(fake, encode_entries([entry(3, 2, 0), entry(1, 9)]))
    found = merged(fake, state, [entry(3, 2, 12)])
    assert list(read_entries(found.parcel.data)) == [entry(3, 2, 12), entry(1, 9)]
    assert (found.days, found.kept, found.dropped) == (1, 1, 1)


def strange_schedule(*entries):
    """After the published reading of a fenix 6X: a message 137, fields 7, 9 and 10, some of it big-endian."""
    plan = {"index": (254, UINT16), "name": (0, 7), "first": (1, UINT32), "more": (7, UINT16)}
    fields = FIELDS | {"plan": (7, UINT16), "nine": (9, ENUM), "ten": (10, ENUM)}
    strange = {"plan": 0, "nine": 255, "ten": 4}
    records = [
        message(28, fields, {"plan": 0, **dict(zip(FIELDS, one.values, strict=True)), **strange}, order=order)
        for one, order in zip(entries, "<>" * len(entries), strict=False)
    ]
    return fit(file_id(type=7), message(137, plan, {"index": 0, "name": "Mine", "first": 9, "more": 2}), *records)


def raw(data):
    """Every record but what says who wrote the file, each by what fitdecode says of it."""
    with fitdecode.FitReader(data, check_crc=fitdecode.CrcCheck.RAISE, keep_raw_chunks=True) as reader:
        return [
            (frame.global_mesg_num, frame.def_mesg.chunk.bytes[1:], frame.chunk.bytes[1:])
            for frame in reader
            if isinstance(frame, fitdecode.FitDataMessage) and frame.global_mesg_num not in (0, 49)
        ]


def test_what_is_not_known_of_the_watchs_schedule_stays_to_the_bit(fake, state):
    old = strange_schedule(entry(1, 9), entry(2, 3, 6))
    keep(fake, old)
    found = merged(fake, state, NEW)
    assert raw(found.parcel.data)[0] == raw(old)[0]
    assert set(raw(old)) < set(raw(found.parcel.data))
    assert [one.serial_number for one in read_entries(found.parcel.data)] == [3, 2, 1, 4]
    stream = garmin_fit_sdk.Stream.from_byte_array(bytearray(found.parcel.data))
    messages, errors = garmin_fit_sdk.Decoder(stream).read()
    assert not errors
    entries = messages["schedule_mesgs"]
    assert [[one.get(number) for number in (7, 9, 10)] for one in entries] == [
        [None] * 3,
        [0, None, 4],
        [0, None, 4],
        [None] * 3,
    ]
    keep(fake, found.parcel.data)
    assert merged(fake, state, NEW).parcel is None
    moved = merged(fake, state, [*NEW, entry(9, 5)])
    assert set(raw(old)) < set(raw(moved.parcel.data))
    assert [number for number, *_ in raw(moved.parcel.data)].count(137) == 1


# --- What comes with it ------------------------------------------------------------------------


def workout_of(number, name):
    """A workout file of the number and time that :func:`entry` names."""
    return fit(file_id(serial_number=number, time_created=1_100_000_000 + number), workout(1, wkt_name=name), step(0))


def parcel_of(number, name):
    return Parcel(
        f"{name}.fit", workout_of(number, name), WatchFileIdentity(number, 1_100_000_000 + number), name, name
    )


def batched(fake, state, entries, parcels=()):
    with closing(attach(fake.place())) as watch:
        known, inventory = WatchLedger(state, UnitId(UNIT)), take_inventory(watch)
        work = errand(inventory, parcels, known)
        days = new_schedule(watch, inventory, [WatchSchedule(tuple(entries))], work.older, known, TODAY)
        return batch(watch, inventory, days, work, known)


@pytest.mark.parametrize("place", ["A.FIT", "Schedule/W01 Tue.fit", "INTRVL/INTVRUN.FIT"])
def test_whatever_the_schedule_names_comes_with_it(fake, state, place):
    """New, ours as compiled, ours of another plan, somebody else's: the last two byte for byte as they are there."""
    keep(fake, encode_entries([entry(11, 2), entry(12, 3), entry(13, 4), entry(14, 5)]))
    theirs, older = as_stored(workout_of(11, "Theirs")), as_stored(workout_of(12, "Older"))
    fake.add(f"{WORKOUTS}/{place}", theirs)
    fake.add(f"{WORKOUTS}/B.FIT", older)
    fake.add(f"{WORKOUTS}/C.FIT", as_stored(workout_of(13, "Again")))
    fake.add(f"{NEW_FILES}/waits.fit", workout_of(14, "Waits"))
    known = WatchLedger(state, UnitId(UNIT))
    for number, name in ((12, "Older"), (13, "Again")):
        known.note(parcel_of(number, name).identity, key=f"key-{number}", name=name, file="x.fit", run=known.begin())
    found = batched(fake, state, [entry(15, 6)], [parcel_of(13, "Again"), parcel_of(15, "New")])
    assert [(one.title, one.data, one.carried) for one in found.parcels] == [
        ("Theirs", theirs, True),
        ("Older", older, False),
        ("Again", workout_of(13, "Again"), False),
    ]
    assert found.parcels[1].key == "key-12"
    assert found.astray == 0


def test_entries_that_name_what_nobody_has_are_counted_and_courses_are_not(fake, state):
    course = replace(entry(23, 5), type=1)
    keep(
        fake,
        encode_entries([entry(21, 2), entry(21, 3), entry(22, 4), course, replace(entry(1, 6), serial_number=None)]),
    )
    found = batched(fake, state, [entry(3, 9)], [parcel_of(3, "New")])
    assert (found.parcels, found.astray) == ((), 3)


def test_nothing_is_carried_where_no_schedule_comes(fake, state):
    keep(fake, encode_entries([entry(11, 2)]))
    fake.add(f"{WORKOUTS}/A.FIT", as_stored(workout_of(11, "Theirs")))
    assert batched(fake, state, [entry(11, 2)]).parcels == ()


def test_what_is_carried_never_becomes_ours(fake, state):
    keep(fake, encode_entries([entry(11, 2)]))
    fake.add(f"{WORKOUTS}/A.FIT", as_stored(workout_of(11, "Theirs")))
    (carried,) = batched(fake, state, [entry(3, 9)], [parcel_of(3, "New")]).parcels
    known = WatchLedger(state, UnitId(UNIT))
    with closing(attach(fake.place())) as watch:
        list(deliver(watch, [carried], known))
        found = take_inventory(watch)
        assert [one.place[-1] for one in found.waiting] == ["A.FIT"]
        assert ours(found, known) == []
    assert [one.state for one in known.entries] == ["carried"]


def test_days_of_superseded_workouts_go(fake, state):
    keep(fake, encode_entries(OLD))
    gone = WatchFileIdentity(OLD[0].serial_number, OLD[0].time_created)
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
    ledger = WatchLedger(state, UnitId(UNIT))
    ledger.note(identity, key="schedule", name="WatchSchedule", file="SCHEDULE.FIT", run=ledger.begin())
    found = merged(fake, state, NEW)
    assert list(read_entries(found.parcel.data)) == [OLD[0], NEW[0], OLD[1], NEW[1]]
    assert [one.place[-1] for one in found.replaced] == ["SCHEDULE.FIT"]


def test_a_schedule_that_waits_as_it_would_be_written_is_nothing_to_do(fake, state):
    """Also where the watch itself still keeps entries that it takes out, or an older one of ours waits beside it."""
    keep(fake, encode_entries(OLD))
    older, newest = encode_entries([*OLD, NEW[0]]), encode_entries(NEW)
    fake.add(f"{NEW_FILES}/SCHEDULE.FIT", older)
    fake.add(f"{NEW_FILES}/SCHEDULE-2.FIT", newest)
    ledger = WatchLedger(state, UnitId(UNIT))
    for data in (older, newest):
        ledger.note(decoded((), data).identity, key="schedule", name="WatchSchedule", file="S.FIT", run=ledger.begin())
    found = merged(fake, state, NEW, {WatchFileIdentity(one.serial_number, one.time_created) for one in OLD})
    assert found.parcel is None
    assert [one.place[-1] for one in found.replaced] == ["SCHEDULE.FIT"]


@pytest.mark.parametrize("cut", [3, 40, -1])
def test_a_schedule_that_cannot_be_read_whole_is_refused(fake, state, cut):
    keep(fake, encode_entries(OLD)[:cut])
    with pytest.raises(Refused, match="cannot be read whole") as refused:
        merged(fake, state, NEW)
    assert "copy without --schedule" in refused.value.help[0]


@pytest.mark.parametrize("direction", ["InputToUnit", "OutputFromUnit"])
def test_a_manifest_that_leads_astray_for_schedules_bars_them_alone(fake, state, direction):
    fake.delete(MANIFEST)
    fake.add(MANIFEST, device_xml(types=[*TYPES, (7, direction, "../SCHEDULE")]))
    with pytest.raises(Unusable, match=f"its entry `{direction}` of FIT_TYPE_7 leads outside"):
        merged(fake, state, NEW)
    with closing(attach(fake.place())) as watch:
        assert watch.refusal == ""


def test_a_watch_that_takes_no_schedule(fake, state):
    fake.delete(MANIFEST)
    fake.add(MANIFEST, device_xml(types=[(5, "InputToUnit", "GARMIN/NEWFILES")]))
    with pytest.raises(Unusable, match="FIT_TYPE_7"):
        merged(fake, state, NEW)
