"""Who is told what, over real sockets."""

import http.client
import socket
from contextlib import contextmanager

import pytest

from negsplit.live.page import FRAME
from negsplit.live.server import Server


@pytest.fixture
def chosen():
    return []


@pytest.fixture
def server(chosen):
    with Server(chosen.append) as running:
        yield running


def ask(server, path="", method="GET", body=None, **headers):
    """The status of an answer, and its text."""
    given = {"Host": server.host, **headers}
    sent = None if body is None else body.encode()
    connection = http.client.HTTPConnection(*server.server_address, timeout=60)
    connection.putrequest(method, server.path + path if not path.startswith("/") else path, skip_host=True)
    for name, value in (given | ({} if sent is None else {"Content-Length": str(len(sent))})).items():
        if value is not None:
            connection.putheader(name, value)
    connection.endheaders(sent)
    answer = connection.getresponse()
    text = answer.read().decode()
    connection.close()
    return answer.status, text


@contextmanager
def window(server):
    """A window that is open: what it is told, line by line."""
    connection = http.client.HTTPConnection(*server.server_address, timeout=60)
    connection.request("GET", f"{server.path}events")
    answer = connection.getresponse()
    assert (answer.status, answer.headers.get_content_type()) == (200, "text/event-stream")
    try:
        yield (line.decode().rstrip("\n") for line in answer)
    finally:
        answer.close()
        connection.close()


def told(lines):
    """What the next event says."""
    return next(line.removeprefix("data: ") for line in lines if line.startswith("data: "))


def test_the_page_is_there_for_whoever_knows_its_address(server):
    assert ask(server) == (200, FRAME)
    assert ask(server, Origin=f"http://{server.host}") == (200, FRAME)
    assert server.address == f"http://127.0.0.1:{server.server_address[1]}{server.path}"


def test_only_this_computer_is_listened_to(server):
    assert server.socket.getsockname()[0] == "127.0.0.1"
    assert server.socket.family == socket.AF_INET


def test_no_two_addresses_are_the_same():
    with Server(print) as one, Server(print) as other:
        assert one.path != other.path
        assert one.server_address != other.server_address
        assert len(one.path.strip("/")) >= 43, "32 random bytes"


@pytest.mark.parametrize(
    "host", ["evil.example", "evil.example:80", "localhost:{port}", "127.0.0.1", "127.0.0.1:1", "", None]
)
def test_another_name_that_leads_here_is_refused(server, host):
    """As a page does whose name is bound to this computer while it is open."""
    host = host and host.format(port=server.server_address[1])
    for path in ("", "events", "shown", "/"):
        assert ask(server, path, Host=host) == (403, "")


def test_two_hosts_are_refused(server):
    request = f"GET {server.path} HTTP/1.1\r\nHost: {server.host}\r\nHost: evil.example\r\n\r\n"
    with socket.create_connection(server.server_address) as connection, connection.makefile("rb") as answer:
        connection.sendall(request.encode())
        assert answer.readline().split()[1] == b"403"


@pytest.mark.parametrize("origin", ["http://evil.example", "https://{host}", "http://{host}:80", "null", ""])
def test_the_page_of_somebody_else_is_refused(server, chosen, origin):
    origin = origin.format(host=server.host)
    for path in ("", "events"):
        assert ask(server, path, Origin=origin) == (403, "")
    assert ask(server, "shown", "POST", "a", Origin=origin) == (403, "")
    assert chosen == []


@pytest.mark.parametrize(
    "path", ["/", "/favicon.ico", "/events", "/x/events", "{short}", "{other}", "{path}nothing", "{path}../", "//x/"]
)
def test_what_is_nowhere_is_not_found(server, path):
    other = server.path[:-2] + ("a" if server.path[-2] != "a" else "b") + "/"
    path = path.format(short=server.path[:-1], other=other, path=server.path)
    assert ask(server, path) == (404, "")
    assert ask(server, path, "POST", "a", Origin=f"http://{server.host}") == (404, "")


def test_nobody_else_may_load_or_frame_it(server):
    connection = http.client.HTTPConnection(*server.server_address, timeout=60)
    connection.request("GET", server.path)
    headers = connection.getresponse().headers
    connection.close()
    assert headers["Cross-Origin-Resource-Policy"] == "same-origin"
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert headers["Referrer-Policy"] == "no-referrer"
    assert headers["Cache-Control"] == "no-store"
    assert "frame-ancestors 'none'" in headers["Content-Security-Policy"]
    assert "Access-Control-Allow-Origin" not in headers


def test_a_window_is_told_what_there_is_and_what_comes(server):
    server.publish("one")
    with window(server) as lines:
        assert told(lines) == "one"
        server.publish("two")
        assert told(lines) == "two"


def test_all_windows_are_told_the_same_and_late_ones_the_last(server):
    with window(server) as first, window(server) as second:
        for event in ("one", "two"):
            server.publish(event)
            assert [told(first), told(second)] == [event, event]
        with window(server) as third:
            assert told(third) == "two"


def test_a_window_that_is_closed_does_not_disturb_the_others(server, capfd):
    with window(server) as lines:
        with window(server):
            pass
        for number in range(200):
            server.publish(f"{number} " + "x" * 10_000)
        assert next(line for line in lines if line.startswith("data: 199"))
    assert capfd.readouterr() == ("", "")


def test_the_end_is_told(chosen):
    with Server(chosen.append) as server:
        lines = window(server)
        opened = lines.__enter__()
        server.publish("last")
        assert told(opened) == "last"
    assert "event: end" in list(opened)
    lines.__exit__(None, None, None)


def test_a_choice_is_heard_from_our_own_page_alone(server, chosen):
    ours = f"http://{server.host}"
    assert ask(server, "shown", "POST", "ä.workout.yaml", Origin=ours) == (204, "")
    assert ask(server, "shown", "POST", "b.workout.yaml") == (403, ""), "a browser says where a change comes from"
    assert ask(server, "", "POST", "c", Origin=ours) == (404, "")
    assert ask(server, "shown", "POST", "d" * 10_001, Origin=ours)[0] == 404
    assert ask(server, "shown", "POST", None, Origin=ours)[0] == 404
    assert ask(server, "shown")[0] == 404
    assert chosen == ["ä.workout.yaml"]


def test_other_methods_are_not_known(server):
    assert ask(server, "", "PUT", "x")[0] == 501
    assert ask(server, "", "OPTIONS")[0] == 501
