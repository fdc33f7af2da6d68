"""Random plans of garmin-planner come back as the steps that their manual says, in the FIT file.

The generator is written from the manual (README.md of apsureda/garmin-planner) and knows nothing of the reader.
"""

from hypothesis import given, settings
from hypothesis import strategies as st

from foreign.meaning import assert_means
from negsplit.foreign import read_foreign
from strategies.examples import examples

ROLES = {"warmup": "warmup", "interval": "run", "recovery": "recover", "cooldown": "cooldown", "rest": "rest"}
HEART_RATES = {"max_hr": "188", "easy_hr": "65-75% max_hr", "fix": "140", "band": "150-158"}
BEATS = {"easy_hr": [122, 141], "band": [150, 158], "115-135": [115, 135]}  # 122.2 and 141 of 188


def clock(seconds):
    return f"{seconds // 60}:{seconds % 60:02d}"


def hold(single, slow, fast, margins, share=1.0):
    """Speeds in mm/s of seconds a kilometre: a range as it is, a single pace with its margins, of which a share is."""
    if single:
        if margins is None:
            return {"speed": [share * 1e6 / slow] * 2}
        faster, slower = margins
        slow, fast = slow + slower, fast - faster
    return {"speed": [share * 1e6 / slow, share * 1e6 / fast]}


@st.composite
def lengths(draw):
    number = draw(st.integers(1, 24))
    return draw(
        st.sampled_from(
            [
                ("lap-button", {"lap": True}),
                (f"{number}km", {"cm": number * 100_000}),
                (f"{number * 50}m", {"cm": number * 5_000}),
                (f"{number}min", {"ms": number * 60_000}),
                (f"{number * 10}s", {"ms": number * 10_000}),
                ("1h", {"ms": 3_600_000}),
            ]
        )
    )


@st.composite
def targets(draw, margins):
    seconds, wider = draw(st.integers(200, 420)), draw(st.integers(1, 60))
    low, high = sorted(draw(st.lists(st.integers(60, 110), min_size=2, max_size=2, unique=True)))
    marathon = 11_700 / 42.2  # 42.2 km in 3:15:00
    shares = {"speed": [low * 1e4 / marathon, high * 1e4 / marathon]}
    zone = draw(st.integers(1, 5))
    return draw(
        st.sampled_from(
            [
                ("", None),
                (f" @ {clock(seconds)}", hold(True, seconds, seconds, margins)),
                (f" @ {clock(seconds)}-{clock(seconds + wider)}", hold(False, seconds + wider, seconds, margins)),
                (" @ 42k_pace", hold(True, marathon, marathon, margins)),
                (" @ easy_run", hold(False, 370, 340, margins)),
                (" @ aerobic", hold(True, marathon, marathon, margins, 0.8)),
                (f" @ {low}% 42k_pace", hold(True, marathon, marathon, margins, low / 100)),
                (f" @ {low}-{high}% 42k_pace", shares),
                (f" @ {low}% easy_run", hold(False, 370, 340, margins, low / 100)),
                (f" @hr zone_{zone}", {"hr_zone": zone}),
                *((f" @hr {name}", {"hr": beats}) for name, beats in BEATS.items()),
            ]
        )
    )


@st.composite
def steps(draw, margins):
    kind = draw(st.sampled_from(sorted(ROLES)))
    cue = draw(st.sampled_from(["", "relaxed", "easy, then faster"]))
    if draw(st.integers(0, 5)):
        (text, length), (target, held) = draw(lengths()), draw(targets(margins))
    else:
        metres, seconds = draw(st.integers(1, 12)) * 250, draw(st.integers(200, 400))
        time = round(metres * seconds / 1000)
        text, target, length = f"{metres}m in {clock(time)}", "", {"cm": metres * 100}
        held = hold(True, time * 1000 / metres, time * 1000 / metres, margins)
    meant = {"role": ROLES[kind], **length} | ({"hold": held} if held else {})
    return f"- {kind}: {text}{target}{f' -- {cue}' if cue else ''}", meant


@st.composite
def plans(draw):
    """A plan with one workout, and the steps that it means."""
    margins = draw(st.sampled_from([None, (3, 3), (4, 6), (0, 5), (5, 0)]))
    lines, meant = [], []
    for _ in range(draw(st.integers(1, 5))):
        if draw(st.booleans()):
            line, one = draw(steps(margins))
            lines.append(line)
            meant.append(one)
        else:
            count, body = draw(st.integers(1, 5)), draw(st.lists(steps(margins), min_size=1, max_size=3))
            lines += [f"- repeat {count}:", *(f"  {line}" for line, _ in body)]
            meant.append({"repeat": count, "steps": [one for _, one in body]})
    config = [
        "config:",
        "  paces: {42k_pace: 42.2km in 3:15:00, easy_run: 6:10-5:40, aerobic: 80% 42k_pace}",
        "  heart_rates:",
        *(f"    {name}: {value}" for name, value in HEART_RATES.items()),
        *([f"  margins: {{faster: 0:{margins[0]:02d}, slower: 0:{margins[1]:02d}}}"] if margins else []),
    ]
    return "\n".join([*config, "W01S01 Test:", *lines, ""]), meant


@given(plans())
@settings(max_examples=examples(16), deadline=None)
def test_a_plan_comes_back_as_the_steps_that_its_manual_says(plan):
    text, meant = plan
    (result,) = read_foreign({"x.yaml": text.encode()}, schedule=None)
    (one,) = result.workouts
    assert (one.verdict, one.messages) == ("exact", ())
    assert_means(one.compiled.fit(), meant)
