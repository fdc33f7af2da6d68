"""The codes of messages: each is raised somewhere, and has its sentence on a page that is current."""

import ast
import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence

import pytest

from negsplit import codes, compile_text
from negsplit.codes import RULES
from negsplit.meanings import MEANINGS, page
from syntax import FILES, ROOT, nodes

CODES = set(codes.CODES)
MEANT = [code for meanings in MEANINGS.values() for code in meanings]


def is_code(hint: ast.expr | None) -> bool:
    """Whether a hint asks for a code, alone or within something."""
    names = () if hint is None else (getattr(one, "id", getattr(one, "attr", None)) for one in ast.walk(hint))
    return any(name in ("Code", "RuleCode") for name in names)


def asked(nodes: Iterable[ast.AST]) -> Iterator[tuple[str, int, str]]:
    """What takes a code: its name, the number of the argument from 0, and what that is called."""
    for node in nodes:
        if isinstance(node, ast.FunctionDef):
            taken = [one for one in node.args.args if one.arg not in ("self", "cls")]
            yield from ((node.name, at, one.arg) for at, one in enumerate(taken) if is_code(one.annotation))
        elif isinstance(node, ast.ClassDef):
            fields = [one for one in node.body if isinstance(one, ast.AnnAssign)]
            yield from ((node.name, at, one.target.id) for at, one in enumerate(fields) if is_code(one.annotation))
            begins = [one for one in node.body if isinstance(one, ast.FunctionDef) and one.name == "__init__"]
            yield from ((node.name, at, called) for begin in begins for _, at, called in asked(ast.walk(begin)))


Wanted = dict[str, set[tuple[int, str]]]
"""The arguments that are codes, by the name of what takes them."""


def said(nodes: Iterable[ast.AST], wanted: Wanted) -> Iterator[str]:
    """Every text that stands where a code is asked for."""
    for node in nodes:
        places: list[ast.expr | None] = []
        if isinstance(node, ast.AnnAssign) and is_code(node.annotation):
            places = [node.value]
        elif isinstance(node, ast.Call):
            name = node.func.attr if isinstance(node.func, ast.Attribute) else getattr(node.func, "id", "")
            for at, called in wanted.get(name, ()):
                places += [*node.args[at : at + 1], *(one.value for one in node.keywords if one.arg == called)]
        found = [one for place in places if place is not None for one in ast.walk(place)]
        yield from (one.value for one in found if isinstance(one, ast.Constant) and isinstance(one.value, str))


def raised(*files: Sequence[ast.AST]) -> set[str]:
    """The texts that stand in the nodes of some Python files where one of them asks for a code."""
    wanted: Wanted = defaultdict(set)
    for file in files:
        for name, at, called in asked(file):
            wanted[name].add((at, called))
    return {one for file in files for one in said(file, wanted)}


def test_every_code_is_raised_somewhere():
    found = raised(*(nodes(path) for path in FILES if path.name not in ("codes.py", "meanings.py")))
    assert CODES - found == set(), "nothing raises these any more: take them out of `codes.py` and `meanings.py`"


TAKES = (
    "class Diagnostic:\n    code: Code\n    message: str\n"
    "class Report:\n    def error(self, code: Code, message: str): ...\n"
    "class Halt(Exception):\n    def __init__(self, at: int, code: Code): ...\n"
    "def fails(message: str, code: Code = 'd'): ...\n"
)


def walked(text: str) -> list[ast.AST]:
    return list(ast.walk(ast.parse(text)))


@pytest.mark.parametrize(
    "text",
    [
        "Diagnostic('a', 'b')",
        "Diagnostic(code='a', message='b')",
        "report.error('a', 'b')",
        "self.report.error('a' if one else 'a', 'b')",
        "raise Halt(3, 'a')",
        "fails('b', code='a')",
        "_CODES: Final[Mapping[type[Error], Code]] = {Error: 'a'}",
        "Diagnostic(_CODES.get(type(error), 'a'), 'b')",
    ],
)
def test_a_code_that_is_raised_is_seen(text):
    assert raised(*map(walked, (TAKES, text))) == {"a"}


@pytest.mark.parametrize("text", ["'a'", "report.other('a')", "fails('a')", "x = {'a': 1}", "if one == 'a': pass"])
def test_other_texts_are_no_code(text):
    assert raised(*map(walked, (TAKES, text))) == set()


def test_every_code_has_one_meaning_or_is_a_rule_that_has_a_page():
    assert sorted(MEANT) == sorted(CODES - set(RULES))


def test_a_code_is_written_alike():
    assert all(re.fullmatch("[a-z]+(-[a-z]+)*", code) for code in MEANT)


def test_a_meaning_is_one_plain_sentence():
    for code, meaning in (one for meanings in MEANINGS.values() for one in meanings.items()):
        assert meaning[0].isupper() or meaning[0] == "`", code
        assert re.findall("[.!?]", re.sub(r"`[^`]*`|\(\w+\.md\)", "", meaning)) == ["."], code
        assert meaning.endswith("."), code
        assert meaning.count("`") % 2 == 0, code


def test_the_page_is_current():
    written = (ROOT / "docs" / "codes.md").read_text(encoding="utf-8")
    assert written == page(), "run `make docs`, then read the difference"


def test_no_pass_asks_for_a_code():
    """What prints messages reads their codes, and so does what tells two mistakes apart; nobody compares them."""
    for path in FILES:
        for node in nodes(path):
            if isinstance(node, ast.Compare):
                texts = {one.value for one in ast.walk(node) if isinstance(one, ast.Constant)}
                reads = {one.attr for one in ast.walk(node) if isinstance(one, ast.Attribute)}
                assert not ("code" in reads and texts & CODES), f"{path.name}:{node.lineno}"


# --- What stands for what is at fault -------------------------------------------------------------

SKIPS = "- repeat: 2\n    last_recovery: skip\n    steps: "


@pytest.mark.parametrize(
    ("steps", "code"),
    [
        (SKIPS + "[run: 1 km @ RPE 5, recover: 1 mni]", "unknown-unit"),
        (SKIPS + "[run: 1 km @ RPE 5, use: rest]", "unknown-block"),
        (SKIPS + "[run: 1 km @ RPE 5, recver: 1 min]", "unknown-step"),
        (SKIPS + "[run: 1 km @ RPE 5, {ladder: 3 mni}]", "unknown-unit"),
        (SKIPS + "[run: 1 km @ RPE 5, {repeat: 2}]", "missing-key"),
        (SKIPS + "[run: 1 km @ RPE 5, {repeat: 2, steps: [run: 1 km, rest: 1 mni]}]", "unknown-unit"),
        (SKIPS + "1 km @ RPE 5, rest 1 mni", "unknown-unit"),
        (SKIPS + "[run: 1 km @ RPE 5, run: $n]", "unknown-param"),
        (SKIPS + "[run: 1 km @ RPE 5]", "last-recovery"),
        ("- [6x(400 m @ RPE 8, 1 min), 1 km]", "wrong-form"),
        ("- run: 1 km @ loop\npaces: {loop: 5:2x/km}", "clock"),
        ("- run: 1 km @ loop + 5 s/km\npaces: {loop: 5:20}", "missing-unit"),
        ("- run: 1 km @ loop ± 5 s/km\n  - 3 km @ loop..5:00/km\npaces: {loop: 5:20}", "missing-unit"),
    ],
)
def test_nothing_more_is_said_of_what_hangs_on_a_fault(steps, code):
    result = compile_text(f"workout: T\nsteps:\n  {steps}\n")
    assert [one.code for one in result.diagnostics] == [code]


def test_a_parenthesis_that_a_comma_of_a_list_tore_apart_is_said_once():
    result = compile_text("workout: T\nsteps: [6x(400 m @ RPE 8, 1 min), 1 km, 2 km)]\n")
    assert [(one.code, one.span.column) for one in result.diagnostics] == [("parenthesis", 11)]
