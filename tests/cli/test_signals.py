"""Signals that ask for the end: what is cleared up, what is said, and what is left unheard."""

import os
import pty
import signal
import subprocess
import sys

import pytest

from negsplit.cli import signals

ASKS = [sys.executable, "-m", "negsplit", "athlete", "init"]
FIRST_WORDS = b"Press Enter"
ALL = [getattr(signal, name) for name in ("SIGINT", "SIGTERM", "SIGHUP") if hasattr(signal, name)]

pytestmark = pytest.mark.skipif(os.name != "posix", reason="this system ends its processes in other ways")


@pytest.mark.parametrize("number", ALL)
def test_more_signals_do_not_disturb_what_the_first_one_has_begun(heard, number):
    before = [signal.getsignal(one) for one in ALL]
    cleared = []

    def work():
        try:
            os.kill(os.getpid(), number)
        finally:
            for one in ALL:
                os.kill(os.getpid(), one)
            try:
                raise OSError
            except OSError:
                os.kill(os.getpid(), number)
            cleared.append("everything")

    with signals.heeded():
        with pytest.raises(signals.Ended) as caught:
            work()
        with pytest.raises(signals.Ended):  # the first may get lost on its way; that does not make the run deaf
            os.kill(os.getpid(), number)
    assert cleared
    assert signals.end(caught.value)[0] == 128 + number
    assert [signal.getsignal(one) for one in ALL] == before


def test_a_hangup_that_is_ignored_from_the_beginning_stays_ignored(heard):
    """As under nohup. It comes when the program has begun to speak, so behind all that it prepares."""
    ignoring = ["sh", "-c", 'trap "" HUP; exec "$@"', "sh", *ASKS]
    with subprocess.Popen(ignoring, stdin=subprocess.PIPE, stderr=subprocess.PIPE) as process:
        assert process.stderr.readline().startswith(FIRST_WORDS)
        process.send_signal(signal.SIGHUP)
        _, said = process.communicate(b"Anna\n", timeout=60)
    assert process.returncode == 1
    assert b"the input ended before" in said


def test_a_terminal_that_is_closed_ends_what_waits_there(heard):
    """The first terminal that the leader of a session opens is its own. Nobody is left to be told."""
    ours, theirs = pty.openpty()
    there = ["sh", "-c", 'exec "$@" <"$0" >"$0" 2>"$0"', os.ttyname(theirs), *ASKS]
    with subprocess.Popen(there, stdin=subprocess.DEVNULL, start_new_session=True) as process:
        shown = b""
        while FIRST_WORDS not in shown:
            shown += os.read(ours, 4096)
        os.close(theirs)
        os.close(ours)
        assert process.wait(timeout=60) == 129
    assert os.listdir() == []


def test_who_is_told_of_a_closed_terminal_by_the_end_of_its_input_alone_ends_as_by_the_signal(heard):
    """A terminal tells its readers first, and only then the session that it leads; this one is in another session."""
    ours, theirs = pty.openpty()
    with subprocess.Popen(ASKS, stdin=theirs, stdout=theirs, stderr=theirs, start_new_session=True) as process:
        os.close(theirs)
        shown = b""
        while FIRST_WORDS not in shown:
            shown += os.read(ours, 4096)
        os.close(ours)
        assert process.wait(timeout=60) == 129
    assert os.listdir() == []
