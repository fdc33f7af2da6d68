"""``negsplit account`` for intervals.icu: a personal key, typed once and kept."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from typing import TYPE_CHECKING, Final

from negsplit import clock
from negsplit.account import opened
from negsplit.account.errors import LoginFailed
from negsplit.account.intervals.athlete import athlete, run_settings
from negsplit.account.intervals.client import connect
from negsplit.account.intervals.content import WORKOUT
from negsplit.account.intervals.key import KeyStore
from negsplit.account.intervals.login import login as keep_if_taken
from negsplit.account.intervals.service import Service
from negsplit.account.ledger import AccountLedger
from negsplit.cli import console
from negsplit.cli.account.asking import ask_somebody, say_last_change, say_logged_out, say_who, secret
from negsplit.cli.account.connection import intervals_connection, told
from negsplit.cli.account.owner import known
from negsplit.units import pace_text

if TYPE_CHECKING:
    from negsplit.account.intervals.athlete import Athlete, RunSettings
    from negsplit.account.intervals.service import Event

_HANDED_ON_AHEAD: Final = dt.timedelta(days=7)
"""How far ahead the service hands planned workouts on: about a week."""
_TICK: Final = 'tick yours under "Upload planned workouts" on https://intervals.icu/settings'
_MOST_SAID: Final = 10
"""Lines about what was not passed on."""


def login(*, quiet: bool) -> None:
    """Asks for the key, and keeps one that the service takes."""
    with told():
        at = intervals_connection()
        ask_somebody(at.address.override, "negsplit account login intervals", "your key")
        key = secret("Key, from Developer Settings on https://intervals.icu/settings (not shown): ").strip()
        if not key:
            raise LoginFailed("you need a key to log in")
        who = keep_if_taken(at.address, at.state, key, pauses=at.pauses)
    if not quiet:
        say_who(who.name)
    with told():
        known(at, "intervals", who.id)


def status() -> None:
    """Says who is logged in, what the service knows of their runs, and whose watches it feeds."""
    with told():
        at = intervals_connection()
        client = connect(at.address, at.state, pauses=at.pauses)
        who, settings = athlete(client), run_settings(client)
        changed = AccountLedger(at.state, at.address.place, who.id).last
        today = clock.today()
        coming = Service(client).events(today, today + _HANDED_ON_AHEAD, (WORKOUT,))
    say_who(who.name)
    if who.zone:
        console.say(f"its time zone is {who.zone}")
    console.say(*_known(settings), _handed_on(who), *_not_handed_on(coming))
    say_last_change(changed)
    with told():
        known(at, "intervals", who.id)


def logout(*, quiet: bool) -> None:
    """Forgets the key."""
    with told():
        at = intervals_connection()
        store = KeyStore(at.state, at.address)
        was_in = store.has_file()
        store.remove()
        opened.forget(at.state, at.address.place)
    if not quiet:
        say_logged_out(was_in=was_in)


def _known(settings: RunSettings) -> list[str]:
    speed, beats, watts = settings.threshold_mps, settings.threshold_bpm, settings.critical_watts
    known = [
        f"pace {pace_text(speed, 'km')}/km" if speed is not None else "",
        f"heart rate {beats} bpm" if beats is not None else "",
        f"power {watts} W" if watts is not None else "",
    ]
    lines = [f"running thresholds: {', '.join(filter(None, known))}"] if any(known) else []
    lines += [f"no {missing}" for missing in settings.unset.values()]
    if beats is None and "HR" not in settings.unset:
        lines.append("no threshold heart rate for running: heart-rate zones can be sent, but not heart rates in bpm")
    return lines


def _handed_on(who: Athlete) -> str:
    if who.forwards_to:
        is_known = who.handed_on is not None and "Garmin" in who.forwards_to
        last = f"; to Garmin last on {who.handed_on:%Y-%m-%d at %H:%M} UTC" if is_known else ""
        return f"passes planned workouts on to {', '.join(who.forwards_to)}{last}"
    return f"passes planned workouts on to no watch: {_TICK}"


def _not_handed_on(coming: Sequence[Event]) -> list[str]:
    said = [(one, words) for one in coming for words in one.not_handed_on]
    lines = [f"{one.name}, on {one.day:%a %d %b}, could not be passed on to {words}" for one, words in said]
    more = len(lines) - _MOST_SAID
    return [*lines[:_MOST_SAID], *([f"and {more} more like these"] if more > 0 else [])]
