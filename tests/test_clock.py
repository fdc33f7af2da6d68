"""The one clock, and how tests stop it."""

from __future__ import annotations

import datetime as dt
import subprocess
import sys

import pytest

from negsplit import clock
from strategies.zones import BERLIN, KIRITIMATI, NEW_YORK

NEW_YEAR = 1_798_761_600.0
"""2027-01-01 00:00 UTC, as `date +%s` gives it."""


@pytest.mark.parametrize(
    ("zone", "seconds", "day"),
    [
        ("UTC", NEW_YEAR - 1, dt.date(2026, 12, 31)),
        ("UTC", NEW_YEAR, dt.date(2027, 1, 1)),
        (KIRITIMATI, NEW_YEAR - 14 * 3600, dt.date(2027, 1, 1)),
        (NEW_YORK, NEW_YEAR + 5 * 3600 - 1, dt.date(2026, 12, 31)),
        (BERLIN, NEW_YEAR - 3600, dt.date(2027, 1, 1)),
        ("UTC", 2.0**31, dt.date(2038, 1, 19)),
    ],
)
def test_today_is_the_day_where_the_computer_is(stop_clock, in_zone, zone, seconds, day):
    in_zone(zone)
    stop_clock(seconds)
    assert clock.seconds() == seconds
    assert clock.today() == day


def test_a_moment_is_shown_as_clocks_show_it_then(in_zone):
    in_zone(BERLIN)
    before = dt.datetime(2027, 3, 28, 0, 59, 59, tzinfo=dt.UTC).timestamp()
    shown = [f"{clock.local(before + more):%H:%M:%S %Z}" for more in (0, 1)]
    assert shown == ["01:59:59 CET", "03:00:00 CEST"]


def test_a_process_that_is_started_goes_by_the_clock_that_was_stopped(stop_clock):
    stop_clock(NEW_YEAR)
    code = "from negsplit import clock; print(clock.seconds())"
    run = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert float(run.stdout) == NEW_YEAR
