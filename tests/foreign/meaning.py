"""What a foreign workout means, written down by hand, beside what Garmin's own decoder reads in the FIT file of it.

Expected steps have the form of ``expected.json`` in the reference material (its README): ``role``, one of ``ms``,
``cm``, ``lap``, ``until_hr``; ``hold``, ``also``; ``cue``. Repeats are run out on both sides.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any, Final

import garmin_fit_sdk

from negsplit.compile import compile_text
from negsplit.foreign import Imported
from negsplit.foreign.verdict import SOME_RUNNER

DATA: Final = Path(__file__).parents[3] / "shared" / "data" / "interop"
"""Reference material outside the repository; what reads it skips where it is missing."""
OWN: Final = Path(__file__).parent
"""Of that, what was made for this project, as far as it stands here."""
ROLES: Final = {"active": "run", "recovery": "recover"}
WIDTH: Final = 0.02
"""A single pace is widened by 2 % of its speed to each side."""
Meant = Mapping[str, Any]
Paces = Mapping[str, tuple[float, float]]
"""Speeds in mm/s of names, slow and fast."""


def expected(folder: str, name: str) -> list[Meant]:
    """The workouts of an ``expected.json``, of the one that stands here if there is one."""
    own, other = (above / folder / f"{name}.expected.json" for above in (OWN, DATA))
    found = json.loads((own if own.exists() else other).read_text("utf-8"))
    return found["workouts"]


def fit_of(one: Imported) -> bytes:
    """The file for a watch that ``compile`` makes of what was written."""
    result = compile_text(one.text, athlete=SOME_RUNNER)
    (workout,) = result.workouts
    assert workout is not None, result.diagnostics
    return workout.fit()


def run_out(steps: Iterable[Meant]) -> Iterator[Meant]:
    """Expected steps in the order in which they are run."""
    for step in steps:
        if "repeat" not in step:
            yield step
            continue
        body = list(run_out(step["steps"]))
        for number in range(step["repeat"]):
            skips = step.get("skip_last") and number == step["repeat"] - 1
            yield from body[:-1] if skips else body


def decoded(data: bytes) -> Iterator[Meant]:
    """The steps of a FIT file in the order in which they are run, as Garmin's decoder has them."""
    messages, errors = garmin_fit_sdk.Decoder(garmin_fit_sdk.Stream.from_byte_array(bytearray(data))).read()
    assert errors == []
    steps = messages["workout_step_mesgs"]
    left: dict[int, int] = {}
    at = 0
    while at < len(steps):
        step = steps[at]
        if step["duration_type"] != "repeat_until_steps_cmplt":
            yield step
            at += 1
            continue
        left[at] = left.get(at, step["repeat_steps"]) - 1
        if left[at]:
            at = step["duration_step"]
        else:
            del left[at]
            at += 1


def assert_means(data: bytes, steps: Iterable[Meant], paces: Paces | None = None, *, is_widened: bool = True) -> None:
    """That a FIT file has these steps; ``paces`` are those that ``pace`` and ``of_pace`` name.

    Where it ``is_widened``, two ends that are the same are a single number, with a tolerance around it.
    """
    found, meant = list(decoded(data)), list(run_out(steps))
    for number, (one, other) in enumerate(zip(found, meant, strict=False), start=1):
        assert _of(one, other, paces or {}, is_widened) == _plain(other), f"step {number}: {one}"
    assert len(found) == len(meant)


def _plain(meant: Meant) -> dict[str, Any]:
    return {"hold": None, "also": None, **{key: value for key, value in meant.items() if key != "cue"}}


def _of(step: Meant, meant: Meant, paces: Paces, is_widened: bool) -> dict[str, Any]:
    """A decoded step in the words of an expected one; a target that is as meant is what is meant."""
    said: dict[str, Any] = {"role": ROLES.get(step["intensity"], step["intensity"])}
    match step["duration_type"]:
        case "time":
            said["ms"] = round(step["duration_time"] * 1000)
        case "distance":
            said["cm"] = round(step["duration_distance"] * 100)
        case "open":
            said["lap"] = True
        case "hr_less_than" | "hr_greater_than" as kind:
            said["until_hr"] = ["<" if kind == "hr_less_than" else ">", step["duration_hr"] - 100]
    said["hold"] = _target(step, "", meant.get("hold"), paces, is_widened)
    said["also"] = _target(step, "secondary_", meant.get("also"), paces, is_widened)
    return said


def _target(step: Meant, prefix: str, meant: Meant | None, paces: Paces, is_widened: bool) -> Any:
    kind = step.get(f"{prefix}target_type", "open")
    if kind == "open":
        return None
    if kind in ("heart_rate", "power") and (zone := step.get(f"{prefix}target_{_SHORT[kind]}_zone")):
        return {f"{_SHORT[kind]}_zone": zone}
    low, high = (step[f"{prefix}custom_target_{kind}_{end}"] for end in ("low", "high"))
    offset = {"heart_rate": 100, "power": 1000}.get(kind, 0)
    scale = {"speed": 1000, "cadence": 2}.get(kind, 1)  # a watch counts the steps of one foot
    band = [low * scale - offset, high * scale - offset]
    wanted = _band(meant or {}, paces, is_widened)
    near = {"speed": 1, "cadence": 2}.get(kind, 0)
    is_as_meant = wanted is not None and all(abs(a - b) <= near for a, b in zip(band, wanted, strict=True))
    return meant if is_as_meant else {kind: band}


_SHORT: Final = {"heart_rate": "hr", "power": "power"}


def _band(meant: Meant, paces: Paces, is_widened: bool) -> list[float] | None:
    """Two ends in mm/s, bpm, W or steps a minute; None for a side that only the watch's bounds close, or a zone."""
    for key in ("speed", "hr", "power", "cadence"):
        if key in meant:
            low, high = meant[key]
            if low != high or not is_widened:
                return [low, high]
            widened = {"speed": (low * (1 - WIDTH), low * (1 + WIDTH)), "hr": (low - 2, low + 2)}
            return list(widened.get(key, (low, high)))
    if "pace" in meant:
        return list(paces[meant["pace"]])
    if "of_pace" in meant:
        shares = [share / 100 for share in meant["percent"]]
        ends = [speed * share for speed, share in zip(paces[meant["of_pace"]], shares, strict=True)]
        return ends if shares[0] != shares[1] else [ends[0] * (1 - WIDTH), ends[1] * (1 + WIDTH)]
    return None
