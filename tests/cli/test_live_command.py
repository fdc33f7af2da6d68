"""``--live``: what it takes, what it says, and how it ends; what it shows is tested in ``tests/live``."""

import http.client
import os
import re
import shlex
import signal
from pathlib import Path
from urllib.parse import urlsplit

import pytest

from live.saving import followed
from negsplit.cli import live
from negsplit.live.following import Follower

ROOT = Path(__file__).parents[2]
ADDRESS = re.compile(r"http://127\.0\.0\.1:\d+/[\w-]{43}/")
WAITS = "open it in a browser on this computer: it follows each save; Ctrl-C ends it"


@pytest.fixture
def shown(monkeypatch):
    """What would be shown: the program is interrupted once it has looked at its files."""
    views = []

    class Brief(Follower):
        def __init__(self, top, make, tell):
            super().__init__(top, make, lambda view: (views.append(view), tell(view)))

        def look(self, now):
            if views:
                raise KeyboardInterrupt
            return super().look(now)

    monkeypatch.setattr("negsplit.cli.live.Follower", Brief)
    return views


@pytest.fixture
def opened(monkeypatch):
    """The addresses that a browser is told to open; whether it does, and whether somebody sits before a terminal."""
    for name in ("DISPLAY", "WAYLAND_DISPLAY", "BROWSER"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setattr("sys.platform", "linux")

    class Asked(list):
        can = True

    asked = Asked()
    monkeypatch.setattr("webbrowser.open", lambda address: asked.append(address) or asked.can)
    return asked


def spoken(run):
    """What a run said, with another address in the place of the one that is new each time."""
    return ADDRESS.sub("ADDRESS", run.out).splitlines()


def test_it_prints_the_address_and_ends_as_everything_does_that_is_interrupted(cli, write, shown, opened):
    write("easy.workout.yaml")
    run = cli("show", "easy.workout.yaml", "--live")
    assert spoken(run) == ["easy.workout.yaml: ADDRESS", WAITS]
    assert (run.status, run.err.split()) == (130, ["interrupted"])
    assert (shown[0].name, "easy" in shown[0].page) == ("easy.workout.yaml", True)
    assert opened == []


def test_quiet_says_the_address_alone(cli, write, shown, opened):
    write("easy.workout.yaml")
    assert spoken(cli("show", "easy.workout.yaml", "--live", "-q")) == ["easy.workout.yaml: ADDRESS"]


@pytest.mark.parametrize("words", [["plan", "show"], ["show"]])
def test_a_plan_is_followed_by_either_command(cli, plan, shown, opened, words):
    plan()
    run = cli(*words, "spring.plan.yaml", "--live", "--weeks", "1", "--athlete", "5 km in 22:30")
    assert spoken(run)[0] == "spring.plan.yaml: ADDRESS"
    assert "Week 1" in shown[0].page
    assert "Week 2" not in shown[0].page


def test_a_folder_is_followed_and_may_be_used_from_below(cli, write, shown, opened):
    write("all/below/main.workout.yaml", "workout: Main\nsteps: [use: ../block.workout.yaml]\n")
    path = write("all/block.workout.yaml")
    os.utime(path, (1, 1))
    assert spoken(cli("show", "all", "--live"))[0] == "all: ADDRESS"
    assert (shown[0].name, shown[0].is_old, shown[0].messages) == ("below/main.workout.yaml", False, ())


def test_options_count_as_they_do_without_it(cli, write, shown, opened):
    write("me.yaml", "athlete: Anna\nraces: [5 km in 22:30]\n")
    write("lib/block.workout.yaml", "workout: Block\nsteps: 1 km @ threshold\n")
    write("main.workout.yaml", "workout: Main\nsteps: [use: block.workout.yaml]\n")
    cli("show", "main.workout.yaml", "--live", "--athlete", "me.yaml", "--library", "lib")
    assert "for Anna" in shown[0].page
    assert cli("show", "main.workout.yaml", "--live", "--device", "fenix99").status == 2


def test_a_file_with_mistakes_is_followed_too(cli, write, shown, opened):
    write("easy.workout.yaml", "workout: Easy\nsteps: 15\n")
    assert cli("show", "easy.workout.yaml", "--live").status == 130
    assert "error[missing-unit]" in shown[0].messages[0].text


@pytest.mark.parametrize(
    ("name", "content", "code"),
    [("nothing.workout.yaml", None, "unreadable"), ("bytes.yaml", b"workout: \xff\xfe\x00\n", "encoding")],
)
def test_what_cannot_be_read_at_all_is_told_at_once(cli, write, shown, opened, name, content, code):
    if content:
        write(name, content)
    run = cli("show", name, "--live")
    assert (run.status, run.out, run.codes) == (1, "", [code])


@pytest.mark.parametrize(
    ("words", "why"),
    [
        (["a.yaml", "-o", "a.html"], "--live shows a file in your browser as you save it: leave out -o"),
        (["a.yaml", "--format", "svg"], "--live shows a file in your browser as you save it: leave out --format"),
        (
            ["-e", "1 km", "--expand", "-o", "x"],
            "--live shows a file in your browser as you save it: leave out -e, --expand and -o",
        ),
        ([], "name a file or a folder for --live to follow"),
    ],
)
def test_what_does_not_go_with_it_is_wrong_usage(cli, words, why):
    run = cli("show", "--live", *words)
    assert (run.status, run.err.splitlines()[0]) == (2, f"error: {why}")


@pytest.mark.parametrize(
    ("words", "why"),
    [
        (["--changes"], "--live shows a file in your browser as you save it: leave out --changes"),
        (["-o", "a.html"], "--live shows a file in your browser as you save it: leave out -o"),
        (["--athlete", "a.yaml", "--athlete", "b.yaml"], "--live is for one runner: name one athlete file"),
        (["--weeks", "x"], None),
    ],
)
def test_what_does_not_go_with_a_plan_is_wrong_usage(cli, plan, words, why):
    plan()
    run = cli("plan", "show", "spring.plan.yaml", "--live", *words)
    assert run.status == 2
    assert why is None or run.err.splitlines()[0] == f"error: {why}"


@pytest.mark.parametrize(
    ("screen", "is_terminal", "can", "is_opened"),
    [
        ("DISPLAY", True, True, True),
        ("WAYLAND_DISPLAY", True, True, True),
        ("BROWSER", True, True, True),
        ("DISPLAY", True, False, False),
        ("DISPLAY", False, True, False),
        (None, True, True, False),
    ],
)
def test_a_browser_is_opened_where_somebody_sees_it(opened, monkeypatch, screen, is_terminal, can, is_opened):
    if screen:
        monkeypatch.setenv(screen, "x")
    opened.can = can
    with monkeypatch.context() as there:
        there.setattr("sys.stdout.isatty", lambda: is_terminal, raising=False)
        found = live.is_opened("ADDRESS")
    assert found == is_opened
    assert opened == ["ADDRESS"] * (screen is not None and is_terminal)


def test_who_has_a_browser_open_is_told_so(cli, write, shown, monkeypatch):
    monkeypatch.setattr("negsplit.cli.live.is_opened", lambda _: True)
    write("easy.workout.yaml")
    run = cli("show", "easy.workout.yaml", "--live")
    assert spoken(run)[1] == "the page in your browser follows each save; Ctrl-C ends it"


@pytest.mark.skipif(os.name != "posix", reason="this system ends its processes in other ways")
def test_an_interrupt_ends_it_and_its_windows_are_told(write, heard):
    write("easy.workout.yaml")
    with followed("easy.workout.yaml") as (process, address):
        at = urlsplit(address)
        connection = http.client.HTTPConnection(at.hostname, at.port, timeout=60)
        connection.request("GET", f"{at.path}events")
        answer = connection.getresponse()
        assert next(line for line in answer if line.startswith(b"data: "))
        process.send_signal(signal.SIGINT)
        assert b"event: end\n" in answer.read()
        connection.close()
        _, said = process.communicate(timeout=60)
    assert (process.returncode, said.split()) == (130, ["interrupted"])


# --- The docs ----------------------------------------------------------------------------------

SHOWN = [
    line.removeprefix("$ ").partition("  #")[0]
    for page in (ROOT / "README.md", *sorted((ROOT / "docs").glob("*.md")))
    for line in page.read_text(encoding="utf-8").splitlines()
    if re.match(r"(\$ )?negsplit .*--live", line)
]


@pytest.mark.parametrize("line", SHOWN)
def test_the_commands_of_the_docs_follow_something(cli, write, plan, shown, opened, line):
    write("tuesday.workout.yaml")
    plan()
    run = cli(*shlex.split(line)[1:])
    assert (run.status, len(spoken(run))) == (130, 2)
    assert [one.text for one in shown[0].messages if one.text.startswith("error")] == []


def test_the_docs_show_what_it_says(cli, write, shown, monkeypatch):
    assert len(SHOWN) >= 3
    monkeypatch.setattr("negsplit.cli.live.is_opened", lambda _: True)
    write("tuesday.workout.yaml")
    said = "\n".join(spoken(cli("show", "tuesday.workout.yaml", "--live")))
    assert f"```text\n{said}\n```" in ADDRESS.sub("ADDRESS", (ROOT / "docs" / "editors.md").read_text("utf-8"))
