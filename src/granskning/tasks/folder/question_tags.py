"""The tags that questions are chosen by: one that no question carries is a slip, and said at once."""

from __future__ import annotations

from typing import TYPE_CHECKING

from granskning.errors import UsageError
from granskning.findings.suggestions import advice_on
from granskning.i18n import N_

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from granskning.model.criteria import CriteriaSet


def require_tags(tags: Sequence[str], sets: Iterable[CriteriaSet], where: str) -> None:
    """Raise UsageError for a tag that no question of the sets carries; `where` is what the sets are called together."""
    known = sorted({tag for criteria in sets for criterion in criteria.criteria for tag in criterion.tags})
    for tag in tags:
        if tag not in known:
            message = N_("no question of {criteria} has the tag {tag}")
            raise UsageError(message, **advice_on(tag, known, N_("tags: {known}")), criteria=where, tag=tag)
