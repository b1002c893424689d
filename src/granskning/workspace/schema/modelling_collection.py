"""Plain values of granskning.collection.yaml that have passed their schema in, the frozen model out."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from granskning.model.collection.collection import SMALLEST_GROUP, Collection, Organisation, OrganisationGroup
from granskning.workspace.schema.modelling_scoring import text

if TYPE_CHECKING:
    from collections.abc import Mapping

Values = dict[str, Any]


def collection(values: Values) -> Collection:
    """The collection."""
    language: str = values.get("language", "sv")
    smallest, report = values.get("smallest_group", {}), values.get("report", {})
    return Collection(
        organisation=values["organisation"],
        title=text(values["title"], language),
        language=language,
        criteria=values["criteria"],
        organisations=tuple(_organisation(item, language) for item in values["organisations"]),
        groups=tuple(
            OrganisationGroup(item["id"], text(item["title"], language)) for item in values.get("groups") or ()
        ),
        smallest_group=smallest.get("value", SMALLEST_GROUP),
        smallest_why=text(smallest["why"], language) if smallest else None,
        contact=report.get("contact"),
        accessibility_statement=report.get("accessibility_statement"),
    )


def _organisation(values: Mapping[str, Any], language: str) -> Organisation:
    return Organisation(
        id=values["id"],
        title=text(values.get("title"), language),
        group=values.get("group", ""),
        folder=values.get("folder", ""),
        repository=values.get("repository", ""),
        commit=values.get("commit", ""),
    )
