"""The answers that a verification gives: what was tried, what could not be, and what does not agree."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Literal

if TYPE_CHECKING:
    from collections.abc import Mapping

    from granskning.i18n import Translator

Question = Literal["sources", "git", "published"]
Outcome = Literal["agrees", "cannot_be_tried", "disagrees"]


@dataclass(frozen=True, slots=True)
class VerificationStatement:
    """A sentence for later: a msgid and what fills it."""

    message: str
    values: Mapping[str, object] = field(default_factory=dict)

    def text(self, t: Translator) -> str:
        """The sentence in a language."""
        return t(self.message, **self.values)


@dataclass(frozen=True, slots=True)
class Mismatch:
    """Exactly what does not agree, and where."""

    where: str
    said: VerificationStatement


@dataclass(slots=True)
class VerificationAnswer:
    """The answer to one question, as it comes about."""

    question: Question
    tried: list[VerificationStatement] = field(default_factory=list)
    remarks: list[VerificationStatement] = field(default_factory=list)
    disagreements: list[Mismatch] = field(default_factory=list)
    complete: bool = True
    """Whether all that belongs to the question could be tried."""

    @property
    def outcome(self) -> Outcome:
        """Whether it agrees: only when all that belongs to the question was tried."""
        if self.disagreements:
            return "disagrees"
        return "agrees" if self.tried and self.complete else "cannot_be_tried"

    def add_check(self, message: str, **values: object) -> None:
        """Note what has been tried."""
        self.tried.append(VerificationStatement(message, values))

    def remarks_that(self, message: str, **values: object) -> None:
        """Note why something can't be tried, or what else a reader should know."""
        self.remarks.append(VerificationStatement(message, values))

    def add_skipped(self, message: str, **values: object) -> None:
        """Note that a part of the question can't be tried, and why."""
        self.complete = False
        self.remarks_that(message, **values)

    def add_mismatch(self, where: str, message: str, **values: object) -> None:
        """Note what does not agree."""
        self.disagreements.append(Mismatch(where, VerificationStatement(message, values)))


@dataclass(frozen=True, slots=True)
class Verified:
    """What is known of a PDF after trying it."""

    sha256: str
    report: Mapping[str, Any] | None
    """What its manifest says that it is."""
    answers: tuple[VerificationAnswer, ...]
