"""``negsplit upload --send``: on to a watch, by the account's queue."""

from __future__ import annotations

import pytest

pytest.importorskip("garminconnect", reason="the optional `account` dependencies are not installed")

MESSAGES = "/device-service/devicemessage/messages"
DEVICES = "/device-service/deviceregistration/devices"
QUEUED = "1 workout queued for Forerunner 265, which fetches them the next time it syncs"
WAITS = "1 workout waits for Forerunner 265 already"


@pytest.fixture(autouse=True)
def logged_in(log_in, stop_clock):
    stop_clock("2026-12-01 08:00")
    log_in()


@pytest.fixture
def easy(write):
    return write("easy.workout.yaml", "workout: Easy\nsteps: 20 min @ RPE 3\n")


def waiting(service):
    return [(one["metaDataId"], one["messageName"]) for one in service.devices.waiting]


def held(service):
    return {one["workoutName"]: number for number, one in service.library.workouts.items()}


def has(service, *names):
    """Other watches than the usual one."""
    usual, strap = service.devices.registered
    more = [usual | {"deviceId": 100 + index, "displayName": name} for index, name in enumerate(names)]
    service.devices.registered[:] = [*more, strap]


def test_what_is_uploaded_waits_for_the_watch(service, easy, cli):
    run = cli("upload", easy, "--send")
    assert (run.status, run.err) == (0, "")
    assert run.out == f"+ Easy: new\n1 to create\n1 change done\n{QUEUED}\n"
    assert waiting(service) == [(held(service)["Easy"], "Easy")]


def test_without_a_day_and_without_a_watch_it_says_that_it_goes_nowhere(service, easy, write, cli):
    """The last line names what leads to a watch; a day does, and so does the queue. Also where something is left."""
    bad = write("bad.workout.yaml", "workout: B\nsteps: 20 mni\n")
    for options in ([], ["--dry-run"], [bad], [bad, "--dry-run"]):
        last = cli("upload", easy, *options).out.splitlines()[-1]
        assert "`--on DATE`" in last
        assert "`--send`" in last
    assert cli("upload", easy, "-q").out == ""
    for options in (["--on", "2026-12-06"], ["--send"]):
        assert "`--on DATE`" not in cli("upload", easy, *options).out


def test_what_waits_already_is_not_sent_twice_and_what_was_fetched_is_sent_again(service, easy, cli):
    cli("upload", easy, "--send")
    run = cli("upload", easy, "--send")
    assert (run.status, run.out) == (0, f"1 unchanged\n{WAITS}\n")
    (number,) = service.devices.fetch()
    assert cli("upload", easy, "--send").out == f"1 unchanged\n{QUEUED}\n"
    assert service.devices.fetch() == [number]


def test_a_dry_run_says_it_and_does_not_do_it(service, easy, cli):
    run = cli("upload", easy, "--send", "--dry-run")
    assert (run.status, run.out) == (0, "+ Easy: new\n1 to create\n1 workout to queue for Forerunner 265\n")
    assert service.log.writes == []
    assert cli("upload", easy, "--send", "--dry-run", "-q")[:] == (0, "", "")


def test_without_a_watch_nothing_is_done(service, easy, cli):
    has(service)
    run = cli("upload", easy, "--send")
    assert (run.status, run.codes, run.out) == (1, ["no-watch"], "")
    assert "`negsplit watch copy`" in run.err
    assert held(service) == {}


@pytest.mark.parametrize(
    ("name", "codes", "words"),
    [
        (None, ["several-watches"], "there is fenix 7S"),
        ("fenix", ["several-watches"], "there is fenix 7S\n"),
        ("edge", ["several-watches"], "`--watch 103`"),
        ("Venu", ["no-watch"], "no watch in the account is called `Venu`"),
        ("", ["no-watch"], "there is fenix 7S Solar"),
    ],
)
def test_several_watches_are_named_and_one_has_to_be(service, easy, cli, name, codes, words):
    has(service, "fenix 7S", "fenix 7S Solar", "Edge 540", "Edge 540")
    run = cli("upload", easy, "--send", *([] if name is None else ["--watch", name]))
    assert (run.status, run.codes, run.out) == (1, codes, "")
    assert words in run.err
    assert held(service) == {}


@pytest.mark.parametrize(("name", "number"), [("solar", 101), ("103", 103)])
def test_a_watch_by_a_part_of_its_name_or_by_its_number(service, easy, cli, name, number):
    has(service, "fenix 7S", "fenix 7S Solar", "Edge 540", "Edge 540")
    assert cli("upload", easy, "--send", "--watch", name).status == 0
    assert [one["deviceId"] for one in service.devices.waiting] == [number]


def test_a_watch_alone_is_wrong_usage(service, easy, cli):
    run = cli("upload", easy, "--watch", "fenix")
    assert run.status == 2
    assert "--send" in run.err
    assert service.log.requests == []


def test_one_that_is_refused_does_not_keep_back_the_others(service, write, cli):
    for name in ("a", "b", "c"):
        write(f"{name}.workout.yaml", f"workout: {name}\nsteps: 10 min\n")
    cli("upload", ".")
    service.devices.refused.add(held(service)["b"])
    run = cli("upload", ".", "--send")
    assert (run.status, run.codes) == (1, ["not-queued"])
    assert "`b` was not queued for Forerunner 265: the account refuses this (status 403" in run.err
    assert "2 workouts queued" in run.out
    assert sorted(name for _, name in waiting(service)) == ["a", "c"]


@pytest.mark.parametrize("when", ["before", "after"])
def test_where_nobody_answers_the_rest_is_named_and_done_by_the_next_run(service, write, cli, when):
    for name in ("a", "b", "c"):
        write(f"{name}.workout.yaml", f"workout: {name}\nsteps: 10 min\n")
    service.fault("POST", MESSAGES, "drop", when=when, skip=1)
    run = cli("upload", ".", "--send")
    assert (run.status, run.codes) == (1, ["account-unclear"])
    assert "  b\n  c\nrun the same command again" in run.err
    assert "  a\n" not in run.err
    assert cli("upload", ".", "--send").status == 0
    assert sorted(name for _, name in waiting(service)) == ["a", "b", "c"]


@pytest.mark.parametrize("kind", ["html", "empty"])
@pytest.mark.parametrize("when", ["before", "after"])
def test_an_answer_that_says_nothing_keeps_back_no_other(service, write, cli, kind, when):
    for name in ("a", "b", "c"):
        write(f"{name}.workout.yaml", f"workout: {name}\nsteps: 10 min\n")
    service.fault("POST", MESSAGES, kind, when=when, skip=1)
    run = cli("upload", ".", "--send")
    assert (run.status, run.codes) == (1, ["not-queued"])
    assert "`b` was not queued, or nobody knows, for Forerunner 265" in run.err
    assert "run the same command again: it first looks at what is already waiting" in run.err
    assert "2 workouts queued" in run.out
    assert cli("upload", ".", "--send").status == 0
    assert sorted(name for _, name in waiting(service)) == ["a", "b", "c"]


@pytest.mark.parametrize(("method", "path"), [("POST", "/workout-service/workout"), ("PUT", ".*/workout/.*")])
@pytest.mark.parametrize("how", [{"kind": "status", "status": 403}, {"kind": "html"}], ids=["refused", "unknown"])
def test_what_the_account_did_not_take_waits_for_no_watch(service, easy, write, cli, method, path, how):
    """What it holds of it is older, or nothing."""
    if method == "PUT":
        cli("upload", easy)
        write("easy.workout.yaml", "workout: Easy\nsteps: 55 min\n")
    other = write("other.workout.yaml", "workout: Other\nsteps: 10 min\n")
    service.fault(method, path, **how)
    assert cli("upload", easy, other, "--send").status == 1
    assert [name for _, name in waiting(service)] == ["Other"]


def test_of_two_copies_the_one_that_is_brought_up_to_date_waits(service, easy, write, cli):
    cli("upload", easy)
    number = held(service)["Easy"]
    service.library.copy(number)
    write("easy.workout.yaml", "workout: Easy\nsteps: 55 min\n")
    assert cli("upload", easy, "--send").status == 0
    assert waiting(service) == [(number, "Easy")]


def test_what_a_friend_shares_waits_for_no_watch(service, easy, cli):
    cli("upload", easy)
    theirs = service.library.workouts[held(service)["Easy"]]
    service.library.add(theirs, friend=11111111)
    service.library.remove(theirs["workoutId"])
    run = cli("upload", easy, "--send")
    assert (run.status, run.codes, waiting(service)) == (1, ["not-ours"], [])


def test_too_many_requests_end_it(service, easy, cli):
    service.fault("POST", MESSAGES, "status", status=429, headers={"Retry-After": "600"})
    run = cli("upload", easy, "--send")
    assert (run.status, run.codes) == (75, ["rate-limited"])
    assert waiting(service) == []


def test_what_somebody_changed_on_the_web_does_not_go_to_the_watch(service, easy, write, cli):
    """It is not what was asked for; the others go."""
    other = write("other.workout.yaml", "workout: Other\nsteps: 10 min\n")
    cli("upload", easy, other)
    service.library.workouts[held(service)["Easy"]]["workoutName"] = "Mine"
    assert "1 workout to queue" in cli("upload", easy, other, "--send", "--dry-run").out
    run = cli("upload", easy, other, "--send")
    assert run.status == 1
    assert [name for _, name in waiting(service)] == ["Other"]


def test_what_the_account_keeps_otherwise_does_not_go_to_the_watch(service, easy, cli):
    read = service.library.read

    def meddling(request, number):
        service.library.workouts[number]["workoutSegments"][0]["workoutSteps"][0]["endConditionValue"] = 5.0
        return read(request, number)

    service._routes = [(method, path, meddling if route == read else route) for method, path, route in service._routes]
    run = cli("upload", easy, "--send")
    assert (run.status, run.codes) == (1, ["kept-otherwise"])
    assert waiting(service) == []


def test_what_was_run_on_its_day_waits_for_no_watch(service, easy, write, cli):
    """Nobody compares it with the file, which may say something else by now."""
    other = write("other.workout.yaml", "workout: Other\nsteps: 10 min\n")
    cli("upload", easy, "--on", "2026-12-06")
    (entry,) = service.calendar.entries.values()
    entry["associatedActivityId"] = 77
    write("easy.workout.yaml", "workout: Easy\nsteps: 55 min\n")
    run = cli("upload", easy, other, "--on", "2026-12-06", "--send")
    assert (run.status, "Easy: it was already run on" in run.out) == (0, True)
    assert [name for _, name in waiting(service)] == ["Other"]


def test_names_of_watches_drive_no_terminal(service, easy, cli, hostile, harmless):
    has(service, hostile)
    run = cli("upload", easy, "--send")
    assert run.status == 0
    harmless(run.out + run.err)
    has(service, hostile, "x")
    harmless(cli("upload", easy, "--send").err)


def test_what_the_account_keeps_otherwise_than_it_was_sent_waits_for_no_watch(service, easy, cli):
    """Not at once, and not with the next run either, which finds it as the account made it."""
    create = service.library.create

    def meddling(*arguments):
        reply = create(*arguments)
        (body,) = service.library.workouts.values()
        body["workoutSegments"][0]["workoutSteps"][0]["endConditionValue"] = 5.0
        return reply

    service._routes = [
        (method, path, meddling if answer == create else answer) for method, path, answer in service._routes
    ]
    assert cli("upload", easy, "--send").status == 1
    run = cli("upload", easy, "--send")
    assert waiting(service) == []
    assert (run.status, run.codes) == (1, ["not-queued"])
