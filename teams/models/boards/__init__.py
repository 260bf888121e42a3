"""Boards of closed and running months, and the places on them."""
