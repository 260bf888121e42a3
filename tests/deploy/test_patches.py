"""The insides of other libraries that we reach into are still those that we read."""

import hashlib
import inspect
from importlib.metadata import version

import pytest
from celery.beat import Scheduler
from django.core.cache.backends.redis import RedisCacheClient
from django.db.backends.postgresql.base import DatabaseWrapper
from kombu.transport.redis import Channel, QoS
from prometheus_client.mmap_dict import MmapedDict
from psycopg import Connection
from psycopg.errors import _WaitTimeout

from leaderboard.patches import french_days
from leaderboard.patches.broker import Freeing

READ = [
    ("kombu", "5.7.0", QoS.ack, "1bc15a4ddf541af6", "a place is freed only when the broker has answered"),
    ("celery", "5.7.0", Scheduler.tick, "cee54aab628fce6d", "the clock does nothing until it is as late as it was"),
    ("psycopg", "3.3.9", Connection.wait, "602ce5e47fca2ec9", "a connection waits for an answer without an end"),
    ("django", "5.2.19", RedisCacheClient.get_client, "ba56fb39ace75b84", "each question makes a client anew"),
    ("django", "5.2.19", DatabaseWrapper.is_usable, "c6d0cbdb5ef55c86", "a connection is asked before each request"),
    ("prometheus-client", "0.26.0", MmapedDict.write_value, "edffcc45d7ea2046", "files of the dead stay"),
    ("django", "5.2.19", french_days.english, "6cbf9ebbc8f4f201", "a format's S writes English endings only"),
]
"""What was read, in which version, the digest of its source, and what a patch of ours changes."""
NAMES = [function.__qualname__ for _package, _version, function, *_ in READ]


@pytest.mark.parametrize(("package", "read_in", "function", "digest", "why"), READ, ids=NAMES)
def test_what_a_patch_replaces_is_what_was_read(package, read_in, function, digest, why):
    source = inspect.getsource(function)

    now = hashlib.sha256(source.encode()).hexdigest()[:16]
    assert now == digest, f"{package} {version(package)} is not {read_in}: read again whether {why}"


def test_the_names_that_patches_use_are_there():
    assert Channel.QoS is Freeing
    assert callable(QoS._remove_from_indices)
    assert issubclass(_WaitTimeout, Exception)
