"""The page that lies beside the files in an archive: how they get onto a watch and into a calendar."""

from __future__ import annotations

from collections.abc import Sequence

from negsplit.preview.page import document, element

_WATCH = (
    "Unpack this archive.",
    "Plug your watch in with its USB cable. It appears as a drive, or as a device like a phone.",
    "Open its folder GARMIN, and in that NewFiles. Drag all files that end in .fit into it, SCHEDULE.FIT too.",
    "Eject the watch and unplug it. It imports the workouts: you find them under Training, Workouts, "
    "and on their days in its calendar.",
)
_CALENDAR = "plan.ics is the same plan for the calendar of your phone or computer: open it there, or import it."
_PAGE = "plan.html is the plan to read and to print. It opens in any browser."
_UNSEEN = (
    "No files? In the system settings of the watch, set USB mode to MTP or to mass storage, not to Garmin. "
    "On a Mac, a watch that shows up like a phone needs a program that can open it."
)


def page(title: str, files: Sequence[str]) -> str:
    """One file that says what to do with an archive of these files; nothing loaded, nothing run."""
    lines = [element("h1", title, "name")]
    if any(name.lower().endswith(".fit") for name in files):
        steps = "".join(element("li", text) for text in _WATCH)
        lines += [element("h2", "Onto your watch", "part"), f"<ol>{steps}</ol>", element("p", _UNSEEN, "small")]
    if "plan.ics" in files:
        lines += [element("h2", "Into your calendar", "part"), element("p", _CALENDAR)]
    if "plan.html" in files:
        lines += [element("h2", "On paper", "part"), element("p", _PAGE)]
    return document(title, "".join(f"{line}\n" for line in lines))
