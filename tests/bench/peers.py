"""The programs that granskning is held against, in an environment of their own (`.benchmarks/`), at these versions."""

from __future__ import annotations

import shutil
import subprocess
import sys
from pathlib import Path

from measures import say

ROOT = Path(__file__).resolve().parents[2]
PLACE = ROOT / ".benchmarks"
PACKAGES = ("check-jsonschema==0.39.0", "yamllint==1.38.0", "doorstop==3.2")
NODE_PACKAGES = ("ajv-cli@5.0.0", "ajv-formats@3.0.1")


def peer(name: str) -> str | None:
    """The program by that name; None where it cannot be had, which is said once."""
    program = PLACE / ("node_modules/.bin" if name == "ajv" else "python/bin") / name
    if not program.exists():
        (_fetch_node if name == "ajv" else _fetch_python)()
    if program.exists():
        return str(program)
    say(f"{name} is not here and cannot be fetched: not compared")
    return None


def _fetch_python() -> None:
    uv = shutil.which("uv", path=str(Path(sys.executable).parent)) or shutil.which("uv")
    if uv is None:
        return
    python = PLACE / "python"
    _try(uv, "venv", "--quiet", "--clear", "--python", sys.executable, str(python))
    _try(uv, "pip", "install", "--quiet", "--python", str(python / "bin/python"), *PACKAGES)


def _fetch_node() -> None:
    npm = shutil.which("npm")
    if npm is not None:
        PLACE.mkdir(exist_ok=True)
        _try(npm, "install", "--silent", "--no-audit", "--no-fund", "--prefix", str(PLACE), *NODE_PACKAGES)


def _try(*command: str) -> None:
    done = subprocess.run(command, capture_output=True, encoding="utf-8", check=False)
    if done.returncode:
        say(f"... {command[0]}: {done.stderr.strip().splitlines()[-1:]}")
