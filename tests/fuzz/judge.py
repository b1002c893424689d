"""The law of every door: 0, 1 or 2 and a sentence; never a traceback, a hang or half a gigabyte; nothing written.

A door takes bytes. What it does with them either keeps the law or raises Violation, which says how it was broken.
"""

from __future__ import annotations

import contextlib
import hashlib
import os
import resource
import stat
import time
import traceback
from dataclasses import dataclass
from typing import TYPE_CHECKING, Protocol

from in_process import run_here
from patience import limited

if TYPE_CHECKING:
    import subprocess
    from collections.abc import Collection, Iterator, Mapping
    from pathlib import Path
    from random import Random

PROCESSOR = 10
"""Seconds of processor time that an input may take."""
MEMORY = 500 << 20
"""Bytes by which an input may make the process grow."""


_READ = 1 << 20
"""Bytes up to which a file is read to see whether it is as it was."""


class Violation(AssertionError):  # noqa: N818  # a broken law is what a test fails on, and no error of the program
    """An input broke the law."""


class Door(Protocol):
    """A way in: what is sound there, how it is twisted, and what happens to an input."""

    name: str

    def seeds(self) -> Mapping[str, bytes]:
        """Sound inputs by name."""

    def mutate(self, data: bytes, random: Random) -> bytes:
        """Another input, made of this one."""

    def enter(self, data: bytes) -> str:
        """Let the input in. Returns in a word how it was met; raises Violation."""


@contextlib.contextmanager
def lawful(*, alarm: bool = True) -> Iterator[None]:
    """Hold what is done within to the law: no exception, ten seconds of processor time, half a gigabyte.

    Without `alarm` what is done within breaks itself off.
    """
    before, started = _peak(), time.process_time()
    try:
        with limited(PROCESSOR, 120) if alarm else contextlib.nullcontext():
            yield
    except Violation:
        raise
    except Exception as error:
        raise Violation(traceback.format_exc()) from error
    if time.process_time() - started > PROCESSOR:
        raise Violation(f"it took more than {PROCESSOR} seconds of processor time")
    grown = _peak() - before
    if grown > MEMORY:
        raise Violation(f"the process grew by {grown >> 20} MB")


def run_lawfully(folder: Path, *arguments: str, reads: bool = True) -> subprocess.CompletedProcess[str]:
    """Run a command on a folder, by the law; one that reads leaves the folder as it was (but for a missing cache)."""
    before = print_of(folder) if reads else ""
    environment = {"PATH": os.environ["PATH"], "XDG_CACHE_HOME": str(folder.parent / "cache"), "COLUMNS": "100"}
    with lawful(alarm=False):
        done = run_here(arguments, folder, environment, PROCESSOR)
    said = done.stdout + done.stderr
    if done.returncode not in (0, 1, 2) or "Traceback (most recent call last)" in said:
        raise Violation(f"{list(arguments)} ended with {done.returncode}:\n{said}")
    if done.returncode and not said.strip():
        raise Violation(f"{list(arguments)} ended with {done.returncode} and said nothing")
    if reads and print_of(folder) != before:
        raise Violation(f"{list(arguments)} wrote in the folder")
    return done


def print_of(folder: Path, leave: Collection[str] = (".git",)) -> str:
    """A hash over names and contents below a folder."""
    sha = hashlib.sha256()
    for path in sorted(folder.rglob("*")):
        if path.relative_to(folder).parts[0] not in leave:
            status = path.lstat()
            small = stat.S_ISREG(status.st_mode) and status.st_size < _READ
            held = path.read_bytes() if small else b"%d" % status.st_size
            sha.update(os.fsencode(path) + b"\0" + held)
    return sha.hexdigest()


def _peak() -> int:
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024


@dataclass(frozen=True, slots=True)
class Broken:
    """An input that broke the law."""

    door: str
    data: bytes
    why: str

    @property
    def kind(self) -> str:
        """Where it broke: inputs that break the law at the same place count as one."""
        lines = [line.strip() for line in self.why.splitlines() if line.strip()]
        places = [line for line in lines if line.startswith("File ") and "/granskning/" in line]
        return f"{places[-1] if places else ''} {lines[-1] if lines else ''}"[-300:]
