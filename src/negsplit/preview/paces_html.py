"""What a runner's paces are and how they feel, as a part of a page."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Final

from negsplit.preview.paces import HEAD, LATER, on_the_watch, own_paces
from negsplit.preview.page import element
from negsplit.program.model import Program
from negsplit.units import PaceUnit

STYLE: Final = """\
.paces{width:auto}.paces th{font-weight:600}.paces span{white-space:nowrap}.paces th,.paces td{padding-top:.1875rem;
padding-bottom:.1875rem}.paces+.small{margin-top:.25rem}
@media screen and (max-width:24rem){.paces tr{display:grid;grid-template-columns:1fr auto;padding-bottom:.375rem}
.paces th,.paces td{padding:0 .5rem 0 0}.paces td:last-child{grid-column:1/-1}.paces span{white-space:normal}}
@media print{.paces th,.paces td{padding-top:1pt;padding-bottom:1pt}}
"""
"""What it takes besides the style of all pages."""


def section(programs: Sequence[Program], unit: PaceUnit, part: str = "h2") -> Iterator[str]:
    """The paces of these workouts under a heading, and what the watch shows instead of a length."""
    if rows := own_paces(programs, unit):
        yield f'<table class="paces"><caption>{element(part, HEAD, "part")}</caption><tbody>'
        for one in rows:
            numbers = LATER.join(element("span", text) for text in one.numbers)
            yield f"<tr>{element('th', one.name, scope='row')}<td>{numbers}</td>{element('td', one.feel)}</tr>"
        yield "</tbody></table>"
    yield from (element("p", words, "small about") for words in on_the_watch(programs))
