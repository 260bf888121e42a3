"""`python deploy/healthy.py`: the health check of a web container; fails unless /healthz answers 200.

It asks this machine by the site's own name, so that ALLOWED_HOSTS need not name the loopback address.
"""

import os
import sys
from http.client import HTTPConnection, HTTPException
from urllib.parse import urlsplit


def healthy(site: str, port: int) -> bool:
    """Whether the web server on this port answers for the site with this address."""
    connection = HTTPConnection("127.0.0.1", port, timeout=4)
    try:
        connection.request("GET", "/healthz", headers={"Host": urlsplit(site).netloc})
        return connection.getresponse().status == 200
    except (OSError, HTTPException):
        return False
    finally:
        connection.close()


if __name__ == "__main__":
    sys.exit(not healthy(os.environ["SITE_URL"], 8000))
