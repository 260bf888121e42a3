"""Who there is: organizations, teams, people, who belongs where and when."""
