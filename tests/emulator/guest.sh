#!/bin/busybox sh
# The first process of the emulated machine. It lays the files of the system it runs on, read-only, as its own,
# with fresh memory where anything writes, and runs there the command that the kernel was started with. What the
# command prints goes to the second serial line, its exit status last.

/bin/busybox --install -s /bin
for module in /modules/*; do insmod "$module" || echo "not loaded: $module"; done

mount -t 9p -o ro,trans=virtio,version=9p2000.L,msize=512000,cache=loose host /host
mount -t proc proc /host/proc
mount -t sysfs sysfs /host/sys
mount -t devtmpfs devtmpfs /host/dev
mount -t configfs configfs /host/sys/kernel/config
mount -t tmpfs tmpfs /host/run
mount -t tmpfs tmpfs /host/media
mkdir -p /host/run/home /host/run/tmp
echo 0 > /host/sys/module/usb_storage/parameters/delay_use

chroot /host /usr/bin/env -i PATH=/usr/sbin:/usr/bin:/sbin:/bin HOME=/run/home TMPDIR=/run/tmp LANG=C.UTF-8 \
    PYTHONDONTWRITEBYTECODE=1 "$@" < /host/dev/null > /host/dev/ttyS1 2>&1
echo "exit $?" > /host/dev/ttyS1
poweroff -f
