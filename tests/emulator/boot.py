"""What the emulated machine starts from: the kernel, a shell, the kernel's modules, and where libraries lie."""

from __future__ import annotations

import lzma
import shutil
import struct
import subprocess
from pathlib import Path

from emulator.packages import Packages

MODULES = (
    *("virtio_pci", "9pnet_virtio", "9p"),  # the files of this system
    *("dummy_hcd", "libcomposite", "usb_f_fs", "usb_f_mass_storage"),  # both ends of the cable, and what is on it
    *("usb-storage", "sd_mod", "vfat", "nls_cp437", "nls_ascii", "nls_utf8"),  # a watch that is a disk
)
LDCONFIG = "/sbin/ldconfig"


def kernel(packages: Packages, folder: Path) -> Path:
    """The kernel, unpacked below `folder`: the emulated machine takes longer for it than for the rest of its start.

    A kernel that no xz holds is given as it is. The fields are those of the kernel's x86 boot protocol.
    """
    unpacked = folder / f"vmlinux-{packages.modules.name}"
    if not unpacked.exists():
        image = packages.kernel.read_bytes()
        protected = (image[0x1F1] + 1) * 512
        offset, length = struct.unpack_from("<II", image, 0x248)
        payload = image[protected + offset : protected + offset + length]
        if not payload.startswith(b"\xfd7zXZ"):
            return packages.kernel
        unpacked.write_bytes(lzma.LZMADecompressor().decompress(payload))
    return unpacked


def initramfs(packages: Packages, folder: Path) -> Path:
    """The archive of the first files in memory, made again below `folder`: `guest.sh` as init, the shell, the modules.

    The modules are numbered in the order in which they must be loaded.
    """
    tree = folder / "initramfs"
    shutil.rmtree(tree, ignore_errors=True)
    for name in ("bin", "host", "modules"):
        (tree / name).mkdir(parents=True)
    shutil.copy(packages.program("busybox"), tree / "bin/busybox")
    shutil.copy(Path(__file__).with_name("guest.sh"), tree / "init")
    (tree / "init").chmod(0o755)
    for number, module in enumerate(_in_order(packages)):
        shutil.copy(module, tree / f"modules/{number:02}-{module.name}")
    files = "\n".join(str(path.relative_to(tree)) for path in sorted(tree.rglob("*")))
    archive = folder / "initramfs.cpio"
    with archive.open("wb") as written:
        cpio = (packages.program("busybox"), "cpio", "-o", "-H", "newc")
        subprocess.run(cpio, cwd=tree, input=files.encode(), stdout=written, stderr=subprocess.DEVNULL, check=True)
    return archive


def library_cache(packages: Packages, folder: Path) -> Path:
    """The list by which programs find libraries, with those of the packages in it as if they were installed."""
    settings, cache = folder / "ld.so.conf", folder / "ld.so.cache"
    settings.write_text("\n".join(("include /etc/ld.so.conf", *map(str, packages.libraries), "")))
    subprocess.run((LDCONFIG, "-X", "-C", cache, "-f", settings), check=True)
    return cache


def _in_order(packages: Packages) -> list[Path]:
    """`MODULES` and all they need, each after what it needs."""
    needs = _dependencies(packages)
    ordered: dict[Path, None] = {}

    def add(module: Path) -> None:
        for needed in needs[module]:
            add(needed)
        ordered.setdefault(module)

    for name in MODULES:
        add(next(module for module in needs if module.stem == name))
    return list(ordered)


def _dependencies(packages: Packages) -> dict[Path, list[Path]]:
    """Each module's file with those it needs, from the list that `depmod` makes."""
    listed = packages.modules / "modules.dep"
    if not listed.exists():
        depmod = (packages.program("busybox"), "depmod", "-b", packages.root, packages.modules.name)
        subprocess.run(depmod, check=True)
    needs = {}
    for line in listed.read_text().splitlines():
        module, _, needed = line.partition(":")
        needs[packages.modules / module] = [packages.modules / name for name in needed.split()]
    return needs
