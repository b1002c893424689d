"""A criteria set as it was understood from somebody else's table or library, before it is one of ours.

Only what stands there, as text, with what could not be understood beside it: every cell or part that says something is
either in the draft or in a remark.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    from collections.abc import Mapping

    from granskning.findings.finding import FilledWords

Weight = Literal["stop", "unread", "missing", "note"]
"""What a remark tells: what stops the writing, what is not taken along, what is lacking, or what was chosen."""


@dataclass(frozen=True, slots=True)
class DraftRemark:
    """One thing to tell of what was read, with its place."""

    weight: Weight
    place: FilledWords
    message: str
    values: Mapping[str, object] = field(default_factory=dict)
    hint: str = ""


@dataclass(frozen=True, slots=True)
class LevelDraft:
    """One step of a scale."""

    value: int | float | str
    label: str
    description: str = ""
    means_missing: bool = False


@dataclass(frozen=True, slots=True)
class ScaleDraft:
    """A scale; the usual one of a set has the empty id."""

    id: str
    levels: tuple[LevelDraft, ...]


@dataclass(frozen=True, slots=True)
class TargetDraft:
    """A target picture. `key` is what its questions and the targets below it name it by, `parent` the key above."""

    key: str
    title: str
    parent: str = ""
    picture: str = ""
    number: str = ""


@dataclass(frozen=True, slots=True)
class QuestionDraft:
    """A question. `fields` are texts by the keys of `question_fields`, `levels` the level texts by value."""

    target: str
    question: str
    place: FilledWords
    id: str = ""
    fields: Mapping[str, str] = field(default_factory=dict)
    levels: Mapping[str, str] = field(default_factory=dict)
    scale: str = ""


@dataclass(frozen=True, slots=True)
class SetDraft:
    """A whole set as it was understood."""

    kind: Literal["table", "oscal", "case"]
    questions: tuple[QuestionDraft, ...]
    targets: tuple[TargetDraft, ...]
    scales: tuple[ScaleDraft, ...]
    about: Mapping[str, str] = field(default_factory=dict)
    """What is said of the set itself: title, id, version, owner, language, about, source, source_note, address."""
    remarks: tuple[DraftRemark, ...] = ()
