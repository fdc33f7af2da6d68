"""What is on a watch: its manifest, its folders and the files of somebody who has it.

From what dumps of two Forerunner 935 show; every id, key and name here is made up.
"""

from __future__ import annotations

from collections.abc import Sequence
from xml.sax.saxutils import escape

from strategies.fit_bytes import file_id, fit, step, workout
from watch.stored import as_stored

MANIFEST = "GARMIN/GarminDevice.xml"
UNIT = "3900000017"
STORE_KEY = "made-up-store-key"

NEW_FILES, WORKOUTS, SCHEDULE = "GARMIN/NewFiles", "GARMIN/Workouts", "GARMIN/Schedule"
FOLDERS = (NEW_FILES, WORKOUTS, SCHEDULE, "GARMIN/Activity")
"""As they are spelt on the watch; the manifest writes them in capitals."""

DataType = tuple[int, str, str]
"""A FIT file type, the direction of transfer, and the folder."""

TYPES: tuple[DataType, ...] = (
    (4, "OutputFromUnit", "GARMIN/ACTIVITY"),
    (5, "OutputFromUnit", "GARMIN/WORKOUTS"),
    (5, "InputToUnit", "GARMIN/NEWFILES"),
    (6, "InputToUnit", "GARMIN/NEWFILES"),
    (7, "OutputFromUnit", "GARMIN/SCHEDULE"),
    (7, "InputToUnit", "GARMIN/NEWFILES"),
)


def device_xml(
    model: str = "Forerunner 935",
    part: str = "006-B2691-00",
    unit: str = UNIT,
    types: Sequence[DataType] = TYPES,
    software: str = "2100",
) -> bytes:
    """A ``GarminDevice.xml`` in the second version's namespace, with keys that are nobody's business."""
    by_type: dict[int, list[str]] = {}
    for fit_type, direction, folder in types:
        by_type.setdefault(fit_type, []).append(_file(direction, folder))
    data_types = "".join(
        f"<DataType><Name>FIT_TYPE_{fit_type}</Name>{''.join(files)}</DataType>" for fit_type, files in by_type.items()
    )
    return f"""<?xml version="1.0" encoding="UTF-8" standalone="no" ?>
<Device xmlns="http://www.garmin.com/xmlschemas/GarminDevice/v2"
 xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance"
 xsi:schemaLocation="http://www.garmin.com/xmlschemas/GarminDevice/v2 http://www.garmin.com/xmlschemas/GarminDevicev2.xsd">
<Model><PartNumber>{escape(part)}</PartNumber><SoftwareVersion>{escape(software)}</SoftwareVersion>
<Description>{escape(model)}</Description></Model>
<Id>{escape(unit)}</Id>
<MassStorageMode>{data_types}
<UpdateFile><PartNumber>006-B0000-00</PartNumber><Version><Major>4</Major><Minor>20</Minor></Version>
<Path>GARMIN/REMOTESW</Path><FileName>GUPDATE.GCD</FileName></UpdateFile>
</MassStorageMode>
<Extensions><StoreKey>{STORE_KEY}</StoreKey><Modulus>{STORE_KEY[::-1]}</Modulus></Extensions>
</Device>
""".encode()


def _file(direction: str, folder: str) -> str:
    return (
        "<File><Specification><Identifier>FIT</Identifier></Specification>"
        f"<Location><Path>{escape(folder)}</Path><FileExtension>FIT</FileExtension></Location>"
        f"<TransferDirection>{direction}</TransferDirection></File>"
    )


def standard_content() -> dict[str, bytes]:
    """The files of a watch on which someone else's workouts are; it has :data:`FOLDERS`, also those without a file."""
    tempo = fit(
        file_id(serial_number=217_000_001, time_created=960_500_000),
        workout(2, wkt_name="2*10 tempo with a long name"),
        step(0, wkt_step_name="Warm up slowly", notes="as slow as you like"),
        step(1),
    )
    speed = fit(file_id(serial_number=219_000_002, time_created=960_900_000), workout(1, wkt_name="5x800"), step(0))
    recording = fit(file_id(type=4, product=2691, serial_number=int(UNIT)))
    return {
        MANIFEST: device_xml(),
        f"{WORKOUTS}/A68I4316.FIT": as_stored(tempo),
        f"{WORKOUTS}/A6DF5659.FIT": as_stored(speed),
        f"{SCHEDULE}/SCHEDULE.FIT": fit(file_id(type=7, product=2691, serial_number=int(UNIT))),
        "GARMIN/Activity/A6EH1200.FIT": recording,
    }
