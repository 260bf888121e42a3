"""`python tools/sbom.py sbom.json`: what is installed on servers and what pages load, as CycloneDX.

The Python packages of the lock file, what npm brings into the product, and htmx, which comes inside a Python package.
"""

import base64
import hashlib
import json
import re
import subprocess
import sys
from importlib.util import find_spec
from pathlib import Path

CYCLONEDX = [str(Path(sys.executable).with_name("cyclonedx-py")), "requirements", "requirements.lock"]
OPTIONS = ["--pyproject", "pyproject.toml", "--output-reproducible", "-o", "-"]


def main(file: Path) -> None:
    """Writes it."""
    said = subprocess.run([*CYCLONEDX, *OPTIONS], check=True, stdout=subprocess.PIPE).stdout
    bill = json.loads(said)
    bill["components"] += [*from_npm(), htmx()]
    file.write_text(json.dumps(bill, indent=2))


def from_npm() -> list[dict]:
    """What the product takes from npm; without what only tests need."""
    packages = json.loads(Path("package-lock.json").read_text())["packages"].items()
    return [
        component(path.removeprefix("node_modules/"), found["version"], found["license"], *read(found["integrity"]))
        for path, found in packages
        if path and not found.keys() & {"dev", "optional", "devOptional"}
    ]


def htmx() -> dict:
    """The file that pages load."""
    static = Path(find_spec("django_htmx").origin).with_name("static")
    content = (static / "django_htmx/htmx-2.min.js").read_bytes()
    version = re.search(rb'version:"([\d.]+)"', content)[1].decode()
    return component("htmx.org", version, "0BSD", "SHA-256", hashlib.sha256(content).hexdigest())


def component(name: str, version: str, license_id: str, algorithm: str, digest: str) -> dict:
    """One of npm's packages, as CycloneDX says it."""
    purl = f"pkg:npm/{name.replace('@', '%40')}@{version}"
    return {
        "type": "library",
        "bom-ref": purl,
        "name": name,
        "version": version,
        "purl": purl,
        "licenses": [{"license": {"id": license_id}}],
        "hashes": [{"alg": algorithm, "content": digest}],
    }


def read(integrity: str) -> tuple[str, str]:
    """npm's digest as CycloneDX says it: algorithm and hexadecimal digits."""
    algorithm, _, digest = integrity.partition("-")
    return algorithm.upper().replace("SHA", "SHA-"), base64.b64decode(digest).hex()


if __name__ == "__main__":
    main(Path(sys.argv[1]))
