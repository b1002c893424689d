"""All strategies side by side, target picture by target picture: what has been judged, and what can be compared.

Results that rest on different questions are not compared. What is compared rests on the questions that every
compared review has judged, scored anew on those alone, and the report says which they are.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from fractions import Fraction
from typing import TYPE_CHECKING, Literal

from granskning.lineage import version_key
from granskning.reporting.chain import make_whole_chain
from granskning.reporting.cover import commit_words
from granskning.reporting.lexicon import Lexicon
from granskning.reporting.marks import Fact, Mark
from granskning.reporting.material import name_edition
from granskning.reporting.words import READ, STAGES, STATUSES
from granskning.scoring.node import TOTAL
from granskning.scoring.numbers import to_fraction

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from granskning.i18n import Translator
    from granskning.model import CriteriaSet, Review, Settings, Strategy
    from granskning.reporting.chain import Chain, Links
    from granskning.reporting.marks import Provenance
    from granskning.scoring.card import Score, Scorecard


@dataclass(frozen=True, slots=True)
class Reviewed:
    """One strategy with the review that speaks for it."""

    review: Review
    strategy: Strategy
    card: Scorecard
    version: str
    """The version of the set that the review was made with."""
    common: Scorecard | None
    """Scored on the questions that all compared reviews have judged; None where there is nothing to compare."""
    compared: bool = True
    """Whether it is among those compared: an invented example is not laid beside real strategies."""


@dataclass(frozen=True, slots=True)
class Cell:
    """What one review says about one target."""

    mark: Mark
    result: str
    """In digits; empty where there is no result, and then the mark's words say why."""
    judged: str


@dataclass(frozen=True, slots=True)
class MatrixRow:
    """One strategy in a matrix."""

    id: str
    title: str
    cells: tuple[Cell, ...]


@dataclass(frozen=True, slots=True)
class ReadingRow:
    """How well founded one review is."""

    id: str
    title: str
    text: str
    read: str
    judged: str
    who: str
    status: str


@dataclass(frozen=True, slots=True)
class PortfolioReport:
    """All that the portfolio may print."""

    kind: Literal["portfolio"]
    language: str
    title: str
    organisation: str
    head: str
    foot: str
    below: str
    sentences: tuple[str, ...]
    columns: tuple[tuple[str, str], ...]
    """Number and title of the targets."""
    rows: tuple[MatrixRow, ...]
    key: tuple[Mark, ...]
    common: str
    """Whether anything can be compared, and on how many questions."""
    common_columns: tuple[tuple[str, str], ...]
    common_rows: tuple[MatrixRow, ...]
    common_questions: tuple[tuple[str, str], ...]
    readings: tuple[ReadingRow, ...]
    versions: tuple[str, ...]
    """Which reviews were made with another version of the set, and what that means."""
    unreviewed: tuple[str, ...]
    other_sets: tuple[str, ...]
    chain: Chain | None
    """The chain of steering over all strategies."""
    provenance: tuple[Fact, ...]


def make_portfolio_report(  # noqa: PLR0913  # everything that the page rests on, by name
    reviewed: Sequence[Reviewed],
    criteria: CriteriaSet,
    *,
    unreviewed: Sequence[Strategy],
    other_sets: Sequence[tuple[Strategy, str]],
    settings: Settings,
    t: Translator,
    provenance: Provenance,
    links: Links | None = None,
) -> PortfolioReport:
    """The portfolio of the reviews that rest on one criteria set, in the order given.

    `links` are those of the folder's strategies, for the chain of steering.
    """
    words = Lexicon(t, criteria)
    numbers = words.numbers
    common = [(one.strategy, one.common) for one in reviewed if one.common is not None]
    questions = {one.id for _, card in common for one in card.criteria_results}
    columns = {target.id: (numbers[target.id], t.text(target.title)) for target in criteria.targets}
    asked = [target.id for target in criteria.targets if any(one.id in questions for one in target.all_criteria)]
    has_total = criteria.scoring.targets.method != "none"
    if has_total:
        columns[TOTAL] = ("", t("Overall"))
        asked.append(TOTAL)
    return PortfolioReport(
        kind="portfolio",
        language=t.language,
        title=t("Reviewed strategies, {organisation}", organisation=settings.organisation),
        organisation=settings.organisation,
        head=t("Reviewed strategies"),
        foot=_foot(criteria, provenance, t),
        below=t("against the target pictures of {criteria}", criteria=t.text(criteria.title)),
        sentences=_sentences(reviewed, unreviewed, t),
        columns=tuple(columns.values()),
        rows=tuple(_row(one.strategy, one.card, list(columns), words) for one in reviewed),
        key=_key(words),
        common=_common(sum(one.compared and one.card.total.assessed > 0 for one in reviewed), len(questions), t),
        common_columns=tuple(columns[name] for name in asked),
        common_rows=tuple(_row(strategy, card, asked, words) for strategy, card in common),
        common_questions=tuple(
            (numbers[one.id], t.text(one.question)) for one in criteria.criteria if one.id in questions
        ),
        readings=tuple(_reading(one, words) for one in reviewed),
        versions=tuple(_versions(reviewed, criteria, t)),
        unreviewed=tuple(_title(strategy, t) for strategy in unreviewed),
        other_sets=tuple(_other(one, name, t) for one, name in other_sets),
        chain=make_whole_chain(links, _standings(reviewed, unreviewed, words), t) if links else None,
        provenance=_provenance(criteria, provenance, t),
    )


def _standings(reviewed: Sequence[Reviewed], unreviewed: Sequence[Strategy], words: Lexicon) -> dict[str, str]:
    """How it stands with the review of each strategy, in a few words."""
    t = words.t
    told = {one.id: t("Not reviewed") for one in unreviewed}
    for one in reviewed:
        told[one.strategy.id] = t("{judged} questions judged", judged=words.assessed(one.card.total))
    return told


def _versions(reviewed: Sequence[Reviewed], criteria: CriteriaSet, t: Translator) -> Iterator[str]:
    """One sentence for each other version of the set that reviews were made with."""
    for version in sorted({one.version for one in reviewed} - {criteria.version}, key=version_key):
        titles = [_title(one.strategy, t) for one in reviewed if one.version == version]
        yield t(
            "Reviewed with version {version} of the set: {strategies}. They are compared only on questions that mean "
            "the same in version {current}.",
            strategies=t.series(titles),
            version=version,
            current=criteria.version,
        )


def _other(strategy: Strategy, name: str, t: Translator) -> str:
    return t("{strategy}, reviewed with {set}", strategy=_title(strategy, t), set=name)


def _sentences(reviewed: Sequence[Reviewed], unreviewed: Sequence[Strategy], t: Translator) -> tuple[str, ...]:
    """How many strategies have been reviewed, and how many of the reviews allow a verdict."""
    allowed = sum(one.card.verdict.given for one in reviewed)
    empty = sum(one.card.total.assessed == 0 for one in reviewed)
    total = len(reviewed) + len(unreviewed)
    sentences = [
        t.plural("{done} of {count} strategy has been reviewed.", "{done} of {count} strategies have been reviewed.",
                 total, done=t.whole(len(reviewed))),
        t("{allowed} of the reviews meet the demands for a verdict.", allowed=t.whole(allowed))
        if allowed
        else t("None of the reviews meets the demands for a verdict."),
    ]  # fmt: skip
    if empty:
        sentences.append(
            t.plural(
                "In {count} review nothing has been judged yet.",
                "In {count} reviews nothing has been judged yet.",
                empty,
            )
        )
    if left := sum(not one.compared for one in reviewed):
        sentences.append(
            t.plural(
                "{count} is an invented example and is compared with nothing.",
                "{count} are invented examples and are compared with nothing.",
                left,
            )
        )
    return tuple(sentences)


def _title(strategy: Strategy, t: Translator) -> str:
    """The title, after a sign where the strategy is invented."""
    title = t.text(strategy.title)
    return t("EXAMPLE: {title}", title=title) if strategy.example else title


def _row(strategy: Strategy, card: Scorecard, places: Sequence[str], words: Lexicon) -> MatrixRow:
    scores = {TOTAL: card.total, **{one.id: one.score for one in card.targets}}
    cells = tuple(_cell(scores.get(place), place, words) for place in places)
    return MatrixRow(strategy.id, _title(strategy, words.t), cells)


def _cell(score: Score | None, place: str, words: Lexicon) -> Cell:
    t = words.t
    if score is None:
        return Cell(Mark("none", 0, "", t("not asked")), "", t("not asked"))
    judged = words.assessed(score) if score.applicable else ""
    if score.standing == "not_applicable":
        return Cell(words.state("not_applicable"), "", "")
    result = words.result(score, place)
    if score.standing == "cannot_be_assessed":
        return Cell(replace(words.state("open"), words=result), "", judged)
    if score.standing == "profile":
        return Cell(Mark("none", 0, "", t("a profile")), "", judged)
    part = _part(score, place, words)
    if part is None:
        return Cell(Mark("insufficient_evidence", 0, "", ""), result, judged)
    return Cell(Mark("level", round(part * 4), "", words.band(score, place)), result, judged)


def _part(score: Score, place: str, words: Lexicon) -> Fraction | None:
    """How far from the least to the most a settled result is; None where it is not settled, or there is no way."""
    ladder = words.plan.nodes[place].ladder
    if score.outcome is not None and ladder is not None and not ladder.scale.is_range and len(ladder.keys) > 1:
        return Fraction(ladder.rank_of(score.outcome) or 0) / (len(ladder.keys) - 1)
    if score.value is None or score.minimum is None or score.maximum is None or score.minimum == score.maximum:
        return None
    least, most = to_fraction(score.minimum), to_fraction(score.maximum)
    return min(max((to_fraction(score.value) - least) / (most - least), Fraction(0)), Fraction(1))


def _key(words: Lexicon) -> tuple[Mark, ...]:
    """What the symbols of the matrix mean."""
    t = words.t
    return (
        Mark("level", 0, "", t("a settled result, the darker the higher")),
        Mark("level", 2, "", ""),
        Mark("level", 4, "", ""),
        Mark("insufficient_evidence", 0, "", t("an interval, since questions remain")),
        Mark("open", 0, "", t("cannot be assessed")),
        Mark("not_applicable", 0, "–", t("not applicable")),
    )


def _common(compared: int, questions: int, t: Translator) -> str:
    if compared < 2:  # noqa: PLR2004  # a comparison takes two
        return t("Fewer than two reviews have judged anything, so there is nothing to compare.")
    if not questions:
        return t(
            "No question has been judged in all {count} reviews. The strategies are therefore not compared.",
            count=t.whole(compared),
        )
    return t.plural(
        "{count} question has been judged in all {reviews} reviews. Only that one is compared here.",
        "{count} questions have been judged in all {reviews} reviews. Only those are compared here.",
        questions,
        reviews=t.whole(compared),
    )


def _reading(one: Reviewed, words: Lexicon) -> ReadingRow:
    t, review = words.t, one.review
    edition = one.strategy.edition(review.edition)
    total = one.card.total
    return ReadingRow(
        id=one.strategy.id,
        title=_title(one.strategy, t),
        text=name_edition(edition, STAGES, t) if edition else review.edition,
        read=t(READ[review.reading_depth]),
        judged=t("{assessed} of {applicable}", assessed=t.whole(total.assessed), applicable=t.whole(total.applicable)),
        who=t("{role}, {date}", role=review.reviewer, date=t.date(review.date)) if review.date else review.reviewer,
        status=t(STATUSES[review.status]),
    )


def _foot(criteria: CriteriaSet, origin: Provenance, t: Translator) -> str:
    parts = [
        f"{criteria.id} {criteria.version}",
        t("fingerprint {hash}", hash=origin.fingerprint[:12]),
        t("git {commit}", commit=commit_words(origin.commit, t, changed=origin.changed)),
    ]
    return " · ".join(parts)


def _provenance(criteria: CriteriaSet, origin: Provenance, t: Translator) -> tuple[Fact, ...]:
    return (
        Fact(t("Criteria set"), f"{t.text(criteria.title)}, {criteria.version}"),
        Fact(t("Fingerprint of the sources (SHA-256)"), origin.fingerprint),
        Fact(t("Commit"), commit_words(origin.commit, t, changed=origin.changed)),
        Fact(t("The report speaks of"), t.date(origin.as_of) or t("unknown date")),
        Fact(
            t("Made with"),
            t("granskning {version}, scoring version {scoring}", version=origin.tool, scoring=origin.scoring),
        ),
    )
