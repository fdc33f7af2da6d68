"""A second reader of Zwift's runs, by what other programs are known to do with them, and from nothing of ours.

Power is a share of speed: seconds a kilometre are those of the threshold by Power (QDomyos-Zwift #589). ``pace``
counts the mile, 5 km, 10 km, half and whole marathon from 0 (zwo-editor, QDomyos-Zwift's zwiftworkout.cpp). Durations
are whole numbers, which QDomyos-Zwift reads alone, and times are shorter than an hour.
"""

from __future__ import annotations

from typing import NamedTuple
from xml.etree import ElementTree


class Block(NamedTuple):
    """Seconds or metres, km/h, and the texts that are shown from the beginning."""

    length: int
    kmh: float | None
    texts: list[str]


class Run(NamedTuple):
    name: str
    description: str
    by_distance: bool
    threshold: int
    paces: set[str]
    blocks: list[Block]


PACES = ["1 mile", "5 km", "10 km", "Half Marathon", "Marathon"]


def read(text: str) -> Run:
    root = ElementTree.fromstring(text.encode())
    assert root.tag == "workout_file"
    assert root.findtext("sportType") == "run"
    kind = root.findtext("durationType")
    assert kind in ("time", "distance")
    threshold = int(root.findtext("thresholdSecPerKm") or 0)
    assert [child.tag for child in root].index("thresholdSecPerKm") < [child.tag for child in root].index("workout")
    blocks, paces = [], set()
    for element in root.find("workout") or ():
        assert element.tag in ("SteadyState", "FreeRide")
        length = int(element.attrib.pop("Duration"))
        assert length > 0
        assert kind == "distance" or length < 3600
        kmh = None
        if element.tag == "SteadyState":
            kmh = 3600 / (threshold / float(element.attrib.pop("Power")))
            paces.add(PACES[int(element.attrib.pop("pace"))])
        assert element.attrib == {}
        texts = []
        for event in element:
            assert event.tag == "textevent"
            assert event.attrib.pop("distoffset" if kind == "distance" else "timeoffset") == "0"
            texts.append(event.attrib.pop("message"))
            assert event.attrib == {}
        blocks.append(Block(length, kmh, texts))
    return Run(root.findtext("name"), root.findtext("description"), kind == "distance", threshold, paces, blocks)
