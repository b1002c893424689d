"""The tags that questions are chosen by: one that no question carries is a slip, and said at once."""

from __future__ import annotations

from typing import TYPE_CHECKING

from granskning.errors import UsageError
from granskning.findings.suggestions import nearest
from granskning.i18n import N_

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from granskning.model.criteria import CriteriaSet


def require_tags(tags: Sequence[str], sets: Iterable[CriteriaSet], where: str) -> None:
    """Raise UsageError for a tag that no question of the sets carries; `where` is what the sets are called together."""
    known = sorted({tag for criteria in sets for criterion in criteria.criteria for tag in criterion.tags})
    for tag in tags:
        if tag not in known:
            near = nearest(tag, known)
            message = N_("no question of {criteria} has the tag {tag}")
            hint = N_("did you mean {near}? tags: {known}") if near else N_("tags: {known}")
            raise UsageError(message, hint, criteria=where, tag=tag, near=near, known=", ".join(known) or "–")
