"""What the questions of a set serve, and how they have changed since its earlier versions, as frozen values."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    from granskning.model.method import Text

ChangeKind = Literal["editorial", "clarified", "substantive", "split", "merged", "retired", "new"]
"""What became of a question between two versions."""

ENDING: frozenset[ChangeKind] = frozenset({"split", "merged", "retired"})
"""The kinds after which the old id is retired."""


@dataclass(frozen=True, slots=True)
class Goal:
    """A goal of policy that targets and criteria serve (mål att bidra till)."""

    id: str
    title: Text
    within: Text
    """The policy or agreement that it belongs to."""
    text: Text
    rests_on: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class CriteriaChange:
    """One change since an earlier version (ändring): of a criterion, of a target or, without either, of the set."""

    from_: str
    """The version that was changed; the change leads to the version after it."""
    kind: ChangeKind
    text: Text
    criterion: str = ""
    target: str = ""
    into: tuple[str, ...] = ()
    """What a split or merged question became."""


@dataclass(frozen=True, slots=True)
class Retired:
    """An id that has been used and is never used again (taget ur bruk)."""

    id: str
    version: str
    """The first version without it."""
    text: Text


def version_key(version: str) -> tuple[int, ...]:
    """What versions are ordered by: 0.10.0 comes after 0.9.0."""
    return tuple(int(part) for part in version.split("."))
