"""The gallery in docs/ is what the program draws today, and shows all there is."""

from pathlib import Path

import pytest

import write_gallery

ROOT = Path(__file__).parents[1]
GALLERY = ROOT / "docs" / "gallery"


@pytest.fixture(scope="module")
def drawn():
    return dict(write_gallery.pictures())


def test_every_workout_and_plan_has_a_current_picture(drawn):
    files = [*(ROOT / "workouts").glob("*.workout.yaml"), *(ROOT / "workouts" / "plans").glob("*.plan.yaml")]
    assert sorted(drawn) == sorted(GALLERY.glob("*.svg")) == sorted(map(write_gallery.place, files))
    old = [path.name for path, text in drawn.items() if path.read_text(encoding="ascii") != text]
    assert old == [], "run `make docs`"


def test_the_page_is_current_and_shows_every_picture(drawn):
    page = write_gallery.page()
    assert (ROOT / "docs" / "gallery.md").read_text(encoding="utf-8") == page, "run `make docs`"
    assert [path.name for path in drawn if page.count(f"](gallery/{path.name})") != 1] == []
