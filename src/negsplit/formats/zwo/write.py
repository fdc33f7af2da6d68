"""A run as a workout file of Zwift.

It says both what kinds of readers there are ask for, the seconds of the base a kilometre and the number of its pace, so
that they agree once the pace that is set there is the athlete's.
"""

from __future__ import annotations

from collections.abc import Iterator
from xml.sax.saxutils import escape, quoteattr

from negsplit.formats.zwo.meaning import Block, ZwoRun
from negsplit.formats.zwo.paces import PACES
from negsplit.program.model import Program


def text(program: Program, run: ZwoRun) -> str:
    """The file, which ends in a line feed."""
    return "".join(f"{line}\n" for line in _lines(program, run))


def _lines(program: Program, run: ZwoRun) -> Iterator[str]:
    yield '<?xml version="1.0" encoding="UTF-8"?>'
    yield "<workout_file>"
    yield "  <author>negsplit</author>"
    yield f"  <name>{escape(program.name)}</name>"
    yield f"  <description>{escape(program.notes)}</description>"
    yield "  <sportType>run</sportType>"
    yield f"  <durationType>{'distance' if run.by_distance else 'time'}</durationType>"
    yield f"  <thresholdSecPerKm>{run.base.seconds}</thresholdSecPerKm>"
    yield "  <tags/>"
    yield "  <workout>"
    for block in run.blocks:
        yield f"    {_block(block, run)}"
    yield "  </workout>"
    yield "</workout_file>"


def _block(block: Block, run: ZwoRun) -> str:
    name = "FreeRide" if block.power is None else "SteadyState"
    held = "" if block.power is None else f' Power="{block.power:g}" pace="{PACES.index(run.base.name)}"'
    begin = f'<{name} Duration="{block.length}"{held}'
    if not block.text:
        return f"{begin}/>"
    offset = "distoffset" if run.by_distance else "timeoffset"
    return f'{begin}><textevent {offset}="0" message={quoteattr(block.text)}/></{name}>'
