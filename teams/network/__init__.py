"""Reaching somebody else's server: where one may, and for how long. Nothing here knows what is said."""
