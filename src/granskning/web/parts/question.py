"""One question as its part of the page needs it: form, findings by field, clashes, actions, what was said before."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any
from urllib.parse import urlencode

from granskning.i18n import N_
from granskning.model.review import form_of, is_in_form
from granskning.model.rounds import earlier_review, earlier_reviews, rounds_of
from granskning.reporting.wording.conditions import describe_condition
from granskning.reporting.wording.criteria_vocabulary import Lexicon
from granskning.web.parts.conflict import base_with, seen, shown_answer, tell_clashes
from granskning.web.parts.forms import answer_form
from granskning.wordings import STATES, label
from granskning.workspace.answer_merge import PARTS

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from granskning.model.criteria import Criterion
    from granskning.model.decision import Action
    from granskning.model.method import Condition
    from granskning.model.review import Review
    from granskning.model.workspace import Workspace
    from granskning.tasks.editing.edit_session import Kept, OpenReview
    from granskning.web.parts.context import RequestContext

_BY_CODE = {"GR201": "justification", "GR202": "evidence"}
"""Where what is missing belongs; the finding itself is about the whole answer."""


@dataclass(frozen=True, slots=True)
class Around:
    """What stands beside the questions of a review, looked up once for all of them."""

    findings: Mapping[str, Sequence[Mapping[str, Any]]]
    actions: Mapping[str, Sequence[Action]]
    before: Mapping[str, str]
    """What the same reviewer, or else the joint review, said of each question in the round before, in words."""
    following: Mapping[str, str]
    """For each question the next one that is not answered; the last one's is the first."""


def around(visit: RequestContext, opened_review: OpenReview) -> Around:
    """All that is beside the questions of a review."""
    findings: dict[str, list[Mapping[str, Any]]] = {}
    for one in map(visit.finding, opened_review.findings):
        findings.setdefault(one["criterion"], []).append(one)
    actions: dict[str, list[Action]] = {}
    workspace = visit.desk.loaded().workspace
    for action in workspace.actions.get(opened_review.review.strategy, ()):
        for name in action.criteria:
            actions.setdefault(name, []).append(action)
    earlier = _earlier(opened_review, workspace)
    before = _told(visit, opened_review, earlier) if earlier else {}
    return Around(findings, actions, before, _following(opened_review, chosen_tags(visit, opened_review)))


def entry_of(  # noqa: PLR0913  # what a question is shown with
    visit: RequestContext, opened_review: OpenReview, criterion: Criterion, beside: Around, *, more: bool = False,
    kept: Kept | None = None,
) -> dict[str, Any]:  # fmt: skip
    """One question as its template needs it. `kept` is what came of a save of it."""
    answer = opened_review.answers.get(criterion.id)
    clashes = kept.clashes if kept else ()
    shown = kept.wanted if kept and kept.refused else shown_answer(answer or {}, clashes) if clashes else answer
    form = answer_form(criterion, opened_review.criteria, shown, visit.page_t, more=more)
    if clashes:
        form = replace(form, base=base_with(answer or {}, clashes))
    refused = [visit.finding(refused_finding) for refused_finding in kept.refused] if kept else []
    slots: dict[str, list[Mapping[str, Any]]] = {}
    for one in (*refused, *beside.findings.get(criterion.id, ())):
        slots.setdefault(_slot(one), []).append(one)
    return {
        "form": form,
        "slots": slots,
        "slot_names": ("judgement", "justification", *(f"item-{item.number}" for item in form.items), "evidence",
                       "recommendation", "note"),
        "clashes": tell_clashes(clashes, criterion, opened_review.criteria, visit.t),
        "seen": seen(clashes),
        "actions": beside.actions.get(criterion.id, ()),
        "asked_if": _condition(visit, opened_review, N_("Asked only if {condition}."), criterion.asked_if),
        "not_applicable_if": _condition(
            visit, opened_review, N_("Not applicable only if {condition}."), criterion.not_applicable_if
        ),
        "skipped": label(STATES, "not_asked", visit.t) if criterion.id in _skipped(opened_review) else "",
        "rests_on": "; ".join(
            source.title for source in opened_review.criteria.sources if source.id in criterion.rests_on
        ),
        "before": beside.before.get(criterion.id, ""),
        "next": beside.following.get(criterion.id, ""),
        "saved_at": visit.review_at(opened_review.review.file, "svar", criterion.id)
        + tag_query(chosen_tags(visit, opened_review)),
        "views": (),
    }  # fmt: skip


def _condition(visit: RequestContext, opened_review: OpenReview, sentence: str, condition: Condition | None) -> str:
    """What a question asks of other answers, in a sentence; nothing where it asks nothing."""
    if condition is None:
        return ""
    names = Lexicon(visit.t, opened_review.criteria).names()
    return visit.t(sentence, condition=describe_condition(condition, visit.t, names))


def is_asked(opened_review: OpenReview, criterion: Criterion, tags: Sequence[str] = ()) -> bool:
    """Whether the review puts the question and, where tags choose what is shown, it carries one of them."""
    return is_in_form(opened_review.review.form, criterion) and is_in_form(form_of("full", tags), criterion)


def tags_of_questions(opened_review: OpenReview) -> dict[str, int]:
    """The tags of the questions that the review puts, and how many carry each."""
    carried = [tag for criterion in opened_review.criteria.criteria if is_asked(opened_review, criterion)
               for tag in criterion.tags]  # fmt: skip
    return {tag: carried.count(tag) for tag in sorted(set(carried))}


def chosen_tags(visit: RequestContext, opened_review: OpenReview) -> tuple[str, ...]:
    """The tags that the address chooses questions by; one that no question carries chooses nothing."""
    wanted = visit.request.query_params.getlist("tag")
    return tuple(tag for tag in tags_of_questions(opened_review) if tag in wanted)


def tag_query(tags: Sequence[str], more: str = "") -> str:
    """The end of an address that chooses questions by tags; `more` is the question that has room for more evidence."""
    pairs = [*(("tag", tag) for tag in tags), *((("mer", more),) if more else ())]
    return f"?{urlencode(pairs)}" if pairs else ""


def _skipped(opened_review: OpenReview) -> set[str]:
    """The questions that are not asked, since others are answered as they are."""
    return {result.id for result in opened_review.scored.card.criteria_results if result.state == "not_asked"}


def _slot(finding: Mapping[str, Any]) -> str:
    """The part of the form that a finding concerns."""
    rest = finding["path"][2:]
    if finding["code"] in _BY_CODE:
        return _BY_CODE[finding["code"]]
    if rest and rest[0] == "evidence":
        return f"item-{rest[1] + 1}" if len(rest) > 1 and isinstance(rest[1], int) else "evidence"
    return rest[0] if rest and rest[0] in PARTS else "judgement"


def _following(opened_review: OpenReview, tags: Sequence[str]) -> dict[str, str]:
    left = opened_review.scored.card.undone
    order = [
        criterion.id
        for target in opened_review.criteria.all_targets
        for criterion in target.criteria
        if is_asked(opened_review, criterion, tags)
    ]
    following: dict[str, str] = {}
    later = next((name for name in order if name in left), "")
    for name in reversed(order):
        following[name] = later if later != name else ""
        if name in left:
            later = name
    return following


def _earlier(opened_review: OpenReview, workspace: Workspace) -> Review | None:
    """The review that this one continues or, where it names none, that of the round before: its own, else the joint."""
    own = opened_review.review
    if own.continues is not None:
        return earlier_review(workspace.reviews, own)
    rounds = [of.name for of in rounds_of(workspace, own.strategy) if of.reviews]
    place = rounds.index(own.round)
    choice = earlier_reviews(workspace.reviews, own.strategy, rounds[place - 1], own.reviewer) if place else ()
    return choice[0] if len(choice) == 1 else None


def _told(visit: RequestContext, opened_review: OpenReview, earlier: Review) -> dict[str, str]:
    """What an earlier review said of each question that it shares with this one, in words."""
    criteria = visit.desk.loaded().workspace.criteria.get(earlier.criteria)
    if criteria is None:
        return {}
    t = visit.t
    lexicon = Lexicon(t, criteria, opened_review.scored.outline if criteria is opened_review.criteria else None)
    told = {}
    for criterion in criteria.criteria:
        answer = earlier.answers.get(criterion.id)
        if answer is None or answer.state == "empty":
            continue
        mark = lexicon.mark(criterion, answer.state, answer.level)
        words = mark.level
        told[criterion.id] = (
            t("In round {round}: {answer}", round=earlier.round, answer=words)
            if earlier.criteria == opened_review.review.criteria
            else t("In round {round}, by another version of the criteria: {answer}", round=earlier.round, answer=words)
        )
    return told
