"""The site itself: its health, its first run, its look, its home screen."""
