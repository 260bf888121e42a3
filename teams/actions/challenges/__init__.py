"""Challenges: made, answered, settled, told."""
