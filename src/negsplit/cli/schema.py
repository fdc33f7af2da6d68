"""``negsplit schema``: JSON Schemas for editors."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Literal

import click

from negsplit.cli import console


@click.command("schema", short_help="Print the JSON Schema of a kind of document, for editors.")
@click.argument("kind", type=click.Choice(["workout", "plan", "athlete"]), default="workout")
@click.option(
    "-o", "out", type=click.Path(readable=False, path_type=Path), help="Write to a .json file, or into a folder."
)
@console.quiet_option
@console.color_option
def command(kind: Literal["workout", "plan", "athlete"], out: Path | None, quiet: bool) -> None:
    """Print the JSON Schema of workouts (the default), plans or athletes.

    Editors that know YAML complete and check files by it. What `negsplit new` and `negsplit athlete init`
    write has it already; for other files, write it somewhere with -o, and begin a file with a line that
    points there.

    \b
    negsplit schema workout -o schemas
    # yaml-language-server: $schema=schemas/workout.schema.json
    """
    text = schema_text(kind)
    if out is None:
        click.echo(text, nl=False)
        return
    from negsplit.cli import outputs

    path = out if outputs.is_file(out, ".json") else out / f"{kind}.schema.json"
    if fault := outputs.write_whole(path, text.encode()):
        console.report([fault])
        raise console.Failed
    if not quiet:
        console.say(f"{path}: the schema of {kind} files")


def schema_text(kind: Literal["workout", "plan", "athlete"]) -> str:
    """The JSON Schema of a kind of document, as it is written to a file."""
    from negsplit.dsl.json_schema import json_schema

    return json.dumps(json_schema(kind), indent=2) + "\n"
