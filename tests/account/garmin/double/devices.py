"""The watches of the account, and what waits for them to fetch it."""

from __future__ import annotations

from itertools import count
from typing import Any

from account.exchange import Refusal, Reply, Request

_MESSAGE = {"deviceId", "messageUrl", "messageType", "messageName", "groupName", "priority", "fileType", "metaDataId"}


class Devices:
    """Watches by name, and a queue.

    Who reads the queue gets messages as they were posted, with a number and a status: which fields the real one gives
    back is published for its answer to a post alone. Its priority is its own.

    :param names: the watches that take workouts; beside them there is always a heart rate strap, which takes none.
    :param refused: workouts that no watch can have.
    """

    def __init__(self, names: tuple[str, ...]) -> None:
        self._numbers = count(3_312_345_001)
        self.registered = [self._device(name, capable=True) for name in names]
        self.registered.append(self._device("HRM-Pro Plus", capable=False))
        self.refused: set[int] = set()
        self.waiting: list[dict[str, Any]] = []
        self._messages = count(77_001)

    def list(self, _request: Request) -> Reply:
        return Reply(200, self.registered)

    def messages(self, _request: Request) -> Reply:
        return Reply(200, {"serviceHost": "", "numOfMessages": len(self.waiting), "messages": self.waiting})

    def add(self, request: Request, workouts: dict[int, dict[str, Any]]) -> Reply:
        """A message without an array around it is answered 500."""
        body = request.json()
        if not isinstance(body, list):
            raise Refusal(500, "Internal Server Error")
        known = {one["deviceId"] for one in self.registered if one["workoutCapable"]}
        for one in body:
            number = one.get("metaDataId")
            if one.keys() != _MESSAGE or one["messageType"] != "workouts" or one["fileType"] != "FIT":
                raise Refusal(400, "no message that is known here")
            if one["deviceId"] not in known or one["messageUrl"] != f"workout-service/workout/FIT/{number}":
                raise Refusal(400, "no such device, or another workout")
            if number not in workouts or number in self.refused:
                raise Refusal(404 if number not in workouts else 403, "no workout for this device")
        queued = [one | {"messageId": next(self._messages), "messageStatus": "new", "priority": 0} for one in body]
        self.waiting += queued
        return Reply(200, queued)

    def fetch(self) -> list[int]:
        """A watch synchronises: the numbers of the workouts that it fetched."""
        fetched = [one["metaDataId"] for one in self.waiting]
        self.waiting.clear()
        return fetched

    def _device(self, name: str, *, capable: bool) -> dict[str, Any]:
        """Of some two hundred fields those that matter; taken from a published answer, anonymous."""
        names = {"displayName": name, "productDisplayName": name, "deviceStatus": "active"}
        return {"deviceId": next(self._numbers), "workoutCapable": capable} | names
