"""What a wall screen opens."""
