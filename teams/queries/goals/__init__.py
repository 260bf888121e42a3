"""Goals as pages read them."""
