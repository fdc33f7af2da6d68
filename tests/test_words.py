"""Every message about a text stands, word for word, where people read it: in an expected text of the tests.

The messages are what the source hands to a report or makes a diagnostic of, found in its syntax trees, with their
helps; what an f-string fills in may be anything. An expected text is a golden file, a page of the manual, whose
commands are run, or a string of a test that holds a message from its first word to its last.

What is raised as an exception of its own, as by the rooms that talk with a watch or an account, is not found so.
"""

from __future__ import annotations

import ast
import re
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path

from syntax import FILES, ROOT, SOURCE, nodes, tree

SAYING = {"error", "unsupported", "warning", "note", "unexpected", "Diagnostic", "Cause", "Finding", "Refusal"}
"""What a message is handed to, by its last name."""
UNSAID = {
    # The reader refuses these before; who makes an athlete in Python meets them.
    "athlete/zones.py: a ... heart rate of ... bpm is not between ... and ...",
    "athlete/zones.py: write rest below threshold and threshold below max",
    "athlete/zones.py: a zone edge of ... bpm is not between ... and ...",
    "athlete/zones.py: write the edges in beats per minute",
    # Nobody knows a text that reaches it; it says that nothing is left of a workout.
    "compile.py: this workout has no steps",
    # Nobody knows a plan that reaches it either; it says that a break would change what was before it.
    "desk/adapting.py: the break cannot be written without changing sessions before it: ...",
    # Only texts of hundreds of sessions or of millions of characters are told these.
    "plan/compile.py: this plan has so many mistakes that not all of its sessions were read",
    "plan/reader.py: with its params this plan comes to more than ...",
    "plan/reader.py: write shorter values",
    # Shares of an athlete's power or heart rate beyond what a watch takes: the expected texts have one runner, of 5 km.
    "program/resolve.py: this comes to ... ..., outside ........ ...",
    "program/resolve.py: write less of it, or look at the athlete's number",
    # The tests of these commands ask for a part of the words.
    "cli/account/connection.py: it is for tests: seconds, such as `0.5`",
    "cli/account/sending.py: ... watches in the account are called `...`",
    "cli/account/sending.py: choose one: `--watch NAME`",
    "cli/account/sending.py: no watch in the account takes workouts",
    "cli/account/syncing.py: `...` is in the account, but not as it was sent: ...",
    "cli/account/syncing.py: `...` was not queued: ...",
    "cli/athlete/__init__.py: there is no athlete file here, in a folder above, or in your configuration folder",
    # Only a cluster that breaks down, or that works elsewhere, says these.
    "cli/group/compiling.py: the cluster at `...` was lost",
    "cli/group/compiling.py: look at what its workers and its scheduler say, then run the same command again",
    "cli/group/compiling.py: the workers of the cluster have written for ..., but not into `...` here",
    "cli/group/compiling.py: they need the same folders as this computer; `--jobs` compiles here",
    "cli/group/compiling.py: a process that compiles was ended from outside twice",
    "cli/group/compiling.py: the computer may be short of memory: `--jobs 1` needs the least",
    "cli/questions.py: the input ended before this was answered: ...",
    "cli/plan/compiled.py: `...` is ..., not a plan",
    "cli/show.py: `...` has ... workouts, and each ... is a file of its own",
    "cli/show.py: name a file or a folder with -o",
    "cli/sync.py: ... workouts are on these days, and watches show ...",
    "cli/watch/connection.py: ... does not say which watch it is (its manifest has no `Id`)",
    "cli/watch/connection.py: `--experimental` does it anyway; please tell us how it went (docs/hardware.md)",
    "cli/watch/connection.py: install it: `...`",
    "cli/watch/connection.py: no watch was found",
    "cli/watch/connection.py: or by hand: in the Explorer, copy what `negsplit compile` made to `GARMIN\\NewFiles` "
    "on the watch",
    "cli/watch/connection.py: restart the watch, plug it in again, and see whether the folder is there",
    "cli/watch/connection.py: so negsplit cannot tell what it copied there",
    "desk/account_workouts.py: `...` and `...` hold workouts that are both called `...`",
    "desk/account_workouts.py: begin that line with some other word",
    "desk/account_workouts.py: give one of them another name, or its own `id:`",
    "desk/account_workouts.py: these notes have a line that begins with `negsplit:`, which marks negsplit's own "
    "workouts in the account",
    "desk/disk_library.py: name a workout in it",
    "desk/drafts.py: `...` is not a schema of negsplit's",
    "desk/inputs.py: name it too",
    "desk/outputs.py: `...` and `...` would both write `...`",
    "desk/outputs.py: `...` is already there, and is not a workout of this kind",
    "desk/outputs.py: `...` is written, but `...` beside it cannot be removed: ...",
    "desk/outputs.py: give another name with -o",
    "desk/outputs.py: give another name with -o, or overwrite it with `--force`",
    "desk/outputs.py: rename one of them, or compile them separately",
    "desk/plan_folder.py: ..., and has been for ... seconds",
    "desk/plan_folder.py: `...` is not a plan's manifest: ...",
    "desk/plan_folder.py: it lists the plan's files, so nothing was written",
    "desk/plan_folder.py: name another folder with -o, or delete that one",
    "desk/plan_folder.py: these are ... workouts, and some watches only keep ......",
    "desk/runners.py: say which one: `--athlete FILE`",
    "desk/runners.py: the athlete is empty",
    "desk/watch_files.py: `...` is incomplete: a plan is being compiled into it, or that was interrupted",
    "desk/watch_files.py: `negsplit inspect ...` says more",
    "desk/watch_files.py: compile the plan again, then copy",
}
"""The messages that stand in no expected text, and why."""
_PROSE = re.compile(r"[a-z]{2,}[,;:.]? [a-z]+")


def last_name(call: ast.Call) -> str:
    """``error`` of ``self.report.error(...)``."""
    return call.func.attr if isinstance(call.func, ast.Attribute) else getattr(call.func, "id", "")


def is_said(call: ast.Call) -> bool:
    """Whether it hands a message on; a note of anybody else's than a report's is no diagnostic."""
    name = last_name(call)
    return name in SAYING and (name != "note" or ast.unparse(call.func).endswith("report.note"))


def strings(node: ast.AST) -> Iterator[tuple[str, ...]]:
    """The strings of a tree by their pieces, `\\0` for each hole, also of those inside the holes of others."""
    if isinstance(node, ast.Constant):
        if isinstance(node.value, str):
            yield (node.value,)
    elif isinstance(node, ast.JoinedStr):
        yield tuple(one.value if isinstance(one, ast.Constant) else "\0" for one in node.values)
        for one in node.values:
            if isinstance(one, ast.FormattedValue):
                yield from strings(one.value)
    else:
        for child in ast.iter_child_nodes(node):
            yield from strings(child)


def messages(path: Path) -> set[tuple[str, ...]]:
    """What a module says: the strings in a call that says something, and in what it calls by a name of its own."""
    found: set[tuple[str, ...]] = set()
    for scope in (one for one in nodes(path) if isinstance(one, ast.FunctionDef)):
        assigned: dict[str, list[ast.AST]] = defaultdict(list)
        for one in ast.walk(scope):
            if isinstance(one, ast.Assign) and isinstance(one.targets[0], ast.Name | ast.Tuple):
                for name in ast.walk(one.targets[0]):
                    assigned[getattr(name, "id", "")].append(one.value)
        for call in (one for one in ast.walk(scope) if isinstance(one, ast.Call) and is_said(one)):
            words = [*call.args, *(one.value for one in call.keywords)]
            words += [value for word in words if isinstance(word, ast.Name) for value in assigned[word.id]]
            found.update(one for word in words for one in strings(word) if _PROSE.search("".join(one)))
    return found


def expected_texts() -> str:
    """All that is expected word for word, in lines."""
    texts = [path.read_text(encoding="utf-8") for path in sorted((ROOT / "tests").rglob("*.txt"))]
    texts += [path.read_text(encoding="utf-8") for path in (ROOT / "README.md", *sorted((ROOT / "docs").glob("*.md")))]
    for path in sorted((ROOT / "tests").rglob("test_*.py")):
        if path != Path(__file__):
            texts += ["".join(pieces) for pieces in strings(tree(path))]
    return "\n".join(dict.fromkeys("\n".join(texts).splitlines())) + "\n"


def stands_in(texts: str, pieces: tuple[str, ...]) -> bool:
    """Whether some line has all pieces of a message, in order."""
    fixed = [piece for piece in pieces if piece != "\0"]
    longest = max(fixed, key=len)
    whole = re.compile(".*?".join(map(re.escape, fixed)))
    at = texts.find(longest)
    while at >= 0:
        end = texts.find("\n", at + len(longest))
        if whole.search(texts[texts.rfind("\n", 0, at) + 1 : end]):
            return True
        at = texts.find(longest, end)
    return False


def test_every_message_stands_in_an_expected_text() -> None:
    texts = expected_texts()
    missing = {
        f"{path.relative_to(SOURCE).as_posix()}: {''.join(pieces).replace(chr(0), '...')}"
        for path in FILES
        for pieces in messages(path)
        if not stands_in(texts, pieces)
    }
    assert missing == UNSAID
