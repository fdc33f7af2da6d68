"""Files mended by cures that are certain: what they are afterwards, and all that stays as it was."""

import os
import shutil
import subprocess
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from negsplit import Diagnostic
from negsplit.compile import compile_documents, parse, runner_from_words
from negsplit.desk.fixing import Fixed, fixed
from negsplit.diagnostics import Edit, Fix, Source, Span
from negsplit.program.device import devices

RUNNER = runner_from_words("5 km in 22:30")[0]
WRONG = "workout: Tuesday\nsteps:\n  - run: 10 min @ esay # gently\n  - cooldwon: 5 min\n"
RIGHT = "workout: Tuesday\nsteps:\n  - run: 10 min @ easy # gently\n  - cooldown: 5 min\n"


def check(source: Source) -> tuple[Diagnostic, ...]:
    return compile_documents(parse(source), RUNNER, devices()["generic"]).diagnostics


def mended(data: bytes) -> bytes:
    return fixed(Path("a.yaml"), data, check).after.encode()


@pytest.mark.parametrize("line_end", ["\n", "\r\n", "\r"])
@pytest.mark.parametrize("mark", ["", "\ufeff"])
def test_line_ends_and_the_mark_of_utf_8_stay(line_end: str, mark: str) -> None:
    wrong, right = ((mark + text.replace("\n", line_end)).encode() for text in (WRONG, RIGHT))
    assert mended(wrong) == right


@given(st.text(st.characters(exclude_categories=["Cs", "Cc"]), max_size=30), st.sampled_from(["\n", "\r\n", "\r"]))
def test_no_byte_outside_of_an_edit_changes(comment: str, line_end: str) -> None:
    """Whatever stands in comments, before and behind what is mended."""
    wrong, right = (f"# {comment}\n{text}# {comment}\n".replace("\n", line_end).encode() for text in (WRONG, RIGHT))
    assert mended(wrong) in (wrong, right)  # some characters no file may hold: then nothing is mended


def test_what_only_a_mended_text_shows_is_mended_too() -> None:
    assert mended(b"workout: A\nsteps:10 min @ esay\n") == b"workout: A\nsteps: 10 min @ easy\n"


def test_what_is_not_certain_is_left() -> None:
    text = b"workout: A\nsteps:\n  - run: 10 min\n    target: easy\n"
    assert fixed(Path("a.yaml"), text, check).fixes == ()


def test_cures_of_other_files_are_left() -> None:
    other = Source("b.yaml", "esay")
    fix = Fix("easy", (Edit(Span(other, 0, 4), "easy"),), is_certain=True)
    found = [Diagnostic.of("unknown-name", "esay", Span(other, 0, 4), (fix,))]
    assert fixed(Path("a.yaml"), b"esay", lambda _source: found).fixes == ()


def test_it_ends_where_cures_never_do() -> None:
    def always(source: Source) -> list[Diagnostic]:
        place = Span(source, 0, 1)
        return [Diagnostic.of("empty", "a", place, (Fix("a", (Edit(place, "aa"),), is_certain=True),))]

    assert len(fixed(Path("a.yaml"), b"a", always).after) < 100


def test_what_is_no_text_is_left() -> None:
    assert fixed(Path("a.yaml"), b"\xff\xfe", check) == Fixed(Path("a.yaml"), "", "", ())


def test_a_diff_has_the_lines_that_differ() -> None:
    assert list(fixed(Path("a.yaml"), WRONG.encode(), check).diff())[:2] == ["--- a.yaml\n", "+++ a.yaml\n"]
    assert [line for line in fixed(Path("a.yaml"), WRONG.encode(), check).diff() if line[:1] in "+-"][2:] == [
        "-  - run: 10 min @ esay # gently\n",
        "-  - cooldwon: 5 min\n",
        "+  - run: 10 min @ easy # gently\n",
        "+  - cooldown: 5 min\n",
    ]


@pytest.mark.skipif(shutil.which("patch") is None, reason="it is judged by patch")
@pytest.mark.parametrize("name", ["a.yaml", "a b.yaml"])
@pytest.mark.parametrize("wrong", [WRONG.replace("\n", "\r\n"), WRONG.rstrip(), "\ufeff" + WRONG, WRONG + "# a\tb"])
def test_patch_takes_a_diff(tmp_path: Path, name: str, wrong: str) -> None:
    made = fixed(Path(name), wrong.encode(), check)
    (tmp_path / name).write_bytes(wrong.encode())
    diff = "".join(made.diff()).encode()
    subprocess.run(["patch", "--binary", "-p0"], input=diff, cwd=tmp_path, check=True, capture_output=True)
    assert (tmp_path / name).read_bytes() == made.after.encode() != wrong.encode()


def test_a_name_is_no_line_of_a_diff() -> None:
    assert next(fixed(Path("a\n+b.yaml"), WRONG.encode(), check).diff()) == "--- a\\x0a+b.yaml\n"


def test_a_link_stays_one(tmp_path: Path) -> None:
    path, link = tmp_path / "a.yaml", tmp_path / "b.yaml"
    path.write_text(WRONG)
    link.symlink_to(path)
    fixed(link, link.read_bytes(), check).write()
    assert link.is_symlink()
    assert path.read_text() == RIGHT


@pytest.mark.skipif(os.name == "nt", reason="modes are those of POSIX")
def test_a_file_that_is_read_only_stays(tmp_path: Path) -> None:
    path = tmp_path / "a.yaml"
    path.write_text(WRONG)
    path.chmod(0o444)
    with pytest.raises(PermissionError):
        fixed(path, path.read_bytes(), check).write()
    assert path.read_text() == WRONG
    assert [one.name for one in tmp_path.iterdir() if one.is_file()] == ["a.yaml"]


def test_a_file_that_changed_meanwhile_stays(tmp_path: Path) -> None:
    path = tmp_path / "a.yaml"
    path.write_text(WRONG)
    made = fixed(path, path.read_bytes(), check)
    path.write_text(WRONG + "# more\n")
    with pytest.raises(OSError, match="meantime"):
        made.write()
    assert path.read_text() == WRONG + "# more\n"
