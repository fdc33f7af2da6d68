"""What `test_spread.py` lets other processes do: those import it by this name."""

import os
import signal


def squared(shared, item):
    return shared["plus"] + item * item


def dies_once(folder, item):
    """Kills its process the first time that it comes to an item."""
    if item == 5 and not (folder / "died").exists():
        (folder / "died").touch()
        os.kill(os.getpid(), signal.SIGKILL)
    return item, os.getpid()


def dies_always(parent, item):
    if item == 5 and os.getpid() != parent:
        os.kill(os.getpid(), signal.SIGKILL)
    return item


def raises(_shared, item):
    if item == 3:
        raise ZeroDivisionError
    return item
