"""The pages of views/thanks.py."""
