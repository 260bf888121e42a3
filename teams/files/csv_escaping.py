"""Text cells that a spreadsheet would run as a formula."""

DANGEROUS = ("=", "+", "-", "@", "\t", "\r")


def defused(value: object) -> object:
    """A text that begins like a formula gets an apostrophe in front; numbers and other values stay as they are."""
    return f"'{value}" if isinstance(value, str) and value.startswith(DANGEROUS) else value
