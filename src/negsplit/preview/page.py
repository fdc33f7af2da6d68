"""The frame of every page we print: one HTML file that loads nothing and runs nothing."""

from __future__ import annotations

from typing import Final, Literal

from negsplit.estimate.levels import LEVELS
from negsplit.preview.drawing import STYLE as PICTURES
from negsplit.preview.drawing import escaped
from negsplit.preview.palette import DARK, LIGHT, coloured

POLICY: Final = "default-src 'none'; style-src 'unsafe-inline'"
"""The Content-Security-Policy of a page: its own style, and nothing from anywhere."""

Paper = Literal["A4", "letter"]
"""Kinds of paper, as CSS calls them."""
_SIZE: Final = "@page{size:"
_NARROW: Final = 960
_WIDE: Final = 1280

_COLOURS: Final = ";".join(f"--{name}:${name}" for name in LIGHT)
_SHAPE: Final = """\
*,::before{box-sizing:border-box}
body{margin:0;background:var(--paper);color:var(--ink);-webkit-text-size-adjust:100%;text-size-adjust:100%;
font:1rem/1.5 system-ui,-apple-system,"Segoe UI",Roboto,Helvetica,Arial,sans-serif}
main{max-width:58rem;margin:0 auto;padding:1.5rem 1rem 3rem}
h1,h2,h3,p,dl,dd,ul,figure{margin:0;overflow-wrap:anywhere}
.name{font-size:1.75rem;line-height:1.2;font-weight:650;letter-spacing:-.01em}h2.name{font-size:1.5rem}
.part{font-size:1.0625rem;font-weight:650;margin:1.75rem 0 .5rem}caption{text-align:left}
.about,.small{color:var(--dim)}.small{font-size:.875rem;line-height:1.4}
.notes{margin-top:.75rem;max-width:42rem}
h1+article{margin-top:1.5rem}
article+article{margin-top:2.5rem;padding-top:2rem;border-top:1px solid var(--line)}

.totals{display:grid;grid-template-columns:repeat(auto-fit,minmax(13rem,1fr));gap:.75rem;margin-top:1.25rem}
.totals div{background:var(--soft);border-radius:8px;padding:.75rem 1rem}
.totals dt{color:var(--dim);font-size:.875rem}.totals .value{font-size:1.375rem;line-height:1.3;font-weight:650}

figure{margin-top:1.25rem}.picture{border:1px solid var(--line);border-radius:8px;overflow:hidden}
.picture svg{display:block;width:100%}.narrow{display:none}
figcaption{margin-top:.375rem}

table{border-collapse:collapse;width:100%;font-variant-numeric:tabular-nums}
th,td{text-align:left;vertical-align:baseline;padding:.4375rem .75rem .4375rem 0;font-weight:400}
td:last-child,th:last-child{padding-right:0}
thead th{color:var(--dim);font-size:.875rem;padding-top:0}
.steps tbody tr{border-top:1px solid var(--line)}
.steps tbody:last-child tr:last-child{border-bottom:1px solid var(--line)}
.steps tbody th{font-weight:600;padding-left:calc(var(--depth,0)*1.25rem);print-color-adjust:exact;
background:repeating-linear-gradient(90deg,var(--dim) 0 1px,#0000 1px 1.25rem) .1875rem 0/
calc(var(--depth,0)*1.25rem) 100% no-repeat}
.kind,.length{white-space:nowrap}
.kind::before{content:"";display:inline-block;width:.375rem;height:.75em;margin-right:.5rem;border-left:.375rem solid}
$levels
.walked .kind::before,.rest .kind::before{border-width:2px;border-style:solid}
.rest .kind::before{border-color:var(--dim)}
.how{display:flex;flex-wrap:wrap;gap:0 1.25rem}.targets{min-width:9.5rem}.targets span{display:block}
.cue{flex:1 1 12rem;color:var(--dim);overflow-wrap:anywhere}

.zones{max-width:34rem}.zones th,.zones td{padding-top:.1875rem;padding-bottom:.1875rem}
.zones .time{text-align:right}.zones .share{width:45%}
.bar{display:block;border-top:.625rem solid;min-width:2px}
.zones+p{margin-top:.25rem}ul{padding-left:1.25rem}

"""
_LEVELS: Final = "".join(
    f".{one.value} .kind::before,.bar.{one.value}{{border-color:var(--{one.value})}}" for one in LEVELS
)
_NARROW_AND_PRINTED: Final = """\
@media screen and (max-width:40rem){.name,h2.name{font-size:1.375rem}th,td{padding-right:.625rem}
.narrow{display:block}.wide:not(td,th){display:none}figure{margin-top:.75rem}
.totals{grid-template-columns:1fr;gap:1px;margin-top:.75rem}
.totals div{display:grid;grid-template-columns:4.5rem 1fr;gap:0 .5rem;align-items:baseline;padding:.375rem .75rem;
border-radius:0}.totals .value{font-size:1.0625rem}.totals .range,.totals .small{grid-column:2;font-size:.8125rem;
line-height:1.35}
.kind::before{margin-right:.375rem}.length{white-space:normal;min-width:4.5rem}.targets{min-width:0}
.how{gap:0}.cue{flex-basis:100%;line-height:1.35}.zones .share{width:30%}}
@media screen and (max-width:19rem){.zones td,.zones th{overflow-wrap:anywhere}.steps caption,
.steps,.steps tbody,.steps tr,.steps th,.steps td{display:block;width:auto}
.steps thead,.zones .share{display:none}.steps tr{padding:.375rem 0}.steps tbody th,.steps td{padding:0 0 0 calc(
var(--depth,0)*.75rem)}.kind,.length{white-space:normal}.totals div{display:block}.cue{flex-basis:auto}}
@media print{@page{size:portrait;margin:10mm}
body{font-size:10pt;line-height:1.3}main{max-width:none;padding:0}
.name{font-size:18pt}h2.name{font-size:16pt}.notes{margin-top:4pt}.part{margin:9pt 0 2pt;break-after:avoid}
.small,.totals dt,thead th{font-size:8.5pt}
.totals{grid-template-columns:repeat(3,1fr);gap:6pt;margin-top:8pt}.totals .value{font-size:13pt}
.totals div{border:1px solid var(--line);padding:4pt 8pt}figure{margin-top:8pt}
.steps th,.steps td{padding-top:1pt;padding-bottom:1pt}.zones th,.zones td{padding-top:.5pt;padding-bottom:.5pt}
tr,figure,.totals div{break-inside:avoid}thead{display:table-header-group}
h1+article{margin-top:8pt}article+article{break-before:page;margin-top:0;padding-top:0;border:0}}
"""
STYLE: Final = (
    coloured(f":root{{color-scheme:light dark;{_COLOURS}}}\n", LIGHT)
    + _SHAPE.replace("$levels", _LEVELS)
    + coloured(f"@media screen and (prefers-color-scheme:dark){{:root{{{_COLOURS}}}}}\n", DARK)
    + _NARROW_AND_PRINTED
)
"""What a page looks like: on a phone and a desk, in light and dark, on paper."""


def document(title: str, body: str, style: str = "") -> str:
    """A whole page around the HTML of its ``body``, with a ``style`` besides that of all pages.

    ``title`` is plain text. In ASCII, whatever it says.
    """
    page = (
        '<!doctype html>\n<html lang="en">\n<head>\n<meta charset="utf-8">\n'
        f'<meta http-equiv="Content-Security-Policy" content="{POLICY}">\n'
        '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
        f"<title>{escaped(title)}</title>\n<style>\n{STYLE}{PICTURES}{style}</style>\n</head>\n"
        f"<body>\n<main>\n{body}</main>\n</body>\n</html>\n"
    )
    return page.encode("ascii", "xmlcharrefreplace").decode()


def on_paper(page: str, paper: Paper) -> str:
    """A page that asks for one kind of paper; without, it takes what is in the printer, and fits A4 and US Letter."""
    head, begin, rest = page.partition("<style>")
    style, end, body = rest.partition("</style>")
    return "".join((head, begin, style.replace(_SIZE, f"{_SIZE}{paper} "), end, body))


def width_of(page: str) -> int:
    """Pixels that a page is given for a picture of it: more where it is printed in landscape."""
    return _WIDE if f"{_SIZE}landscape" in page.partition("</style>")[0] else _NARROW


def bare(picture: str) -> str:
    """A page with nothing on it but a picture."""
    return f"<!doctype html><style>body{{margin:0}}svg{{display:block}}</style>{picture}"


def element(tag: str, text: str, name: str = "", **attributes: str) -> str:
    """``<tag class="name" ...>text</tag>`` around a plain text, which is escaped here."""
    given = {"class": name, **attributes} if name else attributes
    words = "".join(f' {key}="{escaped(value)}"' for key, value in given.items())
    return f"<{tag}{words}>{escaped(text)}</{tag}>"
