"""Plans of apsureda/garmin-planner and its forks: YAML with a block ``config``, and a list of steps a workout.

What the words mean is what that program does with them, seen by running it and read in its manual (README.md,
planner/import_export.py, planner/schedule.py); where it loses what a file says, the file is read as it stands and a
message says what the program does.
"""
