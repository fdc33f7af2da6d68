"""Structured running workouts in YAML, compiled to FIT files for Garmin watches."""

__version__ = "0.1.0"
