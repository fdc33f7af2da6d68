"""``negsplit watch list``, ``contents`` and ``remove``; which watch is meant; what never comes out."""

from contextlib import ExitStack
from pathlib import Path

import pytest

from negsplit.watch.door import WatchPlace
from negsplit.watch.errors import Busy, Gone
from negsplit.watch.finding import Found
from negsplit.watch.removing import take_back
from watch.fake_watch import fake_watch, fill_in, waiting
from watch.importing import unplug
from watch.watch_content import (
    MANIFEST,
    NEW_FILES,
    SCHEDULE,
    STORE_KEY,
    TYPES,
    UNIT,
    WORKOUTS,
    device_xml,
    standard_content,
)


@pytest.fixture
def easy(write):
    return write("easy.workout.yaml", "workout: Easy\nsteps: 20 min @ RPE 3\n")


# --- list --------------------------------------------------------------------------------------


def test_list_says_what_the_watch_is_and_takes(watch, cli):
    run = cli("watch", "list")
    assert (run.status, run.err) == (0, "")
    first, facts, free, folders, profile = run.out.splitlines()
    assert first.startswith("Forerunner 935 (")
    assert facts == "  software 21.00, part 006-B2691-00"
    assert free.endswith(" free")
    assert folders == "  workouts go to GARMIN/NewFiles, kept in GARMIN/Workouts"
    assert profile == "  compiled for `forerunner-935`"


def test_list_names_the_model_that_a_part_number_belongs_to(watch, cli):
    watch.delete(MANIFEST)
    watch.add(MANIFEST, device_xml(model="A watch", part="006-B3992-00"))
    out = cli("watch", "list").out
    assert "part 006-B3992-00 (Forerunner 255)\n" in out
    assert "  compiled for `generic`\n" in out


def test_list_says_that_a_watch_takes_no_workouts(watch, cli):
    watch.delete(MANIFEST)
    watch.add(MANIFEST, device_xml(model="vivoactive HR", types=[(4, "OutputFromUnit", "GARMIN/ACTIVITY")]))
    run = cli("watch", "list")
    assert run.status == 0
    assert "takes no workouts: its manifest names no folder for workouts (FIT_TYPE_5)" in run.out


def test_list_says_that_the_folder_is_missing(watch, cli):
    watch.delete(MANIFEST)
    watch.add(MANIFEST, device_xml(types=[(5, "InputToUnit", "GARMIN/ELSEWHERE")]))
    assert "its manifest names `GARMIN/ELSEWHERE`, which is not there" in cli("watch", "list").out


def test_list_says_why_it_is_not_known_what_is_kept(watch, cli):
    watch.delete(MANIFEST)
    watch.add(MANIFEST, device_xml(types=[(5, "InputToUnit", "GARMIN/NEWFILES"), (5, "OutputFromUnit", "../x")]))
    run = cli("watch", "list")
    assert "  workouts go to GARMIN/NewFiles; its entry `OutputFromUnit` of FIT_TYPE_5 leads outside" in run.out
    assert "  the workouts it keeps cannot be seen: its entry `OutputFromUnit`" in cli("watch", "contents").out


@pytest.mark.parametrize(
    ("schedules", "why"),
    [
        ([(7, "OutputFromUnit", "../x")], "its entry `OutputFromUnit` of FIT_TYPE_7 leads outside the watch"),
        ([(7, "OutputFromUnit", "GARMIN/DAYS")], "its manifest names `GARMIN/DAYS`, which is not there"),
        ([], "its manifest names no folder that it keeps files of FIT_TYPE_7 in"),
        (None, ""),
    ],
)
def test_a_schedule_that_cannot_be_looked_at_is_said(watch, cli, schedules, why):
    watch.delete(MANIFEST)
    others = [one for one in TYPES if one[0] != 7]
    watch.add(MANIFEST, device_xml(types=TYPES if schedules is None else [*others, *schedules]))
    said = cli("watch", "contents").out
    assert ("  the schedule cannot be seen: " in said) == bool(why)
    assert why in said
    assert ("0 days in the schedule" in said) == (not why)


def test_a_model_name_cannot_drive_the_terminal(watch, cli, harmless):
    watch.delete(MANIFEST)
    watch.add(MANIFEST, device_xml(model="Fore\x9b2Jrunner\u202e 935"))
    run = cli("watch", "list")
    harmless(run.out + run.err)


@pytest.fixture
def plugged(tmp_path, monkeypatch):
    """Puts several watches on the cable, each a folder, and says what stood in the way of others."""
    monkeypatch.setenv("NEGSPLIT_STATE_DIR", str(tmp_path / "state"))
    with ExitStack() as stack:

        def plug(*models, hindrances=()):
            fakes = []
            for number, model in enumerate(models):
                folder = tmp_path / f"watch-{number}"
                folder.mkdir()
                fake = stack.enter_context(fake_watch("volume", folder))
                fill_in(fake, **{MANIFEST: device_xml(model=model, unit=f"{UNIT}{number}")})
                fakes.append(fake)
            places = [fake.place() for fake in fakes]
            monkeypatch.setattr(
                "negsplit.cli.watch.connection.find", lambda _mount=None: Found(places, list(hindrances))
            )
            return fakes

        yield plug


def test_without_a_watch_there_is_advice(plugged, cli):
    plugged()
    for command in (["list"], ["contents"], ["remove"], ["copy", "x.fit"]):
        run = cli("watch", *command)
        assert run.status == 1
        assert run.codes == ["no-watch"]
        assert "`--mount DIR`" in run.err


def test_what_stood_in_the_way_is_told(plugged, cli):
    plugged(hindrances=[Busy("the file manager holds the watch", "free it with `gio mount -s mtp`")])
    run = cli("watch", "list")
    assert run.status == 1
    assert "the file manager holds the watch" in run.err
    assert "`gio mount -s mtp`" in run.err


def test_what_hides_further_watches_is_told_beside_those_there_are(plugged, easy, cli):
    plugged("Forerunner 935", hindrances=[Busy("the file manager holds the watch", "free it with `gio mount -s mtp`")])
    run = cli("watch", "list")
    assert run.status == 0
    assert "Forerunner 935 (" in run.out
    assert "warning[watch-busy]: the file manager holds the watch\n" in run.err
    assert cli("watch", "copy", easy).err == ""
    assert "the file manager holds the watch" in cli("watch", "copy", easy, "--watch", "fenix").err


def test_several_watches_are_listed_and_one_is_named(plugged, easy, cli):
    first, second = plugged("Forerunner 935", "fenix 3")
    run = cli("watch", "copy", easy)
    assert run.status == 1
    assert run.codes == ["several-watches"]
    assert "there is Forerunner 935 (mounted volume, " in run.err
    assert "there is fenix 3 (mounted volume, " in run.err
    assert waiting(first) == waiting(second) == {}
    assert cli("watch", "copy", easy, "--watch", "FENIX").status == 0
    assert waiting(first) == {}
    assert set(waiting(second)) == {"easy.fit"}
    run = cli("watch", "copy", easy, "--watch", "edge")
    assert run.status == 1
    assert "no watch is called `edge`" in run.err


def test_of_two_the_same_the_place_tells(plugged, easy, cli):
    first, second = plugged("Forerunner 935", "Forerunner 935")
    run = cli("watch", "copy", easy, "--watch", "forerunner")
    assert "2 watches are called `forerunner`" in run.err
    assert cli("watch", "copy", easy, "--watch", "watch-1").status == 0
    assert waiting(first) == {}
    assert set(waiting(second)) == {"easy.fit"}


def test_a_name_that_is_whole_wins_over_one_that_begins_so(plugged, easy, cli):
    _, second = plugged("Forerunner 935 Plus", "Forerunner 935")
    assert cli("watch", "copy", easy, "--watch", "forerunner 935").status == 0
    assert set(waiting(second)) == {"easy.fit"}


def test_a_watch_that_does_not_open_does_not_hide_the_others(plugged, easy, cli, monkeypatch):
    (fake,) = plugged("Forerunner 935")

    def held():
        raise Busy("gvfs holds the watch", "free it with `gio mount -s mtp`")

    places = [fake.place(), WatchPlace("mtp", "bus 1, device 7", held)]
    monkeypatch.setattr("negsplit.cli.watch.connection.find", lambda _mount=None: Found(places, []))
    run = cli("watch", "list")
    assert run.status == 0
    assert "Forerunner 935 (mounted volume" in run.out
    assert "a watch (MTP through libmtp, bus 1, device 7): cannot be read" in run.out
    assert run.codes == ["watch-busy"]
    run = cli("watch", "copy", easy, "--watch", "bus 1")
    assert run.status == 1
    assert run.codes == ["watch-busy"]
    assert "`gio mount -s mtp`" in run.err


def test_a_mount_is_named(tmp_path, write, cli, monkeypatch):
    monkeypatch.setenv("NEGSPLIT_STATE_DIR", str(tmp_path / "state"))
    for path, data in standard_content().items():
        write(f"mnt/{path}", data)
    Path("mnt", NEW_FILES).mkdir()
    write("easy.workout.yaml")
    assert cli("watch", "list", "--mount", "mnt").status == 0
    assert cli("watch", "copy", "easy.workout.yaml", "--mount", "mnt").status == 0
    assert Path("mnt", NEW_FILES, "easy.fit").exists()
    Path("bare").mkdir()
    run = cli("watch", "list", "--mount", "bare")
    assert run.status == 1
    assert "no `GARMIN/GarminDevice.xml`" in run.err


# --- contents ----------------------------------------------------------------------------------


def test_contents_of_somebodys_watch(watch, cli):
    run = cli("watch", "contents")
    assert (run.status, run.err) == (0, "")
    assert run.out == (
        "Forerunner 935\n"
        "  2 files kept in GARMIN/Workouts\n"
        "    A68I4316.FIT  2*10 tempo with\n"
        "    A6DF5659.FIT  5x800\n"
        "  0 days in the schedule\n"
    )


def test_contents_show_folders_below_what_came_with_the_watch_and_doubles(watch, easy, cli):
    watch.add(f"{WORKOUTS}/INTRVL/INTVRUN.FIT", watch.files()[f"{WORKOUTS}/A6DF5659.FIT"][:-2])
    watch.add(f"{WORKOUTS}/Schedule/5x800.fit", watch.files()[f"{WORKOUTS}/A6DF5659.FIT"])
    lines = cli("watch", "contents").out.splitlines()
    assert lines[1:5] == [
        "  3 files kept in GARMIN/Workouts",
        "    A68I4316.FIT        2*10 tempo with",
        "    A6DF5659.FIT        5x800",
        "    Schedule/5x800.fit  5x800 (the same as A6DF5659.FIT)",
    ]
    assert lines[5] == "  1 file that came with the watch"
    assert lines[6].startswith("    INTRVL/INTVRUN.FIT  cannot be read: ")
    cli("watch", "copy", easy)
    assert "4 workouts" not in cli("watch", "contents").out


def test_what_was_not_looked_at_is_said_and_not_called_absent(watch, easy, cli):
    cli("watch", "copy", easy)
    data = waiting(watch)["easy.fit"]
    watch.delete(f"{NEW_FILES}/easy.fit")
    watch.add(f"{WORKOUTS}/a/b/c/easy.fit", data)
    for command in (["contents"], ["copy", easy], ["remove", "--yes"]):
        run = cli("watch", *command)
        assert run.codes == ["not-all-seen"]
        assert "not read: the folder `GARMIN/Workouts/a/b/c`, which lies too deep" in run.err
        if command == ["contents"]:
            assert "1 not seen: Easy" in run.out


def test_contents_follow_a_copy_through_the_import(watch, easy, write, cli):
    write("two.workout.yaml", "workout: Two\nsteps: 2 km @ RPE 3\n")
    cli("watch", "copy", easy, "two.workout.yaml")
    run = cli("watch", "contents")
    assert "    easy.fit  Easy (ours)\n" in run.out
    assert run.out.endswith("  of the last copy, 2 workouts: 2 waiting: unplug the watch to import\n")
    unplug(watch)
    run = cli("watch", "contents")
    assert run.out.count("(copied by negsplit, imported since)") == 2
    assert "waiting" not in run.out
    assert run.out.endswith("  of the last copy, 2 workouts: 2 imported\n")
    for path in [path for path, data in watch.files().items() if path.startswith(WORKOUTS) and b"Two" in data]:
        watch.delete(path)
    assert cli("watch", "contents").out.endswith("2 workouts: 1 imported; 1 not there: Two\n")
    write("three.workout.yaml", "workout: Three\nsteps: 3 km @ RPE 3\n")
    cli("watch", "copy", "three.workout.yaml")
    run = cli("watch", "contents")
    assert "  Easy (ours)\n" in run.out
    assert run.out.endswith("  of the last copy, 1 workout: 1 waiting: unplug the watch to import\n")


def test_a_copy_of_days_alone_is_not_the_last_copy_of_workouts(watch, plan, write, cli):
    write("athlete.yaml", "athlete: Me\nraces: 5 km in 22:30\n")
    cli("watch", "copy", plan(), "--weeks", "1")
    cli("watch", "copy", "spring.plan.yaml", "--weeks", "1", "--schedule")
    assert "  of the last copy, 2 workouts: 2 waiting" in cli("watch", "contents").out


def test_contents_show_the_days_of_the_schedule(watch, plan, write, cli):
    write("athlete.yaml", "athlete: Me\nraces: 5 km in 22:30\n")
    cli("watch", "copy", plan(), "--weeks", "1", "--schedule")
    before = cli("watch", "contents").out
    assert " in a schedule that is waiting\n" in before
    unplug(watch)
    after = cli("watch", "contents").out
    assert " in the schedule\n" in after
    assert "    2026-12-01 06:30  W01 Tue Tempo\n" in after
    assert "a workout that is not on the watch" not in after


@pytest.mark.parametrize("data", [b"", b"garbage", bytes(70_000)])
def test_contents_list_what_cannot_be_read(watch, cli, data):
    watch.add(f"{WORKOUTS}/BROKEN.FIT", data)
    watch.delete(f"{SCHEDULE}/SCHEDULE.FIT")
    watch.add(f"{SCHEDULE}/SCHEDULE.FIT", data)
    run = cli("watch", "contents")
    assert run.status == 0
    assert "BROKEN.FIT    cannot be read: " in run.out
    assert "the schedule cannot be read: " in run.out


def test_contents_leave_out_what_macos_leaves_behind(watch, cli):
    watch.add(f"{NEW_FILES}/._easy.fit", b"resource fork")
    watch.add(f"{WORKOUTS}/notes.txt", b"text")
    run = cli("watch", "contents")
    assert "._easy" not in run.out
    assert "notes" not in run.out


# --- remove ------------------------------------------------------------------------------------


def test_remove_takes_ours_alone_and_asks_first(watch, easy, cli):
    cli("watch", "copy", easy)
    unplug(watch)
    before = watch.files()
    run = cli("watch", "remove", stdin=b"n\n")
    assert run.status == 1
    assert ".FIT: Easy\n" in run.out
    assert "Remove it? [y/N]" in run.err
    assert "nothing was removed" in run.err
    assert watch.files() == before
    run = cli("watch", "remove", stdin=b"y\n")
    assert run.status == 0
    assert run.out.endswith("Forerunner 935: 1 file removed\n")
    assert watch.files() == standard_content()
    assert "nothing on it was copied by negsplit" in cli("watch", "remove").out


def test_quiet_and_sure_says_nothing(watch, easy, cli):
    cli("watch", "copy", easy)
    assert ": Easy\n" in cli("watch", "remove", "-q", stdin=b"n\n").out
    assert cli("watch", "remove", "-q", "--yes")[:3] == (0, "", "")
    assert waiting(watch) == {}
    assert cli("watch", "remove", "-q", "--yes")[:3] == (0, "", "")


def test_a_removal_that_is_cut_off_says_how_far_it_came(watch, easy, write, cli, monkeypatch):
    write("two.workout.yaml")
    cli("watch", "copy", easy, "two.workout.yaml")

    def second(watch, listed, ledger):
        yield from take_back(watch, listed[:1], ledger)
        raise Gone

    monkeypatch.setattr("negsplit.cli.watch.remove.take_back", second)
    run = cli("watch", "remove", "--yes")
    assert run.status == 1
    assert run.codes == ["watch-gone"]
    assert "1 of 2 files removed\n" in run.err
    assert set(waiting(watch)) == {"two.fit"}


def test_nobody_who_answers_is_no_yes(watch, easy, cli):
    cli("watch", "copy", easy)
    run = cli("watch", "remove")
    assert run.status == 1
    assert "--yes removes without asking" in run.err
    assert set(waiting(watch)) == {"easy.fit"}


def test_remove_takes_those_named(watch, easy, write, cli):
    write("two.workout.yaml", "workout: Two\nsteps: 2 km @ RPE 3\n")
    cli("watch", "copy", easy, "two.workout.yaml")
    assert cli("watch", "remove", "--yes", "TWO.fit").status == 0
    assert set(waiting(watch)) == {"easy.fit"}
    run = cli("watch", "remove", "--yes", "5x800")
    assert run.status == 1
    assert "negsplit copied nothing called `5x800`" in run.err
    assert cli("watch", "remove", "-y", "easy").status == 0
    assert watch.files() == standard_content()


def test_a_file_with_the_number_of_ours_but_another_time_is_not_ours(watch, easy, cli):
    cli("watch", "copy", easy)
    name, data = next(iter(waiting(watch).items()))
    cli("watch", "remove", "--yes")
    watch.add(f"{NEW_FILES}/{name}", data)  # copied by hand after negsplit had taken it back
    before = watch.files()
    assert "nothing on it was copied by negsplit" in cli("watch", "remove", "--yes").out
    assert watch.files() == before


def test_remove_takes_a_schedule_that_waits_with_its_workouts(watch, plan, write, cli):
    write("athlete.yaml", "athlete: Me\nraces: 5 km in 22:30\n")
    cli("watch", "copy", plan(), "--weeks", "1", "--schedule")
    assert cli("watch", "remove", "--yes").status == 0
    assert watch.files() == standard_content()


# --- What is remembered ------------------------------------------------------------------------


def test_neither_ids_nor_keys_come_out(watch, easy, write, cli, tmp_path):
    """Not in what is said, not in what is kept, whatever goes wrong."""
    said = []
    for _ in range(2):
        for command in (["list"], ["copy", easy], ["contents"], ["copy", "missing.fit"], ["remove", "-y"]):
            run = cli("watch", *command)
            said.append(run.out + run.err)
        watch.delete(MANIFEST)
        watch.add(MANIFEST, device_xml()[:-40])
    assert any("GarminDevice.xml" in text for text in said), "the broken manifest was noticed"
    kept = [path.read_bytes() + path.name.encode() for path in (tmp_path / "state").rglob("*") if path.is_file()]
    for secret in (UNIT, STORE_KEY, STORE_KEY[::-1], f"{int(UNIT):x}"):
        assert not [text for text in said if secret in text]
        assert not [data for data in kept if secret.encode() in data]


def test_two_watches_are_kept_apart(plugged, easy, cli):
    first, second = plugged("Forerunner 935", "fenix 3")
    cli("watch", "copy", easy, "--watch", "fenix")
    for name, data in waiting(second).items():
        first.add(f"{NEW_FILES}/{name}", data)
    assert "nothing on it was copied by negsplit" in cli("watch", "remove", "--yes", "--watch", "935").out
    assert set(waiting(first)) == {"easy.fit"}


def test_a_ledger_that_is_damaged_is_said_and_left(watch, easy, cli, tmp_path):
    cli("watch", "copy", easy)
    (ledger,) = (tmp_path / "state").glob("watch-*.json")
    ledger.write_bytes(b"{")
    before = watch.files()
    for command in (["contents"], ["remove", "--yes"], ["copy", easy]):
        run = cli("watch", *command)
        assert run.status == 1
        assert "is damaged: move it away" in run.err
    assert watch.files() == before
    assert ledger.read_bytes() == b"{"


def test_without_a_command_there_is_help(cli):
    run = cli("watch")
    assert run.status == 2
    assert "copy" in run.err
    assert "..." not in run.err.partition("Commands:")[2]


# --- MTP on Windows ----------------------------------------------------------------------------


@pytest.mark.parametrize("watch", ["wpd"], indirect=True)
def test_on_windows_what_changes_a_watch_over_mtp_is_done_only_where_that_is_wanted(watch, cli, easy):
    assert cli("watch", "list").out.startswith("Forerunner 935 (MTP through Windows, Forerunner 945, USB 091e:4c29)\n")
    before = watch.files()
    copied, removed = cli("watch", "copy", easy), cli("watch", "remove", "--yes")
    for run, what in ((copied, "copying"), (removed, "removing")):
        assert (run.status, run.out, run.codes) == (1, "", ["watch-untried"])
        assert f"{what} by MTP through Windows has never been tried with a real watch" in run.err
        assert "`--experimental`" in run.err
    assert watch.files() == before

    run = cli("watch", "copy", easy, "--experimental")
    assert (run.status, run.err) == (0, "")
    assert list(waiting(watch)) == ["easy.fit"]
    unplug(watch, "mtp")
    assert "Easy (copied by negsplit, imported since)" in cli("watch", "contents").out
    assert cli("watch", "remove", "--experimental", "--yes").status == 0
    assert watch.files().keys() == before.keys()


def test_elsewhere_nothing_is_experimental(watch, cli, easy):
    assert cli("watch", "copy", easy, "--experimental").status == 0
