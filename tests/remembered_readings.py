"""Each text of YAML is read once in a process of the tests: the folders that tests load are the same few.

A loading that has met the same text twice takes a copy of what came out of it, made anew each time so that nothing is
shared. So it is with the criteria sets: what a check says of the same set, to the byte, it has said before. What the
reader makes of a text, and a check of a set, is held by tests that call them themselves (tests/unit/workspace), and how
much work a loading is by tests/laws/work.py, which does it for real. The program's own files, that the cache is named
by, are looked through once: they do not change while the tests run.
"""

from __future__ import annotations

import contextlib
import functools
import hashlib
import pickle
from typing import TYPE_CHECKING

import pytest

from granskning.edges import cache as cache_files
from granskning.model.criteria import CriteriaSet
from granskning.workspace import load_sets, opened
from granskning.workspace.checks.check_criteria import check_criteria
from granskning.workspace.effects.check_meaning import check_meaning
from granskning.workspace.indicators.check_figure_texts import check_figure_texts
from granskning.workspace.schema.swallowed_keys import check_swallowed_keys
from granskning.workspace.yaml import source
from granskning.workspace.yaml.source import Locator, YamlReading, read

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from types import ModuleType

    from granskning.findings.finding import Finding

MOST = 5000
"""So many texts are remembered: a run has some hundreds that come back."""

LAST = 32
"""So many texts have what finds places in them remembered: each takes megabytes, and a test asks for the same few."""

_CHECKS: tuple[tuple[ModuleType, Callable[..., Iterator[Finding]]], ...] = (
    (opened, check_swallowed_keys),
    (load_sets, check_criteria),
    (load_sets, check_figure_texts),
    (load_sets, check_meaning),
)
"""Who asks a check, and the check: most of what loading a folder with all published sets costs."""


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


class RememberedCheck:
    """Says what a check says, and remembers what it said twice of the same."""

    def __init__(self, check: Callable[..., Iterator[Finding]]) -> None:
        self._check = check
        self._met: set[bytes] = set()
        self._kept: dict[bytes, tuple[Finding, ...]] = {}

    def __call__(self, *checked: object, **options: object) -> Iterator[Finding]:
        """What the check gives; findings are frozen, so they may be shared."""
        key = hashlib.blake2b(pickle.dumps((*map(_told_apart_by, checked), options))).digest()
        if (kept := self._kept.get(key)) is not None:
            return iter(kept)
        findings = tuple(self._check(*checked, **options))
        if key in self._met and len(self._kept) < MOST:
            self._kept[key] = findings
        self._met.add(key)
        return iter(findings)


def _told_apart_by(argument: object) -> object:
    """What is hashed of an argument; of a set, which is made of the values beside it, what they do not tell."""
    if isinstance(argument, CriteriaSet):
        return (argument.file, argument.language, argument.base_file)
    return argument


def remember(patch: pytest.MonkeyPatch) -> None:
    """Let loadings take from what has been read and checked before, while the patch lasts."""
    patch.setattr(opened, "read", RememberedReadings())
    patch.setattr(source, "Locator", functools.lru_cache(LAST)(Locator))
    for module, check in _CHECKS:
        patch.setattr(module, check.__name__, RememberedCheck(check))
    looked_up, ours = cache_files.code_version(), _named_by()
    look = cache_files.code_version
    patch.setattr(cache_files, "code_version", lambda: looked_up if _named_by() == ours else look())


@contextlib.contextmanager
def for_real() -> Iterator[None]:
    """Let loadings read and check for real."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(opened, "read", read)
        patch.setattr(source, "Locator", Locator)
        for module, check in _CHECKS:
            patch.setattr(module, check.__name__, check)
        yield


def _named_by() -> tuple[object, ...]:
    """What a test changes that wants the program to be looked at again."""
    return tuple(vars(cache_files)[name] for name in ("_HERE", "__version__", "sys"))


@pytest.fixture(scope="session", autouse=True)
def _read_once() -> Iterator[None]:
    with pytest.MonkeyPatch.context() as patch:
        remember(patch)
        yield
