"""A double of intervals.icu: strict, local, and silent where the service is."""

from account.intervals.double.server import KEY, Double

__all__ = ["KEY", "Double"]
