"""JSON Schemas as files, by which editors complete and check a document."""

from __future__ import annotations

import json
from typing import Literal

Kind = Literal["workout", "plan", "athlete"]


def text(kind: Kind) -> str:
    """The schema of a kind of document, as it is written to a file."""
    from negsplit.document.json_schema import json_schema

    return json.dumps(json_schema(kind), indent=2) + "\n"


def name(kind: Kind) -> str:
    """What the file is called that stands beside documents."""
    return f"negsplit-{kind}.schema.json"


def line(kind: Kind) -> str:
    """The comment that tells an editor which schema a document follows."""
    return f"# yaml-language-server: $schema=./{name(kind)}"
