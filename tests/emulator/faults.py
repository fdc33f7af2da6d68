"""What is taken out of the program on purpose, so that `make test-watch` is seen to notice it.

Each fault is made in the process in which the program runs, right before it starts, and is gone with it.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Collection, Iterator
from contextlib import suppress
from dataclasses import replace
from typing import Any, Final, NamedTuple

from emulator.breakage import flipped, pulled_at_once
from emulator.everyday import everyday
from emulator.memories import full, many, two_storages, write_protected
from emulator.models import models
from emulator.rows import BOTH, DRIVE, MTP
from emulator.seasons import connects_plan, seasons
from emulator.story import Story


class Fault(NamedTuple):
    """What is broken, how, and the row that has to notice it with a watch by one of the ways."""

    breaks: Callable[[], None]
    row: Callable[[Story], None]
    ways: tuple[str, ...] = BOTH

    @property
    def name(self) -> str:
        return self.breaks.__name__


def nothing(*_arguments: Any, **_options: Any) -> None:
    """Stands in for what is taken out."""


# --- Whole or not at all ------------------------------------------------------------------------


def no_read_back() -> None:
    from negsplit.watch import copying

    copying._difference = nothing


def broken_file_stays() -> None:
    from negsplit.watch.ways import mtp_door, volume_door

    mtp_door.MtpDoor.remove = volume_door.VolumeDoor.remove = nothing  # type: ignore[method-assign]


def nothing_flushed() -> None:
    from negsplit.watch.ways import volume_files

    volume_files.flush = volume_files.flush_names = nothing


def renamed_file_not_flushed() -> None:
    from negsplit.watch.ways import volume_door

    volume_door.volume_files.settle = nothing


def half_of_a_failed_put_stays() -> None:
    from negsplit.watch.ways import mtp_door, volume_files

    mtp_door.MtpDoor._withdraw = nothing  # type: ignore[method-assign]
    volume_files.Folder.remove = nothing  # type: ignore[method-assign]


def failure_taken_for_success() -> None:
    from negsplit.watch import copying
    from negsplit.watch.errors import WatchError

    real = copying._bring

    def bring(watch: Any, parcel: copying.Parcel, *arguments: Any) -> str:
        with suppress(WatchError):
            return real(watch, parcel, *arguments)
        return parcel.file

    copying._bring = bring


def put_not_verified() -> None:
    from negsplit.watch.ways import mtp_door

    mtp_door.MtpDoor._verify = nothing  # type: ignore[method-assign]


def copied_again() -> None:
    from negsplit.watch import copying

    copying._found = nothing


# --- Which watch, which folder ------------------------------------------------------------------


def manifest_refused_for_a_path_of_no_concern() -> None:
    from negsplit.watch import manifest
    from negsplit.watch.errors import Unusable

    real = manifest.parse

    def parse(data: bytes) -> manifest.GarminDevice:
        if b"<Path>.</Path>" in data:
            raise Unusable("leads outside the watch")
        return real(data)

    manifest.parse = parse


def first_storage_taken() -> None:
    from negsplit.watch.ways import mtp_door

    mtp_door.MtpDoor._has_manifest = lambda *_: True  # type: ignore[method-assign]


def holder_not_named() -> None:
    from negsplit.watch.ways import usb

    usb.holders = lambda *_: []


def folders_below_not_read() -> None:
    from negsplit.watch import inventory

    inventory._DEEPEST = 0  # type: ignore[misc]


def nothing_remembered() -> None:
    from negsplit.watch.memory import Memory

    Memory.recall = nothing  # type: ignore[method-assign]


def count_forgotten() -> None:
    from negsplit.watch.ledger import WatchLedger

    WatchLedger.saw = nothing  # type: ignore[method-assign]


# --- The schedule -------------------------------------------------------------------------------


def workouts_not_brought_with_their_days() -> None:
    from negsplit.cli.watch import copy
    from negsplit.watch.scheduling import Batch

    copy.batch = lambda *_: Batch((), 0)


def more_days_than_are_shown() -> None:
    from negsplit.cli.watch import copy
    from negsplit.watch import scheduling

    scheduling.ENTRIES_SHOWN = copy.ENTRIES_SHOWN = 100  # type: ignore[misc]


def past_days_stay() -> None:
    from negsplit.watch import scheduling

    scheduling._is_ahead = lambda *_: True


def midnight() -> None:
    from negsplit.desk import plan_files

    plan_files.NOON = dt.time(0)  # type: ignore[misc]


def schedule_first() -> None:
    from negsplit.cli.watch import copy

    real = copy.deliver
    copy.deliver = lambda watch, parcels, ledger: real(watch, parcels[::-1], ledger)


def unknown_messages_dropped() -> None:
    from negsplit.watch import scheduling

    real = scheduling.read_whole_schedule
    scheduling.read_whole_schedule = lambda data: replace(real(data), others=())


def unknown_fields_dropped() -> None:
    from negsplit.watch import scheduling

    real = scheduling.read_whole_schedule

    def read(data: bytes) -> scheduling.Schedule:
        found = real(data)
        return replace(found, entries=tuple(replace(one, record=None) for one in found.entries))

    scheduling.read_whole_schedule = read


def carried_becomes_ours() -> None:
    from negsplit.watch.ledger import WatchLedger

    real = WatchLedger.note

    def note(self: WatchLedger, *arguments: Any, **options: Any) -> None:
        real(self, *arguments, **options | {"carried": False})

    WatchLedger.note = note  # type: ignore[method-assign]


def everything_taken_for_ours() -> None:
    from negsplit.watch import removing

    class Everything(Collection[Any]):
        def __contains__(self, _one: object) -> bool:
            return True

        def __iter__(self) -> Iterator[Any]:
            return iter(())

        def __len__(self) -> int:
            return 0

    removing.brought = lambda _: Everything()


FAULTS: Final = (
    Fault(no_read_back, flipped),
    Fault(broken_file_stays, flipped),
    Fault(nothing_flushed, pulled_at_once, (DRIVE,)),
    Fault(renamed_file_not_flushed, pulled_at_once, (DRIVE,)),
    Fault(put_not_verified, full, (MTP,)),
    Fault(half_of_a_failed_put_stays, full),
    Fault(failure_taken_for_success, write_protected),
    Fault(copied_again, everyday),
    Fault(holder_not_named, everyday, (MTP,)),
    Fault(manifest_refused_for_a_path_of_no_concern, models, (DRIVE,)),
    Fault(first_storage_taken, two_storages, (MTP,)),
    Fault(nothing_remembered, many),
    Fault(count_forgotten, many),
    Fault(folders_below_not_read, connects_plan, (MTP,)),
    Fault(workouts_not_brought_with_their_days, connects_plan),
    Fault(unknown_messages_dropped, connects_plan),
    Fault(unknown_fields_dropped, connects_plan),
    Fault(carried_becomes_ours, connects_plan),
    Fault(everything_taken_for_ours, connects_plan),
    Fault(schedule_first, connects_plan),
    Fault(past_days_stay, connects_plan),
    Fault(midnight, connects_plan),
    Fault(more_days_than_are_shown, seasons, (DRIVE,)),
)
