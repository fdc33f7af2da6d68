"""Texts that compile, with other numbers in them: most of them compile too, and so reach the back end.

The texts are the workouts to start from and every workout on the pages of docs/.
"""

from __future__ import annotations

import re
import textwrap
from pathlib import Path
from random import Random
from typing import Final

ROOT: Final = Path(__file__).parents[2]
ATHLETE: Final = """\
athlete: Example runner
races: [5 km in 22:30]
heart_rate: {max: 188, rest: 48, threshold: 170}
power: {critical: 280 W}
"""
_WORKOUTS: Final = sorted((ROOT / "workouts").rglob("*.workout.yaml"))
FILES: Final = {file.name: file.read_text(encoding="utf-8") for file in _WORKOUTS}
"""What a text may use."""
PLANS: Final = [file.read_text(encoding="utf-8") for file in sorted((ROOT / "workouts" / "plans").glob("*.plan.yaml"))]

_BLOCK: Final = re.compile(r"(?<! -->\n)^```yaml\n(.*?)^```$", re.MULTILINE | re.DOTALL)
"""A block that makes no file: those are shown with mistakes too."""
_COMMENT: Final = re.compile(r"(?:^|[ \t])#[^\n]*", re.MULTILINE)
_NUMBER: Final = re.compile(r"\d+(?:\.\d+)?")
_UNIT: Final = re.compile(r"(?<=[\d ])(?:km|mi|min|m|s|h)\b")
_UNITS: Final = ("km", "mi", "min", "m", "s", "h")
_WILD: Final = "0 1 2 5 7 59 60 61 90 99 100 101 255 256 999 1000 4095 65535 65536 4294967 4294967295 0.1 0.5 2.5 0.001"


def _fragments() -> list[str]:
    found = []
    for page in sorted((ROOT / "docs").glob("*.md")):
        for body in _BLOCK.findall(page.read_text(encoding="utf-8")):
            if body.startswith("workout:"):
                found.append(body)
            elif body.lstrip().startswith("- "):
                found.append(f"workout: Fragment\nsteps:\n{textwrap.indent(textwrap.dedent(body), '  ')}")
    return found


TEXTS: Final = [*FILES.values(), *_fragments()]


def mutated(text: str, random: Random) -> str:
    """A text with one to four of its numbers changed, most by little, now and then a unit; comments are left out."""
    text = _COMMENT.sub("", text)
    for _ in range(random.randint(1, 4)):
        pattern = _UNIT if random.random() < 0.1 else _NUMBER
        places = list(pattern.finditer(text))
        if places:
            found = random.choice(places)
            other = random.choice(_UNITS) if pattern is _UNIT else _other(found.group(), random)
            text = text[: found.start()] + other + text[found.end() :]
    return text


def _other(number: str, random: Random) -> str:
    kind = random.random()
    if kind < 0.1:
        return random.choice(_WILD.split())
    if kind < 0.2 and "." not in number:
        return f"{number}.{random.choice(('5', '25', '75', '1', '05', '125'))}"
    whole, point, decimals = number.partition(".")
    changed = int(whole) + random.choice((-1, 1)) if kind < 0.6 else round(int(whole) * random.uniform(0.7, 1.5))
    return f"{max(changed, 0):0{len(whole)}}{point}{decimals}"
