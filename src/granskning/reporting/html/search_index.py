"""What can be found on a site: an entry for each report, and one for each question of each review."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterator

    from granskning.i18n import Translator
    from granskning.reporting.criteria.annex_values import CriteriaReport
    from granskning.reporting.review.report_values import ReviewReport
    from granskning.reporting.review.target_values import QuestionText


class Entry(NamedTuple):
    """One thing to find: what it is called, where it stands, its address, and the words to look in."""

    title: str
    where: str
    address: str
    text: str


def make_entries(report: Any, address: str, t: Translator) -> Iterator[Entry]:
    """The entries of one report, whatever its kind."""
    if report.kind == "review":
        yield from _of_review(report, address, t)
        return
    if report.kind == "criteria":
        yield from _of_criteria(report, address, t)
        return
    where = {
        "round": t("All reviewers of a round"),
        "strategy": t("A strategy over time"),
        "change": t("What has changed"),
        "portfolio": t("All strategies side by side"),
    }
    yield Entry(report.title, where[report.kind], address, " ".join(_summary(report)))


def _summary(report: Any) -> list[str]:
    """What the first pages of a report say."""
    if report.kind == "round":
        return [report.summary.lead, *report.summary.agreement]
    if report.kind == "portfolio":
        carried = report.carrying.sentences if report.carrying else ()
        return [*report.sentences, *carried, *report.duties.sentences]
    actions = [action.title for action in report.actions] if report.kind == "strategy" else []
    return [report.lead, *report.sentences, *actions]


def _of_review(report: ReviewReport, address: str, t: Translator) -> Iterator[Entry]:
    yield Entry(report.title, t("A review"), address, " ".join((report.summary.verdict, *report.summary.own_words)))
    for target in report.targets:
        yield Entry(f"{target.number} {target.title}", report.title, f"{address}#{target.anchor}", target.picture)
        for question in target.questions:
            title = f"{question.number} {question.question}"
            yield Entry(title, report.title, f"{address}#{question.anchor}", " ".join(_words(question)))
        for group in target.groups:
            for number, anchor, words in group.questions:
                text = " ".join((group.mark.words, *group.reason))
                yield Entry(f"{number} {words}", report.title, f"{address}#{anchor}", text)


def _of_criteria(report: CriteriaReport, address: str, t: Translator) -> Iterator[Entry]:
    yield Entry(report.title, t("The annex of a criteria set"), address, " ".join(report.about))
    for target in report.targets:
        challenges = " ".join(challenge.title for challenge in target.challenges)
        words = f"{target.picture} {challenges}"
        yield Entry(f"{target.number} {target.title}", report.title, f"{address}#{target.anchor}", words)
        for question in target.questions:
            title = f"{question.number} {question.question}"
            text = " ".join((*question.rationale.why, *(words for _, words in question.levels)))
            yield Entry(title, report.title, f"{address}#{question.anchor}", text)


def _words(question: QuestionText) -> Iterator[str]:
    """All that is said of a question, but the internal note."""
    yield question.mark.words
    yield question.takes
    yield from question.reason
    for item in question.evidence:
        yield item.quote
        yield from item.paraphrase
    yield from question.recommendation
