"""How the site runs. What it is about lives in `teams`."""
