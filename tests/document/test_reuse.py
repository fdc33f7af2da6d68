"""Params, blocks and files: the same as written out by hand, and every mistake said once where it was made."""

import re
from collections.abc import Mapping
from typing import Any

import pytest
import yaml
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from negsplit import Diagnostic, compile_line, compile_text
from negsplit.diagnostics import Report, Source, Span
from negsplit.document.params import MAX_TEXT
from negsplit.document.reuse import MAX_USES
from negsplit.document.workouts import workout
from negsplit.document.write import write
from negsplit.model import Lap, Role, Step, Workout
from negsplit.tree.nodes import Filled, Text, Value
from negsplit.tree.source import read
from negsplit.units import Distance
from strategies.examples import examples
from strategies.models import lines, workouts
from work import at_most_calls

ATHLETE = "5 km in 22:30"
Found = list[tuple[str, int, str]]


def told(text: str, files: Mapping[str, str] | None = None) -> tuple[Diagnostic, ...]:
    return compile_text(f"workout: A\n{text}", name="a", athlete=ATHLETE, files=files).diagnostics


def mistakes(text: str, files: Mapping[str, str] | None = None) -> Found:
    """Code, line and the characters at fault of every message."""
    found = told(text, files)
    assert all(one.span for one in found)
    return [(one.code, one.span.line, one.span.text) for one in found if one.span]


def model(text: str, files: Mapping[str, str] | None = None) -> Any:
    result = compile_text(f"workout: A\n{text}", athlete=ATHLETE, files=files)
    assert result.diagnostics == ()
    [found] = result.workouts
    assert found
    return found.program, found.expanded


# --- What it comes to ----------------------------------------------------------------------------

SAME = {
    "bare and braced": (
        "params: {reps: 4, pace: threshold}\nsteps:\n"
        "  - repeat: $reps\n    steps: [run: 1 mi @ $pace -- tall, recover: 1 min]\n"
        '  - "${reps}x(20 s, walk ${ reps } min)"',
        "steps:\n  - repeat: 4\n    steps: [run: 1 mi @ threshold -- tall, recover: 1 min]\n  - 4x(20 s, walk 4 min)",
    ),
    "a value may hold several words, or none": (
        "params: {step: 10 min @ easy, cue: ''}\nsteps: [run: $step, run: $cue, run: '5 min$cue']",
        "steps: [run: 10 min @ easy, run: , run: 5 min]",
    ),
    "a progression's style": (
        "params: {style: thirds, total: 12 km}\nsteps: [{progression: $style, total: $total}]",
        "steps: [{progression: thirds, total: 12 km}]",
    ),
    "lists inside a step": (
        "params: {n: 2, pace: 5k}\nsteps: [{ladder: [1 min, $n min], at: [10k, $pace], recover: $n min}]",
        "steps: [{ladder: [1 min, 2 min], at: [10k, 5k], recover: 2 min}]",
    ),
    "steps as one line": ("params: {n: 3}\nsteps: ${n}x(1 km @ 5k, 1 min)", "steps: 3x(1 km @ 5k, 1 min)"),
    "dollars": ("steps: run 1 km -- $$5 and $$$$", "steps:\n  - run: 1 km\n    cue: $$5 and $$$$"),
    "a block with its default and with a value": (
        'blocks: {s: {params: {n: 4}, steps: ["${n}x(20 s, walk 60 s)"]}}\nsteps: [{use: s}, {use: s, with: {n: 6}}]',
        "steps: ['4x(20 s, walk 60 s)', '6x(20 s, walk 60 s)']",
    ),
    "a block of one line ends a repeat with a recovery": (
        'blocks: {s: {steps: "400 m @ 5k"}, r: {steps: 1 min}}\nsteps: [{repeat: 3, steps: [use: s, use: r]}]',
        "steps: [{repeat: 3, steps: [400 m @ 5k, 1 min]}]",
    ),
    "blocks use blocks and hand params on": (
        "params: {pace: 10k}\nblocks:\n  a: {params: {p: 5k, n: 1}, steps: [use: b, with: {q: $p}]}\n".replace(
            "[use: b, with: {q: $p}]", "[{use: b, with: {q: '$p', n: '${n}0'}}]"
        )
        + "  b: {params: {q: , n: 2}, steps: [run: $n min @ $q]}\nsteps: [{use: a, with: {p: $pace}}]",
        "steps: [run: 10 min @ 10k]",
    ),
    "which block is a param too": (
        "params: {which: b}\nblocks: {b: {steps: 1 km}}\nsteps: [{use: $which}]",
        "steps: [1 km]",
    ),
    "an anchor is filled in at each of its places": (
        "blocks: {s: {params: {n: 1}, steps: [&x {run: $n km}, *x]}}\nsteps: [{use: s, with: {n: 7}}]",
        "steps: [run: 7 km, run: 7 km]",
    ),
}


@pytest.mark.parametrize(("reused", "plain"), SAME.values(), ids=SAME)
def test_it_is_as_if_written_by_hand(reused: str, plain: str) -> None:
    assert model(reused) == model(plain)


def test_files_are_relative_to_themselves_and_see_only_their_own() -> None:
    files = {
        "lib/a.yaml": "workout: B\nnotes: x\nparams: {n: 3}\npaces: {float: 5:20/km}\n"
        "blocks: {s: {steps: 1 km @ float}}\nsteps: [{use: s}, {use: more/b.yaml, with: {k: '$n'}}]",
        "lib/more/b.yaml": "workout: C\nparams: {k: }\nsteps: ['${k} km', {use: ../c.yaml}]",
        "lib/c.yaml": "workout: D\nsteps: 4 km @ float",
    }
    plain = "paces: {float: 5:20/km}\nsteps: [1 km @ float, 9 km, 4 km @ float]"
    reused = "blocks: {s: {steps: 7 km}}\nsteps: [{use: lib/a.yaml, with: {n: 9}}, {use: s}]"
    assert model(reused, files)[0] == model(plain.replace("]", ", 7 km]"))[0]


def test_the_documents_own_paces_win() -> None:
    files = {"f": "workout: B\npaces: {float: 5:20/km}\nsteps: 1 km @ float"}
    assert model("paces: {float: 6:00/km}\nsteps: [use: f]", files) == model(
        "paces: {float: 6:00/km}\nsteps: [1 km @ float]"
    )
    files["g"] = "workout: B\npaces: {float: 5:30/km}\nsteps: 1 km @ float"
    assert mistakes("steps: [use: f, use: g]".replace("use: g", "{use: g}"), files) == [("two-paces", 2, "5:30/km")]
    assert mistakes("paces: {float: 6:00/km}\nsteps: [{use: f}, {use: g}]", files) == []


@pytest.mark.parametrize("own", ["", "mine"])
def test_what_a_used_file_is_known_by_is_left_behind(own: str) -> None:
    files = {"f": "workout: B\nid: theirs\nnotes: x\ntags: [y]\nsteps: 1 km"}
    text = f"{own and f'id: {own}'}\nsteps: [use: f]"
    _, found = model(text, files)
    assert (found.name, found.id, found.notes, found.tags) == ("A", own, "", ())


# --- Where mistakes are --------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("written", "under", "note"),
    [
        ("run: 1 km @ $pace", "$pace", "`$pace` is `fst` here, its default"),
        ("run: 1 km @ ${pace} -- go", "${pace}", "`${pace}` is `fst` here, its default"),
        ("run: '1 km @ $pace -- don''t'", "$pace", None),
        ('run: "1 k\\u006d @ $pace"', "$pace", None),
        ("run: >\n      1 km\n      @ $pace\n", "$pace", None),
        ("run: |\n      1 km @ $pace\n", "$pace", None),
        ("{run: 1 km, at: $pace}", "$pace", None),
    ],
)
def test_a_fault_in_a_value_points_at_the_param_and_quotes_the_value(
    written: str, under: str, note: str | None
) -> None:
    [found] = told(f"params: {{pace: fst}}\nsteps:\n  - {written}")
    assert found.code == "unknown-name"
    assert found.span
    assert found.span.text == under
    assert found.help[0] == (note or "`$pace` is `fst` here, its default")


def test_what_is_written_beside_a_param_points_at_itself() -> None:
    [found] = told("params: {n: 10}\nsteps:\n  - run: $n min @ fst -- $n")
    assert found.span
    assert found.span.text == "fst"
    assert not any("$n" in help for help in found.help)


def test_a_value_handed_on_is_quoted_with_its_place() -> None:
    text = (
        "params: {pace: fst}\nblocks:\n  a: {params: {p: }, steps: [{use: b, with: {q: '$p or so'}}]}\n"
        "  b: {params: {q: }, steps: [run: 1 km @ $q]}\nsteps:\n  - {use: a, with: {p: $pace}}"
    )
    found = told(text)[0]
    assert found.span
    assert (found.span.line, found.span.text) == (5, "$q")
    assert found.help[0] == "`$q` is `fst or so` here, from a:4:50"


H = "steps: [1 km, {use: b}]"
MISTAKES: dict[str, tuple[str, Found]] = {
    "unknown": ("steps: [$n km]", [("unknown-param", 2, "$n")]),
    "unknown, once for each place": (
        "steps: [$n km, '${n} km $']",
        [("unknown-param", 2, "$n"), ("unknown-param", 2, "${n}"), ("unknown-param", 2, "$")],
    ),
    "misspelt: not unused too": ("params: {name: 1}\nsteps: $nmae km", [("unknown-param", 3, "$nmae")]),
    "not closed": ("params: {n: 1}\nsteps: '${n km'", [("unknown-param", 3, "${n")]),
    "no names in the middle of a repeat: no bare step": (
        "steps: [{repeat: 2, steps: [run: 1 km, '$n', run: 1 km]}]",
        [("unknown-param", 2, "$n")],
    ),
    "unused": ("params: {n: 1, m: 2}\nsteps: $m km", [("unused-param", 2, "n")]),
    "no default": ("params: {n: }\nsteps: $n km", [("missing-param", 2, "n")]),
    "name": ("params: {my-n: 1}\nsteps: $my-n km", [("bad-name", 2, "my-n")]),
    "default of a wrong form": ("params: {n: [1]}\nsteps: $n km", [("wrong-form", 2, "[1]")]),
    "params of a wrong form": ("params: [n]\nsteps: $n km", [("wrong-form", 2, "[n]")]),
    "default that uses a param": ("params: {a: 1, b: $a km}\nsteps: $b", [("param", 2, "$a")]),
    "too long": (
        f"params: {{a: {'b' * 2100}}}\nsteps: run 1 km -- $a$a",
        [("too-long", 3, "run 1 km -- $a$a")],
    ),
    "the steps of a repeat at fault are checked": (
        "steps: [{repeat: $n, last_recovery: $m, steps: [run: 1 km @ fst]}]",
        [("unknown-param", 2, "$n"), ("unknown-param", 2, "$m"), ("unknown-name", 2, "fst")],
    ),
    "a step at fault may have been the recovery": (
        "blocks: {b: {steps: [run: 1 km, recover: $n]}}\nsteps: [{repeat: 2, last_recovery: skip, steps: [use: b]}]",
        [("unknown-param", 2, "$n")],
    ),
    "a use at fault may have been the recovery": (
        "blocks: {b: {steps: [run: 1 km, use: c]}}\nsteps: [{repeat: 2, last_recovery: skip, steps: [use: b]}]",
        [("unknown-block", 2, "c")],
    ),
    "a block's own params only": (
        "params: {n: 1}\nblocks: {b: {steps: $n km}}\nsteps: [$n km, {use: b}]",
        [("unknown-param", 3, "$n")],
    ),
    "a value missing": (f"blocks: {{b: {{params: {{n: }}, steps: $n km}}}}\n{H}", [("missing-param", 3, "b")]),
    "a value left empty": (
        "blocks: {b: {params: {n: 1}, steps: $n km}}\nsteps: [{use: b, with: {n: }}]",
        [("empty", 3, "n")],
    ),
    "a value of a wrong form": (
        "params: {m: 1}\nblocks: {b: {params: {n: 1}, steps: $n km}}\nsteps: [{use: b, with: {n: [$m]}}]",
        [("wrong-form", 4, "[$m]")],
    ),
    "a value for no param": (
        "blocks: {b: {params: {n: 1}, steps: $n km}}\nsteps: [{use: b, with: {m: 2}}]",
        [("unknown-param", 3, "m")],
    ),
    "an unknown key beside use": (
        "params: {m: 1}\nblocks: {b: {params: {n: 1}, steps: $n km}}\nsteps: [{use: b, with: {n: $m}, times: 2}]",
        [("unknown-key", 4, "times")],
    ),
    "no such block": (H, [("unknown-block", 2, "b")]),
    "a block that is none": (f"blocks: {{b: 1 km}}\n{H}", [("wrong-form", 2, "1 km")]),
    "a block without steps": (f"blocks: {{b: {{params: {{n: 1}}}}}}\n{H}", [("missing-key", 2, "params")]),
    "a block with empty steps": (f"blocks: {{b: {{steps: []}}}}\n{H}", [("empty", 2, "[]")]),
    "a block with one mapping": (f"blocks: {{b: {{steps: {{run: 1 km}}}}}}\n{H}", [("wrong-form", 2, "{run: 1 km}")]),
    "a block that nothing uses": (
        "blocks: {b: {params: {n: 1, m: 2}, steps: [run: $n kn]}}\nsteps: 1 km",
        [("unused-param", 2, "m"), ("unknown-unit", 2, "kn")],
    ),
    "a use where no step stands": (
        "blocks: {b: {steps: [1 min, 2 min]}}\nsteps: [{ladder: [use: b]}]",
        [("wrong-form", 3, "use: b")],
    ),
    "itself": ("blocks: {b: {steps: [use: b]}}\nsteps: [use: b]", [("cycle", 2, "b")]),
    "round about, and a block that nothing uses": (
        "blocks: {b: {steps: [use: c]}, c: {steps: [use: b]}, d: {steps: [use: d]}}\nsteps: [use: b]",
        [("cycle", 2, "b"), ("cycle", 2, "d")],
    ),
    "several, each once": (
        "params: {n: 1, m: 2}\nblocks: {b: {params: {k: 1}, steps: [run: $k mn, run: $x, use: z]}}\n"
        "steps: [run: $n km @ fst, {use: b}, {use: b, with: {k: 2}}, {use: b}, {use: b}, {use: b}]".replace(
            "use: z]", "{use: z}]"
        ),
        [
            ("unused-param", 2, "m"),
            ("unknown-unit", 3, "mn"),
            ("unknown-param", 3, "$x"),
            ("unknown-block", 3, "z"),
            ("unknown-name", 4, "fst"),
        ],
    ),
}


@pytest.mark.parametrize(("text", "found"), MISTAKES.values(), ids=MISTAKES)
def test_a_mistake_is_said_once_and_nothing_follows_from_it(text: str, found: Found) -> None:
    assert mistakes(text) == found


def test_a_chain_of_uses_has_an_end() -> None:
    blocks = "".join(f"  b{n}: {{steps: [use: b{n + 1}]}}\n" for n in range(MAX_USES))
    chain = f"blocks:\n{blocks}  b{MAX_USES}: {{steps: 1 km}}\nsteps: [use: b%d]"
    shorter = chain.replace("  b0: {steps: [use: b1]}\n", "")
    assert model(shorter % 1) == model("steps: [1 km]")
    assert mistakes(chain % 0) == [("too-deep", MAX_USES + 2, f"b{MAX_USES}")]


FILES = {
    "two": "workout: B\nsteps: 1 km\n---\nworkout: C\nsteps: 2 km",
    "none": "# nothing",
    "athlete": "athlete: Me\nraces: 5 km in 20:00",
    "broken": "workout: B\nsteps: [1 km",
    "keys": "workout: B\nsteeps: 1 km",
    "bare": "workout: B",
    "empty": "workout: B\nsteps: []",
    "wide": "workout: B\ntolerance: 3 %\nlast_recovery: skip\nsteps: 2x(1 km @ 5k, 1 min)",
    "self": "workout: B\nsteps: [use: self]",
}


@pytest.mark.parametrize(
    ("name", "found"),
    [
        ("two", [("a", "not-a-workout", "two")]),
        ("athlete", [("a", "not-a-workout", "athlete")]),
        ("keys", [("keys", "unknown-key", "steeps")]),
        ("bare", [("bare", "missing-key", "workout")]),
        ("empty", [("empty", "empty", "[]")]),
        ("wide", [("wide", "no-effect", "tolerance"), ("wide", "no-effect", "last_recovery")]),
        ("self", [("self", "cycle", "self")]),
        ("lib/none", [("a", "unknown-block", "lib/none")]),
    ],
)
def test_files_that_cannot_be_used_or_not_wholly(name: str, found: list[tuple[str, str, str]]) -> None:
    said = told(f"steps: [{{use: {name}}}, {{use: {name}}}]", FILES)
    places = [(one.span.source.name, one.code, one.span.text) for one in said if one.span]
    assert list(dict.fromkeys(places)) == found
    assert len([one for one in said if one.span and one.span.source.name != "a"]) == len(
        [place for place in found if place[0] != "a"]
    )


def test_a_file_broken_as_yaml_says_so_itself() -> None:
    for name in ("broken", "none"):
        assert {one.span.source.name for one in told(f"steps: [use: {name}]", FILES) if one.span} == {
            "broken" if name == "broken" else "a"
        } or name == "none"


def test_a_line_by_itself_has_no_params() -> None:
    [found] = compile_line("warmup 10 min -- $cue, 1 km -- 5 $$").diagnostics
    assert (found.code, found.help) == ("unknown-param", ("write the value itself; for a dollar sign, write `$$`",))
    [made] = compile_line("1 km -- 5 $$").workouts
    assert made
    assert made.expanded.steps == (Step(Role.RUN, Distance(100_000), cue="5 $"),)


# --- Bombs ---------------------------------------------------------------------------------------


def nested(count: int, inner: str) -> str:
    return "{repeat: 1, steps: [" * count + inner + "]}" * count


def doubling(last: str) -> str:
    blocks = "".join(f"  b{n}: {{steps: [{{use: b{n + 1}}}, {{use: b{n + 1}}}]}}\n" for n in range(19))
    return f"blocks:\n{blocks}  b19: {{steps: {last}}}\nsteps: [use: b0]"


LONG = ", ".join(["1 km"] * 10_000)
BOMBS = {
    "steps doubled": (doubling("1 km"), "too-much"),
    "nothing doubled": (doubling("[]"), "too-much"),
    "a long text used often": (
        f"blocks: {{a: {{steps: '{LONG}'}}, b: {{steps: [{', '.join(['{use: a}'] * 200)}]}}}}\nsteps: [use: b]",
        "too-much",
    ),
    "a long value in many texts": (
        f"params: {{a: {'b' * 4000}}}\nsteps:\n" + "  - run: 1 km -- $a\n" * 1000,
        "too-much",
    ),
    "a long value in one text": (f"params: {{a: {'b' * 4000}}}\nsteps: {'$a' * 50_000}", "too-long"),
    "deep bodies in deep blocks": (
        "blocks:\n"
        + "".join(f"  b{n}: {{steps: [{nested(25, f'use: b{n + 1}')}]}}\n" for n in range(18))
        + "  b18: {steps: 1 km}\nsteps: [use: b0]",
        "too-much",
    ),
}


@pytest.mark.parametrize(("text", "code"), BOMBS.values(), ids=BOMBS)
def test_bombs_end_in_one_error_in_no_time(text: str, code: str) -> None:
    with at_most_calls(3_000_000):
        found = [one for one in told(text) if one.code != "empty"]
    assert [one.code for one in found] == [code]


# --- Properties ----------------------------------------------------------------------------------

_parts = st.lists(st.tuples(st.text("ab é", max_size=4), st.sampled_from("xyz"), st.text("01", max_size=5)), max_size=6)


@given(_parts, st.text("ab", max_size=3), st.data())
def test_each_character_of_a_filled_text_points_at_what_it_was_made_from(
    parts: list[tuple[str, str, str]], tail: str, data: st.DataObject
) -> None:
    """Against a list of origins, one for each character."""
    template, made, origins, values = "", "", [], []
    for literal, name, value in parts:
        origins += [(len(template) + at, len(template) + at + 1) for at in range(len(literal))]
        template, made = template + literal, made + literal
        written = (len(template), len(template) + 2)
        values.append(Value(len(made), len(made) + len(value), written, f"{name}={value}@{written}"))
        origins += [written] * len(value)
        template, made = f"{template}${name}", made + value
    origins += [(len(template) + at, len(template) + at + 1) for at in range(len(tail))]
    template, made = template + tail, made + tail
    source = Source("t", f"a: {template}")
    filled = Filled.of(Text(template, Span(source, 3, 3 + len(template))), made, values)
    assert filled == made
    start = data.draw(st.integers(0, len(made)))
    end = data.draw(st.integers(start, len(made)))
    span = filled.at(start, end)
    if start < end:
        assert (span.start - 3, span.end - 3) == (origins[start][0], origins[end - 1][1])
        inside = {origin for origin in origins[start:end] if origin[1] - origin[0] == 2}
        noted = {value.written for value in values if value.note in span.notes}
        assert inside <= noted
        assert all(origins[start][0] <= at < origins[end - 1][1] for at, _ in noted)
    elif start < len(made):
        assert span.start - 3 in (origins[start][0],)


def _read(text: str) -> Workout:
    [node], diagnostics = read(Source("t", text))
    report = Report(list(diagnostics))
    found = workout(node, report)
    assert not report.failed, (text, report.diagnostics)
    assert found
    return found


def _with_params(node: Any, params: dict[str, str], draw: Any) -> Any:
    """Pieces of the texts of some steps, taken out as params."""
    if isinstance(node, list):
        return [_with_params(one, params, draw) for one in node]
    if isinstance(node, dict):
        return {key: _with_params(value, params, draw) for key, value in node.items()}
    if not isinstance(node, str) or not node or not draw(st.booleans()):
        return node
    start = draw(st.integers(0, len(node) - 1))
    end = draw(st.integers(start + 1, len(node)))
    if node[:start].count("$") % 2 or "$" in node[start:end]:
        return node
    name = f"p{len(params)}"
    params[name] = node[start:end]
    return f"{node[:start]}${{{name}}}{node[end:]}"


@given(workouts(), st.data())
@settings(max_examples=examples(50), suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large])
def test_params_in_any_workout_come_to_the_same(made: Workout, data: st.DataObject) -> None:
    plain = yaml.load(write(made), Loader=yaml.BaseLoader)
    params: dict[str, str] = {}
    steps = _with_params(plain["steps"], params, data.draw)
    used = {**plain, "steps": steps, **({"params": params} if params else {})}
    block = {**plain, "blocks": {"b": {"steps": steps, "params": params}}, "steps": [{"use": "b"}]}
    for one in (used, block):
        text = yaml.safe_dump(one, sort_keys=False, allow_unicode=True, default_style='"', width=10**6)
        assert _read(text) == _read(write(made))


@given(lines(40))
def test_dollars_in_cues_come_back(words: str) -> None:
    made = Workout("A", (Step(Role.RUN, Lap(), cue=f"${words}$$"),))
    assert _read(write(made)) == made
    assert len(re.findall(r"\$", write(made))) == 2 * (words.count("$") + 3)


def test_the_bounds_of_a_text_are_met_exactly() -> None:
    for over in (0, 1):
        text = f"params: {{a: {'b' * (MAX_TEXT - 12 + over)}}}\nsteps: 'run 1 km -- $a'"
        assert ("too-long" in [one.code for one in told(text)]) == bool(over)


def test_a_block_that_names_a_param_of_its_document_is_told_how_to_get_it() -> None:
    text = (
        'workout: A\nparams: {n: 4}\nblocks: {a: {steps: "${n}x(20 s, walk 1 min)"}}\nsteps:\n  - use: a\n  - $n km\n'
    )
    [found] = compile_text(text).diagnostics
    assert (found.code, found.span and found.span.text) == ("unknown-param", "${n}")
    assert found.message == "blocks and files only see their own params, and `n` belongs to the workout around them"
    assert found.help == ("declare it there too, `params: {n: }`, and pass it on: `with: {n: $n}`",)
    cured = text.replace("a: {steps", "a: {params: {n: }, steps").replace("- use: a\n", "- use: a\n    with: {n: $n}\n")
    assert compile_text(cured).ok
