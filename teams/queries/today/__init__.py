"""What Today and the bell read: what waits for somebody, their own figures, the month of the teams they manage."""
