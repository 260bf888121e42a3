"""What makes asking every few seconds cheap; the only caches that we wrote."""
