"""intervals.icu: a workout is its day's, one object, and a personal key opens the account."""
