"""Random expressions of GarminTools' grammar come back as the steps that were meant, in the FIT file.

The generator is written from the grammar alone and knows nothing of the reader; what it means is arithmetic.
"""

from hypothesis import given, settings
from hypothesis import strategies as st

from foreign.meaning import assert_means
from negsplit.foreign import read_foreign
from strategies.examples import examples

METRES = {"m": 1.0, "km": 1000.0, "mi": 1609.344}
PACES = {"Easy": (370, 340, "km"), "LT": (285, 275, "km"), "R1": (460, 440, "mi"), "Steady2": (330, 330, "km")}
SPEEDS = {name: tuple(METRES[unit] * 1000 / seconds for seconds in ends) for name, (*ends, unit) in PACES.items()}
ROLES = {"Active": "run", "Rest": "rest", "Warmup": "warmup", "Cooldown": "cooldown", "Recovery": "recover"}


def clock(seconds):
    return f"{seconds // 60}:{seconds % 60:02d}"


@st.composite
def lengths(draw):
    match draw(st.sampled_from(["open", "time", "m", "km", "mi"])):
        case "open":
            return draw(st.sampled_from(["Open", "open", "OPEN"])), {"lap": True}
        case "time":
            seconds = draw(st.integers(5, 5_400))
            return clock(seconds), {"ms": seconds * 1000}
        case "m":
            metres = draw(st.integers(50, 9_999))
            return f"{metres}m", {"cm": metres * 100}
        case unit:
            tenths = draw(st.integers(1, 400))
            return f"{tenths // 10}.{tenths % 10}{unit}", {"cm": round(tenths / 10 * METRES[unit] * 100)}


@st.composite
def goals(draw):
    seconds, wider = draw(st.integers(180, 560)), draw(st.integers(1, 60))
    unit = draw(st.sampled_from(["km", "mi"]))
    speed, slower = (METRES[unit] * 1000 / end for end in (seconds, seconds + wider))
    low, high = sorted(draw(st.lists(st.integers(60, 200), min_size=2, max_size=2, unique=True)))
    zone = draw(st.integers(1, 5))
    ends = draw(st.permutations([seconds, seconds + wider]))
    return draw(
        st.sampled_from(
            [
                ("", None),
                (f"<{clock(seconds)}/{unit}", {"faster_than": speed}),
                (f">{clock(seconds)}/{unit}", {"slower_than": speed}),
                (f"@{clock(ends[0])}-{clock(ends[1])}/{unit}", {"speed": [slower, speed]}),
                (f"@{low}-{high}bpm", {"hr": [low, high]}),
                (f"@{low}-{high}W", {"power": [low, high]}),
                (f"@{draw(st.sampled_from(['Z', 'HZ', 'z']))}{zone}", {"hr_zone": zone}),
                (f"@PZ{zone + 2}", {"power_zone": zone + 2}),
                *((f"@{name}", {"pace": name}) for name in PACES if name != "Steady2"),
            ]
        )
    )


@st.composite
def steps(draw):
    (text, length), (goal, hold) = draw(lengths()), draw(goals())
    intensity = draw(st.sampled_from(["", *ROLES]))
    spelled = draw(st.sampled_from([str, str.upper, str.lower]))(intensity)
    meant = {"role": ROLES.get(intensity, "run"), **length} | ({"hold": hold} if hold else {})
    return f"{text}{goal}{f'|{spelled}' if intensity else ''}", meant


def repeats(inner):
    def joined(parts, count):
        return f"({'+'.join(text for text, _ in parts)})*{count}", {"repeat": count, "steps": [one for _, one in parts]}

    return st.builds(joined, st.lists(inner, min_size=1, max_size=3), st.integers(1, 4))


@st.composite
def expressions(draw):
    """An expression with blanks between its signs, and the steps that it means."""
    parts = draw(st.lists(st.recursive(steps(), repeats, max_leaves=5), min_size=1, max_size=4))
    blank = draw(st.sampled_from(["", " ", " \n "]))
    text = f"{blank}+{blank}".join(text for text, _ in parts)
    for sign in "()*|@<>":
        text = text.replace(sign, f"{blank}{sign}{blank}")
    return text, [one for _, one in parts]


@given(expressions())
@settings(max_examples=examples(16), deadline=None)
def test_an_expression_comes_back_as_the_steps_that_were_meant(expression):
    text, meant = expression
    paces = "".join(f"{name},{clock(slow)}-{clock(fast)}/{unit}\n" for name, (slow, fast, unit) in PACES.items())
    sheets = {"p.csv": f"Name,Value\n{paces}".encode(), "w.csv": f'Name,Description\nA,"{text}"\n'.encode()}
    (result,) = read_foreign(sheets)
    (one,) = result.workouts
    assert (one.verdict, one.messages) == ("exact", ())
    assert_means(one.compiled.fit(), meant, SPEEDS)
