"""Boards as pages read them."""
