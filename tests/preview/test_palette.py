"""The colours of effort, measured: lightness by CIE 1976, contrast by WCAG 2, colour blindness by Machado (2009).

The matrices are those of the paper (doi 10.1109/TVCG.2009.113, severity 1), for linear light.
"""

from itertools import pairwise

import pytest

from negsplit.estimate.levels import LEVELS
from negsplit.preview.palette import DARK, DARK_TERMINAL, LIGHT, LIGHT_TERMINAL, PHASES

SEEN_BY = {
    "everybody": ((1, 0, 0), (0, 1, 0), (0, 0, 1)),
    "greyscale": ((0.2126, 0.7152, 0.0722),) * 3,
    "protanopia": (
        (0.152286, 1.052583, -0.204868),
        (0.114503, 0.786281, 0.099216),
        (-0.003882, -0.048116, 1.051998),
    ),
    "deuteranopia": (
        (0.367322, 0.860646, -0.227968),
        (0.280085, 0.672501, 0.047413),
        (-0.011820, 0.042940, 0.968881),
    ),
    "tritanopia": (
        (1.255528, -0.076749, -0.178779),
        (-0.078411, 0.930809, 0.147602),
        (0.004733, 0.691367, 0.303900),
    ),
}
"""What each makes of linear red, green and blue."""


def linear(color: str) -> list[float]:
    shares = [int(color[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    return [share / 12.92 if share <= 0.04045 else ((share + 0.055) / 1.055) ** 2.4 for share in shares]


def luminance(color: str, seen_by: str = "everybody") -> float:
    light = linear(color)
    seen = [min(max(sum(a * b for a, b in zip(row, light, strict=True)), 0), 1) for row in SEEN_BY[seen_by]]
    return sum(a * b for a, b in zip((0.2126, 0.7152, 0.0722), seen, strict=True))


def lightness(color: str, seen_by: str) -> float:
    """L*, 0 to 100."""
    y = luminance(color, seen_by)
    return 116 * y ** (1 / 3) - 16 if y > 216 / 24389 else y * 24389 / 27


def contrast(one: str, other: str) -> float:
    high, low = sorted((luminance(one), luminance(other)), reverse=True)
    return (high + 0.05) / (low + 0.05)


def of_terminal(number: int) -> str:
    """What xterm shows for one of its 256: a cube of six steps, then greys."""
    if number >= 232:
        return f"#{8 + 10 * (number - 232):02x}" + f"{8 + 10 * (number - 232):02x}" * 2
    steps = (0, 95, 135, 175, 215, 255)
    red, rest = divmod(number - 16, 36)
    return "#" + "".join(f"{steps[at]:02x}" for at in (red, *divmod(rest, 6)))


PALETTES = {
    "light": ([LIGHT[level.value] for level in LEVELS], LIGHT["paper"]),
    "dark": ([DARK[level.value] for level in LEVELS], DARK["paper"]),
    "light terminal": ([of_terminal(LIGHT_TERMINAL[level.value]) for level in LEVELS], "#ffffff"),
    "dark terminal": ([of_terminal(DARK_TERMINAL[level.value]) for level in LEVELS], "#1e1e1e"),
}


@pytest.mark.parametrize("seen_by", SEEN_BY)
@pytest.mark.parametrize("name", PALETTES)
def test_harder_is_further_from_the_paper_and_neighbours_can_be_told_apart(name, seen_by):
    colors, paper = PALETTES[name]
    steps = [abs(lightness(color, seen_by) - lightness(paper, seen_by)) for color in colors]
    assert min(harder - easier for easier, harder in pairwise(steps)) >= 8


@pytest.mark.parametrize("name", PALETTES)
def test_every_level_stands_out_from_the_paper(name):
    colors, paper = PALETTES[name]
    assert min(contrast(color, paper) for color in colors) >= 3


@pytest.mark.parametrize("mode", [LIGHT, DARK])
def test_words_stand_out_from_paper_and_from_soft_ground(mode):
    assert min(contrast(mode[words], mode[on]) for words in ("ink", "dim", "remark") for on in ("paper", "soft")) >= 4.5


def test_both_modes_and_terminals_have_the_same_names():
    assert LIGHT.keys() == DARK.keys()
    assert LIGHT_TERMINAL.keys() == DARK_TERMINAL.keys()
    assert {color for color, _ in PHASES.values()} <= LIGHT.keys() & LIGHT_TERMINAL.keys()
