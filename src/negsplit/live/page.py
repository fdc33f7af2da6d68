"""The page that follows a file: a frame, the script that fills it, and what that is told."""

from __future__ import annotations

import base64
import hashlib
import json
from collections.abc import Iterable, Iterator
from html import escape
from typing import Final

from negsplit import clock
from negsplit.diagnostics import Severity
from negsplit.live.following import View
from negsplit.live.making import Message
from negsplit.preview.page import STYLE, element
from negsplit.words import count, summary

_OWN_STYLE: Final = """\
body{display:flex;flex-direction:column;min-height:100vh}
header{position:sticky;top:0;z-index:1;background:var(--soft);border-bottom:1px solid var(--line);
padding:.375rem 1rem;display:flex;flex-wrap:wrap;gap:0 1.5rem}
header p{font-variant-numeric:tabular-nums}#old{font-weight:650}
nav{padding:.375rem 1rem;border-bottom:1px solid var(--line);max-height:7.5rem;overflow:auto}
nav button{font:inherit;font-size:.875rem;color:inherit;background:none;border:1px solid var(--line);
border-radius:4px;margin:.125rem .25rem .125rem 0;padding:.125rem .5rem;cursor:pointer;overflow-wrap:anywhere}
nav [aria-current]{font-weight:650;border-color:var(--ink)}
main{width:100%;flex:1}main.old{filter:grayscale(1)}
#messages{position:sticky;bottom:0;max-height:45vh;overflow:auto;background:var(--soft);
border-top:1px solid var(--line);padding:.5rem 1rem}
#messages ul{list-style:none;padding:0}pre{margin:.375rem 0;padding-left:.75rem;border-left:.25rem solid var(--line);
font:.875rem/1.4 ui-monospace,SFMono-Regular,Menlo,Consolas,"DejaVu Sans Mono",monospace}
pre.error{border-color:var(--ink)}pre.warning{border-color:var(--remark)}summary{cursor:pointer}
[hidden]{display:none!important}
@media print{header,nav,#messages{display:none!important}main.old{filter:none}}
"""
_SCRIPT: Final = """
const at = id => document.getElementById(id), main = document.querySelector('main')
let told = {}

// The page is put in as a whole, and whoever reads it stays where they are.
function put(page, isSame) {
  const shown = new DOMParser().parseFromString(page, 'text/html')
  const stops = () => [...main.querySelectorAll('a[href], [tabindex]')]
  const focus = stops().indexOf(document.activeElement)
  if (page) {
    const style = shown.querySelector('style').textContent
    if (at('style').textContent !== style) at('style').textContent = style
    document.title = shown.title
  }
  main.replaceChildren(...(page ? shown.querySelector('main').childNodes : []))
  if (!isSame) return scrollTo(0, 0)
  stops()[focus]?.focus({preventScroll: true})
}

function list(names, name) {
  if (String(names) !== String(told.names)) {
    at('files').replaceChildren(...names.map(one => {
      const button = document.createElement('button')
      button.textContent = one
      button.onclick = () => fetch('shown', {method: 'POST', body: one})
      return button
    }))
    at('files').hidden = !names.length
  }
  for (const one of at('files').children) {
    if (one.textContent === name) one.setAttribute('aria-current', 'true')
    else one.removeAttribute('aria-current')
  }
  if (name !== told.name) at('files').querySelector('[aria-current]')?.scrollIntoView({block: 'nearest'})
}

function show(news) {
  if (news.page !== told.page) put(news.page, news.name === told.name)
  list(news.names, news.name)
  main.classList.toggle('old', !!news.old)
  at('old').textContent = news.old
  at('old').hidden = !news.old
  const opened = at('messages').querySelector('details')?.open
  at('messages').innerHTML = news.messages
  at('messages').hidden = !news.messages
  const notes = at('messages').querySelector('details')
  if (notes && opened !== undefined) notes.open = opened
  at('status').textContent = news.status
  told = news
}

const source = new EventSource('events')
source.onmessage = event => show(JSON.parse(event.data))
source.onerror = () => { at('status').textContent = 'The connection is lost; trying again.' }
source.addEventListener('end', () => {
  source.close()
  at('status').textContent = 'negsplit has ended: this page no longer follows the file.'
})
"""
_HASH: Final = base64.b64encode(hashlib.sha256(_SCRIPT.encode()).digest()).decode()
POLICY: Final = (
    f"default-src 'none'; script-src 'sha256-{_HASH}'; style-src 'unsafe-inline'; connect-src 'self'; "
    "base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
)
"""The Content-Security-Policy of the frame: its one script, which asks where it came from alone."""
FRAME: Final = f"""\
<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>negsplit</title>
<style id="style">
{STYLE}</style>
<style>
{_OWN_STYLE}</style>
</head>
<body>
<header><p id="status" role="status">Waiting for negsplit.</p><p id="old" hidden></p></header>
<nav id="files" aria-label="Workouts and plans" hidden></nav>
<main></main>
<section id="messages" aria-label="Messages" tabindex="0" hidden></section>
<noscript><p>This page needs JavaScript to follow a file. `negsplit show -o` writes one that needs none.</p></noscript>
<script>{_SCRIPT}</script>
</body>
</html>
"""
"""The page before anything is shown in it."""


def event(view: View, *, notes: bool = False) -> str:
    """A view in JSON, for the script; ``notes`` are not folded away."""
    errors, warnings = (
        sum(one.severity is severity for one in view.messages) for severity in (Severity.ERROR, Severity.WARNING)
    )
    told = {
        "name": view.name,
        "names": view.names,
        "page": view.page,
        "old": f"Last good picture, from {_time(view.since)}: the text has mistakes now"
        if view.is_old and view.page
        else "",
        "messages": "".join(_messages(view.messages, notes=notes)),
        "status": f"{view.name}, {_time(view.at)}: {summary(errors, warnings)}",
    }
    return json.dumps(told)


def _time(seconds: float) -> str:
    return f"{clock.local(seconds):%H:%M:%S}"


def _messages(found: Iterable[Message], *, notes: bool) -> Iterator[str]:
    """Errors and warnings as they are printed, with carets; notes are folded."""
    loud = [one for one in found if one.severity is not Severity.NOTE]
    quiet = [one for one in found if one.severity is Severity.NOTE]
    if loud:
        yield f"<ul>{''.join(map(_message, loud))}</ul>"
    if quiet:
        yield f"<details{' open' if notes else ''}>{element('summary', count(len(quiet), 'note'))}"
        yield f"<ul>{''.join(map(_message, quiet))}</ul></details>"


def _message(one: Message) -> str:
    return (
        f'<li><pre class="{one.severity.value}">{escape(one.text)}</pre></li>'  # its spaces put the caret in its place
    )
