"""Which reviews do not count in figures, and why: the one place that decides it. Digests and findings in, values out.

A file that cannot be read, does not fit its schema, names what is not there, or whose identity is used twice counts
nowhere. One on other terms than its round's, and each of two joint reviews, is left out of what the round comes to.
What is wrong with the content of a sound file takes nothing away: it is marked beside the figure.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Protocol

from granskning.findings.severity import Severity
from granskning.model.review import LeftOut
from granskning.model.rounds import shared_terms

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence

    from granskning.findings.finding import Finding
    from granskning.model.strategy import Strategy
    from granskning.workspace.checks.check_folder import Digest

_NAMES_NOTHING = {"GR301": ("strategy",), "GR303": ("criteria",), "GR211": ("edition",)}
"""Findings that a review names what is not there, and where in it."""


def names_nothing(finding: Finding) -> bool:
    """Whether a finding says that a review names what is not there, so that it does not count."""
    return finding.at.path == _NAMES_NOTHING.get(finding.rule.code)


@dataclass(frozen=True, slots=True)
class Known:
    """What has been looked for among strategies and criteria sets, and what of it is there."""

    strategies: Mapping[str, Strategy | None]
    """By id; None for those that cannot be modelled."""
    criteria: Collection[str]
    checked: Collection[str]
    """The reviews' files whose criteria set has been looked for."""

    def lacking(self, digests: Iterable[Digest]) -> Iterator[tuple[Digest, str]]:
        """The reviews whose strategy or criteria set could not be modelled, with the code of that."""
        for item in digests:
            if self.strategies.get(item.strategy, ...) is None:
                yield item, "GR301"
            elif item.file in self.checked and item.criteria not in self.criteria:
                yield item, "GR303"


def find_left_out(
    digests: Sequence[Digest],
    findings: Iterable[Finding],
    read: Iterable[str],
    known: Known,
) -> tuple[LeftOut, ...]:
    """The reviews that do not count, by file.

    `read` are the reviews' files; those without a digest could not be modelled.
    """
    out: dict[str, LeftOut] = {}
    by_file = {item.file: item for item in digests}
    unread = {path for path in read if path not in by_file}
    for finding in findings:
        file, code = finding.at.file, finding.rule.code
        if finding.rule.severity is not Severity.ERROR or file in out:
            continue
        if file in unread:
            _, strategy, _, name, _ = file.split("/")
            out[file] = LeftOut(file, strategy, name, code)
        elif file in by_file and names_nothing(finding):
            out[file] = _left_out(by_file[file], code)
    for digest, code in known.lacking(digests):
        out.setdefault(digest.file, _left_out(digest, code))
    out |= left_out_beside(digests, out)
    return tuple(out[file] for file in sorted(out))


class ReviewHeading(Protocol):
    """What a review says of itself, without its answers."""

    @property
    def file(self) -> str:
        """Where it lies."""

    @property
    def strategy(self) -> str:
        """The strategy's id."""

    @property
    def round(self) -> str:
        """The round's name."""

    @property
    def reviewer(self) -> str:
        """The reviewer's role."""

    @property
    def kind(self) -> str:
        """Whether it is a reviewer's or the joint one."""

    @property
    def edition(self) -> str:
        """The text that was reviewed."""

    @property
    def criteria(self) -> str:
        """The criteria set, `id@version`."""


def left_out_beside(reviews: Sequence[ReviewHeading], known: Collection[str]) -> dict[str, LeftOut]:
    """Of readable reviews those that do not count for what others say, by file. `known` are left out already."""
    out = {item.file: _left_out(item, "GR304") for item in _doubled(reviews) if item.file not in known}
    for item, code in _outside(item for item in reviews if item.file not in known and item.file not in out):
        out[item.file] = _left_out(item, code, everywhere=False)
    return out


def _left_out(review: ReviewHeading, code: str, *, everywhere: bool = True) -> LeftOut:
    return LeftOut(review.file, review.strategy, review.round, code, everywhere)


def _doubled(reviews: Iterable[ReviewHeading]) -> Iterator[ReviewHeading]:
    """All reviews whose identity another has too."""
    by_identity: dict[tuple[str, str, str], list[ReviewHeading]] = {}
    for item in reviews:
        by_identity.setdefault((item.strategy, item.round, item.reviewer), []).append(item)
    for same in by_identity.values():
        if len(same) > 1:
            yield from same


def _outside(reviews: Iterable[ReviewHeading]) -> Iterator[tuple[ReviewHeading, str]]:
    """The reviews that cannot be laid together with the rest of their round."""
    rounds: dict[tuple[str, str], list[ReviewHeading]] = {}
    for item in reviews:
        rounds.setdefault((item.strategy, item.round), []).append(item)
    for members in rounds.values():
        terms = shared_terms(members)
        joint = [item for item in members if item.kind == "consensus"]
        for item in members:
            if (item.edition, item.criteria) != terms:
                yield item, "GR305"
            elif item.kind == "consensus" and len(joint) > 1:
                yield item, "GR319"
