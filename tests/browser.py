"""A headless Chromium for tests of pages: it reads local files, and reaches no network."""

from __future__ import annotations

import base64
import json
import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from importlib.resources import files
from pathlib import Path
from typing import Any, Final
from unittest.mock import patch

from selenium.webdriver import Chrome, ChromeOptions
from selenium.webdriver.chrome.service import Service

_SWITCHES: Final = (
    "--headless=new",
    "--disable-gpu",
    "--disable-dev-shm-usage",
    "--disable-extensions",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-first-run",
    "--no-proxy-server",
    "--hide-scrollbars",
    "--force-device-scale-factor=1",
    "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1",
)

SCROLLS: Final = "return document.documentElement.scrollWidth - document.documentElement.clientWidth"
"""How many pixels a page is wider than its window."""

# WCAG 2: relative luminance, and the ratio of two of them, for every text outside and inside the picture;
# words on bars are the picture's own business.
CONTRASTS: Final = """
function numbers(color) { return color.match(/[\\d.]+/g).map(Number) }
function luminance(color) {
    const [r, g, b] = numbers(color).map(c => c / 255).map(c => c <= 0.04045 ? c / 12.92 : ((c + 0.055) / 1.055) ** 2.4)
    return 0.2126 * r + 0.7152 * g + 0.0722 * b
}
function paper(box) {
    const color = getComputedStyle(box).backgroundColor
    return numbers(color)[3] === 0 ? (box.parentElement ? paper(box.parentElement) : 'rgb(255, 255, 255)') : color
}
const found = []
for (const box of document.body.querySelectorAll('*:not(title, desc, .ns-on)')) {
    if (![...box.childNodes].some(one => one.nodeType === Node.TEXT_NODE && one.data.trim())) continue
    const style = getComputedStyle(box)
    const [ink, back] = [luminance(box.closest('svg') ? style.fill : style.color), luminance(paper(box))]
    found.push([(Math.max(ink, back) + 0.05) / (Math.min(ink, back) + 0.05), box.textContent])
}
return found
"""
"""The contrast of every text with what is behind it, and the text."""


def absent() -> str:
    """Why there is no browser here; nothing where there is one."""
    missing = [name for name in ("chromium", "chromedriver") if not shutil.which(name)]
    return f"no {' and no '.join(missing)} on the PATH" if missing else ""


class Browser:
    """One window. What it shows is told its width and whether it is dark; what it asked for is remembered."""

    def __init__(self, driver: Chrome, folder: Path) -> None:
        self.driver, self.folder = driver, folder

    def show(self, html: str, *, width: int = 1280, dark: bool = False) -> None:
        """Opens a page as a file in a window of so many pixels."""
        path = self.folder / "page.html"
        path.write_text(html, encoding="utf-8")
        size = {"width": width, "height": 800, "deviceScaleFactor": 1, "mobile": False}
        self.driver.execute_cdp_cmd("Emulation.setDeviceMetricsOverride", size)
        scheme = {"name": "prefers-color-scheme", "value": "dark" if dark else "light"}
        self.driver.execute_cdp_cmd("Emulation.setEmulatedMedia", {"media": "", "features": [scheme]})
        self.requests(), self.console()
        self.driver.get(path.as_uri())

    def run(self, script: str) -> Any:
        """What a function body in JavaScript returns."""
        return self.driver.execute_script(script)

    def axe(self) -> list[str]:
        """What axe finds that people who hear a page, or do without a mouse, cannot use: the rule, and where."""
        source = files("axe_core_python").joinpath("axe.min.js").read_text(encoding="utf-8")
        self.driver.execute_script(source)
        found = self.driver.execute_async_script("axe.run(document).then(arguments[0])")
        return [f"{one['id']}: {node['html'][:120]}" for one in found["violations"] for node in one["nodes"]]

    def requests(self) -> list[str]:
        """The addresses asked for since this was last called, the page's own among them."""
        events = [json.loads(entry["message"])["message"] for entry in self.driver.get_log("performance")]
        return [one["params"]["request"]["url"] for one in events if one["method"] == "Network.requestWillBeSent"]

    def console(self) -> list[str]:
        """What the console said since this was last called."""
        return [entry["message"] for entry in self.driver.get_log("browser")]

    def pdf(self) -> bytes:
        """The page as it is printed, on the paper that it asks for."""
        printed = {"preferCSSPageSize": True, "printBackground": False}
        return base64.b64decode(self.driver.execute_cdp_cmd("Page.printToPDF", printed)["data"])

    def screenshot(self, path: Path) -> None:
        """The whole page as a PNG, to look at."""
        shot = {"captureBeyondViewport": True}
        path.write_bytes(base64.b64decode(self.driver.execute_cdp_cmd("Page.captureScreenshot", shot)["data"]))


@contextmanager
def opened(folder: Path) -> Iterator[Browser]:
    """A browser that lives as long as the context and writes its pages into a folder."""
    options = ChromeOptions()
    options.binary_location = shutil.which("chromium") or ""
    for switch in _SWITCHES:
        options.add_argument(switch)
    if os.geteuid() == 0:
        # Chromium refuses to run as root with its sandbox.
        options.add_argument("--no-sandbox")
    options.set_capability("goog:loggingPrefs", {"browser": "ALL", "performance": "ALL"})
    # The driver listens on the loopback, which a proxy of the environment cannot reach. With its path given,
    # selenium looks for no driver and downloads none.
    with patch.dict(os.environ, dict.fromkeys(("no_proxy", "NO_PROXY"), "localhost,127.0.0.1")):
        # In the C locale it finds no folder of its own below one with an umlaut.
        service = Service(shutil.which("chromedriver"), env=os.environ | {"LC_ALL": "C.UTF-8"})
        driver = Chrome(options, service)
    try:
        yield Browser(driver, folder)
    finally:
        driver.quit()
