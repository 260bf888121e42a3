"""People as pages and mails read them."""
