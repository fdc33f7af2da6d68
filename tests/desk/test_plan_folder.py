"""The folder of a plan: whose files it touches, where it lies, and that it is whole or as it was."""

from __future__ import annotations

import errno
import json
import os
import shutil
from pathlib import Path

import pytest

from negsplit.files import journal, reading, work_file
from negsplit.files.transaction import at_work
from strategies.spring_plan import ATHLETE, START, contents, manifest, workouts

# --- Whose files ---------------------------------------------------------------------------------


def test_files_of_others_stay(plan, cli):
    plan()
    cli("compile", "spring.plan.yaml", *ATHLETE)
    for name in ("notes.txt", "2026-12-02-w01-wed.fit", ".hidden"):
        Path("spring", name).write_text("mine")
    plan((START, "start: 2027-01-04"))
    assert cli("compile", "spring.plan.yaml", *ATHLETE).status == 0
    for name in ("notes.txt", "2026-12-02-w01-wed.fit", ".hidden"):
        assert Path("spring", name).read_text() == "mine"


def test_what_is_no_file_of_ours_stays_whatever_its_name(plan, cli):
    plan()
    cli("compile", "spring.plan.yaml", *ATHLETE)
    Path("mine.fit").write_text("mine")
    os.remove("spring/2026-12-01-w01-tue.fit")
    os.symlink("../mine.fit", "spring/2026-12-01-w01-tue.fit")
    os.remove("spring/2026-12-03-w01-thu.fit")
    os.mkdir("spring/2026-12-03-w01-thu.fit")
    plan((START, "start: 2027-01-04"))
    assert cli("compile", "spring.plan.yaml", *ATHLETE).status == 0
    assert Path("mine.fit").read_text() == "mine"
    assert Path("spring/2026-12-01-w01-tue.fit").is_symlink()
    assert Path("spring/2026-12-03-w01-thu.fit").is_dir()


def contents_of_all() -> dict[str, bytes]:
    return {str(path): path.read_bytes() for path in Path().rglob("*") if path.is_file()}


def listing(*names: str, **changes: object) -> str:
    files = [
        {"name": name, "key": "w09-tue", "date": "2027-01-26", "workout": "x", "serial_number": 1} for name in names
    ]
    told = {"since": "2027-01-25", "changes": 3, "events": [EVENT, EVENT | {"key": "w09-wed"}]}
    known = {"manifest": 2, "plan": "spring", "name": "x", "others": [], "files": files, "calendar": told}
    return json.dumps(known | changes)


EVENT = {"key": "w09-thu", "date": "2027-01-28", "name": "x", "sequence": 3, "digest": "0", "cancelled": False}
SOUND = listing("2027-01-26-w09-tue.fit")
BEFORE = json.dumps({name: value for name, value in json.loads(SOUND).items() if name != "calendar"} | {"manifest": 1})
"""A manifest as they were before calendars counted their changes."""


@pytest.mark.parametrize(
    "text",
    [
        listing("2027-01-26-w09-tue.fit", "../outside.fit"),
        listing("2027-01-26-w09-tue.fit", "/etc/passwd"),
        listing("2027-01-26-w09-tue.fit", "notes.txt"),
        listing("2027-01-26-w09-tue.fit", "sub/2027-01-26-w09-tue.fit"),
        SOUND.replace("w09-tue", "../w09-tue"),
        SOUND.replace("w09-tue", "../../desk/spring/w09-tue"),
        SOUND.replace("2027-01-26", "../27-01-26"),
        SOUND.replace("2027-01-26", "20270126"),
        SOUND.replace("2027-01-26", "2027-02-30"),
        SOUND.replace("w09-tue", "w09-tue\\n"),
        SOUND.replace("w09", "w\u0669\u0669"),
        listing("2027-01-26-w09-tue.fit", others=["../outside.fit"]),
        listing("2027-01-26-w09-tue.fit", others=["notes.txt"]),
        listing("2027-01-26-w09-tue.fit", others=[["plan.ics"]]),
        listing("2027-01-26-w09-tue.fit", others="plan.ics"),
        listing("2027-01-26-w09-tue.fit", plan=["spring"]),
        listing("2027-01-26-w09-tue.fit", manifest=3),
        listing("2027-01-26-w09-tue.fit", calendar=[]),
        listing("2027-01-26-w09-tue.fit", files={"name": "x"}),
        SOUND.replace('"serial_number": 1', '"serial_number": "1"'),
        SOUND.replace('"workout"', '"other"'),
        SOUND[:-1],
        "[]",
        "null",
        "[" * 100_000,
        "\x00",
        "",
    ],
)
def test_a_hostile_manifest_removes_nothing(plan, cli, write, text):
    plan()
    write("outside.fit", "mine")
    for name in ("2027-01-26-w09-tue.fit", "notes.txt"):
        write(f"spring/{name}", "mine")
    write("spring/sub/2027-01-26-w09-tue.fit", "mine")
    write("spring/manifest.json", text)
    before = contents_of_all()
    run = cli("compile", "spring.plan.yaml", *ATHLETE)
    assert (run.status, run.codes) == (1, ["manifest"])
    assert "`spring/manifest.json` is not a plan's manifest" in run.err
    assert contents_of_all() == before
    run = cli("compile", "spring.plan.yaml", "--force", *ATHLETE)
    assert (run.status, run.codes) == (0, ["manifest"])
    assert "no older file is removed" in run.err
    for name in ("outside.fit", "spring/2027-01-26-w09-tue.fit", "spring/notes.txt"):
        assert Path(name).read_text() == "mine"
    assert Path("spring/sub/2027-01-26-w09-tue.fit").read_text() == "mine"
    assert len(manifest()["files"]) == 8, "the next manifest is sound"


@pytest.mark.parametrize("text", [SOUND, BEFORE])
def test_a_sound_manifest_removes_what_it_lists(plan, cli, write, text):
    plan()
    write("spring/2027-01-26-w09-tue.fit", "old")
    write("spring/manifest.json", text)
    run = cli("compile", "spring.plan.yaml", *ATHLETE)
    assert (run.status, run.err) == (0, "")
    assert "2027-01-26-w09-tue.fit" not in contents("spring")


def test_a_manifest_that_is_a_link_is_not_followed(plan, cli, write):
    plan()
    write("spring/2027-01-26-w09-tue.fit", "mine")
    write("elsewhere.json", SOUND)
    os.symlink("../elsewhere.json", "spring/manifest.json")
    run = cli("compile", "spring.plan.yaml", *ATHLETE)
    assert (run.status, run.codes) == (1, ["manifest"])
    assert Path("spring/manifest.json").is_symlink()
    run = cli("compile", "spring.plan.yaml", "--force", *ATHLETE)
    assert (run.status, run.codes) == (0, ["manifest"])
    assert Path("elsewhere.json").read_text() == SOUND
    assert Path("spring/2027-01-26-w09-tue.fit").read_text() == "mine"
    assert not Path("spring/manifest.json").is_symlink()


def test_a_manifest_cannot_speak_to_the_terminal(plan, cli, write, hostile, harmless):
    plan()
    write("spring/manifest.json", listing(hostile))
    run = cli("compile", "spring.plan.yaml", *ATHLETE)
    assert run.codes == ["manifest"]
    harmless(run.out + run.err)
    write("spring/manifest.json", listing(plan=hostile))
    run = cli("compile", "spring.plan.yaml", *ATHLETE)
    assert run.codes == ["other-plan"]
    harmless(run.out + run.err)


def test_the_folder_of_another_plan_is_left_alone(plan, cli):
    plan()
    cli("compile", "spring.plan.yaml", "-o", "out", *ATHLETE)
    before = contents("out")
    plan(("id: spring", "id: autumn"), name="autumn.plan.yaml")
    run = cli("compile", "autumn.plan.yaml", "-o", "out", *ATHLETE)
    assert (run.status, run.codes) == (1, ["other-plan"])
    assert "`out` holds the plan `spring`, this is `autumn`" in run.err
    assert contents("out") == before


def test_files_of_others_are_never_written_over(plan, cli, write):
    plan()
    for name in ("plan.ics", "2026-12-01-w01-tue.fit", "SCHEDULE.FIT"):
        write(f"spring/{name}", "mine")
    run = cli("compile", "spring.plan.yaml", *ATHLETE)
    assert (run.status, run.codes, run.out) == (1, ["file-exists"], "")
    for name in ("plan.ics", "2026-12-01-w01-tue.fit", "SCHEDULE.FIT"):
        assert f"`spring/{name}`" in run.err
        assert Path("spring", name).read_text() == "mine"
    assert len(contents("spring")) == 3
    assert cli("compile", "spring.plan.yaml", "--force", *ATHLETE).status == 0
    assert len(workouts("spring")) == 8


def test_many_files_of_others_are_counted(plan, cli, write):
    plan()
    cli("compile", "spring.plan.yaml", *ATHLETE)
    names = workouts("spring")
    os.remove("spring/manifest.json")
    for name in names:
        write(f"spring/{name}", "mine")
    run = cli("compile", "spring.plan.yaml", *ATHLETE)
    assert run.codes == ["file-exists"]
    assert "and 5 more are already there" in run.err


def test_equal_bytes_are_no_conflict(plan, cli):
    plan()
    cli("compile", "spring.plan.yaml", *ATHLETE)
    before = contents("spring")
    os.remove("spring/manifest.json")
    run = cli("compile", "spring.plan.yaml", *ATHLETE)
    assert (run.status, run.err) == (0, "")
    assert contents("spring") == before


def test_a_link_of_somebody_is_no_file_of_ours(plan, cli, write):
    plan()
    write("elsewhere.ics", "mine")
    Path("spring").mkdir()
    os.symlink("../elsewhere.ics", "spring/plan.ics")
    assert cli("compile", "spring.plan.yaml", *ATHLETE).codes == ["file-exists"]
    assert cli("compile", "spring.plan.yaml", "--force", *ATHLETE).status == 0
    assert Path("elsewhere.ics").read_text() == "mine"
    assert not Path("spring/plan.ics").is_symlink()


def test_a_manifest_that_cannot_be_read_now_is_an_error_and_nothing_is_written(plan, cli, monkeypatch):
    plan()
    cli("compile", "spring.plan.yaml", *ATHLETE)
    before = contents("spring")
    plan((START, "start: 2027-01-04"))

    def failing(path, most, read=reading.read):
        if Path(path).name == "manifest.json":
            raise OSError(errno.EIO, os.strerror(errno.EIO))
        return read(path, most)

    with monkeypatch.context() as patch:
        patch.setattr(reading, "read", failing)
        for more in ([], ["--force"]):
            run = cli("compile", "spring.plan.yaml", *more, *ATHLETE)
            assert (run.status, run.codes, run.out) == (1, ["manifest"], "")
            assert contents("spring") == before


# --- Places --------------------------------------------------------------------------------------


def test_out_is_the_folder_of_one_plan_named(plan, cli):
    plan(name="a/spring.plan.yaml")
    assert cli("compile", "a/spring.plan.yaml", "-o", "new/out", *ATHLETE).status == 0
    assert len(workouts("new/out")) == 8
    assert not Path("a/spring").exists()


def test_out_holds_a_folder_for_each_of_several_inputs(plan, cli, write):
    plan(name="all/spring.plan.yaml")
    plan(("id: spring", "id: autumn"), name="all/sub/autumn.plan.yaml")
    write("all/easy.workout.yaml")
    assert cli("compile", "all", "-o", "out", *ATHLETE).status == 0
    assert sorted(str(path.relative_to("out")) for path in Path("out").rglob("manifest.json")) == [
        "spring/manifest.json",
        "sub/autumn/manifest.json",
    ]
    assert Path("out/easy.fit").is_file()
    assert cli("compile", "all/spring.plan.yaml", "all/easy.workout.yaml", "-o", "named", *ATHLETE).status == 0
    assert sorted(path.name for path in Path("named").iterdir()) == ["easy.fit", "spring"]


def test_a_plan_in_a_folder_is_found_and_written_beside_it(plan, cli):
    plan(name="all/deep/spring.plan.yaml")
    assert cli("compile", "all", *ATHLETE).status == 0
    assert len(workouts("all/deep/spring")) == 8


def test_one_file_cannot_hold_a_plan(plan, cli):
    plan()
    run = cli("compile", "spring.plan.yaml", "-o", "x.fit", *ATHLETE)
    assert run.status == 2
    assert "`x.fit`, and a plan has many; name a folder" in run.err
    assert sorted(path.name for path in Path().iterdir()) == ["spring.plan.yaml"]


def test_two_plans_of_one_id_are_an_error_and_the_first_is_kept(plan, cli):
    plan()
    plan(("name: Tempo", "name: Other"), name="other.plan.yaml")
    run = cli("compile", ".", *ATHLETE)
    assert run.status == 1
    assert run.codes == ["same-output"]
    assert "`spring.plan.yaml` and `other.plan.yaml`" in run.err
    assert manifest()["files"][0]["workout"] == "W01 Tue Other"


# --- Whole or not at all -------------------------------------------------------------------------


def test_a_plan_at_fault_leaves_what_was_there(plan, cli):
    plan()
    cli("compile", "spring.plan.yaml", *ATHLETE)
    before = contents("spring")
    plan(("@ easy\n", "@ esy\n"))
    run = cli("compile", "spring.plan.yaml", *ATHLETE)
    assert run.status == 1
    assert "unknown-name" in run.codes
    assert contents("spring") == before


def test_a_plan_at_fault_writes_nothing_and_stops_no_other(plan, cli, write):
    plan(("@ easy\n", "@ esy\n"), name="a.plan.yaml")
    write("b.workout.yaml")
    plan(("id: spring", "id: autumn"), name="c.plan.yaml")
    assert cli("compile", ".", *ATHLETE).status == 1
    assert sorted(path.name for path in Path().iterdir() if "yaml" not in path.name) == ["autumn", "b.fit"]


def test_what_cannot_be_written_leaves_everything_as_it_was(plan, cli):
    plan()
    cli("compile", "spring.plan.yaml", *ATHLETE)
    os.remove("spring/plan.ics")
    os.mkdir("spring/plan.ics")
    before = {path.name: path.is_dir() or path.read_bytes() for path in Path("spring").iterdir()}
    plan((START, "start: 2027-01-04"))
    run = cli("compile", "spring.plan.yaml", *ATHLETE)
    assert (run.status, run.codes, run.out) == (1, ["unwritable"], "")
    assert "cannot write `spring/plan.ics`: a folder has that name" in run.err
    assert {path.name: path.is_dir() or path.read_bytes() for path in Path("spring").iterdir()} == before


@pytest.mark.parametrize("call", ["replace", "link"])
@pytest.mark.parametrize("after", [0, 1, 2, 5, 12, 19])
def test_a_disk_that_fails_midway_leaves_everything_as_it_was(plan, cli, monkeypatch, call, after):
    plan()
    cli("compile", "spring.plan.yaml", *ATHLETE)
    before = contents("spring")
    plan((START, "start: 2027-01-04"))
    real, calls = getattr(os, call), []

    def failing(source, target, **options):
        calls.append(target)
        if len(calls) == after + 1:
            raise OSError(errno.EIO, os.strerror(errno.EIO))
        real(source, target, **options)

    with monkeypatch.context() as patch:
        patch.setattr(os, call, failing)
        run = cli("compile", "spring.plan.yaml", *ATHLETE)
    if len(calls) > after and call == "replace":
        assert (run.status, run.codes) == (1, ["unwritable"])
        assert "nothing was written for this plan" in run.err
        assert contents("spring") == before
    else:  # where there are no links, copies do
        assert run.status == 0
        assert not [name for name in contents("spring") if name.startswith(".")]


@pytest.mark.parametrize("error", [OSError(errno.ENOSPC, os.strerror(errno.ENOSPC)), KeyboardInterrupt()])
def test_a_full_disk_or_an_interrupt_leaves_nothing_half_written(plan, cli, monkeypatch, error):
    plan()

    def full(descriptor, data, write=os.write):
        if b"BEGIN:VCALENDAR" in bytes(data):
            raise error
        return write(descriptor, data)

    with monkeypatch.context() as patch:
        patch.setattr(os, "write", full)
        run = cli("compile", "spring.plan.yaml", "-o", "deep/out", *ATHLETE)
    assert run.status == (1 if isinstance(error, OSError) else 130)
    assert sorted(path.name for path in Path().iterdir()) == ["spring.plan.yaml"]


def test_a_file_where_the_folder_should_be(plan, cli, write):
    plan()
    write("spring", "mine")
    run = cli("compile", "spring.plan.yaml", *ATHLETE)
    assert (run.status, run.codes) == (1, ["unwritable"])
    assert "a file is where its folder should be" in run.err
    assert Path("spring").read_text() == "mine"


# --- With others ---------------------------------------------------------------------------------


def test_a_folder_that_is_not_whole_is_not_copied_to_a_watch(plan, cli, watch):
    plan()
    cli("compile", "spring.plan.yaml", *ATHLETE)
    Path("spring", journal.NAME).write_bytes(b"negsplit journal 1 7\n")
    run = cli("watch", "copy", *(f"spring/{name}" for name in workouts("spring")))
    assert (run.status, run.codes, run.out) == (1, ["unfinished"], "")
    assert "compile the plan again" in run.err
    assert cli("compile", "spring.plan.yaml", *ATHLETE).status == 0
    assert cli("watch", "copy", *(f"spring/{name}" for name in workouts("spring"))).status == 0


def test_who_writes_is_said_where_it_takes_too_long(plan, cli, monkeypatch):
    plan()
    Path("spring").mkdir()
    monkeypatch.setattr(work_file, "PATIENCE", 0.05)
    with at_work(Path("spring"), lambda _: True):
        run = cli("compile", "spring.plan.yaml", *ATHLETE)
        assert (run.status, run.codes) == (1, ["busy"])
        assert f"another negsplit, process {os.getpid()}, is writing into `spring`" in run.err
    assert cli("compile", "spring.plan.yaml", *ATHLETE).status == 0


def test_a_disk_that_fails_for_good_leaves_a_folder_that_the_next_run_makes_whole(plan, cli, monkeypatch):
    """Behind the fifth rename nothing works any more, not even going back."""
    plan()
    cli("compile", "spring.plan.yaml", *ATHLETE)
    shutil.copytree("spring", "undisturbed")
    plan((START, "start: 2027-01-04"))
    assert cli("compile", "spring.plan.yaml", "-o", "undisturbed", *ATHLETE).status == 0
    calls = []

    def dead(name):
        real = getattr(os, name)

        def call(*arguments, **options):
            calls.extend([name] if name == "replace" else [])
            if len(calls) > 5:
                raise OSError(errno.EIO, os.strerror(errno.EIO))
            return real(*arguments, **options)

        return call

    with monkeypatch.context() as patch:
        for name in ("write", "fsync", "replace", "link", "unlink"):
            patch.setattr(os, name, dead(name))
        run = cli("compile", "spring.plan.yaml", *ATHLETE)
    assert run.status == 1
    assert "`spring` is incomplete now" in run.err
    assert "nothing of this plan" not in run.err
    assert cli("compile", "spring.plan.yaml", *ATHLETE).status == 0
    assert contents("spring") == contents("undisturbed")


def test_no_state_folder_is_needed(plan, cli, monkeypatch):
    plan()
    monkeypatch.setenv("NEGSPLIT_STATE_DIR", "/dev/null/state")
    assert cli("compile", "spring.plan.yaml", *ATHLETE).status == 0
