"""Pictures of LinkedIn's page with what stands on them, and the words that a browser saw in each."""

import json
import os
from decimal import Decimal
from pathlib import Path

FOLDER = Path(__file__).parent / "samples/pictures"
READ_ANEW = Path(os.environ.get("PICTURES", FOLDER))
"""Where the soak reads pictures; with PICTURES those of another folder, beside their truth.json."""
MARKED = {"14_tiny_640px_q70.jpg", "18_photo_rot_minus6_de.jpg", "19_photo_strong_tilt.jpg"}
"""Too small, or photographed from the side: what is wrong there is marked, and typed."""


def truth(folder=FOLDER):
    """What stands on each picture of a folder, by field."""
    return json.loads((folder / "truth.json").read_text())


def differing(reading, expected):
    """The fields that were not read as they stand in the picture."""
    values = {field: getattr(reading, field) for field in expected}
    return {field for field, value in values.items() if value != exact(expected[field])}


def exact(number):
    """The number as it is written, or None."""
    return None if number is None else Decimal(str(number))
