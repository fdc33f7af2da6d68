"""What is disturbed: a command, and the world in which it is given."""

from __future__ import annotations

from collections.abc import Callable
from typing import NamedTuple

from faults.world import Ended, World
from watch.watch_content import FOLDERS, standard_content

Run = Callable[..., Ended]
"""Runs a command in a world, undisturbed."""


class Subject(NamedTuple):
    """``before`` makes the world. ``output`` is the folder that is written to, below the root.

    ``together``: its files are all old or all new, however the run fails. ``draft``: it never writes over a file, and
    says that there is one.
    """

    name: str
    command: tuple[str, ...]
    before: Callable[[World, Run], None]
    output: str
    together: bool = False
    draft: bool = False


def negsplit(*arguments: str) -> tuple[str, ...]:
    return ("-m", "negsplit", *arguments)


OLD_WORKOUT = "workout: Easy\nsteps: 20 min @ RPE 3\n"
NEW_WORKOUT = "workout: Easy\nsteps: [warmup 10 min, 30 min @ RPE 3, cooldown 5 min]\n"
TEMPO = "workout: Tempo\nsteps: 3x(1 km @ RPE 7, 1 min)\n"
KEPT = 0o640
"""Permissions that no file has by itself."""

PLAN = """\
plan: Spring
id: spring
start: 2026-11-30
weeks: 2
sessions:
  - {on: tue, name: Tempo, steps: "3x(1 km @ RPE 7, 1 min)"}
  - {on: thu, steps: 30 min @ RPE 3}
  - {on: sun, steps: 60 min @ RPE 3}
"""
NEW_PLAN = PLAN.replace("3x", "4x").replace("thu", "fri")
"""Tuesdays are replaced, Fridays are new, Thursdays are stale, Sundays stay."""
OTHER_PLAN = PLAN.replace("3x", "5x").replace("thu", "sat").replace("weeks: 2", "weeks: 3")
COMPILE_PLAN = negsplit("compile", "spring.plan.yaml", "-o", "spring")


def _a_workout(world: World, _run: Run) -> None:
    world.put("desk/easy.workout.yaml", NEW_WORKOUT)
    world.put("desk/tempo.workout.yaml", TEMPO)


def _older_output(name: str, *command: str) -> Callable[[World, Run], None]:
    """A world in which a command has written ``desk/out/NAME`` from an older workout."""

    def before(world: World, run: Run) -> None:
        world.put("desk/easy.workout.yaml", OLD_WORKOUT)
        run(world, *negsplit("compile", "easy.workout.yaml", "-o", "easy.fit"))
        run(world, *command)
        (world.desk / "out" / name).chmod(KEPT)
        world.put("desk/easy.workout.yaml", NEW_WORKOUT)
        run(world, *negsplit("compile", "easy.workout.yaml", "-o", "easy.fit"))
        world.put_strange_things("desk/out")

    return before


def older_plan(world: World, run: Run) -> None:
    """The folder of an older version of the plan, among things of others."""
    world.put("desk/spring.plan.yaml", PLAN)
    run(world, *COMPILE_PLAN)
    for path in (world.desk / "spring").iterdir():
        path.chmod(KEPT)
    world.put_strange_things("desk/spring")
    world.put("desk/spring.plan.yaml", NEW_PLAN)
    world.put("desk/other/spring.plan.yaml", OTHER_PLAN)


def _a_plan(world: World, _run: Run) -> None:
    world.put("desk/spring.plan.yaml", NEW_PLAN)


def _strange_things(world: World, _run: Run) -> None:
    world.put_strange_things("desk/drafts")


def _a_watch(world: World, run: Run) -> None:
    _a_workout(world, run)
    for folder in FOLDERS:
        (world.watch / folder).mkdir(parents=True)
    for name, data in standard_content().items():
        world.put(f"watch/{name}", data)
    world.put("watch/GARMIN/NewFiles/notes.txt", "mine\n")


_COPY = negsplit("watch", "copy", "easy.workout.yaml", "tempo.workout.yaml", "--mount", "../watch", "--yes")


def _a_watch_with_an_older_version(world: World, run: Run) -> None:
    _a_watch(world, run)
    world.put("desk/easy.workout.yaml", OLD_WORKOUT)
    run(world, *_COPY)
    world.put("desk/easy.workout.yaml", NEW_WORKOUT)


def _ledger(version: int) -> tuple[str, ...]:
    return (
        "-c",
        f"""if True:
    import os, pathlib, signal, sys
    from negsplit.state import StateError, StateFolder
    for number in (signal.SIGTERM, signal.SIGHUP):
        signal.signal(number, signal.default_int_handler)
    state = StateFolder(pathlib.Path(os.environ["NEGSPLIT_STATE_DIR"]))
    try:
        with state.lock("connect.lock"):
            state.secret("connect.key")
            state.write("connect.json", b'{{"version": {version}, "workouts": ["a", "b", "c"]}}')
    except StateError as error:
        sys.exit(f"error: {{error}}")
    except KeyboardInterrupt:
        sys.exit("interrupted")""",
    )


def _an_older_ledger(world: World, run: Run) -> None:
    run(world, *_ledger(1))
    world.put("state/notes.txt", "mine\n", 0o600)


SUBJECTS = (
    Subject("plan-over", COMPILE_PLAN, older_plan, "desk/spring", together=True),
    Subject("plan-empty", COMPILE_PLAN, _a_plan, "desk/spring", together=True),
    Subject(
        "compile-over",
        negsplit("compile", "easy.workout.yaml", "-o", "out/easy.fit"),
        _older_output("easy.fit", *negsplit("compile", "easy.workout.yaml", "-o", "out/easy.fit")),
        "desk/out",
    ),
    Subject("compile-empty", negsplit("compile", "easy.workout.yaml", "-o", "made/deep"), _a_workout, "desk/made/deep"),
    Subject("new", negsplit("new", "drafts/tuesday"), _strange_things, "desk/drafts", together=True, draft=True),
    Subject(
        "athlete-init",
        negsplit("athlete", "init", "drafts/me.athlete.yaml", "--name", "Anna", "--race", "5 km in 22:30"),
        _strange_things,
        "desk/drafts",
        together=True,
        draft=True,
    ),
    Subject(
        "show-over",
        negsplit("show", "easy.workout.yaml", "--format", "svg", "-o", "out/easy.svg"),
        _older_output("easy.svg", *negsplit("show", "easy.workout.yaml", "--format", "svg", "-o", "out/easy.svg")),
        "desk/out",
    ),
    Subject(
        "inspect-over",
        negsplit("inspect", "easy.fit", "--as-yaml", "-o", "out/easy.yaml"),
        _older_output("easy.yaml", *negsplit("inspect", "easy.fit", "--as-yaml", "-o", "out/easy.yaml")),
        "desk/out",
    ),
    Subject("watch-first", _COPY, _a_watch, "watch"),
    Subject("watch-again", _COPY, _a_watch_with_an_older_version, "watch"),
    Subject("ledger-first", _ledger(1), _strange_things, "state"),
    Subject("ledger-over", _ledger(2), _an_older_ledger, "state"),
)
