"""Benchmarks: what the site does, against a stated limit, measured in turn on the same machine."""
