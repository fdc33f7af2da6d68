"""``negsplit check``: text for people, JSON for programs, annotations for GitHub, and editors on standard input."""

import json
import os
import re
from itertools import takewhile
from pathlib import Path

import pytest

from negsplit.codes import CODES
from negsplit.diagnostics import Span

GOOD = "workout: Good\nsteps: 10 min\n"
BAD = "workout: Bad\nsteps:\n  - 10 parsecs\n  - 5 km @ 5:00\n"
WARNED = "workout: Warned\nsteps: run 45 m\n"
ATHLETE = "athlete: Me\nraces: 5 km in 22:30\n"


def listing() -> list[str]:
    return sorted(str(path) for path in Path().rglob("*"))


def test_all_errors_of_all_files_are_said_and_nothing_is_written(write, cli):
    for name, text in (("a/good", GOOD), ("a/b/bad", BAD), ("c/warned", WARNED)):
        write(f"{name}.workout.yaml", text)
    write("a/athlete.yaml", ATHLETE)
    before = listing()
    run = cli("check", "a", "c/warned.workout.yaml")
    assert run.status == 1
    places = [line.partition(" ")[0] for line in run.err.splitlines() if line.startswith(("a/", "c/"))]
    assert places == ["a/b/bad.workout.yaml:3:8:", "a/b/bad.workout.yaml:4:12:", "c/warned.workout.yaml:2:12:"]
    assert run.out == "4 files: 2 errors, 1 warning\n"
    assert listing() == before


def test_what_is_well_is_counted(write, cli):
    write("x.workout.yaml", GOOD)
    assert cli("check", "x.workout.yaml") == (0, "1 file: no errors\n", "")
    assert cli("check", "x.workout.yaml", "-q") == (0, "", "")


def test_an_athlete_is_checked_too_and_only_once(write, cli):
    write("a.workout.yaml", GOOD)
    write("me.athlete.yaml", "athlete: Me\nraces: 5 km in 22:30\nheart_rate: {max: 400}\n")
    run = cli("check", ".")
    assert run.status == 1
    assert len(run.codes) == 1
    assert run.out == "2 files: 1 error\n"
    assert cli("check", "me.athlete.yaml").out == "1 file: 1 error\n"


@pytest.mark.parametrize("form", ["text", "json", "github"])
@pytest.mark.parametrize(("text", "status", "strict"), [(GOOD, 0, 0), (WARNED, 0, 1), (BAD, 1, 1)])
def test_the_status_tells_errors_and_strictly_warnings(write, cli, text, status, strict, form):
    write("x.workout.yaml", text)
    assert cli("check", "x.workout.yaml", "--format", form).status == status
    assert cli("check", "x.workout.yaml", "--format", form, "--strict").status == strict


def test_strict_does_not_count_notes(write, cli):
    write("a/x.workout.yaml", GOOD)
    write("a/other.yaml", "a: b\n")
    assert cli("check", "a", "--strict").status == 0


def test_notes_are_counted_and_shown_to_who_asks(write, cli):
    write("a/x.workout.yaml", GOOD)
    write("a/other.yaml", "a: b\n")
    assert cli("check", "a") == (0, "1 file: no errors\n1 note: -v shows it\n", "")
    write("a/more.yaml", "a: b\n")
    assert cli("check", "a").out.endswith("\n2 notes: -v shows them\n")
    run = cli("check", "a", "-v")
    assert (run.out, run.codes) == ("1 file: no errors\n", ["passed-over"] * 2)
    assert cli("check", "a", "-q") == (0, "", "")
    assert cli("check", "a", "--format", "json").out == cli("check", "a", "--format", "json", "-v").out
    assert cli("check", "a", "--format", "github").out == "::notice title=notes::2 notes: -v shows them\n"
    assert cli("check", "a", "--format", "github", "-v").out.count("::notice title=passed-over::") == 2


def test_names_that_a_watch_cannot_tell_apart(write, cli):
    write("x.workout.yaml", "workout: Cruise intervals long\nsteps: 10 min\n")
    write("y.workout.yaml", "workout: Cruise intervals short\nsteps: 11 min\n")
    assert cli("check", ".").codes == ["same-name"]
    assert cli("check", ".", "--strict").status == 1


# --- JSON --------------------------------------------------------------------------------------

KEYS = ["file", "line", "column", "end_line", "end_column", "severity", "code", "message", "help", "fixes"]


def helps_below(head, shown):
    """The help lines of one message as people see it, and of no other."""
    lines = shown.splitlines()
    below = takewhile(lambda line: line.startswith("  "), lines[lines.index(head) + 1 :])
    return [line for line in below if line.startswith("  help: ")]


def texts_in(helps):
    """What helps quote, in order; several that name one text each are one line for people."""
    return re.findall("`[^`]+`", " ".join(helps))


def test_json_has_every_diagnostic_with_all_its_keys(write, cli):
    write("a/bad.workout.yaml", BAD)
    write("a/athlete.yaml", "athlete: Me\nraces: 5 km\n")
    write("a/other.yaml", "x: y\n")
    run = cli("check", "a", "missing.yaml", "--format", "json")
    assert run.status == 1
    assert run.err == ""
    data = json.loads(run.out)
    assert list(data) == ["diagnostics"]
    assert all(list(one) == KEYS for one in data["diagnostics"])
    by_code = {one["code"]: one for one in data["diagnostics"]}
    assert {one["severity"] for one in data["diagnostics"]} == {"error", "note"}
    pace = by_code["missing-unit"]
    assert [pace[key] for key in KEYS[:5]] == ["a/bad.workout.yaml", 4, 12, 4, 16]
    shown = cli("check", "a").err
    head = f"a/bad.workout.yaml:4:12: error[missing-unit]: {pace['message']}"
    assert texts_in(pace["help"]) == texts_in(helps_below(head, shown)) != []
    assert by_code["incomplete"]["file"] == "a/athlete.yaml"
    assert [by_code["unreadable"][key] for key in KEYS[:5]] == [None] * 5
    assert "passed-over" in by_code
    assert "passed-over" not in cli("check", "a", "--format", "json", "-q").out


def test_json_without_diagnostics_is_json(write, cli):
    write("x.workout.yaml", GOOD)
    run = cli("check", "x.workout.yaml", "--format", "json")
    assert run.status == 0
    assert json.loads(run.out) == {"diagnostics": []}


def test_json_keeps_hostile_text_and_says_it_harmlessly(write, cli, hostile, hostile_yaml, harmless):
    write(f"{hostile}.workout.yaml", f"workout: x\n{hostile_yaml}: y\nsteps: 10 min\n")
    run = cli("check", ".", "--format", "json")
    harmless(run.out + run.err)
    (one,) = json.loads(run.out)["diagnostics"]
    assert one["file"] == f"{hostile}.workout.yaml"
    assert hostile.split("\n")[0] in one["message"]


# --- GitHub ------------------------------------------------------------------------------------


def annotations(text: str) -> list[tuple[str, dict[str, str], str]]:
    """Workflow commands as the runner reads them: level, properties and message."""
    found = []
    for line in text.splitlines():
        match = re.fullmatch(r"::(\w+) ([^:]*)::(.*)", line)
        assert match, line
        properties = dict(item.split("=", 1) for item in match[2].split(","))
        found.append((match[1], {key: unescaped(value) for key, value in properties.items()}, unescaped(match[3])))
    return found


def unescaped(text: str) -> str:
    for code, char in (("%0D", "\r"), ("%0A", "\n"), ("%3A", ":"), ("%2C", ","), ("%25", "%")):
        text = text.replace(code, char)
    return text


def test_github_gets_a_command_for_each(write, cli):
    write("a/bad.workout.yaml", BAD)
    write("a/warned.workout.yaml", WARNED)
    write("a/other.yaml", "x: y\n")
    run = cli("check", "a", "-v", "--format", "github")
    assert (run.status, run.err) == (1, "")
    levels = [(level, properties.get("file"), properties.get("line")) for level, properties, _ in annotations(run.out)]
    assert sorted(levels, key=str) == [
        ("error", "a/bad.workout.yaml", "3"),
        ("error", "a/bad.workout.yaml", "4"),
        ("notice", None, None),
        ("warning", "a/warned.workout.yaml", "2"),
    ]
    shown = cli("check", "a").err
    message, *help = next(text for _, place, text in annotations(run.out) if place.get("line") == "4").splitlines()
    head = f"a/bad.workout.yaml:4:12: error[missing-unit]: {message}"
    assert texts_in(help) == texts_in(helps_below(head, shown)) != []


@pytest.mark.parametrize("name", ["a,b", "a:b", "50 %", "%0A", "a=b", "a\nb", "a\rb", "::error::x"])
def test_github_escapes_what_it_would_read_otherwise(write, cli, name):
    write(f"{name}.workout.yaml", f"workout: x\nsteps:\n  - run: 10 min\n    {json.dumps(name)}: x\n")
    run = cli("check", "--format", "github", "--", f"{name}.workout.yaml")
    ((level, properties, message),) = annotations(run.out)
    assert level == "error"
    assert properties["file"] == f"{name}.workout.yaml"
    assert (properties["line"], properties["col"], properties["title"]) == ("4", "6", "unknown-key")
    assert name.translate({10: r"\x0a", 13: r"\x0d"}) in message


def test_github_gets_hostile_text_harmlessly(write, cli, hostile, hostile_yaml, harmless):
    write(f"{hostile}.workout.yaml", f"workout: x\n{hostile_yaml}: y\nsteps: {hostile_yaml}\n")
    run = cli("check", ".", "--format", "github")
    assert run.status == 1
    harmless(run.out + run.err)
    assert len(annotations(run.out)) == len(run.out.splitlines()) > 1


def test_text_says_hostile_text_harmlessly(write, cli, hostile, hostile_yaml, harmless):
    write(f"{hostile}.workout.yaml", f"workout: x\n{hostile_yaml}: y\nsteps: {hostile_yaml}\n")
    run = cli("check", ".")
    assert run.status == 1
    harmless(run.out + run.err)


# --- Standard input ----------------------------------------------------------------------------


def test_standard_input_is_checked_as_if_it_lay_there(write, cli):
    write("a/athlete.yaml", ATHLETE)
    write("a/x.workout.yaml", "nonsense")
    text = b"workout: x\nsteps: 1 km @ easy\n"
    assert cli("check", "--stdin", "--stdin-filename", "a/x.workout.yaml", stdin=text).status == 0
    run = cli("check", "--stdin", stdin=text)
    assert run.status == 1
    assert run.err.startswith("<stdin>:2:15: error[needs-athlete]")
    assert listing() == ["a", "a/athlete.yaml", "a/x.workout.yaml"]


def test_standard_input_takes_the_athlete_of_the_working_folder(write, cli):
    write("athlete.yaml", ATHLETE)
    assert cli("check", "--stdin", stdin=b"workout: x\nsteps: 1 km @ easy\n").status == 0


def test_standard_input_may_be_an_athlete(write, cli):
    write("me.athlete.yaml", ATHLETE)
    for options in ([], ["--stdin-filename", "me.athlete.yaml"]):
        run = cli("check", "--stdin", *options, stdin=b"athlete: Me\nraces: 5 km\n")
        assert run.status == 1
        assert run.codes == ["incomplete"]


@pytest.mark.parametrize("data", [b"", b"\xff", b"\0", b"[" * 10_000])
def test_standard_input_may_be_anything(cli, data):
    run = cli("check", "--stdin", "--format", "json", stdin=data)
    assert run.status == 1
    assert json.loads(run.out)["diagnostics"]


@pytest.mark.pure  # what moves the clock of a process opens a file, which then is the standard input
def test_standard_input_that_is_closed_is_empty(process):
    run = process("check", "--stdin", preexec_fn=lambda: os.close(0))
    assert run.status == 1
    assert run.codes == ["empty-document"]


# --- A coach's rules -----------------------------------------------------------------------------

STRIDES = "workout: Strides\nsteps:\n  - 20 min @ RPE 3\n  - 8x(20 s @ repetition, walk 1 min)\n"
TOO_OFTEN = """\
plan: Too often
start: 2027-01-04
weeks: 2
sessions:
  - on: [tue, wed, thu, fri]
    name: Kilometres
    steps: "warmup 15 min @ easy, 4x(1 km @ threshold, 1 min), cooldown 10 min @ easy"
"""
FAST = ("--athlete", "5 km in 22:30")


def test_a_rule_is_a_warning_at_the_line_that_wrote_the_step(write, cli):
    write("x.workout.yaml", STRIDES)
    run = cli("check", "x.workout.yaml", *FAST)
    assert (run.status, run.out) == (0, "1 file: 1 warning\n")
    assert run.err.startswith("x.workout.yaml:4:8: warning[S-SHORTPACE]: ")
    assert "20 s" in run.err
    assert "\n  help: " in run.err
    assert "\n  help: evidence: how watches work; `negsplit check --explain S-SHORTPACE`\n" in run.err
    assert cli("check", "x.workout.yaml", *FAST, "--strict").status == 1


def test_rules_in_json_and_on_github(write, cli):
    write("x.workout.yaml", STRIDES)
    (one,) = json.loads(cli("check", "x.workout.yaml", *FAST, "--format", "json").out)["diagnostics"]
    assert list(one) == KEYS
    assert (one["line"], one["severity"], one["code"]) == (4, "warning", "S-SHORTPACE")
    ((level, properties, message),) = annotations(cli("check", "x.workout.yaml", *FAST, "--format", "github").out)
    assert (level, properties["line"], properties["title"]) == ("warning", "4", "S-SHORTPACE")
    assert message.splitlines() == [one["message"], *one["help"]]


@pytest.mark.parametrize("reason", ["off", "the coach wants it so"])
def test_a_rule_is_set_aside(write, cli, reason):
    write("x.workout.yaml", STRIDES + f"lint: {{S-SHORTPACE: {reason}}}\n")
    assert cli("check", "x.workout.yaml", *FAST, "--strict") == (0, "1 file: no errors\n", "")


def test_a_rule_that_is_not_there_cannot_be_set_aside(write, cli):
    write("x.workout.yaml", STRIDES + "lint: {S-SHORTPACES: off}\n")
    write("x.plan.yaml", TOO_OFTEN + "lint: {PL1000: off}\n")
    for name, line, word in (("x.workout.yaml", 5, "S-SHORTPACES"), ("x.plan.yaml", 8, "PL1000")):
        run = cli("check", name, *FAST)
        assert run.status == 1
        assert f"{name}:{line}:8: error[unknown-rule]: there is no rule `{word}`" in run.err
    assert "did you mean `S-SHORTPACE`?" in cli("check", "x.workout.yaml", *FAST).err


def test_rules_read_plans_and_their_workouts(write, cli):
    write("x.plan.yaml", TOO_OFTEN)
    run = cli("check", "x.plan.yaml", *FAST)
    assert run.status == 0
    assert "PL10a" in run.codes
    assert "x.plan.yaml:5:" in run.err
    assert cli("check", "x.plan.yaml", *FAST, "--strict").status == 1
    write("x.plan.yaml", TOO_OFTEN + f"lint: {{{', '.join(f'{code}: trying it' for code in set(run.codes))}}}\n")
    assert cli("check", "x.plan.yaml", *FAST).codes == []


def test_rules_are_for_those_who_ask(write, cli):
    write("x.workout.yaml", STRIDES)
    write("x.plan.yaml", TOO_OFTEN)
    for command in ("compile", "show"):
        assert cli(command, "x.workout.yaml", *FAST).err == ""
    assert cli("compile", "x.plan.yaml", *FAST).err == ""


def test_a_calendar_marks_what_the_rules_say(write, cli):
    write("x.plan.yaml", TOO_OFTEN)
    checked = json.loads(cli("check", "x.plan.yaml", *FAST, "--format", "json").out)["diagnostics"]
    shown = json.loads(cli("plan", "show", "x.plan.yaml", *FAST, "--format", "json").out)["findings"]
    assert {(one["code"], one["severity"]) for one in shown} == {(one["code"], one["severity"]) for one in checked}
    assert {one["message"] for one in shown} == {one["message"] for one in checked}
    text = cli("plan", "show", "x.plan.yaml", *FAST, "-v").out
    html = cli("plan", "show", "x.plan.yaml", *FAST, "-v", "--format", "html").out
    for one in shown:
        assert f"  {one['code']} ({one['severity']})" in text
        assert f'id="rule-{one["code"]}"' in html
    sessions = {key for one in shown for key in one["sessions"]}
    assert sessions
    marked = {line.split()[0] for line in text.splitlines() if line.startswith("w0") and "PL" in line}
    assert marked == sessions


def test_a_rule_is_explained(cli):
    run = cli("check", "--explain", "S-SHORTPACE")
    assert (run.status, run.err) == (0, "")
    assert run.out.startswith("S-SHORTPACE: A pace target on a step under 45 seconds or 200 metres\n")
    assert "8x(20 s @ RPE 9, walk 1 min)" in run.out
    assert "warning; evidence: how watches work; `lint: {S-SHORTPACE: off}` turns it off" in run.out
    assert cli("check", "--explain", "s-shortpace") == run


def test_every_code_is_explained_and_no_other(cli):
    for code in CODES:
        run = cli("check", "--explain", code)
        assert run.out.startswith(f"{code}: "), code
        assert all(len(line) <= 100 for line in run.out.splitlines() if not line.startswith("  ")), code
    assert cli("check", "--explain", "Missing-Unit").out.startswith("missing-unit: A number has no unit")
    run = cli("check", "--explain", "S-SHORTPACES")
    assert (run.status, run.out) == (2, "")
    assert "there is no code `S-SHORTPACES`; did you mean `S-SHORTPACE`?" in run.err
    run = cli("check", "--explain", "qqq")
    assert "there is no code `qqq`; every message has its own in brackets" in run.err
    assert cli("check", "--explain", "S-SHORTPACE", "x.workout.yaml").status == 2
    assert cli("check", "--explain", "S-SHORTPACE", "--stdin").status == 2


WORKOUTS = Path(__file__).parents[2] / "workouts"


def test_the_workouts_and_plans_to_start_from_are_clean(cli):
    run = cli("check", WORKOUTS, "--strict")
    assert run.status == 0, run.err


def test_a_workout_typed_on_the_command_line(cli):
    assert cli("check", "-e", "warmup 10 min, 6x(400 m @ 5k, 200 m), cooldown 10 min", *FAST) == (
        0,
        "1 workout: no errors\n",
        "",
    )
    run = cli("check", "-e", "8x(20 s @ 3:00/km, 1 min)", *FAST)
    assert run.codes == ["S-SHORTPACE", "S-WARMUP"]
    assert cli("check", "-e", "10 min @ esy", "--format", "github").out.startswith("::error file=<command line>,line=1")


MISSPELT = "workout: {name}\nsteps:\n  - run: 10 min @ esay\n  - run: 5 km @ 5:00\n"
MENDED = MISSPELT.replace("esay", "easy")


def misspelt(name: str) -> str:
    return MISSPELT.format(name=name)


def test_fix_mends_what_is_certain_and_reports_the_rest(write, cli):
    write("a/x.workout.yaml", misspelt("X"))
    write("a/y.workout.yaml", misspelt("Y"))
    write("a/athlete.yaml", "athlete: Me\nraces: 5 km in 22:30\nunits: metrc\n")
    write("a/good.workout.yaml", GOOD)
    run = cli("check", "a", "--fix")
    assert run.status == 1
    assert run.out.splitlines() == [
        "a/athlete.yaml:3: `metrc` -> `metric`",
        "a/x.workout.yaml:3: `esay` -> `easy`",
        "a/y.workout.yaml:3: `esay` -> `easy`",
        "4 files: 2 errors",
    ]
    assert run.codes == ["missing-unit", "missing-unit"]
    assert Path("a/x.workout.yaml").read_text() == MENDED.format(name="X")
    assert Path("a/y.workout.yaml").read_text() == MENDED.format(name="Y")
    assert Path("a/good.workout.yaml").read_text() == GOOD
    again = cli("check", "a", "--fix")
    assert again.out == "4 files: 2 errors\n"


def test_fix_of_a_plan_leaves_the_files_that_it_uses(write, cli):
    """A mistake in a file that is only used is mended where that is named."""
    session = "use: x.workout.yaml"
    write("p.plan.yaml", f"plan: P\nstart: 2027-3-1\nweeks: 1\nsessions:\n  - {{on: [tue], {session}}}\n")
    write("x.workout.yaml", misspelt("X"))
    run = cli("check", "p.plan.yaml", "--fix", *FAST)
    assert run.status == 1
    assert run.out.splitlines()[0] == "p.plan.yaml:2: `2027-3-1` -> `2027-03-01`"
    assert "start: 2027-03-01\n" in Path("p.plan.yaml").read_text()
    assert Path("x.workout.yaml").read_text() == misspelt("X")


def test_diff_shows_what_fix_would_change(write, cli):
    write("x.workout.yaml", misspelt("X"))
    run = cli("check", "x.workout.yaml", "--diff", *FAST)
    assert run.status == 1
    assert [line for line in run.out.splitlines() if line[:1] in "+-"] == [
        "--- x.workout.yaml",
        "+++ x.workout.yaml",
        "-  - run: 10 min @ esay",
        "+  - run: 10 min @ easy",
    ]
    assert Path("x.workout.yaml").read_text() == misspelt("X")


def test_a_diff_keeps_the_line_ends_and_tabs_of_the_file(write, cli):
    text = misspelt("X").replace("\n", "\r\n").replace("run: ", "run:\t")
    Path("x.workout.yaml").write_bytes(text.encode())
    run = cli("check", "x.workout.yaml", "--diff", *FAST)
    assert "-  - run:\t10 min @ esay\r\n+  - run:\t10 min @ easy\r\n" in run.out


def test_fix_with_json_says_nothing_but_json(write, cli):
    write("x.workout.yaml", misspelt("X"))
    run = cli("check", "x.workout.yaml", "--fix", "--format", "json", *FAST)
    assert [one["code"] for one in json.loads(run.out)["diagnostics"]] == ["missing-unit"]
    assert Path("x.workout.yaml").read_text() == MENDED.format(name="X")


def test_fix_quietly(write, cli):
    write("x.workout.yaml", misspelt("X"))
    assert cli("check", "x.workout.yaml", "--fix", "-q", *FAST).out == ""
    assert Path("x.workout.yaml").read_text() == MENDED.format(name="X")


@pytest.mark.skipif(os.name == "nt", reason="modes are those of POSIX")
def test_what_cannot_be_written_is_said(write, cli):
    write("x.workout.yaml", misspelt("X"))
    Path("x.workout.yaml").chmod(0o444)
    run = cli("check", "x.workout.yaml", "--fix", *FAST)
    assert (run.status, run.out) == (1, "")
    assert "x.workout.yaml" in run.err
    assert Path("x.workout.yaml").read_text() == misspelt("X")


@pytest.mark.parametrize(
    "options", [("--stdin", "--fix"), ("--explain", "S-BAND", "--diff"), ("x.yaml", "--diff", "--format", "json")]
)
def test_what_fix_and_diff_do_not_go_with(cli, options):
    assert cli("check", *options).status == 2


def test_cures_in_json_have_their_edits(write, cli):
    write("x.workout.yaml", misspelt("X"))
    first, second = json.loads(cli("check", "x.workout.yaml", "--format", "json", *FAST).out)["diagnostics"]
    (fix,) = first["fixes"]
    place = {"file": "x.workout.yaml", "line": 3, "column": 19, "end_line": 3, "end_column": 23}
    assert fix == {"title": "did you mean `easy`?", "certain": True, "edits": [{**place, "text": "easy"}]}
    assert not any(one["certain"] for one in second["fixes"])


def test_a_cure_of_a_rule_that_would_fail_is_not_shown(write, cli, monkeypatch):
    """Cures of rules are tried as those of mistakes are."""
    write("x.workout.yaml", "workout: X\nsteps:\n  - 10 min @ easy, 20 min @ threshold\n")
    assert "end with `cooldown 5 min`" in cli("check", "x.workout.yaml", *FAST, "-v").err
    (good,) = json.loads(cli("check", "x.workout.yaml", *FAST, "--format", "json").out)["diagnostics"]
    assert [edit["text"] for edit in good["fixes"][0]["edits"]] == [", cooldown 5 min"]

    def wrong(workout, last):
        span = last.step.written.span
        return Span(span.source, span.end, span.end).cure("end at once", "", ", at once")

    monkeypatch.setattr("negsplit.check.rules.hard_running._cooled_down", wrong)
    (bad,) = json.loads(cli("check", "x.workout.yaml", *FAST, "--format", "json").out)["diagnostics"]
    assert (bad["code"], bad["fixes"], "end at once" in bad["help"]) == ("S-COOL", [], False)
