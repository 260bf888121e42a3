"""kombu: a worker goes on where the broker hangs while a job ends.

kombu waits for the broker's answer before it frees the job's place, so that one hang would hold that place for ever.
"""

from collections.abc import Callable
from typing import Any

from kombu.transport.redis import Channel, QoS
from kombu.transport.virtual.base import QoS as Counted


class Freeing(QoS):
    """kombu's acknowledgements, which free the job's place also where the broker does not hear of its end.

    The broker hands such a job out once more in five minutes.
    """

    _remove_from_indices: Callable[[str], Any]
    """kombu's own, of which the types say nothing."""

    def ack(self, delivery_tag: str) -> None:
        """Tell the broker that a job is done; raises where it does not hear it, with the place freed."""
        try:
            self._remove_from_indices(delivery_tag).execute()
        finally:
            Counted.ack(self, delivery_tag)


def install() -> None:
    """Have kombu use it for every connection of this process."""
    Channel.QoS = Freeing
