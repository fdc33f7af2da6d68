"""Workouts as events of the account: what the double reads of them, by a parser of its own, is what was meant."""

from __future__ import annotations

from dataclasses import replace

import pytest

from account.intervals.computer import TODAY
from account.intervals.double import KEY
from negsplit.account.intervals.address import Address
from negsplit.account.intervals.client import Client
from negsplit.account.intervals.content import marked
from negsplit.account.intervals.service import Service
from negsplit.account.marker import Key
from negsplit.account.pauses import Pauses
from negsplit.compile import compile_text, device

ATHLETE = "athlete: A\nraces: [5 km in 22:30]\nheart_rate: {max: 188, threshold: 160}\n"
OF_THE_ACCOUNT = 170
"""bpm; the athlete's own is another."""


def compiled(steps, more=""):
    of_account = replace(device("intervals"), is_asked=True, lthr=OF_THE_ACCOUNT)
    (workout,) = compile_text(f"workout: T\n{more}steps: {steps}\n", athlete=ATHLETE, device=of_account).workouts
    return workout


@pytest.mark.parametrize(
    ("steps", "target", "line"),
    [
        ("10 min", "AUTO", "- 10m"),
        ("800 m @ 4:29..4:18/km", "PACE", "- 0.8km 4:29-4:18/km Pace"),
        ("20 min @ HR 148..156", "HR", "- 20m 87-92% LTHR"),  # 148 / 170 and 156 / 170, outward
        ("10 min @ 250..270 W", "POWER", "- 10m 250-270w"),
    ],
)
def test_an_event_says_what_its_steps_go_by(steps, target, line):
    name = {"category": "WORKOUT", "name": "T", "type": "Run", "target": target}
    assert compiled(steps).intervals_event() == {**name, "description": f"{line}\n"}


@pytest.mark.parametrize(
    ("sport", "type"), [("trail_running", "TrailRun"), ("treadmill", "VirtualRun"), ("track_running", "Run")]
)
def test_an_event_has_the_kind_of_sport(sport, type):
    assert compiled("10 min", f"sport: {sport}\n").intervals_event()["type"] == type


@pytest.mark.parametrize(
    "steps",
    [
        "warmup 10 min, 5x(800 m @ 4:29..4:18/km, recover 2 min), cooldown 10 min",
        "20 min @ HR 148..156, 3x(1 mi @ 4:40..4:30/km, 90 s)",
        "until lap, 10 min @ 250..270 W",
    ],
)
def test_what_came_back_is_what_was_meant_and_every_change_of_it_is_said(double, steps):
    service = Service(Client(Address(double().url), KEY, pauses=Pauses(0)))
    workout = compiled(steps, "notes: 3x is not a repeat here\n")
    body = marked(workout.intervals_event(), Key("half", "w01-tue"), "5f3a")
    kept = service.create(body, TODAY).body
    assert workout.intervals_misread(kept) == ()
    for part in kept["workout_doc"]["steps"]:
        (part["steps"][0] if "steps" in part else part).update(distance=0, duration=77)
        assert workout.intervals_misread(kept) != ()
    assert workout.intervals_misread(kept | {"workout_doc": None}) != ()
