"""Long texts as Garmin's JavaScript SDK joins them, the only decoder that does.

``make test-memos`` installs the SDK into ``build/`` with npm and runs this; without node or the SDK it skips.
"""

import json
import shutil
import subprocess
from pathlib import Path

import pytest

from negsplit.formats.fit.read import read
from strategies.fit_bytes import MEMO, file_id, fit, message, step, workout

ROOT = Path(__file__).parents[3]
REAL = ROOT.parent / "shared" / "data" / "fit-variants"
SDK = ROOT / "build" / "garmin-js" / "node_modules" / "@garmin" / "fitsdk"
WHOLE = "Start slowly, höher hinauf, and on to the end of a text that is longer than its field"


def of_our_own():
    """A text in two parts, filled up with zeros and cut within a letter, and one that its field holds whole."""
    cut, parts = WHOLE.encode().index(b"\xb6"), []
    for part, data in enumerate((WHOLE.encode()[:cut], WHOLE.encode()[cut:].ljust(79, b"\0"))):
        belongs = {"mesg_num": 27, "parent_index": 1, "field_num": 8}
        parts.append(message(145, MEMO, belongs | {"part_index": part, "data": data}))
    return fit(file_id(), workout(2), step(0, notes="Short"), step(1, notes="Start slowly, ..."), *reversed(parts))


@pytest.mark.skipif(not shutil.which("node"), reason="there is no node, which runs Garmin's JavaScript SDK")
@pytest.mark.skipif(not SDK.is_dir(), reason="Garmin's JavaScript SDK is not in build/: `make test-memos`")
def test_long_texts_are_joined_as_garmins_javascript_sdk_joins_them(tmp_path):
    ours = tmp_path / "ours.fit"
    ours.write_bytes(of_our_own())
    files = [ours, *sorted(REAL.glob("*memo*"))]
    command = ["node", Path(__file__).with_name("garmin_memos.mjs"), SDK, *files]
    theirs = json.loads(subprocess.run(command, check=True, capture_output=True, timeout=60).stdout)
    assert theirs[0][-1].rstrip("\0") == WHOLE
    for path, expected in zip(files, theirs, strict=True):
        found = read(path.read_bytes())
        texts = [found.notes, *(one.notes for one in found.steps)]
        assert texts == [(text or "").rstrip("\0") for text in expected], path.name
