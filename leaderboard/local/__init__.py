"""Everything on one machine: PostgreSQL, Valkey, web, worker and beat under one supervisor, without root.

Nothing here loads Django; `python -m leaderboard.local` is the whole product.
"""
