"""`python deploy/healthy.py`: the health check of a web container; fails unless /healthz answers 200."""

import sys
from http.client import HTTPConnection, HTTPException


def healthy(port: int) -> bool:
    """Whether the web server on this port answers."""
    connection = HTTPConnection("127.0.0.1", port, timeout=4)
    try:
        connection.request("GET", "/healthz")
        return connection.getresponse().status == 200
    except (OSError, HTTPException):
        return False
    finally:
        connection.close()


if __name__ == "__main__":
    sys.exit(not healthy(8000))
