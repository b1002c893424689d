"""What the shipped templates were compiled to, beside what Python has compiled the package's modules to.

Whoever may write there may change the program itself, so nobody else's code is run; nothing is kept in a cache folder.
As for modules: written where that can be, left out where Python is told to write none, and never told of.
"""

from __future__ import annotations

import contextlib
import hashlib
import importlib.util
import marshal
import sys
from functools import cache
from importlib.metadata import version
from pathlib import Path
from types import CodeType

from granskning.edges.cache import code_version
from granskning.edges.opening import read_whole
from granskning.edges.writing import write_atomic
from granskning.errors import GranskningError
from granskning.files import TEXT

_SIZE = hashlib.sha256().digest_size


def read_code(name: str, checksum: str) -> CodeType | None:
    """What a template of that name and content was compiled to by this very program; None where nobody has kept it."""
    try:
        data = read_whole(_place(name), TEXT)
    except (GranskningError, OSError):
        return None
    packed = data[_SIZE:]
    if data[:_SIZE] != _seal(checksum, packed):
        return None
    code = marshal.loads(packed)  # noqa: S302  # the seal says that we wrote it, in a folder that holds our own code
    return code if isinstance(code, CodeType) else None


def keep_code(name: str, checksum: str, code: CodeType) -> None:
    """Keep what a template was compiled to."""
    if not sys.dont_write_bytecode:
        packed = marshal.dumps(code)
        with contextlib.suppress(GranskningError, OSError):
            write_atomic(_place(name), _seal(checksum, packed) + packed)


def _place(name: str) -> Path:
    beside = Path(importlib.util.cache_from_source(__file__))
    return beside.with_name(f"template-{name}{beside.suffixes[0]}.marshal")


def _seal(checksum: str, packed: bytes) -> bytes:
    return hashlib.sha256(b"\0".join((_compiler(), checksum.encode(), packed))).digest()


@cache
def _compiler() -> bytes:
    """What compiles templates, and runs what they become."""
    return f"{code_version()}\0{version('jinja2')}\0".encode() + importlib.util.MAGIC_NUMBER
