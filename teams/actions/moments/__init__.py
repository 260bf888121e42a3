"""Moments of winning: noticing them, and that they were seen."""
