"""Months: closed, opened again, filled with history."""
