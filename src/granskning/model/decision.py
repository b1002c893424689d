"""What is decided about a review, and what comes of it: decided values, sign-off, actions. Frozen values.

`model` gives these names on, so that all of what the YAML says can be had from there.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from granskning.model.evidence import Evidence


@dataclass(frozen=True, slots=True)
class Override:
    """A value that was published or decided, beside the computed one; it changes nothing else."""

    of: str
    """Id of a target, or `total`."""
    result: str
    """A number, a level or a band."""
    reason: str
    role: str
    date: str | None = None


@dataclass(frozen=True, slots=True)
class Approval:
    """Who signed a review off, and what: the fingerprint of all that matters then (godkännande)."""

    role: str
    date: str
    fingerprint: str
    case_number: str | None = None
    body: str | None = None


@dataclass(frozen=True, slots=True)
class FollowUp:
    """How an action went at one date."""

    date: str
    status: str | None
    round: str | None
    text: str | None
    evidence: tuple[Evidence, ...] = ()
    """What shows that it is done."""


@dataclass(frozen=True, slots=True)
class Action:
    """What should be done, by which role, until when, at what cost, and how it went (åtgärd)."""

    id: str
    title: str
    text: str | None
    criteria: tuple[str, ...]
    round: str | None
    responsible: str | None
    due: str | None
    cost: str | None
    status: str
    decision: str | None
    """The owner's answer: accepts, partly, declines."""
    decision_reason: str | None
    follow_up: tuple[FollowUp, ...]
    decision_date: str | None = None
    decision_role: str | None = None

    @property
    def evidence(self) -> tuple[Evidence, ...]:
        """What shows that it is done."""
        return tuple(item for step in self.follow_up if step.status == "done" for item in step.evidence)

    @property
    def is_done(self) -> bool:
        """Whether it is done, with something that shows it."""
        return self.status == "done" and bool(self.evidence)

    @property
    def is_settled(self) -> bool:
        """Whether nothing is left to do: declined, or done with something that shows it."""
        return self.status == "declined" or self.is_done

    def is_overdue(self, as_of: str) -> bool:
        """Whether it should have been done by that day and is neither done nor declined."""
        if self.due is None or self.status in ("done", "declined"):
            return False
        return self.due < as_of[: len(self.due)]
