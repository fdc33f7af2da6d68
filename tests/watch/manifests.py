"""Manifests of watches with what each gives: the real ones, where they are at hand, and own ones of the same shapes."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

REAL = Path(__file__).parents[3] / "shared" / "data" / "manifests"
_FOLDER = re.compile(r"`?(GARMIN|Garmin)/([A-Za-z]+)")

Folder = tuple[str, ...]


class Manifest(NamedTuple):
    """A `GarminDevice.xml`, and what is known of it: None where that is not known.

    ``folders`` are all that workouts go into and are kept in, and the same of schedules.
    """

    name: str
    data: bytes
    model: str
    part: str
    takes: bool | None
    into: list[Folder] | None
    kept: list[Folder] | None
    schedules: list[Folder] | None


def real() -> Iterator[Manifest]:
    """Those beside the table of what each must give; none where they are not here."""
    above: list[str] = []
    lines = (REAL / "README.md").read_text(encoding="utf-8").splitlines() if REAL.is_dir() else []
    for line in lines:
        cells = [cell.strip() for cell in line.split("|")[1:-1]]
        if not cells or ".xml`" not in cells[0]:
            continue
        name, *told = cells
        above = [old if cell.startswith("same") else cell for cell, old in zip(told, above or told, strict=True)]
        about, takes, into, kept, schedules, *_ = above
        part = re.search(r"006-B\d+-00", about)
        yield Manifest(
            name := name.strip("`"),
            (REAL / name).read_bytes(),
            re.sub(r"[,;].*", "", about),
            part[0] if part else "",
            takes.startswith("yes") if takes.startswith(("yes", "**no")) else None,
            *(_folders(cell) for cell in (into, kept, schedules)),
        )


def _folders(cell: str) -> list[Folder] | None:
    return None if cell.startswith("?") or "not quoted" in cell else [tuple(one) for one in _FOLDER.findall(cell)]


def own() -> list[Manifest]:
    """Of the shapes that real ones have, with made-up numbers."""
    new, kept, schedule = ("GARMIN", "NEWFILES"), ("GARMIN", "WORKOUTS"), ("GARMIN", "SCHEDULE")
    low = [("Garmin", "NewFiles")]
    drive = [
        _type("FIT_TYPE_4", ("OutputFromUnit", "GARMIN/ACTIVITY")),
        _type("FIT_TYPE_5", ("OutputFromUnit", "/".join(kept)), ("InputToUnit", "/".join(new))),
        _type("FIT_TYPE_7", ("OutputFromUnit", "/".join(schedule)), ("InputToUnit", "/".join(new))),
        _type("FIT_TYPE_MET_ZONES", ("OutputFromUnit", "GARMIN/METZONES")),
        _type("ErrorShutdownReports", ("OutputFromUnit", "."), extension="TXT"),
        _type("IQWatchApps", ("InputOutput", "GARMIN/Apps"), extension=".PRG"),
    ]
    phone = [
        _type("FIT_TYPE_5", ("OutputFromUnit", "Garmin/Workouts"), ("InputToUnit", "Garmin/NewFiles")),
        _type("FIT_TYPE_7", ("OutputFromUnit", "Garmin/Schedule"), ("InputToUnit", "Garmin/NewFiles")),
    ]
    band = [
        _type("FIT_TYPE_2", ("InputToUnit", "GARMIN/NEWFILES")),
        _type("ErrorShutdownReports", ("OutputFromUnit", ".")),
    ]
    edge = [_type("FitnessWorkouts", ("InputOutput", "Garmin/Workouts"), extension="tcx")]
    return [
        _own("Forerunner 920XT", "006-B1765-00", drive, True, [new], [kept], [new, schedule]),
        _own(
            "fenix 6X Pro Solar",
            "006-B3291-00",
            phone,
            True,
            low,
            [("Garmin", "Workouts")],
            [*low, ("Garmin", "Schedule")],
        ),
        _own("vivosmart HR", "006-B2348-00", band, False, [], [], []),
        _own("EDGE705", "006-B0625-00", edge, False, [], [], []),
        _own("Venu X1", "", [], None, None, None, None),
    ]


def _own(model: str, part: str, types: list[str], takes: bool | None, *folders: list[Folder] | None) -> Manifest:
    number = f"<PartNumber>{part}</PartNumber><SoftwareVersion>270</SoftwareVersion>" if part else ""
    text = (
        '<?xml version="1.0" encoding="UTF-8" standalone="no" ?>'
        '<Device xmlns="http://www.garmin.com/xmlschemas/GarminDevice/v2">'
        f"<Model>{number}<Description>{model}</Description></Model><Id>3900000021</Id>"
        f"<MassStorageMode>{''.join(types)}"
        "<UpdateFile><PartNumber>006-B0000-00</PartNumber><Path>Garmin/RemoteSW/</Path></UpdateFile>"
        "<UpdateFile><FileName>gup0000.gcd</FileName></UpdateFile></MassStorageMode>"
        "<GarminMode><MemoryRegion><Id>5</Id></MemoryRegion></GarminMode>"
        '<Extensions><Iq xmlns="http://www.garmin.com/xmlschemas/IqExt/v1"><MaxApps>32</MaxApps></Iq></Extensions></Device>'
    )
    return Manifest(f"an own {model}", text.encode(), model, part, takes, *folders)


def _type(name: str, *ways: tuple[str, str], extension: str = "FIT") -> str:
    files = (
        "<File><Specification><Identifier>FIT</Identifier></Specification>"
        f"<Location><Path>{path}</Path><FileExtension>{extension}</FileExtension></Location>"
        f"<TransferDirection>{direction}</TransferDirection></File>"
        for direction, path in ways
    )
    return f"<DataType><Name>{name}</Name>{''.join(files)}</DataType>"
