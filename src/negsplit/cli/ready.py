"""What comes with negsplit, for ``new``: as kinds to start from, and as a list."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any, Final

import click

from negsplit.cli import console
from negsplit.desk.presets import LIST, Preset, presets
from negsplit.diagnostics import did_you_mean
from negsplit.words import PRESET

if TYPE_CHECKING:
    from click.shell_completion import CompletionItem

_GROUPS: Final = {
    "Easy": ("easy", "strides", "drills"),
    "Progressions": ("progression",),
    "Threshold and race pace": ("threshold", "race-pace", "marathon"),
    "Intervals and fartlek": ("interval", "fartlek"),
    "Hills": ("hills",),
    "Long": ("long",),
    "Walk-run": ("walk-run",),
    "Tests": ("test",),
    "Trail": ("trail",),
    "Plans": ("plan",),
}
"""Each with the first tag of its workouts."""
_TAG: Final = re.compile(r"^tags: \[([\w-]+)", re.MULTILINE)
_SENTENCE: Final = re.compile(r"# (.*?)(?:\. |\.?\n)")


class Kind(click.types.StringParamType):
    """One of the kinds of ``new``, or a preset, with or without ``preset:`` before its name."""

    name = "kind"

    def __init__(self, kinds: Sequence[str]) -> None:
        self._kinds = kinds

    def get_metavar(self, param: click.Parameter, ctx: click.Context) -> str:  # noqa: ARG002
        """The kinds; those of the list are too many for a line."""
        return f"[{'|'.join(self._kinds)}|PRESET]"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> str:
        """The name, if there is such a kind; else wrong usage, with what may be meant."""
        name = str(value).removeprefix(PRESET)
        known = (*self._kinds, *presets())
        if name not in known:
            near = did_you_mean(name, known)
            meant = f"did you mean `{near}`? " if near else ""
            message = f"there is no `{name}` to start from: {meant}{LIST}"
            raise click.BadParameter(message, ctx, param, "--kind")
        return name

    def shell_complete(
        self,
        ctx: click.Context,  # noqa: ARG002
        param: click.Parameter,  # noqa: ARG002
        incomplete: str,
    ) -> list[CompletionItem]:
        """Every name; what it is, for shells that show it."""
        from click.shell_completion import CompletionItem

        names = dict.fromkeys((*self._kinds, *presets()))
        return [CompletionItem(name) for name in names if name.startswith(incomplete)]


def _listed(context: click.Context, _param: click.Parameter, wanted: bool) -> None:
    """Prints the list in the place of what the command does."""
    if not wanted or context.resilient_parsing:
        return
    groups: dict[str, list[Preset]] = {name: [] for name in _GROUPS}
    for one in presets().values():
        groups[_group(one)].append(one)
    width = max(map(len, presets()))
    for name, members in groups.items():
        console.say(name, *(f"  {one.name:{width}}  {summary(one.text)}" for one in members), "")
    console.say(
        "`negsplit show preset:NAME` shows one, `negsplit new MY-NAME --kind NAME` writes it into a file of yours,",
        "`use: preset:NAME` in a workout or a plan takes it as it is.",
    )
    context.exit()


list_option = click.option(
    "--list",
    is_flag=True,
    is_eager=True,
    expose_value=False,
    callback=_listed,
    help="Show every workout and plan that comes with negsplit.",
)


def _group(one: Preset) -> str:
    tag = _TAG.search(one.text)
    named = tag[1] if tag and one.kind == "workout" else one.kind
    return next(group for group, tags in _GROUPS.items() if named in tags)


def summary(document: str) -> str:
    """The first sentence of the comment on top of a document."""
    found = _SENTENCE.match(document)
    assert found is not None
    return found[1]


_USE: Final = re.compile(r"(?:\.\./)?([\w-]+)\.(?:workout|plan)\.yaml")
_ID: Final = re.compile(r"^id: .*\n", re.MULTILINE)


def to_copy(one: Preset) -> str:
    """The document of a preset to go on with: what it uses are presets, and its id is that of its own name."""

    def used(match: re.Match[str]) -> str:
        return f"{PRESET}{match[1]}" if match[1] in presets() else match[0]

    return _ID.sub("", _USE.sub(used, one.text))
