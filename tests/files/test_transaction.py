"""A folder of files that belong together: after any end it is put right by the next who comes.

The ends are real: a process kills itself before each of its calls to the system that changes something.
"""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from negsplit.files import journal
from negsplit.files.transaction import at_work

OLD = {"a.fit": b"a old", "b.fit": b"b old", "c.fit": b"same", "gone.fit": b"gone"}
NEW = {"a.fit": b"a new", "b.fit": b"b new, and longer", "c.fit": b"same", "d.fit": b"d new"}
FOREIGN = {"notes.txt": b"mine", ".hidden": b"mine too"}

ENDS = f"""
import os, sys
from pathlib import Path
from negsplit.files.transaction import at_work

def change(last, links):
    calls = 0

    def count(name):
        real = getattr(os, name)
        def call(*arguments, **options):
            nonlocal calls
            calls += 1
            if calls == last:
                os._exit(9)
            if name == "link" and links == "linkless":
                raise PermissionError(1, "no links here")
            return real(*arguments, **options)
        setattr(os, name, call)

    for name in ("write", "fsync", "replace", "link", "unlink"):
        count(name)
    with at_work(Path("out"), lambda name: name.endswith(".fit")) as folder:
        folder.write({NEW}, ["gone.fit"])
    os._exit(0)

for line in sys.stdin:
    last, links = line.split()
    child = os.fork() or change(int(last), links)
    print(os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]), flush=True)
"""
"""Starts once, and is told how each change is to end: before which of its calls, or whole."""
WRITES = """
import sys
from pathlib import Path
from negsplit.files.transaction import at_work
with at_work(Path("out"), lambda name: name.endswith(".fit")) as folder:
    folder.write({f"{n}.fit": sys.argv[1].encode() * 50 for n in range(20)}, [])
"""


@pytest.fixture(autouse=True)
def here(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)


def owns(name):
    return name.endswith(".fit")


def contents():
    return {path.name: path.read_bytes() for path in Path("out").iterdir()}


def fill():
    Path("out").mkdir(exist_ok=True)
    for path in Path("out").iterdir():
        path.unlink()
    for name, data in (OLD | FOREIGN).items():
        Path("out", name).write_bytes(data)


def change():
    with at_work(Path("out"), owns) as folder:
        folder.write(NEW, ["gone.fit"])


@pytest.fixture
def end_at():
    """Has a process change the folder that ends before its n-th call, or is whole: whether it ended."""
    command = [sys.executable, "-c", ENDS]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as process:

        def end(call, links="links"):
            print(call, links, file=process.stdin, flush=True)
            status = int(process.stdout.readline())
            assert status in (0, 9)
            return status == 9

        yield end
        process.stdin.close()


@pytest.mark.parametrize("links", ["links", "linkless"])
def test_after_any_end_each_name_holds_its_old_file_or_its_new_one_and_the_next_run_makes_it_whole(end_at, links):
    forward = back = 0
    for call in range(1, 200):
        fill()
        if not end_at(call, links):
            break
        seen = {name: data for name, data in contents().items() if not name.startswith(".negsplit-")}
        for name in {*OLD, *NEW}:
            assert seen.pop(name, None) in (OLD.get(name), NEW.get(name)), (call, name)
        assert seen == FOREIGN
        with at_work(Path("out"), owns):
            whole = contents()
            del whole[journal.NAME]
        assert whole in (OLD | FOREIGN, NEW | FOREIGN), call
        assert not journal.is_open(Path("out"))
        forward += whole == NEW | FOREIGN
        back += whole == OLD | FOREIGN
        change()
        assert contents() == NEW | FOREIGN, call
    assert contents() == NEW | FOREIGN
    assert forward > 5 < back, "some ends are carried through, some undone"


@pytest.mark.parametrize("call", ["write", "fsync", "replace", "link", "unlink"])
def test_after_any_error_the_folder_holds_what_it_held(monkeypatch, call):
    for number in range(30):
        fill()
        real, calls = getattr(os, call), []

        def failing(*arguments, real=real, calls=calls, number=number, **options):
            calls.append(arguments)
            if len(calls) == number + 1:
                raise OSError(5, os.strerror(5))
            return real(*arguments, **options)

        with monkeypatch.context() as patch:
            patch.setattr(os, call, failing)
            failed = False
            try:
                change()
            except OSError:
                failed = True
        if len(calls) <= number:
            break
        if failed and journal.is_open(Path("out")):  # the last steps failed: the next run does them
            change()
            assert contents() == NEW | FOREIGN
        else:
            assert contents() == (OLD if failed else NEW) | FOREIGN, number
        assert failed or call in ("link", "unlink"), "copies do where there are no links"
    else:
        pytest.fail("it never came to an end")


def test_the_order_stands_a_power_cut(monkeypatch):
    """Data before the mark that makes it valid, names before it too, the folder after the last rename."""
    fill()
    trace = []

    def watch(name):
        real = getattr(os, name)

        def call(*arguments, **options):
            if isinstance(arguments[0], int):
                target = os.path.basename(os.readlink(f"/proc/self/fd/{arguments[0]}"))
                said = bytes(arguments[1])[:5] if name == "write" else b""
                trace.append((name, target, said))
            else:
                trace.append((name, Path(arguments[-1]).name, b""))
            return real(*arguments, **options)

        monkeypatch.setattr(os, name, call)

    for name in ("write", "fsync", "replace", "unlink"):
        watch(name)
    change()
    at = {}
    for number, (name, target, said) in enumerate(trace):
        at.setdefault((name, target, said), []).append(number)
    intent = at["write", journal.NAME, b'{"run']
    (ready,) = at["write", journal.NAME, b"ready"]
    journal_flushed = at["fsync", journal.NAME, b""]
    folder_flushed = at["fsync", "out", b""]
    new = [
        number
        for (name, target, _), numbers in at.items()
        if name in ("write", "fsync") and target.endswith(".new")
        for number in numbers
    ]
    renames = [number for (name, _, _), numbers in at.items() if name == "replace" for number in numbers]
    data_flushed = [
        number
        for (name, target, _), numbers in at.items()
        if name == "fsync" and target.endswith(".new")
        for number in numbers
    ]
    removed = at["unlink", journal.NAME, b""][-1]
    assert len(renames) == 4
    assert len(data_flushed) == 3
    assert intent[0] < journal_flushed[0] < folder_flushed[0] < min(new), "what will be done, before anything is"
    assert max(new) == max(data_flushed) < folder_flushed[1] < ready < journal_flushed[1] < min(renames)
    assert max(renames) < folder_flushed[2] < removed


def test_an_error_names_the_file_in_question(monkeypatch):
    fill()
    real = os.replace

    def failing(source, target):
        if Path(target).name == "b.fit":
            raise OSError(5, os.strerror(5))
        real(source, target)

    monkeypatch.setattr(os, "replace", failing)
    with pytest.raises(OSError, match=r"b\.fit") as error:
        change()
    assert error.value.filename == str(Path("out/b.fit"))


def test_what_somebody_put_in_the_place_of_a_new_file_is_not_written_over(end_at):
    for call in range(1, 40):
        fill()
        end_at(call)
        found = journal.load(Path("out", journal.NAME), owns)
        if found.phase == "ready" and not Path("out/d.fit").exists():
            break
    Path("out/d.fit").write_bytes(b"mine")
    with pytest.raises(FileExistsError) as error, at_work(Path("out"), owns):
        pass
    assert error.value.filename == str(Path("out/d.fit"))
    assert Path("out/d.fit").read_bytes() == b"mine"
    Path("out/d.fit").unlink()
    change()
    assert contents() == NEW | FOREIGN


def test_two_at_once_never_mix():
    """Real processes, each with another content of every file, started together."""
    fill()
    command = [sys.executable, "-c", WRITES]
    for _ in range(3):
        both = [subprocess.Popen([*command, who], stdout=subprocess.DEVNULL) for who in "AB"]
        assert [process.wait() for process in both] == [0, 0]
        assert len({data for name, data in contents().items() if name[0].isdigit()}) == 1


@pytest.mark.parametrize(
    "line",
    [
        {"files": [["notes.txt", True, 0]]},
        {"files": [["../a.fit", True, 0]], "gone": []},
        {"gone": ["notes.txt"]},
        {"run": "../../ab"},
        {"run": 7},
        {"files": {"a": 1}},
    ],
)
def test_a_strangers_journal_is_not_followed(line):
    fill()
    data = {"run": "0123abcd", "files": [], "gone": []} | line
    Path("out", journal.NAME).write_bytes(b"negsplit journal 1 7\n" + json.dumps(data).encode() + b"\nready\n")
    before = contents()
    with pytest.raises(FileExistsError) as error, at_work(Path("out"), lambda name: name == "a.fit"):
        pass
    assert error.value.filename == str(Path("out", journal.NAME))
    assert contents() == before


@pytest.mark.parametrize(
    "data", [b"", b"negs", b"negsplit journal 1 77", b"\0" * 90, b'negsplit journal 1 7\n{"run": "01']
)
def test_a_journal_that_was_cut_off_says_that_nothing_was_done(data):
    fill()
    Path("out", journal.NAME).write_bytes(data)
    change()
    assert contents() == NEW | FOREIGN


@pytest.mark.parametrize("data", [b"mine", b"mine\n", b"negsplit journal 2 7\n", b"negsplit journal 1 7\nmine\n"])
def test_what_is_no_journal_stays(data):
    fill()
    Path("out", journal.NAME).write_bytes(data)
    with pytest.raises(FileExistsError), at_work(Path("out"), owns):
        pass
    assert Path("out", journal.NAME).read_bytes() == data


def test_modes_are_kept():
    fill()
    os.chmod("out/a.fit", 0o640)
    change()
    assert os.stat("out/a.fit").st_mode & 0o777 == 0o640
    assert os.stat("out/d.fit").st_mode & 0o777 == 0o666 & ~_umask()


def _umask():
    before = os.umask(0)
    os.umask(before)
    return before


def test_what_is_as_it_shall_be_is_left_alone():
    fill()
    change()
    before = {path.name: path.stat().st_mtime_ns for path in Path("out").iterdir()}
    change()
    assert {path.name: path.stat().st_mtime_ns for path in Path("out").iterdir()} == before


def test_a_folder_that_nothing_was_written_to_is_gone_again():
    with pytest.raises(KeyboardInterrupt), at_work(Path("new/deep"), owns):
        raise KeyboardInterrupt
    assert os.listdir() == []
