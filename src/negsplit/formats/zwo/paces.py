"""The paces that a Zwift workout of a run can name."""

from __future__ import annotations

from typing import Final

PACES: Final = ("mile", "5k", "10k", "half", "marathon")
"""What ``pace`` counts from 0: the runner's own, as set in the program (zwo-editor, QDomyos-Zwift), in our names."""
BASES: Final = ("threshold", *PACES)
"""What a share of a speed may be of."""
