"""Challenges as pages read them, and who may see them."""
