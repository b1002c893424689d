"""A review and its answers, as frozen values, and the states that an answer can be in."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Literal, Protocol

from granskning.model.method import SILENT_WHEN_UNSET

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from granskning.model.decision import Approval, Override
    from granskning.model.evidence import Evidence
    from granskning.model.figure_change import JudgedFigure

State = Literal["assessed", "not_applicable", "insufficient_evidence", "open", "empty", "inherited", "not_asked"]
"""The one state an answer is in; none of them is zero. `not_asked` is worked out, and never in a file."""

UNRESOLVED: frozenset[State] = frozenset({"insufficient_evidence", "open", "empty", "inherited"})
"""The states that leave a result open (not applicable is resolved: the question is not put)."""

Status = Literal["draft", "submitted", "approved"]
"""How far a review has come."""
HANDED_IN: frozenset[Status] = frozenset({"submitted", "approved"})
"""The statuses of a review that its reviewer is done with."""
_STATUSES: tuple[Status, ...] = ("draft", "submitted", "approved")

READING_DEPTHS = ("not_read", "press_release", "web_summary", "contents", "full_text")
"""How much of the text was read (läsdjup), from nothing to all."""


@dataclass(frozen=True, slots=True)
class Answer:
    """One judgement of one criterion (bedömning)."""

    criterion: str
    state: State
    level: str | None = None
    """Key of the level when assessed; of the level carried over when inherited."""
    reason: str | None = None
    """Why, when not applicable, lacking evidence or open; the earlier round when inherited."""
    justification: str | None = None
    evidence: tuple[Evidence, ...] = ()
    recommendation: str | None = None
    note: str | None = None
    """Internal note: never published."""
    is_put: bool = True
    """Whether the question is put in the strategy's area; one that is not counts as nothing. Never in a file."""
    evidence_not_found: bool = False
    """Whether its evidence has been looked up and is not where it says. Never in a file: who looks it up sets it."""

    @property
    def lacks_evidence(self) -> Literal["missing", "not_found"] | None:
        """Why the answer rests on no evidence; None where it does."""
        if not self.evidence:
            return "missing"
        return "not_found" if self.evidence_not_found else None


@dataclass(frozen=True, slots=True)
class Archived:
    """An answer to a question that the review's criteria no longer put (arkiverat svar). Counted nowhere."""

    criterion: str
    criteria: str
    """The version that put the question, `id@version`."""
    answer: Answer
    why: str | None = None


@dataclass(frozen=True, slots=True)
class BroughtIn:
    """That a review was made earlier, in a spreadsheet, and brought in (införd): the file, and the day it was done."""

    file: str
    sha256: str
    date: str


@dataclass(frozen=True, slots=True)
class SearchNote:
    """A search that was made for a review (sökning): what was sought, where and when, and what came of it."""

    sought: str
    where: str
    date: str
    outcome: str
    criterion: str | None = None
    """The question that it was made for, where it was a single one."""


@dataclass(frozen=True, slots=True)
class Review:
    """One reviewer's (or the joint) judgements of one edition (granskning)."""

    strategy: str
    edition: str
    criteria: str
    round: str
    reviewer: str
    kind: Literal["reviewer", "consensus"]
    status: Status
    reading_depth: str
    date: str | None
    case_number: str | None
    body: str | None
    form: str
    """Which questions are put: `full`, `short` (the core ones) or those with tags, `full:ig1,ig2`."""
    not_read: str | None
    summary: str | None
    answers: Mapping[str, Answer]
    file: str
    overrides: tuple[Override, ...] = ()
    approval: Approval | None = None
    continues: str | None = None
    """The round that its answers were carried over from."""
    archived: tuple[Archived, ...] = ()
    figures: tuple[JudgedFigure, ...] = ()
    """The leading figures of its set as they were when it was handed in (underlag då)."""
    searches: tuple[SearchNote, ...] = ()
    """Its search log, in the order of the file."""
    language: str = ""
    """The language that it is written in; empty where it is that of the strategy's file."""
    brought_in: BroughtIn | None = field(default=None, metadata=SILENT_WHEN_UNSET)
    """Where it was made in a spreadsheet before."""

    @property
    def identity(self) -> tuple[str, str, str]:
        """What the review is, whatever its file is called."""
        return (self.strategy, self.round, self.reviewer)

    @property
    def is_handed_in(self) -> bool:
        """Whether its reviewer is done with it: it is submitted or approved."""
        return self.status in HANDED_IN

    @property
    def is_joint(self) -> bool:
        """Whether it is the joint review (samlad granskning), and not one reviewer's."""
        return self.kind == "consensus"


class Choosable(Protocol):
    """What decides whether a form puts a question: a criterion, or what is remembered of it."""

    @property
    def core(self) -> bool:
        """Whether the short form puts it."""

    @property
    def tags(self) -> tuple[str, ...]:
        """The tags that it is chosen by."""


def form_of(form: str, tags: Sequence[str]) -> str:
    """A review's form and the tags that it chooses questions by, as one word."""
    return f"{form}:{','.join(tags)}" if tags else form


def tags_of(form: str) -> tuple[str, ...]:
    """The tags that a form chooses questions by; none where it puts them whatever their tags."""
    return tuple(form.partition(":")[2].split(",")) if ":" in form else ()


def is_in_form(form: str, question: Choosable) -> bool:
    """Whether a review of that form puts the question."""
    if form == "full":
        return True
    is_kept = question.core or not form.startswith("short")
    return is_kept and (":" not in form or not set(tags_of(form)).isdisjoint(question.tags))


@dataclass(frozen=True, slots=True)
class LeftOut:
    """A review's file that does not count in figures (räknas inte), and the finding that says why."""

    file: str
    strategy: str
    round: str
    """By what the file says or, where it cannot be read, by its place."""
    code: str
    everywhere: bool = True
    """Whether it counts nowhere, or is only left out of what its round comes to together."""


def least_far(statuses: Iterable[str]) -> Status | None:
    """The status that stands for several reviews: that of the one that has come the least far; None of no review."""
    given = set(statuses)
    return next((status for status in _STATUSES if status in given), None)


def least_read(reviews: Iterable[Review]) -> str:
    """The reading depth that all reviewers reached; of no review, nothing is read."""
    return min((review.reading_depth for review in reviews), key=READING_DEPTHS.index, default=READING_DEPTHS[0])
