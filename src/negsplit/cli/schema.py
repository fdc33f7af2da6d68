"""``negsplit schema``: JSON Schemas for editors."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Literal

import click

from negsplit.cli import outputs


@click.command("schema", short_help="Print the JSON Schema of a kind of document, for editors.")
@click.argument("kind", type=click.Choice(["workout", "athlete"]), default="workout")
@click.option("-o", "out", type=click.Path(path_type=Path), help="Write to a .json file, or into a folder.")
def command(kind: Literal["workout", "athlete"], out: Path | None) -> None:
    """Print the JSON Schema of workouts (the default) or athletes.

    Editors that know YAML complete and check files by it.
    """
    from negsplit.dsl.shapes import json_schema

    text = json.dumps(json_schema(kind), indent=2) + "\n"
    if out is None:
        click.echo(text, nl=False)
        return
    path = out if outputs.is_file(out, ".json") else out / f"{kind}.schema.json"
    try:
        outputs.write_whole(path, text.encode())
    except OSError as error:
        raise click.ClickException(f"cannot write {path}: {error.strerror or error}") from None
    click.echo(path)
