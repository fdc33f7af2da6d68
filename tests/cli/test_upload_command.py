"""``negsplit upload``: the real client against a double of the service."""

from __future__ import annotations

import json

import pytest

from negsplit.account.marker import read_marker

pytest.importorskip("garminconnect", reason="the optional `account` dependencies are not installed")

TODAY = "2026-12-01"


@pytest.fixture(autouse=True)
def logged_in(log_in, stop_clock):
    stop_clock(f"{TODAY} 08:00")
    log_in()


@pytest.fixture
def easy(write):
    return write(
        "easy.workout.yaml", "workout: Easy\nnotes: Talk.\nsteps: 20 min @ RPE 3, 4x(20 s @ RPE 8, walk 60 s)\n"
    )


def writes(service):
    return [(one.method, one.path) for one in service.log.writes]


def held(service):
    """The workouts in the account."""
    return list(service.library.workouts.values())


def days(service):
    """Which workout is on which day."""
    return sorted((entry["date"], entry["workoutId"]) for entry in service.calendar.entries.values())


def test_a_workout_comes_into_the_account_and_onto_a_day(service, easy, cli):
    run = cli("upload", easy, "--on", "2026-12-06")
    assert (run.status, run.err) == (0, "")
    assert run.out == "+ Easy, on Sun 06 Dec 2026: new\n1 to create\n1 change done\n"
    (workout,) = held(service)
    assert workout["workoutName"] == "Easy"
    assert workout["description"].startswith("Talk.\n[negsplit:easy#")
    assert days(service) == [("2026-12-06", workout["workoutId"])]


def test_a_workout_typed_on_the_command_line_comes_into_the_account(service, cli):
    words = "warmup 10 min, 6x(400 m @ RPE 8, 200 m)"
    run = cli("upload", "-e", words, "--on", "2026-12-06")
    assert run.status == 0, run.err
    (workout,) = held(service)
    assert workout["workoutName"] == "6x(400 m @ RPE 8, 200 m)"
    assert cli("upload", "-e", "10 min, 5 parsecs").codes == ["unknown-unit"]
    assert len(held(service)) == 1


def test_what_is_sent_is_what_compile_writes(service, easy, cli):
    cli("upload", easy)
    cli("compile", easy, "--format", "connect", "-o", "easy.json")
    with open("easy.json", encoding="utf-8") as file:
        body = json.load(file)
    (post,) = (one for one in service.log.writes if one.method == "POST")
    sent = json.loads(post.body)
    assert read_marker(sent["description"])
    assert {**sent, "description": "Talk."} == body


def test_again_is_nothing_to_do(service, easy, cli):
    for _ in range(3):
        run = cli("upload", easy, "--on", "2026-12-06")
        assert run.status == 0
    assert run.out == "1 unchanged\n"
    assert len(held(service)) == len(days(service)) == 1
    assert len(writes(service)) == 2


def test_today_is_not_over(service, easy, cli):
    assert cli("upload", easy, "--on", TODAY).status == 0
    assert [day for day, _ in days(service)] == [TODAY]


def test_what_was_deleted_on_the_web_and_is_uploaded_again_is_there_again(service, easy, cli):
    cli("upload", easy)
    service.library.remove(held(service)[0]["workoutId"])
    run = cli("upload", easy)
    assert run.status == 0
    assert run.out.startswith("+ Easy: deleted on the web\n1 to create\n1 change done\n")
    assert len(held(service)) == 1


def test_another_day_is_another_entry_and_the_first_stays(service, easy, cli):
    cli("upload", easy, "--on", "2026-12-06")
    assert "+ Easy, on Tue 08 Dec 2026: " in cli("upload", easy, "--on", "2026-12-08").out
    assert [day for day, _ in days(service)] == ["2026-12-06", "2026-12-08"]
    assert len(held(service)) == 1


def test_a_changed_workout_is_brought_up_to_date_in_place(service, easy, write, cli):
    cli("upload", easy, "--on", "2026-12-06")
    before = days(service)
    write("easy.workout.yaml", "workout: Easy\nsteps: 25 min @ RPE 3\n")
    run = cli("upload", easy)
    assert run.out.startswith("~ Easy: changed here\n1 to update\n1 change done\n")
    (workout,) = held(service)
    assert len(workout["workoutSegments"][0]["workoutSteps"]) == 1
    assert days(service) == before


def test_an_id_is_kept_when_the_name_changes(service, write, cli):
    write("a.workout.yaml", "workout: First\nid: tuesday\nsteps: 20 min\n")
    cli("upload", "a.workout.yaml")
    write("a.workout.yaml", "workout: Second\nid: tuesday\nsteps: 20 min\n")
    assert cli("upload", "a.workout.yaml").out.startswith("~ Second")
    (workout,) = held(service)
    assert workout["workoutName"] == "Second"
    assert "[negsplit:tuesday#" in workout["description"]


def test_a_dry_run_asks_and_writes_nothing(service, easy, cli):
    run = cli("upload", easy, "--on", "2026-12-06", "--dry-run")
    assert run.status == 0
    assert run.out == "+ Easy, on Sun 06 Dec 2026: new\n1 to create\n"
    assert writes(service) == []
    assert held(service) == []


def test_what_was_changed_on_the_web_is_overwritten_only_by_force(service, easy, write, cli):
    cli("upload", easy)
    (workout,) = held(service)
    workout["workoutName"] = "Mine"
    run = cli("upload", easy)
    assert run.status == 1
    assert "! Easy: it was changed on the web; `--force` overwrites that" in run.out
    assert held(service)[0]["workoutName"] == "Mine"
    assert cli("upload", easy, "--force").status == 0
    assert held(service)[0]["workoutName"] == "Easy"


def test_somebody_elses_workout_of_the_same_name_is_not_touched(service, easy, cli):
    cli("compile", easy, "--format", "connect", "-o", "easy.json")
    with open("easy.json", encoding="utf-8") as file:
        service.library.add(json.load(file))
    (theirs,) = (json.dumps(one, sort_keys=True) for one in held(service))
    assert cli("upload", easy, "--force", "--on", "2026-12-06").status == 0
    assert len(held(service)) == 2
    assert theirs in [json.dumps(one, sort_keys=True) for one in held(service)]


def test_several_workouts_and_a_folder(service, write, cli):
    write("w/one.workout.yaml", "workout: One\nsteps: 10 min\n")
    write("w/two.workout.yaml", "workout: Two\nsteps: 11 min\n---\nworkout: Three\nsteps: 12 min\n")
    run = cli("upload", "w")
    assert run.status == 0
    assert "3 to create\n3 changes done\n" in run.out
    assert sorted(one["workoutName"] for one in held(service)) == ["One", "Three", "Two"]


def test_a_plan_in_a_folder_is_passed_over_and_said(service, easy, plan, write, cli):
    plan()
    write("athlete.yaml", "athlete: Me\nraces: 5 km in 22:30\n")
    run = cli("upload", ".")
    assert run.status == 0
    assert run.codes == ["passed-over"]
    assert "`negsplit sync spring.plan.yaml` puts it into the account" in run.err
    assert [one["workoutName"] for one in held(service)] == ["Easy"]
    assert cli("upload", "-q", ".")[:] == (0, "", "")


def test_two_that_would_be_one_are_refused(service, write, cli):
    write("a.workout.yaml", "workout: Easy\nsteps: 10 min\n")
    write("b.workout.yaml", "workout: EASY\nsteps: 11 min\n")
    run = cli("upload", "a.workout.yaml", "b.workout.yaml")
    assert run.status == 1
    assert run.codes == ["same-workout"]
    assert "its own `id:`" in run.err
    assert writes(service) == []


def test_names_in_any_letters_are_told_apart(service, write, cli):
    write("a.workout.yaml", "workout: Über die Hügel\nsteps: 10 min\n")
    write("b.workout.yaml", "workout: 山坡跑\nsteps: 11 min\n")
    write("c.workout.yaml", f"workout: {'long name ' * 6}\nsteps: 12 min\n")
    write("d.workout.yaml", f"workout: {'long name ' * 6}too\nsteps: 13 min\n")
    assert cli("upload", *(f"{letter}.workout.yaml" for letter in "abcd")).status == 0
    assert len({read_marker(one["description"]).key for one in held(service)}) == 4


@pytest.mark.parametrize("notes", ["[negsplit:easy#12345678]", "see below\\n[negsplit:half/w03-tue#1a2b3c4d]"])
def test_notes_that_look_like_our_mark_are_an_error(service, write, cli, notes):
    write("a.workout.yaml", f'workout: Easy\nnotes: "{notes}"\nsteps: 10 min\n')
    run = cli("upload", "a.workout.yaml")
    assert run.status == 1
    assert run.codes == ["marker"]
    assert writes(service) == []


def test_a_file_with_a_mistake_keeps_no_other_from_being_sent(service, easy, write, cli):
    write("w/bad.workout.yaml", "workout: B\nsteps: 20 mni\n")
    write("w/two.workout.yaml", "workout: Two\nsteps: 11 min\n---\nworkout: Three\nsteps: 12 mni\n")
    write("w/marked.workout.yaml", 'workout: Marked\nnotes: "negsplit: mine"\nsteps: 10 min\n')
    for again in (False, True):
        run = cli("upload", easy, "w")
        assert run.status == 1
        assert sorted(run.codes) == ["marker", "unknown-unit", "unknown-unit"]
        assert ("\n2 unchanged\n" if again else "\n2 changes done\n") in f"\n{run.out}"
        assert "nothing was uploaded" not in run.err
    assert sorted(one["workoutName"] for one in held(service)) == ["Easy", "Two"]


def test_a_dry_run_says_with_its_status_that_a_file_has_a_mistake(service, easy, write, cli):
    write("bad.workout.yaml", "workout: B\nsteps: 20 mni\n")
    assert cli("upload", easy, "bad.workout.yaml", "--dry-run").status == 1
    assert cli("upload", easy, "--dry-run").status == 0


def test_where_a_file_has_a_mistake_time_alone_does_not_help(service, easy, write, cli):
    service.fault("POST", r"/workout-service/schedule/\d+", "drop")
    cli("upload", easy, "--on", "2026-12-06")
    write("bad.workout.yaml", "workout: B\nsteps: 20 mni\n")
    assert cli("upload", easy, "--on", "2026-12-06").status == 75
    assert cli("upload", easy, "bad.workout.yaml", "--on", "2026-12-06").status == 1


def test_nothing_but_mistakes_asks_the_account_nothing(service, write, cli):
    write("bad.workout.yaml", "workout: B\nsteps: 20 mni\n")
    run = cli("upload", "bad.workout.yaml")
    assert run.status == 1
    assert "nothing was uploaded" in run.err
    assert service.log.requests == []


def test_of_two_that_would_be_one_neither_is_sent_and_the_others_are(service, easy, write, cli):
    for name, title in (("a", "Long"), ("b", "LONG"), ("c", "long")):
        write(f"{name}.workout.yaml", f"workout: {title}\nsteps: 10 min\n")
    run = cli("upload", "a.workout.yaml", easy, "b.workout.yaml", "c.workout.yaml")
    assert (run.status, run.codes) == (1, ["same-workout", "same-workout"])
    assert [one["workoutName"] for one in held(service)] == ["Easy"]


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (["easy.workout.yaml", "--on", "tomorrow"], "write for example `2026-12-01`"),
        (["easy.workout.yaml", "--on", "2026-11-30"], "is over"),
        (["spring.plan.yaml"], "`negsplit sync spring.plan.yaml`"),
    ],
)
def test_what_is_wrong_with_the_command_line(service, easy, plan, cli, arguments, words):
    plan()
    run = cli("upload", *arguments)
    assert run.status == 2
    assert words in run.err
    assert service.log.requests == []


# --- When something goes wrong -----------------------------------------------------------------


@pytest.mark.parametrize("when", ["before", "after"])
@pytest.mark.parametrize("kind", ["drop", "html", "cut"])
def test_an_answer_that_is_lost_is_put_right_by_the_next_run(service, easy, cli, when, kind):
    service.fault("POST", "/workout-service/workout", kind, when=when)
    run = cli("upload", easy, "--on", "2026-12-06")
    assert run.status == 1
    assert run.codes == ["account-unclear"]
    assert "run the same command again" in run.err
    again = cli("upload", easy, "--on", "2026-12-06")
    if again.status == 75:  # it may have come without being shown yet: only time tells
        assert "the account has not confirmed it yet" in again.out
        return
    assert again.status == 0
    assert len(held(service)) == len(days(service)) == 1


def test_where_time_alone_helps_it_is_75_and_else_1(service, easy, write, cli):
    other = write("other.workout.yaml")
    cli("upload", other)
    service.fault("POST", r"/workout-service/schedule/\d+", "drop")
    cli("upload", easy, "--on", "2026-12-06")
    run = cli("upload", easy, other, "--on", "2026-12-06")
    assert run.status == 75
    assert "the account has not confirmed it yet; run this again in 10 min" in run.out
    held(service)[0]["workoutName"] = "Mine"
    assert cli("upload", easy, other, "--on", "2026-12-06").status == 1


def test_too_many_requests_end_with_75_and_what_is_left(service, easy, cli):
    service.fault("POST", r"/workout-service/schedule/\d+", "status", status=429, headers={"Retry-After": "541"})
    run = cli("upload", easy, "--on", "2026-12-06")
    assert run.status == 75
    assert run.codes == ["rate-limited"]
    assert "0 of 1 change done; not done, or not known:" in run.err
    assert "in 10 min" in run.err
    assert cli("upload", easy, "--on", "2026-12-06").status == 0
    assert len(held(service)) == len(days(service)) == 1


def test_a_folder_without_workouts_is_an_error(service, write, cli):
    write("w/athlete.yaml", "athlete: Me\n")
    run = cli("upload", "w")
    assert run.status == 1
    assert run.codes == ["nothing-found"]


def test_a_mistake_that_several_workouts_share_is_said_once(service, write, cli):
    write("strides.yaml", "workout: Strides\nsteps: 20 sx @ RPE 8\n")
    for name in ("a", "b"):
        write(f"{name}.workout.yaml", f"workout: {name}\nsteps: [use: strides.yaml]\n")
    run = cli("upload", "a.workout.yaml", "b.workout.yaml")
    assert run.status == 1
    assert len(run.codes) == 1
    assert "strides.yaml:2:11: " in run.err


def test_a_mistake_of_the_athlete_uploads_nothing(service, easy, write, cli):
    write("athlete.yaml", "athlete: Me\nraces: 5 km in 99:99\n")
    run = cli("upload", easy)
    assert run.status == 1
    assert run.codes == ["clock"]


def test_a_file_that_is_not_there_keeps_no_other_from_being_sent(service, easy, cli):
    run = cli("upload", easy, "w/nowhere.yaml")
    assert run.status == 1
    assert run.codes == ["unreadable"]
    assert len(held(service)) == 1


def test_a_workout_uses_its_neighbours(service, write, cli):
    write("w/a/a.workout.yaml", "workout: A\nsteps: [use: ../b.workout.yaml]\n")
    write("w/b.workout.yaml")
    assert cli("upload", "w/a/a.workout.yaml").codes == ["unknown-block"]
    for arguments in (["w"], ["w/a/a.workout.yaml", "--library", "w"]):
        run = cli("upload", *arguments)
        assert run.status == 0, run.err


def test_the_athlete_of_the_command_line(service, write, cli):
    write("a.workout.yaml", "workout: A\nsteps: 20 min @ easy\n")
    assert cli("upload", "a.workout.yaml").status == 1
    assert cli("upload", "a.workout.yaml", "--athlete", "5 km in 22:30").status == 0


def test_what_is_refused_is_named(service, easy, cli):
    service.fault("POST", "/workout-service/workout", "status", status=400)
    run = cli("upload", easy)
    assert run.status == 1
    assert run.codes == ["account-refused"]
    assert "1 of 1 change not done\n" in run.err
    assert "\n  + Easy: new\n" in run.err
    assert "it goes on from here" not in run.err


def test_what_is_refused_keeps_no_other_from_being_sent_and_its_reason_is_said_once(service, write, cli):
    for name in ("a", "b", "c", "d"):
        write(f"{name}.workout.yaml", f"workout: {name}\nsteps: 10 min\n")
    service.fault("POST", "/workout-service/workout", "status", status=403, skip=1, times=2)
    service.fault("POST", "/workout-service/workout", "html", when="after", skip=1)
    run = cli("upload", ".")
    assert run.status == 1
    assert run.codes == ["account-refused", "account-unclear"]
    assert "(status 403: fault 403): 2 of 4 changes not done\n" in run.err
    assert "(status 200): 1 of 4 changes not done, or not known\n" in run.err
    assert [line for line in run.err.splitlines() if line.startswith("  + ")] == [
        "  + b: new",
        "  + c: new",
        "  + d: new",
    ]
    assert "\n1 change done\n" in run.out
    assert "online" not in run.err
    run = cli("upload", ".")
    assert run.status == 0
    assert len(held(service)) == 4


def test_what_the_account_keeps_otherwise_is_an_error(service, easy, cli, monkeypatch):
    create = service.library.create

    def meddling(*arguments):
        reply = create(*arguments)
        held(service)[-1]["workoutSegments"][0]["workoutSteps"][0]["endConditionValue"] = 5.0
        return reply

    service._routes = [
        (method, path, meddling if answer == create else answer) for method, path, answer in service._routes
    ]
    run = cli("upload", easy)
    assert run.status == 1
    assert run.codes == ["kept-otherwise"]


def test_without_a_login_nobody_logs_in(service, easy, cli):
    cli("account", "logout")
    run = cli("upload", easy)
    assert run.status == 1
    assert run.codes == ["logged-out"]
    assert service.log.requests == []


def test_names_without_letters_are_told_apart(service, write, cli):
    for name in ("!!!", "???"):
        write("a.workout.yaml", f'workout: "{name}"\nsteps: 10 min\n')
        assert cli("upload", "a.workout.yaml").status == 0
    assert len(held(service)) == 2


def test_a_draft_is_not_uploaded_unless_it_is_asked_for(service, write, cli):
    draft = write("draft.workout.yaml", "workout: Easy\nsteps:\n  # ? how fast\n  - run: 30 min\n")
    run = cli("upload", draft, "--on", "2026-12-06")
    assert (run.status, run.codes, held(service)) == (1, ["draft"], [])
    assert cli("upload", draft, "--on", "2026-12-06", "--draft").status == 0
    assert len(held(service)) == 1
