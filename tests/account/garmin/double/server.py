"""The server: addresses, what stands behind them, and what goes wrong in between."""

from __future__ import annotations

import re
from collections.abc import Callable

from account.exchange import Refusal, Reply, Request
from account.garmin.double.calendar import Calendar
from account.garmin.double.devices import Devices
from account.garmin.double.library import Library, SaysOwner
from account.garmin.double.stored import OWNER
from account.garmin.double.tokens import HOURS_4, Sessions
from account.garmin.double.widget import ENTER_CODE, Widget
from account.log import LOGIN
from account.loopback import Served


class Double(Served):
    """Garmin's account service.

    Every doubtful point of the real one is a knob:

    :param strict: refuses also what the real one answers 200 and stores as something else.
    :param mfa: the code asked for after the password.
    :param code_title: what the web's page is called that asks for it.
    :param token_ttl: seconds an access token is good for; below 900 the client refreshes before each request.
    :param calendar_lag: readings of the calendar that show nothing of a change; removed entries linger as long.
    :param list_lag: the same of the list of workouts.
    :param delete_cascades: whether a workout that is deleted leaves the calendar too.
    :param calendar_says_done: whether the calendar itself says what is done, besides the summaries.
    :param page_base: the ``start`` of the first workout, 0 or 1.
    :param watches: the names of those that take workouts.
    :param owner: of what is created here: that it is the number of the profile, nobody has shown.
    :param profile: whose account it is.
    :param says_owner: whether the list says the owner of a workout, or a workout whole, or both, or nothing.
    """

    def __init__(
        self,
        *,
        strict: bool = True,
        email: str = "runner@example.org",
        password: str = "correct horse 7",
        mfa: str | None = None,
        code_title: str = ENTER_CODE,
        token_ttl: float = HOURS_4,
        warm_up: bool = True,
        reuse_kills: bool = False,
        calendar_lag: int = 0,
        list_lag: int = 0,
        delete_cascades: bool = True,
        schedule_readable: bool = True,
        calendar_says_done: bool = True,
        page_base: int = 0,
        max_steps: int = 50,
        watches: tuple[str, ...] = ("Forerunner 265",),
        owner: int | None = None,
        profile: int = OWNER,
        says_owner: SaysOwner = "everywhere",
    ) -> None:
        super().__init__()
        self.profile, owner = profile, profile if owner is None else owner
        self.sessions = Sessions(email, password, mfa, ttl=token_ttl, warm_up=warm_up, reuse_kills=reuse_kills)
        self.widget = Widget(self.sessions, code_title)
        self.library = Library(
            strict=strict, max_steps=max_steps, lag=list_lag, base=page_base, owner=owner, says_owner=says_owner
        )
        self.calendar = Calendar(lag=calendar_lag, readable=schedule_readable, says_done=calendar_says_done)
        self.devices = Devices(watches)
        self.delete_cascades = delete_cascades
        self._routes = [(method, re.compile(path), answer) for method, path, answer in self._table()]

    @property
    def known_by(self) -> set[str]:
        return {self.sessions.email, *self.sessions.issued}

    @property
    def secrets(self) -> set[str]:
        """Everything that may stand in no log, error or file but the one of the tokens."""
        mine = {self.sessions.email, self.sessions.password, *self.sessions.issued}
        return mine | ({self.sessions.mfa} if self.sessions.mfa else set())

    def _table(self) -> list[tuple[str, str, Callable[..., Reply]]]:
        library, calendar, sessions, widget = self.library, self.calendar, self.sessions, self.widget
        return [
            ("GET", r"/mobile/sso/en_US/sign-in", sessions.sign_in_page),
            ("POST", r"/mobile/api/login", sessions.log_in),
            ("POST", r"/(?:mobile|portal)/api/mfa/verifyCode", sessions.verify),
            ("GET", r"/sso/embed", widget.embed),
            ("GET", r"/sso/signin", widget.form),
            ("POST", r"/sso/signin", widget.sign_in),
            ("GET", r"/sso/verifyMFA/loginEnterMfaCode", widget.code_form),
            ("POST", r"/sso/verifyMFA/loginEnterMfaCode", widget.verify),
            ("POST", r"/sso/verifyMFA/mfaCode", widget.send_code),
            ("GET", r"/sso/login", widget.login),
            ("POST", r"/di-oauth2-service/oauth/token", sessions.token),
            ("GET", r"/userprofile-service/socialProfile", self._profile),
            ("GET", r"/userprofile-service/userprofile/user-settings", self._settings),
            ("GET", r"/workout-service/workouts", library.list),
            ("POST", r"/workout-service/workout", library.create),
            ("GET", r"/workout-service/workout/(\d+)", library.read),
            ("PUT", r"/workout-service/workout/(\d+)", library.update),
            ("DELETE", r"/workout-service/workout/(\d+)", self._delete),
            ("POST", r"/workout-service/schedule/(\d+)", self._schedule),
            ("GET", r"/workout-service/schedule/(\d+)", self._scheduled),
            ("DELETE", r"/workout-service/schedule/(\d+)", calendar.unschedule),
            ("GET", r"/calendar-service/year/(\d+)/month/(\d+)", calendar.month),
            ("POST", r"/graphql-gateway/graphql", calendar.graphql),
            ("GET", r"/device-service/deviceregistration/devices", self.devices.list),
            ("GET", r"/device-service/devicemessage/messages", self.devices.messages),
            ("POST", r"/device-service/devicemessage/messages", self._queue),
        ]

    def answer(self, request: Request) -> Reply:
        """What the service does and answers when nothing goes wrong on the way."""
        with self._lock:
            for method, path, route in self._routes:
                there = path.fullmatch(request.path)
                if method == request.method and there:
                    try:
                        if not request.path.startswith(LOGIN):
                            self.sessions.admit(request)
                        return route(request, *map(int, there.groups()))
                    except Refusal as refusal:
                        return refusal.reply
            self.log.violations.append(f"{request.method} {request.path}")
            return Reply(404, {"message": "HTTP 404 Not Found", "error": "NotFoundException"})

    def _profile(self, _request: Request) -> Reply:
        names = {"displayName": "test-user", "fullName": "Test User", "userName": self.sessions.email}
        return Reply(200, {"id": 1, "profileId": self.profile} | names)

    def _settings(self, _request: Request) -> Reply:
        return Reply(200, {"id": self.profile, "userData": {"measurementSystem": "metric"}})

    def _delete(self, _request: Request, number: int) -> Reply:
        self.library.remove(number)
        if self.delete_cascades:
            self.calendar.forget(number)
        return Reply(204)

    def _schedule(self, request: Request, number: int) -> Reply:
        return self.calendar.schedule(request, self.library.one(number))

    def _scheduled(self, request: Request, number: int) -> Reply:
        return self.calendar.read(request, number, self.library.workouts)

    def _queue(self, request: Request) -> Reply:
        return self.devices.add(request, self.library.workouts)
