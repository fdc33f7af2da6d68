"""Garmin's account: a workout and its days are different things there, and it needs a library to log in."""
