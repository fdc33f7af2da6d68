"""The forms in which plans are shown, and how one of them is written."""

from __future__ import annotations

import os
from collections.abc import Mapping
from pathlib import Path
from typing import Final, Literal, get_args

import click

from negsplit.cli import console
from negsplit.cli.options import in_a_file, on_paper
from negsplit.desk import outputs
from negsplit.desk.inputs import Input

Form = Literal["text", "json", "svg", "html", "png", "pdf"]
EXTENSIONS: Final[Mapping[Form, str]] = {
    "text": ".txt",
    "json": ".json",
    "svg": ".svg",
    "html": ".html",
    "png": ".png",
    "pdf": ".pdf",
}

_PICTURE: Final[Form] = "svg"
"""What plans alone have: seasons and groups are tables first."""
_FORM_HELP: Final = (
    "A calendar, data for programs, {}, or a page to print (html, pdf).  [default: as -o ends, else text]"
)
form_option = click.option(
    "--format", "form", type=click.Choice(get_args(Form)), help=_FORM_HELP.format("a picture (svg, png)")
)
page_option = click.option(
    "--format",
    "form",
    type=click.Choice([one for one in get_args(Form) if one != _PICTURE]),
    help=_FORM_HELP.format("the page as a picture (png)"),
)
"""For what has no picture of its own."""
out_option = click.option(
    "-o",
    "out",
    type=click.Path(readable=False, path_type=Path),
    help="Write a .txt, .json, .svg, .html, .png or .pdf file, or into a folder.",
)


def chosen(form: Form | None, out: Path | None) -> Form:
    """The form asked for, else that of the file to write; wrong usage where the two do not agree."""
    ending = out.suffix.lower() if out and not os.path.isdir(out) else ""
    meant = next((one for one, extension in EXTENSIONS.items() if extension == ending), None)
    if form and meant and form != meant:
        raise click.UsageError(f"--format {form} writes {EXTENSIONS[form]}, and `{out}` ends in {ending}")
    found = form or meant or "text"
    if out is None:
        in_a_file(EXTENSIONS[found])
    return found


def refuse_picture(form: Form, what: str) -> None:
    """Wrong usage where ``what`` is to be a picture, and has none."""
    if form == _PICTURE:
        raise click.UsageError(
            f"{what} has no picture of its own: make a page of it, with `-o {what.removeprefix('a ')}.html`"
        )


def places(form: Form | None, out: Path | None, *, pictured: bool = True) -> outputs.Places:
    """Where a file of the chosen form goes; ``pictured`` where one of them is a picture."""
    choices = [] if form else [f"`{one}`" for name, one in EXTENSIONS.items() if pictured or name != _PICTURE]
    return outputs.Places(out, EXTENSIONS[chosen(form, out)], choices)


def write(item: Input, text: str, target: outputs.Places, name: str, paper: str | None, *, quiet: bool) -> None:
    """Writes what is shown of a file, and says where; ends the command where that cannot be."""
    from negsplit.desk import rendering

    path, shown = target.place(item), on_paper(target.extension, text, paper)
    if fault := target.take(path, item.path) or rendering.write(path, target.extension, shown):
        console.report([fault])
        raise console.Failed
    if not quiet:
        console.say(f"{path}: {name}")


def say(text: str, target: outputs.Places, paper: str | None) -> None:
    """Says what is shown of a file, on its paper."""
    console.say(*on_paper(target.extension, text, paper).removesuffix("\n").split("\n"))
