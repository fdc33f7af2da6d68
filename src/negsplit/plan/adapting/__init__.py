"""Back into a plan after days without running: how much, how long, and what each day becomes."""
