"""Hands what is shown to the windows of a browser on this computer, and to nobody else."""

from __future__ import annotations

import hmac
import secrets
import sys
from collections.abc import Callable
from http import HTTPStatus
from http.server import BaseHTTPRequestHandler
from socketserver import ThreadingTCPServer
from threading import Condition, Thread
from typing import Any, Final

from negsplit.live.page import FRAME, POLICY

_HERE: Final = "127.0.0.1"
_BEAT: Final = 15.0
"""Seconds without news after which a window is told that nothing is new: one that was closed is noticed by that."""
_GOODBYE: Final = 0.5
"""Seconds at the end in which the windows are told of it."""
_END_SOON: Final = 0.1
"""Seconds until the end is noticed."""
_MOST: Final = 10_000
"""Bytes of what a window asks for."""
_HEADERS: Final = {
    "Content-Security-Policy": POLICY,
    "Cache-Control": "no-store",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Referrer-Policy": "no-referrer",
    "X-Content-Type-Options": "nosniff",
}


class Server(ThreadingTCPServer):
    """A page on the loopback, below a path that nobody can guess; a stream tells its windows what to show.

    ``choose`` is given what somebody picked in one of them. All that is done here is done in threads of its own.
    """

    daemon_threads = True

    def __init__(self, choose: Callable[[str], None]) -> None:
        super().__init__((_HERE, 0), _Request)
        self.choose = choose
        self.host = f"{_HERE}:{self.server_address[1]}"
        self.path = f"/{secrets.token_urlsafe()}/"
        self._news, self._number, self._event = Condition(), 0, ""
        self._windows, self._is_over = 0, False

    @property
    def address(self) -> str:
        """Where a browser finds the page."""
        return f"http://{self.host}{self.path}"

    def __enter__(self) -> Server:
        Thread(target=self.serve_forever, args=(_END_SOON,), daemon=True).start()
        return self

    def __exit__(self, *_: object) -> None:
        """Tells the windows that this is the end."""
        with self._news:
            self._is_over = True
            self._news.notify_all()
            self._news.wait_for(lambda: not self._windows, _GOODBYE)
        self.shutdown()
        self.server_close()

    def publish(self, event: str) -> None:
        """What all windows show from now on, those too that are opened later: one line of text."""
        with self._news:
            self._number, self._event = self._number + 1, event
            self._news.notify_all()

    def stream(self, write: Callable[[str], None]) -> None:
        """Writes the last event, and each that is the last one later, to a window until the end.

        :raises OSError: where the window is closed.
        """
        shown = 0
        with self._news:
            self._windows += 1
        try:
            write("retry: 500\n\n")
            while True:
                with self._news:
                    self._news.wait_for(lambda: self._is_over or self._number > shown, _BEAT)  # noqa: B023
                    is_over, shown, event = self._is_over, self._number, self._event if self._number > shown else ""
                write(f"data: {event}\n\n" if event else ":\n\n")
                if is_over:
                    write("event: end\ndata:\n\n")
                    return
        finally:
            with self._news:
                self._windows -= 1
                self._news.notify_all()

    def handle_error(self, request: Any, client_address: Any) -> None:
        """A window that is closed in the middle of something is none."""
        if not isinstance(sys.exception(), OSError):
            super().handle_error(request, client_address)


class _Request(BaseHTTPRequestHandler):
    """One request. Whoever is not sent by our own page, or by the address that was printed, is told nothing."""

    server: Server
    timeout = 30

    def do_GET(self) -> None:
        match self._asked():
            case "":
                self._answer(HTTPStatus.OK, "text/html; charset=utf-8", FRAME)
            case "events":
                self._answer(HTTPStatus.OK, "text/event-stream")
                self.server.stream(self._write)
            case str():
                self._answer(HTTPStatus.NOT_FOUND)

    def do_POST(self) -> None:
        asked = self._asked()
        size = self.headers.get("Content-Length", "")
        if asked == "shown" and size.isdecimal() and int(size) <= _MOST:
            self.server.choose(self.rfile.read(int(size)).decode(errors="replace"))
            self._answer(HTTPStatus.NO_CONTENT)
        elif asked is not None:
            self._answer(HTTPStatus.NOT_FOUND)

    @property
    def _origin(self) -> list[str]:
        return self.headers.get_all("Origin", [])

    def _asked(self) -> str | None:
        """What is asked for below our path; None where that was refused.

        Another host is a name of somebody else's that leads here, another origin a page of somebody else's.
        """
        host, secret = self.server.host, self.server.path
        if self.headers.get_all("Host") != [host] or self._origin not in self._origins(host):
            self._answer(HTTPStatus.FORBIDDEN)
        elif not hmac.compare_digest(self.path[: len(secret)].encode(), secret.encode()):
            self._answer(HTTPStatus.NOT_FOUND)
        else:
            return self.path.removeprefix(secret)
        return None

    def _origins(self, host: str) -> list[list[str]]:
        """What a request may say of the page it comes from. A browser may say nothing where it only reads."""
        ours = [f"http://{host}"]
        return [ours] if self.command == "POST" else [ours, []]

    def _answer(self, status: HTTPStatus, form: str = "text/plain", text: str = "") -> None:
        self.send_response(status)
        for name, value in {"Content-Type": form, **_HEADERS}.items():
            self.send_header(name, value)
        self.end_headers()
        self._write(text)

    def _write(self, text: str) -> None:
        self.wfile.write(text.encode())

    def version_string(self) -> str:
        return "negsplit"

    def log_message(self, *_: object) -> None:
        """Nothing: the terminal is for what is wrong with files."""
