"""Debian packages for the emulated watch: fetched with apt, unpacked below a folder; nothing installed, nobody root."""

from __future__ import annotations

import platform
import shutil
import subprocess
from dataclasses import dataclass
from pathlib import Path

PROGRAMS = ("qemu-system-x86", "umtp-responder", "libmtp9", "busybox-static", "dosfstools", "mtools", "tcc")
KERNEL = "linux-image-amd64"
LIBRARIES = ("usr/lib/x86_64-linux-gnu", "lib/x86_64-linux-gnu")


class UnavailableError(Exception):
    """This system cannot run the emulated watch; the words say why."""


@dataclass(frozen=True, slots=True)
class Packages:
    """The unpacked packages: `root` is laid out as `/` would be."""

    root: Path

    def program(self, name: str) -> Path:
        """Where the program `name` lies, whatever folder its package chose."""
        for folder in ("usr/bin", "bin", "usr/sbin", "sbin"):
            if (path := self.root / folder / name).exists():
                return path
        raise FileNotFoundError(f"no `{name}` in {self.root}")

    @property
    def libraries(self) -> tuple[Path, ...]:
        return tuple(self.root / folder for folder in LIBRARIES)

    @property
    def modules(self) -> Path:
        """The folder of the one kernel's modules, named by its version."""
        (folder,) = (self.root / "lib/modules").iterdir()
        return folder

    @property
    def kernel(self) -> Path:
        return self.root / "boot" / f"vmlinuz-{self.modules.name}"


def packages_in(folder: Path) -> Packages:
    """The packages below `folder`, fetched unless an earlier run for the same release of the system left them there.

    Raises `UnavailableError` where apt, dpkg or the packages are out of reach, or the processor is another.
    """
    if platform.machine() != "x86_64":
        raise UnavailableError(f"the watch's kernel is for amd64, not {platform.machine()}")
    for tool in ("apt-get", "apt-cache", "dpkg"):
        if shutil.which(tool) is None:
            raise UnavailableError(f"no {tool} here: the parts of the watch are Debian packages")
    packages, complete = Packages(folder / "root"), folder / "complete"
    wanted = "\n".join((*PROGRAMS, KERNEL, Path("/etc/os-release").read_text()))
    if not (complete.exists() and complete.read_text() == wanted):
        complete.unlink(missing_ok=True)
        shutil.rmtree(packages.root, ignore_errors=True)
        for package in _fetched(folder / "apt"):
            _run("dpkg", "--extract", str(package), str(packages.root))
        shutil.rmtree(folder / "apt")
        complete.write_text(wanted)
    return packages


def _fetched(folder: Path) -> list[Path]:
    """The package files: the programs with the libraries this system lacks, and the kernel without what installs it."""
    shutil.rmtree(folder, ignore_errors=True)
    archives = folder / "archives"
    for made in (folder / "lists/partial", archives / "partial"):
        made.mkdir(parents=True)
    apt = (
        *("-o", f"Dir::State::Lists={folder / 'lists'}"),
        *("-o", f"Dir::Cache={folder}"),
        *("-o", "Debug::NoLocking=true"),
        *("-o", "APT::Sandbox::User=root"),
    )
    _run("apt-get", *apt, "-qq", "update")
    choice = ("--download-only", "--reinstall", "--no-install-recommends", "--yes")
    _run("apt-get", *apt, "-qq", *choice, "install", *PROGRAMS)
    _run("apt-get", *apt, "-qq", "download", _kernel(apt), cwd=archives)
    return sorted(archives.glob("*.deb"))


def _kernel(apt: tuple[str, ...]) -> str:
    """The package of the present kernel, whose name changes with its version."""
    for line in _run("apt-cache", *apt, "depends", KERNEL).splitlines():
        kind, _, name = line.strip().partition(": ")
        if kind == "Depends" and name.startswith("linux-image-"):
            return name.split()[0]
    raise UnavailableError(f"{KERNEL} names no kernel")


def _run(*command: str, cwd: Path | None = None) -> str:
    done = subprocess.run(command, cwd=cwd, capture_output=True, text=True, check=False)
    if done.returncode:
        reason = (done.stderr.strip().splitlines() or ["no reason given"])[0]
        raise UnavailableError(f"{command[0]} failed: {reason}")
    return done.stdout
