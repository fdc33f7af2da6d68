"""Plans sized to one runner: a table of numbers, and pure functions from a wish to the text of a plan."""
