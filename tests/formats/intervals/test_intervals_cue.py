import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from negsplit.formats.intervals.cue import as_shown, harmless
from strategies.examples import examples


@pytest.mark.parametrize(
    ("cue", "sent"),
    [
        ("Relax", "Relax"),
        ("RPE 8. strong and even", "RPE8. strong and even"),
        ("RPE 3-4", "RPE3to4"),
        ("3:35, even laps", "three thirty-five, even laps"),
        ("4x100 m", "four x one hundred m"),
        ("stay in Z2", "stay in Z two"),
        ("belt at 12.5 km/h", "belt at twelve point five km/h"),
        ("5:05 or 90%", "five zero five or ninety percent"),
        ("250-270 W", "two hundred fifty to two hundred seventy W"),
        ("1234567", "one two three four five six seven"),
        ("Strides: it's 30\"", "Strides, it\u2019s thirty \u201d"),
        ("press lap at the top", "press the lap at the top"),
        ("- 10m", "ten m"),
        ("33^Go <!> hr=lap", "thirty-three Go ! hr lap"),
        ("12017", "twelve thousand seventeen"),
    ],
)
def test_nothing_in_a_cue_can_be_taken_for_an_amount(cue, sent):
    assert harmless(cue) == sent


@pytest.mark.parametrize("cue", ["RPE 8", "RPE 3-4. relax", "relax"])
def test_an_effort_is_shown_again_as_it_was(cue):
    assert as_shown(harmless(cue)) == cue


@settings(max_examples=examples(200))
@given(st.text(max_size=60))
def test_no_digit_but_an_effort_s_and_no_sign_of_a_target(cue):
    sent = harmless(cue)
    assert not re.search(r"\d", re.sub(r"\bRPE\d{1,2}(to\d{1,2})?\b", "", sent))
    assert not set(sent) & set("%:'\"^<>=\n\r")
    assert "press lap" not in sent.lower()
    assert harmless(sent) == sent
