"""``negsplit compile`` for a group: a folder a runner, as if each were alone, and one mistake stops one alone."""

from __future__ import annotations

import errno
import logging
import os
import signal
import subprocess
import sys
import time
import zipfile
from pathlib import Path

import pytest

PLAN = """\
plan: Four weeks
id: four
start: 2027-01-04
weeks: 4
sessions:
  - {on: tue, name: Threshold, steps: [15 min @ easy, "4x(1 km @ threshold, 1 min)"]}
  - {on: sun, name: Long run, steps: run $total @ easy, with: {total: 12 km -> 18 km}}
"""
RESULTS = {"anna": "10 km in 45:00", "ben": "10 km in 52:30", "cleo": "5 km in 18:40"}


@pytest.fixture
def group(write):
    """A plan, and a folder of three runners."""
    write("four.plan.yaml", PLAN)
    for name, result in RESULTS.items():
        write(f"runners/{name}.athlete.yaml", f"athlete: {name.capitalize()}\nraces: [{result} on 2026-12-13]\n")


def compiled(cli, *arguments, into="build"):
    return cli("compile", "four.plan.yaml", "--athlete", "runners", "-o", into, *arguments)


def contents(folder):
    """Every file below a folder by its path."""
    return {
        str(path.relative_to(folder)): path.read_bytes() for path in sorted(Path(folder).rglob("*")) if path.is_file()
    }


def test_each_runner_gets_what_they_would_get_alone(group, cli):
    run = compiled(cli)
    assert (run.status, run.err) == (0, "")
    assert run.out == (
        "build/anna: Four weeks, 8 workouts in 4 weeks, about 8 h 10, 89.0 km, exact\n"
        "build/ben: Four weeks, 8 workouts in 4 weeks, about 9 h 14, 87.3 km, exact\n"
        "build/cleo: Four weeks, 8 workouts in 4 weeks, about 7 h 15, 91.0 km, exact\n"
        "\n"
        "Runner  Paces from      On          VDOT  Easy /km   Threshold /km\n"
        "anna    10 km in 45:00  2026-12-13  45.3  6:01-5:21  4:37\n"
        "ben     10 km in 52:30  2026-12-13  37.8  6:57-6:11  5:20\n"
        "cleo    5 km in 18:40   2026-12-13  54.0  5:14-4:39  4:00\n"
        "\n"
        "Runner  A week       Mean   Mean time  Messages\n"
        "anna    19 to 25 km  22 km  2 h 03     -\n"
        "ben     19 to 25 km  22 km  2 h 18     -\n"
        "cleo    20 to 26 km  23 km  1 h 49     -\n"
    )
    for name in RESULTS:
        alone = cli("compile", "four.plan.yaml", "--athlete", f"runners/{name}.athlete.yaml", "-o", f"alone/{name}")
        assert alone.status == 0
    assert contents("build") == contents("alone")
    assert compiled(cli, "-q").out == ""


def test_a_mistake_in_one_athlete_stops_that_one_and_what_is_wrong_for_all_is_said_once(group, cli, write):
    write("runners/ben.athlete.yaml", "athlete: Ben\nraces: [10 km in fast]\n")
    write("four.plan.yaml", PLAN.replace("weeks: 4", "weeks: 14"))
    run = compiled(cli)
    assert run.status == 1
    assert sorted(os.listdir("build")) == ["anna", "cleo"]
    assert run.codes == ["many-workouts", "unexpected"]
    assert "for anna and cleo:\nfour.plan.yaml:1:7: warning[many-workouts]" in run.err
    assert "for ben:\nrunners/ben.athlete.yaml:2:18: error[unexpected]: expected a time" in run.err
    assert run.err.endswith("2 runners done, not all of it for ben\n")
    assert "ben     no result" in run.out


def test_several_processes_write_the_same(group, cli):
    assert compiled(cli, "--zip").status == 0
    run = compiled(cli, "--zip", "--jobs", "2", into="two")
    assert (run.status, run.err) == (0, "")
    assert contents("two") == contents("build")


def test_an_archive_for_each_is_the_same_every_time(group, cli):
    run = compiled(cli, "--zip")
    assert "build/anna.zip: to hand on\n" in run.out
    first = Path("build/anna.zip").read_bytes()
    with zipfile.ZipFile("build/anna.zip") as archive:
        assert archive.testzip() is None
        names = archive.namelist()
        assert [name for name in names if not name.endswith(".fit")] == [
            "SCHEDULE.FIT",
            "how-to-load.html",
            "plan.html",
            "plan.ics",
        ]
        for name in names:
            if not name.endswith(".html"):
                assert archive.read(name) == Path("build/anna", name).read_bytes()
    assert compiled(cli, "--zip").status == 0
    assert Path("build/anna.zip").read_bytes() == first


def test_the_archive_of_somebody_else_stays(group, cli, write):
    write("build/ben.zip", "not ours")
    run = compiled(cli, "--zip")
    assert run.status == 1
    assert "`build/ben.zip` is already there, and is no archive of negsplit" in run.err
    assert Path("build/ben.zip").read_text() == "not ours"
    assert Path("build/anna.zip").exists()
    assert compiled(cli, "--zip", "--force").status == 0


def test_an_older_archive_of_one_at_fault_is_said(group, cli, write):
    assert compiled(cli, "--zip").status == 0
    write("runners/ben.athlete.yaml", "athlete: Ben\nraces: [10 km in fast]\n")
    run = compiled(cli, "--zip")
    assert run.codes == ["unexpected", "old-archive"]
    said = "warning[old-archive]: `build/ben.zip` is of an earlier run\n  help: compile again once this is mended\n"
    assert said in run.err


def test_a_cluster_writes_the_same(group, cli):
    distributed = pytest.importorskip("distributed")
    assert compiled(cli).status == 0
    how = {"n_workers": 1, "threads_per_worker": 1, "processes": False, "dashboard_address": None}
    with distributed.LocalCluster(**how, silence_logs=logging.ERROR, protocol="tcp://", host="127.0.0.1") as cluster:
        at = cluster.scheduler_address
        run = cli("compile", "four.plan.yaml", "--athlete", "runners", "-o", "there", "--scheduler", at)
    assert (run.status, run.err) == (0, "")
    assert contents("there") == contents("build")


def test_a_runner_may_have_a_small_plan_of_their_own(group, cli, write):
    write("runners/anna.plan.yaml", "plan: Four weeks\nid: four\nuse: ../four.plan.yaml\nmoves: {sun: sat}\n")
    write("runners/ben.plan.yaml", "plan: Something else\nstart: 2027-01-04\nweeks: 1\nsessions: []\n")
    run = compiled(cli)
    assert run.status == 0
    assert (
        "for anna:\nnote[own-plan]: `anna` has a plan of their own, `runners/anna.plan.yaml`, which uses "
        "`four.plan.yaml`\n" in run.err
    )
    assert (
        "note[own-plan]: `runners/ben.plan.yaml` does not use `four.plan.yaml`, so `ben` gets that as it is\n"
        "  help: if it should count, it begins with `plan: ...` and `use: ../four.plan.yaml`\n" in run.err
    )
    assert "2027-01-09-w01-sun.fit" in os.listdir("build/anna")
    assert "2027-01-10-w01-sun.fit" in os.listdir("build/ben")


def test_words_and_files_are_a_group_too_and_workouts_are_for_each(cli, write):
    write("a.workout.yaml", "workout: A\nsteps: 20 min @ threshold\n")
    write("anna/athlete.yaml", "athlete: A\nraces: 5 km in 20:00\n")
    run = cli("compile", ".", "--athlete", "5 km in 22:30", "--athlete", "anna/athlete.yaml", "-o", "build")
    assert run.status == 0
    assert sorted(contents("build")) == ["5-km-in-22-30/a.fit", "anna/a.fit"]
    line = cli("compile", "-e", "20 min @ 10k", "--athlete", "5 km in 22:30", "--athlete", "anna", "-o", "line")
    assert line.status == 0
    assert sorted(contents("line")) == ["5-km-in-22-30/5-km-in-22-30.fit", "anna/anna.fit"]


def test_a_folder_that_is_misspelt_is_proposed(group, cli):
    run = cli("compile", "four.plan.yaml", "--athlete", "runner/", "-o", "build")
    assert run.status == 1
    assert "  help: did you mean the folder `runners`?\n" in run.err


@pytest.mark.parametrize(
    ("options", "words"),
    [
        (["--athlete", "runners", "-o", "x.fit"], "-o names one file, `x.fit`, and a plan has many"),
        (["--athlete", "runners"], "a group needs a folder, in which each runner gets one: -o build"),
        (["-o", "build", "--zip"], "--zip, --jobs and --scheduler are for a group"),
        (["-o", "build", "--jobs", "2"], "--zip, --jobs and --scheduler are for a group"),
        (["--athlete", "runners", "-o", "b", "--jobs", "2", "--scheduler", "tcp://127.0.0.1:1"], "not both"),
    ],
)
def test_wrong_usage(group, cli, options, words):
    run = cli("compile", "four.plan.yaml", *options)
    assert run.status == 2
    assert words in run.err


def test_what_is_asked_of_nothing_is_said(group, cli, write):
    Path("none").mkdir()
    run = cli("compile", "none", "--athlete", "runners", "-o", "build")
    assert run.status == 1
    assert run.codes == ["nothing-found"]
    assert "for all 3 runners:\n" in run.err
    write("a.workout.yaml")
    weeks = cli("compile", "a.workout.yaml", "--athlete", "runners", "-o", "build", "--weeks", "1")
    assert weeks.status == 2
    file = cli("compile", "a.workout.yaml", "--athlete", "runners", "-o", "x.fit")
    assert "a group needs a folder" in file.err


def test_a_cluster_that_is_not_there_is_said(group, cli, monkeypatch):
    monkeypatch.setattr(sys.modules["negsplit.cli.group.compiling"], "_PATIENCE", 0.2)
    pytest.importorskip("distributed")
    run = compiled(cli, "--scheduler", "tcp://127.0.0.1:9")
    assert run.status == 1
    assert run.err == (
        "error[cluster]: no Dask scheduler answers at `tcp://127.0.0.1:9`\n"
        "  help: start one with `dask scheduler`, which says its address: tcp://HOST:PORT\n"
    )
    monkeypatch.setitem(sys.modules, "distributed", None)
    run = compiled(cli, "--scheduler", "tcp://127.0.0.1:9")
    assert run.err.startswith(
        "error[cluster]: `--scheduler` needs Dask, which is not installed\n  help: install it with "
    )


# --- What goes wrong on the way ----------------------------------------------------------------


def test_an_athlete_at_fault_among_two_hundred(cli, write):
    write("one.plan.yaml", "plan: One\nstart: 2027-01-04\nweeks: 1\nsessions: [{on: tue, steps: 20 min @ threshold}]\n")
    many = 200 if os.environ.get("NEGSPLIT_FULL_MATRIX") else 30
    for number in range(many):
        write(f"runners/r{number:03}.athlete.yaml", f"athlete: R{number}\nraces: 5 km in {20 + number / 20:.2f} min\n")
    write("runners/r017.athlete.yaml", "athlete: R17\nraces: 5 km\n")
    run = cli("compile", "one.plan.yaml", "--athlete", "runners", "-o", "build")
    assert run.status == 1
    assert run.err.endswith(f"{many - 1} runners done, not all of it for r017\n")
    assert len(os.listdir("build")) == many - 1


def test_a_full_disk_stops_that_runner_alone(group, cli, monkeypatch):
    assert compiled(cli).status == 0
    before = contents("build/ben")
    Path("four.plan.yaml").write_text(PLAN.replace("12 km", "11 km"))

    def full(descriptor, data, write=os.write):
        if "/ben/" in os.readlink(f"/proc/self/fd/{descriptor}"):
            raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))
        return write(descriptor, data)

    with monkeypatch.context() as patch:
        patch.setattr(os, "write", full)
        run = compiled(cli)
    assert run.status == 1
    assert run.codes == ["unwritable"]
    assert contents("build/ben") == before
    assert contents("build/anna")
    assert run.err.endswith("2 runners done, not all of it for ben\n")
    assert compiled(cli).status == 0
    assert contents("build/ben") != before


def many(write, number):
    """More runners than are done in a moment."""
    write("four.plan.yaml", PLAN.replace("weeks: 4", "weeks: 13"))
    for one in range(number):
        write(f"runners/r{one:02}.athlete.yaml", f"athlete: R{one}\nraces: 5 km in {20 + one}:00\n")


def started(*options):
    command = [sys.executable, "-m", "negsplit", "compile", "four.plan.yaml", "--athlete", "runners", *options]
    return subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, start_new_session=True)


def workers(process):
    """The processes below a process that have worked for it."""
    found = Path(f"/proc/{process.pid}/task/{process.pid}/children").read_text().split()
    return [int(one) for one in found if b"spawn_main" in Path(f"/proc/{one}/cmdline").read_bytes()]


@pytest.mark.skipif(not Path("/proc/self/task").exists(), reason="looks for the workers in /proc")
def test_a_worker_that_is_killed_costs_nothing(write, cli, heard):
    many(write, 8)
    with started("-o", "build", "--jobs", "2", "-q") as process:
        while not Path("build").exists():
            time.sleep(0.01)
        os.kill(workers(process)[0], signal.SIGKILL)
        _, err = process.communicate(timeout=60)
    assert "many-workouts" in err
    assert process.returncode == 0
    assert len(os.listdir("build")) == 8
    assert compiled(cli, "-q", into="alone").status == 0
    assert contents("build") == contents("alone")


@pytest.mark.parametrize("jobs", ["1", "2"])
def test_an_interrupt_ends_all_and_leaves_nothing_half_written(write, heard, jobs):
    many(write, 36)
    with started("-o", "build", "--jobs", jobs) as process:
        process.stdout.readline()
        os.killpg(process.pid, signal.SIGINT)
        _, err = process.communicate(timeout=60)
    assert process.returncode == 130
    assert "Traceback" not in err
    assert len(os.listdir("build")) < 36
    for folder in Path("build").iterdir():
        assert {"manifest.json", "plan.ics", "SCHEDULE.FIT"} <= {*os.listdir(folder)}
        assert not [name for name in os.listdir(folder) if name.startswith(".")]
