"""Whether a workout comes to what it claims to add up to."""

from __future__ import annotations

from decimal import Decimal
from typing import Final

from negsplit.diagnostics import Help, Report
from negsplit.estimate.estimate import Estimate
from negsplit.limits import FARTHEST, LONGEST
from negsplit.model import Claim
from negsplit.units import Amount, Duration

LEEWAY: Final = 0.05
"""How far off a claim may be that rests on an estimate, and at most any: what is written roundly (a judgement)."""
_MOST_DECIMALS: Final = 3
_ROUNDED: Final = 0.05
"""Metres that steps in miles may lose in all, each to 1 cm: 8.55 mi are still within 5 % of 9."""


def check_claim(claim: Claim, estimate: Estimate, report: Report) -> None:
    """Warns where a workout comes to something else than it claims, or where nobody can tell."""
    figure = estimate.time if isinstance(claim.amount, Duration) else estimate.distance
    if estimate.partial:
        message = (
            f"there is no telling whether this adds up to {claim}: a step ends with the lap button or at a heart rate"
        )
        help = "give every step a time or a distance, or leave `adds_up_to` out"
        report.warning("total", message, claim.span, help)
    elif figure.value is None:
        message = f"there is no telling whether this adds up to {claim}: it {figure.basis}"
        report.warning("total", message, claim.span, 'give one: `--athlete "5 km in 22:30"`')
    elif not _holds(claim, figure.value, is_sure=figure.is_sure):
        found = _nearest(claim, figure.value, is_sure=figure.is_sure)
        message = f"this adds up to {'' if figure.is_sure else 'about '}{found}, not {claim}"
        is_sayable = _size(found.amount) <= _size(LONGEST if isinstance(found.amount, Duration) else FARTHEST)
        report.warning("total", message, claim.span, _to(claim, found) if is_sayable else "change its steps")


def _to(claim: Claim, found: Claim) -> Help:
    title, span = f"change the steps, or write `adds_up_to: {found}`", claim.span
    return title if span is None or span.notes else span.cure(title, span.text, str(found))


def _holds(claim: Claim, value: float, *, is_sure: bool) -> bool:
    """Whether seconds or metres are near enough: half of the last digit, 5 % at most; 5 % where they are reckoned."""
    leeway = _size(claim.amount) * LEEWAY
    if is_sure:
        leeway = min(leeway, _size(claim.last_digit) / 2)
    return abs(value - _size(claim.amount)) <= leeway + _ROUNDED


def _nearest(claim: Claim, value: float, *, is_sure: bool) -> Claim:
    """What would hold of seconds or metres, in the unit of a claim and with no more decimals than say it well."""
    number = Decimal(value) / Decimal(_size(Claim(Decimal(1), claim.unit).amount))
    fewest = -int(claim.number.as_tuple().exponent)
    for decimals in range(fewest, _MOST_DECIMALS):
        found = Claim(round(number, decimals), claim.unit)
        if abs(found.number - number) <= number / 50 and _holds(found, value, is_sure=is_sure):
            return found
    return Claim(round(number, max(fewest, _MOST_DECIMALS)), claim.unit)


def _size(amount: Amount) -> float:
    return amount.seconds if isinstance(amount, Duration) else amount.metres
