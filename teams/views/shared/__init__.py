"""What several pages need and no page is."""
