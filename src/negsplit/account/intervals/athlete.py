"""Who an account is of, and what its runs are measured by.

The service's answer about an athlete carries the key itself and an e-mail address: of it only what is named here is
taken, and the answer goes nowhere.
"""

from __future__ import annotations

import datetime as dt
from typing import Any, Final

from negsplit.account.errors import Ambiguous, Rejected, SessionDead
from negsplit.account.intervals.client import ASLEEP, LOG_IN, Client
from negsplit.frozen import dataclass
from negsplit.limits import HIGHEST_BPM, HIGHEST_WATTS, LOWEST_BPM, LOWEST_WATTS, is_runnable

_FORWARDS: Final = {
    "icu_garmin_upload_workouts": "Garmin",
    "coros_upload_workouts": "COROS",
    "suunto_upload_workouts": "Suunto",
    "wahoo_upload_workouts": "Wahoo",
    "huawei_upload_workouts": "Huawei",
    "zepp_upload_workouts": "Zepp",
    "zwift_upload_workouts": "Zwift",
}
"""The service's flags, and whose watches get planned workouts where one is set."""
_IS_IMPERIAL: Final = {"meters": False, "feet": True}
_THRESHOLDS: Final = {
    "PACE": "threshold pace for running, without which no watch gets pace targets",
    "HR": "threshold or max heart rate for running, without which no watch gets heart-rate targets",
    "POWER": "threshold power for running, without which no watch gets power targets",
}


@dataclass(frozen=True, slots=True)
class Athlete:
    """Whose account it is: the ``id`` such as ``i123456``, the name and time zone it shows, and who is forwarded to.

    ``rest_bpm`` is the heart rate at rest, ``is_imperial`` the units that amounts are shown in, ``handed_on`` when a
    workout was last handed on to Garmin; None where not set.
    """

    id: str
    name: str
    zone: str
    forwards_to: tuple[str, ...]
    rest_bpm: int | None = None
    is_imperial: bool | None = None
    handed_on: dt.datetime | None = None


@dataclass(frozen=True, slots=True)
class RunSettings:
    """What the service measures runs by; None for what is not set there, or what no runner has.

    The threshold in m/s; heart rates in bpm, ``heart_rate_zones`` the upper ends of zones from the first; power in W.
    ``types`` are the kinds of sport that are measured by the same.
    """

    threshold_mps: float | None = None
    threshold_bpm: int | None = None
    highest_bpm: int | None = None
    critical_watts: int | None = None
    heart_rate_zones: tuple[int, ...] = ()
    types: tuple[str, ...] = ()

    @property
    def unset(self) -> dict[str, str]:
        """What is not set, and what for, by the ``target`` of events whose steps then reach watches without one."""
        beats = self.threshold_bpm or self.highest_bpm
        known = {"PACE": self.threshold_mps, "HR": beats, "POWER": self.critical_watts}
        return {target: _THRESHOLDS[target] for target, value in known.items() if value is None}


def athlete(client: Client) -> Athlete:
    """Whose key it is.

    :raises SessionDead: where the service does not take the key.
    :raises AccountError: what :meth:`Client.request` raises; ``Ambiguous`` too where the answer is no athlete.
    """
    said = _own(client, "")
    if not isinstance(said, dict) or not (id := _word(said, "id")):
        raise Ambiguous(200)
    forwards_to = tuple(name for flag, name in _FORWARDS.items() if said.get(flag) is True)
    rest = _whole(said, "icu_resting_hr", LOWEST_BPM, HIGHEST_BPM)
    is_imperial = _IS_IMPERIAL.get(_word(said, "measurement_preference"))
    handed_on = _moment(_word(said, "icu_garmin_last_upload"))
    return Athlete(id, _word(said, "name"), _word(said, "timezone"), forwards_to, rest, is_imperial, handed_on)


def run_settings(client: Client) -> RunSettings:
    """What runs are measured by; nothing where the account has no settings for them.

    :raises SessionDead: where the service does not take the key.
    :raises AccountError: what :meth:`Client.request` raises; ``Ambiguous`` too where the answer is no list.
    """
    said = _own(client, "/sport-settings")
    if not isinstance(said, list):
        raise Ambiguous(200)
    runs = next((one for one in said if isinstance(one, dict) and "Run" in _list(one, "types")), {})
    zones = _list(runs, "hr_zones")
    return RunSettings(
        _speed(runs),
        _whole(runs, "lthr", LOWEST_BPM, HIGHEST_BPM),
        _whole(runs, "max_hr", LOWEST_BPM, HIGHEST_BPM),
        _whole(runs, "ftp", LOWEST_WATTS, HIGHEST_WATTS),
        tuple(zones) if all(type(one) is int for one in zones) else (),
        tuple(one for one in _list(runs, "types") if isinstance(one, str)),
    )


def _own(client: Client, path: str) -> Any:
    """What everybody may ask of themselves: whoever may not has another's key, or none any more."""
    try:
        return client.request("GET", path)
    except Rejected as error:
        if error.status == 403:
            raise SessionDead("intervals.icu does not accept this key", LOG_IN, ASLEEP) from None
        raise


def _word(said: dict[str, Any], name: str) -> str:
    word = said.get(name)
    return word if isinstance(word, str) else ""


def _moment(word: str) -> dt.datetime | None:
    """A moment in UTC; None for what is none, or leaves open where its clock is."""
    try:
        at = dt.datetime.fromisoformat(word)
        return at.astimezone(dt.UTC) if at.tzinfo is not None else None
    except (ValueError, OverflowError):
        return None


def _list(said: dict[str, Any], name: str) -> list[Any]:
    found = said.get(name)
    return found if isinstance(found, list) else []


def _speed(runs: dict[str, Any]) -> float | None:
    speed = runs.get("threshold_pace")
    if not isinstance(speed, int | float) or isinstance(speed, bool):
        return None
    return float(speed) if is_runnable(speed) else None


def _whole(said: dict[str, Any], name: str, least: int, most: int) -> int | None:
    number = said.get(name)
    return number if type(number) is int and least <= number <= most else None
