"""The text of a new review: every question with its levels as comments, ready to fill in.

Criteria × strategy × date in, text out. What it writes, `source.read` reads back to the same words.

One answer of a joint review, as it stands before the meeting.

Where all reviewers answered alike the answer is filled in, with what they wrote. Where they did not, it is left empty
with every reviewer's view in comments above it.
"""

from __future__ import annotations

import textwrap
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from granskning.i18n import N_, Translator
from granskning.model.review import READING_DEPTHS, Answer, is_in_form, tags_of
from granskning.wordings import ACTION_STATUSES, STATES
from granskning.workspace.schema.put import set_aside
from granskning.workspace.yaml.yaml_text import comment, evidence, level_key, prose, word

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from granskning.model.criteria import CriteriaSet, Criterion, Target
    from granskning.model.decision import Action
    from granskning.model.evidence import Evidence
    from granskning.model.method import Comparison, Condition
    from granskning.model.review import Review
    from granskning.model.strategy import Strategy

_WIDTH = 100


@dataclass(frozen=True, slots=True)
class Request:
    """What a new review is to be. `earlier` is the review whose answers are carried over.

    `reviews` are those that a joint review lays together.
    """

    strategy: Strategy
    edition: str
    criteria: CriteriaSet
    round: str
    reviewer: str
    kind: str
    date: str
    form: str = "full"
    """Which questions are put: as in a review."""
    earlier: Review | None = None
    schema_path: str = ""
    reviews: tuple[Review, ...] = ()
    actions: tuple[Action, ...] = ()
    """What has been promised and is not settled; the questions that it concerns ask how it went."""
    notes: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    """By criterion what to read in the document before answering, each as a line of a comment."""


def review_text(request: Request, language: str) -> str:
    """The whole file."""
    t = Translator(language)
    return "\n".join([*_head(request, t), *_answers(request, t)]) + "\n"


def _head(request: Request, t: Translator) -> Iterator[str]:
    if request.schema_path:
        yield f"# yaml-language-server: $schema={request.schema_path}"
    yield "schema: granskning/review/1"
    yield f"strategy: {word(request.strategy.id)}"
    yield f"edition: {word(request.edition)}"
    yield f"criteria: {request.criteria.reference}"
    yield f"round: {word(request.round)}"
    yield f"reviewer: {word(request.reviewer)}"
    yield f"kind: {request.kind}"
    yield "# " + t("status: draft, submitted (no empty answers) or approved")
    yield "status: draft"
    yield "# " + t("reading_depth: full_text, contents, web_summary, press_release or not_read")
    yield f"reading_depth: {deepest(request.reviews)}"
    yield f"date: {request.date}"
    if request.form.startswith("short"):
        yield "form: short"
    if tags := tags_of(request.form):
        yield f"tags: [{', '.join(map(word, tags))}]"
    if request.earlier:
        yield f"continues: {word(request.earlier.round)}"
    yield from _guide(request.criteria, t)
    yield "answers:"


def deepest(reviews: tuple[Review, ...]) -> str:
    """The most that any of the reviewers read; nothing while there are none."""
    return max((review.reading_depth for review in reviews), key=READING_DEPTHS.index, default="not_read")


def _guide(criteria: CriteriaSet, t: Translator) -> Iterator[str]:
    """How an answer is written, in a comment of its own."""
    intro = t(
        "Each question is answered in exactly one way: a level, or one of not_applicable, insufficient_evidence and "
        "open with the reason. What is not yet looked at is left empty. A whole answer looks like this:"
    )
    yield from (f"# {line}" for line in textwrap.wrap(intro, _WIDTH - 2))
    levels = [level.key for level in criteria.scale]
    yield f"#   level: {levels[min(1, len(levels) - 1)] if levels else 1}"
    yield "#   justification: >-"
    yield "#     " + t("Why this level, in your own words.")
    yield "#   evidence:"
    yield "#     - edition: remiss"
    yield "#       page: 14"
    yield "#       quote: >-"
    yield "#         " + t("Word for word from the text.")
    yield "#   recommendation: >-"
    yield "#     " + t("What the plan should say.")


def _answers(request: Request, t: Translator) -> Iterator[str]:
    for target in request.criteria.all_targets:
        criteria = [criterion for criterion in target.criteria if is_in_form(request.form, criterion)]
        if criteria:
            yield from _target_comment(target, t)
            for criterion in criteria:
                yield from _answer(request, criterion, t)


def _target_comment(target: Target, t: Translator) -> Iterator[str]:
    yield ""
    yield f"  # ----- {t.text(target.title)} -----"
    yield from (f"  # {line}" for line in textwrap.wrap(t.text(target.picture), _WIDTH - 4))


def _answer(request: Request, criterion: Criterion, t: Translator) -> Iterator[str]:
    yield ""
    yield from (f"  # {line}" for line in question_comment(request.criteria, criterion, t))
    for action in request.actions:
        if criterion.id in action.criteria:
            yield from textwrap.wrap(_promised(action, t), _WIDTH, initial_indent="  # ", subsequent_indent="  #   ")
    for note in request.notes.get(criterion.id, ()):
        yield from textwrap.wrap(comment(note), _WIDTH, initial_indent="  # ", subsequent_indent="  #   ")
    if request.reviews:
        yield from joint_answer(criterion, request.criteria, request.reviews, t)
        return
    yield f"  {criterion.id}:"
    earlier = request.earlier.answers.get(criterion.id) if request.earlier else None
    outside = set_aside(request.criteria, criterion, request.strategy, t)
    if outside:
        yield from prose("not_applicable", outside, 4)
    elif earlier is not None and earlier.state in ("assessed", "not_applicable") and request.earlier is not None:
        yield from _inherited(earlier, request.earlier.round, t)
    else:
        yield "    level:"


def _promised(action: Action, t: Translator) -> str:
    """What was promised, as a question to the new round."""
    facts = [action.responsible or t("not named"), t("due {date}", date=action.due) if action.due else t("no date")]
    status = t(ACTION_STATUSES[action.status])
    facts.append(t("{status}, not shown", status=status) if action.status == "done" else status)
    told = t("Promised: {title} ({facts}). How did it go? Write it under follow_up in actions.yaml: {id}.",
             title=action.title.rstrip("."), facts=", ".join(facts), id=action.id)  # fmt: skip
    return comment(told)


def question_comment(criteria: CriteriaSet, criterion: Criterion, t: Translator) -> list[str]:
    """The question and its levels as the lines of a comment, without the mark."""
    lines = question_lines(criterion, t)
    if criterion.asked_if is not None:
        words = t("Asked only if: {condition}", condition=_asked_words(criterion.asked_if, t))
        lines += textwrap.wrap(words, _WIDTH - 4, initial_indent="  ", subsequent_indent="    ")
    if criterion.not_applicable_if is not None:
        words = t("Not applicable only if: {condition}", condition=_asked_words(criterion.not_applicable_if, t))
        lines += textwrap.wrap(words, _WIDTH - 4, initial_indent="  ", subsequent_indent="    ")
    for text in _choices(criteria, criterion, t):
        lines += textwrap.wrap(text, _WIDTH - 4, initial_indent="  ", subsequent_indent="    ")
    if criterion.evidence and (sign := t.text(criterion.counts_as_evidence)):
        sign = t("Evidence: {text}", text=sign)
        lines += textwrap.wrap(sign, _WIDTH - 4, initial_indent="  ", subsequent_indent="    ")
    return lines


def _asked_words(condition: Condition, t: Translator) -> str:
    """What a question is asked by, with the ids of questions and the keys of levels as the file has them."""
    if condition.kind == "not":
        return t("not ({condition})", condition=_asked_words(condition.conditions[0], t))
    if condition.kind in ("all", "any"):
        words = [_asked_words(inner, t) for inner in condition.conditions]
        if condition.kind == "all" or len(words) == 1:
            return t.series(words)
        return t("{first} or {last}", first=", ".join(words[:-1]), last=words[-1])
    return t(_ASKED[condition.comparison], question=condition.part, level=", ".join(condition.levels))


_ASKED: dict[Comparison, str] = {
    "is": N_("{question} is {level}"),
    "at_least": N_("{question} is at least {level}"),
    "above": N_("{question} is above {level}"),
    "at_most": N_("{question} is at most {level}"),
    "below": N_("{question} is below {level}"),
}


def question_lines(criterion: Criterion, t: Translator) -> list[str]:
    """The question as the lines of a comment, without the mark."""
    return textwrap.wrap(t.text(criterion.question), _WIDTH - 4)


def _choices(criteria: CriteriaSet, criterion: Criterion, t: Translator) -> Iterator[str]:
    """What can be answered: each level with what it takes, or the range of numbers."""
    scale = criteria.scale_of(criterion)
    for level in scale.levels:
        told = t.text(criterion.levels.get(level.key) or level.description)
        yield f"{level.key} {t.text(level.label)}{': ' if told else ''}{told}"
    if scale.minimum is not None and scale.maximum is not None:
        low, high = t.number(scale.minimum), t.number(scale.maximum)
        unit = f" {scale.unit}" if scale.unit else ""
        yield t("A number from {low} to {high}{unit}", low=low, high=high, unit=unit)


def _inherited(answer: Answer, source: str, t: Translator) -> Iterator[str]:
    """An earlier answer carried over: it counts as open until somebody confirms it with `level:`."""
    yield "    # " + t("Carried over, and open until you confirm it: put level: in the place of inherited:")
    yield "    inherited:"
    yield f"      from: {word(source)}"
    if answer.state == "assessed":
        yield f"      level: {level_key(answer.level or '')}"
    else:
        yield from prose("not_applicable", answer.reason or "", 6)
    if answer.justification:
        yield from prose("justification", answer.justification, 4)
    yield from evidence(answer.evidence)
    if answer.recommendation:
        yield from prose("recommendation", answer.recommendation, 4)


_REASONED = ("not_applicable", "insufficient_evidence", "open")


def joint_answer(
    criterion: Criterion, criteria: CriteriaSet, reviews: Sequence[Review], t: Translator
) -> Iterator[str]:
    """The lines of the answer, after the comment that tells the question and its levels."""
    given = [review.answers.get(criterion.id) or Answer(criterion.id, "empty") for review in reviews]
    first = given[0]
    alike = all((answer.state, answer.level) == (first.state, first.level) for answer in given)
    if alike and first.state in ("assessed", *_REASONED):
        yield "  # " + t("All reviewers answered alike.")
        yield f"  {criterion.id}:"
        yield from _filled(given)
        return
    if any(answer.state != "empty" for answer in given):
        yield "  # " + t("The reviewers' answers:")
        for review, one in zip(reviews, given, strict=True):
            yield from _view(review.reviewer, one, criterion, criteria, t)
    yield f"  {criterion.id}:"
    yield "    level:"


def _filled(given: Sequence[Answer]) -> Iterator[str]:
    first = given[0]
    if first.state == "assessed":
        yield f"    level: {level_key(first.level or '')}"
    else:
        yield from prose(first.state, _together(answer.reason for answer in given), 4)
    if justification := _together(answer.justification for answer in given):
        yield from prose("justification", justification, 4)
    items: dict[Evidence, None] = {item: None for answer in given for item in answer.evidence}
    yield from evidence(tuple(items))
    if recommendation := _together(answer.recommendation for answer in given):
        yield from prose("recommendation", recommendation, 4)


def _together(texts: Iterable[str | None]) -> str:
    """The different texts, each as a paragraph of its own."""
    different = {" ".join(text.split()): text.strip() for text in texts if text and text.strip()}
    return "\n\n".join(different.values())


def _view(reviewer: str, answer: Answer, criterion: Criterion, criteria: CriteriaSet, t: Translator) -> Iterator[str]:
    """What one reviewer answered and why, as a comment."""
    labels = {level.key: t.text(level.label) for level in criteria.scale_of(criterion).levels}
    level = f"{answer.level} {labels.get(answer.level or '', '')}".strip()
    words = level if answer.state == "assessed" else t(STATES[answer.state])
    why = comment((answer.reason if answer.state in _REASONED else answer.justification) or "")
    text = f"{reviewer}: {words}{'. ' if why else ''}{why}"
    yield from textwrap.wrap(text, _WIDTH, initial_indent="  #   ", subsequent_indent="  #     ")
    for item in answer.evidence:
        place = ", ".join(str(part) for part in (item.edition or item.address, item.page, item.section) if part)
        quote = item.quote or item.paraphrase or ""
        yield from textwrap.wrap(
            comment(f"{place}: {quote}"), _WIDTH, initial_indent="  #     ", subsequent_indent="  #       "
        )
