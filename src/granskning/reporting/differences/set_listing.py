"""What a criteria set says of itself, and what it lists beside its targets, each in words of one line."""

from __future__ import annotations

from typing import TYPE_CHECKING

from granskning.reporting.differences.set_changes import notes_of
from granskning.reporting.wording.agreement_words import describe_declared
from granskning.reporting.wording.procedure import describe_figure_demands
from granskning.wordings import CHANGE_KINDS, LANGUAGE_NAMES, SET_STATUSES

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping

    from granskning.i18n import Translator
    from granskning.model.criteria import Challenge, CriteriaSet, CriterionClass
    from granskning.model.evidence import Source
    from granskning.model.lineage import Goal
    from granskning.reporting.differences.set_changes import Part

NOTHING = "–"


def tell_listed(part: Part, name: str, criteria: CriteriaSet, t: Translator) -> str | None:
    """What the set says there, None where that part is none of these."""
    if part in _HEAD:
        return _HEAD[part](criteria, t)
    return _LISTED[part](criteria, name, t) if part in _LISTED else None


def titles_of(names: Iterable[str], listed: Iterable[Challenge | Goal | Source], t: Translator) -> str:
    """What challenges, goals or sources are called, in a series."""
    titles = {item.id: item.title if isinstance(item.title, str) else t.text(item.title) for item in listed}
    return t.series([titles.get(name, name) for name in names]) or NOTHING


def _area(criteria: CriteriaSet, name: str, t: Translator) -> str:
    return t.text(criteria.areas[name]) or name


def _source(criteria: CriteriaSet, name: str, t: Translator) -> str:
    source = next(item for item in criteria.sources if item.id == name)
    fetched = t("retrieved {date}", date=t.date(source.retrieved)) if source.retrieved else ""
    return ", ".join(part for part in (source.title, source.address, fetched, source.note) if part)


def _goal(criteria: CriteriaSet, name: str, t: Translator) -> str:
    goal = next(item for item in criteria.goals if item.id == name)
    return _sentences(t.text(goal.title), t.text(goal.within), t.text(goal.text), _rests_on(goal.rests_on, criteria, t))


def _challenge(criteria: CriteriaSet, name: str, t: Translator) -> str:
    challenge: Challenge = next(item for item in criteria.challenges if item.id == name)
    figures = t("Indicators: {names}", names=t.series(challenge.indicators)) if challenge.indicators else ""
    sources = _rests_on(challenge.rests_on, criteria, t)
    return _sentences(t.text(challenge.title), t.text(challenge.text), figures, sources)


def _class(criteria: CriteriaSet, name: str, t: Translator) -> str:
    group: CriterionClass = next(item for item in criteria.classes if item.id == name)
    title = t("The class {title}: weight {weight}", title=t.text(group.title), weight=t.number(group.weight))
    return _sentences(title, t.text(group.weight_why))


def _note(criteria: CriteriaSet, name: str, t: Translator) -> str:
    notes = [(note, t.text(note.text), t.series(note.into)) for note in notes_of(criteria)[name]]
    return " ".join(
        f"{words} ({t(CHANGE_KINDS[note.kind])}{f': {into}' if into else ''})" for note, words, into in notes
    )


def _retired(criteria: CriteriaSet, name: str, t: Translator) -> str:
    retired = next(item for item in criteria.retired if item.id == name)
    return f"{t.text(retired.text)} ({retired.version})"


def _rests_on(names: tuple[str, ...], criteria: CriteriaSet, t: Translator) -> str:
    return t("Sources: {names}", names=titles_of(names, criteria.sources, t)) if names else ""


def _sentences(*parts: str) -> str:
    pieces = [" ".join(part.split()) for part in parts if part]
    return " ".join(part if part[-1] in ".!?" else f"{part}." for part in pieces)


_LISTED: Mapping[Part, Callable[[CriteriaSet, str, Translator], str]] = {
    "area": _area, "source": _source, "goal": _goal, "challenge": _challenge, "group": _class,
    "note": _note, "retired": _retired,
}  # fmt: skip
_HEAD: Mapping[Part, Callable[[CriteriaSet, Translator], str]] = {
    "status": lambda criteria, t: t(SET_STATUSES[criteria.status]),
    "date": lambda criteria, t: t.date(criteria.date) or NOTHING,
    "language": lambda criteria, t: t(LANGUAGE_NAMES.get(criteria.language, criteria.language)),
    "statistics": lambda criteria, t: describe_figure_demands(criteria, t) or NOTHING,
    "agreement": lambda criteria, t: describe_declared(criteria.agreement, t) if criteria.agreement else NOTHING,
}
