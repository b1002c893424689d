"""Two states of a working folder, or two rounds or files of it, laid beside each other.

A state is a commit, by any name that git knows, or the folder as it is. Both are loaded the same way, each with its
own criteria sets, and only what differs between them is read.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from granskning.reporting.differences.set_changes import compare_sets
from granskning.scoring.compare import compare_scorecards
from granskning.tasks.folder.score import score_workspace
from granskning.tasks.history.diff_sides import Side, find_sides

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from granskning.model.criteria import CriteriaSet
    from granskning.reporting.differences.set_changes import SetChange
    from granskning.scoring.compare import Comparison
    from granskning.tasks.folder.score import ScoredReview, ScoredRound


@dataclass(frozen=True, slots=True)
class SetPair:
    """Two versions of a criteria set; None where one of the sides has none."""

    before: CriteriaSet | None
    after: CriteriaSet | None
    changes: tuple[SetChange, ...]


@dataclass(frozen=True, slots=True)
class RoundPair:
    """The joint results of a round before and after."""

    strategy: str
    round: str
    before: ScoredRound | None
    after: ScoredRound | None


@dataclass(frozen=True, slots=True)
class Diff:
    """All that differs."""

    before: Side
    after: Side
    sets: tuple[SetPair, ...]
    comparisons: tuple[Comparison, ...]
    added: tuple[ScoredReview, ...]
    removed: tuple[ScoredReview, ...]
    rounds: tuple[RoundPair, ...]
    broken: tuple[tuple[str, str, str], ...] = field(default=())
    """Files that are not compared: `before` or `after`, the file, and the code of why.

    They could not be read, or do not count.
    """
    is_backwards: bool = False
    """Whether the first is a later round of the same strategy than the second."""


def read_diff(start: Path, before: str, after: str | None, language: str) -> Diff:
    """What differs between two things that the user names. `language` is that in which texts are compared."""
    one, other = find_sides(start, before, after)
    if one.kind == "criteria":
        pair = _sets(one, other, language)
        return Diff(one, other, tuple(pair), (), (), (), (), _broken(one, other))
    earlier, later = one.scored(score_workspace), other.scored(score_workspace)
    pairs = list(_pairs(one, other, earlier, later))
    matched = {id(scored) for pair in pairs for scored in pair}
    compared = (compare_scorecards(*pair) for pair in pairs)
    return Diff(
        one,
        other,
        tuple(_sets(one, other, language)),
        tuple(held for held in compared if _differs(held)),
        tuple(held for held in later if id(held) not in matched and held.review.file not in _files(one)),
        tuple(held for held in earlier if id(held) not in matched and held.review.file not in _files(other)),
        tuple(_rounds(one, other)),
        _broken(one, other),
        _is_backwards(one, other),
    )


def _is_backwards(side: Side, other: Side) -> bool:
    first, second = side.occasion, other.occasion
    return first is not None and second is not None and first[0] == second[0] and first[2] > second[2]


def _broken(side: Side, other: Side) -> tuple[tuple[str, str, str], ...]:
    return tuple(("before", *held) for held in side.broken) + tuple(("after", *held) for held in other.broken)


def _files(side: Side) -> set[str]:
    """The files that could not be read, of which nobody knows whether they came or went."""
    return {file for file, _ in side.broken}


def _pairs(
    side: Side, other: Side, earlier: tuple[ScoredReview, ...], later: tuple[ScoredReview, ...]
) -> Iterator[tuple[ScoredReview, ScoredReview]]:
    """The reviews that are the same before and after: by what they are, else by their place."""
    if side.kind == "file":
        yield from zip(earlier, later, strict=False)
        return
    known = {_key(side, held): held for held in earlier}
    taken: set[int] = set()
    waiting = []
    for held in later:
        match = known.get(_key(other, held))
        if match is not None and id(match) not in taken:
            taken.add(id(match))
            yield match, held
        else:
            waiting.append(held)
    by_file = {held.review.file: held for held in earlier if id(held) not in taken}
    for scored_round in waiting:
        if scored_round.review.file in by_file:
            yield by_file.pop(scored_round.review.file), scored_round


def _key(side: Side, scored_review: ScoredReview) -> tuple[str, ...]:
    """What a review is matched by: between two rounds, by its reviewer."""
    if side.kind == "round":
        return ("consensus",) if scored_review.review.is_joint else ("reviewer", scored_review.review.reviewer)
    return scored_review.review.identity


def _differs(comparison: Comparison) -> bool:
    one, other = comparison.before.review, comparison.after.review
    heads = [
        (r.identity, r.edition, r.criteria, r.status, r.reading_depth, r.kind, r.form, r.overrides)
        for r in (one, other)
    ]
    moved = any(
        change.movement != "same" for change in (comparison.total, *comparison.targets) if change.before != change.after
    )
    return bool(comparison.changes) or heads[0] != heads[1] or moved


def _sets(side: Side, other: Side, language: str) -> Iterator[SetPair]:
    """The criteria sets that are others than before: the current versions by id."""
    if side.kind == "criteria":
        before, after = side.criteria_set(), other.criteria_set()
        changes = compare_sets(before, after, language) if before and after else ()
        yield SetPair(before, after, changes)
        return
    if side.kind in ("round", "file"):
        return
    earlier, later = side.current_sets(), other.current_sets()
    for name in sorted(earlier.keys() | later.keys()):
        before, after = earlier.get(name), later.get(name)
        changes = compare_sets(before, after, language) if before and after else ()
        known_set, lacking = (after, side) if before is None else (before, other)
        if (before is None or after is None) and known_set is not None and lacking.files.exists(known_set.file):
            continue  # it is there: what would have asked for it could not be read, which is told
        if changes or before is None or after is None:
            yield SetPair(before, after, changes)


def _rounds(chosen_side: Side, other: Side) -> Iterator[RoundPair]:
    if chosen_side.kind == "file":
        return
    by_name = [
        {
            ("", "") if chosen_side.kind == "round" else (scored_round.strategy, scored_round.round): scored_round
            for scored_round in side.rounds()
        }
        for side in (chosen_side, other)
    ]
    for key in dict.fromkeys((*by_name[1], *by_name[0])):
        before, after = by_name[0].get(key), by_name[1].get(key)
        held = after or before
        is_joint = any(side is not None and side.is_joint for side in (before, after))
        if held is not None and is_joint and _outcome(before) != _outcome(after):
            yield RoundPair(held.strategy, held.round, before, after)


def _outcome(scored_round: ScoredRound | None) -> object:
    """What a round comes to, or why it comes to nothing."""
    if scored_round is None or not scored_round.joint.cannot_be_assessed:
        return scored_round and scored_round.joint.card
    return tuple(item.code for item in scored_round.joint.left_out)
