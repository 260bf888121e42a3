"""Challenges, who plays, and what came of them."""
