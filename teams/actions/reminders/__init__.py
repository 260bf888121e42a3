"""Who is reminded of what is missing, and when."""
