"""``negsplit watch copy``: what is on the watch afterwards, and what is said."""

import os
from pathlib import Path

import pytest

from negsplit.state import StateError
from negsplit.watch.errors import Busy
from negsplit.watch.ledger import WatchLedger
from strategies.fit_bytes import file_id, step, workout
from strategies.fit_bytes import fit as packed
from watch.fake_watch import waiting
from watch.importing import unplug
from watch.watch_content import MANIFEST, WORKOUTS, device_xml, standard_content


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
        "Forerunner 935: eject it (`--eject` does that) and unplug it, then it imports the workouts\n"
    )
    assert waiting(watch) == {"easy.fit": fit(cli, easy)}
    assert watch.files().items() >= standard_content().items()


def test_a_workout_typed_on_the_command_line_is_another_one_for_every_line(watch, cli):
    once, other = ("warmup 10 min, 6x(400 m @ RPE 8, 200 m)", "warmup 10 min, 5x(1 km @ RPE 8, 400 m)")
    run = cli("watch", "copy", "-e", once)
    assert (run.status, run.err) == (0, "")
    assert "6x-400-m-rpe-8-200-m.fit: 6x(400 m @ RPE 8, 200 m), 3 steps" in run.out
    run = cli("watch", "copy", "-e", other)
    assert (run.status, run.err) == (0, "")
    assert "already on the watch" in cli("watch", "copy", "-e", once).out


def test_the_same_workout_again_is_nothing_to_do(watch, easy, cli):
    cli("watch", "copy", easy)
    before = watch.files()
    run = cli("watch", "copy", easy)
    assert run.out.startswith("GARMIN/NewFiles/easy.fit: Easy, already on the watch\n")
    assert "and unplug it" in run.out
    assert watch.files() == before
    unplug(watch)
    run = cli("watch", "copy", easy)
    assert run.status == 0
    assert ": Easy, already on the watch\nForerunner 935: there was nothing to do\n" in run.out
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
    assert cli("watch", "copy", easy).out.startswith("GARMIN/NewFiles/w.fit: Easy, already on the watch\n")


@pytest.mark.parametrize("data", [b"", b"no FIT file", b"\x0e\x10\x00\x00\x00\x00\x00\x00.FIT\x00\x00"])
def test_what_is_no_workout_file_is_refused_and_nothing_else_copied(watch, easy, write, cli, data):
    write("bad.fit", data)
    before = watch.files()
    run = cli("watch", "copy", easy, "bad.fit")
    assert run.status == 1
    assert run.codes == ["not-a-workout-file"]
    assert "nothing was copied" in run.err
    assert watch.files() == before


@pytest.mark.parametrize(
    ("data", "why"),
    [
        (packed(file_id(type=4, serial_number=5), bytes(70_000)), "it is not a workout"),
        (packed(file_id(serial_number=9), workout(1), step(0)) + bytes(70_000), "it has more than 65536 bytes"),
        (packed(file_id(serial_number=0xFFFFFFFF), workout(1), step(0)), "it has no serial number"),
    ],
)
def test_why_a_fit_file_is_refused(watch, write, cli, data, why):
    write("w.fit", data)
    run = cli("watch", "copy", "w.fit")
    assert run.status == 1
    assert f"`w.fit` is not a valid workout file: {why}\n" in run.err
    assert waiting(watch) == {}


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="this system has no named pipes")
def test_a_pipe_that_nobody_writes_to_is_not_waited_for(process):
    os.mkfifo("x.fit")
    Path("mnt/GARMIN/NewFiles").mkdir(parents=True)
    Path("mnt", MANIFEST).write_bytes(device_xml())
    run = process("watch", "copy", "x.fit", "--mount", "mnt")
    assert run.status == 1
    assert "cannot read `x.fit`: it is not a file" in run.err


def test_a_name_is_said_without_the_blank_that_the_watch_has_left_it(watch, write, cli):
    write("w.fit", watch.files()[f"{WORKOUTS}/A68I4316.FIT"])
    assert cli("watch", "copy", "w.fit").out.startswith(
        f"{WORKOUTS}/A68I4316.FIT: 2*10 tempo with, already on the watch"
    )


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


# --- Cut off -----------------------------------------------------------------------------------


@pytest.mark.parametrize(("error", "status"), [(KeyboardInterrupt(), 130), (StateError("the disk is full"), 1)])
def test_a_copy_that_is_cut_off_says_how_far_it_came(watch, write, cli, monkeypatch, error, status):
    write("one.workout.yaml")
    write("two.workout.yaml")
    note = WatchLedger.note

    def second(self, identity, **facts):
        if facts["file"] == "two.fit":
            raise error
        note(self, identity, **facts)

    monkeypatch.setattr(WatchLedger, "note", second)
    run = cli("watch", "copy", "one.workout.yaml", "two.workout.yaml", "-q")
    assert run.status == status
    assert "1 of 2 files copied; the next copy carries on from there" in run.err
    assert set(waiting(watch)) == {"one.fit"}


def test_a_reader_that_goes_away_ends_the_talking_alone(write, unheard, state_folder):
    for name in ("one", "two"):
        write(f"{name}.workout.yaml")
    Path("mnt/GARMIN/NewFiles").mkdir(parents=True)
    Path("mnt", MANIFEST).write_bytes(device_xml())
    copy = ("watch", "copy", "one.workout.yaml", "two.workout.yaml", "--mount", "mnt")
    assert unheard(*copy, out="gone", err="gone").status == 0
    assert {path.name for path in Path("mnt/GARMIN/NewFiles").iterdir()} == {"one.fit", "two.fit"}
    assert unheard("watch", "remove", "--yes", "--mount", "mnt", out="gone").status == 0
    assert not list(Path("mnt/GARMIN/NewFiles").iterdir())


def test_a_watch_that_cannot_be_ejected_has_everything_all_the_same(watch, easy, cli, monkeypatch):
    def held(_place):
        raise Busy("another program is using the watch", "close it")

    monkeypatch.setattr("negsplit.cli.watch.copy.eject", held)
    run = cli("watch", "copy", easy, "--eject")
    assert run.status == 1
    assert run.codes == ["watch-busy"]
    assert "everything is copied; it imports the workouts once it is ejected and unplugged" in run.err
    assert set(waiting(watch)) == {"easy.fit"}


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
    assert "`long-names` shows 31" in cli("watch", "copy", "z.workout.yaml", "--device", "newer").out


def test_a_watch_that_takes_no_workouts_is_refused(watch, easy, cli):
    watch.delete(MANIFEST)
    watch.add(MANIFEST, device_xml(model="vivoactive HR", types=[(4, "OutputFromUnit", "GARMIN/ACTIVITY")]))
    before = watch.files()
    run = cli("watch", "copy", easy)
    assert run.status == 1
    assert run.codes == ["watch-refused"]
    assert "vivoactive HR takes no workouts: its manifest names no folder for workouts (FIT_TYPE_5)" in run.err
    assert watch.files() == before


def test_a_folder_that_is_missing_now_is_no_verdict_on_the_model(watch, easy, cli):
    watch.delete(MANIFEST)
    watch.add(MANIFEST, device_xml(types=[(5, "InputToUnit", "GARMIN/GONE")]))
    run = cli("watch", "copy", easy)
    assert (run.status, run.codes) == (1, ["watch-refused"])
    assert "takes no workouts right now: its manifest names `GARMIN/GONE`, which is not there" in run.err
    assert "help: restart the watch" in run.err


def test_a_manifest_that_sends_workouts_to_where_they_are_kept_is_refused(watch, easy, cli):
    types = [(5, "InputToUnit", "GARMIN/WORKOUTS"), (5, "OutputFromUnit", "GARMIN/WORKOUTS")]
    watch.delete(MANIFEST)
    watch.add(MANIFEST, device_xml(types=types))
    run = cli("watch", "copy", easy)
    assert run.codes == ["watch-refused"]
    assert waiting(watch) == {}


# --- A watch that does not say which it is ------------------------------------------------------


@pytest.fixture
def nameless(watch):
    watch.delete(MANIFEST)
    watch.add(MANIFEST, device_xml(unit=""))
    return watch


def test_a_watch_without_an_id_is_copied_to_and_nothing_remembered(nameless, easy, cli, tmp_path):
    run = cli("watch", "copy", easy)
    assert (run.status, run.err) == (0, "")
    assert waiting(nameless) == {"easy.fit": fit(cli, easy)}
    assert "already on the watch" in cli("watch", "copy", easy).out
    run = cli("watch", "contents")
    assert "    easy.fit  Easy\n" in run.out
    assert "ours" not in run.out
    assert not list((tmp_path / "state").glob("*.json"))


@pytest.mark.parametrize("command", [["copy", "spring.plan.yaml", "--schedule"], ["remove", "--yes"]])
def test_what_needs_to_know_ours_is_refused_on_a_watch_without_an_id(nameless, plan, write, cli, command):
    plan()
    write("athlete.yaml", "athlete: Me\nraces: 5 km in 22:30\n")
    cli("watch", "copy", "spring.plan.yaml", "--weeks", "1")
    before = nameless.files()
    run = cli("watch", *command)
    assert run.status == 1
    assert run.codes == ["watch-refused"]
    assert "does not say which watch it is (its manifest has no `Id`)" in run.err
    assert nameless.files() == before


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
    assert (run.status, run.err) == (0, "")
    write("three.workout.yaml", "workout: Three\nsteps: 3 km @ RPE 3\n")
    run = cli("watch", "copy", "three.workout.yaml")
    assert run.status == 0
    assert run.codes == ["watch-overflow"]
    assert "some watches keep only 25 workouts and silently drop the rest; this would make 26" in run.err
    assert len(waiting(watch)) == 3


def test_a_watch_that_was_seen_to_keep_more_is_not_warned_of_ever_again(watch, easy, write, cli):
    with_workouts(watch, cli, write, 26)
    run = cli("watch", "copy", easy)
    assert (run.status, run.err) == (0, "")
    for number in range(3):
        watch.delete(f"{WORKOUTS}/A{number:07}.FIT")
    write("two.workout.yaml", "workout: Two\nsteps: 2 km @ RPE 3\n")
    write("three.workout.yaml", "workout: Three\nsteps: 3 km @ RPE 3\n")
    run = cli("watch", "copy", "two.workout.yaml", "three.workout.yaml")
    assert (run.status, run.err) == (0, "")


def test_somebody_at_a_terminal_is_asked_before_workouts_are_dropped(watch, easy, write, cli, at_terminal):
    with_workouts(watch, cli, write, 25)
    run = cli("watch", "copy", easy, stdin=b"n\n")
    assert run.status == 1
    assert "Copy them anyway? [y/N]" in run.err
    assert "nothing was copied" in run.err
    assert waiting(watch) == {}
    assert cli("watch", "copy", easy, stdin=b"y\n").status == 0
    assert len(waiting(watch)) == 1
    write("two.workout.yaml")
    assert "[y/N]" not in cli("watch", "copy", "two.workout.yaml", "--yes").err
    assert len(waiting(watch)) == 2


def test_older_versions_that_go_right_after_are_not_counted(watch, easy, write, cli):
    cli("watch", "copy", easy)
    with_workouts(watch, cli, write, 24)
    write("easy.workout.yaml", "workout: Easy\nsteps: 25 min @ RPE 3\n")
    run = cli("watch", "copy", easy)
    assert "this would make 26" in run.err
    assert "1 of them is an older version, which can be removed right after the copy" in run.err
    write("easy.workout.yaml", "workout: Easy\nsteps: 30 min @ RPE 3\n")
    run = cli("watch", "copy", easy, "--yes")
    assert run.codes == []
    assert list(waiting(watch)) == ["easy-3.fit"]


def test_a_name_that_the_watch_cannot_tell_from_one_it_has(watch, write, cli):
    write("a.workout.yaml", "workout: 2*10 tempo with hills\nsteps: 20 min @ RPE 3\n")
    run = cli("watch", "copy", "a.workout.yaml", "--device", "generic")
    assert run.codes == ["same-name"]
    assert "it may take `2*10 tempo with hills` for `2*10 tempo with" in run.err


# --- Versions ----------------------------------------------------------------------------------


def test_an_older_version_is_offered_for_removal(watch, easy, write, cli):
    cli("watch", "copy", easy)
    unplug(watch)
    kept = set(watch.files())
    write("easy.workout.yaml", "workout: Easy\nsteps: 25 min @ RPE 3\n")
    run = cli("watch", "copy", easy)
    assert run.status == 0
    assert "older versions of these workouts are on Forerunner 935:" in run.err
    assert "`negsplit watch remove`" in run.err
    assert kept <= set(watch.files())
    run = cli("watch", "copy", easy, "--yes")
    assert ".FIT: removed" in run.out
    assert len(kept - set(watch.files())) == 1
    assert set(standard_content()) <= set(watch.files())
    assert list(waiting(watch)) == ["easy.fit"]
    write("easy.workout.yaml", "workout: Easy\nsteps: 30 min @ RPE 3\n")
    assert cli("watch", "copy", easy, "--yes", "-q")[:3] == (0, "", "")
    assert list(waiting(watch)) == ["easy-2.fit"]


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


# --- The command line --------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (["easy.workout.yaml", "--schedule"], "--schedule is for plans"),
        (["easy.workout.yaml", "--weeks", "1"], "--weeks is for plans"),
        (["easy.workout.yaml", "--device", "forerunner"], "watches fit 'forerunner'"),
        (["easy.workout.yaml", "--device", "connect"], "`--device connect` takes no FIT files"),
        (["easy.workout.yaml", "--mount", "nowhere"], "--mount takes a folder that is there"),
    ],
)
def test_what_is_wrong_with_the_command_line(watch, easy, cli, arguments, words):
    before = watch.files()
    run = cli("watch", "copy", *arguments)
    assert run.status == 2
    assert words in run.err
    assert watch.files() == before


@pytest.mark.parametrize("kind", ["workout", "plan"])
def test_what_another_library_reads_otherwise_is_not_copied(watch, write, cli, monkeypatch, kind):
    """A stub for what nobody knows of: fit-tool reads whatever is written here as it is meant."""
    steps = (
        "steps: 10 min\n"
        if kind == "workout"
        else "start: 2026-08-03\nweeks: 1\nsessions:\n  - {on: tue, steps: 10 min}\n"
    )
    path = write(f"x.{kind}.yaml", f"{kind}: x\n{steps}")
    monkeypatch.setattr(
        "negsplit.formats.fit.second_reading.differences", lambda _data, _program: ["step 1: otherwise"]
    )
    with pytest.raises(AssertionError, match="step 1: otherwise"):
        cli("watch", "copy", path)
    assert waiting(watch) == {}


def test_a_draft_is_not_copied_unless_it_is_asked_for(watch, write, cli):
    draft = write("draft.workout.yaml", "workout: Easy\nsteps:\n  # ? how fast\n  - run: 30 min\n")
    run = cli("watch", "copy", draft)
    assert (run.status, run.codes, waiting(watch)) == (1, ["draft"], {})
    assert cli("watch", "copy", draft, "--draft").status == 0
    assert [*waiting(watch)] == ["draft.fit"]
