"""What can be wrong between the reviews of a folder: the same review twice, rounds that do not hold together."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING, Any

from granskning.findings import Finding, Pointer
from granskning.method import key_of
from granskning.workspace.rules import RULES

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence

    from granskning.model import Review, Strategy

_SET_ASIDE = ("not_applicable", "insufficient_evidence")


@dataclass(frozen=True, slots=True)
class Digest:
    """What other files need to know of a review, without its answers."""

    file: str
    strategy: str
    round: str
    reviewer: str
    kind: str
    edition: str
    criteria: str
    inherited: tuple[tuple[str, str], ...]
    """Criterion and earlier round of each inherited answer."""
    date: str = ""
    continues: str | None = None
    judged: tuple[tuple[str, str, bool], ...] = ()
    """Of each answer that is a level or sets the question aside: criterion, level or state, and whether it is
    justified."""


def digest(review: Review, values: dict[str, Any]) -> Digest:
    """Make the digest of a review from its head and the values of its file."""
    answers = (values.get("answers") or {}).items()
    return Digest(
        file=review.file,
        strategy=review.strategy,
        round=review.round,
        reviewer=review.reviewer,
        kind=review.kind,
        edition=review.edition,
        criteria=review.criteria,
        date=review.date or "",
        continues=review.continues,
        inherited=tuple(
            (key, answer["inherited"]["from"])
            for key, answer in answers
            if answer and answer.get("inherited") and "criteria" not in answer["inherited"]
        ),
        judged=tuple(_judged(answers)),
    )


def _judged(answers: Iterable[tuple[str, Any]]) -> Iterator[tuple[str, str, bool]]:
    for key, answer in answers:
        if not answer:
            continue
        is_justified = bool((answer.get("justification") or "").strip())
        if answer.get("level") is not None:
            yield _judgement(key, key_of(answer["level"]), is_justified)
        else:
            state = next((one for one in _SET_ASIDE if answer.get(one)), None)
            if state is not None:
                yield _judgement(key, state, True)  # noqa: FBT003  # the reason stands with the state


@lru_cache(maxsize=8192)
def _judgement(criterion: str, answer: str, is_justified: bool) -> tuple[str, str, bool]:  # noqa: FBT001
    """One judgement, the same object each time, so that ten thousand reviews take little room."""
    return criterion, answer, is_justified


def dates_of(digests: Iterable[Digest]) -> dict[str, str]:
    """Each round with the latest date of its reviews."""
    rounds: dict[str, str] = {}
    for one in digests:
        rounds[one.round] = max(rounds.get(one.round, ""), one.date)
    return rounds


def check_reviews(digests: Sequence[Digest]) -> Iterator[Finding]:
    """Yield what is wrong between reviews, in the order of their files."""
    first: dict[tuple[str, str, str], Digest] = {}
    rounds: dict[tuple[str, str], Digest] = {}
    joints: dict[tuple[str, str], Digest] = {}
    by_strategy: dict[str, set[str]] = {}
    by_round: dict[tuple[str, str], list[Digest]] = {}
    for one in digests:
        by_strategy.setdefault(one.strategy, set()).add(one.round)
        by_round.setdefault((one.strategy, one.round), []).append(one)
    for one in digests:
        identity = (one.strategy, one.round, one.reviewer)
        same = first.setdefault(identity, one)
        if same is not one:
            values = {"other": same.file, "identity": " / ".join(identity)}
            yield Finding(RULES["GR304"], Pointer(one.file, ("reviewer",)), values)
        leader = rounds.setdefault((one.strategy, one.round), one)
        for key in ("edition", "criteria"):
            value, expected = getattr(one, key), getattr(leader, key)
            if value != expected:
                values = {"key": key, "value": value, "other": leader.file, "expected": expected}
                yield Finding(RULES["GR305"], Pointer(one.file, (key,)), values)
        yield from _check_folder(one)
        if one.kind == "consensus":
            joint = joints.setdefault((one.strategy, one.round), one)
            if joint is not one and same is one:
                yield Finding(RULES["GR319"], Pointer(one.file, ("kind",)), {"other": joint.file})
            yield from _check_departures(one, by_round[one.strategy, one.round])
        yield from _check_carried(one, by_strategy[one.strategy] - {one.round})


def _check_carried(one: Digest, known: Collection[str]) -> Iterator[Finding]:
    """Yield what is said to come from rounds that are not there."""
    rounds = ", ".join(sorted(known)) or "–"
    if one.continues is not None and one.continues not in known:
        yield Finding(RULES["GR223"], Pointer(one.file, ("continues",)), {"round": one.continues, "rounds": rounds})
    for criterion, source in one.inherited:
        if source not in known:
            pointer = Pointer(one.file, ("answers", criterion, "inherited", "from"))
            yield Finding(RULES["GR215"], pointer, {"round": source, "rounds": rounds})


def _check_departures(joint: Digest, digests: Sequence[Digest]) -> Iterator[Finding]:
    """Yield the joint answers that no reviewer of the round gave and that say nothing of why."""
    given: dict[str, dict[str, None]] = {}
    for one in digests:
        if one.kind == "reviewer":
            for criterion, answer, _ in one.judged:
                given.setdefault(criterion, {})[answer] = None
    for criterion, answer, is_justified in joint.judged:
        held = given.get(criterion)
        if held and answer not in held and not is_justified:
            pointer = Pointer(joint.file, ("answers", criterion), key=True)
            yield Finding(RULES["GR218"], pointer, {"levels": ", ".join(held)})


def _check_folder(one: Digest) -> Iterator[Finding]:
    _, folder, _, round_folder, *_ = one.file.split("/")
    for key, value, place in (("strategy", one.strategy, folder), ("round", one.round, round_folder)):
        if value != place:
            yield Finding(RULES["GR306"], Pointer(one.file, (key,)), {"key": key, "value": value, "folder": place})


def check_reviewed(strategies: Mapping[str, Strategy], begun: Collection[str]) -> Iterator[Finding]:
    """Yield a notice for each strategy without a review. `begun` are those that have one, sound or not."""
    for name, strategy in strategies.items():
        if name not in begun:
            yield Finding(RULES["GR312"], Pointer(strategy.file, ("id",)), {"strategy": name})
