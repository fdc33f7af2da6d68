"""The numbers of valid texts mutated, compiled, decoded by two decoders and compared with ``show --format json``.

    python tests/fuzz_numbers.py [SECONDS] [SEED]

What does not compile must say so in diagnostics; what does must mean to fitdecode and to Garmin's own decoder
what the JSON shows: name, sport, notes, and of every step its length, targets, repeats and texts.
"""

from __future__ import annotations

import json
import sys
import time
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from random import Random, SystemRandom
from typing import Any, Final

import fitdecode
import garmin_fit_sdk

from negsplit import compile_plan_text, compile_text
from negsplit.compile import CompiledWorkout
from negsplit.preview.data import program_data
from strategies.mutated import ATHLETE, FILES, PLANS, TEXTS, mutated

WATCHES: Final = ("generic", "forerunner-935", "newer")
_ONE_PLAN_IN: Final = 200
_SPORTS: Final = {
    ("running", None): "running",
    ("running", "trail"): "trail_running",
    ("running", "track"): "track_running",
    ("running", "treadmill"): "treadmill",
    ("walking", None): "walking",
    ("hiking", None): "hiking",
}
_BANDS: Final = {
    "speed": ("speed", "mm/s", lambda metres_per_second: metres_per_second * 1000),
    "heart_rate": ("hr", "bpm", lambda raw: raw - 100),
    "power": ("power", "W", lambda raw: raw - 1000),
    "cadence": ("cadence", "spm", lambda one_leg: one_leg * 2),
}
"""The name of a target's zone, the unit of a band, and how it is reckoned from the profile's."""


def judge(text: str, watch: str) -> tuple[str, int]:
    """What became of a text, and how many of its workouts were compared; AssertionError where anything differs."""
    if text.startswith("plan:"):
        result = compile_plan_text(text, athlete=ATHLETE, device=watch, files=FILES)
        found = [one.workout for one in result.plan.sessions] if result.plan else []
    else:
        workouts = compile_text(text, athlete=ATHLETE, device=watch, files=FILES)
        result, found = workouts, list(workouts.workouts)
    compiled = [workout for workout in found if workout]
    for workout in compiled:
        compare(workout)
    if result.ok:
        assert compiled, "neither a workout nor an error"
        return "valid", len(compiled)
    assert all(one.message for one in result.diagnostics)
    return "refused", len(compiled)


def compare(workout: CompiledWorkout) -> None:
    """Whether both decoders read from the file what the JSON shows."""
    shown = json.loads(json.dumps(program_data(workout.program, workout.estimate), allow_nan=False))
    data = workout.fit()
    for decoded in (garmins_decoder(data), other_decoder(data)):
        heads = {name: messages for name, messages in decoded.items() if name != "workout_step"}
        (head,) = heads["workout"]
        steps = decoded.get("workout_step", [])
        assert head["num_valid_steps"] == len(steps)
        says = {
            "name": head.get("wkt_name", ""),
            "sport": _SPORTS[head["sport"], head.get("sub_sport")],
            "notes": head.get("wkt_description", ""),
            "steps": [step_says(step) for step in steps],
        }
        assert says == {
            "name": shown["name"],
            "sport": shown["sport"],
            "notes": shown["notes"],
            "steps": [without(step, "role", "effort") for step in shown["steps"]],
        }


def without(step: Mapping[str, Any], *names: str) -> dict[str, Any]:
    return {name: value for name, value in step.items() if name not in names}


def garmins_decoder(data: bytes) -> dict[str, list[dict[str, Any]]]:
    stream = garmin_fit_sdk.Stream.from_byte_array(bytearray(data))
    messages, errors = garmin_fit_sdk.Decoder(stream).read()
    assert errors == []
    return {name.removesuffix("_mesgs"): found for name, found in messages.items()}


def other_decoder(data: bytes) -> dict[str, list[dict[str, Any]]]:
    found: dict[str, list[dict[str, Any]]] = {}
    strict = {"check_crc": fitdecode.CrcCheck.RAISE, "error_handling": fitdecode.ErrorHandling.RAISE}
    with fitdecode.FitReader(data, **strict) as reader:
        for frame in reader:
            if frame.frame_type == fitdecode.FIT_FRAME_DATA:
                values = {field.name: field.value for field in frame.fields if field.value is not None}
                found.setdefault(frame.name, []).append(values)
    return found


def step_says(step: Mapping[str, Any]) -> dict[str, Any]:
    """A decoded step in the words of the JSON."""
    kind = step["duration_type"]
    if kind.startswith("repeat"):
        until = {
            "repeat_until_steps_cmplt": lambda: {"times": step["repeat_steps"]},
            "repeat_until_time": lambda: {"until": {"kind": "time", "ms": round(step["repeat_time"] * 1000)}},
            "repeat_until_distance": lambda: {
                "until": {"kind": "distance", "cm": round(step["repeat_distance"] * 100)}
            },
        }[kind]()
        return {"index": step["message_index"], "kind": "repeat", "from": step["duration_step"], **until}
    return {
        "index": step["message_index"],
        "kind": "step",
        "intensity": step["intensity"],
        "name": step.get("wkt_step_name", ""),
        "cue": step.get("notes", ""),
        "length": length_says(step, kind),
        "target": target_says(step, ""),
        "second": target_says(step, "secondary_"),
    }


def length_says(step: Mapping[str, Any], kind: str) -> dict[str, Any]:
    match kind:
        case "open":
            return {"kind": "lap"}
        case "time":
            return {"kind": "time", "ms": round(step["duration_time"] * 1000)}
        case "distance":
            return {"kind": "distance", "cm": round(step["duration_distance"] * 100)}
        case "hr_less_than":
            return {"kind": "heart rate below", "bpm": step["duration_hr"] - 100}
        case "hr_greater_than":
            return {"kind": "heart rate above", "bpm": step["duration_hr"] - 100}
    raise AssertionError(kind)


def target_says(step: Mapping[str, Any], prefix: str) -> dict[str, Any] | None:
    kind = step.get(f"{prefix}target_type", "open")
    if kind == "open":
        return None
    short, unit, reckon = _BANDS[kind]
    zone = step[f"{prefix}target_{short}_zone"]
    name = kind.replace("_", " ")
    if zone:
        return {"kind": name, "zone": zone}
    low, high = (round(reckon(step[f"{prefix}custom_target_{kind}_{end}"])) for end in ("low", "high"))
    return {"kind": name, "unit": unit, "low": low, "high": high}


def cases(random: Random) -> Iterator[tuple[str, str]]:
    """Texts and watches without end."""
    while True:
        pool = PLANS if random.randrange(_ONE_PLAN_IN) == 0 else TEXTS
        yield mutated(random.choice(pool), random).lstrip(), random.choice(WATCHES)


def run(chosen: Iterable[tuple[str, str]], counts: Counter[str]) -> None:
    """Judges texts and counts them; a text that is judged wrongly is in the error."""
    for text, watch in chosen:
        counts["texts"] += 1
        try:
            verdict, compared = judge(text, watch)
        except Exception as error:
            error.add_note(f"on {watch}:\n{text}")
            raise
        counts[verdict] += 1
        counts["compared"] += compared


def said(counts: Counter[str]) -> str:
    return (
        f"{counts['texts']} texts: {counts['valid']} valid, {counts['refused']} refused with diagnostics; "
        f"{counts['compared']} workouts compared, twice each"
    )


def main(seconds: float = 60, seed: int | None = None) -> None:
    seed = SystemRandom().randrange(2**32) if seed is None else seed
    print(f"seed {seed}", flush=True)
    counts: Counter[str] = Counter()
    ends = time.process_time() + seconds
    endless = cases(Random(seed))
    try:
        while time.process_time() < ends:
            run([next(endless) for _ in range(50)], counts)
    finally:
        print(said(counts), flush=True)


if __name__ == "__main__":
    main(*map(float, sys.argv[1:2]), *map(int, sys.argv[2:3]))
