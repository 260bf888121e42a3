"""Wall displays: what they show in turn, and how one is paired."""
