"""`python -m leaderboard.local [--port 8000]`: the whole product on this machine. Ctrl-C stops it."""

import argparse
import errno
import os
import sys
from pathlib import Path

from leaderboard.environment import SecretError
from leaderboard.local.site import ROOT
from leaderboard.local.supervisor import serve


def port(text: str) -> int:
    """A port from the command line; the end of the program with a sentence for anything else."""
    if not text.isdecimal() or not 0 < int(text) < 65536:
        sys.exit(f"{text!r} is not a port: give a number from 1 to 65535.")
    return int(text)


def main() -> None:
    """Serve everything from one folder until somebody ends it."""
    parser = argparse.ArgumentParser(prog="python -m leaderboard.local", description=__doc__)
    parser.add_argument("--port", type=port, default=os.environ.get("PORT") or "8000")
    var = Path(os.environ.get("LEADERBOARD_VAR") or ROOT / "var").resolve()
    try:
        serve(var, parser.parse_args().port)
    except SecretError as error:
        sys.exit(str(error))
    except OSError as error:
        reason = "The disk is full" if error.errno == errno.ENOSPC else error.strerror
        sys.exit(f"{reason}: {error.filename or var}.")


if __name__ == "__main__":
    main()
