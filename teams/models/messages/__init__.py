"""What is sent, to whom, and what nobody wants to get."""
