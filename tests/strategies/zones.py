"""Time zones by POSIX's rules for them, so that no machine has to know them by name."""

from typing import Final

BERLIN: Final = "CET-1CEST,M3.5.0,M10.5.0/3"
NEW_YORK: Final = "EST5EDT,M3.2.0,M11.1.0"
KIRITIMATI: Final = "<+14>-14"
