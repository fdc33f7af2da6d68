"""How this program was installed, and so how its optional parts are added to it."""

from __future__ import annotations

import json
import os
import re
import shlex
import sys
from importlib.metadata import Distribution, PackageNotFoundError, distribution
from importlib.util import find_spec
from pathlib import Path
from typing import Any, Final, Literal
from urllib.parse import urlsplit
from urllib.request import url2pathname

_PIPX: Final = "pipx_metadata.json"
_UV_TOOL: Final = "uv-receipt.toml"
"""What pipx and `uv tool` leave in the folder of an installation."""
_LIBRARIES: Final = {"account": "garminconnect", "dask": "distributed", "windows": "comtypes"}
"""What each optional part needs."""
_PLAIN: Final = re.compile(r"[\w.:/\\-]+")


def adding(part: Literal["account", "dask", "windows"]) -> str:
    """The one command that adds the library of an optional part to this installation.

    It names the library, not this program: that is in no index, and its name there would be a stranger's. `uv tool`
    alone has to be told where the program came from, because it removes on an upgrade what it was not told of.
    """
    itself = _itself()
    library = _quoted(_library(itself, part))
    if Path(sys.prefix, _PIPX).exists():
        return f"pipx inject {_quoted(Path(sys.prefix).name)} {library}"
    folder, editable = _folder(itself)
    if Path(sys.prefix, _UV_TOOL).exists() and folder is not None:
        return f"uv tool install {'--editable ' if editable else ''}{_quoted(f'{folder}[{part}]')}"
    python = _quoted(sys.executable)
    if find_spec("pip") is not None:
        return f"{python} -m pip install {library}"
    return f"uv pip install --python {python} {library}"


def _itself() -> Distribution | None:
    try:
        return distribution("negsplit")
    except PackageNotFoundError:  # run from its sources
        return None


def _library(itself: Distribution | None, part: str) -> str:
    """The library with the versions that are allowed of it."""
    needed = (itself.requires if itself else None) or ()
    of_the_part = re.compile(rf"\bextra\s*==\s*['\"]{part}['\"]")
    return next((one.partition(";")[0].strip() for one in needed if of_the_part.search(one)), _LIBRARIES[part])


def _folder(itself: Distribution | None) -> tuple[Path | None, bool]:
    """The folder that this was installed from, None where there is none, and whether it runs from there (PEP 610)."""
    try:
        source: dict[str, Any] = json.loads((itself and itself.read_text("direct_url.json")) or "{}")
        url, about = urlsplit(source.get("url", "")), source.get("dir_info")
    except (ValueError, AttributeError):
        return None, False
    folder = Path(url2pathname(url.path))
    if about is None or url.scheme != "file" or not folder.is_dir():
        return None, False
    return folder, bool(about.get("editable"))


def _quoted(word: str) -> str:
    """As a shell wants it. Those of Windows know double quotes alone, and PowerShell runs nothing that is quoted."""
    if os.name != "nt":
        return shlex.quote(word)
    return word if _PLAIN.fullmatch(word) else f'"{word}"'
