"""Words of the service's own API description: the fields of an event, its categories, and the kinds of sport."""

CATEGORIES = frozenset(("WORKOUT", "RACE_A", "RACE_B", "RACE_C", "NOTE", "HOLIDAY", "SICK", "INJURED", "TARGET"))
"""Of fourteen, those that say something of a day."""
TARGETS = frozenset(("AUTO", "POWER", "HR", "PACE"))
TYPES = frozenset(("Ride", "Run", "Swim", "WeightTraining", "Hike", "Walk", "TrailRun", "VirtualRun", "Workout"))
"""Of sixty, those that a runner plans."""
WRITABLE = frozenset(("category", "start_date_local", "type", "name", "description", "external_id", "target", "indoor"))
"""What a client sends and the service keeps."""
IGNORED = frozenset(("id", "uid", "workout_doc", "paired_activity_id", "updated", "created_by_id"))
"""What it takes and puts its own in the place of, without a word."""
