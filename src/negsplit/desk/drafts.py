"""Files that a command begins and people go on writing: never over another, with their schema beside them."""

from __future__ import annotations

import json
import os
import re
import shlex
from contextlib import suppress
from pathlib import Path
from typing import Final

from negsplit.desk import outputs, schemas
from negsplit.desk.inputs import SUFFIXES
from negsplit.desk.schemas import Kind
from negsplit.desk.usage import WrongUsageError
from negsplit.diagnostics import Diagnostic
from negsplit.files import replacing
from negsplit.files.parents import made
from negsplit.files.reading import read
from negsplit.files.reasons import reason

_NAMED_AS: Final = re.compile(r"(?:^|\.)(workout|plan|athlete)\.ya?ml\Z", re.IGNORECASE)
_MOST_OF_A_SCHEMA: Final = 1_000_000


def path_of(name: str, kind: Kind) -> Path:
    """The file that a name means: as it stands where it ends in ``.yaml``, else with the ending of its kind.

    WrongUsageError where it is empty, names a folder, or ends like another kind of document.
    """
    if not name.strip():
        raise WrongUsageError("the name of the file to write is empty")
    path = Path(name)
    if not path.name or path.name == ".." or name.endswith(("/", os.sep)):
        raise WrongUsageError(f"`{name}` is a folder; name a file in it")
    lower = path.name.lower()
    named = _NAMED_AS.search(path.name)
    if named and (other := named[1].lower()) != kind:
        raise WrongUsageError(f"`{name}` is what {_an(other)} file is called, this writes {_an(kind)}")
    if lower.endswith(SUFFIXES):
        return path
    return path.with_name(path.name + (".yaml" if lower.endswith(f".{kind}") else f".{kind}.yaml"))


def pasted(path: Path) -> str:
    """A file's name as it stands in a command that can be pasted into a shell, even where it begins like an option."""
    return shlex.quote(f"./{path}" if str(path).startswith("-") else str(path))


def _an(kind: str) -> str:
    return f"an {kind}" if kind == "athlete" else f"a {kind}"


def taken(path: Path) -> Diagnostic | None:
    """An error where something stands at a path already, beside which nothing is left of a run that was cut off."""
    replacing.tidy(path)
    if not os.path.lexists(path):
        return None
    what = "folder" if os.path.isdir(path) else "file"
    help = "give another name; negsplit never overwrites it"
    return Diagnostic("file-exists", f"there is already a {what} `{path}`", None, (help,))


def begin(path: Path, text: str, kind: Kind) -> tuple[str, Diagnostic | None]:
    """Writes a new file and its schema beside it, both or none; what was done about the schema, or why not."""
    if fault := taken(path):
        return "", fault
    schema, current = path.with_name(schemas.name(kind)), schemas.text(kind)
    older, fault = _older(schema, kind)
    if fault:
        return "", fault
    try:
        with made(path.parent):
            _write_both(path, text, schema, current if older != current else None, is_new=not older)
    except FileExistsError as error:
        return "", taken(path) or outputs.unwritable(path, error)
    except OSError as error:
        return "", outputs.unwritable(path, error)
    if older == current:
        return "", None
    return f"{schema} {'brought up to date' if older else 'beside it'} for editors", None


def _write_both(path: Path, text: str, schema: Path, content: str | None, *, is_new: bool) -> None:
    """The schema first, where it has new content: a run that is cut off leaves no file without it."""
    try:
        if content is not None:
            replacing.replace(schema, content.encode(), flush=True)
        replacing.begin(path, text.encode(), flush=True)
    except BaseException:
        if content is not None and is_new and not os.path.lexists(path):
            with suppress(OSError):
                schema.unlink()
        raise


def _older(schema: Path, kind: Kind) -> tuple[str, Diagnostic | None]:
    """What the schema file holds already, nothing where there is none; an error where it is not ours."""
    try:
        text = read(schema, _MOST_OF_A_SCHEMA).decode()
        found = json.loads(text)
    except (FileNotFoundError, NotADirectoryError):
        return "", None
    except OSError as error:
        return "", Diagnostic("unreadable", f"cannot read `{schema}`: {reason(error)}")
    except (ValueError, RecursionError):
        found = None
    if isinstance(found, dict) and found.get("title") == f"negsplit {kind}":
        return text, None
    help = "give it another name: the schema for editors is written there"
    return "", Diagnostic("file-exists", f"`{schema}` is not a schema of negsplit's", None, (help,))
