"""A criteria set by its id, in its current version, as every view of it asks for it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from granskning.errors import UsageError
from granskning.i18n import N_

if TYPE_CHECKING:
    from granskning.model.criteria import CriteriaSet
    from granskning.web.parts.context import RequestContext


def set_of(visit: RequestContext, name: str) -> CriteriaSet:
    """The current version of a set. Raises UnknownFileError, or UsageError where it has errors."""
    criteria = next((known for known in visit.desk.loaded().workspace.criteria.values()
                     if known.file == f"criteria/{name}.yaml"), None)  # fmt: skip
    if criteria is None:
        visit.desk.text(f"criteria/{name}.yaml")  # which says that it is not there
        raise UsageError(N_("the criteria set {set} has errors"), N_("mend it as text first"), set=name)
    return criteria


def area_titles(visit: RequestContext) -> dict[str, str]:
    """What the areas of strategies are called, by id, as the sets of the folder say."""
    sets = visit.desk.loaded().workspace.criteria.values()
    return {area: visit.t.text(title) for criteria in sets for area, title in criteria.areas.items()}
