"""What a coach hands to a runner: an archive of the workouts, the calendar, the plan to print and how to load them."""

from __future__ import annotations

import os
from collections.abc import Mapping, Sequence
from io import BytesIO
from pathlib import Path
from typing import Final
from zipfile import ZIP_STORED, BadZipFile, ZipFile, ZipInfo

from negsplit.desk import outputs
from negsplit.diagnostics import Diagnostic
from negsplit.plan.totals import PlanTotals
from negsplit.preview import loading_html, plan_html

_HOW_TO: Final = "how-to-load.html"
_PAGE: Final = "plan.html"
_OURS: Final = b"negsplit"
"""The comment of an archive that may be written over."""
_MIDNIGHT: Final = (1980, 1, 1, 0, 0, 0)
"""When all in an archive was made, so that it is the same every time: the first that ZIP can say."""


def write(
    path: Path, folder: Path, files: Sequence[Path], plans: Sequence[PlanTotals], *, force: bool
) -> Diagnostic | None:
    """Writes the archive of some files of a folder, over an older one of ours; why not, where it cannot."""
    if not force and os.path.lexists(path) and not _is_ours(path):
        help = "move it away, or overwrite it with `--force`"
        return Diagnostic("file-exists", f"`{path}` is already there, and is no archive of negsplit", None, (help,))
    try:
        contents = {file.relative_to(folder).as_posix(): file.read_bytes() for file in files}
    except OSError as error:
        return outputs.unwritable(path, error)
    for plan in plans:
        name = _PAGE if len(plans) == 1 else f"{plan.plan.id}.html"
        contents[name] = plan_html.page(plan, plan.weeks, for_runner=True).encode()
    title = plans[0].plan.name if len(plans) == 1 else "Your workouts"
    contents[_HOW_TO] = loading_html.page(title, sorted(contents)).encode()
    return outputs.write_whole(path, packed(contents))


def packed(contents: Mapping[str, bytes]) -> bytes:
    """An archive of files by their names, in their order; the same for the same files, whoever packs them.

    Nothing is compressed: what comes of that is another with each version of zlib.
    """
    data = BytesIO()
    with ZipFile(data, "w", ZIP_STORED) as archive:
        archive.comment = _OURS
        for name in sorted(contents):
            archive.writestr(ZipInfo(name, _MIDNIGHT), contents[name])
    return data.getvalue()


def _is_ours(path: Path) -> bool:
    try:
        with ZipFile(path) as archive:
            return archive.comment == _OURS
    except (OSError, BadZipFile):
        return False
