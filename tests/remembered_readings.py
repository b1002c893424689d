"""Each text of YAML is read once in a process of the tests: the folders that tests load are the same few.

A loading that has met the same text twice takes a copy of what came out of it, made anew each time so that nothing is
shared. What the reader makes of a text is held by tests that call it themselves (tests/unit/workspace/yaml), and how
much work a loading is by tests/laws/work.py, which reads for real. The program's own files, that the cache is named by,
are looked through once: they do not change while the tests run.
"""

from __future__ import annotations

import pickle
from typing import TYPE_CHECKING

import pytest

from granskning.edges import cache as cache_files
from granskning.workspace import opened
from granskning.workspace.yaml.source import YamlReading, read

if TYPE_CHECKING:
    from collections.abc import Iterator

MOST = 5000
"""So many texts are remembered: a run has some hundreds that come back."""


class RememberedReadings:
    """Reads as the program does, and remembers what it has met twice."""

    def __init__(self) -> None:
        self._met: set[int] = set()
        self._kept: dict[str, bytes] = {}

    def __call__(self, text: str) -> YamlReading:
        """What `read` gives."""
        if (kept := self._kept.get(text)) is not None:
            reading: YamlReading = pickle.loads(kept)  # noqa: S301  # written by ourselves
            return reading
        reading = read(text)
        if hash(text) in self._met and len(self._kept) < MOST:
            self._kept[text] = pickle.dumps(reading, pickle.HIGHEST_PROTOCOL)
        self._met.add(hash(text))
        return reading


def remember(patch: pytest.MonkeyPatch) -> None:
    """Let loadings take from what has been read before, while the patch lasts."""
    patch.setattr(opened, "read", RememberedReadings())
    looked_up, ours = cache_files.code_version(), _named_by()
    look = cache_files.code_version
    patch.setattr(cache_files, "code_version", lambda: looked_up if _named_by() == ours else look())


def _named_by() -> tuple[object, ...]:
    """What a test changes that wants the program to be looked at again."""
    return tuple(vars(cache_files)[name] for name in ("_HERE", "__version__", "sys"))


@pytest.fixture(scope="session", autouse=True)
def _read_once() -> Iterator[None]:
    with pytest.MonkeyPatch.context() as patch:
        remember(patch)
        yield
