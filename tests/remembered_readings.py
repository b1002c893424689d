"""Each text of YAML is read once in a process of the tests: the folders that tests load are the same few.

A text that has been met twice has what came out of it given out again and again, the same values to all, and so it is
with the criteria sets and indicators that are made of them: what a check says of the same set, to the byte, it has
said before. The program changes no values that it has read; that this was so is looked at when the tests end. What the
reader makes of a text, and a check of a set, is held by tests that call them themselves (tests/unit/workspace), and
how much work a loading is by tests/laws/work.py, which does it for real. The program's own files, that the cache is
named by, are looked through once: they do not change while the tests run.
"""

from __future__ import annotations

import contextlib
import functools
import hashlib
import io
import pickle
from typing import TYPE_CHECKING, Any

import pytest

from granskning.edges import cache as cache_files
from granskning.model.criteria import CriteriaSet
from granskning.tasks.folder import score
from granskning.tasks.reports import dependencies
from granskning.workspace import load_sets, opened
from granskning.workspace.checks.check_criteria import check_criteria
from granskning.workspace.effects.check_meaning import check_meaning
from granskning.workspace.indicators.check_figure_texts import check_figure_texts
from granskning.workspace.schema import editor, modelling
from granskning.workspace.schema.modelling_indicator import indicator
from granskning.workspace.schema.swallowed_keys import check_swallowed_keys
from granskning.workspace.yaml import source
from granskning.workspace.yaml.canonical_form import content_hash
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


_MODELS: tuple[tuple[ModuleType, str, Callable[..., Any]], ...] = (
    (modelling, "criteria_set", modelling.criteria_set),
    (load_sets, "indicator_of", indicator),
    (editor, "review_schema", editor.review_schema),
    (editor, "_text", editor._text),  # noqa: SLF001  # how a schema is spelt out, which takes longer than making it
    (score, "content_hash", content_hash),
    (dependencies, "content_hash", content_hash),
)
"""Who asks for what is made of a file's values, under which name, and what makes it: frozen, or changed by nobody."""


class SharedValues:
    """What has been given out to several, by which object it is."""

    def __init__(self) -> None:
        self._kept: dict[int, object] = {}
        self._texts: dict[str, tuple[YamlReading, bytes]] = {}

    def add(self, value: object) -> None:
        """Keep a value that is not to be changed: as long as it is kept no other has its place in memory."""
        self._kept[id(value)] = value

    def add_reading(self, text: str, reading: YamlReading) -> None:
        """Keep what came out of a text, and how it looks now."""
        self.add(reading.value)
        self._texts[text] = reading, pickle.dumps(reading.value)

    def reading_of(self, text: str) -> YamlReading | None:
        """What came out of a text that is kept."""
        kept = self._texts.get(text)
        return kept and kept[0]

    def told_apart(self, *values: object) -> bytes:
        """What is the same for the same values: which one it is of those that are kept, all that is in any other."""
        written = io.BytesIO()
        _Naming(written, self._kept).dump(values)
        return hashlib.blake2b(written.getvalue()).digest()

    def changed(self) -> list[str]:
        """The beginnings of the texts whose values are not as they were."""
        return [text[:200] for text, (reading, look) in self._texts.items() if pickle.dumps(reading.value) != look]

    def __len__(self) -> int:
        return len(self._texts)


class _Naming(pickle.Pickler):
    """Writes the number of what is kept in its place."""

    def __init__(self, file: io.BytesIO, kept: dict[int, object]) -> None:
        super().__init__(file, pickle.HIGHEST_PROTOCOL)
        self._kept = kept

    def persistent_id(self, value: object) -> int | None:
        """The number of a kept value; None of any other, which is written out."""
        return id(value) if id(value) in self._kept and not isinstance(value, _PLAIN) else None


_PLAIN = (str, int, bool, type(None))
"""Of these Python may keep one for all who say the same."""


class RememberedReadings:
    """Reads as the program does, and shares what it has met twice."""

    def __init__(self, shared: SharedValues) -> None:
        self._met: set[int] = set()
        self._shared = shared

    def __call__(self, text: str) -> YamlReading:
        """What `read` gives."""
        if (kept := self._shared.reading_of(text)) is not None:
            return kept
        reading = read(text)
        if hash(text) in self._met and len(self._shared) < MOST:
            self._shared.add_reading(text, reading)
        self._met.add(hash(text))
        return reading


class Remembered:
    """Gives what a function gives, and remembers what it gave twice for the same."""

    def __init__(self, function: Callable[..., Any], shared: SharedValues) -> None:
        self._function = function
        self._shared = shared
        self._met: set[bytes] = set()
        self._kept: dict[bytes, Any] = {}

    def __call__(self, *arguments: object, **options: object) -> Any:
        """What the function gives."""
        key = self._shared.told_apart(*map(self._told_apart_by, arguments), options)
        if key in self._kept:
            return self._kept[key]
        made = self._made(self._function(*arguments, **options))
        if key in self._met and len(self._kept) < MOST:
            self._kept[key] = made
            self._shared.add(made)
        self._met.add(key)
        return made

    def _made(self, value: Any) -> Any:
        return value

    def _told_apart_by(self, argument: object) -> object:
        return argument


class RememberedCheck(Remembered):
    """Says what a check says; findings are frozen, so they may be shared."""

    def _made(self, value: Iterator[Finding]) -> tuple[Finding, ...]:
        return tuple(value)

    def _told_apart_by(self, argument: object) -> object:
        """What is hashed of an argument; of a set, which is made of the values beside it, what they do not tell."""
        if isinstance(argument, CriteriaSet):
            return (argument.file, argument.language, argument.base_file)
        return argument


def remember(patch: pytest.MonkeyPatch) -> SharedValues:
    """Let loadings take from what has been read and checked before, while the patch lasts."""
    shared = SharedValues()
    patch.setattr(opened, "read", RememberedReadings(shared))
    patch.setattr(source, "Locator", functools.lru_cache(LAST)(Locator))
    for module, check in _CHECKS:
        patch.setattr(module, check.__name__, RememberedCheck(check, shared))
    for module, name, function in _MODELS:
        patch.setattr(module, name, Remembered(function, shared))
    looked_up, ours = cache_files.code_version(), _named_by()
    look = cache_files.code_version
    patch.setattr(cache_files, "code_version", lambda: looked_up if _named_by() == ours else look())
    return shared


@contextlib.contextmanager
def for_real() -> Iterator[None]:
    """Let loadings read and check for real."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(opened, "read", read)
        patch.setattr(source, "Locator", Locator)
        for module, check in _CHECKS:
            patch.setattr(module, check.__name__, check)
        for module, name, function in _MODELS:
            patch.setattr(module, name, function)
        yield


def _named_by() -> tuple[object, ...]:
    """What a test changes that wants the program to be looked at again."""
    return tuple(vars(cache_files)[name] for name in ("_HERE", "__version__", "sys"))


@pytest.fixture(scope="session", autouse=True)
def _read_once() -> Iterator[None]:
    with pytest.MonkeyPatch.context() as patch:
        shared = remember(patch)
        yield
        assert shared.changed() == [], "the program, or a test, has changed values that were read"
