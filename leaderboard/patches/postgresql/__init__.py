"""Django's PostgreSQL, which looks at a connection's socket before it asks whether the connection still lives."""
