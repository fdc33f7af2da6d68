"""Files with mistakes, and some that are only odd, beside the exact messages about them.

`pytest --update` writes the messages, people read them. Each file is about one mistake, or a few of a kind, and
is named after it. Workouts and plans are compiled for a runner of 5 km in 19:57, but for those that begin with
the comment `# athlete: none`, and for any watch but where the comment is `# device: NAME`. What they use lies in
`invalid/used/`.
"""

from collections.abc import Callable
from dataclasses import replace
from functools import cache
from pathlib import Path

import pytest

from negsplit import Diagnostic, compile_plan_text, compile_text, read_athlete, render
from negsplit.compile import compile_line, name_collisions, runner_from_words
from negsplit.program.device import devices
from negsplit.tree.encoding import MAX_BYTES
from negsplit.tree.source import load_bytes

RUNNER = "5 km in 19:57"
FOLDER = Path(__file__).parent / "invalid"
FILES = sorted(FOLDER.glob("*.yaml"))
USED = {
    path.relative_to(FOLDER).as_posix(): path.read_text(encoding="utf-8") for path in sorted(FOLDER.glob("used/*.yaml"))
}


@cache
def diagnostics(path: Path) -> tuple[Diagnostic, ...]:
    """All that is said of a file, which several tests look at."""
    source, found = load_bytes(path.name, path.read_bytes())
    return tuple(found) if source is None else of_text(path.name, source.text)


def of_text(name: str, text: str) -> tuple[Diagnostic, ...]:
    """All that is said of a text by the name of such a file."""
    if name.endswith(".athlete.yaml"):
        return tuple(read_athlete(text, name=name)[1])
    comment = text.partition("\n")[0]
    athlete = None if comment == "# athlete: none" else RUNNER
    device = comment.removeprefix("# device: ") if comment.startswith("# device: ") else "generic"
    compiled = compile_plan_text if name.endswith(".plan.yaml") else compile_text
    return compiled(text, name=name, athlete=athlete, device=device, files=USED).diagnostics


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.name.removesuffix(".yaml"))
def test_messages(path: Path, golden: Callable[[Path, str], None]) -> None:
    found = diagnostics(path)
    assert found
    assert [one.message for one in found if one.span is None] == []
    golden(path.with_suffix(".txt"), "\n".join(map(render, found)) + "\n")


def test_every_expected_text_has_its_file() -> None:
    assert sorted(FOLDER.glob("*.txt")) == [path.with_suffix(".txt") for path in FILES]
    assert sorted(FOLDER.iterdir()) == sorted([*FILES, *FOLDER.glob("*.txt"), FOLDER / "used"])


def test_messages_about_what_is_no_file_of_these(golden: Callable[[Path, str], None]) -> None:
    """A line, words about an athlete, two names, too large a file, and watches of which more is known than of any."""
    text = "workout: A\nsteps: 10 min @ easy and HR 140, 1 km, 2 km\n"
    generic = devices()["generic"]
    watches = (replace(generic, second_target=False), replace(generic, steps=2, measured=frozenset({"steps"})))
    found = [
        *compile_line("run $minutes min").diagnostics,
        *runner_from_words("")[1],
        *name_collisions([("Hills in the park, 10 x 200 m", None), ("Hills in the park, 12 x 200 m", None)]),
        *load_bytes("a.workout.yaml", b" " * (MAX_BYTES + 1))[1],
        *(one for watch in watches for one in compile_text(text, athlete=RUNNER, device=watch).diagnostics),
    ]
    golden(FOLDER.with_name("invalid_otherwise.txt"), "\n".join(map(render, found)) + "\n")
