"""What waits in the account for a watch to fetch it when it next synchronises, as the web's "send to device" does.

A workout in the account's list comes to no watch by itself, one on a day of the calendar does: this is the other way.
"""

from __future__ import annotations

from typing import Any, Final

from negsplit.account.answer_bounds import is_number
from negsplit.account.errors import Ambiguous
from negsplit.account.garmin.client import Account
from negsplit.formats.json_fields import number, objects, text
from negsplit.frozen import dataclass

_DEVICES: Final = "/device-service/deviceregistration/devices"
_MESSAGES: Final = "/device-service/devicemessage/messages"
_KIND: Final = "workouts"


@dataclass(frozen=True, slots=True)
class Paired:
    """A watch, or a bike computer, that belongs to the account and takes workouts."""

    number: int
    name: str


class Queue:
    """The account's queue for its watches. Every method raises what :meth:`Account.request` raises, nothing else;
    ``Ambiguous`` where an answer has another form than is known.

    The body of a message is the one that the web sends, as ``garminconnect`` 0.3.7 and ``Garmin.Connect`` for .NET
    have it too. An array of one: anything else is answered 500.
    """

    def __init__(self, account: Account) -> None:
        self._account = account

    def watches(self) -> tuple[Paired, ...]:
        """The watches that take workouts; one that does not say whether it does is among them."""
        answer = self._account.request("GET", _DEVICES)
        if not isinstance(answer, list) or not all(isinstance(one, dict) for one in answer):
            raise Ambiguous(200)
        return tuple(_paired(one) for one in answer if one.get("workoutCapable") is not False)

    def waiting(self, watch: Paired) -> frozenset[int]:
        """The numbers of the workouts that wait for a watch already.

        What else waits there, such as courses, has a form that nobody described: it is passed over.
        """
        answer = self._account.request("GET", _MESSAGES)
        if not isinstance(answer, dict) or not isinstance(answer.get("messages"), list):
            raise Ambiguous(200)
        ours = [one for one in objects(answer, "messages") if number(one, "deviceId") == watch.number]
        numbers = (number(one, "metaDataId") for one in ours if one.get("messageType") == _KIND)
        return frozenset(int(one) for one in numbers if one is not None)

    def add(self, watch: Paired, workout: int, name: str) -> None:
        """Lets a workout wait for a watch. What it fetches then is the workout as the account has it by that time."""
        message = {
            "deviceId": watch.number,
            "messageUrl": f"workout-service/workout/FIT/{workout}",
            "messageType": _KIND,
            "messageName": name,
            "groupName": None,
            "priority": 1,
            "fileType": "FIT",
            "metaDataId": workout,
        }
        self._account.request("POST", _MESSAGES, json=[message])


def _paired(device: dict[str, Any]) -> Paired:
    known_as = device.get("deviceId")
    if not is_number(known_as):
        raise Ambiguous(200)
    return Paired(known_as, text(device, "displayName") or text(device, "productDisplayName") or f"watch {known_as}")
