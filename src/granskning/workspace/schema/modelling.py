"""Plain values that have passed their schema in, the frozen model out. Decides nothing; checks nothing."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from granskning.model.criteria import (
    EVERY,
    Challenge,
    CriteriaSet,
    Criterion,
    CriterionClass,
    FigureDemands,
    Link,
    Prerequisite,
    Target,
)
from granskning.model.decision import Action, Approval, FollowUp, Override
from granskning.model.evidence import Evidence
from granskning.model.method import key_of
from granskning.model.review import Answer, Archived, Review, SearchNote, form_of
from granskning.model.workspace import Role, Settings, StrategyNumber
from granskning.workspace.schema.modelling_indicator import judged_figure
from granskning.workspace.schema.modelling_scoring import (
    agreement,
    changes,
    condition,
    exact,
    goals,
    not_applicable_means,
    retired,
    scales,
    scoring,
    step,
    without_evidence,
)
from granskning.workspace.schema.modelling_scoring import text as _text
from granskning.workspace.schema.modelling_strategy import sources, whole, written

if TYPE_CHECKING:
    from collections.abc import Mapping
    from fractions import Fraction

    from granskning.model.method import Scale, Text
    from granskning.model.review import State

Values = dict[str, Any]

STATE_KEYS: Mapping[str, State] = {
    "level": "assessed",
    "not_applicable": "not_applicable",
    "insufficient_evidence": "insufficient_evidence",
    "open": "open",
    "inherited": "inherited",
}
"""The keys that put an answer in a state."""


def settings(values: Values) -> Settings:
    """The workspace's settings."""
    report, language = values.get("report", {}), values.get("language", "sv")
    return Settings(
        organisation=values["organisation"],
        language=language,
        criteria=values["criteria"],
        contact=report.get("contact"),
        accessibility_statement=report.get("accessibility_statement"),
        web_address=report.get("web_address"),
        logo_text=report.get("logo_text"),
        area_code=values.get("area_code", ""),
        roles=tuple(
            Role(
                id=name,
                title=_text(role["title"], language),
                may=tuple(role.get("may", ())),
                users=tuple(role.get("users", ())),
            )
            for name, role in values.get("roles", {}).items()
        ),
        numbers=tuple(
            StrategyNumber(name, _text(number["title"], language), _text(number.get("unit"), language))
            for name, number in values.get("numbers", {}).items()
        ),
    )


def _figure_demands(values: Values | None, language: str) -> FigureDemands | None:
    return None if values is None else FigureDemands(values["oldest"], _text(values.get("why"), language))


def criteria_set(values: Values, file: str, fallback: str = "sv") -> CriteriaSet:
    """A criteria set. `fallback` is the language of texts that do not say theirs."""
    language = values.get("language", fallback)
    held = scales(values, language)
    classes = tuple(
        CriterionClass(
            id=one["id"],
            title=_text(one["title"], language),
            weight=_weight(one),
            weight_why=_weight_why(one, language),
        )
        for one in values.get("classes", ())
    )
    default = values.get("requires", {})
    return CriteriaSet(
        id=values["id"],
        version=values["version"],
        title=_text(values["title"], language),
        language=language,
        status=values.get("status", "proposal"),
        owner=values.get("owner", ""),
        date=written(values.get("date")),
        about=_text(values.get("about"), language),
        sources=sources(values),
        areas={area["id"]: _text(area["title"], language) for area in values.get("areas", ())},
        scales=held,
        classes=classes,
        challenges=tuple(
            Challenge(
                id=challenge["id"],
                title=_text(challenge["title"], language),
                text=_text(challenge["text"], language),
                indicators=tuple(challenge.get("indicators", ())),
                rests_on=tuple(challenge.get("rests_on", ())),
            )
            for challenge in values.get("challenges", ())
        ),
        targets=tuple(
            _target(
                target,
                _Frame(
                    held,
                    {criteria_class.id: criteria_class for criteria_class in classes},
                    default,
                    language,
                    values["scoring"],
                ),
            )
            for target in values["targets"]
        ),
        scoring=scoring(values["scoring"], language),
        file=file,
        goals=goals(values, language),
        changes=changes(values, language),
        retired=retired(values, language),
        variant_of=values.get("variant_of", ""),
        statistics=_figure_demands(values.get("statistics"), language),
        agreement=agreement(values.get("agreement")),
    )


@dataclass(frozen=True, slots=True)
class _Frame:
    """What targets and criteria take from the set that they stand in."""

    scales: Mapping[str, Scale]
    classes: Mapping[str, CriterionClass]
    requires: Values
    language: str
    scoring: Values


def _target(values: Values, frame: _Frame) -> Target:
    language = frame.language
    return Target(
        id=values["id"],
        title=_text(values["title"], language),
        picture=_text(values.get("picture"), language),
        challenges=tuple(values.get("challenges", ())),
        weight=_weight(values),
        weight_why=_weight_why(values, language),
        criteria=tuple(_criterion(criterion, frame) for criterion in values.get("criteria", ())),
        targets=tuple(_target(target, frame) for target in values.get("targets", ())),
        scoring=step(values["scoring"], frame.scoring, language) if "scoring" in values else None,
        goals=tuple(values.get("goals", ())),
        number=str(values.get("number", "")),
        short_title=_text(values.get("short_title"), language),
        counts_also=tuple(values.get("counts_also", ())),
    )


def _criterion(values: Values, frame: _Frame) -> Criterion:
    language = frame.language
    requires = {**frame.requires, **values.get("requires", {})}
    scale = frame.scales.get(values.get("scale", ""))
    keys = frozenset(level.key for level in scale.levels) if scale and scale.levels else frozenset({EVERY})
    class_ = frame.classes.get(values.get("class", ""))
    inherits = class_ is not None and "weight" not in values
    return Criterion(
        id=values["id"],
        question=_text(values["question"], language),
        why=_text(values.get("why"), language),
        levels={key: _text(text, language) for key, text in values.get("levels", {}).items()},
        weight=class_.weight if class_ and inherits else _weight(values),
        weight_why=class_.weight_why if class_ and inherits else _weight_why(values, language),
        justification=_levels(requires.get("justification", "none"), keys),
        evidence=_levels(requires.get("evidence", "none"), keys),
        not_applicable=values.get("not_applicable", "not_allowed") != "not_allowed",
        asked_if=condition(values["asked_if"]) if "asked_if" in values else None,
        not_applicable_if=condition(values["not_applicable_if"]) if "not_applicable_if" in values else None,
        not_applicable_means=not_applicable_means(values.get("not_applicable")),
        applies_to=tuple(values.get("applies_to", ())),
        core=values.get("core", False),
        rests_on=tuple(values.get("rests_on", ())),
        scale=values.get("scale", ""),
        class_=values.get("class", ""),
        critical=values.get("critical", False),
        prerequisites=tuple(
            Prerequisite(one["criterion"], key_of(one["at_least"]), key_of(one["otherwise"]))
            for one in values.get("prerequisites", ())
        ),
        counts_as_evidence=_text(values.get("counts_as_evidence"), language),
        mistakes=_text(values.get("mistakes"), language),
        challenges=tuple(values.get("challenges", ())),
        goals=tuple(values.get("goals", ())),
        number=str(values.get("number", "")),
        short_title=_text(values.get("short_title"), language),
        links=tuple(Link(link["address"], _text(link["title"], language)) for link in values.get("links", ())),
        tags=tuple(values.get("tags", ())),
        look_for=tuple(values.get("look_for", ())),
        without_evidence=without_evidence(values.get("without_evidence"), scale),
    )


def review(values: Values, file: str, *, answers: bool = True) -> Review:
    """A review with its answers, or only its head; an answer that the file lacks is not in the mapping."""
    given = (values.get("answers") or {}) if answers else {}
    approval = Approval(**values["approval"]) if values.get("approval") else None
    return Review(
        strategy=values["strategy"],
        edition=values["edition"],
        criteria=values["criteria"],
        round=values["round"],
        reviewer=values["reviewer"],
        kind=values.get("kind", "reviewer"),
        status=values["status"],
        reading_depth=values["reading_depth"],
        date=values.get("date"),
        case_number=values.get("case_number") or (approval.case_number if approval else None),
        body=values.get("body") or (approval.body if approval else None),
        form=form_of(values.get("form", "full"), values.get("tags", ())),
        not_read=values.get("not_read"),
        summary=values.get("summary"),
        answers={key: answer(key, value or {}) for key, value in given.items()},
        file=file,
        overrides=tuple(
            Override(
                of=one["of"],
                result=key_of(one["result"]),
                reason=one["reason"],
                role=one["role"],
                date=written(one.get("date")),
            )
            for one in values.get("overrides") or ()
        ),
        approval=approval,
        continues=values.get("continues"),
        searches=tuple(SearchNote(**search) for search in values.get("searches") or ()),
        figures=tuple(map(judged_figure, (values.get("figures") or ()) if answers else ())),
        language=values.get("language", ""),
        archived=tuple(
            Archived(one["criterion"], one["criteria"], answer(one["criterion"], one["answer"] or {}), one.get("why"))
            for one in (values.get("archived") or () if answers else ())
        ),
    )


def answer(criterion: str, values: Values) -> Answer:
    """One answer. Where a file gives several states, which is a finding, the first of `STATE_KEYS` counts."""
    state: State = "empty"
    level = reason = None
    for key, name in STATE_KEYS.items():
        value = values.get(key)
        if value is None:
            continue
        state = name
        if key == "level":
            level = key_of(value)
        elif key == "inherited":
            reason = value["from"]
            level = None if value.get("level") is None else key_of(value["level"])
        else:
            reason = value
        break
    return Answer(
        criterion=criterion,
        state=state,
        level=level,
        reason=reason,
        justification=values.get("justification"),
        evidence=_evidence(values),
        recommendation=values.get("recommendation"),
        note=values.get("note"),
    )


def _evidence(values: Values) -> tuple[Evidence, ...]:
    return tuple(
        Evidence(**{**item, "page": written(item.get("page")), "pdf_page": whole(item.get("pdf_page"))})
        for item in values.get("evidence") or ()
    )


def actions(values: Values) -> tuple[Action, ...]:
    """The actions of a strategy."""
    return tuple(
        Action(
            id=action["id"],
            title=action["title"],
            text=action.get("text"),
            criteria=tuple(action.get("criteria", ())),
            round=action.get("round"),
            responsible=action.get("responsible"),
            due=written(action.get("due")),
            cost=action.get("cost"),
            status=action["status"],
            decision=action.get("answer", {}).get("decision"),
            decision_reason=action.get("answer", {}).get("reason"),
            decision_date=written(action.get("answer", {}).get("date")),
            decision_role=action.get("answer", {}).get("role"),
            follow_up=tuple(
                FollowUp(
                    date=key_of(step["date"]),
                    status=step.get("status"),
                    round=step.get("round"),
                    text=step.get("text"),
                    evidence=_evidence(step),
                )
                for step in action.get("follow_up", ())
            ),
        )
        for action in values["actions"]
    )


def _weight(values: Values) -> Fraction:
    weight = values.get("weight", 1)
    return exact(weight["value"] if isinstance(weight, dict) else weight)


def _weight_why(values: Values, language: str) -> Text:
    weight = values.get("weight")
    return _text(weight.get("why"), language) if isinstance(weight, dict) else {}


def _levels(value: str | list[int | str], keys: frozenset[str]) -> frozenset[str]:
    if isinstance(value, str):
        return keys if value == "all" else frozenset()
    return frozenset(key_of(key) for key in value)
