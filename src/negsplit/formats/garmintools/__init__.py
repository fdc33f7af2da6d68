"""Workbooks of jpickup/GarminTools as CSV: sheets of paces, of workouts in a language of its own, and a schedule.

What the language means is what that program makes of it (its grammar ``Workout.g4`` and its manual ``WORKOUTS.md``:
facts, no text of theirs); where these two differ, the grammar counts, for it alone is run.
"""
