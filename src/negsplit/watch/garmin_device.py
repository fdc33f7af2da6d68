"""What a watch says of itself in ``GARMIN/GarminDevice.xml``: its model, and which files go where.

The file holds the unit's id and the keys of its app store too. The id is kept where nothing prints it, the
keys are not read, and no error quotes anything of the file.
"""

from __future__ import annotations

import hmac
import re
from typing import Final, Literal, NoReturn, cast
from xml.etree.ElementTree import Element, TreeBuilder
from xml.parsers import expat

from negsplit.frozen import dataclass
from negsplit.watch.door import Names
from negsplit.watch.errors import Unusable

Direction = Literal["InputToUnit", "OutputFromUnit", "InputOutput"]

MAX_BYTES: Final = 1_000_000
MAX_DEPTH: Final = 32
"""Elements inside one another; a watch nests six."""
LONGEST_NAME: Final = 255
"""Characters of one folder's name."""
LONGEST_MODEL: Final = 80

_FILE: Final = "the watch's `GarminDevice.xml`"
_ENCODINGS: Final = frozenset(("", "utf-8", "utf-16", "us-ascii", "iso-8859-1"))
"""Those that expat reads by itself; the others would be looked up among Python's codecs."""
_DIRECTIONS: Final = frozenset(("InputToUnit", "OutputFromUnit", "InputOutput"))
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
    empty where files may have any name, ``extension`` has no dot.
    """

    fit_type: int
    direction: Direction
    folder: Names
    base_name: str
    extension: str


@dataclass(frozen=True, slots=True)
class GarminDevice:
    """A watch. ``part_number`` is as ``006-B2691-00``, ``software`` as ``21.00``; both may be empty."""

    model: str
    part_number: str
    software: str
    unit: UnitId
    locations: tuple[Location, ...]

    def into(self, fit_type: int) -> Location | None:
        """Where files of a type are put for the watch to take; None where it takes none."""
        return self._first(fit_type, "InputToUnit")

    def out_of(self, fit_type: int) -> Location | None:
        """Where the watch keeps its files of a type; None where it shows none."""
        return self._first(fit_type, "OutputFromUnit")

    def _first(self, fit_type: int, direction: Direction) -> Location | None:
        fitting = (one for one in self.locations if one.fit_type == fit_type)
        return next((one for one in fitting if one.direction in (direction, "InputOutput")), None)


def parse(data: bytes) -> GarminDevice:
    """The device that a ``GarminDevice.xml`` describes.

    :raises Unusable: where it is larger than :data:`MAX_BYTES`, holds a document type, is no such XML, or names
        a folder that is not below the root of the watch.
    """
    if len(data) > MAX_BYTES:
        raise Unusable(f"{_FILE} is larger than {MAX_BYTES} bytes")
    device = _tree(data)
    unit = _text(device, "Id")
    if device.tag != "Device" or not _UNIT_ID.fullmatch(unit):
        raise Unusable(f"{_FILE} does not say which watch this is")
    part_number = _text(device, "Model/PartNumber").upper()
    return GarminDevice(
        model=" ".join(_text(device, "Model/Description").split())[:LONGEST_MODEL],
        part_number=part_number if _PART_NUMBER.fullmatch(part_number) else "",
        software=_version(_text(device, "Model/SoftwareVersion")),
        unit=UnitId(unit),
        locations=tuple(
            location
            for data_type in device.iterfind("MassStorageMode/DataType")
            for file in data_type.iterfind("File")
            if (location := _location(_text(data_type, "Name"), file))
        ),
    )


def _tree(data: bytes) -> Element:
    """The elements by their names without namespaces; a document type is refused before anything in it is read."""
    builder = TreeBuilder()
    parser = expat.ParserCreate()
    depth = 0

    def declaration(_version: str, encoding: str | None, _standalone: int) -> None:
        if (encoding or "").lower() not in _ENCODINGS:
            raise Unusable(f"{_FILE} is in an encoding that no watch writes")

    def document_type(*_: object) -> None:
        raise Unusable(f"{_FILE} holds a document type, which no watch writes")

    def start(name: str, _attributes: object) -> None:
        nonlocal depth
        depth += 1
        if depth > MAX_DEPTH:
            raise Unusable(f"{_FILE} is nested deeper than {MAX_DEPTH} elements")
        builder.start(name.rpartition(":")[2], {})

    def end(name: str) -> None:
        nonlocal depth
        depth -= 1
        builder.end(name.rpartition(":")[2])

    parser.XmlDeclHandler = declaration
    parser.StartDoctypeDeclHandler = document_type
    parser.StartElementHandler = start
    parser.EndElementHandler = end
    parser.CharacterDataHandler = builder.data
    try:
        parser.Parse(data, True)
    except expat.ExpatError as error:
        raise Unusable(f"{_FILE} is no XML: it cannot be read beyond line {error.lineno}") from None
    return builder.close()


def _text(element: Element, path: str) -> str:
    return (element.findtext(path) or "").strip()


def _version(digits: str) -> str:
    """``2100`` is 21.00."""
    return f"{int(digits[:-2] or '0')}.{digits[-2:]:>02}" if re.fullmatch(r"[0-9]{1,6}", digits) else ""


def _location(data_type: str, file: Element) -> Location | None:
    """The location of a ``File``; None where it is for no FIT files, or leaves something out."""
    path = _text(file, "Location/Path")
    folder = tuple(path.removesuffix("/").split("/"))
    if path and not all(map(_is_name, folder)):
        raise Unusable(f"{_FILE} names a folder that leads outside the watch")
    fit_type = _FIT_TYPE.fullmatch(data_type)
    direction = _text(file, "TransferDirection")
    if not (path and fit_type and direction in _DIRECTIONS):
        return None
    base_name = _text(file, "Location/BaseName")
    extension = _text(file, "Location/FileExtension").removeprefix(".")
    if not all(_is_name(name) for name in (base_name, extension) if name):
        raise Unusable(f"{_FILE} names a file that leads outside the watch")
    return Location(int(fit_type[1]), cast(Direction, direction), folder, base_name, extension)


def _is_name(name: str) -> bool:
    """Whether it is one file's or folder's name everywhere: Windows takes ``.. `` for ``..``."""
    plain = 0 < len(name) <= LONGEST_NAME and "/" not in name and not _NEVER_IN_A_NAME.search(name)
    return plain and bool(name.strip(" ."))
