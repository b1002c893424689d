"""Each text of YAML is read once in a process of the tests, and each sound set of criteria looked through once.

The folders that tests load are the same few. A loading that has met the same text twice takes a copy of what came out
of it, made anew each time so that nothing is shared. A set in which the checks of a whole set have found nothing is not
looked through again while all that they are given is the same; what is faulty is looked through each time. What the
reader makes of a text is held by tests that call it themselves (tests/unit/workspace/yaml), the checks likewise
(tests/unit/workspace/checks, tests/unit/scoring), and how much work a loading is by tests/laws/work.py, which does it
all for real. The program's own files, that the cache is named by, are looked through once: they do not change while the
tests run.
"""

from __future__ import annotations

import contextlib
import hashlib
import pickle
from typing import TYPE_CHECKING

import pytest

from granskning.edges import cache as cache_files
from granskning.workspace import load_sets, opened
from granskning.workspace.checks.check_criteria import check_criteria
from granskning.workspace.effects.check_meaning import check_meaning
from granskning.workspace.yaml.source import YamlReading, read

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator
    from typing import Any

    from granskning.findings.finding import Finding
    from granskning.model.criteria import CriteriaSet

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


def once_sound(check: Callable[..., Iterable[Finding]]) -> Callable[..., list[Finding]]:
    """A check of a whole set that does not look again through what it has found nothing in."""
    sound: set[bytes] = set()

    def look(values: Any, criteria: CriteriaSet, *others: Any, **options: Any) -> list[Finding]:
        # a set is modelled from its values, its file and the language, and told what it builds on
        given = (values, criteria.file, criteria.language, criteria.base_file, others, options)
        key = hashlib.blake2b(pickle.dumps(given, pickle.HIGHEST_PROTOCOL)).digest()
        if key in sound:
            return []
        found = list(check(values, criteria, *others, **options))
        if not found:
            sound.add(key)
        return found

    return look


def remember(patch: pytest.MonkeyPatch) -> None:
    """Let loadings take from what has been read and looked through before, while the patch lasts."""
    patch.setattr(opened, "read", RememberedReadings())
    patch.setattr(load_sets, "check_criteria", once_sound(check_criteria))
    patch.setattr(load_sets, "check_meaning", once_sound(check_meaning))
    looked_up, ours = cache_files.code_version(), _named_by()
    look = cache_files.code_version
    patch.setattr(cache_files, "code_version", lambda: looked_up if _named_by() == ours else look())


@contextlib.contextmanager
def for_real() -> Iterator[None]:
    """Read, and look through, whatever has been before."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(opened, "read", read)
        patch.setattr(load_sets, "check_criteria", check_criteria)
        patch.setattr(load_sets, "check_meaning", check_meaning)
        yield


def _named_by() -> tuple[object, ...]:
    """What a test changes that wants the program to be looked at again."""
    return tuple(vars(cache_files)[name] for name in ("_HERE", "__version__", "sys"))


@pytest.fixture(scope="session", autouse=True)
def _read_once() -> Iterator[None]:
    with pytest.MonkeyPatch.context() as patch:
        remember(patch)
        yield
