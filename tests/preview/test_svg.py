"""Pictures: sound XML, true to the profile, legible, harmless and small."""

import re
import xml.etree.ElementTree as ET
from dataclasses import replace
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from negsplit import compile_line, compile_text
from negsplit.athlete.paces import NO_RUNNER, Runner
from negsplit.compile import runner_from_words
from negsplit.estimate.estimate import estimate
from negsplit.estimate.levels import LEVELS
from negsplit.estimate.profile import MOST_BARS, profile
from negsplit.model import Lap, Sport
from negsplit.preview.drawing import STYLE, escaped
from negsplit.preview.svg import NARROW, WIDE, svg
from negsplit.program.device import devices
from negsplit.program.model import Band, Intensity, Jump, Program, ProgramStep, Quantity
from negsplit.units import Distance, Duration
from strategies.examples import examples
from strategies.programs import programs, steps

ROOT = Path(__file__).parents[2]
SVG = "{http://www.w3.org/2000/svg}"
ATHLETE = "5 km in 22:30"
RUNNER = runner_from_words(ATHLETE)[0]
LARGEST = 20_000
EASY = Band(Quantity.SPEED, 2_700, 3_000)
FAST = Band(Quantity.SPEED, 3_704, 4_000)


def picture(program: Program, runner: Runner = RUNNER, **options) -> str:
    return svg(program, profile(program, runner), estimate(program, runner), runner.pace_unit, **options)


def program(*items: ProgramStep | Jump, name: str = "P") -> Program:
    return Program(name, Sport.RUNNING, items)


def of_line(line: str, athlete: str | None = ATHLETE) -> str:
    [workout] = compile_line(line, athlete=athlete, device=replace(devices()["generic"], nesting=3)).workouts
    return svg(workout.program, workout.profile, workout.estimate, workout.runner.pace_unit)


def parsed(text: str) -> ET.Element:
    return ET.fromstring(text)


def texts(text: str, name: str) -> list[str]:
    """What is written in texts of a class."""
    return [one.text for one in parsed(text).iter(f"{SVG}text") if name in one.get("class").split()]


def boxes(text: str, name: str) -> list[tuple[float, float, float, float]]:
    """Left, top, width and height of the rectangles of exactly these classes, from left to right; no legend."""
    found = []
    for path in parsed(text).iter(f"{SVG}path"):
        if path.get("class") == name:
            for x, bottom, top, width in re.findall(r"M([\d.]+) ([\d.]+)V([\d.]+)h([\d.]+)V", path.get("d")):
                found.append((float(x), float(top), float(width), float(bottom) - float(top)))
    return sorted(found)


def running(text: str) -> list[tuple[float, float, float, float]]:
    """The bars of all levels, from left to right."""
    return sorted(box for level in LEVELS for box in boxes(text, f"ns-{level.value}"))


# --- True to the profile ------------------------------------------------------------------------


def test_bars_are_as_wide_as_they_are_long_and_as_high_as_they_are_hard():
    """Heights are differences of speed, so ratios of differences hold whatever the scale."""
    slow, middle, fast = (Band(Quantity.SPEED, mps, mps) for mps in (2_500, 2_750, 3_250))
    lengths = (600, 300, 150)
    steps = [
        ProgramStep(Intensity.ACTIVE, Duration(s * 1000), t) for s, t in zip(lengths, (slow, middle, fast), strict=True)
    ]
    first, second, third = running(picture(program(*steps)))
    for left, right, seconds in ((first, second, 600), (second, third, 300)):
        assert right[0] - left[0] == pytest.approx((third[0] - first[0]) * seconds / 900, abs=0.2)
    assert [box[2] + 1 for box in (first, second, third)] == pytest.approx(
        [third[2] * 4 + 4, third[2] * 2 + 2, third[2] + 1], abs=0.4
    )
    assert third[1] < second[1] < first[1]
    assert first[1] - second[1] == pytest.approx((second[1] - third[1]) / 2, abs=0.2)
    bottoms = {round(box[1] + box[3], 1) for box in (first, second, third)}
    assert len(bottoms) == 1


@settings(max_examples=examples(40))
@given(
    st.lists(st.tuples(st.integers(60, 3600), st.integers(2_000, 5_000), st.integers(0, 300)), min_size=1, max_size=12)
)
def test_every_bar_is_where_the_profile_has_it(made):
    """An affine map from seconds and efforts to pixels, told from two points, gives all the others."""
    steps = [ProgramStep(Intensity.ACTIVE, Duration(s * 1000), Band(Quantity.SPEED, v, v + w)) for s, v, w in made]
    total = sum(s for s, _, _ in made)
    text = picture(program(*steps))
    found = running(text)
    assert len(found) == len(made)
    left = found[0][0] - (0.5 if found[0][2] >= 3 else 0)
    wide = found[-1][0] + found[-1][2] - left + 0.5
    start = 0
    for (seconds, _, _), (x, _, width, _) in zip(made, found, strict=True):
        assert x == pytest.approx(left + wide * start / total, abs=1.2)
        assert width == pytest.approx(wide * seconds / total, abs=1.6)
        start += seconds
    efforts = [(v + w / 2) for _, v, w in made]
    if max(efforts) - min(efforts) > 100:
        tops = [box[1] for box in found]
        low, high = efforts.index(min(efforts)), efforts.index(max(efforts))
        for effort, top in zip(efforts, tops, strict=True):
            share = (effort - efforts[low]) / (efforts[high] - efforts[low])
            assert top == pytest.approx(tops[low] + share * (tops[high] - tops[low]), abs=0.3)


def test_the_range_of_a_target_lies_around_its_middle():
    text = picture(program(ProgramStep(Intensity.ACTIVE, Duration(600_000), EASY)))
    [bar], [above], [below] = (boxes(text, name) for name in ("ns-easy", "ns-easy ns-reach", "ns-below"))
    assert above[:1] + above[2:3] == bar[:1] + bar[2:3] == below[:1] + below[2:3]
    assert above[1] + above[3] == pytest.approx(bar[1]), "from the middle up"
    assert below[1] == pytest.approx(bar[1]), "from the middle down"
    assert above[3] == pytest.approx(below[3], abs=0.2)
    point = Band(Quantity.SPEED, 3_000, 3_000)
    exact = picture(program(ProgramStep(Intensity.ACTIVE, Duration(600_000), point)))
    assert not boxes(exact, "ns-easy ns-reach")
    assert "range" not in texts(exact, "ns-dim")


def test_a_colour_says_how_hard_it_is_and_a_legend_which():
    """The warm-up is as loud as it is hard, and no louder."""
    line = (
        "warmup 10 min @ easy, 4 km @ marathon, 5 km @ threshold, 3x(800 m @ interval, 2 min), 200 m @ mile, rest 2 min"
    )
    text = of_line(f"{line}, cooldown 10 min @ easy")
    assert [len(boxes(text, f"ns-{level.value}")) for level in LEVELS] == [3, 2, 1, 1, 3, 1]
    keys = ["Recovery", "Easy", "Steady", "Threshold", "Interval", "Repetition", "Rest", "range"]
    assert texts(text, "ns-dim")[-len(keys) :] == keys
    [rest], [steady] = boxes(text, "ns-rest"), boxes(text, "ns-steady")
    assert rest[3] < 10 < steady[3], "standing still has no height"
    assert len({one.get("y") for one in parsed(text).iter(f"{SVG}text") if one.text in keys}) == 1, "one line"


def test_heart_rates_efforts_and_open_steps_have_their_colour_too():
    levels = {"@ RPE 2": "recovery", "@ RPE 3": "easy", "@ RPE 5": "steady", "@ RPE 7": "threshold", "": "easy"}
    for target, level in (levels | {"@ RPE 8": "interval", "@ RPE 9": "repetition", "@ HR 140..150": "easy"}).items():
        text = of_line(f"20 min {target}")
        assert len(boxes(text, f"ns-{level}")) == 1, target


def test_what_is_walked_is_hollow_and_called_so():
    text = of_line("20 min @ easy, walk 10 min, hike 10 min @ RPE 6, recover 10 min")
    assert len(boxes(text, "ns-recovery ns-walked")) == len(boxes(text, "ns-threshold ns-walked")) == 1
    assert len(boxes(text, "ns-easy")) == len(boxes(text, "ns-recovery")) == 1
    assert {"Walk", "Hike", "RPE 6"} <= {*texts(text, "ns-on-walked")}
    assert "Walk or hike" in texts(text, "ns-dim")


def test_a_guessed_length_has_a_dashed_edge():
    text = of_line("warmup lap, 1 km @ easy")
    assert boxes(text, "ns-edge") == boxes(text, "ns-recovery")
    assert "open: typical length" in texts(text, "ns-dim")
    assert any("a guess for open steps" in one for one in texts(text, "ns-dim"))
    assert "ns-edge" not in of_line("warmup 10 min, 1 km @ easy").partition("</style>")[2]


# --- Repeats ------------------------------------------------------------------------------------


def brackets(text: str) -> list[tuple[float, float, float]]:
    """Left, top and width."""
    [path] = [one for one in parsed(text).iter(f"{SVG}path") if one.get("class") == "ns-bracket"]
    found = re.findall(r"M([\d.]+) ([\d.]+)v-5h([\d.]+)v5", path.get("d"))
    return [(float(x), float(y), float(width)) for x, y, width in found]


def test_a_repeat_has_a_bracket_over_its_bars():
    text = of_line("warmup 10 min, 6x(400 m @ 5k, 1 min), cooldown 5 min")
    [(left, y, width)] = brackets(text)
    runs, jogs = boxes(text, "ns-interval"), boxes(text, "ns-recovery")[1:7]
    assert left == pytest.approx(runs[0][0], abs=2)
    assert left + width == pytest.approx(jogs[-1][0] + jogs[-1][2], abs=2)
    assert y < min(box[1] for box in runs), "above them"
    assert texts(text, "ns-count") == ["6 x"]


def test_a_last_round_without_its_recovery_counts():
    """On the watch it stands behind the repeat; a runner who sees four bars reads four."""
    text = "workout: T\nsteps:\n  - repeat: 4\n    last_recovery: skip\n    steps: [run: 800 m @ 5k, recover: 2 min]\n"
    [workout] = compile_text(text, athlete=ATHLETE).workouts
    drawn = picture(workout.program)
    [(left, _, width)], runs = brackets(drawn), boxes(drawn, "ns-interval")
    assert len(runs) == 4
    assert texts(drawn, "ns-count") == ["4 x"]
    assert left == pytest.approx(runs[0][0], abs=2)
    assert left + width == pytest.approx(runs[-1][0] + runs[-1][2], abs=2)
    apart = of_line("3x(800 m @ 5k, 2 min), 1 km @ 5k")
    assert texts(apart, "ns-count") == ["3 x"]


def test_brackets_nest():
    text = of_line("4x(3x(1 km @ 10k, 30 s), 5 min), 2 km @ easy")
    outer, *inner = brackets(text)
    assert len(inner) == 4
    assert all(outer[1] < one[1] for one in inner)
    assert all(outer[0] - 1 <= one[0] and one[0] + one[2] <= outer[0] + outer[2] + 1 for one in inner)
    assert texts(text, "ns-count") == ["4 x", *["3 x"] * 4]


def test_a_repeat_until_an_amount_says_so():
    until = Jump(0, Distance(1_000_000))
    text = picture(program(ProgramStep(Intensity.ACTIVE, Distance(200_000), EASY), until))
    assert texts(text, "ns-count") == ["repeat until 10 km"]
    assert len(running(text)) == 5


# --- Words --------------------------------------------------------------------------------------


def test_axes_are_in_the_runners_units():
    imperial = replace(RUNNER, units="imperial")
    run = program(ProgramStep(Intensity.ACTIVE, Duration(3_000_000), EASY))
    for runner, unit in ((RUNNER, "km"), (imperial, "mi")):
        labels = texts(picture(run, runner), "ns-end")
        assert labels[-1] == f"/{unit}"
        assert len(labels) >= 3
        assert all(re.fullmatch(r"\d+:\d\d", label) for label in labels[:-1])
    assert texts(picture(run), "ns-mid") == ["0", *[f"{n} min" for n in range(10, 60, 10)]]


def test_threshold_is_marked_where_it_is_known():
    assert "threshold" in texts(of_line("20 min @ threshold"), "ns-dim")
    assert "threshold" not in texts(of_line("20 min @ 5:00/km", None), "ns-dim")


def test_without_any_pace_effort_is_in_words():
    assert texts(of_line("10 min @ RPE 3, 10 min @ RPE 9", None), "ns-end") == ["fast", "threshold", "easy"]
    assert texts(of_line("10 min @ RPE 3, 10 min @ 5:00/km", None), "ns-end")[-1] == "/km"


def test_what_is_not_to_scale_has_no_times():
    text = of_line("5 km @ RPE 3, 10 min", None)
    assert texts(text, "ns-mid") == []
    assert any("not to scale" in one for one in texts(text, "ns-dim"))


def test_bars_say_their_length_and_target_where_there_is_room():
    text = of_line("30 min @ easy, 10x(200 m @ mile, 1 min)")
    labels = texts(text, "ns-on")
    assert "30 min" in labels
    assert "6:14-5:33/km" in labels
    assert "200 m" not in of_line("3 h @ easy, 10x(200 m @ mile, 1 min)").partition("</desc>")[2]


def test_a_bar_says_what_it_is_where_colour_and_height_do_not():
    text = of_line('warmup 15 min @ easy, 20 min @ threshold "Bridge to bridge", cooldown 15 min @ easy')
    assert {"Warm up", "Bridge to bridge", "Cool down"} <= {*texts(text, "ns-on")}
    named = of_line(f'30 min @ threshold "{"Over the hills and far away " * 8}", 30 min @ easy')
    assert any(one.endswith("\u2026") for one in texts(named, "ns-on")), (
        "a name that is too long is cut, and its length still said"
    )
    assert "30 min" in texts(named, "ns-on")


def test_it_tells_itself_in_words():
    root = parsed(of_line('warmup 10 min @ easy, 4x(1 km @ threshold, 2x(100 m @ mile), 1 min "Jog"), cooldown'))
    assert root.get("role") == "img"
    assert root.find(f"{SVG}desc").text == (
        "running, about 41:22, 7.83 km with a guess for open steps, load about 58. Warm up 10 min 6:14-5:33/km, "
        '4 x (Run 1 km 4:52-4:41/km, 2 x (Run 100 m 4:12-4:02/km), Recover 1 min "Jog"), Cool down lap button'
    )


def test_a_long_name_is_shortened_but_stands_whole_in_the_title():
    name = "A very long name indeed " * 10
    root = parsed(picture(program(ProgramStep(Intensity.ACTIVE, Lap()), name=name)))
    assert root.find(f"{SVG}title").text == name.strip()
    [shown] = texts(ET.tostring(root, encoding="unicode"), "ns-name")
    assert shown.endswith("\u2026")
    assert name.startswith(shown[:-1])
    assert 40 < len(shown) < 100


HOSTILE = "</title><script>alert(1)</script>\" onload='x' &amp; \x00\x0b\ufffe\ud800\u202e\x1b[31m]]> <!-- é \U0001f600"


def test_hostile_names_are_only_text():
    text = picture(program(ProgramStep(Intensity.ACTIVE, Lap(), FAST, cue=HOSTILE, name=HOSTILE), name=HOSTILE))
    root = parsed(text)
    assert text.isascii()
    assert {one.tag.removeprefix(SVG) for one in root.iter()} == {
        "svg",
        "title",
        "desc",
        "style",
        "rect",
        "path",
        "text",
    }
    title = root.find(f"{SVG}title").text
    assert title.startswith("</title><script>alert(1)</script>\" onload='x' &amp; ")
    assert title.endswith("é \U0001f600")
    assert not re.search("[\x00-\x1f\u202e\ufffe]", title)


@settings(max_examples=examples(200))
@given(st.text(st.characters(), max_size=80))
def test_any_text_is_escaped(name):
    text = f'<a b="{escaped(name)}">{escaped(name)}</a>'
    root = ET.fromstring(text)
    assert root.text in (None, root.get("b"))
    assert not re.search("[\x00-\x1f\x7f-\x9f\u202a-\u202e]", escaped(name))


# --- Light, dark, alone, together ---------------------------------------------------------------


def test_it_is_right_in_light_and_in_dark():
    style = parsed(of_line("10 min @ easy")).find(f"{SVG}style").text
    light, _, dark = style.partition("@media screen and (prefers-color-scheme:dark)")
    for name in ("card", "name", "dim", "mark", "on", "grid", *(level.value for level in LEVELS)):
        assert f".ns-{name}{{" in light or f".ns-{name}," in light
        assert f".ns-{name}{{" in dark or f".ns-{name}," in dark
    assert style.strip() == STYLE.strip()


def channel(value: int) -> float:
    share = value / 255
    return share / 12.92 if share <= 0.03928 else ((share + 0.055) / 1.055) ** 2.4


def contrast(one: str, other: str) -> float:
    """WCAG's ratio of two colours."""

    def light(color: str) -> float:
        digits = color.lstrip("#")
        digits = digits if len(digits) == 6 else "".join(2 * digit for digit in digits)
        red, green, blue = (channel(int(digits[at : at + 2], 16)) for at in (0, 2, 4))
        return 0.2126 * red + 0.7152 * green + 0.0722 * blue

    high, low = sorted((light(one), light(other)), reverse=True)
    return (high + 0.05) / (low + 0.05)


@pytest.mark.parametrize("mode", [0, 1])
def test_words_can_be_read_on_what_they_stand_on(mode):
    rules = STYLE.partition("@media screen")[2 * mode]
    fills = {
        name.removeprefix(".ns-"): found[1]
        for names, body in re.findall(r"([.\w,-]+)\{([^{}]*)\}", rules)
        if (found := re.search(r"fill:(#\w+)", body))
        for name in names.split(",")
    }
    pairs = [("name", "card"), ("dim", "card"), ("count", "card"), ("on-walked", "card")]
    pairs += [(f"on-{level.value}" if f"on-{level.value}" in fills else "on", level.value) for level in LEVELS]
    for words, ground in pairs:
        assert contrast(fills[words], fills[ground]) >= 4.5, (words, ground)


def test_it_loads_nothing_and_runs_nothing():
    for text in (of_line("warmup 10 min, 3x(1 km @ 5k, 1 min)"), STYLE):
        body = text.replace('xmlns="http://www.w3.org/2000/svg"', "")
        assert not re.search(r"script|href|url\(|@import|https?:|\bon\w+=|<foreignObject|<image", body)


def test_several_can_stand_on_one_page():
    line = "warmup 10 min, 3x(1 km @ 5k, 1 min)"
    [workout] = compile_line(line, athlete=ATHLETE).workouts
    alone = of_line(line)
    part = svg(workout.program, workout.profile, workout.estimate, "km", standalone=False)
    assert not re.search("<style>|ns-card|ns-name", part)
    assert part.count("<path") == alone.count("<path")
    assert part.count("<text") == alone.count("<text") - 2  # the name and the totals
    assert " id=" not in alone
    for one in parsed(alone).iter():
        assert all(name.startswith("ns") for name in one.get("class", "ns").split())
    assert all(name.startswith("ns") for name in re.findall(r"\.([a-z][\w-]*)", STYLE))


# --- Any program --------------------------------------------------------------------------------


def check(text: str, width: int = WIDE.width) -> None:
    """Sound, small, and all of it inside the picture; no text on another in the same line."""
    assert len(text.encode()) < LARGEST
    root = parsed(text)
    height = float(root.get("height"))
    assert root.get("viewBox") == f"0 0 {width} {root.get('height')}"
    assert not re.search("nan|inf|None|e-|e\\+", text.partition("</style>")[2])
    for path in root.iter(f"{SVG}path"):
        x = y = 0.0
        for letter, numbers in re.findall(r"([MVhvz])([-\d. ]*)", path.get("d")):
            values = [float(number) for number in numbers.split()]
            if letter == "M":
                x, y = values
            elif letter == "V":
                [y] = values
            elif letter == "v":
                y += values[0]
            elif letter == "h":
                assert values[0] >= 0
                x += values[0]
            assert 0 <= x <= width
            assert 0 <= y <= height
    lines: dict[str, list[tuple[float, float]]] = {}
    for one in root.iter(f"{SVG}text"):
        if one.get("transform"):
            continue
        classes, wide, x = one.get("class").split(), broad(one), float(one.get("x"))
        middle = {"ns-mid", "ns-on", "ns-count"} & set(classes)
        left = x - wide if "ns-end" in classes else x - wide / 2 if middle else x
        assert left > -1
        assert left + wide <= width + 1, one.text
        assert 0 < float(one.get("y")) <= height
        lines.setdefault(one.get("y"), []).append((left, left + wide))
    for spans in lines.values():
        spans.sort()
        for (_, end), (start, _) in pairwise(spans):
            assert end <= start + 1


def broad(text: ET.Element) -> float:
    """Pixels of a text in an ordinary sans serif: half its size a character, capitals and digits more."""
    size = {"ns-name": 19, "ns-on": 11}.get(text.get("class").split()[0], 12)
    return sum(size * (0.3 if char in " .,:|il'" else 0.68 if char.isupper() else 0.56) for char in text.text)


@settings(max_examples=examples(50))
@given(programs(), st.sampled_from([RUNNER, NO_RUNNER]))
def test_any_program_makes_a_sound_small_picture(found, runner):
    text = picture(found, runner)
    check(text)
    assert picture(found, runner) == text, "the same bytes again"
    check(picture(found, runner, standalone=False, frame=NARROW), NARROW.width)


@settings(max_examples=20)
@given(st.lists(steps(), min_size=1, max_size=50), st.integers(2, 99), st.integers(2, 8))
def test_repeats_of_any_size_make_a_small_picture(body, times, rounds):
    check(picture(program(*body[:48], Jump(0, times), Jump(0, rounds))))
    short = [replace(step, length=Duration(1000 * (n + 1))) for n, step in enumerate(body[:8])]
    check(picture(program(*short, Jump(len(short) - 1, min(MOST_BARS // 2 // len(short), 99)), Jump(0, 2))))


def alternating(*kinds: Intensity, seconds: int = 60) -> list[ProgramStep]:
    return [ProgramStep(kind, Duration(seconds * 1000), FAST if n % 2 else EASY) for n, kind in enumerate(kinds)]


@pytest.mark.parametrize(
    "items",
    [
        alternating(*[kind for kind in Intensity for _ in range(10)]),
        [*alternating(Intensity.WARMUP, Intensity.COOLDOWN), Jump(0, 99), *alternating(Intensity.WARMUP), Jump(3, 99)],
        [*alternating(Intensity.ACTIVE, Intensity.RECOVERY), Jump(0, 2), Jump(0, 5), Jump(0, 20)],
        [*alternating(Intensity.ACTIVE, Intensity.RECOVERY), *[Jump(0, 2)] * 7],
        [*alternating(Intensity.ACTIVE), *[Jump(0, 2)] * 8],
        [*alternating(Intensity.ACTIVE, Intensity.RECOVERY, seconds=86_400), *[Jump(0, 99)] * 10],
        [
            ProgramStep(Intensity.ACTIVE, Duration(1000), EASY),
            Jump(0, 99),
            ProgramStep(Intensity.ACTIVE, Duration(86_400_000), FAST),
        ],
        [ProgramStep(Intensity.ACTIVE, Distance(1000), EASY), Jump(0, Distance(20_000_000))],
        [ProgramStep(Intensity.ACTIVE, Lap()), Jump(0, 99), ProgramStep(Intensity.REST, Lap()), Jump(2, 99)],
        [ProgramStep(Intensity.ACTIVE, Duration(86_400_000), FAST), *[Jump(0, 10)] * 15],
    ],
    ids=["fifty", "two-99s", "nested", "seven-deep", "eight-deep", "years", "blink", "until", "open", "powers"],
)
@pytest.mark.parametrize("runner", [RUNNER, NO_RUNNER], ids=["runner", "nobody"])
def test_the_largest_programs_make_a_small_picture(items, runner):
    check(picture(program(*items, name="W" * 254), runner))


def test_neighbours_narrower_than_a_pixel_are_drawn_as_one():
    sprint = ProgramStep(Intensity.ACTIVE, Duration(1000), FAST)
    long = ProgramStep(Intensity.COOLDOWN, Duration(7_200_000), EASY)
    text = picture(program(sprint, Jump(0, 99), long))
    drawn = boxes(text, "ns-repetition")
    assert 1 <= len(drawn) < 20
    left = 72
    assert sum(box[2] for box in drawn) == pytest.approx((WIDE.width - left - 84) * 99 / 7299, abs=1)


def test_nothing_at_all_is_a_picture_too():
    check(picture(program()))


def test_every_example_makes_a_sound_small_picture():
    athlete = (ROOT / "workouts" / "athlete.yaml").read_text(encoding="utf-8")
    for path in sorted((ROOT / "workouts").glob("thir*.workout.yaml")):
        for workout in compile_text(path.read_text(encoding="utf-8"), athlete=athlete).workouts:
            check(svg(workout.program, workout.profile, workout.estimate, "km"))
