"""Ports for servers of the tests."""

import socket


def free_port():
    """A port on this machine where nobody listens now."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        return free.getsockname()[1]
