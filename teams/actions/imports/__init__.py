"""An import, from the file to the board."""
