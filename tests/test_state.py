"""Private files: whose they are, that they are whole, and that what is not a plain file of ours is refused."""

import os
import stat
import subprocess
import sys
import threading
from pathlib import Path

import pytest

from negsplit.state import SECRET_BYTES, StateError, StateFolder

posix = pytest.mark.skipif(os.name != "posix", reason="links, modes and owners are POSIX's")


@pytest.fixture
def state(tmp_path):
    return StateFolder(tmp_path / "deep" / "state")


def names(state):
    return sorted(path.name for path in state.folder.iterdir())


def mode(path):
    return stat.S_IMODE(path.stat().st_mode)


def test_what_is_written_is_read_until_it_is_removed(state):
    assert state.read("a.json") is None
    state.remove("a.json")
    assert not state.folder.exists()
    for data in (b"", b"one\r\n\x1a\0", b"two" * 1000):
        state.write("a.json", data)
        assert state.read("a.json") == data
        assert names(state) == ["a.json"]
    state.remove("a.json")
    assert state.read("a.json") is None
    assert names(state) == []


def test_a_file_larger_than_expected_is_refused(state):
    state.write("a", b"12345")
    assert state.read("a", 5) == b"12345"
    with pytest.raises(StateError, match="larger than 4 bytes"):
        state.read("a", 4)


@posix
def test_everything_is_private_from_the_moment_it_is_there(state, monkeypatch):
    made = []

    def watched(path, flags, mode=0o777, **more):
        descriptor = real(path, flags, mode, **more)
        if flags & os.O_CREAT:
            made.append(stat.S_IMODE(os.fstat(descriptor).st_mode))
            assert flags & os.O_EXCL or not str(path).endswith(".tmp")
        return descriptor

    real, before = os.open, os.umask(0)
    monkeypatch.setattr(os, "open", watched)
    monkeypatch.setattr(os, "chmod", lambda *_: pytest.fail("made first, private later"))
    try:
        state.write("a", b"1")
        state.secret("key")
    finally:
        os.umask(before)
    assert set(made) == {0o600}
    assert mode(state.folder) == 0o700
    assert {mode(path) for path in state.folder.iterdir()} == {0o600}


@posix
@pytest.mark.parametrize("leads_to", ["file", "nothing"])
def test_links_are_refused_and_not_followed(state, tmp_path, leads_to):
    state.write("b", b"")
    other = tmp_path / "other"
    if leads_to == "file":
        other.write_bytes(b"theirs")
    (state.folder / "a").symlink_to(other)
    for action in (lambda: state.read("a"), lambda: state.write("a", b"ours"), lambda: state.remove("a")):
        with pytest.raises(StateError, match="not a plain file"):
            action()
    with pytest.raises(StateError, match="not a plain file"), state.lock("a"):
        pytest.fail("locked through a link")
    assert names(state) == ["a", "b"]
    assert other.exists() == (leads_to == "file")
    assert not other.exists() or other.read_bytes() == b"theirs"


@posix
def test_what_is_no_file_is_refused_without_waiting_for_it(state):
    state.write("b", b"")
    os.mkfifo(state.folder / "pipe")
    (state.folder / "folder").mkdir()
    for name in ("pipe", "folder"):
        for action in (lambda name=name: state.read(name), lambda name=name: state.write(name, b"x")):
            with pytest.raises(StateError, match=f"{name}` is not a plain file"):
                action()
    assert names(state) == ["b", "folder", "pipe"]


@posix
def test_a_folder_that_is_a_link_or_a_file_is_refused(tmp_path):
    (tmp_path / "real").mkdir()
    (tmp_path / "link").symlink_to(tmp_path / "real")
    (tmp_path / "file").write_bytes(b"")
    for name in ("link", "file"):
        state = StateFolder(tmp_path / name)
        for action in (lambda state=state: state.read("a"), lambda state=state: state.write("a", b"x")):
            with pytest.raises(StateError, match=f"{name}` is not a plain folder"):
                action()
    assert list((tmp_path / "real").iterdir()) == []
    with pytest.raises(StateError, match="cannot be written"):
        StateFolder(tmp_path / "file" / "below").write("a", b"x")


@posix
def test_what_belongs_to_another_user_is_refused(state, monkeypatch):
    state.write("a", b"1")
    me = os.geteuid()
    monkeypatch.setattr(os, "geteuid", lambda: me + 1)
    for action in (lambda: state.read("a"), lambda: state.write("a", b"2"), lambda: state.secret("key")):
        with pytest.raises(StateError, match="belongs to another user"):
            action()


@posix
@pytest.mark.parametrize("mode", [0o602, 0o620, 0o640, 0o604])
def test_a_file_that_others_may_open_is_refused(state, mode):
    state.write("a", b"1")
    (state.folder / "a").chmod(mode)
    for action in (lambda: state.read("a"), lambda: state.write("a", b"2")):
        with pytest.raises(StateError, match="others on this computer"):
            action()
    (state.folder / "a").chmod(0o600)
    assert state.read("a") == b"1"


@posix
@pytest.mark.parametrize(("mode", "is_fine"), [(0o707, False), (0o770, False), (0o755, True), (0o700, True)])
def test_a_folder_that_others_may_change_is_refused(state, mode, is_fine):
    state.write("a", b"1")
    state.folder.chmod(mode)
    if is_fine:
        assert state.read("a") == b"1"
        return
    with pytest.raises(StateError, match="others on this computer"):
        state.read("a")


@pytest.mark.parametrize("failing", ["fsync", "replace"])
def test_where_writing_fails_the_older_file_stands_alone(state, monkeypatch, failing):
    state.write("a", b"older")

    def fail(*_):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, failing, fail)
    with pytest.raises(StateError, match="cannot be written: no space left") as error:
        state.write("a", b"secret content")
    assert "secret" not in str(error.value)
    assert names(state) == ["a"]
    assert state.read("a") == b"older"


def run(script, *arguments):
    return subprocess.run([sys.executable, "-c", script, *arguments], check=False, capture_output=True, text=True)


@posix
def test_killed_before_the_rename_the_older_file_stands(state):
    state.write("a", b"older")
    script = """if True:
        import os, pathlib, signal, sys
        from negsplit.state import StateFolder
        os.replace = lambda *_: os.kill(os.getpid(), signal.SIGKILL)
        StateFolder(pathlib.Path(sys.argv[1])).write("a", b"newer")"""
    assert run(script, str(state.folder)).returncode == -9
    assert state.read("a") == b"older"
    state.write("a", b"newest")
    assert state.read("a") == b"newest"


def test_a_file_is_on_the_disk_before_it_is_renamed(state, monkeypatch):
    order = []
    for name in ("fsync", "replace"):
        real = getattr(os, name)
        monkeypatch.setattr(os, name, lambda *given, name=name, real=real: (order.append(name), real(*given))[1])
    state.write("a", b"1")
    assert order == ["fsync", "replace", *["fsync"] * (os.name == "posix")]


def test_a_lock_is_held_by_one_alone(state):
    with state.lock("a.lock"):
        with (
            pytest.raises(StateError, match=r"another negsplit is running and uses `.*a\.lock`"),
            state.lock("a.lock", 0),
        ):
            pytest.fail("held twice")
        with state.lock("b.lock", 0):
            pass
    with state.lock("a.lock", 0):
        pass


def test_a_lock_holds_other_processes_off(state):
    script = """if True:
        import pathlib, sys
        from negsplit.state import StateError, StateFolder
        try:
            with StateFolder(pathlib.Path(sys.argv[1])).lock("a.lock", 0):
                print("had it")
        except StateError as error:
            print(error)"""
    with state.lock("a.lock"):
        assert "another negsplit is running" in run(script, str(state.folder)).stdout
    assert run(script, str(state.folder)).stdout == "had it\n"


def test_a_lock_is_let_go_when_what_it_guards_fails(state):
    with pytest.raises(KeyError), state.lock("a.lock"):
        raise KeyError
    with state.lock("a.lock", 0):
        pass


def test_a_secret_is_made_once(state, tmp_path):
    secret = state.secret("key")
    assert len(secret) == SECRET_BYTES == 32
    assert StateFolder(state.folder).secret("key") == secret
    assert state.secret("other") != secret
    assert StateFolder(tmp_path / "elsewhere").secret("key") != secret


def test_a_secret_is_the_same_for_all_who_ask_at_once(state):
    found = []
    threads = [threading.Thread(target=lambda: found.append(state.secret("key"))) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(found) == 8
    assert set(found) == {state.read("key")}


@pytest.mark.parametrize("data", [b"", b"short", b"x" * 33])
def test_a_damaged_secret_is_not_written_over_nor_shown(state, data):
    state.write("key", data)
    with pytest.raises(StateError, match="key`") as error:
        state.secret("key")
    assert "short" not in str(error.value)
    assert state.read("key") == data


@pytest.mark.parametrize("name", ["", ".", "..", "../a", "a/b", "/etc/passwd", ".hidden", "a\0b", "A", "a\n"])
def test_names_lead_nowhere_else(state, name):
    for action in (state.read, state.remove, state.secret, lambda name: state.write(name, b"")):
        with pytest.raises(ValueError, match="no name"):
            action(name)
    assert not state.folder.exists()


def test_messages_name_the_file(state):
    state.write("b", b"12")
    with pytest.raises(StateError, match="larger") as error:
        state.read("b", 1)
    assert str(Path(state.folder / "b")) in str(error.value)


def test_a_probe_leaves_nothing(state, tmp_path):
    state.probe()
    assert not state.folder.exists()
    state.write("a", b"1")
    state.probe()
    assert [path.name for path in state.folder.iterdir()] == ["a"]
    (tmp_path / "file").write_bytes(b"")
    with pytest.raises(StateError, match="cannot be written to"):
        StateFolder(tmp_path / "file" / "state").probe()
