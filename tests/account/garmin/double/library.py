"""The workouts of the account and their list."""

from __future__ import annotations

import copy
from itertools import count
from typing import Any, Literal

from account.exchange import Refusal, Reply, Request
from account.garmin.double.refusals import refuse
from account.garmin.double.stored import LISTED, OWNER, stored
from account.lag import Lag

SaysOwner = Literal["everywhere", "whole", "list", "nowhere"]


class Library:
    """Workouts by their number.

    :param strict: also refuses what the service would store as something else.
    :param lag: readings of the list that show nothing of a change.
    :param base: the ``start`` of the first workout in the list; 0 is taken for it either way.
    :param owner: the ``ownerId`` of what is created.
    :param says_owner: where it is said: in the list and in a workout whole, in one of them alone, or nowhere.
    """

    def __init__(
        self, *, strict: bool, max_steps: int, lag: int, base: int, owner: int = OWNER, says_owner: SaysOwner
    ) -> None:
        self.strict = strict
        self.max_steps = max_steps
        self.base = base
        self.owner, self.says_owner = owner, says_owner
        self.lag = Lag(lag)
        self.workouts: dict[int, dict[str, Any]] = {}
        self._numbers, self._step_ids, self._moments = count(900_000_001), count(12_368_371_258), count()

    def create(self, request: Request) -> Reply:
        body = request.json()
        refuse(body, strict=self.strict, max_steps=self.max_steps)
        return Reply(200, self._said(self.add(body)))

    def read(self, _request: Request, number: int) -> Reply:
        return Reply(200, self._said(self.one(number)))

    def update(self, request: Request, number: int) -> Reply:
        before = self.one(number)
        body = request.json()
        refuse(body, strict=self.strict, max_steps=self.max_steps)
        if body.get("workoutId") != number:
            raise Refusal(400, "workoutId is not that of the address")
        kept = ("workoutId", "createdDate", "ownerId", "shared")
        identity = {name: before[name] for name in kept} | {"updatedDate": self._now()}
        self.workouts[number] = stored(body, identity, self._step_ids)
        return Reply(204)

    def remove(self, number: int) -> None:
        self.one(number)
        self.lag.went(number, self.workouts.pop(number))

    def list(self, request: Request) -> Reply:
        """Newest first. Items hold no steps, and their ``updateDate`` is spelt differently."""
        start, limit = (int(request.query.get(name, usual)) for name, usual in (("start", 0), ("limit", 100)))
        first = max(0, start - self.base)
        newest = sorted(self.lag.seen(self.workouts.items()), reverse=True, key=lambda one: one[0])
        page = [workout for _, workout in newest][first : first + limit]
        items = [{name: one[name] for name in LISTED} | {"updateDate": one["updatedDate"]} for one in page]
        return Reply(200, [self._said(item, whole=False) for item in items])

    def one(self, number: int) -> dict[str, Any]:
        if number not in self.workouts:
            raise Refusal(404, f"Workout not found: {number}")
        return self.workouts[number]

    def add(self, body: dict[str, Any], friend: int | None = None) -> dict[str, Any]:
        """A workout as somebody made it, by this service or on the web: nothing is refused.

        :param friend: the owner of one that somebody else shares with this account.
        """
        number, now = next(self._numbers), self._now()
        identity = {"workoutId": number, "createdDate": now, "updatedDate": now}
        identity |= {"ownerId": friend or self.owner, "shared": friend is not None}
        self.workouts[number] = stored(body, identity, self._step_ids)
        self.lag.came(number)
        return self.workouts[number]

    def copy(self, number: int) -> dict[str, Any]:
        """What the web's copy makes: another workout with the same text."""
        return self.add(copy.deepcopy(self.one(number)))

    def _said(self, workout: dict[str, Any], whole: bool = True) -> dict[str, Any]:
        """A workout as it is answered, with its owner or without."""
        if self.says_owner in ("everywhere", "whole" if whole else "list"):
            return workout
        return {name: value for name, value in workout.items() if name != "ownerId"}

    def _now(self) -> str:
        """A moment later than any before: the service's own, as no test may depend on a clock."""
        moment = next(self._moments)
        return f"2026-02-08T{moment // 3600:02}:{moment // 60 % 60:02}:{moment % 60:02}.0"
