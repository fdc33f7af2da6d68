"""From the files of a ritual to what came of them, and back to files: everything about a command but its words."""
