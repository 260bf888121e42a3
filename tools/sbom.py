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
    """What the product takes from npm; without what only tests need. One that came inside another has no digest."""
    packages = json.loads(Path("package-lock.json").read_text())["packages"].items()
    return [
        component(
            path.rpartition("node_modules/")[2], found["version"], found["license"], read(found.get("integrity", ""))
        )
        for path, found in packages
        if path and not found.keys() & {"dev", "optional", "devOptional"}
    ]


def htmx() -> dict:
    """The file that pages load."""
    static = Path(find_spec("django_htmx").origin).with_name("static")
    content = (static / "django_htmx/htmx-2.min.js").read_bytes()
    version = re.search(rb'version:"([\d.]+)"', content)[1].decode()
    return component("htmx.org", version, "0BSD", [digest("SHA-256", hashlib.sha256(content).digest())])


def component(name: str, version: str, license_id: str, digests: list[dict]) -> dict:
    """One of npm's packages, as CycloneDX says it."""
    purl = f"pkg:npm/{name.replace('@', '%40')}@{version}"
    return {
        "type": "library",
        "bom-ref": purl,
        "name": name,
        "version": version,
        "purl": purl,
        "licenses": [{"license": {"id": license_id}}],
        "hashes": digests,
    }


def read(integrity: str) -> list[dict]:
    """npm's digest as CycloneDX says it; none where npm has none."""
    algorithm, _, content = integrity.partition("-")
    return [digest(algorithm.upper().replace("SHA", "SHA-"), base64.b64decode(content))] if content else []


def digest(algorithm: str, content: bytes) -> dict:
    """One, in hexadecimal digits."""
    return {"alg": algorithm, "content": content.hex()}


if __name__ == "__main__":
    main(Path(sys.argv[1]))
