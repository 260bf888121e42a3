"""Spreadsheets as bytes: read safely, written safely."""
