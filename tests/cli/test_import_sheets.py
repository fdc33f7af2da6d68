"""``negsplit import`` of several sheets as one book, and of a date that could be two."""

import yaml

SCHEDULE = "Date,Workout\n03/04/2027,A\n"
WORKOUT = "Name,Description\nA,1km@LT\n"
PACE = "Name,Value\nLT,4:45-4:35/km\n"


def test_a_date_that_could_be_two_asks_and_dates_answers(write, cli):
    for name, text in (("s.csv", SCHEDULE), ("w.csv", WORKOUT), ("p.csv", PACE)):
        write(name, text)
    asked = cli("import", "s.csv", "w.csv", "p.csv", "-o", "asked")
    assert asked.status == 1
    assert "s.csv:2:1: error[refused]" in asked.err
    for order, date in (("day-first", "2027-04-03"), ("month-first", "2027-03-04")):
        run = cli("import", "s.csv", "w.csv", "p.csv", "-o", order, "--dates", order)
        assert (run.status, run.err) == (0, "")
        with open(f"{order}/s.plan.yaml", encoding="utf-8") as file:
            assert [str(on) for on in yaml.safe_load(file)["days"]] == [date]


def test_what_is_refused_ends_with_a_failure_and_the_rest_is_written(write, cli):
    write("x.yaml", "W01S01 A:\n- interval: 5km\nW01S02 B:\n- sprint: 5km\n")
    run = cli("import", "x.yaml", "-o", "mine", "--race", "2027-04-04")
    assert run.status == 1
    assert "x.yaml:4:3: error[refused]: `sprint` is no kind of step" in run.err
    assert "1 session is not in the plan, because its workout is refused: `W01S02 B`" in run.err
    assert run.out.splitlines()[-2] == "1 exact, 1 refused"
