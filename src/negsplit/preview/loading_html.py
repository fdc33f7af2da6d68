"""The page that lies beside the files in an archive: how they get onto a watch and into a calendar."""

from __future__ import annotations

from collections.abc import Sequence

from negsplit.preview.page import document, element

_COPY = (
    "Unpack this archive.",
    "Plug your watch in with its USB cable. It appears as a drive, or as a device like a phone.",
    "Open its folder GARMIN, and in that NewFiles. Drag all files that end in .fit into it.",
)
_EJECT = "Eject the watch and unplug it. It imports the workouts: you find them under Training, Workouts."
_SCHEDULE = "Drag SCHEDULE.FIT there too: it puts the workouts on their days in the calendar of the watch."
_SCHEDULES = "Each plan has a SCHEDULE.FIT, and a watch takes one at a time: drag that of the plan you run now."
_CALENDAR = "is the same plan for the calendar of your phone or computer: open it there, or import it."
_PAGE = "is the plan to read and to print. It opens in any browser."
_UNSEEN = (
    "No files? In the system settings of the watch, set USB mode to MTP or to mass storage, not to Garmin. "
    "On a Mac, a watch that shows up like a phone needs a program that can open it."
)


def page(title: str, files: Sequence[str]) -> str:
    """One file that says what to do with an archive of these files; nothing loaded, nothing run."""
    lines = [element("h1", title, "name")]
    schedules = [name for name in files if name.rpartition("/")[2] == "SCHEDULE.FIT"]
    workouts = [name for name in files if name.endswith(".fit")]
    if workouts:
        days = [_SCHEDULES if len(schedules) > 1 else _SCHEDULE] if schedules else []
        steps = "".join(element("li", text) for text in (*_COPY, *days, _EJECT))
        lines += [element("h2", "Onto your watch", "part"), f"<ol>{steps}</ol>", element("p", _UNSEEN, "small")]
    for head, ending, words in (("Into your calendar", ".ics", _CALENDAR), ("On paper", ".html", _PAGE)):
        if names := [name for name in files if name.endswith(ending)]:
            lines += [element("h2", head, "part"), *(element("p", f"{name} {words}") for name in names)]
    return document(title, "".join(f"{line}\n" for line in lines))
