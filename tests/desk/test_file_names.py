"""Names in a plan's folder: the same wherever they are told, and recognised again."""

import json

import pytest

from negsplit.desk.file_names import owns, week_of
from strategies.spring_plan import ATHLETE, contents


@pytest.mark.parametrize("form", [(), ("--device", "connect")], ids=["for a watch", "for an account"])
def test_what_plan_show_names_is_what_compile_writes(plan, cli, form):
    plan()
    assert cli("compile", "spring.plan.yaml", *ATHLETE, *form).status == 0
    shown = cli("plan", "show", "spring.plan.yaml", *ATHLETE, *form, "--format", "json")
    workouts = [one["workout"] for one in json.loads(shown.out)["sessions"]]
    beside = {"manifest.json", "plan.ics", "SCHEDULE.FIT"}
    assert sorted(one["file"] for one in workouts if one) == sorted(set(contents("spring")) - beside)
    assert len([one for one in workouts if one]) == 8  # two a week


def test_every_file_that_compile_writes_is_known_again(plan, cli):
    plan()
    cli("compile", "spring.plan.yaml", *ATHLETE)
    assert all(map(owns, contents("spring")))


@pytest.mark.parametrize(
    "name",
    [
        *("notes.txt", "2026-12-01-w01-tue.tcx", "2026-12-01-w01-tue", "w01-tue.fit", "2026-12-01-w01-tuesday.fit"),
        *("2026-12-01-w1-tue.fit", "x/2026-12-01-w01-tue.fit", "2026-12-01-w01-tue.fit.bak", "schedule.fit", ""),
    ],
)
def test_no_other_name_is_a_plans(name):
    assert not owns(name)


@pytest.mark.parametrize(
    ("key", "week"), [("w01-tue", 1), ("w03r-tue", 3), ("w03r2-tue-2", 3), ("w104-sun", 104), ("w01", None), ("", None)]
)
def test_the_week_of_a_key(key, week):
    assert week_of(key) == week
