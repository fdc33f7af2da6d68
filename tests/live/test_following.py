"""When a change is told: by moments that each test sets, over real files."""

import os

import pytest

from live.saving import WAYS
from negsplit.diagnostics import Severity
from negsplit.live.following import AWAY, PAUSE, STILL, WRONG, Follower
from negsplit.live.making import Made, Message

WRONG_TEXT = Message(Severity.ERROR, "it is wrong")


class Desk:
    """A follower, what it told, and a clock that stands until it is moved.

    A text is good if it ends in a full stop; the page is the text. Lines of it that begin with ``>`` name other files.
    """

    def __init__(self, top):
        self.views, self.made, self.now = [], 0, 100.0
        self.follower = Follower(top, self.make, self.views.append)
        self.look()

    def make(self, path):
        self.made += 1
        pieces, looked_at = [], {path}
        for one in (path, *self.others(path)):
            looked_at.add(one)
            pieces.append(one.read_text() if one.exists() else "away")
        text = " + ".join(pieces)
        page = text if text.endswith(".") else None
        return Made(page, () if page else (WRONG_TEXT,), frozenset(looked_at))

    def others(self, path):
        lines = path.read_text().splitlines() if path.exists() else []
        return [path.parent / line[1:] for line in lines if line.startswith(">")]

    def look(self, seconds=0.0):
        """Moves the clock and looks; the pages that were told by that."""
        known = len(self.views)
        self.now += seconds
        self.follower.look(self.now)
        return [(one.page, one.is_old) for one in self.views[known:]]

    def wait(self, seconds):
        """Looks as often as the program does; the pages that were told meanwhile."""
        return [told for _ in range(round(seconds / PAUSE)) for told in self.look(PAUSE)]


@pytest.fixture
def path(desk):
    path = desk / "a.workout.yaml"
    path.write_text("workout.")
    return path


def test_the_first_view_comes_at_once_good_or_not(path):
    assert [one.page for one in Desk(path).views] == ["workout."]
    path.write_text("workout")
    [view] = Desk(path).views
    assert (view.page, view.is_old, view.messages) == ("", True, (WRONG_TEXT,))


def test_nothing_is_made_or_told_while_nothing_changes(path):
    at = Desk(path)
    at.wait(0.1)
    made = at.made
    assert at.wait(5) == []
    assert at.made == made


@pytest.mark.parametrize("way", WAYS.values(), ids=WAYS)
def test_a_save_is_told_once_within_half_of_the_time_that_is_promised(path, way):
    at = Desk(path)
    way(path, "another workout.")
    assert at.wait(0.125) == [("another workout.", False)]
    assert at.wait(3) == []


def test_a_save_of_the_same_text_is_told_too(path):
    at = Desk(path)
    os.utime(path, (1, 1))
    assert at.wait(0.125) == [("workout.", False)]


@pytest.mark.parametrize("way", WAYS.values(), ids=WAYS)
def test_a_mistake_is_told_in_time_beside_the_last_good_page(path, way, stop_clock):
    stop_clock(1000)
    at = Desk(path)
    stop_clock(2000)
    way(path, "a mistake")
    assert at.wait(WRONG - PAUSE) == []
    assert at.wait(4 * PAUSE) == [("workout.", True)]
    view = at.views[-1]
    assert (view.since, view.at, view.messages) == (1000, 2000, (WRONG_TEXT,))
    stop_clock(3000)
    way(path, "workout, mended.")
    assert at.wait(0.125) == [("workout, mended.", False)]
    assert (at.views[-1].since, at.views[-1].messages) == (3000, ())


def test_another_mistake_behind_one_keeps_the_good_page_and_its_moment(path, stop_clock):
    stop_clock(1000)
    at = Desk(path)
    for number in range(3):
        path.write_text("x" * (number + 1))
        assert at.wait(0.25) == [("workout.", True)]
        assert at.views[-1].since == 1000


def test_a_text_that_comes_in_pieces_shows_no_mistake(path):
    """Each a moment behind the other, and more of them than the time for a mistake."""
    at = Desk(path)
    path.write_text("")
    told = at.look(PAUSE)
    for _ in range(20):
        with open(path, "a") as file:
            file.write("piece ")
        told += at.look(STILL / 2)
    with open(path, "a") as file:
        file.write("and end.")
    assert told == []
    assert at.wait(0.125) == [("piece " * 20 + "and end.", False)]


def test_half_of_a_text_is_not_shown_either_where_it_has_no_mistake(path):
    at = Desk(path)
    path.write_text("")
    told = []
    for number in range(20):
        with open(path, "a") as file:
            file.write(f"line {number}.")
        told += at.look(STILL / 2)
    assert told == []
    assert at.wait(0.125) == [("".join(f"line {number}." for number in range(20)), False)]


def test_a_pause_in_the_middle_of_a_text_shows_no_mistake_either(path):
    at = Desk(path)
    path.write_text("")
    assert at.wait(WRONG - PAUSE) == []
    path.write_text("the rest.")
    assert at.wait(0.125) == [("the rest.", False)]


def test_a_file_that_is_away_for_a_moment_is_no_mistake(path):
    at = Desk(path)
    path.rename(path.with_name("backup"))
    assert at.wait(AWAY - 2 * PAUSE) == []
    path.write_text("written again.")
    assert at.wait(0.125) == [("written again.", False)]


def test_a_file_that_stays_away_is_a_mistake(path):
    at = Desk(path)
    path.unlink()
    assert at.wait(AWAY + 4 * PAUSE) == [("workout.", True)]


def test_the_files_that_it_uses_are_followed_too_and_those_that_are_not_there_yet(path):
    used = path.with_name("used")
    path.write_text(">used\n>more\n.")
    (path.with_name("more")).write_text("more.")
    at = Desk(path)
    assert at.views[-1].page == ">used\n>more\n. + away + more."
    for text in ("used.", "changed."):
        used.write_text(text)
        assert at.wait(0.125) == [(f">used\n>more\n. + {text} + more.", False)]
    path.write_text(">more\n.")
    at.wait(0.125)
    made = at.made
    used.write_text("nobody's business.")
    assert at.wait(0.3) == []
    assert at.made == made, "what is no longer used is no longer followed"


def test_a_file_that_changes_while_it_is_made_is_made_again(path):
    at = Desk(path)
    make = at.make

    def changing(document):
        at.follower._make = make
        made = make(document)
        path.write_text("changed meanwhile.")
        return made

    at.follower._make = changing
    path.write_text("changed.")
    assert at.wait(0.3) == [("changed.", False), ("changed meanwhile.", False)]


def test_a_file_first_used_that_changes_while_it_is_made_is_made_again(path):
    used = path.with_name("used")
    used.write_text("old")
    at = Desk(path)
    make = at.make

    def changing(document):
        at.follower._make = make
        made = make(document)
        used.write_text("new.")
        return made

    at.follower._make = changing
    path.write_text(">used\n.")
    assert at.wait(0.3)[-1] == (">used\n. + new.", False)


def test_looks_are_far_apart_where_they_take_long(path, monkeypatch):
    at = Desk(path)
    moments = iter((0.0, 0.5))
    monkeypatch.setattr("negsplit.live.following.time.perf_counter", lambda: next(moments))
    assert at.follower.look(at.now) >= 5


# --- Folders -----------------------------------------------------------------------------------


@pytest.fixture
def folder(desk):
    for number, name in enumerate("bca"):
        path = desk / f"{name}.yaml"
        path.write_text(f"workout: {name}.")
        os.utime(path, (number, number))
    return desk


def test_the_file_saved_last_comes_first(folder):
    os.utime(folder / "c.yaml", (9, 9))
    [view] = Desk(folder).views
    assert (view.name, view.names, view.page) == ("c.yaml", ("a.yaml", "b.yaml", "c.yaml"), "workout: c.")


def test_a_file_that_is_saved_comes_to_the_front(folder):
    at = Desk(folder)
    (folder / "b.yaml").write_text("workout: b, changed.")
    assert at.wait(0.125) == [("workout: b, changed.", False)]
    assert at.views[-1].name == "b.yaml"


def test_a_new_file_is_shown_and_listed(folder):
    at = Desk(folder)
    (folder / "below").mkdir()
    (folder / "below" / "new.yaml").write_text("workout: new.")
    assert at.wait(0.125) == [("workout: new.", False)]
    assert (at.views[-1].name, len(at.views[-1].names)) == ("below/new.yaml", 4)


def test_a_new_file_that_is_no_workout_changes_nothing(folder):
    at = Desk(folder)
    (folder / "new.yaml").write_text("something: else.")
    assert at.wait(0.25) == []


def test_a_file_is_chosen_by_its_name_and_keeps_its_last_good_page(folder):
    at = Desk(folder)
    (folder / "a.yaml").write_text("workout: a mistake")
    assert at.wait(0.25) == [("workout: a.", True)]
    at.follower.choose("c.yaml")
    assert at.look() == [("workout: c.", False)]
    at.follower.choose("../secret.yaml")
    at.follower.choose("c.yaml")
    assert at.wait(0.25) == []
    at.follower.choose("a.yaml")
    assert at.look() == [("workout: a.", True)]


def test_a_file_that_is_gone_gives_way_to_the_one_saved_before_it(folder):
    at = Desk(folder)
    (folder / "a.yaml").unlink()
    assert at.wait(AWAY - 2 * PAUSE) == []
    assert at.wait(6 * PAUSE) == [("workout: c.", False)]
    assert at.views[-1].names == ("b.yaml", "c.yaml")


def test_a_folder_without_a_workout_waits_for_one(desk):
    at = Desk(desk)
    [view] = at.views
    assert (view.name, view.page, [one.text.partition("\n")[0] for one in view.messages]) == (
        "",
        "",
        ["error[nothing-found]: there is no workout or plan in the files and folders you named"],
    )
    (desk / "a.yaml").write_text("workout: a.")
    assert at.wait(0.125) == [("workout: a.", False)]
    (desk / "a.yaml").unlink()
    at.wait(AWAY + 6 * PAUSE)
    assert at.views[-1].names == ()
