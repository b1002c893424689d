"""What can be wrong between the reviews of a folder: the same review twice, rounds that do not hold together."""

from __future__ import annotations

import itertools
import re
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING, Any

from granskning.errors import Words
from granskning.findings.finding import Finding, Pointer
from granskning.findings.rules import RULES
from granskning.findings.suggestions import KnownNames
from granskning.i18n import N_
from granskning.model.method import key_of
from granskning.model.rounds import date_of_round, name_order, order_rounds, shared_terms
from granskning.workspace.yaml.source import decode, read

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence

    from granskning.files import Files
    from granskning.model.review import LeftOut, Review
    from granskning.model.strategy import Strategy

_SET_ASIDE = ("not_applicable", "insufficient_evidence")
_DIGITS = re.compile(r"\d+")
_TOLD = 8
"""So many differing keys are named."""


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


# kept by the process: no working out is saved but room, and equal judgements of two folders are the same one
@lru_cache(maxsize=8192)
def _judgement(criterion: str, answer: str, is_justified: bool) -> tuple[str, str, bool]:  # noqa: FBT001
    """One judgement, the same object each time, so that ten thousand reviews take little room."""
    return criterion, answer, is_justified


def dates_of(digests: Iterable[Digest], strategy: Strategy | None) -> dict[str, str]:
    """The rounds of one strategy with their dates, the oldest first."""
    rounds: dict[str, list[Digest]] = {}
    for item in digests:
        rounds.setdefault(item.round, []).append(item)
    dates = {}
    for name, members in rounds.items():
        editions = [found.date for item in members if strategy and (found := strategy.edition(item.edition))]
        dates[name] = date_of_round((item.date for item in members), editions)
    return {name: dates[name] for name in order_rounds(dates)}


def check_reviews(digests: Sequence[Digest], left_out: Sequence[LeftOut], files: Files) -> Iterator[Finding]:
    """Yield what is wrong between reviews, in the order of their files. `left_out` are those that do not count."""
    by_identity: dict[tuple[str, str, str], list[Digest]] = {}
    joints: dict[tuple[str, str], Digest] = {}
    by_strategy: dict[str, set[str]] = {}
    by_round: dict[tuple[str, str], list[Digest]] = {}
    counted: dict[tuple[str, str], list[Digest]] = {}
    nowhere = {item.file for item in left_out if item.everywhere}
    for one in digests:
        key = (one.strategy, one.round)
        by_strategy.setdefault(one.strategy, set()).add(one.round)
        by_round.setdefault(key, []).append(one)
        by_identity.setdefault((*key, one.reviewer), []).append(one)
        if one.file not in nowhere:
            counted.setdefault(key, []).append(one)
    terms = {key: shared_terms(members) for key, members in counted.items()}
    values = {key: _first_of_values(members) for key, members in counted.items()}
    given = {key: _levels_given(members) for key, members in by_round.items()}
    originals = {identity: original_of(same) for identity, same in by_identity.items()}
    for one in digests:
        original = originals[one.strategy, one.round, one.reviewer]
        if one is not original:
            yield _doubled(one, original, files)
        if one.file not in nowhere:
            key = (one.strategy, one.round)
            yield from _check_terms(one, values[key], terms[key])
        yield from _check_folder(one)
        if one.kind == "consensus":
            joint = joints.setdefault((one.strategy, one.round), one)
            if joint is not one and one is original:
                yield Finding(RULES["GR319"], Pointer(one.file, ("kind",)), {"other": joint.file})
            yield from _check_departures(one, given[one.strategy, one.round])
        yield from _check_carried(one, by_strategy[one.strategy])


def original_of(same: Sequence[Digest]) -> Digest:
    """Of reviews with one identity the one that its file is called after, else the first."""
    return next((item for item in same if _stem(item) == item.reviewer), same[0])


def _stem(review_digest: Digest) -> str:
    return review_digest.file.rpartition("/")[2].removesuffix(".yaml")


def _doubled(review_digest: Digest, original: Digest, files: Files) -> Finding:
    """That two files are the same review, and whether one of them looks like a copy that a program left."""
    identity = f"{review_digest.strategy} / {review_digest.round} / {review_digest.reviewer}"
    values: dict[str, object] = {"other": original.file, "identity": identity}
    copied = _stem(review_digest) != review_digest.reviewer and _stem(review_digest).startswith(_stem(original))
    values["differing"] = _differing(review_digest.file, original.file, files)
    if copied and _stem(original) == original.reviewer:
        values["copy"] = Words(N_("; its name looks like that of a copy left by a sync program"))
    else:
        values["copy"] = ""
    return Finding(RULES["GR304"], Pointer(review_digest.file, ("reviewer",)), values)


def _differing(file: str, other: str, files: Files) -> object:
    """What differs between two files, in a few words."""
    contents = [files.read(file), files.read(other)]
    if contents[0] == contents[1]:
        return Words(N_("the files are the same to the letter"))
    one, another = (_values(content) for content in contents)
    differing = [key for key in _differing_keys(one, another) if key != "answers"]
    differing += _differing_keys(one.get("answers") or {}, another.get("answers") or {})
    if not differing:
        return Words(N_("only comments or layout differ"))
    more = len(differing) - _TOLD
    return ", ".join(differing[:_TOLD]) + (f" (+{more})" if more > 0 else "")


def _values(content: bytes) -> dict[str, Any]:
    text = decode(content)
    value = read(text).value if isinstance(text, str) else None
    return value if isinstance(value, dict) else {}


def _differing_keys(values: Mapping[str, Any], other: Mapping[str, Any]) -> list[str]:
    return [key for key in dict.fromkeys([*values, *other]) if values.get(key) != other.get(key)]


_TERMS = ("edition", "criteria")


def _first_of_values(members: Sequence[Digest]) -> dict[str, dict[str, str]]:
    """Of a round's editions and criteria sets, the first file that names each, in the order of the files."""
    firsts: dict[str, dict[str, str]] = {key: {} for key in _TERMS}
    for item in members:
        for key, first in firsts.items():
            first.setdefault(getattr(item, key), item.file)
    return firsts


def _check_terms(
    review_digest: Digest, firsts: Mapping[str, Mapping[str, str]], terms: tuple[str, str] | None
) -> Iterator[Finding]:
    """Yield what of a review is not what its round shares, or has nothing to agree with."""
    if (review_digest.edition, review_digest.criteria) == terms:
        return
    for place, key in enumerate(_TERMS):
        value, first = getattr(review_digest, key), firsts[key]
        shared = terms[place] if terms is not None else ""
        if len(first) == 1 or value == shared:
            continue
        expected = shared if shared in first else next(other for other in first if other != value)
        values = {"key": key, "value": value, "other": first[expected], "expected": expected}
        yield Finding(RULES["GR305"], Pointer(review_digest.file, (key,)), values)


def check_order(digests: Sequence[Digest], strategies: Mapping[str, Strategy]) -> Iterator[Finding]:
    """Yield where the order of a strategy's rounds is not told, or is told otherwise by their names than by dates."""
    by_strategy: dict[str, list[Digest]] = {}
    for item in digests:
        by_strategy.setdefault(item.strategy, []).append(item)
    for name, members in by_strategy.items():
        dates = dates_of(members, strategies.get(name))
        leading: dict[str, Digest] = {}
        for item in members:
            leading.setdefault(item.round, item)
        for earlier, later in itertools.pairwise(dates):
            file = leading[later].file
            if dates[earlier] == dates[later]:
                told = {"round": later, "other": earlier, "date": dates[later] or "–"}
                yield Finding(RULES["GR337"], Pointer(file, ("round",)), told)
            elif _alike(earlier, later) and name_order(earlier) > name_order(later):
                told = {"round": later, "date": dates[later], "other": earlier, "other_date": dates[earlier] or "–"}
                yield Finding(RULES["GR336"], Pointer(file, ("round",)), told)
        yield from _check_joint_dates(members)


def _alike(text: str, other: str) -> bool:
    """Whether two names differ in their numbers only, so that the numbers say which comes first."""
    return _DIGITS.sub("0", text) == _DIGITS.sub("0", other)


def _check_joint_dates(digests: Sequence[Digest]) -> Iterator[Finding]:
    """Yield the joint reviews that are dated before what they join."""
    latest: dict[str, str] = {}
    for item in digests:
        if item.kind == "reviewer":
            latest[item.round] = max(latest.get(item.round, ""), item.date)
    for item in digests:
        if item.kind == "consensus" and item.date and item.date < latest.get(item.round, ""):
            told = {"date": item.date, "other_date": latest[item.round]}
            yield Finding(RULES["GR338"], Pointer(item.file, ("date",)), told)


def _check_carried(review_digest: Digest, known: Collection[str]) -> Iterator[Finding]:
    """Yield what is said to come from rounds that are not there, or from its own."""
    own = review_digest.round
    named = {review_digest.continues, *(source for _, source in review_digest.inherited)}
    wrong = {name for name in named if name is not None and (name not in known or name == own)}
    if not wrong:
        return
    rounds = KnownNames([name for name in sorted(known) if name != own])
    if review_digest.continues in wrong:
        yield Finding(
            RULES["GR223"],
            Pointer(review_digest.file, ("continues",)),
            {"round": review_digest.continues, "rounds": rounds},
        )
    for criterion, source in review_digest.inherited:
        if source in wrong:
            pointer = Pointer(review_digest.file, ("answers", criterion, "inherited", "from"))
            yield Finding(RULES["GR215"], pointer, {"round": source, "rounds": rounds})


def _levels_given(digests: Sequence[Digest]) -> dict[str, dict[str, None]]:
    """By criterion, the levels and states that reviewers have given; nothing where there is no joint review."""
    given: dict[str, dict[str, None]] = {}
    if any(one.kind == "consensus" for one in digests):
        for one in digests:
            for criterion, answer, _ in one.judged if one.kind == "reviewer" else ():
                given.setdefault(criterion, {})[answer] = None
    return given


def _check_departures(joint: Digest, given: Mapping[str, Mapping[str, None]]) -> Iterator[Finding]:
    """Yield the joint answers that no reviewer of the round gave and that say nothing of why."""
    for criterion, answer, is_justified in joint.judged:
        held = given.get(criterion)
        if held and answer not in held and not is_justified:
            pointer = Pointer(joint.file, ("answers", criterion), key=True)
            yield Finding(RULES["GR218"], pointer, {"levels": KnownNames(held)})


def _check_folder(review_digest: Digest) -> Iterator[Finding]:
    _, folder, _, round_folder, *_ = review_digest.file.split("/")
    for key, value, place in (
        ("strategy", review_digest.strategy, folder),
        ("round", review_digest.round, round_folder),
    ):
        if value != place:
            yield Finding(
                RULES["GR306"], Pointer(review_digest.file, (key,)), {"key": key, "value": value, "folder": place}
            )


def check_strategy_folders(files: Files) -> Iterator[Finding]:
    """Yield the folders of strategies that have no strategy in them."""
    folders = {path.split("/")[1] for path in files.under("strategies") if path.count("/") > 1}
    for folder in sorted(folders):
        if not files.exists(f"strategies/{folder}/strategy.yaml"):
            yield Finding(RULES["GR317"], Pointer(f"strategies/{folder}"), {"folder": f"strategies/{folder}"})


def check_reviewed(strategies: Mapping[str, Strategy], begun: Collection[str]) -> Iterator[Finding]:
    """Yield a notice for each strategy without a review, unless it is decided that it needs none.

    `begun` are those that have one, sound or not.
    """
    for name, strategy in strategies.items():
        if strategy.not_reviewed is not None:
            if name in begun:
                yield Finding(RULES["GR804"], Pointer(strategy.file, ("not_reviewed",)), {})
        elif name not in begun:
            yield Finding(RULES["GR312"], Pointer(strategy.file, ("id",)), {"strategy": name})


def check_roles(digests: Iterable[Digest], roles: Collection[str]) -> Iterator[Finding]:
    """The reviewers that have no title, where the folder gives its roles titles; a joint review is called so."""
    if not roles:
        return
    for item in digests:
        if item.kind == "reviewer" and item.reviewer not in roles:
            known = sorted(roles)
            values = {"role": item.reviewer, "known": KnownNames(known)}
            yield Finding(RULES["GR341"], Pointer(item.file, ("reviewer",)), values, near=(item.reviewer, known))
