"""How new a plan's events are, judged by what a calendar keeps that merges one file after the other."""

from __future__ import annotations

import datetime as dt
import json
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from calendars import Store, bare, newness
from negsplit.desk import plan_revisions
from negsplit.desk.plan_events import SessionEvent
from negsplit.desk.plan_manifest import Manifest, ManifestError, read
from negsplit.desk.plan_revisions import CalendarRecord, revised, told
from negsplit.formats.ics import Event, calendar
from strategies.examples import examples
from strategies.spring_plan import ATHLETE, START, contents, events, manifest

MONDAY = dt.date(2026, 11, 30)

# --- Any series of edits -------------------------------------------------------------------------

KEYS = [f"w{week:02d}-{day}" for week in (1, 2, 3) for day in ("tue", "sun")]
SESSIONS = st.dictionaries(st.sampled_from(KEYS), st.tuples(st.integers(-30, 30), st.sampled_from("ABC")))
WEEKS = st.sets(st.sampled_from(["w01", "w02", "w03"]), min_size=1)
EDITS = st.lists(st.tuples(SESSIONS, st.none() | WEEKS), min_size=1, max_size=6)


def session_events(sessions: dict[str, tuple[int, str]]) -> list[SessionEvent]:
    return [
        SessionEvent(key, name, Event(f"spring-{key}@negsplit", MONDAY + dt.timedelta(days), name))
        for key, (days, name) in sessions.items()
    ]


def first_day(sessions: dict[str, tuple[int, str]]) -> dt.date:
    return MONDAY + dt.timedelta(min((days for days, _ in sessions.values()), default=0))


def compiled(
    before: CalendarRecord | None, sessions: dict[str, tuple[int, str]], weeks: set[str] | None = None
) -> tuple[CalendarRecord, bytes]:
    """What a compile of some weeks writes."""
    in_hand = session_events({key: one for key, one in sessions.items() if weeks is None or key[:3] in weeks})
    record = revised(before, in_hand, sessions, first_day(sessions))
    return record, calendar("Spring", told("spring", record, in_hand, sessions))


@settings(max_examples=examples(60))
@given(EDITS, SESSIONS, st.sets(st.integers(0, 6)))
def test_a_calendar_that_merges_ends_with_the_plan_as_it_is(edits, last, missed):
    """Also where some files are never looked at, some hold a part of the weeks, and days move back and forth."""
    store, record = Store(), None
    for number, (sessions, weeks) in enumerate([*edits, (last, None)]):
        before = record
        record, data = compiled(record, sessions, weeks)
        assert before is None or record.since == before.since
        if number not in missed or number == len(edits):
            store.merge(data)
        assert compiled(record, sessions, weeks) == (record, data), "the same again"
    fresh = Store()
    fresh.merge(compiled(None, last)[1])
    assert store.has() == fresh.has()
    assert len(fresh.has()) == len(last)


@settings(max_examples=examples(30))
@given(SESSIONS, SESSIONS)
def test_only_what_changed_is_newer(first, second):
    before, _ = compiled(None, first)
    after, _ = compiled(before, second)
    old = {one.key: one.sequence for one in before.events}
    new = {one.key: one.sequence for one in after.events}
    assert set(old.values()) <= {0}
    assert new == {key: int(first.get(key) != second.get(key)) for key in {*first, *second}}
    assert after.changes == max(new.values(), default=0)


def test_the_manifest_gives_back_what_it_was_told(tmp_path):
    record, _ = compiled(None, {"w01-tue": (1, "Größe"), "w01-sun": (6, "B")})
    record, _ = compiled(record, {"w01-tue": (2, "A")})
    (tmp_path / "manifest.json").write_text(Manifest("spring", "Spring", (), (), record).text(), encoding="utf-8")
    found = read(tmp_path)
    assert found is not None
    assert found.calendar == record


EVENT = {"key": "w01-tue", "date": "2026-12-01", "name": "x", "sequence": 3, "digest": "0", "cancelled": False}
FILE = {"name": "2026-12-01-w01-tue.fit", "key": "w01-tue", "date": "2026-12-01", "workout": "x", "serial_number": 1}
CALENDAR = {"since": "2026-11-30", "changes": 3, "events": [EVENT, EVENT | {"key": "w01-wed"}]}
SOUND = {"manifest": 2, "plan": "spring", "name": "x", "others": [], "files": [FILE], "calendar": CALENDAR}


def test_a_sound_manifest(tmp_path):
    """Else the next test would show nothing."""
    (tmp_path / "manifest.json").write_text(json.dumps(SOUND))
    found = read(tmp_path)
    assert found is not None
    assert [one.key for one in found.calendar.events] == ["w01-tue", "w01-wed"]


def without(name: str) -> dict[str, object]:
    return {key: value for key, value in SOUND.items() if key != name}


@pytest.mark.parametrize(
    "data",
    [
        without("calendar"),
        SOUND | {"manifest": 3},
        SOUND | {"files": [FILE | {"workout": "\ud800"}]},
        *(SOUND | {"calendar": calendar} for calendar in ([], None, "x", {}, CALENDAR | {"events": {"key": "x"}})),
        *(
            SOUND | {"calendar": CALENDAR | {"since": since}}
            for since in ("someday", "9999-12-31", "20261130", 1, None)
        ),
        *(SOUND | {"calendar": CALENDAR | {"changes": number}} for number in (2, -1, 10**12, "3", 3.5, None)),
        *(
            SOUND | {"calendar": CALENDAR | {"events": [EVENT | change]}}
            for change in (
                {"key": "../w01-tue"},
                {"key": "w01-tue\nATTENDEE:x"},
                {"key": None},
                {"date": "2026-02-30"},
                {"name": "\ud800"},
                {"name": ["x"]},
                {"sequence": -1},
                {"sequence": 4},
                {"sequence": "3"},
                {"sequence": True},
                {"digest": 0},
                {"cancelled": 1},
            )
        ),
        SOUND | {"calendar": CALENDAR | {"events": [EVENT, EVENT]}},
        SOUND | {"calendar": CALENDAR | {"events": ["x"]}},
    ],
)
def test_a_hostile_record_is_none(tmp_path, data):
    (tmp_path / "manifest.json").write_text(json.dumps(data))
    with pytest.raises(ManifestError):
        read(tmp_path)


def test_a_session_that_is_gone_for_long_is_forgotten_and_never_older(monkeypatch):
    """What is remembered of them has an end; one that comes back after it is newer all the same."""
    monkeypatch.setattr(plan_revisions, "_MOST_CANCELLED", 2)
    store, (record, data) = Store(), compiled(None, {key: (day, "A") for day, key in enumerate(KEYS)})
    store.merge(data)
    record, data = compiled(record, {})
    assert [one.key for one in record.events] == KEYS[-2:], "those of the last days"
    record, data = compiled(record, {KEYS[0]: (9, "B")})
    store.merge(data)
    assert b"SUMMARY:B" in store.has()[f"spring-{KEYS[0]}@negsplit"]


# --- With the command ----------------------------------------------------------------------------


def test_plans_that_are_edited_and_compiled_again(plan, cli):
    """As a runner edits them: the race earlier, a day dropped, taken back, some weeks alone, another athlete."""
    store = Store()
    series = [
        [],
        [(START, "race: 2026-12-24")],
        [(START, "race: 2026-12-24"), ("  - on: mon\n    rest: sleep\n", "")],
        [(START, "race: 2026-12-20"), ("on: thu", "on: fri")],
        [(START, "start: 2026-11-30"), ("notes: Hold back.", "notes: Go.")],
    ]
    for changes in series:
        plan(*changes)
        assert cli("compile", "spring.plan.yaml", *ATHLETE).status == 0
        store.merge(Path("spring/plan.ics").read_bytes())
        assert set(store.has()) == {uid for uid, one in events().items() if one.get("STATUS") != "CANCELLED"}
    again = contents("spring")
    assert cli("compile", "spring.plan.yaml", *ATHLETE).status == 0
    assert contents("spring") == again
    assert cli("compile", "spring.plan.yaml", "-o", "fresh", *ATHLETE).status == 0
    assert store.has() == {uid: bare(event) for uid, event in events("fresh").items()}
    assert {newness(event)[0] for event in events("fresh").values()} == {0}
    assert manifest()["calendar"]["changes"] == 4
    assert events()["spring-w01-fri@negsplit"]["STATUS"] == "CANCELLED"
    assert events()["spring-w01-mon@negsplit"].get("STATUS") is None


def test_weeks_alone_leave_the_others_as_they_were_told(plan, cli):
    plan()
    cli("compile", "spring.plan.yaml", *ATHLETE)
    store = Store()
    store.merge(Path("spring/plan.ics").read_bytes())
    plan(("  - {weeks: 2, on: wed, cross: 45 min bike}\n", ""), ("name: Tempo", "name: Fast"))
    cli("compile", "spring.plan.yaml", "--weeks", "3", *ATHLETE)
    sequences = {uid[7:14]: newness(event)[0] for uid, event in events().items()}
    assert sequences == {"w03-mon": 0, "w03-tue": 1, "w03-thu": 0, "w03-fri": 0, "w02-wed": 1}
    assert events()["spring-w02-wed@negsplit"]["SUMMARY"] == "Cancelled: Cross-training: 45 min bike"
    store.merge(Path("spring/plan.ics").read_bytes())
    assert len(store.has()) == 14
    cli("compile", "spring.plan.yaml", *ATHLETE)
    store.merge(Path("spring/plan.ics").read_bytes())
    cli("compile", "spring.plan.yaml", "-o", "fresh", *ATHLETE)
    assert store.has() == {uid: bare(event) for uid, event in events("fresh").items()}


def test_a_folder_of_before_calendars_counted_goes_on(plan, cli):
    """Its calendar had no SEQUENCE, which is 0, and the plan's first day as the stamp of all of it."""
    plan()
    cli("compile", "spring.plan.yaml", *ATHLETE)
    old = Path("spring/plan.ics").read_bytes().replace(b"SEQUENCE:0\r\n", b"")
    Path("spring/plan.ics").write_bytes(old)
    known = {name: value for name, value in manifest().items() if name != "calendar"} | {"manifest": 1}
    Path("spring/manifest.json").write_text(json.dumps(known), encoding="utf-8")
    store = Store()
    store.merge(old)
    plan(
        (START, "race: 2026-12-20"),
        ("  - on: thu\n    steps: run $total @ easy\n    with: {total: 30 min -> 45 min}\n", ""),
    )
    assert cli("compile", "spring.plan.yaml", *ATHLETE).status == 0
    store.merge(Path("spring/plan.ics").read_bytes())
    assert all(newness(event) >= (1, dt.datetime(2026, 11, 30, tzinfo=dt.UTC)) for event in events().values())
    cli("compile", "spring.plan.yaml", "-o", "fresh", *ATHLETE)
    assert store.has() == {uid: bare(event) for uid, event in events("fresh").items()}
