"""A workout as a picture without words, beside its name: many of them, all on one scale."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Final

from negsplit.estimate.profile import Bar, Profile
from negsplit.preview.drawing import escaped, look_of, rectangle, shape, tenth
from negsplit.preview.scale import EffortScale

STYLE: Final = """\
.ns-thumb{display:block;height:2.75rem;min-width:2px;border-bottom:1px solid var(--line)}
.ns-thumb path{vector-effect:non-scaling-stroke}
"""
"""What it takes besides the style of pictures."""

_WIDTH: Final = 1000
_HEIGHT: Final = 100
_GAP: Final = 2
_STUB: Final = 4
"""The height of a bar where nobody moves."""
_FLOOR: Final = 0.2
"""The share of threshold speed at the bottom: below any walk."""
_LEAST_TOP: Final = 1.1


def common_scale(profiles: Iterable[Profile]) -> EffortScale:
    """One scale of efforts for all these pictures, so that they can be compared."""
    highest = max((bar.effort for one in profiles for bar in one.bars), default=_LEAST_TOP)
    return EffortScale(_FLOOR, max(highest, _LEAST_TOP))


def thumbnail(name: str, profile: Profile, scale: EffortScale, longest: float) -> str:
    """The bars of a workout, as wide as it is long of ``longest`` seconds, and the threshold where it is known."""
    share = 100 * min(profile.seconds / longest, 1.0)
    lines = [
        f'<svg class="ns-thumb" role="img" style="width:{share:.1f}%" viewBox="0 0 {_WIDTH} {_HEIGHT}"'
        f' preserveAspectRatio="none"><title>{escaped(name)}</title>',
        *_bars(profile, scale),
    ]
    if profile.threshold_mps is not None:
        lines.append(f'<path class="ns-mark" d="M0 {tenth(_y(scale, 1.0))}h{_WIDTH}"/>')
    return "".join([*lines, "</svg>"])


def _y(scale: EffortScale, effort: float) -> float:
    return _HEIGHT * (1 - scale.height(effort))


def _bars(profile: Profile, scale: EffortScale) -> Iterator[str]:
    """One path for all that looks the same."""
    looks: dict[str, list[str]] = {}
    for bar in profile.bars:
        looks.setdefault(look_of(bar), []).append(_rectangle(bar, profile.seconds, scale))
    for look, pieces in looks.items():
        yield shape(look, pieces)


def _rectangle(bar: Bar, seconds: float, scale: EffortScale) -> str:
    x, width = bar.start / seconds * _WIDTH, bar.seconds / seconds * _WIDTH
    top = _HEIGHT - _STUB if bar.still else min(_y(scale, bar.effort), _HEIGHT - _STUB)
    gap = _GAP if width > 4 * _GAP else 0
    return rectangle(x, _HEIGHT, width - gap, top)
