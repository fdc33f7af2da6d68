"""The server: who may ask, addresses, and what stands behind them."""

from __future__ import annotations

import base64
import datetime as dt
import re
from collections.abc import Callable
from typing import Any

from account.exchange import Refusal, Reply, Request
from account.intervals.double.events import Events, Refused
from account.intervals.double.forwarding import Clock, Forwarding
from account.loopback import Served

KEY = "k3y0f4runner"
ATHLETE = "i123456"
FOREIGN = "i654321"


class Double(Served):
    """intervals.icu with one athlete. Every doubtful point of the real one is a knob:

    :param upserts: whether an ``external_id`` sent again with a personal key finds the event that has it.
    :param list_lag: readings of the list that show nothing of a change.
    :param copies_keep_id: whether a copy that is made on the web has the same ``external_id``.
    :param normalises: whether descriptions are kept with other line ends, and without blanks at the ends of lines.
    :param rate: how many requests are answered until :meth:`rest`; then 429, which does not say for how long.
    :param key, athlete: of whom the account is, and by what its owner is known.
    :param today, touches, push_errors: of :class:`Forwarding`.
    :param thresholds: of the runs: what is None there is not set, and its targets come to no watch.
    """

    def __init__(
        self,
        *,
        upserts: bool = True,
        list_lag: int = 0,
        copies_keep_id: bool = True,
        normalises: bool = False,
        rate: int | None = None,
        key: str = KEY,
        athlete: str = ATHLETE,
        today: dt.date | None = None,
        touches: bool = False,
        push_errors: bool = False,
        **thresholds: float | None,
    ) -> None:
        super().__init__()
        self.key, self._number = key, athlete
        limits = {"threshold_pace": 3.5714285, "lthr": 170, "max_hr": 188, "ftp": 300} | thresholds
        zones = {"hr_zones": [140, 148, 156, 165, 170, 175, 188], "pace_units": "MINS_KM"}
        self.settings: dict[str, Any] = {"id": 1, "types": ["Run", "VirtualRun", "TrailRun"], **limits, **zones}
        rides = {"id": 2, "types": ["Ride"], "ftp": 250, "lthr": None, "threshold_pace": None}
        self.sports = [rides, self.settings]
        self.athlete: dict[str, Any] = {
            "id": athlete,
            "name": "Test Runner",
            "email": "runner@example.org",
            "icu_api_key": key,
            "timezone": "Europe/Berlin",
            "icu_garmin_upload_workouts": True,
            "coros_upload_workouts": False,
            "icu_garmin_last_upload": "2026-02-08T10:00:00.000+00:00",
        }
        self._rate, self._asked = rate, 0
        clock = Clock()
        self.forwarding = Forwarding(self.settings, clock, today=today, touches=touches, reports=push_errors)
        knobs = {"upserts": upserts, "copies_keep_id": copies_keep_id, "normalises": normalises}
        self.events = Events(athlete, self.log, self.forwarding, clock, lag=list_lag, **knobs)
        self._routes = [(re.compile(path), answers) for path, answers in self._table()]

    @property
    def known_by(self) -> set[str]:
        return {base64.b64encode(f"API_KEY:{self.key}".encode()).decode()}

    @property
    def secrets(self) -> set[str]:
        """Everything that may stand in no log, error or file but the one of the key."""
        return {self.key, *self.known_by, self.athlete["email"]}

    def rest(self) -> None:
        """Time passes, and requests are counted anew."""
        self._asked = 0

    def pass_to(self, today: dt.date) -> None:
        """Days pass without anybody asking for anything."""
        self.forwarding.pass_to(today, list(self.events.there.values()))

    def _table(self) -> list[tuple[str, dict[str, Callable[..., Reply]]]]:
        events = self.events
        return [
            (r"", {"GET": lambda _request: Reply(200, self.athlete)}),
            (r"/sport-settings", {"GET": lambda _request: Reply(200, self.sports)}),
            (r"/events", {"GET": events.list, "POST": events.create}),
            (r"/events/bulk", {"POST": events.bulk}),
            (r"/events/(\d+)", {"GET": events.read, "PUT": events.update, "DELETE": events.delete}),
        ]

    def answer(self, request: Request) -> Reply:
        """What the service does and answers when nothing goes wrong on the way."""
        with self._lock:
            self._asked += 1
            if self._rate is not None and self._asked > self._rate:
                return Reply(429)
            try:
                return self._admitted(request)
            except (Refused, Refusal) as refused:
                return refused.reply

    def _admitted(self, request: Request) -> Reply:
        said = request.headers.get("authorization", "")
        if not said.startswith("Basic "):
            return Reply(401)
        user, _, key = base64.b64decode(said.removeprefix("Basic ")).decode().partition(":")
        where = re.fullmatch(r"/api/v1/athlete/([^/]+)(.*)", request.path)
        if (user, key) != ("API_KEY", self.key) or (where and where[1] not in ("0", self._number)):
            raise Refused(403, "Access denied")
        for path, answers in self._routes if where else ():
            there = path.fullmatch(where[2])
            if there and request.method in answers:
                return answers[request.method](request, *map(int, there.groups()))
            if there:
                self.log.violations.append(f"{request.method} {request.path}")
                return Reply(405)
        self.log.violations.append(f"{request.method} {request.path}")
        now = "2026-02-08T10:00:00.000+00:00"
        return Reply(404, {"timestamp": now, "status": 404, "error": "Not Found", "path": request.path})
