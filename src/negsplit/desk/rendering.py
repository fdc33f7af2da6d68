"""Pages as PNG and PDF files, drawn by a browser without a window, a profile of its own, or the network."""

from __future__ import annotations

import html
import os
import re
import signal
import subprocess
import tempfile
from contextlib import suppress
from pathlib import Path
from typing import Final

from negsplit.desk import browsers, outputs
from negsplit.diagnostics import Diagnostic
from negsplit.files.reasons import reason
from negsplit.preview.page import bare, width_of

PATIENCE: Final = 60.0
"""Seconds after which a browser has failed; one takes a second or two."""
SHARP: Final = 2
"""Pixels of a PNG for each of its page, as on the screens of phones."""
LONGEST: Final = 16_384
"""Pixels of an edge, beyond which programs that show pictures give up."""

_SWITCHES: Final = (
    "--headless",
    "--disable-gpu",
    "--disable-dev-shm-usage",
    "--disable-extensions",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--disable-breakpad",
    "--no-first-run",
    "--no-default-browser-check",
    "--no-proxy-server",
    "--host-resolver-rules=MAP * ~NOTFOUND",
    "--password-store=basic",
    "--use-mock-keychain",
    "--hide-scrollbars",
    "--blink-settings=preferredColorScheme=1",
)
"""Nothing is looked up, fetched, sent or remembered, and the paper is white however dark the screen is."""
_SNAP: Final = Path("snap", "chromium", "common")
"""In the home folder: the one place for files that Ubuntu's Chromium shares with other programs."""
_PICTURE: Final = re.compile(r"<svg [^>]*?\bwidth=['\"](\d+)")
"""A picture, and how many pixels it is wide."""
_BEGINS: Final = {".pdf": b"%PDF-", ".png": b"\x89PNG\r\n\x1a\n"}
_ENDS: Final = {".pdf": b"%%EOF", ".png": b"IEND\xae\x42\x60\x82"}
_TAIL: Final = 64
_MEASURE: Final = (
    "<!doctype html><title></title><iframe sandbox=allow-same-origin style='width:{width}px;height:1px;border:0'"
    ' onload="document.title=this.contentDocument.documentElement.scrollHeight" srcdoc="{page}"></iframe>'
)
"""A page that says in its title how long another one is; nothing in that one runs."""

_BY_HAND: Final = "or write a .html file, and print that from any browser"


def write(path: Path, extension: str, text: str) -> Diagnostic | None:
    """Writes a file with that ending whole, of a page, a picture or a text; why not, where it cannot."""
    data = encoded(extension, text)
    return data if isinstance(data, Diagnostic) else outputs.write_whole(path, data)


def encoded(extension: str, text: str) -> bytes | Diagnostic:
    """What a file with that ending holds of a page, a picture or a text; why not, where no browser draws it."""
    if extension not in _BEGINS:
        return text.encode()
    program = browsers.browser()
    if program is None:
        return _no_browser(extension)
    try:
        with tempfile.TemporaryDirectory(
            prefix="negsplit-", dir=_folder(program), ignore_cleanup_errors=True
        ) as folder:
            return _drawn(_Drawing(program, Path(folder), extension), text)
    except OSError as error:
        message = f"a browser draws in a temporary folder, and that cannot be written: {reason(error)}"
        return Diagnostic("rendering", message, None, ("make room there, or name another one in `TMPDIR`",))


def _drawn(drawing: _Drawing, text: str) -> bytes | Diagnostic:
    if drawing.extension == ".pdf":
        return drawing.pdf(text)
    if picture := _PICTURE.match(text):
        return drawing.png(bare(text), int(picture[1]))
    return drawing.png(text, width_of(text))


def _folder(program: Path) -> Path | None:
    """Where a browser may read and write; None wherever any program may."""
    if "snap" not in program.resolve().parts:
        return None
    shared = Path.home() / _SNAP
    return shared if shared.is_dir() else None


class _Drawing:
    """One file that a browser draws in a temporary folder."""

    def __init__(self, program: Path, folder: Path, extension: str) -> None:
        self.program, self.folder, self.extension = program, folder, extension
        self.out = folder / f"out{extension}"

    def pdf(self, page: str) -> bytes | Diagnostic:
        """The page as it is printed, on the paper that it asks for."""
        return self._drawn(page, "--no-pdf-header-footer", "--print-to-pdf-no-header", f"--print-to-pdf={self.out}")

    def png(self, page: str, width: int) -> bytes | Diagnostic:
        """All of a page as it is on a screen so many pixels wide."""
        said = self._run(_MEASURE.format(width=width, page=html.escape(page)), "--dump-dom")
        if isinstance(said, Diagnostic):
            return said
        found = re.search(rb"<title>(\d+)</title>", said)
        if found is None:
            return self._failed("it does not say how long the page is")
        height = int(found[1])
        if height > LONGEST:
            message = f"this page is {height} pixels long, and a PNG has {LONGEST} at most"
            return Diagnostic("rendering", message, None, ("write a .pdf or .html file, or show fewer `--weeks`",))
        scale = SHARP if height * SHARP <= LONGEST else 1
        size = f"--window-size={width},{height}"
        return self._drawn(page, f"--force-device-scale-factor={scale}", size, f"--screenshot={self.out}")

    def _drawn(self, page: str, *switches: str) -> bytes | Diagnostic:
        said = self._run(page, *switches)
        if isinstance(said, Diagnostic):
            return said
        try:
            data = self.out.read_bytes()
        except OSError:
            return self._failed("it wrote nothing")
        if not data.startswith(_BEGINS[self.extension]) or _ENDS[self.extension] not in data[-_TAIL:]:
            return self._failed("what it wrote is no such file")
        return data

    def _run(self, page: str, *switches: str) -> bytes | Diagnostic:
        """What the browser prints of a page. Its output goes to files: no child of it can keep those waiting."""
        source, profile = self.folder / "page.html", self.folder / "profile"
        source.write_bytes(page.encode("ascii", "xmlcharrefreplace"))
        as_root = hasattr(os, "geteuid") and os.geteuid() == 0
        command = [
            str(self.program),
            *_SWITCHES,
            # As root it refuses to start with its sandbox.
            *(["--no-sandbox"] if as_root else []),
            f"--user-data-dir={profile}",
            *switches,
            source.as_uri(),
        ]
        printed, complained = self.folder / "printed", self.folder / "complained"
        with printed.open("wb") as out, complained.open("wb") as errors:
            try:
                status = _ended(command, self.folder, out.fileno(), errors.fileno())
            except OSError as error:
                return self._failed(f"it cannot be started: {error.strerror}")
        if status is None:
            return self._failed(f"it was not done after {PATIENCE:.0f} s")
        if status:
            return self._failed(f"it ended with status {status}")
        return printed.read_bytes()

    def _failed(self, why: str) -> Diagnostic:
        what = self.extension.removeprefix(".").upper()
        complained = self.folder / "complained"
        lines = complained.read_text(errors="replace").splitlines() if complained.exists() else []
        said = [f"it said: {lines[-1].strip()}"] if lines and lines[-1].strip() else []
        helps = (*said, f"`{browsers.VARIABLE}` names another browser; {_BY_HAND}")
        return Diagnostic("rendering", f"`{self.program}` made no {what}: {why}", None, helps)


def _ended(command: list[str], folder: Path, out: int, errors: int) -> int | None:
    """The status that a program ends with, None where it does not in time; nothing of it goes on after that.

    What it would leave in the home folder, settings of its desktop and notes for reports of crashes, is kept out of it.
    """
    own = {"LC_ALL": "C.UTF-8", "GSETTINGS_BACKEND": "memory", "BREAKPAD_DUMP_LOCATION": str(folder)}
    process = subprocess.Popen(
        command,
        stdin=subprocess.DEVNULL,
        stdout=out,
        stderr=errors,
        env=os.environ | own,
        start_new_session=True,
    )
    try:
        return process.wait(PATIENCE)
    except subprocess.TimeoutExpired:
        return None
    finally:
        if process.poll() is None:
            _kill(process)


def _kill(process: subprocess.Popen[bytes]) -> None:
    with suppress(ProcessLookupError, PermissionError):
        if hasattr(os, "killpg"):
            os.killpg(process.pid, signal.SIGKILL)
        else:
            process.kill()
    process.wait()


def _no_browser(extension: str) -> Diagnostic:
    if named := os.environ.get(browsers.VARIABLE):
        message = f"`{browsers.VARIABLE}` names `{named}`, and there is no such program"
        return Diagnostic("no-browser", message, None, ("write the path of a browser, or unset it",))
    message = f"a {extension} file is drawn by a browser, and none is installed that can"
    install = f"install Chromium, Google Chrome, Microsoft Edge or Brave; `{browsers.VARIABLE}` says where another lies"
    return Diagnostic("no-browser", message, None, (install, _BY_HAND))
