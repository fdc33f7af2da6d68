"""Every cure of every message of tests/invalid, carried out: that message is gone, and nothing new is wrong.

Stricter than what the program asks of a cure before it shows one (:mod:`negsplit.cures`), where errors that only come
to light are let pass. What the program cannot know is what a mistake hides, and that is said here, case by case.
"""

import re
from collections import Counter
from pathlib import Path

import pytest

from negsplit import Diagnostic, cures
from negsplit.cures import applied
from negsplit.diagnostics import Severity
from test_invalid import FILES, diagnostics, of_text

HIDDEN = {
    (
        "repeat-without-steps.workout.yaml",
        "`run_walk` is not a step",
    ): "a walk-run that also says nowhere how long it is",
    ("many-mistakes.workout.yaml", "commas separate steps; write decimals with a point"): "an unknown pace",
    ("one-fault-once.workout.yaml", "`mn` is not a unit of time or distance"): "a tolerance of what is no pace",
    ("percentages.workout.yaml", "a percentage of `FTP` is not known"): "an athlete without a critical power",
    ("escapes.workout.yaml", "`10` needs a unit"): "a character that belongs nowhere",
    ("use-missing.workout.yaml", "`use` must be the first key of its step"): "its `with` gives a param that is none",
}
"""Messages whose cure brings a second mistake to light, of the same step: nothing is said of it before it is one."""

IN_WORDS = {
    r"`, `|` or `|`, without|\.\.\.`|, or `|, or name": "several texts, or one to fill in: only its writer knows",
    r"below it|line of its own|how often, then what": "lines or words of one's own are wanted",
    r"leave (?:it|the line|`\w+`) out|else choose another name": "it may as well be left out, or called otherwise",
    r"all as times or all as distances|after the last step|, and of what": "only its writer knows where",
    r"on its steps, or in the workout": "another file has to be changed too",
}
"""Helps that begin like one text to write and are no cure that could be carried out, and why."""
MOST_IN_WORDS = 6
"""How many others there may be that name one text and no place to put it in. Only ever make it smaller."""


def words(one: Diagnostic) -> object:
    return one.severity, one.code, one.message


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.name.removesuffix(".yaml"))
def test_each_cure_cures_and_breaks_nothing(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    found = diagnostics(path)
    before = Counter(map(words, found))
    monkeypatch.setattr(cures, "MOST_READINGS", 0)  # nobody asks what cures the rest has
    for one, fix in [(message, fix) for message in found for fix in message.fixes]:
        source = fix.edits[0].span.source
        if source.name != path.name:
            continue  # a file that is used: its own cures are tried where it is read itself
        left = of_text(path.name, applied(source.text, fix.edits))
        after = Counter(map(words, left))
        assert after[words(one)] < before[words(one)], f"{one.message}: {fix.title}"
        new = [
            other.message
            for other in left
            if other.severity is Severity.ERROR and after[words(other)] > before[words(other)]
        ]
        if one.code != "yaml-syntax":  # else nothing behind it was read
            assert not new or (path.name, one.message) in HIDDEN, f"{one.message}: {fix.title}: {new}"


def test_no_exception_is_out_of_date() -> None:
    hiding = [path for path in FILES if path.name in {name for name, _ in HIDDEN}]
    assert set(HIDDEN) <= {(path.name, one.message) for path in hiding for one in diagnostics(path) if one.fixes}


def test_what_is_only_words() -> None:
    """Helps that name one text can be carried out, or it is known why not."""
    said = {
        (help, f"{path.name}: {one.message}: {help}")
        for path in FILES
        for one in diagnostics(path)
        for help in one.help
        if re.match(r"did you mean `|write `", help) and help not in {fix.title for fix in one.fixes}
    }
    unknown = sorted(line for help, line in said if not any(re.search(why, help) for why in IN_WORDS))
    assert len(unknown) <= MOST_IN_WORDS, "\n".join(unknown)
