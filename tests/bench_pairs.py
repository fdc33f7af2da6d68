"""What a workout costs beside its floors: by the clock, in one run, and by instructions, in processes of their own.

``python bench_pairs.py NAME TIMES FOLDER`` runs one of :data:`WORK` so often: that is how its instructions are counted.
"""

from __future__ import annotations

import os
import sys
import tempfile
from collections.abc import Callable
from pathlib import Path

from bench_measuring import can_count, counted, least, line

ATHLETE = "5 km in 22:30"
_FEW, _MANY = 10, 60
"""Runs in two processes; by how much the second counts more is the instructions of the runs between."""

Run = Callable[[], object]


def ten_steps(number: int) -> str:
    """A workout of ten written steps that no other number gives."""
    return (
        f"workout: {number:03} Bench\n"
        "steps:\n"
        "  - warmup: 15 min @ easy\n"
        f"  - run: {1000 + number} m @ threshold -- steady, number {number}\n"
        "  - recover: 1 min\n"
        "  - run: 1 km @ 10k - 5 s/km\n"
        "  - rest: 90 s\n"
        f"  - 4x({400 + number} m @ 5k, 1 min)\n"
        "  - run: 10 min @ HR 140..150\n"
        "  - cooldown: 10 min @ marathon + 25..30 s/km\n"
    )


def struct_writer(_: Path) -> Run:
    """The bytes of a workout by bare ``struct``."""
    from bench_floor import floor
    from negsplit.compile import compile_text

    [compiled] = compile_text(ten_steps(1), athlete=ATHLETE).workouts
    assert compiled is not None
    return floor(compiled)


def athlete_workout(_: Path) -> Run:
    """What a runner more costs for a workout that is read: numbers, program, bytes, checked."""
    from negsplit.compile import compile_prepared, device, parse, prepare, runner_from_words
    from negsplit.diagnostics import Report, Source
    from negsplit.document import workouts

    runner, _words = runner_from_words(ATHLETE)
    [node] = parse(Source("<bench>", ten_steps(1))).nodes
    written = workouts.workout(node, Report())
    assert runner is not None
    assert written is not None
    prepared, profile = prepare(written), device()

    def run() -> bytes:
        compiled = compile_prepared(prepared, runner, profile, Report())
        assert compiled is not None
        return compiled.fit()

    return run


def yaml_compose(_: Path) -> Run:
    """The nodes of its text by YAML's parser in C, and no more."""
    import yaml

    return lambda: yaml.compose(ten_steps(1), Loader=yaml.CSafeLoader)


def bare_file(folder: Path) -> Run:
    """A file of its size made under another name, written and renamed."""
    return lambda: _bare(folder, flushed=False)


def bare_flushed_file(folder: Path) -> Run:
    """The same, on the disk before it is renamed."""
    return lambda: _bare(folder, flushed=True)


def _bare(folder: Path, *, flushed: bool) -> None:
    made, name = f"{folder}/bare.tmp", f"{folder}/bare.fit"
    descriptor = os.open(made, os.O_WRONLY | os.O_CREAT | os.O_EXCL)
    os.write(descriptor, b"x" * 700)
    if flushed:
        os.fsync(descriptor)
    os.close(descriptor)
    os.replace(made, name)


def one_file(folder: Path) -> Run:
    """A workout from its text to the name of its file, in a process that has done it before."""
    from negsplit.compile import compile_text, runner_from_words
    from negsplit.files.replacing import replace

    runner, _ = runner_from_words(ATHLETE)

    def run() -> None:
        [workout] = compile_text(ten_steps(1), athlete=runner).workouts
        assert workout is not None
        replace(folder / "w.fit", workout.fit())

    return run


WORK: dict[str, Callable[[Path], Run]] = {
    one.__name__: one for one in (struct_writer, athlete_workout, yaml_compose, bare_file, bare_flushed_file, one_file)
}


def pairs() -> None:
    """Each beside its floor."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        assert struct_writer(folder)() == athlete_workout(folder)()
        lowest, taken = (least(WORK[one](folder), 200) for one in ("struct_writer", "athlete_workout"))
        line("ten steps by a struct writer", f"{lowest * 1000:.3f} ms")
        line("an athlete-workout of ten steps", f"{taken * 1000:.3f} ms", "0.450 ms")
        line("  of the struct writer", f"{taken / lowest:.1f} x", "20.0 x")
        _instructions("of the struct writer", "athlete_workout", "struct_writer", "20.0 x", folder)
        composed, bare, flushed, taken = (
            least(WORK[one](folder), 100) for one in ("yaml_compose", "bare_file", "bare_flushed_file", "one_file")
        )
        line("ten steps by yaml.compose, in C", f"{composed * 1000:.3f} ms")
        line("a bare file: made, written, renamed over another", f"{bare * 1000:.3f} ms")
        line("  flushed before it is renamed", f"{flushed * 1000:.3f} ms")
        line("a file of ten steps, from its text to its name", f"{taken * 1000:.3f} ms")
        line("  of yaml.compose", f"{taken / composed:.1f} x", "10.0 x")
        line("  of yaml.compose and a bare file", f"{taken / (composed + bare):.1f} x")
        _instructions("of yaml.compose", "one_file", "yaml_compose", "10.0 x", folder)


def _instructions(words: str, ours: str, floor: str, allowed: str, folder: Path) -> None:
    if not can_count():
        line(f"  instructions {words}: valgrind is not here", "")
        return
    many, lowest = (_of_one(name, folder) for name in (ours, floor))
    line(f"  instructions, {lowest:,} {words}", f"{many / lowest:.1f} x", allowed)


def _of_one(name: str, folder: Path) -> int:
    """The instructions of a run in a process that has had some already."""
    few, many = (counted(__file__, name, str(times), str(folder)) for times in (_FEW, _MANY))
    return (many - few) // (_MANY - _FEW)


if __name__ == "__main__":
    work = WORK[sys.argv[1]](Path(sys.argv[3]))
    for _ in range(int(sys.argv[2])):
        work()
