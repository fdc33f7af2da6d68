"""A server on a port of the loopback in front of a double: what is asked, what is answered, and what spoils that."""

from __future__ import annotations

import threading
from abc import ABC, abstractmethod
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from types import TracebackType
from typing import Any, Self
from urllib.parse import parse_qsl, urlsplit

from account.exchange import Reply, Request
from account.faults import Fault, Faults, Kind
from account.log import Log


class Served(ABC):
    """A double on a port of the loopback, from ``start`` to ``stop`` or within ``with``: all but what it answers."""

    def __init__(self) -> None:
        self.faults = Faults()
        self.log = Log()
        self._lock = threading.RLock()
        self._stopping = threading.Event()
        self._server = Server(self)

    @property
    def known_by(self) -> set[str]:
        """Words of which one stands in the head or the body of each request of its owner, where there are others."""
        return set()

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self._server.server_port}"

    def start(self) -> Self:
        threading.Thread(target=self._server.serve_forever, args=(0.002,), daemon=True).start()
        return self

    def stop(self) -> None:
        self._stopping.set()
        self._server.shutdown()
        self.close_port()

    def close_port(self) -> None:
        """For one that is never started, because it is asked by :meth:`meet` alone."""
        self._server.server_close()

    def __enter__(self) -> Self:
        return self.start()

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.stop()

    def fault(self, method: str, path: str, kind: Kind, **more: Any) -> Fault:
        """Something that will go wrong; see :class:`Fault`."""
        fault = Fault(method, path, kind, **more)
        self.faults.add(fault)
        return fault

    def meet(self, request: Request) -> tuple[Reply, Fault | None]:
        """What is answered to a request, and what goes wrong with the answer where that is more than its content."""
        self.log.requests.append(request)
        fault = self.faults.take(request.method, request.path)
        if fault is None:
            return self.answer(request), None
        request.fault = f"{fault.kind} {fault.when}"
        if fault.kind == "twice":
            first, second = self.answer(request), self.answer(request)
            return (second if fault.when == "after" else first), None
        reply = self.answer(request) if fault.when == "after" else Reply()
        return (fault.spoilt(reply) if fault.answers else reply), fault

    @abstractmethod
    def answer(self, request: Request) -> Reply:
        """What the service does and answers when nothing goes wrong on the way."""

    def wait(self, seconds: float) -> bool:
        """Says nothing, until it is stopped at the latest; whether that was it."""
        return self._stopping.wait(seconds)


class Server(ThreadingHTTPServer):
    daemon_threads = True
    block_on_close = False

    def __init__(self, double: Served) -> None:
        self.double = double
        super().__init__(("127.0.0.1", 0), Handler)

    def handle_error(self, request: Any, client_address: Any) -> None:
        """A client that hung up is what some tests are about."""


class Handler(BaseHTTPRequestHandler):
    server: Server
    protocol_version = "HTTP/1.1"
    # Without these two a kept connection waits 40 ms for each answer.
    disable_nagle_algorithm = True
    wbufsize = -1

    def _serve(self) -> None:
        double = self.server.double
        url = urlsplit(self.path)
        body = self.rfile.read(int(self.headers.get("Content-Length") or 0))
        headers = {name.lower(): text for name, text in self.headers.items()}
        request = Request(self.command, url.path, dict(parse_qsl(url.query)), headers, body)
        reply, fault = double.meet(request)
        kind = fault.kind if fault else ""
        if fault and kind == "stall":
            double.wait(fault.delay)
        if fault and kind.startswith("drip"):
            self._drip(request, fault)
        elif kind in ("drop", "stall"):
            self.close_connection = True
        else:
            self._send(request, reply, half=kind == "cut")

    do_GET = do_POST = do_PUT = do_DELETE = _serve  # noqa: N815 - the names the standard library calls

    def _send(self, request: Request, reply: Reply, half: bool = False) -> None:
        body = reply.bytes()
        request.status = reply.status
        self.send_response(reply.status)
        for name, text in reply.headers_of(body).items():
            self.send_header(name, text)
        self.end_headers()
        self.wfile.write(body[: len(body) // 2] if half else body)
        self.close_connection = self.close_connection or half

    def _drip(self, request: Request, fault: Fault) -> None:
        """A byte now and then, until the client has had enough or the double is stopped."""
        self.close_connection = True
        if fault.kind == "drip":
            request.status = 200
            self.send_response(200)
            self.end_headers()
        while not self.server.double.wait(fault.delay):
            self.wfile.write(b" ")
            self.wfile.flush()

    def log_message(self, format: str, *args: Any) -> None:
        """Nothing on the terminal: the log is :class:`Log`."""
