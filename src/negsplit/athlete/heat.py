"""What heat costs a runner, by the charts of two coaches.

Mark Hadley (maximumperformancerunning.blogspot.com, 24 July 2013) adds the temperature and the dew point, both in
Fahrenheit, and gives a range in per cent of pace for continuous runs; for repeats with rests he takes half of it.
Jeff Galloway goes by the temperature at the finish alone, from his own experience as he says (printed by running
shops and clubs since 2008, for example fleetfeetwinston-salem.com). Neither chart comes from a study.
"""

from __future__ import annotations

from math import floor, log
from typing import Final, NamedTuple

HALF_FOR_REPEATS: Final = 0.5
"""The share of Hadley's per cents for repeats, between whose rounds a body cools."""
COLDEST, HOTTEST = -40.0, 50.0
"""Degrees Celsius of the air that :func:`dew_point` was fitted to: what is outside is no weather to run in."""

_HADLEY: Final = (
    (100, 0.0, 0.0),
    (110, 0.0, 0.5),
    (120, 0.5, 1.0),
    (130, 1.0, 2.0),
    (140, 2.0, 3.0),
    (150, 3.0, 4.5),
    (160, 4.5, 6.0),
    (170, 6.0, 8.0),
    (180, 8.0, 10.0),
)
"""The highest sum in whole degrees Fahrenheit, and from how many to how many per cent slower; none above the last."""
_GALLOWAY: Final = ((55, 0), (60, 1), (65, 3), (70, 5), (75, 7), (80, 12), (86, 20))
"""The whole degrees Fahrenheit below which it is so many per cent slower; he prints 80-85, and none above."""
_MAGNUS, _MAGNUS_CELSIUS = 17.625, 243.04


class Slowing(NamedTuple):
    """From how many to how many per cent a pace is slower."""

    low: float
    high: float


def fahrenheit(celsius: float) -> int:
    """Whole degrees Fahrenheit, as charts and weather reports have them."""
    return whole(celsius * 1.8 + 32)


def whole(degrees: float) -> int:
    """Whole degrees, half a degree up."""
    return floor(round(degrees + 0.5, 9))  # 68.5 F there and back are not exactly 68.5


def celsius(fahrenheit: float) -> float:
    """Degrees Celsius, unrounded."""
    return (fahrenheit - 32) / 1.8


def dew_point(temperature: float, humidity: float) -> float:
    """The dew point in degrees Celsius of air so warm (Celsius) and so humid (per cent, above 0).

    By the Magnus formula with the constants of Alduchov and Eskridge, *J. Appl. Meteorol.* 35 (1996), 601-609.
    """
    held = log(humidity / 100) + _MAGNUS * temperature / (_MAGNUS_CELSIUS + temperature)
    return _MAGNUS_CELSIUS * held / (_MAGNUS - held)


def heat_sum(temperature: float, dew_point: float) -> int:
    """What Hadley's chart goes by, from two temperatures in Celsius: the sum of both in whole degrees Fahrenheit."""
    return fahrenheit(temperature) + fahrenheit(dew_point)


def by_sum(heat_sum: int) -> Slowing | None:
    """Hadley's per cents for a continuous run; None where he advises against running hard at all."""
    return next((Slowing(low, high) for highest, low, high in _HADLEY if heat_sum <= highest), None)


def by_temperature(temperature: float) -> int | None:
    """Galloway's per cents for a temperature in Celsius; None where he would not race at all."""
    degrees = fahrenheit(temperature)
    return next((slower for below, slower in _GALLOWAY if degrees < below), None)
