"""What a share link opens."""
