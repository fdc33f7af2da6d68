"""Who is logged in: password, code, ticket, and two kinds of token of which one dies with each use."""

from __future__ import annotations

import base64
import json
import secrets
from typing import Any
from urllib.parse import parse_qs

from account.exchange import Refusal, Reply, Request
from negsplit import clock

SERVICE_TICKET = "https://connectapi.garmin.com/di-oauth2-service/oauth/grant/service_ticket"
HOURS_4 = 4 * 3600


class Sessions:
    """Logins and tokens of one account.

    :param mfa: the code that is asked for after the password; None asks for none.
    :param ttl: seconds that an access token is good for.
    :param warm_up: whether a password without the cookie of the sign-in page is answered 429, as Garmin does.
    :param reuse_kills: whether an old refresh token that comes again ends the session of the one who has the new one.
    """

    def __init__(
        self, email: str, password: str, mfa: str | None, *, ttl: float, warm_up: bool, reuse_kills: bool
    ) -> None:
        self.email, self.password, self.mfa = email, password, mfa
        self.ttl, self.warm_up, self.reuse_kills = ttl, warm_up, reuse_kills
        self.access: dict[str, float] = {}
        self.refresh: set[str] = set()
        self.spent: set[str] = set()
        self.issued: set[str] = set()
        self._visitors: set[str] = set()
        self._asked: set[str] = set()
        self._tickets: dict[str, str] = {}

    def sign_in_page(self, _request: Request) -> Reply:
        visitor = secrets.token_hex(8)
        self._visitors.add(visitor)
        page = b"<html><title>GARMIN Authentication Application</title></html>"
        return Reply(200, page, {"Content-Type": "text/html", "Set-Cookie": f"SESSION={visitor}; Path=/; HttpOnly"})

    def log_in(self, request: Request) -> Reply:
        visitor = cookie(request)
        if self.warm_up and (visitor not in self._visitors or "referer" not in request.headers):
            raise Refusal(429, "Too Many Requests")
        body = request.json()
        if (body.get("username"), body.get("password")) != (self.email, self.password):
            return Reply(401, {"responseStatus": {"type": "INVALID_USERNAME_PASSWORD"}})
        if self.mfa is not None:
            self._asked.add(visitor)
            answer: dict[str, Any] = {"responseStatus": {"type": "MFA_REQUIRED"}}
            return Reply(200, answer | {"customerMfaInfo": {"mfaLastMethodUsed": "email", "email": self.email}})
        return self._let_in()

    def verify(self, request: Request) -> Reply:
        if cookie(request) not in self._asked:
            return Reply(401, {"error": {"status-code": "401", "message": "no login waits for a code"}})
        if request.json().get("mfaVerificationCode") != self.mfa:
            return Reply(401, {"responseStatus": {"type": "MFA_CODE_INVALID"}})
        return self._let_in()

    def _let_in(self) -> Reply:
        return Reply(200, {"responseStatus": {"type": "SUCCESSFUL"}, "serviceTicketId": self.ticket("/gcm/ios")})

    def ticket(self, service: str) -> str:
        """A ticket for a service, by how its address ends: good once, and for tokens of that service."""
        ticket = f"ST-{secrets.token_hex(12)}"
        self._tickets[ticket] = service
        self.issued.add(ticket)
        return ticket

    def token(self, request: Request) -> Reply:
        """A ticket, or a refresh token that is good once, for a new pair."""
        form = {name: values[0] for name, values in parse_qs(request.body.decode()).items()}
        client = form.get("client_id", "")
        basic = "Basic " + base64.b64encode(f"{client}:".encode()).decode()
        if not client or request.headers.get("authorization") != basic:
            return Reply(401, {"error": "invalid_client"})
        grant, spent = form.get("grant_type"), form.get("refresh_token", "")
        service = self._tickets.get(form.get("service_ticket", ""))
        if grant == SERVICE_TICKET and service and form.get("service_url", "").endswith(service):
            del self._tickets[form["service_ticket"]]
            return Reply(200, self.issue(client))
        if grant == "refresh_token" and spent in self.refresh:
            self.refresh.discard(spent)
            self.spent.add(spent)
            return Reply(200, self.issue(client))
        if spent in self.spent and self.reuse_kills:
            self.revoke()
        return Reply(400, {"error": "invalid_grant", "error_description": "Invalid refresh token"})

    def issue(self, client: str = "GARMIN_CONNECT_MOBILE_ANDROID_DI_2025Q2") -> dict[str, Any]:
        """A new pair of tokens, as the token endpoint answers it."""
        expires = clock.seconds() + self.ttl
        access, refresh = _jwt(exp=int(expires), client_id=client, jti=secrets.token_hex(8)), secrets.token_urlsafe(24)
        self.access[access] = expires
        self.refresh.add(refresh)
        self.issued |= {access, refresh}
        return {"access_token": access, "refresh_token": refresh, "token_type": "Bearer", "expires_in": int(self.ttl)}

    def admit(self, request: Request) -> None:
        """Raises the 401 of a request without a good access token."""
        kind, _, access = request.headers.get("authorization", "").partition(" ")
        if kind != "Bearer" or self.access.get(access, 0) <= clock.seconds():
            raise Refusal(401, "Token is not active", WWW_Authenticate='Bearer error="invalid_token"')

    def expire(self) -> None:
        """Every access token is over; the refresh tokens are good."""
        self.access.clear()

    def revoke(self) -> None:
        """Everything is over: only a new login helps."""
        self.access.clear()
        self.refresh.clear()


def cookie(request: Request) -> str:
    cookies = dict(one.strip().partition("=")[::2] for one in request.headers.get("cookie", "").split(";"))
    return cookies.get("SESSION", "")


def _jwt(**claims: Any) -> str:
    """A token of the right shape, signed by nobody."""
    parts = ({"alg": "RS256", "typ": "JWT"}, claims)
    coded = (base64.urlsafe_b64encode(json.dumps(part).encode()).decode().rstrip("=") for part in parts)
    return ".".join((*coded, "c2lnbmF0dXJl"))
