import ctypes
import itertools
import os
import sys

import pytest

from negsplit.watch.ways import libmtp
from negsplit.watch.ways.libmtp import Attached
from negsplit.watch.ways.mtp_device import NO_DEVICE, ROOT, STORE_FULL, MtpError, Object, Storage

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="libmtp is looked for on Linux and macOS alone")

WATCH = Attached(0x091E, 0x4C29, 1, 7, 0x18008106, "Forerunner 945")
ADDRESS_BITS = ctypes.sizeof(ctypes.c_void_p) * 8


class Library:
    """The calls of libmtp as they are seen through ctypes, with memory that is spoilt when it is freed."""

    def __init__(self):
        self.said = []
        self.detected = 0
        self.raw = [WATCH]
        self.opens = True
        self.result = 0
        self.errors = []
        self.storages = []
        self.files = []
        self.sent = None
        self.kept = []
        self.live = {}
        self.device = libmtp._Device()
        for name in libmtp._CALLS:
            setattr(self, f"LIBMTP_{name}", self._said(name, getattr(self, f"_{name.casefold()}")))

    def _said(self, name, call):
        def said(*arguments):
            self.said.append(name)
            return call(*arguments)

        return said

    def _chained(self, links):
        for link, following in itertools.pairwise(links):
            link.next = ctypes.addressof(following)
        self.kept += links
        return ctypes.addressof(links[0]) if links else None

    def _init(self):
        assert self.said == ["Init"]

    def _detect_raw_devices(self, listed, count):
        count._obj.value = len(self.raw)
        if self.raw:
            size = ctypes.sizeof(libmtp._RawDevice)
            malloc = ctypes.CDLL(None).malloc
            malloc.restype, malloc.argtypes = ctypes.c_void_p, [ctypes.c_size_t]
            listed._obj.value = malloc(size * len(self.raw))
            array = (libmtp._RawDevice * len(self.raw)).from_address(listed._obj.value)
            for raw, one in zip(array, self.raw, strict=True):
                name = one.name.encode() or None
                entry = libmtp._Entry(b"Garmin", one.vendor_id, name, one.product_id, one.flags)
                self.kept.append(entry)
                raw.entry, raw.bus, raw.number = entry, one.bus, one.number
        return self.detected

    def _open_raw_device_uncached(self, raw):
        raw = raw._obj
        assert (raw.entry.vendor_id, raw.entry.product_id, raw.entry.flags) == (0x091E, 0x4C29, 0x18008106)
        assert (raw.bus, raw.number) == (1, 7)
        return ctypes.addressof(self.device) if self.opens else None

    def _get_storage(self, _device, _sorting):
        self.device.storage = self._chained([libmtp._Storage(id=one, access=two, free=3) for one, two in self.storages])
        return self.result

    def _get_files_and_folders(self, _device, _storage, _parent):
        files = [
            libmtp._File(handle=one, name=two, size=three, modified=1_700_000_000 + one, type=four)
            for one, two, three, four in self.files
        ]
        self.live = {ctypes.addressof(file): file for file in files}
        return self._chained(files)

    def _destroy_file_t(self, address):
        ctypes.memset(address, 0xFF, ctypes.sizeof(self.live.pop(address)))

    def _send_file_from_file_descriptor(self, _device, descriptor, file, *_progress):
        file = file._obj
        self.sent = (file.storage, file.folder, file.name, file.size, file.type, os.read(descriptor, 1000))
        file.handle = 77
        return self.result

    def _get_file_to_file_descriptor(self, _device, handle, descriptor, *_progress):
        os.write(descriptor, f"content of {handle}".encode())
        return self.result

    def _delete_object(self, _device, _handle):
        return self.result

    def _get_errorstack(self, _device):
        return self._chained([libmtp._Error(number, text) for number, text in self.errors])

    def _clear_errorstack(self, device):
        assert device == ctypes.addressof(self.device)

    def _release_device(self, device):
        assert device == ctypes.addressof(self.device)


@pytest.fixture
def library():
    return Library()


@pytest.fixture
def mtp(library):
    return libmtp.load(lambda _: library)


@pytest.fixture
def device(mtp):
    return mtp.open(WATCH)


@pytest.mark.skipif(ADDRESS_BITS != 64, reason="the offsets are those of 64 bits")
def test_the_layouts_are_those_of_the_header():
    """What `offsetof` says of `libmtp.h` 1.1.20."""
    raw, entry, device = libmtp._RawDevice, libmtp._Entry, libmtp._Device
    storage, file, error = libmtp._Storage, libmtp._File, libmtp._Error
    assert [entry.vendor_id.offset, entry.product.offset, entry.product_id.offset, entry.flags.offset] == [
        8,
        16,
        24,
        28,
    ]
    assert [raw.bus.offset, raw.number.offset, ctypes.sizeof(raw)] == [32, 36, 40]
    assert [device.storage.offset, storage.access.offset, storage.free.offset, storage.next.offset] == [24, 8, 24, 56]
    assert [file.name.offset, file.size.offset, file.type.offset, file.next.offset] == [16, 24, 40, 48]
    assert [error.text.offset, error.next.offset] == [8, 16]


def test_a_system_without_libmtp_has_none():
    tried = []

    def opened(name):
        tried.append(name)
        raise OSError

    assert libmtp.load(opened) is None
    assert {name.rpartition("/")[2] for name in tried} == {"libmtp.so.9", "libmtp.9.dylib"}


def test_a_library_without_one_of_the_calls_is_not_used(library):
    del library.LIBMTP_Get_Storage
    assert libmtp.load(lambda _: library) is None


def test_devices_are_detected_after_the_library_was_initialised_once(mtp, library):
    library.raw = [WATCH, WATCH._replace(number=8, name="")]
    assert mtp.detect() == library.raw
    assert mtp.detect() == library.raw
    assert library.said.count("Init") == 1


def test_no_device_is_no_error_and_every_other_trouble_is(mtp, library):
    library.detected, library.raw = 5, []
    assert mtp.detect() == []
    for library.detected in (1, 4, 7):
        with pytest.raises(MtpError):
            mtp.detect()


def test_a_device_that_cannot_be_opened_is_an_error(mtp, library):
    library.opens = False
    with pytest.raises(MtpError):
        mtp.open(WATCH)


@pytest.mark.parametrize("result", [0, 1])
def test_storages_come_with_their_room(device, library, result):
    library.storages, library.result = [(0xFFFF0001, 0), (0xFFFF0002, 1)], result
    assert device.storages() == [Storage(0xFFFF0001, 3, True), Storage(0xFFFF0002, 3, False)]


def test_objects_are_listed_and_every_one_is_freed(device, library):
    library.files = [(5, b"GARMIN", 40, 0), (6, "ü.fit".encode(), 2**33, 44), (7, None, 0, 44), (8, b"\xff", 1, 44)]
    assert device.children(0xFFFF0001, ROOT) == [
        Object(5, "GARMIN", 40, True, 1_700_000_005),
        Object(6, "ü.fit", 2**33, False, 1_700_000_006),
        Object(7, "", 0, False, 1_700_000_007),
        Object(8, "\udcff", 1, False, 1_700_000_008),
    ]
    assert library.live == {}


def test_an_empty_folder_is_told_from_one_that_cannot_be_listed(device, library):
    assert device.children(1, 2) == []
    library.errors = [(2, b"PTP Layer error 02ff: could not get object handles"), (2, b"Error 02ff: PTP I/O Error")]
    with pytest.raises(MtpError) as caught:
        device.children(1, 2)
    assert caught.value.code == 0x02FF


def test_a_file_is_sent_from_its_first_byte_and_its_handle_told(device, library):
    assert device.send(0xFFFF0001, 9, "ü.fit", b"data") == 77
    assert library.sent == (0xFFFF0001, 9, "ü.fit".encode(), 4, 44, b"data")


def test_a_file_is_got_from_its_first_byte(device):
    assert device.get(6) == b"content of 6"


@pytest.mark.parametrize(
    ("errors", "code"),
    [
        ([], None),
        ([(1, b"Could not retrieve updated metadata.")], None),
        ([(1, None), (2, b"PTP Layer error 200c: could not send"), (2, b"Error 200c: PTP Store Full")], 0x200C),
        ([(2, b"Error 2009: PTP Invalid Object Handle")], 0x2009),
        ([(6, b"no room")], STORE_FULL),
        ([(3, b"")], NO_DEVICE),
        ([(5, b"")], NO_DEVICE),
    ],
)
def test_every_call_that_fails_tells_the_code_on_the_stack(device, library, errors, code):
    library.result, library.errors = -1, errors
    for call in (
        device.storages,
        lambda: device.send(1, 2, "x", b""),
        lambda: device.get(3),
        lambda: device.delete(3),
    ):
        with pytest.raises(MtpError) as caught:
            call()
        assert caught.value.code == code


def test_errors_of_earlier_calls_are_cleared_first(device, library):
    device.delete(3)
    assert library.said[-2:] == ["Clear_Errorstack", "Delete_Object"]


def test_a_device_is_released_once_and_then_no_longer_used(device, library):
    device.release()
    device.release()
    assert library.said.count("Release_Device") == 1
    said = list(library.said)
    for call in (device.storages, lambda: device.children(1, 2), lambda: device.get(1), lambda: device.delete(1)):
        with pytest.raises(MtpError):
            call()
    assert library.said == said
