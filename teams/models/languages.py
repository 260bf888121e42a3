"""The languages that pages and messages are in, each by its own name."""

LANGUAGES = [("en", "English"), ("de", "Deutsch"), ("fr", "Français"), ("es", "Español")]
