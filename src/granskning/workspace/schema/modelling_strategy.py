"""A strategy's values as the model has them: its editions, planned rounds and decisions; values that others share."""

from __future__ import annotations

from granskning.model.evidence import Source
from granskning.model.method import key_of
from granskning.model.strategy import (
    Decision,
    Edition,
    NotReviewed,
    PackageDocument,
    PlannedRound,
    Strategy,
)
from granskning.workspace.schema.modelling_scoring import Values, exact
from granskning.workspace.schema.modelling_scoring import text as _text


def strategy(values: Values, file: str, fallback: str = "sv") -> Strategy:
    """A strategy with its editions. `fallback` is the language of texts that do not say theirs."""
    language = values.get("language", fallback)
    period = values.get("period", {})
    return Strategy(
        id=values["id"],
        title=_text(values["title"], language),
        kind=values["kind"],
        area=values["area"],
        owner=(values["owner"],) if isinstance(values["owner"], str) else tuple(values["owner"]),
        partners=tuple(values.get("partners", ())),
        period=(written(period.get("from")), written(period.get("to"))),
        case_number=values.get("case_number"),
        based_on=tuple(values.get("based_on", ())),
        succeeds=tuple(values.get("succeeds", ())),
        about=_text(values.get("about"), language),
        example=values.get("example", False),
        sources=sources(values),
        editions=tuple(_edition(edition) for edition in values["editions"]),
        file=file,
        numbers={name: exact(number) for name, number in values.get("numbers", {}).items()},
        language=values.get("language", ""),
        rounds=tuple(_planned_round(planned) for planned in values.get("rounds", ())),
        package=tuple(PackageDocument(**{**item, **_dated(item)}) for item in values.get("package", ())),
        not_reviewed=_not_reviewed(values.get("not_reviewed")),
    )


def _dated(values: Values) -> Values:
    """The date as it is written, where there is one."""
    return {"retrieved": written(values["retrieved"])} if "retrieved" in values else {}


def _planned_round(values: Values) -> PlannedRound:
    return PlannedRound(
        round=values["round"],
        due=values.get("due"),
        blind=values.get("blind", False),
        assigned=dict(values.get("assigned", {})),
    )


def _not_reviewed(values: Values | None) -> NotReviewed | None:
    return NotReviewed(values["why"], values.get("role"), values.get("date")) if values else None


def _edition(values: Values) -> Edition:
    decision = values.get("decision", {})
    return Edition(
        id=values["id"],
        title=values.get("title"),
        stage=values["stage"],
        date=written(values.get("date")),
        document=values.get("document"),
        sha256=values.get("sha256"),
        address=values.get("address"),
        retrieved=values.get("retrieved"),
        pages=whole(values.get("pages")),
        decision=Decision(
            body=decision.get("body"), date=written(decision.get("date")), case_number=decision.get("case_number")
        ),
        note=values.get("note"),
        language=values.get("language", ""),
    )


def written(value: str | float | None) -> str | None:
    """A date, a year or a page as it is written: to the schema 14.0 is a whole number too."""
    return None if value is None else key_of(value)


def whole(value: float | None) -> int | None:
    """A whole number, however the file writes it."""
    return None if value is None else int(value)


def sources(values: Values) -> tuple[Source, ...]:
    """What the content of a file rests on."""
    return tuple(Source(**source) for source in values.get("sources", ()))
