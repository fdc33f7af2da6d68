"""What a watch says of itself: a `GarminDevice.xml` of our own, with made-up numbers."""

from __future__ import annotations

_DEVICE = """<?xml version="1.0" encoding="UTF-8" standalone="no" ?>
<Device xmlns="http://www.garmin.com/xmlschemas/GarminDevice/v2">
  <Model>
    <PartNumber>{part}</PartNumber>
    <SoftwareVersion>1300</SoftwareVersion>
    <Description>{name}</Description>
  </Model>
  <Id>{unit}</Id>
  <MassStorageMode>
{types}
  </MassStorageMode>
</Device>
"""

_TYPE = """    <DataType>
      <Name>{name}</Name>
      <File>
        <Specification><Identifier>FIT</Identifier></Specification>
        <Location><Path>GARMIN/{kept}</Path>{base}<FileExtension>FIT</FileExtension></Location>
        <TransferDirection>OutputFromUnit</TransferDirection>
      </File>
      <File>
        <Specification><Identifier>FIT</Identifier></Specification>
        <Location><Path>GARMIN/NEWFILES</Path><FileExtension>FIT</FileExtension></Location>
        <TransferDirection>InputToUnit</TransferDirection>
      </File>
    </DataType>"""


def manifest(name: str, part: str, unit: int) -> str:
    """The text for a watch: workouts are kept in a folder, the schedule in one file, and both come in by NEWFILES."""
    types = (
        _TYPE.format(name="FIT_TYPE_5", kept="WORKOUTS", base=""),
        _TYPE.format(name="FIT_TYPE_7", kept="SCHEDULE", base="<BaseName>SCHEDULE</BaseName>"),
    )
    return _DEVICE.format(name=name, part=part, unit=unit, types="\n".join(types))
