"""What the service makes of a workout's text, as far as people have measured it: it drops what it does not know.

Written from captured pairs of text and parse, and from the service's own guide. It knows nothing of what writes texts.
"""

from __future__ import annotations

import re
from typing import Any

NO_PACE = 360
"""Seconds that the service takes for a kilometre of which no pace is said: 800 m came back as 288 s, 2 km as 720 s."""

_REPEAT = re.compile(r"(?:.*\s)?(\d+)\s*x", re.IGNORECASE)
_STEP = re.compile(r"\s*-\s+(.*)")
_TIME = re.compile(r"(?=\d)(?:(?P<h>\d+)h)?(?:(?P<m>\d+)(?:m|'))?(?:(?P<s>\d+)(?:s|\")?)?")
_METRES = {"km": 1000.0, "mtr": 1.0, "mi": 1609.344, "yrd": 0.9144}
_DISTANCE = re.compile(r"(\d+(?:\.\d+)?)(km|mtr|mi|yrd)", re.IGNORECASE)
_PACE = re.compile(r"(\d+):(\d\d)(?:-(\d+):(\d\d))?(/km|/mi|/100m|/100y|/250m|/400m|/500m)?")
_SHARE = re.compile(r"(\d+(?:\.\d+)?)(?:-(\d+(?:\.\d+)?))?%")
_ZONE = re.compile(r"Z(\d+)(?:-Z?(\d+))?", re.IGNORECASE)
_WATTS = re.compile(r"(\d+)(?:-(\d+))?w", re.IGNORECASE)
_TURNS = re.compile(r"(\d+)(?:-(\d+))?rpm", re.IGNORECASE)
_WHOLE = re.compile(r"\d+")


def parse(text: str) -> dict[str, Any]:
    """``workout_doc`` of a description, with its totals in seconds and metres."""
    steps: list[dict[str, Any]] = []
    within = steps
    kind = ""
    after_blank = True
    for line in text.splitlines():
        if not line.strip():
            within, kind, after_blank = steps, "", True
            continue
        written = _STEP.fullmatch(line)
        if written:
            found = step(written[1])
            if found is not None:
                # What is indented is in no repeat.
                (steps if line[0].isspace() else within).append(found | ({kind: True} if kind else {}))
        else:
            word = line.strip().split()[0].lower()
            kind = word if word in ("warmup", "cooldown") else ""
            times = _REPEAT.fullmatch(line.strip())
            if times and after_blank:
                steps.append({"reps": int(times[1]), "steps": (within := [])})
        after_blank = False
    whole = [one for one in steps if one.get("steps") != []]
    return {"duration": _total(whole, "duration"), "distance": _total(whole, "distance"), "steps": whole}


def _total(steps: list[dict[str, Any]], what: str) -> float:
    return sum(one["reps"] * _total(one["steps"], what) if "reps" in one else one.get(what, 0) for one in steps)


def step(line: str) -> dict[str, Any] | None:
    """One step, or none where the line has no amount."""
    words = line.split()
    at = next((at for at, word in enumerate(words) if amount(word)), None)
    if at is None:
        return {"text": line} if re.match(r"\d+-\d+[hms]", line) else None
    found = amount(words[at])
    cue = " ".join(words[:at])
    if cue:
        found["text"] = cue
    if cue.lower().startswith("press lap"):
        found["until_lap_press"] = True
    _rest(words[at + 1 :], found)
    if "distance" in found:
        pace = found.get("pace", {})
        ends = (pace["start"], pace["end"]) if "start" in pace else (pace.get("value", NO_PACE),) * 2
        found["duration"] = round(found["distance"] / 1000 * sum(ends) / 2) if pace.get("units") != "%pace" else 0
    return found


def amount(word: str) -> dict[str, Any]:
    """What a word says of a step's length; nothing where it is none. A number without a unit is none."""
    if length := _DISTANCE.fullmatch(word):
        return {"distance": round(float(length[1]) * _METRES[length[2].lower()], 1)}
    if (time := _TIME.fullmatch(word)) and not word.isdecimal():
        hours, minutes, seconds = (int(time[unit] or 0) for unit in "hms")
        return {"duration": hours * 3600 + minutes * 60 + seconds}
    return {}


def _rest(words: list[str], found: dict[str, Any]) -> None:
    """What stands behind the amount: targets that are known, in any order; everything else is lost without a word."""
    at = 0
    while at < len(words):
        word, after = words[at], words[at + 1].lower() if at + 1 < len(words) else ""
        if word.lower() == "ramp":
            found["ramp"] = True
        elif word.lower() == "rest":
            found["intensity"] = "rest"
        elif word.lower().startswith("intensity="):
            found["intensity"] = word.partition("=")[2].lower()
        elif word.lower() in ("freeride", "maxeffort"):
            found[word.lower()] = True
        elif turns := _TURNS.fullmatch(word):
            found["cadence"] = _ends("rpm", turns)
        elif _WHOLE.fullmatch(word):
            found["duration"] = found.get("duration", 0) + int(word)
        else:
            _target(word, after, found)
        at += 1


def _target(word: str, after: str, found: dict[str, Any]) -> None:
    if pace := _PACE.fullmatch(word):
        if after == "pace":
            first = int(pace[1]) * 60 + int(pace[2])
            second = int(pace[3]) * 60 + int(pace[4]) if pace[3] else None
            units = f"secs{pace[5] or ''}"
            found["pace"] = {"units": units} | ({"value": first} if second is None else {"start": first, "end": second})
    elif share := _SHARE.fullmatch(word):
        kind, units = {"pace": ("pace", "%pace"), "hr": ("hr", "%hr"), "lthr": ("hr", "%lthr")}.get(
            after, ("power", "%ftp")
        )
        found[kind] = _ends(units, share)
    elif zone := _ZONE.fullmatch(word):
        kind = {"pace": "pace", "hr": "hr"}.get(after, "power")
        found[kind] = _ends(f"{kind}_zone", zone)
    elif watts := _WATTS.fullmatch(word):
        found["power"] = _ends("w", watts)


def _ends(units: str, said: re.Match[str]) -> dict[str, Any]:
    if said[2] is None:
        return {"units": units, "value": _number(said[1])}
    return {"units": units, "start": _number(said[1]), "end": _number(said[2])}


def _number(said: str) -> float:
    return int(said) if said.isdecimal() else float(said)
