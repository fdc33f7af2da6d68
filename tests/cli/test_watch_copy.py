"""``negsplit watch copy``: what is on the watch afterwards, and what is said."""

from pathlib import Path

import pytest

from negsplit.formats.fit_reader import read_entries, read_schedule
from watch.watch_content import MANIFEST, SCHEDULE, WORKOUTS, device_xml, standard_content
from watch.ways import unplug, waiting


@pytest.fixture
def easy(write):
    return write("easy.workout.yaml", "workout: Easy\nsteps: 20 min @ RPE 3\n")


def fit(cli, name, folder="fit"):
    """The bytes that ``compile`` makes of a workout."""
    assert cli("compile", name, "-o", f"{folder}/w.fit", "-q", "--device", "forerunner-935").status == 0
    with open(f"{folder}/w.fit", "rb") as file:
        return file.read()


def test_a_workout_is_compiled_copied_and_stays_as_it_is(watch, easy, cli):
    run = cli("watch", "copy", easy)
    assert (run.status, run.err) == (0, "")
    assert run.out == (
        "GARMIN/NewFiles/easy.fit: Easy, 1 step, about 20:00, exact\n"
        "Forerunner 935: eject it (`--eject` does that), then unplug it: the watch imports then\n"
    )
    assert waiting(watch) == {"easy.fit": fit(cli, easy)}
    assert watch.files().items() >= standard_content().items()


def test_the_same_workout_again_is_nothing_to_do(watch, easy, cli):
    cli("watch", "copy", easy)
    before = watch.files()
    run = cli("watch", "copy", easy)
    assert run.out.startswith("GARMIN/NewFiles/easy.fit: Easy, on the watch already\n")
    assert "then unplug it" in run.out
    assert watch.files() == before
    unplug(watch)
    run = cli("watch", "copy", easy)
    assert run.status == 0
    assert ": Easy, on the watch already\nForerunner 935: there was nothing to do\n" in run.out
    assert waiting(watch) == {}


def test_two_files_of_the_same_content_are_copied_once(watch, easy, write, cli):
    write("again.workout.yaml", easy.read_bytes())
    assert cli("watch", "copy", easy, "again.workout.yaml").status == 0
    assert len(waiting(watch)) == 1


def test_quiet_says_nothing(watch, easy, cli):
    assert cli("watch", "copy", "-q", easy)[:3] == (0, "", "")


def test_a_name_that_is_taken_is_never_written_over(watch, easy, cli):
    watch.add("GARMIN/NewFiles/EASY.FIT", b"somebody else's")
    run = cli("watch", "copy", easy)
    assert run.status == 0
    assert waiting(watch) == {"EASY.FIT": b"somebody else's", "easy-2.fit": fit(cli, easy)}


def test_names_become_what_every_watch_takes(watch, write, cli):
    write("Größe: 5×400 m?.workout.yaml", "workout: W\nsteps: 20 min @ RPE 3\n")
    assert cli("watch", "copy", "Größe: 5×400 m?.workout.yaml").status == 0
    (name,) = waiting(watch)
    assert name.isascii()
    assert not set(name) & set(' :?*"<>|\\/')
    assert name.endswith(".fit")


def test_fit_files_are_copied_as_they_are(watch, easy, cli):
    data = fit(cli, easy)
    run = cli("watch", "copy", "fit/w.fit")
    assert run.status == 0
    assert waiting(watch) == {"w.fit": data}
    assert cli("watch", "copy", easy).out.startswith("GARMIN/NewFiles/w.fit: Easy, on the watch already\n")


@pytest.mark.parametrize("data", [b"", b"no FIT file", b"\x0e\x10\x00\x00\x00\x00\x00\x00.FIT\x00\x00"])
def test_what_is_no_workout_file_is_refused_and_nothing_else_copied(watch, easy, write, cli, data):
    write("bad.fit", data)
    before = watch.files()
    run = cli("watch", "copy", easy, "bad.fit")
    assert run.status == 1
    assert run.codes == ["not-a-workout-file"]
    assert "nothing was copied" in run.err
    assert watch.files() == before


def test_mistakes_are_told_and_nothing_is_copied(watch, easy, write, cli):
    write("bad.workout.yaml", "workout: B\nsteps: 20 mni @ RPE 3\n")
    before = watch.files()
    run = cli("watch", "copy", easy, "bad.workout.yaml", "missing.workout.yaml")
    assert run.status == 1
    assert "bad.workout.yaml:2:11: error" in run.err
    assert "missing.workout.yaml" in run.err
    assert "nothing was copied" in run.err
    assert watch.files() == before


def test_a_folder_is_walked_for_documents(watch, write, cli):
    write("w/one.workout.yaml")
    write("w/deep/two.workout.yaml")
    write("w/old.fit", b"")
    assert cli("watch", "copy", "w").status == 0
    assert set(waiting(watch)) == {"one.fit", "two.fit"}
    write("f/old.fit", b"")
    run = cli("watch", "copy", "f")
    assert run.status == 1
    assert "name the FIT files: `f/*.fit`" in run.err


# --- The watch that is attached ----------------------------------------------------------------


def test_the_profile_of_the_watch_is_chosen_by_its_part_number(watch, write, cli):
    write("x.workout.yaml", "workout: A name that is long\nsteps: 20 min @ RPE 3\n")
    run = cli("watch", "copy", "x.workout.yaml")
    assert run.status == 0
    assert ", degraded: `forerunner-935` shows 15 characters of the name: `A name that is ` " not in run.err
    assert "degraded: `forerunner-935` shows 15 characters" in run.out
    watch.delete(MANIFEST)
    watch.add(MANIFEST, device_xml(model="Forerunner 265", part="006-B4257-00"))
    write("y.workout.yaml", "workout: Another name that is long\nsteps: 21 min @ RPE 3\n")
    assert ", exact\n" in cli("watch", "copy", "y.workout.yaml").out
    write("z.workout.yaml", "workout: A third name that is quite long, longer than most\nsteps: 22 min @ RPE 3\n")
    assert "`newer` shows 31" in cli("watch", "copy", "z.workout.yaml", "--device", "newer").out


def test_a_watch_that_takes_no_workouts_is_refused(watch, easy, cli):
    watch.delete(MANIFEST)
    watch.add(MANIFEST, device_xml(model="vivoactive HR", types=[(4, "OutputFromUnit", "GARMIN/ACTIVITY")]))
    before = watch.files()
    run = cli("watch", "copy", easy)
    assert run.status == 1
    assert run.codes == ["watch-refused"]
    assert "vivoactive HR takes no workouts" in run.err
    assert "FIT_TYPE_5" in run.err
    assert watch.files() == before


def test_a_manifest_that_sends_workouts_to_where_they_are_kept_is_refused(watch, easy, cli):
    types = [(5, "InputToUnit", "GARMIN/WORKOUTS"), (5, "OutputFromUnit", "GARMIN/WORKOUTS")]
    watch.delete(MANIFEST)
    watch.add(MANIFEST, device_xml(types=types))
    run = cli("watch", "copy", easy)
    assert run.codes == ["watch-refused"]
    assert waiting(watch) == {}


# --- Too many, and alike -----------------------------------------------------------------------


def with_workouts(watch, cli, write, count):
    """Fills the folder of kept workouts up to a number of files."""
    for number in range(count - 2):
        write("n.workout.yaml", f"workout: {number:02} filler\nsteps: {number + 5} min @ RPE 3\n")
        watch.add(f"{WORKOUTS}/A{number:07}.FIT", fit(cli, "n.workout.yaml"))


def test_a_watch_that_becomes_full_of_workouts_is_warned_of(watch, easy, write, cli):
    with_workouts(watch, cli, write, 23)
    run = cli("watch", "copy", easy)
    assert run.err == ""
    write("two.workout.yaml", "workout: Two\nsteps: 2 km @ RPE 3\n")
    run = cli("watch", "copy", "two.workout.yaml")
    assert run.status == 0
    assert run.codes == ["watch-overflow"]
    assert "there are 25 workouts on the watch, and it keeps about 25\n" in run.err
    write("three.workout.yaml", "workout: Three\nsteps: 3 km @ RPE 3\n")
    run = cli("watch", "copy", "three.workout.yaml")
    assert run.status == 0
    assert "26 workouts on the watch, and it keeps about 25: 1 would be dropped without a word" in run.err
    assert len(waiting(watch)) == 3


def test_somebody_at_a_terminal_is_asked_before_workouts_are_dropped(watch, easy, write, cli, at_terminal):
    with_workouts(watch, cli, write, 25)
    run = cli("watch", "copy", easy, stdin=b"n\n")
    assert run.status == 1
    assert "Copy them all the same? [y/N]" in run.err
    assert "nothing was copied" in run.err
    assert waiting(watch) == {}
    assert cli("watch", "copy", easy, stdin=b"y\n").status == 0
    assert len(waiting(watch)) == 1
    write("two.workout.yaml")
    assert "[y/N]" not in cli("watch", "copy", "two.workout.yaml", "--yes").err
    assert len(waiting(watch)) == 2


def test_a_name_that_the_watch_cannot_tell_from_one_it_has(watch, write, cli):
    write("a.workout.yaml", "workout: 2*10 tempo with hills\nsteps: 20 min @ RPE 3\n")
    run = cli("watch", "copy", "a.workout.yaml", "--device", "generic")
    assert run.codes == ["same-name"]
    assert "it may take this for `2*10 tempo with" in run.err


# --- Versions ----------------------------------------------------------------------------------


def test_an_older_version_is_offered_for_removal(watch, easy, write, cli):
    cli("watch", "copy", easy)
    unplug(watch)
    kept = set(watch.files())
    write("easy.workout.yaml", "workout: Easy\nsteps: 25 min @ RPE 3\n")
    run = cli("watch", "copy", easy)
    assert run.status == 0
    assert "older versions of what was copied are on Forerunner 935:" in run.err
    assert "`negsplit watch remove`" in run.err
    assert kept <= set(watch.files())
    run = cli("watch", "copy", easy, "--yes")
    assert ".FIT: removed" in run.out
    assert len(kept - set(watch.files())) == 1
    assert set(standard_content()) <= set(watch.files())
    assert list(waiting(watch)) == ["easy.fit"]


@pytest.mark.parametrize(("answer", "goes"), [(b"y\n", True), (b"n\n", False), (b"", False)])
def test_somebody_at_a_terminal_is_asked_about_the_older_version(watch, easy, write, cli, at_terminal, answer, goes):
    cli("watch", "copy", easy)
    write("easy.workout.yaml", "workout: Easy\nsteps: 25 min @ RPE 3\n")
    run = cli("watch", "copy", easy, stdin=answer)
    assert run.status == 0
    assert "Remove them? [y/N]" in run.err
    assert set(waiting(watch)) == ({"easy-2.fit"} if goes else {"easy.fit", "easy-2.fit"})


def test_a_foreign_workout_of_the_same_name_is_no_older_version(watch, easy, write, cli):
    cli("compile", easy, "-o", "other.fit")
    with open("other.fit", "rb") as file:
        watch.add("GARMIN/NewFiles/other.fit", file.read())
    write("easy.workout.yaml", "workout: Easy\nsteps: 25 min @ RPE 3\n")
    run = cli("watch", "copy", easy, "--yes")
    assert "older" not in run.err
    assert set(waiting(watch)) == {"other.fit", "easy.fit"}


# --- Plans and their days ----------------------------------------------------------------------


@pytest.fixture
def spring(plan, write):
    """The spring plan, with some of its text replaced, for a runner with a race result."""
    write("athlete.yaml", "athlete: Me\nraces: 5 km in 22:30\n")
    return plan


def days(data):
    return [str(one.scheduled.date()) for one in read_schedule(data)]


def test_some_weeks_of_a_plan_with_their_days(watch, spring, cli):
    run = cli("watch", "copy", spring(), "--weeks", "1", "--schedule")
    assert run.status == 0, run.err
    found = waiting(watch)
    assert run.out.count("GARMIN/NewFiles/") == len(found)
    cli("compile", "spring.plan.yaml", "--weeks", "1", "-o", "out", "--device", "forerunner-935")
    with open("out/SCHEDULE.FIT", "rb") as file:
        assert found.pop("SCHEDULE.FIT") == file.read()
    assert found
    for name, data in found.items():
        with open(f"out/{name}", "rb") as file:
            assert file.read() == data
    assert "SCHEDULE.FIT: " in run.out


def test_days_that_the_watch_has_stay(watch, spring, cli):
    cli("watch", "copy", spring(), "--weeks", "1", "--schedule")
    first = read_entries(waiting(watch)["SCHEDULE.FIT"])
    unplug(watch)
    assert read_entries(watch.files()[f"{SCHEDULE}/SCHEDULE.FIT"]) == first
    run = cli("watch", "copy", "spring.plan.yaml", "--weeks", "2", "--schedule")
    assert f"{len(first)} entries of the watch kept" in run.out or f"{len(first)} entry of the watch kept" in run.out
    second = read_entries(waiting(watch)["SCHEDULE.FIT"])
    assert second[: len(first)] == first
    assert len(second) > len(first)
    run = cli("watch", "copy", "spring.plan.yaml", "--weeks", "1-2", "--schedule")
    assert "schedule: every day is on the watch already" in run.out
    cli("watch", "copy", "spring.plan.yaml", "--weeks", "3", "--schedule")
    assert [name for name in waiting(watch) if name.startswith("SCHEDULE")] == ["SCHEDULE-2.FIT"]
    third = read_entries(waiting(watch)["SCHEDULE-2.FIT"])
    assert third[: len(second)] == second


def test_a_plan_that_moves_takes_its_days_along(watch, spring, cli):
    cli("watch", "copy", spring(), "--weeks", "1", "--schedule")
    first = days(waiting(watch)["SCHEDULE.FIT"])
    unplug(watch)
    moved = spring(("2026-11-30", "2026-12-07"))
    run = cli("watch", "copy", moved, "--weeks", "1", "--schedule", "--yes")
    assert run.status == 0, run.err
    second = days(waiting(watch)["SCHEDULE.FIT"])
    assert len(second) == len(first)
    assert not set(first) & set(second)
    assert run.out.count(": removed") == len(first)


@pytest.mark.parametrize("where", [f"{SCHEDULE}/SCHEDULE.FIT", "GARMIN/NewFiles/SCHEDULE.FIT"])
def test_a_schedule_that_cannot_be_read_is_left_and_nothing_copied(watch, spring, cli, where):
    if where in watch.files():
        watch.delete(where)
    watch.add(where, b"no schedule")
    before = watch.files()
    run = cli("watch", "copy", spring(), "--weeks", "1", "--schedule")
    assert run.status == 1
    assert run.codes == ["watch-refused"]
    assert watch.files() == before
    assert cli("watch", "copy", "spring.plan.yaml", "--weeks", "1").status == 0


def test_a_compiled_plan_is_copied_with_its_schedule(watch, spring, cli):
    cli("compile", spring(), "--weeks", "1", "-o", "out")
    files = sorted(map(str, Path("out").glob("*.[fF][iI][tT]")))
    run = cli("watch", "copy", *files)
    assert run.status == 0
    assert "--schedule brings it to the watch too" in run.err
    assert len(waiting(watch)) == len(files) - 1
    run = cli("watch", "copy", *files, "--schedule")
    assert set(waiting(watch)) == {Path(file).name for file in files}


# --- The command line --------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        ([], "missing argument"),
        (["easy.workout.yaml", "--schedule"], "--schedule brings the days of a plan"),
        (["easy.workout.yaml", "--weeks", "1"], "--weeks chooses weeks of a plan"),
        (["easy.workout.yaml", "--device", "forerunner"], "no device 'forerunner'"),
        (["easy.workout.yaml", "--device", "connect"], "is an account and takes no FIT files"),
        (["easy.workout.yaml", "--mount", "nowhere"], "does not exist"),
    ],
)
def test_what_is_wrong_with_the_command_line(watch, easy, cli, arguments, words):
    before = watch.files()
    run = cli("watch", "copy", *arguments)
    assert run.status == 2
    assert words in run.err
    assert watch.files() == before
