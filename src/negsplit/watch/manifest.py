"""What a watch says of itself in ``GARMIN/GarminDevice.xml``: its model, and which files go where.

The file holds the unit's id and the keys of its app store too. The id is kept where nothing prints it, the
keys are not read, and no error quotes anything of the file.
"""

from __future__ import annotations

import hmac
import re
from typing import Final, Literal, NoReturn, cast
from xml.etree.ElementTree import Element

from negsplit.formats.fit.profile import FILE_TYPE_SCHEDULE, FILE_TYPE_WORKOUT
from negsplit.formats.xml_tree import XmlError, read_bytes
from negsplit.frozen import dataclass
from negsplit.watch.door import ROOT, Names
from negsplit.watch.errors import Unusable

Direction = Literal["InputToUnit", "OutputFromUnit", "InputOutput"]

MAX_BYTES: Final = 1_000_000
"""Largest manifest that is read; those that are known take 20 kB at most."""
LONGEST_NAME: Final = 255
"""Characters of one folder's name."""
LONGEST_MODEL: Final = 80
"""Characters of a watch's own name of its model that are shown."""

_FILE: Final = "the watch's `GarminDevice.xml`"
_DIRECTIONS: Final = frozenset(("InputToUnit", "OutputFromUnit", "InputOutput"))
_OF_CONCERN: Final = (FILE_TYPE_WORKOUT, FILE_TYPE_SCHEDULE)
_FIT_TYPE: Final = re.compile(r"FIT_TYPE_([0-9]{1,3})", re.IGNORECASE)
_PART_NUMBER: Final = re.compile(r"[0-9]{3}-[A-Z][0-9]{4,5}-[0-9]{2}")
_UNIT_ID: Final = re.compile(r"[0-9A-Za-z-]{1,64}")
_NEVER_IN_A_NAME: Final = re.compile(r"[\x00-\x1f\x7f-\x9f\\:]")


class UnitId:
    """Which watch it is. Only a hash of it under a key comes out again."""

    __slots__ = ("_digits",)

    def __init__(self, digits: str) -> None:
        self._digits = digits

    def keyed_hash(self, key: bytes) -> str:
        """HMAC-SHA256 in hexadecimal."""
        return hmac.digest(key, self._digits.encode(), "sha256").hex()

    def __repr__(self) -> str:
        return "UnitId()"

    def __reduce_ex__(self, protocol: object) -> NoReturn:
        raise TypeError("a unit id is kept in memory alone")


@dataclass(frozen=True, slots=True)
class Location:
    """Where files of a FIT type (5: workouts, 7: schedules) are put or found, below the root of the storage.

    ``folder`` is as the watch writes it, which may be in another case than the folder itself. ``base_name`` is
    empty where files may have any name, ``extension`` has no dot. ``fault`` says why nothing can be put or looked
    for there; it is empty where there is no reason, and folder and names are empty where there is one.
    """

    fit_type: int
    direction: Direction
    folder: Names
    base_name: str = ""
    extension: str = ""
    fault: str = ""


@dataclass(frozen=True, slots=True)
class GarminDevice:
    """A watch. ``part_number`` is as ``006-B2691-00``, ``software`` as ``21.00``; both may be empty.

    ``unit`` is None where the watch does not say which one it is. ``locations`` are those of workouts and schedules
    alone; ``data_types`` are the names of all kinds of files that the watch speaks of, in small letters.
    """

    model: str
    part_number: str
    software: str
    unit: UnitId | None
    locations: tuple[Location, ...]
    data_types: frozenset[str]

    def into(self, fit_type: int) -> tuple[Location, ...]:
        """Where files of a type are put for the watch to take, the likeliest first; none where it takes none.

        Whoever names the root of the storage beside a folder means the folder.
        """
        return tuple(sorted(self._that(fit_type, "InputToUnit"), key=lambda one: not (one.folder or one.fault)))

    def out_of(self, fit_type: int) -> tuple[Location, ...]:
        """Where the watch keeps its files of a type, in its order; none where it shows none."""
        return self._that(fit_type, "OutputFromUnit")

    def _that(self, fit_type: int, direction: Direction) -> tuple[Location, ...]:
        fitting = (one for one in self.locations if one.fit_type == fit_type)
        return tuple(one for one in fitting if one.direction in (direction, "InputOutput"))


def parse(data: bytes) -> GarminDevice:
    """The device that a ``GarminDevice.xml`` describes.

    Each entry is judged by itself, and of the entries only those of workouts and schedules: watches say odd things of
    their other files.

    :raises Unusable: where it is larger than :data:`MAX_BYTES`, holds a document type, is no such XML, or would have
        workouts put where no folder of the watch can be.
    """
    if len(data) > MAX_BYTES:
        raise Unusable(f"{_FILE} is larger than {MAX_BYTES} bytes")
    device = _root(data)
    if device.tag != "Device":
        raise Unusable(f"{_FILE} does not say which watch this is")
    unit = _text(device, "Id")
    part_number = _text(device, "Model/PartNumber").upper()
    data_types = [(_text(one, "Name"), one) for one in device.iterfind("MassStorageMode/DataType")]
    locations = tuple(
        location
        for name, data_type in data_types
        if (fit_type := _fit_type(name)) in _OF_CONCERN
        for file in data_type.iterfind("File")
        if (location := _location(fit_type, file))
    )
    for one in locations:
        if one.fault and one.fit_type == FILE_TYPE_WORKOUT and one.direction != "OutputFromUnit":
            raise Unusable(f"{_FILE} cannot be used: {one.fault}", "nothing is put there; copy the file by hand")
    return GarminDevice(
        model=" ".join(_text(device, "Model/Description").split())[:LONGEST_MODEL],
        part_number=part_number if _PART_NUMBER.fullmatch(part_number) else "",
        software=_version(_text(device, "Model/SoftwareVersion")),
        unit=UnitId(unit) if _UNIT_ID.fullmatch(unit) else None,
        locations=locations,
        data_types=frozenset(name.casefold() for name, _ in data_types),
    )


def _root(data: bytes) -> Element:
    try:
        return read_bytes(data)
    except XmlError as error:
        what = str(error)
    raise Unusable(f"{_FILE} {what}")


def _text(element: Element, path: str) -> str:
    return (element.findtext(path) or "").strip()


def _version(digits: str) -> str:
    """``2100`` is 21.00."""
    return f"{int(digits[:-2] or '0')}.{digits[-2:]:>02}" if re.fullmatch(r"[0-9]{1,6}", digits) else ""


def _fit_type(data_type: str) -> int:
    """The number in ``FIT_TYPE_5``; -1 where files of that kind are no FIT files."""
    found = _FIT_TYPE.fullmatch(data_type)
    return int(found[1]) if found else -1


def _location(fit_type: int, file: Element) -> Location | None:
    """The location of a ``File``; None where it has none, or goes in no direction that is known."""
    direction = _text(file, "TransferDirection")
    if direction not in _DIRECTIONS or file.find("Location") is None:
        return None
    way = cast(Direction, direction)
    folder = _folder(_text(file, "Location/Path"))
    base_name = _text(file, "Location/BaseName")
    extension = _text(file, "Location/FileExtension").removeprefix(".")
    if folder is None or not all(_is_name(name) for name in (base_name, extension) if name):
        return Location(fit_type, way, (), fault=_astray(fit_type, way))
    return Location(fit_type, way, folder, base_name, extension)


def _astray(fit_type: int, direction: Direction) -> str:
    return f"its entry `{direction}` of FIT_TYPE_{fit_type} leads outside the watch"


def _folder(path: str) -> Names | None:
    """The names of a path from the root of the storage down; None where it leads elsewhere or holds what is no name."""
    plain = path.replace("\\", "/").removeprefix("/")
    while plain.startswith("./"):
        plain = plain.removeprefix("./")
    plain = plain.removesuffix("/")
    if plain in ("", "."):
        return ROOT
    names = tuple(plain.split("/"))
    return names if all(map(_is_name, names)) else None


def _is_name(name: str) -> bool:
    """Whether it is one file's or folder's name everywhere: Windows takes ``.. `` for ``..``."""
    plain = 0 < len(name) <= LONGEST_NAME and "/" not in name and not _NEVER_IN_A_NAME.search(name)
    return plain and bool(name.strip(" ."))
