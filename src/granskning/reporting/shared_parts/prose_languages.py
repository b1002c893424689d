"""What people wrote in one language only, with that language in the words where a page is in another.

A workspace in, the same workspace out where everything is in the page's language. A quotation is in the language of
the text it is from, a judgement in that of its review, a title or a source in that of the file it stands in; what says
nothing of its language is in that of its strategy, and last the folder's. Names of people's bodies and places are in
no language. Nothing else is changed: states, levels and ids are as they were.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, TypeVar

from granskning.language_tags import tagged

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from granskning.i18n import PageTranslator
    from granskning.model.criteria import CriteriaSet
    from granskning.model.decision import Action, FollowUp
    from granskning.model.evidence import Evidence, Source
    from granskning.model.review import Answer, Review, SearchNote
    from granskning.model.strategy import Edition, NotReviewed, Strategy
    from granskning.model.workspace import Workspace

_Value = TypeVar("_Value")
_Words = TypeVar("_Words", str, "str | None")


def tag_languages(workspace: Workspace, t: PageTranslator) -> Workspace:
    """The workspace as a page in that language shows it."""
    tagging = _Tagging(workspace, t)
    return replace(
        workspace,
        criteria=tagging.each(workspace.criteria, tagging.criteria_set),
        strategies=tagging.each(workspace.strategies, tagging.strategy),
        reviews=tuple(tagging.review(review) for review in workspace.reviews),
        actions={name: tagging.actions(name, actions) for name, actions in workspace.actions.items()},
    )


def prose_language(review: Review, workspace: Workspace) -> str:
    """The language of what a reviewer writes: of the review, else of its strategy, else the folder's."""
    strategy = workspace.strategies.get(review.strategy)
    return review.language or (strategy.language if strategy else "") or workspace.settings.language


def marked_prose(workspace: Workspace, t: PageTranslator) -> Callable[[str, Review], str]:
    """What gives the words of a review the language that they are in."""
    return lambda words, review: t.in_language(words, prose_language(review, workspace))


class _Tagging:
    """Whose words are in which language."""

    def __init__(self, workspace: Workspace, t: PageTranslator) -> None:
        self._t = t
        self._strategies = workspace.strategies
        self._folder = workspace.settings.language
        self._titled = workspace.settings.role_titles

    def each(self, values: Mapping[str, _Value], tag: Callable[[_Value], _Value]) -> Mapping[str, _Value]:
        """All of a mapping; itself where nothing became another."""
        made = {name: tag(value) for name, value in values.items()}
        return made if any(made[name] is not value for name, value in values.items()) else values

    def criteria_set(self, criteria: CriteriaSet) -> CriteriaSet:
        """The sources of a set; its other texts say their languages themselves."""
        if self._t.is_own(criteria.language):
            return criteria
        return replace(criteria, sources=self._sources(criteria.sources, criteria.language))

    def strategy(self, strategy: Strategy) -> Strategy:
        """The sources of a strategy, and its editions' titles and notes."""
        language = strategy.language or self._folder
        if self._t.is_own(language) and all(self._t.is_own(one.language or language) for one in strategy.editions):
            return strategy
        return replace(
            strategy,
            sources=self._sources(strategy.sources, language),
            editions=tuple(self._edition(edition, language) for edition in strategy.editions),
            not_reviewed=self._not_reviewed(strategy.not_reviewed, language),
            package=tuple(
                replace(
                    document, title=self._words(document.title, language), note=self._words(document.note, language)
                )
                for document in strategy.package
            ),
        )

    def review(self, review: Review) -> Review:
        """All that a reviewer wrote and quoted."""
        strategy = self._strategies.get(review.strategy)
        around = (strategy.language if strategy else "") or self._folder
        language = review.language or around
        editions = {edition.id: edition.language or around for edition in strategy.editions} if strategy else {}
        if all(self._t.is_own(each) for each in (language, *editions.values())):
            return review
        return replace(
            review,
            not_read=self._words(review.not_read, language),
            summary=self._words(review.summary, language),
            searches=tuple(self._search(search, language) for search in review.searches),
            answers={name: self._answer(answer, language, editions) for name, answer in review.answers.items()},
            overrides=tuple(
                replace(one, reason=self._words(one.reason, language), role=self._role(one.role, language))
                for one in review.overrides
            ),
            approval=replace(review.approval, role=self._role(review.approval.role, language))
            if review.approval
            else None,
            archived=tuple(
                replace(one, answer=self._answer(one.answer, language, editions), why=self._words(one.why, language))
                for one in review.archived
            ),
        )

    def actions(self, strategy: str, actions: tuple[Action, ...]) -> tuple[Action, ...]:
        """The actions of a strategy, which are in its language."""
        held = self._strategies.get(strategy)
        language = (held.language if held else "") or self._folder
        return actions if self._t.is_own(language) else tuple(self._action(action, language) for action in actions)

    def _search(self, search: SearchNote, language: str) -> SearchNote:
        sought, where, outcome = (
            self._words(words, language) for words in (search.sought, search.where, search.outcome)
        )
        return replace(search, sought=sought, where=where, outcome=outcome)

    def _words(self, words: _Words, language: str) -> _Words:
        return tagged(words, language) if words and not self._t.is_own(language) else words

    def _role(self, role: _Words, language: str) -> _Words:
        """A role as a file has it; what the folder gives a title says its language itself."""
        return role if not role or role in self._titled else self._words(self._t.role(role), language)

    def _not_reviewed(self, decision: NotReviewed | None, language: str) -> NotReviewed | None:
        if decision is None:
            return None
        return replace(decision, why=self._words(decision.why, language), role=self._role(decision.role, language))

    def _sources(self, sources: tuple[Source, ...], language: str) -> tuple[Source, ...]:
        return tuple(
            replace(one, title=self._words(one.title, language), note=self._words(one.note, language))
            for one in sources
        )  # fmt: skip

    def _edition(self, edition: Edition, around: str) -> Edition:
        title = self._words(edition.title, edition.language or around)
        return replace(edition, title=title, note=self._words(edition.note, around))

    def _answer(self, answer: Answer, language: str, editions: Mapping[str, str]) -> Answer:
        is_round = answer.state == "inherited"
        return replace(
            answer,
            reason=answer.reason if is_round else self._words(answer.reason, language),
            justification=self._words(answer.justification, language),
            recommendation=self._words(answer.recommendation, language),
            note=self._words(answer.note, language),
            evidence=self._evidence(answer.evidence, language, editions),
        )

    def _evidence(
        self, evidence: tuple[Evidence, ...], language: str, editions: Mapping[str, str]
    ) -> tuple[Evidence, ...]:
        return tuple(
            replace(
                item,
                section=self._words(item.section, editions.get(item.edition or "", language)),
                quote=self._words(item.quote, editions.get(item.edition or "", language)),
                paraphrase=self._words(item.paraphrase, language),
            )
            for item in evidence
        )

    def _action(self, action: Action, language: str) -> Action:
        return replace(
            action,
            title=tagged(action.title, language),
            text=self._words(action.text, language),
            responsible=self._role(action.responsible, language),
            cost=self._words(action.cost, language),
            decision_reason=self._words(action.decision_reason, language),
            decision_role=self._role(action.decision_role, language),
            follow_up=tuple(self._step(step, language) for step in action.follow_up),
        )

    def _step(self, step: FollowUp, language: str) -> FollowUp:
        return replace(
            step, text=self._words(step.text, language), evidence=self._evidence(step.evidence, language, {})
        )
