"""What is promised of files, whatever happens: judged by what stands in a world before, after a fault, and at last."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from typing import NamedTuple

from faults.calls import SIGNALS
from faults.subjects import Subject
from faults.world import Ended, Snapshot, Thing

OURS = ".negsplit-"
ENDS = (*SIGNALS, "HALF-KILL")
"""Faults that end a process; from others it goes on, and has to clear up itself."""
_KEY_BYTES = 32
_NAMED_BY_KEY = re.compile(r"(?<=^state/watch-)[0-9a-f]{16}(?=\.json$)")


class Case(NamedTuple):
    """A subject, what stands there before, and what an undisturbed run makes of it."""

    subject: Subject
    before: Snapshot
    after: Snapshot


def of_undisturbed(case: Case, ended: Ended) -> list[str]:
    """What is wrong with a run that nothing has disturbed."""
    return [*_quiet(ended), *_strays(case), *_foreign(case), *_modes(case), *_manifest(case)]


def of_disturbed(case: Case, now: Snapshot, ended: Ended, kind: str, fault: str) -> list[str]:
    """What is wrong after a run in which a call of a kind failed, or at which a signal came."""
    found = [*_old_or_new(case, now), *_remembered(now), *_spoken(case, now, ended, fault)]
    if fault == "EINTR":
        found += [*_quiet(ended), *_differences(case.after, now)]
    elif fault not in ENDS:
        found += [*_tidied(case, now, kind), *_together(case, now)]
    return found


def of_further(case: Case, now: Snapshot, ended: Ended) -> list[str]:
    """What is wrong after one undisturbed run more."""
    expected = case.after
    if case.subject.draft and ended.status == 1 and "there is already a file" in ended.err:
        # It was written whole by the run before; only the schema beside it may be missing.
        expected = {name: thing for name, thing in expected.items() if not name.endswith(".schema.json")}
        now = {name: thing for name, thing in now.items() if thing != case.after.get(name) or name in expected}
        return _differences(expected, now)
    return [*_quiet(ended), *_differences(expected, now), *_remembered(now)]


def settled(snapshot: Snapshot) -> Snapshot:
    """A snapshot without what may differ from run to run: keys, locks and where they are, what was read of a watch and
    when that was written, and in the ledger of a watch how many runs there were and what is no longer on it.
    """
    found: Snapshot = {}
    for name, thing in snapshot.items():
        if name.startswith("state") and (thing.kind == "folder" or name.endswith(".lock")):
            continue
        if name.startswith("state/seen-"):
            continue
        if name.endswith(".key"):
            thing = thing._replace(content=b"a key")
        if _NAMED_BY_KEY.search(name):
            thing = thing._replace(content=_on_the_watch(thing.content, snapshot))
        found[_NAMED_BY_KEY.sub("*", name)] = thing
    return found


def _on_the_watch(ledger: bytes, snapshot: Snapshot) -> bytes:
    rows = [row | {"run": 0} for row in json.loads(ledger)["copied"]]
    there = {name.rpartition("/")[2] for name in snapshot if name.startswith("watch/")}
    return json.dumps([row for row in rows if row["file"] in there]).encode()


def _quiet(ended: Ended) -> list[str]:
    said = "Traceback" in ended.err or "rror" in ended.err
    return [f"it ended with {ended.status}: {ended.err.strip()[-300:]}"] if ended.status or said else []


def _spoken(case: Case, now: Snapshot, ended: Ended, fault: str) -> Iterator[str]:
    """A run that has not done its work does not say that it has, and says why, in words."""
    if "Traceback" in ended.err or "Exception ignored" in ended.err:
        yield f"it said a traceback: {ended.err.strip()[-300:]}"
    if "KILL" in fault:
        return
    if ended.status == 0:
        yield from (f"it ended with 0, and {words}" for words in _differences(case.after, now))
    elif not ended.err.strip():
        yield f"it ended with {ended.status} without a word"


def _old_or_new(case: Case, now: Snapshot) -> Iterator[str]:
    for name in sorted(case.before.keys() | case.after.keys() | now.keys()):
        if name.startswith("state"):
            continue
        old, new, here = (one.get(name) for one in (case.before, case.after, now))
        if here in (old, new) or (old is None and new is None and _is_ours(name)):
            continue
        if here and (old or new):
            wanted = " nor ".join(_told(one) for one in (old, new) if one)
            yield f"{name} is {_told(here)}, neither {wanted}"
        else:
            yield f"{name} is a stray without our name" if here else f"{name} is lost"


def _together(case: Case, now: Snapshot) -> Iterator[str]:
    """An error is no reason for a mixture: all is as it was, or all is new and at most something stale is left."""
    if not case.subject.together:
        return
    changed = [name for name in case.after if not name.startswith("state") and _changes(case, name)]
    kept = [name for name in changed if now.get(name) == case.before.get(name)]
    gone = [name for name in case.before if name not in case.after and name not in now]
    if kept and (len(kept) < len(changed) or gone):
        yield f"it is mixed: {len(kept)} of {len(changed)} are old, {len(gone)} stale are gone; old: {kept[0]}"


def _changes(case: Case, name: str) -> bool:
    return case.after[name] != case.before.get(name) and case.after[name].kind == "file"


def _tidied(case: Case, now: Snapshot, kind: str) -> Iterator[str]:
    """A run that ends by itself leaves nothing lying about, unless that very removal failed."""
    if kind == "unlink":
        return
    known = case.before.keys() | case.after.keys()
    for name in sorted(now.keys() - known):
        if not name.startswith("state"):
            yield f"{name} was left"
    for name, thing in now.items():
        is_made = thing.kind == "folder" and name not in case.before and not name.startswith("state")
        if is_made and not any(other.startswith(f"{name}/") for other in now):
            yield f"{name} is a folder made for nothing"


def _remembered(now: Snapshot) -> Iterator[str]:
    """What is remembered is private and whole at every moment; between old and new there are others."""
    for name, thing in now.items():
        if name == "state" and (thing.kind, thing.mode) != ("folder", 0o700):
            yield f"{name} is {_told(thing)}"
        if name.startswith("state/") and thing.kind == "file" and not _is_whole(name, thing):
            yield f"{name} is not whole: {_told(thing)}"


def _is_whole(name: str, thing: Thing) -> bool:
    if name.endswith(".json"):
        try:
            json.loads(thing.content)
        except ValueError:
            return False
    return thing.mode == 0o600 and (not name.endswith(".key") or len(thing.content) == _KEY_BYTES)


def _strays(case: Case) -> Iterator[str]:
    for name in case.after.keys() - case.before.keys():
        if _is_ours(name) or name.endswith(".tmp"):
            yield f"{name} is a stray"


def _foreign(case: Case) -> Iterator[str]:
    """What was not made by a run is as it was."""
    for name, thing in case.before.items():
        is_foreign = not name.startswith(("state", case.subject.output)) or b"mine" in thing.content[:4]
        if (is_foreign or thing.kind in ("link", "pipe", "folder")) and case.after.get(name) != thing:
            yield f"{name} is {_told(case.after.get(name))}, and was {_told(thing)}"


def _modes(case: Case) -> Iterator[str]:
    for name, thing in case.before.items():
        new = case.after.get(name)
        if new and new.mode != thing.mode:
            yield f"{name} has the mode {new.mode:o}, and had {thing.mode:o}"


def _manifest(case: Case) -> Iterator[str]:
    """A plan's manifest lists what is there, and all of it."""
    folder = case.subject.output
    held = case.after.get(f"{folder}/manifest.json")
    if held is None:
        return
    manifest = json.loads(held.content)
    listed = {"manifest.json", *manifest["others"], *(one["name"] for one in manifest["files"])}
    there = {name.removeprefix(f"{folder}/") for name in case.after if name.startswith(f"{folder}/")}
    there -= {name.removeprefix(f"{folder}/") for name, thing in case.before.items() if case.after.get(name) == thing}
    if missing := listed - {name.removeprefix(f"{folder}/") for name in case.after}:
        yield f"the manifest lists what is not there: {sorted(missing)}"
    if unlisted := there - listed:
        yield f"the manifest does not list {sorted(unlisted)}"


def _differences(expected: Snapshot, now: Snapshot) -> list[str]:
    """What is other than a run on an undisturbed copy makes it."""
    expected, now = settled(expected), settled(now)
    names = sorted(name for name in expected.keys() | now.keys() if expected.get(name) != now.get(name))
    return [f"{name} is {_told(now.get(name))}, should be {_told(expected.get(name))}" for name in names]


def _is_ours(name: str) -> bool:
    return name.rpartition("/")[2].startswith(OURS)


def _told(thing: Thing | None) -> str:
    return "nothing" if thing is None else f"a {thing.kind} {thing.mode:o} of {len(thing.content)} bytes"
