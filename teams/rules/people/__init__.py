"""People: how they are written, told apart, and when they count."""
