"""The watch of `wpd_double.py` behind real COM tables, registered under the class ids of Windows' portable devices.

The tables are not those of the program: ids and the order of all methods of each interface are from the type libraries
in `PortableDeviceApi.dll` and `PortableDeviceTypes.dll`, as comtypes shows them to a published program; the program's
are from Microsoft's metadata of the SDK. A method in the wrong place is another method here.
"""

from __future__ import annotations

import ctypes
from collections.abc import Callable
from ctypes import HRESULT, POINTER, c_char, c_double, c_long, c_uint64, c_ulong, c_ushort, c_void_p, c_wchar_p
from typing import Any, Final

from comtypes import GUID, STDMETHOD, COMObject, IUnknown
from comtypes.server import IClassFactory

from negsplit.watch.ways.wpd import WpdError
from watch.wpd_double import GENERIC_FILE, NOT_COMMITTED, NOT_FOUND, WpdDouble

S_OK, S_FALSE = 0, 1
UNEXPECTED: Final = 0x8000FFFF
BAD_ARGUMENT: Final = 0x80070057
VT_DATE, VT_ERROR, VT_LPWSTR = 7, 10, 31
ANY = c_void_p
"""An argument that is written through, or that no method here looks at."""

_ole32 = ctypes.OleDLL("ole32")
_ole32.CoTaskMemAlloc.restype, _ole32.CoTaskMemAlloc.argtypes = c_void_p, [ctypes.c_size_t]

violations: list[str] = []
"""What the program did that Windows would not forgive."""


class Key(ctypes.Structure):
    _fields_ = [("format", GUID), ("id", c_ulong)]


def _interface(name: str, iid: str, table: str, base: type = IUnknown, **arguments: list[Any]) -> Any:
    """An interface of all methods in a table, in its order; those without arguments are never implemented."""
    methods = [STDMETHOD(HRESULT, method, arguments.get(method, [])) for method in table.split()]
    return type(IUnknown)(name, (base,), {"_iid_": GUID(iid), "_methods_": methods})


_KEY, _TEXT, _OUT = POINTER(Key), c_wchar_p, c_void_p

Values = _interface(
    "Values",
    "{6848F6F2-3155-4F86-B6F5-263EEEAB3143}",
    "GetCount GetAt SetValue GetValue SetStringValue GetStringValue SetUnsignedIntegerValue GetUnsignedIntegerValue "
    "SetSignedIntegerValue GetSignedIntegerValue SetUnsignedLargeIntegerValue GetUnsignedLargeIntegerValue "
    "SetSignedLargeIntegerValue GetSignedLargeIntegerValue SetFloatValue GetFloatValue SetErrorValue GetErrorValue "
    "SetKeyValue GetKeyValue SetBoolValue GetBoolValue SetIUnknownValue GetIUnknownValue SetGuidValue GetGuidValue "
    "SetBufferValue GetBufferValue SetIPortableDeviceValuesValue GetIPortableDeviceValuesValue "
    "SetIPortableDevicePropVariantCollectionValue GetIPortableDevicePropVariantCollectionValue "
    "SetIPortableDeviceKeyCollectionValue GetIPortableDeviceKeyCollectionValue "
    "SetIPortableDeviceValuesCollectionValue GetIPortableDeviceValuesCollectionValue RemoveValue "
    "CopyValuesFromPropertyStore CopyValuesToPropertyStore Clear",
    GetValue=[_KEY, _OUT],
    SetStringValue=[_KEY, _TEXT],
    GetStringValue=[_KEY, _OUT],
    SetUnsignedIntegerValue=[_KEY, c_ulong],
    GetUnsignedIntegerValue=[_KEY, _OUT],
    SetUnsignedLargeIntegerValue=[_KEY, c_uint64],
    GetUnsignedLargeIntegerValue=[_KEY, _OUT],
    SetGuidValue=[_KEY, POINTER(GUID)],
    GetGuidValue=[_KEY, _OUT],
)
Keys = _interface(
    "Keys",
    "{DADA2357-E0AD-492E-98DB-DD61C53BA353}",
    "GetCount GetAt Add Clear RemoveAt",
    GetCount=[_OUT],
    GetAt=[c_ulong, _OUT],
    Add=[_KEY],
)
Variants = _interface(
    "Variants",
    "{89B2E422-4F1B-4316-BCEF-A44AFEA83EB3}",
    "GetCount GetAt Add GetType ChangeType Clear RemoveAt",
    GetCount=[_OUT],
    GetAt=[c_ulong, _OUT],
    Add=[c_void_p],
)
Ids = _interface(
    "Ids",
    "{10ECE955-CF41-4728-BFA0-41EEDF1BBF19}",
    "Next Skip Reset Clone Cancel",
    Next=[c_ulong, _OUT, _OUT],
)
Sequential = _interface(
    "Sequential",
    "{0C733A30-2A1C-11CE-ADE5-00AA0044773D}",
    "Read Write",
    Read=[c_void_p, c_ulong, _OUT],
    Write=[c_void_p, c_ulong, _OUT],
)
Stream = _interface(
    "Stream",
    "{0000000C-0000-0000-C000-000000000046}",
    "Seek SetSize CopyTo Commit Revert LockRegion UnlockRegion Stat Clone",
    Sequential,
    Commit=[c_ulong],
)
DataStream = _interface(
    "DataStream", "{88E04DB3-1012-4D64-9996-F703A950D3F4}", "GetObjectID Cancel", Stream, GetObjectID=[_OUT]
)
Properties = _interface(
    "Properties",
    "{7F6D695C-03DF-4439-A809-59266BEEE3A6}",
    "GetSupportedProperties GetPropertyAttributes GetValues SetValues Delete Cancel",
    GetValues=[_TEXT, POINTER(Keys), _OUT],
)
Resources = _interface(
    "Resources",
    "{FD8878AC-D841-4D17-891C-E6829CDB6934}",
    "GetSupportedResources GetResourceAttributes GetStream Delete Cancel CreateResource",
    GetStream=[_TEXT, _KEY, c_ulong, _OUT, _OUT],
)
Content = _interface(
    "Content",
    "{6A96ED84-7C73-4480-9938-BF5AF477D426}",
    "EnumObjects Properties Transfer CreateObjectWithPropertiesOnly CreateObjectWithPropertiesAndData Delete "
    "GetObjectIDsFromPersistentUniqueIDs Cancel Move Copy",
    EnumObjects=[c_ulong, _TEXT, ANY, _OUT],
    Properties=[_OUT],
    Transfer=[_OUT],
    CreateObjectWithPropertiesAndData=[POINTER(Values), _OUT, _OUT, _OUT],
    Delete=[c_ulong, POINTER(Variants), _OUT],
)
Device = _interface(
    "Device",
    "{625E2DF8-6392-4CF0-9AD1-3CFA5F17775C}",
    "Open SendCommand Content Capabilities Cancel Close Advise Unadvise GetPnPDeviceID",
    Open=[_TEXT, POINTER(Values)],
    Content=[_OUT],
)
Manager = _interface(
    "Manager",
    "{A1567595-4C2F-4574-A6FA-ECEF917B9A40}",
    "GetDevices RefreshDeviceList GetDeviceFriendlyName GetDeviceDescription GetDeviceManufacturer GetDeviceProperty "
    "GetPrivateDevices",
    GetDevices=[_OUT, _OUT],
    GetDeviceFriendlyName=[_TEXT, _OUT, _OUT],
    GetDeviceDescription=[_TEXT, _OUT, _OUT],
)

# --- Giving back -------------------------------------------------------------------------------


def _put(kind: Any, address: int | None, value: Any) -> None:
    if address:
        kind.from_address(address).value = value


def _put_text(address: int, text: str) -> None:
    """A text in memory of COM's, which whoever asked frees."""
    data = (text + "\0").encode("utf-16-le")
    memory = _ole32.CoTaskMemAlloc(len(data))
    ctypes.memmove(memory, data, len(data))
    c_void_p.from_address(address).value = memory


def _put_object(address: int, made: COMObject, interface: Any) -> None:
    assert made.IUnknown_QueryInterface(None, [interface._iid_], c_void_p(address)) == S_OK


def told(method: Callable[..., int | None]) -> Callable[..., int]:
    """A method whose errors are HRESULTs; what the double does not allow is noted."""

    def called(self: Any, this: Any, *arguments: Any) -> int:
        try:
            return method(self, *arguments) or S_OK
        except WpdError as error:
            return ctypes.c_long(error.hresult).value
        except BaseException as error:
            violations.append(f"{type(self).__name__}.{method.__name__}: {error!r}")
            return ctypes.c_long(UNEXPECTED).value

    return called


# --- What Windows provides by itself -----------------------------------------------------------


def _name(key: Any) -> tuple[str, int]:
    return str(key[0].format).upper(), key[0].id


OBJECT, STORAGE_KEYS = "{EF6B490D-5CD8-437A-AFFC-DA8B60EE4A3C}", "{01A3057A-74D6-4E80-BEA7-DC4C212CE50A}"
PARENT, NAME, FORMAT, TYPE, SIZE, FILE_NAME, MODIFIED = ((OBJECT, id) for id in (3, 4, 6, 7, 11, 12, 19))
CATEGORY = ("{8F052D93-ABCA-4FC5-A5AC-B01DF4DBE598}", 2)
FREE, ACCESS = (STORAGE_KEYS, 5), (STORAGE_KEYS, 11)
CLIENT_NAME, QUALITY = (("{204D9F0C-2292-4080-9F42-40664E70F859}", id) for id in (2, 8))
DATA = ("{E81E79BE-34F0-41BF-B53F-F1A06AE87842}", 0)


class ValuesObject(COMObject):
    """A value has a kind, and is had by no other."""

    _com_interfaces_ = [Values]

    def __init__(self) -> None:
        super().__init__()
        self.held: dict[tuple[str, int], tuple[str, Any]] = {}

    def _get(self, key: Any, kind: str) -> Any:
        found = self.held.get(_name(key))
        if found is None or found[0] != kind:
            raise WpdError(NOT_FOUND)
        return found[1]

    @told
    def SetStringValue(self, key, value):
        self.held[_name(key)] = ("text", value)

    @told
    def GetStringValue(self, key, out):
        _put_text(out, self._get(key, "text"))

    @told
    def SetUnsignedIntegerValue(self, key, value):
        self.held[_name(key)] = ("u4", value)

    @told
    def GetUnsignedIntegerValue(self, key, out):
        _put(c_ulong, out, self._get(key, "u4"))

    @told
    def SetUnsignedLargeIntegerValue(self, key, value):
        self.held[_name(key)] = ("u8", value)

    @told
    def GetUnsignedLargeIntegerValue(self, key, out):
        _put(c_uint64, out, self._get(key, "u8"))

    @told
    def SetGuidValue(self, key, value):
        self.held[_name(key)] = ("guid", str(value[0]).upper())

    @told
    def GetGuidValue(self, key, out):
        ctypes.memmove(out, bytes(GUID(self._get(key, "guid"))), ctypes.sizeof(GUID))

    @told
    def GetValue(self, key, out):
        _put(c_double, out + 8, self._get(key, "date"))
        _put(c_ushort, out, VT_DATE)


class KeysObject(COMObject):
    _com_interfaces_ = [Keys]

    def __init__(self) -> None:
        super().__init__()
        self.held: list[bytes] = []

    @told
    def GetCount(self, out):
        _put(c_ulong, out, len(self.held))

    @told
    def GetAt(self, index, out):
        ctypes.memmove(out, self.held[index], ctypes.sizeof(Key))

    @told
    def Add(self, key):
        self.held.append(bytes(key[0]))


class VariantsObject(COMObject):
    """Texts, of which each is copied when it comes, or errors."""

    _com_interfaces_ = [Variants]

    def __init__(self, *errors: int) -> None:
        super().__init__()
        self.held: list[str | int] = list(errors)

    @told
    def GetCount(self, out):
        _put(c_ulong, out, len(self.held))

    @told
    def GetAt(self, index, out):
        one = self.held[index]
        if isinstance(one, str):
            _put_text(out + 8, one)
        else:
            _put(c_long, out + 8, one)
        _put(c_ushort, out, VT_LPWSTR if isinstance(one, str) else VT_ERROR)

    @told
    def Add(self, variant):
        assert c_ushort.from_address(variant).value == VT_LPWSTR
        self.held.append(ctypes.wstring_at(c_void_p.from_address(variant + 8).value))


# --- The watch ---------------------------------------------------------------------------------


class ManagerObject(COMObject):
    _com_interfaces_ = [Manager]

    def __init__(self, watch: WpdDouble) -> None:
        super().__init__()
        self.watch = watch

    @told
    def GetDevices(self, out, count):
        paths = self.watch.paths()
        if out:
            given = c_ulong.from_address(count).value
            for index, path in enumerate(paths[:given]):
                _put_text(out + index * ctypes.sizeof(c_void_p), path)
            _put(c_ulong, count, min(given, len(paths)))
            return S_OK if given >= len(paths) else S_FALSE
        _put(c_ulong, count, len(paths))
        return S_OK

    @told
    def GetDeviceFriendlyName(self, path, out, count):
        raise WpdError(NOT_FOUND)  # few devices have one

    @told
    def GetDeviceDescription(self, path, out, count):
        name = self.watch.name(path) + "\0"
        if out:
            assert c_ulong.from_address(count).value >= len(name)
            ctypes.memmove(out, name.encode("utf-16-le"), 2 * len(name))
        _put(c_ulong, count, len(name))


class DeviceObject(COMObject):
    """A device; ``opened`` is the double's, and ``held`` what was given away of it and did not come back."""

    _com_interfaces_ = [Device]

    def __init__(self, watch: WpdDouble) -> None:
        super().__init__()
        self.watch = watch
        self.opened: Any = None
        self.held: list[str] = []

    @told
    def Open(self, path, client):
        text = c_void_p()
        client.GetStringValue(Key(GUID(CLIENT_NAME[0]), CLIENT_NAME[1]), ctypes.addressof(text))
        assert ctypes.wstring_at(text.value) == "negsplit"
        number = c_ulong()
        client.GetUnsignedIntegerValue(Key(GUID(QUALITY[0]), QUALITY[1]), ctypes.addressof(number))
        assert number.value == 0x20000, "SECURITY_IMPERSONATION"
        self.opened = self.watch.open(path)

    @told
    def Content(self, out):
        assert self.opened is not None, "not open"
        _put_object(out, ContentObject(self), Content)

    @told
    def Close(self):
        assert not self.held, f"still held: {self.held}"
        opened, self.opened = self.opened, None
        opened.close()

    def _final_release_(self) -> None:
        if self.opened is not None:
            violations.append("a device that is open was let go of")


class _Held(COMObject):
    """Something of a device, which is to be let go of before it."""

    _com_interfaces_: list[Any] = []

    def __init__(self, device: DeviceObject) -> None:
        super().__init__()
        self.device = device
        device.held.append(type(self).__name__)

    @property
    def opened(self) -> Any:
        assert self.device.opened is not None, "the device is closed"
        return self.device.opened

    def _final_release_(self) -> None:
        self.device.held.remove(type(self).__name__)


class ContentObject(_Held):
    _com_interfaces_ = [Content]

    @told
    def EnumObjects(self, flags, parent, filter, out):
        _put_object(out, IdsObject(self.device, self.opened.children(parent)), Ids)

    @told
    def Properties(self, out):
        _put_object(out, PropertiesObject(self.device), Properties)

    @told
    def Transfer(self, out):
        _put_object(out, ResourcesObject(self.device), Resources)

    @told
    def CreateObjectWithPropertiesAndData(self, values, out, best, cookie):
        parent, name, same = (_string_of(values, key) for key in (PARENT, FILE_NAME, NAME))
        size, kind, format = c_uint64(), GUID(), GUID()
        values.GetUnsignedLargeIntegerValue(Key(GUID(SIZE[0]), SIZE[1]), ctypes.addressof(size))
        values.GetGuidValue(Key(GUID(TYPE[0]), TYPE[1]), ctypes.addressof(kind))
        values.GetGuidValue(Key(GUID(FORMAT[0]), FORMAT[1]), ctypes.addressof(format))
        assert (name, str(kind).upper()) == (same, GENERIC_FILE)
        assert str(format).upper() == "{30000000-AE6C-4804-98BA-C57B46965FE7}"
        target = self.opened.target(parent, name, size.value)
        _put(c_ulong, best, target.piece)
        _put_object(out, TargetObject(self.device, target), Stream)

    @told
    def Delete(self, options, ids, results):
        assert options == 0, "nothing below it is to go"
        count, one = c_ulong(), (c_char * 24)()
        ids.GetCount(ctypes.addressof(count))
        assert count.value == 1
        ids.GetAt(0, ctypes.addressof(one))
        id = ctypes.wstring_at(c_void_p.from_address(ctypes.addressof(one) + 8).value)
        try:
            self.opened.delete(id)
        except WpdError as error:
            _put_object(results, VariantsObject(ctypes.c_long(error.hresult).value), Variants)
            return S_FALSE
        _put_object(results, VariantsObject(S_OK), Variants)
        return S_OK


def _string_of(values: Any, key: tuple[str, int]) -> str:
    text = c_void_p()
    values.GetStringValue(Key(GUID(key[0]), key[1]), ctypes.addressof(text))
    return ctypes.wstring_at(text.value)


class IdsObject(_Held):
    _com_interfaces_ = [Ids]

    def __init__(self, device: DeviceObject, ids: list[str]) -> None:
        super().__init__(device)
        self.ids = ids

    @told
    def Next(self, count, out, fetched):
        some, self.ids = self.ids[:count], self.ids[count:]
        for index, id in enumerate(some):
            _put_text(out + index * ctypes.sizeof(c_void_p), id)
        _put(c_ulong, fetched, len(some))
        return S_OK if len(some) == count else S_FALSE


class PropertiesObject(_Held):
    _com_interfaces_ = [Properties]

    @told
    def GetValues(self, id, keys, out):
        """What was asked for alone."""
        said = self.opened.told(id)
        values, count, key = ValuesObject(), c_ulong(), Key()
        known = {
            NAME: ("text", said.name),
            FILE_NAME: ("text", said.file_name),
            TYPE: ("guid", said.content_type),
            CATEGORY: ("guid", said.category),
            SIZE: ("u8", said.size),
            MODIFIED: ("date", said.modified),
            FREE: ("u8", said.free),
            ACCESS: ("u4", said.access),
        }
        keys.GetCount(ctypes.addressof(count))
        for index in range(count.value):
            keys.GetAt(index, ctypes.addressof(key))
            name = _name([key])
            if known[name][1] is not None:
                values.held[name] = known[name]
        _put_object(out, values, Values)


class ResourcesObject(_Held):
    _com_interfaces_ = [Resources]

    @told
    def GetStream(self, id, key, mode, best, out):
        assert (_name(key), mode) == (DATA, 0)
        _put_object(out, SourceObject(self.device, self.opened.source(id)), Stream)


class SourceObject(_Held):
    _com_interfaces_ = [Stream]

    def __init__(self, device: DeviceObject, source: Any) -> None:
        super().__init__(device)
        self.source = source

    @told
    def Read(self, out, most, count):
        data = self.source.read(most)
        ctypes.memmove(out, data, len(data))
        _put(c_ulong, count, len(data))
        return S_OK if len(data) == most else S_FALSE

    def _final_release_(self) -> None:
        super()._final_release_()
        self.source.close()


class TargetObject(_Held):
    _com_interfaces_ = [DataStream]

    def __init__(self, device: DeviceObject, target: Any) -> None:
        super().__init__(device)
        self.target = target
        self.made = ""

    @told
    def Write(self, data, count, taken):
        _put(c_ulong, taken, self.target.write(ctypes.string_at(data, count)))

    @told
    def Commit(self, flags):
        self.made = self.target.commit()

    @told
    def GetObjectID(self, out):
        if not self.made:
            raise WpdError(NOT_COMMITTED)
        _put_text(out, self.made)

    def _final_release_(self) -> None:
        super()._final_release_()
        self.target.close()


# --- Registering -------------------------------------------------------------------------------


class Factory(COMObject):
    _com_interfaces_ = [IClassFactory]

    def __init__(self, make: Callable[[], COMObject]) -> None:
        super().__init__()
        self.make = make

    def IClassFactory_CreateInstance(self, this, outer, iid, out):
        return self.make().IUnknown_QueryInterface(None, iid, out)

    def IClassFactory_LockServer(self, this, lock):
        return S_OK


CLASSES = {
    "{0AF10CEC-2ECD-4B92-9581-34F6AE0637F3}": ManagerObject,
    "{728A21C5-3D9E-48D7-9810-864848F0F404}": DeviceObject,
    "{0C15D503-D017-47CE-9016-7B3F978721CC}": ValuesObject,
    "{DE2D022D-2480-43BE-97F0-D1FA2CF98F4F}": KeysObject,
    "{08A99E2F-6D6D-4B80-AF5A-BAF2BCBE4CB9}": VariantsObject,
}


def plug(watch: WpdDouble) -> None:
    """From now on this process finds the watch, and no other, by CoCreateInstance."""
    _plugged[:] = [watch]
    if _factories:
        return
    for clsid, made in CLASSES.items():
        factory = Factory((lambda made=made: made(_plugged[0])) if made in (ManagerObject, DeviceObject) else made)
        _factories.append(factory)
        unknown, cookie = factory.QueryInterface(IUnknown), c_ulong()
        _ole32.CoRegisterClassObject(ctypes.byref(GUID(clsid)), unknown, 1, 1, ctypes.byref(cookie))


_plugged: list[WpdDouble] = []
_factories: list[Factory] = []


def alive() -> list[str]:
    """The objects that somebody holds an interface of, but for what makes them."""
    return [type(one).__name__ for one in COMObject._instances_ if not isinstance(one, Factory)]
