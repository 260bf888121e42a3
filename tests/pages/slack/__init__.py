"""What Slack asks."""
