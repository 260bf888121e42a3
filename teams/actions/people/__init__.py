"""People, teams and logins: added, moved, invited, let go."""
