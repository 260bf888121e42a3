"""What a team's numbers show, and what they do not."""
