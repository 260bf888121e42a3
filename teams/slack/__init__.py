"""Slack's slash command: who asks, what they want, and the answer; the same actions and the same `Viewer` as pages."""
