"""`/challenges/` and `/debts/`"""
