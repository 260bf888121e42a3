"""An engine of our own, in a folder that it keeps its images in; it leaves nothing behind on the network."""

import os
import shutil
import subprocess
import time
from contextlib import contextmanager
from pathlib import Path

from tests.deploy.boxes import stand_ins

FOLDER = Path("/var/tmp/leaderboard-boxes")
PROGRAMS = ["dockerd", "docker", "mmdebstrap", "iptables"]


def missing():
    """What a machine lacks to run containers, in a sentence; nothing where nothing does."""
    if os.geteuid():
        return "Only root can run an engine."
    if lacking := [name for name in PROGRAMS if not shutil.which(name)]:
        return f"{', '.join(lacking)} is missing: `apt install docker.io mmdebstrap iptables` brings it."
    plugins = subprocess.run(["docker", "compose", "version"], env=environment(), capture_output=True, check=False)
    return (
        "" if not plugins.returncode else "Docker's Compose is missing, or its plugin in the folder of DOCKER_CONFIG."
    )


def environment():
    """What leads Docker's programs to this engine; nothing of the tests' own, which Compose prefers to .env."""
    own = FOLDER / "plugins"
    config = {"DOCKER_CONFIG": str(own)} if own.exists() else {}
    passed_on = {name: os.environ[name] for name in ("PATH", "HOME") if name in os.environ}
    return passed_on | config | {"DOCKER_HOST": f"unix://{FOLDER}/docker.sock"}


def docker(*words, both=False, **changes):
    """What one of Docker's commands says, its standard error too if asked; what it complains of is the error."""
    done = subprocess.run(["docker", *words], env=environment() | changes, capture_output=True, text=True, check=False)
    assert not done.returncode, f"docker {' '.join(words)}: {done.stderr[-3000:]}"
    return done.stdout + done.stderr * both


@contextmanager
def running():
    """The engine, with stand-ins for the images of others; afterwards the machine's network is as it was."""
    FOLDER.mkdir(mode=0o700, exist_ok=True)
    rules, forwarding = subprocess.check_output(["iptables-save"]), Path("/proc/sys/net/ipv4/ip_forward")
    before = forwarding.read_text()
    own = [f"--data-root={FOLDER}/docker/data", f"--exec-root={FOLDER}/run", f"--pidfile={FOLDER}/pid"]
    with (FOLDER / "log").open("w") as log:
        listen = [f"--host=unix://{FOLDER}/docker.sock", "--storage-driver=overlay2"]
        engine = subprocess.Popen(["dockerd", *own, *listen], stdout=log, stderr=log)
    try:
        while subprocess.run(["docker", "info"], env=environment(), capture_output=True, check=False).returncode:
            assert engine.poll() is None, (FOLDER / "log").read_text()[-2000:]
            time.sleep(0.5)
        stand_ins.make(docker, FOLDER, FOLDER / "context")
        yield
    finally:
        engine.terminate()
        engine.wait(60)
        for table in ("nat", "filter"):
            subprocess.run(["iptables", "-t", table, "-F"], check=False)
            subprocess.run(["iptables", "-t", table, "-X"], check=False)
        subprocess.run(["iptables", "-P", "FORWARD", "ACCEPT"], check=False)
        subprocess.run(["iptables-restore"], input=rules, check=False)
        subprocess.run(["ip", "link", "delete", "docker0"], capture_output=True, check=False)
        forwarding.write_text(before)
