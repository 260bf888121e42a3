"""Every place where we reach into another library's inside, each for one reason.

`tests/deploy/test_patches.py` fails when what was read there changes: read it again, then mend the patch or drop it.
"""
