"""The machine that the emulated watch is plugged into: QEMU without acceleration, network or disk."""

from __future__ import annotations

import os
import subprocess
from collections.abc import Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from threading import Timer

from emulator.packages import Packages

MEMORY = "512"  # MiB


class MachineError(Exception):
    """The machine ended before its command did, or the command failed."""


@dataclass(frozen=True, slots=True)
class Machine:
    """What it starts from; the messages of its kernel go to the file `log`."""

    packages: Packages
    kernel: Path
    initramfs: Path
    log: Path

    def run(self, command: Sequence[str | Path], silence: float) -> Iterator[str]:
        """The lines that `command` prints, each as it comes, run as root over the files of this system.

        Before the command may stand what is added to its environment. Raises `MachineError` when the command fails, or
        nothing is heard of it for `silence` seconds: how fast an emulated machine is depends on what else runs.
        """
        environment = {**os.environ, "LD_LIBRARY_PATH": os.pathsep.join(map(str, self.packages.libraries))}
        ending = f"the machine ended before its command, or was ended after {silence:.0f} s of silence"
        with subprocess.Popen(
            self._qemu(command),
            env=environment,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            errors="replace",
        ) as qemu:
            assert qemu.stdout is not None
            alarm = _alarm(silence, qemu)
            try:
                for line in map(str.rstrip, qemu.stdout):
                    alarm.cancel()
                    alarm = _alarm(silence, qemu)
                    if line.startswith("exit "):
                        ending = line
                    else:
                        yield line
            finally:
                alarm.cancel()
                with suppress(ProcessLookupError):
                    qemu.kill()
        if ending != "exit 0":
            raise MachineError(ending)

    def _qemu(self, command: Sequence[str | Path]) -> list[str]:
        shared = "local,path=/,security_model=none,readonly=on,multidevs=remap,id=host"
        words = ("console=ttyS0", "quiet", "panic=-1", "--", *map(str, command))
        return [
            str(self.packages.program("qemu-system-x86_64")),
            *("-machine", "q35,accel=tcg", "-cpu", "qemu64", "-m", MEMORY, "-no-reboot"),
            *("-nodefaults", "-nic", "none", "-display", "none"),
            *("-L", str(self.packages.root / "usr/share/qemu"), "-L", str(self.packages.root / "usr/share/seabios")),
            *("-serial", f"file:{self.log}", "-serial", "stdio"),
            *("-fsdev", shared, "-device", "virtio-9p-pci,fsdev=host,mount_tag=host"),
            *("-kernel", str(self.kernel), "-initrd", str(self.initramfs)),
            *("-append", " ".join(f'"{word}"' if " " in word else word for word in words)),
        ]


def _alarm(silence: float, qemu: subprocess.Popen[str]) -> Timer:
    alarm = Timer(silence, qemu.kill)
    alarm.start()
    return alarm
