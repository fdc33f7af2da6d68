"""``negsplit schema``: JSON Schemas for editors."""

from __future__ import annotations

from pathlib import Path

import click

from negsplit.cli import console
from negsplit.desk import schemas
from negsplit.desk.schemas import Kind


@click.command("schema", cls=console.Command, short_help="Print a JSON Schema, so that your editor can help you type.")
@click.argument("kind", type=click.Choice(["workout", "plan", "athlete"]), default="workout")
@click.option(
    "-o", "out", type=click.Path(readable=False, path_type=Path), help="Write a .json file, or into a folder."
)
@console.quiet_option
@console.color_option
def command(kind: Kind, out: Path | None, quiet: bool) -> None:
    """Print the JSON Schema of workouts (the default), plans or athletes.

    Editors that know YAML complete and check files by it. What `negsplit new` and `negsplit athlete init`
    write has it already; for other files, write it somewhere with -o, and begin a file with a line that
    points there.

    \b
    negsplit schema workout -o schemas
    # yaml-language-server: $schema=schemas/workout.schema.json
    """
    text = schemas.text(kind)
    if out is None:
        click.echo(text, nl=False)
        return
    from negsplit.desk import outputs
    from negsplit.desk.inputs import Input

    path = outputs.Places(out, ".json").place(Input(Path(f"{kind}.schema.yaml")))
    if fault := outputs.write_whole(path, text.encode()):
        console.report([fault])
        raise console.Failed
    if not quiet:
        console.say(f"{path}: the schema of {kind} files")
