"""One file a page. A view fetches what the visitor may see, calls at most one action, and renders or redirects."""
