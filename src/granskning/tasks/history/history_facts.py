"""What is known of reviews and rounds at a commit, as values: enough to tell what counts and what speaks."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from granskning.model.review import HANDED_IN

if TYPE_CHECKING:
    from collections.abc import Mapping

    from granskning.model.review import LeftOut
    from granskning.scoring.joining import Joining

Identity = tuple[str, str, str]
Place = tuple[str, str]
"""A strategy and a round of it."""


class Facts(NamedTuple):
    """What a version of a review says of itself, or what is wrong with it."""

    strategy: str = ""
    round: str = ""
    reviewer: str = ""
    kind: str = ""
    status: str = ""
    criteria: str = ""
    edition: str = ""
    date: str = ""
    broken: str = ""
    """The code of the first thing that is wrong; empty for a sound review."""
    line: int = 0
    form: str = "full"
    judged: tuple[str, ...] = ()
    """The questions whose answer is a level."""
    answers: str = ""
    """A mark of the state and level of every answer: another one where any of them is another."""
    words: str = ""
    """A mark of all else that the answers say: why, with what evidence, and what is recommended."""

    @property
    def identity(self) -> Identity:
        """What the review is."""
        return (self.strategy, self.round, self.reviewer)

    @property
    def is_handed_in(self) -> bool:
        """Whether it is submitted or approved."""
        return self.status in HANDED_IN


class StrategyFacts(NamedTuple):
    """What a version of a strategy's file says of it."""

    area: str
    editions: Mapping[str, str]
    """Their dates, by id."""
    id: str


class Member(NamedTuple):
    """A review of a round that can be read."""

    file: str
    blob: str
    facts: Facts

    @property
    def strategy(self) -> str:
        """The strategy's id."""
        return self.facts.strategy

    @property
    def round(self) -> str:
        """The round's name."""
        return self.facts.round

    @property
    def reviewer(self) -> str:
        """The reviewer's role."""
        return self.facts.reviewer

    @property
    def kind(self) -> str:
        """Whether it is a reviewer's or the joint one."""
        return self.facts.kind

    @property
    def edition(self) -> str:
        """The text that was reviewed."""
        return self.facts.edition

    @property
    def criteria(self) -> str:
        """The criteria set, `id@version`."""
        return self.facts.criteria


class FolderFacts(NamedTuple):
    """What a round is made up of, but for the answers; most commits change nothing of it."""

    blobs: tuple[tuple[str, str], ...]
    """The contents by path, in order."""
    context: Mapping[str, str]
    strategy: StrategyFacts | None
    """None where it is not there or cannot be read."""

    def is_same(self, other: FolderFacts, facts: Mapping[str, Facts]) -> bool:
        """Whether a round is made of the one as of the other, but for the answers."""
        if self.context is not other.context or self.strategy is not other.strategy:
            return False
        if len(self.blobs) != len(other.blobs):
            return False
        for (path, blob), (its_path, its_blob) in zip(self.blobs, other.blobs, strict=True):
            if path != its_path or (blob != its_blob and facts[blob][:HEAD] != facts[its_blob][:HEAD]):
                return False
        return True


HEAD = Facts._fields.index("judged")
"""So many of the facts are other than the answers."""


class RoundState(NamedTuple):
    """A round at a commit."""

    name: str
    date: str
    is_handed_in: bool
    is_judged: bool
    members: tuple[Member, ...]
    """The reviews that are laid together, the joint one last."""
    left_out: Mapping[str, LeftOut]
    """The files that do not count, by path."""
    found: Found | None
    """The set that it is scored with; None where no review of it can be scored."""
    joining: Joining
    is_joint: bool
    """Whether it has a result of its own kind, beside that of a single review."""
    rests_on: FolderFacts
    has_spoken: bool
    """Whether any review of it can be scored, or could before; else it says nothing of its strategy."""

    @property
    def area(self) -> str | None:
        """The area of its strategy; None where that is not known."""
        return None if self.rests_on.strategy is None else self.rests_on.strategy.area

    @property
    def chosen(self) -> tuple[str, ...]:
        """The contents that its result is made of."""
        return tuple(self.members[place].blob for place in self.joining.members)

    @property
    def cannot_be_assessed(self) -> bool:
        """Whether there should be a result, and there is none."""
        return self.joining.method != "none" and not self.joining.members

    def code_of(self, path: str) -> str:
        """Why a file counts nowhere; empty where it counts."""
        item = self.left_out.get(path)
        return item.code if item is not None and item.everywhere else ""


class Found(NamedTuple):
    """The criteria set that a reference stands for at a commit, or why there is none."""

    digest: str
    """The hash of its content; empty where there is none."""
    reviewers: str
    """How reviewers become a round: `consensus`, `pooled` …; empty where the set does not say."""
    path: str
    blob: str
    broken: str = ""
    """The code of what is wrong."""
    shape: str = ""
    """The hash of what results rest on: questions, levels, weights and scoring."""
    is_by_area: bool = False
    """Whether it puts any question to some areas alone."""
