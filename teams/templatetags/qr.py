"""Addresses as QR codes: SVG without style, script or a picture to fetch."""

from typing import Any

import segno
from django import template

register = template.Library()


@register.inclusion_tag("parts/qr.html")
def qr(address: str, label: str) -> dict[str, Any]:
    """A code that a phone reads from across a room; one path of squares, with a quiet zone around it."""
    code = segno.make(address, error="m", micro=False)
    squares = [
        f"M{x} {y}h1v1h-1z" for y, row in enumerate(code.matrix_iter(border=0)) for x, dark in enumerate(row) if dark
    ]
    side, _ = code.symbol_size(border=0)
    return {"path": "".join(squares), "side": side, "whole": side + 8, "label": label}
