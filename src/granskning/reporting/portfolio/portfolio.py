"""All strategies side by side, target picture by target picture: what has been judged, and what can be compared.

Results that rest on different questions are not compared. What is compared rests on the questions that every
compared review has judged, scored anew on those alone, and the report says which they are.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from granskning.model.lineage import version_key
from granskning.model.review import least_read
from granskning.reporting.blocks.frame import Caveats
from granskning.reporting.portfolio.coverage import Coverage, make_carrying, make_handovers
from granskning.reporting.portfolio.figure_grids import make_figure_grids
from granskning.reporting.portfolio.indicators import make_indicator_page
from granskning.reporting.portfolio.matrix import (
    draw_matrices,
    make_key,
    make_result_row,
    make_row,
    title_of,
    without_result,
)
from granskning.reporting.portfolio.opening import tell_examples, tell_known, tell_needed
from granskning.reporting.portfolio.portfolio_values import PortfolioReport, ReadingRow, Waiting
from granskning.reporting.portfolio.responsibility_gaps import make_duties
from granskning.reporting.shared_parts.chain import make_whole_chain
from granskning.reporting.shared_parts.frame import make_frame
from granskning.reporting.wording.criteria_vocabulary import Lexicon
from granskning.reporting.wording.report_context import name_edition
from granskning.reporting.wording.uncounted import faults_line, left_out_line, tell_round_status, unassessed_line
from granskning.reporting.wording.words import first_of
from granskning.scoring.results.card import TOTAL
from granskning.wordings import READ, capital, tell_reviewer

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Mapping, Sequence

    from granskning.i18n import Translator
    from granskning.model.criteria import CriteriaSet
    from granskning.model.decision import Action
    from granskning.model.review import LeftOut
    from granskning.model.strategy import Strategy
    from granskning.model.workspace import Settings
    from granskning.reporting.blocks.frame import Frame, Provenance
    from granskning.reporting.portfolio.portfolio_values import ChallengeFigures, Reviewed
    from granskning.reporting.shared_parts.chain import Links
    from granskning.scoring.figures import PortfolioFigures


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
    actions: Mapping[str, tuple[Action, ...]] | None = None,
    begun: Mapping[str, str] | None = None,
    left_out: Sequence[LeftOut] = (),
    faults: Mapping[str, int] | None = None,
    figures: PortfolioFigures | None = None,
    indicators: Sequence[ChallengeFigures] = (),
) -> PortfolioReport:
    """The portfolio of the results that rest on one criteria set, in the order given.

    `links` are those of the folder's strategies, for the chain of steering; `actions` are theirs, by strategy. `begun`
    is the round under way of strategies in which nothing is judged, `left_out` are files of strategies with no result
    that do not count, `faults` the errors of all its sources, by file, `figures` the counts over strategies,
    `indicators` what the set's challenges rest on.
    """
    words = Lexicon(t, criteria)
    common = [(result.strategy, result.common) for result in reviewed if result.common is not None]
    questions = {result.id for _, card in common for result in card.criteria_results}
    columns, asked = _columns(criteria, questions, words)
    cards = [(heard.strategy, heard.cards) for heard in reviewed if heard.compared and _is_heard(heard)]
    every, real = _strategies(reviewed, unreviewed, [strategy for strategy, _ in other_sets], links)
    carriers = Coverage(cards, words)
    carrying = make_carrying(carriers)
    rows = tuple(make_result_row(reviewed_strategy, list(columns), words) for reviewed_strategy in reviewed)
    return PortfolioReport(
        kind="portfolio",
        frame=_frame(settings, provenance, criteria, t),
        below=t("against the target pictures of {criteria}", criteria=t.text(criteria.title)),
        sentences=tell_known(reviewed, unreviewed, carrying, t),
        needed=tell_needed(reviewed, unreviewed, t),
        columns=tuple(columns.values()),
        rows=rows,
        key=make_key(rows, words),
        common=_common(reviewed, len(questions), t),
        common_columns=tuple(columns[name] for name in asked),
        common_rows=tuple(make_row(strategy, card, asked, words) for strategy, card in common),
        common_questions=_common_questions(criteria, questions, words),
        readings=tuple(_reading(reviewed_strategy, words) for reviewed_strategy in reviewed),
        matrices=draw_matrices(tuple(columns.values()), rows, carrying.sentences if carrying else (), t),
        carrying=carrying,
        handovers=make_handovers(carriers, real),
        duties=make_duties(cards, real, actions or {}, words, provenance.as_of),
        versions=tuple(_versions(reviewed, criteria, t)),
        notes=(*tell_examples(reviewed, t), *_notes(reviewed, left_out, faults or {}, t)),
        unreviewed=_waiting(unreviewed, begun or {}, t),
        other_sets=tuple(_other(one, name, t) for one, name in other_sets),
        figures=make_figure_grids(figures, settings, every, words) if figures is not None else None,
        indicators=make_indicator_page(indicators, criteria, t),
        chain=make_whole_chain(links, _standings(reviewed, unreviewed, words), t) if links else None,
    )


def _strategies(
    reviewed: Sequence[Reviewed], unreviewed: Sequence[Strategy], others: Sequence[Strategy], links: Links | None
) -> tuple[dict[str, Strategy], dict[str, Strategy]]:
    """All strategies by id, and those of them that are not reviewed and laid beside no other."""
    known = (*(reviewed_strategy.strategy for reviewed_strategy in reviewed), *unreviewed, *others)
    every = {**(links.strategies if links else {}), **{strategy.id: strategy for strategy in known}}
    beside = {reviewed_strategy.strategy.id for reviewed_strategy in reviewed if not reviewed_strategy.compared}
    return every, {name: strategy for name, strategy in every.items() if name not in beside}


def _frame(settings: Settings, provenance: Provenance, criteria: CriteriaSet, t: Translator) -> Frame:
    """The frame; what must be known of a strategy stands beside that strategy."""
    title = t("Reviewed strategies, {organisation}", organisation=settings.organisation)
    subject = t("Reviewed strategies")
    return make_frame(settings, provenance, Caveats(), t, title=title, subject=subject, criteria=(criteria,))


def _columns(
    criteria: CriteriaSet, questions: Collection[str], words: Lexicon
) -> tuple[dict[str, tuple[str, str]], list[str]]:
    """The number and title of each target by id, the whole last, and those with any of the questions beneath them."""
    t = words.t
    columns = {target.id: (words.numbers[target.id], words.short_title(target.id)) for target in criteria.targets}
    asked = [
        target.id for target in criteria.targets if any(criterion.id in questions for criterion in target.all_criteria)
    ]
    if criteria.scoring.targets.method != "none":
        columns[TOTAL] = ("", t("Overall"))
        asked.append(TOTAL)
    return columns, asked


def _common_questions(criteria: CriteriaSet, questions: Collection[str], words: Lexicon) -> tuple[tuple[str, str], ...]:
    """The number and words of the questions that all compared strategies have answered."""
    asked = (criterion for criterion in criteria.criteria if criterion.id in questions)
    return tuple((words.numbers[question.id], words.short_title(question.id)) for question in asked)


def _standings(reviewed: Sequence[Reviewed], unreviewed: Sequence[Strategy], words: Lexicon) -> dict[str, str]:
    """How it stands with the review of each strategy, in a few words."""
    t = words.t
    told = {strategy.id: t("Not reviewed") for strategy in unreviewed}
    for reviewed_strategy in reviewed:
        judged = words.assessed(reviewed_strategy.card.total) if reviewed_strategy.card is not None else ""
        told[reviewed_strategy.strategy.id] = (
            t("{judged} questions judged", judged=judged) if judged else without_result(reviewed_strategy, t)
        )
    return told


def _versions(reviewed: Sequence[Reviewed], criteria: CriteriaSet, t: Translator) -> Iterator[str]:
    """One sentence for each other version of the set that reviews were made with."""
    for version in sorted(
        {reviewed_strategy.version for reviewed_strategy in reviewed} - {criteria.version}, key=version_key
    ):
        titles = [
            title_of(reviewed_strategy.strategy, t)
            for reviewed_strategy in reviewed
            if reviewed_strategy.version == version
        ]
        yield t(
            "Reviewed with version {version} of the set: {strategies}. They are compared only on questions that mean "
            "the same in version {current}.",
            strategies=first_of(titles, t),
            version=version,
            current=criteria.version,
        )


def _other(strategy: Strategy, name: str, t: Translator) -> str:
    return t("{strategy}, reviewed with {set}", strategy=title_of(strategy, t), set=name)


def _waiting(unreviewed: Sequence[Strategy], begun: Mapping[str, str], t: Translator) -> tuple[Waiting, ...]:
    """Strategies without a review, each position told once; the one that most share comes first."""
    titles: dict[str, list[str]] = {}
    for strategy in unreviewed:
        titles.setdefault(_position(strategy, begun, t), []).append(title_of(strategy, t))
    ordered = sorted(titles.items(), key=lambda pair: -len(pair[1]))
    return tuple(Waiting(position, tuple(strategies)) for position, strategies in ordered)


def _position(strategy: Strategy, begun: Mapping[str, str], t: Translator) -> str:
    """How it stands with a strategy that has no review."""
    decision = strategy.not_reviewed
    if decision is not None:
        by = [t.role(decision.role) if decision.role else "", t.date(decision.date) if decision.date else ""]
        told = ", ".join(part for part in by if part)
        told = f"{told}: {decision.why}" if told else decision.why
        return t("Not to be reviewed by decision ({decision})", decision=told)
    if strategy.id not in begun:
        return t("Not reviewed yet")
    return t("Round {round} under way, nothing judged", round=begun[strategy.id])


def _is_heard(reviewed_strategy: Reviewed) -> bool:
    """Whether what its reviews say question by question may be told: it has a result, or the set wants none."""
    return reviewed_strategy.card is not None or reviewed_strategy.joint.method == "none"


def _notes(
    reviewed: Sequence[Reviewed], left_out: Sequence[LeftOut], faults: Mapping[str, int], t: Translator
) -> Iterator[str]:
    """Why strategies cannot be assessed, which files do not count, and which have findings."""
    for reviewed_strategy in reviewed:
        if why := unassessed_line(reviewed_strategy.joint, t):
            yield t(
                "{strategy}, round {round}: {why}",
                strategy=title_of(reviewed_strategy.strategy, t),
                round=reviewed_strategy.round,
                why=why,
            )
    items = [*(item for one in reviewed for item in one.left_out), *left_out]
    yield from (left_out_line(item, t) for item in sorted(items, key=lambda item: item.file))
    if faults:
        yield faults_line(faults, t)


def _common(reviewed: Sequence[Reviewed], questions: int, t: Translator) -> str:
    """Whether anything can be compared, and on how many questions."""
    compared = sum(reviewed_strategy.compared and reviewed_strategy.assessed > 0 for reviewed_strategy in reviewed)
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


def _reading(reviewed_strategy: Reviewed, words: Lexicon) -> ReadingRow:
    t = words.t
    total = reviewed_strategy.card.total if reviewed_strategy.card is not None else None
    first = reviewed_strategy.joint.deciding[0] if reviewed_strategy.joint.deciding else None
    edition = reviewed_strategy.strategy.edition(first.edition) if first else None
    return ReadingRow(
        id=reviewed_strategy.strategy.id,
        title=title_of(reviewed_strategy.strategy, t),
        text=name_edition(edition, t) if edition else first.edition if first else "–",
        read=t(READ[least_read(reviewed_strategy.joint.deciding)]) if first else "–",
        judged=t("{assessed} of {applicable}", assessed=t.whole(total.assessed), applicable=t.whole(total.applicable))
        if total
        else "–",
        who=_who(reviewed_strategy, t),
        status=tell_round_status(reviewed_strategy.joint, t),
    )


def _who(reviewed_strategy: Reviewed, t: Translator) -> str:
    """Who has reviewed, and when: one, or several together."""
    date = max((review.date or "" for review in reviewed_strategy.joint.deciding), default="")
    reviews = reviewed_strategy.joint.deciding
    who = capital(t.series([tell_reviewer(review.kind, review.reviewer, t) for review in reviews])) or t("nobody")
    return t("{role}, {date}", role=who, date=t.date(date)) if date else who
