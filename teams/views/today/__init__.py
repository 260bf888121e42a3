"""The home page of each, and the bell."""
