"""What can be wrong in one review, given the criteria set and the strategy it names. The hot path of `check`.

What can be wrong in the decided values of a review: that they name no result, or one that the result cannot have.
"""

from __future__ import annotations

import re
from fractions import Fraction
from typing import TYPE_CHECKING, Any

from granskning.findings.finding import Finding, Pointer, Words
from granskning.findings.rules import RULES
from granskning.findings.suggestions import KnownNames
from granskning.i18n import N_
from granskning.model.method import DECIDING, key_of, label_key, number_of
from granskning.model.review import is_in_form, tags_of
from granskning.wordings import DEPTHS, STATUSES
from granskning.workspace.checks.check_scales import levels_of
from granskning.workspace.checks.check_views import Views
from granskning.workspace.checks.dates import impossible_dates, is_before, wrong_order
from granskning.workspace.schema.meant import meant_level
from granskning.workspace.schema.modelling import STATE_KEYS
from granskning.workspace.schema.modelling import answer as read_answer
from granskning.workspace.schema.put import asked_not, is_prefilled, is_put, kept_against

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from granskning.files import Files
    from granskning.findings.finding import Path
    from granskning.model.criteria import CriteriaSet, Criterion
    from granskning.model.decision import Override
    from granskning.model.method import Rounding, Step, Text
    from granskning.model.review import Review
    from granskning.model.strategy import Edition, Strategy
    from granskning.workspace.checks.check_views import PartView

_DETAILS = ("justification", "evidence", "recommendation")
_ENOUGH = 5
_FEWEST_WORDS, _FEWEST_LETTERS = 3, 15
"""Of a quotation: shorter ones recur in most documents."""
_PAGES = re.compile(r"[0-9]{1,18}(?:\s*[-–,]\s*[0-9]{1,18})*")
"""Printed pages that are numbers: one, from one to another, or several."""


_REASONS = ("justification", "insufficient_evidence", "open")
_NOT_FOUND = re.compile(r"\b(hittades|hittats|hittade)\s+inte\b|\binte\s+(hittats|hittades)\b|\bnot\s+found\b")
"""That something has been sought in vain, in the words of reviewers."""


def check_review(
    values: dict[str, Any], review: Review, criteria: CriteriaSet | None, strategy: Strategy | None
) -> Iterator[Finding]:
    """Yield what is wrong in the review itself. Without criteria set or strategy, what can be told without them."""
    answers = values.get("answers") or {}
    for key, answer in answers.items():
        if answer:
            yield from _check_states(review.file, key, answer)
            for number, item in enumerate(answer.get("evidence") or ()):
                yield from check_evidence(
                    review.file, ("answers", key, "evidence", number), item, strategy, review.date
                )
    if criteria is not None:
        context = _Context(review, criteria, strategy, answers)
        for key, answer in answers.items():
            yield from context.check(key, answer or {})
        yield from context.check_complete(answers)
        yield from _check_tags(review, criteria)
        yield from check_overrides(review, criteria)
    if strategy is not None:
        yield from check_edition(review, strategy)
    yield from impossible_dates(review.file, ("date",), review.date)
    yield from _check_depth(review, answers)
    yield from _check_searches(review, answers)


def _check_depth(review: Review, answers: dict[str, Any]) -> Iterator[Finding]:
    """That what is said not to have been read is not quoted by its pages."""
    if review.reading_depth != "not_read":
        return
    own = [answer or {} for answer in answers.values() if "inherited" not in (answer or {})]
    items = [item for answer in own for item in answer.get("evidence") or ()]
    count = sum("edition" in item and ("page" in item or "pdf_page" in item) for item in items)
    if count:
        code = "GR801" if review.status == "draft" else "GR802"
        yield _finding(code, review.file, ("reading_depth",), count=count, status=Words(STATUSES[review.status]))


def _check_searches(review: Review, answers: dict[str, Any]) -> Iterator[Finding]:
    """That what is said not to have been found has been sought, as the log tells."""
    for number, search in enumerate(review.searches):
        yield from impossible_dates(review.file, ("searches", number, "date"), search.date)
    reasons = [(key, state) for key, answer in answers.items() for state, words in (answer or {}).items()
               if state in _REASONS and isinstance(words, str) and _NOT_FOUND.search(words)]  # fmt: skip
    if reasons and not review.searches:
        yield _finding("GR807", review.file, ("answers", *reasons[0]), key=True, count=len(reasons))


def _check_tags(review: Review, criteria: CriteriaSet) -> Iterator[Finding]:
    """That each tag that questions are chosen by is one that some question carries."""
    known = sorted({tag for criterion in criteria.criteria for tag in criterion.tags})
    for number, tag in enumerate(tags_of(review.form)):
        if tag not in known:
            values = {"set": criteria.reference, "tag": tag, "known": KnownNames(known)}
            yield Finding(RULES["GR270"], Pointer(review.file, ("tags", number)), values, near=(tag, known))


def _check_states(file: str, key: str, answer: dict[str, Any]) -> Iterator[Finding]:
    given = [state for state in STATE_KEYS if state in answer and (answer[state] is not None or state != "level")]
    if len(given) > 1:
        # where states are doubled, the first of STATE_KEYS that has content counts, as in `modelling.answer`
        kept = next((state for state in given if answer[state] is not None), given[0])
        yield _finding("GR203", file, ("answers", key, given[1]), key=True, states=", ".join(given), kept=kept)
    for state in given:
        if state not in ("level", "inherited") and not (answer[state] or "").strip():
            yield _finding("GR204", file, ("answers", key, state), key=True, state=state)
    if not given and any(answer.get(detail) for detail in _DETAILS):
        yield _finding("GR214", file, ("answers", key), key=True)


def _has_state(answer: dict[str, Any] | None) -> bool:
    return answer is not None and any(answer.get(state) is not None for state in STATE_KEYS)


def check_evidence(
    file: str, path: Path, item: dict[str, Any], strategy: Strategy | None, date: str | None
) -> Iterator[Finding]:
    """Yield what is wrong in one piece of evidence. `date` is that of what rests on it."""
    edition, address = item.get("edition"), item.get("address")
    in_text = edition is not None and ("page" in item or "section" in item or "pdf_page" in item)
    on_web = address is not None and "retrieved" in item
    on_file = "file" in item and "sha256" in item
    sources = [source for source in (edition, address, item.get("file")) if source is not None]
    if (in_text, on_web, on_file).count(True) != 1 or len(sources) > 1:
        yield _finding("GR209", file, path)
    if not (item.get("quote") or "").strip() and not (item.get("paraphrase") or "").strip():
        yield _finding("GR210", file, path)
    if edition is not None and strategy is not None and strategy.edition(edition) is None:
        yield _unknown_edition(file, (*path, "edition"), edition, strategy)
    yield from _check_quotation(file, path, item, None if strategy is None else strategy.edition(edition or ""))
    retrieved = item.get("retrieved")
    if retrieved is not None:
        yield from impossible_dates(file, (*path, "retrieved"), retrieved)
        at_date = Pointer(file, ("date",))
        if is_before(date, retrieved):
            yield wrong_order(at_date, (N_("the review's date"), date), (N_("the day evidence was read"), retrieved))


def check_evidence_files(values: dict[str, Any], file: str, files: Files) -> Iterator[Finding]:
    """Yield the files that evidence of a review names and that are not there, or are not the same any more."""
    folder = "/".join(file.split("/")[:2])
    for key, answer in (values.get("answers") or {}).items():
        for number, item in enumerate((answer or {}).get("evidence") or ()):
            if (name := item.get("file")) is None:
                continue
            at, found = ("answers", key, "evidence", number, "file"), files.fingerprint(f"{folder}/{name}")
            if found is None:
                yield _finding("GR805", file, at, name=name)
            elif item.get("sha256") not in (None, found[1]):
                yield _finding("GR806", file, at, name=name)


def _check_quotation(file: str, path: Path, item: dict[str, Any], edition: Edition | None) -> Iterator[Finding]:
    """Yield a page beyond the edition's end, and a quotation that stands in many places. Its document is not opened."""
    if edition is not None and edition.pages is not None:
        printed, counted = str(item.get("page", "")), item.get("pdf_page")
        values: dict[str, Any] = {"edition": edition.id, "pages": edition.pages}
        if counted is not None and counted > edition.pages:
            yield _finding("GR601", file, (*path, "pdf_page"), page=counted, **values)
        elif counted is None and _PAGES.fullmatch(printed) and _last(printed) > edition.pages:
            yield _finding("GR601", file, (*path, "page"), page=printed, **values)
    quote = item.get("quote") or ""
    if quote.strip() and item.get("edition") is not None:
        parts = re.split(r"[\[(](?:…|\.{3})[\])]|…", quote)
        words = max((re.findall(r"[^\W_]+", part) for part in parts), key=lambda part: sum(map(len, part)))
        if len(words) < _FEWEST_WORDS or sum(map(len, words)) < _FEWEST_LETTERS:
            yield _finding("GR602", file, (*path, "quote"))


def _last(pages: str) -> int:
    """The last of the pages in `14`, `14–15` or `14, 18`."""
    return max(map(int, re.findall(r"[0-9]+", pages)))


def check_edition(review: Review, strategy: Strategy) -> Iterator[Finding]:
    """Yield that the edition is not there, or is later than the review."""
    edition = strategy.edition(review.edition)
    at_date = Pointer(review.file, ("date",))
    if edition is None:
        yield _unknown_edition(review.file, ("edition",), review.edition, strategy)
    elif is_before(review.date, edition.date):
        yield wrong_order(at_date, (N_("the review's date"), review.date), (N_("the edition's date"), edition.date))


def _unknown_edition(file: str, path: Path, edition: str, strategy: Strategy) -> Finding:
    known = strategy.by_id
    values = {"strategy": strategy.id, "edition": edition, "editions": KnownNames(known)}
    return Finding(RULES["GR211"], Pointer(file, path), values, near=(edition, known))


class _Context:
    """One review against its criteria set: what every answer of it is held against."""

    def __init__(
        self, review: Review, criteria: CriteriaSet, strategy: Strategy | None, answers: dict[str, Any]
    ) -> None:
        self.review = review
        self.criteria = criteria
        self.strategy = strategy
        self.area = strategy.area if strategy else None
        self.known = {criterion.id: criterion for criterion in criteria.criteria}
        self.unread = review.reading_depth != "full_text"
        none: frozenset[str] = frozenset()
        depends = any(criterion.asked_if for criterion in criteria.criteria)
        restricts = any(criterion.not_applicable_if for criterion in criteria.criteria)
        looks = depends or restricts
        given = {key: read_answer(key, value or {}) for key, value in answers.items()} if looks else {}
        self.not_asked, self.unsettled = asked_not(criteria, given) if depends else (none, none)
        self.must_be_assessed = kept_against(criteria, given, self.not_asked) if restricts else none

    def check(self, key: str, answer: dict[str, Any]) -> Iterator[Finding]:
        """One answer."""
        file, criterion = self.review.file, self.known.get(key)
        if criterion is None:
            values = {"set": self.criteria.reference, "criterion": key, "file": self.criteria.file}
            pointer = Pointer(file, ("answers", key), key=True)
            yield Finding(RULES["GR205"], pointer, values, near=(key, self.known))
            return
        yield from self._check_put(criterion, answer)
        given = next((state for state in STATE_KEYS if answer.get(state) is not None), None)
        if given is not None and key in self.not_asked:
            yield _finding("GR227", file, ("answers", key, given), key=True)
        level = answer.get("level")
        if level is not None:
            yield from self._check_level(criterion, key_of(level), answer)
        if answer.get("not_applicable") is not None and not self._may_be_set_aside(criterion):
            yield _finding("GR208", file, ("answers", key, "not_applicable"), key=True)
        elif given is not None and self._is_kept_against(criterion, answer):
            yield _finding("GR474", file, ("answers", key, given), key=True)
        inherited = answer.get("inherited")
        if inherited is not None:
            carried = inherited.get("level")
            if carried is not None and not self.criteria.scale_of(criterion).holds(key_of(carried)):
                yield self._unknown_level(("answers", key, "inherited", "level"), criterion, key_of(carried))
            if self.review.status == "approved":
                yield _finding("GR213", file, ("answers", key, "inherited"), key=True, round=inherited["from"])

    def _check_put(self, criterion: Criterion, answer: dict[str, Any]) -> Iterator[Finding]:
        """That what is answered is asked, and that a prefilled state still rests on what it says."""
        if self.strategy is None:
            return
        file, reason = self.review.file, answer.get("not_applicable")
        states = [state for state in STATE_KEYS if answer.get(state) is not None and state != "not_applicable"]
        if states and not is_put(criterion, self.area):
            areas = ", ".join(criterion.applies_to)
            at = ("answers", criterion.id, states[0])
            yield _finding("GR224", file, at, key=True, area=self.area, areas=areas)
        elif states and not is_in_form(self.review.form, criterion):
            yield _finding("GR226", file, ("answers", criterion.id, states[0]), key=True)
        elif reason is not None and criterion.applies_to and is_put(criterion, self.area) and is_prefilled(reason):
            at = ("answers", criterion.id, "not_applicable")
            yield _finding("GR225", file, at, key=True, area=self.area)

    def check_complete(self, answers: dict[str, Any]) -> Iterator[Finding]:
        """That a submitted or approved review has no empty answer."""
        review = self.review
        if review.status == "draft":
            return
        asked = [one for one in self.known.values() if is_in_form(review.form, one)]
        asked = [one for one in asked if self.strategy is None or is_put(one, self.area)]
        skipped = self.not_asked | self.unsettled
        empty = [one.id for one in asked if not _has_state(answers.get(one.id)) and one.id not in skipped]
        if empty:
            names = ", ".join(empty[:_ENOUGH]) + (" …" if len(empty) > _ENOUGH else "")
            status = Words(STATUSES[review.status])
            yield _finding(
                "GR212", review.file, ("answers",), key=True, count=len(empty), status=status, criteria=names
            )

    def _check_level(self, criterion: Criterion, level: str, answer: dict[str, Any]) -> Iterator[Finding]:
        file, path = self.review.file, ("answers", criterion.id)
        scale = self.criteria.scale_of(criterion)
        if not scale.holds(level):
            yield self._unknown_level((*path, "level"), criterion, level)
            return
        missing = scale.missing if self.unread else None
        if missing is not None and level == missing.key:
            depth = Words(DEPTHS[self.review.reading_depth])
            yield _finding("GR207", file, (*path, "level"), label=missing.label, depth=depth)
        if criterion.needs_justification(level) and not (answer.get("justification") or "").strip():
            yield _finding("GR201", file, path, key=True, level=level)
        if criterion.needs_evidence(level) and not answer.get("evidence"):
            yield _finding("GR202", file, path, key=True, level=level)

    def _is_kept_against(self, criterion: Criterion, answer: dict[str, Any]) -> bool:
        """Whether the answer says not applicable, as a state or by a level, though that takes other answers."""
        level, outside = answer.get("level"), self.criteria.scale_of(criterion).outside
        sets_aside = answer.get("not_applicable") is not None or (level is not None and key_of(level) in outside)
        kept = criterion.id in self.must_be_assessed and criterion.id not in self.not_asked
        return sets_aside and kept and is_put(criterion, self.area)

    def _may_be_set_aside(self, criterion: Criterion) -> bool:
        own = criterion.not_applicable or bool(self.criteria.scale_of(criterion).outside)
        return own or not is_put(criterion, self.area)

    def _unknown_level(self, path: Path, criterion: Criterion, level: str) -> Finding:
        scale = self.criteria.scale_of(criterion)
        pointer = Pointer(self.review.file, path)
        near = (meant_level(level, scale), [*(step.key for step in scale.levels), *STATE_KEYS])
        return Finding(RULES["GR206"], pointer, {"level": level, "levels": levels_of(scale)}, near=near)


def _finding(code: str, file: str, path: Path, *, key: bool = False, **values: object) -> Finding:
    return Finding(RULES[code], Pointer(file, path, key=key), values)


TOTAL = "total"
"""What a decided value calls the whole."""


def check_overrides(review: Review, criteria: CriteriaSet) -> Iterator[Finding]:
    """Yield what is wrong, value by value."""
    if not review.overrides:
        return
    seen = Views(criteria)
    targets = seen.targets
    within = [*targets, TOTAL]
    for number, one in enumerate(review.overrides):
        path: Path = ("overrides", number)
        yield from impossible_dates(review.file, (*path, "date"), one.date)
        if one.of != TOTAL and one.of not in targets:
            values = {"id": one.of, "known": KnownNames(targets, empty="")}
            yield Finding(RULES["GR216"], Pointer(review.file, (*path, "of")), values, near=(one.of, within))
            continue
        target = targets.get(one.of)
        step = criteria.scoring.targets if target is None else criteria.step_of(target)
        parts = seen.below(target, step)
        view = seen.outcome(one.of, step, parts)
        words = [*_level_words(criteria, step, view), *((band.id, band.label) for band in step.bands)]
        ends = seen.ends(step, parts) if view.numbers else None
        yield from _check_result(one, step, words, ends, Pointer(review.file, (*path, "result")))


def _level_words(criteria: CriteriaSet, step: Step, view: PartView) -> list[tuple[str, Text]]:
    """The levels that a result can be, with their labels: those of the step's scale or of one that its parts share."""
    own = criteria.scales.get(step.scale or "")
    scales = [*([own] if own else []), *criteria.scales.values()]
    scale = next((scale for scale in scales if tuple(level.key for level in scale.levels) == view.keys), None)
    return [(level.key, level.label) for level in scale.levels] if scale and view.keys else []


def _check_result(
    override: Override,
    step: Step,
    words: Sequence[tuple[str, Text]],
    ends: tuple[Fraction | None, Fraction | None] | None,
    at: Pointer,
) -> Iterator[Finding]:
    """A number is possible beside a profile, and beside a number that can be that; words must be levels or bands."""
    if label_key(override.result, words) is not None:
        return
    number, (least, most) = number_of(override.result), ends or (None, None)
    if number is not None and (step.method == "none" or (ends is not None and step.method not in DECIDING)):
        half = Fraction(1, 2 * 10**step.rounding.decimals * (100 if step.rounding.percent else 1))  # it may be rounded
        if (least is None or least <= number + half) and (most is None or number - half <= most):
            return
        known: object = f"{_shown(least, step.rounding)} – {_shown(most, step.rounding)}"
    else:
        known = KnownNames(dict.fromkeys(key for key, _ in words))
    named = dict.fromkeys(text for key, label in words for text in (key, *label.values()))
    yield Finding(
        RULES["GR217"],
        at,
        {"result": override.result, "id": override.of, "known": known},
        near=(override.result, list(named)),
    )


def _shown(end: Fraction | None, rounding: Rounding) -> str:
    if end is None:
        return "…"
    number = end * 100 if rounding.percent else end
    return f"{float(number):g}{' %' if rounding.percent else ''}"
