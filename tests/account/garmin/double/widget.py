"""The form that Garmin embeds in web pages: each step a page, and a title that says which.

Titles, addresses, redirects and fields are those of recordings of 2023 (garth's tests); that the page which asks for a
code may have the title of the sign-in page is reported since 2026.
"""

from __future__ import annotations

import secrets
from urllib.parse import parse_qs, urlencode

from account.exchange import Refusal, Reply, Request
from account.garmin.double.tokens import Sessions, cookie

SIGN_IN = "GARMIN Authentication Application"
ENTER_CODE = "Enter MFA code for login"
SERVICE = "/sso/embed"


class Widget:
    """The form of one account.

    :param code_title: what the page that asks for a code is called.
    """

    def __init__(self, sessions: Sessions, code_title: str) -> None:
        self.sessions = sessions
        self.code_title = code_title
        self._forms: dict[str, str] = {}
        self._asked: set[str] = set()
        self._passed: set[str] = set()

    def embed(self, _request: Request) -> Reply:
        visitor = secrets.token_hex(8)
        self._forms[visitor] = ""
        return _page("GAuth Embedded Version", visitor=visitor)

    def form(self, request: Request) -> Reply:
        return self._form(self._visitor(request))

    def sign_in(self, request: Request) -> Reply:
        visitor, sent = self._visitor(request), self._sent(request)
        if (sent.get("username"), sent.get("password")) != (self.sessions.email, self.sessions.password):
            return self._form(visitor, 401)
        if self.sessions.mfa is None:
            return self._success()
        self._asked.add(visitor)
        return self._redirect(request, "/sso/verifyMFA/loginEnterMfaCode", **request.query)

    def code_form(self, request: Request) -> Reply:
        visitor = self._visitor(request)
        if visitor not in self._asked:
            raise Refusal(404, "no login waits for a code")
        return self._code_form(visitor)

    def send_code(self, request: Request) -> Reply:
        """The code goes out once more, or for the first time."""
        self._visitor(request)
        return Reply(200, request.json())

    def verify(self, request: Request) -> Reply:
        visitor = self._visitor(request)
        if visitor not in self._asked or self._sent(request).get("mfa-code") != self.sessions.mfa:
            return self._code_form(visitor)
        token = secrets.token_hex(5)
        self._passed.add(token)
        return self._redirect(request, "/sso/login", logintoken=token)

    def login(self, request: Request) -> Reply:
        if request.query.get("logintoken") not in self._passed:
            raise Refusal(404, "no login")
        return self._success()

    def _visitor(self, request: Request) -> str:
        if cookie(request) not in self._forms:
            raise Refusal(403, "no cookie of the first page")
        return cookie(request)

    def _sent(self, request: Request) -> dict[str, str]:
        """The fields of a form, which holds the token of the page that it stood on."""
        sent = {name: values[0] for name, values in parse_qs(request.body.decode()).items()}
        if sent.get("_csrf") != self._forms[self._visitor(request)] or sent.get("embed") != "true":
            raise Refusal(403, "no form of this page")
        return sent

    def _form(self, visitor: str, status: int = 200) -> Reply:
        return _page(SIGN_IN, self._token(visitor), status)

    def _code_form(self, visitor: str) -> Reply:
        """A page of the newer kind has not sent the code yet: its own script asks for that."""
        sent = "" if self.code_title == SIGN_IN else "r*****@example.org"
        words = {"mfaMethod": "email", "codeSentTo": sent, "customerGuid": "0690cc1d", "locale": "", "clientId": ""}
        script = "".join(f'var {name} = "{text}";\n' for name, text in words.items())
        return _page(self.code_title, f"<script>{script}</script>{self._token(visitor)}")

    def _token(self, visitor: str) -> str:
        self._forms[visitor] = secrets.token_hex(16)
        return f'<input type="hidden" name="_csrf" value="{self._forms[visitor]}" />'

    def _success(self) -> Reply:
        ticket = self.sessions.ticket(SERVICE)
        return _page("Success", f'var response_url = "https:\\/\\/sso.garmin.com\\/sso\\/embed?ticket={ticket}";')

    def _redirect(self, request: Request, path: str, **query: str) -> Reply:
        host = request.headers.get("host", "")
        return Reply(302, b"", {"Location": f"http://{host}{path}?{urlencode(query)}"})


def _page(title: str, body: str = "", status: int = 200, visitor: str = "") -> Reply:
    page = f"<html><head>\n    <title>{title}</title>\n</head><body>{body}</body></html>"
    cookie = {"Set-Cookie": f"SESSION={visitor}; Path=/; HttpOnly"} if visitor else {}
    return Reply(status, page.encode(), {"Content-Type": "text/html;charset=UTF-8"} | cookie)
