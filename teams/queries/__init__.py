"""What pages, walls, mails and exports read: typed rows, in a known number of queries."""
