import os
import subprocess
import sys

import pytest

from negsplit.watch.ways.containment import contained

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="the C library is asked for as on Linux and macOS")

PRINTING = """
import ctypes, os, sys
from negsplit.watch.ways.containment import contained
c = ctypes.CDLL(None)
print("before")
os.environ.pop("HOME", None)
try:
    with contained():
        c.printf(b"late\\n")
        os.write(1, b"out\\n"), os.write(2, b"err\\n")
        print("python")
        assert os.environ["HOME"] == "/"
        raise ZeroDivisionError
except ZeroDivisionError:
    print("after", "HOME" in os.environ)
"""


def test_what_is_printed_goes_nowhere_and_what_others_print_stays():
    buffered = {name: value for name, value in os.environ.items() if name != "PYTHONUNBUFFERED"}
    ran = subprocess.run([sys.executable, "-c", PRINTING], env=buffered, capture_output=True, text=True, check=True)
    assert (ran.stdout, ran.stderr) == ("before\nafter False\n", "")


def test_a_home_that_is_there_is_kept(monkeypatch):
    monkeypatch.setenv("HOME", "/somewhere")
    with contained():
        assert os.environ["HOME"] == "/somewhere"
    assert os.environ["HOME"] == "/somewhere"


CLOSING = """
import os, sys
from negsplit.watch.ways.containment import contained
closed = {}
for stream in closed:
    os.close(stream)
with contained():
    os.write(1, b"x"), os.write(2, b"x")
for stream in {{1, 2}}:
    try:
        os.fstat(stream)
        still = True
    except OSError:
        still = False
    if still == (stream in closed):
        os._exit(1)
os._exit(0)
"""


@pytest.mark.parametrize("closed", [[], [1], [2], [0, 1], [0, 2], [1, 2]])
def test_streams_that_were_closed_are_closed_again_and_the_others_work(closed):
    ran = subprocess.run([sys.executable, "-c", CLOSING.format(closed)], capture_output=True, check=False)
    assert (ran.returncode, ran.stdout, ran.stderr) == (0, b"", b"")
