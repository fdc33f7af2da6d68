"""``import --from text``: a mail of a coach becomes drafts, and a plan where it has days.

Nothing is dropped: each word of a mail is in a draft, in the plan or in a message, whatever the mail is.
"""

import datetime as dt
import json
import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from negsplit import compile_text
from negsplit.diagnostics import Severity, is_draft
from negsplit.foreign import ForeignResult, Schedule, read_foreign
from negsplit.foreign.verdict import SOME_RUNNER
from negsplit.plan.compile import compile_plan_text
from strategies.examples import examples

MAIL = """Hi Anna,

well done on Sunday! Your next week:

Mon: rest
Tue: 15' WU, 5 x 1k @ 10k pace w/ 90s jog, 10' CD
Wed - easy day, 6 km
Thu: AM 5 km easy, PM 30 min tempo
Fri  off
Sat: bike 45 min
Sun: Half Marathon (13.1 mi)

Have fun,
Ben
"""
_WORD = re.compile(r"[A-Za-z]{2,}|\d+")


def imported(text: str | bytes, *, plan: bool = True) -> ForeignResult:
    data = text if isinstance(text, bytes) else text.encode()
    [found] = read_foreign({"mail.txt": data}, form="text", schedule=Schedule(dt.date(2027, 1, 4)) if plan else None)
    return found


def test_a_mail_with_days_is_a_plan_with_a_workout_for_each_run() -> None:
    found = imported(MAIL)
    files = {f"workouts/{name}": text for name, text in found.texts.items()}
    plan = compile_plan_text(found.plan, athlete=SOME_RUNNER, files=files).plan
    assert plan
    assert [(one.planned.date.day, one.planned.session.kind) for one in plan.sessions] == [
        (4, "rest"),
        (5, "workout"),
        (6, "workout"),
        (7, "workout"),
        (7, "workout"),
        (8, "rest"),
        (9, "cross"),
        (10, "race"),
    ]
    assert [one.verdict for one in found.workouts] == ["exact", "degraded", "exact", "degraded"]
    assert plan.plan.notes == "Hi Anna,\nwell done on Sunday! Your next week:\nHave fun,\nBen"
    assert [(one.code, one.span and one.span.line) for one in found.diagnostics] == [("differs", 1)]


def test_each_question_is_told_at_its_line_of_the_mail() -> None:
    told = [one for workout in imported(MAIL).workouts for one in workout.messages]
    assert [(one.code, one.span and one.span.line) for one in told] == [("draft", 7), ("draft", 8)]
    assert all(one.span and one.span.source.name == "mail.txt" for one in told)


def test_the_questions_of_a_draft_are_counted_where_it_is_compiled() -> None:
    [first, second, *_] = imported(MAIL).workouts
    assert not is_draft(compile_text(first.text, athlete=SOME_RUNNER).diagnostics)
    found = compile_text(second.text, athlete=SOME_RUNNER)
    assert found.ok
    assert is_draft(found.diagnostics)


def test_a_letter_as_long_as_a_book_is_refused_in_no_time() -> None:
    found = imported("Mon: 5 km\n" * 10_000)
    [refused] = found.diagnostics
    assert refused.message == "`mail.txt` has more than 24000 characters, the most that are read as a mail"
    assert refused.span is not None
    assert refused.span.line == 2_401
    assert refused.help == ("split it into several files",)


def said(found: ForeignResult) -> str:
    parts = [found.plan, *found.texts.values()]
    parts += [one.message for one in found.diagnostics]
    return " ".join(parts)


def check(text: str) -> None:
    """Nothing is refused, every draft compiles, and no word is lost."""
    found = imported(text)
    for workout in found.workouts:
        assert workout.verdict != "refused", workout.messages
        result = compile_text(workout.text, athlete=SOME_RUNNER)
        assert result.ok
        assert is_draft(result.diagnostics) == (workout.verdict == "degraded")
    assert [one for one in found.diagnostics if one.severity is Severity.ERROR] == []
    kept = said(found)
    days = re.compile(r"(?i)(mon|tue|wed|thu|fri|sat|sun)[a-z]*|week|am|pm|day|rest|off|\d+")
    lost = [word for word in _WORD.findall(text) if word not in kept and not days.fullmatch(word)]
    assert lost == [], found.texts


PARTS = (
    *(
        "15' WU",
        "5 x 1k @ 10k pace w/ 90s jog",
        "10' CD",
        "6 mi easy",
        "strides",
        "then",
        "Have fun!",
        "8 x 100 m strides",
    ),
    *("2 sets of 4 x 300 m @ mile", "(jog 300 m)", "LT 9 mi with 5 mi at LT pace", "9 miles, consisting of:", "(9 mi)"),
    *(
        "rest",
        "race pace",
        "20-25 min",
        '"hills"',
        "# 3",
        "$5",
        "{x}",
        "@",
        "--",
        "\t",
        "1,200 m",
        "*",
        "Repeat 3 times",
    ),
)


def test_a_rest_that_may_be_a_run_is_told():
    (found,) = read_foreign({"mail.txt": b"Wed: rest or 30 min easy\n"}, form="text", schedule=None)
    assert [one.message for one in found.diagnostics] == ["`rest or 30 min easy` is a day of rest: its words are kept"]


@settings(max_examples=examples(48), deadline=None)
@given(
    lines=st.lists(
        st.tuples(
            st.sampled_from(("", "Mon: ", "Tue - ", "- ", "Track: ", "AM ")),
            st.lists(st.sampled_from(PARTS), min_size=1, max_size=4),
            st.sampled_from((", ", " ", " / ", ". ")),
        ),
        min_size=1,
        max_size=4,
    )
)
def test_every_draft_compiles_and_no_word_of_a_mail_is_lost(lines: list[tuple[str, list[str], str]]) -> None:
    check("\n".join(begin + joint.join(parts) for begin, parts, joint in lines))


@settings(max_examples=examples(32), deadline=None)
@given(
    at=st.integers(0, len(MAIL)),
    gone=st.integers(0, 12),
    put=st.sampled_from(
        ["", "(", ")", '"', "\n", "\x00", "\u2028", "\ud800", "|", ": ", "#", "9" * 30, "Week 2", "\\", "é"]
    ),
    junk=st.binary(max_size=40),
)
def test_any_bytes_are_drafts_or_diagnostics(at: int, gone: int, put: str, junk: bytes) -> None:
    text = MAIL[:at] + put + MAIL[at + gone :]
    imported(text.encode("utf-8", "surrogatepass"))
    imported(MAIL[: at // 4].encode() + junk)
    assert json.dumps([one.message for one in imported(junk, plan=False).diagnostics])


@pytest.mark.parametrize("text", ["", "\n\n", "Hello", "Mon:", "Mon: \nTue:\n", "| Mon | Tue | Wed |\n"])
def test_a_mail_without_a_workout_has_none(text: str) -> None:
    assert imported(text).workouts == ()


def test_a_mail_in_another_language_is_said_to_be_one_and_only_workouts_are_counted() -> None:
    said = [one.message for one in imported("Montag: Ruhetag\nDienstag: 8 km\nSonntag: 18 km\n").diagnostics]
    assert said[0] == "`Montag` is not English, and only English is understood"
    assert "2 workouts here: each line is one, or lines that belong together" in said
    assert not [one.message for one in imported(MAIL).diagnostics if "English" in one.message]
