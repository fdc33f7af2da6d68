"""The weather of a run as options, and what it adds to a runner's paces."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from typing import Any, Final, NamedTuple, TypeVar

import click

from negsplit.athlete.heat import (
    COLDEST,
    HALF_FOR_REPEATS,
    HOTTEST,
    Slowing,
    by_sum,
    by_temperature,
    celsius,
    dew_point,
    fahrenheit,
    heat_sum,
    whole,
)
from negsplit.athlete.speeds import SpeedBand
from negsplit.units import METRES_PER, PaceUnit

_RUN_IN_REPEATS: Final = ("interval", "repetition")
"""Paces that are run with rests in between."""
_DEGREES: Final = re.compile(r"(-?\d+(?:[.,]\d+)?)\s*°?\s*([cCfF]?)", re.ASCII)
_PER_CENT: Final = re.compile(r"(\d+(?:[.,]\d+)?)\s*%?", re.ASCII)

_Command = TypeVar("_Command", bound=Callable[..., Any])


class Weather(NamedTuple):
    """Degrees Celsius of the air and of its dew point."""

    temperature: float
    dew_point: float

    @property
    def slowing(self) -> Slowing | None:
        """By how many per cent to slow down in a continuous run; None where running hard is no good idea."""
        return by_sum(heat_sum(self.temperature, self.dew_point))

    def added(self, name: str, speeds: SpeedBand | None, unit: PaceUnit) -> str:
        """What to add to a pace, in whole seconds: ``+9-13 s/km``; empty where there is nothing to add."""
        if speeds is None or not self.slowing or not self.slowing.high:
            return ""
        share = HALF_FOR_REPEATS if name in _RUN_IN_REPEATS else 1.0
        low, high = (
            round(METRES_PER[unit] / mps * share * per_cent / 100)
            for mps, per_cent in zip((speeds.fast, speeds.slow), self.slowing, strict=True)
        )
        return f"+{low}-{high} s/{unit}" if low < high else f"+{high} s/{unit}"

    def advice(self) -> Iterator[str]:
        """What the charts say of it, and how far to trust them."""
        by_galloway = by_temperature(self.temperature)
        other = "no racing at all" if by_galloway is None else f"{by_galloway} %"
        yield f"Heat: {_both(self.temperature)}, dew point {_both(self.dew_point)}"
        yield from (f"  {line}" for line in self._by_hadley())
        yield f"  Jeff Galloway's chart, by temperature alone: {other}. Both come from coaching, not from a study."
        yield "  Marathons are fastest at 4 to 10 C (El Helou 2012); slow runners lost more than fast ones (Ely 2007)."
        yield "  This is advice, and changes no pace: run by effort, and drink."

    def _by_hadley(self) -> Iterator[str]:
        total, slowing = f"{fahrenheit(self.temperature)} + {fahrenheit(self.dew_point)} F", self.slowing
        if slowing is None:
            yield f"Mark Hadley's chart for {total}, above 180: no hard running."
            yield "Run easy, indoors or at another hour."
        elif not slowing.high:
            yield f"Mark Hadley's chart for {total}, at most 100: nothing to add."
        else:
            yield f"Mark Hadley's chart for {total}: run {slowing.low:g}-{slowing.high:g} % slower."
            yield "Half as much is enough in repeats with rests, such as interval and repetition."


def _both(degrees: float) -> str:
    return f"{whole(degrees)} C ({fahrenheit(degrees)} F)"


# --- Options -----------------------------------------------------------------------------------


def _degrees(_ctx: click.Context, _param: click.Parameter, words: str | None) -> float | None:
    """Degrees Celsius: of ``28``, ``28C``, ``82F``."""
    if words is None:
        return None
    found = _DEGREES.fullmatch(words.strip())
    if not found:
        raise click.BadParameter(f"`{words}` is not a temperature: write `28` for Celsius, `82F` for Fahrenheit")
    number, is_fahrenheit = _number(found[1]), found[2] in ("f", "F")
    degrees = celsius(number) if is_fahrenheit else number
    if not COLDEST <= degrees <= HOTTEST:
        cure = f"if it is Fahrenheit, write `{number:g}F`" if not found[2] else "check it"
        raise click.BadParameter(f"{degrees:.0f} degrees Celsius is no weather for a run: {cure}")
    return degrees


def _per_cent(_ctx: click.Context, _param: click.Parameter, words: str | None) -> float | None:
    """Per cent of relative humidity: of ``60``, ``60%``."""
    if words is None:
        return None
    found = _PER_CENT.fullmatch(words.strip())
    share = _number(found[1]) if found else 0.0
    if not 1 <= share <= 100:
        raise click.BadParameter(f"`{words}` is not a humidity: write per cent from 1 to 100, as in `60`")
    return share


def _number(digits: str) -> float:
    return float(digits.replace(",", "."))


_OPTIONS: Final = (
    click.option("--temp", metavar="DEGREES", callback=_degrees, help="What heat adds: `28` Celsius, `82F`."),
    click.option("--dew", metavar="DEGREES", callback=_degrees, help="With --temp: the dew point."),
    click.option("--humidity", metavar="PERCENT", callback=_per_cent, help="With --temp, instead of --dew."),
)


def weather_options(command: _Command) -> _Command:
    """``--temp`` with ``--dew`` or ``--humidity``."""
    for option in reversed(_OPTIONS):
        command = option(command)
    return command


def weather_of(temp: float | None, dew: float | None, humidity: float | None) -> Weather | None:
    """The weather that the options say; None for none, wrong usage where they say half of it."""
    if temp is None and dew is None and humidity is None:
        return None
    if temp is None or (dew is None) == (humidity is None):
        raise click.UsageError("heat takes two numbers: `--temp 28 --dew 20`, or `--temp 28 --humidity 60`")
    if humidity is not None:
        return Weather(temp, dew_point(temp, humidity))
    assert dew is not None
    if dew > temp:
        raise click.UsageError(f"a dew point of {_both(dew)} is above the air's {_both(temp)}, which cannot be")
    return Weather(temp, dew)
