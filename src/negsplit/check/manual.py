"""The manual of the rules, made of their docstrings: a page for the terminal, and ``docs/rules.md``.

``python -m negsplit.check.manual`` prints the latter.
"""

from __future__ import annotations

import inspect
import re
import textwrap
from collections.abc import Iterable, Iterator
from typing import Final, NamedTuple

from negsplit.check.rule import Rule
from negsplit.diagnostics import Severity

_PARTS: Final = {"S-": "Workouts", "W-": "Walk-run", "PL": "Plans"}
"""What the codes begin with, by what the rules are about."""
_EXAMPLE: Final = re.compile(r"(Bad|Good):(.*)", re.DOTALL)
_HEAD: Final = """\
# The rules

What a coach would say about your workout or plan. `negsplit check` says it, `plan show` marks it in the calendar. A
warning is what a coach would stop you for, a note is good to know; neither keeps a workout from being compiled.
`negsplit check --explain S-CAP` prints the page of one rule.

You know better this time? Turn a rule off in that workout or plan with `lint: {S-CAP: off}`, or better with your
reason: `lint: {S-CAP: "race rehearsal"}`.

The *goal race* is the `race` of your plan; any other race is a hard session. *Threshold speed* is what you could race
for an hour, and *RPE* is effort from 1 to 10. The *evidence* is what a rule rests on, from one coach's article to
several studies. `w05-sun` is the session on Sunday of week 5, as in `plan show`. If a number is missing, such as your
threshold pace, the rule says nothing. None of this is medical advice.

This page is made from the rules themselves, by `make docs`.
"""


class Page(NamedTuple):
    """The page of a rule: its ``title``, what it says in paragraphs, and examples in the language."""

    rule: Rule
    title: str
    paragraphs: tuple[str, ...]
    bad: tuple[str, ...]
    good: tuple[str, ...]

    @property
    def severity(self) -> str:
        """``warning``, ``warning or note``."""
        return " or ".join(one.value for one in Severity if one in self.rule.severities)


def page(rule: Rule) -> Page:
    """The docstring of a rule in its parts."""
    title, *blocks = inspect.cleandoc(rule.manual).split("\n\n")
    paragraphs: list[str] = []
    examples: dict[str, list[str]] = {"Bad": [], "Good": []}
    for block in blocks:
        words, *shown = re.split(r"^(?=Bad:|Good:)", block, flags=re.MULTILINE)
        if words.strip():
            paragraphs.append(_joined(words))
        for one in shown:
            if match := _EXAMPLE.fullmatch(one):
                examples[match[1]].append(_example(match[2]))
    return Page(
        rule, _joined(title).removesuffix("."), tuple(paragraphs), tuple(examples["Bad"]), tuple(examples["Good"])
    )


def explained(rule: Rule, width: int) -> list[str]:
    """The page of a rule in lines of at most ``width`` columns, as far as its examples allow."""
    about = page(rule)
    lines = _filled(f"{rule.code}: {about.title}", width)
    for paragraph in about.paragraphs:
        lines += ["", *_filled(paragraph, width)]
    for mark, examples in (("bad", about.bad), ("good", about.good)):
        for example in examples:
            shown = example.split("\n") if "\n" in example else _filled(example.replace("`", ""), width - 2)
            lines += ["", f"{mark}:", *(f"  {line}" for line in shown)]
    end = f"{about.severity}; evidence: {rule.evidence.value}; `lint: {{{rule.code}: off}}` turns it off"
    return [*lines, "", *_filled(end, width)]


def manual(rules: Iterable[Rule]) -> str:
    """The text of ``docs/rules.md``, its rules in the order of their codes."""
    in_order = sorted(rules, key=lambda one: one.code)
    return _HEAD + "".join(f"{line}\n" for line in _body(in_order))


def _body(rules: list[Rule]) -> Iterator[str]:
    parts = {name: [one for one in rules if one.code.startswith(begin)] for begin, name in _PARTS.items()}
    for name, some in parts.items():
        yield f"\n**[{name}](#{name.lower()})**\n"
        for one in some:
            yield f"* [{one.code}](#{one.code.lower()}) {page(one).title}"
    for name, some in parts.items():
        yield f"\n## {name}"
        for one in some:
            yield from _section(page(one))


def _section(about: Page) -> Iterator[str]:
    rests_on = f"{about.severity.capitalize()}; evidence: {about.rule.evidence.value}."
    yield f"\n### {about.rule.code}\n\n**{about.title}.** {rests_on}"
    for paragraph in about.paragraphs:
        yield "\n" + "\n".join(_filled(paragraph, 120))
    yield ""
    for mark, examples in (("Bad", about.bad), ("Good", about.good)):
        for example in examples:
            yield f"* {mark}: {example}" if "\n" not in example else f"* {mark}:\n\n{_fenced(example)}"


def _fenced(code: str) -> str:
    return textwrap.indent(f"```yaml\n{code}\n```", "  ")


def _filled(words: str, width: int) -> list[str]:
    return textwrap.wrap(words, width, break_long_words=False, break_on_hyphens=False)


def _joined(words: str) -> str:
    return " ".join(words.split())


def _example(written: str) -> str:
    """One in a line is prose with code in backticks, one below its mark is code as it stands."""
    first, _, rest = written.partition("\n")
    return _joined(written) if first.strip() or not rest.strip() else textwrap.dedent(rest).strip("\n")


if __name__ == "__main__":
    from negsplit.check.rules import every_rule

    print(manual(every_rule().values()), end="")
