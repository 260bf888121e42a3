"""What the site is about: teams, their members, and the scores on their boards."""
