"""What was asked, kept for the questions of tests: did anything write, and where did a secret go?"""

from __future__ import annotations

from account.exchange import Request

LOGIN = ("/mobile/", "/portal/", "/sso/", "/di-oauth2-service/")
"""Where paths of login and tokens begin; everything else is the account itself."""
READS_BY_POST = "/graphql-gateway/graphql"


class Log:
    """Every request in order, and the violations: what no client of this service should ever ask."""

    def __init__(self) -> None:
        self.requests: list[Request] = []
        self.violations: list[str] = []

    def __len__(self) -> int:
        return len(self.requests)

    @property
    def logins(self) -> list[Request]:
        return [one for one in self.requests if one.path.startswith(LOGIN)]

    @property
    def account(self) -> list[Request]:
        return [one for one in self.requests if not one.path.startswith(LOGIN)]

    @property
    def writes(self) -> list[Request]:
        """What asked for a change in the account, done or not."""
        return [one for one in self.account if one.method != "GET" and one.path != READS_BY_POST]

    @property
    def said(self) -> list[str]:
        """The requests as people say them: ``GET /workout-service/workouts``."""
        return [f"{one.method} {one.path}" for one in self.requests]

    def holding(self, secret: str) -> set[tuple[str, str]]:
        """Where a text went, as pairs of path and part: ``url``, the name of a header, or ``body``."""
        found = set()
        for one in self.requests:
            url = one.path + "".join(f"?{name}={text}" for name, text in one.query.items())
            parts = {"url": url, **one.headers, "body": one.body.decode("utf-8", "replace")}
            found |= {(one.path, part) for part, text in parts.items() if secret in text}
        return found

    def clear(self) -> None:
        self.requests.clear()
        self.violations.clear()
