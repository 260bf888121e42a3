"""Decisions as pure functions: plain values in, plain values out. No Django, database, clock or network."""
