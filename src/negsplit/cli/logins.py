"""Whose login a run uses: the one without a name, or that of one of several runners."""

from __future__ import annotations

from typing import Final

import click

FOLDER: Final = "logins"
"""Those that have names, in the folder of what is remembered for the one that has none."""
_IN_USE: Final = "negsplit.login"
_LEFT: Final = ("-tokens.json", "-key")
"""How the files are called that a login leaves, behind its place."""


def in_use() -> str:
    """The name of the login that this run uses; empty for the one without."""
    context = click.get_current_context(silent=True)
    return context.meta.get(_IN_USE, "") if context else ""


def use(name: str) -> None:
    """From here on this run uses the login of that name."""
    click.get_current_context().meta[_IN_USE] = name


def names() -> list[str]:
    """The logins that have a name."""
    return [name for name in _named() if any(one.endswith(_LEFT) for one in _files(name))]


def at(place: str) -> list[str]:
    """The logins at one place, as the ledger has it, of all that there are; empty for the one without a name."""
    left = {f"{place}{ending}" for ending in _LEFT}
    return [name for name in ("", *_named()) if left.intersection(_files(name))]


def _named() -> list[str]:
    from negsplit.desk import folders
    from negsplit.desk.inputs import names_in

    return [name for name in names_in(folders.state() / FOLDER) if _is_name(name)]


def _files(name: str) -> list[str]:
    from negsplit.desk import folders
    from negsplit.desk.inputs import names_in

    return names_in(folders.state() / FOLDER / name if name else folders.state())


def _is_name(name: str) -> bool:
    from negsplit.program.captions import slug

    return bool(name) and name == slug(name)


def _chosen(ctx: click.Context, _param: click.Parameter, name: str | None) -> None:
    if name is None or ctx.resilient_parsing:
        return
    if not _is_name(name):
        raise click.BadParameter(f"`{name}` cannot name a login: use small letters, digits and dashes, as in `anna`")
    ctx.meta[_IN_USE] = name


login_option = click.option(
    "--for",
    metavar="NAME",
    expose_value=False,
    callback=_chosen,
    help="Use the login of one of several runners, which `account login --for NAME` made.",
)
