"""Challenges: what is played for, what counts, who wins and who owes whom, as plain values."""
