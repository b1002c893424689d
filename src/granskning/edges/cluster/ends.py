"""What decides an outcome at one end of the cluster: the program itself, Python, the libraries, the fonts."""

from __future__ import annotations

import ctypes
import hashlib
import platform
from contextlib import suppress
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

from granskning import __version__
from granskning.edges.machine import PANGO_PARTS, library_versions
from granskning.edges.opening import read_whole
from granskning.files import REPORT
from granskning.shipped import fonts_folder

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

_HERE = Path(__file__).resolve().parent.parent.parent
_NOT_CODE = {"__pycache__", "data"}
"""What Python compiles, and what a wheel takes along and a checkout has elsewhere; of that, only fonts matter there."""
OWN_PARTS = ("granskning", "python", "fonts", "pango", "harfbuzz")
"""What is compared beside the libraries of Python."""
_SHORT = 16
_NONE = "–"


@cache
def parts_here(libraries: tuple[str, ...]) -> Mapping[str, str]:
    """By name the versions of this end: the same on two machines when they give the same outcome."""
    parts = {"granskning": f"{__version__} ({code_digest()})", "python": platform.python_version()}
    parts |= {name: number or _NONE for name, number in library_versions(libraries).items()}
    parts["fonts"] = _digest(sorted(fonts_folder().glob("*.ttf")), fonts_folder())
    return {**parts, "pango": _pango(), "harfbuzz": _harfbuzz()}


@cache
def code_digest() -> str:
    """What the program's files say, wherever they lie and whenever they were written.

    The cache's own key goes by sizes and times, which differ from machine to machine.
    """
    files = (path for path in _HERE.rglob("*") if path.is_file() and path.suffix != ".po")
    return _digest((path for path in files if not _NOT_CODE & {*path.relative_to(_HERE).parts}), _HERE)


def differences(own: Mapping[str, str], other: Mapping[str, str]) -> list[tuple[str, str, str]]:
    """By part what this end and the other have, where that is not the same."""
    names = dict.fromkeys((*own, *other))
    pairs = ((name, own.get(name, _NONE), other.get(name, _NONE)) for name in names)
    return [(name, version_here, version_other) for name, version_here, version_other in pairs
            if version_here != version_other]  # fmt: skip


def _digest(files: Iterable[Path], folder: Path) -> str:
    digest = hashlib.sha256()
    for path in sorted(files):
        content = hashlib.sha256(read_whole(path, REPORT)).hexdigest()
        digest.update(f"{path.relative_to(folder).as_posix()}\0{content}\n".encode())
    return digest.hexdigest()[:_SHORT]


def _pango() -> str:
    number = _ask("pango-1.0", "pango_version_string")
    return number or _NONE


def _harfbuzz() -> str:
    return _ask("harfbuzz", "hb_version_string") or _NONE


def _ask(name: str, function: str) -> str:
    """What a native library says its version is; nothing where it is not here."""
    names: Any = next(part for part in PANGO_PARTS if part[0] == name)
    for file in names[1:]:
        with suppress(OSError, AttributeError):
            ask = getattr(ctypes.CDLL(file), function)
            ask.restype = ctypes.c_char_p
            answer: bytes = ask()
            return answer.decode("ascii", "replace")
    return ""
