"""What this computer has: which parts that granskning needs are here, and which system it is."""

from __future__ import annotations

import ctypes
import ctypes.util
import importlib.util
import os
import platform
import shutil
import sys
from pathlib import Path

from granskning.edges.limits import Limit
from granskning.edges.opening import read_whole
from granskning.edges.programs import run_program
from granskning.errors import TookTooLongError, UnreadableFileError
from granskning.files import TEXT

PANGO_PARTS = (
    ("gobject-2.0", "libgobject-2.0.so.0", "libgobject-2.0.dylib", "libgobject-2.0-0.dll"),
    ("pango-1.0", "libpango-1.0.so.0", "libpango-1.0.dylib", "libpango-1.0-0.dll"),
    ("pangoft2-1.0", "libpangoft2-1.0.so.0", "libpangoft2-1.0.dylib", "libpangoft2-1.0-0.dll"),
    ("fontconfig", "libfontconfig.so.1", "libfontconfig.1.dylib", "libfontconfig-1.dll"),
    ("harfbuzz", "libharfbuzz.so.0", "libharfbuzz.0.dylib", "libharfbuzz-0.dll"),
)
"""The native libraries that printing PDFs needs: short name, then file names on Linux, macOS and Windows."""

SUBSETTER = ("harfbuzz-subset", "libharfbuzz-subset.so.0", "libharfbuzz-subset.0.dylib", "libharfbuzz-subset-0.dll")
"""The library that takes out the letters a PDF uses; without it the PDFs are larger and take longer."""

_SECONDS = 10.0
"""Of processor time for a program to tell its version."""
_UNKNOWN = "\N{EN DASH}"


def can_load(names: tuple[str, ...]) -> bool:
    """Whether a native library is there under any of its names."""
    for name in names[1:]:
        try:
            ctypes.CDLL(name)
        except OSError:
            continue
        return True
    return ctypes.util.find_library(names[0]) is not None


def has_module(name: str) -> bool:
    """Whether a Python package is installed, without importing it."""
    return importlib.util.find_spec(name) is not None


def git_version() -> str | None:
    """The version of git, or None when there is none; a dash where it is there and does not answer."""
    program = shutil.which("git")
    if program is None:
        return None
    try:
        answer = run_program([program, "--version"], Limit(_SECONDS), folder=Path.cwd(), environment=os.environ)
    except OSError:
        return None
    except TookTooLongError:
        return _UNKNOWN
    return answer.stdout.decode("utf-8", "replace").strip().removeprefix("git version ") or None


def system() -> str:
    """Which system it is, as far as install lines differ: debian, fedora, macos, windows or other."""
    if sys.platform == "darwin":
        return "macos"
    if sys.platform == "win32":
        return "windows"
    try:
        release = read_whole(Path("/etc/os-release"), TEXT).decode("utf-8", "replace")
    except UnreadableFileError:
        return "other"
    kinds = {
        word
        for line in release.splitlines()
        if line.startswith(("ID=", "ID_LIKE="))
        for word in line.partition("=")[2].strip('"').split()
    }
    if kinds & {"debian", "ubuntu"}:
        return "debian"
    return "fedora" if kinds & {"fedora", "rhel", "centos"} else "other"


def python_version() -> str:
    """The version of Python."""
    return platform.python_version()
