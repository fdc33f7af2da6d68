"""Writes the pictures of all workouts and plans, and the page that shows them, into ``docs/``: ``make docs``.

Names, groups and words are those of ``workouts/README.md``, the paces those of ``workouts/athlete.yaml``.
"""

import re
from collections.abc import Iterator
from pathlib import Path

from negsplit.compile import device
from negsplit.desk.compiler import Compiler
from negsplit.desk.inputs import Input
from negsplit.plan.totals import totals
from negsplit.preview import plan_svg
from negsplit.preview.svg import svg

ROOT = Path(__file__).parents[1]
DOCS = ROOT / "docs"
WORKOUTS = ROOT / "workouts"
_ROW = re.compile(
    r"^\|(?: *(?:\*\*(?P<group>[^*]+)\*\*)? *\|)? \[(?P<name>[^\]]+)\]\((?P<file>[^)]+\.yaml)\) \|"
    r"(?: (?P<weeks>\d+) \|)? (?P<what>.*) \|$",
    re.MULTILINE,
)

HEAD = """\
# Gallery

Every workout and every plan that comes with negsplit, as `negsplit show` and `negsplit plan show` draw them for a
runner of 22:30 over 5 km. Left to right is time, upward is pace. The darker a bar, the harder it is; on a dark
screen, the lighter. What is hollow is walked. Click on a name to see how it is written.
"""


def pictures() -> Iterator[tuple[Path, str]]:
    """Each picture: where it stands, and what is in it."""
    compiler = Compiler(device(), str(WORKOUTS / "athlete.yaml"), WORKOUTS)
    for path in sorted(WORKOUTS.rglob("*.yaml")):
        if path.name.endswith(".workout.yaml") and path.parent == WORKOUTS:
            [one] = compiler.file(Input(path), "workout").workouts
            assert one is not None
            yield place(path), svg(one.program, one.profile, one.estimate, one.runner.pace_unit)
        elif path.name.endswith(".plan.yaml"):
            compiled = compiler.file(Input(path), "plan")
            assert compiled.plan is not None, compiled.diagnostics
            shown = totals(compiled.plan)
            yield place(path), plan_svg.svg(shown, shown.weeks)


def place(path: Path) -> Path:
    """Where the picture of a workout or a plan stands."""
    return DOCS / "gallery" / f"{path.name.partition('.')[0]}.svg"


def page() -> str:
    """The page with all of them, in the order and the groups of the list of workouts."""
    lines = [HEAD]
    for row in _ROW.finditer((WORKOUTS / "README.md").read_text(encoding="utf-8")):
        group = row["group"] or ("Plans" if row["weeks"] and "## Plans" not in lines else "")
        lines += [f"## {group}", ""] if group else []
        path = WORKOUTS / row["file"]
        what = re.sub(r"\]\((?!http)", "](../workouts/", row["what"])
        link = f"../{path.relative_to(ROOT).as_posix()}"
        image = place(path).relative_to(DOCS).as_posix()
        weeks = f", {row['weeks']} weeks" if row["weeks"] else ""
        lines += [f"**[{row['name']}]({link})**{weeks}: {what}", "", f"![{row['name']}]({image})", ""]
    return "\n".join(lines)


if __name__ == "__main__":
    (DOCS / "gallery").mkdir(exist_ok=True)
    for at, text in pictures():
        at.write_text(text, encoding="ascii")
    (DOCS / "gallery.md").write_text(page(), encoding="utf-8")
