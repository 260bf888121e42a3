"""Boards: ranked, and marked where LinkedIn's formula changed."""
