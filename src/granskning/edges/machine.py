"""What this computer has: which parts that granskning needs are here, and which system it is."""

from __future__ import annotations

import ctypes
import ctypes.util
import importlib.util
import os
import platform
import shlex
import shutil
import sys
from functools import cache
from importlib.metadata import PackageNotFoundError, version
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

SYNC_PROGRAMS = {
    # what a folder of theirs is called, in small letters, and the program
    "onedrive": "OneDrive",
    "dropbox": "Dropbox",
    "google drive": "Google Drive",
    "googledrive": "Google Drive",
    "my drive": "Google Drive",
    "nextcloud": "Nextcloud",
    "owncloud": "ownCloud",
    "icloud drive": "iCloud",
    "icloud~drive": "iCloud",
    "mobile documents": "iCloud",
    "syncthing": "Syncthing",
}
"""OneDrive of an organisation calls its folder ”OneDrive – Region Exempel”: the beginning of a name counts."""

_SECONDS = 10.0
"""Of processor time for a program to tell its version."""
_UNKNOWN = "\N{EN DASH}"


def can_load(names: tuple[str, ...]) -> bool:
    """Whether a native library is there under any of its names."""
    return has_file_name(names) or ctypes.util.find_library(names[0]) is not None


def has_file_name(names: tuple[str, ...]) -> bool:
    """Whether a native library is there under the name of its file on some system."""
    for name in names[1:]:
        try:
            ctypes.CDLL(name)
        except OSError:
            continue
        return True
    return False


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


def may_write(folder: Path) -> bool:
    """Whether the user may make files in a folder, as far as the system tells without trying."""
    return os.access(folder, os.W_OK | os.X_OK)


def rights_cure(folder: Path) -> str:
    """The line that gives the user back their own folder; empty where there is none such."""
    return "" if os.name == "nt" else f"sudo chown -R $USER {shlex.quote(str(folder))}"


def free_bytes(folder: Path) -> int | None:
    """How much room the disk of a folder has; None where the system does not say."""
    try:
        return shutil.disk_usage(folder).free
    except OSError:
        return None


def sync_program(folder: Path) -> str | None:
    """The program that keeps copies of a folder elsewhere, by the names of the folders it lies in; None for none."""
    names = [part.lower() for part in folder.absolute().parts]
    for start, program in SYNC_PROGRAMS.items():
        if any(name == start or name.startswith((f"{start} -", f"{start} \N{EN DASH}", f"{start}-")) for name in names):
            return program
    return None


def open_address(address: str) -> bool:
    """Show an address in the user's browser; whether there is one. It hears nothing from, and says nothing to, us."""
    import webbrowser  # noqa: PLC0415  # rarely asked for

    try:
        return webbrowser.open_new_tab(address)
    except webbrowser.Error:
        return False


def allow_to_start(file: Path) -> None:
    """Let a file be started by a double-click, where the system asks for leave."""
    file.chmod(file.stat().st_mode | 0o100)


def library_versions(names: tuple[str, ...]) -> dict[str, str]:
    """By name the versions of libraries of Python; an empty text for one that is not here."""
    return {name: _library_version(name) for name in names}


@cache  # a process goes on with what it has loaded
def _library_version(name: str) -> str:
    try:
        return version(name)
    except PackageNotFoundError:
        return ""
